"""The check of the pages' words finds what is English and lets pass what Chinese officials write in Latin letters."""

from __future__ import annotations

import pytest

from benchmarks.pages.words import strangers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Choose an option", ["Choose", "an", "option"]),
        ("下载 Excel 或 CSV，每份不超过 50 MB", []),
        ("实现GDP101.36亿元，PM2.5下降3%", []),
        ("柳溪镇 Report final.docx · 已入库", ["Report"]),
        ("快捷键 Alt + Q", []),
        ("状态：None", ["None"]),
    ],
)
def test_words_in_latin_letters(text: str, found: list[str]) -> None:
    assert [one.partition(" in: ")[0] for one in strangers([text])] == found
