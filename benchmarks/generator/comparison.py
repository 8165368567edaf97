"""What was written against what was read: equal, failed, invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.generator.model import ExpectedRecord, GeneratedReport
from extract.models import Record
from extract.units import in_base

FIELDS = ("indicator", "value", "completion", "yoy", "period", "town")
Facts = dict[str, object]


@dataclass
class Tally:
    """What came back: counts, failures by phrase and the fields that differ, one example each."""

    written: int = 0
    equal: int = 0
    found: int = 0
    invented: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    failures: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    inventions: Counter[str] = field(default_factory=Counter)


def facts(record: ExpectedRecord | Record) -> Facts:
    """The compared fields; the value in its base unit, rates without trailing zeros."""
    value = None if record.value is None else in_base(record.value, record.unit or "")
    return {
        "indicator": record.indicator,
        "value": value,
        "completion": record.completion,
        "yoy": record.yoy,
        "period": (record.period_start, record.period_end),
        "town": record.town,
    }


def compare(report: GeneratedReport, records: Sequence[Record], tally: Tally) -> None:
    """Matches equal records first, then pairs the rest to tell what differs."""
    left = [(record, facts(record)) for record in records]
    tally.written += len(report.records)
    tally.found += len(left)
    unmatched = []
    for expected in report.records:
        wanted = facts(expected)
        place = next((i for i, (_, got) in enumerate(left) if got == wanted), None)
        if place is None:
            unmatched.append((expected, wanted))
        else:
            tally.equal += 1
            left.pop(place)
    for expected, wanted in unmatched:
        _note_failure(expected, wanted, left, tally)
    for record, _ in left:
        if record.status != "planned":
            tally.invented += 1
            tally.inventions[f"{record.indicator}: {record.sentence.strip()[:70]}"] += 1


def _note_failure(expected: ExpectedRecord, wanted: Facts, left: list[tuple[Record, Facts]], tally: Tally) -> None:
    nearest = max(range(len(left)), key=lambda i: _likeness(left[i][1], wanted), default=None)
    if nearest is None or _likeness(left[nearest][1], wanted) < 2:
        differing, got = ["nothing found"], "-"
    else:
        _, found = left.pop(nearest)
        differing = [name for name in FIELDS if found[name] != wanted[name]]
        got = ", ".join(f"{name}={_shown(found[name])}" for name in differing)
    tally.fields.update(differing)
    key = (expected.template, "+".join(differing))
    tally.failures[key] += 1
    want = ", ".join(f"{name}={_shown(wanted[name])}" for name in FIELDS if name in differing or got == "-")
    tally.examples.setdefault(key, f"{expected.sentence}\n      want {want}\n      got  {got}")


def _likeness(found: Facts, wanted: Facts) -> int:
    numbers = [name for name in ("value", "completion", "yoy") if wanted[name] is not None]
    same_numbers = sum(2 for name in numbers if found[name] == wanted[name])
    return same_numbers + (found["indicator"] == wanted["indicator"])


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "/".join(_shown(part) for part in value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def describe(tally: Tally, show: int) -> str:
    """The tally for people: shares first, then the most frequent failures and inventions."""
    lines = [
        f"written {tally.written}, equal {tally.equal} ({_share(tally.equal, tally.written)})",
        f"found {tally.found}, invented {tally.invented} ({_share(tally.invented, tally.found)})",
        "fields that differ: " + ", ".join(f"{name} {count}" for name, count in tally.fields.most_common()),
    ]
    for key, count in tally.failures.most_common(show):
        lines.append(f"{count:5} {key[0]} [{key[1]}]  {tally.examples[key]}")
    lines += [f"{count:5} invented {text}" for text, count in tally.inventions.most_common(show)]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"
