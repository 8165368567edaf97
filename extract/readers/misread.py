"""What OCR typically misreads in figures, put right only where the text itself proves it.

A digit is never guessed: 5S.2% stays what it is and gives no record. A digit that the OCR is unsure of, and a figure
with two decimal points, are covered by □: a figure that is lost is looked up on the picture, a wrong one is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# (what cannot be meant, what it is): 1一6月, 10.4.%, 1O.5%, 3，46亿, （%), 4.36亿兀
PROVEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d)[一—―–~～](?=\d{1,2}月)"), "-"),
    (re.compile(r"(?<=\d)(\.\d{1,2})\.(?=[%％])"), r"\1"),
    (re.compile(r"(?<=\d)[oO](?=[\d.]*\d[%％万亿])"), "0"),
    (re.compile(r"(?<![\d.,，、第])(\d{1,6})[,，](\d{1,2})(?=[%％万亿]|个百分点)"), r"\1.\2"),
    (re.compile(r"（([^()（）]{1,12})\)"), r"（\1）"),
    (re.compile(r"\(([^()（）]{1,12})）"), r"(\1)"),
    (re.compile(r"(?<=\d[万亿])[无兀](?=[，,。；;、（(]|$)"), "元"),
)


UNSURE = 0.5  # below this confidence a digit is wrong about as often as right
COVER = "□"
_DOUBLE = re.compile(r"\d[\d,，]*\.\d+\.\d+(?=[%％万亿元])")


def put_right(text: str) -> str:
    """The line with these misreadings put right, and figures that cannot be any covered."""
    for wrong, right in PROVEN:
        text = wrong.sub(right, text)
    return _DOUBLE.sub(lambda found: COVER * len(found[0]), text)


def covered(text: str, letters: Sequence[tuple[str, float]]) -> str:
    """The line with the digits covered that are unsure; ``letters`` are its characters with the confidence of each."""
    sure = iter(letters)
    found = []
    for sign in text:
        confidence = 1.0 if sign.isspace() else next((value for letter, value in sure if letter == sign), 1.0)
        found.append(COVER if sign.isdigit() and confidence < UNSURE else sign)
    return "".join(found)
