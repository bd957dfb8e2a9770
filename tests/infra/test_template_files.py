"""The template is clean, its scripts and units hold together, its parameters are in the manual."""

import configparser
import pathlib
import re
import subprocess
import sys

import pytest
from cloudformation import TEMPLATE, load

TEXT = TEMPLATE.read_text()
FOLDER = TEMPLATE.parent
MANUAL = (TEMPLATE.parents[2] / "docs/aws.md").read_text()
UNITS = sorted((FOLDER / "systemd").glob("*.service"))


def lint(path: pathlib.Path) -> subprocess.CompletedProcess:
    program = pathlib.Path(sys.executable).parent / "cfn-lint"
    command = [program, "--include-checks", "I", "--", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def user_data() -> str:
    return load(TEXT)["Resources"]["Instance"]["Properties"]["UserData"]["Fn::Base64"]["Fn::Sub"]


def test_cfn_lint_has_nothing_to_say():
    done = lint(TEMPLATE)
    assert (done.returncode, done.stdout) == (0, "")


def test_cfn_lint_does_speak_about_a_broken_template(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(TEXT.replace("VpcId: !Ref Vpc\n", "VpcId: !Ref Nothing\n", 1))
    done = lint(broken)
    assert done.returncode != 0
    assert "Nothing" in done.stdout


def test_the_template_is_small_enough_to_be_sent_as_text():
    assert len(TEXT.encode()) <= 51_200
    assert len(user_data().encode()) <= 16_384


def test_every_parameter_is_in_the_manual_with_its_default():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", MANUAL, re.MULTILINE))
    expected = {
        name: f"`{body['Default']}`" if body["Default"] != "" else "empty"
        for name, body in load(TEXT)["Parameters"].items()
    }
    assert rows == expected


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sh")), ids=lambda path: path.name)
def test_a_script_of_the_instance_is_sound_bash(script):
    done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "set -euo pipefail" in script.read_text()
    assert script.stat().st_mode & 0o111


def test_user_data_and_what_it_leaves_behind_are_sound_bash(tmp_path):
    text = user_data()
    inner = text.split("<<'END'\n")[2].split("\nEND\n")[0]
    for number, script in enumerate((text, inner)):
        path = tmp_path / f"{number}.sh"
        path.write_text(script)
        done = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert inner.startswith("#!/bin/bash\n")
    assert inner.endswith('exec "$folder/infra/aws/install.sh"')


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_restarts_after_a_failure_and_runs_as_nobody_special(path):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(path.read_text())
    service = unit["Service"]
    assert service["Restart"] == "on-failure"
    assert service["User"] == "retailsim"
    assert service["NoNewPrivileges"] == "yes"
    assert unit["Install"]["WantedBy"] == "multi-user.target"
    assert "0.0.0.0" not in path.read_text()  # noqa: S104 -- that nothing listens to all
    program = service["ExecStart"].split()[0].removeprefix("/opt/retailsim/current/")
    assert program == "bin/retailsim" or (FOLDER.parents[1] / program).exists()


def test_both_services_are_there():
    assert [path.name for path in UNITS] == [
        "retailsim-airflow.service",
        "retailsim-api.service",
        "retailsim-dashboard.service",
    ]


def test_airflow_ends_with_an_error_when_one_of_its_processes_ends(tmp_path):
    """systemd then starts all four again; a program of the same name stands in for Airflow."""
    stand_in = tmp_path / "airflow"
    stand_in.write_text('#!/bin/sh\n[ "$1" = triggerer ] && exit 0\nexec sleep 60\n')
    stand_in.chmod(0o755)
    done = subprocess.run(
        [FOLDER / "airflow.sh"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "a process of Airflow ended\n")
