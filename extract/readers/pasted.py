"""Word files that hold scans in place of text: their pictures, in the order in which they stand, read by OCR."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from extract.models import Document, ReportError
from extract.readers import scans
from extract.readers.binding import DAMAGED, Pages
from extract.readers.numbering import local, value
from extract.readers.pages import Printed

LEAST_BYTES = 10_000  # a picture of fewer is a sign or a line, and no page
BLANK = Printed([], [], 0, 0, 0)


def pictures(document: etree._Element | None, relations: etree._Element | None, folder: str) -> Iterator[str]:
    """The members that are the pictures of a document, in its order; ``relations`` tell their names."""
    targets = {
        value(item, "Id"): posixpath.normpath(posixpath.join(f"/{folder}", value(item, "Target") or "")).lstrip("/")
        for item in (() if relations is None else relations)
        if (value(item, "Type") or "").endswith("/image") and value(item, "TargetMode") != "External"
    }
    for element in () if document is None else document.iter():
        name = {"blip": "embed", "imagedata": "id"}.get(local(element))
        if name and (target := targets.get(value(element, name))):
            yield target


def read_pasted(name: str, archive: zipfile.ZipFile, members: list[str]) -> Document | None:
    """The text of the pictures, each a page; None where none is large enough for one.

    Raises ReportError where they cannot be read: without the extra for OCR, or for want of text.
    """
    known = {info.filename: info.file_size for info in archive.infolist()}
    large = [member for member in dict.fromkeys(members) if known.get(member, 0) >= LEAST_BYTES]
    if not large:
        return None
    pages = Pages()
    for number, member in enumerate(large, start=1):
        _scan(archive, member, number, pages)
    if not any(page.pieces for page in pages.read.values()):
        raise ReportError(pages.why_nothing(scans.NO_TEXT, scans.BROKEN))
    text, marks, flags = pages.text()
    return Document(name=name, text=text, kind="docx", flags=flags, marks=marks)


def _scan(archive: zipfile.ZipFile, member: str, number: int, pages: Pages) -> None:
    try:
        pages.scan(number, BLANK, lambda: scans.frame_of(archive.read(member), 1))
    except ReportError:
        pages.leave(number, DAMAGED)
