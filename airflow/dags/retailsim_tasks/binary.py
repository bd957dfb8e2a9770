"""Runs retailsim: finds the program, starts it, reads its record, tells failures apart.

Exit codes 2 (wrong usage or scenario) and 3 (the gate) say that the same command will fail again:
the task fails at once. Anything else may pass, so the task is tried again. Whatever happened, the
message is the program's last line and its hint.
"""

import json
import logging
import os
import pathlib
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from retailsim_tasks.versions import AirflowException, AirflowFailException

log = logging.getLogger(__name__)

ROOT = pathlib.Path(__file__).resolve().parents[3]  # the checkout; relative paths start here
FINAL_CODES = {2: "wrong usage, scenario or existing output", 3: "the gate refused the data"}
# Of exit code 4, storage out of reach: what no second try will cure.
FINAL_WORDS = (
    "there is no such bucket",
    "the bucket lies in another region",
    "the access key is unknown",
    "the secret key does not belong to the access key",
)
PREFIX = "retailsim: "
HINT = "hint: "


def find_binary(configured: str | None = None) -> pathlib.Path:
    """The program: as configured, else RETAILSIM, else bin/ of the checkout, else PATH."""
    named = configured or os.environ.get("RETAILSIM")
    if named:
        path = pathlib.Path(named)
        if not os.access(path, os.X_OK) or path.is_dir():
            raise AirflowFailException(
                f"there is no program at {named}\n"
                "hint: set the Variable retailsim_binary (or RETAILSIM) to the retailsim binary"
            )
        return path
    here = ROOT / "bin" / "retailsim"
    on_path = shutil.which("retailsim")
    if os.access(here, os.X_OK):
        return here
    if on_path:
        return pathlib.Path(on_path)
    raise AirflowFailException(
        f"the retailsim binary is neither at {here} nor on PATH\n"
        "hint: `make build`, or set the Variable retailsim_binary to where it is"
    )


def explain(stderr: str) -> tuple[str, str]:
    """The last error, with the lines that belong to it in one, and the last hint."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    hints = [line.removeprefix(HINT) for line in lines if line.startswith(HINT)]
    said = [line for line in lines if not line.startswith(HINT)]
    starts = [place for place, line in enumerate(said) if line.startswith(PREFIX)]
    first, *rest = said[starts[-1] if starts else -1 :] or ["it said nothing"]
    error = f"{first} {'; '.join(rest)}" if rest else first
    return error.removeprefix(PREFIX), hints[-1] if hints else ""


def failure(command: str, code: int, stderr: str) -> AirflowException:
    """The exception for an exit code: final, or worth another try."""
    error, hint = explain(stderr)
    text = f"retailsim {command} failed with exit code {code}: {error}"
    if hint:
        text += f"\n{HINT}{hint}"
    final = code in FINAL_CODES or any(word in error for word in FINAL_WORDS)
    return (AirflowFailException if final else AirflowException)(text)


def run(
    arguments: Sequence[str],
    binary: str | None = None,
    secrets: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Runs `retailsim ARGUMENTS --json` and gives its record, which becomes the task's XCom.

    `secrets` reach the process by its environment alone, never by the command line or the log.
    """
    program = find_binary(binary)
    command = [str(program), *arguments, "--json", "--quiet"]
    log.info("runs %s", " ".join(command))
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(secrets or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            stdout, stderr = process.communicate()
        except BaseException:  # the task's time is up, or it was stopped: the program stops too
            process.terminate()
            raise
    for line in stderr.splitlines():
        log.info("%s", line)
    if process.returncode != 0:
        raise failure(arguments[0], process.returncode, stderr)
    try:
        record = json.loads(stdout)
    except ValueError as error:
        raise AirflowException(
            f"retailsim {arguments[0]} printed no JSON: {stdout[:200]!r}"
        ) from error
    log.info("record %s", json.dumps(record))
    return record
