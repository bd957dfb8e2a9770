"""Where a run gets its settings: a Param of the run, else the Variable of the same name.

Every setting is named retailsim_<name> as a Variable and <name> as a Param. The environment
works too, by Airflow's own rule: AIRFLOW_VAR_RETAILSIM_LAKE.
"""

from collections.abc import Mapping
from typing import Any

from airflow.sdk import Param, Variable

from retailsim_tasks import binary
from retailsim_tasks.versions import (
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
    BaseHook,
)

LAKE_CONNECTION = "retailsim_lake"

MEANINGS = {
    "lake": "the lake: a folder, a file:/// address or s3://bucket/prefix",
    "scenario": "scenario file to simulate; not needed with an API",
    "data": "the feed folder that simulate writes; not needed with an API",
    "scale": "multiplies stores and households (default 1)",
    "api": "address of the API to read, instead of simulating",
    "max_rejected": "share of a table's rows that may be refused (default 0.02)",
}


def params(*names: str) -> dict[str, Param]:
    """Params that are empty unless a run says otherwise."""
    return {
        name: Param(
            None,
            type=["null", "string", "number"],
            description=f"{MEANINGS[name]}. Empty: the Variable retailsim_{name}.",
        )
        for name in names
    }


def variable(name: str) -> str | None:
    """A Variable, or None when it is not set or empty."""
    return Variable.get(f"retailsim_{name}", default=None) or None


class Settings:
    """The settings of one run. Asking for one that is missing fails the task at once. `run_id`
    names it in the lake's _runs/; empty: the program makes a name."""

    def __init__(self, run_params: Mapping[str, Any], run_id: str = "") -> None:
        self._params, self._run_id = run_params, run_id

    def get(self, name: str) -> str | None:
        value = self._params.get(name)
        return variable(name) if value is None or value == "" else str(value)

    def need(self, name: str) -> str:
        value = self.get(name)
        if value is None:
            raise AirflowFailException(
                f'neither the Param "{name}" nor the Variable retailsim_{name} is set\n'
                f"hint: airflow variables set retailsim_{name} …: {MEANINGS[name]}"
            )
        return value

    def option(self, name: str) -> list[str]:
        """--name VALUE when it is set, so that the program's own default holds otherwise."""
        value = self.get(name)
        return [] if value is None else [f"--{name.replace('_', '-')}", value]

    def redshift(self) -> list[str]:
        """What Redshift is, as options; the task is skipped when no database is named."""
        if not variable("redshift_database"):
            raise AirflowSkipException("no database of Amazon Redshift is named")
        options: list[str] = []
        for name in ("database", "cluster", "db_user", "workgroup", "secret", "iam_role"):
            value = variable(f"redshift_{name}")
            options += [f"--{name.replace('_', '-')}", value] if value else []
        return options

    def run_without_lake(self, *arguments: str) -> dict[str, Any]:
        """Runs the program for a command that knows no lake."""
        return binary.run(arguments, binary=variable("binary"))

    def run(self, *arguments: str) -> dict[str, Any]:
        """Runs the program on the lake, with the lake's credentials in its environment."""
        lake = self.need("lake")
        named = ["--run-id", self._run_id] if self._run_id else []
        return binary.run(
            [*arguments, *named, "--lake", lake],
            binary=variable("binary"),
            secrets=credentials(lake),
        )


def credentials(lake: str) -> dict[str, str]:
    """The environment that opens a lake on S3, from the connection; nothing for a folder."""
    if not lake.startswith("s3://"):
        return {}
    try:
        connection = BaseHook.get_connection(LAKE_CONNECTION)
    except AirflowNotFoundException as error:
        raise AirflowFailException(
            f"the connection {LAKE_CONNECTION}, which opens {lake}, does not exist\n"
            f"hint: airflow connections add {LAKE_CONNECTION} --conn-type aws; without keys in "
            "it, the machine's role is used"
        ) from error
    if connection.conn_type != "aws":
        raise AirflowFailException(
            f'the connection {LAKE_CONNECTION} is of type "{connection.conn_type}"\n'
            "hint: make it one of type aws"
        )
    from airflow.providers.amazon.aws.hooks.base_aws import AwsGenericHook  # noqa: PLC0415

    hook = AwsGenericHook(aws_conn_id=LAKE_CONNECTION, client_type="s3")
    found = hook.get_session().get_credentials()
    if found is None:
        raise AirflowFailException(
            f"the connection {LAKE_CONNECTION} has no keys, and this machine has no role\n"
            "hint: give it an access key, or the worker a role"
        )
    keys = found.get_frozen_credentials()
    environment = {
        "AWS_ACCESS_KEY_ID": keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys.secret_key,
        "AWS_SESSION_TOKEN": keys.token,
        "AWS_REGION": hook.region_name,
        "AWS_ENDPOINT_URL": hook.conn_config.endpoint_url,
    }
    return {name: value for name, value in environment.items() if value}
