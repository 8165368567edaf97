"""A report is kept whole or not at all, once, and older ones stay reachable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from store_examples import HALF_YEAR, SENTENCE, make_findings, make_record, only, save

from extract.models import RECORD_KEYS, Findings, Period
from store import RECORD_DICT_KEYS, Store
from store import saving as saving_module
from store.errors import PersonRequired, UnknownReport, WrongReview, WrongValue


def test_a_report_is_kept_with_bytes_text_hash_person_time_and_origin(store: Store) -> None:
    """Everything about the file comes back as it came in."""
    content = "报告原件".encode("gb18030")
    report_id = save(store, content=content, who="李雷")
    (report,) = store.reports()
    assert store.report_content(report_id) == content
    assert store.report_text(report_id) == SENTENCE
    assert report["sha256"] == hashlib.sha256(content).hexdigest()
    assert (report["id"], report["who"], report["origin"], report["status"]) == (report_id, "李雷", "upload", "live")
    assert (report["name"], report["kind"], report["title"]) == ("柳溪镇半年.txt", "text", "半年工作总结")
    assert (report["town"], report["period_start"], report["period_end"]) == ("柳溪镇", "2016-01", "2016-06")
    assert report["flags"] == ["修复断行", "年份取自标题"]
    assert (report["record_count"], report["missed_count"], report["left_out_count"]) == (1, 1, 1)
    received = datetime.fromisoformat(report["received_at"])
    assert received.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - received) < timedelta(minutes=5)
    assert store.report(report_id) == report


def test_a_record_comes_back_with_every_key_numbers_as_float_and_as_printed(store: Store) -> None:
    """13.40 keeps its zero as text; the dict is ready for JSON."""
    record = make_record()
    report_id = save(store, record)
    found = only(store)
    assert tuple(found) == RECORD_DICT_KEYS
    assert {key: found[key] for key in RECORD_KEYS} == record.to_dict()
    assert [type(found[key]) for key in ("value", "completion", "target", "yoy")] == [float] * 4
    assert (found["value_text"], found["yoy_text"], found["target_text"]) == ("13.40", "8.0", "24.28")
    assert (found["report_id"], found["report_name"], found["review"]) == (report_id, "柳溪镇半年.txt", "read")
    assert json.loads(json.dumps(found)) == found
    assert store.evidence(found["id"]) == list(record.evidence)
    assert store.record(found["id"]) == record


def test_what_was_missed_is_kept_with_its_reason(store: Store) -> None:
    """Understood and not understood are told apart."""
    report_id = save(store)
    left_out, unclear = store.missed(report_id)
    assert (left_out["text"], left_out["reason"], left_out["understood"]) == ("12.5%", "比重", True)
    assert (unclear["sentence"], unclear["start"], unclear["understood"]) == ("约三成左右。", 50, False)
    assert store.missed(understood=False) == [unclear]
    assert store.missed(report_id, limit=1, offset=1) == [unclear]


def test_the_same_content_twice_is_one_report(store: Store) -> None:
    """The second time nothing is written, not even the version."""
    first = save(store, content=b"same")
    version = store.version
    again = store.save_report(make_findings(make_record(indicator="另一个")), b"same", who="李雷", replace=True)
    assert (again.report_id, again.duplicate, again.conflicts) == (first, True, ())
    assert store.version == version
    assert len(store.reports(include_superseded=True)) == store.count_records() == 1
    found = store.find_duplicate(b"same")
    assert found is not None
    assert found.id == first
    assert store.find_duplicate(b"other") is None


@pytest.mark.parametrize("step", ["evidence_rows", "missed_row", "supersede", "_log_review"])
def test_a_failure_in_the_middle_leaves_nothing(store: Store, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a report without records nor a replaced report without its successor."""
    save(store, content=b"first")
    before = (store.reports(True), store.records(), store.missed(), store.changes(), store.version)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(saving_module, step, fail)
    with pytest.raises(RuntimeError, match="power cut"):
        save(store, content=b"second", replace=True)
    monkeypatch.undo()
    assert (store.reports(True), store.records(), store.missed(), store.changes(), store.version) == before
    assert store.find_duplicate(b"second") is None
    assert save(store, content=b"second") > 0


def test_a_failure_of_the_database_itself_leaves_nothing(store: Store) -> None:
    """A row that the database refuses takes the whole report with it."""
    broken = replace(make_record(), indicator=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"(?i)null"):
        save(store, make_record(), broken)
    assert store.reports() == []
    assert store.count_records() == 0
    assert store.version == 0


