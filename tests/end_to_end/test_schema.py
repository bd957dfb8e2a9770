"""The tables as `retailsim schema` declares them to other programs, tried on those programs."""

import json
import re
import signal
import subprocess
import urllib.error
import urllib.request

import jsonschema
import openapi_spec_validator
import pytest
from harness import BINARY, CHECKOUT, OPTIONAL, connect, retailsim

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
FORMATS = ("sql", "redshift", "athena", "spectrum", "openapi", "markdown", "json")


def schema(*arguments: str) -> str:
    return retailsim("schema", *arguments).stdout


@pytest.fixture(scope="module")
def tables() -> dict[str, dict]:
    return {table["name"]: table for table in json.loads(schema("--format", "json"))["tables"]}


@pytest.fixture(scope="module")
def api() -> dict:
    return json.loads(schema("--format", "openapi"))


@pytest.mark.parametrize("layer", ["raw", "clean", "gold"])
def test_the_tables_of_the_sql_take_the_rows_of_the_lake_with_exact_types(layer, tables, tiny):
    connection = connect()
    connection.execute(schema("--format", "sql", "--layer", layer))
    loaded = 0
    for name, table in tables.items():
        files = tiny.lake.files(layer, name)
        if layer not in table["layers"] or not files:
            continue
        connection.execute(
            f"CREATE VIEW stored AS FROM read_parquet('{tiny.lake.folder}/{layer}/{name}/"
            "**/*.parquet', hive_partitioning=false)"
        )
        # Names, order and types; the table alone knows what may be null.
        declared = connection.execute(f'DESCRIBE {layer}."{name}"').fetchall()
        stored = connection.execute("DESCRIBE stored").fetchall()
        assert [row[:2] for row in declared] == [row[:2] for row in stored], name
        connection.execute(f'INSERT INTO {layer}."{name}" FROM stored')
        loaded += connection.execute(f'SELECT count(*) FROM {layer}."{name}"').fetchone()[0]
        connection.execute("DROP VIEW stored")
    assert loaded > 0


def test_the_sql_of_clean_and_gold_carries_the_meaning_of_each_column():
    connection = connect()
    connection.execute(schema("--format", "sql"))
    told = connection.execute(
        "SELECT comment FROM duckdb_columns() WHERE schema_name = 'gold' "
        "AND table_name = 'store_day' AND column_name = 'cogs'"
    ).fetchone()[0]
    assert told == "Cost of goods sold: Σ unit_cost × quantity, sales − returns."
    silent = connection.execute(
        "SELECT count(*) FROM duckdb_columns() WHERE schema_name IN ('clean', 'gold') "
        "AND comment IS NULL"
    ).fetchone()[0]
    assert silent == 0


def test_a_row_that_breaks_a_rule_is_refused_by_the_sql_too():
    connection = connect()
    connection.execute(schema("--format", "sql", "--table", "promotion"))
    good = "INSERT INTO clean.promotion VALUES (1, 'MAILER', 20, '2024-01-01', '2024-01-07')"
    connection.execute(good)
    for bad in (
        good,
        good.replace("(1, ", "(2, ").replace("MAILER", "RUMOUR"),
        good.replace("(1, ", "(3, ").replace("20,", "101,"),
        good.replace("(1, ", "(NULL, "),
    ):
        with pytest.raises(Exception, match="Constraint"):
            connection.execute(bad)


def test_redshift_keeps_receipts_beside_their_lines_and_days_together():
    text = schema("--format", "redshift")
    statements = re.findall(
        r"CREATE TABLE IF NOT EXISTS (\S+) \((.*?)\n\)\n(.*?);", text, re.DOTALL
    )
    placed = {name: " ".join(tail.split()) for name, _, tail in statements}
    by_receipt = "DISTSTYLE KEY DISTKEY (transaction_id)"
    by_day = "COMPOUND SORTKEY (business_date, store_id)"
    assert placed["clean.transaction"] == f"{by_receipt} {by_day}"
    assert placed["clean.transaction_line"] == f"{by_receipt} {by_day}"
    assert placed["clean.product"] == "DISTSTYLE ALL COMPOUND SORTKEY (product_id)"
    assert placed["gold.store_day"] == f"DISTSTYLE EVEN {by_day}"
    encodings = {"raw", "az64", "bytedict", "zstd"}
    for name, columns, tail in statements:
        listed = re.findall(r"^    (\S+) .* ENCODE (\w+)", columns, re.MULTILINE)
        assert {encoding for _, encoding in listed} <= encodings, name
        first = re.search(r"SORTKEY \((\w+)", tail)[1]
        assert dict(listed)[first] == "raw", name
        assert f"COMMENT ON TABLE {name} IS" in text


def test_the_description_of_the_api_is_valid_openapi(api):
    assert api["openapi"] == "3.1.0"
    openapi_spec_validator.validate(api)
    one = json.loads(schema("--format", "openapi", "--table", "visit"))
    openapi_spec_validator.validate(one)
    assert [path for path in one["paths"] if path.startswith("/v1/")] == [
        "/v1/manifest",
        "/v1/visits",
    ]


