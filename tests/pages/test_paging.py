"""Long lists in pages: every row on one of them, the page in the URL, another choice begins at the first page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import county
from store import open_store
from tests.pages.conftest import Opener
from ui import overview_parts, paging

TOWNS, MONTH = 3, f"{county.LAST_YEAR}-12"
FIGURES = 12 * len(county.INDICATORS)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("county") / "reports.db")
    county.fill(open_store(place), TOWNS, 1)
    return place


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_all_figures_of_a_town_stand_on_its_pages_once(opened: Opener, place: str) -> None:
    app = opened(place, "town", town=county.TOWNS[1], period=MONTH)
    assert any(f"（{FIGURES} 条）" in head.value for head in app.header)
    rows = []
    for _ in range(FIGURES // paging.ROWS + 1):
        table = app.dataframe[0].value
        assert len(table) <= paging.ROWS
        rows += list(zip(table["指标"], table["时段"], strict=True))
        if not app.button(key="page-下一页").disabled:
            press(app, "page-下一页")
    assert len(rows) == len(set(rows)) == FIGURES


def test_another_town_begins_at_its_first_page(opened: Opener, place: str) -> None:
    app = opened(place, "town", town=county.TOWNS[0], period=MONTH, page="3")
    assert any("第 3 / 15 页" in text.value for text in app.markdown)
    press(app, "step-right")
    assert "page" not in app.query_params
    assert any("第 1 / 15 页" in text.value for text in app.markdown)


def test_a_sentence_opens_over_the_page_that_is_seen(opened: Opener, place: str) -> None:
    app = opened(place, "town", town=county.TOWNS[0], period=MONTH, page="2")
    gauge = next(button for button in app.button if str(button.key).startswith("gauge-"))
    gauge.click().run()
    assert "record" in app.query_params
    assert app.query_params["page"] == "2"


def test_a_page_of_alerts_opens_its_first_row_and_a_link_to_one_finds_its_page(opened: Opener, place: str) -> None:
    app = opened(place, "alerts", period=MONTH)
    first = app.header[0].value
    press(app, "page-下一页")
    assert app.header[0].value != first
    assert app.dataframe[0].value["乡镇"].str.startswith("▶").tolist().index(True) == 0
    town, indicator = app.dataframe[0].value[["乡镇", "指标"]].iloc[7].str.removeprefix("▶ ")
    linked = opened(place, "alerts", period=MONTH, finding=f"{town}|{indicator}|{MONTH}")
    assert linked.dataframe[0].value["乡镇"].iloc[7] == f"▶ {town}"
    assert linked.header[0].value.startswith(f"{town} · {indicator}　")


def test_the_heat_map_shows_some_indicators_at_a_time_and_all_of_them_in_turn(opened: Opener, place: str) -> None:
    app = opened(place, period=MONTH)
    seen = list(app.dataframe[1].value.columns)
    assert len(seen) == overview_parts.MAP_COLUMNS
    while not app.button(key="columns-下一页").disabled:
        press(app, "columns-下一页")
        seen += list(app.dataframe[1].value.columns)
    assert sorted(seen) == sorted(county.INDICATORS)
    assert len(app.dataframe[0].value) == TOWNS, "the towns stay"


@pytest.mark.parametrize("asked", ["0", "-1", "999", "x", "二", "2.5"])
def test_a_page_that_is_none_shows_one_that_is(asked: str, opened: Opener, place: str) -> None:
    app = opened(place, "town", town=county.TOWNS[0], period=MONTH, page=asked)
    assert not app.exception
    assert len(app.dataframe[0].value) > 0
