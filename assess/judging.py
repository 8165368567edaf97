"""Records with their pace, gap and state: the one place where completion, target and pace meet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import BASIS_MONTHS, Floats, pace_array
from assess.states import GROWTH_THRESHOLDS, State, Thresholds, state_array
from assess.tables import Directions, narrow, records_frame, unit_factors, worded

# The columns that judging adds or fills, and what stands in records that cannot be compared.
_OTHERWISE: dict[str, object] = {
    "completion": np.nan,
    "completion_from": None,
    "pace": np.nan,
    "pace_from": None,
    "gap": np.nan,
    "gap_from": None,
    "lead": np.nan,
    "state": str(State.NOT_APPLICABLE),
}
JUDGED_COLUMNS: tuple[str, ...] = tuple(_OTHERWISE)
# Gaps are rounded before they meet a threshold, so that 38.3 − 33.3 is 5 points and not 4.999999.
_DECIMALS = 4
_RATE_UNITS = ("%", "百分点")


def assessed(
    records: pd.DataFrame,
    thresholds: Thresholds | None = None,
    directions: Directions | None = None,
    *,
    growth_thresholds: Thresholds = GROWTH_THRESHOLDS,
    targets: pd.DataFrame | None = None,
    curve: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The records with, for each:

    - ``completion``: as stated; where none is stated, value ÷ target. ``completion_from``: stated or computed.
    - ``pace`` in per cent, nan for 不适用. ``pace_from``: linear, or last_year where ``curve`` (see
      :func:`assess.growth.seasonal_curves`) knows the month.
    - ``gap`` in points: completion − pace; for a target that is a rate, rate reached − target
      (``gap_from``: completion or growth).
    - ``lead``: the gap with its sign turned where lower is better, so that more is always better.
    - ``state``: see :class:`State`. Only actual figures have one; expected and planned ones are 不适用, as is
      whatever has no target, or a target of zero.

    ``targets`` are further targets (town, indicator, year, target, unit, target_from). Those with
    ``target_from`` "set" go before what the report says; others only fill gaps.
    """
    frame = records_frame(records)
    slim = judged(narrow(frame, directions), thresholds, growth_thresholds, targets, curve)
    rows = slim["row"].to_numpy()
    added: dict[str, npt.NDArray] = {}
    for column, otherwise in _OTHERWISE.items():
        added[column] = np.full(len(frame), otherwise, dtype=np.float64 if otherwise is np.nan else object)
        added[column][rows] = slim[column].to_numpy(added[column].dtype)
    added["completion"] = np.where(np.isnan(added["completion"]), frame["completion"], added["completion"])
    return frame.assign(**added)


