"""Tables as people see them: Chinese heads, our number formats, coloured lamps. No Streamlit.

The functions give frames ready to show (and to download) from what ``assess`` gives.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from assess.rate_basis import COMPARABLE
from ui import charts, colours, wording

OVERVIEW_HEADS: dict[str, str] = {
    "lamp": "状态",
    "town": "乡镇",
    "completion": "完成率",
    "gap": "与序时差（百分点）",
    "change": "较上次（百分点）",
    "sparkline": "今年走势",
    "counts": "指标分布",
    "last_report": "最近报告",
    "records": "记录数",
}

FIGURE_HEADS: dict[str, str] = {
    "id": "编号",
    "lamp": "状态",
    "indicator": "指标",
    "period": "时段",
    "amount": "数值",
    "completion": "完成率",
    "gap": "与序时差（百分点）",
    "others": "其他乡镇平均",
    "target": "目标值",
    "basis": "目标口径",
    "yoy": "同比",
    "status": "性质",
    "review": "核对状态",
    "flags": "提示",
    "report_name": "报告",
}

POINT_HEADS: dict[str, str] = {
    **FIGURE_HEADS,
    "pace": "序时进度",
    "value_from": "数值来源",
}

# What is smaller is shown as no difference.
LEAST_POINTS = 0.05

VALUE_WORDS = {"stated": "报告", "implied": "推算"}

CHANGE_HEADS: dict[str, str] = {
    "id": "编号",
    "town": "乡镇",
    "indicator": "指标",
    "period": "时段",
    "amount": "本期数值",
    "last_amount": "上年同期",
    "last_from": "上年来源",
    "rate_basis": "同比口径",
    "yoy": "报告所称（%）",
    "computed": "按数值计算（%）",
    "difference": "相差（百分点）",
    "note": "说明",
}

# What the download of each page holds, by the keys of the data dictionary.
OVERVIEW_FILE = (
    "town", "state", "completion", "gap", "change", "done", "ahead", "on", "yellow", "red", "unreported",
    "not_applicable", "total", "last_report", "records",
)  # fmt: skip
FIGURE_FILE = (
    "town", "indicator", "period_start", "period_end", "state", "value", "unit", "completion", "pace", "gap",
    "others", "basis", "target", "target_unit", "target_from", "yoy", "status", "review", "flags", "sentence",
    "report_name", "id",
)  # fmt: skip
POINT_FILE = (
    "year", "month", "period_start", "period_end", "status", "value", "unit", "value_from", "completion", "pace", "gap",
    "state", "yoy", "target", "target_from", "report_name", "id",
)  # fmt: skip
CHANGE_FILE = (
    "town", "indicator", "period_start", "period_end", "value", "unit", "last_value", "last_from", "yoy", "rate_basis",
    "computed",    "difference", "conflict", "reason", "id",
)  # fmt: skip

# Decimals of what is computed, not printed in a report.
COMPUTED_DIGITS: dict[str, int] = {
    "last_value": 4, "computed": 2, "difference": 2, "gap": 2, "change": 2, "completion": 4, "others": 2
}  # fmt: skip

COUNT_WORDS: tuple[tuple[str, str], ...] = (
    ("done", "完成"),
    ("ahead", "超"),
    ("on", "达"),
    ("yellow", "黄"),
    ("red", "红"),
    ("unreported", "未报"),
    ("not_applicable", "不适用"),
)


def level(differences: pd.Series) -> pd.Series:
    """Differences in points; one too small to be seen is zero, so that no table tells of ``-0.0``."""
    return differences.mask(differences.abs() < LEAST_POINTS, 0.0)


def overview(rows: pd.DataFrame) -> pd.DataFrame:
    """The towns for 总览, from :func:`assess.overview`."""
    table = pd.DataFrame(
        {
            "lamp": [colours.lamp(state).label for state in rows["state"]],
            "town": rows["town"].astype(str),
            "completion": rows["completion"],
            "gap": level(rows["gap"]),
            "change": level(rows["change"]),
            "sparkline": list(rows["sparkline"]),
            "counts": [_counts(row) for row in rows.to_dict("records")],
            "last_report": [wording.month(month) for month in rows["last_report"]],
            "records": rows["records"],
        }
    )
    return table.rename(columns=OVERVIEW_HEADS).reset_index(drop=True)


def _counts(row: dict[Any, Any]) -> str:
    return " ".join(f"{word}{int(row[key])}" for key, word in COUNT_WORDS if row[key])


def heat_map(gaps: pd.DataFrame, leads: pd.DataFrame) -> Styler:
    """Gaps in 百分点 with their sign, coloured by the lead (more is better); towns down, indicators across."""
    shades = leads.map(_shade)
    shown = gaps.map(lambda gap: wording.points(gap, ""))
    shown.index.name = "乡镇"
    return shown.style.apply(lambda _: shades, axis=None)


def _shade(lead: float) -> str:
    background, text = colours.gap_shade(lead)
    return f"background-color: {background}; color: {text}"


def for_download(rows: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """The columns of a download, by their keys; ``export`` gives them their Chinese heads, numbers stay numbers."""
    return rows[list(keys)].round(COMPUTED_DIGITS).rename(columns={"others": "其他乡镇平均(%)"})


def lamps(table: pd.DataFrame, column: str = "状态") -> Styler:
    """The table with its lamp column in the lamps' colours."""
    return table.style.map(_lamp_style, subset=[column])


