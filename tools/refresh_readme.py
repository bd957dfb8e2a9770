"""Puts the KPI table of a published lake into README.md, between its two markers.

    make run && .venv-test/bin/python tools/refresh_readme.py [LAKE]

A test compares the same text with what scenarios/quickstart.toml gives.
"""

import pathlib
import re
import subprocess
import sys

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
README = CHECKOUT / "README.md"
BLOCK = re.compile(r"(?<=<!-- kpis: begin -->\n).*?(?=<!-- kpis: end -->)", re.DOTALL)


def block(report: str) -> str:
    """What stands between the markers for the text that `retailsim report` prints."""
    lines = [line.rstrip() for line in report.strip().splitlines()]
    return "\n".join(["```text", *lines, "```", ""])


def main() -> None:
    lake = sys.argv[1] if len(sys.argv) > 1 else str(CHECKOUT / "lake")
    command = [str(CHECKOUT / "bin" / "retailsim"), "report", "--lake", lake]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = block(report)
    README.write_text(BLOCK.sub(lambda _: text, README.read_text()))


if __name__ == "__main__":
    main()
