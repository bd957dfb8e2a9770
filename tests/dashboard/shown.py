"""The dashboard without a browser: what a reader sees at an address."""

import os
import pathlib
from typing import Any

from conftest import CHECKOUT
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

APP = CHECKOUT / "dashboard" / "app.py"
SECONDS = 60


def page(name: str, lake: pathlib.Path | str, **filters: Any) -> AppTest:
    """A page of a lake, opened at the address with these filters."""
    app = at_address(name, lake, **filters)
    assert not app.exception, app.exception
    return app


def at_address(name: str, lake: pathlib.Path | str, **filters: Any) -> AppTest:
    os.environ["RETAILSIM_LAKE"] = str(lake)
    app = AppTest.from_file(str(APP), default_timeout=SECONDS)
    if name != "overview":
        app._page_hash = calc_hash(name)  # pages of functions have no file to switch to
    app.query_params |= filters
    return app.run()


def metrics(app: AppTest) -> dict[str, tuple[str, str]]:
    """Value and change by label."""
    return {each.label: (each.value, each.delta) for each in app.metric}


def rows(app: AppTest, column: str) -> list[dict[str, Any]]:
    """The rows of the table whose first column has this name."""
    for frame in app.dataframe:
        if frame.value.columns[0] == column:
            return frame.value.astype(object).where(frame.value.notna(), None).to_dict("records")
    raise AssertionError(f"there is no table of {column}: {[list(f.value) for f in app.dataframe]}")


def texts(app: AppTest) -> str:
    """All words of a page that are not in a table or a widget."""
    kinds = (app.title, app.subheader, app.caption, app.markdown, app.error, app.warning, app.info)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def trouble(lake: pathlib.Path | str, name: str = "overview") -> tuple[str, str]:
    """What happened and what to do, on a page that shows nothing else and did not break off."""
    app = at_address(name, lake)
    assert not app.exception, app.exception
    assert len(app.error) == 1
    assert not app.metric and not app.dataframe
    return app.error[0].value, app.markdown[-1].value
