"""The SQL of other engines is SQL to them, and tells of the lake what is true of it."""

import datetime
import re

import derive_sql
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from harness import CHECKOUT, SQL, retailsim
from sqlglot import exp
from sqlglot.errors import ErrorLevel

FILES = {
    "sql/schema.sql": ("postgres", "duckdb"),
    "sql/redshift/tables.sql": ("redshift",),
    "sql/redshift/external.sql": ("redshift",),
    "sql/redshift/views.sql": ("redshift",),
    "sql/redshift/deliveries.sql": ("redshift",),
    "sql/athena/tables.sql": ("athena",),
    "sql/athena/views.sql": ("athena", "trino"),
}
# What sqlglot has no grammar for, and takes as it stands.
UNKNOWN = (
    r"CREATE EXTERNAL SCHEMA IF NOT EXISTS \w+\nFROM DATA CATALOG\nDATABASE '\w+'\n"
    r"IAM_ROLE default\nCREATE EXTERNAL DATABASE IF NOT EXISTS",
    r"ALTER TABLE lake_\w+\.\w+ ADD IF NOT EXISTS(\nPARTITION \(\w+ = '[\d-]+'\) LOCATION '.*')+",
)


def statements(text: str, dialect: str) -> list[exp.Expression]:
    return sqlglot.parse(text, dialect=dialect, error_level=ErrorLevel.RAISE)


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|^--.*?$", "", text, flags=re.DOTALL | re.MULTILINE).strip()


def only_known_statements(text: str, dialect: str) -> None:
    found = statements(text, dialect)
    unknown = [each for each in found if each.find(exp.Command)]
    assert len(found) > len(unknown)
    for each in unknown:
        said = without_comments(each.sql(dialect=dialect))
        assert any(re.fullmatch(pattern, said) for pattern in UNKNOWN), said


@pytest.mark.parametrize(
    ("path", "dialect"), [(path, each) for path, dialects in FILES.items() for each in dialects]
)
def test_every_statement_of_a_derived_file_is_known_to_its_dialect(path, dialect):
    only_known_statements((CHECKOUT / path).read_text(), dialect)


def test_every_sql_file_is_looked_at():
    derived = {
        file.relative_to(CHECKOUT).as_posix()
        for file in (CHECKOUT / "sql").rglob("*.sql")
        if file.parent.name not in {"gold", "clean"}
    }
    assert derived == set(FILES)


@pytest.mark.parametrize("dialect", ["redshift", "spark", "athena", "trino", "duckdb", "postgres"])
@pytest.mark.parametrize("table", SQL)
def test_the_one_text_of_a_kpi_is_one_query_in_every_dialect(table, dialect):
    (query,) = statements(SQL[table], dialect)
    assert isinstance(query, exp.Select)
    assert not query.find(exp.Command, exp.Anonymous)
    # What it reads is a table of the lake, of gold, or a delivery; nothing of a database's own.
    (as_read,) = statements(SQL[table], derive_sql.DIALECT)
    assert derive_sql.tables_read(query) == derive_sql.tables_read(as_read)


def test_materialized_views_keep_to_what_redshift_allows():
    made = statements((CHECKOUT / "sql/redshift/views.sql").read_text(), "redshift")
    known = {"clean"}
    for each in made:
        if each.kind == "SCHEMA":
            continue
        view = f"{each.this.db}.{each.this.name}"
        assert each.find(exp.MaterializedProperty), view
        # Neither ORDER BY nor LIMIT at its end, and nothing that is not there yet.
        assert not {"order", "limit", "offset"} & {
            key for key, value in each.expression.args.items() if value
        }
        own = {cte.alias for cte in each.find_all(exp.CTE)}
        for table in each.expression.find_all(exp.Table):
            read = f"{table.db}.{table.name}" if table.db else table.name
            assert table.name in own or table.db in known or read in known, (view, read)
        known.add(view)
    assert {name.removeprefix("mart.") for name in known - {"clean"}} == SQL.keys() - {
        "data_quality_day"
    }


def test_a_name_of_the_one_text_that_is_a_table_of_the_lake_cannot_be_a_with():
    query = derive_sql.parsed("with visit as (select 1 as a) select a from visit")
    with pytest.raises(AssertionError, match="visit"):
        derive_sql.placed(query, {"visit": "clean"})


def test_a_day_and_a_number_are_added_by_a_function_in_athena_and_numbers_are_not():
    query = derive_sql.parsed(
        "select business_date + dwell_s + 6 as later, dwell_s + 6 as longer from visit"
    )
    columns = {"visit": {"business_date": "date", "dwell_s": "integer"}}
    assert derive_sql.with_typed_days(query, columns).sql(dialect="athena") == (
        "SELECT DATE_ADD('DAY', 6, DATE_ADD('DAY', visit.dwell_s, visit.business_date)) AS later, "
        "visit.dwell_s + 6 AS longer FROM visit AS visit"
    )


# --- external tables ------------------------------------------------------------------------

