"""Puts the KPI table of a published lake and a comparison of twins into README.md, each between
its two markers.

    make run && .venv-test/bin/python tools/refresh_readme.py [LAKE]

Tests compare the same texts with what scenarios/quickstart.toml and the shown command give.
"""

import pathlib
import re
import subprocess
import sys

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
README = CHECKOUT / "README.md"
BLOCK = re.compile(r"(?<=<!-- kpis: begin -->\n).*?(?=<!-- kpis: end -->)", re.DOTALL)
TWINS = re.compile(r"(?<=<!-- twins: begin -->\n).*?(?=<!-- twins: end -->)", re.DOTALL)
TWINS_COMMAND = ("compare", "scenarios/tiny.toml", "--without", "promo:164468")


def block(report: str) -> str:
    """What stands between the markers for the text that `retailsim report` prints."""
    lines = [line.rstrip() for line in report.strip().splitlines()]
    return "\n".join(["```text", *lines, "```", ""])


def twins_block(comparison: str) -> str:
    """What stands between the markers for the text that TWINS_COMMAND prints."""
    return "\n".join(["```sh", f"bin/retailsim {' '.join(TWINS_COMMAND)}", "```", "", ""]) + block(
        comparison
    )


def said(*arguments: str) -> str:
    command = [str(CHECKOUT / "bin" / "retailsim"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT).stdout


def main() -> None:
    lake = sys.argv[1] if len(sys.argv) > 1 else str(CHECKOUT / "lake")
    kpis, twins = block(said("report", "--lake", lake)), twins_block(said(*TWINS_COMMAND))
    text = BLOCK.sub(lambda _: kpis, README.read_text())
    README.write_text(TWINS.sub(lambda _: twins, text))


if __name__ == "__main__":
    main()
