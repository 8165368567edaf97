"""Periods: which months a wording means, and which year where it names none."""

from __future__ import annotations

import pytest

from extract.models import Period
from extract.periods import Calendar, broken_years, find_date, find_title_year, mentions, parse_year
from extract.text import fold


def months(wording: str) -> tuple[int | None, int | None]:
    """First and last month of the only period of a text."""
    ((_, _, mention),) = mentions(fold(wording))
    return mention.first, mention.last


@pytest.mark.parametrize(
    ("wording", "first", "last"),
    [
        ("1-6月", 1, 6),
        ("1—9月份", 1, 9),
        ("元至6月", 1, 6),
        ("一至五月", 1, 5),
        ("1月至8月", 1, 8),
        ("上半年", 1, 6),
        ("下半年", 7, 12),
        ("一季度", 1, 3),
        ("第三季度", 7, 9),
        ("前三季度", 1, 9),
        ("全年", 1, 12),
        ("截至8月底", 1, 8),
        ("截止11月末", 1, 11),
        ("前10个月", 1, 10),
        ("8月底", 1, 8),
        ("6月当月", 6, 6),
        ("十二月", 12, 12),
        ("截至8月25日", 1, 8),
    ],
)
def test_months(wording: str, first: int, last: int) -> None:
    assert months(wording) == (first, last)


def test_the_offsets_are_those_of_the_text() -> None:
    text = "截至2016年8月底,全镇"
    ((start, end, _),) = mentions(text)
    assert text[start:end] == "截至2016年8月底"


@pytest.mark.parametrize("wording", ["截至2016年8月底", "到2016年6月底"])
def test_a_year_inside_a_wording_is_its_year(wording: str) -> None:
    ((_, _, mention),) = mentions(wording)
    assert mention.year == 2016


@pytest.mark.parametrize(
    ("text", "year", "offset", "masked"),
    [
        ("2016", 2016, None, False),
        ("二〇一六", 2016, None, False),
        ("去", None, -1, False),
        ("今", None, 0, False),
        ("20XX", None, None, True),
        (None, None, None, False),
    ],
)
def test_years(text: str | None, year: int | None, offset: int | None, masked: bool) -> None:
    assert parse_year(text) == (year, offset, masked)


def resolved(wording: str, calendar: Calendar) -> tuple[Period, list[str]]:
    ((_, _, mention),) = mentions(wording)
    return calendar.resolve(mention)


def test_a_year_that_is_named_is_taken() -> None:
    assert resolved("2015年1-6月", Calendar(year=2016)) == (Period("2015-01", "2015-06"), [])


def test_a_year_that_is_left_out_is_the_calendars() -> None:
    assert resolved("1-6月", Calendar(year=2016))[0] == Period("2016-01", "2016-06")


def test_where_the_year_came_from_is_flagged() -> None:
    assert resolved("1-6月", Calendar(year=2016, year_from="年份取自标题"))[1] == ["年份取自标题"]


def test_last_year_is_the_year_before() -> None:
    assert resolved("去年上半年", Calendar(year=2016))[0] == Period("2015-01", "2015-06")


def test_months_after_the_day_of_publication_are_of_the_year_before() -> None:
    assert resolved("1-11月", Calendar(published=(2017, 1)))[0] == Period("2016-01", "2016-11")


def test_without_any_year_the_period_is_unknown_and_flagged() -> None:
    assert resolved("1-6月", Calendar()) == (Period(None, None), ["年份缺失"])


def test_a_masked_year_is_not_guessed() -> None:
    assert resolved("20XX年1-6月", Calendar(year=2016)) == (Period(None, None), ["年份被遮盖"])


def test_a_year_that_the_text_contradicts_is_not_used() -> None:
    broken = broken_years(fold("2023年是“十一五”规划的开局之年。"))
    assert broken == {2023}
    assert resolved("2023年上半年", Calendar(broken=broken)) == (Period(None, None), ["年份存疑"])


def test_a_year_that_fits_its_plan_is_not_doubted() -> None:
    assert broken_years("2016年是“十三五”开局之年。") == frozenset()


def test_a_month_of_its_own_is_one_month() -> None:
    assert resolved("6月", Calendar(year=2016))[0] == Period("2016-06", "2016-06")


def test_a_plan_of_five_years_has_no_months() -> None:
    assert resolved("“十二五”期间", Calendar(year=2016))[0] == Period(None, None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("发布时间:2016-07-15 10:20", (2016, 7)),
        ("2016年7月15日", (2016, 7)),
        ("来源:示例县政府 2018/03/02", (2018, 3)),
        ("上半年", None),
    ],
)
def test_the_day_of_publication(text: str, date: tuple[int, int] | None) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("title", "year"), [("柳溪镇2016年工作总结", 2016), ("2015年总结及2016年打算", 2015), ("工作总结", None)]
)
def test_the_year_of_a_title(title: str, year: int | None) -> None:
    assert find_title_year(title) == year
