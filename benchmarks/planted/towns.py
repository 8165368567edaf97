"""Small towns whose figures all agree, told in short reports; a case changes one thing before they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

YEARS = (2022, 2023)
# Year and quarter of the reports that a town writes.
REPORTS = ((2022, 1), (2022, 2), (2022, 3), (2022, 4), (2023, 1), (2023, 2))
PERIODS = {1: "一季度", 2: "上半年", 3: "前三季度", 4: "全年"}
# Name, unit, a middling year, decimals.
INDICATORS = (
    ("固定资产投资", "万元", 62000, 0),
    ("规模以上工业总产值", "亿元", 21, 2),
    ("一般公共预算收入", "万元", 9800, 0),
    ("社会消费品零售总额", "亿元", 7, 2),
    ("到位内资", "万元", 31000, 0),
)
_SHARES = {1: "0.23", 2: "0.49", 3: "0.74", 4: "1"}
_HEADS, _TAILS = "柳石云青松竹梅兰桂枫银翠锦望白清双长", "溪桥岭湖禾渡坪塘洲湾泉岗坡林亭沙"

FULL = (
    "完成{name}{value}，完成年度目标任务{target}的{share}，同比{rise}",
    "{name}完成{value}，占年计划{target}的{share}，同比{rise}",
    "实现{name}{value}，同比{rise}，完成年度任务{target}的{share}",
)
BARE = ("完成{name}{value}，同比{rise}", "{name}完成{value}，比上年同期{rise}", "实现{name}{value}，同比{rise}")
VALUE = ("完成{name}{value}", "{name}达{value}")
SHARED = ("完成{name}{value}，完成年度任务的{share}", "{name}完成{value}，占年计划的{share}")


@dataclass
class Figure:
    """One figure as it will be printed; ``text`` replaces the whole statement, None leaves it out."""

    name: str
    unit: str
    value: Decimal
    target: Decimal
    share: Decimal
    yoy: Decimal
    wordings: tuple[str, ...] = FULL
    after: str = ""
    text: str | None = ""

    def told(self, rng: Random) -> str | None:
        """The statement, None where the figure is left out."""
        if self.text is None or self.text:
            return self.text
        rise = f"增长{self.yoy}%" if self.yoy >= 0 else f"下降{-self.yoy}%"
        return (
            rng.choice(self.wordings).format(
                name=self.name,
                value=f"{self.value}{self.unit}",
                target=f"{self.target}{self.unit}",
                share=f"{self.share}%",
                rise=rise,
            )
            + self.after
        )


@dataclass
class Report:
    """A report before it is written: figures by indicator, further sentences, and the day it came."""

    town: str
    year: int
    quarter: int
    figures: dict[str, Figure]
    further: list[str] = field(default_factory=list)
    note: str = ""
    title_year: int | None = None
    part: str = ""

    @property
    def received(self) -> str:
        """The 20th of the month after the period."""
        year, month = (self.year + 1, 1) if self.quarter == 4 else (self.year, self.quarter * 3 + 1)
        return f"{year}-{month:02d}-20T08:00:00+00:00"

    def written(self, rng: Random) -> str:
        """The report's text."""
        year = self.title_year or self.year
        told = [words for figure in self.figures.values() if (words := figure.told(rng))]
        body = "。".join([*told, *self.further])
        opening = f"{year}年{PERIODS[self.quarter]}，{self.town}"
        return f"{self.town}{year}年{PERIODS[self.quarter]}经济运行情况{self.part}\n{opening}{body}。\n{self.note}"


@dataclass
class Case:
    """One thing to find, or to leave alone: ``kind`` is the rule's key, ``what`` says what was done."""

    kind: str
    what: str
    planted: bool
    reports: list[Report]

    @property
    def towns(self) -> set[str]:
        """The towns whose reports the case is made of; no other case has them."""
        return {report.town for report in self.reports}


class Towns:
    """Gives towns that no case has had, with reports in which every figure follows from the others."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.names = [head + tail + kind for kind in "镇乡" for head in _HEADS for tail in _TAILS]
        rng.shuffle(self.names)

    def reports(self) -> list[Report]:
        """The six reports of a new town."""
        town = self.names.pop()
        values = {name: self._course(unit, scale, places) for name, unit, scale, places in INDICATORS}
        return [
            Report(town, year, quarter, {name: self._figure(name, unit, values[name], year, quarter)
                                         for name, unit, _, _ in INDICATORS})
            for year, quarter in REPORTS
        ]  # fmt: skip

    def _course(self, unit: str, scale: int, places: int) -> dict[tuple[int, int], Decimal]:
        """Targets (quarter 0) and cumulative values by year and quarter."""
        step = Decimal(1).scaleb(-places)
        level = Decimal(scale) * self.rng.randint(60, 150) / 100
        course: dict[tuple[int, int], Decimal] = {}
        for year in (YEARS[0] - 1, *YEARS):
            course[year, 0] = level.quantize(step)
            for quarter, share in _SHARES.items():
                wobble = Decimal(self.rng.randint(96, 104)) / 100
                course[year, quarter] = (level * Decimal(share) * wobble).quantize(step)
            level *= Decimal(self.rng.randint(103, 112)) / 100
        return course

    @staticmethod
    def _figure(name: str, unit: str, course: dict[tuple[int, int], Decimal], year: int, quarter: int) -> Figure:
        value, target, before = course[year, quarter], course[year, 0], course[year - 1, quarter]
        return Figure(name, unit, value, target, percent(value, target), percent(value, before) - 100)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """100 × part ÷ whole, to one decimal as it is printed."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


Maker = Callable[[Towns, Random, int], tuple[str, list[Report]]]
