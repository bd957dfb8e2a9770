"""What the tests of bad input share: a refusal is one message with a hint, and leaves no mess."""

import pathlib
import re

from harness import Answer, retailsim

# `retailsim: what is wrong`, then `hint: what would be right`; a line each.
REFUSAL = re.compile(r"retailsim: \S[^\n]*\nhint: \S[^\n]*\n")


def refused(*arguments, code: int, says: str | tuple[str, ...] = (), env=None) -> Answer:
    """The program says no in its way, with every word of `says`, and prints no result."""
    answer = retailsim(*arguments, expect=code, env=env)
    assert REFUSAL.fullmatch(answer.stderr), answer.stderr
    assert answer.stdout == ""
    for word in (says,) if isinstance(says, str) else says:
        assert word in answer.stderr, answer.stderr
    assert "json.exception" not in answer.stderr
    assert answer.stderr.isprintable() or set(answer.stderr) - {"\n"} == {
        letter for letter in answer.stderr if letter.isprintable()
    }
    return answer


def files_of(folder: pathlib.Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def assert_nothing_half_written(folder: pathlib.Path) -> None:
    left = {name for name in files_of(folder) if pathlib.PurePath(name).name.startswith(".")}
    assert left == set()
