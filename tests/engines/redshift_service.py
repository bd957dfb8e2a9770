"""Stands in for the Redshift Data API: takes its requests, and runs their SQL on PostgreSQL.

Every request has to fit the service model of botocore, and its signature has to be that of the key.
A batch is one transaction, as in Redshift, and writers wait for each other. COPY reads the manifest
and the objects it names, and nothing else. What goes wrong is asked for by `Faults`.
"""

import contextlib
import http.server
import io
import json
import re
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import botocore.loaders
import botocore.model
import botocore.validate
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import sqlglot
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from sqlglot import exp

MODEL = botocore.model.ServiceModel(
    botocore.loaders.Loader().load_service_model("redshift-data", "service-2"), "redshift-data"
)
COPY = re.compile(
    r"COPY (?P<table>\w+\.\S+)\nFROM 's3://(?P<manifest>[^']+)'\n"
    r"IAM_ROLE (?:default|'arn:aws:iam::\d{12}:role/[\w/-]+')\nFORMAT AS PARQUET\nMANIFEST"
)
# Redshift's clock of whole seconds, but without waiting for it.
GETDATE = """
CREATE SEQUENCE public.seconds;
CREATE FUNCTION public.getdate() RETURNS timestamp LANGUAGE sql AS
$$ SELECT timestamp '2026-01-01' + nextval('public.seconds') * interval '1 second' $$
"""


@dataclass
class Faults:
    """What goes wrong, once each. Numbers count from 1."""

    busy: int = 0  # so many requests are turned away first
    fail_batch: int = 0  # the batch of this number fails at its last statement
    conflict_batch: int = 0  # … because of another transaction
    die_at_copy: int = 0  # the service dies inside the batch of this COPY
    die_after_batch: int = 0  # … when this batch is committed, before it has answered
    lose_answer: int = 0  # this batch is committed, and its answer never arrives
    slow: bool = False  # a statement is still running when first asked about


@dataclass
class Statement:
    status: str
    error: str = ""
    rows: list[tuple[Any, ...]] | None = None
    looks: int = 0


