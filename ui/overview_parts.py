"""The parts of 总览: filter by state, table of towns, heat map, who has not reported. Tables only, no Plotly."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

import assess
from ui import colours, evidence, navigation, paging, reading, selection, tables, wording

ROW = 28
HEAD = 38
SHOWN_ROWS = 16
MAP_COLUMNS = 16
ALL = "全部"


def state_filter(rows: pd.DataFrame) -> pd.Series:
    """Pills with the count of each state, bound to the URL; gives which rows are chosen."""
    counts = {str(state): count for state, count in assess.status_counts(rows).items() if count}
    options = [ALL, *counts]
    asked = st.query_params.get("state")
    st.session_state["pick-state"] = asked if asked in counts else ALL
    words = {ALL: f"{ALL} {len(rows)}", **{word: f"{colours.lamp(word).label} {n}" for word, n in counts.items()}}
    st.pills(
        "按状态筛选",
        options,
        key="pick-state",
        format_func=words.__getitem__,
        on_change=_filter_chosen,
        label_visibility="collapsed",
    )
    return rows["state"] == asked if asked in counts else pd.Series(True, index=rows.index)


def _filter_chosen() -> None:
    chosen = st.session_state["pick-state"]
    selection.choose(state=None if chosen == ALL else chosen)


def towns(rows: pd.DataFrame) -> list[str]:
    """A page of the towns, the furthest ahead first; a click on a name opens the town. Gives the towns on it."""
    at = paging.place(len(rows))
    table = tables.overview(at.of(rows))
    heads = tables.OVERVIEW_HEADS
    column = st.column_config
    st.dataframe(
        tables.lamps(table),
        hide_index=True,
        row_height=ROW,
        height=HEAD + ROW * min(len(table), SHOWN_ROWS),
        column_config={
            heads["lamp"]: column.TextColumn(width=112),
            heads["town"]: column.ButtonColumn(
                width=130, type="tertiary", alignment="left", key="open-town", help="点击打开该乡镇"
            ),
            heads["completion"]: column.ProgressColumn(
                width=175, format="%.1f%%", min_value=0, max_value=100, color=colours.ACCENT
            ),
            heads["gap"]: column.NumberColumn(format="%+.1f", width=135),
            heads["change"]: column.NumberColumn(format="%+.1f", width=115),
            heads["sparkline"]: column.LineChartColumn(width=125, y_min=0, y_max=120, color=colours.ACCENT),
            heads["counts"]: column.TextColumn(width=200, help="主要指标各状态的项数，合计为主要指标总数"),
            heads["last_report"]: column.TextColumn(width=110),
            heads["records"]: column.NumberColumn(width=80, format="%d"),
        },
        placeholder=wording.NONE,
        alt="各乡镇进度一览表",
    )
    click = st.session_state.get("open-town")
    if click:
        navigation.go("town", town=table.iloc[click["row"]][heads["town"]])
    paging.turn_if_long(f"共 **{len(rows):,}** 个乡镇，快的在前", at)
    return table[heads["town"]].tolist()


def every_town(as_of: str) -> bool:
    """A switch, bound to the URL, that shows the towns that are no longer waited for; whether it is on.

    Nothing where there are none.
    """
    count = int(reading.missing(as_of)["silent"].sum())
    if not count:
        return False
    asked = st.query_params.get("all") == "1"
    st.session_state["pick-all"] = asked
    st.toggle(f"显示两年内没有报告的 {count} 个乡镇", key="pick-all", on_change=_every_chosen)
    return asked


def _every_chosen() -> None:
    selection.choose(all="1" if st.session_state["pick-all"] else None)


def heat_map(as_of: str, names: list[str]) -> None:
    """The towns by indicator, the gap in each cell; a click on a cell opens the sentence.

    The indicators come in pages of ``MAP_COLUMNS``, those that most towns report first.
    """
    gaps, leads = reading.heat_map(as_of, "gap"), reading.heat_map(as_of, "lead")
    known = gaps.index.intersection(names, sort=False)
    if known.empty or gaps.columns.empty:
        return
    at = paging.place(len(gaps.columns), rows=MAP_COLUMNS, parameter=paging.COLUMNS)
    part = slice(at.start, at.start + at.rows)
    gaps, leads = (values.loc[known].iloc[:, part] for values in (gaps, leads))
    st.header("各指标与序时进度差（百分点）", anchor=False)
    st.html('<div class="legend">正数为快、负数为慢，颜色随差距加深；点击格子查看原文。</div>')
    paging.turn_if_long(f"共 **{at.total}** 项指标，报告得多的在前", at, paging.COLUMNS)
    key = f"heat-{st.session_state.get('heat-turn', 0)}"
    st.dataframe(
        tables.heat_map(gaps, leads),
        row_height=ROW,
        height=HEAD + ROW * len(gaps),
        column_config={
            name: st.column_config.TextColumn(width=_width(name), alignment="right") for name in gaps.columns
        },
        key=key,
        on_select=_cell_chosen,
        selection_mode="single-cell",
        placeholder=wording.NONE,
        alt="乡镇与指标的差距热力表",
    )
    st.session_state["heat-shown"] = (key, as_of, gaps.index.tolist())


def _width(name: str) -> int:
    return max(76, 13 * len(name) + 18)


def _cell_chosen() -> None:
    key, as_of, shown = st.session_state["heat-shown"]
    cells = st.session_state[key]["selection"]["cells"]
    if not cells:
        return
    row, indicator = cells[0]
    rows = reading.newest(as_of)
    found = rows[(rows["town"] == shown[row]) & (rows["indicator"] == indicator)]
    if len(found):
        evidence.show(found.iloc[0]["id"])
        st.session_state["heat-turn"] = st.session_state.get("heat-turn", 0) + 1


def missing(as_of: str) -> None:
    """The towns without a figure for the cut-off month, the longest silent first; apart, those not waited for."""
    absent = reading.missing(as_of)
    due, silent = absent[~absent["silent"]], absent[absent["silent"]]
    if due.empty:
        words = "近两年报告过的乡镇都已报告" if len(silent) else "所有乡镇都已报告"
        st.header(f"{wording.month(as_of)}：{words}", anchor=False)
    else:
        st.header(f"{len(due)} 个乡镇还没有{wording.month(as_of)}的报告", anchor=False)
        st.markdown(wording.markdown_text("、".join(map(_absence, due.to_dict("records")))))
    if len(silent):
        names = "、".join(map(_absence, silent.to_dict("records")))
        st.markdown(wording.markdown_text(f"另有 {len(silent)} 个乡镇到这个月为止两年内没有报告，不计入未报：{names}"))


def _absence(row: dict[Any, Any]) -> str:
    if row["last_report"]:
        return f"{row['town']}（最近 {wording.month(row['last_report'])}）"
    return f"{row['town']}（{'此前没有报告' if row['dated'] else '数字没有写明时段'}）"


def rules(as_of: str) -> None:
    """The rule of every state, for whoever asks what a lamp means."""
    with st.expander("状态是怎样定的"):
        used = reading.settings().used(reading.overview(as_of)["town"])
        for county, judged_by in used.items():
            for state, rule in judged_by.thresholds.describe().items():
                place = f"{county}　" if len(used) > 1 else ""
                st.markdown(wording.markdown_text(f"{place}{state.sign} {state}：{rule}"))
        navigation.link("settings", "改界限和目标")
        st.markdown("乡镇的状态取主要指标差距的中位数，按同样的界限判定；主要指标全部完成时为已完成。")
        st.markdown(wording.markdown_text(f"这个月的主要指标：{'、'.join(reading.headlines(as_of))}。"))
