"""Where a run's settings come from, and what a missing one says."""

import json
from typing import Any

import pytest
from retailsim_tasks import settings
from retailsim_tasks.versions import (
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
)

pytestmark = pytest.mark.airflow


class Variables:
    """Stands in for Airflow's."""

    def __init__(self, **values: str) -> None:
        self.values = values

    def get(self, key: str, default: Any) -> Any:
        return self.values.get(key, default)


def test_a_param_of_the_run_comes_before_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "Variable", Variables(retailsim_lake="a", retailsim_data="b"))
    found = settings.Settings({"lake": "mine", "data": None, "max_rejected": 0})
    assert (found.need("lake"), found.need("data")) == ("mine", "b")
    assert found.option("max_rejected") == ["--max-rejected", "0"]
    assert found.option("scale") == []


@pytest.mark.parametrize("name", ["lake", "scenario", "data"])
def test_a_setting_that_is_missing_is_named_at_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "Variable", Variables())
    with pytest.raises(AirflowFailException, match=f"Variable retailsim_{name} is set\nhint: "):
        settings.Settings({}).need(name)


def test_redshift_is_left_out_until_a_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "Variable", Variables(retailsim_redshift_workgroup="w"))
    with pytest.raises(AirflowSkipException, match="no database of Amazon Redshift is named"):
        settings.Settings({}).redshift()
    named = Variables(
        retailsim_redshift_database="dev",
        retailsim_redshift_cluster="shop",
        retailsim_redshift_db_user="loader",
        retailsim_redshift_iam_role="default",
    )
    monkeypatch.setattr(settings, "Variable", named)
    assert settings.Settings({}).redshift() == [
        *("--database", "dev"),
        *("--cluster", "shop"),
        *("--db-user", "loader"),
        *("--iam-role", "default"),
    ]


def test_a_connection_that_is_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise AirflowNotFoundException("not there")

    monkeypatch.setattr(settings.BaseHook, "get_connection", missing)
    assert settings.credentials("/some/folder") == {}
    with pytest.raises(AirflowFailException, match="connection retailsim_lake, which opens s3://b"):
        settings.credentials("s3://b/lake")


def test_keys_region_and_address_of_the_connection_reach_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection = {
        "conn_type": "aws",
        "login": "the-key",
        "password": "the-secret",
        "extra": {"region_name": "eu-west-3", "endpoint_url": "http://127.0.0.1:7070"},
    }
    monkeypatch.setenv("AIRFLOW_CONN_RETAILSIM_LAKE", json.dumps(connection))
    assert settings.credentials("s3://b/lake") == {
        "AWS_ACCESS_KEY_ID": "the-key",
        "AWS_SECRET_ACCESS_KEY": "the-secret",
        "AWS_REGION": "eu-west-3",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:7070",
    }
