"""The realism scorecard: every figure, worked out anew by DuckDB from the clean tables."""

import json
import re
import shutil

import pytest
import remake_manifest
from conftest import run_pipeline
from harness import CHECKOUT, SCENARIOS, Lake, digests, retailsim

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"

# What the figures are made of.
VIEWS = """
CREATE TABLE sale AS FROM transaction WHERE kind = 'SALE';
CREATE TABLE line AS SELECT line.*, sale.customer_id, category, is_private_label
    FROM transaction_line AS line JOIN sale USING (transaction_id)
    JOIN product ON product.product_id = line.product_id;
CREATE TABLE span AS SELECT min(business_date) AS first, max(business_date) AS last,
    max(business_date) - min(business_date) + 1 AS days FROM sale;
CREATE TABLE basket AS SELECT transaction_id, count(*) AS lines FROM line GROUP BY ALL;
CREATE TABLE top_product AS SELECT product_id FROM line GROUP BY ALL
    ORDER BY count(*) DESC, product_id LIMIT 500;
CREATE TABLE product_week AS
    SELECT product_id, (business_date - first) // 7 AS week, sum(quantity)::DOUBLE AS units,
           sum(net)::DOUBLE / sum(quantity) AS price, sum(discount) AS discount,
           sum(net + discount) AS gross
    FROM line SEMI JOIN top_product USING (product_id), span GROUP BY ALL HAVING sum(net) > 0;
CREATE TABLE shopping_day AS SELECT DISTINCT customer_id, business_date FROM sale
    WHERE customer_id IS NOT NULL;
CREATE TABLE gap AS FROM (SELECT business_date - lag(business_date) OVER (
    PARTITION BY customer_id ORDER BY business_date) AS days FROM shopping_day)
    WHERE days IS NOT NULL;
CREATE TABLE whole_month AS SELECT a_day FROM span, (
        SELECT date_trunc('month', business_date) AS month,
               sum(CASE kind WHEN 'SALE' THEN net ELSE -net END)
                   / count(DISTINCT business_date) FILTER (kind = 'SALE') AS a_day
        FROM transaction GROUP BY ALL)
    WHERE first <= month + INTERVAL 3 DAY AND last >= month + INTERVAL 1 MONTH - INTERVAL 4 DAY
    ORDER BY month DESC LIMIT 12;
"""


def top_fifth(parts: str) -> str:
    """Share of the largest fifth; `parts` is a query with one column, `part`."""
    return f"""WITH ranked AS (SELECT part::DOUBLE AS part, count(*) OVER () AS n,
                       row_number() OVER (ORDER BY part DESC) AS place FROM ({parts}))
               SELECT sum(part) FILTER (place <= greatest(1, round(n / 5))) / sum(part)
               FROM ranked"""


