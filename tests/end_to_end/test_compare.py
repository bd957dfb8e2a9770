"""Twins: `retailsim compare` tells the exact effect of what two scenarios differ in."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest
from bad_input import assert_nothing_half_written, files_of, refused
from conftest import run_pipeline
from harness import SCENARIOS, digests, retailsim

TINY = SCENARIOS / "tiny.toml"
TABLES = ("visit", "transaction", "transaction_line")
AMOUNTS = ("gross_sales", "discounts", "returns", "net_sales", "cogs", "tax")
COUNTS = ("transactions", "return_transactions", "units", "visitors", "visit_transactions")
# Everything moves: who comes, who buys, what they pay, what they bring back.
CHANGES = """
[visits]
conversion = 0.5
[prices]
inflation = 0.10
[returns]
share = 0.05
[[traffic]]
store_id = 2
factor = 1.3
"""


def changed(folder, text: str, name: str = "changed.toml"):
    """tiny with more text."""
    scenario = folder / name
    scenario.write_text(f"{TINY.read_text()}\n{text}\n")
    return scenario


def compared(*arguments) -> dict:
    return json.loads(retailsim("compare", *arguments, "--json").stdout)


def rows_in(folder, table: str) -> list[dict]:
    text = (folder / f"{table}.ndjson").read_text()
    return [json.loads(line, parse_float=Decimal) for line in text.splitlines()]


def without_names(result: dict) -> dict:
    return {key: value for key, value in result.items() if key not in ("a", "b")}


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    folder = tmp_path_factory.mktemp("other")
    return run_pipeline(folder, changed(folder, CHANGES))


@pytest.fixture(scope="module")
def twins(other):
    """tiny beside the other one, with a folder of rows."""
    rows = other.folder / "rows"
    result = compared(TINY, other.folder / "changed.toml", "--rows", rows)
    return result, rows


@pytest.fixture(scope="module")
def promotion(tiny) -> tuple[int, str, str]:
    """The promotion of tiny that sells most lines among those that begin later: its id, its
    first day and its category."""
    return (
        tiny.feed.open()
        .execute(
            """SELECT promo_id, starts_on::VARCHAR, any_value(category)
               FROM transaction_line JOIN promotion USING (promo_id)
               JOIN product USING (product_id)
               WHERE starts_on > '2024-01-07' AND starts_on < '2024-02-12'
               GROUP BY ALL ORDER BY count(*) DESC LIMIT 1"""
        )
        .fetchone()
    )


def gold_sums(pipeline) -> dict[int, dict]:
    """store_id -> its KPIs over all days, from the lake's gold table. Cleaning takes a few true
    lines of odd quantities for outliers; they are in quarantine and count here."""
    columns = ", ".join(f"coalesce(sum({name}), 0)" for name in (*AMOUNTS, *COUNTS))
    lake = pipeline.lake.open("gold")
    pipeline.lake.view(lake, "gold", "store_day", "store_day")
    answer = lake.execute(f"SELECT store_id, {columns} FROM store_day GROUP BY store_id")
    sums = {
        row[0]: dict(zip((*AMOUNTS, *COUNTS), row[1:], strict=True)) for row in answer.fetchall()
    }
    pipeline.lake.beside("quarantine", lake, "quarantine")
    for table, received in lake.execute("SELECT table_name, received FROM quarantine").fetchall():
        add_true_row(sums, table, json.loads(received, parse_float=Decimal))
    return sums


def add_true_row(sums: dict[int, dict], table: str, row: dict) -> None:
    store = sums[row["store_id"]]
    is_sale = row["kind"] == "SALE"
    sign = 1 if is_sale else -1
    if table == "transaction":
        store["transactions" if is_sale else "return_transactions"] += 1
        return
    assert table == "transaction_line"
    if is_sale:
        store["gross_sales"] += row["gross"]
        store["discounts"] += row["discount"]
    else:
        store["returns"] += row["net"]
    store["net_sales"] += sign * row["net"]
    store["cogs"] += sign * row["quantity"] * row["unit_cost"]
    store["tax"] += sign * row["tax"]
    store["units"] += sign * row["quantity"]


def test_the_effect_is_the_difference_of_two_lakes_to_the_cent(tiny, other, twins):
    result, _ = twins
    before, after = gold_sums(tiny), gold_sums(other)
    assert [store["store_id"] for store in result["stores"]] == sorted(before)
    for store in result["stores"]:
        a, b = before[store["store_id"]], after[store["store_id"]]
        for name in (*AMOUNTS, *COUNTS):
            shown = store["kpis"][name]
            assert [Decimal(shown[side]) for side in ("a", "b", "difference")] == [
                a[name],
                b[name],
                b[name] - a[name],
            ], name
            if name != "return_transactions":
                assert b[name] != a[name], name
    for name in (*AMOUNTS, *COUNTS):
        total = sum(after[store][name] - before[store][name] for store in before)
        assert Decimal(result["kpis"][name]["difference"]) == total


def test_ratios_and_margins_are_quotients_and_differences_of_the_sums(tiny, other, twins):
    result, _ = twins
    for side, pipeline in (("a", tiny), ("b", other)):
        stores = gold_sums(pipeline).values()
        net, cogs, sales, visits, buyers = (
            sum(store[name] for store in stores)
            for name in ("net_sales", "cogs", "transactions", "visitors", "visit_transactions")
        )
        kpis = result["kpis"]
        assert Decimal(kpis["gross_margin"][side]) == net - cogs
        assert Decimal(kpis["average_ticket"][side]) == (net / sales).quantize(
            Decimal("0.01"), ROUND_HALF_UP
        )
        assert kpis["conversion_rate"][side] == pytest.approx(float(buyers / visits))


def test_the_rows_are_those_in_which_the_two_feeds_differ(tiny, other, twins):
    result, folder = twins
    assert files_of(folder) == {"comparison.json", *(f"{table}.ndjson" for table in TABLES)}
    rows = tiny.feed.open(schema="before")
    other.feed.open(rows, schema="after")
    keys = {
        "visit": "visit_id",
        "transaction": "transaction_id",
        "transaction_line": "transaction_id, line_number",
    }
    for table, key in keys.items():
        columns = "* EXCLUDE lines" if table == "transaction" else "*"
        for side in ("before", "after"):
            rows.execute(
                f"CREATE TABLE {table}_{side} AS SELECT {columns} FROM {side}.{table} EXCEPT "
                f"SELECT {columns} FROM {'after' if side == 'before' else 'before'}.{table}"
            )
        expected = rows.execute(
            f"""SELECT count(*) FILTER (in_a AND in_b), count(*) FILTER (in_b AND NOT in_a),
                       count(*) FILTER (in_a AND NOT in_b)
                FROM (SELECT {key}, bool_or(side = 'a') AS in_a, bool_or(side = 'b') AS in_b
                      FROM (SELECT {key}, 'a' AS side FROM {table}_before
                            UNION ALL SELECT {key}, 'b' FROM {table}_after) GROUP BY ALL)"""
        ).fetchone()
        counts = result["rows"][table]
        assert expected == (counts["changed"], counts["added"], counts["removed"])
        written = rows_in(folder, table)
        words = [row["change"] for row in written]
        assert expected == tuple(words.count(word) for word in ("changed", "added", "removed"))


def test_the_written_rows_sum_up_to_the_reported_change(twins):
    result, folder = twins
    sums = {}
    for row in rows_in(folder, "transaction_line"):
        for side, sign in (("before", -1), ("after", 1)):
            if row[side] is not None:
                sold = row[side]["net"] * (1 if row[side]["kind"] == "SALE" else -1)
                store = row[side]["store_id"]
                sums[store] = sums.get(store, 0) + sign * sold
    assert sums == {
        store["store_id"]: Decimal(store["kpis"]["net_sales"]["difference"])
        for store in result["stores"]
    }


def test_a_withdrawn_promotion_changes_its_category_from_its_first_day_on(promotion, tmp_path):
    promo_id, starts_on, category = promotion
    result = compared(TINY, "--without", f"promo:{promo_id}")
    assert result["differs"]
    assert result["first_day"] >= starts_on
    assert [each["category"] for each in result["categories"]] == [category]
    assert result["rows"]["visit"]["equal"] > 0
    assert result["kpis"]["visitors"]["difference"] == 0
    assert Decimal(result["kpis"]["discounts"]["difference"]) != 0
    in_a_file = changed(tmp_path, f"[[promotion]]\npromo_id = {promo_id}\ndepth_pct = 0")
    written = compared(TINY, in_a_file)
    assert without_names(written) == without_names(result)
    assert written["b"]["digest"] == result["b"]["digest"]


def test_a_value_that_is_set_is_the_same_as_one_in_a_file(promotion, tmp_path):
    promo_id, _, _ = promotion
    together = compared(
        TINY,
        *("--set", "visits.conversion=0.5", "--set", "stores.open_hour = 9"),
        *("--without", f"promo:{promo_id}"),
    )
    text = TINY.read_text().replace("[stores]", "[stores]\nopen_hour = 9")
    text += f"\n[visits]\nconversion = 0.5\n[[promotion]]\npromo_id = {promo_id}\ndepth_pct = 0\n"
    (tmp_path / "same.toml").write_text(text)
    assert together["differs"]
    written = compared(TINY, tmp_path / "same.toml")
    assert without_names(written) == without_names(together)
    assert written["b"]["digest"] == together["b"]["digest"]


def test_days_and_stores_can_be_chosen(other, twins):
    result, _ = twins
    scenarios = (TINY, other.folder / "changed.toml")
    one = compared(*scenarios, "--store", "2", "--store", "3")
    assert one["stores"] == result["stores"][1:]
    days = ("--from", "2024-01-20", "--to", "2024-02-02")
    part = compared(*scenarios, *days)
    assert (part["from"], part["through"]) == ("2024-01-20", "2024-02-02")
    assert (part["first_day"], part["last_day"]) == ("2024-01-20", "2024-02-02")


def test_the_same_scenario_differs_in_nothing(tmp_path):
    said = retailsim("compare", TINY, TINY, "--rows", tmp_path / "rows").stdout
    assert "nothing differs: A and B are the same scenario" in said
    for table in TABLES:
        assert (tmp_path / "rows" / f"{table}.ndjson").read_text() == ""
    defects = retailsim("compare", TINY, "--set", "defects.factor=3").stdout
    assert "nothing differs: what A and B say differently changes no row" in defects
    assert compared(TINY, TINY)["differs"] is False


def test_people_are_told_the_kpis_the_stores_the_categories_and_the_days(tmp_path):
    change = "[[traffic]]\nstore_id = 2\nfactor = 1.3\nfrom = 2024-01-29"
    said = retailsim("compare", TINY, changed(tmp_path, change)).stdout
    for words in ("net sales", "conversion", "average ticket", "visitors", "transaction_line"):
        assert words in said
    assert "no other store differs" in said
    assert "no other category differs" in said
    assert "days that differ: 2024-01-29 to " in said
    result = compared(TINY, tmp_path / "changed.toml")
    names = {
        store["store_id"]: f"{store['store_id']} {store['name']}" for store in result["stores"]
    }
    assert names[2] in said
    assert names[1] not in said
    assert names[3] not in said
    assert [store["differs"] for store in result["stores"]] == [False, True, False]


def test_threads_change_neither_words_nor_rows(other, tmp_path):
    said = []
    for threads in ("1", "3"):
        command = ("compare", TINY, other.folder / "changed.toml", "--threads", threads)
        said.append(retailsim(*command, "--rows", tmp_path / threads).stdout)
    assert said[0] == said[1]
    assert digests(tmp_path / "1") == digests(tmp_path / "3")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), ("nothing to compare", "--without promo:ID")),
        ((TINY, "--set", "seed=1"), ("already", "leave out")),
        (("--without", "8277"), ("--without 8277", "promo:ID", "data_api/promotion.ndjson")),
        (("--without", "promo:x1"), ("--without promo:x1", "promo:ID")),
        (("--without", "promo:1"), ("tiny has no promotion 1", "data_api/promotion.ndjson")),
        (("--set", "seed"), ("--set seed is no KEY=VALUE", "scenario keys")),
        (("--set", "visits.conversin=0.5"), ("--set:1:", "did you mean visits.conversion?")),
        (("--set", "visits.conversion=3"), ("visits.conversion is 3; legal: ", "scenario show")),
        (("--set", "name=x"), ("--set:1:", "TOML")),
        (("--set", "name='x'", "--set", "to=2023-01-01"), ("--set:2:", "before from")),
        (("--set", "seed=8"), ("they differ in seed", "the same seed")),
        (("--set", "stores.count=4"), ("stores.count", "the same stores.count")),
        (("--set", "to=2024-02-24"), ("they differ in to", "--from and --to")),
        (("nowhere.toml",), ("nowhere.toml", "scenarios/tiny.toml")),
        ((TINY, "--store", "9"), ("no store 9", "1 to 3")),
        ((TINY, "--from", "2023-12-31"), ("2023-12-31", "2024-01-01 to 2024-02-25")),
        ((TINY, "--from", "2024-02-01", "--to", "2024-01-01"), ("is after --to", "exchange")),
        ((TINY, "--row", "x"), ("compare has no option --row", "did you mean --rows?")),
        ((TINY, TINY), ("tiny.toml", "compare --help")),
    ],
)
def test_a_comparison_that_makes_no_sense_is_refused(arguments, says):
    refused("compare", TINY, *arguments, code=2, says=says)


def test_foreign_files_and_other_comparisons_are_not_overwritten(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "visit.ndjson").write_text("mine")
    change = ("--set", "visits.conversion=0.5")
    command = ("compare", TINY, *change, "--rows")
    refused(*command, mine, code=2, says=("it holds visit.ndjson", "empty folder"))
    assert (mine / "visit.ndjson").read_text() == "mine"
    rows = tmp_path / "rows"
    retailsim(*command, rows)
    first = digests(rows)
    another = (*command, rows, "--from", "2024-02-01")
    refused(*another, code=2, says=("holds another comparison", "--overwrite"))
    assert digests(rows) == first
    retailsim(*command, rows)
    assert digests(rows) == first
    retailsim(*another, "--overwrite")
    assert digests(rows) != first
    assert_nothing_half_written(tmp_path)
