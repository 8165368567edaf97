"""Chooses what a report tells, in which phrases, and puts the pieces together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as counting
from itertools import islice
from random import Random

from benchmarks.generator import layouts, prose
from benchmarks.generator.indicators import BY_NAME, INDICATORS
from benchmarks.generator.model import QUARTERS, ExpectedRecord, Fact, GeneratedReport, Situation, Town
from benchmarks.generator.phrases import MONTHLY
from benchmarks.generator.render import Statement, Writer
from benchmarks.generator.spelling import respell
from benchmarks.generator.tables import table
from benchmarks.generator.world import TOWNS, YEARS, World, build_world, invent_towns


@dataclass(frozen=True, slots=True)
class Density:
    """How much a report tells: ``prose`` narrative sentences a theme (from, to), ``headlines`` leaves the rest out."""

    prose: tuple[int, int]
    traps: float
    headlines: bool
    closing: int


DENSITIES = {
    "sample": Density(prose=(1, 2), traps=0.45, headlines=True, closing=3),
    "report": Density(prose=(6, 10), traps=0.6, headlines=False, closing=9),
}
# Chances, each for one fact or one paragraph.
LEFT_OUT, IN_TABLE, PARALLEL, WITH_PART, ALONE_IN_SENTENCE, PERIOD_AGAIN = 0.06, 0.16, 0.3, 0.7, 0.4, 0.45
EXPECTED_AT_YEAR_END, EXPECTED_BEFORE = 0.06, 0.015
PROJECT_WORDING = 0.35
FAMILIES = (
    ("full", 49), ("value-share", 11), ("value-change", 12), ("target", 9), ("month", 7), ("part-of-year", 3),
    ("share", 2), ("change", 3), ("value", 4),
)  # fmt: skip
ORDER = ("综合", "工业", "投资", "财政", "商贸", "招商", "农业", "民生", "环境")


def generate(seed: int, count: int | None = None, density: str = "sample") -> Iterator[GeneratedReport]:
    """Reports in a fixed order: eight towns, three years, four quarters, then further invented towns.

    ``count`` is how many (None: the 96 of the county). The same seed gives the same reports, and a report
    does not change with ``count``. ``density`` is sample (about 1.5 to 4 KB) or report (about 10 KB, mostly
    prose). Raises KeyError for another density.
    """
    shape = DENSITIES[density]
    wanted = len(TOWNS) * len(YEARS) * len(QUARTERS) if count is None else count
    for situation, facts, rng, name in islice(_situations(seed), wanted):
        yield _report(name, situation, facts, shape, rng)


def _situations(seed: int) -> Iterator[tuple[Situation, list[Fact], Random, str]]:
    for turn in counting():
        towns = TOWNS if turn == 0 else invent_towns(Random(f"{seed}/{turn}"))
        for place, town in enumerate(towns):
            key = f"{seed}/{turn}/{place}"
            world = build_world(town, Random(key))
            mark = f"-{turn}" if turn else ""
            yield from _year_by_year(key, town, world, mark)


def _year_by_year(key: str, town: Town, world: World, mark: str) -> Iterator[tuple[Situation, list[Fact], Random, str]]:
    for year in YEARS:
        for quarter in QUARTERS:
            facts = [world[indicator.name, year, quarter] for indicator in INDICATORS]
            period = layouts.PERIOD_NAMES[quarter]
            name = f"{town.name}{year}年{period}{mark}.txt"
            yield Situation(town, year, quarter), facts, Random(f"{key}/{year}/{quarter}"), name


def _report(name: str, situation: Situation, facts: Sequence[Fact], density: Density, rng: Random) -> GeneratedReport:
    told = [fact for fact in facts if _is_told(fact, density) and rng.random() >= LEFT_OUT]
    draft = _Draft(situation, density, rng)
    tabled = told if rng.random() < IN_TABLE else []
    if tabled:
        tabled = rng.sample(told, k=min(len(told), rng.randint(5, 9)))
        tabled = [fact for fact in tabled if BY_NAME[fact.indicator].has_target]
    sections = [draft.section(theme, _of_theme(told, theme, tabled)) for theme in ORDER]
    shown = [section for section in sections if section is not None]
    if tabled:
        shown.append(draft.tabled(tabled))
    shown.append(draft.closing())
    layout = rng.choice(layouts.LAYOUTS)
    text = layout(layouts.title(situation, rng), shown, situation, rng)
    return GeneratedReport(
        name=name,
        text=respell(text, rng) + f"\n\n{layouts.NOTE}\n",
        records=draft.records,
        traps=draft.traps,
    )


def _is_told(fact: Fact, density: Density) -> bool:
    return BY_NAME[fact.indicator].headline or not density.headlines


def _of_theme(told: Sequence[Fact], theme: str, tabled: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in told if BY_NAME[fact.indicator].theme == theme and fact not in tabled]


class _Draft:
    """One report while it is written; collects the records and traps."""

    def __init__(self, situation: Situation, density: Density, rng: Random) -> None:
        self.situation, self.density, self.rng = situation, density, rng
        self.writer = Writer(situation, rng)
        self.records: list[ExpectedRecord] = []
        self.traps: list[str] = []
        self.opened = False

    def section(self, theme: str, facts: list[Fact]) -> layouts.Section | None:
        """A theme's paragraph, or None where nothing is to be told."""
        if not facts and (self.density.headlines or theme not in prose.NARRATIVE):
            return None
        narrative = prose.paragraph(theme, self.situation, self.rng, self.rng.randint(*self.density.prose))
        told = self._told(facts)
        pieces = [narrative, told] if self.rng.random() < 0.6 and self.opened else [told, narrative]
        if not self.opened and told:
            pieces, self.opened = [told, narrative], True
        text = "".join(pieces)
        if self.rng.random() < self.density.traps:
            self.traps.append(prose.trap(theme, self.situation, self.rng))
            text += self.traps[-1]
        return layouts.Section(theme, (text,))

    def tabled(self, facts: Sequence[Fact]) -> layouts.Section:
        """The paragraph that brings a table."""
        text, records = table(facts, self.situation, self.rng)
        self.records.extend(records)
        return layouts.Section("附表", ("其他主要指标完成情况见下表。", "", text, ""))

    def closing(self) -> layouts.Section:
        """What is wanting, what comes next, and plans for the year to come."""
        sentences = self.rng.sample(prose.PROBLEMS, k=2)
        advice = self.rng.sample(prose.ADVICE, k=min(self.density.closing, len(prose.ADVICE)))
        text = "存在的主要问题：" + "".join(sentences) + "下一步，" + "".join(advice)
        if self.situation.quarter == 4 or self.rng.random() < 0.15:
            self.traps.append(prose.aim(self.situation, self.rng))
            text += self.traps[-1]
        return layouts.Section(
            "治理", (prose.paragraph("治理", self.situation, self.rng, self.density.prose[0]) + text,)
        )

    def _told(self, facts: list[Fact]) -> str:
        if not facts:
            return ""
        statements = self._statements(facts)
        for statement in statements:
            self.records.extend(statement.records)
        opening = self._opening()
        return opening + self._sentences(statements)

    def _opening(self) -> str:
        period = self.rng.choice(layouts.PERIODS[self.situation.quarter])
        whole = prose.WHOLE[self.situation.town.kind]
        if not self.opened:
            return self._first_opening(period)
        if self.rng.random() < PERIOD_AGAIN:
            return period + "，" + self.rng.choice((whole, "", prose.OURS[self.situation.town.kind]))
        return self.rng.choice((whole, "", ""))

    def _first_opening(self, period: str) -> str:
        year, town = f"{self.situation.year}年", self.situation.town.name
        stretch = f"截至{year}{period[2:]}" if period.startswith("截至") else year + period
        if period == "全年" and self.rng.random() < 0.6:
            stretch = year
        return self.rng.choice((f"{stretch}，{town}", f"{town}{stretch}", f"据初步统计，{stretch}，{town}"))

    def _sentences(self, statements: Sequence[Statement]) -> str:
        text, open_sentence = "", False
        for statement in statements:
            if open_sentence:
                text += "。" if statement.alone or self.rng.random() < ALONE_IN_SENTENCE else "；"
            text += statement.text
            open_sentence = not statement.alone
            if statement.alone:
                text += "。"
        return text + ("。" if open_sentence else "")

    def _statements(self, facts: list[Fact]) -> list[Statement]:
        waiting, statements = list(facts), []
        while waiting:
            fact = waiting.pop(0)
            parts = [other for other in waiting if BY_NAME[other.indicator].parent == fact.indicator]
            if parts and self.rng.random() < WITH_PART:
                whole = self.writer.single(fact, self.rng.choice(("full", "full", "value-change", "value-share")))
                statements.append(self.writer.part(whole, parts))
                waiting = [other for other in waiting if other not in parts]
                continue
            mates = self._mates(fact, waiting)
            if mates and self.rng.random() < PARALLEL:
                statements.append(self.writer.parallel([fact, *mates]))
                waiting = [other for other in waiting if other not in mates]
                continue
            statements.append(self._single(fact))
        return statements

    def _mates(self, fact: Fact, waiting: Sequence[Fact]) -> list[Fact]:
        """Up to two facts that can be told beside this one: with targets, both rising or both falling."""
        if not BY_NAME[fact.indicator].has_target or fact.yoy == 0:
            return []
        fitting = [
            other
            for other in waiting
            if BY_NAME[other.indicator].has_target and other.yoy != 0 and (other.yoy > 0) == (fact.yoy > 0)
        ]
        return fitting[: self.rng.randint(1, 2)]

    def _single(self, fact: Fact) -> Statement:
        if not BY_NAME[fact.indicator].has_target:
            return self.writer.single(fact, "value-change")
        chance = EXPECTED_AT_YEAR_END if self.situation.quarter == 4 else EXPECTED_BEFORE
        if self.rng.random() < chance:
            return self.writer.single(fact, "expected", status="expected")
        return self._by_family(fact)

    def _by_family(self, fact: Fact) -> Statement:
        family = self.rng.choices([name for name, _ in FAMILIES], [weight for _, weight in FAMILIES])[0]
        if fact.completion > 101 and self.situation.quarter == 4 and self.rng.random() < 0.4:
            family = "exceeded"
        if family == "part-of-year" and self.situation.quarter > 2:
            family = "full"
        if fact.indicator == "重点项目投资" and self.rng.random() < PROJECT_WORDING:
            family = "project"
        if family == "month" and fact.indicator in MONTHLY:
            return self.writer.month(fact)
        family = "full" if family == "month" else family
        return self.writer.single(fact, family)
