"""Weather as a table of the feed; and scenarios/moving.toml: stores that open, close and are
refitted, households that shop near home, tills that are staffed for the hour."""

import json

import pytest
import remake_manifest
from conftest import run_pipeline
from harness import SCENARIOS, Lake, count, differences, retailsim

MOVING = SCENARIOS / "moving.toml"
TRUTH = ("truth_parameter", "truth_event")


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    return run_pipeline(tmp_path_factory.mktemp("moving"), MOVING)


@pytest.fixture(scope="module")
def clean(moving):
    """The clean tables, gold.store_day and gold.store_hour, and the truth."""
    connection = moving.lake.open()
    connection.execute("CREATE SCHEMA gold")
    for table in ("store_day", "store_hour"):
        moving.lake.view(connection, "gold", table, f"gold.{table}")
    for table in TRUTH:
        connection.execute(
            f"CREATE VIEW {table} AS FROM read_json('{moving.folder}/truth/{table}.ndjson')"
        )
    return connection


def value(connection, query: str):
    return connection.execute(query).fetchone()[0]


# --- weather ------------------------------------------------------------------------


def test_every_region_has_its_weather_every_day_and_all_of_it_is_clean(moving, clean):
    moving.feed.open(clean, schema="delivered")
    assert differences(clean, "delivered.weather_day", "weather_day") == []
    days, regions, rows = clean.execute(
        "SELECT count(DISTINCT business_date), count(DISTINCT region), count(*) FROM weather_day"
    ).fetchone()
    assert (days, regions, rows) == (273, 2, 546)
    assert value(clean, "SELECT count(*) FROM store ANTI JOIN weather_day USING (region)") == 0


def test_summer_is_warm_and_rain_keeps_people_at_home(clean):
    january, july = clean.execute(
        """SELECT avg(temperature_c) FILTER (month(business_date) = 1),
                  avg(temperature_c) FILTER (month(business_date) = 7) FROM weather_day"""
    ).fetchone()
    assert july > january + 8
    slope = value(
        clean,
        """SELECT regr_slope(ln(visitors / usual), least(rain_mm, 25)) FROM (
               SELECT *, avg(visitors) OVER (
                   PARTITION BY store_id, date_trunc('month', business_date),
                                dayofweek(business_date)) AS usual
               FROM gold.store_day JOIN store USING (store_id)
               JOIN weather_day USING (region, business_date) WHERE visitors > 20)""",
    )
    assert -0.012 < slope < -0.003  # the scenario says -0.06 for 10 mm


def test_a_day_of_weather_can_be_had_alone_and_in_parts(moving, tmp_path):
    day = ("--from", "2024-03-05", "--to", "2024-03-05", "--quiet")
    whole = (moving.feed.folder / "weather_day" / "2024-03-05.ndjson").read_text()
    assert [json.loads(line)["region"] for line in whole.splitlines()] == ["Bretagne", "Occitanie"]
    pieces = ""
    for part in (1, 2, 3, 4):
        folder = tmp_path / f"{part}"
        retailsim("simulate", MOVING, "--out", folder, *day, "--parts", 4, "--part", part)
        pieces += (folder / "weather_day" / "2024-03-05.ndjson").read_text()
    assert pieces == whole


def test_readings_that_cannot_be_are_refused(tmp_path):
    feed, lake = tmp_path / "feed", Lake(tmp_path / "lake")
    retailsim("simulate", MOVING, "--out", feed, "--from", "2024-03-05", "--to", "2024-03-05")
    readings = (("8.1", "0.0"), ("8.1", "0.0"), ("null", "1.0"), ("99.0", "1.0"), ("8.1", "-1.0"))
    (feed / "weather_day" / "2024-03-05.ndjson").write_text(
        "".join(
            f'{{"region":"Region {max(i, 1)}","business_date":"2024-03-05",'
            f'"temperature_c":{temperature},"rain_mm":{rain}}}\n'
            for i, (temperature, rain) in enumerate(readings)
        )
    )
    (feed / "manifest.json").write_text(remake_manifest.manifest_of(feed))
    retailsim("extract", "--data", feed, "--lake", lake.folder)
    retailsim("transform", "--lake", lake.folder)
    connection = lake.open()
    assert connection.execute(
        "SELECT region, temperature_c::VARCHAR FROM weather_day"
    ).fetchall() == [("Region 1", "8.1")]
    lake.beside("quarantine", connection, "refused")
    assert value(connection, "SELECT count(*) FROM refused WHERE table_name = 'weather_day'") == 3
    lake.beside("findings", connection, "found")
    assert value(connection, "SELECT count(*) FROM found WHERE rule = 'duplicate'") == 1


# --- stores -------------------------------------------------------------------------


def test_the_truth_knows_every_opening_closing_and_refit(clean):
    for kind, column in (("store_opened", "opened_on"), ("store_closed", "closed_on")):
        told = clean.execute(
            f"SELECT entity_id::BIGINT, starts_on FROM truth_event "
            f"WHERE kind = '{kind}' AND effect = 'stores' ORDER BY ALL"
        ).fetchall()
        assert told
        assert (
            told
            == clean.execute(
                f"SELECT store_id, {column} FROM store WHERE {column} >= '2024-01-01' ORDER BY ALL"
            ).fetchall()
        )
    assert value(clean, "SELECT count(*) FROM truth_event WHERE kind = 'store_refit'") > 0


