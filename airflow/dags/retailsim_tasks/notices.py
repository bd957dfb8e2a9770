"""Mail and SNS when a task fails for good, when it is well again, and when data is late.

Off until configured. Variables: retailsim_mail_to and, if the connection does not say it,
retailsim_mail_from, with the connection retailsim_smtp; retailsim_sns_topic (an ARN), with the
connection retailsim_sns or else the machine's role.

A failed try leaves a Variable as a mark; the next success of the same task, in whatever run, takes
it away and says so. A notice that cannot be sent is logged and never changes a task's fate.
"""

import contextlib
import logging
from collections.abc import Mapping
from typing import Any

from airflow.sdk import Variable

from retailsim_tasks.settings import variable
from retailsim_tasks.versions import BaseHook

log = logging.getLogger(__name__)

SMTP_CONNECTION = "retailsim_smtp"
SNS_CONNECTION = "retailsim_sns"

SUBJECTS = {
    "failed": "retailsim: {{ ti.dag_id }}.{{ ti.task_id }} failed",
    "recovered": "retailsim: {{ ti.dag_id }}.{{ ti.task_id }} is well again",
    "late": "retailsim: data is late",
}
NEXT_STEPS = {
    "failed": "read the task's log, cure the cause, then clear the task: it is safe to repeat",
    "recovered": "nothing to do",
    "late": "look at the newest runs of retail_pipeline; backfill the days that are missing",
}
TEXT = """\
{{ notice.kind }}: {{ ti.dag_id }}.{{ ti.task_id }}\
{% if ti.map_index >= 0 %} [{{ ti.map_index }}]{% endif %}
run: {{ run_id }}
try: {{ ti.try_number }}
error: {{ notice.error }}
{% if notice.hint %}hint: {{ notice.hint }}
{% endif %}next step: {{ notice.next_step }}
"""
HTML = "<pre>{% filter e %}" + TEXT + "{% endfilter %}</pre>"

Context = Mapping[str, Any]


def on_retry(context: Context) -> None:
    """Remembers the failed try; nobody is woken while there are tries left."""
    _mark(context)


def on_failure(context: Context) -> None:
    """The task failed for good."""
    _mark(context)
    _send("failed", context)


def on_late(context: Context) -> None:
    """The task that looks after lateness failed: data is late, or it could not look."""
    _mark(context)
    _send("late" if "data is late" in _error(context) else "failed", context)


def on_success(context: Context) -> None:
    """A success is news only after a failed try or a failed run."""
    key = _key(context)
    failed = Variable.get(key, default=None)
    if failed:
        Variable.delete(key)
        _send("recovered", context, error=f"gone; it was: {failed}")


def _key(context: Context) -> str:
    ti = context["ti"]
    return f"retailsim_failed.{ti.dag_id}.{ti.task_id}.{ti.map_index}"


def _error(context: Context) -> str:
    return str(context.get("exception") or "the log has it")


def _mark(context: Context) -> None:
    try:
        Variable.set(_key(context), f"{context['run_id']}: {_error(context).splitlines()[0]}")
    except Exception:
        log.exception("the failure could not be remembered")


def _send(kind: str, context: Context, error: str | None = None) -> None:
    said, _, hint = (error or _error(context)).partition("\nhint: ")
    notice = {
        "kind": kind,
        "error": said.strip().splitlines()[-1],
        "hint": hint.strip(),
        "next_step": NEXT_STEPS[kind],
    }
    for send in (_mail, _sns):
        try:
            send(kind, {**context, "notice": notice})
        except Exception:
            log.exception("a notice could not be sent")


def _mail(kind: str, context: Context) -> None:
    to = variable("mail_to")
    if not to:
        return
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier  # noqa: PLC0415

    SmtpNotifier(
        to=to,
        from_email=variable("mail_from"),
        subject=SUBJECTS[kind],
        html_content=HTML,
        smtp_conn_id=SMTP_CONNECTION,
    )(context)


def _sns(kind: str, context: Context) -> None:
    topic = variable("sns_topic")
    if not topic:
        return
    from airflow.providers.amazon.aws.notifications.sns import SnsNotifier  # noqa: PLC0415

    connection = None
    with contextlib.suppress(Exception):  # no such connection: the machine's role
        connection = BaseHook.get_connection(SNS_CONNECTION).conn_id
    SnsNotifier(
        aws_conn_id=connection,
        target_arn=topic,
        subject=SUBJECTS[kind],
        message=TEXT,
        region_name=None if connection else topic.split(":")[3],
    )(context)
