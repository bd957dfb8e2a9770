"""This Airflow reads the DAGs without an error or a warning, and they know the program's tables."""

import os
import pathlib
import re
import subprocess
import sys

import pytest
from conftest import BINARY, CHECKOUT

pytestmark = pytest.mark.airflow
DAGS = ["retail_data_is_late", "retail_pipeline", "retail_report"]


def python(code: str, tmp_path: pathlib.Path) -> str:
    """What Python prints beside our DAGs; a warning from them is an error."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "AIRFLOW_HOME": str(tmp_path),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "PYTHONPATH": str(CHECKOUT / "airflow" / "dags"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("dag", DAGS)
def test_a_dag_is_imported_without_warning(dag: str, tmp_path: pathlib.Path) -> None:
    code = (
        f"import warnings; warnings.simplefilter('always'); import {dag}; print({dag}.dag.dag_id)"
    )
    assert python(code, tmp_path).splitlines()[-1] == dag


def test_every_task_has_a_time_limit_and_growing_pauses(tmp_path: pathlib.Path) -> None:
    code = "\n".join(
        [f"import {dag}" for dag in DAGS]
        + [
            f"for dag in ({', '.join(f'{dag}.dag' for dag in DAGS)}):",
            "    assert dag.max_active_runs == 1 and not dag.catchup",
            "    for task in dag.tasks:",
            "        kwargs = getattr(task, 'partial_kwargs', None)",
            "        get = kwargs.get if kwargs else lambda name: getattr(task, name)",
            "        assert get('execution_timeout') and get('max_retry_delay'), task",
            "        assert get('retries') >= 2 and get('retry_exponential_backoff'), task",
            "        print(dag.dag_id, task.task_id)",
        ]
    )
    lines = python(code, tmp_path).split("\n")
    assert [line for line in lines if line.startswith("retail_")] == [
        "retail_data_is_late data_is_fresh",
        "retail_pipeline simulate",
        "retail_pipeline extract",
        "retail_pipeline validate",
        "retail_pipeline transform",
        "retail_pipeline redshift",
        "retail_report report",
    ]


def test_the_dags_know_the_tables_of_the_program() -> None:
    from retailsim_tasks import tables  # noqa: PLC0415

    text = subprocess.run(
        [BINARY, "extract", "--help"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"--table TEXT:\{([a-z_,]+)\}", text)
    assert found is not None
    assert found[1].split(",") == tables.FEED_TABLES
    gold = sorted(path.stem for path in (CHECKOUT / "sql" / "gold").glob("*.sql"))
    assert gold == tables.GOLD_TABLES
