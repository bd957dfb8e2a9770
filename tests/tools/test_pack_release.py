"""A release has what the instance installs, and its program needs no library of the machine."""

import os
import pathlib
import subprocess
import tarfile

import pytest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("RETAILSIM", CHECKOUT / "bin" / "retailsim")).absolute()
PACK = CHECKOUT / "tools" / "pack_release.sh"
NAME = f"retailsim-{(CHECKOUT / 'VERSION').read_text().strip()}"
NEEDED = [
    "VERSION",
    "LICENSE",
    "bin/retailsim",
    "dashboard/server.py",
    "infra/aws/airflow.sh",
    "infra/aws/install.sh",
    "infra/aws/requirements-postgres.txt",
    "infra/aws/simulate.sh",
    "infra/aws/systemd/retailsim-airflow.service",
    "infra/aws/systemd/retailsim-api.service",
    "infra/aws/systemd/retailsim-dashboard.service",
    "lib/ld-linux-x86-64.so.2",
    "lib/libarrow.so.2600",
    "lib/libc.so.6",
    "lib/retailsim",
    "requirements.txt",
    "scenarios/live.toml",
    "scenarios/quickstart.toml",
    "sql/gold/store_day.sql",
]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("release")
    done = subprocess.run(
        [PACK, folder],
        env={**os.environ, "RETAILSIM": str(BINARY)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{folder}/{NAME}.tar.gz\n"
    with tarfile.open(folder / f"{NAME}.tar.gz") as archive:
        archive.extractall(folder / "unpacked", filter="tar")
    return folder / "unpacked" / NAME


def test_a_release_has_what_the_instance_installs(unpacked):
    files = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert [name for name in NEEDED if name not in files] == []
    dags = {str(p.relative_to(CHECKOUT)) for p in (CHECKOUT / "airflow").rglob("*.py")}
    assert {name for name in dags if "/dags/" in name} <= files
    tops = {name.split("/")[0] for name in files if "/" in name}
    assert tops - {"airflow"} == {"bin", "dashboard", "docs", "infra", "lib", "scenarios", "sql"}
    assert not [name for name in files if name.endswith((".pyc", ".env"))]


def test_the_program_of_a_release_takes_every_library_from_it(unpacked):
    loader = unpacked / "lib" / "ld-linux-x86-64.so.2"
    listed = subprocess.run(
        [loader, "--library-path", unpacked / "lib", "--list", unpacked / "lib" / "retailsim"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [line.split("=>")[1].split()[0] for line in listed.splitlines() if "=>" in line]
    assert len(paths) > 10
    own = str(unpacked / "lib")
    system = [path for path in paths if not path.startswith(own)]
    # The loader names itself by its usual place; it is the one that was started.
    assert [path for path in system if "ld-linux" not in path] == []


def test_the_program_of_a_release_runs_a_chain(unpacked, tmp_path):
    done = subprocess.run(
        [
            unpacked / "bin" / "retailsim", "run", unpacked / "scenarios" / "tiny.toml",
            "--quiet", "--data", tmp_path / "data_api", "--lake", tmp_path / "lake",
        ],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "net sales" in done.stdout
    assert (tmp_path / "lake" / "gold" / "_current.json").exists()


def test_a_release_without_a_program_is_refused_with_what_to_do(tmp_path):
    done = subprocess.run(
        [PACK, tmp_path],
        env={**os.environ, "RETAILSIM": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"pack: error: there is no {tmp_path}/none\n  hint: make build\n"
    assert list(tmp_path.iterdir()) == []
