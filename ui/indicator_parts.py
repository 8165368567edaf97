"""The parts of 指标: one indicator over all towns, by rank, with what changed since each town's report before."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

import assess
from assess import State
from assess.newest import history
from assess.towns import FRESH_MONTHS
from ui import archive, charts, colours, evidence, navigation, paging, reading, selection, tables, wording
from ui.figures import Figure, clipped

HEIGHT = 420
# How far the scale reaches, so that the words beside the bars have room.
REACH = 205
HEADS: dict[str, str] = {
    "id": "编号",
    "rank": "名次",
    "moved": "名次变化",
    "lamp": "状态",
    "town": "乡镇",
    "period": "时段",
    "amount": "数值",
    "completion": "完成率",
    "gap": "与序时差（百分点）",
    "change": "较上次（百分点）",
    "yoy": "同比",
    "target": "目标值",
    "report_name": "报告",
}
FILE = (
    "indicator", "rank", "last_rank", "rank_change", "town", "state", "period_start", "period_end", "value", "unit",
    "completion", "pace", "gap", "change", "others", "basis", "target", "target_unit", "target_from", "yoy", "review",
    "flags", "sentence", "report_name", "id",
)  # fmt: skip


def asked(as_of: str) -> str:
    """The indicator of the URL; else the first headline indicator."""
    every = reading.indicators()
    chosen = selection.current().indicator
    return chosen if chosen in every else next(iter(reading.headlines(as_of)), every[0])


def choose(indicator: str) -> None:
    """The box of all indicators, and the ways on."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=360):
            selection.picked("indicator", "指标", reading.indicators(), default=indicator)
        navigation.link("timeline", "看时间线", indicator=indicator)
        navigation.link("yoy", "看同比", indicator=indicator, by="town")


def rows_of(indicator: str, as_of: str) -> pd.DataFrame:
    """The newest figure of each town, the furthest ahead first: with ``rank``, ``last_rank`` and ``rank_change``
    (see :func:`assess.ranking`) and ``change``, the points that the lead grew since the town's figure before.

    A figure more than ``FRESH_MONTHS`` months older than the cut-off is left out; its town is :func:`absent`.
    """
    return _rows(archive.key(), indicator, as_of)


@st.cache_resource(show_spinner=False, max_entries=64)
def _rows(key: archive.Key, indicator: str, as_of: str) -> pd.DataFrame:
    every = reading.newest(as_of)
    own = every[(every["indicator"] == indicator) & (every["period_end"] >= _fresh_from(as_of))]
    year = reading.year_until(as_of)
    year = year[year["indicator"] == indicator]
    settings, directions = reading.settings(), reading.directions()
    ranks = assess.ranking(year, indicator, as_of, settings, directions, towns=own["town"].tolist())
    past = history(year, as_of, settings, directions).drop_duplicates("cell", keep="last")
    changes = (past["lead"] - past["last_lead"]).set_axis(past["town"].astype(str))
    own = own.merge(ranks[["town", "rank", "last_rank", "rank_change"]], on="town", how="left")
    own = own.assign(change=own["town"].map(changes), label=own["town"] + _months(own["period_end"], as_of))
    return own.sort_values(["rank", "lead", "town"], ascending=[True, False, True], na_position="last")


def _fresh_from(as_of: str) -> str:
    return assess.month_text(assess.month_number(as_of) - FRESH_MONTHS)


def _months(ends: pd.Series, as_of: str) -> pd.Series:
    """The month after the town's name where it is not the cut-off, so that nothing unlike is compared unseen."""
    return ends.map(lambda end: "" if end == as_of else f"（截至{int(end[5:7])}月）").astype(object)


