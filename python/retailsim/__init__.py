"""A retail chain that never was: simulated tables with known truth, and the pipeline behind them.

>>> import retailsim
>>> chain = retailsim.simulate("tiny")
>>> chain.transaction_line.to_pandas()  # or polars.DataFrame(chain.visit), duckdb, pyarrow

See :func:`simulate` for tables, :func:`run` for the pipeline, :mod:`retailsim.spark` for clusters.
"""

import atexit

from . import (
    _arrow,  # noqa: F401  (before the module that needs Arrow's library)
    _core,
)
from .failure import Failure
from .pipeline import Report, Result, Scorecard, compare, report, run, score, write_feed
from .scenario import Scenario, scenarios
from .tables import Simulation, Table, cell, simulate, table_names

__version__ = _core.version
__all__ = [
    "Failure",
    "Report",
    "Result",
    "Scenario",
    "Scorecard",
    "Simulation",
    "Table",
    "cell",
    "compare",
    "report",
    "run",
    "scenarios",
    "score",
    "simulate",
    "table_names",
    "write_feed",
]

atexit.register(_core.close_storage)
