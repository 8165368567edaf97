"""序时进度, gap and states: the published cases, every boundary, and counts that add up."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from assess_examples import record, table
from hypothesis import given, settings
from hypothesis import strategies as st

import assess
from assess import (
    LAST_YEAR,
    PRESETS,
    Direction,
    Rules,
    Settings,
    State,
    Thresholds,
    assessed,
    gap,
    growth_gap,
    pace,
    pace_of,
    preset_of,
    state,
    status_counts,
)


@pytest.mark.parametrize(
    ("month", "percent"), [(1, "8.3"), (3, "25"), (4, "33.3"), (6, "50"), (9, "75"), (11, "91.7"), (12, "100")]
)
def test_published_paces(month: int, percent: str) -> None:
    assert pace(month) == Decimal(percent)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_outside_the_year_is_an_error(month: int) -> None:
    with pytest.raises(ValueError, match="月份"):
        pace(month)


@pytest.mark.parametrize(
    ("start", "end", "basis", "percent"),
    [
        ("2016-01", "2016-01", "annual", "8.3"),
        ("2016-01", "2016-06", "annual", "50"),
        ("2016-01", "2016-06", "plan", "50"),
        ("2016-01", "2016-06", "budget", "50"),
        ("2016-06", "2016-06", "annual", None),
        ("2016-04", "2016-06", "annual", None),
        ("2016-07", "2016-12", "annual", None),
        ("2015-01", "2016-06", "annual", None),
        ("2016-06", "2016-01", "annual", None),
        ("2016-01", "2016-03", "half", "50"),
        ("2016-01", "2016-06", "half", "100"),
        ("2016-07", "2016-09", "half", "50"),
        ("2016-01", "2016-07", "half", None),
        ("2016-01", "2016-03", "quarter", "100"),
        ("2016-04", "2016-05", "quarter", "66.7"),
        ("2016-01", "2016-06", "quarter", None),
        ("2016-01", "2016-06", "project", None),
        ("2016-01", "2016-06", "multi-year", None),
        ("2016-01", "2016-06", "other", None),
        ("2016-01", "2016-06", None, None),
        (None, "2016-06", "annual", None),
        ("2016-01", None, "annual", None),
        ("2016-1", "2016-13", "annual", None),
    ],
)
def test_only_a_period_from_the_first_month_of_the_target_has_a_pace(
    start: str | None, end: str | None, basis: str | None, percent: str | None
) -> None:
    expected = None if percent is None else Decimal(percent)
    assert pace_of(start, end, basis) == expected
    row = assessed(table(record(period_start=start, period_end=end, basis=basis, completion=10))).iloc[0]
    assert row["pace"] == float(percent) if percent else np.isnan(row["pace"])


@pytest.mark.parametrize(
    ("completion", "end", "points"),
    [("43.2", "2016-04", "9.9"), ("37.11", "2016-03", "12.11"), ("53.3", "2016-09", "-21.7")],
)
def test_published_gaps(completion: str, end: str, points: str) -> None:
    assert gap(Decimal(completion), pace_of("2016-01", end)) == Decimal(points)
    assert assessed(table(record(end=end, completion=float(completion)))).iloc[0]["gap"] == float(points)


def test_the_published_gaps_have_their_states() -> None:
    rows = [
        record(end=end, completion=done) for done, end in ((43.2, "2016-04"), (37.11, "2016-03"), (53.3, "2016-09"))
    ]
    assert list(assessed(table(*rows))["state"]) == ["超序时", "超序时", "欠序时(红)"]


BOUNDARIES = [
    ("100", State.DONE),
    ("137.5", State.DONE),
    ("99.99", State.AHEAD),
    ("38.3", State.AHEAD),
    ("38.2", State.ON),
    ("33.3", State.ON),
    ("33.2", State.YELLOW),
    ("23.3", State.YELLOW),
    ("23.2", State.RED),
    ("0", State.RED),
]


@pytest.mark.parametrize(("completion", "expected"), BOUNDARIES)
def test_each_band_includes_its_lower_end(completion: str, expected: State) -> None:
    """At the end of April the pace is 33.3; as floats 38.3 − 33.3 is a hair under 5."""
    assert state(Decimal(completion), pace(4)) is expected
    assert assessed(table(record(end="2016-04", completion=float(completion)))).iloc[0]["state"] == expected


@pytest.mark.parametrize(
    ("completion", "expected"),
    [("28.3", State.AHEAD), ("28.4", State.ON), ("33.3", State.ON), ("33.4", State.YELLOW), ("43.3", State.YELLOW),
     ("43.4", State.RED), ("100", State.RED)],
)  # fmt: skip
def test_lower_is_better_turns_the_lamp_round_and_is_never_done(completion: str, expected: State) -> None:
    directions = {"单位能耗": Direction(lower_is_better=True)}
    row = assessed(
        table(record("柳溪镇", "单位能耗", "2016-04", completion=float(completion))), directions=directions
    ).iloc[0]
    assert state(Decimal(completion), pace(4), lower_is_better=True) is expected
    assert row["state"] == expected
    assert row["lead"] == -row["gap"]


def test_no_completion_or_no_pace_is_not_applicable_and_no_report_is_unreported() -> None:
    assert state(None, pace(6)) is State.NOT_APPLICABLE
    assert state(Decimal(60), None) is State.NOT_APPLICABLE
    assert state(Decimal(100), None) is State.DONE
    assert state(None, pace(6), reported=False) is State.UNREPORTED
    assert gap(None, pace(6)) is None


def test_no_target_and_a_target_of_zero_are_not_applicable() -> None:
    rows = assessed(
        table(
            record(value=300),
            record(value=300, target=0, target_unit="万元", target_from="stated"),
            record(value=0, completion=100, target=0, target_unit="万元", target_from="stated"),
        )
    )
    assert list(rows["state"]) == ["不适用"] * 3
    assert rows["gap"].isna().all()


def test_a_stated_target_gives_the_completion_that_is_not_stated() -> None:
    rows = assessed(
        table(
            record(end="2016-03", value=2.74, unit="亿元", target=106600, target_unit="万元", target_from="stated"),
            record(end="2016-03", value=2.74, unit="亿元", target=30, target_unit="亿美元", target_from="stated"),
            record(end="2016-03", completion=26, value=2.74, unit="亿元", target=106600, target_unit="万元"),
        )
    )
    assert rows["completion"].tolist() == pytest.approx([25.7036, np.nan, 26.0], nan_ok=True)
    assert rows["completion_from"].fillna("").tolist() == ["computed", "", "stated"]
    assert list(rows["state"]) == ["达序时", "不适用", "达序时"]


@pytest.mark.parametrize(
    ("yoy", "points", "expected"),
    [(9.3, 1.3, "超序时"), (8.5, 0.5, "达序时"), (8.0, 0.0, "达序时"), (7.9, -0.1, "欠序时(黄)"),
     (6.0, -2.0, "欠序时(黄)"), (5.9, -2.1, "欠序时(红)")],
)  # fmt: skip
def test_growth_targets_are_compared_in_points_without_pace(yoy: float, points: float, expected: str) -> None:
    row = assessed(
        table(record(value=4.4, unit="亿元", yoy=yoy, target=8, target_unit="%", target_from="stated"))
    ).iloc[0]
    assert (row["gap"], row["gap_from"], row["state"]) == (points, "growth", expected)
    assert growth_gap(Decimal(str(yoy)), Decimal(8)) == Decimal(str(points))


def test_a_rate_indicator_is_compared_with_its_rate_target_in_points() -> None:
    row = assessed(table(record("柳溪镇", "城镇化率", value=63.4, unit="%", yoy=2, target=65, target_unit="%"))).iloc[0]
    assert (row["gap"], row["state"]) == (-1.6, "欠序时(黄)")


def test_expected_and_planned_figures_have_no_state() -> None:
    rows = assessed(table(*(record(completion=120, status=status) for status in ("actual", "expected", "planned"))))
    assert list(rows["state"]) == ["已完成", "不适用", "不适用"]


def test_a_stock_at_a_day_has_no_pace() -> None:
    directions = {"贷款余额": Direction(point_in_time=True)}
    rows = assessed(
        table(*(record("柳溪镇", "贷款余额", completion=done) for done in (95, 101))), directions=directions
    )
    assert rows["gap"].isna().all()
    assert list(rows["state"]) == ["不适用", "已完成"]


def by_hand(*steps: tuple[str, int, float], unit: str = "万元") -> pd.DataFrame:
    rows = pd.DataFrame(steps, columns=["town", "from_month", "target"])
    return rows.assign(indicator="财政总收入", year=2016, unit=unit)


@pytest.mark.parametrize(("set_first", "done"), [(True, [60, 60, 50]), (False, [50, 60, 50])])
def test_which_target_counts_is_the_rule_of_the_settings(set_first: bool, done: list[float]) -> None:
    """The first town states 50 %, the second nothing, the third has no target set by hand."""
    rows = table(record(value=60, completion=50), record("梅岭镇", value=60), record("竹园镇", value=60, completion=50))
    settings = Settings(targets=by_hand(("柳溪镇", 1, 100.0), ("梅岭镇", 1, 100.0)), set_first=set_first)
    result = assessed(rows, settings)
    assert list(result["completion"]) == done
    assert list(result["target_from"])[1] != "implied"
    assert list(result["completion_from"]) == ["computed" if set_first else "stated", "computed", "stated"]


def test_what_another_report_states_fills_gaps_only() -> None:
    rows = table(record(value=60, completion=50), record("梅岭镇", value=60))
    known = by_hand(("柳溪镇", 1, 100.0), ("梅岭镇", 1, 100.0)).assign(target_from="stated", conflict=False)
    bare = table(record("梅岭镇", value=60, basis=None))
    (row,) = assessed(bare, Settings(reported=known)).to_dict("records")
    assert (row["target"], row["target_from"], row["basis"], row["pace"]) == (100, "stated", "annual", 50)
    assert list(assessed(rows, Settings(reported=known))["completion"]) == [50, 60]
    assert assessed(rows, Settings(reported=known.assign(conflict=True)))["completion"].isna().tolist() == [False, True]


def test_a_target_changed_in_mid_year_is_a_step() -> None:
    rows = table(*(record(end=f"2016-{month:02d}", value=60) for month in (3, 6, 9)))
    settings = Settings(targets=by_hand(("柳溪镇", 1, 120.0), ("柳溪镇", 6, 200.0)))
    assert list(assessed(rows, settings)["completion"]) == [50, 30, 30]
    late = Settings(targets=by_hand(("柳溪镇", 6, 200.0)))
    assert assessed(rows, late)["completion"].tolist()[1:] == [30, 30]
    assert assessed(rows, late)["completion"].isna().tolist()[0]


def test_a_growth_target_set_by_hand_is_compared_in_points() -> None:
    rows = table(record(value=60, completion=50, yoy=9.3))
    (row,) = assessed(rows, Settings(targets=by_hand(("柳溪镇", 1, 8.0), unit="%"))).to_dict("records")
    assert (row["gap"], row["gap_from"], row["state"]) == (1.3, "growth", "超序时")


def test_a_town_is_judged_by_the_rules_of_its_county() -> None:
    rows = table(record(completion=44), record("梅岭镇", completion=44))
    strict = Rules(*PRESETS["从严"])
    settings = Settings(counties={"青山县": strict}, county_of={"梅岭镇": "青山县"})
    assert list(assessed(rows, settings)["state"]) == ["欠序时(黄)", "欠序时(红)"]
    assert list(assess.overview(rows, "2016-06", settings).set_index("town")["state"][["柳溪镇", "梅岭镇"]]) == [
        "欠序时(黄)",
        "欠序时(红)",
    ]
    shown = settings.described(["柳溪镇", "梅岭镇"])
    assert set(shown["县区"]) == {"各县区", "青山县"}
    assert "青山县：超 ≥ +3" in settings.line(["柳溪镇", "梅岭镇"])
    assert "青山县" not in settings.line(["柳溪镇"])


def test_presets_are_known_by_their_bands() -> None:
    assert [preset_of(Rules(*bands)) for bands in PRESETS.values()] == list(PRESETS)
    assert preset_of(Rules(Thresholds(7, 0, -10))) is None
    with pytest.raises(ValueError, match="序时进度"):
        Rules(pace="weekly")


def test_last_years_curve_replaces_the_linear_pace() -> None:
    rows = table(record(end="2016-03", completion=40), record(end="2016-04", completion=40))
    curve = pd.DataFrame(
        [("柳溪镇", "财政总收入", 2015, 3, 35.0)], columns=["town", "indicator", "year", "month", "share"]
    )
    assert list(assessed(rows, Settings(curve=curve))["pace_from"]) == ["linear", "linear"]
    result = assessed(rows, Settings(Rules(pace=LAST_YEAR), curve=curve))
    assert list(result["pace"]) == [35.0, 33.3]
    assert list(result["pace_from"]) == ["last_year", "linear"]
    assert list(result["gap"]) == [5.0, 6.7]


@pytest.mark.parametrize("bad", [(0, 5, -10), (5, 0, 1), (5, -20, -10)])
def test_thresholds_out_of_order_are_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="阈值"):
        Thresholds(*map(Decimal, bad))


def test_thresholds_from_settings_are_exact_at_their_boundary() -> None:
    thresholds = Thresholds(0.1, "0", -0.3)  # type: ignore[arg-type]
    assert state(Decimal("50.1"), pace(6), thresholds) is State.AHEAD
    assert state(Decimal("49.7"), pace(6), thresholds) is State.YELLOW
    assert state(Decimal("49.69"), pace(6), thresholds) is State.RED


def test_every_state_has_its_rule_in_words_and_a_sign() -> None:
    words = Thresholds().describe()
    assert list(words) == list(State)
    assert words[State.ON] == "0 ≤ 与序时进度差 < +5 个百分点"
    assert {state.sign for state in State} == {"▲", "●", "▼", "○", "—"}


def test_published_counts_add_up() -> None:
    """162 + 17 + 10 + 24 + 9 = 222."""
    groups = {State.DONE: 162, State.AHEAD: 17, State.ON: 10, State.YELLOW: 24, State.RED: 9}
    completions = {State.DONE: 104.0, State.AHEAD: 82.0, State.ON: 76.0, State.YELLOW: 70.0, State.RED: 53.3}
    rows = [
        record(f"{n}号镇", end="2016-09", completion=completions[s]) for s, many in groups.items() for n in range(many)
    ]
    counts = status_counts(assessed(table(*rows)))
    assert counts == groups | {State.UNREPORTED: 0, State.NOT_APPLICABLE: 0}
    assert sum(counts.values()) == 222


def test_a_missing_state_counts_as_unreported_and_a_wrong_word_is_refused() -> None:
    assert status_counts(["已完成", None])[State.UNREPORTED] == 1
    with pytest.raises(ValueError, match="良好"):
        status_counts(["良好"])


PERCENTS = st.decimals(0, 250, places=2)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.none() | PERCENTS, st.integers(1, 12)), min_size=1, max_size=30),
    st.lists(st.decimals(-30, 30, places=1), min_size=3, max_size=3).map(sorted),
    st.booleans(),
)
def test_columns_and_single_figures_agree_and_counts_add_up(
    figures: list[tuple[Decimal | None, int]], bounds: list[Decimal], lower: bool
) -> None:
    yellow, on, ahead = bounds
    thresholds = Thresholds(ahead, on, yellow)
    rows = [record(end=f"2016-{m:02d}", completion=None if done is None else float(done)) for done, m in figures]
    result = assessed(table(*rows), Settings(Rules(thresholds)), {"财政总收入": Direction(lower_is_better=lower)})
    assert list(result["state"]) == [str(state(done, pace(month), thresholds, lower)) for done, month in figures]
    assert sum(status_counts(result).values()) == len(figures)
