"""What a template of ours must keep to, beyond what cfn-lint looks at. Each rule returns what is
wrong, one sentence a problem; test_template_rules.py holds the template to all of them and breaks
it to see each of them speak.
"""

import json
from collections.abc import Iterator
from typing import Any

import aws_cron

MWAA_VERSIONS = {"2.10.3", "2.11.0", "3.0.6"}
MWAA_CLASSES = {
    "mw1." + size for size in ("micro", "small", "medium", "large", "xlarge", "2xlarge")
}
# Actions that know no resource, or whose resource lies in an account of the service.
MAY_BE_UNSCOPED = {
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "cloudwatch:PutMetricData",
    "logs:DescribeLogGroups",
    "s3:GetAccountPublicAccessBlock",
}
SQS_OF_MWAA = "arn:${AWS::Partition}:sqs:${AWS::Region}:*:airflow-celery-*"
KEYS_OF_THIS_ACCOUNT = "arn:${AWS::Partition}:kms:*:${AWS::AccountId}:key/*"


def of_type(template: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, body in template["Resources"].items():
        if body["Type"] == kind:
            yield name, body.get("Properties", {})


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def parameters_are_described(template: dict[str, Any]) -> list[str]:
    return [
        f"{name} has no description"
        for name, body in template["Parameters"].items()
        if len(body.get("Description", "")) < 20
    ]


def schedules_are_right(template: dict[str, Any]) -> list[str]:
    """The scheduler refuses a bad expression only when the stack is created."""
    found = []
    for name, properties in of_type(template, "AWS::Scheduler::Schedule"):
        parameter = template["Parameters"][properties["ScheduleExpression"]["Ref"]]
        try:
            aws_cron.parse(parameter["Default"])
        except aws_cron.CronError as problem:
            found.append(f"{name}: {problem}")
        if properties["FlexibleTimeWindow"] != {"Mode": "OFF"}:
            found.append(f"{name} may run late")
        if properties.get("ScheduleExpressionTimezone") != {"Ref": "TimeZone"}:
            found.append(f"{name} has no time zone")
    return found


def mwaa_is_known(template: dict[str, Any]) -> list[str]:
    found = []
    for name, legal in (("MwaaVersion", MWAA_VERSIONS), ("MwaaClass", MWAA_CLASSES)):
        body = template["Parameters"][name]
        strange = {str(value) for value in [body["Default"], *body["AllowedValues"]]} - legal
        found += [f"{name}: MWAA does not know {value}" for value in sorted(strange)]
    for name, properties in of_type(template, "AWS::MWAA::Environment"):
        for key, parameter in (
            ("AirflowVersion", "MwaaVersion"),
            ("EnvironmentClass", "MwaaClass"),
        ):
            if properties.get(key) != {"Ref": parameter}:
                found.append(f"{name}: {key} is not {parameter}")
    return found


def statements(template: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, properties in of_type(template, "AWS::IAM::Role"):
        for policy in properties.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                yield f"{name}.{statement.get('Sid', '?')}", statement


def whole(resource: Any) -> bool:
    """Is it everything of a service, or of an account?"""
    text = resource if isinstance(resource, str) else resource.get("Fn::Sub", "")
    if text == SQS_OF_MWAA:
        return False
    return text == "*" or text.endswith((":*", ":::*")) or (":*:" in text and "${" in text)


def rights_are_least(template: dict[str, Any]) -> list[str]:
    found = []
    for where, statement in statements(template):
        actions = as_list(statement["Action"])
        found += [f"{where}: {action} allows too much" for action in actions if "*" in action]
        if "NotResource" in statement:
            # Keys of the service's own account can't be named; those of this account are excluded.
            legal = statement["NotResource"] == {"Fn::Sub": KEYS_OF_THIS_ACCOUNT}
            if not legal or not all(action.startswith("kms:") for action in actions):
                found.append(f"{where}: NotResource allows too much")
        elif any(whole(resource) for resource in as_list(statement["Resource"])):
            found += [
                f"{where}: {action} on everything"
                for action in actions
                if action not in MAY_BE_UNSCOPED
            ]
    for name, properties in of_type(template, "AWS::IAM::Role"):
        if properties.get("ManagedPolicyArns"):
            found.append(f"{name}: managed policies reach beyond this stack")
    return found


def redshift_reads_gold_only(template: dict[str, Any]) -> list[str]:
    found = []
    for where, statement in statements(template):
        if not where.startswith("RedshiftRole"):
            continue
        text = json.dumps(statement["Resource"]) + json.dumps(statement.get("Condition", {}))
        if not set(as_list(statement["Action"])) <= {"s3:GetObject", "s3:ListBucket"}:
            found.append(f"{where}: does more than read")
        if "/gold/*" not in text:
            found.append(f"{where}: reads more than gold")
    return found


def nothing_comes_in(template: dict[str, Any]) -> list[str]:
    found = []
    for name, properties in of_type(template, "AWS::EC2::SecurityGroup"):
        if properties.get("SecurityGroupIngress"):
            found.append(f"{name} lets somebody in")
        if any(rule["IpProtocol"] != "tcp" for rule in properties["SecurityGroupEgress"]):
            found.append(f"{name} lets everything out")
    for name, properties in of_type(template, "AWS::EC2::SecurityGroupIngress"):
        itself = properties.get("SourceSecurityGroupId") == properties["GroupId"]
        if not itself or any(key.startswith("Cidr") for key in properties):
            found.append(f"{name} lets somebody in")
    for name, properties in of_type(template, "AWS::RedshiftServerless::Workgroup"):
        if properties.get("PubliclyAccessible") is not False:
            found.append(f"{name} is public")
    return found


def bucket_is_closed(template: dict[str, Any]) -> list[str]:
    found = []
    for name, properties in of_type(template, "AWS::S3::Bucket"):
        block = properties.get("PublicAccessBlockConfiguration", {})
        if list(block.values()) != [True] * 4:
            found.append(f"{name} may be made public")
        if properties.get("VersioningConfiguration") != {"Status": "Enabled"}:
            found.append(f"{name} keeps no versions")
        rules = properties.get("LifecycleConfiguration", {}).get("Rules", [])
        for key in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
            if not any(key in rule and rule["Status"] == "Enabled" for rule in rules):
                found.append(f"{name} has no {key}")
        if template["Resources"][name].get("DeletionPolicy") != "Retain":
            found.append(f"{name} goes with the stack")
        if not any(
            properties["Bucket"] == {"Ref": name} and denies_plain_http(name, properties)
            for _, properties in of_type(template, "AWS::S3::BucketPolicy")
        ):
            found.append(f"{name} answers without TLS")
    return found


def denies_plain_http(bucket: str, policy: dict[str, Any]) -> bool:
    return any(
        statement["Effect"] == "Deny"
        and statement["Principal"] == "*"
        and statement["Action"] == "s3:*"
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        and {"Fn::GetAtt": [bucket, "Arn"]} in statement["Resource"]
        and {"Fn::Sub": f"${{{bucket}.Arn}}/*"} in statement["Resource"]
        for statement in policy["PolicyDocument"]["Statement"]
    )


def data_is_encrypted(template: dict[str, Any]) -> list[str]:
    found = []
    for name, properties in of_type(template, "AWS::S3::Bucket"):
        rules = properties.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", [])
        kinds = [rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] for rule in rules]
        if kinds not in (["AES256"], ["aws:kms"]):
            found.append(f"{name} is not encrypted")
    for name, properties in of_type(template, "AWS::EC2::Instance"):
        disks = [mapping["Ebs"] for mapping in properties.get("BlockDeviceMappings", [])]
        if not disks or not all(disk.get("Encrypted") is True for disk in disks):
            found.append(f"{name}: a volume is not encrypted")
        if not all(disk.get("VolumeType") == "gp3" for disk in disks):
            found.append(f"{name}: a volume is not gp3")
    return found


def instance_is_hardened(template: dict[str, Any]) -> list[str]:
    found = []
    for name, properties in of_type(template, "AWS::EC2::Instance"):
        if properties.get("MetadataOptions", {}).get("HttpTokens") != "required":
            found.append(f"{name}: IMDSv2 is not required")
        if "KeyName" in properties:
            found.append(f"{name} has an SSH key")
    return found


def idle_alarm_stops_the_instance(template: dict[str, Any]) -> list[str]:
    for _, properties in of_type(template, "AWS::CloudWatch::Alarm"):
        if (
            {"Fn::Sub": "arn:${AWS::Partition}:automate:${AWS::Region}:ec2:stop"}
            in properties["AlarmActions"]
            and properties["MetricName"] == "CPUUtilization"
            and properties["ComparisonOperator"] == "LessThanThreshold"
            and properties["Dimensions"] == [{"Name": "InstanceId", "Value": {"Ref": "Instance"}}]
            and properties["Period"] == 3600
        ):
            return []
    return ["no alarm stops an idle instance"]


ALL = [
    parameters_are_described,
    schedules_are_right,
    mwaa_is_known,
    rights_are_least,
    redshift_reads_gold_only,
    nothing_comes_in,
    bucket_is_closed,
    data_is_encrypted,
    instance_is_hardened,
    idle_alarm_stops_the_instance,
]
