"""Cron expressions are read strictly."""

import aws_cron
import pytest


def test_a_daily_expression_names_its_minute():
    cron = aws_cron.parse("cron(45 3 * * ? *)")
    assert (cron.minutes, cron.hours) == ({45}, {3})
    assert cron.days == set(range(1, 32))
    assert cron.weekdays is None


def test_words_lists_ranges_and_steps_are_known():
    cron = aws_cron.parse("cron(0/20 8-10 ? JAN,7 MON-FRI 2026-2028)")
    assert cron.minutes == {0, 20, 40}
    assert cron.hours == {8, 9, 10}
    assert cron.months == {1, 7}
    assert cron.weekdays == {2, 3, 4, 5, 6}
    assert cron.years == {2026, 2027, 2028}
    assert cron.days is None


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("45 3 * * ? *", "'45 3 * * ? *' is not cron(…)"),
        ("cron(45 3 * * ?)", "'cron(45 3 * * ?)' has 5 fields, 6 are needed"),
        ("cron(45  3 * * ? *)", "'cron(45  3 * * ? *)' has 7 fields, 6 are needed"),
        ("cron(60 3 * * ? *)", "minutes: 60 is not between 0 and 59"),
        ("cron(-5 3 * * ? *)", "minutes: '' is no number"),
        ("cron(45 24 * * ? *)", "hours: 24 is not between 0 and 23"),
        ("cron(45 3 0 * ? *)", "day of month: 0 is not between 1 and 31"),
        ("cron(45 3 * 13 ? *)", "month: 13 is not between 1 and 12"),
        ("cron(45 3 ? * 0 *)", "day of week: 0 is not between 1 and 7"),
        ("cron(45 3 ? * MO *)", "day of week: 'MO' is no number"),
        ("cron(45 3 ? * FRI-MON *)", "day of week: FRI-MON ends before it begins"),
        ("cron(45 3 * * ? 1969)", "year: 1969 is not between 1970 and 2199"),
        ("cron(*/0 3 * * ? *)", "minutes: '0' is no step"),
        ("cron(? 3 * * ? *)", "minutes: '?' is no number"),
        (
            "cron(45 3 * * * *)",
            "'cron(45 3 * * * *)': one of day of month and day of week must be ?",
        ),
        (
            "cron(45 3 ? * ? *)",
            "'cron(45 3 ? * ? *)': one of day of month and day of week must be ?",
        ),
    ],
)
def test_a_wrong_expression_is_refused_in_one_sentence(expression, said):
    with pytest.raises(aws_cron.CronError) as caught:
        aws_cron.parse(expression)
    assert str(caught.value) == said
