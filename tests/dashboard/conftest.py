"""Fixtures of the dashboard's tests."""

from browser import address, chromium, reader, two_years, visit  # noqa: F401 — fixtures
