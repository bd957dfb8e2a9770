"""Whatever is wrong, a page says what happened and what to do about it, and never breaks off."""

import datetime as dt
import errno
import json
import os
import pathlib
import shlex
import shutil
from typing import Any

import pytest
from board import lake as lake_room
from board import places
from conftest import CHECKOUT, Made, change_stores, retailsim
from shown import at_address, metrics, page, rows, texts, trouble
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.dashboard

STORE_DAY = "gold/store_day/month=2024-02/part-0.parquet"
PAGES = ("overview", "stores", "products", "customers", "pipeline")


@pytest.fixture
def spoilt(tiny: Made, tmp_path: pathlib.Path) -> pathlib.Path:
    """A lake of three stores, to spoil."""
    return tiny.copy(tmp_path).lake


@pytest.mark.parametrize("name", PAGES)
def test_where_nothing_is_published_the_command_that_does_is_shown(
    tmp_path: pathlib.Path, name: str
) -> None:
    happened, to_do = trouble(tmp_path, name)
    assert happened == f"There is no data yet: nothing was published in {tmp_path}."
    assert f"bin/retailsim run scenarios/quickstart.toml --lake {tmp_path}" in to_do


def test_a_folder_that_is_missing_is_a_lake_without_data(tmp_path: pathlib.Path) -> None:
    assert trouble(tmp_path / "nowhere")[0].startswith("There is no data yet")
    (tmp_path / "file").write_text("no folder")
    assert trouble(tmp_path / "file")[0].startswith("There is no data yet")


def test_the_command_can_be_pasted_whatever_the_folder_is_called(tmp_path: pathlib.Path) -> None:
    to_do = trouble(tmp_path / "l'été $HOME")[1]
    command = to_do.splitlines()[-2]
    assert shlex.split(command)[-2:] == ["--lake", str(tmp_path / "l'été $HOME")]


def test_troubles_are_told_in_french_too(tmp_path: pathlib.Path) -> None:
    app = at_address("overview", tmp_path, lang="FR")
    assert not app.exception
    assert app.error[0].value.startswith("Pas encore de données")


def test_a_lake_of_a_newer_program_is_not_guessed_at(spoilt: pathlib.Path) -> None:
    (spoilt / "gold" / "_current.json").write_text('{"format": 99}')
    happened, to_do = trouble(spoilt)
    assert happened == f"The lake at {spoilt} was published by a newer version of retailsim."
    assert to_do == "Start the dashboard of that version."


def test_a_damaged_list_of_tables_can_be_made_again(spoilt: pathlib.Path) -> None:
    current = spoilt / "gold" / "_current.json"
    current.write_bytes(current.read_bytes()[:100])
    happened, to_do = trouble(spoilt)
    assert happened == f"The list of published tables in {spoilt} is damaged."
    assert "Remove gold/_current.json" in to_do
    assert f"bin/retailsim transform --lake {spoilt}" in to_do


@pytest.mark.parametrize("path", ["clean/product/part-0.parquet", STORE_DAY])
def test_a_damaged_object_can_be_made_again(tiny: Made, tmp_path: pathlib.Path, path: str) -> None:
    lake = pathlib.Path(shutil.copytree(tiny.lake, tmp_path / "lake"))
    os.truncate(lake / path, 100)
    happened, to_do = trouble(lake)
    assert happened == f"{path} in {lake} is damaged."
    assert to_do.startswith("Remove it, then")
    assert f"bin/retailsim transform --lake {lake}" in to_do
    (lake / path).unlink()
    retailsim("transform", "--lake", lake)
    assert metrics(page("overview", lake)) == metrics(page("overview", tiny.lake))


def test_a_publish_that_stopped_half_way_can_be_completed(
    spoilt: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake_room, "PATIENCE", 0.1)
    (spoilt / STORE_DAY).unlink()
    happened, to_do = trouble(spoilt)
    assert happened == f"A publish into {spoilt} is unfinished."
    assert f"bin/retailsim transform --lake {spoilt}" in to_do


