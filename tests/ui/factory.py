"""Findings made to measure: a full store of an invented county, written through the store's front door."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from benchmarks.county import Figure, findings
from store import Store

TOWNS = ("柳溪镇", "石桥镇", "云岭镇", "白沙乡", "青湖镇", "长堤乡", "南屏镇", "梅坞乡")
INDICATORS: tuple[tuple[str, str, int, int], ...] = (
    ("规模以上工业总产值", "亿元", 24, 12),
    ("固定资产投资", "亿元", 12, 9),
    ("财政总收入", "万元", 9600, 7),
    ("地方财政收入", "万元", 5200, 5),
    ("社会消费品零售总额", "亿元", 8, 10),
    ("招商引资到位资金", "亿元", 3, 21),
    ("农民人均可支配收入", "元", 24000, 8),
    ("粮食种植面积", "亩", 18000, 1),
    ("新增规模以上企业", "家", 6, 0),
    ("拆除违法建筑面积", "平方米", 40000, -6),
)
YEARS = (2024, 2025)
QUARTERS = (3, 6, 9, 12)


def figures_of(place: int, year: int, month: int) -> list[Figure]:
    """The figures of one town's report: every town at its own speed, some indicators ahead, some behind."""
    made: list[Figure] = []
    for number, (indicator, unit, target, growth) in enumerate(INDICATORS):
        speed = Decimal(70 + (place * 7 + number * 11 + (year - YEARS[-1]) * 5) % 55) / 100
        completion = min(Decimal(month) / 12 * 100 * speed, Decimal(128))
        scale = Decimal(1) if year == YEARS[-1] else 1 / (1 + Decimal(growth) / 100)
        value = Decimal(target) * completion / 100 * scale
        made.append(
            Figure(
                indicator,
                value.quantize(Decimal("0.01") if target < 100 else Decimal(1)),
                unit,
                completion.quantize(Decimal("0.1")),
                Decimal(growth) + (Decimal(3) if (place + number) % 9 == 0 else Decimal(0)),
            )
        )
    return made


def fill(store: Store, *, towns: int = len(TOWNS), last: tuple[int, int] = (2025, 9), **saving: Any) -> int:
    """A report for each town and quarter up to ``last``; gives the number of reports.

    The last town has not reported the last quarter; the first town expects its first figure of that quarter.
    """
    saved = 0
    for place, town in enumerate(TOWNS[:towns]):
        for year in YEARS:
            for month in QUARTERS:
                if (year, month) > last or ((year, month) == last and place == len(TOWNS) - 1):
                    continue
                made = findings(town, year, month, figures_of(place, year, month))
                store.save_report(made, made.document.text.encode(), who="测试", **saving)
                saved += 1
    return saved
