"""What holds for every text: spans, widths of characters, text around, coverage, and that nothing is raised."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract import Document, Record, find
from extract.explain import explain
from extract.formats import FORMATS, WHATS, render
from extract.models import Evidence
from extract.numbers import number_pattern, parse_quantity
from extract.phrases import lex, unit_kind
from extract.text import fold, sentences
from tests.extract.compare import read_corpus
from tests.extract.texts import REPORTS, SCRAPS

CASES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
CORPUS = [line.text for lines in read_corpus().values() for line in lines]
RATE_KINDS = frozenset({"rate", "times", "tenths", "money", "points"})


def printed(record: Record, evidence: Evidence, text: str) -> bool:
    """Whether the words of a piece of evidence parse to the number that the record has."""
    folded = fold(text[evidence.start : evidence.end])
    match = re.compile(number_pattern()).search(folded)
    number = getattr(record, evidence.role)
    if match is None or "超额折算" in record.flags:
        return evidence.role == "yoy" or "超额折算" in record.flags
    quantity = parse_quantity(match)
    scale = {"times": 100, "tenths": 10}.get(unit_kind(quantity.unit), 1) if evidence.role != "value" else 1
    return number is not None and abs(number) in {abs(quantity.value) * scale, abs(quantity.value * scale - 100)}


def spans_are_true(text: str) -> None:
    for record in find(text).records:
        assert 0 <= record.start < record.end <= len(text)
        assert record.sentence in text
        for evidence in record.evidence:
            assert record.start <= evidence.start < evidence.end <= record.end
            if evidence.role in ("value", "completion", "yoy", "target"):
                assert printed(record, evidence, text), (record, evidence, text[evidence.start : evidence.end])


@CASES
@given(REPORTS)
def test_spans_give_back_the_value(text: str) -> None:
    spans_are_true(text)


def test_spans_give_back_the_value_in_every_line_of_the_corpus() -> None:
    for text in CORPUS:
        spans_are_true(text)


def told(record: Record) -> tuple[object, ...]:
    """What a record says, without its words and places in the text."""
    return (
        record.indicator,
        record.value,
        fold(record.unit or ""),
        record.completion,
        record.basis,
        record.target,
        record.yoy,
        record.period_start,
        record.period_end,
        record.status,
        record.town,
    )


@CASES
@given(REPORTS)
def test_full_width_gives_the_same_records(text: str) -> None:
    wide = text.translate(FULL_WIDTH)
    narrow = find(text)
    assert [(told(r), r.start, r.end) for r in find(wide).records] == [
        (told(r), r.start, r.end) for r in narrow.records
    ]
    assert find(wide).coverage == narrow.coverage


BEFORE, AFTER = "会议由主任主持，听取了有关情况。\n\n", "\n\n会议强调，要抓好落实。\n"


@CASES
@given(REPORTS)
def test_text_around_only_moves_the_spans(text: str) -> None:
    plain, framed = find(text).records, find(BEFORE + text + AFTER).records
    moved = [(told(r), r.start - len(BEFORE), r.end - len(BEFORE), r.sentence) for r in framed]
    assert moved == [(told(r), r.start, r.end, r.sentence) for r in plain]


@pytest.mark.xfail(strict=True, reason="a first line that is a sentence lends its name and year as if it were a title")
def test_text_around_only_moves_the_spans_in_the_corpus() -> None:
    moved = {}
    for text in CORPUS:
        plain = [(told(r), r.start + len(BEFORE)) for r in find(text).records]
        framed = [(told(r), r.start) for r in find(BEFORE + text + AFTER).records]
        if plain != framed:
            moved[text] = [words for words in framed if words not in plain]
    assert moved == {}


def test_full_width_gives_the_same_records_in_the_corpus() -> None:
    for text in CORPUS:
        wide = find(text.translate(FULL_WIDTH)).records
        assert [(told(r), r.start) for r in wide] == [(told(r), r.start) for r in find(text).records]


@CASES
@given(st.one_of(SCRAPS, st.text(max_size=200)))
@example("税收增长百分之。")
@example("\x00\ud800\U0010ffff5%")
def test_nothing_is_raised_and_everything_can_be_printed(text: str) -> None:
    findings = find(text)
    for what in WHATS:
        for form in FORMATS:
            render(findings, what, form, 80)
    assert findings.document.text == text


@pytest.mark.parametrize(
    "text",
    ["一" * 5000 + "万元", "税收" + "7" * 5000 + "万元,增长" + "9" * 5000 + "%。", "百分之" + "一" * 5000],
    ids=["han", "digits", "hundredths"],
)
def test_numbers_of_thousands_of_digits_raise_nothing(text: str) -> None:
    for form in FORMATS:
        render(find(text), "records", form, 80)


@CASES
@given(SCRAPS)
def test_any_scrap_can_be_explained(text: str) -> None:
    assert explain(text)


@CASES
@given(st.one_of(SCRAPS, REPORTS))
def test_coverage_adds_up(text: str) -> None:
    findings = find(text)
    counts = findings.coverage
    assert counts["seen"] == counts["recorded"] + counts["left_out"] + counts["not_understood"]
    assert counts["left_out"] + counts["not_understood"] == len(findings.missed)
    assert counts["recorded"] >= len(findings.records)


@CASES
@given(st.one_of(SCRAPS, REPORTS))
def test_no_number_is_both_recorded_and_missed(text: str) -> None:
    findings = find(text)
    figures = {(e.start, e.end) for r in findings.records for e in r.evidence if e.role != "indicator"}
    missed = [(m.start, m.end) for m in findings.missed]
    assert figures.isdisjoint(missed)
    assert len(missed) == len(set(missed))


def unaccounted(text: str) -> list[str]:
    """The rates and amounts of money of a text that are neither in a record nor missed."""
    findings = find(text)
    known = [(e.start, e.end) for r in findings.records for e in r.evidence]
    known += [(m.start, m.end) for m in findings.missed]
    folded = fold(text)
    return [
        text[token.start : token.end]
        for start, end in sentences(folded)
        for token in lex(folded, start, end)
        if token.letter == "n"
        and unit_kind(token.payload.unit) in RATE_KINDS
        and not any(token.start < stop and begin < token.end for begin, stop in known)
    ]


def test_nothing_is_dropped_silently_in_the_corpus() -> None:
    assert {text: lost for text in CORPUS if (lost := unaccounted(text))} == {}


@CASES
@given(REPORTS)
def test_nothing_is_dropped_silently(text: str) -> None:
    assert unaccounted(text) == []


@CASES
@given(REPORTS)
def test_records_are_json(text: str) -> None:
    records = find(Document(name="示例.txt", text=text)).records
    for record in records:
        assert json.loads(json.dumps(record.to_dict(), ensure_ascii=False))["report"] == "示例.txt"
        assert record.indicator
        assert record.indicator_text
