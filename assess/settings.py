"""What a county decides for itself: bands, pace, targets set by hand and whether these go before a report's own.

A town is judged by the rules of its county; towns without a county, and counties without rules of their own, by
the rules of all. :meth:`Settings.described` says all of it in words, for pages and for every file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from assess.months import Floats
from assess.states import BANDS, GROWTH_THRESHOLDS, Thresholds

LINEAR, LAST_YEAR = "linear", "last_year"
PACES: dict[str, str] = {
    LINEAR: "按月平均",
    LAST_YEAR: "按上年同期实际进度（上年有 12 月数的指标；没有的仍按月平均）",
}
EVERYWHERE = "各县区"


@dataclass(frozen=True, slots=True)
class Rules:
    """How the towns of one county are judged: ``pace`` is linear or last_year. Raises ValueError for another word."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    growth: Thresholds = GROWTH_THRESHOLDS
    pace: str = LINEAR

    def __post_init__(self) -> None:
        if self.pace not in PACES:
            raise ValueError(f"没有这种序时进度：{self.pace}")

    @property
    def line(self) -> str:
        """``超 ≥ +5，达 ≥ 0，黄 ≥ −10，红 < −10 个百分点；…``: the bands and the pace in one line."""
        return (
            f"超 ≥ {_signed(self.thresholds.ahead)}，达 ≥ {_signed(self.thresholds.on)}，"
            f"黄 ≥ {_signed(self.thresholds.yellow)}，红 < {_signed(self.thresholds.yellow)} 个百分点"
            f"（增速目标 {_signed(self.growth.ahead)} / {_signed(self.growth.on)} / {_signed(self.growth.yellow)}）；"
            f"序时{PACES[self.pace].partition('（')[0]}"
        )


# Name -> bands for completions and for rates of growth, in points; what 设置 offers.
PRESETS: dict[str, tuple[Thresholds, Thresholds]] = {
    "标准": (Thresholds(), GROWTH_THRESHOLDS),
    "从严": (Thresholds(Decimal(3), Decimal(0), Decimal(-5)), Thresholds(Decimal("0.5"), Decimal(0), Decimal(-1))),
    "从宽": (Thresholds(Decimal(10), Decimal(-3), Decimal(-15)), Thresholds(Decimal(2), Decimal("-0.5"), Decimal(-4))),
}


def preset_of(rules: Rules) -> str | None:
    """The name of the preset that has these bands; None for bands of one's own."""
    own = (rules.thresholds, rules.growth)
    return next((name for name, bands in PRESETS.items() if bands == own), None)


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """The settings in force.

    ``counties``: county -> its rules, ``county_of``: town -> its county. ``targets``: those set by hand (see
    :data:`assess.targets.SET_COLUMNS`). ``set_first``: whether they go before what a report states.
    ``reported``: :func:`assess.targets.target_table`, for figures whose own report tells no target. ``curve``:
    :func:`assess.growth.seasonal_curves`, read where a county's pace is last_year.
    """

    rules: Rules = field(default_factory=Rules)
    counties: Mapping[str, Rules] = field(default_factory=dict)
    county_of: Mapping[str, str] = field(default_factory=dict)
    targets: pd.DataFrame | None = None
    set_first: bool = True
    reported: pd.DataFrame | None = None
    curve: pd.DataFrame | None = None

    def of(self, town: object) -> Rules:
        """The rules by which a town is judged."""
        return self.counties.get(self.county_of.get(str(town), ""), self.rules)

    def limits(self, towns: pd.Series | pd.Index, *, growth: bool = False) -> tuple[Floats, Floats, Floats]:
        """Lower ends of 超, 达 and 黄 for each of these towns, in points."""
        codes, names = pd.factorize(towns)
        bands = [self.of(name).growth if growth else self.of(name).thresholds for name in names]
        table = np.array([[float(one.ahead), float(one.on), float(one.yellow)] for one in bands] + [[np.nan] * 3])
        low, middle, high = table[codes].T
        return low, middle, high

    def curve_of_towns(self) -> pd.DataFrame | None:
        """The curves of the towns whose pace is last year's; None where there is none."""
        if self.curve is None or self.curve.empty:
            return None
        names = [name for name in self.curve["town"].unique() if self.of(name).pace == LAST_YEAR]
        return self.curve[self.curve["town"].isin(names)] if names else None

    @property
    def needs_curve(self) -> bool:
        """Whether any rules ask for last year's curve."""
        return any(rules.pace == LAST_YEAR for rules in (self.rules, *self.counties.values()))

    @property
    def order(self) -> str:
        """Which of a figure's targets counts, in words."""
        first = "人工设定 > 报告写明 > 推算" if self.set_first else "报告写明 > 人工设定 > 推算"
        return f"目标取用：{first}"

    def used(self, towns: Iterable[object] | None = None) -> dict[str, Rules]:
        """County (``EVERYWHERE`` for the rules of all) -> rules, of these towns or of all that may have rules."""
        if towns is None:
            return {EVERYWHERE: self.rules, **self.counties}
        names = dict.fromkeys(self.county_of.get(str(town), "") for town in towns)
        found = {name if name in self.counties else EVERYWHERE: self.counties.get(name, self.rules) for name in names}
        return found or {EVERYWHERE: self.rules}

    def line(self, towns: Iterable[object] | None = None) -> str:
        """All of it on one line, for what these towns show."""
        used = self.used(towns)
        parts = [rules.line if len(used) == 1 else f"{name}：{rules.line}" for name, rules in used.items()]
        return "；".join([*parts, self.order])

    def described(self, towns: Iterable[object] | None = None) -> pd.DataFrame:
        """The same as a table with the columns 县区, 项目, 内容, one row for each band, pace and rule."""
        rows = [(name, *line) for name, rules in self.used(towns).items() for line in _lines(rules)]
        rows.append((EVERYWHERE, "目标取用", self.order.partition("：")[2]))
        count = 0 if self.targets is None else len(self.targets)
        rows.append((EVERYWHERE, "人工设定的目标", f"{count} 条"))
        return pd.DataFrame(rows, columns=["县区", "项目", "内容"])


def _lines(rules: Rules) -> list[tuple[str, str]]:
    growth = rules.growth.describe()
    return [
        ("序时进度", PACES[rules.pace]),
        *((str(state), rule) for state, rule in rules.thresholds.describe().items()),
        *((f"{state}，增速目标", growth[state].replace("与序时进度差", "增速与目标之差")) for state in BANDS),
    ]


def _signed(number: Decimal) -> str:
    return (f"{number:+f}" if number else "0").replace("-", "−")
