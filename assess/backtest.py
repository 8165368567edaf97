"""How far off the projection was in years that are complete: what it said in each month against the December figure.

error = projected − reported completion of December, in points. The same arithmetic as :mod:`assess.outlook`, for
all towns and indicators at once.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assess.months import BASIS_MONTHS
from assess.newest import actual, history_of
from assess.outlook import DECEMBER, LEAST_POINTS
from assess.settings import Settings
from assess.tables import Directions, narrow, unit_factors

METHODS = ("run_rate", "recent", "seasonal", "estimate")
POINT_COLUMNS = ("town", "indicator", "year", "month", "final", *METHODS, "low", "high")
SUMMARY_COLUMNS = ("month", "method", "count", "mean", "median", "worst", "bias", "within")
_YEAR = 12


def projected(
    records: pd.DataFrame, settings: Settings | None = None, directions: Directions | None = None
) -> pd.DataFrame:
    """What would have been projected at each month of each complete year, beside ``final``, December's completion.

    One row for each town, indicator, year and month from the third point of a year's target on; ``run_rate``,
    ``recent``, ``seasonal`` (nan without last year's curve), ``estimate``, ``low`` and ``high`` as
    :class:`assess.outlook.Projection` has them, all in per cent.
    """
    past = history_of(actual(narrow(records, directions), None), settings)
    factors, bases = unit_factors(past["unit"])
    past = past.assign(
        year=past["last"] // _YEAR, month=past["last"] % _YEAR + 1, amount=past["value"] * factors, base=bases
    )
    done = past[past["completion"].notna() & past["pace"].notna() & (past["months"] == BASIS_MONTHS["annual"])]
    groups = done.groupby(["cell", "year"], sort=False)
    steps = LEAST_POINTS - 1
    done = done.assign(earlier=groups["completion"].shift(steps), earlier_month=groups["month"].shift(steps))
    final = done[done["month"] == DECEMBER].set_index(["cell", "year"])["completion"].rename("final")
    points = done[(done["month"] < DECEMBER) & done["earlier"].notna()].join(final, on=["cell", "year"], how="inner")
    return _with_methods(points, past)


def _with_methods(points: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    so_far, month = points["completion"], points["month"]
    speed = (so_far - points["earlier"]) / (month - points["earlier_month"])
    run_rate = so_far / month * DECEMBER
    recent = so_far + speed * (DECEMBER - month)
    seasonal = so_far * _growth_to_december(points, past)
    methods = pd.DataFrame({"run_rate": run_rate, "recent": recent, "seasonal": seasonal})
    points = pd.concat([points, methods], axis=1).assign(
        estimate=seasonal.where(seasonal.notna(), run_rate),
        low=methods.min(axis=1),
        high=methods.max(axis=1),
        town=points["town"].astype(str),
        indicator=points["indicator"].astype(str),
    )
    return points[list(POINT_COLUMNS)].reset_index(drop=True)


def _growth_to_december(points: pd.DataFrame, past: pd.DataFrame) -> pd.Series:
    """Last year's December value ÷ last year's value of the same month; nan where either is not there."""
    values = past[past["amount"].notna()].set_index(["cell", "year", "month", "base"])["amount"]
    values = values[~values.index.duplicated()]
    keys = [points["cell"], points["year"] - 1, points["month"], points["base"]]
    then = values.reindex(pd.MultiIndex.from_arrays(keys)).to_numpy(np.float64)
    keys[2] = pd.Series(DECEMBER, index=points.index)
    final = values.reindex(pd.MultiIndex.from_arrays(keys)).to_numpy(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.Series(np.where(then > 0, final / then, np.nan), index=points.index)


def summary(points: pd.DataFrame) -> pd.DataFrame:
    """Of :func:`projected`, by month and method: ``count``, ``mean``, ``median`` and ``worst`` of |error|, ``bias``
    (mean error, above 0 too high), all in points, and ``within``, the per cent of Decembers between low and high."""
    lines = []
    for month, group in points.groupby("month"):
        inside = (group["final"] >= group["low"] - 1e-9) & (group["final"] <= group["high"] + 1e-9)
        for method in METHODS:
            error = (group[method] - group["final"]).dropna()
            if error.empty:
                continue
            far = error.abs()
            numbers = (far.mean(), far.median(), far.max(), error.mean(), inside[error.index].mean() * 100)
            lines.append((int(str(month)), method, len(error), *(round(float(number), 2) for number in numbers)))
    return pd.DataFrame(lines, columns=list(SUMMARY_COLUMNS))