@dataclass
class Service:
    """One Data API in front of a database. `read` gives the bytes of bucket/key."""

    database: str  # what psycopg.connect() wants to know
    read: Callable[[str], bytes]
    access_key: str
    secret_key: str
    token: str = ""
    faults: Faults = field(default_factory=Faults)
    lock: threading.Lock = field(default_factory=threading.Lock)  # of the database

    def __post_init__(self) -> None:
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.problems: list[str] = []
        self.statements: dict[str, Statement] = {}
        self.ids: dict[str, str] = {}  # by client token
        self.batches = self.copies = 0
        self.open: psycopg.Connection | None = None
        self.is_dead = False

    # --- requests ----------------------------------------------------------------------

    def answer(self, handler: http.server.BaseHTTPRequestHandler, body: bytes) -> None:
        operation = handler.headers["X-Amz-Target"].removeprefix("RedshiftData.")
        request = json.loads(body)
        with self.lock:
            self.requests.append((operation, request))
            self.problems += problems_of(operation, request)
            self.problems += self.problems_of_signature(handler, body)
            if self.faults.busy > 0:
                self.faults.busy -= 1
                return send(handler, 400, {"__type": "ThrottlingException", "message": "slow down"})
            reply = getattr(self, f"do_{operation}")(request)
        if self.is_dead:
            return handler.connection.shutdown(socket.SHUT_RDWR)
        return send(handler, 200, reply)

    def problems_of_signature(
        self, handler: http.server.BaseHTTPRequestHandler, body: bytes
    ) -> list[str]:
        """Signs the request again, as botocore does."""
        given = handler.headers["Authorization"] or ""
        found = re.search(r"Credential=([^/]+)/\d{8}/([^/]+)/.*SignedHeaders=([^,]+),", given)
        if found is None:
            return ["not signed"]
        names = found[3].split(";")
        headers = {name: handler.headers[name] for name in names if name != "x-amz-date"}
        request = AWSRequest("POST", f"http://{handler.headers['Host']}/", headers, body)
        request.context["timestamp"] = handler.headers["X-Amz-Date"]
        signer = SigV4Auth(Credentials(self.access_key, self.secret_key), "redshift-data", found[2])
        request.headers["X-Amz-Date"] = handler.headers["X-Amz-Date"]
        canonical = signer.canonical_request(request)
        expected = signer.signature(signer.string_to_sign(request, canonical), request)
        problems = [] if f"Signature={expected}" in given else ["a wrong signature"]
        if found[1] != self.access_key:
            problems.append("another key")
        if not {"host", "x-amz-date", "x-amz-target"} <= set(names):
            problems.append(f"signs {names} only")
        if (handler.headers["X-Amz-Security-Token"] or "") != self.token:
            problems.append("another session token")
        return problems

    # --- operations --------------------------------------------------------------------

    def do_ExecuteStatement(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self.submit(request, [request["Sql"]])

    def do_BatchExecuteStatement(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        reply = self.submit(request, request["Sqls"], is_batch=True)
        if self.faults.lose_answer == self.batches:
            self.faults.lose_answer = 0
            raise ConnectionAbortedError
        self.is_dead |= self.faults.die_after_batch == self.batches
        return reply

    def do_DescribeStatement(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        statement = self.statements[request["Id"]]
        statement.looks += 1
        if self.faults.slow and statement.looks == 1:
            return {"Id": request["Id"], "Status": "STARTED"}
        reply = {"Id": request["Id"], "Status": statement.status}
        if statement.error:
            reply["Error"] = statement.error
        return {**reply, "HasResultSet": statement.rows is not None}

    def do_GetStatementResult(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        """Two rows a page."""
        rows = self.statements[request["Id"]].rows or []
        first = int(request.get("NextToken", 0))
        reply: dict[str, Any] = {
            "Records": [[as_field(value) for value in row] for row in rows[first : first + 2]],
            "TotalNumRows": len(rows),
        }
        return {**reply, "NextToken": str(first + 2)} if first + 2 < len(rows) else reply

    # --- SQL ---------------------------------------------------------------------------

    def submit(
        self, request: dict[str, Any], sqls: list[str], is_batch: bool = False
    ) -> dict[str, Any]:
        """Asked for twice with one token, it is done once."""
        token = request["ClientToken"]
        if token not in self.ids:
            self.batches += is_batch
            self.ids[token] = str(uuid.uuid4())
            self.statements[self.ids[token]] = self.run(sqls, is_batch)
        return {"Id": self.ids[token]}

    def run(self, sqls: list[str], is_batch: bool) -> Statement:
        rows = None
        try:
            with self.connection() as connection, connection.cursor() as cursor:
                for at, sql in enumerate(sqls, 1):
                    if is_batch and at == len(sqls):
                        self.fail_as_asked()
                    self.execute(cursor, sql)
                    if cursor.description:
                        rows = cursor.fetchall()
                if self.is_dead:
                    raise psycopg.Rollback
        except psycopg.Error as error:
            return Statement("FAILED", f"ERROR: {error}")
        return Statement("FINISHED", rows=rows)

    @contextlib.contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """A transaction, on a connection that is kept."""
        if self.open is None:
            self.open = psycopg.connect(self.database, autocommit=True, options="-c jit=off")
        with self.open.transaction():
            yield self.open

    def fail_as_asked(self) -> None:
        if self.faults.fail_batch == self.batches:
            self.faults.fail_batch = 0
            raise psycopg.OperationalError("Disk Full")
        if self.faults.conflict_batch == self.batches:
            self.faults.conflict_batch = 0
            raise psycopg.OperationalError("1023 DETAIL: Serializable isolation violation on table")

    def execute(self, cursor: psycopg.Cursor, sql: str) -> None:
        copy = COPY.fullmatch(sql)
        if copy:
            self.copy(cursor, copy["table"], copy["manifest"])
        elif sql.startswith("COPY"):
            raise psycopg.ProgrammingError(f"no COPY that Redshift would take: {sql}")
        else:
            cursor.execute(as_postgres(sql).encode())

    def copy(self, cursor: psycopg.Cursor, table: str, manifest: str) -> None:
        self.copies += 1
        for entry in json.loads(self.read(manifest))["entries"]:
            data = self.read(entry["url"].removeprefix("s3://"))
            if not entry["mandatory"] or entry["meta"]["content_length"] != len(data):
                raise psycopg.DataError(f"the manifest is wrong about {entry['url']}")
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as into:
                into.write(as_csv(pq.ParquetFile(io.BytesIO(data)).read()))
            cursor.execute(f"ANALYZE {table}")  # as COPY of Redshift does
            if self.faults.die_at_copy == self.copies:
                self.is_dead = True


def problems_of(operation: str, request: dict[str, Any]) -> list[str]:
    """What the service model of AWS says against a request."""
    shape = MODEL.operation_model(operation).input_shape
    report = botocore.validate.ParamValidator().validate(request, shape)
    problems = [f"{operation}: {report.generate_report()}"] if report.has_errors() else []
    for name, value in request.items():
        pattern = shape.members[name].metadata.get("pattern")
        if pattern and not re.fullmatch(pattern, value):
            problems.append(f"{operation}: {name} is {value}")
        most = shape.members[name].metadata.get("max")
        if most and len(value) > most:
            problems.append(f"{operation}: {name} is too long")
    return problems


def as_postgres(sql: str) -> str:
    """Without what only a cluster has: encodings, distribution, sort keys, refreshing of views."""
    if sql.startswith("CREATE MATERIALIZED VIEW"):
        tree = sqlglot.parse_one(sql, read="redshift")
        query = tree.expression.sql("postgres")
        return f"CREATE MATERIALIZED VIEW {tree.this.sql('postgres')} AS {query}"
    if not sql.startswith("CREATE TABLE"):
        return sql
    tree = sqlglot.parse_one(sql, read="redshift")
    tree.set("properties", None)
    for constraint in list(tree.find_all(exp.EncodeColumnConstraint)):
        constraint.parent.pop()
    return tree.sql("postgres", identify=True)


def as_csv(table: pa.Table) -> bytes:
    """By position, as COPY takes columns. Only a null is empty without quotes."""
    columns = [
        pc.cast(column, column.type.value_type)
        if pa.types.is_dictionary(column.type)
        else column.cast(pa.timestamp("us"))
        if pa.types.is_timestamp(column.type)
        else column
        for column in table.columns
    ]
    out = io.BytesIO()
    plain = pa.table(columns, names=table.column_names)
    pyarrow.csv.write_csv(plain, out, pyarrow.csv.WriteOptions(include_header=False))
    return out.getvalue()


def as_field(value: Any) -> dict[str, Any]:
    if value is None:
        return {"isNull": True}
    return {"longValue": value} if isinstance(value, int) else {"stringValue": str(value)}


def send(handler: http.server.BaseHTTPRequestHandler, status: int, reply: dict[str, Any]) -> None:
    body = json.dumps(reply).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/x-amz-json-1.1")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextlib.contextmanager
def serving(service: Service) -> Iterator[str]:
    """Serves it on loopback; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # an answer in one piece: no waiting for acknowledgements

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                service.answer(self, body)
            except ConnectionAbortedError:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            with service.lock:
                if service.open is not None:
                    service.open.close()
