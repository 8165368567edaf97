"""Rules of 核查 over time: change against last year, last year's base, a sum that fell, a unit that jumped."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.checks_figures import (
    EPSILON,
    NO_YEAR_TARGET,
    POINTS,
    hits,
    keys,
    relative,
    sentences,
    six_digits,
    value_hits,
    word_of,
)
from assess.checks_rules import MAY_FALL, POWERS, PRICE_ADJUSTED, PRICE_MARGIN
from assess.checks_values import GRAVE_SHARE, graveness
from assess.months import Floats, Ints
from assess.tables import best_rows

_NOW = (
    "row", "cell", "key", "stock", "begin", "last", "indicator", "value", "unit", "amount", "half", "factor", "base",
    "yoy", "yoy_half",
)  # fmt: skip
# Bases that two or more periods imply count as one change where their ratios lie this close together.
BASE_SPREAD = 0.03
# A sum that is a tenth of its neighbours' is a slip of the point only when it is about a tenth (log10 ± this).
_CLOSE, _FAR = 0.15, 0.3
_JUMP, _AROUND = 0.7, 3
_WIDEST = 0.6
# More than the kinds of units that a store can have.
_MOST_UNITS = 1 << 24


def growth(done: pd.DataFrame, best: pd.DataFrame) -> pd.DataFrame:
    """Stated against computed change; where several periods of a year imply one other base, rule ``base`` instead."""
    pairs = _with_last_year(done, best)
    bad = pairs[pairs["off"]]
    ratio = bad["implied"] / bad["amount_then"]
    bad = bad.assign(base_ratio=ratio, year=bad["last"] // 12)
    groups = bad.groupby(["cell", "year"], sort=False)
    spread = groups["base_ratio"].transform("max") / groups["base_ratio"].transform("min") - 1
    systematic = ((groups["last"].transform("nunique") >= 2) & (spread >= 0) & (spread < BASE_SPREAD)).to_numpy(bool)
    return pd.concat([_changes(bad[~systematic]), _bases(bad[systematic])], ignore_index=True)


def _with_last_year(done: pd.DataFrame, best: pd.DataFrame) -> pd.DataFrame:
    """Figures with a value and a change beside last year's value (``…_then``); ``off`` where they cannot both be."""
    then = best
    now = done[done["value"].notna() & (done["yoy"] > -100) & ~done["comparable"]]
    now = now[list(_NOW)].assign(before=keys(now, 12))
    then = then[then["key"].isin(now["before"]) & (then["amount"] - then["half"] > 0)]
    then = then[["key", "row", "amount", "half", "base", "value", "unit"]].add_suffix("_then")
    pairs = now.merge(then, left_on="before", right_on="key_then")
    pairs = pairs[pairs["base"] == pairs["base_then"]]
    low = ((pairs["amount"] - pairs["half"]) / (pairs["amount_then"] + pairs["half_then"]) - 1) * 100
    high = ((pairs["amount"] + pairs["half"]) / (pairs["amount_then"] - pairs["half_then"]) - 1) * 100
    margin = pairs["yoy_half"] + _price_margin(pairs["indicator"]) + EPSILON
    return pairs.assign(
        off=(pairs["yoy"] - margin > high) | (pairs["yoy"] + margin < low),
        computed=((pairs["amount"] / pairs["amount_then"] - 1) * 100).round(2),
        implied=pairs["amount"] / (1 + pairs["yoy"] / 100),
    )


def _price_margin(indicators: pd.Series) -> Floats:
    margins = np.array([PRICE_MARGIN * bool(PRICE_ADJUSTED.search(name)) for name in indicators.cat.categories] + [0.0])
    return margins[indicators.cat.codes]


def _changes(bad: pd.DataFrame) -> pd.DataFrame:
    difference = (bad["yoy"] - bad["computed"]).round(4)
    worst = bad.assign(far=difference.abs()).sort_values("far", ascending=False).drop_duplicates("key")
    difference = (worst["yoy"] - worst["computed"]).round(4)
    unit = word_of(worst["unit"])
    return hits(
        "growth",
        row=worst["row"].to_numpy(),
        other=worst["row_then"].to_numpy(),
        first=worst["yoy"].to_numpy(),
        first_is="报告所称同比",
        second=worst["computed"].to_numpy(),
        second_is="按两年数值计算",
        unit="%",
        difference=difference.to_numpy(),
        difference_unit=POINTS,
        size=graveness(difference),
        ratio=(worst["implied"] / worst["amount_then"]).to_numpy(),
        agree=sentences(
            "若两年数值都对，同比应为{computed}%；若同比对，上年同期应为{before}{unit}（上年报告为{then}{unit}），"
            "或本期应为{now}{unit}。",
            computed=worst["computed"],
            before=worst["implied"] / worst["factor"],
            then=worst["amount_then"] / worst["factor"],
            now=worst["amount_then"] * (1 + worst["yoy"] / 100) / worst["factor"],
            unit=unit,
        ),
    )


