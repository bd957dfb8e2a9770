"""A machine to install a release on: this one, in namespaces of its own, with stand-ins for what
only Amazon Linux and AWS have (amazon_linux/). PostgreSQL, Python, pip and users are real. What it
writes lies in memory, its network is its own loopback, and every process ends with it.
"""

import contextlib
import ctypes
import dataclasses
import os
import pathlib
import re
import secrets
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
STAND_INS = HERE / "amazon_linux"
CHECKOUT = HERE.parents[1]
VERSITYGW = CHECKOUT / "build" / "tools" / "versitygw"
POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin/postgres")
PYTHON = pathlib.Path("/usr/bin/python3.11")
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def what_is_missing() -> str:
    """What keeps this computer from being such a machine, with what to do; empty if nothing."""
    if os.geteuid() != 0:
        return "namespaces and users need root: run this test as root"
    if not POSTGRES.exists() or not PYTHON.exists():
        return "PostgreSQL 15 or Python 3.11 of Debian is missing: tools/setup.sh long"
    if not VERSITYGW.exists():
        return "the S3 server of the tests is missing: tools/setup.sh test"
    return ""


def wait_for(what: str, ready: Callable[[], Any], seconds: float) -> Any:
    """The first true answer of `ready`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ready():
            return answer
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


def environment_of(text: str) -> dict[str, str]:
    """What systemd reads in an EnvironmentFile, as far as ours go: quotes around a whole value."""
    found = {}
    for line in text.splitlines():
        name, _, value = line.partition("=")
        quoted = re.fullmatch(r"'(.*)'|\"(.*)\"", value)
        found[name] = next(filter(None, quoted.groups()), "") if quoted else value
    return found


@dataclasses.dataclass
class Machine:
    """Namespaces that live as long as `holder`, the process that made them. `role` is what the
    machine's role gives to services; they find it in their environment here, on AWS elsewhere.
    """

    holder: subprocess.Popen
    services: list[subprocess.Popen] = dataclasses.field(default_factory=list)
    role: dict[str, str] = dataclasses.field(default_factory=dict)

    def enter(self, *command: Any, own_network: bool = True) -> list[str]:
        """The command line that runs a command in here."""
        places = ["--mount=mnt", "--pid=pid_for_children", *["--net=net"] * own_network]
        base = f"/proc/{self.holder.pid}/ns/"
        opened = [place.replace("=", f"={base}") for place in places]
        return ["nsenter", *opened, "--", *map(str, command)]

    def run(
        self,
        *command: Any,
        own_network: bool = True,
        environment: dict[str, str] | None = None,
        stdin: str = "",
        seconds: float = 60,
    ) -> str:
        """What a command prints; it must succeed."""
        done = subprocess.run(
            self.enter(*command, own_network=own_network),
            env={"PATH": SYSTEM_PATH, "LANG": "C.UTF-8", **(environment or {})},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, (
            f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def read(self, path: str) -> str:
        return self.run("cat", path)

    def write(self, path: str, text: str) -> None:
        self.run("tee", path, stdin=text)

    def unit(self, name: str) -> dict[str, list[str]]:
        """The settings of an installed unit, in order; one may stand there several times."""
        found: dict[str, list[str]] = {}
        for line in self.read(f"/etc/systemd/system/{name}").splitlines():
            key, is_setting, value = line.partition("=")
            if is_setting and not line.startswith("#"):
                found.setdefault(key, []).append(value)
        return found

    def service(self, name: str, log: pathlib.Path, seconds: float) -> subprocess.Popen:
        """Starts a unit as systemd would: its environment, ExecStartPre, then ExecStart."""
        unit = self.unit(name)
        user, folder = unit["User"][0], unit["WorkingDirectory"][0]
        environment = {"PATH": SYSTEM_PATH, "LANG": "C.UTF-8", "USER": user, "LOGNAME": user}
        environment |= {"HOME": "/var/lib/retailsim", **self.role}
        for file in unit["EnvironmentFile"]:
            environment |= environment_of(self.read(file))

        def command(line: str) -> list[str]:
            words = shlex.split(line)
            filled = [re.sub(r"\$\{(\w+)\}", lambda m: environment[m[1]], each) for each in words]
            limits = ["unshare", "--mount", STAND_INS / "service.sh", user, folder]
            inner = ["env", "-i", *[f"{key}={value}" for key, value in environment.items()]]
            return self.enter(*limits, *inner, *filled)

        with log.open("w") as out:
            for line in unit.get("ExecStartPre", []):
                done = subprocess.run(
                    command(line), stdout=out, stderr=out, timeout=seconds, check=False
                )
                assert done.returncode == 0, f"{name}: {line} failed\n{log.read_text()}"
            (line,) = unit["ExecStart"]
            process = subprocess.Popen(command(line), stdout=out, stderr=out)
        self.services.append(process)
        return process

    def s3(self, bucket: str, region: str, log: pathlib.Path) -> None:
        """Starts an S3 server with one bucket, which the role opens; its objects are files below
        /run/s3/BUCKET."""
        keys = {"access": "AKIA" + secrets.token_hex(8).upper(), "secret": secrets.token_hex(20)}
        self.role = {
            "AWS_ACCESS_KEY_ID": keys["access"],
            "AWS_SECRET_ACCESS_KEY": keys["secret"],
            "AWS_ENDPOINT_URL": "http://127.0.0.1:7070",
        }
        self.run("mkdir", "-p", f"/run/s3/{bucket}")
        server = [VERSITYGW, "--port", "127.0.0.1:7070", "--region", region, "--quiet"]
        environment = {"ROOT_ACCESS_KEY": keys["access"], "ROOT_SECRET_KEY": keys["secret"]}
        with log.open("w") as out:
            process = subprocess.Popen(
                self.enter(*server, "posix", "/run/s3"),
                env={"PATH": SYSTEM_PATH, **environment},
                stdout=out,
                stderr=out,
            )
        self.services.append(process)
        wait_for("the S3 server", lambda: ("127.0.0.1", 7070) in self.listening(), 30)

    def processes(self, user: str) -> list[str]:
        """Number and command line of what runs in here as a user."""
        listed = self.run("ps", "-ww", "-e", "-o", "user:32=,pid=,args=").splitlines()
        of_user = [line.split(maxsplit=1) for line in listed if "<defunct>" not in line]
        return [line for owner, line in of_user if owner == user]

    def listening(self) -> set[tuple[str, int]]:
        """Address and port of everything that listens on the machine's network."""
        lines = self.run("ss", "-Htln").splitlines()
        pairs = [line.split()[3].rsplit(":", 1) for line in lines]
        return {(address, int(port)) for address, port in pairs}

    @contextlib.contextmanager
    def network(self) -> Iterator[None]:
        """This thread's new sockets belong to the machine's network."""
        libc = ctypes.CDLL(None, use_errno=True)
        with (
            pathlib.Path("/proc/thread-self/ns/net").open("rb") as home,
            pathlib.Path(f"/proc/{self.holder.pid}/ns/net").open("rb") as there,
        ):
            assert libc.setns(there.fileno(), 0) == 0
            try:
                yield
            finally:
                assert libc.setns(home.fileno(), 0) == 0


@contextlib.contextmanager
def machine(folder: pathlib.Path) -> Iterator[Machine]:
    """A machine; afterwards nothing of it is left."""
    unshare = shutil.which("unshare")
    assert unshare, "unshare is missing: apt-get install util-linux"
    own = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    command = [unshare, *own, STAND_INS / "machine.sh", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        made = Machine(holder)
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "ready\n", "the namespaces could not be made"
            yield made
        finally:
            holder.kill()
            for process in made.services:
                process.wait(timeout=60)
