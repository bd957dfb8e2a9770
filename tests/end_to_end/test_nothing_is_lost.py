"""Whatever a source sends, every line is stored or quarantined, and the program goes on."""

import shutil
import tempfile
from pathlib import Path

import remake_manifest
from harness import CHECKOUT, Lake, connect, retailsim
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
# Pieces that are wrong, nearly right, or right in another place.
WRONG = 'null|-1|1e3|9007199254740992|"|{|]|\\|\t|é|2024-02-30|0.005|,'
PIECES = st.sampled_from(WRONG.split("|"))
CHANGE = st.tuples(st.integers(0, 10_000), st.integers(0, 12), PIECES)


def changed(line: str, change: tuple[int, int, str]) -> str:
    """`line` with a few characters somewhere replaced by a piece."""
    place, length, piece = change
    start = place % (len(line) + 1)
    return line[:start] + piece + line[start + length :]


def rows_in(lake: Lake, layer: str, table: str) -> int:
    files = [str(file) for file in lake.files(layer, table)]
    if not files:
        return 0
    source = "read_parquet($1, hive_partitioning=false)"
    return connect().execute(f"SELECT count(*) FROM {source}", [files]).fetchone()[0]


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(change=CHANGE, table=st.sampled_from(["visit", "transaction"]))
def test_a_damaged_line_is_stored_or_quarantined_and_its_neighbours_are_stored(change, table):
    with tempfile.TemporaryDirectory() as place:
        feed = Path(place) / "feed"
        shutil.copytree(RECEIPTS, feed)
        file = feed / table / "2024-02-05.ndjson"
        first, *others = file.read_text().splitlines()
        file.write_text("\n".join([changed(first, change), *others]) + "\n")
        (feed / "manifest.json").write_text(remake_manifest.manifest_of(feed))
        lake = Lake(Path(place) / "lake")
        retailsim("extract", "--data", feed, "--lake", lake.folder, "--table", table, "--quiet")
        stored, refused = rows_in(lake, "raw", table), rows_in(lake, "quarantine", table)
        delivered = {"visit": 9, "transaction": 10}[table]
        assert stored in (delivered, delivered - 1)
        assert stored + refused == delivered
