"""What is true of a chain stands beside its feed, and nowhere else."""

import json

import pytest
from bad_input import refused
from harness import SCENARIOS, connect, digests, retailsim

TINY = SCENARIOS / "tiny.toml"
TABLES = ("truth_parameter", "truth_event")


def truth_of(folder) -> dict[str, str]:
    return digests(folder, "truth_*.ndjson")


@pytest.fixture(scope="module")
def truth(tiny):
    connection = tiny.feed.open()
    for table in TABLES:
        connection.execute(
            f"CREATE VIEW {table} AS FROM read_json('{tiny.folder}/truth/{table}.ndjson')"
        )
    return connection


def test_a_feed_without_defects_has_its_truth_too(tiny):
    assert sorted(truth_of(tiny.folder / "truth")) == sorted(f"{name}.ndjson" for name in TABLES)
    manifest = json.loads((tiny.folder / "truth" / "manifest.json").read_text())
    for table in TABLES:
        rows = (tiny.folder / "truth" / f"{table}.ndjson").read_text().count("\n")
        assert rows > 100
        assert str(rows) in json.dumps(manifest["tables"][table])


def test_truth_is_neither_served_nor_extracted(tiny):
    assert "truth" not in (tiny.feed.folder / "manifest.json").read_text()
    assert [name for name in digests(tiny.feed.folder) if "truth" in name] == []
    assert [name for name in tiny.lake.objects() if "truth" in name] == []
    assert "truth" not in retailsim("schema", "--format", "openapi").stdout


def test_days_one_by_one_and_parts_have_the_truth_of_the_whole(tiny, tmp_path):
    whole = truth_of(tiny.folder / "truth")
    for day in ("2024-01-03", "2024-01-20"):
        out = ("--out", tmp_path / "days", "--truth", tmp_path / "truth_of_days")
        retailsim("simulate", TINY, "--from", day, "--to", day, *out, "--quiet")
    assert truth_of(tmp_path / "truth_of_days") == whole
    week = ("--from", "2024-01-01", "--to", "2024-01-07", "--parts", 3, "--part", 2)
    out = ("--out", tmp_path / "part", "--truth", tmp_path / "truth_of_part")
    retailsim("simulate", TINY, *week, *out, "--quiet")
    assert truth_of(tmp_path / "truth_of_part") == whole


def test_what_is_missing_of_the_truth_is_written_again(tiny, tmp_path):
    out = ("--out", tmp_path / "feed", "--truth", tmp_path / "truth", "--to", "2024-01-02")
    retailsim("simulate", TINY, *out)
    whole = truth_of(tmp_path / "truth")
    (tmp_path / "truth" / "truth_event.ndjson").unlink()
    retailsim("simulate", TINY, *out)
    assert truth_of(tmp_path / "truth") == whole == truth_of(tiny.folder / "truth")
    assert "nothing to do" in retailsim("simulate", TINY, *out).stdout


def test_the_truth_of_another_chain_is_not_written_over(tmp_path):
    out = ("--truth", tmp_path / "truth", "--to", "2024-01-02")
    retailsim("simulate", TINY, "--out", tmp_path / "feed", *out)
    other = ("simulate", TINY, "--seed", 8, "--out", tmp_path / "other", *out)
    refused(*other, code=2, says="holds another feed")


def test_numbers_and_events_are_about_what_the_feed_has(truth):
    unknown = truth.execute(
        """SELECT entity, entity_id FROM truth_parameter WHERE entity_id NOT IN (
               SELECT product_id::VARCHAR FROM product WHERE entity = 'product'
               UNION ALL SELECT store_id::VARCHAR FROM store WHERE entity = 'store'
               UNION ALL SELECT household_id::VARCHAR FROM customer WHERE entity = 'household'
               UNION ALL SELECT category FROM product WHERE entity = 'category')
             AND entity IN ('product', 'store', 'household', 'category')"""
    ).fetchall()
    assert unknown == []
    without = truth.execute(
        """SELECT count(*) FROM product ANTI JOIN (
               SELECT entity_id::BIGINT AS product_id FROM truth_parameter
               WHERE entity = 'product' AND name = 'own_price_elasticity') USING (product_id)"""
    ).fetchone()
    assert without == (0,)


def test_promotions_and_launches_are_those_of_the_feed(truth):
    promotions = truth.execute(
        """SELECT promo_id, depth_pct::DOUBLE, starts_on, ends_on FROM promotion ORDER BY ALL"""
    ).fetchall()
    assert (
        promotions
        == truth.execute(
            """SELECT entity_id::BIGINT, magnitude, starts_on, ends_on FROM truth_event
           WHERE kind = 'promotion' AND effect = 'depth' ORDER BY ALL"""
        ).fetchall()
    )
    launched, delisted, joined = truth.execute(
        """SELECT (SELECT list(product_id ORDER BY product_id) FROM product
                   WHERE launched_on >= '2024-01-01'),
                  (SELECT list(product_id ORDER BY product_id) FROM product
                   WHERE delisted_on <= '2024-02-25'),
                  (SELECT list(household_id ORDER BY household_id) FROM customer
                   WHERE joined_on >= '2024-01-01')"""
    ).fetchone()
    for kind, ids in (
        ("product_launched", launched),
        ("product_delisted", delisted),
        ("household_joined", joined),
    ):
        told = truth.execute(
            "SELECT list(entity_id::BIGINT ORDER BY entity_id::BIGINT) FROM truth_event "
            "WHERE kind = $1",
            [kind],
        ).fetchone()[0]
        assert told == ids, kind


def test_nobody_comes_before_joining_or_after_leaving(truth):
    strangers = truth.execute(
        """SELECT count(*) FROM transaction JOIN truth_event
             ON entity = 'household' AND entity_id::BIGINT = customer_id
           WHERE (truth_event.kind = 'household_joined' AND business_date < starts_on)
              OR (truth_event.kind = 'household_left' AND business_date >= starts_on)"""
    ).fetchone()
    assert strangers == (0,)


def test_truth_can_be_read_without_saying_types(tiny):
    types = dict(
        connect()
        .execute(
            f"SELECT column_name, column_type FROM (DESCRIBE FROM "
            f"'{tiny.folder}/truth/truth_event.ndjson')"
        )
        .fetchall()
    )
    assert (types["starts_on"], types["magnitude"], types["entity_id"]) == (
        "DATE",
        "DOUBLE",
        "VARCHAR",
    )
