"""A real Chromium and the started app: on sample reports, an empty store, 20,160 records, and one of a test's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import run
from benchmarks import county
from benchmarks.started import NotStartedError, started
from store import Store, open_store
from ui import first_run

SCREEN = {"width": 1366, "height": 768}
PATIENCE_MS = 60_000
QUIET = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)

# What fills a new store; None leaves it empty.
Fill = Callable[[Store], object] | None
Serve = Callable[[str, Fill], str]
# Towns and years of the large store: 20,160 records.
COUNTY = (14, 2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    missing = run.missing_for_browser()
    if missing:
        reason = f"没有{'、'.join(missing)}，请安装：sudo apt-get install {' '.join(run.BROWSER_PACKAGES)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=run.chromium(), args=list(QUIET))
        yield found
        found.close()


@pytest.fixture(scope="session")
def serve(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts the app on a new store of that name, filled or empty; gives its address."""
    with ExitStack() as servers:

        def start(name: str, fill: Fill) -> str:
            folder = tmp_path_factory.mktemp(name)
            if fill:
                fill(open_store(str(folder / "reports.db")))
            return servers.enter_context(_serving(folder))

        yield start


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    log = folder / "server.log"
    try:
        with log.open("w", encoding="utf-8") as out, started(folder / "reports.db", out, out) as address:
            yield address
    except NotStartedError:
        pytest.fail(f"The app did not start:\n{log.read_text(encoding='utf-8')}")
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def full_app(serve: Serve) -> str:
    return serve("full", first_run.prepare)


@pytest.fixture(scope="session")
def empty_app(serve: Serve) -> str:
    return serve("empty", None)


@pytest.fixture(scope="session")
def large_app(serve: Serve) -> str:
    return serve("large", lambda store: county.fill(store, *COUNTY))


@pytest.fixture
def requested() -> list[str]:
    """The addresses that the page of this test asked for."""
    return []


@pytest.fixture
def page(browser: Browser, requested: list[str]) -> Iterator[Page]:
    """A page of its own at the officials' screen size."""
    with browser.new_context(viewport=SCREEN, locale="zh-CN", accept_downloads=True) as context:  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", lambda request: requested.append(request.url))
        context.on("websocket", lambda socket: requested.append(socket.url))
        yield context.new_page()