def expected(indicator: str, as_of: str) -> pd.DataFrame:
    """The expected figures of the cut-off's year for which a town has no actual figure yet."""
    rows = reading.year_until(as_of)
    own = rows[(rows["indicator"] == indicator) & (rows["status"] == "expected") & rows["town"].notna()]
    newest = reading.newest(as_of)
    ends = newest[newest["indicator"] == indicator].set_index("town")["period_end"]
    own = own[own["period_end"] > own["town"].map(ends).fillna("")]
    return reading.judged(own).sort_values(["town", "period_end", "id"])


def absent(rows: pd.DataFrame, as_of: str) -> list[str]:
    """The towns of 总览 that have no fresh figure of the indicator."""
    return sorted(set(reading.overview(as_of)["town"]) - set(rows["town"]))


def finding(indicator: str, rows: pd.DataFrame, missing: int) -> str:
    """``固定资产投资：8 个乡镇中超序时 2 个、未报 6 个；柳溪镇第一（快7.2个百分点），…末位``; counts add up."""
    counts = assess.status_counts([*rows["state"], *[str(State.UNREPORTED)] * missing])
    parts = "、".join(f"{state} {count} 个" for state, count in counts.items() if count)
    text = f"{indicator}：{len(rows) + missing} 个乡镇中{parts}"
    ranked = rows[rows["rank"].notna()]
    if len(ranked) < 2:
        return text
    first, last = ranked.iloc[0], ranked.iloc[-1]
    best, worst = (f"（{wording.ahead(row['gap'])}）" for row in (first, last))
    return f"{text}；{first['town']}第一{best}，{last['town']}末位{worst}"


def bars(rows: pd.DataFrame, hoped: pd.DataFrame) -> None:
    """All towns with a completion as rows of one figure; a click on a bar opens the sentence."""
    drawn = rows[rows["completion"].notna()]
    if drawn.empty:
        st.info("各乡镇都没有报告这项指标的完成率，数值见下表。", icon=":material/info:")
        return
    st.html(
        '<div class="legend">按与序时进度差排列；名次后 ↑↓ 为较各镇上次报告的变化；竖线为序时进度，◇ 为其他乡镇平均，'
        "○ 为预计数（不参加排名）；点击横条查看原文。</div>"
    )
    evidence.chart(figure(drawn, hoped), "indicator-bars", _spoken(drawn))


def figure(rows: pd.DataFrame, hoped: pd.DataFrame) -> Figure:
    """Bullet rows named by rank and town, with value, per cent, gap and change beside them; expected ones hollow."""
    records = rows.to_dict("records")
    drawn = charts.bullets(rows.assign(label=[_name(row) for row in records]))
    layout = drawn["layout"]
    layout["xaxis"]["range"] = [0, REACH]
    beside = next(trace for trace in drawn["data"] if trace["name"] == charts.BESIDE)
    beside["text"] = [_beside(row) for row in reversed(records)]
    places = {row["town"]: place for place, row in enumerate(reversed(records))}
    told = hoped[hoped["town"].isin(places) & hoped["completion"].notna()]
    drawn["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "预计",
            "x": [clipped(float(value), charts.TOP) for value in told["completion"]],
            "y": [places[town] for town in told["town"]],
            "marker": {"symbol": "circle-open", "size": 11, "color": colours.INK, "line": {"width": 2}},
            "hovertext": [
                f"预计{wording.span(row['period_start'], row['period_end'])} {wording.percent(row['completion'])}"
                for row in told.to_dict("records")
            ],
            "hoverinfo": "text",
            "customdata": [[int(number)] for number in told["id"]],
        }
    )
    return drawn


def _name(row: dict[Any, Any]) -> str:
    rank = "" if pd.isna(row["rank"]) else f"{int(row['rank'])} "
    return f"{rank}{row['label']} {moved(row['rank_change'])}".rstrip()


def moved(change: object) -> str:
    """A change of rank as an arrow: ``↑2``, ``↓1``, ``→`` for none; nothing without a rank before."""
    found = wording.number(change)
    if found is None:
        return ""
    return "→" if found == 0 else f"{'↑' if found > 0 else '↓'}{abs(int(found))}"


