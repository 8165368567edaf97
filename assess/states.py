"""Gap, states and their thresholds; the counts of a summary always add up.

gap = completion − pace, in 百分点 (never %). The state is read from the gap by :class:`Thresholds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import Floats


class State(StrEnum):
    """How a target stands, in the order in which summaries name them."""

    DONE = "已完成"
    AHEAD = "超序时"
    ON = "达序时"
    YELLOW = "欠序时(黄)"
    RED = "欠序时(红)"
    UNREPORTED = "未报"
    NOT_APPLICABLE = "不适用"

    @property
    def sign(self) -> str:
        """The sign that goes with the word, so that a state never hangs on colour alone."""
        return SIGNS[self]


SIGNS: dict[State, str] = {
    State.DONE: "▲",
    State.AHEAD: "▲",
    State.ON: "●",
    State.YELLOW: "▼",
    State.RED: "▼",
    State.UNREPORTED: "○",
    State.NOT_APPLICABLE: "—",
}
COMPLETE = Decimal(100)
# The states that are read from the gap.
BANDS = (State.AHEAD, State.ON, State.YELLOW, State.RED)


@dataclass(frozen=True, slots=True)
class Direction:
    """What is good for an indicator and how it is counted.

    ``lower_is_better`` turns the lamp round (能耗, 信访量): its completion is the share of a limit that is
    used up, so it is never 已完成. ``point_in_time`` is a stock at a day (贷款余额, 户籍人口): no pace, no
    run rate, and last year's figure is that of the same month whatever month the period began.
    """

    lower_is_better: bool = False
    point_in_time: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lower ends of the bands, in points of gap; each band includes its lower end.

    超序时: gap ≥ ahead · 达序时: on ≤ gap < ahead · 欠序时(黄): yellow ≤ gap < on · 欠序时(红): gap < yellow.
    Defaults: 5 points ahead is 超, level with the pace is 达, up to 10 behind is yellow, more is red.
    Numbers may be int, float, text or Decimal. Raises ValueError unless ahead ≥ on ≥ yellow.
    """

    ahead: Decimal = Decimal(5)
    on: Decimal = Decimal(0)
    yellow: Decimal = Decimal(-10)

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, Decimal(str(getattr(self, field.name))))
        if not self.ahead >= self.on >= self.yellow:
            raise ValueError("阈值应满足:超序时 ≥ 达序时 ≥ 欠序时(黄)")

    def band(self, lead: Decimal) -> State:
        """The state of a lead over the pace in points (turned round already where lower is better)."""
        steps = ((self.ahead, State.AHEAD), (self.on, State.ON), (self.yellow, State.YELLOW))
        return next((state for low, state in steps if lead >= low), State.RED)

    def describe(self) -> dict[State, str]:
        """Every state with its rule in Chinese, for the line beside a lamp."""
        ahead, on, yellow = (f"{value:+f}" if value else "0" for value in (self.ahead, self.on, self.yellow))
        return {
            State.DONE: "完成率达到或超过 100%",
            State.AHEAD: f"与序时进度差 ≥ {ahead} 个百分点",
            State.ON: f"{on} ≤ 与序时进度差 < {ahead} 个百分点",
            State.YELLOW: f"{yellow} ≤ 与序时进度差 < {on} 个百分点",
            State.RED: f"与序时进度差 < {yellow} 个百分点",
            State.UNREPORTED: "本期没有报告",
            State.NOT_APPLICABLE: "没有目标、目标为零，或时段不能与序时进度相比",
        }


# For targets that are growth rates or other rates: points of growth are dearer than points of completion.
GROWTH_THRESHOLDS = Thresholds(Decimal(1), Decimal(0), Decimal(-2))


def gap(completion: Decimal | None, pace: Decimal | None) -> Decimal | None:
    """completion − pace in points, None where either is missing: 43.2 and 33.3 give 9.9."""
    return None if completion is None or pace is None else completion - pace


def growth_gap(rate: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Rate reached − rate aimed at, in points: 9.3 % against 增长8% gives 1.3. There is no pace in it."""
    return gap(rate, target)


def state(
    completion: Decimal | None,
    pace: Decimal | None,
    thresholds: Thresholds | None = None,
    lower_is_better: bool = False,
    *,
    reported: bool = True,
) -> State:
    """The state of one target: 100 % or more is 已完成 whatever the pace, no completion or pace is 不适用.

    Where lower is better the gap is turned round and nothing is ever 已完成.
    """
    if not reported:
        return State.UNREPORTED
    if completion is not None and completion >= COMPLETE and not lower_is_better:
        return State.DONE
    points = gap(completion, pace)
    if points is None:
        return State.NOT_APPLICABLE
    return (thresholds or Thresholds()).band(-points if lower_is_better else points)


def state_array(
    completion: Floats, lead: Floats, limits: tuple[Floats, Floats, Floats], lower: npt.NDArray[np.bool_]
) -> npt.NDArray:
    """:func:`state` for arrays; ``lead`` is the gap, turned round where ``lower``; nan is 不适用.

    ``limits`` are the lower ends of 超, 达 and 黄 for each, see :meth:`assess.settings.Settings.limits`.
    """
    ahead, on, yellow = limits
    return np.select(
        [
            (completion >= float(COMPLETE)) & ~lower,
            np.isnan(lead),
            lead >= ahead,
            lead >= on,
            lead >= yellow,
        ],
        [str(state) for state in (State.DONE, State.NOT_APPLICABLE, State.AHEAD, State.ON, State.YELLOW)],
        default=str(State.RED),
    ).astype(object)


def status_counts(states: pd.DataFrame | Iterable[object]) -> dict[State, int]:
    """How many of each state, every state named (0 where none), so that the counts add up to the total.

    Takes states or a frame with a ``state`` column. What is empty counts as 未报, a word that is no state
    raises ValueError.
    """
    column = states["state"] if isinstance(states, pd.DataFrame) else pd.Series(list(states), dtype=object)
    counts = column.astype(object).where(column.notna(), str(State.UNREPORTED)).value_counts()
    unknown = [word for word in counts.index if word not in set(State)]
    if unknown:
        raise ValueError(f"不是状态:{'、'.join(map(str, unknown))}")
    return {state: int(counts.get(str(state), 0)) for state in State}
