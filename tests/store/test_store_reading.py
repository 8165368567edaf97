"""Filters, limits, counts and lists of names; what comes back is what was saved."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_examples import make_findings, make_record, save

from extract.models import Document, Evidence, Findings, Missed, Period, Record
from store import Store, open_store
from store.errors import UnknownRecord

FIRST_QUARTER = {"period_start": "2016-01", "period_end": "2016-03"}


@pytest.fixture
def filled(store: Store) -> Store:
    """Two reports, five records."""
    save(
        store,
        make_record(),
        make_record(indicator="工业投资", sentence="100%完成_工业投资。"),
        make_record(indicator="税收", status="expected", **FIRST_QUARTER),
    )
    save(
        store,
        make_record(town="石桥镇", **FIRST_QUARTER),
        make_record(town=None, period_start=None, period_end=None, indicator_text="本级Tax收入"),
        rejected=[make_record(town="东岭镇", indicator="信访量")],
    )
    return store


@pytest.mark.parametrize(
    ("filters", "positions"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"towns": ["柳溪镇"]}, [1, 2, 3]),
        ({"towns": ["石桥镇", "柳溪镇"], "indicators": ["财政总收入"]}, [1, 4]),
        ({"towns": []}, []),
        ({"statuses": ["expected", "planned"]}, [3]),
        ({"report_id": 2}, [4, 5]),
        ({"period_from": "2016-04"}, [1, 2]),
        ({"period_to": "2016-03"}, [3, 4]),
        ({"period_from": "2016-03", "period_to": "2016-06"}, [1, 2, 3, 4]),
        ({"text": "100%"}, [2]),
        ({"text": "成_工"}, [2]),
        ({"text": "%_"}, []),
        ({"text": "级tax"}, [5]),
        ({"text": "同比"}, [1, 3, 4, 5]),
        ({"reviews": ["rejected"]}, [6]),
        ({"reviews": ["read", "rejected"], "indicators": ["信访量", "税收"]}, [3, 6]),
        ({"text": "'; DROP TABLE records; --"}, []),
    ],
)
def test_filters_choose_records_and_counts_agree(filled: Store, filters: dict[str, Any], positions: list[int]) -> None:
    """Each filter restricts, all together hold, and the count is that of the list."""
    assert [row["id"] for row in filled.records(**filters)] == positions
    assert filled.count_records(**filters) == len(positions)


def test_pages_of_records_join_without_gap(filled: Store) -> None:
    """Limit and offset cut one stable order."""
    pages = [filled.records(limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [[row["id"] for row in page] for page in pages] == [[1, 2], [3, 4], [5], []]
    assert [row["id"] for row in filled.records(towns=["柳溪镇"], offset=1)] == [2, 3]


def test_lists_of_names_hold_what_is_shown(filled: Store) -> None:
    """Rejected and superseded records lend no names."""
    assert filled.towns() == sorted(["柳溪镇", "石桥镇"])
    assert filled.indicators() == sorted(["财政总收入", "工业投资", "税收"])
    save(filled, make_record(), replace=True)
    assert filled.indicators() == ["财政总收入"]


def test_reports_come_newest_first_with_their_counts(filled: Store) -> None:
    """The counts leave rejected records out."""
    assert [(report["id"], report["record_count"]) for report in filled.reports()] == [(2, 2), (1, 3)]


@pytest.mark.parametrize("read", [Store.record, Store.evidence])
def test_an_unknown_record_is_named(store: Store, read: Any) -> None:
    """The message says which number."""
    with pytest.raises(UnknownRecord, match="77"):
        read(store, 77)


def test_a_record_without_evidence_is_no_error(store: Store) -> None:
    """A typed-in record has none."""
    save(store, make_record(evidence=()))
    assert store.evidence(store.records()[0]["id"]) == []


def test_numbers_beyond_a_float_keep_their_digits(store: Store) -> None:
    """The float is empty, the printed digits and the Decimal are not."""
    save(store, make_record(value=Decimal("1e400"), yoy=Decimal("-0.10")))
    (row,) = store.records()
    assert (row["value"], row["value_text"], row["yoy_text"]) == (None, "1" + "0" * 400, "-0.10")
    assert store.record(row["id"]).value == Decimal("1e400")


def test_many_records_of_one_report_are_saved_together(store: Store) -> None:
    """Five thousand records with their evidence, in order."""
    records = [make_record(indicator=f"指标{number}") for number in range(5000)]
    save(store, *records)
    assert store.count_records() == 5000
    assert [row["indicator"] for row in store.records(limit=2, offset=4998)] == ["指标4998", "指标4999"]
    assert store.evidence(store.records(limit=1, offset=4999)[0]["id"]) == list(records[-1].evidence)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
maybe_texts = st.none() | texts
numbers = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3
)
months = st.none() | st.dates().map(lambda day: f"{day:%Y-%m}".rjust(7, "0"))
offsets = st.integers(0, 10**6)
spans = st.builds(Evidence, role=st.sampled_from(["value", "yoy", "period"]), start=offsets, end=offsets)
any_record = st.builds(
    Record,
    report=st.just("任意.txt"),
    town=maybe_texts,
    indicator=texts,
    indicator_text=texts,
    value=numbers,
    unit=maybe_texts,
    completion=numbers,
    basis=st.sampled_from([None, "annual", "other"]),
    target=numbers,
    target_unit=maybe_texts,
    target_from=st.sampled_from([None, "stated", "implied"]),
    yoy=numbers,
    period_start=months,
    period_end=months,
    status=st.sampled_from(["actual", "expected", "planned"]),
    sentence=texts,
    start=offsets,
    end=offsets,
    flags=st.lists(texts, max_size=3).map(tuple),
    evidence=st.lists(spans, max_size=4).map(tuple),
)
any_missed = st.builds(
    Missed, start=offsets, end=offsets, text=texts, sentence=texts, reason=texts, understood=st.booleans()
)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One store for all examples of the property."""
    place: Path = tmp_path_factory.mktemp("property") / "reports.db"
    return open_store(str(place))


@given(records=st.lists(any_record, max_size=4), missed=st.lists(any_missed, max_size=3), text=texts)
@settings(max_examples=60, deadline=None)
def test_whatever_is_saved_comes_back_equal(
    shared_store: Store, records: list[Record], missed: list[Missed], text: str
) -> None:
    """Records with Decimals as printed and evidence, dicts as ``to_dict``, missed, text."""
    document = Document("任意.txt", text)
    findings = Findings(document, tuple(records), tuple(missed), town="柳溪镇", period=Period("2016-01", "2016-06"))
    content = str(shared_store.version).encode()
    report_id = shared_store.save_report(findings, content, who="王小明").report_id
    rows = shared_store.records(report_id=report_id)
    back = [shared_store.record(row["id"]) for row in rows]
    assert back == records
    assert [str(record.value) for record in back] == [str(record.value) for record in records]
    assert [{key: row[key] for key in record.to_dict()} for row, record in zip(rows, back, strict=True)] == [
        record.to_dict() for record in records
    ]
    fields = ("start", "end", "text", "sentence", "reason", "understood")
    assert [Missed(**{key: row[key] for key in fields}) for row in shared_store.missed(report_id)] == missed
    assert shared_store.report_text(report_id) == text


def test_a_report_with_other_names_in_its_records_answers_with_its_own(store: Store) -> None:
    """The name stands with the report, once."""
    save(store, findings=make_findings(make_record(report="旧名.txt"), document=Document("新名.txt", "")))
    assert {row["report"] for row in store.records()} == {"新名.txt"}
