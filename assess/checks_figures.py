"""What the rules of 核查 share: figures with the interval that their digits stand for, and the frame of hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import Floats
from assess.tables import Directions, coded, narrow, unit_factors
from assess.targets import half_digit

HIT_COLUMNS: tuple[str, ...] = (
    "rule", "row", "other", "first", "first_is", "second", "second_is", "unit", "difference", "difference_unit",
    "size", "ratio", "agree", "words", "other_words",
)  # fmt: skip
_DEFAULTS: Mapping[str, object] = {"other": -1, "ratio": np.nan, "agree": "", "words": "", "other_words": ""}
NOWHERE = -1
POINTS = "个百分点"
# Room for the arithmetic of floats, as a share of the number.
EPSILON = 1e-9
# One 64-bit key for cell, first and last month: 32,768 months are 2,730 years.
_KEY = 32_768
# Flags of the extraction: a second rate of one value on a comparable basis, or against another target.
_OTHER_BASIS, _OTHER_TARGET = ("另一口径", "可比"), ("同一数值的另一目标",)
_CUMULATED = {"annual": 0, "plan": 1, "budget": 2}
NO_YEAR_TARGET = -1


def figures(frame: pd.DataFrame, directions: Directions | None = None) -> pd.DataFrame:
    """:func:`assess.tables.narrow` of records that tell what was done (actual or expected), on a plain index, with

    ``amount``, ``half`` (value and half its last digit, base unit), ``factor`` and ``base``; ``share_half`` and
    ``yoy_half`` (points); ``begin`` (0 for stocks); ``key`` of town, indicator and months; ``basis_code`` (annual 0,
    plan 1, budget 2, else -1); ``comparable`` and ``second``: the rate is on a comparable basis, against
    another target.
    """
    slim = narrow(frame, directions)
    slim = slim[slim["status"].isin(("actual", "expected"))].reset_index(drop=True)
    rows = slim["row"].to_numpy()
    slim["factor"], slim["base"] = unit_factors(slim["unit"])
    slim["amount"] = slim["value"] * slim["factor"]
    slim["half"] = printed_half(frame["value_text"].array[rows], slim["value"].to_numpy()) * slim["factor"]
    slim["share_half"] = printed_half(frame["completion_text"].array[rows], slim["completion"].to_numpy())
    slim["yoy_half"] = printed_half(frame["yoy_text"].array[rows], slim["yoy"].to_numpy())
    slim["begin"] = slim["first"].where(~slim["stock"], 0)
    slim["key"] = keys(slim)
    slim["basis_code"] = coded(slim["basis"], _CUMULATED, NO_YEAR_TARGET)
    flags = frame["flags"].array[rows]
    slim["comparable"] = _flagged(flags, _OTHER_BASIS)
    slim["second"] = _flagged(flags, _OTHER_TARGET)
    return slim


def actual(slim: pd.DataFrame) -> pd.DataFrame:
    """The actual figures whose months are known; what is expected is never held against them."""
    return slim[(slim["status"] == "actual") & (slim["begin"] >= 0)]


def keys(slim: pd.DataFrame, months_back: int = 0) -> pd.Series:
    """One number for town, indicator and months, or for the same months so much earlier."""
    begin = slim["begin"].where(slim["stock"] | (slim["begin"] < 0), slim["begin"] - months_back)
    return (slim["cell"] * _KEY + begin + 1) * _KEY + slim["last"] - months_back


def printed_half(texts: Any, numbers: Floats) -> Floats:
    """Half a unit of the last printed digit: 0.005 for 13.40, 0.5 for 75; without the text, from the number."""
    half = np.full(len(numbers), np.nan)
    told = np.flatnonzero(~np.isnan(numbers))
    decimals = np.array([_decimals(text) for text in texts[told]], dtype=np.int64)
    half[told] = np.where(decimals >= 0, 0.5 * 10.0 ** -np.maximum(decimals, 0), half_digit(numbers[told]))
    return half


def _decimals(text: object) -> int:
    if not isinstance(text, str):
        return -1
    point = text.find(".")
    return len(text) - point - 1 if point >= 0 else 0


def _flagged(flags: Any, words: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return np.array([bool(own) and isinstance(own, list | tuple) and any(w in f for f in own for w in words)
                     for own in flags], dtype=bool)  # fmt: skip


def hits(rule: str, **columns: object) -> pd.DataFrame:
    """A frame of hits: ``row`` and ``other`` (positions in the records), the two numbers and what they are."""
    given: dict[str, object] = {**_DEFAULTS, "rule": rule, **columns}
    length = len(given["row"])  # type: ignore[arg-type]
    table = {name: _column(given[name], length) for name in HIT_COLUMNS}
    return pd.DataFrame(table)


def _column(value: object, length: int) -> npt.NDArray[Any]:
    if isinstance(value, str):
        return np.full(length, value, dtype=object)
    array = np.asarray(value)
    return np.full(length, array) if array.ndim == 0 else array


def no_hits() -> pd.DataFrame:
    """A frame of hits without any."""
    empty: list[int] = []
    numeric = dict.fromkeys(("first", "second", "difference", "size"), np.zeros(0))
    texts = dict.fromkeys(("first_is", "second_is", "unit", "difference_unit"), "")
    return hits("", row=np.array(empty, dtype=np.int64), other=np.array(empty, dtype=np.int64), **numeric, **texts)


def plain(number: float) -> str:
    """A number as people write it, to six digits: 62.2, 31100, 0.0042.

    >>> plain(62.20000001), plain(31100.0)
    ('62.2', '31100')
    """
    return np.format_float_positional(float(f"{number:.6g}"), trim="-")


def six_digits(numbers: Any) -> Floats:
    """Each number to six significant digits, so that no digit shows that nobody printed."""
    return np.array([float(f"{number:.6g}") for number in np.asarray(numbers, dtype=np.float64)])


def sentences(template: str, **columns: Sequence[object] | npt.NDArray[Any] | pd.Series) -> npt.NDArray[np.object_]:
    """The template filled for each row; floats as :func:`plain` writes them."""
    lists = [[plain(v) if isinstance(v, float) else v for v in np.asarray(c).tolist()] for c in columns.values()]
    filled = [template.format(**dict(zip(columns, values, strict=True))) for values in zip(*lists, strict=True)]
    return np.array(filled, dtype=object)


def relative(difference: Any, whole: Any) -> Floats:
    """|difference| as a share of |whole|, at most 1; 1 where the whole is nothing."""
    size, base = np.abs(np.asarray(difference, dtype=np.float64)), np.abs(np.asarray(whole, dtype=np.float64))
    return np.minimum(np.divide(size, base, out=np.ones_like(size), where=base > 0), 1.0)
