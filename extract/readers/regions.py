"""Where on a page's picture a line stands: the marks of what was printed, for the frame beside the text.

A mark of the kind ``region`` has the place ``2:103,120,880,152``: the page, then left, top, right and bottom in
thousandths of the picture's width and height. A line whose place is not known has a mark of the kind ``page``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.models import Mark, mark_at

WHOLE = 1000

Box = tuple[float, float, float, float]  # left, top, right, bottom
Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: the point (x, y) of the page is (ax + by + c, dx + ey + f) of its picture, in thousandths."""


@dataclass(frozen=True, slots=True)
class Region:
    """A page, counted from 1, and a box of its picture in thousandths; None for a page whose lines have no place."""

    page: int
    box: Box | None = None


def mark_of(start: int, region: Region) -> Mark:
    """The mark of a line that begins at an offset."""
    if region.box is None:
        return Mark(start, "page", str(region.page))
    left, top, right, bottom = (min(WHOLE, max(0, round(value))) for value in region.box)
    return Mark(start, "region", f"{region.page}:{left},{top},{right},{bottom}")


def region_of(mark: Mark | None) -> Region | None:
    """The page, and the box where it is known; None for a cell and for no mark."""
    if mark is None or mark.kind not in ("page", "region"):
        return None
    page, _, box = mark.place.partition(":")
    if not box:
        return Region(int(page))
    left, top, right, bottom = map(float, box.split(","))
    return Region(int(page), (left, top, right, bottom))


def region_at(marks: Sequence[Mark], offset: int) -> Region | None:
    """Where the character at an offset was printed; None for a report without pages."""
    return region_of(mark_at(marks, offset))


def regions_of(marks: Sequence[Mark], start: int, end: int) -> Iterator[Region]:
    """The lines from which the text between two offsets was read, in their order."""
    first = region_at(marks, start)
    if first is not None:
        yield first
    yield from (found for mark in marks if start < mark.start < end and (found := region_of(mark)) is not None)


def placed(box: Box, affine: Affine) -> Box:
    """The box around a box of the page, in thousandths of its picture."""
    a, b, c, d, e, f = affine
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [a * x + b * y + c for x, y in corners]
    down = [d * x + e * y + f for x, y in corners]
    return min(across), min(down), max(across), max(down)
