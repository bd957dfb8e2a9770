"""The SQL of Redshift and Athena, made of the one text of every KPI (sql/gold) with sqlglot.

tools/derive_docs.py writes what derived() gives; the tests of tests/engines run it.
"""

import pathlib
from collections.abc import Iterable

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

GOLD = pathlib.Path(__file__).resolve().parent.parent / "sql" / "gold"
# The texts are read as Redshift's; what they may hold is what all of the engines take.
DIALECT = "redshift"
# What is neither clean nor gold: the deliveries that data_quality_day counts.
DELIVERED = {
    "raw_row": {"table_name": "varchar", "feed_date": "date"},
    "quarantine": {
        "table_name": "varchar",
        "stage": "varchar",
        "feed_date": "date",
        "rule": "varchar",
    },
    "findings": {
        "table_name": "varchar",
        "stage": "varchar",
        "feed_date": "date",
        "rule": "varchar",
        "outcome": "varchar",
    },
}
NO_MODEL_TYPE = {"id": "bigint", "text": "varchar", "timestamp": "timestamptz"}

REDSHIFT_VIEWS = """\
-- The KPI tables as materialized views of Amazon Redshift, over the clean tables that
-- `retailsim redshift load` keeps there. Made by `make docs` from sql/gold; change that instead.
--
-- The schema gold holds what the lake's gold says, copied; mart says the same from clean, computed
-- by Redshift. Both can be there, and have to agree to the cent. data_quality_day counts rows that
-- are not copied: see deliveries.sql.
--
-- Redshift takes no ORDER BY here. Outer joins and window functions make a refresh a full one, so
-- nothing refreshes by itself: REFRESH MATERIALIZED VIEW, in this order, when a load has ended.

CREATE SCHEMA IF NOT EXISTS mart;
"""
REDSHIFT_DELIVERIES = """\
-- What was delivered to the lake and what became of it, for Amazon Redshift: data_quality_day over
-- the external tables of external.sql. Made by `make docs` from sql/gold; change that instead.
--
-- These are views without schema binding, and not materialized: Redshift has no other views of
-- external tables, and no materialized view of views.

CREATE SCHEMA IF NOT EXISTS mart;

CREATE SCHEMA IF NOT EXISTS delivered;
"""
ATHENA_VIEWS = """\
-- The KPI tables as views of Amazon Athena, over the external tables of tables.sql. Made by
-- `make docs` from sql/gold; change that instead. Athena runs one statement at a time.
--
-- A view is computed when it is asked; retailsim_gold has the same rows ready made.

CREATE DATABASE IF NOT EXISTS retailsim_mart;

CREATE DATABASE IF NOT EXISTS retailsim_delivered;
"""


def kpis() -> dict[str, str]:
    """The text of each gold table, after those that it reads."""
    texts = {file.stem: file.read_text() for file in sorted(GOLD.glob("*.sql"))}
    ordered: dict[str, str] = {}

    def add(table: str) -> None:
        for each in sorted(tables_read(parsed(texts[table])) & texts.keys() - ordered.keys()):
            add(each)
        ordered.setdefault(table, texts[table])

    for table in texts:
        add(table)
    return ordered


def parsed(text: str, dialect: str = DIALECT) -> exp.Expression:
    """One statement; sqlglot.errors.ParseError for what the dialect has not."""
    return sqlglot.parse_one(text, dialect=dialect, error_level=ErrorLevel.RAISE)


def tables_read(query: exp.Expression) -> set[str]:
    """Names of tables, without those that the query makes itself."""
    own = {each.alias for each in query.find_all(exp.CTE)}
    return {each.name for each in query.find_all(exp.Table)} - own


def columns_of(model: dict) -> dict[str, dict[str, str]]:
    """Table -> column -> SQL type, of what `retailsim schema --format json` tells."""
    tables = {
        table["name"]: {
            column["name"]: NO_MODEL_TYPE.get(column["type"], column["type"])
            for column in table["columns"]
        }
        for table in model["tables"]
    }
    return {**tables, **DELIVERED}


def placed(query: exp.Expression, places: dict[str, str]) -> exp.Expression:
    """The query without its last ORDER BY, reading each table in its schema."""
    query = query.copy()
    query.set("order", None)
    own = {each.alias for each in query.find_all(exp.CTE)}
    assert not own & places.keys(), f"{own & places.keys()} are tables, and named in a WITH"
    for table in query.find_all(exp.Table):
        if table.name not in own:
            table.set("db", exp.to_identifier(places[table.name]))
    return query


