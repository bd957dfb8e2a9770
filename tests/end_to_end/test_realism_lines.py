"""Sales lines of a lake that the program made, against sums over the lake."""

import pathlib
import subprocess
import sys

import pytest
from harness import BINARY, CHECKOUT, SCENARIOS

REALISM = CHECKOUT / "tools" / "realism"
sys.path.insert(0, str(REALISM))

from sales_lines import write_sales_lines  # noqa: E402
from simulated import simulated_lines  # noqa: E402


@pytest.fixture(scope="module")
def lines(tiny, tmp_path_factory) -> str:
    out = tmp_path_factory.mktemp("lines") / "lines.parquet"
    write_sales_lines(tiny.lake.folder, out)
    return str(out)


def test_sales_lines_have_the_sums_of_the_card_holders_receipts(tiny, lines):
    connection = tiny.lake.open()
    found = f"""SELECT count(DISTINCT basket_id), count(DISTINCT household_id), sum(quantity),
        sum(net_amount::DECIMAL(12,2)), sum(discount_amount::DECIMAL(12,2)) FROM '{lines}'"""
    due = """SELECT count(DISTINCT transaction_id), count(DISTINCT household_id), sum(quantity),
        sum(line.net), sum(line.discount)
        FROM transaction_line AS line JOIN transaction USING (transaction_id)
        JOIN customer USING (customer_id) WHERE line.kind = 'SALE'"""
    assert connection.execute(found).fetchone() == connection.execute(due).fetchone()
    anonymous = "SELECT count(*) FROM transaction WHERE customer_id IS NULL AND kind = 'SALE'"
    assert connection.execute(anonymous).fetchone()[0] > 0


def test_sales_lines_have_one_row_a_basket_and_product_in_order(tiny, lines):
    keys = tiny.lake.open().execute(f"SELECT basket_id, product_id FROM '{lines}'").fetchall()
    assert keys == sorted(set(keys))


def test_the_hour_of_a_sales_line_is_that_of_its_receipt(tiny, lines):
    wrong = f"""SELECT count(*) FROM '{lines}' JOIN transaction ON transaction_id = basket_id
        WHERE hour("timestamp") <> local_hour OR "timestamp"::DATE <> business_date"""
    assert tiny.lake.open().execute(wrong).fetchone() == (0,)


def test_measuring_sales_lines_prints_the_score_and_every_fact(lines):
    command = [sys.executable, str(REALISM / "measure.py"), lines, "--by-fact"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    said = done.stdout.splitlines()
    assert " lines, " in said[0] and " 3 stores, " in said[0]
    assert said[1].startswith("F ")
    assert sum(line.startswith("promo_uplift") for line in said) == 1
    assert len(said) == 2 + 10 + 2 + 39


def test_measuring_a_file_that_is_not_there_says_what_makes_it(tmp_path):
    command = [sys.executable, str(REALISM / "measure.py"), str(tmp_path / "lines.parquet")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        f"error: {tmp_path}/lines.parquet is not there\n  hint: sales_lines.py makes it of a lake\n"
    )


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("nothing.parquet", "nothing.parquet is not there\n  hint: prepare_reference.py makes it"),
        ("lines.parquet", "No module named 'sdmetrics'\n  hint: tools/setup.sh realism"),
    ],
    ids=["no reference", "no sdmetrics"],
)
def test_quality_without_what_it_needs_says_what_is_missing(lines, reference, words):
    reference = str(pathlib.Path(lines).with_name(reference))
    command = [sys.executable, str(REALISM / "measure.py"), lines, "--quality"]
    done = subprocess.run(
        [*command, "--reference", reference], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert words in done.stderr


def test_of_a_simulated_seed_only_the_sales_lines_stay(tmp_path):
    lines = simulated_lines(BINARY, SCENARIOS / "tiny.toml", 3, tmp_path, keep=False)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [lines]
    assert lines == tmp_path / "seed-3" / "lines.parquet"
    kept = simulated_lines(BINARY, SCENARIOS / "tiny.toml", 4, tmp_path, keep=True)
    assert kept == tmp_path / "lines.parquet"
    assert kept.read_bytes() != lines.read_bytes()
    assert [folder.name for folder in (tmp_path / "seed-4").iterdir()] == ["lake"]


def test_a_seed_that_cannot_be_simulated_ends_with_the_words_of_the_program(tmp_path):
    with pytest.raises(SystemExit, match=r"error: .*run .*nothing.toml(?s:.*)hint:"):
        simulated_lines(BINARY, tmp_path / "nothing.toml", 1, tmp_path / "out", keep=False)
