"""Whatever a source sends, every line is stored or quarantined, and the program goes on."""

import random
import shutil

import pytest
import remake_manifest
from harness import CHECKOUT, Lake, connect, retailsim

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
# Pieces that are wrong, nearly right, or right in another place.
PIECES = ("null", "-1", "1e3", "9007199254740992", '"', "{", "]", "\\", "\t", "é", "0.005", ",")


def damaged(line: str, dice: random.Random) -> str:
    """`line` with a few characters somewhere replaced by a piece."""
    start = dice.randrange(len(line))
    return line[:start] + dice.choice(PIECES) + line[start + dice.randint(0, 12) :]


def rows_in(lake: Lake, layer: str, table: str) -> int:
    files = [str(file) for file in lake.files(layer, table)]
    if not files:
        return 0
    source = "read_parquet($1, hive_partitioning=false)"
    return connect().execute(f"SELECT count(*) FROM {source}", [files]).fetchone()[0]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(("table", "delivered"), [("visit", 9), ("transaction", 10)])
def test_a_damaged_line_is_stored_or_quarantined_alone(table, delivered, seed, tmp_path):
    feed = tmp_path / "feed"
    shutil.copytree(RECEIPTS, feed)
    file = feed / table / "2024-02-05.ndjson"
    first, *others = file.read_text().splitlines()
    file.write_text("\n".join([damaged(first, random.Random(seed)), *others]) + "\n")
    (feed / "manifest.json").write_text(remake_manifest.manifest_of(feed))

    lake = Lake(tmp_path / "lake")
    retailsim("extract", "--data", feed, "--lake", lake.folder, "--table", table, "--quiet")
    stored, refused = rows_in(lake, "raw", table), rows_in(lake, "quarantine", table)
    assert stored in (delivered, delivered - 1)
    assert stored + refused == delivered
