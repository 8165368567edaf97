"""Targets set by hand: kept, replaced, taken away, each change logged and to be undone; settings by prefix."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store import Store, StoreError, Target
from store.errors import ChangeOverwritten, WrongValue

KEY = ("柳溪镇", "固定资产投资", 2025, 1)
TARGET = Target("柳溪镇", "固定资产投资", 2025, Decimal("13.40"), "亿元", source="县委〔2025〕3号")


def test_a_target_is_kept_with_its_digits_who_and_source(store: Store) -> None:
    before = store.version
    assert store.set_targets([TARGET], who="李雷", why="年初下达") == 1
    (row,) = store.targets()
    assert (row["target"], row["target_text"], row["unit"], row["who"]) == (13.4, "13.40", "亿元", "李雷")
    assert tuple(row[name] for name in ("town", "indicator", "year", "from_month")) == KEY
    assert store.version == before + 1
    (entry,) = store.changes()
    assert (entry["subject"], entry["field"], entry["old"]) == ("target", "柳溪镇|固定资产投资|2025|1", None)
    assert (entry["new"]["target"], entry["why"]) == ("13.40", "年初下达")


def test_steps_of_one_year_stand_beside_each_other_and_the_same_again_changes_nothing(store: Store) -> None:
    later = Target("柳溪镇", "固定资产投资", 2025, Decimal(15), "亿元", from_month=7, source="年中调整")
    assert store.set_targets([TARGET, later], who="李雷") == 2
    assert store.set_targets([TARGET, later], who="李雷") == 0
    assert [row["from_month"] for row in store.targets()] == [1, 7]
    assert len(store.changes()) == 2


def test_a_change_and_a_removal_can_be_undone(store: Store) -> None:
    store.set_targets([TARGET], who="李雷")
    changed = Target("柳溪镇", "固定资产投资", 2025, Decimal(14), "亿元")
    store.set_targets([changed], who="王小明")
    first, second = sorted(entry["id"] for entry in store.changes())
    with pytest.raises(ChangeOverwritten):
        store.undo_change(first, "李雷")
    store.undo_change(second, "李雷")
    assert store.targets()[0]["target_text"] == "13.40"
    assert store.remove_targets([KEY, ("无此镇", "无", 2025, 1)], who="李雷") == 1
    assert store.targets() == []
    store.undo_change(store.changes()[0]["id"], "李雷")
    assert store.targets()[0]["source"] == "县委〔2025〕3号"


@pytest.mark.parametrize(
    "wrong",
    [
        Target(" ", "财政总收入", 2025, Decimal(1), "万元"),
        Target("柳溪|镇", "财政总收入", 2025, Decimal(1), "万元"),
        Target("柳溪镇", "财政总收入", 1900, Decimal(1), "万元"),
        Target("柳溪镇", "财政总收入", 2025, Decimal(0), "万元"),
        Target("柳溪镇", "财政总收入", 2025, Decimal("NaN"), "万元"),
        Target("柳溪镇", "财政总收入", 2025, Decimal("1e999"), "万元"),
        Target("柳溪镇", "财政总收入", 2025, Decimal(1), "万元", from_month=13),
    ],
)
def test_one_wrong_target_keeps_none(store: Store, wrong: Target) -> None:
    with pytest.raises(WrongValue):
        store.set_targets([TARGET, wrong], who="李雷")
    assert store.targets() == []
    assert store.changes() == []


def test_nobody_sets_a_target_without_a_name(store: Store) -> None:
    for write in (lambda: store.set_targets([TARGET], who=" "), lambda: store.remove_targets([KEY], who="")):
        with pytest.raises(StoreError, match="操作人"):
            write()


def test_settings_are_read_by_what_their_keys_begin_with(store: Store) -> None:
    store.set_settings({"alias:规上产值": "规模以上工业总产值", "alias:a_b": "x", "aliasxx": 1}, "李雷", "学得")
    assert store.settings("alias:") == {"a_b": "x", "规上产值": "规模以上工业总产值"}
    store.set_setting("alias:a_b", None, "李雷")
    assert list(store.settings("alias:")) == ["规上产值"]
    with pytest.raises(WrongValue):
        store.set_settings({"alias:c": 1, "alias:d": {1}}, "李雷")
    assert "c" not in store.settings("alias:")


def test_alerts_have_their_own_words_and_an_answer_says_what(store: Store) -> None:
    for status in ("reminded", "closed", "open"):
        store.handle("alert", "柳溪镇|财政总收入|2025-06", status, who="督查科")
    with pytest.raises(WrongValue, match="反馈内容"):
        store.handle("alert", "柳溪镇|财政总收入|2025-06", "answered", who="督查科")
    with pytest.raises(WrongValue):
        store.handle("alert", "柳溪镇|财政总收入|2025-06", "dismissed", who="督查科", note="x")
    assert [row["status"] for row in store.handled("alert")] == ["open"]


def test_a_filter_that_nobody_knows_is_an_error(store: Store) -> None:
    for ask in (store.records, store.count_records):
        with pytest.raises(TypeError, match="town"):
            ask(town="柳溪镇")  # type: ignore[call-arg]
