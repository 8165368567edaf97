"""督办单: what is behind, town by town, with the report's own reason and measure, and room for the town's answer.

The alerts of 预警 go in; out come tables (:func:`tables`, the same for Word and xlsx) and a Word document
(:func:`to_docx`) with one sheet for each town. Every figure carries the number of a note that names its report
and sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assess import Settings, State, month_number
from export import word
from export.columns import number_text

RULES, ITEMS, SOURCES = "执行口径", "督办事项", "数据出处"
NOTE = "注号"
ANSWER = "反馈（措施、时限、责任人）"
_NEEDED = (
    "town", "indicator", "state", "period_start", "period_end", "value", "unit", "completion", "basis", "pace", "gap",
    "gap_from", "lead", "target", "target_unit", "days_left", "needed", "times", "since", "reason", "measure",
    "status_word", "handling_note", "sentence", "report_name", "review", "origin", "id",
)  # fmt: skip
_LINES = (
    "各责任单位请对照本单所列指标，逐项写明落后原因、整改措施、完成时限和责任人，{due}反馈{office}。",
    "“报告所述原因”和“报告所述措施”照录各单位报告原文，报告没有写的留空；数字后的注号见末表，所在报告和原文列在其中。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """What a 督办单 tells: ``items`` are alerts by town, each with its note's number under ``note``."""

    as_of: str
    area: str
    office: str
    due: str
    settings: Settings
    items: pd.DataFrame

    @property
    def title(self) -> str:
        """``示例县截至2025年9月进度落后指标督办单``."""
        return f"{self.area}截至{_month(self.as_of)}进度落后指标督办单"

    @property
    def towns(self) -> list[str]:
        """The towns that are told, those with most red ones first."""
        return list(dict.fromkeys(self.items["town"]))


def supervision(
    alerts: pd.DataFrame, as_of: str, *, settings: Settings, area: str = "", office: str = "", due: str = ""
) -> Supervision:
    """The 督办单 of these alerts: :func:`assess.alerts` with ``reason``, ``measure``, ``status_word`` and
    ``handling_note`` (texts, '' for none). ``office`` is who asks, ``due`` the day (2025-10-20) by which to answer.

    Raises ValueError where ``as_of`` is no month.
    """
    if month_number(as_of) < 0:
        raise ValueError(f"月份应写作 2025-09,实为 {as_of}")
    rows = alerts.reindex(columns=list(_NEEDED))
    red = (rows["state"] == str(State.RED)).groupby(rows["town"]).transform("sum")
    rows = rows.assign(_red=-red).sort_values(["_red", "town", "state", "lead"], kind="stable", key=_in_order)
    rows = rows.drop(columns="_red").reset_index(drop=True)
    items = rows.assign(note=range(1, len(rows) + 1))
    return Supervision(
        as_of=as_of, area=area.strip(), office=office.strip(), due=due.strip(), settings=settings, items=items
    )


def _in_order(column: pd.Series) -> pd.Series:
    return column.map({str(State.RED): 0, str(State.YELLOW): 1}) if column.name == "state" else column


def tables(said: Supervision) -> dict[str, pd.DataFrame]:
    """The tables with Chinese heads, by name, for :func:`export.to_xlsx`; the Word document has the same."""
    return {
        RULES: said.settings.described(said.towns),
        ITEMS: _items(said.items, with_town=True),
        SOURCES: _sources(said.items),
    }


def _items(rows: pd.DataFrame, *, with_town: bool) -> pd.DataFrame:
    records = rows.to_dict("records")
    table = pd.DataFrame(
        {
            "责任单位": rows["town"],
            "指标": rows["indicator"],
            "完成情况": [_progress(row) for row in records],
            "与序时差": pd.to_numeric(rows["gap"]).round(2),
            "状态": rows["state"],
            "连续落后": [_in_a_row(row) for row in records],
            "今后每月需": pd.to_numeric(rows["needed"]).round(1),
            "报告所述原因": rows["reason"],
            "报告所述措施": rows["measure"],
            "办理": [_handled(row) for row in records],
            ANSWER: "",
            NOTE: rows["note"],
        }
    )
    return table if with_town else table.drop(columns="责任单位")


