"""The invented economy of 示例县: eight towns, three years, every figure following from the others.

For a town and an indicator there is a target for each year, a pace through the four quarters and last
year's figures. Targets grow out of what was reached the year before, so a year-on-year rate, a completion
and a target never contradict each other. Values stand in the indicator's base unit, rounded as a report
would print them; rates follow from the rounded values, so they can be checked with a pocket calculator.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from benchmarks.generator.indicators import BY_NAME, INDICATORS, Indicator
from benchmarks.generator.model import QUARTERS, Fact, Town

COUNTY = "示例县"
YEARS = (2022, 2023, 2024)
BASE_YEAR = 2021

TOWNS = (
    Town("柳溪镇", Decimal("1.6"), 6),
    Town("石桥镇", Decimal("1.2"), -3),
    Town("云岭乡", Decimal("0.35"), -9),
    Town("东湖街道", Decimal("1.9"), 3),
    Town("青禾镇", Decimal("0.8"), 0),
    Town("南渡镇", Decimal("1.0"), 9),
    Town("松坪乡", Decimal("0.4"), -5),
    Town("望江街道", Decimal("1.4"), -1),
)

TOWN_HEADS = "柳石云青松竹梅兰桂枫银翠锦望白清双长"
TOWN_TAILS = "溪桥岭湖禾渡坪塘洲湾泉岗坡林亭沙"
TOWN_KINDS = ("镇", "镇", "镇", "乡", "街道")

# How much of the year's distance to plan shows by the end of each quarter, and the seasonal lead in points.
SPREAD = {1: Decimal("0.4"), 2: Decimal("0.65"), 3: Decimal("0.85"), 4: Decimal(1)}
SEASON = {
    "财政": (4, 3, 1, 0),
    "投资": (-4, -2, -1, 0),
    "招商": (-3, -1, 1, 0),
    "环境": (-2, 1, 2, 0),
    "农业": (-6, -4, 1, 0),
}
GAP_LOWEST, GAP_HIGHEST = Decimal(-25), Decimal(20)
LOWEST_COMPLETION = Decimal(9)

# A lumpy indicator (外资到账, 拆违) may start late: points behind plan by quarter, caught up by the year's end.
LUMPY_SWING = Decimal("1.3")
LATE_START_CHANCE = 0.12
LATE_START = (Decimal(-14), Decimal(-17), Decimal(-11), Decimal(0))
# A part stays below its whole.
PART_AT_MOST = Decimal("0.97")

# Printed precision: below the limit the first step, from it on the second (12,345万元, 4.36亿元).
STEPS = {"万元": (10000, 1, 100), "平方米": (10000, 10, 100)}
TARGET_STEPS = ((1_000_000, 10000), (100_000, 1000), (10_000, 100), (1000, 10), (0, 1))

World = dict[tuple[str, int, int], Fact]


def round_to(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of ``step`` nearest to ``value``, halves away from zero."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """100 × part ÷ whole to one decimal."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def invent_towns(rng: Random) -> tuple[Town, ...]:
    """Eight further invented towns, none called like another of this county."""
    names: list[str] = []
    while len(names) < len(TOWNS):
        name = rng.choice(TOWN_HEADS) + rng.choice(TOWN_TAILS) + rng.choice(TOWN_KINDS)
        if all(name[:2] != other[:2] for other in names):
            names.append(name)
    return tuple(Town(name, Decimal(rng.randint(35, 190)) / 100, rng.randint(-9, 9)) for name in names)


def build_world(town: Town, rng: Random) -> World:
    """Every fact of a town, by indicator name, year and quarter."""
    world: World = {}
    for indicator in INDICATORS:
        scale = _scale(indicator, town, rng)
        last = _course(indicator, scale, _gap(indicator, town, rng), rng)
        for year in YEARS:
            growth = Decimal(100 + indicator.growth + rng.randint(-2, 3)) / 100
            target = _round_target(last[-1] * growth)
            course = _course(indicator, target, _gap(indicator, town, rng), rng)
            course = _keep_tidy(indicator, course, last)
            if indicator.parent is not None:
                course = _below(indicator, course, [world[indicator.parent, year, quarter] for quarter in QUARTERS])
            for quarter in QUARTERS:
                world[indicator.name, year, quarter] = _fact(indicator, quarter, course, last, target, rng)
            last = course
    return world


