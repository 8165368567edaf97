"""The parts of 时间线: choice of town and indicator, the two figures, small multiples, the points as a table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

import assess
from ui import evidence, findings, headlines, navigation, reading, selection, tables, timelines, wording

PACE = [float(assess.pace(month)) for month in range(1, 13)]
YEARS_SHOWN = 4
DECEMBER = 12
HEIGHT = 360
STEPS_SHOWN = 4


def asked(as_of: str) -> tuple[str, str]:
    """Town and indicator of the URL; else a town with figures and the first headline indicator that it reports."""
    chosen = selection.current()
    town, indicators = reading.town_asked(chosen.town, as_of), reading.indicators()
    if chosen.indicator in indicators:
        return town, str(chosen.indicator)
    rows = reading.newest(as_of)
    own = rows.loc[(rows["town"] == town) & rows["completion"].notna(), "indicator"]
    return town, next(iter(headlines.of_town(own, reading.headlines(as_of))), indicators[0])


def choose(town: str, indicator: str) -> None:
    """The select boxes of town and indicator, and the ways on."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=240):
            selection.picked("town", "乡镇", reading.towns(), default=town)
        with st.container(width=360):
            selection.picked("indicator", "指标", reading.indicators(), default=indicator)
        navigation.link("town", "看该乡镇", town=town)
        navigation.link("yoy", "看同比", town=town, indicator=indicator, by="town")


def records_of(town: str, indicator: str, as_of: str) -> pd.DataFrame:
    """The records behind the page's figures."""
    rows = reading.until(as_of)
    return rows[(rows["town"] == town) & (rows["indicator"] == indicator)]


def points_of(town: str, indicator: str, as_of: str) -> tuple[pd.DataFrame, assess.Projection | None]:
    """The points of the newest years by the cut-off, and where the cut-off's year would end.

    There is nothing to project where December is reported.
    """
    points, projection = reading.line(town, indicator, as_of)
    reported = newest(points)
    ended = not reported.empty and reported["period_end"].iloc[-1] == f"{as_of[:4]}-12"
    return points[points["year"] > int(as_of[:4]) - YEARS_SHOWN], None if ended else projection


def newest(points: pd.DataFrame) -> pd.DataFrame:
    """The actual points that were reported, by time: the last one is the newest."""
    return points[(points["status"] == "actual") & (points["value_from"] != "implied")]


def figures(points: pd.DataFrame, projection: assess.Projection | None) -> None:
    """Completion against the pace on the left, values with the target on the right."""
    left, right = st.columns(2)
    with left:
        _completion(points[points["completion"].notna()], projection)
    with right:
        _values(points, projection)


def _completion(points: pd.DataFrame, projection: assess.Projection | None) -> None:
    st.header("累计完成率与序时进度", anchor=False)
    if points.empty:
        st.info("这个指标没有报告过完成率。")
        return
    end = None if projection is None else float(projection.estimate)
    yearly = points[~points["basis"].isin(reading.PART_OF_YEAR)]
    evidence.chart(timelines.completion(yearly, PACE, end), "line-share", "逐月累计完成率")
    if len(yearly) < len(points):
        st.html('<div class="legend">季度目标、半年目标的完成率不能与全年比，只列在下表。</div>')
    if points["month"].iloc[-1] < DECEMBER:
        st.markdown(wording.markdown_text(findings.projection(projection)))


def _values(points: pd.DataFrame, projection: assess.Projection | None) -> None:
    st.header("累计数值与目标值", anchor=False)
    drawn = points[points["value"].notna()]
    if drawn.empty:
        st.info("这个指标没有报告过数值。")
        return
    unit = str(drawn["unit"].iloc[-1] or "")
    drawn = drawn[drawn["unit"].fillna("") == unit]
    targets = points[points["target"].notna() & (points["year"] == points["year"].max())]
    evidence.chart(timelines.values(drawn, unit, targets, _end(drawn, projection)), "line-value", "逐月累计数值")
    st.html(
        '<div class="legend">横线为目标值（没有写明的按数值与完成率推算）；空心点为预计数；点击圆点查看原文。</div>'
    )


def _end(points: pd.DataFrame, projection: assess.Projection | None) -> float | None:
    """The value at the end of the year that goes with the projected completion: in step with the newest value."""
    own = newest(points)
    if projection is None or own.empty or not projection.so_far:
        return None
    last = own.iloc[-1]
    if wording.number(last["completion"]) != projection.so_far:
        return None
    return float(Decimal(str(last["value"])) * projection.estimate / projection.so_far)


def target_steps(town: str, indicator: str, as_of: str) -> None:
    """Where the year's target changed: each step with its sentence, side by side; nothing where it did not."""
    rows = reading.until(as_of)
    steps = assess.target_steps(rows, town, indicator, int(as_of[:4]), reading.settings())
    if len(steps) < 2:
        return
    st.header(f"{as_of[:4]}年的目标有 {len(steps)} 个，先后如下", anchor=False)
    st.html(f'<div class="legend">{reading.settings().order}；没有写明调整的前后不一，见核查。</div>')
    shown = steps.tail(STEPS_SHOWN).to_dict("records")
    for place, (column, step) in enumerate(zip(st.columns(len(shown)), shown, strict=True)):
        with column:
            amount = wording.amount(step["target"], step["unit"])
            source = wording.TARGET_WORDS[step["target_from"]]
            st.markdown(wording.markdown_text(f"{step['month']}月起：{amount}（{source}）"))
            st.caption(wording.markdown_text(_step_words(step)))
            if step["id"] is not None:
                evidence.button(step["id"], f"step-source-{place}")


def _step_words(step: dict[Any, Any]) -> str:
    if step["target_from"] == "set":
        return f"人工设定，出处：{step['sentence'] or '没有写'}"
    return f"《{step['report_name']}》：{step['sentence']}"


def towns(town: str, indicator: str, as_of: str) -> None:
    """The same indicator in up to twelve towns, on the same axes; the chosen town first."""
    points = reading.town_lines(indicator, as_of)
    reporting = sorted(points["town"].unique())
    names = sorted(reporting, key=lambda name: name != town)[: timelines.MAX_TOWNS]
    if len(names) < 2:
        return
    st.header(wording.markdown_text(f"{indicator}：各乡镇完成率（刻度相同）"), anchor=False)
    more = f"，共 {len(reporting)} 个乡镇，只画 {len(names)} 个" if len(reporting) > len(names) else ""
    st.html(f'<div class="legend">虚线为序时进度，粗线为今年，细线为上年{more}；点击圆点查看原文。</div>')
    figure = timelines.small_multiples(points, names, PACE)
    evidence.chart(figure, "line-towns", f"{indicator}各乡镇完成率")


def listed(points: pd.DataFrame) -> None:
    """Every point with the way to its sentence."""
    table = tables.points(points.iloc[::-1])
    if table.empty:
        return
    st.header(f"全部 {len(table)} 个点", anchor=False)
    column = st.column_config
    config = {
        "完成率": column.NumberColumn(format="%.1f%%", width=90),
        "序时进度": column.NumberColumn(format="%.1f%%", width=90),
        "与序时差（百分点）": column.NumberColumn(format="%+.1f", width=150),
        "数值": column.TextColumn(width=120, alignment="right"),
        "目标值": column.TextColumn(width=150, alignment="right"),
    }
    height = min(HEIGHT, 38 + 28 * len(table))
    evidence.table(table, tables.lamps, "open-point", config, height=height, alt="时间线上的全部点")
