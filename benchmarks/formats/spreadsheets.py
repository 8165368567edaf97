"""Progress tables as workbooks: one town's indicators, or several towns, in the layouts that offices use.

A table is made of the known records of generated reports, so what must be read back is known too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.generator import ExpectedRecord, GeneratedReport

PERIODS = {3: "1-3月", 6: "1-6月", 9: "1-9月", 12: "1-12月"}
MEASURES = (("年度目标", "target"), ("完成数", "value"), ("完成率（%）", "completion"), ("同比（%）", "yoy"))
LONGEST_NAME = 10


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table as values by (row, column) from 1, its merged areas, and the records that it states."""

    cells: dict[tuple[int, int], object]
    merges: tuple[tuple[int, int, int, int], ...]
    records: tuple[ExpectedRecord, ...]


def usable(report: GeneratedReport) -> list[ExpectedRecord]:
    """The records of a report that a table can hold: one for each indicator, from January, with a value."""
    found: dict[str, ExpectedRecord] = {}
    for record in report.records:
        if record.status == "actual" and record.value is not None and record.period_start.endswith("-01"):
            found.setdefault(record.indicator, record)
    return [record for record in found.values() if record.completion is not None or record.yoy is not None]


def _number(value: Decimal | None) -> object:
    return None if value is None else float(value)


def _title(record: ExpectedRecord, about: str) -> str:
    year, month = record.period_end.split("-")
    return f"{about}{year}年{PERIODS[int(month)]}主要指标完成情况表"


def one_town(reports: Sequence[GeneratedReport], rng: Random) -> MadeTable:
    """指标 | 单位 | 年度目标 | 完成数 | 完成率 | 同比, the title merged over all; rates as percent cells or numbers."""
    records = [replace(record, indicator_text=record.indicator) for record in usable(reports[0])]
    cells: dict[tuple[int, int], object] = {(1, 1): _title(records[0], records[0].town)}
    first = 2 if rng.random() < 0.5 else 3
    if first == 3:
        cells[2, 1] = f"填报单位：{records[0].town}"
    for column, head in enumerate(("指标名称", "计量单位", *(head for head, _ in MEASURES)), start=1):
        cells[first, column] = head
    for row, record in enumerate(records, start=first + 1):
        cells[row, 1], cells[row, 2] = record.indicator, record.unit
        for column, (_, field) in enumerate(MEASURES, start=3):
            cells[row, column] = _number(_field(record, field))
    return MadeTable(cells, ((1, 1, 1, 6),), tuple(records))


def _field(record: ExpectedRecord, field: str) -> Decimal | None:
    """A record's number for a column; the target only in the value's own unit."""
    if field == "target" and record.target_unit != record.unit:
        return None
    value: Decimal | None = getattr(record, field)
    return value


def two_heads(reports: Sequence[GeneratedReport], rng: Random) -> MadeTable:
    """指标（单位） and 年度目标 over two rows, 1-6月 over 完成数, 完成率 and 同比."""
    records = usable(reports[0])
    month = PERIODS[int(records[0].period_end[-2:])]
    heads = {(2, 1): "指标", (2, 2): "年度目标", (2, 3): month, (3, 3): "完成数", (3, 4): "完成率", (3, 5): "同比±%"}
    cells: dict[tuple[int, int], object] = {(1, 1): _title(records[0], records[0].town), **heads}
    percent = rng.random() < 0.5
    for row, record in enumerate(records, start=4):
        cells[row, 1] = f"{record.indicator}（{record.unit}）"
        for column, (_, field) in enumerate(MEASURES, start=2):
            cells[row, column] = _number(_field(record, field))
        if percent and record.completion is not None:
            cells[row, 4] = Percent(float(record.completion) / 100)
    return MadeTable(cells, ((1, 1, 1, 5), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 5)), tuple(records))


class Percent(float):
    """A share that the cell shows in per cent."""


def many_towns(reports: Sequence[GeneratedReport], rng: Random) -> MadeTable:
    """A row for each town; over the columns each indicator with its unit, below it the measures."""
    by_town = {
        found[0].town: {record.indicator: record for record in found} for report in reports if (found := usable(report))
    }
    names = sorted({name for held in by_town.values() for name in held if len(name) <= LONGEST_NAME})
    chosen = sorted(rng.sample(names, min(4, len(names))))
    sample = next(iter(next(iter(by_town.values())).values()))
    cells: dict[tuple[int, int], object] = {(1, 1): _title(sample, "示例县各乡镇"), (2, 1): "乡镇"}
    merges = [(1, 1, 1, 1 + 4 * len(chosen)), (2, 1, 3, 1)]
    kept: list[ExpectedRecord] = []
    for place, name in enumerate(chosen):
        unit = next(held[name].unit for held in by_town.values() if name in held)
        left = 2 + 4 * place
        cells[2, left] = f"{name}（{unit}）"
        merges.append((2, left, 2, left + 3))
        for step, (head, _) in enumerate(MEASURES):
            cells[3, left + step] = head
        for row, (town, held) in enumerate(by_town.items(), start=4):
            cells[row, 1] = town
            record = held.get(name)
            if record is not None and record.unit == unit:
                kept.append(record)
                for step, (_, field) in enumerate(MEASURES):
                    cells[row, left + step] = _number(_field(record, field))
    return MadeTable(cells, tuple(merges), tuple(kept))


LAYOUTS: tuple[Callable[[Sequence[GeneratedReport], Random], MadeTable], ...] = (one_town, two_heads, many_towns)


def as_workbook(table: MadeTable) -> bytes:
    """The table as .xlsx."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "进度表"
    for (row, column), value in table.cells.items():
        cell = sheet.cell(row, column, value)
        if isinstance(value, Percent):
            cell.number_format = "0.0%"
    for top, left, bottom, right in table.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_old_workbook(table: MadeTable) -> bytes:
    """The table as .xls."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("进度表")
    percent = xlwt.easyxf(num_format_str="0.0%")
    plain = xlwt.easyxf()
    corners = {(top, left): (top, bottom, left, right) for top, left, bottom, right in table.merges}
    for (row, column), value in table.cells.items():
        style = percent if isinstance(value, Percent) else plain
        shown = float(value) if isinstance(value, float) else value
        if (row, column) in corners:
            top, bottom, left, right = corners[row, column]
            sheet.write_merge(top - 1, bottom - 1, left - 1, right - 1, shown, style)
        else:
            sheet.write(row - 1, column - 1, shown, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_csv(table: MadeTable) -> bytes:
    """The table as .csv in GB18030; merged cells show at their first place only."""
    rows, columns = max(row for row, _ in table.cells), max(column for _, column in table.cells)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in range(1, rows + 1):
        writer.writerow([_shown(table.cells.get((row, column))) for column in range(1, columns + 1)])
    return buffer.getvalue().encode("gb18030")


def _shown(value: object) -> object:
    if isinstance(value, Percent):
        return f"{value:.1%}"
    return "" if value is None else value