def test_every_row_of_the_feed_is_as_the_api_is_described(api, tables, tiny):
    for name in (name for name, table in tables.items() if table["served"]):
        rules = {"$ref": f"#/components/schemas/{name}", "components": api["components"]}
        judge = jsonschema.Draft202012Validator(
            rules, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        rows = []
        for folder in (RECEIPTS, tiny.feed.folder):
            file = next(iter(sorted((folder / name).glob("*.ndjson"))), folder / f"{name}.ndjson")
            if name in OPTIONAL and not file.exists():
                continue
            rows += [json.loads(line) for line in file.read_text().splitlines()[:40]]
        assert rows or name in OPTIONAL
        for row in rows:
            judge.validate(row)
        if not rows:
            continue
        row = rows[-1]
        for column in (column for column in tables[name]["columns"] if column["key"]):
            with pytest.raises(jsonschema.ValidationError):
                judge.validate({**row, column["name"]: None})


@pytest.fixture(scope="module")
def server():
    """The API over ten receipts, open."""
    command = [str(BINARY), "serve", "--data", str(RECEIPTS), "--port", "0"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **quiet) as process:
        yield re.search(r"(http://127\.0\.0\.1:\d+)/v1", process.stdout.readline())[1]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0


def get(url: str) -> tuple[int, dict]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def judge(api: dict, rules: dict) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({**rules, "components": api["components"]})


def resolved(api: dict, node: dict) -> dict:
    for step in node["$ref"].removeprefix("#/").split("/") if "$ref" in node else ():
        api = api[step]
    return api if "$ref" in node else node


def test_the_server_answers_every_path_of_the_description_as_described(api, server):
    assert set(api["paths"]) > {"/healthz", "/v1", "/v1/manifest", "/v1/transactions"}
    for path, methods in api["paths"].items():
        status, body = get(server + path)
        assert status == 200, path
        rules = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        judge(api, rules).validate(body)
    described = {path for path in api["paths"] if path.count("/") == 2} - {"/v1/manifest"}
    assert {table["url"] for table in get(f"{server}/v1")[1]["tables"]} == described


def value_for(rules: dict) -> str:
    if "enum" in rules:
        return rules["enum"][0]
    return {"date": "2024-01-30"}.get(rules.get("format"), "1")


def test_the_server_knows_every_parameter_of_the_description_and_no_other(api, server):
    told = {table["url"]: table["parameters"] for table in get(f"{server}/v1")[1]["tables"]}
    for path, known in told.items():
        listed = [resolved(api, each) for each in api["paths"][path]["get"]["parameters"]]
        assert [each["name"] for each in listed] == known
        for each in listed:
            if each["name"] != "cursor":
                question = f"{server}{path}?{each['name']}={value_for(each['schema'])}"
                assert get(question)[0] == 200, question


@pytest.mark.parametrize("path", ["/v1/shops", "/v1/stores?limit=0", "/v1/stores?colour=red"])
def test_an_error_of_the_server_is_as_described(path, api, server):
    status, body = get(server + path)
    judge(api, {"$ref": "#/components/schemas/Error"}).validate(body)
    assert body["error"]["status"] == status


def test_the_json_model_tells_types_keys_ranges_and_where_a_value_may_be_null(tables):
    lines = {column["name"]: column for column in tables["transaction_line"]["columns"]}
    assert lines["quantity"] == {
        "name": "quantity",
        "type": "integer",
        "words": None,
        "unit": "units",
        "nullable": {"raw": True, "clean": False},
        "key": False,
        "sorted": False,
        "measure": True,
        "references": None,
        "at_least": 1,
        "at_most": None,
        "meaning": "Units sold or taken back.",
    }
    assert lines["kind"]["words"] == ["SALE", "RETURN"]
    assert lines["gross"]["type"] == "decimal(12,2)"
    assert lines["product_id"]["references"] == "product.product_id"
    assert tables["transaction_line"]["nested_in"] == "transaction"
    assert tables["store_day"]["layers"] == ["gold"]


@pytest.mark.parametrize("kind", FORMATS)
def test_one_table_can_be_asked_for_alone(kind):
    text = schema("--format", kind, "--table", "visit")
    assert "party_size" in text
    assert "latitude" not in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--table", "stor"), 'no table "stor"'),
        (("--table", "stor"), "did you mean store?"),
        (("--format", "xml"), "xml"),
        (("--layer", "silver"), "silver"),
        (("--table", "store_day", "--layer", "clean"), "no table of the clean layer"),
        (("--table", "store_day", "--format", "openapi"), 'no table "store_day"'),
        (("--layer", "clean", "--format", "openapi"), "no layers"),
        (("--format", "sql", "--lake", "s3://bucket/lake"), "external tables"),
        (("--format", "spectrum", "--lake", "no/such/lake"), "no/such/lake"),
    ],
)
def test_a_schema_that_does_not_exist_is_answered_with_what_does(arguments, says):
    answer = retailsim("schema", *arguments, expect=2)
    assert says in answer.stderr
    assert "hint:" in answer.stderr
    assert answer.stdout == ""
