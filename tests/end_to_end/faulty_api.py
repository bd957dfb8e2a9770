"""A source system that misbehaves: serves a feed folder over HTTP, but for one planned fault.

    with FaultyApi(folder, {"/v1/visits": no_such_page}) as api:
        retailsim("extract", "--api", api.url, …)

A fault is a function of the request handler; it answers in place of the feed. What was asked,
with the headers, is kept in `api.requests`.
"""

import contextlib
import gzip
import http.server
import json
import pathlib
import threading
import urllib.parse
from collections.abc import Callable

NDJSON = "application/x-ndjson"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        api: FaultyApi = self.server.api
        url = urllib.parse.urlsplit(self.path)
        api.requests.append((self.path, dict(self.headers)))
        fault = api.faults.get(url.path)
        # A client may hang up on an answer it does not like.
        with contextlib.suppress(ConnectionError):
            (fault or feed_answer)(self)

    def log_message(self, *_) -> None:
        pass

    def rows(self) -> bytes:
        """The rows that were asked for, all in one page."""
        url = urllib.parse.urlsplit(self.path)
        feed_date = urllib.parse.parse_qs(url.query).get("from", [None])[0]
        table = self.server.api.tables[url.path]
        folder: pathlib.Path = self.server.api.folder
        file = folder / table / f"{feed_date}.ndjson" if feed_date else folder / f"{table}.ndjson"
        return file.read_bytes()

    def answer(self, body: bytes, status: int = 200, kind: str = NDJSON, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


Fault = Callable[[Handler], None]


class FaultyApi:
    def __init__(self, folder: pathlib.Path, faults: dict[str, Fault]):
        self.folder, self.faults = folder, faults
        self.requests: list[tuple[str, dict[str, str]]] = []
        manifest = json.loads((folder / "manifest.json").read_text())
        self.tables = {f"/v1/{table}s": table for table in manifest["tables"]}
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.api = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(urllib.parse.urlsplit(each).path == path for each, _ in self.requests)


def feed_answer(handler: Handler) -> None:
    if handler.path == "/v1/manifest":
        manifest = (handler.server.api.folder / "manifest.json").read_bytes()
        handler.answer(manifest, kind="application/json")
    else:
        handler.answer(handler.rows())


# --- faults -----------------------------------------------------------------------------------


def status(code: int, body: str = "", **headers: str) -> Fault:
    return lambda handler: handler.answer(body.encode(), code, "text/plain", **headers)


def times(count: int, fault: Fault) -> Fault:
    """The fault `count` times, then the feed."""
    left = [count]

    def answer(handler: Handler) -> None:
        left[0] -= 1
        (fault if left[0] >= 0 else feed_answer)(handler)

    return answer


def short_body(handler: Handler) -> None:
    """A Content-Length that is never reached."""
    body = handler.rows()
    handler.answer(body[: len(body) // 2], Content_Length=str(len(body)))
    handler.close_connection = True


def cut_chunks(handler: Handler) -> None:
    """A chunked body without its last chunk."""
    body = handler.rows()
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    half = body[: len(body) // 2]
    handler.wfile.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")
    handler.close_connection = True


def silence(handler: Handler) -> None:
    """The connection ends without an answer."""
    handler.close_connection = True


def broken_gzip(handler: Handler) -> None:
    body = gzip.compress(handler.rows())
    handler.answer(body[:10] + bytes(20) + body[30:], Content_Encoding="gzip")


def mangled_line(handler: Handler) -> None:
    """One line of the page is no JSON; the page is as long as promised."""
    body = handler.rows()
    handler.answer(b"<" + body[1:])


def looping_cursor(handler: Handler) -> None:
    """Every page names the first one as the next."""
    handler.answer(handler.rows(), Link=f'<{handler.path}>; rel="next"')


def web_page(handler: Handler) -> None:
    handler.answer(b"<!doctype html><title>Welcome</title>", kind="text/html")
