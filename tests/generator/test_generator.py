"""The generator of reports: the same seed the same text, and a world whose figures agree."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.generator import ExpectedRecord, GeneratedReport, generate
from benchmarks.generator.__main__ import main
from benchmarks.generator.indicators import BY_NAME, INDICATORS
from benchmarks.generator.phrases import MONTHS, PARALLEL, PARTS, SINGLE
from benchmarks.generator.spelling import chinese_numeral
from benchmarks.generator.tables import SHAPES
from benchmarks.generator.world import GAP_HIGHEST, GAP_LOWEST, TOWNS, YEARS

HEADLINES = {indicator.name for indicator in BY_NAME.values() if indicator.headline}
FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


@pytest.fixture(scope="module")
def county() -> list[GeneratedReport]:
    return list(generate(seed=1))


@pytest.fixture(scope="module")
def many() -> list[GeneratedReport]:
    return list(generate(seed=7, count=600))


def records_of(reports: list[GeneratedReport]) -> list[ExpectedRecord]:
    return [record for report in reports for record in report.records]


def test_same_seed_gives_the_same_reports() -> None:
    assert list(generate(5, 30)) == list(generate(5, 30))


def test_another_seed_gives_other_reports() -> None:
    assert [report.text for report in generate(5, 10)] != [report.text for report in generate(6, 10)]


def test_a_report_does_not_depend_on_how_many_are_asked_for() -> None:
    assert list(generate(5, 100))[:12] == list(generate(5, 12))


def test_no_count_gives_every_town_year_and_quarter_once(county: list[GeneratedReport]) -> None:
    told = Counter((report.records[0].town, report.records[0].period_end) for report in county)
    ends = [f"{year}-{month}" for year in YEARS for month in ("03", "06", "09", "12")]
    places = Counter((town.name, end) for town in TOWNS for end in ends)
    assert {town for town, _ in told} == {town.name for town in TOWNS}
    assert len(county) == len(places) == 96


def test_names_are_unique_in_a_large_corpus(many: list[GeneratedReport]) -> None:
    assert len({report.name for report in many}) == len(many)


def test_every_number_of_a_record_stands_in_its_report(county: list[GeneratedReport]) -> None:
    """Rates may be in Chinese numerals or as a multiple (增长1.5倍), values with separators: those are undone here."""
    for report in county:
        plain = report.text.translate(FULL_WIDTH_DIGITS).replace(",", "")
        for record in report.records:
            if record.value is not None:
                written = {f"{record.value:f}", f"{record.value:.2f}", f"{record.value.normalize():f}"}
                assert any(number in plain for number in written), (report.name, record)


def test_sentences_stand_in_the_report(county: list[GeneratedReport]) -> None:
    """Reports that were not respelled carry the statement itself."""
    exact = sum(record.sentence in report.text for report in county for record in report.records)
    assert exact > 0.6 * len(records_of(county))


def test_headline_indicators_are_all_told(county: list[GeneratedReport]) -> None:
    assert {record.indicator for record in records_of(county)} == HEADLINES


def test_every_template_is_used(many: list[GeneratedReport]) -> None:
    used = {record.template for record in records_of(many)}
    families = {**SINGLE, "part": PARTS, "parallel": PARALLEL, "month": MONTHS, "table": SHAPES}
    assert {f"{name}/{place + 1}" for name, table in families.items() for place in range(len(table))} == used
    assert len(used) >= 60


def test_no_slot_is_left_open(many: list[GeneratedReport]) -> None:
    assert not [report.name for report in many if re.search(r"[{}]|None|nan", report.text)]


def test_completion_follows_from_value_and_stated_target(many: list[GeneratedReport]) -> None:
    factors = {"亿元": 10000, "万平方米": 10000}
    checked = 0
    for record in records_of(many):
        if record.target is None or record.value is None or record.completion is None:
            continue
        value = record.value * factors.get(record.unit or "", 1)
        target = record.target * factors.get(record.target_unit or "", 1)
        assert abs(value * 100 / target - record.completion) <= Decimal("0.05"), record
        checked += 1
    assert checked > 100


def test_gaps_are_lively_and_within_bounds(county: list[GeneratedReport]) -> None:
    gaps = [
        record.completion - Decimal(record.period_end[-2:]) * 100 / 12
        for record in records_of(county)
        if record.completion is not None and record.basis in {"annual", "budget", "plan"}
    ]
    assert min(gaps) < -8
    assert max(gaps) > 8
    assert all(GAP_LOWEST - 2 <= gap <= GAP_HIGHEST + 3 for gap in gaps)


def test_growth_agrees_with_last_year(many: list[GeneratedReport]) -> None:
    """Where two reports print the same quarter of two years, the second's rate is their quotient."""
    factors = {"亿元": 10000, "万平方米": 10000, "亿千瓦时": 10000}
    values: dict[tuple[str, str, str], Decimal] = {}
    checked = 0
    for report in list(generate(3)):
        for record in report.records:
            if record.value is None or record.period_start == record.period_end:
                continue
            value = record.value * factors.get(record.unit or "", 1)
            values[record.town, record.indicator, record.period_end] = value
            before = f"{int(record.period_end[:4]) - 1}{record.period_end[4:]}"
            last = values.get((record.town, record.indicator, before))
            if last is not None and record.yoy is not None:
                assert abs((value - last) * 100 / last - record.yoy) <= Decimal("0.05"), record
                checked += 1
    assert checked > 300


