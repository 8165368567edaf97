"""The same link gives the same view: after a change of page and Back, and in another session."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import screen
from ui import navigation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHOSEN = {"town": "石桥镇", "indicator": "固定资产投资", "period": "2024-06"}
# What each page must show of the choice; the others only carry it on.
SHOWN = {
    "overview": ("截至2024年6月",),
    "town": ("石桥镇：", "2024年6月"),
    "timeline": ("石桥镇固定资产投资", "2024年6月"),
    "yoy": ("固定资产投资：截至2024年6月",),
    "indicator": ("固定资产投资：", "2024年6月"),
    "alerts": ("截至2024年6月", "石桥镇"),
    "checks": ("2024年6月", "石桥镇"),
    "data": ("固定资产投资", "石桥镇", "2024年6月"),
}
PAGES = [entry.name for entry in navigation.existing()]
# All that is read and all that stands in fields, and what links to the other pages carry.
VIEW = """() => {
  const fields = [...document.querySelectorAll('input, textarea')].map(field => field.value);
  const ways = [...document.querySelectorAll('.st-key-navigation a')].map(link => link.getAttribute('href'));
  return [document.querySelector('[data-testid=stMain]').innerText, ...fields, ...ways].join('\\n');
}"""


def _view(page: Page) -> str:
    screen.settle(page)
    return str(page.evaluate(VIEW))


def _selection(address: str) -> dict[str, str]:
    query = parse_qs(urlsplit(address).query)
    return {key: query[key][0] for key in CHOSEN if key in query}


@pytest.mark.parametrize("name", PAGES)
def test_a_link_gives_the_same_view_after_back_and_to_somebody_else(name: str, full_app: str, page: Page) -> None:
    path = "" if name == PAGES[0] else name
    screen.visit(page, f"{full_app}/{path}?{urlencode(CHOSEN)}")
    first, address = _view(page), page.url
    assert [word for word in SHOWN.get(name, ()) if word not in first] == []
    others = [entry for entry in navigation.existing()[1:] if entry.name != name]
    screen.turn_to(page, others[PAGES.index(name) % len(others)].title)
    assert _selection(page.url) == CHOSEN
    page.go_back()
    page.wait_for_url(address)
    page.wait_for_function("([view, first]) => eval(view)() === first", arg=[f"({VIEW})", first])
    theirs = page.context.new_page()
    screen.visit(theirs, address)
    assert _view(theirs) == first
