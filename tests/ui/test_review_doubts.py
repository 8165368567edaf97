"""The order of the review: what is most doubtful comes first, and the person is told why."""

from __future__ import annotations

from typing import Any

import pytest

from ui import doubts


def record(**changes: Any) -> dict[str, Any]:
    """A record that nothing speaks against; a test states only what does."""
    sure: dict[str, Any] = {"id": 1, "start": 0, "town": "柳溪镇", "period_end": "2025-06", "status": "actual"}
    return {**sure, "flags": [], "completion": 55.2, "yoy": 8.0, **changes}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, []),
        ({"town": None}, ["乡镇不明"]),
        ({"period_end": None}, ["时段不明"]),
        ({"period_end": None, "flags": ["年份存疑"]}, ["年份存疑"]),
        ({"flags": ["并列对应", "缺％号"]}, ["缺％号", "并列对应"]),
        ({"flags": ["从未见过的推断"]}, ["从未见过的推断"]),
        ({"completion": 640}, ["完成率偏高"]),
        ({"completion": 200.0, "yoy": -200.0}, []),
        ({"yoy": 215.9}, ["同比偏大"]),
        ({"status": "expected"}, ["预计"]),
        ({"status": "expected", "flags": ["预计数"]}, ["预计数"]),
    ],
    ids=str,
)
def test_every_reason_is_named_the_weightiest_first(changes: dict[str, Any], names: list[str]) -> None:
    """A missing period that a flag already explains is not told twice."""
    found = doubts.reasons(record(**changes))
    assert [reason.name for reason in found] == names
    assert all(reason.meaning for reason in found)


def test_the_most_doubtful_comes_first_and_equal_ones_as_in_the_report() -> None:
    """Doubts add up: two small ones outweigh one of middle size."""
    sure_late, sure_early = record(id=1, start=90), record(id=2, start=10)
    one = record(id=3, start=50, flags=["并列对应"])
    two = record(id=4, start=60, flags=["时段承前", "另一口径"])
    undated = record(id=5, start=70, period_end=None)
    order = doubts.in_order([sure_late, sure_early, one, two, undated])
    assert [row["id"] for row in order] == [5, 4, 3, 2, 1]
