"""OFD, the fixed layout of GB/T 33190: a zip of XML pages whose text objects say where their characters stand.

The text comes in the order of reading, tables by their ruled lines, and every line keeps its page, as for PDF. Pages
of templates (running heads, forms) lie below those that name them; seals and notes are left out. A page that is only
a picture is read by OCR where that is installed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from lxml import etree

from extract.models import Document, ReportError
from extract.readers import scans
from extract.readers.binding import DAMAGED, FEW_LETTERS, Pages
from extract.readers.drawing import POINTS, letters_of, numbers, rules_of
from extract.readers.glyphs import MOST_CHARACTERS, runs
from extract.readers.grids import grids_of
from extract.readers.kinds import ZIP_ERRORS
from extract.readers.limits import check_pages
from extract.readers.numbering import child, local, value
from extract.readers.packages import check_unpacked, parsed
from extract.readers.pages import Printed, printed

ROOT = "OFD.xml"
A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres, where neither page nor document says
MOST_OBJECTS = 60_000  # of one page
DEEPEST = 30  # blocks within blocks

BROKEN = "这个 OFD 文件已损坏，打不开。请用 OFD 阅读器打开后转成 PDF，或重新取得一份再上传。"
NO_TEXT = "这个 OFD 文件里没有文字。请确认选对了文件，或上传原来的 Word 文件。"


def read_ofd(name: str, content: bytes) -> Document:
    """The text of an OFD file; raises ReportError where it is broken, locked, too long or nothing but pictures."""
    try:
        check_unpacked(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            package = _Package(archive)
            root = package.xml(ROOT)
            pages = _pages(package, root)
    except ZIP_ERRORS as error:
        raise ReportError(BROKEN) from error
    if not any(page.pieces for page in pages.read.values()):
        raise ReportError(pages.why_nothing(NO_TEXT, BROKEN))
    text, marks, flags = pages.text()
    title = " ".join("".join(_texts(root, "Title")).split())
    shown = title if title and "".join(title.split()) in "".join(text[:3000].split()) else None
    return Document(name=name, text=text, kind="ofd", title=shown, flags=flags, marks=marks)


@dataclass(slots=True)
class _Package:
    """The members of the file by their names."""

    archive: zipfile.ZipFile

    def xml(self, name: str) -> etree._Element:
        """The root of a member; raises ReportError where it is broken, KeyError where it is missing."""
        return parsed(self.archive.read(name), BROKEN)


def _place(base: str, name: str) -> str:
    """The full name of a member that the member ``base`` names: from its folder, or from the package's own."""
    name = name.strip()
    return (
        name.lstrip("/") if name.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(base), name))
    )


def _named(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (item for item in (() if root is None else root.iter()) if local(item) == name)


def _texts(root: etree._Element | None, name: str) -> Iterator[str]:
    return (item.text for item in _named(root, name) if item.text)


def _pages(package: _Package, root: etree._Element) -> Pages:
    pages, number = Pages(), 0
    for place in _texts(root, "DocRoot"):
        body = _Body(package, _place(ROOT, place))
        for page in body.pages:
            number += 1
            check_pages(number)
            _read_page(body, page, number, pages)
    return pages


def _read_page(body: _Body, place: str, number: int, pages: Pages) -> None:
    try:
        printed, picture = body.read(place)
        if picture and len(printed.text) < FEW_LETTERS:
            pages.scan(number, printed, lambda: scans.frame_of(body.package.archive.read(picture), 1))
        else:
            pages.read[number] = printed
    except (ReportError, *ZIP_ERRORS):
        pages.leave(number, DAMAGED)


@dataclass(slots=True)
class _Seen:
    """The objects of a page: texts, paths, pictures."""

    texts: list[etree._Element] = field(default_factory=list)
    paths: list[etree._Element] = field(default_factory=list)
    pictures: list[etree._Element] = field(default_factory=list)

    def take(self, parent: etree._Element, depth: int = 0) -> None:
        """All objects of layers and of blocks in them, in their order; hidden ones are left out."""
        kinds = {"TextObject": self.texts, "PathObject": self.paths, "ImageObject": self.pictures}
        for item in parent:
            name = local(item)
            if value(item, "Visible") == "false":
                continue
            if name in kinds:
                kinds[name].append(item)
            elif name in ("Content", "Layer", "PageBlock") and depth < DEEPEST:
                self.take(item, depth + 1)


class _Body:
    """One document of the file: its pages in their order, its templates and its pictures."""

    def __init__(self, package: _Package, place: str) -> None:
        root = package.xml(place)
        self.package = package
        self.box = _box(child(root, "CommonData", "PageArea")) or A4
        self.pages = [_place(place, value(page, "BaseLoc") or "") for page in _named(child(root, "Pages"), "Page")]
        self.templates = {
            value(page, "ID"): _place(place, value(page, "BaseLoc") or "") for page in _named(root, "TemplatePage")
        }
        self.pictures: dict[str | None, str] = {}
        for resource in chain(_texts(root, "PublicRes"), _texts(root, "DocumentRes")):
            self._add_pictures(_place(place, resource))

    def _add_pictures(self, place: str) -> None:
        if place not in self.package.archive.namelist():
            return
        root = self.package.xml(place)
        base = _place(place, f"{value(root, 'BaseLoc') or '.'}/x")
        for media in _named(root, "MultiMedia"):
            for file in _texts(media, "MediaFile"):
                self.pictures[value(media, "ID")] = _place(base, file)

    def read(self, place: str) -> tuple[Printed, str]:
        """What a page shows, and the member that is its largest picture; "" where it has none."""
        root = self.package.xml(place)
        for resource in _texts(root, "PageRes"):
            self._add_pictures(_place(place, resource))
        seen = _Seen()
        for template in (self.templates.get(value(item, "TemplateID")) for item in root if local(item) == "Template"):
            if template:
                seen.take(self.package.xml(template))
        seen.take(root)
        _, _, width, height = (length * POINTS for length in _box(child(root, "Area")) or self.box)
        letters = chain.from_iterable(letters_of(item) for item in seen.texts[:MOST_OBJECTS])
        rules = chain.from_iterable(rules_of(item) for item in seen.paths[:MOST_OBJECTS])
        found = printed(
            runs(islice(letters, MOST_CHARACTERS)), grids_of(rules), 0, height, width, pictures=bool(seen.pictures)
        )
        return found, self._largest(seen.pictures)

    def _largest(self, pictures: Sequence[etree._Element]) -> str:
        held = [item for item in pictures if value(item, "ResourceID") in self.pictures]
        largest = max(held, key=_area, default=None)
        return "" if largest is None else self.pictures[value(largest, "ResourceID")]


def _area(item: etree._Element) -> float:
    box = numbers(value(item, "Boundary"))
    return box[2] * box[3] if len(box) == 4 else 0.0


def _box(area: etree._Element | None) -> tuple[float, float, float, float] | None:
    """The paper of a page; None where it is not said or no paper."""
    said = numbers(next(_texts(area, "PhysicalBox"), ""))
    if len(said) != 4 or min(said[2:]) <= 0:
        return None
    return said[0], said[1], said[2], said[3]
