"""Figures as plain dicts: what they draw, on which scale, and that Plotly takes them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ui import charts, figures, timelines


def rows(*completions: float, **columns: Any) -> pd.DataFrame:
    """Assessed rows of one town, a record each, at half of the year."""
    count = len(completions)
    table = pd.DataFrame(
        {
            "id": range(1, count + 1),
            "indicator": [f"指标{number}" for number in range(count)],
            "completion": completions,
            "pace": 50.0,
            "others": 48.0,
            "state": "超序时",
        }
    )
    return table.assign(gap=table["completion"] - 50, label=table["indicator"]).assign(**columns)


def points(*given: tuple[int, int, str, float]) -> pd.DataFrame:
    """Points of a timeline: year, month, status, completion; the value is a tenth of the completion."""
    table = pd.DataFrame(given, columns=["year", "month", "status", "completion"])
    return table.assign(id=range(1, len(table) + 1), value=table["completion"] / 10, value_from="stated", town="柳溪镇")


YEAR = points((2024, 6, "actual", 45), (2024, 12, "actual", 98), (2025, 3, "actual", 30), (2025, 6, "actual", 61))
PACE = [month * 100 / 12 for month in range(1, 13)]


def names(figure: figures.Figure) -> list[str]:
    return [trace.get("name", "") for trace in figure["data"]]


def trace(figure: figures.Figure, name: str) -> dict[str, Any]:
    return next(found for found in figure["data"] if found.get("name") == name)


def test_no_more_than_six_gauges_side_by_side() -> None:
    figure = charts.gauges(rows(*range(10, 90, 10)))
    domains = [found["domain"]["x"] for found in figure["data"]]
    assert len(domains) == 6
    assert all(left[1] < right[0] for left, right in pairwise(domains))


def beside(figure: figures.Figure) -> list[str]:
    """The words beside the bars of bullet rows."""
    (words,) = (trace["text"] for trace in figure["data"] if trace["name"] == charts.BESIDE)
    return list(words)


@pytest.mark.parametrize(("source", "said"), [("computed", True), ("stated", False)])
def test_a_completion_that_was_worked_out_says_so(source: str, said: bool) -> None:
    told = rows(55.0, completion_from=source)
    notes = [note["text"] for note in charts.gauges(told)["layout"]["annotations"]]
    for words in (notes, beside(charts.bullets(told))):
        assert any(charts.COMPUTED in text for text in words) == said


def test_gauge_marks_the_pace_and_what_is_over_target() -> None:
    figure = charts.gauges(rows(112.0))
    (gauge,) = figure["data"]
    assert gauge["gauge"]["axis"]["range"] == [0, 120]
    assert gauge["gauge"]["threshold"]["value"] == 50
    assert gauge["value"] == 112
    assert any("超额12.0个百分点" in note["text"] for note in figure["layout"]["annotations"])


def test_gauge_of_an_older_month_says_so_on_its_second_line() -> None:
    table = rows(40.0, indicator="规模以上工业企业主营业务收入", label="规模以上工业企业主营业务收入（截至6月）")
    title = charts.gauges(table)["layout"]["annotations"][0]["text"]
    assert title == "<b>规模以上工业企业主营业务收入<br>（截至6月）</b>"


def test_gauge_without_a_pace_has_no_mark() -> None:
    (gauge,) = charts.gauges(rows(40.0, pace=float("nan"), gap=float("nan"), state="不适用"))["data"]
    assert "threshold" not in gauge["gauge"]


def test_state_is_never_told_by_colour_alone() -> None:
    table = rows(30.0, 60.0, state=["欠序时(红)", "超序时"])
    notes = " ".join(note["text"] for note in charts.gauges(table)["layout"]["annotations"])
    assert "▼ 欠序时(红)" in notes
    assert "▲ 超序时" in notes
    assert [name[0] for name in charts.bullets(table)["layout"]["yaxis"]["ticktext"]] == ["▲", "▼"]


def test_bullets_keep_the_order_and_show_more_than_the_scale_as_what_it_is() -> None:
    figure = charts.bullets(rows(300.0, 40.0))
    bars = figure["data"][1]
    assert bars["x"] == [40.0, 120.0]
    assert [text.split("　")[0] for text in beside(figure)] == ["40.0%", "300.0%"]
    assert bars["customdata"] == [[2], [1]]


def test_bullets_mark_pace_and_mean_of_the_other_towns() -> None:
    figure = charts.bullets(rows(40.0, others=float("nan")))
    assert trace(figure, "序时进度")["x"] == [50.0]
    assert trace(figure, "其他乡镇平均")["x"] == [None]


def test_names_from_reports_are_escaped() -> None:
    figure = charts.bullets(rows(40.0, label="<b>投资</b>"))
    assert "<b>投资" not in str(figure)


CHANGES = pd.DataFrame(
    {
        "id": [1, 2],
        "label": ["柳溪镇", "石桥镇"],
        "yoy": [8.0, float("nan")],
        "computed": [5.0, 3.0],
        "conflict": [True, False],
        "last": [10.0, float("nan")],
        "last_id": [7.0, float("nan")],
        "this": [10.5, 7.0],
    }
)


def test_changes_mark_conflicts_and_join_only_what_both_tell() -> None:
    figure = charts.changes(CHANGES)
    assert figure["layout"]["yaxis"]["ticktext"] == ["石桥镇", "≠ 柳溪镇"]
    assert [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]] == [(8.0, 5.0)]
    assert trace(figure, "报告所称")["x"] == [None, 8.0]
    assert figure["layout"]["xaxis"]["range"][0] < 0


def test_a_year_nobody_reported_is_left_empty_not_zero() -> None:
    figure = charts.paired_years(CHANGES, "亿元", ("2024年同期", "2025年"))
    assert trace(figure, "2024年同期")["x"] == [None, 10.0]
    assert trace(figure, "2025年")["x"] == [7.0, 10.5]


def test_both_years_lead_to_the_records_behind_them() -> None:
    figure = charts.paired_years(CHANGES, "亿元", ("2024年同期", "2025年"))
    assert trace(figure, "2025年")["customdata"] == [[2], [1]]
    assert trace(figure, "2024年同期")["customdata"] == [[2], [7]]


def test_timeline_lays_years_over_each_other_against_the_pace() -> None:
    figure = timelines.completion(YEAR, PACE)
    assert names(figure) == ["序时进度", "2024年", "2025年"]
    assert trace(figure, "2025年")["x"] == [3, 6]
    assert trace(figure, "序时进度")["y"][5] == pytest.approx(50)


def test_expected_points_are_hollow_and_not_joined() -> None:
    figure = timelines.completion(pd.concat([YEAR, points((2025, 12, "expected", 97))]), PACE)
    expected = trace(figure, "2025年预计")
    assert expected["mode"] == "markers"
    assert expected["marker"]["color"] == "#FFFFFF"
    assert trace(figure, "2025年")["x"] == [3, 6]


def test_implied_points_are_told_from_reported_ones() -> None:
    figure = timelines.values(YEAR.assign(value_from=["implied", "implied", "stated", "stated"]), "亿元", YEAR.head(0))
    assert names(figure) == ["2024年推算", "2025年"]


def test_projection_leads_from_the_newest_actual_point_to_december() -> None:
    figure = timelines.completion(YEAR, PACE, 118.0)
    assert trace(figure, "按目前进度")["x"] == [6, 12]
    assert trace(figure, "按目前进度")["y"] == [61.0, 118.0]
    assert figure["layout"]["yaxis"]["range"][1] > 118


def test_targets_are_steps() -> None:
    targets = pd.DataFrame({"month": [3, 6], "target": [10.0, 12.0]})
    steps = trace(timelines.values(YEAR, "亿元", targets), "目标值")
    assert steps["line"]["shape"] == "hv"
    assert (steps["x"], steps["y"]) == ([3, 6, 12], [10.0, 12.0, 12.0])


def test_small_multiples_share_their_axes_and_stop_at_twelve_towns() -> None:
    towns = [f"{number}镇" for number in range(15)]
    table = pd.concat(
        [YEAR.assign(town=town, completion=YEAR["completion"] + place) for place, town in enumerate(towns)]
    )
    figure = timelines.small_multiples(table, towns, PACE)
    axes = {name: axis for name, axis in figure["layout"].items() if name.startswith("yaxis")}
    assert len(axes) == timelines.MAX_TOWNS
    assert len({tuple(axis["range"]) for axis in axes.values()}) == 1
    fields = [axis["domain"] for axis in axes.values()]
    assert all(0 <= low < high <= 1 for low, high in fields)


@pytest.mark.parametrize(
    "figure",
    [
        charts.gauges(rows(10.0, 90.0)),
        charts.bullets(rows(10.0, 90.0)),
        charts.changes(CHANGES),
        charts.paired_years(CHANGES, "亿元", ("2024年同期", "2025年")),
        timelines.completion(YEAR, PACE, 118.0),
        timelines.values(YEAR, "亿元", pd.DataFrame({"month": [3], "target": [10.0]}), 12.0),
        timelines.small_multiples(YEAR, ["柳溪镇"], PACE),
    ],
    ids=["gauges", "bullets", "changes", "pairs", "completion", "values", "multiples"],
)
def test_plotly_takes_every_figure(figure: figures.Figure) -> None:
    """A wrong attribute name makes Plotly raise."""
    assert len(go.Figure(figure).data) == len(figure["data"])


def test_the_chinese_dictionary_is_where_plotly_looks_for_it() -> None:
    locale = figures.CONFIG["locales"][figures.CONFIG["locale"]]
    assert locale["dictionary"]["Zoom in"] == "放大"
    assert len(locale["format"]["months"]) == 12
    assert locale["format"]["months"][11] == "十二月"
