"""Tables with bars: some reports put their figures there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.generator.indicators import BY_NAME
from benchmarks.generator.model import ExpectedRecord, Fact, Situation


@dataclass(frozen=True, slots=True)
class Shape:
    """The heads of a table and whether the unit stands beside the name or in a column, rates with % or bare."""

    heads: tuple[str, ...]
    unit_in_name: bool
    signs: bool


SHAPES = (
    Shape(("指标名称", "计量单位", "年度目标", "累计完成", "完成率（%）", "同比增长（%）"), False, False),
    Shape(("指标", "单位", "累计完成", "同比（%）", "年度目标", "完成率（%）"), False, False),
    Shape(("指标", "年度目标", "完成数", "完成率", "同比增长"), True, True),
    Shape(("主要指标", "单位", "完成数", "完成年度目标", "同比增长"), False, True),
)
ROLES = {
    "指标名称": "name", "指标": "name", "主要指标": "name", "计量单位": "unit", "单位": "unit",
    "年度目标": "target", "累计完成": "value", "完成数": "value", "完成率（%）": "completion",
    "完成率": "completion", "完成年度目标": "completion", "同比增长（%）": "yoy", "同比（%）": "yoy", "同比增长": "yoy",
}  # fmt: skip


def table(facts: Sequence[Fact], situation: Situation, rng: Random) -> tuple[str, list[ExpectedRecord]]:
    """The rows of a table as text, and what they state."""
    index = rng.randrange(len(SHAPES))
    shape = SHAPES[index]
    roles = [ROLES[head] for head in shape.heads]
    rows = ["| " + " | ".join(shape.heads) + " |", "|" + " --- |" * len(roles)]
    records = []
    for fact in facts:
        name = rng.choice([wording.text for wording in BY_NAME[fact.indicator].wordings])
        row = "| " + " | ".join(_cell(role, name, fact, shape) for role in roles) + " |"
        rows.append(row)
        records.append(_record(fact, name, roles, f"table/{index + 1}", row, situation))
    return "\n".join(rows), records


def _cell(role: str, name: str, fact: Fact, shape: Shape) -> str:
    unit = BY_NAME[fact.indicator].unit
    sign = "%" if shape.signs else ""
    cells = {
        "name": f"{name}（{unit}）" if shape.unit_in_name else name,
        "unit": unit,
        "target": str(int(fact.target)),
        "value": str(int(fact.value)),
        "completion": f"{fact.completion:.1f}{sign}",
        "yoy": f"{fact.yoy:.1f}{sign}",
    }
    return cells[role]


def _record(
    fact: Fact, name: str, roles: Sequence[str], template: str, row: str, situation: Situation
) -> ExpectedRecord:
    start, end = situation.period
    unit = BY_NAME[fact.indicator].unit
    target: Decimal | None = fact.target if "target" in roles else None
    return ExpectedRecord(
        indicator=fact.indicator,
        indicator_text=name,
        value=fact.value,
        unit=unit,
        completion=fact.completion,
        basis="annual",
        target=target,
        target_unit=None if target is None else unit,
        yoy=fact.yoy,
        period_start=start,
        period_end=end,
        town=situation.town.name,
        status="actual",
        template=template,
        sentence=row,
    )
