"""Year-on-year: as stated, and as computed from last year's record of the same months.

computed = (value ÷ last year's value − 1) × 100. Always computed over all records, before any date filter,
so that a filter cannot take last year away. What is missing stays missing, with the reason; nothing is
filled with zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import Ints, month_number, month_text
from assess.rate_basis import COMPARABLE, CURRENT, PRICES, SCOPE, USUAL, rate_bases
from assess.tables import Directions, best_rows, coded, narrow, records_frame, unit_factors, worded

# Stated and computed change may differ by this many points before it is flagged (1.0 itself is not).
TOLERANCE = 1.0
MISSING = "上年同期缺报"

YOY_COLUMNS: tuple[str, ...] = (
    "id", "town", "indicator", "period_start", "period_end", "value", "unit", "last_value", "last_from", "last_id",
    "yoy", "rate_basis", "computed", "difference", "conflict", "reason",
)  # fmt: skip
_NUMERIC = ("value", "last_value", "yoy", "computed", "difference")
MISSING_COLUMNS = ("town", "indicator", "year", "months")
CURVE_COLUMNS = ("town", "indicator", "year", "month", "share")
# One 64-bit key for cell, first and last month: 32,768 months are 2,730 years.
_KEY = 32_768
# The bases of a change; those on which values are compared come first.
_KINDS = {USUAL: 0, CURRENT: 1, SCOPE: 2, PRICES: 3}


def stated_and_computed(
    records: pd.DataFrame, directions: Directions | None = None, tolerance: float = TOLERANCE
) -> pd.DataFrame:
    """One row for each town, indicator, period and basis whose actual figures tell a value or a change.

    ``yoy`` is the stated, ``computed`` the computed change in per cent, ``difference`` = stated − computed in
    points, ``conflict`` True where it is more than ``tolerance``. ``rate_basis`` is that of the stated change (see
    :mod:`assess.rate_basis`); rates at 可比价 and of 可比口径 are rows of their own, never in conflict, as the
    printed values are not what they compare. ``last_value`` is last year's value in the unit of ``value``:
    ``last_from`` stated, from the record ``last_id``; or implied (推算) by value ÷ (1 + yoy) where last year
    has no record. ``reason`` tells in Chinese why ``computed`` is missing.
    """
    frame = records_frame(records)
    this = _figures(frame, directions)
    if this.empty:
        return _empty(YOY_COLUMNS)
    last, found = _last_year(this)
    reason = _reasons(this, last, found)
    both = (reason == "").to_numpy()
    previous = (last["amount"] / this["factor"]).where(both)
    computed = (this["value"] / previous - 1) * 100
    difference = (this["yoy"] - computed).round(4)
    growth = 1 + this["yoy"] / 100
    comparable = this["rate_basis"].isin(COMPARABLE)
    guessed = (~found & ~comparable & (growth > 0) & this["value"].notna()).to_numpy()
    implied = (this["value"] / growth.where(growth > 0)).to_numpy()
    rows = this["row"].to_numpy()
    result = frame.iloc[rows][["id", "town", "indicator", "period_start", "period_end", "unit"]].reset_index(drop=True)
    known = (found & last["amount"].notna() & (this["base"] == last["base"])).to_numpy()
    result = result.assign(
        value=this["value"].to_numpy(),
        yoy=this["yoy"].to_numpy(),
        last_value=np.where(known, last["amount"] / this["factor"], np.where(guessed, implied, np.nan)),
        last_from=worded((known, "stated"), (guessed, "implied")),
        last_id=last["id"].where(found).to_numpy(),
        computed=computed.to_numpy(),
        difference=difference.to_numpy(),
        conflict=(difference.abs() > tolerance).to_numpy(),
        reason=reason.to_numpy(),
    )
    conflict = result["conflict"] & ~comparable.to_numpy()
    result = result.assign(rate_basis=this["rate_basis"].to_numpy(), conflict=conflict)
    return result[list(YOY_COLUMNS)]


def year_on_year(
    records: pd.DataFrame,
    *,
    towns: list[str] | None = None,
    indicators: list[str] | None = None,
    period_from: str | None = None,
    period_to: str | None = None,
    directions: Directions | None = None,
) -> pd.DataFrame:
    """:func:`stated_and_computed` of all ``records``, then the towns, indicators and months asked for.

    ``period_from`` and ``period_to`` (``2016-01``) bound the period's last month, both included.
    """
    chosen = records_frame(records)
    for column, names in (("town", towns), ("indicator", indicators)):
        chosen = chosen if names is None else chosen[chosen[column].isin(names)]
    table = stated_and_computed(chosen, directions)
    ends = np.array([month_number(month) for month in table["period_end"]], dtype=np.int64)
    low = month_number(period_from) if period_from else -1
    high = month_number(period_to) if period_to else np.iinfo(np.int64).max
    return table[(ends >= low) & (ends <= high)].reset_index(drop=True)


def months_missing_last_year(table: pd.DataFrame) -> pd.DataFrame:
    """From a table of :func:`stated_and_computed`: town, indicator, year (last year's) and ``months``, the list
    of last year's months (``2015-06``) that this year has and last year lacks."""
    gone = table[table["reason"] == MISSING]
    if gone.empty:
        return _empty(MISSING_COLUMNS)
    ends = gone["period_end"].map(month_number) - 12
    gone = gone.assign(year=ends // 12, months=ends.map(month_text))
    lists = gone.groupby(["town", "indicator", "year"], sort=True)["months"]
    return lists.agg(lambda months: sorted(set(months))).reset_index()


def seasonal_curves(records: pd.DataFrame) -> pd.DataFrame:
    """Each complete year's own curve: town, indicator, year, month, ``share`` = value so far ÷ the year's final
    value × 100. Only years whose December figure is there and above zero."""
    this = _figures(records_frame(records), None)
    this = this[this["whole"] & this["value"].notna()]
    if this.empty:
        return _empty(CURVE_COLUMNS).astype({"share": np.float64})
    this = this.assign(year=this["last"] // 12, month=this["last"] % 12 + 1)
    this = this.drop_duplicates(["cell", "year", "month"])
    final = this[(this["month"] == 12) & (this["amount"] > 0)].drop_duplicates(["cell", "year"])
    keys = ["cell", "year", "base"]
    joined = this.merge(final[[*keys, "amount"]].rename(columns={"amount": "final"}), on=keys)
    joined["share"] = np.round(joined["amount"] / joined["final"] * 100, 1)
    names = {key: joined[key].astype(str) for key in ("town", "indicator")}
    return joined.assign(**names)[list(CURVE_COLUMNS)]


def _figures(frame: pd.DataFrame, directions: Directions | None) -> pd.DataFrame:
    """One actual figure for each cell, period and basis of the change, with its amount in the base unit."""
    slim = narrow(frame, directions)
    slim = slim[(slim["status"] == "actual") & (slim["value"].notna() | slim["yoy"].notna())]
    bases = rate_bases(frame)[slim["row"].to_numpy()]
    slim = slim.assign(begin=slim["first"].where(~slim["stock"], 0), rate_basis=bases)
    slim["kind"] = coded(slim["rate_basis"], _KINDS, 0)
    # A value counts before a completion here: two rates of one figure are two records, one with the value.
    valued = slim[slim["value"].notna()]
    bare = slim[slim["value"].isna() & ~_own_key(slim).isin(_own_key(valued))]
    slim = pd.concat([best_rows(part, _own_key(part)) for part in (valued, bare)])
    slim = slim.sort_values(["kind", "row"], ignore_index=True)
    slim["factor"], slim["base"] = unit_factors(slim["unit"])
    return slim.assign(amount=slim["value"] * slim["factor"])


def _key(slim: pd.DataFrame, months_back: int = 0) -> pd.Series:
    begin = slim["begin"].where(slim["stock"] | (slim["begin"] < 0), slim["begin"] - months_back)
    return (slim["cell"] * _KEY + begin + 1) * _KEY + slim["last"] - months_back


def _own_key(slim: pd.DataFrame) -> pd.Series:
    """One number for cell, months and basis: rates on different bases do not rival each other."""
    return _key(slim) * len(_KINDS) + slim["kind"]


def _last_year(this: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """For each figure the one of the same months a year before, on the same index, and whether there is one."""
    own = _key(this)
    once = np.flatnonzero(~own.duplicated().to_numpy())
    at: Ints = pd.Index(own.iloc[once]).get_indexer(pd.Index(_key(this, 12)))
    places: Ints = np.where(at >= 0, once[at], -1)
    last = this.iloc[places].reset_index(drop=True).set_axis(this.index)
    found = pd.Series((places >= 0) & (this["begin"] >= 0).to_numpy(), index=this.index)
    found &= last["value"].notna()
    return last.assign(amount=last["amount"].where(found)), found


def _reasons(this: pd.DataFrame, last: pd.DataFrame, found: pd.Series) -> pd.Series:
    rules: list[tuple[npt.NDArray[np.bool_], str]] = [
        (this["value"].isna().to_numpy(), "本期无数值"),
        ((this["begin"] < 0).to_numpy(), "本期时段不明"),
        (~found.to_numpy(), MISSING),
        ((this["base"] != last["base"]).to_numpy(), "与上年单位不同"),
        ((last["amount"] == 0).to_numpy(), "上年同期为零"),
        ((last["amount"] < 0).to_numpy(), "上年同期为负"),
    ]
    return pd.Series(np.select([rule for rule, _ in rules], [word for _, word in rules], default=""), index=this.index)


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=np.float64 if name in _NUMERIC else object) for name in columns})