def _lamp_style(label: object) -> str:
    lamp = colours.lamp(str(label).split(" ", 1)[-1])
    return f"background-color: {lamp.cell}; color: {lamp.text}"


def conflicts(table: pd.DataFrame) -> Styler:
    """The comparison with its conflicts in yellow, beside their sign ≠."""
    return table.style.map(_conflict_style, subset=["说明"])


def _conflict_style(note: object) -> str:
    return "background-color: #FBE7A8; color: #000000" if str(note).startswith("≠") else ""


def figures(rows: pd.DataFrame) -> pd.DataFrame:
    """All figures of a town, from assessed records that also carry ``others``."""
    records = rows.to_dict("records")
    table = pd.DataFrame(
        {
            "id": rows["id"],
            "lamp": [colours.lamp(state).label for state in rows["state"]],
            "indicator": rows["indicator"],
            "period": [wording.span(row["period_start"], row["period_end"]) for row in records],
            "amount": [wording.amount(row["value"], row["unit"]) for row in records],
            "completion": rows["completion"],
            "gap": level(rows["gap"]),
            "others": rows["others"],
            "target": [_target(row) for row in records],
            "basis": [_basis(row) for row in records],
            "yoy": [wording.change(row["yoy"]) for row in records],
            "status": [wording.STATUS_WORDS.get(str(row["status"]), str(row["status"])) for row in records],
            "review": [wording.REVIEW_WORDS.get(str(row["review"]), str(row["review"])) for row in records],
            "flags": [wording.flags(row["flags"]) for row in records],
            "report_name": rows["report_name"],
        }
    )
    return table.rename(columns=FIGURE_HEADS).reset_index(drop=True)


def _basis(row: dict[Any, Any]) -> str:
    """Which target a completion is of; where the report tells none, that it was worked out from the target."""
    if charts.is_computed(row):
        return charts.COMPUTED
    return wording.BASIS_WORDS.get(str(row["basis"]), wording.NONE)


def _target(row: dict[Any, Any]) -> str:
    text = wording.amount(row["target"], row["target_unit"])
    word = wording.TARGET_WORDS.get(str(row["target_from"]), "")
    return f"{text}（{word}）" if word and text != wording.NONE else text


def points(rows: pd.DataFrame) -> pd.DataFrame:
    """The points of a timeline, from :func:`assess.timeline`."""
    records = rows.to_dict("records")
    table = pd.DataFrame(
        {
            "id": rows["id"],
            "lamp": [colours.lamp(state).label for state in rows["state"]],
            "period": [wording.span(row["period_start"], row["period_end"]) for row in records],
            "status": [wording.STATUS_WORDS.get(str(row["status"]), str(row["status"])) for row in records],
            "completion": rows["completion"],
            "pace": rows["pace"],
            "gap": level(rows["gap"]),
            "amount": [wording.amount(row["value"], row["unit"]) for row in records],
            "value_from": [VALUE_WORDS.get(str(row["value_from"]), wording.NONE) for row in records],
            "target": [_target({**row, "target_unit": row["unit"]}) for row in records],
            "yoy": [wording.change(row["yoy"]) for row in records],
            "report_name": rows["report_name"],
        }
    )
    return table.rename(columns=POINT_HEADS).reset_index(drop=True)


def changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Stated and computed change beside each other, from :func:`assess.year_on_year`."""
    records = rows.to_dict("records")
    table = pd.DataFrame(
        {
            "id": rows["id"],
            "town": rows["town"],
            "indicator": rows["indicator"],
            "period": [wording.span(row["period_start"], row["period_end"]) for row in records],
            "amount": [wording.amount(row["value"], row["unit"]) for row in records],
            "last_amount": [wording.amount(row["last_value"], row["unit"]) for row in records],
            "last_from": [_source(row["last_from"]) for row in records],
            "rate_basis": [basis or "未注明" for basis in rows["rate_basis"]],
            "yoy": rows["yoy"],
            "computed": rows["computed"].round(1),
            "difference": level(rows["difference"].round(1)),
            "note": [_note(row) for row in records],
        }
    )
    return table.rename(columns=CHANGE_HEADS).reset_index(drop=True)


def _source(word: object) -> str:
    return {"stated": "上年报告", "implied": "推算"}.get(str(word), wording.NONE)


def _note(row: dict[Any, Any]) -> str:
    if row["conflict"]:
        return "≠ 报告所称与计算不一致"
    if row["rate_basis"] in COMPARABLE:
        return f"{row['rate_basis']}，不与数值比较"
    return str(row["reason"] or "")
