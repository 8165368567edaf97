"""PDF: the text in the order of reading, lines joined into sentences, tables by their ruled lines.

Running heads and page numbers go, and the page that every character came from is kept in the marks. A page
that is only a picture is read by OCR where that is installed. Scripts in the file are never run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2

from extract.models import Document, ReportError
from extract.readers import scans
from extract.readers.decoding import READABLE, readability
from extract.readers.glyphs import Line, plain
from extract.readers.limits import check_pages
from extract.readers.margins import without_margins
from extract.readers.pages import Printed, read_page
from extract.readers.paragraphs import as_text

LOCKED = "这个 PDF 设了打开密码，读不出内容。请去掉密码另存后再上传。"
BROKEN = "这个 PDF 已损坏，打不开。请重新导出或重新取得一份再上传。"
NO_TEXT = "这个 PDF 里没有文字。请确认选对了文件，或上传原来的 Word 文件。"
NO_SUCH_PAGE = "这个 PDF 没有第 {number} 页。"
HEADS_GONE = "页眉页码已去"
COLUMNS = "分栏已排序"

FEW_LETTERS = 20  # a page with fewer that shows a picture is a scan
PICTURE_DPI = 110


@dataclass(slots=True)
class _Read:
    """What was read so far, and the numbers of the pages that were not, by the reason."""

    pages: dict[int, Printed] = field(default_factory=dict)
    confidences: list[float] = field(default_factory=list)
    unread: dict[str, list[int]] = field(default_factory=dict)

    def leave(self, number: int, reason: str) -> None:
        self.unread.setdefault(reason, []).append(number)


def read_pdf(name: str, content: bytes) -> Document:
    """The text of a PDF; raises ReportError where it is locked, broken, too long or nothing but pictures."""
    read = _Read()
    with _opened(content) as opened:
        check_pages(len(opened))
        for number in range(1, len(opened) + 1):
            _read_page(opened, number, read)
        title = _title(opened)
    if not any(page.pieces for page in read.pages.values()):
        raise ReportError(_nothing(read))
    lines, cut = in_order(read.pages)
    text, marks, mended = as_text(lines, max(page.width for page in read.pages.values()))
    in_columns = any(line.column[1] > 1 for page in lines for line in page)
    flags = (
        *((HEADS_GONE,) if cut else ()),
        *((COLUMNS,) if in_columns else ()),
        *scans.flags(read.confidences),
        *(f"第{'、'.join(map(str, numbers))}页{reason}" for reason, numbers in read.unread.items()),
        *mended,
    )
    shown = title if title and "".join(title.split()) in "".join(text[:3000].split()) else None
    return Document(name=name, text=text, kind="pdf", title=shown, flags=flags, marks=marks)


def in_order(pages: Mapping[int, Printed]) -> tuple[list[list[Line]], bool]:
    """The lines of every page without running heads and page numbers, and whether there were any.

    Where several pages have a gutter, the last, half-empty one has it too.
    """
    gutters = [page.gutter for page in pages.values() if page.gutter is not None]
    shared = gutters[0] if len(gutters) * 2 >= len(pages) else None
    lines = [page.lines(number, page.gutter or shared) for number, page in pages.items()]
    return without_margins(lines, [(page.top, page.bottom) for page in pages.values()])


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


def _read_page(opened: Any, number: int, read: _Read) -> None:
    try:
        page = opened[number - 1]
        printed = read_page(page)
        read.pages[number] = _scanned(page, number, printed, read) if _is_scan(printed) else printed
    except pypdfium2.PdfiumError:
        read.leave(number, "已损坏，没有读")


def _is_scan(printed: Printed) -> bool:
    """A picture with next to no letters, or letters that a font without a code table made unreadable."""
    text = printed.text
    return printed.pictures if len(text) < FEW_LETTERS else readability(text) < READABLE


def _scanned(page: Any, number: int, printed: Printed, read: _Read) -> Printed:
    problem = scans.why_not(len(read.confidences))
    if problem:
        read.leave(number, problem)
        return printed
    found = scans.read_picture(_drawn(page, scans.DPI))
    read.confidences.append(found.confidence)
    return found.page


def _drawn(page: Any, dpi: int) -> Any:
    width, height = page.get_size()
    scale = min(dpi / 72, scans.MOST_SIDE / max(width, height, 1))
    return page.render(scale=scale).to_pil()


def _title(opened: Any) -> str | None:
    return plain(" ".join(opened.get_metadata_value("Title").split())) or None


def _nothing(read: _Read) -> str:
    if not read.unread:
        return NO_TEXT
    return scans.NOTHING_READ.get(next(iter(read.unread)), BROKEN)
