"""How quick and how light the pages are, in Chromium on this machine: goals beside what was measured.

    python -m benchmarks.pages [--records 20000 | --store FILE] [--repeat 5]

Starts the app on a store of its own (the sample reports, or generated ones as far as ``--records``), or on a copy of
``--store``. Times are medians of ``--repeat``; the load of the machine stands above the table, as times mean nothing
without it. The exit status is 0 whatever was measured: a slow machine is no fault of the pages.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import subprocess
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import run
from benchmarks.generator import generate
from benchmarks.started import started
from extract import find
from extract.models import Document
from store import Store, open_store
from ui import navigation, samples

SCREEN = {"width": 1366, "height": 768}
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
GAUGE = ".js-plotly-plot .indicatorlayer .number"
ROW_PX, HEAD_PX = 28, 38
PATIENCE_MS = 60_000
TOWN_CHANGES = 20
RERUN_KEY = "r"


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table: what, how much at most (or at least), what came out, and the unit of both."""

    name: str
    limit: float
    measured: float
    unit: str = ""
    at_least: bool = False

    def line(self) -> str:
        """``| 首屏 | ≤ 1.5 s | 0.9 s | 是 |``, as Markdown."""
        met = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        sign = "≥" if self.at_least else "≤"
        return f"| {self.name} | {sign} {self.limit:g} {self.unit} | {self.measured:.3g} {self.unit} | {_yes(met)} |"


def _yes(met: bool) -> str:
    return "yes" if met else "**no**"


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

    def server_seconds(self) -> float:
        """From the first message that the browser sent to the last that it got."""
        return max(at for at, _ in self.messages) - min(self.sent)


def filled(store: Store, records: int) -> None:
    """The sample reports, and generated ones until the store holds that many records."""
    samples.load(store)
    for seed in range(1, 10_000):
        if store.count_records() >= records:
            return
        for report in generate(seed, 20, "report"):
            found = find(Document(name=f"{seed}-{report.name}", text=report.text))
            store.save_report(found, f"{seed}{report.text}".encode(), who="基准")


def settle(page: Page) -> None:
    """Wait until the app has nothing more to draw."""
    page.wait_for_selector(RESTING)
    page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")


def opened(context: BrowserContext) -> Page:
    """A new page that waits long."""
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def first_chart(browser: Browser, address: str, repeat: int) -> list[Goal]:
    """Seconds from the link to a town's first gauge: with an empty cache, and with the files already there."""
    cold, warm = [], []
    for _ in range(repeat):
        with browser.new_context(viewport=SCREEN, locale="zh-CN") as context:  # type: ignore[arg-type]
            page = opened(context)
            for times in (cold, warm):
                times.append(_seconds_to_gauge(page, address))
                settle(page)
                page.goto("about:blank")
    return [Goal("first chart, cold", 4, median(cold), "s"), Goal("first chart, warm", 1.5, median(warm), "s")]