@pytest.mark.parametrize(
    "missing",
    [[STORE_DAY], ["gold/_current.json"], ["clean/store/part-0.parquet", STORE_DAY]],
    ids=lambda paths: "+".join(path.split("/")[1] for path in paths),
)
def test_the_advice_for_a_half_made_lake_makes_it_whole(
    tiny: Made, tmp_path: pathlib.Path, missing: list[str]
) -> None:
    lake = pathlib.Path(shutil.copytree(tiny.lake, tmp_path / "lake"))
    for path in missing:
        (lake / path).unlink()
    retailsim("transform", "--lake", lake)
    assert metrics(page("overview", lake)) == metrics(page("overview", tiny.lake))


@pytest.fixture(scope="session")
def without_events(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A published lake of stores, products and customers, in which nothing happened yet."""
    folder = tmp_path_factory.mktemp("without_events")
    data, lake = folder / "data_api", folder / "lake"
    tiny = CHECKOUT / "scenarios" / "tiny.toml"
    retailsim("simulate", tiny, "--out", data, "--from", "2024-01-01", "--to", "2024-01-01")
    for table in ("store", "product", "price", "promotion", "customer"):
        retailsim("extract", "--data", data, "--lake", lake, "--table", table)
    retailsim("transform", "--lake", lake)
    return lake


@pytest.mark.parametrize("name", PAGES)
def test_a_lake_in_which_nothing_happened_yet_says_so(
    without_events: pathlib.Path, name: str
) -> None:
    app = page(name, without_events)
    assert not app.error
    assert "The lake was published, but holds no sales or visits yet." in texts(app)


@pytest.mark.parametrize("name", PAGES)
def test_a_lake_without_any_table_says_so(tmp_path: pathlib.Path, name: str) -> None:
    (tmp_path / "gold").mkdir()
    empty = {"format": 1, "run_id": "a", "data_from": None, "data_through": None, "objects": []}
    (tmp_path / "gold" / "_current.json").write_text(json.dumps(empty))
    assert "holds no sales or visits yet" in texts(page(name, tmp_path))


TABLES = (
    "store_hour",
    "product_month",
    "store_category_month",
    "basket_size_month",
    "customer_month",
    "customer_rfm",
    "data_quality_day",
    "promotion_result",
)


@pytest.mark.parametrize("name", PAGES)
def test_tables_that_are_not_published_leave_gaps_and_no_errors(
    spoilt: pathlib.Path, name: str
) -> None:
    current = spoilt / "gold" / "_current.json"
    listed = json.loads(current.read_text())
    listed["objects"] = [
        each for each in listed["objects"] if each["path"].split("/")[1] not in TABLES
    ]
    current.write_text(json.dumps(listed))
    app = page(name, spoilt)
    assert not app.error
    if name != "stores":
        assert "There is nothing to show here." in texts(app)


def test_a_folder_that_may_not_be_read_is_named(
    spoilt: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(places.pathlib.Path, "open", refuse)
    happened, to_do = trouble(spoilt)
    assert happened == f"Cannot read {spoilt}: Permission denied."
    assert to_do == "Let the user who runs the dashboard read that folder."


def test_runs_that_may_not_be_read_are_named(
    spoilt: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: pathlib.Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    monkeypatch.setattr(places.pathlib.Path, "iterdir", refuse)
    assert trouble(spoilt)[0] == f"Cannot read {spoilt}: Permission denied."


def test_filters_that_match_nothing_can_be_reset(tiny: Made) -> None:
    everything = metrics(page("overview", tiny.lake))
    app = page("overview", tiny.lake, region="Occitanie", store=["1 Rennes"], month="January")
    assert "No store with data matches these filters." in texts(app)
    assert not app.metric
    (button,) = [each for each in app.button if each.label == "Reset all filters"]
    button.click().run()
    assert not app.exception
    assert metrics(app) == everything
    assert "matches" not in texts(app)
    assert not app.query_params


@pytest.mark.parametrize(
    "address",
    [
        {"year": "1999"},
        {"year": "next"},
        {"month": "Brumaire"},
        {"region": "Atlantis"},
        {"format": "Kiosk"},
        {"store": ["99 Nowhere"]},
        {"compare": "Yesterday"},
        {"like": "perhaps"},
        {"lang": "XX"},
        {"other": "1"},
    ],
    ids=str,
)
def test_an_address_with_nonsense_in_it_is_an_address_without(
    tiny: Made, address: dict[str, Any]
) -> None:
    assert metrics(page("overview", tiny.lake, **address)) == metrics(page("overview", tiny.lake))


def test_an_address_says_the_same_in_both_languages(chain: Made) -> None:
    english = page("overview", chain.lake, year="2024", month="November", compare="Last year")
    address = {"month": "Novembre", "compare": "Année précédente", "lang": "FR"}
    french = page("overview", chain.lake, year="2024", **address)
    assert [each.value for each in french.selectbox] == [each.value for each in english.selectbox]
    assert "comparé à 1 nov. 2023" in texts(french)
    everything = page("overview", chain.lake, year="Toutes les années", lang="FR")
    assert everything.selectbox(key="year").value == 0


def swiss(store: dict[str, Any]) -> None:
    if store["store_id"] == 3:
        store["currency"] = "CHF"


def test_amounts_of_several_currencies_are_never_added_up(spoilt: pathlib.Path) -> None:
    change_stores(spoilt, swiss)
    for name in PAGES[:-1]:
        app = page(name, spoilt)
        assert "The stores have several currencies" in texts(app)
        assert not app.metric and not app.dataframe
    assert rows(page("pipeline", spoilt), "Run"), "no amounts there"
    value, _ = metrics(page("overview", spoilt, store=["3 Toulouse"]))["Net sales"]
    assert value.startswith("CHF")
    value, _ = metrics(page("overview", spoilt, region="Bretagne"))["Net sales"]
    assert value.startswith("€")


def badge(app: AppTest) -> str:
    return next(each.value for each in app.markdown if "ata through" in each.value)


def through(lake: pathlib.Path, days_ago: int) -> None:
    """Makes a lake say that its data ends so many days ago."""
    current = lake / "gold" / "_current.json"
    listed = json.loads(current.read_text())
    last = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=days_ago)
    current.write_text(json.dumps({**listed, "data_through": last.isoformat()}))


@pytest.mark.parametrize(
    ("days_ago", "allowed", "is_stale"),
    [(2, None, False), (3, None, True), (3, "3", False), (3, "", True)],
)
def test_old_data_is_called_stale(
    spoilt: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    days_ago: int,
    allowed: str | None,
    is_stale: bool,
) -> None:
    monkeypatch.delenv("RETAILSIM_STALE_DAYS", raising=False)
    if allowed is not None:
        monkeypatch.setenv("RETAILSIM_STALE_DAYS", allowed)
    through(spoilt, days_ago)
    shown = badge(page("overview", spoilt, year="2024"))
    assert ("Stale" in shown) == is_stale
    assert ("orange" in shown) == is_stale
    assert (f"{days_ago} days ago" in shown) == is_stale


def test_a_run_that_failed_is_told_with_its_error_and_hint(spoilt: pathlib.Path) -> None:
    folder = spoilt / "_runs" / "second"
    folder.mkdir()
    failed = {"stage": "extract", "error": "the API is gone", "hint": "start it again"}
    (folder / "extract.json").write_text(json.dumps(failed))
    app = page("pipeline", spoilt)
    assert "The last run failed; what is shown is what was published before" in texts(app)
    assert "extract: the API is gone" in texts(app)
    assert "start it again" in texts(app)
    assert [row["Outcome"] for row in rows(app, "Run")] == ["failed", "succeeded"]
