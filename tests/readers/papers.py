"""Files for the tests of readers: PDFs by reportlab, workbooks by openpyxl and xlwt, Word files by python-docx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
WIDTH, HEIGHT = A4

needs_font = pytest.mark.skipif(not FONT_FILE.exists(), reason="没有中文字体 wqy-microhei，请安装 fonts-wqy-microhei")

# (x from the left, y from the bottom, size, text)
Placed = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Placed]], *, rules: Sequence[Sequence[float]] = (), password: str = "") -> bytes:
    """A PDF with each text where it is said; ``rules`` are lines (x0, y0, x1, y1) on every page."""
    _register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=password or None)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont(FONT, size)
            canvas.drawString(x, y, text)
        for x0, y0, x1, y1 in rules:
            canvas.line(x0, y0, x1, y1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def paragraph(text: str, top: float, *, left: float = 90, size: float = 12, width: float = 410) -> list[Placed]:
    """A paragraph set line by line to a width in points, indented by two characters."""
    _register()
    lines: list[Placed] = []
    while text:
        indent = 2 * size if not lines else 0
        count = max(n for n in range(1, len(text) + 1) if stringWidth(text[:n], FONT, size) <= width - indent)
        lines.append((left + indent, top - 1.6 * size * len(lines), size, text[:count]))
        text = text[count:]
    return lines


def _register() -> None:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], *merges: str) -> bytes:
    """An .xlsx; ``merges`` (A1:F1) go into the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merges:
        book.worksheets[0].merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def word(*paragraphs: str) -> bytes:
    """A .docx of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
