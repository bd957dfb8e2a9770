"""Holds the whole checkout to a few rules that no compiler knows.

    tools/check_repo.py [CHECKOUT]        exit 1 and one line a problem, or "repo: ok"

- An address in any file leads to a documented place: nobody's package mirror, nobody's server.
- No path of somebody's machine.
- No file of code is longer than 400 lines.
- Every test runs, has a name that reads as a sentence, and lies in the room it tests.
- The licence is there, and the changelog knows the version.
"""

import pathlib
import re
import subprocess
import sys

MAX_LINES = 400
CODE = {".h", ".cpp", ".py", ".sh"}
# Addresses of this machine and of documents; beside them the domains kept for examples (RFC
# 2606) and plain words such as http://host:port.
HOSTS = {
    "127.0.0.1",
    "www.w3.org",  # the name of SVG; nothing is asked there
    "www.apache.org",
    "keepachangelog.com",
    "semver.org",
    "json-schema.org",
    "s3.amazonaws.com",
    "redshift-data.eu-west-3.amazonaws.com",
    "redshift-data.cn-north-1.amazonaws.com.cn",
}
EXAMPLE_HOST = re.compile(r"(^|\.)(example|example\.(com|org|net)|test|invalid)$")
ADDRESS = re.compile(r"\bhttps?://([A-Za-z0-9.-]*[A-Za-z0-9])")
INDEX_OPTION = re.compile(r"--(extra-)?index[-_]url|--find[-_]links|--trusted[-_]host")
HOME_PATH = re.compile(r"(?<![\w.])/(?:home|Users)/\w+/|(?<![\w.])/roo[t]/")
UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|HACK[:])(?!\w)")
SLEEPING_TEST = re.compile(r"GTEST_SK[I]P|\bDISABLED[_]|pytest\.(?:skip|mark\.(?:skip|xfail))")
GTEST = re.compile(r"^TEST(?:_F|_P)?\(\s*\w+\s*,\s*(\w+)\s*\)", re.MULTILINE)
PYTEST = re.compile(r"^\s*def (test_\w+)\(", re.MULTILINE)
OTHER_TEST_FOLDERS = {
    "airflow",
    "dashboard",
    "end_to_end",
    "engines",
    "golden",
    "infra",
    "support",
    "tools",
}


def words_of(test_name: str) -> int:
    if test_name.startswith("test_"):
        return test_name.count("_")
    return len(re.findall(r"[A-Z]", test_name))


def text_problems(path: str, text: str, checkout: str) -> list[str]:
    """What is wrong with one file. `checkout` is the folder it lies in on this machine."""
    found = []

    def add(position: int, what: str) -> None:
        found.append(f"{path}:{text.count(chr(10), 0, position) + 1}: {what}")

    for match in ADDRESS.finditer(text):
        if "." in match[1] and match[1] not in HOSTS and not EXAMPLE_HOST.search(match[1]):
            add(match.start(), f"address of {match[1]}: legal hosts are listed in check_repo.py")
    patterns = [
        (INDEX_OPTION, "names a package index"),
        (HOME_PATH, "path of somebody's machine"),
        (re.compile(rf"(?<![\w.]){re.escape(checkout)}/"), "path of this checkout"),
        (SLEEPING_TEST, "a test that does not run"),
    ]
    if pathlib.Path(path).suffix in CODE:
        patterns.append((UNFINISHED, "unfinished work"))
        if text.count("\n") > MAX_LINES:
            found.append(f"{path}: {text.count(chr(10))} lines, {MAX_LINES} are allowed")
    for pattern, what in patterns:
        for match in pattern.finditer(text):
            add(match.start(), f"{what}: {match[0].strip()}")
    if path.startswith("tests/"):
        for name in GTEST.findall(text) + PYTEST.findall(text):
            if words_of(name) < 3:
                found.append(f"{path}: {name} does not read as a sentence")
    return found


def place_problems(path: str, rooms: set[str]) -> list[str]:
    """A test stands below the folder of the room it tests."""
    parts = path.split("/")
    if parts[0] != "tests" or len(parts) < 3 or parts[1] in rooms | OTHER_TEST_FOLDERS:
        return []
    return [f"{path}: tests/{parts[1]} mirrors no room of src/"]


def licence_problems(checkout: pathlib.Path) -> list[str]:
    found = []
    licence = checkout / "LICENSE"
    if not licence.exists() or "Apache License" not in licence.read_text():
        found.append("LICENSE: the text of the Apache License is missing")
    version = (checkout / "VERSION").read_text().strip()
    if f"## {version}" not in (checkout / "CHANGELOG.md").read_text():
        found.append(f"CHANGELOG.md: has no section for version {version}")
    return found


def files_of(checkout: pathlib.Path) -> list[str]:
    """All that is, or would be, committed."""
    command = ["git", "-C", str(checkout), "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted(name for name in listed.split("\0") if name and (checkout / name).is_file())


def check(checkout: pathlib.Path) -> list[str]:
    rooms = {entry.name for entry in (checkout / "src").iterdir() if entry.is_dir()}
    found = licence_problems(checkout)
    for path in files_of(checkout):
        data = (checkout / path).read_bytes()
        if b"\0" not in data:
            found += text_problems(path, data.decode(errors="replace"), str(checkout))
        found += place_problems(path, rooms)
    return found


def main() -> int:
    here = pathlib.Path(__file__).resolve().parent.parent
    checkout = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here
    problems = check(checkout)
    print("\n".join(problems) or "repo: ok")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
