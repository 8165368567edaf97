"""How near things are, counted by doing them: clicks from the start page to a town's gauges, to its sentence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Locator, Page, Request

import run
from benchmarks.pages.goals import Goal
from benchmarks.pages.wire import GAUGE, HEAD_PX, ROW_PX, TABLE, places, settle, visit
from benchmarks.pages.words import foreign

# Where the name of the first town stands in the table of 总览, from its left edge.
TOWN_PX = 180
MARKED = '[role="dialog"] .evidence mark'


class Hand:
    """A person who clicks; the clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, target: Locator) -> None:
        """One click on something that is on the page."""
        target.click()
        self.clicks += 1

    def click_at(self, target: Locator, right: float, down: float) -> None:
        """One click on a place of something that is drawn, so many pixels from its upper left corner."""
        box = target.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + right, box["y"] + down)
        self.clicks += 1

    def put(self, files: list[Path]) -> None:
        """Choose files in the field for them, which is one step."""
        self.page.locator('input[type="file"]').first.set_input_files(files)
        self.clicks += 1


def ways(page: Page, address: str) -> list[Goal]:
    """Clicks from 总览 to a town's gauges, none where the link names the town, and from a gauge to its sentence."""
    visit(page, address)
    hand = Hand(page)
    hand.click_at(page.locator(TABLE).first, TOWN_PX, HEAD_PX + ROW_PX // 2)
    page.wait_for_selector(GAUGE)
    to_gauges, town = hand.clicks, page.locator("h1").inner_text().partition("：")[0]
    visit(page, f"{address}/town?town={quote(town)}")
    page.wait_for_selector(GAUGE)
    hand.clicks = 0
    hand.click(page.get_by_role("button", name="查看原文").first)
    page.wait_for_selector(MARKED)
    return [
        Goal("clicks to a town's gauges", 1, to_gauges),
        Goal("clicks to a town's gauges by link", 0, 0),
        Goal("clicks from a gauge to its sentence", 1, hand.clicks),
    ]


def steps(page: Page, address: str, files: list[Path]) -> list[Goal]:
    """Steps from files on one's own disk to the first chart of what they say: to 上传, choose, to the town."""
    visit(page, address)
    hand = Hand(page)
    hand.click(page.locator(".st-key-navigation").get_by_role("link", name="上传"))
    page.wait_for_url("**/upload**")
    settle(page)
    hand.put(files)
    onward = page.locator("main, [data-testid=stMain]").get_by_role("link", name="看", exact=False).first
    onward.wait_for()
    settle(page)
    hand.click(onward)
    page.wait_for_selector(GAUGE)
    return [Goal("steps from files to the first chart", 3, hand.clicks)]


def on_every_page(page: Page, address: str) -> list[Goal]:
    """Words in Latin letters on all pages, and other hosts that these asked."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    words = []
    for _, place in places(address):
        visit(page, place)
        page.wait_for_load_state("networkidle")
        words += foreign(page)
    page.remove_listener("request", note)
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    return [Goal("English words visible", 0, len(words)), Goal("other hosts asked", 0, len(hosts - {run.ADDRESS}))]
