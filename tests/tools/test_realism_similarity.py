"""How alike two values of a fact are, and what the score makes of it."""

import facts
import pytest
from facts.similarity import similarity


@pytest.mark.parametrize("kind", ["cdf", "profile", "ratio", "diff:0.5"])
def test_the_same_value_is_wholly_alike(kind):
    value = [0.25, 0.75] if kind in ("cdf", "profile") else 0.5
    assert similarity(kind, value, value) == 1


@pytest.mark.parametrize("kind", ["cdf", "profile", "ratio", "diff:0.5"])
def test_a_missing_value_is_like_nothing(kind):
    assert similarity(kind, None, 0.5) == 0
    assert similarity(kind, 0.5, None) == 0
    assert similarity(kind, None, None) == 0


def test_distributions_differ_by_their_largest_distance():
    assert similarity("cdf", [0.1, 0.5, 1.0], [0.2, 0.75, 1.0]) == 0.75


def test_shares_differ_by_what_would_have_to_move():
    assert similarity("profile", [0.5, 0.5, 0.0], [0.25, 0.5, 0.25]) == 0.75


@pytest.mark.parametrize("kind", ["cdf", "profile"])
def test_rows_of_another_length_are_not_alike(kind):
    assert similarity(kind, [1.0], [0.5, 0.5]) == 0


def test_positive_numbers_are_alike_as_the_smaller_by_the_larger():
    assert similarity("ratio", 2.0, 8.0) == 0.25
    assert similarity("ratio", 8.0, 2.0) == 0.25


def test_numbers_of_which_one_is_not_positive_are_not_alike():
    assert similarity("ratio", 0.0, 2.0) == 0
    assert similarity("ratio", -1.0, 2.0) == 0


def test_signed_numbers_differ_by_their_distance_in_units_of_the_scale():
    assert similarity("diff:0.5", -0.125, 0.125) == 0.5
    assert similarity("diff:2", -1.0, 3.0) == 0


def test_the_panel_scores_100_against_itself():
    score = facts.score(facts.panel(), facts.panel())
    assert score.total == 100
    assert set(score.by_group.values()) == {100}
    assert set(score.by_fact.values()) == {1}


def test_groups_weigh_the_same_however_many_facts_they_have():
    values = facts.panel()
    del values["repeat_line_share"]  # one of the two facts of loyalty, one of ten groups
    score = facts.score(facts.panel(), values)
    assert score.by_group["loyalty"] == 50
    assert score.total == pytest.approx(95)


def test_the_panel_has_a_value_of_every_fact_and_of_no_other():
    assert list(facts.panel()) == [fact.name for fact in facts.FACTS]
    assert len(facts.FACTS) == 39


def test_every_fact_says_what_it_is():
    for fact in facts.FACTS:
        assert fact.definition.endswith("."), fact.name
