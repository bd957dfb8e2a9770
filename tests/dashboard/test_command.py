"""`retailsim dashboard` starts the dashboard of a lake."""

import os
import subprocess
import sys
import urllib.request

import pytest
from browser import free_port, is_up, wait_for
from conftest import BINARY, Made

pytestmark = pytest.mark.dashboard


def test_the_command_serves_the_dashboard_of_a_lake(tiny: Made) -> None:
    port = free_port()
    with subprocess.Popen(
        [BINARY, "dashboard", "--lake", tiny.lake, "--port", str(port)],
        env={**os.environ, "RETAILSIM_DASHBOARD_PYTHON": sys.executable},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            wait_for("the dashboard", lambda: is_up(f"http://127.0.0.1:{port}/"))
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/stores", headers={"Accept": "text/html"}
            )
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert answer.headers["Content-Type"].startswith("text/html")
        finally:
            server.terminate()
        assert server.stdout is not None
        assert f"dashboard of {tiny.lake} at http://127.0.0.1:{port}" in server.stdout.read()
