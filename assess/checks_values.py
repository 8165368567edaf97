"""Rules of 核查 within one period: completion against value and target, two targets, two figures, parts and wholes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from assess.checks_figures import (
    EPSILON,
    NO_YEAR_TARGET,
    POINTS,
    hits,
    no_hits,
    sentences,
    value_hits,
    word_of,
)
from assess.checks_rules import PARTS
from assess.months import Floats
from assess.targets import YEAR_BASIS

# A difference of this many points, or this share of a value, weighs in full.
GRAVE_POINTS, GRAVE_SHARE = 20.0, 0.2


def graveness(points: Any) -> Floats:
    """How grave a difference in points is: 1 from ``GRAVE_POINTS`` on, less below in proportion."""
    return np.minimum(np.abs(np.asarray(points, dtype=np.float64)) / GRAVE_POINTS, 1.0)


def completion(slim: pd.DataFrame) -> pd.DataFrame:
    """The stated completion against value ÷ stated target of the same record, in points."""
    able = slim["value"].notna() & (slim["completion"] > 0) & (slim["target"] > 0) & (slim["target_from"] == "stated")
    told = slim[able & (slim["basis"] != "multi-year")]
    told = told[told["goal_base"] == told["base"]]
    low = (told["amount"] - told["half"]) / (told["goal"] + told["goal_half"]) * 100
    high = (told["amount"] + told["half"]) / (told["goal"] - told["goal_half"]).clip(lower=1e-9) * 100
    far = (told["completion"] - told["share_half"] > high + EPSILON) | (
        told["completion"] + told["share_half"] < low - EPSILON
    )
    bad = told[far]
    computed = (bad["amount"] / bad["goal"] * 100).round(4)
    decimals = _shown(computed, bad["share_half"])
    return hits(
        "completion",
        row=bad["row"].to_numpy(),
        other=bad["row"].to_numpy(),
        first=bad["completion"].to_numpy(),
        first_is="报告所称完成率",
        second=decimals.to_numpy(),
        second_is="数值 ÷ 目标",
        unit="%",
        difference=(bad["completion"] - decimals).round(4).to_numpy(),
        difference_unit=POINTS,
        size=graveness(bad["completion"] - computed),
        ratio=(bad["completion"] / computed).to_numpy(),
        agree=sentences(
            "若数值和目标都对，完成率应为{computed}%；若完成率对，数值应为{value}{unit}，或目标应为{target}{target_unit}。",
            computed=decimals,
            value=bad["goal"] * bad["completion"] / 100 / bad["factor"],
            unit=word_of(bad["unit"]),
            target=bad["amount"] / bad["completion"] * 100 / bad["goal_factor"],
            target_unit=word_of(_target_units(bad)),
        ),
    )


def _shown(numbers: pd.Series, half: pd.Series) -> pd.Series:
    """Numbers to one digit more than what they are compared with, at least one decimal."""
    decimals = np.clip(np.round(-np.log10(half * 2)), 1, 3)
    scale = 10.0**decimals
    return (numbers * scale).round() / scale


def _target_units(told: pd.DataFrame) -> pd.Series:
    own = told["target_unit"].astype(object)
    return own.where(own.notna(), told["unit"].astype(object))


def target(slim: pd.DataFrame) -> pd.DataFrame:
    """The lowest against the highest target of one town, indicator, year and basis whose ranges do not meet."""
    yearly = slim[slim["basis"].isin(YEAR_BASIS) & ~slim["second"]]
    yearly = yearly.assign(budget=yearly["basis"] == "budget")
    stated = yearly[(yearly["target"] > 0) & (yearly["target_from"] == "stated")]
    stated = stated.assign(
        low=stated["goal"] - stated["goal_half"], high=stated["goal"] + stated["goal_half"], base=stated["goal_base"]
    )
    able = (yearly["value"] > 0) & (yearly["completion"] > 0) & yearly["is_actual"]
    implied = yearly[able & ~yearly.index.isin(stated.index)]
    low, high = _implied(implied)
    implied = implied.assign(goal=implied["amount"] / implied["completion"] * 100, low=low, high=high)
    every = pd.concat([stated, implied])
    every = every.assign(year=every["last"] // 12, is_stated=every.index.isin(stated.index))
    lowest, highest = _apart(every, ["cell", "year", "budget", "base"])
    first, second = every.loc[highest], every.loc[lowest]
    factor = first["factor"].to_numpy()
    one, two = first["goal"].to_numpy() / factor, second["goal"].to_numpy() / factor
    kind = np.array(["推算的年度目标", "报告写明的目标"], dtype=object)
    return value_hits(
        "target",
        first,
        second["row"],
        one,
        two,
        whole=two,
        share=GRAVE_SHARE,
        first_is=kind[first["is_stated"].to_numpy(int)],
        second_is=kind[second["is_stated"].to_numpy(int)],
        ratio=one / two,
        agree="同一年度的目标应只有一个：如目标已调整，请写明调整时间和数额；如未调整，请更正其中的数值或完成率。",
    )


def _implied(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    least = (rows["completion"] - rows["share_half"]).clip(lower=1e-9)
    low = (rows["amount"] - rows["half"]) / (rows["completion"] + rows["share_half"]) * 100
    return low, (rows["amount"] + rows["half"]) / least * 100


def _apart(rows: pd.DataFrame, by: list[str]) -> tuple[pd.Index, pd.Index]:
    """Of each group whose intervals (low, high) do not all meet: the index of the lowest and of the highest one."""
    rivals = rows[rows.duplicated(by, keep=False)]
    if rivals.empty:
        return rivals.index, rivals.index
    groups = rivals.groupby(by, sort=False)
    top, bottom = groups["low"].max(), groups["high"].min()
    apart = (top > bottom * (1 + np.sign(bottom) * EPSILON) + EPSILON).to_numpy()
    highest, lowest = groups["low"].idxmax()[apart], groups["high"].idxmin()[apart]
    return pd.Index(lowest), pd.Index(highest)


def duplicate(done: pd.DataFrame) -> pd.DataFrame:
    """Two actual figures of one town, indicator and period: values, else completions, else changes."""
    done = done[done["key"].duplicated(keep=False)]
    valued = done[done["value"].notna()]
    found = [_two_values(valued.assign(low=valued["amount"] - valued["half"], high=valued["amount"] + valued["half"]))]
    shares = done[done["completion"].notna() & (done["basis_code"] != NO_YEAR_TARGET) & ~done["second"]]
    found.append(_two_rates(shares, "completion", "share_half", "basis_code", "完成率", "%"))
    changes = done[done["yoy"].notna() & ~done["comparable"]]
    found.append(_two_rates(changes, "yoy", "yoy_half", "key", "同比", "%"))
    every = pd.concat(found, ignore_index=True)
    keys = done.set_index("row")["key"]
    return every[~keys.loc[every["row"]].duplicated().to_numpy()]


def _two_values(rows: pd.DataFrame) -> pd.DataFrame:
    lowest, highest = _apart(rows, ["key", "base"])
    first, second = _by_time(rows, lowest, highest)
    one, two = first["value"].to_numpy(), second["amount"].to_numpy() / first["factor"].to_numpy()
    return value_hits(
        "duplicate",
        first,
        second["row"],
        one,
        two,
        whole=np.maximum(np.abs(one), np.abs(two)),
        share=GRAVE_SHARE,
        first_is="数值",
        first=one,
        second_is="另一处的数值",
        ratio=np.divide(one, two, out=np.full(len(one), np.nan), where=two != 0),
        agree=sentences(
            "同一时段只应有一个数：请核对是{one}{unit}还是{two}{unit}；如口径不同，请写明。",
            one=one,
            two=two,
            unit=word_of(first["unit"]),
        ),
    )


def _two_rates(rows: pd.DataFrame, number: str, half: str, by: str, word: str, unit: str) -> pd.DataFrame:
    rows = rows.assign(low=rows[number] - rows[half], high=rows[number] + rows[half])
    lowest, highest = _apart(rows, list(dict.fromkeys(["key", by])))
    first, second = _by_time(rows, lowest, highest)
    one, two = first[number].to_numpy(), second[number].to_numpy()
    return hits(
        "duplicate",
        row=first["row"].to_numpy(),
        other=second["row"].to_numpy(),
        first=one,
        first_is=word,
        second=two,
        second_is=f"另一处的{word}",
        unit=unit,
        difference=np.round(one - two, 4),
        difference_unit=POINTS,
        size=graveness(one - two),
        agree=sentences(f"同一时段只应有一个{word}：请核对是{{one}}%还是{{two}}%。", one=one, two=two),
    )


def _by_time(rows: pd.DataFrame, lowest: pd.Index, highest: pd.Index) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The later record of each pair (by its place in the store) and the earlier one."""
    low, high = rows.loc[lowest], rows.loc[highest]
    later = high["row"].to_numpy() >= low["row"].to_numpy()
    first = np.where(later, highest, lowest)
    second = np.where(later, lowest, highest)
    return rows.loc[first], rows.loc[second]


