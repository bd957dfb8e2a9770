"""Runs clang-tidy 16 over the sources of src/, skipping what has not changed since it was clean.

    tools/tidy.py BUILD_FOLDER [--below src/python] [--jobs N]

BUILD_FOLDER is a finished Ninja build: its dependency log says which files a source reads. A
source whose text, headers, flags and rules are those of the last clean run is skipped. Where
CMake compiles several sources as one, so does clang-tidy, which spends most of its time on what
they include.
"""

import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys

TIDY = "clang-tidy-16"
# clang-tidy 16 itself crashes in this check on functions that build JSON from nested braces.
CRASHES = "bugprone-unchecked-optional-access"
CHECKOUT = pathlib.Path(__file__).resolve().parent.parent


def dependencies(build: pathlib.Path) -> dict[str, list[str]]:
    """Object file -> the files it was compiled from, as Ninja recorded them."""
    log = subprocess.run(
        ["ninja", "-C", str(build), "-t", "deps"], check=True, capture_output=True, text=True
    ).stdout
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in log.splitlines():
        if line.startswith(" "):
            current.append(line.strip())
        elif ":" in line:
            current = found.setdefault(line.split(":")[0], [])
    return found


def sources_of(compiled: pathlib.Path) -> list[pathlib.Path]:
    """The sources that are compiled as one; a file of ours is itself."""
    if compiled.suffix != ".cxx":
        return [compiled]
    names = re.findall(r'^#include "(.+)"$', compiled.read_text(), re.MULTILINE)
    return [pathlib.Path(name) for name in names]


def state_of(entry: dict, headers: list[str]) -> str:
    """Everything of ours that decides what clang-tidy says about a source."""
    digest = hashlib.sha256((CHECKOUT / ".clang-tidy").read_bytes())
    digest.update(entry["command"].encode())
    for name in sorted({entry["file"], *headers}):
        path = pathlib.Path(entry["directory"], name)
        if path.is_relative_to(CHECKOUT / "src"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--below", default="src", help="the sources of this folder (src)")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    build = options.build.resolve()

    headers = dependencies(build)
    clean = build / "tidy"
    clean.mkdir(exist_ok=True)
    waiting = []
    count = 0
    for entry in json.loads((build / "compile_commands.json").read_text()):
        sources = sources_of(pathlib.Path(entry["file"]))
        if not any(source.is_relative_to(CHECKOUT / options.below) for source in sources):
            continue
        name = pathlib.Path(entry["file"]).relative_to(CHECKOUT).as_posix()
        count += 1
        stamp = clean / name.replace("/", "-")
        # CMake 3.25 names the object file in the command alone.
        output = entry["command"].split(" -o ", 1)[1].split(" ", 1)[0]
        state = state_of(entry, headers.get(output, []))
        if not stamp.exists() or stamp.read_text() != state:
            waiting.append((name, stamp, state))

    def tidy(name: str, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [TIDY, "-p", str(build), "--quiet", *options, name],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )

    def run(job: tuple[str, pathlib.Path, str]) -> bool:
        name, stamp, state = job
        answer = tidy(name)
        if "Stack dump:" in answer.stderr:
            print(f"clang-tidy crashes on {name}: read again without {CRASHES}", flush=True)
            answer = tidy(name, f"--checks=-{CRASHES}")
        if answer.returncode == 0:
            stamp.write_text(state)
        else:
            print(answer.stdout or answer.stderr, flush=True)
        return answer.returncode == 0

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        good = list(pool.map(run, waiting))
    print(f"clang-tidy: {len(good)} of {count} read, {good.count(False)} with findings")
    return not all(good)


if __name__ == "__main__":
    sys.exit(main())
