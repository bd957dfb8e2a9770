"""`retailsim dashboard` before there is a dashboard to start; tests/dashboard has the rest."""

import shutil

from harness import BINARY, retailsim

PYTHON = "RETAILSIM_DASHBOARD_PYTHON"


def test_without_its_python_it_says_how_to_install_it(tmp_path):
    # A checkout that has the program and the dashboard, and no environment for it.
    (tmp_path / "bin").mkdir()
    (tmp_path / "dashboard").mkdir()
    (tmp_path / "dashboard" / "server.py").touch()
    program = shutil.copy(BINARY, tmp_path / "bin" / "retailsim")
    answer = retailsim("dashboard", expect=2, binary=program)
    assert answer.stderr == (
        f"retailsim: there is no Python at {tmp_path}/.venv-dashboard/bin/python\n"
        f"hint: install it: {tmp_path}/tools/setup.sh dashboard\n"
    )


def test_a_python_that_is_named_and_missing_is_an_error():
    answer = retailsim("dashboard", expect=2, env={PYTHON: "/nowhere/python"})
    assert answer.stderr == (
        "retailsim: there is no Python at /nowhere/python\n"
        f"hint: {PYTHON} names a Python with requirements-dashboard.txt\n"
    )


def test_a_program_without_a_dashboard_says_so(tmp_path):
    program = shutil.copy(BINARY, tmp_path / "retailsim")
    answer = retailsim("dashboard", expect=2, binary=program)
    assert answer.stderr.startswith(
        f"retailsim: there is no dashboard/ in a folder above {tmp_path}/retailsim\n"
    )
