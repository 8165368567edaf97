"""Tables of a PDF page by their ruled lines: which cells there are, and the text in each.

The lines come from pdfium; pdfplumber's geometry joins them and finds the cells.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from extract.readers.glyphs import Line, Piece, lines_of, turned
from extract.readers.wrapping import joined

THIN = 3.0  # points: a rectangle thinner than this is a line
SHORTEST = 4.0  # points
MOST_OBJECTS, MOST_EDGES = 20_000, 4_000
MIN_CELLS = 4
TOLERANCE = 3.0
STACKED = 2  # cells that hold as many figures over each other: rows between which no rule was seen
MAX_COLUMNS = 60  # as for tables of web pages

_FIGURE = re.compile(r"[-+−]?[\d,]+(?:\.\d+)?[%％]?")

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its place and its cells."""

    box: Box
    cells: tuple[Box, ...]


def find_grids(page: object, turns: int) -> list[Grid]:
    """The ruled tables of a page, from top to bottom; none where it has next to no straight lines."""
    return grids_of(_segments(page, turns))


def grids_of(lines: Iterable[Box]) -> list[Grid]:
    """The tables that straight lines make, from top to bottom; the lines as thin boxes in points."""
    edges = list(islice((edge for box in lines if (edge := _edge(*box))), MOST_EDGES))
    if len(edges) < MIN_CELLS:
        return []
    from pdfplumber import table

    merged = table.merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    cells = table.intersections_to_cells(table.edges_to_intersections(merged, TOLERANCE, TOLERANCE))
    groups = [group for group in table.cells_to_tables(cells) if len(group) >= MIN_CELLS]
    return sorted((Grid(_around(group), tuple(group)) for group in groups), key=lambda grid: grid.box[1])


def _around(cells: Sequence[Box]) -> Box:
    return (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))


def _edge(left: float, top: float, right: float, bottom: float) -> dict[str, Any] | None:
    width, height = right - left, bottom - top
    if height <= THIN and width >= SHORTEST:
        middle = (top + bottom) / 2
        return {"orientation": "h", "x0": left, "x1": right, "top": middle, "bottom": middle, "width": width}
    if width <= THIN and height >= SHORTEST:
        middle = (left + right) / 2
        return {"orientation": "v", "x0": middle, "x1": middle, "top": top, "bottom": bottom, "height": height}
    return None


def _segments(page: object, turns: int) -> Iterator[Box]:
    """The straight pieces of every drawn path, as boxes of the turned page; a filled rectangle gives its sides."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _of_path(drawn, turns)


def _of_path(drawn: object, turns: int) -> Iterator[Box]:
    box = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, box)):
        return
    left, bottom, right, top = (value.value for value in box)
    (x0, y0), (x1, y1) = turned(left, top, turns), turned(right, bottom, turns)
    whole = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    if min(whole[2] - whole[0], whole[3] - whole[1]) <= THIN:
        yield whole
        return
    points = list(_points(drawn, turns))
    for (ax, ay), (bx, by) in pairwise(points):
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _points(drawn: object, turns: int) -> Iterator[tuple[float, float]]:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn), MOST_EDGES)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            yield turned(
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
                turns,
            )


def inside(box: Box, piece: Piece) -> bool:
    """Whether a piece begins in a box, its middle in the box's height."""
    return (
        box[0] <= piece.left + min(piece.size, piece.right - piece.left) / 2 <= box[2]
        and box[1] <= piece.middle <= box[3]
    )


def split_at(grid: Grid, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those cut that run over a cell's border, between two letters.

    Text that runs over into a cell that has its own stays whole: it was too long for its cell.
    """
    found: list[Piece] = []
    for piece in pieces:
        borders = [
            cell[0]
            for cell in grid.cells
            if cell[1] <= piece.middle <= cell[3]
            and piece.left + piece.size / 2 < cell[0] < piece.right - piece.size / 2
            and not any(one is not piece and cell[0] <= one.left < cell[2] and _beside(one, piece) for one in pieces)
        ]
        found.extend(_cut(piece, sorted(borders)) if borders else [piece])
    return found


def _beside(one: Piece, other: Piece) -> bool:
    return min(one.bottom, other.bottom) - max(one.top, other.top) > one.height / 2


def _cut(piece: Piece, borders: Sequence[float]) -> Iterator[Piece]:
    width = (piece.right - piece.left) / len(piece.text)
    lefts = piece.lefts or tuple(piece.left + index * width for index in range(len(piece.text)))
    places = [0, *(bisect_left(lefts, border - width / 4) for border in borders), len(piece.text)]
    for start, end in pairwise(places):
        text = piece.text[start:end]
        if text.strip():
            right = lefts[end] if end < len(piece.text) else piece.right
            yield Piece(text.strip(), lefts[start], right, piece.top, piece.bottom, piece.size)


def rows_of(grid: Grid, pieces: Sequence[Piece]) -> list[Line]:
    """The table's rows as ``a | b | c``; a merged cell's text stands in every place that it covers."""
    tops = _distinct(cell[1] for cell in grid.cells)
    lefts = _distinct(cell[0] for cell in grid.cells)[:MAX_COLUMNS]
    held = {cell: [piece for piece in pieces if inside(cell, piece)] for cell in grid.cells}
    size = max((piece.size for piece in pieces), default=10.0)
    found: list[Line] = []
    for top, below in pairwise([*tops, grid.box[3]]):
        cells = [_covering(grid, x + TOLERANCE, (top + below) / 2) for x in lefts]
        row = [_of_row(held[cell], top, below) if cell else [] for cell in cells]
        for upper, lower in pairwise(_bands(row, top, below)):
            texts = [
                _text([p for p in held if upper <= p.middle < lower or not top <= p.middle < below]) for held in row
            ]
            if any(texts):
                found.append(Line(" | ".join(texts), grid.box[0], grid.box[2], upper, lower, size, row=True))
    return found


def _bands(row: Sequence[Sequence[Piece]], top: float, below: float) -> list[float]:
    """Where the row ends and begins, and between: where two cells and more hold as many figures over each other.

    A rule between such rows was not seen; as one row their figures would run together.
    """
    stacked = [sorted(piece.middle for piece in held) for held in row if len(held) > 1 and all(map(_is_figure, held))]
    if len(stacked) < STACKED or len({len(middles) for middles in stacked}) > 1:
        return [top, below]
    usual = [median(places) for places in zip(*stacked, strict=True)]
    return [top, *((upper + lower) / 2 for upper, lower in pairwise(usual)), below]


def _of_row(held: list[Piece], top: float, below: float) -> list[Piece]:
    """The pieces of a cell that a row shows: all, but of figures over each other (a rule was not seen) its own."""
    if len(held) > 1 and all(map(_is_figure, held)):
        return [piece for piece in held if top <= piece.middle <= below]
    return held


def _is_figure(piece: Piece) -> bool:
    return bool(_FIGURE.fullmatch(piece.text))


def _covering(grid: Grid, x: float, y: float) -> Box | None:
    return next((cell for cell in grid.cells if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None)


def _distinct(values: Iterator[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > TOLERANCE:
            found.append(value)
    return found


def _text(pieces: list[Piece]) -> str:
    """The text of a cell on one line, a blank only between two Latin words."""
    return joined([line.text.replace("  ", " ") for line in lines_of(pieces)] or [""]).replace("|", "｜")
