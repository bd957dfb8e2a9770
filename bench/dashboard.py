"""What the dashboard costs beside the usual one (naive_dashboard.py): a part of `make bench`.

A lake of 200 stores and three years. Measured in one call, each beside the other where both can:

- a rerun of the overview's script (AppTest): median of wall and CPU milliseconds;
- a cold page in Chromium: bytes over the line, seconds until it is drawn;
- a click on a filter: milliseconds until the page is drawn, median;
- memory that a further session takes of the server;
- seconds from the end of a pipeline run until an open page shows it (ours alone).

The bars are goals of this machine when it is quiet; nothing fails here.
"""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
OUT = CHECKOUT / "build" / "bench"
SCRIPTS = {
    "ours": CHECKOUT / "dashboard" / "app.py",
    "naive": CHECKOUT / "bench" / "naive_dashboard.py",
}
RERUNS, CLICKS, SESSIONS = 30, 20, 5
WIDE = """
name = "wide"
seed = 3
from = 2023-01-01
to = 2025-12-31

[stores]
count = 200

[products]
count = 150

[households]
count = 6000
trips_per_year = 30
"""
sys.path[:0] = [str(CHECKOUT / "dashboard"), str(CHECKOUT / "tests" / "dashboard")]


def wide_lake() -> pathlib.Path:
    """Made once: it takes a minute."""
    folder = OUT / "wide"
    folder.mkdir(parents=True, exist_ok=True)
    scenario = folder / "scenario.toml"
    scenario.write_text(WIDE)
    subprocess.run(
        [CHECKOUT / "bin" / "retailsim", "run", scenario, "--data", folder / "data_api",
         "--lake", folder / "lake", "--quiet"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return folder / "lake"


def rerun(script: pathlib.Path) -> dict[str, float]:
    """In this process, which ends afterwards."""
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415

    app = AppTest.from_file(str(script), default_timeout=120)
    for _ in range(3):
        app.run()
    assert not app.exception, app.exception
    walls, cpus = [], []
    for _ in range(RERUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        app.run()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return {
        "rerun_ms": 1000 * statistics.median(walls),
        "rerun_cpu_ms": 1000 * statistics.median(cpus),
    }


@contextlib.contextmanager
def served(name: str, lake: pathlib.Path) -> Iterator[tuple[str, int]]:
    """The address of a server and its process's id."""
    from browser import free_port, is_up, wait_for  # noqa: PLC0415

    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, str(CHECKOUT / "dashboard" / "server.py"), "--port", str(port)]
    command += ["--lake", str(lake)]
    if name == "naive":
        command = [sys.executable, "-m", "streamlit", "run", str(SCRIPTS[name])]
        command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
        command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with subprocess.Popen(
        command,
        env={**os.environ, "RETAILSIM_LAKE": str(lake)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for("the server", lambda: is_up(address))
            yield address, server.pid
        finally:
            server.terminate()


def resident_mb(process: int) -> float:
    text = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(text.split("Pss:")[1].split()[0]) / 1024


def in_browser(name: str, lake: pathlib.Path) -> dict[str, float]:
    from browser import DESK, Reader, chromium_browser  # noqa: PLC0415

    found: dict[str, float] = {}
    with served(name, lake) as (address, process), chromium_browser() as chromium:

        def come() -> tuple[Reader, list[int]]:
            page = chromium.new_context(viewport=DESK, locale="en-IE").new_page()
            sizes: list[int] = []
            network = page.context.new_cdp_session(page)
            network.send("Network.enable")
            network.on("Network.loadingFinished", lambda m: sizes.append(m["encodedDataLength"]))
            return Reader(page, address), sizes

        def drawn(reader: Reader) -> None:
            app = reader.page.get_by_test_id("stApp")
            app.get_by_test_id("stMetric").first.wait_for()
            reader.page.wait_for_function(
                "document.querySelector('[data-testid=stApp]').dataset.testScriptState"
                " === 'notRunning'",
                polling=10,
            )

        warm, _ = come()  # the server's caches
        warm.page.goto(address)
        drawn(warm)
        start = time.perf_counter()
        reader, sizes = come()
        reader.page.goto(address)
        drawn(reader)
        found["cold_s"] = time.perf_counter() - start
        reader.page.wait_for_timeout(2000)
        found["cold_mb"] = sum(sizes) / 1e6

        clicks = []
        for number in range(CLICKS):
            reader.box("Year").click()
            option = reader.page.get_by_role("option", name=("2024", "2025")[number % 2])
            value = reader.page.get_by_test_id("stMetricValue").first
            before = value.inner_text()
            start = time.perf_counter()
            option.click()
            reader.page.wait_for_function(
                "before => document.querySelector('[data-testid=stMetricValue]').innerText"
                " !== before && document.querySelector('[data-testid=stApp]')"
                ".dataset.testScriptState === 'notRunning'",
                arg=before,
                polling=10,
            )
            clicks.append(time.perf_counter() - start)
        found["click_ms"] = 1000 * statistics.median(clicks)

        before_mb = resident_mb(process)
        others = [come()[0] for _ in range(SESSIONS)]
        for each in others:
            each.page.goto(address)
            drawn(each)
        found["session_mb"] = (resident_mb(process) - before_mb) / SESSIONS
    return found


def publish_to_visible() -> float:
    import browser  # noqa: PLC0415

    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        made = browser.feed(pathlib.Path(folder))
        made.run("--to", "2025-06-30")
        with browser.dashboard(made.lake) as address, browser.chromium_browser() as chromium:
            reader = browser.Reader(chromium.new_page(viewport=browser.DESK), address)
            reader.open()
            made.run("--to", "2025-07-31")
            start = time.perf_counter()
            total = browser.report(made.lake, "--from", "2025-01-01")
            reader.await_figure("Net sales", browser.shown(total)["Net sales"])
            return time.perf_counter() - start


GOALS = {
    "rerun_ms": "65 ms",
    "rerun_cpu_ms": "",
    "cold_mb": "3.3 MB",
    "cold_s": "",
    "click_ms": "500 ms",
    "session_mb": "12 MB",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rerun", choices=SCRIPTS, help="only this, as JSON: for this script")
    options = parser.parse_args()
    if options.rerun:
        print(json.dumps(rerun(SCRIPTS[options.rerun])))
        return
    lake = wide_lake()
    found: dict[str, dict[str, Any]] = {}
    for name in SCRIPTS:
        load = os.getloadavg()[0]
        out = subprocess.run(
            [sys.executable, __file__, "--rerun", name],
            env={**os.environ, "RETAILSIM_LAKE": str(lake)},
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ).stdout
        found[name] = json.loads(out) | in_browser(name, lake)
        print(f"load before {name}: {load:.1f}")
    print(f"\n{'200 stores, 3 years':<22}{'ours':>10}{'naive':>10}   goal")
    for key, goal in GOALS.items():
        print(f"{key:<22}{found['ours'][key]:>10.1f}{found['naive'][key]:>10.1f}   {goal}")
    print(f"{'published_to_seen_s':<22}{publish_to_visible():>10.1f}{'':>10}   2 s")


if __name__ == "__main__":
    main()
