"""Reads and checks data/vocabulary: every surface form the extraction knows, one entry a line.

The files and their columns:

words.csv        word,kind,place      cue words; kind and place from the closed lists below
cues.csv         number,role,template what a number is, told by the kinds of words before it
units.csv        unit,kind            what is counted or measured
indicators.csv   name,sector,unit_kind,accumulation,direction
aliases.csv      alias,indicator      other names of the standard indicators
names.csv        word,kind            parts of indicator names: generic nouns, tails, heads, pairs
traditional.csv  traditional,simplified

A wrong line raises VocabularyError naming the file, the line and what to do.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from extract.models import VocabularyError

KINDS: Final[dict[str, str]] = {
    "do": "V",
    "reach": "v",
    "be": "B",
    "share": "S",
    "time": "T",
    "goal": "G",
    "of": "D",
    "rate_noun": "K",
    "up": "U",
    "down": "N",
    "yoy": "C",
    "basis": "A",
    "flat": "L",
    "fold": "F",
    "other_base": "X",
    "ratio": "R",
    "quality_rate": "Q",
    "pace": "P",
    "beyond": "O",
    "above": "J",
    "hedge": "H",
    "filler": "W",
    "each": "E",
    "both": "b",
    "part": "I",
    "expected": "M",
    "planned": "m",
    "planned_total": "t",
    "whole": "q",
    "last_year": "Y",
    "scope": "Z",
    "protected": "w",
    "strip": "",
}
"""Kinds of cue words and the letter that stands for each in a clause's pattern."""

PLACES: Final = ("any", "number", "name-start", "name-end", "level")


def folder() -> Path:
    """Where the vocabulary lies: beside the package in a wheel, in data/vocabulary in a checkout."""
    packed = Path(__file__).parent / "data" / "vocabulary"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "data" / "vocabulary"


def read_table(name: str, columns: tuple[str, ...], where: Path | None = None) -> Iterator[tuple[str, ...]]:
    """Rows of one vocabulary file; checks its head, blanks at the ends of cells and empty cells."""
    path = (where or folder()) / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError(f"{name}: cannot be opened ({error.strerror}); put it into data/vocabulary") from error
    reader = csv.reader(text.splitlines())
    head = next(reader, [])
    if tuple(head) != columns:
        raise VocabularyError(f"{name}:1: the head must be {','.join(columns)}, not {','.join(head)}")
    blanks = _BLANK_AT_END.search(text) is not None
    for row in reader:
        if len(row) != len(columns):
            raise VocabularyError(f"{name}:{reader.line_num}: {len(columns)} cells wanted, {len(row)} found")
        if not row[0] or (blanks and any(cell != cell.strip() for cell in row)):
            raise VocabularyError(f"{name}:{reader.line_num}: a cell is empty or has blanks at its ends")
        yield tuple(row)


_BLANK_AT_END: Final = re.compile(r'[^\S\n]"?(?:,|$)|(?:^|,)"?[^\S\n]', re.MULTILINE)


@cache
def words() -> dict[str, dict[str, str]]:
    """Cue words by place, then word -> kind letter."""
    found: dict[str, dict[str, str]] = {place: {} for place in PLACES}
    for word, kind, place in read_table("words.csv", ("word", "kind", "place")):
        if kind not in KINDS or place not in PLACES:
            raise VocabularyError(f"words.csv: {word}: unknown kind {kind!r} or place {place!r}")
        if word in found[place]:
            raise VocabularyError(f"words.csv: {word}: stands twice for {place}; keep one line")
        found[place][word] = KINDS[kind]
    return found


@cache
def units() -> dict[str, str]:
    """Base units (元, 亩, 家) and what they measure."""
    return _mapping("units.csv", ("unit", "kind"))


@cache
def name_words(kind: str) -> frozenset[str]:
    """Words of one kind in names.csv: generic, tail, head, department, deed, clause, works, chrome, place_kind …"""
    return frozenset(_names_by_kind().get(kind, ()))


@cache
def _names_by_kind() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, kind in read_table("names.csv", ("word", "kind")):
        found.setdefault(kind, []).append(word)
    return found


@cache
def name_pairs() -> dict[str, tuple[str, ...]]:
    """Contracted names and what they stand for: 城乡居民 -> (城镇居民, 农村居民)."""
    return {word: tuple(parts.split("|")) for word, parts in read_table("pairs.csv", ("word", "parts")) if "|" in parts}


@cache
def folding() -> dict[int, int]:
    """Traditional characters to simplified ones, for str.translate."""
    return {ord(old): ord(new) for old, new in read_table("traditional.csv", ("traditional", "simplified"))}


def _mapping(name: str, columns: tuple[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in read_table(name, columns):
        if key in found:
            raise VocabularyError(f"{name}: {key} stands twice ({found[key]}, {value}); keep one line")
        found[key] = value
    return found


def trie_pattern(entries: Iterable[str]) -> str:
    """One regular expression that matches the longest of the entries at a place.

    Shared beginnings are written once, so the engine tries each character once:
    trie_pattern(["完成", "完成率", "实现"]) gives 完成率?|实现 in substance.
    """
    root: dict[str, dict] = {}
    for entry in entries:
        node = root
        for character in entry:
            node = node.setdefault(character, {})
        node[""] = {}
    return _grouped(root, sorted(root))


_FEW, _GROUPS = 12, 5


def _grouped(root: dict[str, dict], firsts: list[str]) -> str:
    """The branches of many first characters in groups of groups, each behind a look at its own characters.

    The engine tries branches one after another; a look at a set of characters costs as much as one of them.
    """
    if len(firsts) <= _FEW:
        return _branch({first: root[first] for first in firsts})
    size = -(-len(firsts) // _GROUPS)
    parts = [firsts[at : at + size] for at in range(0, len(firsts), size)]
    return "(?:" + "|".join(f"(?=[{''.join(map(_escape, part))}]){_grouped(root, part)}" for part in parts) + ")"


def first_characters(entries: Iterable[str]) -> str:
    """The characters that entries begin with, as the inside of a character class."""
    return "".join(_escape(first) for first in sorted({entry[0] for entry in entries}))


_SPECIAL: Final = frozenset(r".^$*+?{}[]\|()-~")


def _branch(node: dict[str, dict]) -> str:
    ends = "" in node
    singles = [_escape(c) for c, below in sorted(node.items()) if c and list(below) == [""]]
    longer = [_escape(c) + _branch(below) for c, below in sorted(node.items()) if c and list(below) != [""]]
    if singles:
        longer.append(singles[0] if len(singles) == 1 else "[" + "".join(singles) + "]")
    if not longer:
        return ""
    if len(longer) == 1 and not ends:
        return longer[0]
    return "(?:" + "|".join(longer) + ")" + ("?" if ends else "")


def _escape(character: str) -> str:
    return "\\" + character if character in _SPECIAL else character
