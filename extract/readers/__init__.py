"""Report files to text: ``load_report`` tells the kind from the bytes and calls the one reader for it.

A new format is one module with a function ``(name, content) -> Document``, one line in ``READERS``, and
its signature in ``kinds.py``.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.models import Document, ReportError
from extract.readers.kinds import find_kind
from extract.readers.plain import read_plain
from extract.readers.web import read_web
from extract.readers.word import read_word

__all__ = ["MAX_BYTES", "READERS", "load_report"]

MAX_BYTES = 20 * 1024 * 1024
"""Largest file that is read, in bytes. A report has some 10 to 500 KB; the rest is pictures."""

READERS: dict[str, Callable[[str, bytes], Document]] = {
    "text": read_plain,
    "html": read_web,
    "docx": read_word,
}

EMPTY = "这个文件是空的（0 字节）。请确认报告已经保存，再重新上传。"
BLANK = "这个文件里只有空白，没有文字。请确认选对了文件。"
TOO_LARGE = "这个文件有 {size:.1f} MB，超过了 {limit:.0f} MB 的上限。请只上传报告正文，去掉图片和附件，或分成几份。"


def load_report(name: str, content: bytes) -> Document:
    """The text of a report file with its title and date where the format tells them.

    ``name`` is the file's name (it decides only where the bytes leave the kind open). Raises ReportError,
    whose text is one Chinese sentence for people, and nothing else, whatever the bytes are.
    """
    if not content:
        raise ReportError(EMPTY)
    if len(content) > MAX_BYTES:
        raise ReportError(TOO_LARGE.format(size=len(content) / 1024**2, limit=MAX_BYTES / 1024**2))
    document = READERS[find_kind(name, content)](name, content)
    if not document.text.strip():
        raise ReportError(BLANK)
    return document
