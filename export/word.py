"""Word documents in the form of Chinese offices: A4, 黑体 and 仿宋, page numbers, tables whose heads repeat.

Sizes and margins follow GB/T 9704—2012 (党政机关公文格式): margins 37, 35, 28 and 26 mm, text 三号 (16 pt)
on 28 pt lines, indented by two characters. Numbers of notes are links to the rows that explain them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from numbers import Real
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt

from export.columns import number_text

SONG, HEI, FANGSONG, LATIN = "宋体", "黑体", "仿宋", "Times New Roman"
SHORT_EDGE, LONG_EDGE = Mm(210), Mm(297)
# Top, bottom, left, right in mm.
MARGINS = (37, 35, 28, 26)
WIDE_MARGINS = (26, 24, 22, 22)
LINE = Pt(28)
# Style -> Chinese font, size in points, centred, indented by two characters.
STYLES: dict[str, tuple[str, float, bool, bool]] = {
    "Normal": (FANGSONG, 16, False, False),
    "Title": (HEI, 22, True, False),
    "Subtitle": (FANGSONG, 16, True, False),
    "Heading 1": (HEI, 16, False, True),
    "Heading 2": (HEI, 15, False, True),
    "Body Text": (FANGSONG, 16, False, True),
    "Table Head": (HEI, 10.5, True, False),
    "Table Cell": (FANGSONG, 10.5, False, False),
    "Table Number": (FANGSONG, 10.5, True, False),
}
TABLE_LINE = Pt(15)
FOOTER_SIZE = 14
# Shares of a table's width by head; what is not here has one share.
SHARES: dict[str, float] = {
    "指标": 2.1, "时段": 2.2, "乡镇": 1.6, "内容": 6.0, "项目": 1.6, "原文": 6.0, "报告名称": 2.6, "名次": 0.8,
    "数值": 1.4, "注": 0.8, "状态": 1.5, "说明": 1.3, "单位": 1.1, "目标口径": 1.4, "核对状态": 1.2, "序时进度(%)": 1.2,
    "与序时进度差(百分点)": 1.6, "完成情况": 2.4, "与序时差": 1.3, "连续落后": 1.6, "今后每月需": 1.2,
    "注号": 1.1, "报告所述原因": 3.0, "报告所述措施": 3.0, "办理": 1.4, "反馈（措施、时限、责任人）": 3.0, "县区": 1.0,
}  # fmt: skip
LEFT_ALIGNED = frozenset(
    {"指标", "内容", "项目", "原文", "报告名称", "说明", "完成情况", "报告所述原因", "报告所述措施", "办理"}
)
MISSING = "—"
HEAD_FILL = "E6F1F1"
# Characters that XML may not hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")

# Text, or the number of a note.
Piece = str | int


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A line under the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level: 一、范围和口径."""

    text: str


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading of the second level: （一）欠序时(红)."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of texts and numbers of notes."""

    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page.

    ``note_column`` holds numbers of notes; with ``anchors`` these rows are what the links lead to.
    """

    rows: pd.DataFrame
    note_column: str | None = None
    anchors: bool = False


Block = Title | Subtitle | Heading | Subheading | Text | Table
_STYLE_OF: dict[type, str] = {
    Title: "Title",
    Subtitle: "Subtitle",
    Heading: "Heading 1",
    Subheading: "Heading 2",
    Text: "Body Text",
}


def to_docx(title: str, text: Iterable[Block], annexes: Iterable[Sequence[Block]]) -> bytes:
    """A document with ``text`` on upright pages and each of ``annexes`` from the top of a wide page."""
    document = Document()
    _properties(document, title)
    _styles(document)
    _page(document.sections[0], wide=False)
    _page_number(document.sections[0].footer.paragraphs[0])
    for block in text:
        _add(document, block, document.sections[0])
    for annex in annexes:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        _page(section, wide=True)
        for block in annex:
            _add(document, block, section)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _properties(document: Any, title: str) -> None:
    told = document.core_properties
    told.title, told.author, told.comments, told.language = title[:255], "", "", "zh-CN"


def _styles(document: Any) -> None:
    for name, (font, size, centred, indented) in STYLES.items():
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = document.styles[name]
        _font(style.element.get_or_add_rPr(), font)
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        style.font.color.rgb = None
        _lines(style.paragraph_format, _line_of(name, size))
        style.paragraph_format.alignment = _alignment(name, centred)
        style.paragraph_format.first_line_indent = Pt(2 * size) if indented else None
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
        for colour in style.element.findall(f".//{qn('w:color')}"):
            colour.getparent().remove(colour)


def _line_of(name: str, size: float) -> Any:
    if name.startswith("Table"):
        return TABLE_LINE
    return LINE if size <= 16 else Pt(size * 1.6)


def _alignment(name: str, centred: bool) -> Any:
    if centred:
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.LEFT if name.startswith("Table") else WD_ALIGN_PARAGRAPH.JUSTIFY


def _lines(form: Any, spacing: Any) -> None:
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    form.space_before = form.space_after = Pt(0)


def _font(properties: Any, chinese: str) -> None:
    """Latin and Chinese fonts by name; a theme's font would go before them."""
    fonts = properties.get_or_add_rFonts()
    for name in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for kind, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{kind}"), font)