def _progress(row: Mapping[Any, Any]) -> str:
    """``1—9月5.2亿元，完成率43.3%`` of what the figure tells."""
    parts = []
    if pd.notna(row["value"]):
        parts.append(f"{number_text(row['value'])}{row['unit'] if isinstance(row['unit'], str) else ''}")
    if row["gap_from"] == "growth":
        unit = row["target_unit"] if isinstance(row["target_unit"], str) else ""
        parts.append(f"增速目标{number_text(row['target'])}{unit}")
    elif pd.notna(row["completion"]):
        parts.append(f"完成率{number_text(round(row['completion'], 2))}%")
    return f"{_span(row['period_start'], row['period_end'])}{'，'.join(parts)}"


def _in_a_row(row: Mapping[Any, Any]) -> str:
    times = int(row["times"])
    return "首次" if times == 1 else f"{times}次（自{int(str(row['since'])[5:7])}月）"


def _handled(row: Mapping[Any, Any]) -> str:
    note = row["handling_note"]
    return f"{row['status_word']}：{note}" if note else str(row["status_word"])


def _sources(rows: pd.DataFrame) -> pd.DataFrame:
    told = {NOTE: "note", "报告名称": "report_name", "乡镇": "town", "指标": "indicator", "原文": "sentence"}
    return pd.DataFrame({head: rows[key] for head, key in told.items()})


def to_docx(said: Supervision) -> bytes:
    """The 督办单 as a Word document on A4: a cover with the rules, then a wide page for each town, then the sources."""
    items = said.items
    red = int((items["state"] == str(State.RED)).sum())
    sample = "（含演示数据，仅供试用）" if (items["origin"] == "sample").any() else ""
    due = f"于{_day(said.due)}前" if said.due else "及时"
    cover: list[word.Block] = [
        word.Title(said.title),
        *([word.Subtitle(sample)] if sample else []),
        word.Text(
            [
                f"截至{_month(said.as_of)}，{len(said.towns)} 个责任单位共 {len(items)} 项指标落后于序时进度，"
                f"其中欠序时(红) {red} 项、欠序时(黄) {len(items) - red} 项，现予督办。"
            ]
        ),
        *(word.Text([line.format(due=due, office=said.office or "督办单位")]) for line in _LINES),
        word.Heading("执行口径"),
        word.Table(said.settings.described(said.towns)),
    ]
    return word.to_docx(said.title, cover, [*(_sheet(said, town) for town in said.towns), _annex(said)])


def _sheet(said: Supervision, town: str) -> list[word.Block]:
    rows = said.items[said.items["town"] == town]
    days = int(rows["days_left"].max())
    office = f"督办单位：{said.office or '＿＿＿＿'}　"
    due = f"，{_day(said.due)}前反馈" if said.due else ""
    return [
        word.Heading(f"责任单位：{town}（{len(rows)} 项）"),
        word.Text([f"{office}截至{_month(said.as_of)}，距目标期末 {days} 天{due}"]),
        word.Table(_items(rows, with_town=False), note_column=NOTE),
        word.Text(["责任单位主要负责人（签字）：＿＿＿＿＿＿＿＿　　反馈日期：＿＿＿＿年＿＿月＿＿日"]),
    ]


def _annex(said: Supervision) -> list[word.Block]:
    return [word.Heading(SOURCES), word.Table(_sources(said.items), note_column=NOTE, anchors=True)]


def _month(month: str) -> str:
    return f"{int(month[:4])}年{int(month[5:7])}月"


def _day(day: str) -> str:
    return f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:10])}日"


def _span(start: object, end: object) -> str:
    last = int(str(end)[5:7])
    if not isinstance(start, str) or start == end:
        return f"{last}月"
    return f"{int(start[5:7])}—{last}月"
