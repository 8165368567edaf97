"""Facts into statements: fills a phrase and notes what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from string import Formatter

from benchmarks.generator import phrases
from benchmarks.generator.indicators import BY_NAME, Indicator, Wording
from benchmarks.generator.model import ExpectedRecord, Fact, Situation
from benchmarks.generator.spelling import Spelling

HUNDRED = Decimal(100)
SLOTS_OF_COMPLETION = {"share", "done", "rate", "p", "over"}
SLOTS_OF_CHANGE = {"change", "rise"}


@dataclass(frozen=True, slots=True)
class Statement:
    """Words without the closing 。 and the records in them; ``alone`` ones must fill a whole sentence."""

    text: str
    records: tuple[ExpectedRecord, ...]
    alone: bool = False


def slots(template: str) -> set[str]:
    """The names of a template's slots."""
    return {field for _, field, _, _ in Formatter().parse(template) if field}


class Writer:
    """Writes statements about one situation; every choice comes from ``rng``."""

    def __init__(self, situation: Situation, rng: Random) -> None:
        self.situation = situation
        self.rng = rng
        self.spelling = Spelling(rng)

    def single(self, fact: Fact, family: str, *, status: str = "actual") -> Statement:
        """One fact by a phrase of the family."""
        index = self.rng.randrange(len(phrases.SINGLE[family]))
        return self._fill(fact, phrases.SINGLE[family][index], f"{family}/{index + 1}", status=status)

    def part(self, whole: Statement, parts: Sequence[Fact]) -> Statement:
        """A statement followed by 其中 and one part or two."""
        text, records = whole.text, list(whole.records)
        joins = [phrases.PART_JOINS, phrases.PART_NEXT]
        for place, fact in enumerate(parts):
            index = self.rng.randrange(len(phrases.PARTS))
            said = self._fill(fact, phrases.PARTS[index], f"part/{index + 1}")
            text += self.rng.choice(joins[place]).format(part=said.text)
            records.extend(said.records)
        return Statement(text, tuple(records))

    def parallel(self, facts: Sequence[Fact]) -> Statement:
        """Two or three facts side by side; all of them must rise or all fall."""
        index = self.rng.randrange(len(phrases.PARALLEL))
        template = phrases.PARALLEL[index]
        used = slots(template)
        wordings = [self._wording(fact) for fact in facts]
        values = [self.spelling.amount(fact.value, BY_NAME[fact.indicator].unit) for fact in facts]
        names = [wording.text for wording in wordings]
        shared = set.intersection(*(set(wording.verbs) for wording in wordings)) or {""}
        text = template.format(
            do=self.rng.choice(sorted(shared)),
            pairs=self._listing([name + value.text for name, value in zip(names, values, strict=True)]),
            names=self._listing(names),
            values=self._listing([value.text for value in values]),
            list_share=self.rng.choice(phrases.LIST_SHARES),
            rates=self._listing([self.spelling.rate(fact.completion) for fact in facts]),
            rises=self._listing([self.spelling.rate(abs(fact.yoy)) for fact in facts]),
            direction="增长" if facts[0].yoy > 0 else "下降",
        )
        shown = bool(used & {"pairs", "values"})
        records = [
            self._record(
                fact, name, f"parallel/{index + 1}", text,
                value=value.number if shown else None, unit=value.unit if shown else None,
                completion=fact.completion if "rates" in used else None,
                basis="annual" if "rates" in used else None,
                yoy=fact.yoy if "rises" in used else None,
            )
            for fact, name, value in zip(facts, names, values, strict=True)
        ]  # fmt: skip
        return Statement(text, tuple(records))

    def month(self, fact: Fact) -> Statement:
        """The months from January and the last month alone."""
        index = self.rng.randrange(len(phrases.MONTHS))
        template, name = phrases.MONTHS[index], f"month/{index + 1}"
        amount = self.spelling.amount(fact.month_value, BY_NAME[fact.indicator].unit)
        change = "同比增长{x}" if fact.month_yoy >= 0 else "同比下降{x}"
        said = self._fill(
            fact, template, name,
            month=str(self.situation.last_month), month_value=amount.text,
            month_change=change.format(x=self.spelling.rate(abs(fact.month_yoy))),
        )  # fmt: skip
        valued = "month_value" in slots(template)
        start, end = self.situation.month
        alone = self._record(
            fact, said.records[0].indicator_text, name, said.text,
            value=amount.number if valued else None, unit=amount.unit if valued else None,
            yoy=fact.month_yoy, period=(start, end),
        )  # fmt: skip
        return Statement(said.text, (*said.records, alone))

    def _fill(self, fact: Fact, template: str, name: str, *, status: str = "actual", **more: str) -> Statement:
        indicator, used = BY_NAME[fact.indicator], slots(template)
        wording = self._wording(fact)
        stage = self.rng.choice(phrases.STAGES.get(self.situation.quarter, ("年度任务",)))
        completion = self._stage_completion(fact) if "stage" in used else fact.completion
        basis, share = self._share(indicator, already="done" in used)
        amount = self.spelling.amount(fact.value, indicator.unit)
        target = self.spelling.amount(fact.target, indicator.unit)
        printed = self.spelling.rate(completion)
        text = template.format(
            do=self.rng.choice(wording.verbs),
            name=wording.text,
            made=self.rng.choice(self._made(indicator, wording)),
            value=amount.text,
            share=share.format(p=printed),
            done=share.format(p=printed),
            rate=self.rng.choice(phrases.RATES).format(p=printed),
            p=printed,
            over=self.spelling.rate(completion - HUNDRED),
            change=self.change(fact.yoy),
            rise=("增长" if fact.yoy >= 0 else "下降") + self.spelling.rate(abs(fact.yoy)),
            target=target.text,
            pace=self._pace(fact),
            stage=stage,
            **more,
        )
        shows_completion = bool(used & SLOTS_OF_COMPLETION)
        stated = bool(used & {"share", "done"})
        record = self._record(
            fact,
            wording.text if "name" in used else "重点项目",
            name,
            text,
            value=amount.number if "value" in used else None,
            unit=amount.unit if "value" in used else None,
            completion=completion if shows_completion else None,
            basis=self._basis(used, basis if stated else "annual") if shows_completion else None,
            target=target.number if "target" in used else None,
            target_unit=target.unit if "target" in used else None,
            yoy=fact.yoy if used & SLOTS_OF_CHANGE else None,
            status=status,
        )
        return Statement(text, (record,), alone=status != "actual" or "。" in template)

    def change(self, yoy: Decimal) -> str:
        """The clause for a year-on-year change."""
        if yoy == 0:
            return self.rng.choice(phrases.STANDSTILLS)
        if yoy == HUNDRED:
            return self.rng.choice(phrases.DOUBLINGS)
        if yoy > HUNDRED and yoy % 10 == 0:
            return self.rng.choice(phrases.MULTIPLES).format(times=_plain(yoy / HUNDRED))
        table = phrases.RISES if yoy > 0 else phrases.FALLS
        return self.rng.choice(table).format(x=self.spelling.rate(abs(yoy), signed=True))

    def _stage_completion(self, fact: Fact) -> Decimal:
        part = Decimal(self.situation.quarter * 25)
        return (fact.value * 10000 / (fact.target * part)).quantize(Decimal("0.1"))

    def _basis(self, used: set[str], basis: str) -> str:
        if "stage" not in used:
            return basis
        return {1: "quarter", 2: "half"}.get(self.situation.quarter, "annual")

    def _share(self, indicator: Indicator, already: bool) -> tuple[str, str]:
        special = "budget" if indicator.budget else "plan" if indicator.plan else "annual"
        basis = special if self.rng.random() < 0.4 else "annual"
        clauses = [
            clause for clause in phrases.SHARES[basis] if not (already and clause.startswith(phrases.NOT_AFTER_ALREADY))
        ]
        return basis, self.rng.choice(clauses)

    def _pace(self, fact: Fact) -> str:
        gap = fact.completion - 25 * self.situation.quarter
        table = phrases.AHEAD if gap > 0 else phrases.BEHIND if gap < 0 else phrases.ON_PACE
        return self.rng.choice(table).format(x=_plain(abs(gap)))

    def _wording(self, fact: Fact) -> Wording:
        return self.rng.choice(BY_NAME[fact.indicator].wordings)

    def _made(self, indicator: Indicator, wording: Wording) -> tuple[str, ...]:
        if wording.verbs == ("",):
            return ("达到", "达")
        return phrases.MADE_BY_UNIT.get(indicator.unit, phrases.MADE)

    def _listing(self, items: Sequence[str]) -> str:
        last = self.rng.choice(("、", "和", "和"))
        return "、".join(items[:-1]) + last + items[-1]

    def _record(
        self,
        fact: Fact,
        written: str,
        template: str,
        sentence: str,
        *,
        value: Decimal | None = None,
        unit: str | None = None,
        completion: Decimal | None = None,
        basis: str | None = None,
        target: Decimal | None = None,
        target_unit: str | None = None,
        yoy: Decimal | None = None,
        status: str = "actual",
        period: tuple[str, str] | None = None,
    ) -> ExpectedRecord:
        start, end = period or self.situation.period
        return ExpectedRecord(
            indicator=fact.indicator,
            indicator_text=written,
            value=value,
            unit=unit,
            completion=completion,
            basis=basis,
            target=target,
            target_unit=target_unit,
            yoy=yoy,
            period_start=start,
            period_end=end,
            town=self.situation.town.name,
            status=status,
            template=template,
            sentence=sentence,
        )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
