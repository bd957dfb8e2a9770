"""The job as an Airflow task submits it: a program of its own, with a Spark of its own."""

import pathlib
import subprocess
import sys

import pytest
from retailsim import spark as on_spark
from true_chain import is_that_of_the_lake

pytestmark = pytest.mark.long


def submit(*arguments: object) -> subprocess.CompletedProcess[str]:
    quiet = ["--conf", "spark.ui.enabled=false", "--conf", "spark.driver.bindAddress=127.0.0.1"]
    command = [pathlib.Path(sys.executable).with_name("spark-submit"), "--master", "local[2]"]
    return subprocess.run(
        [*map(str, [*command, *quiet, on_spark.__file__, *arguments])],
        env={"PATH": "/usr/bin:/bin", "SPARK_LOCAL_IP": "127.0.0.1"}
        | {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # Spark sends what the job says to either
        text=True,
        timeout=300,
        check=False,
    )


def test_spark_submit_writes_the_tables_it_is_asked_for(scenario, true_lake, tmp_path):
    file = tmp_path / "chain.toml"
    file.write_text(scenario.to_toml())
    tables = ("visit", "transaction_line")
    done = submit("--scenario", file, "--lake", tmp_path, *(f"--table={name}" for name in tables))
    assert done.returncode == 0, done.stdout
    assert {folder.name for folder in (tmp_path / "clean").iterdir()} == set(tables)
    for name in tables:
        assert is_that_of_the_lake(true_lake, tmp_path / "clean", name)


def test_a_scenario_that_is_not_there_fails_the_job_and_says_why(tmp_path):
    done = submit("--scenario", "nowhere.toml", "--lake", tmp_path)
    assert done.returncode != 0
    assert "error: cannot open nowhere.toml" in done.stdout
    assert "hint: " in done.stdout
    assert "Traceback" not in done.stdout
    assert not (tmp_path / "clean").exists()