def part(best: pd.DataFrame) -> pd.DataFrame:
    """Known parts that exceed their whole in the same town and months; tables of pairs in ``checks_rules``."""
    names = {name for pair in PARTS for name in pair}
    done = best[best["indicator"].isin(names).to_numpy()]
    if done.empty:
        return no_hits()
    done = done[["row", "value", "unit", "amount", "half", "factor", "base", "first", "last", "town", "indicator"]]
    done = done.assign(indicator=done["indicator"].astype(str))
    pairs = pd.DataFrame(PARTS, columns=["indicator", "its_whole"])
    parts = done.merge(pairs, on="indicator")
    keys = ["town", "first", "last", "base"]
    joined = parts.merge(done, left_on=[*keys, "its_whole"], right_on=[*keys, "indicator"], suffixes=("", "_of"))
    return exceeding(joined)


def exceeding(joined: pd.DataFrame) -> pd.DataFrame:
    """Hits of rows that hold a part and, with the ending ``_of``, its whole, where the part is the greater."""
    bad = joined[joined["amount"] - joined["half"] > joined["amount_of"] + joined["half_of"] + EPSILON]
    one, two = bad["value"].to_numpy(), (bad["amount_of"] / bad["factor"]).to_numpy()
    return value_hits(
        "part",
        bad,
        bad["row_of"],
        one,
        two,
        whole=two,
        share=GRAVE_SHARE,
        first=one,
        first_is="其中项",
        second_is="总数",
        agree=sentences(
            "其中项不应大于总数：若总数对，{part}至多为{two}{unit}；若其中项对，{whole}至少为{one}{unit}。",
            part=bad["indicator"].astype(str),
            whole=bad["indicator_of"].astype(str),
            one=one,
            two=two,
            unit=word_of(bad["unit"]),
        ),
    )
