"""The helper that runs the program: its record, its exit codes, what a missing thing says."""

import pathlib
import stat

import pytest
from conftest import BINARY, CHECKOUT
from retailsim_tasks import binary
from retailsim_tasks.versions import AirflowException, AirflowFailException

pytestmark = pytest.mark.airflow
TINY = str(CHECKOUT / "scenarios" / "tiny.toml")


def pretend(folder: pathlib.Path, code: int, stderr: str = "", stdout: str = "{}") -> str:
    """A program that says this and ends so."""
    program = folder / "retailsim"
    program.write_text(
        f"#!/bin/sh\ncat >&2 <<'X'\n{stderr}\nX\ncat <<'X'\n{stdout}\nX\nexit {code}\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.mark.parametrize(("code", "final"), [(1, False), (2, True), (3, True), (4, False)])
def test_wrong_usage_and_the_gate_are_final_and_the_rest_is_tried_again(
    code: int, final: bool, tmp_path: pathlib.Path
) -> None:
    program = pretend(tmp_path, code, "retailsim: first\nretailsim: it broke\nhint: mend it")
    with pytest.raises(AirflowException) as caught:
        binary.run(["validate"], binary=program)
    assert isinstance(caught.value, AirflowFailException) == final
    assert str(caught.value) == (
        f"retailsim validate failed with exit code {code}: it broke\nhint: mend it"
    )


def test_an_error_of_several_lines_is_told_in_one(tmp_path: pathlib.Path) -> None:
    program = pretend(
        tmp_path, 3, "retailsim: too many:\n  store: 2 of 97\n  line: 1 of 9\nhint: h"
    )
    with pytest.raises(AirflowFailException, match="3: too many: store: 2 of 97; line: 1 of 9\n"):
        binary.run(["validate"], binary=program)


def test_a_bucket_that_is_missing_is_final(tmp_path: pathlib.Path) -> None:
    program = pretend(tmp_path, 4, "retailsim: cannot open s3://b/l: there is no such bucket")
    with pytest.raises(AirflowFailException, match="s3://b/l"):
        binary.run(["transform"], binary=program)


def test_a_program_that_was_killed_is_tried_again(tmp_path: pathlib.Path) -> None:
    program = tmp_path / "retailsim"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    with pytest.raises(AirflowException, match="exit code -9: it said nothing") as caught:
        binary.run(["transform"], binary=str(program))
    assert not isinstance(caught.value, AirflowFailException)


def test_words_that_are_no_json_are_tried_again(tmp_path: pathlib.Path) -> None:
    with pytest.raises(AirflowException, match="printed no JSON: 'hello"):
        binary.run(["report"], binary=pretend(tmp_path, 0, stdout="hello"))


def test_the_record_of_a_stage_is_given_back(tmp_path: pathlib.Path) -> None:
    days = ["--from", "2024-01-01", "--to", "2024-01-01"]
    record = binary.run(
        ["simulate", TINY, "--out", str(tmp_path / "data"), *days], binary=str(BINARY)
    )
    assert record["stage"] == "simulate"
    assert record["tables"]["store"]["rows_out"] == 3


def test_a_scenario_that_is_missing_is_named_at_once(tmp_path: pathlib.Path) -> None:
    with pytest.raises(AirflowFailException, match=r"cannot open .*nowhere\.toml"):
        binary.run(["simulate", str(tmp_path / "nowhere.toml")], binary=str(BINARY))


def test_a_program_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(AirflowFailException, match="no program at /nowhere/retailsim"):
        binary.run(["report"], binary="/nowhere/retailsim")


def test_secrets_reach_the_program_and_not_the_log(
    tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    program = tmp_path / "retailsim"
    program.write_text('#!/bin/sh\nprintf \'{"length": %d}\' "${#AWS_SECRET_ACCESS_KEY}"\n')
    program.chmod(0o755)
    with caplog.at_level("DEBUG"):
        record = binary.run(
            ["report"], binary=str(program), secrets={"AWS_SECRET_ACCESS_KEY": "very-secret"}
        )
    assert record == {"length": 11}
    assert "very-secret" not in caplog.text