def test_nobody_enters_a_store_that_is_closed(clean):
    for table in ("visit", "transaction", "transaction_line"):
        outside = value(
            clean,
            f"""SELECT count(*) FROM {table} JOIN store USING (store_id)
                WHERE business_date < opened_on OR business_date > closed_on""",
        )
        while_refitted = value(
            clean,
            f"""SELECT count(*) FROM {table} JOIN truth_event AS refit
                ON refit.kind = 'store_refit' AND entity_id::BIGINT = store_id
                AND business_date BETWEEN starts_on AND ends_on""",
        )
        assert (outside, while_refitted) == (0, 0), table


def test_kpis_have_days_of_a_store_from_its_opening_to_its_closing(clean):
    assert (
        value(
            clean,
            """SELECT count(*) FROM gold.store_day JOIN store USING (store_id)
               WHERE business_date NOT BETWEEN opened_on AND coalesce(closed_on, '2024-09-29')""",
        )
        == 0
    )
    assert count(clean, "gold.store_day") < 12 * 273


def test_a_new_store_grows_to_what_is_usual(clean):
    early, late = clean.execute(
        """SELECT sum(visitors) FILTER (age < 14) / 14, sum(visitors) FILTER (age BETWEEN 42 AND 55)
                  / 14
           FROM (SELECT visitors, business_date - starts_on AS age FROM gold.store_day
                 JOIN truth_event ON kind = 'store_opened' AND effect = 'stores'
                                  AND entity_id::BIGINT = store_id
                 WHERE starts_on <= DATE '2024-09-29' - 56)"""
    ).fetchone()
    assert 0 < early < 0.4 * late


def test_card_holders_go_to_other_stores_while_theirs_is_closed(clean):
    sales_then, sales_before = clean.execute(
        """WITH refit AS (SELECT entity_id::BIGINT AS store_id, starts_on, ends_on FROM truth_event
                          WHERE kind = 'store_refit'),
             other AS (
               SELECT business_date BETWEEN starts_on AND ends_on AS is_closed, count(*) AS sales
               FROM transaction JOIN customer USING (customer_id)
               JOIN refit ON refit.store_id = home_store_id
                 AND transaction.store_id <> home_store_id
               WHERE business_date BETWEEN starts_on - 35 AND ends_on GROUP BY ALL)
           SELECT max(sales) FILTER (is_closed), max(sales) FILTER (NOT is_closed) FROM other"""
    ).fetchone()
    assert sales_then > 1.3 * sales_before  # five weeks each


# --- households and tills -----------------------------------------------------------


def test_households_shop_near_home(clean):
    east = "(longitude - lon) * cos(radians((latitude + lat) / 2))"
    km = f"111.2 * sqrt(power(latitude - lat, 2) + power({east}, 2))"
    clean.execute(
        """CREATE OR REPLACE VIEW home AS SELECT entity_id::BIGINT AS household_id,
               max(value) FILTER (name = 'home_latitude') AS lat,
               max(value) FILTER (name = 'home_longitude') AS lon,
               max(value) FILTER (name = 'home_distance') AS told_km
           FROM truth_parameter WHERE entity = 'household' GROUP BY ALL"""
    )
    wrong, far, middle = clean.execute(
        f"""SELECT count(*) FILTER (abs(told_km - greatest(0.5, {km})) > 0.01 * told_km),
                   count(*) FILTER (told_km > 50) / count(*), median(told_km)
            FROM home JOIN customer USING (household_id)
            JOIN store ON store_id = home_store_id"""
    ).fetchone()
    assert wrong == 0
    assert far < 0.1
    assert middle < 10


def slope_of_conversion(connection, store_hour: str) -> float:
    """How the share of visits that buy goes with the load of the hour, against the store's mean."""
    return value(
        connection,
        f"""WITH hour AS (
              SELECT visitors, visit_transactions / visitors AS conversion,
                     visitors / avg(visitors) OVER (PARTITION BY store_id, month) AS load
              FROM {store_hour} WHERE visitors > 0)
            SELECT regr_slope(conversion, load) FROM hour, range(visitors::BIGINT)""",
    )


def test_rush_hours_convert_as_well_as_others_when_tills_are_staffed_for_them(clean):
    assert abs(slope_of_conversion(clean, "gold.store_hour")) < 0.015


def test_rush_hours_convert_worse_when_the_same_staff_is_there_all_week(tmp_path):
    scenario = tmp_path / "same_staff.toml"
    text = MOVING.read_text()
    assert text.count("staffing = 1") == 1
    scenario.write_text(text.replace("staffing = 1", "staffing = 0"))
    lake = run_pipeline(tmp_path, scenario).lake
    connection = lake.open()
    lake.view(connection, "gold", "store_hour", "same_staff")
    assert slope_of_conversion(connection, "same_staff") < -0.015
