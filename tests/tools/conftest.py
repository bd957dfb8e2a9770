"""Makes tools/ and tools/realism/ importable: their scripts are plain files, no package."""

import pathlib
import sys

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
for folder in (TOOLS, TOOLS / "realism"):
    sys.path.insert(0, str(folder))