def _beside(row: dict[Any, Any]) -> str:
    parts = [wording.percent(row["completion"]), wording.amount(row["value"], row["unit"]), wording.ahead(row["gap"])]
    if wording.number(row["change"]) is not None:
        parts.append(f"较上次{wording.points(row['change'], '')}")
    if charts.is_computed(row):
        parts.append(charts.COMPUTED)
    return "　".join(part for part in parts if part != wording.NONE)


def _spoken(rows: pd.DataFrame) -> str:
    return "；".join(f"{row.town}{wording.percent(row.completion)}，{row.state}" for row in rows.itertuples())


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The towns' figures as people read them, with the record's number under 编号."""
    plain = tables.figures(rows)
    heads = tables.FIGURE_HEADS
    table = pd.DataFrame(
        {
            "id": plain[heads["id"]],
            "rank": rows["rank"].to_numpy(),
            "moved": [moved(change) for change in rows["rank_change"]],
            "lamp": plain[heads["lamp"]],
            "town": rows["town"].to_numpy(),
            "period": plain[heads["period"]],
            "amount": plain[heads["amount"]],
            "completion": plain[heads["completion"]],
            "gap": plain[heads["gap"]],
            "change": tables.level(rows["change"]).to_numpy(),
            "yoy": plain[heads["yoy"]],
            "target": plain[heads["target"]],
            "report_name": plain[heads["report_name"]],
        }
    )
    return table.rename(columns=HEADS)


def listed(rows: pd.DataFrame) -> None:
    """Every town's figure with rank and change, and the way to its sentence."""
    if rows.empty:
        return
    st.header(f"各乡镇的数字（{len(rows)} 个）", anchor=False)
    at = paging.place(len(rows))
    paging.turn_if_long("名次在前的在前", at)
    table = shown(at.of(rows))
    evidence.table(
        table,
        tables.lamps,
        "open-indicator",
        _config(),
        height=min(HEIGHT, 38 + 28 * len(table)),
        alt="各乡镇的数字",
    )


def _config() -> dict[str, Any]:
    column = st.column_config
    return {
        HEADS["rank"]: column.NumberColumn(format="%d", width=55),
        HEADS["moved"]: column.TextColumn(width=75, alignment="center"),
        HEADS["lamp"]: column.TextColumn(width=112),
        HEADS["town"]: column.TextColumn(width=90),
        HEADS["period"]: column.TextColumn(width=110),
        HEADS["amount"]: column.TextColumn(width=100, alignment="right"),
        HEADS["completion"]: column.NumberColumn(format="%.1f%%", width=75),
        HEADS["gap"]: column.NumberColumn(format="%+.1f", width=135),
        HEADS["change"]: column.NumberColumn(format="%+.1f", width=120),
        HEADS["yoy"]: column.TextColumn(width=90, alignment="right"),
        HEADS["target"]: column.TextColumn(width=140, alignment="right"),
    }


def hoped_for(rows: pd.DataFrame) -> None:
    """The expected figures, apart from the ranks, each with the way to its sentence."""
    if rows.empty:
        return
    st.header(f"预计数（{len(rows)} 条，不参加排名）", anchor=False)
    ranks = dict.fromkeys(("rank", "rank_change", "change", "others"), float("nan"))
    table = shown(rows.assign(**ranks)).drop(columns=[HEADS[key] for key in ("rank", "moved", "lamp", "change", "gap")])
    height = min(HEIGHT, 38 + 28 * len(rows))
    evidence.table(table, lambda plain: plain.style, "open-expected", _config(), height=height, alt="预计数")


def not_reported(names: list[str], as_of: str) -> None:
    """The towns without a fresh figure of the indicator."""
    if names:
        st.header(f"{len(names)} 个乡镇没有这项指标的近期数字", anchor=False)
        st.markdown(
            wording.markdown_text(f"截至{wording.month(as_of)}的 {FRESH_MONTHS + 1} 个月内：{'、'.join(names)}")
        )
