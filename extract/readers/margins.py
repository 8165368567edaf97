"""Running heads and page numbers: lines that recur at the top or the bottom of the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.readers.glyphs import Line
from extract.readers.wrapping import ends_sentence, is_page_line

LOOKED_AT = 3  # lines at the top and at the bottom of each page
RECURS = 0.5  # of the pages, on at least two
ZONE = 0.12  # of the page's height, at the top and at the bottom, where a page number stands
MAX_HEAD = 60  # characters

_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"[\s·.—–-]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[\s·.—–-]*")


def without_margins(
    pages: Sequence[list[Line]], heights: Sequence[tuple[float, float]]
) -> tuple[list[list[Line]], bool]:
    """The pages without their running heads and page numbers, and whether any were there.

    ``heights``: top and bottom of each page.
    """
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_shape(line.text) for line in _outer(lines)})
    most = max(2.0, RECURS * len(pages))
    kept: list[list[Line]] = []
    for lines, height in zip(pages, heights, strict=True):
        outer = {id(line) for line in _outer(lines)}
        kept.append([line for line in lines if id(line) not in outer or not _is_margin(line, height, counts, most)])
    return kept, sum(map(len, kept)) < sum(map(len, pages))


def _outer(lines: Sequence[Line]) -> list[Line]:
    by_height = sorted(lines, key=lambda line: line.top)
    return [line for line in (*by_height[:LOOKED_AT], *by_height[-LOOKED_AT:]) if not line.row]


def _is_margin(line: Line, height: tuple[float, float], counts: Counter[str], most: float) -> bool:
    top, bottom = height
    zone = ZONE * (bottom - top)
    outside = line.bottom < top + zone or line.top > bottom - zone
    if outside and (_BARE_NUMBER.fullmatch(line.text) or is_page_line(line.text)):
        return True
    recurs = counts[_shape(line.text)] >= most
    return outside and recurs and len(line.text) <= MAX_HEAD and not ends_sentence(line.text)


def _shape(text: str) -> str:
    """The line with every number as #, so that 第 3 页 and 第 4 页 are one."""
    return _DIGITS.sub("#", "".join(text.split()))
