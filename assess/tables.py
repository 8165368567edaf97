"""The frame that assessments read, and which of two rival records counts.

Input everywhere is a DataFrame made of ``store.records()`` dicts. It may be empty, without columns, or lack
some: :func:`records_frame` gives what is missing. Records without a town, rejected ones and those whose
period is unknown can be compared with nothing; :func:`left_out` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import BASIS_MONTHS, Ints, month_number
from assess.states import Direction
from extract.models import RECORD_KEYS
from extract.units import in_base

NUMBERS = ("value", "completion", "target", "yoy")
STORE_KEYS = ("id", "report_id", "report_name", "origin", "received_at", "review")
TEXTS_AS_PRINTED = tuple(f"{key}_text" for key in NUMBERS)
RECORD_COLUMNS: tuple[str, ...] = (*STORE_KEYS, *RECORD_KEYS, *TEXTS_AS_PRINTED)

_KEPT = (*NUMBERS, "unit", "basis", "target_unit", "target_from", "status", "review", "received_at", "id")
# Rival records of one period: the lower number counts. A year's target goes before parts of a year.
_BASIS_ORDER = {"annual": 0, "budget": 1, "plan": 2, "half": 3, "quarter": 4, "project": 5, "other": 6, "multi-year": 7}
_REVIEW_ORDER = {"corrected": 0, "accepted": 1}
_LAST = 99

Directions = Mapping[str, Direction]


def records_frame(records: pd.DataFrame | Iterable[Mapping[str, object]] | None) -> pd.DataFrame:
    """Records as a frame with every column there (missing ones empty) and the numbers as float.

    A frame that has all of it is handed back as it is, not copied.
    """
    frame = records if isinstance(records, pd.DataFrame) else pd.DataFrame(list(records or ()))
    missing = {key: pd.Series(np.nan, index=frame.index, dtype=object) for key in RECORD_COLUMNS if key not in frame}
    frame = frame.assign(**missing) if missing else frame
    wrong = {key: _numbers(frame[key]) for key in NUMBERS if frame[key].dtype != np.float64}
    return frame.assign(**wrong) if wrong else frame


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype(np.float64)


def coded(column: pd.Series, meanings: Mapping[str, int], default: int) -> Ints:
    """A text column as numbers by a table; quick, as each distinct text is looked up once."""
    codes, words = pd.factorize(column)
    table = np.array([*(meanings.get(word, default) for word in words), default], dtype=np.int64)
    return table[codes]


def worded(*rules: tuple[npt.ArrayLike, str]) -> npt.NDArray[np.object_]:
    """The word of the first rule that holds in each row, None where none does."""
    result = np.full(len(np.asarray(rules[0][0])), None, dtype=object)
    for holds, word in reversed(rules):
        result[np.asarray(holds, dtype=bool)] = word
    return result


def months_of(column: pd.Series) -> Ints:
    """A column of ``2016-03`` as running months, -1 where unknown."""
    codes, words = pd.factorize(column)
    return np.array([*(month_number(word) for word in words), -1], dtype=np.int64)[codes]


def narrow(records: pd.DataFrame, directions: Directions | None = None) -> pd.DataFrame:
    """What arithmetic needs of the comparable records, few columns wide.

    ``row`` is the position in ``records``; ``town`` and ``indicator`` are categories; ``cell`` numbers the
    pair of both; ``first`` and ``last`` are running months; ``months`` is the length of the target's time
    (0: none); ``lower`` and ``stock`` come from ``directions``; ``whole`` is True where the figure stands
    for the year so far (cumulative from January, or a stock at a day).
    """
    frame = records_frame(records)
    first, last = months_of(frame["period_start"]), months_of(frame["period_end"])
    rows = np.flatnonzero(_comparable(frame, last))
    slim = pd.DataFrame({key: frame[key].array[rows] for key in _KEPT})
    slim["row"], slim["first"], slim["last"] = rows, first[rows], last[rows]
    for key in ("town", "indicator"):
        slim[key] = pd.Categorical(frame[key].array[rows])
    indicators = slim["indicator"].cat
    slim["cell"] = slim["town"].cat.codes.to_numpy(np.int64) * max(len(indicators.categories), 1) + indicators.codes
    slim["months"] = coded(slim["basis"], BASIS_MONTHS, 0)
    known = [(directions or {}).get(name, Direction()) for name in indicators.categories]
    for key, field in (("lower", "lower_is_better"), ("stock", "point_in_time")):
        slim[key] = np.array([*(getattr(item, field) for item in known), False], dtype=bool)[indicators.codes]
    slim["whole"] = _stands_for_the_year(slim)
    return slim


def _comparable(frame: pd.DataFrame, last: Ints) -> npt.NDArray[np.bool_]:
    named = frame["town"].notna() & frame["indicator"].notna() & (frame["review"] != "rejected")
    return named.to_numpy(bool) & (last >= 0)


def _stands_for_the_year(slim: pd.DataFrame) -> pd.Series:
    cumulative = (slim["first"] >= 0) & (slim["first"] % 12 == 0) & (slim["last"] - slim["first"]).between(0, 11)
    return (cumulative | slim["stock"]) & (slim["basis"] != "multi-year")


def told_in_time(frame: pd.DataFrame) -> pd.Series:
    """Which records end by the month in which their report came; an actual figure cannot end later.

    A record whose month or whose report's arrival is unknown passes.
    """
    return pd.Series(in_time(months_of(frame["period_end"]), frame["received_at"]), index=frame.index)


def in_time(ends: npt.NDArray[np.int64], received: pd.Series) -> npt.NDArray[np.bool_]:
    """:func:`told_in_time` for running months and the moments at which reports came."""
    codes, words = pd.factorize(received)
    came = np.array([*(month_number(str(word)[:7]) for word in words), -1], dtype=np.int64)[codes]
    return (came < 0) | (ends <= came)


def left_out(records: pd.DataFrame) -> dict[str, int]:
    """How many records cannot be compared, by reason: no_town, no_period, rejected (the first that holds)."""
    frame = records_frame(records)
    rejected = (frame["review"] == "rejected").to_numpy(bool)
    no_town = frame["town"].isna().to_numpy(bool) & ~rejected
    no_period = (months_of(frame["period_end"]) < 0) & ~rejected & ~no_town
    return {"no_town": int(no_town.sum()), "no_period": int(no_period.sum()), "rejected": int(rejected.sum())}


def best_rows(slim: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    """One row for each value of ``key``. Of rivals the one counts that, in this order, tells a completion,
    of a year's target rather than of a part, tells a value, was reviewed by a person, came last.
    """
    repeated = key.duplicated(keep=False)
    if not repeated.any():
        return slim
    rivals = slim[repeated]
    order = np.lexsort(
        (
            -_numbers(rivals["id"]).fillna(0).to_numpy(),
            -pd.factorize(rivals["received_at"], sort=True)[0],
            coded(rivals["review"], _REVIEW_ORDER, _LAST),
            rivals["value"].isna(),
            coded(rivals["basis"], _BASIS_ORDER, _LAST),
            rivals["completion"].isna(),
        )
    )
    chosen = rivals.iloc[order]
    chosen = chosen[~key.loc[chosen.index].duplicated()]
    return pd.concat([slim[~repeated], chosen]).sort_index()


def unit_factors(units: pd.Series) -> tuple[npt.NDArray[np.float64], pd.Series]:
    """For a column of units: the factor to the base unit, and the base ('' where there is no unit)."""

    codes, words = pd.factorize(units)
    worth = [in_base(Decimal(1), str(word)) for word in words]
    factors = np.array([*(float(factor) for factor, _ in worth), 1.0])
    bases = np.array([*(base for _, base in worth), ""], dtype=object)
    return factors[codes], pd.Series(bases[codes], index=units.index)
