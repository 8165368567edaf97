"""预警: what is behind, filtered by the URL, with reason and measure, handled and logged, and written as 督办单."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document as Word
from streamlit.testing.v1 import AppTest

import export
from export import supervision
from extract import find
from extract.models import Document
from store import open_store
from tests.pages.conftest import Opener
from tests.ui import factory
from ui import alerts_parts, alerts_tables, reading, supervision_parts

TEXT = """柳溪镇2025年前三季度工作情况
2025年前三季度，柳溪镇完成固定资产投资6.2亿元，完成年度任务的50.4%。主要原因是征迁滞后。下一步，倒排工期，确保四季度开工。
实现财政总收入6200万元，完成年度任务的70.1%。
完成招商引资到位资金3.1亿元，完成年度任务的90.0%。
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    place = str(tmp_path / "own.db")
    store = open_store(place)
    for quarter, text in ((6, TEXT.replace("前三季度", "上半年").replace("50.4", "31.4")), (9, TEXT)):
        store.save_report(find(Document(f"柳溪镇2025-{quarter}.txt", text)), text.encode(), who="测试")
    return place


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_an_empty_store_offers_the_action_that_fills_it(opened: Opener, tmp_path: Path) -> None:
    app = opened(str(tmp_path / "empty.db"), "alerts")
    assert not app.exception
    assert app.title[0].value == "还没有数据"


def test_the_counts_of_the_headline_add_up_to_the_table(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "alerts")
    assert not app.exception
    table = app.dataframe[0].value
    red, yellow = ((table["状态"] == f"▼ 欠序时({word})").sum() for word in "红黄")
    title = app.title[0].value
    assert (
        title
        == f"截至2025年9月，{red + yellow} 项落后：欠序时(红) {red} 项、欠序时(黄) {yellow} 项；待办 {red + yellow} 项"
    )
    assert table["与序时差（百分点）"].iloc[:red].is_monotonic_increasing


def test_reason_and_measure_stand_beside_the_sentence(opened: Opener, place: str) -> None:
    app = opened(place, "alerts")
    assert app.header[0].value == "柳溪镇 · 固定资产投资　2025年1—9月：欠序时(红)"
    texts = [text.value for text in app.markdown]
    assert any("主要原因是征迁滞后。（紧接其后）" in text for text in texts)
    assert any("下一步，倒排工期，确保四季度开工。（紧接其后）" in text for text in texts)
    assert any("今后每月需 16.5 个百分点，此前每月 5.6 个百分点；连续落后：2次，自6月起" in text for text in texts)
    assert any("距目标期末 92 天" in text for text in texts)


def test_filters_come_from_the_url_and_unknown_ones_do_not_count(opened: Opener, full_place: str) -> None:
    every = opened(full_place, "alerts").dataframe[0].value
    red = opened(full_place, "alerts", state="欠序时(红)").dataframe[0].value
    assert set(red["状态"]) == {"▼ 欠序时(红)"}
    town = every["乡镇"].iloc[-1]
    assert set(opened(full_place, "alerts", town=town).dataframe[0].value["乡镇"].str.removeprefix("▶ ")) == {town}
    odd = opened(full_place, "alerts", state="<b>", town="无此镇", status="无", finding="无", period="9999-99")
    assert not odd.exception
    assert len(odd.dataframe[0].value) == len(every)
    assert opened(full_place, "alerts", status="closed").info[0].value.startswith("没有符合条件的")


def test_handling_is_logged_with_who_and_when_and_told_in_the_next_period(opened: Opener, place: str) -> None:
    app = opened(place, "alerts", period="2025-06")
    app.text_input(key="person-box").set_value("督查科").run()
    app = press(app, "answer-reminded")
    app = press(app, "answer-answered")
    assert [toast.value for toast in app.toast] == ["请写明反馈内容。"]
    next(box for box in app.text_input if box.key.startswith("note-")).set_value("已约谈分管领导").run()
    app = press(app, "answer-answered")
    log = app.expander[0].dataframe[0].value
    assert log["处理"].tolist() == ["已反馈", "已提醒"]
    assert log["操作人"].tolist() == ["督查科"] * 2
    assert "欠序时(红)，完成率31.4%" in log["落后的指标"][0]
    assert "已反馈 1 项" in app.title[0].value
    later = opened(place, "alerts", period="2025-09")
    assert "待办 2 项" in later.title[0].value
    assert any("此前各期的处理：2025年6月 已反馈：已约谈分管领导（督查科）" in text.value for text in later.caption)


