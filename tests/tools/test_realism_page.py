"""docs/realism.md, of measurements that are made up."""

import facts
import page
import pytest
from measurement import Measurement
from pictures import PICTURES
from quality import Quality


def made_up(name: str, quality: float, **changed: facts.Value) -> Measurement:
    values = {**facts.panel(), **changed}
    score = facts.score(facts.panel(), values)
    parts = {"Column Shapes": quality, "Cardinality": quality}
    return Measurement(name, {**facts.panel_totals()}, values, score, Quality(quality, parts))


@pytest.fixture
def result() -> page.Result:
    # In the panel repeat_line_share is 0.476109.
    return page.Result(
        scenario="scenarios/some.toml",
        seeds=[1, 2],
        simulated=[
            made_up("simulated, seed 1", 80.0, repeat_line_share=0.2380545),
            made_up("simulated, seed 2", 90.0),
        ],
        ceiling=made_up("panel, odd against even", 88.6),
        shuffled=made_up("panel, shuffled columns", 50.0, promo_uplift=None),
    )


def row(text: str, begin: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"| {begin}"))


def test_realism_is_four_fifths_facts_and_one_fifth_quality(result):
    # One of the two facts of loyalty is half: 97.5 of 100.
    assert result.simulated[0].score.total == pytest.approx(97.5)
    assert result.simulated[0].realism == pytest.approx(0.8 * 97.5 + 0.2 * 80)
    assert result.realism == pytest.approx((94 + 98) / 2)


def test_the_page_has_the_score_of_every_seed_their_mean_and_both_comparisons(result):
    text = page.text(result)
    assert row(text, "simulated, seed 1 | 9") == "| simulated, seed 1 | 94.0 | 97.5 | 80.0 |"
    assert row(text, "**sim") == "| **simulated, mean** | **96.0** | **98.8** | **85.0** |"
    assert row(text, "panel, odd") == "| panel, odd against even | 97.7 | 100.0 | 88.6 |"
    assert row(text, "panel, shuffled").startswith("| panel, shuffled columns |")


def test_the_page_has_every_group_with_its_range_over_the_seeds(result):
    text = page.text(result)
    assert row(text, "loyalty") == "| loyalty | 87.5 | 75.0–100.0 | 100.0 | 100.0 |"
    assert row(text, "S: Cardinality") == "| S: Cardinality | 85.0 | 80.0–90.0 | 88.6 | 50.0 |"
    for group in facts.GROUPS:
        assert row(text, group.name)


def test_the_page_has_every_fact_the_worst_first_with_both_values(result):
    text = page.text(result)
    listed = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(listed) == len(facts.FACTS)
    assert listed[0].startswith("| `repeat_line_share` | Share of second-half lines")
    assert listed[0].endswith("| 0.750 | 1.000 | 0.4761 | 0.3571 |")
    assert row(text, "`hour_profile`").endswith("| 1.000 | 1.000 | — | — |")


def test_the_page_says_which_facts_are_not_matched(result):
    text = page.text(result)
    missed = text.split("## What is not matched")[1].split("##")[0]
    assert [line for line in missed.splitlines() if line.startswith("- ")] == [
        "- `repeat_line_share`, 0.75: Share of second-half lines whose product the household "
        "bought on an earlier day."
    ]


def test_the_page_shows_every_picture_and_each_is_of_a_fact(result):
    text = page.text(result)
    panel = facts.panel()
    for picture in PICTURES:
        assert f"](images/realism/{picture.name})" in text
        assert len(panel[picture.fact]) == len(picture.grid) + len(picture.cells), picture.fact


def test_the_page_names_scenario_seeds_and_the_source_of_the_panel(result):
    text = page.text(result)
    assert "`retailsim run scenarios/some.toml` with the seeds 1, 2," in text
    assert "CC0" in text and "MIT" in text and "simulated data" in text  # both statements
