"""Files as the browser sends them: one that is too large is told, the good one beside it is read."""

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
