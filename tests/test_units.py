"""Units: magnitudes, kinds that compare, and the magnitude that people read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.units import FAMILIES, MAGNITUDES, display, in_base, parse_unit


@pytest.mark.parametrize(
    ("value", "unit", "amount", "base"),
    [
        ("4.36", "亿元", "436000000", "元"),
        ("31100", "万元", "311000000", "元"),
        ("3.2", "千万元", "32000000", "元"),
        ("5", "百万美元", "5000000", "美元"),
        ("1.5", "万亿元", "1500000000000", "元"),
        ("2", "亿元人民币", "200000000", "元"),
        ("2", "亿人民币", "200000000", "元"),
        ("3", "萬元", "30000", "元"),
        ("5", "余万平方米", "50000", "平方米"),
        ("3", "亩", "2000", "平方米"),
        ("0.3", "万亩", "2000000", "平方米"),
        ("1", "平方公里", "1000000", "平方米"),
        ("12.5", "公里", "12500", "米"),
        ("7", "千米", "7000", "米"),
        ("500", "公斤", "0.5", "吨"),
        ("2", "千克", "0.002", "吨"),
        ("3", "万千瓦时", "30000", "千瓦时"),
        ("3", "万度", "30000", "千瓦时"),
        ("2", "兆瓦", "2000", "千瓦"),
        ("1.2", "万人", "12000", "人"),
        ("20", "名", "20", "人"),
        ("1.2", "万人次", "12000", "人次"),
        ("3", "百户", "300", "户"),
        ("18", "个", "18", "个"),
        ("3", "‰", "0.3", "%"),
        ("2.5", "个百分点", "2.5", "百分点"),
        ("3", "万盆", "30000", "盆"),
        ("1200", "元/亩", "1200", "元/亩"),
        ("3", "万", "30000", ""),
        ("3", "", "3", ""),
    ],
)
def test_a_printed_unit_comes_to_its_base(value: str, unit: str, amount: str, base: str) -> None:
    assert in_base(Decimal(value), unit) == (Decimal(amount), base)


def test_kinds_that_differ_do_not_compare() -> None:
    bases = {
        in_base(Decimal(1), unit)[1] for unit in ("亿元", "亿美元", "亿港元", "万人", "万人次", "万户", "%", "百分点")
    }
    assert len(bases) == 8


@pytest.mark.parametrize(
    ("value", "unit", "shown", "shown_unit"),
    [
        ("436000000", "元", "4.36", "亿元"),
        ("100000000", "元", "1", "亿元"),
        ("99999999", "元", "9999.9999", "万元"),
        ("31100", "万元", "3.11", "亿元"),
        ("0.05", "亿元", "500", "万元"),
        ("9999", "元", "9999", "元"),
        ("-250000", "元", "-25", "万元"),
        ("0", "亿元", "0", "元"),
        ("12000", "亩", "1.2", "万亩"),
        ("0.8", "万亩", "8000", "亩"),
        ("50000", "千瓦时", "5", "万千瓦时"),
        ("12", "公里", "12", "公里"),
        ("215000", "%", "215000", "%"),
        ("12000", "个", "1.2", "万个"),
    ],
)
def test_display_picks_the_magnitude_that_people_read(value: str, unit: str, shown: str, shown_unit: str) -> None:
    assert display(Decimal(value), unit) == (Decimal(shown), shown_unit)


def test_results_print_without_an_exponent() -> None:
    assert str(in_base(Decimal("4.36"), "亿元")[0]) == "436000000"
    assert str(display(Decimal("400000000000"), "元")[0]) == "4000"


UNITS = [word + base for word in ("", *(name for name, _ in MAGNITUDES)) for base in FAMILIES]


@given(st.integers(-(10**9), 10**9), st.sampled_from(UNITS))
def test_display_keeps_the_amount(value: int, unit: str) -> None:
    assert in_base(*display(Decimal(value), unit)) == in_base(Decimal(value), unit)


@given(st.text(max_size=8))
def test_no_unit_raises(unit: str) -> None:
    assert isinstance(parse_unit(unit).base, str)
