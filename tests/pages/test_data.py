"""数据 through the frame: filters in the URL, pages, one record corrected with its log, downloads, reports."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from store import open_store
from tests.pages.conftest import Opener
from ui import archive, paging

ALL = archive.Filters(None, None, None, None, None, None, None)


def table(app: AppTest) -> pd.DataFrame:
    """The table of the page."""
    return app.dataframe[0].value


def turned(app: AppTest, page: int) -> AppTest:
    """The same list at another page, by the URL."""
    app.query_params["page"] = str(page)
    return app.run()


def button(app: AppTest, label: str) -> Any:
    """The button of that label."""
    return next(one for one in app.button if one.label == label)


@pytest.fixture
def own_place(full_place: str, tmp_path: Path) -> str:
    """A copy of the full store that a test may change."""
    copy = tmp_path / "reports.db"
    open_store(full_place).backup(copy)
    return str(copy)


def test_an_empty_store_offers_the_action_that_fills_it(opened: Opener, tmp_path: Path) -> None:
    app = opened(str(tmp_path / "reports.db"), "data")
    assert not app.exception
    assert app.title[0].value == "还没有数据"
    assert [found.label for found in app.button] == ["载入演示数据"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"town": "石桥镇"}, {"towns": ["石桥镇"]}),
        ({"indicator": "固定资产投资"}, {"indicators": ["固定资产投资"]}),
        ({"period": "2025-06"}, {"period_from": "2025-06", "period_to": "2025-06"}),
        ({"status": "expected"}, {"statuses": ["expected"]}),
        ({"review": "accepted"}, {"reviews": ["accepted"]}),
        ({"q": "拆除违法建筑"}, {"text": "拆除违法建筑"}),
        ({"report": "3"}, {"report_id": 3}),
        ({"town": "没有这个镇"}, {"towns": ["没有这个镇"]}),
        ({"town": "石桥镇", "q": "投资", "period": "2024-12"}, None),
    ],
    ids=str,
)
def test_the_url_filters(
    opened: Opener, full_place: str, parameters: dict[str, str], expected: dict[str, Any] | None
) -> None:
    """The page counts what the store finds; a filter that finds nothing can be seen and cleared."""
    app = opened(full_place, "data", **parameters)
    store = open_store(full_place)
    wanted = expected or {
        "towns": ["石桥镇"],
        "text": "投资",
        "period_from": "2024-12",
        "period_to": "2024-12",
    }
    count = store.count_records(**wanted)
    assert any(f"共 **{count:,}** 条" in part.value for part in app.markdown)
    assert len(table(app)) == min(count, paging.ROWS) if count else not app.dataframe
    button(app, "清除条件").click().run()
    assert any(f"共 **{store.count_records():,}** 条" in part.value for part in app.markdown)


def test_a_choice_in_a_box_is_written_into_the_url_and_starts_at_page_one(opened: Opener, full_place: str) -> None:
    """So the link gives the same view."""
    app = turned(opened(full_place, "data"), 3)
    assert len(table(app)) == paging.ROWS
    next(box for box in app.selectbox if box.label == "乡镇").select("云岭镇").run()
    assert app.query_params["town"] == "云岭镇"
    assert "page" not in app.query_params
    assert set(table(app)["乡镇"]) == {"云岭镇"}


def test_pages_follow_each_other_without_gap(opened: Opener, full_place: str) -> None:
    """Newest first; the last page has the rest; a page beyond the end is the last one."""
    total = open_store(full_place).count_records()
    app = opened(full_place, "data")
    seen = list(table(app)["编号"])
    while not button(app, "下一页").disabled:
        button(app, "下一页").click().run()
        seen += list(table(app)["编号"])
    assert len(seen) == total
    assert seen == sorted(set(seen), reverse=True)
    last = list(table(app)["编号"])
    assert list(table(turned(app, 999))["编号"]) == last


def test_a_record_is_corrected_logged_and_put_back(opened: Opener, own_place: str) -> None:
    """The sentence, the form, the log with old and new value, the undo."""
    store = open_store(own_place)
    before = store.record_row(5)
    app = opened(own_place, "data", open="5")
    assert before["indicator"] in app.title[0].value
    assert any("<mark" in part.proto.body for part in app.get("html"))
    next(one for one in app.text_input if one.label == "数值").set_value("99.50")
    next(one for one in app.text_input if one.label == "更正原因").set_value("与原件核对")
    button(app, "更正").click().run()
    assert (store.record_row(5)["value_text"], store.record_row(5)["review"]) == ("99.50", "corrected")
    line = table(app).iloc[0]
    assert (line["内容"], line["原值"], line["新值"], line["原因"]) == (
        "数值",
        before["value_text"],
        "99.50",
        "与原件核对",
    )
    button(app, "撤销上一步").click().run()
    assert store.record_row(5) == before
    button(app, "返回列表").click().run()
    assert "open" not in app.query_params


def test_a_change_of_another_day_is_taken_back_from_the_log(opened: Opener, own_place: str) -> None:
    """By whoever sees it; the log tells that it was taken back, and that cannot be taken back again."""
    store = open_store(own_place)
    before = store.record_row(5)["unit"]
    store.correct_record(5, {"unit": "万元"}, who="李雷")
    app = opened(own_place, "data", open="5")
    button(app, "撤销最近一次改动").click().run()
    assert store.record_row(5)["unit"] == before
    assert list(table(app)["说明"]) == ["撤销了一次改动", "已被撤销"]
    assert button(app, "撤销最近一次改动").disabled


def test_a_rejected_record_can_be_found_and_restored(opened: Opener, own_place: str) -> None:
    """It is hidden until the filter asks for it."""
    store = open_store(own_place)
    store.reject_record(5, who="测试")
    app = opened(own_place, "data", review="rejected")
    assert list(table(app)["编号"]) == [5]
    app = opened(own_place, "data", open="5")
    button(app, "恢复").click().run()
    assert store.record_row(5)["review"] == "read"


def test_csv_opens_right_and_holds_every_row(opened: Opener, full_place: str) -> None:
    """BOM, Chinese column names, right numbers, all pages."""
    opened(full_place, "data")
    content = archive.to_csv(ALL)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = pd.read_csv(BytesIO(content))
    assert list(rows.columns[:4]) == ["乡镇", "指标", "数值", "单位"]
    store = open_store(full_place)
    assert len(rows) == store.count_records()
    one = rows[rows["记录编号"] == 5].iloc[0]
    kept = store.record_row(5)
    assert (one["指标"], one["数值"], one["完成率(%)"], one["性质"]) == (
        kept["indicator"],
        kept["value"],
        kept["completion"],
        "实际",
    )


def test_xlsx_holds_what_the_filters_let_through_and_the_dictionary(opened: Opener, full_place: str) -> None:
    """Two sheets."""
    opened(full_place, "data")
    chosen = archive.Filters("石桥镇", None, "2025-06", None, None, None, None)
    sheets = pd.read_excel(BytesIO(archive.to_xlsx(chosen)), sheet_name=None)
    assert list(sheets) == ["记录", "执行口径", "数据字典"]
    assert set(sheets["记录"]["乡镇"]) == {"石桥镇"}
    assert set(sheets["记录"].columns) <= set(sheets["数据字典"]["列名"])


def test_reports_are_listed_with_what_replaced_them(opened: Opener, own_place: str) -> None:
    """One report opens with its text, its file and the way to its records, replaced or not."""
    store = open_store(own_place)
    store.supersede_reports([1], by=2, who="测试")
    app = turned(opened(own_place, "data", view="reports"), 2)
    states = dict(zip(table(app)["编号"], table(app)["状态"], strict=True))
    assert (states[1], states[2]) == ("已被 2 号替换", "有效")
    app = opened(own_place, "data", view="reports", open="1")
    assert app.title[0].value.replace("\\", "") == store.report(1)["name"]
    assert app.text[0].value == store.report_text(1).strip()
    assert {one.label for one in app.get("download_button")} == {"下载原件", "下载正文"}
    next(one for one in app.button if one.label.startswith("看它的")).click().run()
    assert len(table(app)) == store.count_records(report_id=1, include_superseded=True)


def test_the_dictionary_explains_every_column_of_the_download(opened: Opener, full_place: str) -> None:
    """In Chinese, with units."""
    app = opened(full_place, "data", view="dictionary")
    rows = pd.read_csv(BytesIO(archive.to_csv(ALL)), nrows=1)
    assert set(table(app)["列名"]) == set(rows.columns)
    assert table(app)["含义"].str.len().min() > 0


@pytest.mark.parametrize("view", ["records", "reports"])
def test_a_link_to_what_is_gone_says_so(opened: Opener, full_place: str, view: str) -> None:
    """And shows the list instead."""
    app = opened(full_place, "data", view=view, open="99999")
    assert app.warning[0].value.startswith("没有编号为 99999 的")
    assert len(table(app)) > 0
