"""What OCR typically misreads in figures, put right only where the text itself proves it.

A digit is never guessed: 5S.2% stays what it is and gives no record.
"""

from __future__ import annotations

import re

# (what cannot be meant, what it is): 1一6月, 10.4.%, 1O.5%, 4.36亿兀
PROVEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d)[一—―–~～](?=\d{1,2}月)"), "-"),
    (re.compile(r"(?<=\d)(\.\d{1,2})\.(?=[%％])"), r"\1"),
    (re.compile(r"(?<=\d)[oO](?=[\d.]*\d[%％万亿])"), "0"),
    (re.compile(r"(?<=\d[万亿])[无兀](?=[，,。；;、（(]|$)"), "元"),
)


def put_right(text: str) -> str:
    """The line with these misreadings put right."""
    for wrong, right in PROVEN:
        text = wrong.sub(right, text)
    return text
