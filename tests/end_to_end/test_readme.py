"""What the README shows is what the program does."""

import re

import pytest
import refresh_readme
from harness import CHECKOUT, retailsim

README = (CHECKOUT / "README.md").read_text()
PAGES = ("README.md", "README.fr.md", "ARCHITECTURE.md", "CONTRIBUTING.md")


def blocks(page: str, language: str) -> list[str]:
    text = (CHECKOUT / page).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_kpi_table_is_what_quickstart_gives(quickstart):
    report = retailsim("report", "--lake", quickstart.lake.folder).stdout
    shown = refresh_readme.BLOCK.search(README)[0]
    assert shown == refresh_readme.block(report), "run tools/refresh_readme.py after make run"


def test_the_comparison_of_twins_is_what_the_shown_command_prints():
    comparison = retailsim(*refresh_readme.TWINS_COMMAND).stdout
    shown = refresh_readme.TWINS.search(README)[0]
    assert shown == refresh_readme.twins_block(comparison), "run tools/refresh_readme.py"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_shown_exists(page):
    makefile = (CHECKOUT / "Makefile").read_text()
    helps = {}
    for line in "".join(blocks(page, "sh")).replace("\\\n", " ").splitlines():
        words = line.split("#")[0].split()
        if words[:1] == ["make"]:
            for target in words[1:]:
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), line
        elif words and words[0].endswith("bin/retailsim"):
            command = words[1]
            if command not in helps:
                helps[command] = retailsim(command, "--help").stdout
            for option in (word for word in words[2:] if word.startswith("--")):
                assert option in helps[command], line


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_linked_exists(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", (CHECKOUT / page).read_text()):
        assert (CHECKOUT / target).exists(), target


def test_the_python_examples_run(quickstart, monkeypatch):
    monkeypatch.chdir(quickstart.folder)
    examples = blocks("README.md", "python")
    assert len(examples) >= 2
    for example in examples:
        exec(compile(example, "README.md", "exec"), {})  # noqa: S102


def test_wrong_use_is_answered_as_shown():
    # The README shows a command line, then the words of the answer.
    shown = [block for block in blocks("README.md", "console") if block.startswith("$ bin/")]
    assert len(shown) >= 1
    for block in shown:
        for command, answer in re.findall(
            r"^\$ bin/retailsim (.*)\n((?:[^$\n].*\n)+)", block, re.M
        ):
            got = retailsim(*command.split(), expect=2)
            assert got.stderr == answer, command
