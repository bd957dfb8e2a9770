"""The daily pipeline: simulate (or an API) -> extract -> the gate -> clean and KPIs, and Amazon
Redshift where one is named.

A run covers the days of its data interval. Every stage can be repeated, and days may come in any
order: the lake is a build. Two transforms must not write one lake at a time, and two simulations
would wait for each other, so these run one at a time, in backfills too.
"""

import hashlib
from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, get_current_context, task
from airflow.timetables.interval import CronDataIntervalTimetable
from retailsim_tasks.defaults import TASK_DEFAULTS
from retailsim_tasks.settings import Settings, params
from retailsim_tasks.tables import FEED_TABLES, GOLD_ASSETS
from retailsim_tasks.versions import AirflowSkipException


def of_this_run() -> tuple[Settings, list[str]]:
    """The run's settings, and its days as options of the program."""
    context = get_current_context()
    first, end = context.get("data_interval_start"), context.get("data_interval_end")
    first = first or context["dag_run"].run_after
    last = max(first, end - timedelta(microseconds=1)) if end else first
    settings = Settings(context["params"], run_id_of(context["dag_run"]))
    return settings, ["--from", f"{first:%Y-%m-%d}", "--to", f"{last:%Y-%m-%d}"]


def run_id_of(dag_run: Any) -> str:
    """One name in the lake's _runs/ for all tasks of a run, sorted by time as the program's own."""
    started = dag_run.start_date or dag_run.run_after
    mark = hashlib.sha256(dag_run.run_id.encode()).hexdigest()[:6]
    return f"{started:%Y%m%dT%H%M%SZ}-{mark}"


with DAG(
    "retail_pipeline",
    description="One day from the source to the KPIs",
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),  # "@daily" alone has no interval
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    params=params("lake", "scenario", "data", "scale", "api", "max_rejected"),
    tags=["retailsim"],
    doc_md=__doc__,
) as dag:

    @task(max_active_tis_per_dag=1)
    def simulate() -> dict[str, Any]:
        """Adds the missing days to the feed folder; skipped when an API is read."""
        settings, days = of_this_run()
        if settings.get("api"):
            raise AirflowSkipException("an API is read: there is nothing to simulate")
        scenario, data = settings.need("scenario"), settings.need("data")
        settings.need("lake")
        return settings.run_without_lake(
            "simulate", scenario, "--out", data, *settings.option("scale"), *days
        )

    @task(trigger_rule="none_failed", map_index_template="{{ table }}")
    def extract(table: str) -> dict[str, Any]:
        """One table of the feed into the raw layer, row by row judged."""
        get_current_context()["table"] = table
        settings, days = of_this_run()
        api = settings.get("api")
        source = ["--api", api] if api else ["--data", settings.need("data")]
        return settings.run("extract", *source, "--table", table, *days)

    @task
    def validate() -> dict[str, Any]:
        """The gate: fails at once when too many rows were refused."""
        settings, days = of_this_run()
        return settings.run("validate", *days, *settings.option("max_rejected"))

    @task(max_active_tis_per_dag=1, outlets=GOLD_ASSETS)
    def transform() -> dict[str, Any]:
        """Cleans what is new, sums it up, publishes all gold tables as one set."""
        return of_this_run()[0].run("transform")

    @task(max_active_tis_per_dag=1)
    def redshift() -> dict[str, Any]:
        """Loads what is new into Amazon Redshift; skipped where no database is named."""
        settings, _ = of_this_run()
        return settings.run("redshift", "load", "--refresh-views", *settings.redshift())

    simulate() >> extract.expand(table=FEED_TABLES) >> validate() >> transform() >> redshift()
