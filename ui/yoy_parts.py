"""The parts of 同比: what is compared, stated against computed, paired years, conflicts, months that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

import assess
from assess.rate_basis import COMPARABLE
from extract.units import in_base
from ui import charts, evidence, navigation, paging, reading, selection, tables, timeline_parts, wording

HEIGHT = 360
VIEWS = {"town": "一个指标，比较各乡镇", "indicator": "一个乡镇，看全部指标"}


@dataclass(frozen=True, slots=True)
class View:
    """What is compared: ``by`` is the column that the rows differ in, town or indicator."""

    by: str
    town: str
    indicator: str

    @property
    def unit(self) -> str:
        """What each row is, as it is counted."""
        return "个乡镇" if self.by == "town" else "项指标"

    @property
    def subject(self) -> str:
        """What stays the same over all rows."""
        return self.indicator if self.by == "town" else self.town


def asked(as_of: str) -> View:
    """The comparison that the URL asks for; towns by default."""
    by = st.query_params.get("by")
    town, indicator = timeline_parts.asked(as_of)
    return View(by if by in VIEWS else "town", town, indicator)


def choose(view: View) -> None:
    """The two kinds of comparison, and the box of what they are about."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=260):
            selection.picked("by", "比较方式", list(VIEWS), default=view.by, words=VIEWS.__getitem__)
        with st.container(width=340):
            if view.by == "town":
                selection.picked("indicator", "指标", reading.indicators(), default=view.indicator)
            else:
                selection.picked("town", "乡镇", reading.towns(), default=view.town)
        navigation.link("timeline", "看时间线", town=view.town, indicator=view.indicator)


def rows_of(view: View, as_of: str) -> pd.DataFrame:
    """The newest cumulative comparison of each row in the cut-off's year, the greatest growth first."""
    rows = _of_view(view)
    rows = rows[(rows["period_end"] <= as_of) & (rows["period_start"] == f"{as_of[:4]}-01")]
    newest = rows.groupby(view.by)["period_end"].transform("max")
    rows = rows[rows["period_end"] == newest]
    order = rows["yoy"].where(rows["yoy"].notna(), rows["computed"])
    rows = rows.assign(order=order, label=[_label(row, view, as_of) for row in rows.to_dict("records")])
    return rows.sort_values(["order", view.by], ascending=[False, True], na_position="last").drop(columns="order")


def _label(row: dict[Any, Any], view: View, as_of: str) -> str:
    """The row's name; with its months where they are not those of the cut-off, so that nothing unlike is compared."""
    months = "" if row["period_end"] == as_of else f"（1—{int(row['period_end'][5:7])}月）"
    basis = f"（{row['rate_basis']}）" if row["rate_basis"] else ""
    return f"{row[view.by]}{basis}{months}"


def once(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each town or indicator: that of the change as usual, before those at 可比价 or of 可比口径."""
    order = rows["rate_basis"].isin(COMPARABLE)
    return rows.assign(_last=order).sort_values("_last", kind="stable").drop_duplicates(view.by).drop(columns="_last")


def _of_view(view: View) -> pd.DataFrame:
    rows = reading.compared()
    return rows[rows["indicator"] == view.indicator] if view.by == "town" else rows[rows["town"] == view.town]


def records_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The records behind the rows, last year's too."""
    every = reading.frame()
    numbers = pd.concat([rows["id"], rows["last_id"].dropna()]).astype("int64")
    return every[every["id"].isin(numbers)]


def figures(view: View, rows: pd.DataFrame, as_of: str) -> None:
    """Stated against computed change; for towns also last year's value beside this year's."""
    drawn = rows[rows["yoy"].notna() | rows["computed"].notna()]
    if drawn.empty:
        st.info("没有报告过同比，也没有上年同期的数值可以计算。")
        return
    pairs = _pairs(view, drawn)
    left, right = st.columns(2) if pairs is not None else (st.container(), None)
    with left:
        st.header("报告所称与按数值计算的同比", anchor=False)
        evidence.chart(charts.changes(drawn), "changes", "报告所称与计算的同比")
        st.html(
            '<div class="legend">● 报告所称，◇ 按两年数值计算；红线与 ≠ 为相差超过 1 个百分点；可比的另列，不比。</div>'
        )
    if pairs is not None and right is not None:
        with right:
            table, unit = pairs
            st.header(f"上年同期与本期数值（{unit}）", anchor=False)
            years = (f"{int(as_of[:4]) - 1}年同期", f"{as_of[:4]}年")
            evidence.chart(charts.paired_years(table, unit, years), "pairs", "上年同期与本期数值")


def _pairs(view: View, rows: pd.DataFrame) -> tuple[pd.DataFrame, str] | None:
    """Both years' values in the commonest unit, for one indicator over towns; without those of another kind."""
    valued = once(view, rows)
    valued = valued[valued["value"].notna() & valued["unit"].notna()]
    if view.by != "town" or valued.empty:
        return None
    unit = str(valued["unit"].mode().iloc[0])
    factors = pd.Series([_factor(str(own), unit) for own in valued["unit"]], index=valued.index, dtype=float)
    same = valued.assign(this=valued["value"] * factors, last=valued["last_value"] * factors)
    return same[factors.notna()], unit


def _factor(unit: str, wanted: str) -> float | None:
    """What a value in ``unit`` is multiplied by to be in ``wanted``; None where they measure different things."""
    (size, kind), (wanted_size, wanted_kind) = in_base(Decimal(1), unit), in_base(Decimal(1), wanted)
    return float(size / wanted_size) if kind == wanted_kind else None


def listed(rows: pd.DataFrame) -> None:
    """Both changes of every row with what does not agree, and the way to the sentence."""
    if rows.empty:
        return
    st.header(f"逐项对照（{len(rows)} 条）", anchor=False)
    at = paging.place(len(rows))
    paging.turn_if_long("增得多的在前", at)
    table = tables.changes(at.of(rows))
    column = st.column_config
    config = {
        "本期数值": column.TextColumn(width=110, alignment="right"),
        "上年同期": column.TextColumn(width=110, alignment="right"),
        **{
            tables.CHANGE_HEADS[key]: column.NumberColumn(format="%+.1f", width=115)
            for key in ("yoy", "computed", "difference")
        },
        "说明": column.TextColumn(width=170),
    }
    height = min(HEIGHT, 38 + 28 * len(table))
    evidence.table(table, tables.conflicts, "open-change", config, height=height, alt="同比逐项对照")


def missing(view: View, as_of: str) -> None:
    """The months that this year has and last year lacks; they are listed, never filled."""
    rows = _of_view(view)
    own = rows[(rows["period_end"] <= as_of) & (rows["period_end"] >= f"{as_of[:4]}-01")]
    gone = assess.months_missing_last_year(own)
    if gone.empty:
        return
    st.header("上年同期缺报的月份（不按零计算）", anchor=False)
    for row in gone.to_dict("records"):
        months = "、".join(wording.month(month) for month in row["months"])
        st.markdown(wording.markdown_text(f"{row['town']} · {row['indicator']}：{months}"))
