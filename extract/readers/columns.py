"""A page in two columns: told by a gutter that next to no line crosses, and put into the order of reading."""

from __future__ import annotations

from collections.abc import Sequence

from extract.readers.glyphs import Line, Piece, lines_of

MIN_LINES = 5  # in each column
MIN_LETTERS = 8  # of a full line; cells of a table are shorter
FILLED = 0.6  # of the column's width that a full line takes
CROSSING = 0.2  # of all lines that may cross the gutter (titles, a table over both columns)
MIDDLE = (0.35, 0.65)  # of the text's width, where a gutter is looked for
STEP, MOST_STEPS = 2.0, 200  # points between the places that are tried, and how many at most


def reading_order(pieces: Sequence[Piece], gutter: float | None) -> list[Line]:
    """The lines of a page as they are read: where it has a gutter, a column to its end before the next one."""
    if gutter is None or sum(1 for piece in pieces if piece.left < gutter < piece.right) > CROSSING * len(pieces):
        return lines_of(list(pieces))
    bands: list[tuple[list[Piece], list[Piece], list[Piece]]] = [([], [], [])]
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        whole, left, right = bands[-1]
        if piece.left < gutter < piece.right:
            if left or right:
                bands.append(([piece], [], []))
            else:
                whole.append(piece)
        else:
            (left if piece.right <= gutter else right).append(piece)
    return [line for band in bands for line in _band_lines(*band)]


def _band_lines(whole: list[Piece], left: list[Piece], right: list[Piece]) -> list[Line]:
    found = lines_of(whole)
    for index, column in enumerate((left, right)):
        for line in lines_of(column):
            line.column = (index, 2)
            found.append(line)
    return found


def find_gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the gutter is, in points; None for a page of one column."""
    if len(pieces) < 2 * MIN_LINES:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = right - left
    step = max(STEP, width * (MIDDLE[1] - MIDDLE[0]) / MOST_STEPS)
    best: tuple[int, float] | None = None
    place = left + MIDDLE[0] * width
    while place < left + MIDDLE[1] * width:
        crossing = sum(1 for piece in pieces if piece.left < place < piece.right)
        if best is None or crossing < best[0]:
            best = crossing, place
        place += step
    if best is None or best[0] > CROSSING * len(pieces):
        return None
    middle = _centre(pieces, best[0], left + MIDDLE[0] * width, left + MIDDLE[1] * width, step)
    sides = [piece for piece in pieces if piece.right <= middle], [piece for piece in pieces if piece.left >= middle]
    return middle if all(_is_column(side) for side in sides) and _side_by_side(*sides) else None


def _centre(pieces: Sequence[Piece], crossing: int, low: float, high: float, step: float) -> float:
    """The middle of the widest stretch that no more than ``crossing`` pieces cross."""
    best = (0.0, low)
    start: float | None = None
    place = low
    while place <= high + step:
        clear = place <= high and sum(1 for piece in pieces if piece.left < place < piece.right) <= crossing
        if clear and start is None:
            start = place
        elif not clear and start is not None:
            best = max(best, (place - start, (place - step + start) / 2))
            start = None
        place += step
    return best[1]


def _is_column(side: Sequence[Piece]) -> bool:
    """Do lines that fill the side hold most of its text? A table may stand between them."""
    width = max((piece.right for piece in side), default=0) - min((piece.left for piece in side), default=0)
    full = [piece for piece in side if piece.right - piece.left >= FILLED * width and len(piece.text) >= MIN_LETTERS]
    return len(full) >= MIN_LINES and sum(len(p.text) for p in full) * 2 >= sum(len(p.text) for p in side)


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Do the two stand next to each other, and not one below the other?"""
    shared = min(max(p.bottom for p in left), max(p.bottom for p in right)) - max(
        min(p.top for p in left), min(p.top for p in right)
    )
    return shared > MIN_LINES * left[0].height / 2
