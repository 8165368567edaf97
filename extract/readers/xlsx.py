"""Spreadsheets of Excel and WPS (.xlsx, .xlsm): what is shown in the cells of the visible sheets. Macros never run."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from extract.models import Document, ReportError
from extract.readers.cellwords import shown
from extract.readers.kinds import ZIP_ERRORS
from extract.readers.limits import limits
from extract.readers.merges import SHEETS, with_small_merges
from extract.readers.packages import check_unpacked
from extract.readers.sheets import Sheet, as_document, check_cells

BROKEN = "这个 Excel 表格（.xlsx）已损坏，打不开。请用 Excel 或 WPS 打开修复后另存，再上传。"
WITH_HIDDEN = 3  # times the cells that are read: so many with those of hidden sheets are not even opened
HIDDEN = "隐藏的工作表没有读"
MACROS = "含宏未运行"

# What openpyxl and the XML parsers below it raise on files that are broken, odd or hostile.
ERRORS = (*ZIP_ERRORS, InvalidFileException, SyntaxError, TypeError, AttributeError, AssertionError, RecursionError)


def read_xlsx(name: str, content: bytes) -> Document:
    """The text of a workbook; raises ReportError where it is broken, too large or empty."""
    try:
        has_macros = check_unpacked(content)
        written = _written(content)
        if written > WITH_HIDDEN * limits().cells:
            check_cells(written)
        book = openpyxl.load_workbook(io.BytesIO(with_small_merges(content)), data_only=True, keep_links=False)
        shown_sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        check_cells(sum(len(_held(sheet)) for sheet in shown_sheets))
        sheets = [_sheet(sheet) for sheet in shown_sheets]
    except MemoryError:
        raise
    except ERRORS as error:
        raise ReportError(BROKEN) from error
    flags = (
        *((MACROS,) if has_macros else ()),
        *((HIDDEN,) if len(shown_sheets) < len(book.worksheets) else ()),
    )
    return as_document(name, "xlsx", sheets, flags)


def _written(content: bytes) -> int:
    """How many cells the sheets of the file write down, told without opening it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = (package.read(name) for name in package.namelist() if SHEETS.match(name))
        return sum(sheet.count(start) for sheet in sheets for start in (b"<c ", b"<c>", b"<c/>"))


def _sheet(sheet: Any) -> Sheet:
    cells = {(row - 1, column - 1): shown(cell.value, cell.number_format) for (row, column), cell in _held(sheet)}
    merges = [(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1) for area in sheet.merged_cells]
    return Sheet(sheet.title, cells, merges)


def _held(sheet: Any) -> Any:
    """The cells that the file has; going by rows and columns would make all the empty ones between."""
    return sheet._cells.items()
