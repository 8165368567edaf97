"""Misreadings of OCR in figures: put right where nothing else can be meant, left where a digit would be guessed."""

from __future__ import annotations

import pytest

from extract.readers.misread import covered, put_right

PROVEN = {
    "1一6月份，完成税收收入5200万元": "1-6月份，完成税收收入5200万元",
    "2024年1—12月": "2024年1-12月",
    "同比增长10.4.%。": "同比增长10.4%。",
    "占年度任务的5O.3%": "占年度任务的50.3%",
    "完成4.36亿兀，增长5%": "完成4.36亿元，增长5%",
    "完成1200万无": "完成1200万元",
    "完成率（%)": "完成率（%）",
    "同比(±%）": "同比(±%)",
    "收入达3，46亿元": "收入达3.46亿元",
    "同比增长7,1%；": "同比增长7.1%；",
    "高于全县1，6个百分点": "高于全县1.6个百分点",
    "累计完成183,9.0.0万元": "累计完成□□□□□□□□□万元",
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
    "完成183,900万元",
    "居全县第3，46亿元的项目开工",
    "达到1,200,50万元",
    "分别增长5%，6%",
    "见1.2.3节",
)


@pytest.mark.parametrize("read", PROVEN)
def test_what_nothing_else_can_be_is_put_right(read: str) -> None:
    assert put_right(read) == PROVEN[read]


@pytest.mark.parametrize("read", LEFT)
def test_nothing_is_guessed(read: str) -> None:
    assert put_right(read) == read


def test_a_digit_that_is_unsure_is_covered_and_nothing_else() -> None:
    letters = [("增", 0.3), ("1", 0.99), ("3", 0.41), (".", 0.2), ("8", 0.97), ("%", 0.4)]
    assert covered("增1 3.8%", letters) == "增1 □.8%"
    assert covered("增1 3.8%", []) == "增1 3.8%"
