"""What a corpus line wants against what came out: facts, names, places, periods, in words.

A wanted record is paired with the record that shares most of its facts; what the pair differs in, what has no
pair and what came out without being wanted is told, each in one short Chinese phrase. No phrases: the line passes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from extract import Findings, Record, find, load_report
from extract.units import in_base

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ROLES = {"completion": "完成率", "yoy": "同比", "value": "数值"}
SAME_BASIS = frozenset({"annual", "plan", "budget"})
LEAST_OVERLAP = 3
"""Characters that two names must share when one contains the other."""

_NOISE = re.compile(r"[\s“”\"'《》()、,的:]")
_SPELLINGS = (("规模以上", "规上"), ("生产总值(GDP)", "生产总值"))
_SCOPE = re.compile(
    r"^(?:全镇|全县|全市|全区|全乡|全省|全街道|全园区|我镇|我县|我市|我区|本镇|镇级|全年|累计|完成|实现|预计|达到|其中)+"
)


@dataclass(frozen=True)
class Line:
    """One line of the corpus: ``file`` is its name without ending, ``number`` counts from 1."""

    file: str
    number: int
    text: str
    want: list[dict[str, Any]] = field(repr=False)
    name: str = "示例.txt"

    @property
    def place(self) -> str:
        """Where the line stands, for messages: completion.jsonl:12."""
        return f"{self.file}.jsonl:{self.number}"


def read_corpus(folder: Path = CORPUS) -> dict[str, list[Line]]:
    """The lines of the corpus by file, blank ones left out."""
    return {path.stem: list(_lines(path)) for path in sorted(folder.glob("*.jsonl"))}


def _lines(path: Path) -> Iterator[Line]:
    for number, row in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if row.strip():
            entry = json.loads(row)
            yield Line(path.stem, number, entry["text"], entry["want"], entry.get("name", "示例.txt"))


def read(line: Line) -> Findings:
    """The findings of a line, read as the text file that it stands for."""
    return find(load_report(line.name, line.text.encode()))


def failures(line: Line, records: tuple[Record, ...]) -> list[str]:
    """What is wrong with the records of a line, in words; empty where all is as wanted."""
    pairs = _pairs(line.want, records)
    told: list[str] = []
    for index, want in enumerate(line.want):
        told.extend(_differences(want, records[pairs[index]]) if index in pairs else _unread(want))
    for index, record in enumerate(records):
        if index not in pairs.values():
            told.extend(_invented(record))
    return told


def _pairs(want: list[dict[str, Any]], records: tuple[Record, ...]) -> dict[int, int]:
    """Wanted record -> record that came out, best fits first."""
    fits = ((_fit(want[i], records[j]), i, j) for i, j in product(range(len(want)), range(len(records))))
    taken: dict[int, int] = {}
    for (shared, *_), i, j in sorted(fits, key=lambda fit: (tuple(-part for part in fit[0]), fit[1], fit[2])):
        if shared and i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def _fit(want: dict[str, Any], record: Record) -> tuple[int, int, int, int]:
    shared = sum(same_fact(want, record, role) for role in ROLES if want.get(role) is not None)
    town = int(want.get("town") in (None, record.town))
    period = int(_period_fits(want, record))
    return shared, same_name(want, record), town, period


def same_fact(want: dict[str, Any], record: Record, role: str) -> bool:
    """Whether a number of a role is the wanted one; amounts are compared in their base unit."""
    theirs = getattr(record, role)
    if theirs is None:
        return False
    wanted = Decimal(str(want[role]))
    if role != "value":
        return wanted == theirs
    return _amount(wanted, want.get("unit")) == _amount(theirs, record.unit)


def _amount(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    return in_base(value, unicodedata.normalize("NFKC", unit or ""))


def plain(name: str) -> str:
    """A name without marks, scope words and spellings: 全镇规模以上工业的产值 -> 规上工业产值."""
    name = _NOISE.sub("", unicodedata.normalize("NFKC", name))
    for old, new in _SPELLINGS:
        name = name.replace(old, new)
    return _SCOPE.sub("", name)


def same_name(want: dict[str, Any], record: Record) -> int:
    """2 for the same name, 1 where one contains the other, 0 for another indicator."""
    ours = {plain(record.indicator), plain(record.indicator_text)} - {""}
    wanted = {plain(want["indicator"]), *map(plain, want.get("also") or ())} - {""}
    if ours & wanted:
        return 2
    near = any(a in b or b in a for a, b in product(ours, wanted) if min(len(a), len(b)) >= LEAST_OVERLAP)
    return int(near)


def _period_fits(want: dict[str, Any], record: Record) -> bool:
    if "period" not in want:
        return True
    wanted = (None, None) if want["period"] is None else tuple(want["period"].split("/"))
    return wanted == (record.period_start, record.period_end)


def _basis_fits(want: dict[str, Any], record: Record) -> bool:
    wanted = want.get("basis")
    return wanted in (None, record.basis) or {wanted, record.basis} <= SAME_BASIS


def _target_fits(want: dict[str, Any], record: Record) -> bool:
    if want.get("target") is None:
        return True
    if record.target is None:
        return False
    wanted = _amount(Decimal(str(want["target"])), want.get("target_unit"))
    return wanted == _amount(record.target, record.target_unit)


def _differences(want: dict[str, Any], record: Record) -> list[str]:
    name = want["indicator"]
    told = [
        f"未读出{word}: {name} {want[role]:g}"
        for role, word in ROLES.items()
        if want.get(role) is not None and not same_fact(want, record, role)
    ]
    told += [
        f"多出{word}: {name} {getattr(record, role)}"
        for role, word in ROLES.items()
        if role != "value" and want.get(role) is None and getattr(record, role) is not None
    ]
    checks = (
        (bool(same_name(want, record)), f"名称不符: {name} 读成 {record.indicator}"),
        (want.get("town") in (None, record.town), f"乡镇不符: {name} {want.get('town')} 读成 {record.town}"),
        (
            _period_fits(want, record),
            f"时段不符: {name} {want.get('period')} 读成 {record.period_start}/{record.period_end}",
        ),
        (_basis_fits(want, record), f"口径不符: {name} {want.get('basis')} 读成 {record.basis}"),
        (_target_fits(want, record), f"目标不符: {name} {want.get('target')} 读成 {record.target}"),
        (
            want.get("status", "actual") == record.status,
            f"性质不符: {name} {want.get('status', 'actual')} 读成 {record.status}",
        ),
    )
    return told + [words for fits, words in checks if not fits]


def _unread(want: dict[str, Any]) -> list[str]:
    facts = [
        f"未读出{word}: {want['indicator']} {want[role]:g}"
        for role, word in ROLES.items()
        if want.get(role) is not None
    ]
    return facts or [f"未读出: {want['indicator']}"]


def _invented(record: Record) -> list[str]:
    return [
        f"多出{word}: {record.indicator} {getattr(record, role)}"
        for role, word in ROLES.items()
        if getattr(record, role) is not None
    ]
