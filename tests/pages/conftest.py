"""Stores for the pages: an empty one, and one with eight towns, ten indicators and two years."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from store import open_store
from tests.ui import factory

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard.py"
Opener = Callable[..., AppTest]


class Navigated(PagesManager):
    """The pages of a server in which the frame ran before.

    ``AppTest`` takes every run for the first one after a start; ``navigation.in_frame`` would begin each again, and
    Streamlit drops what the first try had said (a toast of a callback).
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        PagesManager.uses_pages_directory = False


@pytest.fixture(scope="session")
def full_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("full") / "reports.db")
    store = open_store(place)
    factory.fill(store)
    expected = factory.Figure(
        "固定资产投资", factory.Decimal("11.2"), "亿元", factory.Decimal("93.0"), status="expected"
    )
    made = factory.findings("石桥镇", 2025, 12, [expected])
    store.save_report(made, made.document.text.encode(), who="测试")
    return place


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on a million records run only where they are asked for."""
    if "large" in str(config.getoption("-m")):
        return
    for item in items:
        if item.get_closest_marker("large"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run it with -m large"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Opens a page of the app on a store, with query parameters, through the frame."""

    def open_page(place: str, page: str = "overview", /, **parameters: str) -> AppTest:
        monkeypatch.setenv("TOWN_PROGRESS_STORE", place)
        monkeypatch.setattr(app_test, "PagesManager", Navigated)
        app = AppTest.from_file(str(DASHBOARD), default_timeout=60).run()
        app.query_params.update(parameters)
        return app.switch_page(f"pages/{page}.py").run()

    return open_page
