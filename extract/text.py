"""Folding and cutting text; both keep every character's place.

Folding writes full width as half width, traditional characters as simplified ones and the many
dashes, percent signs and quotes in one way. It maps one character to one character, so an
offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.vocabulary import folding

_SINGLE = {
    "。": "。",
    "，": ",",
    "；": ";",
    "：": ":",
    "（": "(",
    "）": ")",
    "！": "!",
    "？": "?",
    "％": "%",
    "﹪": "%",
    "﹣": "-",
    "－": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "─": "-",
    "−": "-",
    "～": "~",
    "〜": "~",
    "．": ".",
    "｡": "。",
    "﹒": ".",
    "﹐": ",",
    "﹑": "、",
    "﹔": ";",
    "﹕": ":",
    "〔": "(",
    "〕": ")",
    "【": "(",
    "】": ")",
    "[": "(",
    "]": ")",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "\u3000": " ",
    "\xa0": " ",
    "\t": " ",
    "＋": "+",
    "｜": "|",
    "│": "|",
    "┃": "|",
    **dict.fromkeys("■□◆◇●▪▶►★☆※◎▲△①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮", " "),
}


@cache
def _table() -> dict[int, int]:
    table = dict(folding())
    table.update({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    table.update({ord(old): ord(new) for old, new in _SINGLE.items()})
    return table


def fold(text: str) -> str:
    """The text in one spelling, character for character: ４．３６億元，增長 -> 4.36亿元,增长."""
    if text.isascii():
        return text
    return text.translate(_table())


_SENTENCE = re.compile(r"[^\s。!?][^。!?\n]*")


def sentences(folded: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch between 。 ! ? and line ends, in order, without the mark itself."""
    for match in _SENTENCE.finditer(folded):
        yield match.start(), match.end()
