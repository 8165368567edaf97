"""Pages as sheets of A4: HTML tables with lamps and shades, page numbers, heads that repeat. No Streamlit.

The tables of the pages are canvases, of which a printer gives only what the screen shows; so the print view writes
them as HTML. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from export import word
from export.columns import number_text
from ui import colours, wording

# As many indicators as fit beside each other on an upright page.
ACROSS = 8

STYLE = """
<style>
@page {size: A4 portrait; margin: 15mm 12mm 16mm; @bottom-center {content: counter(page) " / " counter(pages)}}
@page wide {size: A4 landscape}
.st-key-navigation, .st-key-sample-banner, [data-testid="stDecoration"] {display: none;}
.sheet {max-width: 186mm; color: #000; font-size: 10.5pt; line-height: 1.45; -webkit-print-color-adjust: exact;
  print-color-adjust: exact;}
.sheet h1 {font-size: 16pt; line-height: 1.35; margin: 0 0 2mm; padding: 0;}
.sheet h2 {font-size: 12pt; margin: 5mm 0 1.5mm; padding: 0; break-after: avoid;}
.sheet h3 {font-size: 11pt; margin: 3mm 0 1mm; padding: 0; break-after: avoid;}
.sheet p {margin: 0 0 1.2mm;}
.sheet .small {font-size: 9pt; color: #37474F;}
.sheet .letter p {text-indent: 2em;}
.sheet .letter h1 {text-align: center; margin-bottom: 4mm;}
.sheet .wide {page: wide; break-before: page;}
.sheet table {border-collapse: collapse; table-layout: fixed; width: 100%; font-size: 8.5pt;
  line-height: 1.3; margin: 1mm 0 2mm;}
.sheet thead {display: table-header-group;}
.sheet tr {break-inside: avoid;}
.sheet th, .sheet td {border: 0.6pt solid #7B8A92; padding: 0.7mm 1.2mm; text-align: left; vertical-align: middle;
  overflow-wrap: anywhere;}
.sheet th {background: #EEF2F3; font-weight: 600; text-align: center;}
.sheet td.number {text-align: right; white-space: nowrap;}
.sheet td.lamp {white-space: nowrap;}
@media screen {.sheet {border: 1px solid #C9D2D6; padding: 12mm; margin: 0 auto; box-sizing: content-box;}
  .sheet:has(.wide) {max-width: 273mm;}}
@media print {.sheet {max-width: none; padding-right: 0.5mm;} .sheet .wide {width: 272mm;}
  .st-key-print-bar {display: none !important;}
  [data-testid="stMainBlockContainer"] {padding: 0 !important; max-width: none !important;}
  [data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] {gap: 0;}
  [data-testid="stAppIframeResizerAnchor"], [data-testid="stEvent"], #portal, body > div:not(#root) {display: none;}}
</style>
"""

# A cell: its text, and its background and letters where it is coloured.
Cell = tuple[str, str, str]
_NUMERIC = frozenset("0123456789+-−.,%—")


def sheet(*parts: str) -> str:
    """One document to print, of the parts that the other functions give."""
    return f'{STYLE}<div class="sheet">{"".join(parts)}</div>'


def head(title: str, lines: Iterable[str]) -> str:
    """The title and the small lines below it."""
    return f"<h1>{escape(title)}</h1>" + "".join(f'<p class="small">{escape(line)}</p>' for line in lines if line)


def section(title: str) -> str:
    """A heading between tables."""
    return f"<h2>{escape(title)}</h2>"


def paragraph(text: str) -> str:
    """A paragraph; nothing for no text."""
    return f"<p>{escape(text)}</p>" if text else ""


def table(rows: pd.DataFrame, words: Mapping[str, Callable[[Any], str]], shares: Mapping[str, float]) -> str:
    """A table with lamps coloured; ``words`` write the cells of a column, ``shares`` its part of the width."""
    lines = [
        [_coloured(name, words.get(str(name), _plain)(value)) for name, value in row.items()]
        for row in rows.to_dict("records")
    ]
    heads = [str(name) for name in rows.columns]
    return _table(heads, lines, [shares.get(name, 1.0) for name in heads])


def heat_maps(gaps: pd.DataFrame, leads: pd.DataFrame) -> str:
    """Towns by indicators, the gap in 百分点 on the shade of the lead; below each other what is too wide for a page."""
    return "".join(
        _heat_map(gaps.iloc[:, at : at + ACROSS], leads.iloc[:, at : at + ACROSS])
        for at in range(0, len(gaps.columns), ACROSS)
    )


def _heat_map(gaps: pd.DataFrame, leads: pd.DataFrame) -> str:
    lines = [
        [
            (str(town), "", ""),
            *((wording.points(gap, ""), *colours.gap_shade(lead)) for gap, lead in zip(row, shade, strict=True)),
        ]
        for town, row, shade in zip(gaps.index, gaps.to_numpy(), leads.to_numpy(), strict=True)
    ]
    heads = ["乡镇", *map(str, gaps.columns)]
    empty = ACROSS - len(gaps.columns)
    return _table(heads, lines, [1.5, *[1.0] * len(gaps.columns)], spare=empty)


def document(text: Sequence[word.Block], annexes: Iterable[Sequence[word.Block]]) -> str:
    """What a Word document of the same blocks tells: the text upright, every annex on pages of its own, lying."""
    upright = "".join(map(_block, text))
    lying = "".join(f'<div class="wide">{"".join(map(_block, annex))}</div>' for annex in annexes)
    return f'<div class="letter">{upright}</div>{lying}'


def _block(block: word.Block) -> str:
    if isinstance(block, word.Table):
        return _document_table(block)
    if isinstance(block, word.Text):
        pieces = (escape(piece) if isinstance(piece, str) else f"[{piece}]" for piece in block.pieces)
        return f"<p>{''.join(pieces)}</p>"
    tag = {word.Title: "h1", word.Subtitle: "p", word.Heading: "h2", word.Subheading: "h3"}[type(block)]
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _document_table(block: word.Table) -> str:
    heads = [str(name) for name in block.rows.columns]
    lines = [[_coloured(name, _plain(value)) for name, value in row.items()] for row in block.rows.to_dict("records")]
    return _table(heads, lines, [word.SHARES.get(name, 1.0) for name in heads])


def _plain(value: Any) -> str:
    if isinstance(value, int | float):
        return number_text(value).replace("-", "−") or wording.NONE
    return str(value) if value not in (None, "") and value == value else wording.NONE


def _coloured(name: object, text: str) -> Cell:
    state = text.split(" ", 1)[-1]
    if name != "状态" or state not in colours.LAMPS:
        return text, "", ""
    lamp = colours.LAMPS[state]
    return lamp.label, lamp.cell, lamp.text


def _table(heads: Sequence[str], lines: Iterable[Sequence[Cell]], shares: Sequence[float], spare: float = 0) -> str:
    total = sum(shares)
    columns = "".join(f'<col style="width: {share / total:.1%}">' for share in shares)
    titles = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, line))}</tr>" for line in lines)
    width = f' style="width: {total / (total + spare):.1%}"' if spare else ""
    return f"<table{width}><colgroup>{columns}</colgroup><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell) -> str:
    text, background, letters = cell
    kind = ' class="number"' if set(text) <= _NUMERIC else ""
    style = f' style="background: {background}; color: {letters}"' if background else ""
    return f"<td{kind}{style}>{escape(text)}</td>"
