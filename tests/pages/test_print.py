"""The print views of 总览, 乡镇 and the 通报: asked for by the URL, the same figures as on the page."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Opener


def _sheet(app: AppTest) -> str:
    assert not app.exception
    (sheet,) = [block.proto.body for block in app.get("html") if 'class="sheet"' in block.proto.body]
    return str(sheet)


def test_the_overview_lists_every_town_and_its_gaps(opened: Opener, full_place: str) -> None:
    sheet = _sheet(opened(full_place, "overview", period="2025-09", print="1"))
    title = opened(full_place, "overview", period="2025-09").title[0].value
    assert f"<h1>{title}</h1>" in sheet.replace("&#x27;", "'")
    first = sheet.split("<table")[1]
    assert first.count("<tr>") == 1 + 8
    assert "各指标与序时进度差（百分点）" in sheet


def test_the_overview_keeps_the_state_that_was_chosen(opened: Opener, full_place: str) -> None:
    sheet = _sheet(opened(full_place, "overview", period="2025-09", print="1", state="欠序时(黄)"))
    told = re.search(r"只列：▼ 欠序时\(黄\)，(\d+) 个", sheet)
    assert told
    assert sheet.split("<table")[1].count("<tr>") == 1 + int(told[1])


def test_a_town_prints_its_newest_figures_and_their_report(opened: Opener, full_place: str) -> None:
    sheet = _sheet(opened(full_place, "town", period="2025-09", town="石桥镇", print="1"))
    assert sheet.split("<table")[1].count("<tr>") == 1 + 10
    assert "数字出自：石桥镇2025年1-9月目标任务完成情况.txt。" in sheet


def test_the_bulletin_prints_what_was_chosen(opened: Opener, full_place: str) -> None:
    chosen = {"towns": "石桥镇,白沙乡,没有这个镇", "indicators": "固定资产投资", "area": "示例县"}
    sheet = _sheet(opened(full_place, "overview", period="2025-09", print="bulletin", **chosen))
    assert "<h1>关于示例县各乡镇截至2025年9月主要指标完成情况的通报</h1>" in sheet
    assert "范围：石桥镇、白沙乡，共 2 个。" in sheet
    assert sheet.count('<div class="wide">') == 4


def test_the_buttons_lead_there_and_back(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "town", period="2025-09", town="石桥镇")
    app.button(key="print-page").click().run()
    assert app.query_params["print"] == "1"
    app.button(key="leave-print").click().run()
    assert "print" not in app.query_params
    assert app.title[0].value.startswith("石桥镇：")
