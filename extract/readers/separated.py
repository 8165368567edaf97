"""Tables as text with commas, tabs or semicolons between the cells (.csv)."""

from __future__ import annotations

import csv

from extract.models import Document, ReportError
from extract.readers.decoding import decode
from extract.readers.sheets import Sheet, as_document

SIGNS = (",", "\t", ";")
BROKEN = "这个 CSV 表格有一格过长或引号不成对，读不了。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"


def read_csv(name: str, content: bytes) -> Document:
    """The text of a table; raises ReportError where the bytes are no text or no table."""
    decoded = decode(content)
    lines = decoded.text.splitlines()
    sign = max(SIGNS, key=lambda sign: sum(line.count(sign) for line in lines[:50]))
    try:
        rows = list(csv.reader(lines, delimiter=sign))
    except csv.Error as error:
        raise ReportError(BROKEN) from error
    cells = {(at, column): text for at, row in enumerate(rows) for column, text in enumerate(row)}
    return as_document(name, "csv", [Sheet("", cells)], decoded.flags)
