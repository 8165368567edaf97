"""Word files (.docx): what a person sees on the page, in order, from the file's XML.

Tracked insertions are kept and deletions dropped, text boxes stand once after the paragraph that
anchors them, automatic numbers are written out, tables become rows ``a | b | c``, footnotes come at the
end; headers, footers, comments and hidden text are left out. Macros are never looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from extract.models import Document, ReportError
from extract.readers.kinds import BROKEN_DOCX, ZIP_ERRORS
from extract.readers.numbering import Numbering, child, integer, local, read_numbering, value
from extract.readers.packages import parsed
from extract.readers.repair import repair

MAX_PART = 32 * 1024 * 1024
"""Largest part of a .docx that is unpacked, in bytes; a report of 1,000 pages has about 20 MB."""

TOO_LARGE = "这个 Word 文件解压后超过 {limit:.0f} MB，不像正常的报告，没有读取。请另存为文本或分成几份后再上传。"
LOCKED = "这个 Word 文件设了密码，读不出内容。请去掉密码另存为 .docx 后再上传。"
NO_TEXT = "这个 Word 文件里没有文字。请确认选对了文件，正文没有隐藏。"
MACROS = "含宏未运行"
STALE_TITLE = "文件属性标题与正文不符"

MAIN_PART = "word/document.xml"
BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DELETED = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText"})
_PROPERTIES = frozenset({"rPr", "pPr", "tblPr", "tcPr", "trPr", "sdtPr", "rubyPr"})
DROPPED = _DELETED | _PROPERTIES | {"rt", "Fallback", "commentReference"}
MAX_CELL, MAX_CELL_LINES, MAX_COLUMNS = 300, 30, 60  # as for tables of web pages
TEMPLATE_STAMP = "2013-12-23T23:15:00Z"  # python-docx writes its template's day into every file
HEAD = 3000  # characters of the text in which the title of the file's properties should occur
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T")


def read_word(name: str, content: bytes) -> Document:
    """The text of a .docx; raises ReportError where it is broken, locked, too large or without text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _Parts(archive)
            text = _text(parts)
            core = parts.read("docProps/core.xml")
            has_macros = any(member.endswith("vbaProject.bin") for member in archive.namelist())
            pasted = None if text.strip() else _of_pictures(name, parts)
    except ZIP_ERRORS as error:
        raise ReportError(BROKEN_DOCX) from error
    if pasted:
        return pasted
    if not text.strip():
        raise ReportError(NO_TEXT)
    text, repairs = repair(text)
    title, title_flags = _title(core, text)
    flags = (*((MACROS,) if has_macros else ()), *title_flags, *repairs)
    return Document(name=name, text=text, kind="docx", title=title, date=_date(core), flags=flags)


@dataclass(slots=True)
class _Parts:
    """The XML parts of the package, each unpacked to no more than MAX_PART."""

    archive: zipfile.ZipFile

    def read(self, name: str) -> etree._Element | None:
        """The root of a part; None where the package has none of that name."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise ReportError(LOCKED)
        with self.archive.open(info) as stream:
            content = stream.read(MAX_PART + 1)
        if len(content) > MAX_PART:
            raise ReportError(TOO_LARGE.format(limit=MAX_PART / 1024**2))
        return parsed(content, BROKEN_DOCX)

    def main(self) -> str:
        """The name of the main part, as the package's relations tell it."""
        relations = self.read("_rels/.rels")
        for relation in () if relations is None else relations:
            if (value(relation, "Type") or "").endswith("/officeDocument"):
                return (value(relation, "Target") or MAIN_PART).lstrip("/")
        return MAIN_PART


def _of_pictures(name: str, parts: _Parts) -> Document | None:
    """What the pictures of a file without text say; None where it has none."""
    from extract.readers.pasted import pictures, read_pasted

    main = parts.main()
    folder, _, file = main.rpartition("/")
    members = list(pictures(parts.read(main), parts.read(f"{folder}/_rels/{file}.rels"), folder))
    return read_pasted(name, parts.archive, members)


def _text(parts: _Parts) -> str:
    main = parts.main()
    folder = main.rpartition("/")[0]
    document = parts.read(main)
    body = child(document, "body")
    if body is None:
        raise ReportError(BROKEN_DOCX)
    walker = _Walker(read_numbering(parts.read(f"{folder}/numbering.xml"), parts.read(f"{folder}/styles.xml")))
    walker.blocks(body)
    walker.end()
    for name in ("footnotes", "endnotes"):
        notes = parts.read(f"{folder}/{name}.xml")
        for note in () if notes is None else notes:
            if value(note, "type") in (None, "normal"):
                walker.blocks(note)
                walker.end()
    return "\n".join(walker.lines)