def test_year_on_year_rises_falls_stands_still_and_doubles(many: list[GeneratedReport]) -> None:
    changes = [record.yoy for record in records_of(many) if record.yoy is not None]
    assert {change > 0 for change in changes} == {True, False}
    assert 0 in changes
    assert any(change >= 100 for change in changes)


def test_statuses_and_bases_occur(many: list[GeneratedReport]) -> None:
    records = records_of(many)
    assert {record.status for record in records} == {"actual", "expected"}
    assert {record.basis for record in records} == {None, "annual", "budget", "plan", "half", "quarter"}


def test_traps_stand_in_the_text_and_in_no_record(county: list[GeneratedReport]) -> None:
    for report in county:
        for trap in report.traps:
            assert all(record.sentence not in trap for record in report.records)
    assert sum(len(report.traps) for report in county) > 96


def test_every_report_says_that_it_is_invented(county: list[GeneratedReport]) -> None:
    assert all("示例县及所辖乡镇均为虚构" in report.text for report in county)


def test_long_reports_are_long_and_mostly_prose() -> None:
    reports = list(generate(2, 24, "report"))
    sizes = [len(report.text.encode()) for report in reports]
    assert 8_000 < sum(sizes) / len(sizes) < 13_000
    assert 25 <= sum(len(report.records) for report in reports) / len(reports) <= 40
    told = sum({record.sentence: len(record.sentence) for record in records_of(reports)}.values())
    assert told < 0.5 * sum(len(report.text) for report in reports)


def test_unknown_density_is_refused() -> None:
    with pytest.raises(KeyError):
        next(generate(1, 1, "dense"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("55.2", "五十五点二"),
        ("10", "十"),
        ("12.0", "十二"),
        ("105", "一百零五"),
        ("110.5", "一百一十点五"),
        ("0.7", "零点七"),
    ],
)
def test_chinese_numerals(number: str, words: str) -> None:
    assert chinese_numeral(Decimal(number)) == words


def test_command_writes_files_and_what_they_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = tmp_path / "truth.jsonl"
    assert main(["--reports", "5", "--seed", "4", "--out", str(tmp_path / "out"), "--truth", str(truth)]) == 0
    expected = list(generate(4, 5))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {report.name for report in expected}
    assert len(truth.read_text(encoding="utf-8").splitlines()) == sum(len(report.records) for report in expected)
    assert "5 reports" in capsys.readouterr().out


def test_every_wording_is_filed_under_its_indicator_in_the_vocabulary() -> None:
    """Each name that the generator writes stands in data/vocabulary, so a round trip can be perfect."""
    folder = Path(__file__).parents[2] / "data" / "vocabulary"
    with (folder / "aliases.csv").open(encoding="utf-8", newline="") as file:
        filed = {row["alias"]: row["indicator"] for row in csv.DictReader(file)}
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as file:
        filed |= {row["name"]: row["name"] for row in csv.DictReader(file)}
    wordings = [(wording.text, indicator.name) for indicator in INDICATORS for wording in indicator.wordings]
    assert [(text, name) for text, name in wordings if filed.get(text) != name] == []
