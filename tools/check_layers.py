"""Holds the #includes of src/ to the order of its rooms.

A room (a folder of src/) includes only itself and rooms declared before it: the order is that of
the room(...) and module_room(...) lines of CMakeLists.txt. Heavy or replaceable libraries are
fenced in as well.

    tools/check_layers.py [CHECKOUT]      exit 1 and one line a problem, or "layers: ok"
"""

import pathlib
import re
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Fence:
    """Where the headers of one library may be included."""

    header: str  # how the #include begins
    rooms: tuple[str, ...]  # none: any room
    sources_only: bool = True  # in .cpp files only: parsing them costs seconds

    def problem(self, room: str, is_header: bool) -> str | None:
        if self.rooms and room not in self.rooms:
            return f"<{self.header}…> belongs to {' and '.join(self.rooms)} only"
        if self.sources_only and is_header:
            return f"<{self.header}…> belongs in a .cpp file, not in a header"
        return None


FENCES = (
    Fence("simdjson", ("json",)),
    Fence("toml++/", ("model",)),
    Fence("CLI/", ("cli",)),
    Fence("boost/beast", ("serve",)),
    Fence("boost/asio", ("serve",)),
    Fence("curl/", ("extract",)),
    Fence("nlohmann/json.hpp", ()),
    Fence("nanobind/", ("python",), sources_only=False),
    Fence("Random123/", ("simulate",), sources_only=False),
)

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)


def rooms_in_order(cmake: str) -> list[str]:
    return re.findall(r"^\s*(?:module_)?room\((\w+)", cmake, re.MULTILINE)


def problems_of(path: str, text: str, rooms: list[str]) -> list[str]:
    """`path` is relative to src/, such as "lake/parquet_file.h"."""
    room = path.split("/", maxsplit=1)[0]
    if room not in rooms:
        return [f"src/{path}: {room}/ is no room of CMakeLists.txt"]
    found = []
    for included in INCLUDE.findall(text):
        other = included.split("/")[0]
        if other in rooms and rooms.index(other) > rooms.index(room):
            found.append(f"src/{path}: {room}/ stands above {other}/ and must not include it")
        for fence in FENCES:
            if included.startswith(fence.header):
                problem = fence.problem(room, path.endswith(".h"))
                if problem:
                    found.append(f"src/{path}: {problem}")
    return found


def check(checkout: pathlib.Path) -> list[str]:
    rooms = rooms_in_order((checkout / "CMakeLists.txt").read_text())
    src = checkout / "src"
    files = sorted(p for p in src.rglob("*") if p.suffix in (".h", ".cpp"))
    return [
        problem
        for file in files
        for problem in problems_of(file.relative_to(src).as_posix(), file.read_text(), rooms)
    ]


def main() -> int:
    here = pathlib.Path(__file__).resolve().parent.parent
    problems = check(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here)
    print("\n".join(problems) or "layers: ok")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