FIGURES = {
    "weekday_peak": """WITH day AS (SELECT isodow(d) AS weekday, count(*) AS days FROM span,
            unnest(generate_series(first::TIMESTAMP, last::TIMESTAMP, INTERVAL 1 DAY)) AS t(d)
            GROUP BY ALL),
        sold AS (SELECT isodow(business_date) AS weekday, count(*) AS sales FROM sale GROUP BY ALL)
        SELECT max(sales / days) / avg(sales / days) FROM sold JOIN day USING (weekday)""",
    "hour_peak": """SELECT max(sales) / avg(sales) FROM (SELECT count(*) AS sales FROM sale
        WHERE channel = 'STORE' GROUP BY local_hour)""",
    "month_range": """SELECT CASE count(*) WHEN 12 THEN max(a_day) / min(a_day) END
        FROM whole_month""",
    "top_fifth_products": top_fifth("SELECT count(*) AS part FROM line GROUP BY product_id"),
    "lines_median": "SELECT quantile_disc(lines, 0.5) FROM basket",
    "lines_p90": "SELECT quantile_disc(lines, 0.9) FROM basket",
    "lines_p99": "SELECT quantile_disc(lines, 0.99) FROM basket",
    "single_line_baskets": "SELECT avg((lines = 1)::INT) FROM basket",
    "single_unit_lines": "SELECT avg((quantity = 1)::INT) FROM line",
    "own_price_elasticity": """WITH x AS (
            SELECT ln(price) - avg(ln(price)) OVER (PARTITION BY product_id) AS price,
                   ln(units) - avg(ln(units)) OVER (PARTITION BY product_id) AS units
            FROM product_week)
        SELECT CASE WHEN sum(price * price) > 1e-9
               THEN sum(price * units) / sum(price * price) END FROM x""",
    "promotion_uplift": """WITH side AS (
            SELECT product_id, avg(units) FILTER (10 * discount >= gross) AS on_promotion,
                   avg(units) FILTER (10 * discount < gross) AS otherwise
            FROM product_week GROUP BY ALL
            HAVING count(*) FILTER (10 * discount >= gross) >= 4
               AND count(*) FILTER (10 * discount < gross) >= 4)
        SELECT CASE WHEN count(*) >= 10 THEN median(on_promotion / otherwise) END FROM side""",
    "discounted_lines": "SELECT avg((discount > 0)::INT) FROM line",
    "discount_share": "SELECT sum(discount)::DOUBLE / sum(net + discount) FROM line",
    "drawn_pairs": """WITH top AS (SELECT category FROM line GROUP BY ALL
                ORDER BY count(*) DESC, category LIMIT 150),
        held AS (SELECT DISTINCT transaction_id, category FROM line SEMI JOIN top USING (category)),
        size AS (SELECT category, count(*) AS n FROM held GROUP BY ALL),
        met AS (SELECT a.category AS one, b.category AS other, count(*) AS n
                FROM held AS a JOIN held AS b USING (transaction_id)
                WHERE a.category < b.category GROUP BY ALL),
        pair AS (SELECT coalesce(met.n, 0) AS n,
                        a.n * b.n / (SELECT count(*) FROM basket) AS expected
                 FROM size AS a JOIN size AS b ON a.category < b.category
                 LEFT JOIN met ON met.one = a.category AND met.other = b.category)
        SELECT avg((n > 2 * expected)::INT) FROM pair WHERE expected >= 5""",
    "private_label_share": """SELECT (sum(net) FILTER (is_private_label))::DOUBLE / sum(net)
        FROM line WHERE is_private_label IS NOT NULL""",
    "repeat_rate": """WITH debut AS (SELECT customer_id, product_id, min(business_date) AS day
                FROM line GROUP BY ALL)
        SELECT avg((business_date > debut.day)::INT)
        FROM span, line JOIN debut USING (customer_id, product_id)
        WHERE business_date - first >= span.days // 2""",
    "gap_median": "SELECT quantile_disc(days, 0.5) FROM gap",
    "gap_mean": "SELECT avg(days) FROM gap",
    "top_fifth_customers": top_fifth(
        "SELECT sum(net) AS part FROM sale WHERE customer_id IS NOT NULL GROUP BY customer_id"
    ),
    "return_rate": """SELECT nullif(count(*) FILTER (kind = 'RETURN'), 0)
        / count(*) FILTER (kind = 'SALE') FROM transaction""",
    "conversion": "SELECT count(transaction_id) / nullif(count(*), 0) FROM visit",
    "average_ticket": """SELECT sum(CASE kind WHEN 'SALE' THEN net ELSE -net END)::DOUBLE
        / count(*) FILTER (kind = 'SALE') FROM transaction""",
}


def score(lake, *more) -> dict:
    return json.loads(retailsim("score", "--lake", lake.folder, "--json", *more).stdout)


def by_key(scored: dict) -> dict:
    return {row["key"]: row for row in scored["realism"]}


def by_sql(lake) -> dict:
    connection = lake.open()
    for statement in VIEWS.split(";")[:-1]:
        connection.execute(statement)
    return {key: connection.execute(sql).fetchone()[0] for key, sql in FIGURES.items()}


