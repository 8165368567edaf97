"""On which basis a change is stated: 可比价, 可比口径, 现价, or as usual, told by the words right before its number."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

USUAL, CURRENT, PRICES, SCOPE = "", "现价", "可比价", "可比口径"
# Basis -> its wordings; the first that fits decides.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (PRICES, re.compile("可比价|不变价|扣除价格|剔除价格|扣除物价|剔除物价|实际增长")),
    (SCOPE, re.compile("可比|同口径|同比口径|剔除|扣除")),
    (CURRENT, re.compile("现价|当年价|名义")),
)
_ANY = re.compile("|".join(words.pattern for _, words in _WORDS))
# Bases on which last year's printed value is not the one compared with.
COMPARABLE = (PRICES, SCOPE)
# What a word of the basis may be away from its number, and what ends the search before that.
_REACH = 24
_END = re.compile(r"[。；;，,、\n]|\d")
# A basis before a comma still holds for the rate after it: 按可比价计算，增长8.1%.
_HELD = re.compile(r"(?:计算|口径|价格?|因素后?)[，,]$")


def rate_bases(frame: pd.DataFrame) -> npt.NDArray[np.object_]:
    """For each record the basis of its stated change; '' where there is no change or no word about it."""
    result = np.full(len(frame), USUAL, dtype=object)
    stated = np.flatnonzero(frame["yoy"].notna().to_numpy())
    codes, sentences = pd.factorize(frame["sentence"].array[stated])
    told = np.array([*(bool(_ANY.search(str(text))) for text in sentences), False], dtype=bool)[codes]
    texts, printed = frame["sentence"].array, frame["yoy_text"].array
    numbers = frame["yoy"].to_numpy(np.float64)
    for row in stated[told]:
        result[row] = _basis(str(texts[row]), _digits(printed[row], numbers[row]))
    return result


def _digits(printed: object, number: float) -> str:
    """The digits of a change as they stand in a sentence, without the sign that 下降 tells."""
    text = printed if isinstance(printed, str) else np.format_float_positional(number, trim="-")
    return text.removeprefix("-")


def _basis(sentence: str, digits: str) -> str:
    """The basis told right before the first place of the number; '' where none is, or the number is not there."""
    match = re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d.])", sentence)
    if match is None:
        return USUAL
    before = sentence[max(match.start() - _REACH, 0) : match.start()]
    ends = [end.end() for end in _END.finditer(before) if not _HELD.search(before[: end.end()])]
    clause = before[ends[-1] :] if ends else before
    return next((basis for basis, words in _WORDS if words.search(clause)), USUAL)
