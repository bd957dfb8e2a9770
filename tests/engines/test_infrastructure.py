"""The fixtures that all the others stand on."""

from harness import LAKE_TABLES


def test_the_chain_has_rows_in_every_table_and_something_of_each_kind(lake):
    connection = lake.open()
    for table in LAKE_TABLES:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0, table
    kinds = connection.execute(
        "SELECT DISTINCT kind, channel FROM transaction ORDER BY ALL"
    ).fetchall()
    assert {kind for kind, _ in kinds} == {"SALE", "RETURN"}
    assert {channel for _, channel in kinds} >= {"STORE", "ONLINE"}
    assert lake.files("quarantine", "") and lake.files("findings", "")


def test_a_real_postgresql_15_answers(postgres):
    version = postgres.execute("SHOW server_version").fetchone()[0]
    assert version.startswith("15.")
    assert postgres.execute("SHOW timezone").fetchone()[0] == "UTC"
    assert postgres.execute(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    ).fetchone() == (0,)
