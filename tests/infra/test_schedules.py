"""What the two schedules ask for is done, literally, and the instance stops and starts.

No emulator lets the scheduler really call EC2. So the schedules are made through the scheduler's
API from what the template says, read back, and each target is carried out as the scheduler would:
the service and the action are those of its ARN, the arguments are its input.
"""

import ast
import json
import re

import boto3
import pytest
from cloudformation import TEMPLATE, load, resolve
from deployed import deploy, known

TEXT = TEMPLATE.read_text()


# gaps() says by name what moto leaves out.
pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse:UserWarning")


def carry_out(target: dict) -> None:
    """…:aws-sdk:ec2:stopInstances with its input is ec2.stop_instances(**input)."""
    universal = r"arn:aws:scheduler:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z]+)"
    match = re.fullmatch(universal, target["Arn"])
    assert match, f"{target['Arn']} is no universal target"
    action = re.sub(r"([A-Z])", lambda letter: "_" + letter[1].lower(), match[2])
    getattr(boto3.client(match[1]), action)(**json.loads(target["Input"]))


def state_of(instance: str) -> str:
    found = boto3.client("ec2").describe_instances(InstanceIds=[instance])
    return found["Reservations"][0]["Instances"][0]["State"]["Name"]


def scheduled(text: str) -> tuple[str, dict[str, dict]]:
    """The instance, and both schedules as the scheduler has them."""
    template = load(text)
    made = deploy(text)
    names = known(template, made)
    scheduler = boto3.client("scheduler")
    found = {}
    for name in ("StartSchedule", "StopSchedule"):
        properties = resolve(template["Resources"][name]["Properties"], names)
        scheduler.create_schedule(Name=name, **properties)
        found[name] = scheduler.get_schedule(Name=name)
    return made["Instance"], found


def test_the_instance_stops_after_the_run_and_starts_before_the_next(aws):
    instance, schedules = scheduled(TEXT)
    assert state_of(instance) == "running"
    carry_out(schedules["StopSchedule"]["Target"])
    assert state_of(instance) == "stopped"
    carry_out(schedules["StartSchedule"]["Target"])
    assert state_of(instance) == "running"


def test_the_scheduler_has_the_hours_and_the_time_zone(aws):
    _, schedules = scheduled(TEXT)
    assert [
        (entry["ScheduleExpression"], entry["ScheduleExpressionTimezone"])
        for entry in schedules.values()
    ] == [("cron(45 3 * * ? *)", "Europe/Paris"), ("cron(0 5 * * ? *)", "Europe/Paris")]


def test_the_role_of_the_schedules_may_do_what_they_do_to_this_instance_alone(aws):
    instance, schedules = scheduled(TEXT)
    role = schedules["StopSchedule"]["Target"]["RoleArn"].rsplit("/", 1)[1]
    iam = boto3.client("iam")
    policy = iam.get_role_policy(RoleName=role, PolicyName="this-instance")["PolicyDocument"]
    (statement,) = ast.literal_eval(policy)["Statement"]  # moto keeps it as Python's text
    assert statement["Action"] == ["ec2:StartInstances", "ec2:StopInstances"]
    assert statement["Resource"] == f"arn:aws:ec2:us-east-1:123456789012:instance/{instance}"
    for entry in schedules.values():
        service, action = entry["Target"]["Arn"].split(":")[-2:]
        assert f"{service}:{action[0].upper()}{action[1:]}" in statement["Action"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aws-sdk:ec2:stopInstances", "aws-sdk:ec2:startInstances"),
        ("aws-sdk:ec2:stopInstances", "aws-sdk:ec2:haltInstances"),
        ("aws-sdk:ec2:stopInstances", "ec2:stopInstances"),
        ('{"InstanceIds":["${Instance}"]}', '{"InstanceId":"${Instance}"}'),
        ('{"InstanceIds":["${Instance}"]}', '{"InstanceIds":["i-0123456789abcdef0"]}'),
        ('{"InstanceIds":["${Instance}"]}', '{"InstanceIds":["${Instance}"'),
    ],
    ids=["wrong-action", "no-action", "no-target", "wrong-key", "other-instance", "no-json"],
)
def test_a_wrong_target_stops_nothing(aws, old, new):
    assert old in TEXT
    instance, schedules = scheduled(TEXT.replace(old, new))
    refused = False
    try:
        carry_out(schedules["StopSchedule"]["Target"])
    except Exception:  # boto's, json's and our own: each is a refusal
        refused = True
    assert state_of(instance) == "running"
    assert refused or "startInstances" in new
