"""The KPI report, made when all gold tables have been published anew."""

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, get_current_context, task
from retailsim_tasks.defaults import TASK_DEFAULTS
from retailsim_tasks.settings import Settings, params
from retailsim_tasks.tables import GOLD_ASSETS

with DAG(
    "retail_report",
    description="KPIs of the published lake, as JSON",
    schedule=GOLD_ASSETS,
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS | {"execution_timeout": timedelta(minutes=15)},
    params=params("lake"),
    tags=["retailsim"],
    doc_md=__doc__,
) as dag:

    @task
    def report() -> dict[str, Any]:
        """The report of everything that is published."""
        return Settings(get_current_context()["params"]).run("report")

    report()
