"""Numbers and units in folded text: value, unit, hedges, ranges, Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

import pytest

from extract.models import Quantity
from extract.numbers import number_pattern, parse_han, parse_quantity, plain_figure, plain_quantity
from extract.phrases import unit_kind
from extract.vocabulary import units


def read(text: str) -> Quantity:
    """The first number of a text."""
    match = re.compile(number_pattern()).search(text)
    assert match, text
    return parse_quantity(match)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4.36亿元", "4.36", "亿元"),
        ("1,867.48万元", "1867.48", "万元"),
        ("12,345,678元", "12345678", "元"),
        ("13.40%", "13.40", "%"),
        ("8600万千瓦时", "8600", "万千瓦时"),
        ("3.2 亿元", "3.2", "亿元"),
        ("126万人次", "126", "万人次"),
        ("1.5倍", "1.5", "倍"),
        ("百分之五十五", "55", "%"),
        ("百分之五十五点三", "55.3", "%"),
        ("百分之12.5", "12.5", "%"),
        ("一千二百万元", "1200", "万元"),
        ("三成", "3", "成"),
        ("2.1个百分点", "2.1", "个百分点"),
    ],
)
def test_value_and_unit(text: str, value: str, unit: str) -> None:
    match = re.compile(number_pattern()).search(text)
    assert match
    assert match.group() == text
    quantity = parse_quantity(match)
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


def test_the_plain_pattern_reads_a_figure_as_the_full_one_does() -> None:
    plain, full = re.compile(plain_figure()), re.compile(number_pattern())
    read_plainly, wrong = 0, []
    for unit, magnitude, behind in product(units(), ("", "亿", "万", "千"), (",", ")", "的55%", "", "(全年)")):
        one, other = (pattern.match(f"4.36{magnitude}{unit}{behind}") for pattern in (plain, full))
        if one is None:
            continue
        read_plainly += 1
        if other is None or (one.group(), plain_quantity(one)) != (other.group(), parse_quantity(other)):
            wrong.append(one.group())
    assert wrong == []
    assert read_plainly > 1000


def test_printed_digits_are_kept() -> None:
    assert str(read("13.40%").value) == "13.40"


@pytest.mark.parametrize("text", ["-7.0%", "+7.0%"])
def test_a_sign_before_the_number(text: str) -> None:
    assert read(text).value == Decimal(text.rstrip("%"))


def test_a_hyphen_after_a_digit_is_no_minus() -> None:
    assert [parse_quantity(match).value for match in re.compile(number_pattern()).finditer("10-12项")] == [10, 12]


@pytest.mark.parametrize(
    ("text", "hedge"), [("5万余平方米", "余"), ("200多户", "多"), ("5亿元左右", "左右"), ("5亿元", "")]
)
def test_words_that_say_about(text: str, hedge: str) -> None:
    assert read(text).hedge == hedge


def test_a_range_keeps_both_ends() -> None:
    quantity = read("10%-12%")
    assert (quantity.value, quantity.high) == (Decimal(10), Decimal(12))


@pytest.mark.parametrize("text", ["第3", "A12", "十分重视", "一是", "一定程度"])
def test_what_is_no_quantity_has_no_unit(text: str) -> None:
    match = re.compile(number_pattern()).search(text)
    assert match is None or not parse_quantity(match).unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五", "5"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("两千三百", "2300"),
        ("一千二百", "1200"),
        ("五十五点三", "55.3"),
        ("零点五", "0.5"),
        ("二〇一六", "2016"),
    ],
)
def test_chinese_numerals(text: str, value: str) -> None:
    assert parse_han(text) == Decimal(value)


def test_what_is_no_chinese_numeral() -> None:
    assert parse_han("") is None


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "rate"),
        ("亿元", "money"),
        ("万美元", "money"),
        ("倍", "times"),
        ("成", "tenths"),
        ("个百分点", "points"),
        ("万亩", "area"),
        ("", "bare"),
    ],
)
def test_kinds_of_units(unit: str, kind: str) -> None:
    assert unit_kind(unit) == kind
