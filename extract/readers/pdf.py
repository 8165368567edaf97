"""PDF: the text in the order of reading, lines joined into sentences, tables by their ruled lines.

Running heads and page numbers go, and the page that every character came from is kept in the marks. A page
that is only a picture is read by OCR where that is installed. Scripts in the file are never run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

from extract.models import Document, ReportError
from extract.readers import scans
from extract.readers.binding import DAMAGED, FEW_LETTERS, Pages
from extract.readers.decoding import READABLE, readability
from extract.readers.glyphs import plain
from extract.readers.limits import check_pages
from extract.readers.pages import Printed, read_page

LOCKED = "这个 PDF 设了打开密码，读不出内容。请去掉密码另存后再上传。"
BROKEN = "这个 PDF 已损坏，打不开。请重新导出或重新取得一份再上传。"
NO_TEXT = "这个 PDF 里没有文字。请确认选对了文件，或上传原来的 Word 文件。"
NO_SUCH_PAGE = "这个 PDF 没有第 {number} 页。"

PICTURE_DPI = 110


def read_pdf(name: str, content: bytes) -> Document:
    """The text of a PDF; raises ReportError where it is locked, broken, too long or nothing but pictures."""
    pages = Pages()
    with _opened(content) as opened:
        check_pages(len(opened))
        for number in range(1, len(opened) + 1):
            _read_page(opened, number, pages)
        title = _title(opened)
    if not any(page.pieces for page in pages.read.values()):
        raise ReportError(pages.why_nothing(NO_TEXT, BROKEN))
    text, marks, flags = pages.text()
    shown = title if title and "".join(title.split()) in "".join(text[:3000].split()) else None
    return Document(name=name, text=text, kind="pdf", title=shown, flags=flags, marks=marks)


def picture_of(content: bytes, number: int, dpi: int = PICTURE_DPI) -> Any:
    """A page (counted from 1) as a PIL picture; raises ReportError where there is no such page or it is broken."""
    with _opened(content) as opened:
        if not 1 <= number <= len(opened):
            raise ReportError(NO_SUCH_PAGE.format(number=number))
        return _drawn(opened[number - 1], dpi)


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    try:
        with pypdfium2.PdfDocument(content) as opened:
            yield opened
    except pypdfium2.PdfiumError as error:
        raise ReportError(LOCKED if "password" in str(error).lower() else BROKEN) from error


def _read_page(opened: Any, number: int, pages: Pages) -> None:
    try:
        page = opened[number - 1]
        printed = read_page(page)
        if _is_scan(printed):
            pages.scan(number, printed, lambda: _drawn(page, scans.DPI))
        else:
            pages.read[number] = printed
    except pypdfium2.PdfiumError:
        pages.leave(number, DAMAGED)


def _is_scan(printed: Printed) -> bool:
    """A picture with next to no letters, or letters that a font without a code table made unreadable."""
    text = printed.text
    return printed.pictures if len(text) < FEW_LETTERS else readability(text) < READABLE


def _drawn(page: Any, dpi: int) -> Any:
    width, height = page.get_size()
    scale = min(dpi / 72, scans.MOST_SIDE / max(width, height, 1))
    return page.render(scale=scale).to_pil()


def _title(opened: Any) -> str | None:
    return plain(" ".join(opened.get_metadata_value("Title").split())) or None
