"""Plain text: the encoding told, the damage mended, pasted page chrome and table tags taken care of."""

from __future__ import annotations

import re

from extract.models import Document
from extract.readers.decoding import decode
from extract.readers.repair import drop_chrome, repair
from extract.readers.web import table_lines

TABLES_READ = "表格代码已展开"
_TABLE_START = re.compile(r"<table\b", re.I)
_TABLE_END = re.compile(r"</table\s*>", re.I)


def read_plain(name: str, content: bytes) -> Document:
    """The text of a .txt file; raises ReportError where the bytes are no text."""
    decoded = decode(content)
    text, repairs = repair(decoded.text)
    text, chrome = drop_chrome(text)
    text, tables = _read_tables(text)
    return Document(name=name, text=text, kind="text", flags=(*decoded.flags, *repairs, *chrome, *tables))


def _read_tables(text: str) -> tuple[str, tuple[str, ...]]:
    """HTML tables pasted into a text become rows: cell | cell | cell."""
    parts: list[str] = []
    done = 0
    while start := _TABLE_START.search(text, done):
        end = _TABLE_END.search(text, start.end())
        if end is None:
            break
        parts += [text[done : start.start()].rstrip(), *table_lines(text[start.start() : end.end()])]
        done = end.end()
    if not parts:
        return text, ()
    return "\n".join([*parts, text[done:].lstrip()]), (TABLES_READ,)
