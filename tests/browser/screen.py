"""What a person does and sees on a page of the app."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

from ui import navigation

RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def settle(page: Page) -> None:
    """Wait until the app has nothing more to draw."""
    page.wait_for_selector(RESTING)
    page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")


def visit(page: Page, address: str) -> None:
    """Open an address and wait for the whole page."""
    page.goto(address)
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("数据")
    settle(page)


def turn_to(page: Page, title: str) -> None:
    """Click a page's title in the navigation."""
    name = next(entry.name for entry in navigation.existing() if entry.title == title)
    page.locator(".st-key-navigation").get_by_role("link", name=title).click()
    page.wait_for_url(lambda address: urlsplit(address).path == f"/{name}")
    settle(page)


def choose(page: Page, label: str, option: str, **parameter: str) -> None:
    """Choose from a select box by typing, as its list shows only some at once; the choice is then in the URL."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    (wanted,) = parameter.items()
    page.wait_for_url(lambda address: wanted in parse_qsl(urlsplit(address).query))
    settle(page)


def words(page: Page) -> str:
    """All text that the page shows."""
    return page.locator("body").inner_text()
