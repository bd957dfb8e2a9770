"""Writes the files of the checkout that the program itself can tell: `make docs`.

    tools/derive_docs.py [CHECKOUT]       writes them and names those that changed

A test fails when a committed one differs from what the program says.
"""

import functools
import json
import pathlib
import re
import subprocess
import sys

import derive_sql

HERE = pathlib.Path(__file__).resolve().parent.parent
# Committed file -> the command whose output it is.
OUTPUTS = {
    "docs/data-dictionary.md": ("schema", "--format", "markdown"),
    "docs/openapi.json": ("schema", "--format", "openapi"),
    "docs/scenario.md": ("scenario", "keys"),
    "sql/schema.sql": ("schema", "--format", "sql"),
    "sql/redshift/tables.sql": ("schema", "--format", "redshift"),
    "sql/redshift/external.sql": ("schema", "--format", "spectrum"),
    "sql/athena/tables.sql": ("schema", "--format", "athena"),
}
COMMANDS = "docs/commands.md"
PATHS = (*OUTPUTS, COMMANDS, *derive_sql.PATHS)


def said(binary: pathlib.Path, *arguments: str) -> str:
    command = [str(binary), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def command_names(binary: pathlib.Path) -> list[str]:
    _, _, listed = said(binary, "--help").partition("\nSubcommands:\n")
    return re.findall(r"^  (\w+) ", listed.split("\n\n")[0], re.MULTILINE)


def command_page(binary: pathlib.Path) -> str:
    """Every command as its --help explains it."""
    text = (
        "# Commands\n\n"
        "What `retailsim --help` and `retailsim COMMAND --help` print; `make docs` writes this "
        "page.\n"
    )
    for name in ("", *command_names(binary)):
        shown = said(binary, *([name] if name else []), "--help").strip()
        lines = "\n".join(line.rstrip() for line in shown.splitlines())
        text += f"\n## retailsim{' ' if name else ''}{name}\n\n```text\n{lines}\n```\n"
    return text


@functools.cache
def derived(binary: pathlib.Path) -> dict[str, str]:
    """Path -> what the file there has to hold."""
    files = {path: said(binary, *arguments) for path, arguments in OUTPUTS.items()}
    model = json.loads(said(binary, "schema", "--format", "json"))
    return {**files, COMMANDS: command_page(binary), **derive_sql.derived(model)}


def main() -> None:
    checkout = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for path, text in derived(checkout / "bin" / "retailsim").items():
        file = checkout / path
        if file.exists() and file.read_text() == text:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
