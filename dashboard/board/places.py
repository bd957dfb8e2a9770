"""Where a lake lies: a folder or a bucket, read object by object.

Keys and addresses come as they come to the program: from the environment, else from `.env` in the
current folder, else from a profile or the role of the machine. They are never shown.
"""

import contextlib
import os
import pathlib
import urllib.parse
from collections.abc import Iterator
from typing import Any, Protocol

from dotenv import dotenv_values

ENVIRONMENT = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_CA_BUNDLE",
)


class LakeError(Exception):
    """What keeps the dashboard from showing data: what happened, and what to do about it.

    `message` and `advice` are keys of board/words.py; `facts` fill them in.
    """

    def __init__(self, message: str, advice: str, **facts: str) -> None:
        super().__init__(message)
        self.message, self.advice, self.facts = message, advice, facts


class Place(Protocol):
    """A lake's objects. A tag changes when the object does."""

    def read(self, path: str, tag: str | None = None) -> tuple[bytes, str] | None:
        """Bytes and tag; nothing when there is no such object, or its tag is still this one."""

    def folders(self, path: str) -> list[str]:
        """The names of the folders below `path`, sorted."""

    def files(self, path: str) -> list[str]:
        """The names of the objects right below `path`, sorted."""


class Folder:
    """A lake in a folder of this machine."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root

    def read(self, path: str, tag: str | None = None) -> tuple[bytes, str] | None:
        try:
            with (self.root / path).open("rb") as file:
                facts = os.fstat(file.fileno())
                found = f"{facts.st_ino}-{facts.st_mtime_ns}-{facts.st_size}"
                return None if found == tag else (file.read(), found)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._trouble(error) from error

    def folders(self, path: str) -> list[str]:
        return [each.name for each in self._inside(path) if each.is_dir()]

    def files(self, path: str) -> list[str]:
        return [each.name for each in self._inside(path) if each.is_file()]

    def _inside(self, path: str) -> list[pathlib.Path]:
        try:
            return sorted((self.root / path).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> LakeError:
        why = error.strerror or type(error).__name__
        return LakeError("cannot_read", "check_rights", place=str(self.root), why=why)


class Bucket:
    """A lake on S3, or on any server that speaks its protocol."""

    def __init__(self, uri: str, bucket: str, prefix: str) -> None:
        # Imported here: a lake in a folder needs no SDK, which takes half a second to load.
        import boto3  # noqa: PLC0415
        from botocore.config import Config  # noqa: PLC0415

        self.uri, self.bucket, self.prefix = uri, bucket, prefix
        settings = {**dotenv_values(".env"), **os.environ}
        given = {name: settings.get(name) or None for name in ENVIRONMENT}
        region = given["AWS_REGION"] or settings.get("AWS_DEFAULT_REGION") or "us-east-1"
        with self._words_for_errors():
            self.client = boto3.client(
                "s3",
                aws_access_key_id=given["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"],
                aws_session_token=given["AWS_SESSION_TOKEN"],
                region_name=region,
                endpoint_url=given["AWS_ENDPOINT_URL"],
                verify=given["AWS_CA_BUNDLE"],
                config=Config(
                    retries={"max_attempts": 3, "mode": "standard"},
                    connect_timeout=5,
                    read_timeout=20,
                    max_pool_connections=16,
                ),
            )

    def _key(self, path: str) -> str:
        return f"{self.prefix}/{path}" if self.prefix else path

    def read(self, path: str, tag: str | None = None) -> tuple[bytes, str] | None:
        from botocore.exceptions import ClientError  # noqa: PLC0415

        condition = {"IfNoneMatch": tag} if tag else {}
        try:
            with self._words_for_errors():
                answer = self.client.get_object(
                    Bucket=self.bucket, Key=self._key(path), **condition
                )
                return answer["Body"].read(), answer["ETag"]
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "304"}:
                return None
            raise self._trouble(error) from error

    def folders(self, path: str) -> list[str]:
        pages = self._pages(path)
        return sorted(
            each["Prefix"].rstrip("/").rsplit("/", 1)[-1]
            for page in pages
            for each in page.get("CommonPrefixes", [])
        )

    def files(self, path: str) -> list[str]:
        pages = self._pages(path)
        return sorted(
            each["Key"].rsplit("/", 1)[-1] for page in pages for each in page.get("Contents", [])
        )

    def _pages(self, path: str) -> list[dict[str, Any]]:
        from botocore.exceptions import ClientError  # noqa: PLC0415

        pages, more = [], {}
        while True:
            try:
                with self._words_for_errors():
                    page = self.client.list_objects_v2(
                        Bucket=self.bucket, Prefix=self._key(path) + "/", Delimiter="/", **more
                    )
            except ClientError as error:
                raise self._trouble(error) from error
            pages.append(page)
            if not page.get("IsTruncated"):
                return pages
            more = {"ContinuationToken": page["NextContinuationToken"]}

    @contextlib.contextmanager
    def _words_for_errors(self) -> Iterator[None]:
        """Of what went wrong before the server could answer."""
        from botocore import exceptions as of  # noqa: PLC0415

        try:
            yield
        except (
            of.NoCredentialsError,
            of.PartialCredentialsError,
            of.CredentialRetrievalError,
            of.ProfileNotFound,
        ) as error:
            raise LakeError("no_keys", "give_keys", place=self.uri) from error
        except of.ParamValidationError as error:
            raise LakeError("bad_address", "address_forms", place=self.uri) from error
        except (of.BotoCoreError, OSError, ValueError) as error:  # ValueError: a bad address
            raise LakeError("out_of_reach", "check_endpoint", place=self.uri) from error

    def _trouble(self, error: Any) -> LakeError:
        code = error.response["Error"]["Code"]
        facts = {"place": self.uri, "bucket": self.bucket, "code": code}
        if code == "NoSuchBucket":
            return LakeError("no_bucket", "make_bucket", **facts)
        if code == "InvalidBucketName":
            return LakeError("bad_address", "address_forms", **facts)
        if code in {"AccessDenied", "403", "Forbidden", "AllAccessDisabled"}:
            return LakeError("no_rights", "give_rights", **facts)
        if code in {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"}:
            return LakeError("wrong_keys", "give_keys", **facts)
        if code in {"PermanentRedirect", "AuthorizationHeaderMalformed", "301"}:
            return LakeError("wrong_region", "set_region", **facts)
        return LakeError("refused", "check_endpoint", **facts)


def place_of(uri: str) -> Place:
    """The place that a lake's address names, in the words of the program's --lake."""
    parts = urllib.parse.urlsplit(uri)
    if parts.scheme == "s3":
        if not parts.netloc:
            raise LakeError("bad_address", "address_forms", place=uri)
        return Bucket(uri, parts.netloc, parts.path.strip("/"))
    if parts.scheme == "file":
        return Folder(pathlib.Path(urllib.parse.unquote(parts.path)))
    if "://" in uri:
        raise LakeError("bad_address", "address_forms", place=uri)
    return Folder(pathlib.Path(uri))
