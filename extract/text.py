"""Folding and cutting text; both keep every character's place.

Folding writes full width as half width, traditional characters as simplified ones and the many
dashes, percent signs and quotes in one way. It maps one character to one character, so an
offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.vocabulary import folding

_SINGLE: Final = {
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


_FREQUENT: Final = tuple((mark, _SINGLE[mark]) for mark in "，；：（）％")
"""Marks of almost every report, which are replaced one kind after another; none becomes one that is replaced."""


@cache
def _table() -> dict[str, str]:
    table = {chr(old): chr(new) for old, new in folding().items()}
    table.update({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    table.update(_SINGLE)
    return table


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_table())) + "]")


def fold(text: str) -> str:
    """The text in one spelling, character for character: ４．３６億元，增長 -> 4.36亿元,增长."""
    for mark, plain in _FREQUENT:
        text = text.replace(mark, plain)
    table = _table()
    return _foldable().sub(lambda match: table[match.group()], text)


_span: Final = re.Match.span
_SENTENCE: Final = re.compile(r"[^\s。!?][^。!?\n]*")


def sentences(folded: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch between 。 ! ? and line ends, in order, without the mark itself."""
    return map(_span, _SENTENCE.finditer(folded))
