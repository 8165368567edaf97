"""An HTML tree as lines: one for every paragraph, heading, list item and table row.

``parse_markup`` makes the tree; ``read_markup`` walks it once, without recursion, and notes for every
element which lines it covers, so that the choice of the article is arithmetic on lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extract.models import ReportError

_UNSEEN = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "head"})
_CONTROLS = frozenset({"select", "option", "button", "textarea", "input"})
SKIPPED = _UNSEEN | _CONTROLS | {"nav", "footer", "aside"}
_PARTS = frozenset({"html", "body", "main", "section", "article", "header", "div", "center", "form", "fieldset"})
_TEXTS = frozenset(
    {"p", "pre", "address", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption"}
)
_LISTS = frozenset({"ul", "ol", "li", "dl", "dt", "dd", "details", "summary"})
_TABLES = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
BLOCKS = _PARTS | _TEXTS | _LISTS | _TABLES
ODD_PAGE = "这个网页的标签嵌套过深或过于庞大，不像正常的网页，没有读取。请在浏览器里打开它，复制正文存为文本后再上传。"
MAX_DEPTH = 512  # deepest nesting of block tags, as in browsers; the time for parsing grows with it
MAX_COLUMNS = 60  # a wider table, or a colspan that says so, is cut
MAX_CELL, MAX_CELL_LINES = 300, 30  # characters, lines; a cell with more holds an article, not a figure

# Every tag before which HTML looks for an open paragraph: nested without end they cost time that grows squared.
_NESTING_TAG = re.compile(
    r"<(/?)(?:address|applet|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer"
    r"|form|header|hgroup|listing|main|marquee|menu|nav|object|ol|pre|search|section|summary|table|ul)\b",
    re.I,
)
# Tags that only change how letters look. HTML repeats the unclosed ones in every later paragraph, which a
# hostile page turns into millions of nodes; so they go before parsing.
_STYLE_TAG = re.compile(r"</?(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?:\s[^<>]*)?/?>", re.I)
_BREAK = re.compile(r"[ \t\r\f]*\n\s*")
_BREAK_BY_CHINESE = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*|[ \t\r\f]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_BLANKS = re.compile(r"[ \t\r\f]+")
_WHITE = " \t\r\n\f"
_NUMBER = re.compile(r"\d{1,5}")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


@dataclass(slots=True)
class Line:
    """One line of the page; ``linked`` is how many of its characters are links."""

    text: str
    linked: int = 0
    row: bool = False


@dataclass(slots=True)
class Element:
    """A block element and the lines that it covers, end excluded."""

    tag: str
    names: str
    hidden: bool
    start: int
    end: int = 0


@dataclass(slots=True)
class _Cell:
    start: int
    columns: int
    rows: int
    text: str = ""


@dataclass(slots=True)
class _Table:
    start: int
    elements: int
    layout: bool = False  # holds another table or a long text: it only places things on the page
    rows: list[list[_Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Markup:
    """Lines and block elements of a page, in document order."""

    lines: list[Line] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    links: int = 0
    preformatted: int = 0

    def add(self, text: str) -> None:
        """Text of the line under way."""
        self.pieces.append((text if self.preformatted else _folded(text), self.links > 0))

    def end_line(self) -> None:
        """Close the line under way, if it has any text."""
        text = "".join(piece for piece, _ in self.pieces)
        linked = sum(len(piece.strip()) for piece, is_link in self.pieces if is_link)
        self.pieces.clear()
        shown = text.split("\n") if self.preformatted else [_BLANKS.sub(" ", text).strip(" ")]
        self.lines.extend(Line(line.rstrip(), linked) for line in shown if line.strip())


def parse_markup(html: str) -> LexborHTMLParser:
    """The tree of a page; raises ReportError for one that no person wrote (nested too deep, too large in memory)."""
    depth = 0
    for tag in _NESTING_TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            raise ReportError(ODD_PAGE)
    try:
        return LexborHTMLParser(_STYLE_TAG.sub("", html))
    except SelectolaxError as error:
        raise ReportError(ODD_PAGE) from error


def read_markup(tree: LexborHTMLParser) -> Markup:
    """The lines and elements of a page or of a piece of one, in one pass over the tree."""
    page = Markup()
    node = tree.root
    opened: list[Element | None] = []
    while node is not None:
        opened.append(_enter(page, node))
        below = None if node.tag in SKIPPED else node.child
        if below is not None:
            node = below
            continue
        node = _leave_to_next(page, node, opened)
    page.end_line()
    return page


def _leave_to_next(page: Markup, node: LexborNode | None, opened: list[Element | None]) -> LexborNode | None:
    while node is not None and opened:
        _leave(page, node, opened.pop())
        following = node.next
        if following is not None and opened:
            return following
        node = node.parent
    return None


def _folded(text: str) -> str:
    """White space as a browser shows it, but no blank for a source line's end beside a Chinese character."""
    if "\n" not in text:
        return text
    inner = text.strip(_WHITE)
    before, after = " " * (text[0] in _WHITE), " " * (text[-1] in _WHITE)
    return before + _BREAK.sub(" ", _BREAK_BY_CHINESE.sub("", inner)) + after


