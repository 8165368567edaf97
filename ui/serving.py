"""How the app goes over the wire: scripts and styles compressed once and kept, the first page in Chinese, charts ahead.

Streamlit sends them as they are and leaves compression to a proxy, which a county's machine does not have. What
pages need is loaded when the server starts, so that nobody's first look waits for it.
"""

from __future__ import annotations

import asyncio
import gzip
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import App, file_util

TITLE = "乡镇目标进度看板"
KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")
STATIC = "/static/"
# What goes through as it is: Streamlit's own routes, which it compresses itself, and downloads.
LEFT_ALONE = ("/_stcore/", "/media/", "/component/")
# Pages that open with a chart, and the script that draws it: with 4.7 MB by far the largest, and by itself the
# browser would ask for it only when everything else has run.
CHARTED = ("/town", "/timeline", "/yoy", "/indicator")
CHARTS = "static/js/PlotlyChart.*.js"
# Stands in Streamlit's first page -> what stands there instead.
FIRST_PAGE: dict[bytes, bytes] = {
    b'<html lang="en">': b'<html lang="zh-CN">',
    b"<title>Streamlit</title>": f"<title>{TITLE}</title>".encode(),
    b"You need to enable JavaScript to run this app.": "请在浏览器中启用 JavaScript 后再打开。".encode(),
}


@dataclass(slots=True)
class Answer:
    """A whole answer of the app: its first message with status and headers, and its content."""

    start: Message
    content: bytes

    @property
    def kind(self) -> str:
        """Its media type, ``text/html``; '' where it has none."""
        return Headers(raw=self.start["headers"]).get("content-type", "").partition(";")[0]


class Compressed:
    """Middleware that compresses what browsers load as a page: scripts and styles once, the first page each time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what is no page and no file of one goes through as it is."""
        if not _wanted(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        answer = self.kept.get(path) or await self._asked(scope, receive)
        if path.startswith(STATIC) and answer.start["status"] == 200:
            self.kept[path] = answer
        await send(answer.start)
        await send({"type": "http.response.body", "body": answer.content})

    async def _asked(self, scope: Scope, receive: Receive) -> Answer:
        """The answer of the app behind, mended and compressed where it can be."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, collect)
        start, *rest = messages
        answer = Answer(start, b"".join(message.get("body", b"") for message in rest))
        if start["status"] != 200 or not answer.kind.startswith(KINDS):
            return answer
        return await asyncio.to_thread(_packed, answer, scope["path"])


def _wanted(scope: Scope) -> bool:
    """Whether a request is for the first page or a file of it, by a browser that takes gzip."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(LEFT_ALONE):
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def _packed(answer: Answer, path: str) -> Answer:
    content, start = answer.content, dict(answer.start)
    headers = MutableHeaders(raw=list(start["headers"]))
    if answer.kind == "text/html":
        content = chinese(content)
        if path.endswith(CHARTED):
            content = ahead(content)
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
    content = gzip.compress(content, 9)
    headers["content-encoding"], headers["content-length"] = "gzip", str(len(content))
    headers.add_vary_header("accept-encoding")
    return Answer({**start, "headers": headers.raw}, content)


def chinese(page: bytes) -> bytes:
    """Streamlit's first page, said to be Chinese: its language, its title, its note to browsers without scripts."""
    for theirs, ours in FIRST_PAGE.items():
        page = page.replace(theirs, ours)
    return page


def ahead(page: bytes) -> bytes:
    """The first page, told to load the script that draws charts while the others run."""
    return page.replace(b"</head>", _charts_link() + b"</head>", 1)


@cache
def _charts_link() -> bytes:
    static = Path(file_util.get_static_dir())
    return b"".join(
        f'<link rel="modulepreload" href="./{path.relative_to(static).as_posix()}">'.encode()
        for path in static.glob(CHARTS)
    )


@asynccontextmanager
async def loaded(_: App) -> AsyncIterator[None]:
    """Import every module of the pages, and with them pandas and Plotly, when the server starts."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        import_module(f"ui.{module.name}")
    yield
