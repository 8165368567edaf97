"""Seconds and bytes: the first chart, the first visit, a change of town, every page run again."""

from __future__ import annotations

import time
from statistics import median, quantiles

from playwright.sync_api import Browser, Page

from benchmarks.pages.goals import Goal
from benchmarks.pages.wire import (
    GAUGE,
    HEAD_PX,
    PATIENCE_MS,
    RESTING,
    ROW_PX,
    SCREEN,
    TABLE,
    Wire,
    own_page,
    places,
    settle,
    visit,
)

TOWN_CHANGES = 20
RERUN_KEY = "r"
# A store of so many records or more may take longer to answer.
MANY, MOST_SECONDS, MOST_SECONDS_OF_MANY = 500_000, 0.15, 0.4
MOST_KB = 30

WATCH = """() => {
  const near = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest('.js-plotly-plot');
  new MutationObserver((changes) => {
    if (changes.some((change) => near(change.target))) window.drawn = performance.now();
  }).observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
  document.addEventListener('click', () => { window.clicked = performance.now(); window.drawn = 0; }, true);
}"""


def first_chart(browser: Browser, address: str, repeat: int) -> list[Goal]:
    """Seconds from the link to a town's first gauge: with an empty cache, and with the files already there."""
    cold, warm = [], []
    for _ in range(repeat):
        with own_page(browser) as page:
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
    with own_page(browser) as page:
        wire = Wire(page)
        visit(page, address)
        page.wait_for_load_state("networkidle")
        top = page.locator(TABLE).first.bounding_box()
        rows = (SCREEN["height"] - (top["y"] if top else 0) - HEAD_PX) // ROW_PX
        return [
            Goal("first visit of 总览", 2.6, wire.files / 1e6 + wire.received_kb() / 1e3, "MB"),
            Goal("rows without scrolling", 14, rows, at_least=True),
        ]


def town_changes(page: Page, wire: Wire, address: str, most: float) -> list[Goal]:
    """下一镇, again and again: seconds to the redrawn gauges, bytes sent, seconds of the server."""
    visit(page, f"{address}/town")
    page.wait_for_selector(GAUGE)
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
        sent.append(wire.received_kb())
        served.append(wire.server_seconds())
    return [
        Goal("town change to redrawn figure, median", 0.6, median(seconds), "s"),
        Goal("town change to redrawn figure, 95 %", 1.0, quantiles(seconds, n=20)[-1], "s"),
        Goal("sent on a town change", MOST_KB, median(sent), "KB"),
        Goal("server time of a town change", most, median(served), "s"),
    ]


def reruns(page: Page, wire: Wire, address: str, repeat: int, most: float) -> list[Goal]:
    """Every page run again as it stands: seconds from the browser's message to the server's last, and KB sent."""
    goals = []
    for title, place in places(address):
        visit(page, place)
        _rerun(page, wire)
        found = [_rerun(page, wire) for _ in range(repeat)]
        goals.append(Goal(f"server time of a rerun, {title}", most, median(seconds for seconds, _ in found), "s"))
        goals.append(Goal(f"sent on a rerun, {title}", MOST_KB, median(sent for _, sent in found), "KB"))
    return goals


def _rerun(page: Page, wire: Wire) -> tuple[float, float]:
    page.wait_for_timeout(300)
    wire.clear()
    page.evaluate("() => document.activeElement?.blur()")
    page.keyboard.press(RERUN_KEY)
    for _ in range(int(PATIENCE_MS / 100)):
        page.wait_for_timeout(100)
        if wire.messages and page.locator(RESTING).count():
            break
    return wire.server_seconds(), wire.received_kb()


def most_seconds(records: int) -> float:
    """How long the server may take for a run on a store of so many records."""
    return MOST_SECONDS if records < MANY else MOST_SECONDS_OF_MANY
