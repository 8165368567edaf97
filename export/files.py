"""Tables as files that open right in Excel and WPS on a double click: CSV and xlsx.

A text cell that begins like a formula is a way into the reader's machine. In CSV it gets a ' in front,
unless it is a plain number written as text (-7.0%, +19.8); in xlsx it is written as text, which no program runs.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from numbers import Real
from typing import Any

import pandas as pd
import xlsxwriter

from export.columns import labelled, number_text

# The last four are the full-width forms, which Excel reads too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PLAIN_NUMBER = re.compile(r"-|[+-]?\d[\d,]*(\.\d+)?\s*[%‰]?")
# Characters that no file of text or XML may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")

# Limits of the xlsx format.
MAX_ROWS = 1_048_576
MAX_CELL = 32_767
MAX_SHEET_NAME = 31
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\t\r\n]")
CUT = "……(过长,已截断)"

MIN_WIDTH, MAX_WIDTH = 8, 60
_ROWS_TO_MEASURE = 1000
# Room for the filter's arrow in a head.
_ARROW = 3
_HEAD_FORMAT = {"bold": True, "bg_color": "#E6F1F1", "bottom": 1, "text_wrap": False, "valign": "vcenter"}


def to_csv(table: pd.DataFrame, *, in_order: bool = False) -> bytes:
    """UTF-8 with BOM, Chinese heads, lines ended by CR LF; numbers as numbers, missing ones empty.

    See :func:`export.columns.labelled` for heads and ``in_order``.
    """
    shown = labelled(table, in_order=in_order)
    texts = {at: _all_defused(shown.iloc[:, at]) for at in _text_positions(shown)}
    safe = pd.concat([texts.get(at, shown.iloc[:, at]) for at in range(shown.shape[1])], axis=1) if texts else shown
    safe = safe.set_axis([_defused(head) for head in shown.columns], axis=1)
    text = safe.to_csv(index=False, lineterminator="\r\n", float_format=number_text)
    return text.encode("utf-8-sig")


def _all_defused(column: pd.Series) -> pd.Series:
    return pd.Series([_defused(cell) for cell in column], index=column.index, dtype=object)


def _defused(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = _UNWRITABLE.sub("", cell)
    live = text.lstrip(" \u3000").startswith(FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if live else text


def to_xlsx(sheets: Mapping[str, pd.DataFrame], *, in_order: bool = False) -> bytes:
    """One sheet for each table: Chinese heads that stay in view, filters, widths that fit Chinese text.

    Text is always text, never a formula or a link; numbers are numbers, missing and infinite ones empty. A
    table longer than a sheet goes on in the next; a text longer than a cell is cut and says so. Without any
    table there is one empty sheet.
    """
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head_format = book.add_format(_HEAD_FORMAT)
        for name, table in _named_parts(sheets, in_order):
            _write_sheet(book.add_worksheet(name), table, head_format)
        if not book.worksheets():
            book.add_worksheet("空")
    return buffer.getvalue()


def _named_parts(sheets: Mapping[str, pd.DataFrame], in_order: bool) -> Iterable[tuple[str, pd.DataFrame]]:
    taken: set[str] = set()
    for wanted, table in sheets.items():
        shown = labelled(table, in_order=in_order)
        for begin in range(0, max(len(shown), 1), MAX_ROWS - 1):
            yield _sheet_name(wanted, taken), shown.iloc[begin : begin + MAX_ROWS - 1]


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, no ' at the ends, no name twice."""
    plain = _BAD_IN_SHEET_NAME.sub(" ", _UNWRITABLE.sub("", wanted)).strip().strip("'").strip() or "表"
    name, number = plain[:MAX_SHEET_NAME], 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        ending = f" ({number})"
        name = plain[: MAX_SHEET_NAME - len(ending)] + ending
    taken.add(name.casefold())
    return name


def _write_sheet(sheet: Any, table: pd.DataFrame, head_format: Any) -> None:
    for at, head in enumerate(table.columns):
        sheet.write_string(0, at, _UNWRITABLE.sub("", head)[:MAX_CELL], head_format)
    for row, cells in enumerate(table.itertuples(index=False, name=None), start=1):
        for at, cell in enumerate(cells):
            _write_cell(sheet, row, at, cell)
    for at in range(table.shape[1]):
        sheet.set_column(at, at, _width(table.columns[at], table.iloc[:_ROWS_TO_MEASURE, at]))
    sheet.freeze_panes(1, 0)
    if table.shape[1]:
        sheet.autofilter(0, 0, len(table), table.shape[1] - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: object) -> None:
    if isinstance(cell, str):
        text = _UNWRITABLE.sub("", _LINE_END.sub("\n", cell))
        sheet.write_string(row, column, text if len(text) <= MAX_CELL else text[: MAX_CELL - len(CUT)] + CUT)
    elif isinstance(cell, Real | Decimal) and math.isfinite(cell):
        sheet.write_number(row, column, float(cell))
    elif not isinstance(cell, Real | Decimal) and not _is_missing(cell):
        sheet.write_string(row, column, str(cell))


def _is_missing(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT


def _text_positions(table: pd.DataFrame) -> list[int]:
    return [at for at, kind in enumerate(table.dtypes) if not pd.api.types.is_numeric_dtype(kind)]


def _width(head: str, cells: pd.Series) -> int:
    """In characters of half width; a Chinese character takes two."""
    longest = max((_half_widths(_shown(cell)) for cell in cells), default=0)
    return min(max(longest + 1, _half_widths(head) + _ARROW, MIN_WIDTH), MAX_WIDTH)


def _shown(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Real | Decimal):
        return number_text(float(cell))
    return "" if _is_missing(cell) else str(cell)


def _half_widths(text: str) -> int:
    return max(
        (sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in text.splitlines()),
        default=0,
    )
