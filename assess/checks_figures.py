"""What the rules of 核查 share: figures with the interval that their digits stand for, and the frame of hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import Floats
from assess.tables import Directions, best_rows, coded, narrow, unit_factors
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
_NOT_OF_VALUES = frozenset((
    "target", "target_unit", "target_from", "goal", "goal_half", "goal_factor", "goal_base", "yoy", "yoy_half",
    "share_half", "months", "lower", "status", "comparable", "second", "is_actual",
))  # fmt: skip
_TEXTS = ("unit", "basis", "target_unit", "target_from", "status", "review", "received_at")


def figures(frame: pd.DataFrame, directions: Directions | None = None) -> pd.DataFrame:
    """:func:`assess.tables.narrow` of records that tell what was done (actual or expected), on a plain index, with

    ``amount``, ``half`` (value and half its last digit, base unit), ``factor`` and ``base`` (a number for each base
    unit), the same of targets as ``goal…``; ``is_rate``; ``share_half`` and ``yoy_half`` (points); ``begin`` (0 for
    stocks); ``key`` of town, indicator and months; ``basis_code`` (annual 0, plan 1, budget 2, else -1);
    ``is_actual``; ``comparable`` and ``second``: the rate is on a comparable basis, against another target. Texts are
    categories.
    """
    slim = narrow(frame, directions)
    slim = slim.assign(**{name: pd.Categorical(slim[name]) for name in _TEXTS})
    told = slim["status"].isin(("actual", "expected"))
    slim = slim if told.all() else slim[told].reset_index(drop=True)
    rows = slim["row"].to_numpy()
    slim = _with_amounts(slim, frame)
    slim["share_half"] = printed_half(frame["completion_text"].array[rows], slim["completion"].to_numpy())
    slim["yoy_half"] = printed_half(frame["yoy_text"].array[rows], slim["yoy"].to_numpy())
    slim["begin"] = slim["first"].where(~slim["stock"], 0)
    slim["key"] = keys(slim)
    slim["basis_code"] = coded(slim["basis"], _CUMULATED, NO_YEAR_TARGET)
    slim["is_actual"] = (slim["status"] == "actual").to_numpy(bool)
    slim["comparable"], slim["second"] = _flagged(frame["flags"].to_numpy(object)[rows])
    return slim


def _with_amounts(slim: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Values and stated targets in base units, with half their last digits; a base unit is a number."""
    own, goal = slim["unit"].astype(object), slim["target_unit"].astype(object)
    factors, bases = unit_factors(pd.concat([own, goal.where(goal.notna(), own)], ignore_index=True))
    codes, _ = pd.factorize(bases)
    length, rows = len(slim), slim["row"].to_numpy()
    value, target = slim["value"].to_numpy(), slim["target"].to_numpy()
    return slim.assign(
        factor=factors[:length],
        base=codes[:length],
        is_rate=(bases[:length] == "%").to_numpy(bool),
        amount=value * factors[:length],
        half=printed_half(frame["value_text"].array[rows], value) * factors[:length],
        goal_factor=factors[length:],
        goal_base=codes[length:],
        goal=target * factors[length:],
        goal_half=printed_half(frame["target_text"].array[rows], target) * factors[length:],
    )


def actual(slim: pd.DataFrame) -> pd.DataFrame:
    """The actual figures whose months are known; what is expected is never held against them."""
    return slim[slim["is_actual"] & (slim["begin"] >= 0)].reset_index(drop=True)


def counted(done: pd.DataFrame) -> pd.DataFrame:
    """Of actual figures those with a value, one for each town, indicator and months, by town, indicator and time."""
    valued = done.loc[done["value"].notna(), [name for name in done.columns if name not in _NOT_OF_VALUES]]
    best = best_rows(valued, valued["key"])
    return best.iloc[np.lexsort((best["last"].to_numpy(), best["cell"].to_numpy()))].reset_index(drop=True)


def keys(slim: pd.DataFrame, months_back: int = 0) -> pd.Series:
    """One number for town, indicator and months, or for the same months so much earlier."""
    begin = slim["begin"].where(slim["stock"] | (slim["begin"] < 0), slim["begin"] - months_back)
    return (slim["cell"] * _KEY + begin + 1) * _KEY + slim["last"] - months_back


def printed_half(texts: Any, numbers: Floats) -> Floats:
    """Half a unit of the last printed digit: 0.005 for 13.40, 0.5 for 75; without the text, from the number."""
    half = np.full(len(numbers), np.nan)
    told = np.flatnonzero(~np.isnan(numbers))
    printed = np.asarray(texts[told], dtype=object)
    decimals = np.array([_decimals(text) if isinstance(text, str) else -1 for text in printed], dtype=np.int64)
    half[told] = np.where(decimals >= 0, 0.5 * 10.0 ** -np.maximum(decimals, 0), half_digit(numbers[told]))
    return half


def _decimals(text: str) -> int:
    point = text.find(".")
    return len(text) - point - 1 if point >= 0 else 0


def _flagged(flags: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which records are flagged as on a comparable basis, and which as against another target."""
    told = [(at, own) for at, own in enumerate(flags) if isinstance(own, list | tuple) and own]
    result = np.zeros((2, len(flags)), dtype=bool)
    for at, own in told:
        result[:, at] = [any(word in flag for flag in own for word in words) for words in (_OTHER_BASIS, _OTHER_TARGET)]
    return result[0], result[1]


def word_of(texts: pd.Series) -> npt.NDArray[np.object_]:
    """A column of categories as texts, '' where there is none."""
    return texts.astype(object).fillna("").to_numpy(object)


def hits(rule: str, **columns: object) -> pd.DataFrame:
    """A frame of hits: ``row`` and ``other`` (positions in the records), the two numbers and what they are."""
    given: dict[str, object] = {**_DEFAULTS, "rule": rule, **columns}
    length = len(given["row"])  # type: ignore[arg-type]
    table = {name: _column(given[name], length) for name in HIT_COLUMNS}
    return pd.DataFrame(table)


def value_hits(
    rule: str, rows: pd.DataFrame, other: Any, one: Any, two: Any, *, whole: Any, share: float, **columns: object
) -> pd.DataFrame:
    """:func:`hits` of two values in the unit of ``rows``: their difference, and how grave it is.

    ``other`` are the positions of the second records; the difference weighs in full from ``share`` of ``whole`` on.
    """
    unit, difference = word_of(rows["unit"]), np.asarray(one, dtype=np.float64) - np.asarray(two, dtype=np.float64)
    given: dict[str, object] = {
        "row": rows["row"].to_numpy(),
        "other": np.asarray(other, dtype=np.int64),
        "first": six_digits(one),
        "second": six_digits(two),
        "unit": unit,
        "difference": six_digits(difference),
        "difference_unit": unit,
        "size": relative(difference / share, whole),
    }
    return hits(rule, **(given | columns))


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
