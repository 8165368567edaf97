"""Report files to text: ``load_report`` tells the kind from the bytes and calls the one reader for it.

A new format is one module with a function ``(name, content) -> Document``, one line in ``READERS``, and
its signature in ``kinds.py``. A reader's module is imported when the first file of its kind comes.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from extract.models import Document, ReportError
from extract.readers.kinds import BUNDLES, find_kind
from extract.readers.limits import check_bytes, check_length

__all__ = ["READERS", "load_report", "reader_of"]

Reader = Callable[[str, bytes], Document]

# kind -> (module of this package, its function)
READERS: dict[str, tuple[str, str]] = {
    "text": ("plain", "read_plain"),
    "html": ("web", "read_web"),
    "docx": ("word", "read_word"),
    "pdf": ("pdf", "read_pdf"),
    "ofd": ("ofd", "read_ofd"),
    "picture": ("scans", "read_scan"),
    "xlsx": ("xlsx", "read_xlsx"),
    "xls": ("xls", "read_xls"),
    "csv": ("separated", "read_csv"),
    "doc": ("office", "read_office"),
    "rtf": ("office", "read_office"),
    "odt": ("office", "read_office"),
    "wordxml": ("office", "read_office"),
    "mhtml": ("saved_page", "read_saved_page"),
}

EMPTY = "这个文件是空的（0 字节）。请确认报告已经保存，再重新上传。"
SEVERAL = "这是 ZIP 压缩包或邮件，里面可能有多份报告。请从上传页或命令行读取，或先解压，再逐份读取。"
BLANK = "这个文件里只有空白，没有文字。请确认选对了文件。"


def load_report(name: str, content: bytes) -> Document:
    """The text of a report file with its title and date where the format tells them.

    ``name`` is the file's name (it decides only where the bytes leave the kind open). Raises ReportError,
    whose text is one Chinese sentence for people, and nothing else, whatever the bytes are.
    """
    check_size(content)
    kind = find_kind(name, content)
    if kind in BUNDLES:
        raise ReportError(SEVERAL)
    document = reader_of(kind)(name, content)
    if not document.text.strip():
        raise ReportError(BLANK)
    check_length(len(document.text))
    return document


def check_size(content: bytes) -> None:
    """Raises ReportError for a file that is empty or larger than is read."""
    if not content:
        raise ReportError(EMPTY)
    check_bytes(len(content))


def reader_of(kind: str) -> Reader:
    """The function that reads files of a kind."""
    module, function = READERS[kind]
    found: Reader = getattr(import_module(f"extract.readers.{module}"), function)
    return found