def made(place: str, opened: Opener, **filters: Any) -> supervision.Supervision:
    opened(place, "alerts")
    rows = alerts_parts.chosen(
        alerts_parts.rows_of("2025-09"),
        alerts_parts.View(**({"state": None, "town": None, "status": None, "finding": None} | filters)),
    )
    return supervision_parts.made(rows, "2025-09", "示例县", "县政府督查室", "2025-10-20")


def test_the_sheet_has_one_page_for_each_town_with_reason_measure_and_source(opened: Opener, place: str) -> None:
    said = made(place, opened)
    document = Word(io.BytesIO(supervision.to_docx(said)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.paragraphs[0].text == "示例县截至2025年9月进度落后指标督办单"
    assert "1 个责任单位共 2 项指标落后于序时进度，其中欠序时(红) 1 项、欠序时(黄) 1 项" in text
    assert "于2025年10月20日前反馈县政府督查室" in text
    assert "责任单位：柳溪镇（2 项）" in text
    rules, items, sources = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert any("与序时进度差 < -10 个百分点" in row for row in rules)
    first = dict(zip(items[0], items[1], strict=True))
    assert first["指标"] == "固定资产投资"
    assert first["完成情况"] == "1—9月6.2亿元，完成率50.4%"
    assert (first["与序时差"], first["连续落后"], first["今后每月需"]) == ("-24.6", "2次（自6月）", "16.5")
    assert first["报告所述原因"] == "主要原因是征迁滞后。"
    assert first["报告所述措施"] == "下一步，倒排工期，确保四季度开工。"
    assert len(sources) == 1 + len(said.items)
    assert sources[1][1] == "柳溪镇2025-9.txt"


def test_the_xlsx_has_the_same_items(opened: Opener, full_place: str) -> None:
    said = made(full_place, opened, state=alerts_tables.STATES[0])
    book = openpyxl.load_workbook(io.BytesIO(export.to_xlsx(supervision.tables(said))))
    assert book.sheetnames == [supervision.RULES, supervision.ITEMS, supervision.SOURCES]
    sheet = book[supervision.ITEMS]
    assert sheet.max_row == len(said.items) + 1
    assert sheet.freeze_panes == "A2"
    assert {cell.value for cell in sheet["E"][1:]} == {"欠序时(红)"}


def test_the_download_has_every_alert_with_the_settings_in_force(opened: Opener, place: str) -> None:
    from ui import frame

    opened(place, "alerts")
    rows = alerts_parts.with_accounts(alerts_parts.rows_of("2025-09"))
    file = pd.read_csv(io.BytesIO(export.to_csv(frame.with_settings(alerts_tables.for_download(rows)))))
    assert file.columns.tolist() == [*alerts_tables.FILE_HEADS.values(), frame.IN_FORCE]
    assert file["报告所述原因"][0] == "主要原因是征迁滞后。"
    assert file[frame.IN_FORCE].str.startswith("超 ≥ +5").all()


def test_a_button_opens_the_sheet(opened: Opener, full_place: str) -> None:
    app = press(opened(full_place, "alerts"), "make-supervision")
    assert not app.exception
    assert {"下载 Word", "下载 Excel"} <= {button.label for button in app.get("download_button")}


def test_a_year_that_cannot_be_true_is_no_default_cut_off_and_is_named_by_the_checks(
    opened: Opener, tmp_path: Path
) -> None:
    place = str(tmp_path / "late.db")
    store = open_store(place)
    factory.fill(store)
    wrong = factory.findings("柳溪镇", 2061, 6, factory.figures_of(0, 2025, 6))
    store.save_report(wrong, wrong.document.text.encode(), who="测试")
    for page in ("overview", "town", "timeline", "yoy", "indicator", "alerts"):
        app = opened(place, page)
        assert not app.exception, page
        assert app.selectbox(key="pick-period").value == "2025-09", page
    assert "2061-06" not in reading.periods()
    assert reading.periods_of("柳溪镇")[0] == "2025-09"
    app = opened(place, "checks", rule="year")
    assert "2061年6月" in app.dataframe[0].value["时段"][0] or "2061年1—6月" in app.dataframe[0].value["时段"][0]
