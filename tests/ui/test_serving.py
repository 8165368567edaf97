"""What the server sends: compressed once, the first page in Chinese, downloads and sockets untouched."""

from __future__ import annotations

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit.file_util
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from ui import serving

SCRIPT = b"const unit = '\xe4\xb8\x87\xe5\x85\x83';" * 500
PAGE = b'<html lang="en"><title>Streamlit</title><p>You need to enable JavaScript to run this app.</p></html>'
ANSWERS: dict[str, tuple[bytes, str]] = {
    "/": (PAGE, "text/html; charset=utf-8"),
    "/town": (PAGE, "text/html; charset=utf-8"),
    "/static/js/index.js": (SCRIPT, "application/javascript"),
    "/static/media/font.woff2": (SCRIPT, "font/woff2"),
    "/media/file.csv": (SCRIPT, "text/csv"),
}


class Behind:
    """An app that counts what it is asked, and compresses for whoever takes that, as Streamlit does."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        self.asked.append(path)
        content, kind = ANSWERS.get(path, (b"", ""))
        if path == "/town" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            content = gzip.compress(content)
        answer = Response(content, media_type=kind, headers={"etag": "old"}) if content else PlainTextResponse("", 404)
        await answer(scope, receive, send)


def _ask(app: serving.Compressed, path: str, **headers: str) -> tuple[int, Headers, bytes]:
    sent: list[Message] = []
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "headers": given}

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, app(scope, receive, send)).result()
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], Headers(raw=sent[0]["headers"]), body


@pytest.fixture
def app() -> serving.Compressed:
    return serving.Compressed(Behind())


@pytest.mark.parametrize("path", ["/", "/town"])
def test_the_first_page_is_chinese_and_never_taken_for_an_older_one(path: str, app: serving.Compressed) -> None:
    status, headers, body = _ask(app, path, accept_encoding="gzip, br")
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "accept-encoding")
    assert "etag" not in headers
    assert gzip.decompress(body).decode() == (
        '<html lang="zh-CN"><title>乡镇目标进度看板</title><p>请在浏览器中启用 JavaScript 后再打开。</p></html>'
    )


def test_a_script_is_compressed_once(app: serving.Compressed) -> None:
    answers = [_ask(app, "/static/js/index.js", accept_encoding="gzip") for _ in range(2)]
    assert app.app.asked == ["/static/js/index.js"]  # type: ignore[attr-defined]
    for _, headers, body in answers:
        assert int(headers["content-length"]) == len(body) < len(SCRIPT) / 10
        assert gzip.decompress(body) == SCRIPT


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/index.js", {}),
        ("/static/js/index.js", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/media/font.woff2", {"accept_encoding": "gzip"}),
        ("/media/file.csv", {"accept_encoding": "gzip"}),
    ],
)
def test_what_is_compressed_or_not_asked_compressed_goes_as_it_is(
    path: str, headers: dict[str, str], app: serving.Compressed
) -> None:
    _, given, body = _ask(app, path, **headers)
    assert "content-encoding" not in given
    assert body == SCRIPT


def test_what_is_not_there_is_not_kept(app: serving.Compressed) -> None:
    assert _ask(app, "/static/js/other.js", accept_encoding="gzip")[0] == 404
    assert app.kept == {}


def test_streamlits_first_page_says_what_is_replaced() -> None:
    with open(f"{streamlit.file_util.get_static_dir()}/index.html", "rb") as file:
        page = file.read()
    assert [words for words in serving.FIRST_PAGE if words not in page] == []


@pytest.mark.parametrize(("path", "links"), [("/", 0), ("/upload", 0), ("/town", 1), ("/county/timeline", 1)])
def test_pages_that_open_with_a_chart_load_its_script_ahead(
    path: str, links: int, app: serving.Compressed, monkeypatch: pytest.MonkeyPatch
) -> None:
    static = Path(streamlit.file_util.get_static_dir())
    monkeypatch.setitem(ANSWERS, path, ((static / "index.html").read_bytes(), "text/html"))
    page = gzip.decompress(_ask(app, path, accept_encoding="gzip")[2]).decode()
    found = re.findall(r'<link rel="modulepreload" href="\./([^"]+)"></head>', page)
    assert len(found) == links
    assert all((static / script).stat().st_size > 1_000_000 for script in found)
