"""The Python package: the same rows as the program's, for every library that reads Arrow."""

import concurrent.futures
import datetime
import multiprocessing
import pathlib
import pickle
import re
import signal
import subprocess
import sys
import time
from decimal import Decimal

import duckdb
import nbformat
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import retailsim
import run_notebooks
from harness import CHECKOUT, SQL, differences
from true_chain import KPIS, TRUTH, hash_of


def test_every_table_has_the_rows_of_the_lake(scenario, true_lake):
    simulation = retailsim.simulate(scenario)
    assert set(simulation) - TRUTH == {
        name
        for (name,) in true_lake.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'clean'"
        ).fetchall()
    }
    for name in set(simulation) - TRUTH:
        streamed = simulation[name]  # noqa: F841  (DuckDB finds it by its name)
        true_lake.execute("CREATE OR REPLACE TEMP TABLE ours AS FROM streamed")
        rows, total = hash_of(true_lake, "ours")
        assert rows > 0, name
        assert (rows, total) == hash_of(true_lake, f"clean.{name}"), name


def one_part(toml: str, number: int, parts: int, folder: pathlib.Path) -> None:
    simulation = retailsim.simulate(retailsim.Scenario.parse(toml), part=(number, parts), threads=1)
    for name, table in simulation.items():
        if number == 1 or "business_date" in table.schema.names:
            pq.write_table(table.to_arrow(), folder / f"{name}-{number}.parquet")


