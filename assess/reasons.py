"""What a report itself says about a figure that is behind: its reason (受…影响, 主要原因是…) and its next measure.

A sentence belongs to a figure where it is the figure's own, stands beside it with no other figure between, or names
the indicator. A measure that the report writes for all that is behind counts last, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SAME, AFTER, BEFORE, NAMED, GENERAL = "same", "after", "before", "named", "general"
# How a sentence belongs to a figure, in words; the order is that of trust.
HOW: dict[str, str] = {
    SAME: "同一句",
    AFTER: "紧接其后",
    BEFORE: "紧接其前",
    NAMED: "另处点名",
    GENERAL: "全篇措施，未点名这项指标",
}
# Wordings of a reason; 因 needs a comma after what it names, and is no 因地制宜.
_REASONS: tuple[str, ...] = (
    r"受[^，,。；;]{1,40}?(?:影响|制约|冲击|拖累)",
    r"原因(?:是|为|在于|有|主要|[:：])",
    r"主要(?:是|系)?(?:由于|因为|因|受)",
    r"由于",
    r"因为",
    r"因(?!地制宜|此|而|村|企|人|时|素|果|应|特|势)[^，,。；;]{2,40}(?:[，,]|导致|造成|未能|影响)",
    r"(?:所致|所影响|拖累|制约了|影响了|导致)",
)
REASON = re.compile("|".join(_REASONS))
# Wordings of what will be done.
_MEASURES: tuple[str, ...] = (
    r"下一步|下一阶段|下阶段|下步|接下来|下一季度|下季度",
    r"^(?:下半年|[一二三四]季度|今后|后期|年底前|目前正)[，,]?.*?(?:将|要|加快|力争|确保|推进|抓好|加大|强化|督促)",
    r"(?:我镇|我乡|我街道|我区|镇里|乡里|我们|镇政府|乡政府)将",
    r"将(?:进一步|继续|加快|加大|全力|抓紧|着力|倒排|督促|积极|加强|强化|重点)",
)
MEASURE = re.compile("|".join(_MEASURES))
# What a measure for all that is behind speaks of.
_FOR_ALL = re.compile("指标|目标|进度|序时|任务|滞后|短板|差距")
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_NUMBERING = re.compile(r"^[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是)?[\s　]*")
# Sentences after a figure's own that may still speak of it, and how many of one kind are told.
REACH, MOST = 3, 2
# A shorter name stands in too many words.
_LEAST_NAME = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the report: ``start`` and ``end`` in its text, ``how`` it belongs to the figure (``HOW``)."""

    text: str
    start: int
    end: int
    how: str


@dataclass(frozen=True, slots=True)
class Account:
    """What a report says about one figure; both may be empty."""

    reasons: tuple[Said, ...]
    measures: tuple[Said, ...]

    @property
    def reason(self) -> str:
        """The reasons in one text; nothing where the report gives none."""
        return _joined(self.reasons)

    @property
    def measure(self) -> str:
        """The measures in one text; nothing where the report gives none."""
        return _joined(self.measures)


def account(text: str, start: int, names: Sequence[str], others: Iterable[tuple[int, str]] = ()) -> Account:
    """What ``text`` says about the figure whose words begin at ``start``.

    ``names`` are the indicator's (as filed, as written); ``others`` the places and indicators of the report's
    records, the figure's own among them.
    """
    sentences = [(match.start(), match.end()) for match in _SENTENCE.finditer(text) if match.group().strip()]
    own = next((at for at, (first, last) in enumerate(sentences) if first <= start < last), None)
    if own is None:
        return Account((), ())
    strange = {place for place, indicator in others if indicator not in names}
    following = _following(text, sentences, own, strange)
    before = _before(text, sentences, own, strange)
    taken = {own, *following, *before}
    named = [at for at, bounds in enumerate(sentences) if at not in taken and _names(text, bounds, names)]
    places = ((SAME, [own]), (AFTER, following), (BEFORE, before), (NAMED, named))
    candidates = [(at, how) for how, numbers in places for at in numbers]
    reasons = _matching(text, sentences, candidates, REASON)
    told = {said.start for said in reasons}
    measures = [said for said in _matching(text, sentences, candidates, MEASURE) if said.start not in told]
    if not measures:
        rest = [
            (at, GENERAL)
            for at, (first, last) in enumerate(sentences)
            if not _holds((first, last), strange) and _FOR_ALL.search(text, first, last)
        ]
        measures = [said for said in _matching(text, sentences, rest, MEASURE) if said.start not in told][:1]
    return Account(tuple(reasons[:MOST]), tuple(measures[:MOST]))


def _following(text: str, sentences: Sequence[tuple[int, int]], own: int, strange: set[int]) -> list[int]:
    """The sentences after a figure's own that still speak of it: of its line, before another indicator's figure."""
    found: list[int] = []
    for at in range(own + 1, min(own + 1 + REACH, len(sentences))):
        if "\n" in text[sentences[at - 1][1] : sentences[at][0]] or _holds(sentences[at], strange):
            break
        found.append(at)
    return found


def _before(text: str, sentences: Sequence[tuple[int, int]], own: int, strange: set[int]) -> list[int]:
    """The sentence before a figure's own, of its line and with no other indicator's figure."""
    if own == 0 or "\n" in text[sentences[own - 1][1] : sentences[own][0]] or _holds(sentences[own - 1], strange):
        return []
    return [own - 1]


def _holds(bounds: tuple[int, int], places: set[int]) -> bool:
    return any(bounds[0] <= place < bounds[1] for place in places)


def _names(text: str, bounds: tuple[int, int], names: Sequence[str]) -> bool:
    return any(len(name) >= _LEAST_NAME and name in text[bounds[0] : bounds[1]] for name in names)


def _matching(
    text: str, sentences: Sequence[tuple[int, int]], candidates: Iterable[tuple[int, str]], cue: re.Pattern[str]
) -> list[Said]:
    found = []
    for at, how in candidates:
        first, last = sentences[at]
        first += len(_NUMBERING.match(text[first:last]).group())  # type: ignore[union-attr]
        if cue.search(text[first:last]):
            found.append(Said(text[first:last].strip(), first, last, how))
    return found


def _joined(said: Sequence[Said]) -> str:
    return "".join(one.text if one.text.endswith(("。", "；", "！")) else f"{one.text}。" for one in said)
