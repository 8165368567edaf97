"""What a county's office does: sets targets and bands, sees the lamps turn, handles a warning, takes the sheet away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from playwright.sync_api import Locator, Page, expect

import export
from tests.browser import screen
from tests.browser.conftest import Serve
from ui import first_run, target_files

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MONTH = "period=2024-09"


@pytest.fixture(scope="module")
def address(serve: Serve) -> str:
    return serve("settings", first_run.prepare)


def test_from_the_settings_to_the_sheet(address: str, page: Page, tmp_path: Path) -> None:
    _set_bands(page, address)
    _import_targets(page, address, tmp_path)
    _handle(page, address)
    _take_the_sheet(page, tmp_path)
    _look_at_the_log(page, address)


def _set_bands(page: Page, address: str) -> None:
    screen.visit(page, f"{address}/settings?{MONTH}")
    page.get_by_label("操作人").fill("督查科")
    page.keyboard.press("Enter")
    screen.settle(page)
    page.get_by_text("从严", exact=True).click()
    screen.settle(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存，各页立即按新的界限计算。")).to_be_visible()
    screen.settle(page)
    screen.turn_to(page, "乡镇")
    expect(page.locator(".in-force")).to_contain_text("超 ≥ +3，达 ≥ 0，黄 ≥ −5")


def _import_targets(page: Page, address: str, folder: Path) -> None:
    file = folder / "目标.xlsx"
    file.write_bytes(export.to_xlsx({"目标": target_files.template()}))
    screen.visit(page, f"{address}/settings?view=targets")
    page.locator('input[type="file"]').first.set_input_files(file)
    page.get_by_role("button", name="导入 3 个目标").click()
    expect(page.get_by_role("heading", name="人工设定的目标（3 条）")).to_be_visible()
    screen.settle(page)


def _handle(page: Page, address: str) -> None:
    screen.visit(page, f"{address}/alerts?{MONTH}")
    expect(page.get_by_text("报告所述原因")).to_be_visible()
    page.get_by_role("button", name="已提醒", exact=True).click()
    expect(page.get_by_text("已记入日志：已提醒。")).to_be_visible()
    screen.settle(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("已提醒 1 项")


def _downloaded(page: Page, dialog: Locator, folder: Path) -> WordDocument:
    """The sheet as a browser gets it; a click while the page still runs would ask for a file that is just replaced."""
    page.wait_for_timeout(3000)
    screen.settle(page)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="下载 Word").click()
    assert re.fullmatch(r"截至2024年9月进度落后指标督办单\.docx", download.value.suggested_filename)
    path = folder / "督办单.docx"
    download.value.save_as(path)
    return Document(str(path))


def _take_the_sheet(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="生成督办单").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("督办单位").fill("县政府督查室")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    screen.settle(page)
    dialog.locator('[data-testid="stDateInput"]').get_by_role("spinbutton").first.click()
    page.keyboard.type("20241020")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    screen.settle(page)
    document = _downloaded(page, dialog, folder)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "督办单位：县政府督查室" in text
    assert "2024年10月20日前反馈" in text
    rules = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "与序时进度差 < -5 个百分点" in rules
    assert any("已提醒" in cell.text for table in document.tables[1:-1] for row in table.rows for cell in row.cells)
    page.keyboard.press("Escape")


def _look_at_the_log(page: Page, address: str) -> None:
    screen.visit(page, f"{address}/settings?view=log")
    expect(page.get_by_role("heading", name=re.compile("设置的改动（4 条"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载本页").click()
    assert download.value.suggested_filename == "设置.xlsx"
