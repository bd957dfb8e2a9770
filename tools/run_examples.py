"""Runs the examples of docs/examples/ and puts what they print below each of their blocks.

    .venv-test/bin/python tools/run_examples.py [PAGE …]

A page is read from above to below: ```toml is written to the file that its first line names, ```sh
is run by bash, ```python in one session for the page, and a ```text block after one of them holds
what it printed. Paths are relative to the checkout, or to a folder that has its bin/. A test
compares the pages with what their blocks print.
"""

import contextlib
import io
import os
import pathlib
import re
import subprocess
import sys

import duckdb

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLES = CHECKOUT / "docs" / "examples"
BLOCK = re.compile(r"^```(toml|sh|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[pathlib.Path]:
    return sorted(EXAMPLES.glob("*.md"))


def write_file(text: str) -> str:
    name = re.match(r"# (\S+)\n", text)
    assert name, f"the first line of a toml block names its file: {text}"
    file = pathlib.Path(name[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return ""


def run_shell(text: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
    return done.stdout


def run_python(text: str, session: dict) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, "example", "exec"), session)  # noqa: S102
    return printed.getvalue()


def with_answers(page: str, folder: pathlib.Path) -> str:
    """The page with what its blocks print, run in `folder`."""
    session: dict = {}
    answer = ""
    duckdb.set_default_connection(duckdb.connect())  # another page's tables are not this one's

    def run(block: re.Match) -> str:
        nonlocal answer
        language, text = block[1], block[2]
        if language == "text":
            return f"```text\n{answer}```"
        if language == "toml":
            answer = write_file(text)
        elif language == "sh":
            answer = run_shell(text)
        else:
            answer = run_python(text, session)
        answer = "".join(f"{line.rstrip()}\n" for line in answer.splitlines())
        return block[0]

    before = pathlib.Path.cwd()
    os.chdir(folder)
    try:
        return BLOCK.sub(run, page)
    finally:
        os.chdir(before)


def main() -> None:
    for page in [pathlib.Path(name) for name in sys.argv[1:]] or pages():
        text = page.read_text()
        answered = with_answers(text, CHECKOUT)
        if answered != text:
            page.write_text(answered)
            print(f"wrote {page.name}")


if __name__ == "__main__":
    main()
