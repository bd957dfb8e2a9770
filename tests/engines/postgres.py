"""A PostgreSQL of its own for the tests, from Debian's programs. It listens on a socket only, in a
folder of the test, and keeps nothing that would survive a crash."""

import contextlib
import itertools
import os
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator

import psycopg

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
# Nobody else sees the cluster, and it ends with the tests: no password, and no waiting for disks.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "timezone": "UTC",
    "max_parallel_workers_per_gather": "0",
}


NUMBERS = itertools.count()


def as_its_user(*command: object) -> list[str]:
    """PostgreSQL refuses to run as root."""
    words = [str(word) for word in command]
    return words if os.geteuid() else ["runuser", "-u", "postgres", "--", *words]


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Starts a cluster and gives what psycopg.connect() wants to know."""
    if not PROGRAMS.exists():
        raise FileNotFoundError(f"{PROGRAMS} is missing: tools/setup.sh engines")
    # Not below pytest's folder, which only we may enter; and a socket's path has 107 bytes.
    with tempfile.TemporaryDirectory(prefix="retailsim-pg-", ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        data, log = folder / "data", folder / "log"
        data.mkdir()
        log.touch()
        if not os.geteuid():
            subprocess.run(["chown", "-R", "postgres", folder], check=True)
        run(as_its_user(PROGRAMS / "initdb", "--auth=trust", "--username=postgres", "--no-sync",
                        "--encoding=UTF8", "--locale=C", "--pgdata", data))  # fmt: skip
        options = " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
        control = as_its_user(PROGRAMS / "pg_ctl", "--pgdata", data, "--wait", "--silent")
        run([*control, "--log", str(log), "-o", f"-k {folder} {options}", "start"])
        try:
            yield f"host={folder} user=postgres dbname=postgres"
        finally:
            run([*control, "--mode=immediate", "stop"])


def run(command: list[str]) -> None:
    # pg_ctl leaves a server behind, which would hold a pipe open: its words go to a file.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd="/", check=False
        )
        said.seek(0)
        assert done.returncode == 0, f"{' '.join(command)}\n{said.read()}"


@contextlib.contextmanager
def database(cluster_of: str) -> Iterator[psycopg.Connection]:
    """A new database, empty, and gone afterwards."""
    name = f"test_{next(NUMBERS)}"
    with psycopg.connect(cluster_of, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(cluster_of.replace("dbname=postgres", f"dbname={name}")) as opened:
                yield opened
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
