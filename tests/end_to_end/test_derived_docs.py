"""What is committed about tables, keys and commands is what the program says of them."""

import re

import derive_docs
import pytest
from harness import BINARY, CHECKOUT, retailsim


@pytest.mark.parametrize("path", derive_docs.PATHS)
def test_a_committed_derived_file_is_what_the_program_says(path):
    said = derive_docs.derived(BINARY)[path]
    assert (CHECKOUT / path).read_text() == said, "run make docs"


@pytest.mark.parametrize("command", derive_docs.command_names(BINARY))
def test_the_readme_or_a_page_it_links_shows_every_command(command):
    page = (CHECKOUT / derive_docs.COMMANDS).read_text()
    assert f"## retailsim {command}\n" in page
    assert f"retailsim {command}" in (CHECKOUT / "README.md").read_text()
    assert derive_docs.COMMANDS in (CHECKOUT / "README.md").read_text()


@pytest.mark.parametrize("command", derive_docs.command_names(BINARY))
def test_every_option_of_a_command_is_explained(command):
    """No option stands in --help with a type alone."""
    listed = retailsim(command, "--help").stdout.partition("Options:\n")[2].split("\n\n")[0]
    options = re.split(r"^  (?=-)", listed, flags=re.MULTILINE)[1:]
    assert any(option.startswith("--json") for option in options)
    for option in options:
        # The name, perhaps its type and what it excludes, then a sentence.
        assert re.search(r"(\s{2,}|--\w+ )[A-Z]\S* \S+ \S+", option), option
