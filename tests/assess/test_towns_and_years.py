"""latest, overview, heat map, ranks, who has not reported, timelines; and every function on an empty store."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from assess_examples import monthly, record, table

import assess
from assess import (
    Direction,
    Rules,
    Settings,
    State,
    Thresholds,
    headline_indicators,
    heat_map,
    latest,
    left_out,
    missing_reports,
    overview,
    projection,
    ranking,
    records_frame,
    status_counts,
    timeline,
)
from assess.towns import COUNT_COLUMNS, OVERVIEW_COLUMNS


def chosen(frame: pd.DataFrame) -> list[object]:
    return frame["value"].tolist()


def test_latest_is_the_newest_period_of_each_town_and_indicator() -> None:
    rows = table(
        record(end="2016-06", value=2),
        record(end="2016-03", value=1),
        record("柳溪镇", "固定资产投资", value=3),
        record("梅岭镇", value=4),
    )
    result = latest(rows)
    assert result[["town", "indicator", "value"]].values.tolist() == [
        ["柳溪镇", "固定资产投资", 3],
        ["柳溪镇", "财政总收入", 2],
        ["梅岭镇", "财政总收入", 4],
    ]
    assert set(rows.columns) <= set(result.columns)
    assert chosen(latest(rows, "2016-03")) == [1]


@pytest.mark.parametrize(
    "loser",
    [
        {"end": "2016-09", "status": "expected"},
        {"end": "2016-12", "status": "planned"},
        {"end": "2016-09", "review": "rejected"},
        {"end": "2016-07", "period_start": "2016-07"},
        {"end": "2016-09", "period_start": "2016-07"},
        {"end": "2016-09", "basis": "multi-year"},
        {"basis": "half", "completion": 105},
        {"completion": None},
        {"received_at": "2016-06-30T00:00:00Z", "completion": 51},
        {"end": None},
    ],
)
def test_what_does_not_count_as_the_latest(loser: dict) -> None:
    rows = [record(value=1, completion=52), record(**{"value": 2, "completion": 53} | loser)]
    assert chosen(latest(table(*rows))) == [1]
    assert chosen(latest(table(*reversed(rows)))) == [1]


def test_a_single_month_counts_where_there_is_nothing_else() -> None:
    assert chosen(latest(table(record(end="2016-07", period_start="2016-07", value=2)))) == [2]


def test_a_corrected_figure_counts_before_a_newer_unreviewed_one() -> None:
    rows = [record(value=1, review="corrected"), record(value=2, received_at="2017-01-01T00:00:00Z")]
    assert chosen(latest(table(*rows))) == [1]


def test_what_cannot_be_compared_is_counted_by_reason() -> None:
    rows = table(record(), record(None), record(end=None), record(end=None, review="rejected"))  # type: ignore[arg-type]
    assert left_out(rows) == {"no_town": 1, "no_period": 1, "rejected": 1}


def test_headline_indicators_are_those_that_most_towns_report_with_a_completion() -> None:
    rows = [record(town, "财政总收入", completion=50) for town in ("柳溪镇", "梅岭镇", "竹园镇")]
    rows += [record(town, "工业投资", completion=50) for town in ("柳溪镇", "梅岭镇")]
    rows += [record(town, "户籍人口", value=3) for town in ("柳溪镇", "梅岭镇", "竹园镇", "松坪镇")]
    rows += [record("柳溪镇", "道路工程", completion=50, basis="project")]
    assert headline_indicators(table(*rows)) == ["财政总收入", "工业投资"]
    assert headline_indicators(table(*rows), limit=1) == ["财政总收入"]


COUNTY = [
    record("柳溪镇", "财政总收入", "2016-03", completion=20),
    record("柳溪镇", "财政总收入", "2016-06", completion=58),
    record("柳溪镇", "工业投资", "2016-06", completion=101, received_at="2016-07-09T00:00:00Z"),
    record("柳溪镇", "招商引资", "2016-06", completion=44),
    record("梅岭镇", "财政总收入", "2016-06", completion=36),
    record("梅岭镇", "工业投资", "2016-06", completion=48),
    record("梅岭镇", "工业投资", "2016-06", completion=99, status="expected"),
    record("竹园镇", "财政总收入", "2016-03", completion=30),
    record("松坪镇", "户籍人口", "2016-06", value=3, unit="万人"),
]


def test_overview_of_a_county() -> None:
    result = overview(table(*COUNTY), "2016-06", towns=["柳溪镇", "梅岭镇", "竹园镇", "松坪镇", "云台镇"])
    assert list(result.columns) == list(OVERVIEW_COLUMNS)
    rows = result.set_index("town")
    assert rows["state"].to_dict() == {
        "柳溪镇": "超序时",
        "梅岭镇": "欠序时(黄)",
        "云台镇": "未报",
        "松坪镇": "不适用",
        "竹园镇": "未报",
    }
    assert list(result["town"].iloc[:2]) == ["柳溪镇", "梅岭镇"]
    willow, plum = rows.loc["柳溪镇"], rows.loc["梅岭镇"]
    assert (willow["completion"], willow["gap"], willow["change"]) == (58, 8, 13)
    assert willow["sparkline"] == [20, 58]
    assert (plum["completion"], plum["gap"]) == (42, -8)
    assert np.isnan(plum["change"])
    assert (willow["last_report"], willow["last_received"], willow["records"]) == ("2016-06", "2016-07-09T00:00:00Z", 4)
    assert rows.loc["竹园镇", "last_report"] == "2016-03"
    assert rows.loc["云台镇", "records"] == 0
    assert rows.loc["云台镇", "sparkline"] == []


def test_counts_of_the_overview_add_up() -> None:
    result = overview(table(*COUNTY), "2016-06", towns=["柳溪镇", "梅岭镇", "竹园镇", "松坪镇", "云台镇"])
    assert (result[list(COUNT_COLUMNS)].sum(axis=1) == result["total"]).all()
    assert set(result["total"]) == {3}
    willow = result.set_index("town").loc["柳溪镇"]
    assert (willow["done"], willow["ahead"], willow["yellow"]) == (1, 1, 1)
    assert sum(status_counts(result).values()) == 5


def test_the_lamp_follows_thresholds_direction_and_chosen_headlines() -> None:
    rows = table(*COUNTY)
    lamp = overview(rows, "2016-06", Settings(Rules(Thresholds(20, 0, -5)))).set_index("town")["state"]  # type: ignore[arg-type]
    assert (lamp["柳溪镇"], lamp["梅岭镇"]) == ("达序时", "欠序时(红)")
    assert overview(rows, "2016-06", headlines=["工业投资"]).set_index("town")["state"]["柳溪镇"] == "已完成"
    lower = {"财政总收入": Direction(lower_is_better=True)}
    turned = overview(rows, "2016-06", directions=lower, headlines=["财政总收入"]).set_index("town")
    assert turned["gap"].dropna().to_dict() == {"柳溪镇": -8, "梅岭镇": 14}


def test_a_report_is_fresh_until_the_next_quarter_is_due() -> None:
    rows = table(record(end="2016-06", completion=60))
    assert overview(rows, "2016-08").iloc[0]["state"] == "超序时"
    late = overview(rows, "2016-09").iloc[0]
    assert (late["state"], late["unreported"], late["total"], late["last_report"]) == ("未报", 1, 1, "2016-06")


def test_the_default_cut_off_is_the_newest_actual_month() -> None:
    rows = table(*COUNTY, record(end="2016-12", status="planned", completion=100))
    pd.testing.assert_frame_equal(overview(rows), overview(rows, "2016-06"))


def test_heat_map_by_gap_and_by_state() -> None:
    rows = table(*COUNTY)
    gaps = heat_map(rows, "2016-06", towns=["柳溪镇", "梅岭镇", "云台镇"])
    assert list(gaps.columns) == ["财政总收入", "工业投资", "招商引资"]
    assert gaps.loc["梅岭镇", ["财政总收入", "工业投资"]].tolist() == [-14, -2]
    assert gaps.loc["云台镇"].isna().all()
    states = heat_map(rows, "2016-06", value="state", indicators=["工业投资", "招商引资"])
    assert states.loc["柳溪镇"].tolist() == ["已完成", "欠序时(黄)"]
    assert states.loc["梅岭镇", "招商引资"] == State.UNREPORTED


def test_who_has_not_reported() -> None:
    rows = table(
        record("柳溪镇", end="2016-09"),
        record("梅岭镇", end="2016-06"),
        record("竹园镇", end="2016-09", status="expected"),
        record("竹园镇", end="2016-03"),
        record("松坪镇", end="2016-12"),
    )
    result = missing_reports(rows, ["柳溪镇", "梅岭镇", "竹园镇", "松坪镇", "云台镇"], "2016-09")
    assert result["town"].tolist() == ["松坪镇", "云台镇", "竹园镇", "梅岭镇"]
    assert result["last_report"].fillna("").tolist() == ["", "", "2016-03", "2016-06"]
    assert result["months_behind"].tolist()[2:] == [6, 3]
    assert missing_reports(rows, None, "2016-09")["town"].tolist() == ["松坪镇", "竹园镇", "梅岭镇"]
    with pytest.raises(ValueError, match="月份"):
        missing_reports(rows, None, "2016年9月")


def test_ranks_share_places_and_leave_expected_figures_out() -> None:
    rows = table(
        *(
            record(town, end="2016-03", completion=done)
            for town, done in (("柳溪镇", 20), ("梅岭镇", 30), ("竹园镇", 25))
        ),
        *(record(town, completion=done) for town, done in (("柳溪镇", 60), ("梅岭镇", 55), ("竹园镇", 55))),
        record("松坪镇", completion=99, status="expected"),
        record("云台镇", value=5),
    )
    result = ranking(rows, "财政总收入")
    assert result["town"].tolist() == ["柳溪镇", "梅岭镇", "竹园镇", "云台镇"]
    assert result["rank"].tolist()[:3] == [1, 2, 2]
    assert result["last_rank"].tolist()[:3] == [3, 1, 2]
    assert result["rank_change"].tolist()[:3] == [2, -1, 0]
    assert np.isnan(result["rank"].iloc[3])


def test_a_timeline_lays_years_over_each_other_and_keeps_expected_apart() -> None:
    rows = table(
        record(end="2015-06", value=1.0, unit="亿元", completion=50),
        record(end="2016-06", value=11900, yoy=19.0, completion=55),
        record(end="2016-06", value=1700, period_start="2016-06"),
        record(end="2016-12", value=2.3, unit="亿元", status="expected"),
        record("梅岭镇", end="2016-06", value=7),
    )
    line = timeline(rows, "柳溪镇", "财政总收入")
    assert line[["year", "month", "status", "span"]].values.tolist() == [
        [2015, 6, "actual", "cumulative"],
        [2016, 6, "actual", "cumulative"],
        [2016, 12, "expected", "cumulative"],
    ]
    assert line["value"].tolist() == pytest.approx([1.0, 1.19, 2.3])
    assert set(line["unit"]) == {"亿元"}
    assert line["pace"].tolist() == [50, 50, 100]
    single = timeline(rows, "柳溪镇", "财政总收入", span="month")
    assert single[["month", "value", "unit"]].values.tolist() == [[6, 1700, "万元"]]
    assert len(timeline(rows, "柳溪镇", "财政总收入", span=None)) == 4


def test_a_first_report_already_has_two_years_by_the_implied_one() -> None:
    line = timeline(table(record(value=119, yoy=19, completion=50)), "柳溪镇", "财政总收入")
    assert line[["year", "period_start", "period_end", "value_from"]].values.tolist() == [
        [2015, "2015-01", "2015-06", "implied"],
        [2016, "2016-01", "2016-06", "stated"],
    ]
    assert line["value"].tolist() == pytest.approx([100, 119])
    assert np.isnan(line["completion"].iloc[0])


def test_target_steps() -> None:
    """Rounding makes no step; a real change does; a plan is a target and has no value."""
    rows = table(
        record(end="2016-03", value=1.86, unit="亿元", completion=24.8),
        record(end="2016-04", value=26200, unit="万元", completion=34.9),
        record(end="2016-05", value=3.10, unit="亿元"),
        record(end="2016-06", value=4.36, unit="亿元", completion=54.5),
        record(end="2016-06", value=2.0, unit="亿元", completion=130.0, basis="half", status="expected"),
        record(end="2016-09", value=6.1, unit="亿元", target=81000, target_unit="万元", target_from="stated"),
        record(end="2016-12", value=9, unit="亿元", status="planned"),
    )
    line = timeline(rows, "柳溪镇", "财政总收入")
    actual = line[line["status"] == "actual"]
    assert actual["target"].tolist() == pytest.approx([7.5, 7.5, 7.5, 8.0, 8.1], rel=1e-9)
    assert actual["target_from"].tolist() == ["implied"] * 4 + ["stated"]
    plan = line[line["status"] == "planned"].iloc[0]
    assert np.isnan(plan["value"])
    assert (plan["target"], plan["target_from"]) == (9, "stated")


def test_a_figure_of_another_kind_keeps_its_unit() -> None:
    rows = table(
        record(end="2016-03", value=2, unit="亿元"), record(end="2016-06", value=4, unit="亿元"),
        record(end="2016-09", value=50, unit="万美元"),
    )  # fmt: skip
    line = timeline(rows, "柳溪镇", "财政总收入")
    assert line["unit"].tolist() == ["亿元", "亿元", "万美元"]
    assert line["value"].tolist() == [2, 4, 50]


def test_projection_from_records() -> None:
    rows = [*monthly({"2016-02": 16, "2016-04": 32, "2016-06": 48}, "completion", value=5)]
    rows += [
        record(end="2016-05", completion=99, basis="half"),
        record(end="2016-09", completion=99, status="expected"),
    ]
    rows += monthly({"2015-06": 40, "2015-12": 100})
    result = projection(table(*rows), "柳溪镇", "财政总收入")
    assert result is not None
    assert (result.last_month, result.run_rate, result.seasonal) == (6, 96, 120)
    stock = {"财政总收入": Direction(point_in_time=True)}
    assert projection(table(*rows), "柳溪镇", "财政总收入", directions=stock) is None
    assert projection(table(*rows), "柳溪镇", "财政总收入", year=2015) is None


TABLES: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], tuple[str, ...]]] = {
    "records_frame": (records_frame, ("id", "town", "value_text")),
    "assessed": (assess.assessed, ("town", "pace", "gap", "lead", "state")),
    "latest": (latest, ("town", "indicator", "value")),
    "overview": (overview, OVERVIEW_COLUMNS),
    "heat_map": (heat_map, ()),
    "heat_map_state": (lambda frame: heat_map(frame, value="state"), ()),
    "missing_reports": (
        lambda frame: missing_reports(frame, None, "2016-06"),
        ("town", "last_report", "months_behind"),
    ),
    "ranking": (lambda frame: ranking(frame, "财政总收入"), ("town", "rank", "rank_change")),
    "timeline": (lambda frame: timeline(frame, "柳溪镇", "财政总收入"), ("year", "month", "value", "target")),
    "stated_and_computed": (assess.stated_and_computed, ("town", "yoy", "computed", "conflict", "reason")),
    "year_on_year": (lambda frame: assess.year_on_year(frame, period_from="2016-01"), ("town", "yoy", "computed")),
    "months_missing": (
        lambda frame: assess.months_missing_last_year(assess.stated_and_computed(frame)),
        ("town", "indicator", "year", "months"),
    ),
    "target_table": (assess.target_table, ("town", "target", "conflict")),
    "target_conflicts": (assess.target_conflicts, ("town", "target", "conflict")),
    "seasonal_curves": (assess.seasonal_curves, ("town", "indicator", "year", "month", "share")),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "empty",
    [pd.DataFrame(), records_frame([]), table(record(None, end=None)).iloc[:0]],
    ids=["bare", "columns", "typed"],
)  # type: ignore[arg-type]
def test_an_empty_frame_gives_an_empty_frame_with_its_columns(name: str, empty: pd.DataFrame) -> None:
    function, columns = TABLES[name]
    result = function(empty)
    assert len(result) == 0
    assert set(columns) <= set(result.columns)


@pytest.mark.parametrize("name", TABLES)
def test_records_that_compare_with_nothing_never_raise(name: str) -> None:
    rows = [record(end=None, value=1), record("柳溪镇", period_start=None), record(unit=None), record(status="planned")]
    TABLES[name][0](table(*rows, record(None), record(basis=None, unit="?")))  # type: ignore[arg-type]


def test_towns_that_should_report_are_all_shown_when_nothing_is_there() -> None:
    result = overview(pd.DataFrame(), towns=["柳溪镇", "梅岭镇"])
    assert result[["town", "state", "total"]].values.tolist() == [["柳溪镇", "未报", 0], ["梅岭镇", "未报", 0]]
    assert list(result.columns) == list(OVERVIEW_COLUMNS)
    assert projection(pd.DataFrame(), "柳溪镇", "财政总收入") is None
    assert headline_indicators(pd.DataFrame()) == []
    assert assess.newest_month(pd.DataFrame()) is None
    assert sum(status_counts(pd.DataFrame({"state": []})).values()) == 0


def test_the_frame_that_came_in_is_not_changed() -> None:
    rows = table(*COUNTY)
    before = rows.copy(deep=True)
    for function, _ in TABLES.values():
        function(rows)
    pd.testing.assert_frame_equal(rows, before)


def test_any_index_will_do() -> None:
    rows = table(*COUNTY)
    shuffled = rows.set_axis(range(100, 100 + len(rows)))
    for name, (function, _) in TABLES.items():
        if name not in ("records_frame", "assessed"):
            pd.testing.assert_frame_equal(function(shuffled), function(rows))
    assert list(assess.assessed(shuffled)["state"]) == list(assess.assessed(rows)["state"])