def with_typed_days(query: exp.Expression, columns: dict[str, dict[str, str]]) -> exp.Expression:
    """The query with every `date + number` written as a function: Athena has no such sum."""
    query = qualify(query.copy(), schema=columns, dialect=DIALECT, quote_identifiers=False)
    query = annotate_types(query, schema=columns, dialect=DIALECT)

    sums = list(query.find_all(exp.Add))
    assert not any(each.is_type("unknown") for each in sums), "a sum of what, days or numbers?"
    days = [each for each in sums if each.is_type("date")]
    for node in reversed(days):  # what stands inside another sum first
        day = exp.Var(this="DAY")
        node.replace(exp.DateAdd(this=node.left, expression=node.right, unit=day))
    return query


def sql_of(tree: exp.Expression, dialect: str) -> str:
    return tree.sql(dialect=dialect, pretty=True, comments=False)


def schemas_of(model: dict, clean: str, gold: str) -> dict[str, str]:
    """Table -> the schema that the KPI texts shall read it in."""
    layer = {"clean": clean, "gold": gold}
    return {
        table["name"]: layer[table["layers"][-1]] for table in model["tables"] if table["layers"]
    }


def reads_deliveries(text: str) -> bool:
    return not DELIVERED.keys().isdisjoint(tables_read(parsed(text)))


def joined(head: str, statements: Iterable[str]) -> str:
    return head + "".join(f"\n{statement};\n" for statement in statements)


def redshift_views(model: dict) -> str:
    places = schemas_of(model, "clean", "mart")
    return joined(
        REDSHIFT_VIEWS,
        (
            f"CREATE MATERIALIZED VIEW mart.{table}\nAUTO REFRESH NO\nAS\n"
            + sql_of(placed(parsed(text), places), "redshift")
            for table, text in kpis().items()
            if not reads_deliveries(text)
        ),
    )


def deliveries(model: dict, raw: str, beside: str) -> dict[str, exp.Expression]:
    """What data_quality_day reads, of external tables that know the path of each row."""
    counted = []
    for table in model["tables"]:
        if "raw" in table["layers"]:
            day = "feed_date" if table["delivery"] == "event" else "CAST(NULL AS DATE)"
            name = exp.to_identifier(table["name"]).sql(dialect=DIALECT)
            counted.append(
                f"SELECT '{table['name']}' AS table_name, {day} AS feed_date FROM {raw}.{name}"
            )
    # …/quarantine/<table>/stage=<stage>/…, read from its end: a lake may lie anywhere.
    from_end = """SPLIT_PART(REVERSE("$path"), '=egats/', {})"""
    table_name = f"REVERSE(SPLIT_PART({from_end.format(2)}, '/', 1))"
    stage = f"""SPLIT_PART(REVERSE({from_end.format(1)}), '/', 1)"""
    where = f"SELECT {table_name} AS table_name, {stage} AS stage"
    texts = {
        "raw_row": " UNION ALL ".join(counted),
        "quarantine": f"{where}, feed_date, rule FROM {beside}.quarantine",
        "findings": f"{where}, feed_date, rule, outcome FROM {beside}.findings",
    }
    return {name: parsed(text) for name, text in texts.items()}


def redshift_deliveries(model: dict) -> str:
    places = dict.fromkeys(DELIVERED, "delivered")
    views = [
        (f"delivered.{name}", query)
        for name, query in deliveries(model, "lake_raw", "lake").items()
    ]
    views += [
        (f"mart.{table}", placed(parsed(text), places))
        for table, text in kpis().items()
        if reads_deliveries(text)
    ]
    return joined(
        REDSHIFT_DELIVERIES,
        (
            f"CREATE OR REPLACE VIEW {name}\nAS\n{sql_of(query, 'redshift')}\n"
            "WITH NO SCHEMA BINDING"
            for name, query in views
        ),
    )


def athena_views(model: dict) -> str:
    columns = columns_of(model)
    places = schemas_of(model, "retailsim_clean", "retailsim_mart")
    places |= dict.fromkeys(DELIVERED, "retailsim_delivered")
    views = [
        (f"retailsim_delivered.{name}", query)
        for name, query in deliveries(model, "retailsim_raw", "retailsim_lake").items()
    ]
    for table, text in kpis().items():
        query = with_typed_days(parsed(text), columns)
        views.append((f"retailsim_mart.{table}", placed(query, places)))
    return joined(
        ATHENA_VIEWS,
        (f"CREATE OR REPLACE VIEW {name}\nAS\n{sql_of(query, 'athena')}" for name, query in views),
    )


# Path -> what makes the file there of the model.
FILES = {
    "sql/redshift/views.sql": redshift_views,
    "sql/redshift/deliveries.sql": redshift_deliveries,
    "sql/athena/views.sql": athena_views,
}
PATHS = tuple(FILES)


def derived(model: dict) -> dict[str, str]:
    """Path -> what the file there has to hold."""
    return {path: made(model) for path, made in FILES.items()}
