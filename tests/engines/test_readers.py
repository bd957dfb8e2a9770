"""pandas, Polars, DuckDB and pyarrow read every table of the lake by the call that a user writes:
every row, exact types, and the folders called key=value as columns.
"""

import datetime
import json
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from harness import LAKE_TABLES, SQL, retailsim

# Type of the model -> the same in Arrow, Polars and DuckDB.
TYPES = {
    "text": (pa.string(), pl.String, "VARCHAR"),
    "boolean": (pa.bool_(), pl.Boolean, "BOOLEAN"),
    "integer": (pa.int32(), pl.Int32, "INTEGER"),
    "bigint": (pa.int64(), pl.Int64, "BIGINT"),
    "date": (pa.date32(), pl.Date, "DATE"),
    "timestamp": (
        pa.timestamp("us", "UTC"),
        pl.Datetime("us", "UTC"),
        "TIMESTAMP WITH TIME ZONE",
    ),
}
for digits in ((5, 4), (9, 1), (9, 4), (9, 6), (12, 2), (18, 2)):
    TYPES[f"decimal({digits[0]},{digits[1]})"] = (
        pa.decimal128(*digits),
        pl.Decimal(*digits),
        f"DECIMAL({digits[0]},{digits[1]})",
    )
PLACES = [
    *(f"{layer}/{table}" for layer in ("raw", "clean") for table in LAKE_TABLES),
    *(f"gold/{table}" for table in SQL),
    *(f"{which}/{table}" for which in ("quarantine", "findings")
      for table in ("transaction", "transaction_line", "visit")),
]  # fmt: skip


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, str]]:
    """Table -> column -> type, as the program declares them."""
    tables = json.loads(retailsim("schema", "--format", "json").stdout)["tables"]
    found = {
        table["name"]: {column["name"]: column["type"] for column in table["columns"]}
        for table in tables
    }
    return {**found, "findings": found["finding"]}


class Place:
    """A table's folder, and what has to be found in it."""

    def __init__(self, lake, name: str, declared: dict):
        layer, _, table = name.partition("/")
        self.folder = lake.folder / name
        self.types = declared[layer if layer in declared else table]
        files = lake.files(layer, table)
        assert files, name
        rows = {file: pq.read_metadata(file).num_rows for file in files}
        self.rows = sum(rows.values())
        steps = {
            tuple(step.split("=")) for file in files
            for step in file.relative_to(self.folder).parent.parts if rows[file] and "=" in step
        }  # fmt: skip
        # The folder that becomes a column.
        self.key = next((key for key, _ in steps), None)
        self.values = sorted(value for _, value in steps)
        assert self.key not in self.types


@pytest.fixture(params=PLACES)
def place(request, lake, declared) -> Place:
    return Place(lake, request.param, declared)


def test_pyarrow_reads_it(place):
    table = pq.read_table(place.folder)
    assert table.num_rows == place.rows
    types = {field.name: field.type for field in table.schema}
    if place.key:
        assert types.pop(place.key) == pa.dictionary(pa.int32(), pa.string())
        assert sorted(table[place.key].unique().to_pylist()) == place.values
    assert types == {name: TYPES[kind][0] for name, kind in place.types.items()}


def test_pandas_reads_it_with_exact_types(place):
    frame = pd.read_parquet(place.folder, dtype_backend="pyarrow")
    assert len(frame) == place.rows
    types = {name: kind.pyarrow_dtype for name, kind in frame.dtypes.items()}
    if place.key:
        assert sorted(frame[place.key].unique()) == place.values
        del types[place.key]
    assert types == {name: TYPES[kind][0] for name, kind in place.types.items()}


# What pandas makes of a column when nothing is said; of whole numbers, also where some are absent.
CELLS = {"date": datetime.date, "boolean": bool, "text": str}


def test_pandas_reads_it_with_its_own_types(place):
    frame = pd.read_parquet(place.folder)
    assert len(frame) == place.rows
    assert frame.columns.tolist() == [*place.types, *([place.key] if place.key else [])]
    for name, kind in place.types.items():
        known = frame[name].dropna()
        if kind == "timestamp":
            assert str(frame[name].dtype) == "datetime64[us, UTC]", name
        elif kind in {"integer", "bigint"}:
            # pandas has no absent whole numbers: they become floats, exact below 2^53.
            assert frame[name].dtype.kind == ("i" if len(known) == len(frame) else "f"), name
        else:
            cell = Decimal if kind.startswith("decimal") else CELLS[kind]
            assert all(isinstance(value, cell) for value in known.tolist()), name


def test_polars_reads_it(place):
    frame = pl.read_parquet(place.folder)
    assert frame.height == place.rows
    types = dict(frame.schema)
    if place.key:
        assert types.pop(place.key) == (pl.Date if place.key == "feed_date" else pl.String)
        assert sorted(str(value) for value in frame[place.key].unique()) == place.values
    assert types == {name: TYPES[kind][1] for name, kind in place.types.items()}


def test_duckdb_reads_it(place):
    with duckdb.connect() as connection:
        rows = f"'{place.folder}/**/*.parquet'"
        assert connection.execute(f"SELECT count(*) FROM {rows}").fetchone() == (place.rows,)
        described = connection.execute(f"DESCRIBE FROM {rows}").fetchall()
        types = {name: kind for name, kind, *_ in described}
        if place.key:
            assert types.pop(place.key) == ("DATE" if place.key == "feed_date" else "VARCHAR")
            keys = connection.execute(
                f"SELECT DISTINCT {place.key}::VARCHAR FROM {rows}"
            ).fetchall()
            assert sorted(key for (key,) in keys) == place.values
    assert types == {name: TYPES[kind][2] for name, kind in place.types.items()}


def test_receipts_are_the_same_in_all_four(lake):
    """Decimals to the cent, times to the microsecond."""
    folder = lake.folder / "clean" / "transaction"
    arrow = pq.read_table(folder).sort_by("transaction_id").slice(0, 50)
    columns = arrow.column_names[:-1]
    expected = arrow.select(columns).to_pylist()
    polars = pl.read_parquet(folder).sort("transaction_id").head(50).select(columns).to_dicts()
    frame = pd.read_parquet(folder, dtype_backend="pyarrow").sort_values("transaction_id")
    pandas = pa.Table.from_pandas(frame.head(50)[columns], preserve_index=False).to_pylist()
    with duckdb.connect() as connection:
        connection.execute("SET timezone = 'UTC'")
        relation = connection.sql(
            f"SELECT {', '.join(columns)} FROM '{folder}/**/*.parquet' ORDER BY 1 LIMIT 50"
        )
        assert relation.to_arrow_table().to_pylist() == expected
    assert polars == expected
    assert pandas == expected
