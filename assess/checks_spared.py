"""What makes a difference harmless: a changed scope that the report names, 近 and 余, 倍 and 成, a named adjustment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.checks_rules import RULES
from assess.checks_words import folded
from assess.tables import NUMBERS

Texts = Callable[[int], str]

SCOPE = re.compile(
    "(?:统计|新|旧|同|老|计算)口径|口径的?(?:调整|变化|变更|改变|不同|不一|有变|规范)|剔除|扣除|不可比|不含|修订|核实|终核"
    "|基数(?:调整|核|有|变)|(?:区划|范围|数据|制度)(?:有所)?(?:调整|变化|变更)|划入|划出|划转|并入"
)
COMPARABLE = re.compile("可比|不变价|同口径|同比口径|剔除|扣除")
ADJUSTED = re.compile(
    "(?:目标|任务|计划|预算)[^,。;]{0,10}(?:调整|调减|调增|上调|下调|追加|压减)"
    "|(?:调整|调减|调增|上调|下调|追加|压减)[^,。;]{0,10}(?:目标|任务|计划|预算)"
)
_NOTE = re.compile(f"{SCOPE.pattern}|{ADJUSTED.pattern}")
REDUCED = re.compile("核减|退库|退税|冲减|冲销|调减|更正|修正|清退|注销|关停|核销|据实")
PLANNED = re.compile("计划(?:完成|实现|达)(?!率|进度)|力争|争取|预计|拟|将(?:达|完成|实现)|确保")
_HEDGE_BEFORE = re.compile("(?:约|近|超|逾|超过|突破|接近|不足|将近|上)$")
_HEDGE_AFTER = re.compile("[多余几]|[^,。;:、0-9()]{0,4}?(?:左右|上下|以上|余|多)")
_IN_NUMBER = tuple("0123456789.")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
_TIMES = re.compile(r"(\d+(?:\.\d+)?)倍")
# A difference that 近, 约 and 余 can hide: as a share of the number.
VAGUE_SHARE = 0.2
# Words for a rate and how many points they can be off.
_COARSE = tuple(
    (re.compile(words), points)
    for words, points in (
        ("翻[一两二三四]?番", 25.0),
        ("[一二两三四五六七八九]成", 5.0),
        ("基本持平", 1.5),
        ("持平", 0.5),
        ("一半", 5.0),
        ("过半", 25.0),
    )
)
# Room around a record's own words within its sentence.
_BEFORE, _AFTER = 14, 4


def spared(hits: pd.DataFrame, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which hits the words of their own two sentences make harmless; see ``Rule.spared_by``."""
    sides = [_Side.of(frame, hits["row"]), _Side.of(frame, hits["other"])]
    pairs = zip(hits["rule"], hits["difference"], _share(hits), *sides, strict=True)
    return np.array(
        [_is_spared(rule, difference, share, (a, b)) for rule, difference, share, a, b in pairs], dtype=bool
    )


def _share(hits: pd.DataFrame) -> list[float]:
    """How far apart the two are, as a share: by the ratio where there is one, else by the numbers."""
    ratio = hits["ratio"].to_numpy(float)
    first, second = hits["first"].to_numpy(float), hits["second"].to_numpy(float)
    whole = np.maximum(np.maximum(np.abs(first), np.abs(second)), 1e-12)
    by_numbers = np.abs(first - second) / whole
    with np.errstate(divide="ignore", invalid="ignore"):
        by_ratio = 1 - np.minimum(np.abs(ratio), 1 / np.abs(ratio))
    return np.where(np.isnan(by_ratio), by_numbers, by_ratio).tolist()


class _Side:
    """One record of a hit: its sentence, its own words in it, and whether its numbers are rough."""

    __slots__ = ("own", "sentence", "vague")

    def __init__(self, row: Mapping[str, object]) -> None:
        self.sentence = _clean(str(row["sentence"] or ""))
        self.own = _own_words(self.sentence, row)
        self.vague = _is_vague(self.sentence, row)

    @staticmethod
    def of(frame: pd.DataFrame, rows: pd.Series) -> list[_Side | None]:
        keys = ["sentence", "indicator_text", "start", "end", "flags", *(f"{key}_text" for key in NUMBERS)]
        places = rows.to_numpy(np.int64)
        table = frame[keys].iloc[places.clip(min=0)].to_dict("records")
        return [_Side({str(k): v for k, v in row.items()}) if at >= 0 else None
                for at, row in zip(places, table, strict=True)]  # fmt: skip


@lru_cache(maxsize=4096)
def _clean(sentence: str) -> str:
    return _GROUPED.sub("", folded(sentence))


