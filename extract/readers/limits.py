"""How much of a file is read at most: safe defaults, each of them a setting of the environment.

The names of the settings are the fields in capitals behind ``TOWN_PROGRESS_``: TOWN_PROGRESS_SECONDS=120.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from extract.models import ReportError

PREFIX = "TOWN_PROGRESS_"
WRONG = "设置 {name} 应为不小于 {least} 的整数，现在是“{value}”。请改正后重新启动。"
TOO_LARGE = "这个文件有 {size:.1f} MB，超过了 {limit:.0f} MB 的上限。请只上传报告正文，去掉图片和附件，或分成几份。"
TOO_MANY_PAGES = "这个文件有 {count} 页，超过了 {limit} 页的上限。请只上传报告正文，或分成几份。"
TOO_LONG = "这个文件有 {count} 万字，超过了 {limit} 万字的上限，不像一份报告。请只上传报告正文，或分成几份。"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for one file. Sizes are in MB of 1,048,576 bytes."""

    file_mb: int = 50
    """A file as it arrives. A scanned report of 20 pages has some 10 to 30."""
    unpacked_mb: int = 300
    """All that a zip, or a document that is one inside, unpacks to."""
    members: int = 500
    """Files in a zip."""
    depth: int = 2
    """Zips within zips: 2 reads a zip inside a zip, and no deeper."""
    pages: int = 300
    """Pages of a PDF."""
    scans: int = 30
    """Pages that are read as pictures; each takes seconds."""
    characters: int = 3_000_000
    """Characters of text; a report has some 2,000 to 50,000."""
    cells: int = 400_000
    """Cells of a spreadsheet."""
    seconds: int = 60
    """Time for reading one file; a page that is read as a picture adds ``scan_seconds``."""
    scan_seconds: int = 20
    """Time that each page read as a picture adds."""
    memory_mb: int = 3072
    """Address space of the process that reads."""


def limits() -> Limits:
    """The limits as the environment sets them; raises ReportError where a setting is no whole number above 0."""
    return Limits(**{field.name: value for field in fields(Limits) if (value := _set(field.name)) is not None})


def _set(field: str) -> int | None:
    name = PREFIX + field.upper()
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if not value.isdecimal() or int(value) < 1:
        raise ReportError(WRONG.format(name=name, least=1, value=value))
    return int(value)


def check_bytes(size: int) -> None:
    """Raises ReportError for a file of more bytes than are read."""
    most = limits().file_mb
    if size > most * 1024**2:
        raise ReportError(TOO_LARGE.format(size=size / 1024**2, limit=most))


def check_pages(count: int) -> None:
    """Raises ReportError for a file of more pages than are read."""
    if count > limits().pages:
        raise ReportError(TOO_MANY_PAGES.format(count=count, limit=limits().pages))


def check_length(count: int) -> None:
    """Raises ReportError for a text of more characters than are read."""
    most = limits().characters
    if count > most:
        raise ReportError(TOO_LONG.format(count=-(-count // 10_000), limit=most // 10_000))
