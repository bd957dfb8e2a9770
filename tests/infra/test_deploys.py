"""The stack deploys to moto, and every resource of the template is there or on a written list."""

import base64
import json

import boto3
import pytest
from cloudformation import TEMPLATE, load
from deployed import STACK, deploy, gaps

TEXT = TEMPLATE.read_text()
# moto can't make an output of a resource that it leaves out.
WITHOUT_MWAA_URL = TEXT[: TEXT.index("  MwaaUrl:")] + TEXT[TEXT.index("  RedshiftRoleArn:") :]


# gaps() says by name what moto leaves out.
pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse:UserWarning")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"WithRedshift": "yes"},
        {"WithMwaa": "yes"},
        {"WithMwaa": "yes", "WithRedshift": "yes", "AlertEmail": "shop@example.com"},
    ],
    ids=["plain", "redshift", "mwaa", "everything"],
)
def test_every_resource_of_the_template_is_deployed(aws, given):
    text = WITHOUT_MWAA_URL if "WithMwaa" in given else TEXT
    assert gaps(text, deploy(text, **given), **given) == []


def test_a_resource_that_was_left_out_is_reported(aws):
    made = deploy(TEXT)
    text = TEXT.replace(
        "  Topic:\n",
        "  Second:\n    Type: AWS::SNS::Topic\n  Queue:\n    Type: AWS::X::Y\n  Topic:\n",
    )
    assert gaps(text, made) == [
        "Second (AWS::SNS::Topic) is missing",
        "Queue (AWS::X::Y) is missing",
    ]
    del made["Instance"]
    assert gaps(TEXT, made) == ["Instance (AWS::EC2::Instance) is missing"]


def test_an_optional_resource_that_nobody_asked_for_is_reported(aws):
    made = deploy(TEXT, WithRedshift="yes")
    assert "RedshiftRole should not be there" in gaps(TEXT, made)


def test_a_plain_stack_has_no_private_subnet_and_no_nat(aws):
    deploy(TEXT)
    ec2 = boto3.client("ec2")
    ours = [s for s in ec2.describe_subnets()["Subnets"] if s["CidrBlock"].startswith("10.40.")]
    assert [subnet["CidrBlock"] for subnet in ours] == ["10.40.0.0/24"]
    assert ec2.describe_nat_gateways()["NatGateways"] == []


def test_the_instance_has_an_encrypted_volume_and_no_way_in(aws):
    made = deploy(TEXT)
    ec2 = boto3.client("ec2")
    instance = ec2.describe_instances(InstanceIds=[made["Instance"]])["Reservations"][0][
        "Instances"
    ][0]
    assert instance["InstanceType"] == "t3.large"
    attached = [{"Name": "attachment.instance-id", "Values": [made["Instance"]]}]
    volumes = ec2.describe_volumes(Filters=attached)["Volumes"]
    assert [(v["Encrypted"], v["VolumeType"], v["Size"]) for v in volumes] == [(True, "gp3", 20)]
    (group,) = ec2.describe_security_groups(GroupIds=[made["InstanceGroup"]])["SecurityGroups"]
    assert group["IpPermissions"] == []


def test_the_bucket_is_encrypted(aws):
    bucket = deploy(TEXT)["Bucket"]
    s3 = boto3.client("s3")
    rules = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_s3_takes_the_policy_that_asks_for_tls(aws):
    made = deploy(TEXT)
    arn = f"arn:aws:s3:::{made['Bucket']}"
    body = load(TEXT)["Resources"]["BucketPolicy"]["Properties"]["PolicyDocument"]
    text = json.dumps(body).replace('{"Fn::GetAtt": ["Bucket", "Arn"]}', f'"{arn}"')
    text = text.replace('{"Fn::Sub": "${Bucket.Arn}/*"}', f'"{arn}/*"')
    s3 = boto3.client("s3")
    s3.put_bucket_policy(Bucket=made["Bucket"], Policy=text)
    (statement,) = json.loads(s3.get_bucket_policy(Bucket=made["Bucket"])["Policy"])["Statement"]
    assert statement["Resource"] == [arn, f"{arn}/*"]


def test_settings_are_read_from_parameters_of_the_stack(aws):
    bucket = deploy(TEXT, LakePrefix="shop")["Bucket"]
    found = boto3.client("ssm").get_parameters_by_path(Path=f"/{STACK}")["Parameters"]
    assert {entry["Name"]: entry["Value"] for entry in found} == {
        "/retail/release-key": "releases/retailsim-0.1.0.tar.gz",
        "/retail/lake": f"s3://{bucket}/shop",
        "/retail/scenario": "scenarios/live.toml",
    }


def test_user_data_names_the_bucket_and_the_stack(aws):
    made = deploy(TEXT)
    attribute = boto3.client("ec2").describe_instance_attribute(
        InstanceId=made["Instance"], Attribute="userData"
    )
    text = base64.b64decode(attribute["UserData"]["Value"]).decode()
    lines = text.splitlines()
    assert lines[0] == "#!/bin/bash"
    assert f"BUCKET={made['Bucket']}" in lines
    assert f"TOPIC_ARN={made['Topic']}" in lines
    assert "STACK=retail" in lines


def test_a_deploy_to_moto_names_what_is_useful_afterwards(aws):
    made = deploy(TEXT)
    stack = boto3.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in stack["Outputs"]}
    assert outputs["LakeUri"] == f"s3://{made['Bucket']}/lake"
    assert outputs["Shell"] == (
        f"aws ssm start-session --region us-east-1 --target {made['Instance']}"
    )
