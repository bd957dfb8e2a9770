"""The SQL for Redshift is SQL that Redshift knows, and names exactly the objects of the lake."""

import json
import re

import pytest
import sqlglot
from harness import Lake, retailsim
from sqlglot import exp

LOCATION = "s3://shop/lake"
# What sqlglot does not take apart: nothing else may hide there.
UNKNOWN_COMMANDS: tuple[str, ...] = ()
KINDS = (
    exp.Create,
    exp.Comment,
    exp.Copy,
    exp.Delete,
    exp.Insert,
    exp.Transaction,
    exp.Commit,
)


def redshift(lake: Lake, *words: str) -> str:
    command = ("redshift", *words, "--lake", lake.folder, "--location", LOCATION)
    return retailsim(*command).stdout


@pytest.fixture(scope="session", params=["sql", "load --dry-run --refresh-views"])
def script(request, lake) -> dict:
    return json.loads(redshift(lake, *request.param.split(), "--json"))


def statements(script: dict) -> list[str]:
    return [each for part in script["parts"] for each in part["statements"]]


def test_every_statement_is_understood(script):
    for statement in statements(script):
        (tree,) = sqlglot.parse(statement, read="redshift", error_level=sqlglot.ErrorLevel.RAISE)
        if isinstance(tree, exp.Command):
            assert tree.name.upper() in UNKNOWN_COMMANDS, statement
        else:
            assert isinstance(tree, KINDS), statement


def test_the_text_is_the_same_statements(lake):
    for words in ("sql", "load --dry-run"):
        text = redshift(lake, *words.split())
        trees = sqlglot.parse(text, read="redshift", error_level=sqlglot.ErrorLevel.RAISE)
        parts = json.loads(redshift(lake, *words.split(), "--json"))["parts"]
        ends = sum(2 for part in parts if part["is_transaction"])
        found = [tree for tree in trees if tree and not isinstance(tree, exp.Semicolon)]
        assert len(found) == ends + sum(len(part["statements"]) for part in parts)


def test_copy_names_manifests_and_these_name_exactly_the_objects(script, lake):
    copies = [each for each in statements(script) if each.startswith("COPY")]
    named = [re.search(r"FROM '([^']+)'", each)[1] for each in copies]
    assert sorted(named) == sorted(script["manifests"])
    objects = {}
    for url, manifest in script["manifests"].items():
        table = re.fullmatch(rf"{LOCATION}/_redshift/(\w+/\w+)/[\w-]+\.manifest", url)[1]
        (copy,) = (each for each in copies if url in each)
        assert copy.startswith(f"COPY {table.replace('/', '.')}\n")
        for entry in manifest["entries"]:
            assert entry["mandatory"] is True
            assert f"/{table}/" in entry["url"]
            path = entry["url"].removeprefix(f"{LOCATION}/")
            objects[path] = entry["meta"]["content_length"]
    files = [file for layer in ("clean", "gold") for file in lake.files(layer, "")]
    assert objects == {
        file.relative_to(lake.folder).as_posix(): file.stat().st_size for file in files
    }


def test_tables_are_those_of_schema(lake):
    schema = sqlglot.parse(retailsim("schema", "--format", "redshift").stdout, read="redshift")
    created = {
        tree.sql("redshift", comments=False) for tree in schema if isinstance(tree, exp.Create)
    }
    for words in ("sql", "load --dry-run"):
        script = json.loads(redshift(lake, *words.split(), "--json"))
        of_script = {
            sqlglot.parse_one(each, read="redshift").sql("redshift", comments=False)
            for each in statements(script)
            if each.startswith("CREATE TABLE") or each.startswith("CREATE SCHEMA")
        }
        assert created <= of_script


def test_manifests_are_written_when_asked_for(lake, tmp_path):
    copy = tmp_path / "lake"
    for file in lake.folder.rglob("*.*"):
        (copy / file.relative_to(lake.folder)).parent.mkdir(parents=True, exist_ok=True)
        (copy / file.relative_to(lake.folder)).write_bytes(file.read_bytes())
    script = json.loads(redshift(Lake(copy), "sql", "--json"))
    assert not (copy / "_redshift").exists()
    redshift(Lake(copy), "sql", "--manifests", "--table", "visit", "--table", "store")
    written = {
        f"{LOCATION}/{file.relative_to(copy).as_posix()}": json.loads(file.read_text())
        for file in (copy / "_redshift").rglob("*.manifest")
    }
    chosen = ("/clean/visit/", "/clean/store/")
    assert written == {
        url: manifest
        for url, manifest in script["manifests"].items()
        if any(folder in url for folder in chosen)
    }


def test_a_role_and_a_layer_can_be_chosen(lake):
    role = "arn:aws:iam::123456789012:role/reads-the-lake"
    text = redshift(lake, "sql", "--iam-role", role, "--layer", "gold", "--table", "store_day")
    assert f"IAM_ROLE '{role}'" in text
    assert "COPY gold.store_day\n" in text
    assert "clean." not in text
