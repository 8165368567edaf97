"""The print views of 总览, 乡镇 and the 通报: the page's own tables on A4, asked for by ``?print=`` in the URL."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

import assess
from export import bulletin as bulletins
from ui import (
    bulletin_parts,
    colours,
    findings,
    frame,
    navigation,
    printing,
    reading,
    selection,
    tables,
    town_parts,
    wording,
)

BULLETIN = "bulletin"
_HEADS, _FIGURES = tables.OVERVIEW_HEADS, tables.FIGURE_HEADS
_WORDS = {
    _HEADS["completion"]: wording.percent,
    _HEADS["gap"]: lambda value: wording.points(value, ""),
    _HEADS["change"]: lambda value: wording.points(value, ""),
    _FIGURES["others"]: wording.percent,
}
_SHARES = {
    "状态": 1.6, "乡镇": 1.5, "指标": 2.5, "时段": 1.75, "数值": 1.6, "指标分布": 2.6, "最近报告": 1.4, "目标值": 2.4,
    "目标口径": 1.5, "同比": 1.5,
}  # fmt: skip
# The columns on paper: what is a picture or a way to somewhere else on the screen is left out.
_TOWN_COLUMNS = ("lamp", "town", "completion", "gap", "change", "counts", "last_report")
_FIGURE_COLUMNS = ("lamp", "indicator", "period", "amount", "completion", "gap", "others", "target", "basis", "yoy")

_LEFT = dict.fromkeys((frame.PRINT, *bulletin_parts.PARAMETERS))
# Only the browser can print, so the button is listened to there.
_PRINT = """
<script>
if (!window.printsSheets) {
  window.printsSheets = true;
  document.addEventListener("click", (event) => {
    if (event.target.closest(".st-key-print-now button")) window.print();
  });
}
</script>
"""


def _show(*parts: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="print-bar"):
        st.button("打印", key="print-now", icon=":material/print:", type="primary")
        st.button("返回", key="leave-print", icon=":material/arrow_back:", on_click=selection.choose, kwargs=_LEFT)
        st.html(_PRINT, unsafe_allow_javascript=True)
    st.html(printing.sheet(*parts))


def overview() -> bool:
    """总览 or its 通报 where the URL asks for the print view; whether it does."""
    asked = st.query_params.get(frame.PRINT)
    if asked:
        (_bulletin if asked == BULLETIN else _overview)(frame.month_asked())
    return bool(asked)


def _overview(as_of: str) -> None:
    every = reading.overview(as_of, st.query_params.get("all") == "1")
    state = st.query_params.get("state")
    rows = every[every["state"] == state] if state in colours.LAMPS else every
    gaps, leads = (reading.heat_map(as_of, value) for value in ("gap", "lead"))
    heat = () if gaps.empty else (printing.section("各指标与序时进度差（百分点）"), printing.heat_maps(gaps, leads))
    _show(
        printing.head(findings.overview(every, as_of), _lines(as_of, reading.year_until(as_of), every["town"])),
        printing.paragraph("" if rows is every else f"只列：{colours.lamp(state).label}，{len(rows)} 个"),
        _table(tables.overview(rows), _TOWN_COLUMNS, _HEADS),
        *heat,
        printing.section("还没有报告的乡镇"),
        _missing(as_of),
    )


def _missing(as_of: str) -> str:
    absent = reading.missing(as_of)
    due = absent.loc[~absent["silent"], "town"]
    return printing.paragraph("、".join(due) if len(due) else "近两年报告过的乡镇都已报告。")


def town() -> bool:
    """乡镇, the newest figure of each indicator, where the URL asks for the print view; whether it does."""
    asked = st.query_params.get(frame.PRINT)
    if asked:
        _town(frame.month_asked())
    return bool(asked)


def _town(as_of: str) -> None:
    name = reading.town_asked(selection.current().town, as_of)
    rows = town_parts.rows_of(name, as_of)
    reports = [str(report) for report in rows["report_name"].unique()]
    _show(
        printing.head(findings.town(name, rows, as_of), _lines(as_of, rows, [name])),
        _table(tables.figures(rows), _FIGURE_COLUMNS, _FIGURES),
        printing.paragraph(f"数字出自：{'；'.join(reports)}。" if reports else ""),
    )


def _table(rows: pd.DataFrame, keys: Iterable[str], heads: dict[str, str]) -> str:
    return printing.table(rows[[heads[key] for key in keys]], _WORDS, _SHARES)


def _lines(as_of: str, rows: pd.DataFrame, towns: Iterable[str]) -> tuple[str, ...]:
    gone = wording.percent(assess.pace(int(as_of[5:7])))
    sample = "含演示数据，仅供试用。" if reading.has_sample() else ""
    return (
        f"数据截止 {wording.month(as_of)} · 依据 {rows['report_id'].nunique()} 份报告 · 全年时间已过 {gone}",
        reading.settings().line(towns),
        sample,
    )


def _bulletin(as_of: str) -> None:
    towns, indicators, area = bulletin_parts.asked(as_of)
    if not towns or not indicators:
        st.info("没有可以通报的乡镇或指标。", icon=":material/info:")
        navigation.link("overview", "返回总览")
        return
    said = bulletin_parts.made(as_of, towns, indicators, area)
    _show(printing.document(*bulletins.document(said)))