def _enter(page: Markup, node: LexborNode) -> Element | None:
    tag = node.tag
    if tag == "-text":
        page.add(node.text_content or "")
        return None
    if tag == "br":
        page.end_line()
    page.links += tag == "a"
    if tag not in BLOCKS:
        return None
    page.end_line()
    page.preformatted += tag == "pre"
    element = _element(page, node)
    page.elements.append(element)
    _enter_table_part(page, node, element)
    return element


def _element(page: Markup, node: LexborNode) -> Element:
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    hidden = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
    return Element(node.tag or "", names, hidden, len(page.lines))


def _enter_table_part(page: Markup, node: LexborNode, element: Element) -> None:
    if element.tag == "table":
        for outer in page.tables[-1:]:
            outer.layout = True
        page.tables.append(_Table(element.start, len(page.elements)))
    elif page.tables and element.tag == "tr":
        page.tables[-1].rows.append([])
    elif page.tables and page.tables[-1].rows and element.tag in ("td", "th"):
        attributes = node.attributes
        cell = _Cell(element.start, _span(attributes.get("colspan")), _span(attributes.get("rowspan")))
        page.tables[-1].rows[-1].append(cell)


def _span(value: str | None) -> int:
    found = _NUMBER.match((value or "").strip())
    return max(1, int(found[0])) if found else 1


def _leave(page: Markup, node: LexborNode, element: Element | None) -> None:
    page.links -= node.tag == "a"
    if element is None:
        return
    page.end_line()
    page.preformatted -= element.tag == "pre"
    if element.tag in ("td", "th") and page.tables:
        _end_cell(page, page.tables[-1])
    if element.tag == "table" and page.tables:
        _end_table(page, page.tables.pop())
    element.end = len(page.lines)


def _end_cell(page: Markup, table: _Table) -> None:
    if table.layout or not table.rows or not table.rows[-1]:
        return
    cell = table.rows[-1][-1]
    count = len(page.lines) - cell.start
    if count > MAX_CELL_LINES or sum(len(line.text) for line in page.lines[cell.start :]) > MAX_CELL:
        table.layout = True
        return
    cell.text = " ".join(line.text for line in page.lines[cell.start :]).replace("|", "｜")


def _end_table(page: Markup, table: _Table) -> None:
    """A table of short cells becomes rows; one that only lays out the page stays lines."""
    cells = [cell for row in table.rows for cell in row]
    if table.layout or max((len(row) for row in table.rows), default=0) < 2:
        return
    caption = page.lines[table.start : cells[0].start]
    linked = sum(line.linked for line in page.lines[table.start :])
    rows = [row for row in _rows(table.rows) if row.strip(" |")]
    del page.elements[table.elements :]
    page.lines[table.start :] = [*caption, *(Line(row, linked // max(1, len(rows)), True) for row in rows)]


def _rows(rows: list[list[_Cell]]) -> list[str]:
    """Rows as ``a | b | c``; a merged cell's text stands in every place that it covers."""
    result: list[str] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        texts: list[str] = []
        waiting = iter(row)
        below: dict[int, tuple[int, str]] = {}
        while len(texts) < MAX_COLUMNS:
            column = len(texts)
            if column in hanging:
                left, text = hanging[column]
                texts.append(text)
                if left > 1:
                    below[column] = (left - 1, text)
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            _place(cell, texts, below)
        result.append(" | ".join(texts))
        hanging = below
    return result


def _place(cell: _Cell, texts: list[str], below: dict[int, tuple[int, str]]) -> None:
    for _ in range(min(cell.columns, MAX_COLUMNS - len(texts))):
        if cell.rows > 1:
            below[len(texts)] = (cell.rows - 1, cell.text)
        texts.append(cell.text)