def _scale(indicator: Indicator, town: Town, rng: Random) -> Decimal:
    base = indicator
    share = Decimal(1)
    if indicator.parent is not None:
        base, share = BY_NAME[indicator.parent], indicator.share
    size = Decimal(1) if base.unit == "元" else town.size
    wobble = Decimal(rng.randint(94, 106)) / 100 if indicator.parent is None else Decimal(1)
    return _round_target(Decimal(base.scale) * share * size * wobble)


def _round_target(value: Decimal) -> Decimal:
    step = next(step for limit, step in TARGET_STEPS if value >= limit)
    return round_to(value, Decimal(step))


def _gap(indicator: Indicator, town: Town, rng: Random) -> Decimal:
    """Points ahead of plan at the year's end: the town's way, the year's luck, the indicator's temper."""
    luck = Decimal(sum(rng.randint(-4, 4) for _ in range(2)))
    return max(GAP_LOWEST, min(GAP_HIGHEST, (town.pace + luck) * indicator.swing))


def _course(indicator: Indicator, target: Decimal, gap: Decimal, rng: Random) -> list[Decimal]:
    """Cumulative values at the end of each quarter, never falling."""
    if not indicator.has_target:
        return _stock(indicator, target, gap)
    season = SEASON.get(indicator.theme, (0, 0, 0, 0))
    late = indicator.swing >= LUMPY_SWING and rng.random() < LATE_START_CHANCE
    values: list[Decimal] = []
    for quarter in QUARTERS:
        noise = Decimal(rng.randint(-10, 10)) / 10 * indicator.swing if quarter < 4 else Decimal(0)
        ahead = gap * SPREAD[quarter] + season[quarter - 1] * indicator.swing + noise
        ahead = max(
            GAP_LOWEST, min(GAP_HIGHEST, LATE_START[quarter - 1] - abs(noise) if late and quarter < 4 else ahead)
        )
        done = max(LOWEST_COMPLETION, Decimal(25 * quarter) + ahead)
        value = _printable(indicator.unit, target * done / 100)
        values.append(max([value, *values]))
    return values


def _stock(indicator: Indicator, target: Decimal, gap: Decimal) -> list[Decimal]:
    """A number that stands all year (企业数) or a flow without a target (用电量)."""
    end = target * (100 + gap / 2) / 100
    parts = (Decimal("0.94"), Decimal("0.96"), Decimal("0.98"), Decimal(1))
    if indicator.unit == "万千瓦时":
        parts = (Decimal("0.23"), Decimal("0.48"), Decimal("0.74"), Decimal(1))
    return [_printable(indicator.unit, end * part) for part in parts]


def _printable(unit: str, value: Decimal) -> Decimal:
    limit, small, large = STEPS.get(unit, (0, 1, 1))
    return max(Decimal(small), round_to(value, Decimal(large if value >= limit else small)))


def _keep_tidy(indicator: Indicator, course: list[Decimal], last: list[Decimal]) -> list[Decimal]:
    """Values moved a little so that a near standstill is 持平 and a near doubling is 翻一番 or 增长1.2倍."""
    tidy: list[Decimal] = []
    for value, before in zip(course, last, strict=True):
        growth = percent(value - before, before)
        if abs(growth) <= Decimal("0.3"):
            value = before
        elif growth >= 95:
            value = _printable(indicator.unit, before * (100 + round_to(growth, Decimal(10))) / 100)
        tidy.append(max([value, *tidy]))
    return tidy


def _below(indicator: Indicator, course: list[Decimal], whole: list[Fact]) -> list[Decimal]:
    """A part's values, none above its whole's."""
    limits = [_printable(indicator.unit, fact.value * PART_AT_MOST) for fact in whole]
    return [min(value, limit) for value, limit in zip(course, limits, strict=True)]


def _fact(
    indicator: Indicator, quarter: int, course: list[Decimal], last: list[Decimal], target: Decimal, rng: Random
) -> Fact:
    value, before = course[quarter - 1], last[quarter - 1]
    this_quarter = value - (course[quarter - 2] if quarter > 1 else 0)
    month = _printable(indicator.unit, this_quarter * rng.randint(30, 40) / 100)
    return Fact(
        indicator=indicator.name,
        value=value,
        target=target,
        last=before,
        completion=percent(value, target),
        yoy=percent(value - before, before),
        month_value=month,
        month_yoy=Decimal(rng.randint(-180, 320)) / 10,
    )
