"""One page of a PDF by pdfium: its lines in the order of reading, its size, its picture."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extract.readers.columns import find_gutter, reading_order
from extract.readers.glyphs import Line, Piece, pieces, quarter_turns, turned
from extract.readers.grids import Grid, find_grids, inside, rows_of, split_at
from extract.readers.regions import WHOLE, Affine, Region, placed

TABLE = "\x00"  # begins the name of a table's piece; no text has it
SPAN, FINE = 100.0, 100  # points between the places that tell how a page is drawn; steps of a thousandth
MAX_CELL = 300  # characters, as for tables of web pages


@dataclass(slots=True)
class Printed:
    """What a page shows, in points of the page turned upright.

    ``pictures``: whether there are any; ``gutter``: where it lies between two columns, None for one column;
    ``shown``: how its points lie on its picture, where that is known.
    """

    pieces: list[Piece]
    grids: list[Grid]
    top: float
    bottom: float
    width: float
    pictures: bool = False
    gutter: float | None = None
    shown: Affine | None = None

    @property
    def text(self) -> str:
        """All characters, in no particular order."""
        return "".join(piece.text for piece in self.pieces)

    def lines(self, number: int, gutter: float | None) -> list[Line]:
        """The lines in the order of reading, tables as rows ``a | b``; ``gutter`` is that of the whole report."""
        tables = {f"{TABLE}{index}": grid for index, grid in enumerate(self.grids)}
        rest = [piece for piece in self.pieces if not any(_within(grid, piece) for grid in self.grids)]
        found: list[Line] = []
        for line in reading_order([*rest, *(_whole(name, grid) for name, grid in tables.items())], gutter):
            grid = tables.get(line.text)
            found += [line] if grid is None else self._rows(grid, line.column)
        for line in found:
            line.page = number
            box = (line.left, line.top, line.right, line.bottom)
            line.region = Region(number, placed(box, self.shown) if self.shown else None)
        return found

    def _rows(self, grid: Grid, column: tuple[int, int]) -> list[Line]:
        rows = rows_of(grid, split_at(grid, [piece for piece in self.pieces if _within(grid, piece)]))
        for row in rows:
            row.column = column
        return rows


def _whole(name: str, grid: Grid) -> Piece:
    """A table as one piece among the others, so that it is read where it stands in its column."""
    left, top, right, bottom = grid.box
    return Piece(name, left, right, top, bottom, bottom - top)


def read_page(page: Any) -> Printed:
    """What stands on a page; raises PdfiumError for a broken one."""
    textpage = page.get_textpage()
    turns = quarter_turns(textpage)
    found = pieces(textpage, turns)
    left, bottom, right, top = page.get_mediabox()
    (x0, y0), (x1, y1) = turned(left, top, turns), turned(right, bottom, turns)
    pictures = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    read = printed(found, find_grids(page, turns), min(y0, y1), max(y0, y1), abs(x1 - x0), pictures=pictures)
    read.shown = _shown(page, turns)
    return read


def _shown(page: Any, turns: int) -> Affine:
    """How the points of the turned page lie on the picture that pdfium draws of it; turning is its own inverse."""
    (left, top), (below_left, below_top), (right_left, right_top) = (
        _drawn_at(page, *turned(x, y, turns)) for x, y in ((0, 0), (0, SPAN), (SPAN, 0))
    )
    across = (right_left - left) / SPAN, (below_left - left) / SPAN, left
    down = (right_top - top) / SPAN, (below_top - top) / SPAN, top
    return *across, *down


def _drawn_at(page: Any, x: float, y: float) -> tuple[float, float]:
    """Where a point of the paper lies on its picture, in thousandths."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, WHOLE * FINE, WHOLE * FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / FINE, down.value / FINE


def printed(
    found: list[Piece], grids: list[Grid], top: float, bottom: float, width: float, *, pictures: bool
) -> Printed:
    """A page of these pieces, with those of the grids that are tables, and its gutter."""
    tables = [grid for grid in grids if _holds_text(grid, found)]
    outside = [piece for piece in found if not any(_within(grid, piece) for grid in tables)]
    return Printed(found, tables, top, bottom, width, pictures, find_gutter(outside))


def _holds_text(grid: Grid, found: list[Piece]) -> bool:
    """Is it a table of short cells, and no frame around an article?"""
    held = [[len(piece.text) for piece in found if inside(cell, piece)] for cell in grid.cells]
    return sum(map(bool, held)) * 3 >= len(held) and max(map(sum, held), default=0) <= MAX_CELL


def _within(grid: Grid, piece: Piece) -> bool:
    """In the table's rows, and touching its columns: a piece may run over cells."""
    left, top, right, bottom = grid.box
    return top <= piece.middle <= bottom and piece.right > left and piece.left < right
