"""The template keeps to every rule, and every rule speaks when it is broken."""

import pytest
import rules
from cloudformation import TEMPLATE, load

# What is changed in the template's text, and what is said then.
BREAKS = [
    ("Description: Environment class of MWAA.", "", "MwaaClass has no description"),
    (
        "cron(45 3 * * ? *)",
        "cron(45 3 * * * *)",
        "StartSchedule: 'cron(45 3 * * * *)': one of day of month and day of week must be ?",
    ),
    (
        "cron(0 5 * * ? *)",
        "cron(0 25 * * ? *)",
        "StopSchedule: hours: 25 is not between 0 and 23",
    ),
    ('FlexibleTimeWindow: {Mode: "OFF"}', "FlexibleTimeWindow: {Mode: FLEXIBLE}",
     "StartSchedule may run late"),
    ("ScheduleExpressionTimezone: !Ref TimeZone", "State: ENABLED",
     "StartSchedule has no time zone"),
    ("Default: 3.0.6", "Default: 3.3.2", "MwaaVersion: MWAA does not know 3.3.2"),
    ("[mw1.micro, mw1.small,", "[mw1.nano, mw1.small,", "MwaaClass: MWAA does not know mw1.nano"),
    ("AirflowVersion: !Ref MwaaVersion", "AirflowVersion: 3.3.2",
     "Mwaa: AirflowVersion is not MwaaVersion"),
    ("Resource: !Sub ${Bucket.Arn}/releases/*", 'Resource: "*"',
     "InstanceRole.ReadRelease: s3:GetObject on everything"),
    ("Resource: !Sub ${Bucket.Arn}/releases/*", "Resource: arn:aws:s3:::*",
     "InstanceRole.ReadRelease: s3:GetObject on everything"),
    ("Action: sns:Publish", "Action: sns:*", "InstanceRole.TellOfRuns: sns:* allows too much"),
    ("parameter/${AWS::StackName}/*", "*",
     "InstanceRole.ReadSettings: ssm:GetParameter on everything"),
    ("NotResource: !Sub arn:${AWS::Partition}:kms:*:${AWS::AccountId}:key/*",
     "NotResource: !Sub arn:${AWS::Partition}:kms:*:1:key/*",
     "MwaaRole.QueueKey: NotResource allows too much"),
    ("      Policies:\n        - PolicyName: own-things",
     "      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]\n"
     "      Policies:\n        - PolicyName: own-things",
     "InstanceRole: managed policies reach beyond this stack"),
    ("Resource: !Sub ${Bucket.Arn}/${LakePrefix}/gold/*",
     "Resource: !Sub ${Bucket.Arn}/${LakePrefix}/*", "RedshiftRole.ReadGold: reads more than gold"),
    ("Action: s3:GetObject\n                Resource: !Sub ${Bucket.Arn}/${LakePrefix}/gold/*",
     "Action: s3:PutObject\n                Resource: !Sub ${Bucket.Arn}/${LakePrefix}/gold/*",
     "RedshiftRole.ReadGold: does more than read"),
    ("      SecurityGroupEgress:\n",
     "      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, CidrIp: 0.0.0.0/0}]\n"
     "      SecurityGroupEgress:\n", "InstanceGroup lets somebody in"),
    ("{IpProtocol: tcp, FromPort: 443", '{IpProtocol: "-1", FromPort: 443',
     "InstanceGroup lets everything out"),
    ("SourceSecurityGroupId: !GetAtt MwaaGroup.GroupId", "CidrIp: 0.0.0.0/0",
     "MwaaGroupIn lets somebody in"),
    ("PubliclyAccessible: false", "PubliclyAccessible: true", "RedshiftWorkgroup is public"),
    ("BlockPublicPolicy: true", "BlockPublicPolicy: false", "Bucket may be made public"),
    ("{Status: Enabled}", "{Status: Suspended}", "Bucket keeps no versions"),
    ("NoncurrentVersionExpiration:", "Noncurrent:", "Bucket has no NoncurrentVersionExpiration"),
    ("AbortIncompleteMultipartUpload:", "Abort:", "Bucket has no AbortIncompleteMultipartUpload"),
    ("DeletionPolicy: Retain", "DeletionPolicy: Delete", "Bucket goes with the stack"),
    ('{aws:SecureTransport: "false"}', '{aws:SecureTransport: "true"}',
     "Bucket answers without TLS"),
    ('[!GetAtt Bucket.Arn, !Sub "${Bucket.Arn}/*"]', "[!GetAtt Bucket.Arn]",
     "Bucket answers without TLS"),
    ("SSEAlgorithm: AES256", "SSEAlgorithm: none", "Bucket is not encrypted"),
    ("Encrypted: true", "Encrypted: false", "Instance: a volume is not encrypted"),
    ("VolumeType: gp3", "VolumeType: gp2", "Instance: a volume is not gp3"),
    ("HttpTokens: required", "HttpTokens: optional", "Instance: IMDSv2 is not required"),
    ("      InstanceType: !Ref InstanceType", "      KeyName: mine", "Instance has an SSH key"),
    ("ec2:stop\n", "ec2:terminate\n", "no alarm stops an idle instance"),
]  # fmt: skip


def problems(text: str) -> list[str]:
    template = load(text)
    return [problem for rule in rules.ALL for problem in rule(template)]


def test_the_template_keeps_to_every_rule():
    assert problems(TEMPLATE.read_text()) == []


@pytest.mark.parametrize(("old", "new", "said"), BREAKS, ids=[said for _, _, said in BREAKS])
def test_a_broken_template_is_reported_in_one_sentence(old, new, said):
    text = TEMPLATE.read_text()
    assert old in text
    assert problems(text.replace(old, new, 1)) == [said]


def test_every_rule_is_broken_at_least_once():
    spoke = set()
    for old, new, said in BREAKS:
        template = load(TEMPLATE.read_text().replace(old, new, 1))
        spoke |= {rule.__name__ for rule in rules.ALL if said in rule(template)}
    assert spoke == {rule.__name__ for rule in rules.ALL}
