"""Spreadsheets of Excel 97 to 2003 and of WPS (.xls, .et). Macros never run."""

from __future__ import annotations

from typing import Any

import xlrd
from xlrd.xldate import xldate_as_datetime

from extract.models import Document, ReportError
from extract.readers.cellwords import shown
from extract.readers.sheets import Sheet, as_document, check_cells
from extract.readers.xlsx import HIDDEN

BROKEN = "这个旧版 Excel 表格（.xls）已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
LOCKED = "这个 Excel 表格设了打开密码，读不出内容。请去掉密码另存后再上传。"


def read_xls(name: str, content: bytes) -> Document:
    """The text of a workbook; raises ReportError where it is broken, locked, too large or empty."""
    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=_Silence()
        ) as book:
            visible = [sheet for sheet in map(book.sheet_by_index, range(book.nsheets)) if sheet.visibility == 0]
            sheets = [_sheet(book, sheet) for sheet in visible]
            hidden = len(visible) < book.nsheets
    except (MemoryError, ReportError):
        raise
    except Exception as error:  # xlrd raises whatever it stumbles over in a broken file
        raise ReportError(LOCKED if "encrypted" in str(error) else BROKEN) from error
    return as_document(name, "xls", sheets, (HIDDEN,) if hidden else ())


class _Silence:
    """Where xlrd's warnings go."""

    def write(self, text: str) -> None:
        """Keep nothing."""


def _sheet(book: Any, sheet: Any) -> Sheet:
    check_cells(sum(map(sheet.row_len, range(sheet.nrows))))
    cells = {
        (row, column): _text(book, sheet.cell(row, column))
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
    }
    merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return Sheet(sheet.name, cells, merges)


def _text(book: Any, cell: Any) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    form = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
    number_format = form.format_str if form else "General"
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        value = xldate_as_datetime(value, book.datemode)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    return shown(value, number_format)
