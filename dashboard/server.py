"""Serves the dashboard: python dashboard/server.py --lake URI [--host ADDRESS] [--port NUMBER].

`retailsim dashboard` starts this. Nothing is sent anywhere but to the browsers that ask.
"""

import argparse
import gzip
import os
import pathlib
from typing import Any

from starlette.middleware import Middleware
from streamlit import App

Message = dict[str, Any]
PACKED = ("javascript", "css", "html", "json", "svg", "font/woff;")

# Dark enough for 4.5 : 1 on what lies below: remarks are in 60 % of the text's colour.
THEME = {
    "theme.primaryColor": "#005F95",
    "theme.light.primaryColor": "#005F95",
    "theme.light.textColor": "#111111",
    "theme.dark.primaryColor": "#56B4E9",
}


# Says where the server is. Otherwise a link to a page makes the browser guess, and log an error
# for each wrong guess.
WHERE = b"<script>window.__streamlit={BACKEND_BASE_URL:location.origin+'/'}</script></head>"


class Frontend:
    """Compresses the browser's part of Streamlit, once a file, and keeps it in memory.

    Streamlit leaves that to a proxy; without one, 10 MB go over the line where 3 would do.
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers") or [])
        path = scope.get("path", "")
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or not (path.startswith("/static/") or b"text/html" in headers.get(b"accept", b""))
            or b"gzip" not in headers.get(b"accept-encoding", b"")
            or b"range" in headers
            or (path.startswith("/static/") and b"if-none-match" in headers)
        ):
            await self.app(scope, receive, send)
            return
        if path not in self.kept:
            start, body = await self._whole_answer(scope, receive)
            kind = dict(start["headers"]).get(b"content-type", b"").decode()
            if start["status"] != 200 or not any(word in kind for word in PACKED):
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            if "html" in kind:
                path, body = "/", body.replace(b"</head>", WHERE, 1)  # one file for all pages
            self.kept[path] = (_packed_headers(start["headers"]), gzip.compress(body, 9))
        kept_headers, packed = self.kept[path]
        length = (b"content-length", str(len(packed)).encode())
        await send(
            {"type": "http.response.start", "status": 200, "headers": [*kept_headers, length]}
        )
        await send({"type": "http.response.body", "body": packed})

    async def _whole_answer(self, scope: Message, receive: Any) -> tuple[Message, bytes]:
        start: Message = {}
        pieces: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                pieces.append(message.get("body", b""))

        # Whole and plain, whatever the browser has already: what is in the page differs here.
        dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
        plain = [(k, v) for k, v in scope["headers"] if k not in dropped]
        await self.app({**scope, "headers": plain}, receive, collect)
        return start, b"".join(pieces)


def _packed_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    dropped = {b"content-length", b"vary", b"etag", b"last-modified"}
    kept = [(k, v) for k, v in headers if k.lower() not in dropped]
    return [*kept, (b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]


app = App(pathlib.Path(__file__).with_name("app.py"), middleware=[Middleware(Frontend)])


def main() -> None:
    parser = argparse.ArgumentParser(description="The dashboard of a lake")
    parser.add_argument("--lake", default="lake", help="a folder, file:/// or s3://bucket/prefix")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8501, help="port to listen on")
    options = parser.parse_args()
    os.environ["RETAILSIM_LAKE"] = options.lake
    print(f"dashboard of {options.lake} at http://{options.host}:{options.port}", flush=True)
    app.run(
        config={
            "server.address": options.host,
            "server.port": options.port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": False,
            "client.toolbarMode": "minimal",
            "client.showErrorDetails": "none",
            "logger.level": "warning",
            **THEME,
        }
    )


if __name__ == "__main__":
    main()
