"""Merged areas of an .xlsx cut to the cells that hold something.

openpyxl makes an object for every place of a merged area: for a title merged over whole columns (A1:F1048576) that
is millions of them. Where a sheet's areas are so large, they end at its last row and column before it is opened.
"""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl.utils import column_index_from_string, get_column_letter

SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml$")
MOST_PLACES = 20_000  # of all merged areas of a sheet that are left as they are
LAST_COLUMN = 120  # where cells do not say where they stand

_AREA = re.compile(
    rb'(<(?:\w+:)?mergeCell\b[^<>]*?\bref\s*=\s*["\'])([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})(["\'])'
)
_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["\']([A-Z]{1,3})(\d{1,7})["\']')
_ROW = re.compile(rb"<(?:\w+:)?row\b")


def with_small_merges(content: bytes) -> bytes:
    """The workbook itself, or one whose merged areas end where its cells end; raises what zipfile raises."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        large = [name for name in package.namelist() if SHEETS.match(name) and _is_large(package.read(name))]
        if not large:
            return content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as smaller:
            for name in dict.fromkeys(package.namelist()):
                part = package.read(name)
                smaller.writestr(name, _cut(part) if name in large else part)
    return made.getvalue()


def _is_large(sheet: bytes) -> bool:
    places = 0
    for area in _AREA.finditer(sheet):
        left, right = (column_index_from_string(area[group].decode()) for group in (2, 4))
        places += (abs(right - left) + 1) * (abs(int(area[5]) - int(area[3])) + 1)
    return places > MOST_PLACES


def _cut(sheet: bytes) -> bytes:
    """The sheet's XML with every area ending at the last row and column that it has; none is smaller than a cell."""
    columns, bottom = set(), 0
    for cell in _CELL.finditer(sheet):
        columns.add(cell[1])
        bottom = max(bottom, int(cell[2]))
    last = max((column_index_from_string(letters.decode()) for letters in columns), default=LAST_COLUMN)
    bottom = bottom or sum(1 for _ in _ROW.finditer(sheet))

    def smaller(area: re.Match[bytes]) -> bytes:
        left, right = (column_index_from_string(area[group].decode()) for group in (2, 4))
        column = get_column_letter(max(left, min(right, last))).encode()
        row = max(int(area[3]), min(int(area[5]), bottom))
        return b"%s%s%s:%s%d%s" % (area[1], area[2], area[3], column, row, area[6])

    return _AREA.sub(smaller, sheet)