def assert_equal(figures: dict, expected: dict) -> None:
    assert list(figures) == list(FIGURES)
    for key, value in expected.items():
        got = figures[key]["value"]
        if value is None:
            assert got is None, key
            assert figures[key]["reason"], key
        else:
            assert got == pytest.approx(float(value), rel=1e-9), key


@pytest.fixture(scope="module")
def careless_year(tmp_path_factory):
    """The chain of tiny for thirteen months, with defects."""
    folder = tmp_path_factory.mktemp("careless_year")
    scenario = folder / "year.toml"
    text = (SCENARIOS / "tiny.toml").read_text()
    scenario.write_text(re.sub("(?m)^to = .*", "to = 2025-01-31", text) + "[defects]\nfactor = 3\n")
    return run_pipeline(folder, scenario, "--max-rejected", "1")


@pytest.mark.parametrize(
    "name", ["tiny", "careless_year", pytest.param("quickstart", marks=pytest.mark.long)]
)
def test_every_figure_is_what_sql_makes_of_the_clean_tables(name, request):
    lake = request.getfixturevalue(name).lake
    figures = by_key(score(lake))
    assert_equal(figures, by_sql(lake))
    assert (figures["month_range"]["value"] is None) == (name == "tiny")


@pytest.mark.long
def test_the_panel_comes_to_the_figures_of_its_source(panel):
    figures = by_key(score(panel.lake))
    assert_equal(figures, by_sql(panel.lake))
    absent = {key: row["reason"] for key, row in figures.items() if row["value"] is None}
    assert absent == {"return_rate": "no returns", "conversion": "no visits"}
    # Measured in its lines by others than this program. Cleaning refuses one line in a thousand,
    # for its price or quantity: that moves the answer to prices most.
    source = {
        "hour_peak": 0.101162 * 24,
        "lines_median": 5,
        "lines_p90": 26,
        "lines_p99": 60,
        "single_line_baskets": 0.140218,
        "single_unit_lines": 0.799709,
        "own_price_elasticity": -1.930617,
        "promotion_uplift": 1.932136,
        "discounted_lines": 0.503631,
        "drawn_pairs": 0.558658,
        "repeat_rate": 0.476109,
        "gap_median": 3,
    }
    for key, value in source.items():
        assert figures[key]["value"] == pytest.approx(
            value, rel=0.02 if "price" in key else 0.01
        ), key
        assert figures[key]["verdict"] == "ok", key


def test_a_verdict_says_on_which_side_of_the_band_a_value_lies(tiny):
    scored = score(tiny.lake)
    for row in scored["realism"]:
        if row["value"] is None or row["low"] is None:
            expected = None
        elif row["value"] < row["low"]:
            expected = "low"
        else:
            expected = "high" if row["value"] > row["high"] else "ok"
        assert row["verdict"] == expected, row
        assert row["meaning"].endswith("."), row
        assert row["source"].split(":")[0] in ("panel", "assumed", "none"), row
    verdicts = [row["verdict"] for row in scored["realism"]]
    assert scored["inside"] == verdicts.count("ok")
    assert scored["measured"] == len(verdicts) - verdicts.count(None)


def test_the_table_for_people_shows_what_json_says(tiny):
    lines = retailsim("score", "--lake", tiny.lake.folder).stdout.splitlines()
    scored = score(tiny.lake)
    assert lines[0].startswith("Realism: ")
    rows = lines[3 : 3 + len(FIGURES)]
    for line, row in zip(rows, scored["realism"], strict=True):
        assert (row["verdict"] or "—") in line.split("  ")[-1] or row["value"] is None, line
        if row["value"] is None:
            assert line.endswith(row["reason"]), line
    assert lines[-1] == (
        f"{scored['inside']} of {scored['measured']} measured figures are inside their band"
    )


