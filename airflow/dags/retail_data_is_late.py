"""Looks every hour whether the published data is as fresh as it should be.

The Variable retailsim_late_after_days says how old the last published day may be (default 2).
"""

from datetime import date, datetime, timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, Param, get_current_context, task
from retailsim_tasks import notices
from retailsim_tasks.defaults import TASK_DEFAULTS
from retailsim_tasks.settings import Settings, params, variable
from retailsim_tasks.versions import AirflowFailException

with DAG(
    "retail_data_is_late",
    description="Alerts when the published data is older than allowed",
    schedule="@hourly",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS
    | {
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "execution_timeout": timedelta(minutes=10),
        "on_failure_callback": notices.on_late,
    },
    params={
        **params("lake"),
        "today": Param(None, type=["null", "string"], description="Another day than today's"),
    },
    tags=["retailsim"],
    doc_md=__doc__,
) as dag:

    @task
    def data_is_fresh() -> dict[str, Any]:
        """Fails, which sends the alert, when the last published day is too old."""
        run_params = get_current_context()["params"]
        given = run_params.get("today")
        today = date.fromisoformat(given) if given else datetime.now(tz=pendulum.UTC).date()
        allowed = int(variable("late_after_days") or 2)
        through = Settings(run_params).run("report")["through"]
        age = (today - date.fromisoformat(through)).days
        if age > allowed:
            raise AirflowFailException(
                f"data is late: published through {through}, {age} days ago; {allowed} are allowed"
                "\nhint: are there failed runs of retail_pipeline?"
            )
        return {"through": through, "age_days": age, "allowed_days": allowed}

    data_is_fresh()