@dataclass(slots=True)
class _Cell:
    lines: list[str]
    columns: int
    goes_on: bool  # belongs to the merged cell above

    @property
    def text(self) -> str:
        return " ".join(self.lines).replace("|", "｜").replace("\t", " ")


@dataclass(slots=True)
class _Walker:
    """Collects the lines of a document."""

    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    pending: str = ""  # of paragraphs whose mark was deleted: they go on in the next

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables in order, through content controls, insertions and the like."""
        for element in parent:
            name = local(element)
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.end()
                self.table(element)
            elif name == "AlternateContent":
                self.blocks(_chosen(element))
            elif name not in DROPPED:
                self.blocks(element)

    def end(self) -> None:
        """Write out what waits for a next paragraph that does not come."""
        if self.pending:
            self.lines.append(self.pending)
            self.pending = ""

    def paragraph(self, element: etree._Element) -> None:
        properties = child(element, "pPr")
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        _inline(element, pieces, boxes)
        label = self.numbering.label(properties)
        text = "".join(pieces)
        text = self.pending + (label + text.lstrip() if label and text.strip() else text)
        self.pending = ""
        if child(properties, "rPr", "del") is not None:
            self.pending = text
        else:
            self.lines.extend(text.split("\n"))
        for box in boxes:
            self.blocks(box)

    def table(self, element: etree._Element) -> None:
        rows = [
            [self.cell(cell) for cell in _parts_named(row, "tc")]
            for row in _parts_named(element, "tr")
            if child(row, "trPr", "del") is None
        ]
        cells = [cell for row in rows for cell in row]
        if max(map(len, rows), default=0) > 1 and all(_is_short(cell) for cell in cells):
            self.lines.extend(_row_lines(rows))
        else:
            self.lines.extend(line for cell in cells for line in cell.lines)

    def cell(self, element: etree._Element) -> _Cell:
        outer, self.lines = self.lines, []
        self.blocks(element)
        self.end()
        lines, self.lines = [line for line in self.lines if line.strip()], outer
        properties = child(element, "tcPr")
        merged = child(properties, "vMerge")
        columns = max(1, min(integer(value(child(properties, "gridSpan")), 1), MAX_COLUMNS))
        return _Cell(lines, columns, merged is not None and value(merged) != "restart")


def _is_short(cell: _Cell) -> bool:
    return len(cell.lines) <= MAX_CELL_LINES and sum(map(len, cell.lines)) <= MAX_CELL


def _row_lines(rows: list[list[_Cell]]) -> list[str]:
    """Rows as ``a | b | c``; a merged cell's text stands in every place that it covers."""
    result: list[str] = []
    above: list[str] = []
    for row in rows:
        texts: list[str] = []
        for cell in row[:MAX_COLUMNS]:
            column = len(texts)
            text = above[column] if cell.goes_on and column < len(above) else cell.text
            texts.extend([text] * cell.columns)
        above = texts
        if any(text.strip() for text in texts):
            result.append(" | ".join(text.strip() for text in texts))
    return result


def _parts_named(parent: etree._Element, name: str) -> list[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and insertions."""
    found: list[etree._Element] = []
    for element in parent:
        if local(element) == name:
            found.append(element)
        elif local(element) not in DROPPED and local(element) not in ("tc", "tr"):
            found.extend(_parts_named(element, name))
    return found


def _inline(parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """Text of a paragraph into ``pieces``; its text boxes, each once, into ``boxes``."""
    for element in parent:
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in BREAKS:
            pieces.append(BREAKS[name])
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            _inline(_chosen(element), pieces, boxes)
        elif name not in DROPPED and not (name == "r" and _is_hidden(element)):
            _inline(element, pieces, boxes)


def _chosen(element: etree._Element) -> etree._Element:
    """The one branch of mc:AlternateContent that Word shows."""
    for name in ("Choice", "Fallback"):
        branch = child(element, name)
        if branch is not None:
            return branch
    return element


def _is_hidden(run: etree._Element) -> bool:
    mark = child(run, "rPr", "vanish")
    return mark is not None and value(mark) not in ("0", "false", "off")


def _title(core: etree._Element | None, text: str) -> tuple[str | None, tuple[str, ...]]:
    """The title of the file's properties, if the text bears it out; often it is left from an older file."""
    element = child(core, "title")
    title = " ".join((element.text or "").split()) if element is not None else ""
    if not title:
        return None, ()
    if "".join(title.split()) in "".join(text[:HEAD].split()):
        return title, ()
    return None, (STALE_TITLE,)


def _date(core: etree._Element | None) -> str | None:
    """ISO day on which the file was last saved, else made."""
    for name in ("modified", "created"):
        element = child(core, name)
        stamp = (element.text or "").strip() if element is not None else ""
        found = _DAY.match(stamp)
        if found and stamp != TEMPLATE_STAMP:
            return found[1]
    return None
