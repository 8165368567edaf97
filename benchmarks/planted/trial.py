"""Writes the cases, reads them with ``extract.find``, checks all of them at once and counts, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

import pandas as pd

from assess.checks import contradictions
from assess.states import Direction
from benchmarks.planted import contradictions as planted
from benchmarks.planted import lookalikes
from benchmarks.planted.towns import Case, Maker, Towns
from extract import find
from extract.indicators import taxonomy
from extract.models import Document, Record

_NUMBERS = ("value", "completion", "target", "yoy")


@dataclass
class Tally:
    """Of one kind: how many were planted and found, how many look-alikes there were and gave a false alarm."""

    planted: int = 0
    found: int = 0
    harmless: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)


def cases(seed: int, each: int) -> list[Case]:
    """``each`` contradictions and ``each`` look-alikes of every kind, every one with towns of its own."""
    rng = Random(f"planted/{seed}")
    towns = Towns(rng)
    made: list[Case] = []
    for makers, is_planted in ((planted.MAKERS, True), (lookalikes.MAKERS, False)):
        made += [
            _case(kind, maker, is_planted, towns, rng, turn) for kind, maker in makers.items() for turn in range(each)
        ]
    return made


def _case(kind: str, maker: Maker, is_planted: bool, towns: Towns, rng: Random, turn: int) -> Case:
    what, reports = maker(towns, rng, turn)
    return Case(kind, what, is_planted, reports)


def read(made: Iterable[Case], rng: Random) -> tuple[pd.DataFrame, dict[int, str]]:
    """The records of all reports, as the store would give them, and the reports' texts by number."""
    texts: dict[int, str] = {}
    rows: list[dict[str, object]] = []
    reports = (report for case in made for report in case.reports)
    for number, report in enumerate(reports, start=1):
        texts[number] = report.written(rng)
        name = f"{report.town}{report.year}-{report.quarter}{report.part}.txt"
        found = find(Document(name, texts[number])).records
        rows.extend(_rows(found, number, name, report.received))
    return pd.DataFrame([{"id": number, **row} for number, row in enumerate(rows, start=1)]), texts


def _rows(records: Iterable[Record], report: int, name: str, received: str) -> Iterator[dict[str, object]]:
    for record in records:
        numbers = {key: getattr(record, key) for key in _NUMBERS}
        yield {
            **record.to_dict(),
            **{key: None if number is None else float(number) for key, number in numbers.items()},
            **{f"{key}_text": _printed(number) for key, number in numbers.items()},
            "report_id": report,
            "report_name": name,
            "received_at": received,
            "origin": "upload",
            "review": "read",
        }


def _printed(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def run(seed: int = 1, each: int = 6) -> dict[str, Tally]:
    """The tally of each kind. A planted case is found by a finding of its rule on its towns; any finding on the
    towns of a look-alike is a false alarm, and so is one of another rule on those of a planted case."""
    made = cases(seed, each)
    records, texts = read(made, Random(f"wording/{seed}"))
    directions = {name: Direction(entry["direction"] == "down", entry["accumulation"] == "point")
                  for name, entry in taxonomy().items()}  # fmt: skip
    found = contradictions(records, directions, texts=texts.__getitem__)
    by_town: dict[str, set[str]] = {str(town): set(rows["rule"]) for town, rows in found.groupby("town")}
    tallies: dict[str, Tally] = {kind: Tally() for kind in planted.MAKERS}
    for case in made:
        rules = set().union(*(by_town.get(town, set()) for town in case.towns))
        _count(tallies[case.kind], case, rules)
    return tallies


def _count(tally: Tally, case: Case, rules: set[str]) -> None:
    told = f"{case.what}（{'、'.join(sorted(case.towns))}）"
    if case.planted:
        tally.planted += 1
        tally.found += case.kind in rules
        tally.wrong += [] if case.kind in rules else [f"没有发现：{told}，只有{sorted(rules)}"]
        tally.wrong += [f"另报：{told} {sorted(rules - {case.kind})}"] if rules - {case.kind} else []
    else:
        tally.harmless += 1
        tally.false += bool(rules)
        tally.wrong += [f"误报：{told} {sorted(rules)}"] if rules else []
