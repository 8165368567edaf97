"""The round trip's arithmetic: equal, differing and invented records are told apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.generator import ExpectedRecord, GeneratedReport, generate
from benchmarks.generator.comparison import Tally, compare, describe
from extract.models import Record


@pytest.fixture(scope="module")
def report() -> GeneratedReport:
    return next(generate(1, 1))


def as_read(expected: ExpectedRecord) -> Record:
    return Record(
        report="r.txt",
        town=expected.town,
        indicator=expected.indicator,
        indicator_text=expected.indicator_text,
        value=expected.value,
        unit=expected.unit,
        completion=expected.completion,
        yoy=expected.yoy,
        period_start=expected.period_start,
        period_end=expected.period_end,
        sentence=expected.sentence,
    )


def test_a_perfect_reading_is_equal(report: GeneratedReport) -> None:
    tally = Tally()
    compare(report, [as_read(record) for record in report.records], tally)
    assert (tally.equal, tally.invented) == (tally.written, 0) == (len(report.records), 0)


def test_the_same_amount_in_another_unit_is_equal(report: GeneratedReport) -> None:
    expected = next(record for record in report.records if record.unit == "亿元" and record.value is not None)
    assert expected.value is not None
    read = replace(as_read(expected), value=expected.value * 10000, unit="万元")
    tally = Tally()
    compare(replace(report, records=[expected]), [read], tally)
    assert tally.equal == 1


def test_a_wrong_rate_is_a_failure_of_its_phrase(report: GeneratedReport) -> None:
    expected = next(record for record in report.records if record.yoy is not None and record.value is not None)
    read = replace(as_read(expected), yoy=Decimal("999"))
    tally = Tally()
    compare(replace(report, records=[expected]), [read], tally)
    assert (tally.equal, tally.invented) == (0, 0)
    assert dict(tally.failures) == {(expected.template, "yoy"): 1}
    assert expected.sentence in describe(tally, 5)


def test_what_was_not_written_is_invented_unless_planned(report: GeneratedReport) -> None:
    extra = replace(as_read(report.records[0]), indicator="粮食产量", value=Decimal(7), completion=None, yoy=None)
    tally = Tally()
    compare(replace(report, records=[]), [extra, replace(extra, status="planned")], tally)
    assert (tally.found, tally.invented) == (2, 1)


def test_nothing_read_is_a_failure_for_every_record(report: GeneratedReport) -> None:
    tally = Tally()
    compare(report, [], tally)
    assert tally.equal == 0
    assert tally.fields["nothing found"] == len(report.records)
