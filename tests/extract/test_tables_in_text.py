"""Tables in a report's text: what their columns are, and the records of their rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract import find
from extract.tables import column, find_tables
from extract.text import fold


@pytest.mark.parametrize(
    ("head", "role", "unit"),
    [
        ("累计比上年同期增长(%)", "yoy", ""),
        ("同比±%", "yoy", ""),
        ("完成率%", "completion", ""),
        ("占预算%", "completion", ""),
        ("年初预算", "target", ""),
        ("全年任务(万元)", "target", "万元"),
        ("1-6月累计(亿元)", "value", "亿元"),
        ("单位", "unit", ""),
        ("指标名称", "name", ""),
        ("排名", "skip", ""),
        ("去年同期", "skip", ""),
    ],
)
def test_columns(head: str, role: str, unit: str) -> None:
    found = column(fold(head))
    assert (found.role, found.unit) == (role, unit)


PIPES = "指标 | 累计 | 同比增长(%)\n工业投资(亿元) | 36.2 | -3.1\n民间投资(亿元) | 12.4 | 8.4"
MARKDOWN = "|指标|单位|累计|同比增长(%)|\n|---|---|---|---|\n|工业投资|亿元|36.2|-3.1|\n|民间投资|亿元|12.4|8.4|"
BLANKS = "指标  累计  同比增长(%)\n工业投资(亿元)  36.2  -3.1\n民间投资(亿元)  12.4  8.4"
TABS = PIPES.replace(" | ", "\t")
LINES = "指标\n累计\n同比增长(%)\n工业投资(亿元)\n36.2\n-3.1\n民间投资(亿元)\n12.4\n8.4\n"


@pytest.mark.parametrize(
    "text", [PIPES, MARKDOWN, BLANKS, TABS, LINES], ids=["pipes", "markdown", "blanks", "tabs", "lines"]
)
def test_every_form_of_table_gives_the_same_records(text: str) -> None:
    records = find(text).records
    assert [(r.indicator, r.value, r.unit, r.yoy) for r in records] == [
        ("工业投资", Decimal("36.2"), "亿元", Decimal("-3.1")),
        ("民间投资", Decimal("12.4"), "亿元", Decimal("8.4")),
    ]
    assert all("取自表格" in r.flags for r in records)


def test_rows_named_by_towns_are_about_the_tables_title() -> None:
    head = "各乡镇财政收入完成情况\n乡镇 | 年任务(万元) | 完成数(万元) | 完成率%\n"
    text = f"{head}柳溪镇 | 3200 | 1856 | 58.0\n白杨乡 | 1500 | 690 | 46.0"
    records = find(text).records
    assert [(r.town, r.indicator, r.value, r.target, r.completion) for r in records] == [
        ("柳溪镇", "财政收入", 1856, 3200, 58),
        ("白杨乡", "财政收入", 690, 1500, 46),
    ]


def test_the_unit_of_a_whole_table() -> None:
    text = "单位:万元\n项目 | 累计完成 | 同比增长(%)\n契税 | 516 | -18.2"
    assert find(text).records[0].unit == "万元"


def test_the_cells_are_found_again_in_the_text() -> None:
    text = f"前言。\n{PIPES}\n后记。"
    for record in find(text).records:
        spots = {e.role: text[e.start : e.end] for e in record.evidence}
        assert spots["value"] == str(record.value)
        assert spots["yoy"] == str(record.yoy)


def test_text_before_and_after_a_table_is_read_too() -> None:
    text = f"固定资产投资增长5%。\n{PIPES}\n税收收入增长6%。"
    assert [r.indicator for r in find(text).records] == ["固定资产投资", "工业投资", "民间投资", "税收收入"]


@pytest.mark.parametrize(
    "text", ["甲 | 乙\n丙 | 丁", "一、目标\n二、任务\n三、措施", "| | |\n|-|-|", "指标 | 累计 | 同比%"]
)
def test_what_is_no_table(text: str) -> None:
    assert list(find_tables(text)) == []
