"""预警 as people see it: the table, the file, the sentences of reason and measure. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from assess import State, status_counts
from assess.alerts import BEHIND
from assess.reasons import HOW, Account, Said
from ui import colours, wording

OPEN = "open"
STATUS_WORDS: dict[str, str] = {OPEN: "待办", "reminded": "已提醒", "answered": "已反馈", "closed": "销号"}
STATES = tuple(str(state) for state in BEHIND)
HEADS: dict[str, str] = {
    "lamp": "状态", "town": "乡镇", "indicator": "指标", "period": "时段", "completion": "完成率",
    "gap": "与序时差（百分点）", "needed": "今后每月需", "so_far": "此前每月", "times": "连续落后", "handling": "处理",
}  # fmt: skip
FILE_HEADS: dict[str, str] = {
    "state": "状态", "town": "乡镇", "indicator": "指标", "period_start": "时段起", "period_end": "时段止",
    "value": "数值", "unit": "单位", "completion": "完成率(%)", "pace": "序时进度(%)", "gap": "与序时进度差(百分点)",
    "target": "目标值", "target_unit": "目标单位", "target_word": "目标来源", "days_left": "剩余天数",
    "needed": "今后每月需(百分点)", "so_far": "此前每月(百分点)", "times": "连续落后次数", "since": "自",
    "months": "连续落后月数", "reason": "报告所述原因", "measure": "报告所述措施", "status_word": "处理",
    "note": "处理说明", "who": "处理人", "when": "处理时间（UTC）",
    "sentence": "原文", "report_name": "报告", "id": "记录编号",
}  # fmt: skip


def headline(rows: pd.DataFrame, as_of: str) -> str:
    """``截至2025年9月，12 项落后：欠序时(红) 4 项、欠序时(黄) 8 项；待办 12 项``; the counts add up."""
    if rows.empty:
        return f"截至{wording.month(as_of)}，没有落后于序时进度的指标"
    counts = status_counts(rows)
    by_state = "、".join(f"{state} {counts[state]} 项" for state in (State.RED, State.YELLOW) if counts[state])
    handling = rows["status"].value_counts()
    by_status = "、".join(
        f"{word} {handling[status]} 项" for status, word in STATUS_WORDS.items() if status in handling
    )
    return f"截至{wording.month(as_of)}，{len(rows)} 项落后：{by_state}；{by_status}"


def listed(rows: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """The table of the page; the chosen row has an arrow."""
    records: list[Any] = rows.to_dict("records")
    table = pd.DataFrame(
        {
            "lamp": [colours.lamp(state).label for state in rows["state"]],
            "town": [f"{'▶ ' if row['key'] == chosen else ''}{row['town']}" for row in records],
            "indicator": rows["indicator"],
            "period": [wording.span(row["period_start"], row["period_end"]) for row in records],
            "completion": rows["completion"],
            "gap": rows["gap"],
            "needed": rows["needed"].round(1),
            "so_far": rows["so_far"].round(1),
            "times": [in_a_row(row) for row in records],
            "handling": [STATUS_WORDS[status] for status in rows["status"]],
        }
    )
    return table.rename(columns=HEADS).reset_index(drop=True)


def in_a_row(row: Mapping[str, Any]) -> str:
    """``3次，自3月起``; ``首次`` where it is the first."""
    return "首次" if row["times"] == 1 else f"{row['times']}次，自{int(str(row['since'])[5:7])}月起"


def about(row: Mapping[str, Any]) -> str:
    """What is behind in a line, for the log."""
    span = wording.span(row["period_start"], row["period_end"])
    return f"{row['town']} · {row['indicator']} · {span}：{row['state']}，{distance(row)}"


def distance(row: Mapping[str, Any]) -> str:
    """The gap in words: to the pace, or to a rate of growth that is aimed at."""
    if row["gap_from"] == "growth":
        return f"增速与目标差{wording.points(row['gap'])}"
    computed = "（按目标计算）" if row["completion_from"] == "computed" else ""
    return f"完成率{wording.percent(row['completion'])}{computed}，{wording.ahead(row['gap'])}"


def rest_of_year(row: Mapping[str, Any]) -> str:
    """Days left and what they need: ``距年底 92 天；要完成目标，今后每月需 15.3 个百分点，此前每月 6.0 个百分点``."""
    text = f"距目标期末 {int(row['days_left'])} 天" if row["days_left"] else "目标期已满"
    if wording.number(row["needed"]) is None:
        return text
    verb = "要完成目标，今后每月需" if row["lead"] == row["gap"] else "不突破目标，今后每月至多"
    needed, so_far = (wording.plain(row[key], 1) for key in ("needed", "so_far"))
    return f"{text}；{verb} {needed} 个百分点，此前每月 {so_far} 个百分点；连续落后：{in_a_row(row)}"


def with_account(rows: pd.DataFrame, accounts: Mapping[int, Account]) -> pd.DataFrame:
    """The alerts with ``reason`` and ``measure``, by the number of the record; '' where the report tells none."""
    found = [accounts[int(number)] for number in rows["id"]]
    return rows.assign(
        reason=pd.Series([one.reason for one in found], index=rows.index, dtype=object),
        measure=pd.Series([one.measure for one in found], index=rows.index, dtype=object),
        status_word=rows["status"].map(STATUS_WORDS).astype(object),
    )


def for_download(rows: pd.DataFrame) -> pd.DataFrame:
    """The alerts of :func:`with_account` as a file holds them, with Chinese heads."""
    told = rows.assign(target_word=rows["target_from"].map(wording.TARGET_WORDS).astype(object))
    told = told.round({"completion": 4, "gap": 2, "needed": 2, "so_far": 2})
    return told[list(FILE_HEADS)].rename(columns=FILE_HEADS)


def said_line(said: Said) -> str:
    """A sentence with how it belongs to the figure: ``受手续影响推进偏慢。（紧接其前）``."""
    return f"{said.text}（{HOW[said.how]}）"
