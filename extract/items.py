"""What is put together while a sentence is read: an item becomes a record, a leftover is told with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.models import NO_PERIOD, Evidence, Quantity

REASONS: Final[dict[str, str]] = {
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


class Item:
    """A record in the making."""

    def __init__(
        self, serial: int = 0, sentence: int = 0, status: str = "actual", town: str | None = None, part: bool = False
    ) -> None:
        self.serial, self.sentence, self.status, self.town, self.part = serial, sentence, status, town, part
        self.name = self.text = self.owner = ""
        self.span: tuple[int, int] | None = None
        self.value: Quantity | None = None
        self.completion: Decimal | None = None
        self.basis: str | None = None
        self.target: Quantity | None = None
        self.yoy: Decimal | None = None
        self.when = NO_PERIOD
        self.planned_total = False
        self.flags: list[str] = []
        self.evidence: list[Evidence] = []

    def mark(self, role: str, start: int, end: int) -> None:
        """Remember where a part of the record stands."""
        self.evidence.append(Evidence(role, start, end))

    def retell(self, role: str, becomes: str) -> None:
        """What was taken for one part of the record is another."""
        self.evidence = [each._replace(role=becomes) if each.role == role else each for each in self.evidence]

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
