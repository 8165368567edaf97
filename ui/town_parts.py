"""The parts of 乡镇: way to the next town, gauges, bullet rows, the table of all its figures."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import (
    archive,
    charts,
    colours,
    evidence,
    frame,
    headlines,
    navigation,
    paging,
    plots,
    reading,
    selection,
    tables,
    wording,
)

HEIGHT = 420


def rows_of(name: str, as_of: str) -> pd.DataFrame:
    """The town's newest figures in the cut-off's year, the furthest ahead first, those without a gap last.

    ``label`` is the indicator, with its month where that is not the cut-off.
    """
    rows = reading.newest(as_of)
    own = rows[rows["town"] == name]
    older = ["" if end == as_of else f"（截至{int(end[5:7])}月）" for end in own["period_end"]]
    own = own.assign(label=own["indicator"] + pd.Series(older, index=own.index, dtype=object))
    return own.sort_values(["lead", "indicator"], ascending=[False, True], na_position="last")


def reported(name: str, as_of: str) -> pd.DataFrame:
    """Everything the town reported in the cut-off's year, expected and planned figures too, newest first."""
    return _reported(archive.key(), name, as_of)


@st.cache_resource(show_spinner=False, max_entries=64)
def _reported(key: archive.Key, name: str, as_of: str) -> pd.DataFrame:
    rows = reading.year_until(as_of)
    own = reading.judged(rows[rows["town"] == name])
    others = reading.newest(as_of).set_index("id")["others"]
    own = own.assign(others=own["id"].map(others))
    return own.sort_values(["period_end", "report_id", "start"], ascending=[False, False, True])


def switch(name: str, as_of: str) -> None:
    """上一镇, a box of all towns, 下一镇; all three write the town into the URL. The steps pass silent towns over."""
    every, silent = reading.towns(), reading.silent_towns(as_of)
    waited = [town for town in every if town == name or town not in silent]
    waited = waited if len(waited) > 1 else every
    place = waited.index(name)
    with st.container(horizontal=True, vertical_alignment="center"):
        _step("上一镇", waited[place - 1], ":material/chevron_left:", "left")
        with st.container(width=240):
            selection.picked(
                "town",
                "乡镇",
                every,
                default=name,
                words=lambda town: f"{town}（两年未报）" if town in silent else town,
            )
        _step("下一镇", waited[(place + 1) % len(waited)], ":material/chevron_right:", "right")
        navigation.link("timeline", "看时间线", town=name)
        navigation.link("yoy", "看同比", town=name, by="indicator")
        frame.print_button()


def _step(label: str, town: str, icon: str, side: str) -> None:
    st.button(
        f"{label}（{town}）",
        icon=icon,
        icon_position=side,  # type: ignore[arg-type]
        key=f"step-{side}",
        on_click=selection.choose,
        kwargs={"town": town},
    )


def elsewhere(name: str) -> None:
    """Where the figures of a town are that has none in the cut-off's year: a way to its newest month, or to 数据."""
    months = reading.periods_of(name)
    if months:
        month = wording.month(months[0])
        st.info(f"这个乡镇最近的报告截至{month}。", icon=":material/info:")
        st.button(f"看截至{month}", key="newest-month", on_click=selection.choose, kwargs={"period": months[0]})
        return
    st.info("这个乡镇报告的数字没有写明时段，归不到哪一年；可在数据页给记录填上时段。", icon=":material/info:")
    navigation.link("data", "看这个乡镇的记录", town=name, indicator=None, period=None)


def able(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that a scale can show: those with a completion."""
    return rows[rows["completion"].notna()]


def headline_rows(rows: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """The town's headline indicators, at most six: the county's first; see :func:`ui.headlines.of_town`."""
    chosen = rows[rows["completion"].notna() & rows["gap"].notna()].set_index("indicator", drop=False)
    return chosen.loc[headlines.of_town(chosen.index, reading.headlines(as_of))].reset_index(drop=True)


def gauges(rows: pd.DataFrame, as_of: str) -> None:
    """The headline indicators as gauges in one figure, a button to the sentence under each."""
    chosen = headline_rows(rows, as_of)
    if chosen.empty:
        st.info(f"截至{wording.month(as_of)}，这个乡镇没有带完成率的主要指标。")
        return
    plots.draw(charts.gauges(chosen), "gauges", _spoken(chosen))
    evidence.buttons(chosen, "gauge")
    st.html('<div class="legend">刻度 0—120%；粗黑线为序时进度，深色区为超额（超过 100%）。</div>')


def _spoken(rows: pd.DataFrame) -> str:
    return "；".join(map(_spoken_row, rows.to_dict("records")))


def _spoken_row(row: dict[Any, Any]) -> str:
    source = f"（{charts.COMPUTED}）" if charts.is_computed(row) else ""
    return f"{row['indicator']}{wording.percent(row['completion'])}{source}，{colours.lamp(row['state']).state}"


def bullets(rows: pd.DataFrame, as_of: str) -> None:
    """All indicators that are no gauge, as rows of one figure sorted by gap; a click on a bar opens the sentence."""
    head = set(headline_rows(rows, as_of)["indicator"])
    rest = able(rows)[~able(rows)["indicator"].isin(head)]
    if rest.empty:
        return
    st.header(f"其余 {len(rest)} 项指标，按与序时进度差排列", anchor=False)
    st.html('<div class="legend">竖线为序时进度，◇ 为其他乡镇平均；点击横条查看原文。</div>')
    evidence.chart(charts.bullets(rest), "bullets", _spoken(rest))


def figures(name: str, rows: pd.DataFrame, as_of: str) -> None:
    """Every figure the town reported this year, page by page, each with the way to its sentence."""
    st.header(f"{as_of[:4]}年报告的全部数字（{len(rows)} 条）", anchor=False)
    at = paging.place(len(rows))
    paging.turn_if_long("新的在前", at)
    table = tables.figures(at.of(rows))
    heads, column = tables.FIGURE_HEADS, st.column_config
    config = {
        heads["lamp"]: column.TextColumn(width=112),
        heads["indicator"]: column.TextColumn(width=165),
        heads["period"]: column.TextColumn(width=120),
        heads["amount"]: column.TextColumn(width=100, alignment="right"),
        heads["completion"]: column.NumberColumn(format="%.1f%%", width=80),
        heads["gap"]: column.NumberColumn(format="%+.1f", width=135),
        heads["others"]: column.NumberColumn(format="%.1f%%", width=105),
        heads["target"]: column.TextColumn(width=140, alignment="right"),
        heads["basis"]: column.TextColumn(width=95),
        heads["yoy"]: column.TextColumn(width=90, alignment="right"),
    }
    height = min(HEIGHT, 38 + 28 * len(table))
    evidence.table(table, tables.lamps, "open-figure", config, height=height, alt=f"{name}的全部数字")
