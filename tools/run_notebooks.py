"""Runs the notebooks of docs/examples/ and keeps what their cells show.

    .venv-engines/bin/python tools/run_notebooks.py [NOTEBOOK …]

The package has to be installed. A test compares the notebooks with what their cells show.
"""

import os
import pathlib
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "docs" / "examples"


def notebooks() -> list[pathlib.Path]:
    return sorted(EXAMPLES.glob("*.ipynb"))


def executed(notebook: pathlib.Path) -> nbformat.NotebookNode:
    """The notebook after a run, with nothing in it that differs from run to run."""
    made = nbformat.read(notebook, as_version=4)
    with tempfile.TemporaryDirectory() as folder:  # not in the user's home
        os.environ |= {"JUPYTER_RUNTIME_DIR": folder, "IPYTHONDIR": folder}
        NotebookClient(made, timeout=120, kernel_name="python3").execute()
    made.metadata = {"kernelspec": made.metadata["kernelspec"]}
    for cell in made.cells:
        cell.metadata = {}
    return made


if __name__ == "__main__":
    for path in map(pathlib.Path, sys.argv[1:]) if sys.argv[1:] else notebooks():
        nbformat.write(executed(path), path)
