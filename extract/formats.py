"""What the command line prints of one report: records, missed numbers or coverage, as JSON lines, CSV or a table.

Every function gives text for one report, so a thousand reports need the memory of one.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from extract.models import RECORD_KEYS, Findings, Missed, Record

WHATS = ("records", "missed", "coverage")
FORMATS = ("jsonl", "csv", "table")
COUNTS = ("seen", "recorded", "left_out", "not_understood")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
STATUS_WORDS = {"actual": "实际", "expected": "预计", "planned": "计划"}


def missed_to_dict(report: str, missed: Missed) -> dict[str, Any]:
    """A missed number with its report, keys in their order."""
    return {"report": report, **{field.name: getattr(missed, field.name) for field in fields(Missed)}}


def coverage_to_dict(findings: Findings) -> dict[str, Any]:
    """The counts of a report with the reasons of what gave no record, the most frequent first."""
    reasons = {
        key: dict(Counter(m.reason for m in findings.missed if m.understood is understood).most_common())
        for key, understood in (("left_out_reasons", True), ("not_understood_reasons", False))
    }
    return {"report": findings.document.name, "town": findings.town, **findings.coverage, **reasons}


def rows_of(findings: Findings, what: str) -> list[dict[str, Any]]:
    """One dict a line of output: ``what`` is records, missed or coverage."""
    if what == "coverage":
        return [coverage_to_dict(findings)]
    if what == "missed":
        return [missed_to_dict(findings.document.name, missed) for missed in findings.missed]
    return [record.to_dict() for record in findings.records]


_HEADS: dict[str, tuple[str, ...]] = {
    "records": RECORD_KEYS,
    "missed": ("report", *(field.name for field in fields(Missed))),
    "coverage": ("report", "town", *COUNTS, "left_out_reasons", "not_understood_reasons"),
}


def opening(what: str, form: str) -> str:
    """What stands before the first report: the head line of a CSV."""
    return ",".join(_HEADS[what]) + "\n" if form == "csv" else ""


def render(findings: Findings, what: str, form: str, width: int) -> str:
    """One report's lines; ``width`` is the terminal's, in columns, for the table."""
    if form == "table":
        return _TABLES[what](findings, width)
    rows = rows_of(findings, what)
    if form == "csv":
        return _csv(rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> object:
    """A value as a CSV cell: lists joined, and text that a spreadsheet would run gets a ' in front."""
    if isinstance(value, dict):
        value = [f"{key} {count}" for key, count in value.items()]
    if isinstance(value, list):
        value = "；".join(value)
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA_STARTS):
        return "'" + value
    return value


# -- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: least width in terminal columns, and whether it gives way when space is short."""

    head: str
    least: int = 4
    gives_way: bool = False
    right: bool = False


GAP = "  "
_RECORD_COLUMNS = (
    Column("乡镇", 6, gives_way=True),
    Column("时段"),
    Column("指标", 10, gives_way=True),
    Column("数值", right=True),
    Column("完成率%", right=True),
    Column("同比%", right=True),
    Column("性质"),
    Column("提示", 6, gives_way=True),
)
_MISSED_COLUMNS = (
    Column("位置", right=True),
    Column("数", 6, gives_way=True),
    Column("缘由", 8, gives_way=True),
    Column("原文", 12, gives_way=True),
)
_REASON_COLUMNS = (Column("次", right=True), Column("", 6), Column("缘由", 12, gives_way=True))


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: 2 for Chinese characters, 0 for combining marks."""
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def clip(text: str, most: int) -> str:
    """The text cut to ``most`` columns, … at its end where something is left out."""
    if columns_of(text) <= most:
        return text
    kept, room = [], most - 1
    for character in text:
        room -= _columns_of(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…"


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> str:
    """Rows under their heads, aligned, at most ``width`` columns wide where the columns' least widths allow it."""
    lines = [[" ".join(cell.split()) for cell in row] for row in ([c.head for c in columns], *rows)]
    widths = [max(columns_of(line[at]) for line in lines) for at in range(len(columns))]
    _shrink(widths, columns, width - len(GAP) * (len(columns) - 1))
    return "".join(_aligned(line, widths, columns) + "\n" for line in lines)


def _shrink(widths: list[int], columns: Sequence[Column], room: int) -> None:
    """Take what is too much from the widest column that gives way, down to the least widths."""
    while sum(widths) > room:
        able = [at for at, column in enumerate(columns) if column.gives_way and widths[at] > column.least]
        if not able:
            return
        widest = max(able, key=lambda at: widths[at])
        widths[widest] -= 1


def _aligned(line: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    cells = []
    for cell, width, column in zip(line, widths, columns, strict=True):
        text = clip(cell, width)
        blank = " " * (width - columns_of(text))
        cells.append(blank + text if column.right else text + blank)
    return GAP.join(cells).rstrip()


def _records_table(findings: Findings, width: int) -> str:
    head = f"{findings.document.name}：{len(findings.records)} 条记录\n"
    if not findings.records:
        return head + "\n"
    return head + table(_RECORD_COLUMNS, map(_record_row, findings.records), width) + "\n"


def _record_row(record: Record) -> tuple[str, ...]:
    return (
        record.town or "",
        period_words(record.period_start, record.period_end),
        record.indicator,
        "" if record.value is None else f"{record.value}{record.unit or ''}",
        "" if record.completion is None else str(record.completion),
        "" if record.yoy is None else str(record.yoy),
        STATUS_WORDS.get(record.status, record.status),
        "、".join(record.flags),
    )


def period_words(start: str | None, end: str | None) -> str:
    """First and last month in short: 2016-01~06, 2015-07~2016-06, 2016-06; empty where there is none."""
    if not start or not end or start == end:
        return start or end or ""
    return f"{start}~{end[5:] if start[:4] == end[:4] else end}"


def _missed_table(findings: Findings, width: int) -> str:
    head = f"{findings.document.name}：{len(findings.missed)} 个数未成记录\n"
    if not findings.missed:
        return head + "\n"
    rows = [(str(m.start), m.text, m.reason if m.understood else f"？{m.reason}", m.sentence) for m in findings.missed]
    return head + table(_MISSED_COLUMNS, rows, width) + "\n"


def counts_words(counts: dict[str, int]) -> str:
    """The counts of a coverage in one Chinese phrase."""
    return "见到 {seen} 个率和数，记录 {recorded}，应不列入 {left_out}，未看懂 {not_understood}".format(**counts)


def _coverage_table(findings: Findings, width: int) -> str:
    entry = coverage_to_dict(findings)
    head = f"{findings.document.name}：{counts_words(entry)}\n"
    rows = [
        (str(count), word, reason)
        for key, word in (("left_out_reasons", "不列入"), ("not_understood_reasons", "未看懂"))
        for reason, count in entry[key].items()
    ]
    return head + (table(_REASON_COLUMNS, rows, width) if rows else "") + "\n"


_TABLES: dict[str, Callable[[Findings, int], str]] = {
    "records": _records_table,
    "missed": _missed_table,
    "coverage": _coverage_table,
}
