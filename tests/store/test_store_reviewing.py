"""Checking saved reports: many records at once, town and period told afterwards, pages of lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_examples import HALF_YEAR, make_findings, make_record, only, save

from extract.models import Period
from store import Store
from store.errors import ChangeAlreadyUndone, UnknownRecord, UnknownReport, WrongValue


def numbers(store: Store) -> list[int]:
    """The numbers of all records in the order they were saved."""
    return [row["id"] for row in store.records()]


def test_many_records_are_accepted_in_one_write_and_taken_back_in_one(store: Store) -> None:
    """One version for all; an entry for each that was not accepted before."""
    save(store, *(make_record(indicator=name) for name in ("甲", "乙", "丙")))
    first, *rest = numbers(store)
    store.accept_record(first, who="李雷")
    version = store.version
    store.accept_records([first, *rest], who="李雷")
    assert {row["review"] for row in store.records()} == {"accepted"}
    assert store.version == version + 1
    entries = [entry["id"] for entry in store.changes() if entry["record_id"] in rest]
    assert len(entries) == 2
    store.undo_changes(entries, "李雷")
    assert [row["review"] for row in store.records()] == ["accepted", "read", "read"]
    with pytest.raises(ChangeAlreadyUndone):
        store.undo_changes(entries, "李雷")


def test_one_unknown_record_leaves_all_as_they_were(store: Store) -> None:
    """All or none."""
    save(store)
    with pytest.raises(UnknownRecord):
        store.accept_records([*numbers(store), 999], who="李雷")
    assert only(store)["review"] == "read"
    assert store.changes() == []


def test_a_record_is_reopened(store: Store) -> None:
    """It waits to be checked again, and the log tells."""
    save(store)
    (number,) = numbers(store)
    store.accept_record(number, who="李雷")
    store.reopen_record(number, who="王小明")
    assert only(store, reviews=["read"])["id"] == number
    newest = store.changes(number)[0]
    assert (newest["old"], newest["new"]) == ("accepted", "read")


def test_the_told_town_and_period_reach_the_records_that_carried_the_reports_own(store: Store) -> None:
    """A record with its own town or month keeps it; one without a month takes it only when asked."""
    own = make_record(indicator="甲", town="石桥镇", period_start="2016-06", period_end="2016-06")
    bare = make_record(indicator="乙", period_start=None, period_end=None)
    report = save(store, make_record(), own, bare)
    year = Period("2017-01", "2017-12")
    store.tell_report(report, town="云岭镇", period=year, who="李雷")
    told = [(row["town"], row["period_start"], row["period_end"], row["review"]) for row in store.records()]
    assert told == [
        ("云岭镇", "2017-01", "2017-12", "read"),
        ("石桥镇", "2016-06", "2016-06", "read"),
        ("云岭镇", None, None, "read"),
    ]
    assert (store.report(report)["town"], store.report(report)["period_end"]) == ("云岭镇", "2017-12")
    store.tell_report(report, town="云岭镇", period=year, who="李雷", fill=True)
    assert [row["period_end"] for row in store.records()] == ["2017-12", "2016-06", "2017-12"]


def test_what_was_told_is_undone_whole(store: Store) -> None:
    """Report and records are as before; the saved reports of that town and period are found again."""
    report = save(store, make_record(), make_record(indicator="甲", period_start=None, period_end=None))
    before = ([store.record(number) for number in numbers(store)], store.report(report))
    store.tell_report(report, town=None, period=Period(None, None), who="李雷", why="原件没有写明")
    assert store.same_town_period("柳溪镇", HALF_YEAR) == []
    assert {row["town"] for row in store.records()} == {None}
    store.undo_changes([entry["id"] for entry in store.changes(report_id=report)], "李雷")
    assert ([store.record(number) for number in numbers(store)], store.report(report)) == before


@pytest.mark.parametrize("period", [Period("2016-07", "2016-06"), Period("2016", "2016-06"), Period(None, "6月")])
def test_a_wrong_period_is_refused_whole(store: Store, period: Period) -> None:
    """Nothing is written and nothing is logged."""
    report = save(store)
    with pytest.raises(WrongValue):
        store.tell_report(report, town="云岭镇", period=period, who="李雷")
    assert store.changes() == []
    with pytest.raises(UnknownReport):
        store.tell_report(99, town=None, period=HALF_YEAR, who="李雷")


def test_pages_of_records_come_from_either_end(store: Store) -> None:
    """The newest first in pages, with the filters of the whole list."""
    save(store, *(make_record(indicator=name) for name in "甲乙丙丁"))
    pages = [store.records(newest_first=True, limit=2, offset=start) for start in (0, 2, 4)]
    assert [[row["indicator"] for row in page] for page in pages] == [["丁", "丙"], ["乙", "甲"], []]
    assert [row["indicator"] for row in store.records(indicators=["甲", "丙"], limit=1, offset=1)] == ["丙"]
    assert store.periods() == ["2016-06"]


def test_one_record_is_read_whatever_its_review(store: Store) -> None:
    """A rejected record is not in the list but can be opened."""
    save(store)
    shown = only(store)
    store.reject_record(shown["id"], who="李雷")
    assert store.record_row(shown["id"]) == shown | {"review": "rejected"}
    with pytest.raises(UnknownRecord):
        store.record_row(999)


def test_reports_with_unchecked_records_are_told_apart(store: Store) -> None:
    """The count of records nobody has checked, and pages of the list."""
    first = save(store, make_record(), make_record(indicator="甲"))
    second = save(store, findings=make_findings(replace(make_record(), town="石桥镇"), town="石桥镇"))
    assert [report["unread_count"] for report in store.reports()] == [1, 2]
    store.accept_records([row["id"] for row in store.records(report_id=second)], who="李雷")
    assert [report["id"] for report in store.reports(unread=True)] == [first]
    assert (store.count_reports(), store.count_reports(unread=True)) == (2, 1)
    assert (store.count_reports(origin="upload"), store.reports(origin="sample")) == (2, [])
    assert [report["id"] for report in store.reports(limit=1, offset=1)] == [first]