def _bases(bad: pd.DataFrame) -> pd.DataFrame:
    counts = bad.groupby(["cell", "year"], sort=False)["last"].transform("nunique")
    last = bad.assign(count=counts).sort_values("last").drop_duplicates(["cell", "year"], keep="last")
    implied, then = last["implied"] / last["factor"], last["amount_then"] / last["factor"]
    return value_hits(
        "base",
        last,
        last["row_then"],
        implied,
        then,
        whole=then,
        share=GRAVE_SHARE,
        first_is="由同比倒推的上年同期",
        second_is="上年报告的数",
        ratio=(implied / then).to_numpy(),
        agree=sentences(
            "本年{count}期报告都按上年报告数的{share}%作基数。如基数已核实调整，请写明；否则本期同比应为{computed}%。",
            count=last["count"],
            share=(implied / then * 100).round(1),
            computed=last["computed"],
        ),
    )


def fell(done: pd.DataFrame, best: pd.DataFrame) -> pd.DataFrame:
    """A sum from January that is lower than that of the period before; completions where there is no value."""
    found = _fallen(best[_cumulated(best)], "value", "amount", "half")
    bare = done[done["completion"].notna() & (done["basis_code"] != NO_YEAR_TARGET) & ~done["second"]]
    bare = bare[_cumulated(bare)]
    lonely = bare.loc[bare["value"].isna(), "cell"]
    bare = bare[bare["cell"].isin(lonely)]
    shares = _fallen(best_rows(bare, bare["key"]), "completion", "completion", "share_half")
    return pd.concat([found, shares], ignore_index=True)


def _cumulated(rows: pd.DataFrame) -> pd.Series:
    return rows["whole"] & ~rows["stock"] & ~rows["is_rate"] & ~_may_fall(rows["indicator"])


def _may_fall(indicators: pd.Series) -> npt.NDArray[np.bool_]:
    table = np.array([*(bool(MAY_FALL.search(name)) for name in indicators.cat.categories), False], dtype=bool)
    return table[indicators.cat.codes]


