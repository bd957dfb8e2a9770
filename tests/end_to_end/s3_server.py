"""A real S3 server for the tests: versitygw, which tools/setup.sh builds.

It checks signatures, listens on 127.0.0.1 only, and keeps its objects in a folder of the test.
"""

import hashlib
import pathlib
import secrets
import socket
import ssl
import subprocess
import time

import pytest

VERSITYGW = pathlib.Path(__file__).resolve().parents[2] / "build" / "tools" / "versitygw"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class S3Server:
    """One process, and what it has stored; keys are made up anew each time."""

    def __init__(self, folder: pathlib.Path, certificate: pathlib.Path | None = None):
        self.folder = folder
        self.certificate = certificate
        self.port = free_port()
        self.access_key = "AKIA" + secrets.token_hex(8).upper()
        self.secret_key = secrets.token_hex(20)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"
        self.log = folder / "requests.log"
        (folder / "data").mkdir(parents=True)
        (folder / "users").mkdir()
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        keys = {"ROOT_ACCESS_KEY": self.access_key, "ROOT_SECRET_KEY": self.secret_key}
        command = [VERSITYGW, "--port", f"127.0.0.1:{self.port}", "--quiet"]
        command += ["--access-log", self.log, "--iam-dir", self.folder / "users"]
        if self.certificate:
            command += ["--cert", self.certificate, "--key", self.certificate.with_suffix(".key")]
        with (self.folder / "server.log").open("a") as output:
            self.process = subprocess.Popen(
                [*command, "posix", self.folder / "data"],
                env=keys,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
        for _ in range(200):
            if self.answers():
                return
            time.sleep(0.05)
        pytest.fail((self.folder / "server.log").read_text())

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                if self.certificate:
                    context = ssl.create_default_context(cafile=str(self.certificate))
                    context.wrap_socket(connection, server_hostname="127.0.0.1").close()
                return True
        except OSError:
            return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def env(self) -> dict[str, str]:
        """What the program is told; nothing of the outer environment may shine through."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_SESSION_TOKEN": "",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.url,
        }

    def files(self):
        """A pyarrow.fs.S3FileSystem; imported here because Airflow's tests have none."""
        from pyarrow import fs  # noqa: PLC0415

        return fs.S3FileSystem(
            access_key=self.access_key,
            secret_key=self.secret_key,
            endpoint_override=f"127.0.0.1:{self.port}",
            scheme="http",
            region="us-east-1",
            allow_bucket_creation=True,
        )

    @staticmethod
    def bucket_name() -> str:
        """One that no bucket has."""
        return "bucket-" + secrets.token_hex(6)

    def bucket(self) -> str:
        """The name of a new one."""
        name = self.bucket_name()
        self.files().create_dir(name)
        return name

    def keys(self, prefix: str) -> list[str]:
        """Below bucket/prefix, and relative to it."""
        from pyarrow.fs import FileSelector  # noqa: PLC0415

        found = self.files().get_file_info(FileSelector(prefix, recursive=True))
        return sorted(each.path[len(prefix) + 1 :] for each in found if each.is_file)

    def read(self, path: str) -> bytes:
        with self.files().open_input_stream(path) as stream:
            return stream.read()

    def objects(self, prefix: str) -> dict[str, str]:
        """SHA-256 of every Parquet object."""
        return {
            key: hashlib.sha256(self.read(f"{prefix}/{key}")).hexdigest()
            for key in self.keys(prefix)
            if key.endswith(".parquet")
        }

    def requests(self) -> list[tuple[str, str]]:
        """Operation and key of each request so far."""
        lines = [line.split() for line in self.log.read_text().splitlines()]
        return [(words[7], words[8]) for words in lines if len(words) > 8]

    def add_user(self) -> tuple[str, str]:
        """Keys that are valid, and have no right to anything."""
        user, secret = "nobody", secrets.token_hex(20)
        command = [VERSITYGW, "admin", "--endpoint-url", self.url, "create-user"]
        subprocess.run(
            [*command, "--access", user, "--secret", secret, "--role", "user"],
            env={"ADMIN_ACCESS_KEY": self.access_key, "ADMIN_SECRET_KEY": self.secret_key},
            check=True,
            capture_output=True,
        )
        return user, secret


@pytest.fixture(scope="session")
def s3(tmp_path_factory):
    server = S3Server(tmp_path_factory.mktemp("s3"))
    server.start()
    yield server
    server.stop()
