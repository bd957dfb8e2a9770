"""Lakes whose objects were damaged, replaced or mixed with the files of others."""

import pathlib
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bad_input import assert_nothing_half_written, refused
from harness import Lake, retailsim


@pytest.fixture
def lake(tiny, tmp_path) -> pathlib.Path:
    return shutil.copytree(tiny.lake.folder, tmp_path / "lake")


def first(lake: pathlib.Path, layer: str, table: str) -> pathlib.Path:
    """An object; what the lake remembers of it is forgotten."""
    shutil.rmtree(lake / "_index", ignore_errors=True)
    return Lake(lake).files(layer, table)[0]


def truncate(file: pathlib.Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: pathlib.Path) -> None:
    file.write_bytes(b"")


def not_parquet(file: pathlib.Path) -> None:
    file.write_text("store_id,net_sales\n1,2.50\n")


def flip_bytes(file: pathlib.Path) -> None:
    content = bytearray(file.read_bytes())
    for at in range(4, len(content) - 600, 7):
        content[at] ^= 0x5A
    file.write_bytes(content)


def other_table(file: pathlib.Path) -> None:
    pq.write_table(pa.table({"colour": ["red"]}), file)


def with_our_metadata(file: pathlib.Path, table: pa.Table) -> None:
    """As ours by its metadata, but for what the table holds."""
    kept = pq.read_metadata(file).metadata
    pq.write_table(table.replace_schema_metadata(kept), file)
    assert b"inputs" in pq.read_metadata(file).metadata


def columns_of_others(file: pathlib.Path) -> None:
    table = pq.read_table(file)
    with_our_metadata(file, table.rename_columns([f"x_{name}" for name in table.column_names]))


def fewer_columns(file: pathlib.Path) -> None:
    table = pq.read_table(file)
    with_our_metadata(file, table.select(table.column_names[:-1]))


def text_for_numbers(file: pathlib.Path) -> None:
    table = pq.read_table(file)
    fields = [pa.field(f.name, pa.string(), f.nullable) for f in pq.read_schema(file)]
    texts = [
        [None if v is None else str(v) for v in column.to_pylist()] for column in table.columns
    ]
    arrays = [pa.array(values, pa.string()) for values in texts]
    with_our_metadata(file, pa.Table.from_arrays(arrays, schema=pa.schema(fields)))


DAMAGES = (
    truncate,
    empty,
    not_parquet,
    flip_bytes,
    other_table,
    columns_of_others,
    fewer_columns,
    text_for_numbers,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_clean_object_is_named_and_its_remedy_works(damage, lake, tiny):
    damaged = first(lake, "clean", "visit")
    damage(damaged)
    shutil.rmtree(lake / "gold")
    refused("transform", "--lake", lake, code=1, says=str(damaged))
    assert_nothing_half_written(lake)
    damaged.unlink()
    retailsim("transform", "--lake", lake)
    assert Lake(lake).objects() == tiny.lake.objects()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_raw_object_is_fetched_again_once_it_is_removed(damage, lake, tiny):
    damaged = first(lake, "raw", "visit")
    damage(damaged)
    shutil.rmtree(lake / "clean")
    refused("transform", "--lake", lake, code=1, says=str(damaged))
    damaged.unlink()
    retailsim("extract", "--data", tiny.feed.folder, "--lake", lake)
    retailsim("transform", "--lake", lake)
    assert Lake(lake).objects() == tiny.lake.objects()


@pytest.mark.parametrize("damage", [truncate, not_parquet, text_for_numbers])
def test_a_report_does_not_show_damaged_kpis(damage, lake):
    damaged = first(lake, "gold", "store_day")
    damage(damaged)
    says = damaged.relative_to(lake).as_posix()
    refused("report", "--lake", lake, code=1, says=says)
    damaged.unlink()
    retailsim("transform", "--lake", lake)
    retailsim("report", "--lake", lake)


@pytest.mark.parametrize("damage", [truncate, not_parquet, text_for_numbers])
def test_a_score_does_not_measure_damaged_tables(damage, lake):
    damaged = first(lake, "clean", "transaction_line")
    damage(damaged)
    refused("score", "--lake", lake, code=1, says=str(damaged))
    damaged.unlink()
    retailsim("transform", "--lake", lake)
    retailsim("score", "--lake", lake)


def test_a_score_takes_no_lines_of_products_that_it_does_not_know(lake, tiny):
    # As when transform brings new products between two of its reads.
    products = first(lake, "clean", "product")
    metadata = pq.read_metadata(products).metadata
    kept = pq.read_table(products).slice(1).replace_schema_metadata(metadata)
    pq.write_table(kept, products, store_decimal_as_integer=True)
    refused("score", "--lake", lake, code=1, says="do not belong together")
    products.unlink()
    retailsim("transform", "--lake", lake)
    shown = retailsim("score", "--lake", lake).stdout
    assert shown == retailsim("score", "--lake", tiny.lake.folder).stdout


def test_a_published_list_that_cannot_be_read_is_written_again_once_removed(lake, tiny):
    current = lake / "gold" / "_current.json"
    current.write_text("{")
    refused("report", "--lake", lake, code=1, says=(str(current), "remove it"))
    current.unlink()
    retailsim("transform", "--lake", lake)
    shown = retailsim("report", "--lake", lake).stdout
    assert shown == retailsim("report", "--lake", tiny.lake.folder).stdout


def test_a_lake_published_by_a_newer_version_is_left_alone(lake):
    current = lake / "gold" / "_current.json"
    newer = current.read_text().replace('"format": 1', '"format": 99')
    current.write_text(newer)
    for command in ("report", "transform"):
        refused(command, "--lake", lake, code=2, says=(str(current), "newer version"))
    assert current.read_text() == newer


def test_what_the_lake_remembers_may_be_lost_or_broken_without_harm(lake, tiny):
    for index in (lake / "_index").iterdir():
        index.write_text("{")
    answer = retailsim("transform", "--lake", lake)
    assert "nothing to do" in answer.stdout
    assert Lake(lake).objects() == tiny.lake.objects()


def test_a_file_of_somebody_else_beside_the_layers_stops_every_command(lake, tiny):
    (lake / "holiday.jpg").write_text("mine")
    for command in (
        ("extract", "--data", tiny.feed.folder),
        ("transform",),
        ("validate",),
        ("report",),
    ):
        refused(*command, "--lake", lake, code=2, says="holiday.jpg")
    assert (lake / "holiday.jpg").read_text() == "mine"


@pytest.mark.parametrize("table", ["store", "product"])
def test_events_without_the_stores_and_products_they_refer_to_are_not_cleaned(lake, table):
    first(lake, "raw", table).unlink()
    answer = retailsim("transform", "--lake", lake, expect=1)
    assert f"raw/{table}/part-0.parquet is missing: no event can be cleaned" in answer.stderr
    assert "hint: extract again" in answer.stderr
