"""A page of the app in Chromium, and what comes over the wire to it."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from ui import navigation

SCREEN = {"width": 1366, "height": 768}
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
GAUGE = ".js-plotly-plot .indicatorlayer .number"
TABLE = '[data-testid="stDataFrame"]'
PATIENCE_MS = 60_000
# The head of a table and a row of it, as ui/overview_parts.py sets them.
HEAD_PX, ROW_PX = 38, 28


@contextmanager
def own_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nothing yet, at the officials' screen size."""
    with browser.new_context(viewport=SCREEN, locale="zh-CN") as context:  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


def places(address: str) -> Iterator[tuple[str, str]]:
    """The title of every page and where it answers."""
    for entry in navigation.existing():
        yield entry.title, f"{address}/{'' if entry.name == 'overview' else entry.name}"


def settle(page: Page) -> None:
    """Wait until the app has nothing more to draw."""
    page.wait_for_selector(RESTING)
    page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")


def visit(page: Page, address: str) -> None:
    """Open a page of the app and wait until it is drawn."""
    page.goto(address)
    page.wait_for_selector(".st-key-navigation")
    settle(page)


@dataclass(slots=True)
class Wire:
    """What comes over the wire to a page: bytes of files as transferred, and socket messages with their times.

    The browser tells messages unpacked; their size is what the server's compression (a window of 12 bits that goes
    on from message to message) makes of them.
    """

    page: Page
    files: int = 0
    packing: Any = field(default_factory=lambda: zlib.compressobj(wbits=-12, memLevel=5))
    messages: list[tuple[float, int]] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from now on."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: self._file(event))
        session.on("Network.webSocketFrameReceived", lambda event: self._message(event))
        session.on("Network.webSocketFrameSent", lambda event: self.sent.append(event["timestamp"]))

    def _file(self, event: dict) -> None:
        self.files += int(event["encodedDataLength"])

    def _message(self, event: dict) -> None:
        content = base64.b64decode(event["response"]["payloadData"])
        size = len(self.packing.compress(content) + self.packing.flush(zlib.Z_SYNC_FLUSH))
        self.messages.append((event["timestamp"], size))

    def clear(self) -> None:
        """Forget what came so far."""
        self.files = 0
        self.messages.clear()
        self.sent.clear()

    def received_kb(self) -> float:
        """What came over the socket, in KB."""
        return sum(size for _, size in self.messages) / 1000

    def server_seconds(self) -> float:
        """From the first message that the browser sent to the last that it got."""
        return max(at for at, _ in self.messages) - min(self.sent)