IN_ATHENA = {pa.string(): "string", pa.int32(): "int", pa.int64(): "bigint", pa.bool_(): "boolean"}
IN_ATHENA |= {pa.date32(): "date", pa.timestamp("us", "UTC"): "timestamp"}
TABLE = re.compile(
    r"CREATE EXTERNAL TABLE (?:IF NOT EXISTS )?`?(?P<schema>\w+)`?\.[`\"]?(?P<name>\w+)[`\"]? \(\n"
    r"(?P<columns>.*?)\n\)\n(?:PARTITIONED BY \((?P<partition>.*?)\)\n)?"
    r"STORED AS PARQUET\nLOCATION '\{lake\}/(?P<location>.*?)'(?P<more>.*?);\n",
    re.DOTALL,
)


def external(kind: str) -> list[dict[str, str]]:
    text = retailsim("schema", "--format", kind).stdout
    found = [match.groupdict() for match in TABLE.finditer(text)]
    assert len(found) == text.count("CREATE EXTERNAL TABLE")
    return found


def columns_of(listed: str) -> dict[str, str]:
    lines = [line.strip().rstrip(",") for line in listed.splitlines()]
    return {name.strip('`"'): kind for name, _, kind in (line.partition(" ") for line in lines)}


@pytest.mark.parametrize("kind", ["athena", "spectrum"])
def test_external_tables_have_the_columns_of_the_objects_and_every_object_is_in_one(kind, lake):
    tables = external(kind)
    covered = []
    for table in tables:
        files = sorted((lake.folder / table["location"]).rglob("*.parquet"))
        assert files, table["location"]
        covered += files
        declared = columns_of(table["columns"])
        for file in files:
            schema = pq.read_schema(file)
            assert list(declared) == schema.names, file
            for field in schema:
                ours = IN_ATHENA.get(
                    field.type, str(field.type).replace("128", "").replace(", ", ",")
                )
                if kind == "spectrum":
                    ours = {"int": "integer"}.get(ours, ours)
                theirs = re.sub(r"varchar\(\d+\)", "string", declared[field.name])
                assert theirs == ours, (file, field.name)
    everything = list(lake.folder.rglob("*.parquet"))
    assert sorted(covered) == sorted(everything)


@pytest.mark.parametrize("kind", ["athena", "spectrum"])
def test_a_folder_of_the_lake_is_a_partition_and_never_a_column_twice(kind, lake):
    seen = 0
    for table in external(kind):
        below = lake.folder / table["location"]
        # "feed_date" and "month"; "" of a folder that is the value alone.
        steps = {
            file.relative_to(below).parent.as_posix().rpartition("=")[0]
            for file in below.rglob("*.parquet")
        }
        if not table["partition"]:
            # Snapshots, what is of the whole lake, and what stands beside.
            assert steps == {""} or table["location"] in {"quarantine/", "findings/"}
            continue
        name = table["partition"].strip("`").split("`")[0].split()[0]
        columns = columns_of(table["columns"])
        (folder,) = steps
        assert name not in columns
        assert folder not in columns
        assert name == (folder or "month_folder")
        seen += 1
    assert seen == 4 + 1 + 4 + 1 + 8  # raw and clean events with lines; gold by month


def test_the_ranges_that_athena_projects_cover_the_lake(lake):
    now = datetime.datetime.now(tz=datetime.UTC).date()
    for table in external("athena"):
        if not table["partition"]:
            assert "projection" not in table["more"]
            continue
        properties = dict(re.findall(r"'(.*?)' = '(.*?)'", table["more"]))
        assert properties["projection.enabled"] == "true"
        name = re.match(r"`(\w+)`", table["partition"])[1]
        first, last = properties[f"projection.{name}.range"].split(",")
        years = int(re.fullmatch(r"NOW\+(\d+)YEARS", last)[1])
        last = now.replace(year=now.year + years, day=1).isoformat()[: len(first)]
        assert properties[f"projection.{name}.type"] == "date"
        daily = "DAYS" in properties[f"projection.{name}.interval.unit"]
        assert properties[f"projection.{name}.format"] == ("yyyy-MM-dd" if daily else "yyyy-MM")
        template = properties["storage.location.template"].removeprefix("{lake}/")
        head, tail = template.split(f"${{{name}}}")
        assert tail == "/"
        for file in (lake.folder / table["location"]).rglob("*.parquet"):
            place = file.parent.relative_to(lake.folder).as_posix()
            assert place.startswith(head)
            value = place.removeprefix(head)
            assert len(value) == len(first) and first <= value <= last


def test_the_partitions_told_to_redshift_are_those_of_the_lake(lake):
    text = retailsim("schema", "--format", "spectrum", "--lake", lake.folder).stdout
    assert "{lake}" not in text.partition("CREATE")[2]
    only_known_statements(text, "redshift")
    told = re.findall(r"^PARTITION \((\w+) = '(.*?)'\) LOCATION '(.*?)'", text, re.MULTILINE)
    folders = {
        f"{file.parent}/"
        for layer in ("raw", "clean", "gold")
        for file in lake.folder.glob(f"{layer}/*/*/*.parquet")
    }
    assert sorted(place for _, _, place in told) == sorted(folders)
    for name, value, place in told:
        assert place.endswith(f"/{value}/" if name == "month_folder" else f"/{name}={value}/")
