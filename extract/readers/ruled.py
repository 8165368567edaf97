"""A picture of a page made upright and measured in points, with the ruled lines of its tables.

How far it is turned is told by the lines of text that the OCR found; the rules are found by opencv, which
comes with the OCR.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import cv2
import numpy as np

from extract.readers.glyphs import Piece
from extract.readers.grids import Box, Grid, grids_of
from extract.readers.regions import WHOLE, Affine

PAGE_WIDTH = 595.0  # points of a page of A4, which any picture is taken for
LONG_LINE = 8  # times its height: a line of text that tells how far the page is turned
MOST_TURN = math.radians(5)
RULE = 2.5  # times the size of the letters: a stroke so long is a rule
THICKEST = 0.6  # times the size of the letters: what is thicker is no rule, what is slanted may be so thick
GAP = 4  # pixels: a gap in a rule that grain has made
BLOCK, LIGHTER = 31, 8  # of the threshold that tells ink from paper: neighbourhood in pixels, difference
RED, BRIGHT = 40, 100  # more red than blue, and so much red, of 255: the ink of a seal, over letters too
SEAL = 0.06, 0.5  # of the page's width that a seal is wide at least; how much of its width it is high, or the reverse
REACH = 0.01  # of the page's width: red that is so near belongs together

Corners = Sequence[Sequence[float]]


def turn_of(boxes: Sequence[Corners]) -> float:
    """How far the lines of text rise or fall, in radians; 0 where no line is long enough to tell."""
    found = []
    for (x0, y0), (x1, y1), _, (x3, y3) in boxes:
        if x1 - x0 > LONG_LINE * math.hypot(x3 - x0, y3 - y0):
            found.append(math.atan2(y1 - y0, x1 - x0))
    turn = median(found) if found else 0.0
    return turn if abs(turn) <= MOST_TURN else 0.0


def upright(pixels: Any, turn: float) -> tuple[Any, Any]:
    """The picture (an array) turned back, and the matrix that turns its points."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(turn), 1.0)
    return cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255, 255, 255)), matrix


def moved(box: Corners, matrix: Any) -> Box:
    """The corners of a line of text in the upright picture, as left, top, right, bottom."""
    points = np.asarray(box, dtype=float) @ matrix[:, :2].T + matrix[:, 2]
    left, top = (float(points[[0, 3], 0].mean()), float(points[[0, 1], 1].mean()))
    right, bottom = (float(points[[1, 2], 0].mean()), float(points[[2, 3], 1].mean()))
    return left, top, right, bottom


def back(matrix: Any, size: tuple[int, int]) -> Affine:
    """How the points of the upright page lie on the picture as it was, a picture of that width and height."""
    width, height = size
    (a, b, c), (d, e, f) = cv2.invertAffineTransform(matrix).tolist()
    scale = width / PAGE_WIDTH  # pixels of a point
    across, down = WHOLE / width, WHOLE / height
    return a * scale * across, b * scale * across, c * across, d * scale * down, e * scale * down, f * down


def grids_in(pixels: Any, letter: float) -> list[Grid]:
    """The ruled tables of an upright picture, in pixels; ``letter`` is the usual size of its letters."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, BLOCK, LIGHTER)
    length = max(10, int(RULE * letter))
    edges = []
    for shape, thicker, gap, thin in (((length, 1), (1, 3), (GAP, 1), _flat), ((1, length), (3, 1), (1, GAP), _steep)):
        lines = cv2.morphologyEx(cv2.dilate(ink, _block(thicker)), cv2.MORPH_CLOSE, _block(gap))
        lines = cv2.morphologyEx(lines, cv2.MORPH_OPEN, _block(shape))
        lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
        _, _, found, _ = cv2.connectedComponentsWithStats(lines)
        edges += [thin(*map(float, box[:4])) for box in found[1:] if min(box[2:4]) <= THICKEST * letter]
    scale = PAGE_WIDTH / pixels.shape[1]
    return grids_of([scaled(edge, scale) for edge in edges])


def _flat(left: float, top: float, width: float, height: float) -> Box:
    """A rule without the thickness that a slight slant gives it."""
    return left, top + height / 2, left + width, top + height / 2


def _steep(left: float, top: float, width: float, height: float) -> Box:
    return left + width / 2, top, left + width / 2, top + height


def _block(size: tuple[int, int]) -> Any:
    return cv2.getStructuringElement(cv2.MORPH_RECT, size)


def without_seal(pixels: Any) -> Any:
    """The picture (red, green, blue) with its seals in the shades of their red alone, where they are as light as paper.

    Letters under a seal keep all their strokes, which they lose where its colour is painted white. What is red
    elsewhere, a letterhead or a figure below zero, stays as it is.
    """
    cleared = pixels.copy()
    for left, top, width, height in _seals(pixels):
        part = cleared[top : top + height, left : left + width]
        part[:] = part[:, :, :1]
    return cleared


def _seals(pixels: Any) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of what is red, about as wide as high and as large as a seal."""
    red, blue = pixels[:, :, 0].astype(np.int16), pixels[:, :, 2].astype(np.int16)
    ink = ((red - blue > RED) & (red > BRIGHT)).astype(np.uint8)
    page = pixels.shape[1]
    reach = max(3, int(REACH * page))
    _, _, found, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _block((reach, reach))))
    for left, top, width, height, _ in found[1:].tolist():
        if max(width, height) > SEAL[0] * page and SEAL[1] * max(width, height) < min(width, height):
            yield left, top, width, height


def scaled(box: Box, scale: float) -> Box:
    """The box in another measure."""
    left, top, right, bottom = box
    return left * scale, top * scale, right * scale, bottom * scale


def in_points(piece: Piece, width: float) -> Piece:
    """A piece of a picture of that width, measured in points."""
    scale = PAGE_WIDTH / width
    left, top, right, bottom = scaled((piece.left, piece.top, piece.right, piece.bottom), scale)
    return replace(piece, left=left, top=top, right=right, bottom=bottom, size=piece.size * scale)
