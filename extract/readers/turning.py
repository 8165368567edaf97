"""A picture that lies on its side or head (a landscape table scanned upright, a photo): told by its lines of text.

The OCR reads single lines however they lie, but not in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from extract.readers.regions import WHOLE, Affine

ASKED = 5  # of the longest lines are read both ways
TALL = 1.5  # times its width: a line that runs up or down
ONE_LINE = {"use_det": False, "use_cls": False, "return_word_box": False, "return_single_char_box": False}
STEP = 0.1  # by how much surer the reading must be the other way round

# How thousandths of the picture turned by so many quarters (counter-clockwise) lie on the picture as it was.
BACK: tuple[Affine, ...] = (
    (1, 0, 0, 0, 1, 0),
    (0, -1, WHOLE, 1, 0, 0),
    (-1, 0, WHOLE, 0, -1, WHOLE),
    (0, 1, 0, -1, 0, WHOLE),
)


def quarters(engine: Any, pixels: Any, boxes: Sequence[Any]) -> int:
    """By how many quarters, counter-clockwise, the picture must be turned for its text to stand upright: 0 to 3."""
    sizes = [(float(np.ptp(box[:, 0])), float(np.ptp(box[:, 1]))) for box in map(np.asarray, boxes)]
    side = 1 if sum(height > TALL * width for width, height in sizes) * 2 > len(sizes) else 0
    longest = sorted(range(len(sizes)), key=lambda index: -max(sizes[index]))[:ASKED]
    crops = [crop for crop in (_cut(pixels, boxes[index]) for index in longest) if crop.size]
    if not crops:
        return 0
    one, other = (_sure(engine, crops, turn) for turn in (side, side + 2))
    return side + 2 if other > one + STEP else side


def _cut(pixels: Any, box: Any) -> Any:
    (left, top), (right, bottom) = np.min(box, axis=0).astype(int), np.max(box, axis=0).astype(int)
    return pixels[max(0, top) : bottom, max(0, left) : right]


def _sure(engine: Any, crops: Sequence[Any], turn: int) -> float:
    """How sure the OCR is of these lines, turned by so many quarters."""
    scores = []
    for crop in crops:
        read = engine(np.ascontiguousarray(np.rot90(crop, turn)), **ONE_LINE)
        scores += [float(score) for score in (read.scores or ())]
    return sum(scores) / max(1, len(scores))


def composed(first: Affine, then: Affine) -> Affine:
    """The way of a point that goes through the first, and then through the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return g * a + h * d, g * b + h * e, g * c + h * f + i, j * a + k * d, j * b + k * e, j * c + k * f + m
