"""What is put together while a sentence is read: an item becomes a record, a leftover is told with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extract.models import NO_PERIOD, Evidence, Period, Quantity

REASONS: dict[str, str] = {
    "pace": "与序时进度的差距，不是完成率",
    "difference": "与别处或目标的差距，不是完成率",
    "points": "百分点",
    "other_base": "环比、年均或多年对比，不是同比",
    "share_change": "比重的变化",
    "former": "转折之前的旧数",
    "condition": "条件或标准中的数",
    "goal_rate": "目标定的增速，不是完成率",
    "unsaid": "未说明与何时持平",
    "rounded": "约数，括号内给出确数",
    "year_end": "与上年末相比，不是同比",
    "share": "比重、份额",
    "quality": "合格率一类的比率",
    "increment": "增减的数额",
    "last_year": "上年数",
    "planned_total": "项目规模、总投资或人均一类的数",
    "other": "占比的基数",
    "target": "目标值，未见完成数",
}


@dataclass(slots=True, eq=False)
class Item:
    """A record in the making."""

    name: str = ""
    text: str = ""
    span: tuple[int, int] | None = None
    value: Quantity | None = None
    completion: Decimal | None = None
    basis: str | None = None
    target: Quantity | None = None
    yoy: Decimal | None = None
    when: Period = NO_PERIOD
    serial: int = 0
    sentence: int = 0
    status: str = "actual"
    town: str | None = None
    flags: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    planned_total: bool = False
    part: bool = False
    owner: str = ""

    def mark(self, role: str, start: int, end: int) -> None:
        """Remember where a part of the record stands."""
        self.evidence.append(Evidence(role, start, end))

    def lacks(self, role: str) -> bool:
        """Whether the place for a number of this role is free."""
        return getattr(self, role) is None


@dataclass(slots=True)
class Leftover:
    """A number that gave no record, and why."""

    start: int
    end: int
    reason: str
    understood: bool
