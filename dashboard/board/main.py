"""A run of the dashboard's script: which page, which filters, how fresh the data is.

RETAILSIM_LAKE names the lake; RETAILSIM_STALE_DAYS says from which age on the data is called stale
(2 days, as the Airflow alert does).
"""

import datetime as dt
import json
import os
import urllib.parse

import streamlit as st

from board import periods
from board.choice import Choice, View, formats, regions, view
from board.gold import Gold
from board.lake import Lake
from board.pages import customers, overview, pipeline, products, stores
from board.parts import trouble
from board.places import LakeError
from board.words import LANGUAGES, Words

STALE_DAYS = 2
LOOK_EVERY = 1  # second: how soon a publish shows


@st.cache_resource(show_spinner=False)
def lake_at(uri: str) -> Lake:
    """One for all sessions."""
    return Lake(uri)


def uri() -> str:
    return os.environ.get("RETAILSIM_LAKE") or "lake"


NO_NEWS = ("", "")


def news(gold: Gold, runs: list[dict]) -> tuple[str, str]:
    """Which run was published last, and which one was started last and how it goes."""
    return gold.run_id, f"{runs[0]['run_id']} {pipeline.outcome(runs[0])}" if runs else ""


@st.fragment(run_every=LOOK_EVERY)
def look_for_news(shown: tuple[str, str]) -> None:
    """Draws the page anew when `shown`, what there is to tell, has changed since."""
    try:
        lake = lake_at(uri())
        found = news(lake.gold(), lake.runs())
    except LakeError:
        found = NO_NEWS
    if found != shown:
        st.rerun()


def choose(gold: Gold, words: Words) -> Choice:
    """The filters, in the sidebar and in the address."""
    side = st.sidebar
    years = periods.years(gold.data) if gold.data else []
    year = side.selectbox(
        words("year"),
        [*years, 0],
        format_func=lambda each: str(each) if each else words("all_years"),
        key="year",
        bind="query-params",
    )
    months = periods.months(gold.data, year) if gold.data and year else []
    month = side.selectbox(
        words("month"),
        [0, *months],
        format_func=lambda each: words.month(each) if each else words("whole_year"),
        key="month",
        bind="query-params",
        disabled=not year,
    )
    comparison = side.selectbox(
        words("comparison"),
        periods.COMPARISONS,
        format_func=words,
        key="compare",
        bind="query-params",
    )
    region = side.selectbox(
        words("region"),
        ["", *regions(gold)],
        format_func=lambda each: each or words("all_regions"),
        key="region",
        bind="query-params",
    )
    format_ = side.selectbox(
        words("format"),
        ["", *formats(gold)],
        format_func=lambda each: each.capitalize() or words("all_formats"),
        key="format",
        bind="query-params",
    )
    names = {store.id: f"{store.id} {store.name}" for store in gold.stores}
    chosen = side.multiselect(
        words("store"),
        list(names),
        format_func=lambda store: names.get(store, str(store)),
        placeholder=words("all_stores"),
        key="store",
        bind="query-params",
    )
    like = side.toggle(
        words("like_for_like"), help=words("like_for_like_help"), key="like", bind="query-params"
    )
    return Choice(
        year or None, month or None, comparison, region, format_, tuple(chosen), bool(like)
    )


def choose_language(words: Words) -> None:
    """The address holds the words that the reader chose from, so another language is another
    address: the page is opened anew there."""
    chosen = st.sidebar.segmented_control(
        words("language"),
        [each.upper() for each in LANGUAGES],
        default="EN",
        required=True,
        key="lang",
        bind="query-params",
    )
    other = Words(chosen.lower())
    if other.language == words.language:
        return
    query = [
        (name, other.instead_of(words, name, value))
        for name in st.query_params
        for value in st.query_params.get_all(name)
    ]
    address = json.dumps("?" + urllib.parse.urlencode(query))
    st.html(
        f"<script>location.replace(location.pathname + {address})</script>",
        unsafe_allow_javascript=True,
    )


def reset(newest_year: int) -> None:
    """To what the filters are at an address without any. Removing them would not do: the widgets
    would take their values from the address again."""
    st.session_state.update(
        year=newest_year,
        month=0,
        compare=periods.PREVIOUS,
        region="",
        format="",
        store=[],
        like=False,
    )


def stale_days() -> int:
    given = os.environ.get("RETAILSIM_STALE_DAYS", "")
    return int(given) if given.isascii() and given.isdigit() else STALE_DAYS


def badges(gold: Gold, words: Words, runs: list[dict]) -> None:
    """How fresh the data is, and how the last run ended."""
    if gold.data:
        age = (dt.datetime.now(tz=dt.UTC).date() - gold.data.last).days
        day = words.day(gold.data.last)
        if age > stale_days():
            st.badge(words("stale", day=day, days=age), color="orange")
        else:
            st.badge(words("fresh", day=day), color="green")
    if runs and runs[0]["failed"]:
        st.badge(words("last_run_failed"), color="red")
    elif runs and runs[0]["unfinished"]:
        st.badge(words("last_run_running"), color="blue")


def main() -> None:
    st.set_page_config(page_title="RetailInsights", layout="wide")
    language = st.session_state.setdefault("opened_in", st.query_params.get("lang", ""))
    words = Words(language.lower())
    pages = {
        "overview": overview.page,
        "stores": stores.page,
        "products": products.page,
        "customers": customers.page,
        "pipeline": pipeline.page,
    }
    chosen: list[str] = []

    def page_of(name: str):
        def show() -> None:
            chosen.append(name)

        show.__name__ = name
        return st.Page(show, title=words(name), url_path=name, default=name == "overview")

    st.navigation([page_of(name) for name in pages]).run()
    name = chosen[0]
    st.title(words(name), anchor=False)
    try:
        with st.skeleton(height=400):
            lake = lake_at(uri())
            gold, runs = lake.gold(), lake.runs()
    except LakeError as error:
        trouble(words, error)
        look_for_news(NO_NEWS)
        return
    words.currency = gold.currency
    choice = choose(gold, words)
    choose_language(words)
    badges(gold, words, runs)
    seen = view(gold, choice)
    if seen is None:
        if gold.data is None:
            st.info(words("no_data_yet"))
        else:
            st.warning(words("nothing_matches"))
            st.button(words("reset"), on_click=reset, args=(gold.data.last.year,))
    elif name == "pipeline":
        pipeline.page(seen, words, runs)
    else:
        show_page(pages[name], seen, words)
    look_for_news(news(gold, runs))


def show_page(page, seen: View, words: Words) -> None:
    currencies = {store.currency for store in seen.stores}
    words.currency = currencies.pop() if len(currencies) == 1 else None
    if words.currency is None:
        st.info(words("several_currencies"))
        return
    page(seen, words)
