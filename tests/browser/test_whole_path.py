"""The whole path of a person: look, open a sentence, bring a report, correct it, find it again, take it away."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from tests.browser import screen
from tests.browser.conftest import Serve
from ui import first_run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

REPORTS = Path(__file__).resolve().parents[2] / "data" / "reports" / "county"
SAMPLE = REPORTS / "柳溪镇2024年前三季度.txt"
TOWN, INDICATOR, MONTH = "柳溪镇", "固定资产投资", "2024-09"
READ, CORRECTED = "82.2", "71.3"
MOST_RECORDS = 40


@pytest.fixture(scope="module")
def address(serve: Serve) -> str:
    return serve("path", first_run.prepare)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The sample report as a Word file: its headings, paragraphs and its table."""
    document, table = Document(), None
    for line in filter(None, SAMPLE.read_text(encoding="utf-8").splitlines()):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            table = None
            document.add_paragraph(line.lstrip("# "), style="Heading 1" if line.startswith("#") else None)
        elif not set(line) <= set("|- "):
            table = table or document.add_table(rows=0, cols=len(cells))
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
    path = tmp_path / "柳溪镇前三季度报告.docx"
    document.save(str(path))
    return path


def test_from_the_first_look_to_the_csv(address: str, page: Page, report: Path, tmp_path: Path) -> None:
    _look(page, address)
    _bring(page, report)
    _correct(page)
    _find_on_the_timeline(page)
    _take_away(page, tmp_path)


def _look(page: Page, address: str) -> None:
    screen.visit(page, address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("个乡镇")
    screen.choose(page, "数据截止", "截至2024年9月", period=MONTH)
    screen.turn_to(page, "乡镇")
    screen.choose(page, "乡镇", TOWN, town=TOWN)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TOWN)
    gauge = page.locator(".js-plotly-plot .indicatorlayer .number").first
    expect(gauge).to_have_text(re.compile(r"^\d+(\.\d)?%$"))
    shown = str(gauge.text_content())
    page.get_by_role("button", name="查看原文").first.click()
    sentence = page.get_by_role("dialog")
    expect(sentence.locator("mark").first).to_be_visible()
    expect(sentence).to_contain_text(TOWN)
    assert any(
        shown.removesuffix("%").removesuffix(".0") in text for text in sentence.locator("mark").all_inner_texts()
    )
    page.keyboard.press("Escape")
    expect(sentence).to_have_count(0)


def _bring(page: Page, report: Path) -> None:
    screen.turn_to(page, "上传")
    page.get_by_label("操作人").fill("测试员")
    page.keyboard.press("Enter")
    page.locator('input[type="file"]').first.set_input_files(report)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 份已入库")
    screen.settle(page)
    page.get_by_role("button", name="替换旧数据").click()
    expect(page.get_by_text("已替换旧数据")).to_be_visible()
    screen.settle(page)


def _correct(page: Page) -> None:
    page.get_by_role("button", name="开始核对").click()
    expect(page.get_by_label("指标", exact=True)).to_be_visible()
    for place in range(1, MOST_RECORDS):
        expect(page.get_by_text(f"第 {place} 条，待核对")).to_be_visible()
        screen.settle(page)
        if page.get_by_label("指标", exact=True).input_value() == INDICATOR:
            break
        page.get_by_role("button", name="下一条").click()
    completion = _field(page, "完成率（%）")
    assert completion.input_value() == READ
    expect(page.locator(".evidence mark", has_text=READ)).to_be_visible()
    completion.fill(CORRECTED)
    page.get_by_role("button", name=re.compile("^更正")).click()
    expect(page.get_by_text(f"已更正《{INDICATOR}》的完成率")).to_be_visible()
    screen.settle(page)


def _field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def _find_on_the_timeline(page: Page) -> None:
    page.get_by_role("link", name="看时间线").first.click()
    screen.settle(page)
    screen.choose(page, "指标", INDICATOR, indicator=INDICATOR)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(f"{TOWN}{INDICATOR}")
    expect(heading).to_contain_text(f"{CORRECTED}%")
    assert f"period={MONTH}" in page.url


def _take_away(page: Page, folder: Path) -> None:
    screen.turn_to(page, "数据")
    page.get_by_role("button", name="清除条件").click()
    page.wait_for_url(lambda address: "town=" not in address)
    screen.settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    path = folder / "记录.csv"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {"乡镇", "指标", "数值", "单位", "完成率(%)", "同比(%)", "时段止", "原文", "核对状态"} <= set(rows[0])
    assert len({row["乡镇"] for row in rows}) > 8, "all towns, not only the one looked at"
    (found,) = [row for row in rows if (row["乡镇"], row["指标"], row["时段止"]) == (TOWN, INDICATOR, MONTH)]
    assert (float(found["数值"]), found["单位"], float(found["同比(%)"])) == (46.85, "亿元", 15.4)
    assert (float(found["完成率(%)"]), found["核对状态"]) == (float(CORRECTED), "已更正")
    assert found["报告名称"] == "柳溪镇前三季度报告.docx"


def test_the_same_file_again_and_files_that_cannot_be_read(address: str, page: Page, report: Path) -> None:
    broken = report.with_name("坏文件.docx")
    broken.write_bytes(report.read_bytes()[:2000])
    empty = report.with_name("空文件.txt")
    empty.write_bytes(b"")
    good = report.with_name("青禾镇简报.txt")
    good.write_text("2025年一季度，青禾镇完成固定资产投资3.2亿元，完成年度任务的26.5%。", encoding="utf-8")
    screen.visit(page, f"{address}/upload")
    page.locator('input[type="file"]').first.set_input_files([broken, empty, good])
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("1 份已入库，2 份未入库；读出 1 条记录")
    expect(page.get_by_text("正在读取")).to_have_count(0)
    screen.settle(page)
    for name in (broken.name, empty.name):
        assert re.search(rf"{name}\s+[一-鿿]+", screen.words(page)), "no Chinese reason"
    page.locator('input[type="file"]').first.set_input_files(good)
    expect(heading).to_contain_text("1 份已存在")
    expect(page.get_by_text("未重复入库")).to_be_visible()


def test_a_report_is_reviewed_by_keyboard(address: str, page: Page) -> None:
    screen.visit(page, f"{address}/upload?report=1")
    counted = page.locator(".st-key-review-steps-bar").get_by_text("待核对").first
    waiting = int(str(counted.text_content()).rpartition("待核对 ")[2].removesuffix(" 条"))
    for key, left in (("Enter", 1), ("Alt+q", 2), ("Alt+x", 3), ("Alt+z", 2)):
        expect(page.get_by_label("乡镇", exact=True)).to_be_focused()
        page.keyboard.press(key)
        expect(counted).to_have_text(f"第 1 条，待核对 {waiting - left} 条")
        screen.settle(page)