def _page(section: Any, *, wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG_EDGE, SHORT_EDGE) if wide else (SHORT_EDGE, LONG_EDGE)
    top, bottom, left, right = (Mm(length) for length in (WIDE_MARGINS if wide else MARGINS))
    section.top_margin, section.bottom_margin = top, bottom
    section.left_margin, section.right_margin = left, right


def _page_number(paragraph: Any) -> None:
    """``— 1 —`` in the middle of the foot, as a field."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = None
    for kind, text in (("", "— "), ("begin", ""), ("code", " PAGE "), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        run.font.size = Pt(FOOTER_SIZE)
        _font(run._element.get_or_add_rPr(), SONG)
        if kind == "code":
            code = _element("w:instrText", {"xml:space": "preserve"})
            code.text = text
            run._element.append(code)
        elif kind:
            run._element.append(_element("w:fldChar", {"w:fldCharType": kind}))


def _add(document: Any, block: Block, section: Any) -> None:
    if isinstance(block, Table):
        width = section.page_width - section.left_margin - section.right_margin
        _add_table(document, block, Length(width).pt * 20)
        return
    pieces = block.pieces if isinstance(block, Text) else [block.text]
    runs = "".join(_run(piece) if isinstance(piece, str) else _note_link(piece, raised=True) for piece in pieces)
    paragraph = document.add_paragraph(style=_STYLE_OF[type(block)])
    paragraph._element.extend(list(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")))


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(_UNWRITABLE.sub("", text))}</w:t></w:r>'


def _note_link(number: int, *, raised: bool) -> str:
    """``[12]`` as a link to the row of that note."""
    properties = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if raised else ""
    return f'<w:hyperlink w:anchor="{_anchor(number)}" w:history="1">{_run(f"[{number}]", properties)}</w:hyperlink>'


def _anchor(number: int) -> str:
    return f"note_{number}"


def _add_table(document: Any, block: Table, width: float) -> None:
    """As XML in one piece: cell by cell a table of some thousand rows would take minutes."""
    heads = [str(head) for head in block.rows.columns]
    shares = [SHARES.get(head, 1.0) for head in heads]
    widths = [int(width * share / sum(shares)) for share in shares]
    rows = [_row([_cell(_run(head), at, "TableHead") for head, at in zip(heads, widths, strict=True)], head=True)]
    for cells in block.rows.itertuples(index=False, name=None):
        rows.append(_row([_body_cell(block, *cell) for cell in zip(heads, cells, widths, strict=True)]))
    grid = "".join(f'<w:gridCol w:w="{at}"/>' for at in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    document.element.body.insert_element_before(table, "w:sectPr")
    _lines(document.add_paragraph(style="Normal").paragraph_format, Pt(8))


def _body_cell(block: Table, head: str, value: object, width: int) -> str:
    shown = cell_text(value)
    if head != block.note_column or shown == MISSING:
        return _cell(_run(shown), width, "TableCell" if head in LEFT_ALIGNED else "TableNumber")
    number = int(float(str(value)))
    if not block.anchors:
        return _cell(_note_link(number, raised=False), width, "TableNumber")
    start = f'<w:bookmarkStart w:id="{number}" w:name="{_anchor(number)}"/>'
    return _cell(f'{start}{_run(f"[{number}]")}<w:bookmarkEnd w:id="{number}"/>', width, "TableNumber")


def cell_text(value: object) -> str:
    """A cell as it is printed: numbers with the digits that they have, ``—`` for what is missing."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return number_text(float(value)) if math.isfinite(value) else MISSING
    return value if isinstance(value, str) else MISSING


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, style: str) -> str:
    shade = f'<w:shd w:val="clear" w:fill="{HEAD_FILL}"/>' if style == "TableHead" else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p></w:tc>'
    )


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
