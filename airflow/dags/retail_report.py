"""The KPI report, made when all gold tables have been published anew."""

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, get_current_context, task
from retailsim_tasks import notices
from retailsim_tasks.settings import Settings, params
from retailsim_tasks.tables import GOLD_ASSETS

with DAG(
    "retail_report",
    description="KPIs of the published lake, as JSON",
    schedule=GOLD_ASSETS,
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 3,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(minutes=15),
        "on_failure_callback": notices.on_failure,
        "on_retry_callback": notices.on_retry,
        "on_success_callback": notices.on_success,
    },
    params=params("lake"),
    tags=["retailsim"],
    doc_md=__doc__,
) as dag:

    @task
    def report() -> dict[str, Any]:
        """The report of everything that is published."""
        return Settings(get_current_context()["params"]).run("report")

    report()