def _fallen(rows: pd.DataFrame, number: str, amount: str, half: str) -> pd.DataFrame:
    kept = ["row", "cell", "last", "base", "basis_code", "value", "unit", "factor", *dict.fromkeys((amount, half))]
    rows = rows[kept].sort_values(["cell", "last"], kind="stable").assign(year=rows["last"] // 12)
    same = ["cell", "year", "base" if number == "value" else "basis_code"]
    before = rows.shift(1)
    together = np.logical_and.reduce([(rows[key] == before[key]).to_numpy(bool) for key in same])
    if number == "completion":
        together &= (rows["value"].isna() | before["value"].isna()).to_numpy(bool)
    off = together & (rows[amount] + rows[half] < before[amount] - before[half] - EPSILON)
    bad, then = rows[off.to_numpy()], before[off.to_numpy()]
    factor = bad["factor"] if number == "value" else pd.Series(1.0, index=bad.index)
    unit = word_of(bad["unit"]) if number == "value" else np.full(len(bad), "%", dtype=object)
    one, two = (bad[amount] / factor).to_numpy(), (then[amount] / factor).to_numpy()
    word = {"value": "累计数", "completion": "累计完成率"}[number]
    return hits(
        "fell",
        row=bad["row"].to_numpy(),
        other=then["row"].to_numpy(np.int64),
        first=six_digits(one),
        first_is=f"本期{word}",
        second=six_digits(two),
        second_is=f"前一期{word}",
        unit=unit,
        difference=six_digits(one - two),
        difference_unit=unit if number == "value" else POINTS,
        size=relative((one - two) / GRAVE_SHARE, two),
        agree=sentences(
            "累计数不应减少：若前一期对，本期至少为{two}{unit}；若本期对，前一期至多为{one}{unit}；如有核减，请写明。",
            one=one,
            two=two,
            unit=unit,
        ),
    )


def unit(done: pd.DataFrame, best: pd.DataFrame) -> pd.DataFrame:
    """A figure that is 10 to 10,000 times what its neighbours in time lead one to expect; ``ratio`` tells the power.

    Flows are compared by the month. A jump that the report's own change or completion confirms is none; one of
    ten or a hundred times counts only where one of them contradicts it or figures before and after it agree.
    """
    flows = best[(best["amount"] > 0) & best["whole"]]
    flows = flows.iloc[np.lexsort((flows["last"], flows["base"], flows["cell"]))].reset_index(drop=True)
    months = np.where(flows["stock"], 1, (flows["last"] - flows["first"] + 1).clip(lower=1))
    level = np.log10(flows["amount"].to_numpy() / months)
    group = flows["cell"].to_numpy() * _MOST_UNITS + flows["base"].to_numpy()
    places: Ints = np.flatnonzero(_jumps(level, group))
    near = _neighbours(level, group, places)
    middle, wide = _middle(near)
    power = np.round(level[places] - middle)
    off = np.abs(level[places] - middle - power)
    fits = np.isin(np.abs(power), POWERS) & (wide < _WIDEST) & (off < np.where(np.abs(power) == 1, _CLOSE, _FAR))
    fits &= _believable((done, best), flows, places, power, near)
    return _jumped(flows, places[fits], power[fits], group)


def _jumps(level: Floats, group: Ints) -> npt.NDArray[np.bool_]:
    far = (np.abs(np.diff(level)) > _JUMP) & (np.diff(group) == 0)
    return np.concatenate([far, [False]]) | np.concatenate([[False], far]) if len(level) else np.zeros(0, dtype=bool)


def _neighbours(level: Floats, group: Ints, places: Ints) -> Floats:
    """The levels of up to three figures before and three after each place; nan where there are none."""
    steps = [step for step in range(-_AROUND, _AROUND + 1) if step]
    result = np.full((len(places), len(steps)), np.nan)
    for column, step in enumerate(steps):
        at = places + step
        inside = (at >= 0) & (at < len(level))
        safe = np.where(inside, at, 0)
        same = inside & (group[safe] == group[places])
        result[same, column] = level[safe[same]]
    return result


def _middle(near: Floats) -> tuple[Floats, Floats]:
    """Median and spread of each row that has three numbers; nan else."""
    enough = (~np.isnan(near)).sum(axis=1) >= _AROUND
    middle, wide = np.full(len(near), np.nan), np.full(len(near), np.nan)
    kept = near[enough]
    middle[enough] = np.nanmedian(kept, axis=1) if len(kept) else []
    wide[enough] = np.nanmax(kept, axis=1) - np.nanmin(kept, axis=1) if len(kept) else []
    return middle, wide


def _believable(
    every: tuple[pd.DataFrame, pd.DataFrame], flows: pd.DataFrame, places: Ints, power: Floats, near: Floats
) -> npt.NDArray[np.bool_]:
    """Whether nothing in the report confirms the jump and, for a small power, something speaks against it."""
    at = flows.iloc[places]
    pairs = _with_last_year(*(rows[rows["cell"].isin(at["cell"])] for rows in every))
    confirmed = at["row"].isin(pairs.loc[~pairs["off"], "row"]).to_numpy()
    denied = at["row"].isin(pairs.loc[pairs["off"], "row"]).to_numpy()
    elapsed = ((at["last"] - at["first"] + 1) / 12 * 100).to_numpy()
    share = at["completion"].where(at["basis_code"] != NO_YEAR_TARGET).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        behind = np.log10(share / elapsed)
    confirmed = confirmed | (np.sign(behind) * np.sign(power) * (np.abs(behind) > _JUMP) > 0)
    denied = denied | (np.abs(behind) < _FAR)
    both_sides = ~np.isnan(near[:, _AROUND - 1]) & ~np.isnan(near[:, _AROUND])
    return ~confirmed & (denied | both_sides | (np.abs(power) > 2))


def _jumped(done: pd.DataFrame, places: Ints, power: Floats, group: Ints) -> pd.DataFrame:
    beside = np.where((places > 0) & (group[places - 1] == group[places]), places - 1, places + 1)
    jumped = np.isin(beside, places)
    further = np.where(beside < places, places + 1, places - 1)
    inside = (further >= 0) & (further < len(done))
    usable = jumped & inside & (group[np.where(inside, further, 0)] == group[places])
    bad, other = done.iloc[places], done.iloc[np.where(usable, further, beside)]
    return jumped_hits(bad, other, 10.0**power)


def jumped_hits(bad: pd.DataFrame, other: pd.DataFrame, factor: Floats) -> pd.DataFrame:
    """Hits of figures that are ``factor`` times too great, beside a figure of another period."""
    one, two = bad["value"].to_numpy(), other["amount"].to_numpy() / bad["factor"].to_numpy()
    return value_hits(
        "unit",
        bad,
        other["row"],
        one,
        two,
        whole=two,
        share=GRAVE_SHARE,
        first=one,
        first_is="本期数值",
        second_is="相邻时段的数值",
        size=1.0,
        ratio=factor,
        agree=sentences(
            "与前后各期的水平相差约{factor}倍：请核对单位和小数点，换算后为{right}{unit}。",
            factor=np.maximum(factor, 1 / factor).round(),
            right=one / factor,
            unit=word_of(bad["unit"]),
        ),
    )
