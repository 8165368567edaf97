"""What is typed into the fields of a record becomes changes that the store takes, or is refused in Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from ui import fields

RECORD: dict[str, Any] = {
    "town": "柳溪镇",
    "indicator": "财政总收入",
    "value_text": "13.40",
    "unit": "亿元",
    "completion_text": "55.2",
    "basis": "annual",
    "target_text": None,
    "target_unit": None,
    "target_from": None,
    "yoy_text": None,
    "period_start": "2025-01",
    "period_end": "2025-06",
    "status": "actual",
}
AS_SHOWN = {field.key: fields.shown(RECORD, field) for field in fields.FIELDS}


def test_nothing_typed_is_no_change() -> None:
    """The fields show the record as it is, numbers with their zeros."""
    assert AS_SHOWN["value"] == "13.40"
    assert fields.changes(RECORD, AS_SHOWN) == {}


@pytest.mark.parametrize(
    ("field", "typed", "changes"),
    [
        ("value", "１３．５", {"value": "13.5"}),
        ("value", "1,250.0", {"value": "1250.0"}),
        ("completion", "58.2％", {"completion": "58.2"}),
        ("yoy", "-3.2%", {"yoy": "-3.2"}),
        ("value", "  ", {"value": None}),
        ("town", " 石桥镇 ", {"town": "石桥镇"}),
        ("town", "", {"town": None}),
        ("period_end", "2025年9月", {"period_end": "2025-09"}),
        ("period_end", "2025.9", {"period_end": "2025-09"}),
        ("period_end", "202509", {"period_end": "2025-09"}),
        ("basis", None, {"basis": None}),
        ("status", "expected", {"status": "expected"}),
        ("target", "24", {"target": "24", "target_from": "stated"}),
    ],
)
def test_one_field_typed_is_one_change(field: str, typed: object, changes: dict[str, object]) -> None:
    """Full width, thousands separators and signs of per cent are understood; a typed target is a stated one."""
    assert fields.changes(RECORD, {**AS_SHOWN, field: typed}) == changes


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"value": "约十三"}, "数值要填数字"),
        ({"completion": "nan"}, "完成率（%）要填数字"),
        ({"period_end": "六月"}, "时段止要写成 2025-06"),
        ({"period_end": "2025-13"}, "时段止要写成 2025-06"),
        ({"period_end": "2024-12"}, "不能在时段止"),
        ({"period_end": ""}, "也要填时段止"),
        ({"indicator": " "}, "指标不能为空"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_with_a_reason(typed: dict[str, str], message: str) -> None:
    """The message names the field as the page does."""
    with pytest.raises(fields.Refused, match=message):
        fields.changes(RECORD, {**AS_SHOWN, **typed})


def test_values_of_the_log_are_words() -> None:
    """Codes never reach the page."""
    assert [fields.word("review", "accepted"), fields.word("basis", "annual")] == ["已确认", "年度目标"]
    assert [fields.word("value", None), fields.word("flags", ["约数", "缺％号"])] == ["（空）", "约数；缺％号"]
