"""Web pages saved as one file (.mht, .mhtml): the page in it, read as any page. Nothing outside it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.parser import BytesParser

from extract.models import Document, ReportError
from extract.readers.web import read_web

NO_PAGE = "这个单个文件网页（.mht）里没有网页正文，可能已损坏。请在浏览器里重新保存，或复制正文存为文本后再上传。"
CUT = "文件不完整，末尾缺失"
PAGE = "text/html"
MOST_PARTS = 500


def read_saved_page(name: str, content: bytes) -> Document:
    """The article of the first page in the file; raises ReportError where there is none."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(content)
        pages = list(_pages(message))
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise ReportError(NO_PAGE) from error
    if not pages:
        raise ReportError(NO_PAGE)
    document = read_web(name, max(pages, key=len))
    cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
    return replace(document, kind="mhtml", flags=(*document.flags, *((CUT,) if cut else ())))


def _pages(message: Message) -> Iterator[bytes]:
    """The bytes of the pages; a page that names no encoding of its own gets the one its part names."""
    for index, part in enumerate(message.walk()):
        if index >= MOST_PARTS:
            return
        page = part.get_payload(decode=True) if part.get_content_type() == PAGE else None
        if isinstance(page, bytes) and page.strip():
            charset = part.get_content_charset()
            named = b"charset" in page[:4000].lower() or charset is None
            yield page if named else f'<meta charset="{charset}">'.encode("ascii", "replace") + page
