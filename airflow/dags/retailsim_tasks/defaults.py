"""What every task of ours does when it fails: growing pauses, a time limit, notices.

The first pause is half a minute; RETAILSIM_RETRY_SECONDS in the environment of Airflow sets another
one. Not a Variable: DAGs are read every few seconds, and would ask the database each time.
"""

import os
from datetime import timedelta
from typing import Any

from retailsim_tasks import notices

TASK_DEFAULTS: dict[str, Any] = {
    "retries": 3,
    "retry_delay": timedelta(seconds=float(os.environ.get("RETAILSIM_RETRY_SECONDS", "30"))),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": notices.on_failure,
    "on_retry_callback": notices.on_retry,
    "on_success_callback": notices.on_success,
}
