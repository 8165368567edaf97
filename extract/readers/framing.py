"""The picture of a page with the lines framed from which a sentence was read, whole or only that stretch of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.readers.regions import WHOLE, Box

FRAME = (176, 108, 0)
MARKER = (255, 232, 160)
ROOM = 0.35  # of a line's height between it and its frame
AROUND = 0.8  # of the usual height of the frames, around them in a strip
SHOWN_SIDE = 1400  # pixels of the longer side of what people are shown


def framed(picture: Any, boxes: Sequence[Box], *, strip: bool = False) -> Any:
    """A PIL picture with these boxes (in thousandths) marked; ``strip`` leaves out what is around them."""
    from PIL import ImageChops, ImageDraw

    seen = picture.convert("RGB")
    if boxes:
        frames = [_frame(box, seen.size) for box in boxes]
        tint = seen.copy()
        tint.paste((255, 255, 255), (0, 0, *seen.size))
        pen = ImageDraw.Draw(tint)
        width = max(2, seen.width // 700)
        for frame in frames:
            pen.rectangle(frame, fill=MARKER, outline=FRAME, width=width)
        seen = ImageChops.multiply(seen, tint)
        seen = seen.crop(_stretch(frames, seen.size)) if strip else seen
    seen.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    return seen


def _frame(box: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The box in pixels, with room around it."""
    left, right = (value * size[0] / WHOLE for value in (box[0], box[2]))
    top, bottom = (value * size[1] / WHOLE for value in (box[1], box[3]))
    room = ROOM * (bottom - top)
    return left - room, top - room, right + room, bottom + room


def _stretch(frames: Sequence[tuple[float, float, float, float]], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part of the picture that holds the frames, a line above and below and a little beside them."""
    heights = sorted(frame[3] - frame[1] for frame in frames)
    around = AROUND * heights[len(heights) // 2]
    left, top = (min(frame[place] for frame in frames) - around for place in (0, 1))
    right, bottom = (max(frame[place] for frame in frames) + around for place in (2, 3))
    return max(0, int(left)), max(0, int(top)), min(size[0], int(right) + 1), min(size[1], int(bottom) + 1)