def _own_words(sentence: str, row: Mapping[str, object]) -> str:
    """The record's words with what stands right before and after them in the clause group (up to ； or 。)."""
    name = folded(str(row["indicator_text"] or ""))
    at = sentence.find(name)
    start, end = row["start"], row["end"]
    if at < 0 or not isinstance(start, int | float) or not isinstance(end, int | float) or end != end or start != start:
        return sentence
    before = re.split("[;。]", sentence[max(0, at - _BEFORE) : at])[-1]
    after = sentence[at : at + max(int(end - start), len(name)) + _AFTER]
    return before + after


def _is_vague(sentence: str, row: Mapping[str, object]) -> bool:
    flags = row["flags"]
    if isinstance(flags, list | tuple) and any("约数" in flag for flag in flags):
        return True
    return any(_is_hedged(sentence, row[f"{key}_text"]) for key in NUMBERS)


def _is_hedged(sentence: str, printed: object) -> bool:
    if not isinstance(printed, str):
        return False
    number = printed.lstrip("-")
    at = sentence.find(number)
    while at >= 0 and (
        sentence[at - 1 : at] in _IN_NUMBER or sentence[at + len(number) : at + len(number) + 1] in _IN_NUMBER
    ):
        at = sentence.find(number, at + 1)
    if at < 0:
        return False
    return bool(_HEDGE_BEFORE.search(sentence[max(0, at - 3) : at]) or _HEDGE_AFTER.match(sentence, at + len(number)))


def _is_spared(rule: str, difference: float, share: float, sides: tuple[_Side | None, _Side | None]) -> bool:
    known = [side for side in sides if side is not None]
    tests: dict[str, Callable[[], bool]] = {
        "scope": lambda: any(SCOPE.search(side.sentence) for side in known),
        "comparable": lambda: bool(known and COMPARABLE.search(known[0].own)),
        "adjusted": lambda: any(ADJUSTED.search(side.sentence) for side in known),
        "reduced": lambda: any(REDUCED.search(side.sentence) for side in known),
        "planned": lambda: bool(known and PLANNED.search(known[0].own)),
        "vague": lambda: share <= VAGUE_SHARE and any(side.vague for side in known),
        "coarse": lambda: bool(known) and _is_coarse(known[0].own, difference, share, rule),
    }
    return any(tests[kind]() for kind in RULES[rule].spared_by)


def _is_coarse(own: str, difference: float, share: float, rule: str) -> bool:
    """Whether 倍, 翻, 成 or 持平 can hide the difference (points; a share for targets and bases)."""
    if rule in ("target", "base"):
        return share <= VAGUE_SHARE and bool(_TIMES.search(own) or any(words.search(own) for words, _ in _COARSE))
    room = max([points for words, points in _COARSE if words.search(own)], default=0.0)
    for times in _TIMES.findall(own):
        room = max(room, 50 * 10.0 ** -len(times.partition(".")[2]))
    return abs(difference) <= room + 1e-9


def named_in_texts(found: pd.DataFrame, texts: Texts) -> npt.NDArray[np.bool_]:
    """Which findings a note elsewhere in one of their reports makes harmless: it names a changed scope, and the
    indicator, or follows the record's sentence without a figure of its own."""
    kept = lru_cache(maxsize=64)(lambda report: _notes(texts(report)))
    result = np.zeros(len(found), dtype=bool)
    for at, row in enumerate(found.to_dict("records")):
        if "scope" in RULES[row["rule"]].spared_by:
            sides = ((row["report_id"], row["sentence"]), (row["other_report_id"], row["other_sentence"]))
            names = {str(row["indicator"]), str(row["indicator_text"])}
            result[at] = any(_is_noted(kept(int(report)), str(own), names) for report, own in sides if report == report)
    return result


def _notes(text: str) -> list[tuple[str, str]]:
    """Each sentence of a report that names a changed scope or target, with the sentence before it on its line."""
    notes: list[tuple[str, str]] = []
    for line in folded(text).split("\n"):
        parts = [part.strip() for part in line.split("。")]
        notes += [(part, before) for before, part in zip(["", *parts], parts, strict=False) if _NOTE.search(part)]
    return notes


def _is_noted(notes: list[tuple[str, str]], sentence: str, names: set[str]) -> bool:
    own = folded(sentence).strip(" 。\n")
    for note, before in notes:
        follows = bool(own) and before.endswith(own[-20:]) and not re.search(r"\d(?!\d{0,3}年)", note)
        if follows or any(name in note for name in names):
            return True
    return False
