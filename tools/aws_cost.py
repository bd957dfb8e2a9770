"""What the stack of infra/aws/retailsim.yaml costs a month: always on, and on its schedule.

    tools/aws_cost.py                        the template's instance, volume and schedule
    tools/aws_cost.py --instance t3.xlarge   another size
    tools/aws_cost.py --hours 3              another time a run, instead of stop minus start
    tools/aws_cost.py --json                 for programs

Every line shows its arithmetic; prices and their date come from infra/aws/prices.toml. A stopped
instance costs its volume; its public address is given back. Exit codes: 0 fine, 2 wrong usage.
"""

import argparse
import json
import pathlib
import re
import sys
import tomllib

import aws_cron

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
EVERY_WEEKDAY = frozenset(range(1, 8))
EVERY_MONTH = frozenset(range(1, 13))
MINUTES_A_DAY = 24 * 60


def default_of(template: str, parameter: str) -> str:
    """The default of one parameter; the template's own layout is all that is read of YAML."""
    pattern = rf"^  {parameter}:\n(?:    .*\n)*?    Default: (.+)$"
    match = re.search(pattern, template, re.MULTILINE)
    if not match:
        raise ValueError(f"the template has no default for {parameter}")
    return match[1].strip().strip("\"'")


def minute_of_day(cron: aws_cron.Cron) -> int:
    if len(cron.minutes) != 1 or len(cron.hours) != 1:
        raise ValueError("a schedule must name one minute of one hour")
    return min(cron.hours) * 60 + min(cron.minutes)


def schedule_of(start: str, stop: str) -> tuple[float, float]:
    """Hours a run, and runs a month, of a pair of cron expressions."""
    begin, end = aws_cron.parse(start), aws_cron.parse(stop)
    hours = (minute_of_day(end) - minute_of_day(begin)) % MINUTES_A_DAY / 60
    if (begin.days, begin.weekdays) != (end.days, end.weekdays):
        raise ValueError("start and stop must name the same days")
    if hours == 0:
        raise ValueError("start and stop are the same minute")
    every_day = begin.days == frozenset(range(1, 32)) or begin.weekdays == EVERY_WEEKDAY
    if begin.months != EVERY_MONTH or end.months != EVERY_MONTH:
        raise ValueError("only schedules of every month can be reckoned")
    if every_day:
        return hours, 365 / 12
    if begin.weekdays is None:
        raise ValueError("only schedules of every day or of weekdays can be reckoned")
    return hours, len(begin.weekdays) * 365 / 7 / 12


def lines_of(hours: float, args: argparse.Namespace, prices: dict) -> list[dict]:
    """The bill of an instance that runs for `hours` a month."""
    per_hour = prices["ec2"]["per_hour"][args.instance]
    s3 = prices["s3"]
    amounts = [
        (f"EC2 {args.instance}", hours, "h", per_hour, 1),
        ("public IPv4", hours, "h", prices["ipv4"]["per_hour"], 1),
        ("EBS gp3", args.volume_gb, "GB", prices["ebs"]["per_gb_month"], 1),
        ("S3 storage", args.lake_gb, "GB", s3["per_gb_month"], 1),
        ("S3 writes", args.writes, "/1000", s3["per_1000_writes"], 1000),
        ("S3 reads", args.reads, "/1000", s3["per_1000_reads"], 1000),
        ("secret", 1, "", prices["secret"]["per_secret_month"], 1),
        ("alarm", 1, "", prices["alarm"]["per_alarm_month"], 1),
    ]
    return [
        {"item": item, "quantity": quantity, "unit": unit, "price": price,
         "usd": quantity / divisor * price}
        for item, quantity, unit, price, divisor in amounts
    ]  # fmt: skip


def bill(args: argparse.Namespace, prices: dict) -> dict:
    hours, runs = schedule_of(args.start, args.stop)
    hours = args.hours or hours
    always = lines_of(prices["hours_per_month"], args, prices)
    scheduled = lines_of(min(hours * runs, prices["hours_per_month"]), args, prices)
    total_always = sum(line["usd"] for line in always)
    total_scheduled = sum(line["usd"] for line in scheduled)
    return {
        "as_of": str(prices["as_of"]),
        "region": prices["region"],
        "start": args.start,
        "stop": args.stop,
        "hours_per_run": hours,
        "runs_per_month": runs,
        "always_on": {"lines": always, "usd": total_always},
        "scheduled": {"lines": scheduled, "usd": total_scheduled},
        "saving": 1 - total_scheduled / total_always,
    }


def text_of(result: dict) -> str:
    out = [
        f"list prices of {result['as_of']}, {result['region']}, USD a month",
        f"on from {result['start']} to {result['stop']}: {result['hours_per_run']:.2f} h a run,"
        f" {result['runs_per_month']:.2f} runs a month",
    ]
    for title, name in (("always on", "always_on"), ("on schedule", "scheduled")):
        out += ["", title]
        for line in result[name]["lines"]:
            quantity = f"{line['quantity']:,.2f} {line['unit']}".rstrip()
            out.append(
                f"  {line['item']:<14} {quantity:>16} x {line['price']:.4f} {line['usd']:9.2f}"
            )
        out.append(f"  {'sum':<14} {'':>16}   {'':6} {result[name]['usd']:9.2f}")
    more, less = result["always_on"]["usd"], result["scheduled"]["usd"]
    out += ["", f"saving: 1 - {less:.2f} / {more:.2f} = {100 * result['saving']:.1f} %"]
    return "\n".join(out)


def arguments(template: str, prices: dict, argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--instance",
        default=default_of(template, "InstanceType"),
        choices=sorted(prices["ec2"]["per_hour"]),
        help="instance type",
    )
    parser.add_argument("--hours", type=float, help="hours a run, instead of stop minus start")
    parser.add_argument(
        "--start", default=default_of(template, "StartCron"), help="cron expression of the start"
    )
    parser.add_argument(
        "--stop", default=default_of(template, "StopCron"), help="cron expression of the stop"
    )
    parser.add_argument(
        "--volume-gb",
        type=float,
        default=default_of(template, "VolumeGib"),
        help="size of the volume",
    )
    parser.add_argument("--lake-gb", type=float, default=5, help="size of the lake (default: 5)")
    parser.add_argument(
        "--writes", type=float, default=10_000, help="S3 writes and lists a month (default: 10000)"
    )
    parser.add_argument(
        "--reads", type=float, default=100_000, help="S3 reads a month (default: 100000)"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")  # fmt: skip
    args = parser.parse_args(argv)
    if args.hours is not None and not 0 < args.hours <= 24:
        parser.error("--hours must be more than 0 and at most 24")
    return args


def main(argv: list[str] | None = None) -> int:
    template = (CHECKOUT / "infra/aws/retailsim.yaml").read_text()
    prices = tomllib.loads((CHECKOUT / "infra/aws/prices.toml").read_text())
    args = arguments(template, prices, argv)
    try:
        result = bill(args, prices)
    except ValueError as problem:
        print(f"aws_cost: error: {problem}", file=sys.stderr)
        return 2
    print(json.dumps(result, indent=2) if args.json else text_of(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
