"""Writes the manifest.json of a hand-written feed: rows, bytes and SHA-256 of each file.

python tests/golden/remake_manifest.py tests/golden/ten_receipts
"""

import hashlib
import json
import pathlib
import sys


def facts_of(file: pathlib.Path) -> dict:
    data = file.read_bytes()
    return {
        "rows": data.count(b"\n"),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def manifest_of(folder: pathlib.Path) -> str:
    tables: dict[str, dict] = {}
    for file in sorted(folder.rglob("*.ndjson")):
        if file.parent == folder:
            tables[file.stem] = {"all": facts_of(file)}
        else:
            tables.setdefault(file.parent.name, {})[file.stem] = facts_of(file)
    whole = {
        "format": 1,
        "source": folder.name,
        "digest": hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest(),
        "seed": 0,
        "tables": dict(sorted(tables.items())),
    }
    return json.dumps(whole, indent=1) + "\n"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        (pathlib.Path(name) / "manifest.json").write_text(manifest_of(pathlib.Path(name)))
