"""A stack that moto made of the template, compared with what the template says.

moto leaves out, without a word, what it does not know, and still reports CREATE_COMPLETE. So the
gaps are a written list, and anything else that is missing, or there against the list, is a problem.
"""

from typing import Any

import boto3
from cloudformation import PSEUDO, defaults, load, wanted

STACK = "retail"
# Types that moto 5.2.5 leaves out; what they say is asserted by rules.py instead, and the
# schedules are carried out by test_schedules.py.
LEFT_OUT_BY_MOTO = {
    "AWS::CloudWatch::Alarm",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::MWAA::Environment",
    "AWS::RedshiftServerless::Namespace",
    "AWS::RedshiftServerless::Workgroup",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::Scheduler::Schedule",
    "AWS::SecretsManager::Secret",
}


def deploy(text: str, **given: str) -> dict[str, str]:
    """Makes the stack; returns logical names with their physical ids."""
    cloudformation = boto3.client("cloudformation")
    cloudformation.create_stack(
        StackName=STACK,
        TemplateBody=text,
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[
            {"ParameterKey": name, "ParameterValue": value} for name, value in given.items()
        ],
    )
    status = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
    assert status == "CREATE_COMPLETE"
    listed = cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
    return {
        entry["LogicalResourceId"]: entry["PhysicalResourceId"]
        for page in listed
        for entry in page["StackResourceSummaries"]
        if entry.get("LogicalResourceId", "").strip() and entry["ResourceType"].strip()
    }


def gaps(text: str, made: dict[str, str], **given: str) -> list[str]:
    template = load(text)
    due = wanted(template, defaults(template, **given))
    found = [
        f"{name} ({kind}) is missing"
        for name, kind in due.items()
        if name not in made and kind not in LEFT_OUT_BY_MOTO
    ]
    found += [f"{name} should not be there" for name in made if name not in due]
    found += [
        f"{name} ({due[name]}) is there: moto has learned it, take it off the list"
        for name in made
        if due.get(name) in LEFT_OUT_BY_MOTO
    ]
    return found


def known(template: dict[str, Any], made: dict[str, str], **given: str) -> dict[str, str]:
    """What Ref, GetAtt and Sub of the stack stand for."""
    names = PSEUDO | {"AWS::StackName": STACK} | defaults(template, **given) | made
    for name, body in template["Resources"].items():
        if body["Type"] == "AWS::IAM::Role" and name in made:
            role = boto3.client("iam").get_role(RoleName=made[name])["Role"]
            names[f"{name}.Arn"] = role["Arn"]
    return names