def _seconds_to_gauge(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(f"{address}/town")
    page.wait_for_selector(GAUGE)
    return time.perf_counter() - start


def first_visit(browser: Browser, address: str) -> list[Goal]:
    """What the first visit of 总览 loads, and how many rows its screen holds below the head of the table."""
    with browser.new_context(viewport=SCREEN, locale="zh-CN") as context:  # type: ignore[arg-type]
        page = opened(context)
        wire = Wire(page)
        page.goto(address)
        page.wait_for_selector('[data-testid="stDataFrame"]')
        settle(page)
        page.wait_for_load_state("networkidle")
        top = page.locator('[data-testid="stDataFrame"]').first.bounding_box()
        rows = (SCREEN["height"] - (top["y"] if top else 0) - HEAD_PX) // ROW_PX
        loaded = wire.files + sum(size for _, size in wire.messages)
        return [
            Goal("first visit of 总览", 2.6, loaded / 1e6, "MB"),
            Goal("rows without scrolling", 14, rows, at_least=True),
        ]


WATCH = """() => {
  const near = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest('.js-plotly-plot');
  new MutationObserver((changes) => {
    if (changes.some((change) => near(change.target))) window.drawn = performance.now();
  }).observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
  document.addEventListener('click', () => { window.clicked = performance.now(); window.drawn = 0; }, true);
}"""


def town_changes(page: Page, wire: Wire, address: str) -> list[Goal]:
    """下一镇, again and again: seconds to the redrawn gauges, bytes sent, seconds of the server."""
    page.goto(f"{address}/town")
    page.wait_for_selector(GAUGE)
    settle(page)
    page.evaluate(WATCH)
    seconds, sent, served = [], [], []
    for _ in range(TOWN_CHANGES):
        page.wait_for_selector(GAUGE)
        before = page.locator("h1").inner_text()
        wire.clear()
        page.locator(".st-key-step-right button").click()
        page.wait_for_function("(old) => document.querySelector('h1')?.innerText !== old && window.drawn", arg=before)
        settle(page)
        seconds.append(page.evaluate("() => window.drawn - window.clicked") / 1000)
        sent.append(sum(size for _, size in wire.messages) / 1000)
        served.append(wire.server_seconds())
    return [
        Goal("town change to redrawn figure, median", 0.6, median(seconds), "s"),
        Goal("town change to redrawn figure, 95 %", 1.0, quantiles(seconds, n=20)[-1], "s"),
        Goal("sent on a rerun of 乡镇", 30, median(sent), "KB"),
        Goal("message to last answer, town change", 0.15, median(served), "s"),
    ]


def reruns(page: Page, wire: Wire, address: str, repeat: int) -> list[Goal]:
    """Every page run again as it stands: seconds from the browser's message to the server's last."""
    goals = []
    for entry in navigation.existing():
        page.goto(f"{address}/{'' if entry.name == 'overview' else entry.name}")
        page.wait_for_selector(".st-key-navigation")
        settle(page)
        served = [_rerun(page, wire) for _ in range(repeat)]
        goals.append(Goal(f"message to last answer, {entry.title}", 0.15, median(served), "s"))
    return goals


def _rerun(page: Page, wire: Wire) -> float:
    page.wait_for_timeout(300)
    wire.clear()
    page.evaluate("() => document.activeElement?.blur()")
    page.keyboard.press(RERUN_KEY)
    for _ in range(int(PATIENCE_MS / 100)):
        page.wait_for_timeout(100)
        if wire.messages and page.locator(RESTING).count():
            break
    return wire.server_seconds()


def requests_elsewhere(page: Page, address: str) -> list[Goal]:
    """Requests to other hosts, over all pages."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for entry in navigation.existing():
        page.goto(f"{address}/{'' if entry.name == 'overview' else entry.name}")
        settle(page)
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    return [Goal("other hosts that were asked", 0, len(hosts - {run.ADDRESS}))]


def measured(place: Path, repeat: int) -> list[Goal]:
    """All goals on that store."""
    with started(place, subprocess.DEVNULL) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=run.chromium(), args=["--disable-gpu", "--no-first-run"])
        goals = [*first_chart(browser, address, repeat), *first_visit(browser, address)]
        with browser.new_context(viewport=SCREEN, locale="zh-CN") as context:  # type: ignore[arg-type]
            page = opened(context)
            wire = Wire(page)
            goals += town_changes(page, wire, address)
            goals += reruns(page, wire, address, repeat)
            goals += requests_elsewhere(page, address)
        browser.close()
    return goals


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    cli.add_argument("--records", type=int, default=0, help="generate reports until the store holds as many")
    cli.add_argument("--store", type=Path, help="a SQLite store to measure a copy of")
    cli.add_argument("--repeat", type=int, default=5)
    options = cli.parse_args(arguments)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "reports.db"
        if options.store:
            shutil.copy(options.store, place)
        store = open_store(str(place))
        if not options.store:
            filled(store, options.records)
        load = os.getloadavg()[0]
        goals = measured(place, options.repeat)
        print(f"{store.count_records():,} records; {os.cpu_count()} cores, load {load:.1f} to {os.getloadavg()[0]:.1f}")
    print("| | goal | measured | met |\n| --- | --- | --- | --- |")
    print("\n".join(goal.line() for goal in goals))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