def test_both_scores_are_printed_when_there_is_a_truth(careless_year):
    lake, truth = careless_year.lake, ("--truth", careless_year.folder / "truth")
    text = retailsim("score", "--lake", lake.folder, *truth).stdout
    assert text.index("Data quality: ") < text.index("Realism: ")
    both, alone = score(lake, *truth), score(lake)
    assert both["data_quality"]["by_kind"]
    assert alone["data_quality"] is None
    assert both["realism"] == alone["realism"]


def test_threads_do_not_change_a_digit_and_nothing_is_written(tiny):
    before = digests(tiny.lake.folder)
    answers = {
        retailsim("score", "--lake", tiny.lake.folder, "--json", "--threads", n).stdout
        for n in (1, 2, 7)
    }
    assert len(answers) == 1
    assert digests(tiny.lake.folder) == before


@pytest.fixture(scope="module")
def ten_receipts(tmp_path_factory) -> Lake:
    folder = tmp_path_factory.mktemp("scored") / "lake"
    retailsim("extract", "--data", RECEIPTS, "--lake", folder)
    retailsim("transform", "--lake", folder)
    return Lake(folder)


def test_ten_receipts_come_to_what_paper_says(ten_receipts):
    figures = by_key(score(ten_receipts))
    assert_equal(figures, by_sql(ten_receipts))
    values = {key: row["value"] for key, row in figures.items()}
    # Sales 101, 102, 103, 105, 106, 108 and 109, of two lines each but for 106 and 108.
    assert values["lines_median"] == values["lines_p99"] == 2
    assert values["single_line_baskets"] == pytest.approx(2 / 7)
    assert values["return_rate"] == pytest.approx(3 / 7)  # 104, 107 and the last
    assert values["conversion"] == pytest.approx(5 / 9)
    # Of 12 lines the batteries of 103, both of 105, and the postcard of 109.
    assert values["discounted_lines"] == pytest.approx(4 / 12)
    # The net sales of the stores' months: 34.09 + 13.80 - 10.39 + 14.75 + 2.45 + 5.40.
    assert values["average_ticket"] == pytest.approx(60.10 / 7)


def without(feed, folder, table, column):
    """A copy of a feed in which no row of a table has the column."""
    for file in (shutil.copytree(feed, folder) / table).glob("*.ndjson"):
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        file.write_text("".join(json.dumps(row | {column: None}) + "\n" for row in rows))
    return folder


def test_what_a_lake_does_not_tell_is_no_failure(tmp_path):
    feed = without(RECEIPTS, tmp_path / "feed", "transaction", "customer_id")
    shutil.rmtree(feed / "visit")
    (feed / "manifest.json").write_text(remake_manifest.manifest_of(feed))
    retailsim("extract", "--data", feed, "--lake", tmp_path / "lake")
    retailsim("transform", "--lake", tmp_path / "lake")
    scored = score(Lake(tmp_path / "lake"))
    reasons = {row["key"]: row["reason"] for row in scored["realism"] if row["value"] is None}
    assert reasons["conversion"] == "no visits"
    for key in ("repeat_rate", "top_fifth_customers"):
        assert reasons[key] == "no customers on the receipts"
    assert reasons["month_range"] == "less than twelve whole months"
    assert scored["measured"] + len(reasons) + 1 == len(FIGURES)  # a ticket has no band
    text = retailsim("score", "--lake", tmp_path / "lake").stdout
    assert "no customers on the receipts" in text


def test_a_lake_without_clean_tables_is_told_how_to_get_them(tmp_path):
    retailsim("extract", "--data", RECEIPTS, "--lake", tmp_path / "lake")
    answer = retailsim("score", "--lake", tmp_path / "lake", expect=2)
    assert "holds no tables yet" in answer.stderr
    assert "hint: fill it with: retailsim transform --lake" in answer.stderr
    assert answer.stdout == ""
    assert not (tmp_path / "lake" / "clean").exists()


def test_the_help_says_what_is_read():
    text = retailsim("score", "--help").stdout
    assert "clean tables" in text
    assert "Nothing is written" in text
