"""The worked examples of docs/examples/ run, print what they show, and find what is true: each
page asserts how near its estimate has to be."""

import pytest
import run_examples
from harness import BINARY


@pytest.mark.parametrize("page", run_examples.pages(), ids=lambda page: page.stem)
def test_the_example_prints_what_it_shows(page, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "retailsim").symlink_to(BINARY)
    text = page.read_text()
    assert run_examples.with_answers(text, tmp_path) == text, "run tools/run_examples.py"


def test_there_is_an_example_of_each_question():
    names = {page.stem for page in run_examples.pages()}
    assert names >= {"elasticity", "promotion_lift", "churn", "stock_outs"}
