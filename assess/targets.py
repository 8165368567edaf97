"""Targets: stated, implied (推算), and where two reports imply different ones for one year.

target = value ÷ completion. value of last year = value ÷ (1 + year-on-year change).
A printed number stands for every number that rounds to it, so an implied target is a range: 4.36 亿元 at
58.2 % lies between 4.355 ÷ 58.25 % and 4.365 ÷ 58.15 %. Two targets conflict when their ranges do not meet.
"""

from __future__ import annotations

from decimal import Context, Decimal

import numpy as np
import pandas as pd

from assess.months import Floats
from assess.tables import narrow, records_frame, unit_factors

HUNDRED = Decimal(100)
TARGET_COLUMNS = (
    "town", "indicator", "year", "basis", "target", "unit", "target_from", "conflict", "values", "reports"
)  # fmt: skip
# 年度目标 and 年计划 are two wordings of one target; a budget is another.
YEAR_BASIS = {"annual": "annual", "plan": "annual", "budget": "budget"}
_IMPLIED = Context(prec=6)
_MAX_DECIMALS = 4


def implied_target(value: Decimal | None, completion: Decimal | None) -> Decimal | None:
    """value ÷ completion, in the value's unit, to six digits; None without either or at a completion of 0 or less.

    >>> implied_target(Decimal("31100"), Decimal("62.2"))
    Decimal('50000')
    """
    if value is None or completion is None or completion <= 0:
        return None
    return _IMPLIED.divide(value * HUNDRED, completion)


def implied_last_year(value: Decimal | None, yoy: Decimal | None) -> Decimal | None:
    """value ÷ (1 + yoy), in the value's unit, to six digits; None without either or at a fall of 100 % or more.

    >>> implied_last_year(Decimal("11.9"), Decimal(19))
    Decimal('10')
    """
    if value is None or yoy is None or yoy <= -HUNDRED:
        return None
    return _IMPLIED.divide(value * HUNDRED, HUNDRED + yoy)


def target_table(records: pd.DataFrame) -> pd.DataFrame:
    """One row for each target of a year: town, indicator, year, basis (annual or budget).

    ``target`` and ``unit`` are in the base unit; ``target_from`` is stated where any report states it, else
    implied; the newest report's counts. ``conflict`` is True where two reports' ranges do not meet, and
    then ``values`` lists every target found (base unit, by time) and ``reports`` the reports' names.
    """
    found = found_targets(records)
    if found.empty:
        return pd.DataFrame({column: pd.Series(dtype=object) for column in TARGET_COLUMNS})
    keys = ["town", "indicator", "year", "basis"]
    found = found.sort_values(["implied", "last", "row"], ascending=[False, True, True], kind="stable")
    groups = found.groupby(keys, observed=True, sort=True)
    table = groups.agg(target=("target", "last"), unit=("base", "last"), implied=("implied", "last"))
    table["target_from"] = np.where(table.pop("implied"), "implied", "stated")
    # Ranges meet in one point exactly when the highest low end is not above the lowest high end.
    table["conflict"] = (groups["low"].max() > groups["high"].min()) | (groups["base"].nunique() > 1)
    in_time = found.sort_values(["last", "row"], kind="stable").groupby(keys, observed=True)
    table["values"] = in_time["target"].agg(list)
    table["reports"] = in_time["report_name"].agg(lambda names: list(dict.fromkeys(map(str, names.dropna()))))
    table = table.reset_index()
    return table.assign(town=table["town"].astype(str), indicator=table["indicator"].astype(str))[list(TARGET_COLUMNS)]


def without_targets(records: pd.DataFrame) -> pd.DataFrame:
    """The records of those towns, indicators and years of which some actual value comes without target and completion:
    all that :func:`target_table` has to look through to fill these gaps."""
    frame = records_frame(records)
    bare = frame["value"].notna() & frame["target"].isna() & frame["completion"].isna() & (frame["status"] == "actual")
    if not bare.any():
        return frame[bare]
    keys = pd.DataFrame({"town": frame["town"], "indicator": frame["indicator"], "year": frame["period_end"].str[:4]})
    cells = pd.MultiIndex.from_frame(keys)
    return frame[cells.isin(cells[bare.to_numpy()].unique())]


def target_conflicts(records: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`target_table` that conflict."""
    table = target_table(records)
    return table[table["conflict"].astype(bool)].reset_index(drop=True)


def found_targets(records: pd.DataFrame) -> pd.DataFrame:
    """Every target of a year that a record states or implies, in base units, with the range that its digits allow.

    Columns beside those of :func:`assess.tables.narrow`: target, low, high, base, implied, year, report_name.
    """
    frame = records_frame(records)
    slim = narrow(frame)
    slim["basis"] = slim["basis"].map(YEAR_BASIS)
    slim = slim[slim["basis"].notna()]
    stated = slim[slim["target"].notna() & (slim["target_from"] != "implied")]
    stated = stated.assign(
        implied=False, unit=stated["target_unit"].where(stated["target_unit"].notna(), stated["unit"])
    )
    half = half_digit(stated["target"].to_numpy())
    stated = stated.assign(low=stated["target"] - half, high=stated["target"] + half)
    implied = slim[(slim["completion"] > 0) & (slim["value"] > 0) & (slim["status"] == "actual")]
    found = pd.concat([stated, _implied(implied.drop(index=implied.index.intersection(stated.index)))])
    factors, found["base"] = unit_factors(found["unit"])
    for column in ("target", "low", "high"):
        found[column] = found[column] * factors
    report = frame["report_name"].where(frame["report_name"].notna(), frame["report"]).array
    return found.assign(year=found["last"] // 12, report_name=report[found["row"].to_numpy()])


def _implied(slim: pd.DataFrame) -> pd.DataFrame:
    value, share = slim["value"].to_numpy(), slim["completion"].to_numpy()
    low, high = implied_range(value, share)
    return slim.assign(implied=True, target=value / share * 100, low=low, high=high)


def implied_range(value: Floats, completion: Floats) -> tuple[Floats, Floats]:
    """The least and the greatest target that print as this value at this completion."""
    value_half, share_half = half_digit(value), half_digit(completion)
    low = (value - value_half) / (completion + share_half) * 100
    return low, (value + value_half) / np.maximum(completion - share_half, 1e-9) * 100


def half_digit(numbers: Floats) -> Floats:
    """Half a unit of the last printed decimal: 0.05 for 58.2, 0.5 for 75; decimals beyond the fourth are noise."""
    half = np.full(len(numbers), 0.5 * 10.0**-_MAX_DECIMALS)
    for decimals in reversed(range(_MAX_DECIMALS)):
        half[np.isclose(np.round(numbers, decimals), numbers, rtol=0, atol=1e-9)] = 0.5 * 10.0**-decimals
    return half