def test_sixteen_processes_give_the_same_rows_and_kpis(scenario, true_lake, tmp_path):
    parts = 16
    with concurrent.futures.ProcessPoolExecutor(
        2, multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        for done in [
            pool.submit(one_part, scenario.to_toml(), number, parts, tmp_path)
            for number in range(1, parts + 1)
        ]:
            done.result()
    for name in set(retailsim.table_names()) - TRUTH:
        true_lake.execute(f"CREATE VIEW {name} AS FROM '{tmp_path}/{name}-*.parquet'")
        assert hash_of(true_lake, name) == hash_of(true_lake, f"clean.{name}"), name
    for name in KPIS:
        true_lake.execute(f"CREATE TABLE {name} AS {SQL[name]}")
        assert differences(true_lake, f"main.{name}", f"gold.{name}") == [], name


def test_pyarrow_pandas_polars_and_duckdb_take_a_table_as_it_is(scenario):
    lines = retailsim.simulate(scenario).transaction_line
    arrow = pa.table(lines)
    assert arrow.schema == lines.schema
    assert arrow.schema.field("net").type == pa.decimal128(12, 2)
    assert arrow.schema.field("kind").type == pa.dictionary(pa.int8(), pa.string())
    assert arrow.equals(lines.to_arrow())
    total = sum(arrow.column("net").to_pylist())
    assert isinstance(total, Decimal)

    frame = lines.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert frame["net"].sum() == total
    assert frame["kind"].dtype == "category"

    polars = pl.DataFrame(lines)
    assert polars["net"].sum() == total
    assert polars.schema["net"] == pl.Decimal(12, 2)

    assert duckdb.sql("SELECT sum(net) FROM lines").fetchall() == [(total,)]
    visits = retailsim.simulate(scenario).visit
    assert visits.schema.field("entered_at").type == pa.timestamp("us", "UTC")
    assert visits.schema.field("business_date").type == pa.date32()


def test_threads_days_and_stores(scenario):
    def lines(**options) -> pa.Table:
        return retailsim.simulate(scenario, ["transaction_line"], **options)[
            "transaction_line"
        ].to_arrow()

    everything = lines(threads=1)
    assert lines(threads=3).equals(everything)
    some = lines(from_day="2024-01-03", to_day=datetime.date(2024, 1, 9), stores=[2]).to_pylist()
    assert some == [
        row
        for row in everything.to_pylist()
        if row["store_id"] == 2
        and datetime.date(2024, 1, 3) <= row["business_date"] <= datetime.date(2024, 1, 9)
    ]
    assert some != []


def test_all_tables_in_one_pass_are_those_read_one_by_one(scenario):
    simulation = retailsim.simulate(scenario)
    passes: dict[str, list[pa.RecordBatch]] = {name: [] for name in simulation}
    for batches in simulation.batches():
        for name, batch in batches.items():
            passes[name].append(batch)
    for name, table in simulation.items():
        together = pa.Table.from_batches(passes[name], table.schema)
        assert together.equals(table.to_arrow()), name


def test_a_cell_is_what_happened_in_a_store_in_a_week(scenario):
    cell = retailsim.cell(scenario, store=2, week="2024-01-10")
    days = {row["business_date"] for row in cell["transaction"].to_pylist()}
    assert min(days) >= datetime.date(2024, 1, 8)
    assert max(days) <= datetime.date(2024, 1, 14)
    assert set(cell["visit"].column("store_id").to_pylist()) == {2}
    receipts = set(cell["transaction"].column("transaction_id").to_pylist())
    assert receipts == set(cell["transaction_line"].column("transaction_id").to_pylist())
    # The first and the last week of a scenario may be cut off.
    assert retailsim.cell(scenario, 1, scenario.to_day)["visit"].num_rows > 0


def test_failures_say_what_is_wrong_and_what_helps(scenario, tmp_path):
    def failure(call, *arguments, **options) -> retailsim.Failure:
        with pytest.raises(retailsim.Failure) as raised:
            call(*arguments, **options)
        return raised.value

    unknown = failure(retailsim.simulate, scenario, ["visits"])
    assert (unknown.kind, unknown.hint) == ("wrong_usage", "did you mean visit?")
    assert str(unknown) == "there is no table visits\nhint: did you mean visit?"
    assert failure(retailsim.simulate, scenario, stores=[9]).hint.endswith("has the stores 1 to 3")
    assert "part 17 of 16" in str(failure(retailsim.simulate, scenario, part=(17, 16)))
    late = retailsim.simulate(scenario, ["visit"], to_day="2025-01-01")
    assert "is not within the scenario" in str(failure(late.visit.to_arrow))
    assert "no day" in str(failure(retailsim.simulate(scenario, from_day="soon").visit.head))
    typo = failure(scenario.with_values, {"stores.cout": 3})
    assert "stores.count" in str(typo)
    assert "quickstart" in failure(retailsim.Scenario.load, "nowhere").hint
    assert failure(retailsim.report, tmp_path / "nothing").kind == "wrong_usage"
    assert pickle.loads(pickle.dumps(typo)).hint == typo.hint  # noqa: S301
    with pytest.raises(AttributeError, match="there is no table visits; there are"):
        _ = retailsim.simulate(scenario).visits


def test_scenarios_are_values(scenario):
    assert "grocery_panel" in retailsim.scenarios()
    assert retailsim.Scenario.load("tiny").store_count == 3
    same = pickle.loads(pickle.dumps(scenario))  # noqa: S301
    assert same == scenario
    assert hash(same) == hash(scenario)
    other = scenario.with_values({"seed": 6, "to": "2024-01-31", "stores.regions": ["Bretagne"]})
    assert (other.seed, other.to_day) == (6, datetime.date(2024, 1, 31))
    assert other != scenario
    assert scenario.with_values('name = "a \\"b\\""').name == 'a "b"'
    assert scenario.with_values({"name": 'a "b"'}).name == 'a "b"'
    assert scenario.scaled(2).store_count == 6


def test_results_are_those_of_the_command_line(whole, scenario):
    report = retailsim.report(whole / "lake", stores=[1, 2])
    assert [store["store_id"] for store in report["stores"]] == [1, 2]
    assert "<td>" in report._repr_html_()
    score = retailsim.score(whole / "lake")
    assert score["data_quality"] is None
    assert "basket" in score._repr_html_()
    again = retailsim.run(scenario, data=whole / "data_api", lake=whole / "lake")
    assert not again["did_work"]
    assert (
        again["report"]["total"]["net_sales"]
        == retailsim.report(whole / "lake")["total"]["net_sales"]
    )


def test_a_feed_of_sixteen_parts_is_the_whole_feed(whole, scenario, tmp_path):
    parts = [tmp_path / f"{number:02}" for number in range(1, 17)]
    for number, folder in enumerate(parts, 1):
        retailsim.write_feed(scenario, folder, part=(number, 16), to_day="2023-12-31")
    for day in ("2023-12-18", "2023-12-31"):
        for table in ("visit", "transaction", "inventory_day"):
            file = pathlib.Path(table) / f"{day}.ndjson"
            together = b"".join((folder / file).read_bytes() for folder in parts)
            assert together == (whole / "data_api" / file).read_bytes()


def test_twins_differ_by_what_was_changed(scenario):
    same = retailsim.compare(scenario)
    assert not same["differs"]
    busier = retailsim.compare(scenario, scenario.with_values({"visits.conversion": 0.9}))
    assert busier["rows"]["visit"]["removed"] > 0


def test_notebooks_show_tables(scenario):
    simulation = retailsim.simulate(scenario)
    shown = simulation.visit._repr_html_()
    assert '<th title="Identifies the visit.">visit_id</th>' in shown
    assert shown.count("<tr>") == 11
    assert "A group of people entering a store" in simulation._repr_html_()
    assert simulation.visit.head(3).num_rows == 3


def test_the_examples_of_the_readme_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (CHECKOUT / "python" / "README.md").read_text()
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 4
    names: dict = {}
    for block in blocks:
        exec(block, names)  # noqa: S102


@pytest.mark.parametrize("notebook", run_notebooks.notebooks(), ids=lambda path: path.stem)
def test_notebooks_show_what_their_cells_give(notebook):
    """Made by tools/run_notebooks.py."""
    shown = [cell.get("outputs") for cell in run_notebooks.executed(notebook).cells]
    kept = [cell.get("outputs") for cell in nbformat.read(notebook, as_version=4).cells]
    assert shown == kept


def test_the_types_of_the_module_are_told_as_they_are(tmp_path):
    made = tmp_path / "_core.pyi"
    stubgen = [sys.executable, "-m", "nanobind.stubgen", "-q", "-m", "retailsim._core"]
    subprocess.run([*stubgen, "-o", made], check=True)
    kept = CHECKOUT / "python" / "retailsim" / "_core.pyi"
    assert made.read_text() == kept.read_text(), f"{' '.join(stubgen)} -o {kept}"


STREAM = """
import resource, retailsim
rows = sum(batch.num_rows for batch in retailsim.simulate("grocery_panel")["visit"].batches())
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_stream_needs_little_memory_however_long_it_is():
    answer = subprocess.run(
        [sys.executable, "-c", STREAM], check=True, capture_output=True, text=True
    )
    rows, kilobytes = map(int, answer.stdout.split())
    assert rows > 100_000
    assert kilobytes < 500_000


LONG = {
    "a command": "retailsim.write_feed('century', folder)",
    "a loop": "[0 for _ in retailsim.simulate('century').visit.batches()]",
    "pyarrow": "pyarrow.table(retailsim.simulate('century').visit)",
}


@pytest.mark.parametrize("work", LONG.values(), ids=LONG)
def test_ctrl_c_ends_long_work(work, tmp_path):
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import pyarrow, retailsim; folder = {str(tmp_path)!r}\n"
            f"retailsim.Scenario.load('century')\nprint('begun', flush=True)\n"
            # A library's own error may come first; the signal's, when Python runs again.
            f"try:\n    {work}\nfinally:\n    print('over')",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "begun\n"
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "KeyboardInterrupt" in errors
    assert process.returncode == -signal.SIGINT