def test_the_same_town_and_period_is_told_and_both_stay(store: Store) -> None:
    """Without being asked the store replaces nothing."""
    first = save(store)
    saved = store.save_report(make_findings(make_record()), b"new", who="李雷")
    assert (saved.conflicts, saved.replaced, saved.duplicate) == ((first,), (), False)
    assert store.count_records() == 2
    assert [row.id for row in store.same_town_period("柳溪镇", HALF_YEAR)] == [saved.report_id, first]


def test_a_replaced_report_disappears_and_stays_reachable(store: Store) -> None:
    """Its records, text and missed numbers are history."""
    first = save(store, make_record(value=Decimal("1")))
    saved = store.save_report(make_findings(make_record(value=Decimal("2"))), b"new", who="李雷", replace=True)
    assert (saved.conflicts, saved.replaced) == ((), (first,))
    assert [row["value"] for row in store.records()] == [2.0]
    assert store.records(report_id=first) == []
    assert [row["value"] for row in store.records(include_superseded=True)] == [1.0, 2.0]
    assert [row["superseded"] for row in store.records(include_superseded=True)] == [True, False]
    assert (store.count_records(), store.count_records(include_superseded=True)) == (1, 2)
    assert [report["id"] for report in store.reports()] == [saved.report_id]
    old = store.report(first)
    assert (old["status"], old["superseded_by"], old["record_count"]) == ("superseded", saved.report_id, 1)
    assert {row["report_id"] for row in store.missed()} == {saved.report_id}
    assert len(store.missed(first)) == 2
    (entry,) = store.changes(report_id=first)
    assert (entry["field"], entry["old"], entry["new"], entry["who"]) == (
        "superseded_by",
        None,
        saved.report_id,
        "李雷",
    )


def test_undoing_a_replacement_brings_the_old_report_back(store: Store) -> None:
    """A wrong answer to "replace?" costs nothing."""
    first = save(store)
    store.save_report(make_findings(make_record()), b"new", who="李雷", replace=True)
    (entry,) = store.changes(report_id=first)
    store.undo_change(entry["id"], "王小明")
    assert store.count_records() == 2
    assert store.report(first)["status"] == "live"


def test_saved_reports_can_be_replaced_later_but_never_all_of_them(store: Store) -> None:
    """Two reports cannot supersede each other, nor one itself."""
    first, second = save(store), save(store)
    store.supersede_reports([first], by=second, who="李雷", why="更正稿")
    assert [report["id"] for report in store.reports()] == [second]
    for old, by in ((second, first), (second, second)):
        with pytest.raises(WrongValue, match="有效的报告"):
            store.supersede_reports([old], by=by, who="李雷")
    with pytest.raises(UnknownReport):
        store.supersede_reports([99], by=second, who="李雷")
    assert store.count_records() == 1


@pytest.mark.parametrize(
    ("town", "period"),
    [("石桥镇", HALF_YEAR), ("柳溪镇", Period("2016-01", "2016-09")), ("柳溪镇", Period("2016-06", "2016-06"))],
)
def test_another_town_or_period_is_no_conflict(store: Store, town: str, period: Period) -> None:
    """Only exactly the same place and time count."""
    save(store)
    saved = store.save_report(make_findings(town=town, period=period), b"new", who="李雷", replace=True)
    assert saved.conflicts == saved.replaced == ()
    assert len(store.reports()) == 2


def test_unknown_towns_and_periods_never_conflict(store: Store) -> None:
    """Two reports whose town nobody knows are not reports of one town."""
    nowhere = make_findings(town=None)
    never = make_findings(period=Period(None, None))
    for number, findings in enumerate((nowhere, nowhere, never, never)):
        assert store.save_report(findings, bytes([number]), who="李雷", replace=True).replaced == ()
    assert len(store.reports()) == 4
    assert store.same_town_period(None, HALF_YEAR) == []


def test_the_person_names_town_and_period_for_what_carried_the_reports_own(store: Store) -> None:
    """A masked town is filled in; a county's figure and a single month keep their own."""
    masked = make_record(town=None, period_start=None, period_end=None)
    county = make_record(town="示例县", period_start="2016-06", period_end="2016-06")
    findings = make_findings(masked, county, town=None, period=Period(None, None))
    report_id = save(store, findings=findings, town="柳溪镇", period=HALF_YEAR)
    first, second = store.records()
    assert (first["town"], first["period_start"], first["period_end"]) == ("柳溪镇", "2016-01", "2016-06")
    assert (second["town"], second["period_start"]) == ("示例县", "2016-06")
    report = store.report(report_id)
    assert (report["town"], report["period_end"]) == ("柳溪镇", "2016-06")
    assert [row.id for row in store.same_town_period("柳溪镇", HALF_YEAR)] == [report_id]


