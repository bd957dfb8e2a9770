"""Command lines that are wrong: what was meant is named, and nothing is begun."""

import pytest
from bad_input import refused


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "a command is missing"),
        ("--nonsense", ('"--nonsense" stands where a command belongs', "after the command")),
        ("repor", ('no command "repor"', "did you mean: retailsim report")),
        ("frobnicate", ('no command "frobnicate"', "retailsim --help")),
        ("simulate --form 2024-01-01", ("simulate has no option --form", "did you mean --from?")),
        ("run --lakee=other", ("run has no option --lakee", "did you mean --lake?")),
        ("report --thread 2", ("no option --thread", "did you mean --threads?")),
        ("serve --frobnicate", ("no option --frobnicate", "retailsim serve --help")),
        ("simulate a.toml b.toml", ("b.toml", "retailsim simulate --help")),
        ("replay", "--lines is required"),
        ("scenario", "ACTION is required"),
        ("compare", ("A is required", "retailsim compare --help")),
        ("scenario chek", "chek"),
        ("extract", ("--api", "--data")),
        ("extract --api http://127.0.0.1:1 --data x", "--data"),
        ("extract --data x --table visits", ("visits", "visit")),
        ("extract --data x --retries -1", "--retries"),
        ("extract --data x --timeout 0", "--timeout"),
        ("extract --api ftp://127.0.0.1", "http://127.0.0.1:8080"),
        ("simulate --threads", "--threads"),
        ("simulate --threads 0", ("--threads", "1 to 1024")),
        ("simulate --threads -1", ("--threads", "1 to 1024")),
        ("simulate --threads 99999999999", ("--threads", "1 to 1024")),
        ("simulate --threads many", "--threads"),
        ("simulate --seed 1e400", "--seed"),
        ("simulate --from yesterday", ("--from", "2024-01-31")),
        ("simulate --from 2024-02-30", ("--from", "2024-02-30")),
        ("simulate --from 2024-02-01 --to 2024-01-01", ("is after --to", "exchange")),
        ("simulate --parts 2 --part 3", "--part 3"),
        ("validate --max-rejected 2", ("--max-rejected", "0 to 1")),
        ("validate --max-rejected nan", ("--max-rejected", "0 to 1")),
        ("validate --max-rejected -0.1", ("--max-rejected", "0 to 1")),
        ("run --max-rejected few", ("--max-rejected", "0 to 1")),
        ("run --run-id ../up", "--run-id"),
        ("serve --port 70000", "--port"),
        ("redshift", "ACTION is required"),
        ("redshift lod", "lod"),
        ("redshift load", ("which database", "--database NAME")),
        ("redshift load --database d", ("which Redshift", "--workgroup NAME", "--dry-run")),
        ("redshift load --database d --cluster c --workgroup w", "can't both be meant"),
        ("redshift load --database d --workgroup w --db-user me", "--db-user goes with --cluster"),
        ("redshift load --clustr c", ("no option --clustr", "did you mean --cluster?")),
        ("redshift load --cluster", "--cluster"),
        ("redshift load --timeout 0", "--timeout"),
        ("redshift load --iam-role reader", ("reader is no IAM role", "--iam-role default")),
        ("redshift load --dry-run --manifests", "--manifests is of sql"),
        ("redshift load --database d --workgroup w --location s3://b/l", "no --location"),
        ("redshift sql --cluster c", ("--cluster is of load", "load --help")),
        ("redshift sql --table visits", ("visits", "visit")),
        ("redshift sql --layer clean --table store_day", "store_day is no table"),
        ("redshift sql --layer raw", "raw"),
        ("redshift sql --lake nowhere", ("no lake at nowhere", "retailsim run")),
        ("serve --data tests/golden/ten_receipts --token-file nowhere/t", ("nowhere/t", "--token")),
    ],
)
def test_a_wrong_command_line_is_answered_with_the_right_one(line, says):
    refused(*line.split(), code=2, says=says)


def test_a_token_file_without_a_token_lets_nobody_in(tmp_path):
    empty = tmp_path / "token"
    empty.write_text("\n")
    command = ("serve", "--data", "tests/golden/ten_receipts", "--token-file", empty)
    refused(*command, code=2, says="holds no token")


@pytest.mark.parametrize("words", ["sql", "load --dry-run", "load --workgroup w --database d"])
def test_a_lake_in_a_folder_is_nothing_that_redshift_could_read(words, tiny):
    command = ("redshift", *words.split(), "--lake", tiny.lake.folder)
    refused(*command, code=2, says=("Redshift reads s3:// only", "--location s3://"))


def test_a_location_has_to_be_a_folder_of_a_bucket(tiny):
    command = ("redshift", "sql", "--lake", tiny.lake.folder, "--location")
    refused(*command, "s3://Shop/lake", code=2, says=("Shop", "s3://bucket/lake"))
    refused(*command, "gs://shop/lake", code=2, says=("gs://shop/lake", "s3://"))
