"""Misreadings of OCR in figures: put right where nothing else can be meant, left where a digit would be guessed."""

from __future__ import annotations

import pytest

from extract.readers.misread import put_right

PROVEN = {
    "1一6月份，完成税收收入5200万元": "1-6月份，完成税收收入5200万元",
    "2024年1—12月": "2024年1-12月",
    "同比增长10.4.%。": "同比增长10.4%。",
    "占年度任务的5O.3%": "占年度任务的50.3%",
    "完成4.36亿兀，增长5%": "完成4.36亿元，增长5%",
    "完成1200万无": "完成1200万元",
}
LEFT = (
    "增长5S.2%",
    "增长10.%",
    "三一重工1月投产",
    "一季度、1一2期",
    "2万无房户",
    "完成1200万元",
    "第一6月",
    "OK2号线",
    "10.4%.6月",
)


@pytest.mark.parametrize("read", PROVEN)
def test_what_nothing_else_can_be_is_put_right(read: str) -> None:
    assert put_right(read) == PROVEN[read]


@pytest.mark.parametrize("read", LEFT)
def test_nothing_is_guessed(read: str) -> None:
    assert put_right(read) == read
