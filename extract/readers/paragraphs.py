"""Printed lines joined into paragraphs: a line that fills its column goes on in the next one.

Every paragraph knows from where on which page each of its parts came, so that an offset into the text has its page
and the line's place on the page's picture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.models import Mark
from extract.readers.glyphs import Line
from extract.readers.regions import Region, mark_of
from extract.readers.repair import repair
from extract.readers.wrapping import ends_sentence, joined, starts_item

ROOM = 2.0  # of the font's size: what a full line may leave free at its right
INDENT = 1.0  # of the font's size: a line that begins further in begins a paragraph
LARGER = 1.15  # times the column's usual size: a title
TALLER = 1.6  # the same for a line of figures alone, whose size is its height: with it fonts are 1 to 1.4 times as tall
ALIKE = 0.2  # of the font's size that two lines of one paragraph may differ in
PITCH = 2.2  # of the font's size between two lines of one paragraph, at most
LOOSER = 1.25  # times the usual distance of two lines, where that is more (double spacing)
LONG = 12  # characters of a line that tells the column's right border
NARROW = 0.58  # of the page's width, shared by its columns: where all lines are shorter the border is not known

_WORD = re.compile(r"[!-~]+")
_SQUARE = re.compile("[\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Border:
    left: float
    right: float
    size: float
    pitch: float


def as_text(pages: Sequence[Sequence[Line]], width: float) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """The text of the pages, the marks of their lines, and flags of what was mended.

    ``width`` is that of the widest page, in points.
    """
    lines = [line for page in pages for line in page]
    borders = _borders(lines, width)
    paragraphs: list[list[Line]] = []
    for line in _whole_rows(lines):
        if paragraphs and _goes_on(paragraphs[-1], line, borders):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return _assembled(paragraphs)


def _whole_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with a table's row put together that a page's end cut: on the next page a cell or two go on."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last and last.row and line.row and last.page < line.page and _goes_on_row(last.text, line.text):
            cells = zip(last.text.split(" | "), line.text.split(" | "), strict=True)
            last.text = " | ".join(before + after for before, after in cells)
            continue
        whole.append(line)
    return whole


def _goes_on_row(row: str, rest: str) -> bool:
    """Has the second row as many cells, and less than half of them filled, none with a figure?"""
    cells = [cell.strip() for cell in rest.split(" | ")]
    filled = [cell for cell in cells if cell]
    same = len(cells) == len(row.split(" | "))
    return same and len(filled) * 2 < len(cells) and not any(_DIGIT.search(cell) for cell in filled)


def _borders(lines: Sequence[Line], width: float) -> dict[tuple[int, int], _Border]:
    """Left and right border and usual size of each column."""
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if not line.row:
            groups[line.column].append(line)
    found = {}
    for column, group in groups.items():
        long = [line for line in group if len(line.text) >= LONG] or group
        rights = sorted(line.right for line in long)
        lefts = sorted(line.left for line in long)
        sizes = sorted(line.size for line in long)
        right = rights[min(len(rights) - 1, int(0.95 * len(rights)))]
        left = lefts[len(lefts) // 10]
        if right - left < NARROW * width / column[1]:
            right = float("inf")
        found[column] = _Border(left, right, sizes[len(sizes) // 2], _pitch(group))
    return found


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance of two lines that stand below each other; 0 where there are none."""
    distances = [
        below.middle - above.middle
        for above, below in pairwise(lines)
        if above.page == below.page and len(above.text) >= LONG
    ]
    below = [distance for distance in distances if distance > 0]
    return median(below) if below else 0.0


def _goes_on(paragraph: Sequence[Line], line: Line, borders: dict[tuple[int, int], _Border]) -> bool:
    """Does the line continue the paragraph?"""
    last = paragraph[-1]
    if last.row or line.row or "  " in line.text or "  " in last.text:
        return False
    before, after = borders[last.column], borders[line.column]
    same_place = last.page == line.page and last.column == line.column
    if same_place and line.middle - last.middle > max(PITCH * max(last.size, line.size), LOOSER * after.pitch):
        return False
    if _is_title(last, before):
        return _is_title(line, after) and same_place and not ends_sentence(last.text) and not starts_item(line.text)
    if _is_title(line, after) or not _is_alike(last, line):
        return False
    if line.left - after.left > INDENT * line.size or (starts_item(line.text) and ends_sentence(last.text)):
        return False
    return before.right - last.right < max(ROOM, _first_word(line.text) + 1) * last.size


def _first_word(text: str) -> float:
    """Width of what may not be cut at the line's beginning (407900 is), in full-width characters."""
    found = _WORD.match(text)
    return 0.6 * len(found[0]) if found else 1.0


def _is_title(line: Line, border: _Border) -> bool:
    return line.size > (LARGER if _SQUARE.search(line.text) else TALLER) * border.size


def _is_alike(last: Line, line: Line) -> bool:
    """Are two lines of one size? Of figures alone it is not known."""
    known = _SQUARE.search(last.text) and _SQUARE.search(line.text)
    return not known or abs(last.size - line.size) <= ALIKE * last.size


def _assembled(paragraphs: Sequence[Sequence[Line]]) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """Mending happens here, part by part and before the offsets are counted, so that the marks stay true."""
    text = ""
    marks: list[Mark] = []
    flags: list[str] = []
    for paragraph in paragraphs:
        parts = []
        for line in paragraph:
            mended, made = repair(line.text)
            flags.extend(made)
            parts.append((mended.strip(), line.region or Region(line.page)))
        parts = [(part, region) for part, region in parts if part]
        if not parts:
            continue
        text += "\n" if text else ""
        _mark(marks, len(text), parts)
        text += joined([part for part, _ in parts])
    return text, tuple(marks), tuple(dict.fromkeys(flags))


def _mark(marks: list[Mark], start: int, parts: Sequence[tuple[str, Region]]) -> None:
    """A mark for each line of the paragraph that begins at ``start``; without a place, only where its page is new."""
    last = ""
    for part, region in parts:
        start += len(joined([last, part])) - len(last) - len(part) if last else 0
        mark = mark_of(start, region)
        if not marks or marks[-1].place != mark.place:
            marks.append(mark)
        start += len(part)
        last = part
