"""序时进度: how much of a target's own time has gone at the end of a period.

pace = months gone ÷ months of the target × 100 %, by month and to one decimal as it is published
(April 33.3 %, November 91.7 %). Only for periods that run from the first month of the target's time:
a single month or 第二季度 against a year's target has no pace (不适用).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt

# Months that a target of each basis covers; other bases (工程量, 多年目标, 其他) have no pace.
BASIS_MONTHS: dict[str, int] = {"annual": 12, "plan": 12, "budget": 12, "half": 6, "quarter": 3}
UNKNOWN = -1
_TENTH = Decimal("0.1")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def month_number(month: object) -> int:
    """``2016-03`` as a running number of months, -1 for anything that is no month.

    >>> month_number("2016-03") - month_number("2015-12")
    3
    """
    match = _MONTH.fullmatch(month) if isinstance(month, str) else None
    return int(match[1]) * 12 + int(match[2]) - 1 if match else UNKNOWN


def month_text(number: int) -> str:
    """The month of a running number: the inverse of :func:`month_number`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def pace(month: int, months: int = 12) -> Decimal:
    """Per cent of ``months`` gone at the end of ``month``, half up to one decimal: 3 -> 25.0, 4 -> 33.3.

    ``months`` is 12 for a year's target, 6 and 3 for a half-year's and a quarter's.
    Raises ValueError where the month is not within the target's time.
    """
    if not 1 <= month <= months:
        raise ValueError(f"月份应在 1 到 {months} 之间,实为 {month}")
    return (Decimal(100) * month / months).quantize(_TENTH, ROUND_HALF_UP)


def pace_of(period_start: str | None, period_end: str | None, basis: str | None = "annual") -> Decimal | None:
    """Pace at the end of a period, None (不适用) unless the period runs from the first month of the target's time.

    >>> pace_of("2016-01", "2016-06"), pace_of("2016-01", "2016-06", "half"), pace_of("2016-06", "2016-06")
    (Decimal('50.0'), Decimal('100.0'), None)
    """
    first, last = month_number(period_start), month_number(period_end)
    months = BASIS_MONTHS.get(basis or "", 0)
    if UNKNOWN in (first, last) or not months or first % months or not first <= last < first + months:
        return None
    return pace(last - first + 1, months)


PACE_TABLE: dict[int, Floats] = {
    months: np.array([np.nan, *(float(pace(month, months)) for month in range(1, months + 1))])
    for months in sorted(set(BASIS_MONTHS.values()))
}


def pace_array(first: Ints, last: Ints, months: Ints) -> Floats:
    """:func:`pace_of` for arrays of running months and of the targets' lengths (0: no pace); nan for 不适用."""
    result = np.full(len(first), np.nan)
    for length, table in PACE_TABLE.items():
        elapsed = last - first + 1
        fits = (months == length) & (first >= 0) & (first % length == 0) & (elapsed >= 1) & (elapsed <= length)
        result[fits] = table[elapsed[fits]]
    return result