def test_reviewed_records_are_saved_with_their_review_and_logged(store: Store) -> None:
    """What the person changed or threw out before saving stands in the log; accepting is no change."""
    spans = [make_record().evidence, make_record().evidence[:2], make_record().evidence[:1]]
    readings = [make_record(indicator=f"指标{number}", evidence=span) for number, span in enumerate(spans)]
    corrected = replace(readings[1], value=Decimal("13.5"), town="石桥镇")
    report_id = save(
        store,
        findings=make_findings(*readings),
        records=[readings[0], corrected],
        reviews=["accepted", "corrected"],
        rejected=[readings[2]],
    )
    assert [(row["indicator"], row["review"], row["value_text"]) for row in store.records()] == [
        ("指标0", "accepted", "13.40"),
        ("指标1", "corrected", "13.5"),
    ]
    assert store.report(report_id)["record_count"] == 2
    logged = [(entry["field"], entry["old"], entry["new"]) for entry in reversed(store.changes())]
    assert logged == [("town", "柳溪镇", "石桥镇"), ("value", "13.40", "13.5"), ("review", "read", "rejected")]
    thrown_out = only(store, reviews=["rejected"])
    assert thrown_out["indicator"] == "指标2"
    store.undo_change(store.changes(thrown_out["id"])[0]["id"], "李雷")
    assert store.count_records() == 3


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"who": " "}, PersonRequired),
        ({"origin": "elsewhere"}, WrongValue),
        ({"reviews": []}, WrongReview),
        ({"reviews": ["rejected"]}, WrongReview),
    ],
)
def test_a_save_that_makes_no_sense_is_refused(store: Store, options: dict[str, Any], error: type[Exception]) -> None:
    """The error is named for the fact and nothing is written."""
    with pytest.raises(error):
        save(store, **options)
    assert store.reports() == []


def test_samples_are_known_and_cleared_in_one_step(store: Store) -> None:
    """What people uploaded stays, also where a sample had replaced it; numbers are not given twice."""
    assert not store.has_sample()
    assert not store.is_sample_only()
    save(store, origin="sample", findings=make_findings(make_record(town="石桥镇"), town="石桥镇"))
    assert store.is_sample_only()
    own = save(store, make_record(value=Decimal("7")))
    covering = save(store, origin="sample", replace=True)
    assert store.has_sample()
    assert not store.is_sample_only()
    gone = store.records(report_id=covering)[0]["id"]
    assert store.delete_sample(who="李雷") == 2
    assert [report["id"] for report in store.reports(include_superseded=True)] == [own]
    assert [row["value"] for row in store.records(include_superseded=True)] == [7.0]
    assert len(store.missed()) == 2
    assert [entry["who"] for entry in store.changes(limit=2)] == ["李雷", "李雷"]
    assert store.delete_sample() == 0
    save(store)
    assert all(row["id"] != gone for row in store.records())
    assert all(report["id"] != covering for report in store.reports())


@pytest.mark.parametrize("read", [Store.report, Store.report_text, Store.report_content])
def test_an_unknown_report_is_named(store: Store, read: Callable[[Store, int], object]) -> None:
    """The message says which number."""
    with pytest.raises(UnknownReport, match="12"):
        read(store, 12)


def test_a_report_without_records_or_text_is_kept(store: Store) -> None:
    """Nothing found is a result too."""
    findings = make_findings(missed=())
    report_id = save(store, findings=Findings(replace(findings.document, text=""), (), ()), content=b"")
    assert store.report(report_id)["record_count"] == 0
    assert store.report_text(report_id) == ""
    assert store.report_content(report_id) == b""


def test_characters_that_no_database_takes_keep_their_place(store: Store) -> None:
    """NUL and half surrogates become �, so offsets stay true."""
    findings = make_findings(make_record(sentence="收入\x00增\ud800长", flags=("坏\x00字",)))
    findings = replace(findings, document=replace(findings.document, text="收入\x00增\ud800长"))
    report_id = save(store, findings=findings)
    assert store.report_text(report_id) == only(store)["sentence"] == "收入\ufffd增\ufffd长"
