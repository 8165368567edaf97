"""Implied targets and last years, conflicts, year-on-year stated against computed, projection."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from assess_examples import monthly, record, table
from hypothesis import given
from hypothesis import strategies as st

from assess import (
    Direction,
    implied_last_year,
    implied_target,
    months_missing_last_year,
    project,
    seasonal_curves,
    stated_and_computed,
    target_conflicts,
    target_table,
    year_on_year,
)
from assess.rate_basis import rate_bases


def test_implied_target_and_last_year() -> None:
    assert implied_target(Decimal(31100), Decimal("62.2")) == Decimal(50000)
    assert implied_target(Decimal("4.36"), Decimal("58.2")) == Decimal("7.49141")
    assert implied_last_year(Decimal("11.9"), Decimal(19)) == Decimal(10)
    assert implied_last_year(Decimal(93), Decimal(-7)) == Decimal(100)


@pytest.mark.parametrize("completion", [None, Decimal(0), Decimal(-3)])
def test_nothing_is_implied_without_a_completion(completion: Decimal | None) -> None:
    assert implied_target(Decimal(5), completion) is None
    assert implied_target(None, Decimal(50)) is None


def test_nothing_is_implied_by_a_fall_of_everything() -> None:
    assert implied_last_year(Decimal(5), Decimal(-100)) is None
    assert implied_last_year(Decimal(5), None) is None


@given(st.integers(1, 10**9), st.integers(1, 4000))
def test_an_implied_target_at_its_completion_is_the_value(value: int, tenths: int) -> None:
    completion = Decimal(tenths) / 10
    target = implied_target(Decimal(value), completion)
    assert target is not None
    assert float(target * completion / 100) == pytest.approx(value, rel=1e-5)


def test_stated_targets_go_before_implied_ones() -> None:
    rows = table(
        record(end="2016-03", value=20, completion=20.1, target=100, target_unit="万元", target_from="stated"),
        record(end="2016-06", value=52, completion=52.2),
    )
    row = target_table(rows).iloc[0]
    assert (row["target"], row["unit"], row["target_from"], row["year"]) == (1_000_000, "元", "stated", 2016)
    assert not row["conflict"]


def test_two_implied_targets_that_rounding_explains_are_no_conflict() -> None:
    """4.36 ÷ 58.2 % is 7.491 and 2.74 ÷ 36.6 % is 7.486: both can be 7.49."""
    rows = table(record(end="2016-06", value=4.36, unit="亿元", completion=58.2),
                 record(end="2016-04", value=2.74, unit="亿元", completion=36.6))  # fmt: skip
    assert target_conflicts(rows).empty
    assert target_table(rows).iloc[0]["target_from"] == "implied"


def test_two_implied_targets_that_rounding_cannot_explain_are_shown_as_a_conflict() -> None:
    rows = table(
        record(end="2016-06", value=4.36, unit="亿元", completion=58.2, report_name="半年.txt"),
        record(end="2016-04", value=2.74, unit="亿元", completion=33.1, report_name="四月.txt"),
        record(end="2015-04", value=1.74, unit="亿元", completion=33.1),
        record(end="2016-06", value=9.99, unit="亿元", completion=50.0, basis="budget"),
    )
    conflict = target_conflicts(rows)
    assert len(conflict) == 1
    row = conflict.iloc[0]
    assert (row["year"], row["basis"], row["reports"]) == (2016, "annual", ["四月.txt", "半年.txt"])
    assert row["target"] == pytest.approx(7.49141e8, rel=1e-5)
    assert row["values"] == pytest.approx([8.27795e8, 7.49141e8], rel=1e-5)


def test_year_on_year_is_computed_from_the_same_months() -> None:
    rows = table(
        record(end="2015-06", value=1.0, unit="亿元"),
        record(end="2015-06", value=3000, period_start="2015-06"),
        record(end="2016-06", value=11190, yoy=12.0),
        record(end="2016-06", value=3300, yoy=15.0, period_start="2016-06"),
    )
    result = stated_and_computed(rows)
    this = result[result["period_end"] == "2016-06"]
    assert this["computed"].tolist() == pytest.approx([11.9, 10.0])
    assert this["difference"].tolist() == pytest.approx([0.1, 5.0])
    assert this["last_value"].tolist() == pytest.approx([10000, 3000])
    assert list(this["conflict"]) == [False, True]
    assert set(this["last_from"]) == {"stated"}


@pytest.mark.parametrize(("yoy", "conflict"), [(11.0, False), (11.1, True), (9.0, False), (8.9, True)])
def test_a_difference_above_one_point_is_flagged(yoy: float, conflict: bool) -> None:
    rows = table(record(end="2015-06", value=100), record(end="2016-06", value=110, yoy=yoy))
    assert stated_and_computed(rows).iloc[1]["conflict"] == conflict


def test_a_rate_on_a_comparable_basis_is_no_conflict() -> None:
    told = "实现财政总收入110万元，可比口径增长15%。"
    rows = table(record(end="2015-06", value=100), record(end="2016-06", value=110, yoy=15, sentence=told))
    assert not stated_and_computed(rows)["conflict"].any()
    assert stated_and_computed(rows.assign(sentence="同比增长15%"))["conflict"].any()


def test_rates_at_comparable_prices_and_of_comparable_scope_are_kept_apart() -> None:
    told = "实现增加值110万元，增长10%，按可比价计算，增长8%，可比口径增长7.0%。"
    this = {"end": "2016-06", "value": 110, "sentence": told}
    rows = table(
        record(end="2015-06", value=100),
        record(**this, yoy=10),
        record(**this, yoy=8),
        record(**this, yoy=7, yoy_text="7.0"),
    )
    found = stated_and_computed(rows)
    found = found[found["period_end"] == "2016-06"].set_index("rate_basis")
    assert found["yoy"].to_dict() == {"": 10, "可比价": 8, "可比口径": 7}
    assert found["computed"].round(6).tolist() == [10] * 3
    assert not found["conflict"].any()
    alone = stated_and_computed(rows.iloc[2:3])
    assert alone["last_value"].isna().all()


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("增加值5.2亿元，按可比价格计算，同比增长8%。", "可比价"),
        ("增加值5.2亿元，不变价增长8%，现价增长10%。", "可比价"),
        ("可比口径增长5%，同比增长8%。", ""),
        ("剔除一次性因素后，增长8%。", "可比口径"),
        ("同口径增长8%。", "可比口径"),
        ("按可比价增长12.8%，同比增长8%。", ""),
        ("按现价计算增长8%。", "现价"),
        ("同比增长6%。", ""),
        ("", ""),
    ],
)
def test_the_basis_of_a_rate_is_told_right_before_it(sentence: str, basis: str) -> None:
    rows = table(record(yoy=8, sentence=sentence), record(yoy=-8, sentence=sentence.replace("增长", "下降")))
    assert list(rate_bases(rows)) == [basis, basis]


@pytest.mark.parametrize(
    ("last", "now", "reason"),
    [
        ({"end": "2015-05", "value": 100}, {"value": 110, "yoy": 10}, "上年同期缺报"),
        ({"end": "2015-06", "value": 100, "period_start": "2015-06"}, {"value": 110}, "上年同期缺报"),
        ({"end": "2015-06", "value": 100, "status": "expected"}, {"value": 110}, "上年同期缺报"),
        ({"end": "2015-06", "value": 0}, {"value": 110}, "上年同期为零"),
        ({"end": "2015-06", "value": -5}, {"value": 110}, "上年同期为负"),
        ({"end": "2015-06", "value": 100, "unit": "万美元"}, {"value": 110}, "与上年单位不同"),
        ({"end": "2015-06", "value": 100}, {"yoy": 10}, "本期无数值"),
        ({"end": "2015-06", "value": 100}, {"value": 110, "period_start": None}, "本期时段不明"),
    ],
)
def test_what_cannot_be_computed_says_why_and_is_never_filled(last: dict, now: dict, reason: str) -> None:
    result = stated_and_computed(table(record(**last), record(end="2016-06", **now)))
    row = result[result["period_end"] == "2016-06"].iloc[0]
    assert row["reason"] == reason
    assert np.isnan(row["computed"])
    assert not row["conflict"]


def test_last_year_is_implied_where_it_has_no_record() -> None:
    row = stated_and_computed(table(record(value=119, yoy=19))).iloc[0]
    assert row["last_value"] == pytest.approx(100)
    assert row["last_from"] == "implied"


def test_of_two_records_of_one_figure_the_corrected_one_counts_and_a_bare_rate_does_not_hide_a_value() -> None:
    rows = table(
        record(end="2015-06", value=100),
        record(end="2016-06", value=110, yoy=10, review="corrected"),
        record(end="2016-06", value=150, yoy=50, received_at="2016-09-01T00:00:00Z"),
        record(end="2016-06", yoy=8.8, completion=50),
    )
    result = stated_and_computed(rows)
    assert list(result["yoy"].iloc[1:]) == [10]


def test_a_stock_is_compared_with_the_same_month_whatever_its_first() -> None:
    rows = table(
        record("柳溪镇", "贷款余额", "2015-06", value=100, period_start="2015-06"),
        record("柳溪镇", "贷款余额", "2016-06", value=130),
    )
    assert stated_and_computed(rows).iloc[1]["reason"] == "上年同期缺报"
    stock = stated_and_computed(rows, {"贷款余额": Direction(point_in_time=True)})
    assert stock.iloc[1]["computed"] == pytest.approx(30)


def test_a_date_filter_does_not_take_last_year_away() -> None:
    rows = table(
        record(end="2015-06", value=100), record(end="2016-06", value=110), record("梅岭镇", end="2016-06", value=9)
    )
    result = year_on_year(rows, towns=["柳溪镇"], period_from="2016-01", period_to="2016-06")
    assert result[["town", "period_end"]].values.tolist() == [["柳溪镇", "2016-06"]]
    assert result.iloc[0]["computed"] == pytest.approx(10)
    assert year_on_year(rows, indicators=["财政总收入"], period_from="2016-07").empty


def test_months_that_last_year_lacks_are_listed() -> None:
    rows = table(*monthly({"2015-03": 20, "2016-03": 25, "2016-06": 50, "2016-09": 80}))
    missing = months_missing_last_year(stated_and_computed(rows))
    by_year = dict(zip(missing["year"], missing["months"], strict=True))
    assert by_year == {2014: ["2014-03"], 2015: ["2015-06", "2015-09"]}


def test_a_complete_year_has_its_own_curve() -> None:
    rows = table(*monthly({"2015-03": 20, "2015-06": 70, "2015-12": 200, "2016-06": 90}))
    curve = seasonal_curves(rows)
    assert curve[["year", "month", "share"]].values.tolist() == [[2015, 3, 10], [2015, 6, 35], [2015, 12, 100]]


def points(figures: dict[int, str]) -> list[tuple[int, Decimal]]:
    return [(month, Decimal(figure)) for month, figure in figures.items()]


def test_projection_by_run_rate_and_recent_pace() -> None:
    result = project(points({2: "10", 4: "24", 6: "48"}))
    assert result is not None
    assert (result.run_rate, result.recent, result.seasonal) == (96, 48 + Decimal("9.5") * 6, None)
    assert (result.low, result.high, result.estimate) == (96, 105, 96)
    assert (result.monthly, result.needed) == (8, Decimal(52) / 6)


def test_projection_by_last_years_curve() -> None:
    result = project(points({2: "16", 4: "32", 6: "48"}), last_year=points({6: "40", 12: "100"}))
    assert result is not None
    assert (result.seasonal, result.low, result.high, result.estimate) == (120, 96, 120, 120)


def test_the_range_goes_from_the_least_estimate_to_the_greatest() -> None:
    result = project(points({2: "16", 4: "32", 6: "48"}), last_year=points({6: "80", 12: "100"}))
    assert result is not None
    assert (result.seasonal, result.low, result.high) == (60, 60, 96)


@pytest.mark.parametrize("last_year", [{6: "0", 12: "100"}, {6: "40"}, {12: "100"}])
def test_a_curve_that_lacks_a_point_gives_no_seasonal_figure(last_year: dict[int, str]) -> None:
    result = project(points({2: "16", 4: "32", 6: "48"}), last_year=points(last_year))
    assert result is not None
    assert result.seasonal is None


def test_fewer_than_three_points_give_no_projection() -> None:
    assert project(points({3: "25", 6: "50"})) is None
    assert project([]) is None


def test_what_is_reached_needs_nothing_and_december_has_no_months_left() -> None:
    reached = project(points({4: "80", 5: "90", 6: "100"}))
    assert reached is not None
    assert reached.needed == 0
    assert reached.wording.endswith("目标已经达到。")
    in_time = project(points({10: "80", 11: "90", 12: "100"}))
    assert in_time is not None
    assert in_time.needed == 0
    december = project(points({10: "70", 11: "80", 12: "90"}))
    assert december is not None
    assert (december.needed, december.estimate, december.low, december.high) == (None, 90, 90, 90)


def test_the_wording_says_at_the_present_rate() -> None:
    result = project(points({2: "16", 4: "32", 6: "48"}))
    assert result is not None
    assert result.wording == (
        "按目前进度,到12月底可达 96.0%(区间 96.0—96.0%);今后每月需 8.7 个百分点,此前每月 8.0 个百分点。"
    )
    money = project(points({2: "1600", 4: "3200", 6: "4800"}), target=None, unit="万元")
    assert money is not None
    assert money.wording == "按目前进度,到12月底可达 9,600.0 万元(区间 9,600.0—9,600.0 万元)。"


@pytest.mark.parametrize("months", [(3, 3, 6), (0, 3, 6), (3, 6, 13)])
def test_wrong_months_are_refused(months: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="月份"):
        project([(month, Decimal(1)) for month in months])
