"""What the objects of an OFD page draw: characters and straight lines with their places, in points.

Lengths in the file are millimetres from the page's upper left corner; an object's own points go through its matrix
(CTM) and begin at its boundary's corner (GB/T 33190, 8.5 and 11.3). What stands askew (a watermark) is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from extract.readers.glyphs import SKEW, Letter
from extract.readers.grids import THIN, Box
from extract.readers.numbering import local, value

POINTS = 72 / 25.4  # of a millimetre
FARTHEST = 1e5  # millimetres: no page is so large
ASCENT = 0.88  # of a character's size that stands above its line
HALF = 0.55  # of the size: how wide a Latin letter is where the file does not say
MOST_REPEATS = 10_000  # of one distance ("g 12 3.5" is 3.5 twelve times)
MOST_STEPS = 4000  # of one path

# How many numbers follow a letter of a path; the last two are where it ends.
STEPS = {"M": 2, "L": 2, "S": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
STRAIGHT = frozenset("LC")

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: the point (x, y) is (ax + cy + e, bx + dy + f) on the page."""


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute up to the first that is none."""
    found: list[float] = []
    for part in (text or "").split():
        try:
            number = float(part)
        except ValueError:
            return found
        if not abs(number) < FARTHEST:
            return found
        found.append(number)
    return found


def matrix_of(element: etree._Element) -> Matrix:
    """How the points of an object lie on the page."""
    a, b, c, d, e, f = matrix if len(matrix := numbers(value(element, "CTM"))) == 6 else (1, 0, 0, 1, 0, 0)
    left, top = (*numbers(value(element, "Boundary"))[:2], 0.0, 0.0)[:2]
    return a, b, c, d, e + left, f + top


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point of the page, in points."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * POINTS, (b * x + d * y + f) * POINTS


def letters_of(element: etree._Element) -> Iterator[Letter]:
    """The characters of a text object; none where it stands askew."""
    matrix = matrix_of(element)
    across, up = math.hypot(*matrix[:2]), math.hypot(*matrix[2:4])
    size = (*numbers(value(element, "Size")), 0.0)[0]
    if abs(math.atan2(matrix[1], matrix[0])) > SKEW or size <= 0:
        return
    wide = size * across * POINTS * (*numbers(value(element, "HScale")), 1.0)[0]
    high = size * up * POINTS
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode" or not code.text:
            continue
        x, y = (*numbers(value(code, "X"))[:1], x)[0], (*numbers(value(code, "Y"))[:1], y)[0]
        rights = _distances(value(code, "DeltaX"))
        downs = _distances(value(code, "DeltaY"))
        natural = [size if ord(sign) > 0xFF else size * HALF for sign in code.text]
        for index, sign in enumerate(code.text):
            left, base = _at(matrix, x, y)
            if sign.isprintable() or sign.isspace():
                width = wide if ord(sign) > 0xFF else wide * HALF
                yield sign, left, left + width, base - ASCENT * high, base + (1 - ASCENT) * high
            x += rights[index] if index < len(rights) else 0.0 if downs else natural[index]
            y += downs[index] if index < len(downs) else 0.0


def _distances(text: str | None) -> list[float]:
    """The distances of characters: ``g 3 4.2 5`` is three times 4.2, then 5."""
    parts = iter((text or "").split())
    found: list[float] = []
    for part in parts:
        if part == "g":
            count, distance = numbers(next(parts, "")), numbers(next(parts, ""))
            if not count or not distance:
                return found
            found += distance * max(0, min(int(count[0]), MOST_REPEATS))
        else:
            one = numbers(part)
            if not one:
                return found
            found += one
    return found


def rules_of(element: etree._Element) -> Iterator[Box]:
    """The straight lines of a path as thin boxes; a thin filled shape is one line."""
    data = value(element, "AbbreviatedData") or next(
        (item.text for item in element if local(item) == "AbbreviatedData"), ""
    )
    points = [(*_at(matrix_of(element), x, y), straight) for x, y, straight in _steps(data or "")]
    if not points:
        return
    whole = (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
    if min(whole[2] - whole[0], whole[3] - whole[1]) <= THIN:
        yield whole
        return
    for (ax, ay, _), (bx, by, straight) in pairwise(points):
        if straight:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _steps(data: str) -> Iterator[tuple[float, float, bool]]:
    """Where each step of a path ends, and whether a straight line leads there; none after what is not understood."""
    parts = iter(data.split()[: MOST_STEPS * 8])
    first: tuple[float, float] | None = None
    for letter in parts:
        if letter not in STEPS:
            return
        if letter == "C":
            if first is not None:
                yield *first, True
            continue
        given = numbers(" ".join(next(parts, "") for _ in range(STEPS[letter])))
        if len(given) < STEPS[letter]:
            return
        if letter in "MS":
            first = given[0], given[1]
        yield given[-2], given[-1], letter in STRAIGHT