def judged(
    slim: pd.DataFrame,
    thresholds: Thresholds | None = None,
    growth_thresholds: Thresholds = GROWTH_THRESHOLDS,
    targets: pd.DataFrame | None = None,
    curve: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """:func:`assessed` for a frame of :func:`assess.tables.narrow`, which gains JUDGED_COLUMNS."""
    slim = _with_targets(slim.assign(preset=False), targets)
    slim = _with_completion(slim)
    slim = _with_pace(slim, curve)
    lower = slim["lower"].to_numpy(bool)
    gap, rate = _gap(slim)
    lead = np.where(lower, -gap, gap)
    done = np.where(rate, np.nan, slim["completion"])
    states = np.where(
        rate,
        state_array(done, lead, growth_thresholds, lower),
        state_array(done, lead, thresholds or Thresholds(), lower),
    )
    void = (slim["status"] != "actual") | (slim["target"] == 0)
    known = ~np.isnan(gap)
    gap_from = worded((known & rate, "growth"), (known, "completion"))
    return slim.assign(
        gap=gap, lead=lead, gap_from=gap_from, state=np.where(void, str(State.NOT_APPLICABLE), states).astype(object)
    )


def _with_targets(slim: pd.DataFrame, targets: pd.DataFrame | None) -> pd.DataFrame:
    """Targets of other sources, matched by town, indicator and year; they are targets of the year."""
    if targets is None or targets.empty:
        return slim
    keys = ["town", "indicator", "year"]
    usable = targets[~targets.get("conflict", pd.Series(False, index=targets.index)).astype(bool)]
    unique = usable.drop_duplicates(keys)[[*keys, "target", "unit", "target_from"]]
    unique = unique.assign(year=unique["year"].astype(np.int64))
    left = pd.DataFrame({key: slim[key].astype(str) for key in keys[:2]}).assign(year=slim["last"] // 12)
    other = left.merge(unique, on=keys, how="left").set_axis(slim.index)
    preset = (other["target_from"] == "set") & slim["whole"]
    taken = preset | (slim["target"].isna() & slim["completion"].isna() & slim["whole"])
    taken &= other["target"].notna()
    return slim.assign(
        target=slim["target"].mask(taken, other["target"].astype(np.float64)),
        target_unit=slim["target_unit"].astype(object).mask(taken, other["unit"]),
        target_from=slim["target_from"].astype(object).mask(taken, other["target_from"]),
        months=slim["months"].mask(taken, BASIS_MONTHS["annual"]),
        preset=preset & taken,
    )


def _with_completion(slim: pd.DataFrame) -> pd.DataFrame:
    """Fills value ÷ target where no completion is stated, or where the target was set by hand."""
    factor, base = unit_factors(slim["unit"])
    target_factor, target_base = unit_factors(slim["target_unit"])
    target_base = target_base.where(slim["target_unit"].notna(), base)
    target_factor = np.where(slim["target_unit"].isna(), factor, target_factor)
    same = (base == target_base) & ~target_base.isin(_RATE_UNITS)
    fits = same & (slim["target"] > 0) & slim["value"].notna()
    share = (slim["value"] * factor / (slim["target"] * target_factor).where(fits) * 100).round(_DECIMALS)
    computed = share.notna() & (slim["completion"].isna() | slim["preset"])
    completion = slim["completion"].mask(computed, share)
    source = worded((computed, "computed"), (completion.notna(), "stated"))
    return slim.assign(completion=completion, completion_from=source, base=base, target_base=target_base)


def _with_pace(slim: pd.DataFrame, curve: pd.DataFrame | None) -> pd.DataFrame:
    pace = pace_array(*(slim[key].to_numpy(np.int64) for key in ("first", "last", "months")))
    pace[slim["stock"].to_numpy(bool)] = np.nan
    source = worded((~np.isnan(pace), "linear"))
    if curve is not None and not curve.empty:
        own = _curve_pace(slim, curve)
        use = ~np.isnan(own) & ~np.isnan(pace) & (slim["months"] == BASIS_MONTHS["annual"]).to_numpy()
        pace, source = np.where(use, own, pace), np.where(use, "last_year", source)
    return slim.assign(pace=pace, pace_from=source)


def _curve_pace(slim: pd.DataFrame, curve: pd.DataFrame) -> Floats:
    """The share of its final figure that the indicator had reached in the same month of the year before."""
    left = pd.DataFrame(
        {
            "town": slim["town"].astype(str),
            "indicator": slim["indicator"].astype(str),
            "year": slim["last"] // 12 - 1,
            "month": slim["last"] % 12 + 1,
        }
    )
    return left.merge(curve, on=list(left.columns), how="left")["share"].to_numpy(np.float64)


def _gap(slim: pd.DataFrame) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Gaps in points, and where they are gaps between rates; a target of zero is none for a completion."""
    rate = slim["target"].notna() & slim["target_base"].isin(_RATE_UNITS) & slim["completion"].isna()
    reached = slim["value"].where(slim["base"].isin(_RATE_UNITS), slim["yoy"])
    points = (slim["completion"] - slim["pace"]).mask(slim["target"] == 0)
    return np.round(points.where(~rate, reached - slim["target"]).to_numpy(np.float64), _DECIMALS), rate.to_numpy(bool)
