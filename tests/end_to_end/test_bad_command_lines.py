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
