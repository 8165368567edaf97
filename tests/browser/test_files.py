"""Files as the browser sends them: one that is too large is told, a folder is read with what lies in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.conftest import Serve
from ui import first_run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MIB = 1024 * 1024
GOOD = "柳溪镇2025年上半年工作总结\n2025年1—6月，全镇完成财政总收入1.2亿元，占年度任务的55.2%。"


@pytest.fixture(scope="module")
def address(serve: Serve) -> str:
    return serve("files", first_run.prepare)


def test_a_file_too_large_for_the_browser_is_told_and_the_others_are_read(
    address: str, page: Page, tmp_path: Path
) -> None:
    good, large = tmp_path / "柳溪镇.txt", tmp_path / "扫描全集.pdf"
    good.write_text(GOOD, encoding="utf-8")
    with large.open("wb") as sparse:
        sparse.truncate(130 * MIB)
    screen.visit(page, f"{address}/upload")
    page.set_input_files("input[type=file]", [good, large])
    message = page.get_by_role("alert").filter(has_text="扫描全集.pdf")
    expect(message).to_contain_text("《扫描全集.pdf》有 130 MB，超过 100 MB，没有上传")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 份已入库")
    expect(message).to_be_visible()
    message.get_by_role("button", name="知道了").click()
    expect(message).to_have_count(0)


def test_a_whole_folder_is_read_with_the_folders_in_it(address: str, page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "各镇报告"
    texts = {
        f"{town}.txt": GOOD.replace("柳溪镇", town).replace("1.2亿元", f"{number}.5亿元")
        for number, town in enumerate(("石桥镇", "青禾镇", "南渡镇"), 2)
    }
    for place, (name, text) in zip((folder, folder / "一片", folder / "一片" / "山区"), texts.items(), strict=True):
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    (folder / "一片" / "坏文件.docx").write_bytes(b"PK\x03\x04")
    screen.visit(page, f"{address}/upload")
    page.locator('[data-testid="stCheckbox"]', has_text="上传整个文件夹").click()
    screen.settle(page)
    page.locator("input[type=file][webkitdirectory]").set_input_files(folder)
    expect(page.get_by_role("heading", level=1)).to_contain_text("上传 4 份：3 份已入库，1 份未入库；读出 3 条记录")
    expect(page.locator(".messages")).to_contain_text("坏文件.docx")
