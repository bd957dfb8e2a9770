"""The monthly bill is worked out from prices, hours and the schedule, and the manual quotes it."""

import json

import aws_cost
import pytest

MANUAL = aws_cost.CHECKOUT / "docs/aws.md"
DAILY = ("cron(45 3 * * ? *)", "cron(0 5 * * ? *)")


def result_of(capsys, *arguments: str) -> dict:
    assert aws_cost.main(["--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_instance_that_is_always_on_costs_66_69_dollars(capsys):
    lines = result_of(capsys)["always_on"]["lines"]
    assert [(line["item"], round(line["usd"], 4)) for line in lines] == [
        ("EC2 t3.large", 60.736),
        ("public IPv4", 3.65),
        ("EBS gp3", 1.6),
        ("S3 storage", 0.115),
        ("S3 writes", 0.05),
        ("S3 reads", 0.04),
        ("secret", 0.4),
        ("alarm", 0.1),
    ]
    assert result_of(capsys)["always_on"]["usd"] == pytest.approx(66.691)


def test_on_its_schedule_it_costs_5_66_dollars(capsys):
    result = result_of(capsys)
    assert result["hours_per_run"] == 1.25
    assert result["scheduled"]["lines"][0]["quantity"] == pytest.approx(38.0208, abs=1e-4)
    assert result["scheduled"]["lines"][0]["usd"] == pytest.approx(3.1633, abs=1e-4)
    assert result["scheduled"]["lines"][1]["usd"] == pytest.approx(0.1901, abs=1e-4)
    assert result["scheduled"]["usd"] == pytest.approx(5.6584, abs=1e-4)


def test_the_default_schedule_saves_nine_tenths(capsys):
    saving = result_of(capsys)["saving"]
    assert saving == pytest.approx(0.91515, abs=1e-5)
    assert saving >= 0.90


def test_a_run_of_24_hours_saves_nothing(capsys):
    result = result_of(capsys, "--hours", "24")
    assert result["scheduled"]["usd"] == result["always_on"]["usd"]
    assert result["saving"] == 0


def test_a_bigger_instance_is_reckoned_with_its_price(capsys):
    line = result_of(capsys, "--instance", "t3.xlarge")["always_on"]["lines"][0]
    assert (line["item"], line["price"]) == ("EC2 t3.xlarge", 0.1664)


@pytest.mark.parametrize(
    ("start", "stop", "hours", "runs"),
    [
        (*DAILY, 1.25, 30.4167),
        ("cron(30 23 * * ? *)", "cron(15 0 * * ? *)", 0.75, 30.4167),
        ("cron(0 6 ? * MON-FRI *)", "cron(0 8 ? * MON-FRI *)", 2.0, 21.7262),
        ("cron(0 6 ? * SUN-SAT *)", "cron(0 8 ? * SUN-SAT *)", 2.0, 30.4167),
    ],
)
def test_hours_and_runs_come_from_the_pair_of_expressions(start, stop, hours, runs):
    assert aws_cost.schedule_of(start, stop) == (hours, pytest.approx(runs, abs=1e-4))


@pytest.mark.parametrize(
    ("start", "stop", "said"),
    [
        (DAILY[0], DAILY[0], "start and stop are the same minute"),
        (DAILY[0], "cron(0 5 ? * MON-FRI *)", "start and stop must name the same days"),
        ("cron(0 * * * ? *)", DAILY[1], "a schedule must name one minute of one hour"),
        (
            "cron(0 3 * 1 ? *)",
            "cron(0 5 * 1 ? *)",
            "only schedules of every month can be reckoned",
        ),
        (
            "cron(0 3 1 * ? *)",
            "cron(0 5 1 * ? *)",
            "only schedules of every day or of weekdays can be reckoned",
        ),
    ],
)
def test_a_schedule_that_cannot_be_reckoned_is_refused(capsys, start, stop, said):
    assert aws_cost.main(["--start", start, "--stop", stop]) == 2
    assert capsys.readouterr().err == f"aws_cost: error: {said}\n"


def test_every_instance_type_of_the_template_has_a_price():
    template = (aws_cost.CHECKOUT / "infra/aws/retailsim.yaml").read_text()
    prices = aws_cost.tomllib.loads((aws_cost.CHECKOUT / "infra/aws/prices.toml").read_text())
    listed = template.split("AllowedValues: [")[1].split("]")[0].split(", ")
    assert sorted(prices["ec2"]["per_hour"]) == sorted(listed)
    assert aws_cost.default_of(template, "InstanceType") == "t3.large"


def test_the_manual_quotes_what_the_program_prints(capsys):
    assert aws_cost.main([]) == 0
    printed = capsys.readouterr().out
    assert f"```text\n{printed}```\n" in MANUAL.read_text()
