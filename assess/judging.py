"""Records with their pace, gap and state: the one place where completion, target and pace meet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import BASIS_MONTHS, Floats, pace_array
from assess.settings import Settings
from assess.states import State, state_array
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
_TARGET_KEYS = ("town", "indicator", "year")


def assessed(
    records: pd.DataFrame,
    settings: Settings | None = None,
    directions: Directions | None = None,
) -> pd.DataFrame:
    """The records with, for each:

    - ``target``, ``target_unit``, ``target_from``, ``basis``: the target by which it is judged; ``target_text`` is
      only there for its own.
    - ``completion``: as stated; where none is stated, value ÷ target. ``completion_from``: stated or computed.
    - ``pace`` in per cent, nan for 不适用. ``pace_from``: linear, or last_year where the settings say so and last
      year's curve knows the month.
    - ``gap`` in points: completion − pace; for a target that is a rate, rate reached − target
      (``gap_from``: completion or growth).
    - ``lead``: the gap with its sign turned where lower is better, so that more is always better.
    - ``state``: see :class:`State`. Only actual figures have one; expected and planned ones are 不适用, as is
      whatever has no target, or a target of zero.

    Targets set by hand (``settings.targets``) go before what the report says, or only fill gaps, as the
    settings say; of several steps in a year the last that began by the figure's month counts.
    What other records state or imply for the year (``settings.reported``) fills what gaps are left.
    """
    frame = records_frame(records)
    slim = judged(narrow(frame, directions), settings)
    rows = slim["row"].to_numpy()
    added: dict[str, npt.NDArray] = {}
    for column, otherwise in _OTHERWISE.items():
        added[column] = np.full(len(frame), otherwise, dtype=np.float64 if otherwise is np.nan else object)
        added[column][rows] = slim[column].to_numpy(added[column].dtype)
    frame = _with_given_targets(frame, slim)
    added["completion"] = np.where(np.isnan(added["completion"]), frame["completion"], added["completion"])
    return frame.assign(**added)


def _with_given_targets(frame: pd.DataFrame, slim: pd.DataFrame) -> pd.DataFrame:
    """The records with the targets by which they are judged, where these are not their own."""
    given = slim[slim["given"].to_numpy(bool)]
    if given.empty:
        return frame
    rows = given["row"].to_numpy()
    changed: dict[str, npt.NDArray] = {}
    for column in ("target", "target_unit", "target_from", "target_text", "basis"):
        changed[column] = frame[column].to_numpy(np.float64 if column == "target" else object, copy=True)
        changed[column][rows] = given[column].to_numpy() if column in given else None
    return frame.assign(**changed)


def judged(slim: pd.DataFrame, settings: Settings | None = None) -> pd.DataFrame:
    """:func:`assessed` for a frame of :func:`assess.tables.narrow`, which gains JUDGED_COLUMNS."""
    rules = settings or Settings()
    slim = _with_set_targets(slim.assign(preset=False, given=False), rules)
    slim = _with_reported_targets(slim, rules.reported)
    slim = _with_completion(slim)
    slim = _with_pace(slim, rules.curve_of_towns())
    lower = slim["lower"].to_numpy(bool)
    gap, rate = _gap(slim)
    lead = np.where(lower, -gap, gap)
    done = np.where(rate, np.nan, slim["completion"])
    states = np.where(
        rate,
        state_array(done, lead, rules.limits(slim["town"], growth=True), lower),
        state_array(done, lead, rules.limits(slim["town"]), lower),
    )
    void = (slim["status"] != "actual") | (slim["target"] == 0)
    known = ~np.isnan(gap)
    gap_from = worded((known & rate, "growth"), (known, "completion"))
    return slim.assign(
        gap=gap, lead=lead, gap_from=gap_from, state=np.where(void, str(State.NOT_APPLICABLE), states).astype(object)
    )


def _with_set_targets(slim: pd.DataFrame, rules: Settings) -> pd.DataFrame:
    """Targets set by hand: of the town, indicator and year the last step that began by the figure's month."""
    if rules.targets is None or rules.targets.empty or slim.empty:
        return slim
    steps = rules.targets.assign(begin=rules.targets["year"] * 12 + rules.targets["from_month"] - 1)
    steps = steps.astype({"begin": np.int64, "year": np.int64}).sort_values("begin", kind="stable")
    left = _keys(slim).assign(last=slim["last"].to_numpy(np.int64), place=np.arange(len(slim)))
    named = left["town"].isin(steps["town"].unique()) & left["indicator"].isin(steps["indicator"].unique())
    found = pd.merge_asof(
        left[named].sort_values("last", kind="stable"),
        steps[[*_TARGET_KEYS, "begin", "target", "unit"]],
        left_on="last",
        right_on="begin",
        by=list(_TARGET_KEYS),
    )
    other = found.set_index("place")[["target", "unit"]].reindex(np.arange(len(slim))).set_axis(slim.index)
    free = slim["target"].isna() & slim["completion"].isna()
    taken = other["target"].notna() & slim["whole"] & (rules.set_first | free)
    return _taken(slim, other.assign(target_from="set"), taken).assign(preset=taken)


def _with_reported_targets(slim: pd.DataFrame, targets: pd.DataFrame | None) -> pd.DataFrame:
    """Targets that other records state or imply, where nothing else is known; they are targets of the year."""
    if targets is None or targets.empty:
        return slim
    unique = targets[~targets["conflict"].astype(bool)].drop_duplicates(list(_TARGET_KEYS))
    unique = unique[[*_TARGET_KEYS, "target", "unit", "target_from"]].astype({"year": np.int64})
    other = _keys(slim).merge(unique, on=list(_TARGET_KEYS), how="left").set_axis(slim.index)
    free = slim["target"].isna() & slim["completion"].isna() & slim["whole"]
    return _taken(slim, other, free & other["target"].notna())


def _keys(slim: pd.DataFrame) -> pd.DataFrame:
    names = {key: slim[key].astype(str) for key in ("town", "indicator")}
    return pd.DataFrame(names).assign(year=(slim["last"] // 12).to_numpy(np.int64))


def _taken(slim: pd.DataFrame, other: pd.DataFrame, taken: pd.Series) -> pd.DataFrame:
    return slim.assign(
        target=slim["target"].mask(taken, other["target"].astype(np.float64)),
        target_unit=slim["target_unit"].astype(object).mask(taken, other["unit"]),
        target_from=slim["target_from"].astype(object).mask(taken, other["target_from"]),
        months=slim["months"].mask(taken, BASIS_MONTHS["annual"]),
        basis=slim["basis"].astype(object).mask(taken, "annual"),
        given=slim["given"] | taken,
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
    aim = slim["target"].notna() & slim["target_base"].isin(_RATE_UNITS)
    rate = aim & (slim["completion"].isna() | slim["preset"])
    reached = slim["value"].where(slim["base"].isin(_RATE_UNITS), slim["yoy"])
    points = (slim["completion"] - slim["pace"]).mask(slim["target"] == 0)
    return np.round(points.where(~rate, reached - slim["target"]).to_numpy(np.float64), _DECIMALS), rate.to_numpy(bool)
