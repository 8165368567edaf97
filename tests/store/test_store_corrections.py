"""Every correction is logged and can be taken back, by a new entry."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from store_examples import make_record, only, save

from extract.models import RECORD_KEYS
from store import Store
from store.errors import (
    CannotUndo,
    ChangeAlreadyUndone,
    ChangeOverwritten,
    PersonRequired,
    UnknownChange,
    UnknownField,
    UnknownRecord,
    WrongValue,
)

NEW_VALUES: dict[str, Any] = {
    "town": "石桥镇",
    "indicator": "一般公共预算收入",
    "indicator_text": "一般预算收入",
    "value": Decimal("1.50"),
    "unit": "万元",
    "completion": Decimal("60.0"),
    "basis": "plan",
    "target": Decimal("30"),
    "target_unit": "万元",
    "target_from": "stated",
    "yoy": Decimal("-7.10"),
    "period_start": "2016-04",
    "period_end": "2016-09",
    "status": "expected",
    "sentence": "更正后的原文。",
    "start": 1,
    "end": 99,
    "flags": ("预计数", "同指标分别"),
}
MAY_BE_EMPTY = [
    "town",
    "value",
    "unit",
    "completion",
    "basis",
    "target",
    "target_unit",
    "target_from",
    "yoy",
    "period_start",
    "period_end",
]


@pytest.fixture
def record_id(store: Store) -> int:
    """The number of one saved record."""
    save(store)
    return int(only(store)["id"])


def test_every_field_but_the_reports_name_is_covered_here() -> None:
    """A field that the record gains must be correctable too."""
    assert set(NEW_VALUES) == set(RECORD_KEYS) - {"report"}


@pytest.mark.parametrize(("field", "value"), [*NEW_VALUES.items(), *((field, None) for field in MAY_BE_EMPTY)], ids=str)
def test_a_correction_of_each_field_round_trips_and_is_undone(
    store: Store, record_id: int, field: str, value: Any
) -> None:
    """The record, the log entry and the undo agree; no other field moves."""
    before = store.record(record_id)
    version = store.version
    store.correct_record(record_id, {field: value}, who="李雷", why="核对原件")
    assert store.record(record_id) == replace(before, **{field: value})
    assert only(store)["review"] == "corrected"
    assert store.version > version
    (entry,) = store.changes(record_id)
    assert (entry["who"], entry["why"], entry["field"], entry["record_id"]) == ("李雷", "核对原件", field, record_id)
    logged = str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
    assert entry["new"] == logged
    undo = store.undo_change(entry["id"], "王小明")
    assert store.record(record_id) == before
    newest, oldest = store.changes(record_id)
    assert (newest["id"], newest["undoes"], newest["who"]) == (undo, entry["id"], "王小明")
    assert (newest["old"], newest["new"]) == (entry["new"], entry["old"])
    assert oldest == entry | {"undone_by": undo}


def test_all_fields_together_are_one_correction(store: Store, record_id: int) -> None:
    """One entry for each field that differs, none for a field that stays."""
    store.correct_record(record_id, NEW_VALUES | {"unit": "亿元"}, who="李雷")
    assert store.record(record_id) == replace(make_record(), **{**NEW_VALUES, "unit": "亿元"})
    assert {entry["field"] for entry in store.changes(record_id)} == set(NEW_VALUES) - {"unit"}
    assert len({entry["when"] for entry in store.changes()}) == 1


@pytest.mark.parametrize(
    ("given", "printed", "number"),
    [
        ("13.400", "13.400", 13.4),
        (7, "7", 7.0),
        (0.1, "0.1", 0.1),
        (" 5.50 ", "5.50", 5.5),
        (Decimal("1E+3"), "1000", 1e3),
    ],
)
def test_numbers_are_taken_as_a_form_gives_them(
    store: Store, record_id: int, given: object, printed: str, number: float
) -> None:
    """Digits keep their zeros; a float is taken by its shortest form."""
    store.correct_record(record_id, {"value": given}, who="李雷")
    row = only(store)
    assert (row["value_text"], row["value"]) == (printed, number)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"value": "十三"}, WrongValue),
        ({"value": float("nan")}, WrongValue),
        ({"yoy": float("inf")}, WrongValue),
        ({"completion": True}, WrongValue),
        ({"period_end": "2016-13"}, WrongValue),
        ({"period_end": "2015-12"}, WrongValue),
        ({"period_start": 201601}, WrongValue),
        ({"status": "done"}, WrongValue),
        ({"status": None}, WrongValue),
        ({"basis": ["annual"]}, WrongValue),
        ({"indicator": " "}, WrongValue),
        ({"indicator": None}, WrongValue),
        ({"sentence": None}, WrongValue),
        ({"town": 3}, WrongValue),
        ({"start": -1}, WrongValue),
        ({"end": 2.5}, WrongValue),
        ({"start": 36}, WrongValue),
        ({"flags": "预计数"}, WrongValue),
        ({"report": "别的.txt"}, UnknownField),
        ({"id": 5}, UnknownField),
        ({"review": "read"}, UnknownField),
        ({"town": "石桥镇", "no such": 1}, UnknownField),
    ],
    ids=str,
)
def test_a_wrong_correction_is_refused_whole(
    store: Store, record_id: int, changes: dict[str, object], error: type[Exception]
) -> None:
    """Nothing is written and nothing is logged."""
    before = (store.records(), store.version)
    with pytest.raises(error):
        store.correct_record(record_id, changes, who="李雷")
    assert (store.records(), store.version) == before
    assert store.changes() == []


def test_a_correction_that_changes_nothing_leaves_the_record_alone(store: Store, record_id: int) -> None:
    """Neither the log nor the review moves; 13.4 for 13.40 is a change of what is printed."""
    store.correct_record(record_id, {"value": Decimal("13.40"), "flags": ["时段承前"]}, who="李雷")
    assert store.changes() == []
    assert only(store)["review"] == "read"
    store.correct_record(record_id, {"value": 13.4}, who="李雷")
    assert [(entry["old"], entry["new"]) for entry in store.changes()] == [("13.40", "13.4")]


def test_a_record_is_accepted_rejected_and_brought_back(store: Store, record_id: int) -> None:
    """Rejecting hides, undoing shows it as it was."""
    store.accept_record(record_id, who="李雷")
    assert only(store)["review"] == "accepted"
    store.reject_record(record_id, who="李雷", why="不是本镇数据")
    assert store.records() == []
    assert store.reports()[0]["record_count"] == 0
    rejection = store.changes(record_id)[0]
    assert (rejection["old"], rejection["new"], rejection["why"]) == ("accepted", "rejected", "不是本镇数据")
    store.undo_change(rejection["id"], "王小明")
    assert only(store)["review"] == "accepted"


def test_an_undo_can_be_undone_but_not_done_twice(store: Store, record_id: int) -> None:
    """Taking back the taking back brings the correction again."""
    store.correct_record(record_id, {"value": "14.0"}, who="李雷")
    first = store.changes()[0]["id"]
    undo = store.undo_change(first, "李雷")
    with pytest.raises(ChangeAlreadyUndone):
        store.undo_change(first, "李雷")
    store.undo_change(undo, "李雷")
    assert only(store)["value_text"] == "14.0"
    assert len(store.changes()) == 3


def test_a_later_correction_must_be_undone_first(store: Store, record_id: int) -> None:
    """An undo never overwrites what came after; another field does not stand in the way."""
    store.correct_record(record_id, {"value": "14.0", "yoy": "9"}, who="李雷")
    first = {entry["field"]: entry["id"] for entry in store.changes()}
    store.correct_record(record_id, {"value": "15.0"}, who="王小明")
    with pytest.raises(ChangeOverwritten):
        store.undo_change(first["value"], "李雷")
    store.undo_change(first["yoy"], "李雷")
    assert (only(store)["value_text"], only(store)["yoy_text"]) == ("15.0", "8.0")


def test_a_reading_with_a_word_no_form_offers_can_be_restored(store: Store) -> None:
    """The undo brings back what was there, also what a person could not enter."""
    save(store, make_record(basis="half-month"))
    number = only(store)["id"]
    store.correct_record(number, {"basis": "half"}, who="李雷")
    store.undo_change(store.changes()[0]["id"], "李雷")
    assert only(store)["basis"] == "half-month"


def test_what_was_deleted_cannot_be_undone(store: Store) -> None:
    """The log stays and says so."""
    save(store, origin="sample")
    store.correct_record(only(store)["id"], {"value": 1}, who="李雷")
    correction = store.changes()[0]["id"]
    store.delete_sample(who="李雷")
    with pytest.raises(CannotUndo):
        store.undo_change(store.changes()[0]["id"], "李雷")
    with pytest.raises(UnknownRecord):
        store.undo_change(correction, "李雷")
    with pytest.raises(UnknownChange, match="99"):
        store.undo_change(99, "李雷")


def test_no_write_without_a_person_and_no_record_without_a_number(store: Store, record_id: int) -> None:
    """Each writing method asks who."""
    for write in (
        lambda: store.correct_record(record_id, {"value": 1}, who=""),
        lambda: store.accept_record(record_id, who=""),
        lambda: store.reject_record(record_id, who=""),
        lambda: store.set_setting("a", 1, ""),
        lambda: store.delete_sample(who=""),
        lambda: store.undo_change(1, ""),
        lambda: store.supersede_reports([], by=1, who=""),
    ):
        with pytest.raises(PersonRequired):
            write()
    with pytest.raises(UnknownRecord, match="55"):
        store.correct_record(55, {"value": 1}, who="李雷")
    with pytest.raises(UnknownRecord, match="55"):
        store.reject_record(55, who="李雷")


def test_settings_keep_any_json_and_are_logged(store: Store) -> None:
    """The default answers for what was never set; undo works as for records."""
    assert store.setting("thresholds", {"yellow": -5}) == {"yellow": -5}
    store.set_setting("thresholds", {"yellow": -10, "名": ["一", None, 1.5]}, "李雷", why="会议决定")
    store.set_setting("thresholds", {"yellow": -8}, "王小明")
    assert store.setting("thresholds") == {"yellow": -8}
    newest, oldest = store.changes()
    assert (newest["subject"], newest["field"], newest["old"]["yellow"]) == ("setting", "thresholds", -10)
    assert (oldest["old"], oldest["who"], oldest["why"]) == (None, "李雷", "会议决定")
    store.undo_change(newest["id"], "李雷")
    assert store.setting("thresholds")["名"] == ["一", None, 1.5]
    version = store.version
    with pytest.raises(WrongValue, match="tags"):
        store.set_setting("tags", {1, 2}, "李雷")
    assert store.version == version


def test_the_log_is_read_page_by_page(store: Store, record_id: int) -> None:
    """Newest first, by record, by report or all."""
    for value in range(5):
        store.correct_record(record_id, {"value": value}, who="李雷")
    store.set_setting("a", 1, "李雷")
    assert [entry["new"] for entry in store.changes(record_id, limit=2, offset=1)] == ["3", "2"]
    assert len(store.changes()) == 6
    assert len(store.changes(report_id=only(store)["report_id"])) == 5
