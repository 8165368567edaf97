"""How figures are written for people."""

from __future__ import annotations

import pytest

from ui import wording


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (4.36, "亿元", "4.36亿元"),
        (51000, "万元", "5.1亿元"),
        (820, "万元", "820万元"),
        (0.12, "亿元", "1,200万元"),
        (24600, "元", "24,600元"),
        (1250, "亩", "1,250亩"),
        (12, None, "12"),
        (None, "亿元", "—"),
        (float("nan"), "亿元", "—"),
    ],
)
def test_amount(value: object, unit: object, written: str) -> None:
    assert wording.amount(value, unit) == written


@pytest.mark.parametrize(
    ("value", "written"), [(55.25, "55.3%"), (112, "112.0%"), (0, "0.0%"), (None, "—"), (float("inf"), "—")]
)
def test_percent(value: object, written: str) -> None:
    assert wording.percent(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(17.8, "增长17.8%"), (-3.24, "下降3.2%"), (0.04, "持平"), (-0.04, "持平"), (None, "—")]
)
def test_change(value: object, written: str) -> None:
    assert wording.change(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(9.9, "快9.9个百分点"), (-21.7, "慢21.7个百分点"), (0, "与序时进度持平"), (None, "—")]
)
def test_ahead(value: object, written: str) -> None:
    assert wording.ahead(value) == written


def test_points_have_a_sign() -> None:
    given = {9.9: "+9.9", -21.7: "−21.7", 0: "0.0", -0.03: "0.0", 0.05: "+0.1"}
    assert [wording.points(value) for value in given] == [f"{text}个百分点" for text in given.values()]


def test_a_gap_is_told_however_small() -> None:
    """The lamp beside it turns at zero."""
    given = {0.04: "快不到0.1个百分点", -0.0001: "慢不到0.1个百分点", 0: "与序时进度持平", -0.05: "慢0.1个百分点"}
    assert [wording.ahead(gap) for gap in given] == list(given.values())


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2025-01", "2025-06", "2025年1—6月"),
        ("2025-06", "2025-06", "2025年6月"),
        ("2025-01", "2025-12", "2025年全年"),
        ("2024-11", "2025-02", "2024年11月—2025年2月"),
        (None, "2025-06", "2025年6月"),
        (None, None, "时段不明"),
        (float("nan"), float("nan"), "时段不明"),
    ],
)
def test_span(start: object, end: object, written: str) -> None:
    assert wording.span(start, end) == written


def test_figures_of_a_record_on_a_line() -> None:
    record = {
        "value": 4.36,
        "unit": "亿元",
        "completion": 55.2,
        "basis": "annual",
        "target": 7.9,
        "target_unit": "亿元",
        "target_from": "implied",
        "yoy": -3.0,
    }
    assert wording.figures(record) == "数值 4.36亿元，完成率 55.2%（年度目标），目标值 7.9亿元（推算），同比 下降3.0%"


def test_markdown_of_report_text_is_harmless() -> None:
    assert wording.markdown_text("[x](y) *a* $b$ :c:") == r"\[x\](y) \*a\* \$b\$ \:c\:"
