"""Every page at the officials' screen size: no error, nothing cut off, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import run
from benchmarks.pages.speed import MOST_KB
from benchmarks.pages.wire import Wire
from benchmarks.pages.words import foreign
from tests.browser import screen
from tests.browser.conftest import Serve
from ui import navigation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [entry.name for entry in navigation.existing()]
WRONG = re.compile(
    r"\b(error|exception|traceback|warning|failed|not found|undefined|nan|none|null|nat|invalid|oops)\b", re.IGNORECASE
)
# The impacts of axe-core's rules that no page may have a fault of; Streamlit's own pages have none either.
GRAVE = ("serious", "critical")
TOO_WIDE = """() => ['stMain', 'stApp'].map(id => document.querySelector(`[data-testid=${id}]`))
    .concat(document.documentElement).filter(part => part.scrollWidth > part.clientWidth + 1).length"""


def _path(name: str) -> str:
    """Where a page answers: the first one at the root."""
    return "" if name == PAGES[0] else name


def _looks_right(page: Page) -> None:
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    shown = screen.words(page)
    assert WRONG.findall(shown) == [], shown
    assert len(re.findall(r"[一-鿿]", shown)) > 20, shown
    assert page.evaluate(TOO_WIDE) == 0, "something reaches beyond the right edge"
    assert foreign(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_reports_looks_right(name: str, full_app: str, page: Page) -> None:
    screen.visit(page, f"{full_app}/{_path(name)}")
    _looks_right(page)
    expect(page.get_by_text("清除演示数据")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in GRAVE] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_reports_looks_right(name: str, empty_app: str, page: Page) -> None:
    screen.visit(page, f"{empty_app}/{_path(name)}")
    _looks_right(page)
    icons = page.locator('[translate="no"]').all_inner_texts()
    assert [icon for icon in icons if not icon.isascii()] == [], "the name of an icon was taken for a word"
    expect(page.get_by_text("清除演示数据")).to_have_count(0)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_many_records_looks_right_and_sends_little_when_it_runs_again(
    name: str, large_app: str, page: Page
) -> None:
    wire = Wire(page)
    screen.visit(page, f"{large_app}/{_path(name)}")
    _looks_right(page)
    wire.clear()
    page.keyboard.press("r")
    page.wait_for_timeout(300)
    screen.settle(page)
    assert wire.sent, "the page did not run again"
    assert wire.received_kb() <= MOST_KB


def test_nothing_is_asked_of_another_host(full_app: str, page: Page, requested: list[str]) -> None:
    screen.visit(page, full_app)
    for entry in navigation.existing()[1:]:
        screen.turn_to(page, entry.title)
    assert len(requested) > 20
    assert {urlsplit(address).hostname for address in requested if not address.startswith(("data:", "blob:"))} == {
        run.ADDRESS
    }


def test_the_navigation_leads_to_every_page(full_app: str, page: Page) -> None:
    screen.visit(page, full_app)
    for entry in navigation.existing()[1:]:
        screen.turn_to(page, entry.title)
        assert Path(urlsplit(page.url).path).name == entry.name
        _looks_right(page)


def test_the_name_of_the_start_page_leads_to_it_with_the_selection(full_app: str, page: Page) -> None:
    screen.visit(page, f"{full_app}/{PAGES[0]}?period=2024-09")
    expect(page.get_by_role("heading", level=1)).to_contain_text("截至2024年9月")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert urlsplit(page.url).path == "/"


@pytest.mark.parametrize(("address", "wide"), [("?print=1", False), ("town?print=1", False), ("?print=bulletin", True)])
def test_a_print_view_fits_on_a4(address: str, wide: bool, full_app: str, page: Page) -> None:
    page.goto(f"{full_app}/{address}&period=2024-09")
    expect(page.locator(".sheet table").first).to_be_visible()
    screen.settle(page)
    _looks_right(page)
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="打印").click()
    page.wait_for_function("() => window.printed")
    sizes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    upright, lying = (210, 297), (297, 210)
    found = [tuple(round(float(edge) * 25.4 / 72) for edge in size) for size in sizes]
    assert (found[0], lying in found) == (upright, wide)
    assert set(found) <= {upright, lying}
    page.emulate_media(media="print")
    assert page.locator(".st-key-print-bar").is_hidden()
    cut = "() => [...document.querySelectorAll('.sheet table')].some(t => t.scrollWidth > t.clientWidth + 1)"
    assert not page.evaluate(cut)


def test_an_unknown_address_is_told_in_chinese(full_app: str, page: Page) -> None:
    screen.visit(page, f"{full_app}/nothing-here")
    expect(page.get_by_role("dialog")).to_contain_text("没有这个页面")
    _looks_right(page)


def test_the_browser_knows_that_the_page_is_chinese(full_app: str, page: Page) -> None:
    screen.visit(page, f"{full_app}/upload")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    uploader = page.locator('[data-testid="stFileUploader"]').first
    assert re.findall("[A-Za-z]{3,}", uploader.inner_text().replace("upload", "")) == []
    assert page.get_by_text("per file").count() == 0


def test_the_first_link_after_a_start_shows_the_page_in_its_frame(serve: Serve, page: Page) -> None:
    address = serve("first-link", None)
    screen.visit(page, f"{address}/{PAGES[-1]}?town=柳溪镇")
    expect(page.locator(".st-key-navigation").get_by_role("link")).to_have_count(len(PAGES))
