"""The scenario of the tests that run day by day."""

# One shop whose source system is careless: rows come late, twice and damaged.
ONE_STORE = """
name = "one_store"
seed = 3
from = 2024-01-01
to = {to}

[stores]
count = 1

[products]
count = 60

[households]
count = 40
trips_per_year = 50

[defects]
factor = 5
"""
