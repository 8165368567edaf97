"""From a sentence to tokens, and from the tokens before a number to what the number is.

A token is (letter, start, end, payload). The letter is the word's kind (vocabulary.KINDS), or
x free text, p a period, n a number, o a comparison with a named other year, r a rank; marks of
punctuation are their own letters. The letters before a number form a short pattern, and
cues.csv says, in templates over the kinds, what such a number is: completion, yoy, share …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from extract.indicators import known_names
from extract.models import Quantity, VocabularyError
from extract.numbers import number_pattern, parse_quantity, plain_figure, plain_quantity
from extract.periods import FIRST as PERIOD_FIRST
from extract.periods import PATTERN as PERIOD
from extract.periods import parse_period
from extract.vocabulary import KINDS, first_characters, name_words, read_table, trie_pattern, units, words


class Token:
    """One word, number, period, mark or stretch of free text of a sentence; offsets of the document."""

    __slots__ = ("end", "letter", "payload", "start")

    def __init__(self, letter: str, start: int, end: int, payload: Any = None) -> None:
        self.letter, self.start, self.end, self.payload = letter, start, end, payload


_LAST_YEAR: Final = r"(?:去年|上年|上一年|前一年|去年度|上年度)"
_COMPARE: Final = (
    rf"(?:比|较|与|同|和|对比|相比|为){_LAST_YEAR}(?:的|全年)?(?:同期|同月|同季度?|同比|同时期)?(?:数|水平|的)?(?:相比较?|比较|比)?"
    rf"|{_LAST_YEAR}?同期(?:相比较?|比较|比)(?!例)"
    r"|(?:比|较|与|同)同期(?:相比)?"
)
_YEAR_END: Final = rf"(?:比|较|与|同){_LAST_YEAR}(?:年?底|年?末)(?:相比|比)?"
_LAST: Final = (
    rf"{_LAST_YEAR}(?:(?:全年)?(?:同期|同月)(?:完成|实现)?数?(?:为|是)?|全年(?=的?\d)"
    r"|(?:实际|执行|决算|完成)数?(?:为|是)?(?=\d|的\d)|(?=的?[\d.]+[%倍万亿]))"
)
_AGAINST: Final = (
    r"(?:与|同|比|较)[“\"]?(?:十[一二三四]?|[七八九])五[”\"]?(?:期?末|初|时期|期间)?(?:相比|比)?|与\d{1,2}月(?:底|末|份)?相比|比排名"
    r"|(?:与|同|比|较)上一?个?五年(?:规划|计划)?(?:期间|时期|期)?"
    r"|[“\"]十[一二三四]?五[”\"]前[一二三四]年|[两一二三四五六七八九十]年(?=翻)"
)
_MONTH: Final = r"(?:比|较)(?:1?\d-)?1?\d月份?(?=[^,。;个]{0,6}[增减升降涨跌])(?![^,。;]{0,14}百分点)"
_BASIS: Final = r"(?:剔除|扣除|不含|不考虑|还原)[^,。;:\d]{1,14}?(?:因素|影响)(?:后|外|等)?"
_OTHER_YEAR: Final = (
    r"(?:比|较|与|同)(?P<o_year>(?:19|20)\d\d)年?(?:末|底)?(?:全年)?"
    r"(?:的?(?:同期|同月|同季度?))?(?:数)?(?:相比较?|比较|比)?"
)
_RANK: Final = r"第[ ]?\d+[位名]?|[居列排]\d+[位名]"
_MARKS: Final = ",;:()、|“”\"'《》/"
_BEFORE_NUMBER: Final = r"(?=[ ]?(?:[-+\d〇一二三四五六七八九十两百千]|约|近|超|不足|将近))"


_COMPARISONS: Final = (
    ("比较与同", rf"(?P<lastend>{_YEAR_END})"),
    ("比较与同和对相为去上前", rf"(?P<compare>{_COMPARE})"),
    ("去上前", rf"(?P<lastyear>{_LAST})"),
    ('与同比较“"两一二三四五六七八九十', rf"(?P<against>{_AGAINST})"),
    ("比较", rf"(?P<monthago>{_MONTH})"),
    ("剔扣不还", rf"(?P<basis>{_BASIS})"),
    ("比较与同", rf"(?P<other>{_OTHER_YEAR})"),
    ("第居列排", rf"(?P<rank>{_RANK})"),
)
"""Wordings that are tried before any other, each with the characters it can begin with."""
_COMPARED: Final = "|".join(
    (
        r"[比较与同][去上前同“\"十七八九\d排]",
        "[和为][去上前]",
        *("对比", "相比", "去年", "上[年一]", "前一", "同期", '[“"][十七八九]', "[两一二三四五六七八九十]年"),
        *("剔除", "扣除", "不[含考]", "还原", r"第[ \d]", r"[居列排]\d"),
    )
)
"""The first two characters of all of them."""
_NUMERAL_FIRST: Final = r"\-+\d百〇零一二三四五六七八九十千两"


@cache
def _lexer() -> re.Pattern[str]:
    """The pattern of every token but free text.

    The order of the alternatives decides. Marks and words whose first character begins nothing else are tried
    first, which changes no match and spares most places the other trials.
    """
    listed = words()
    anywhere = [*listed["any"], *_names_with_cues()]
    tight = [*listed["number"], "的"]
    compared = _firsts(_COMPARISONS)
    several = re.compile(f"[{compared}{PERIOD_FIRST}{_NUMERAL_FIRST}{first_characters(tight)}]")
    plain = [word for word in anywhere if not several.match(word)]
    mixed = [word for word in anywhere if several.match(word)]
    begins_word = {word[0] for word in anywhere}
    marks = "".join(mark for mark in _MARKS if mark not in begins_word and not several.match(mark))
    shared = (
        (r"\d", plain_figure()),
        (compared, rf"(?={_COMPARED}){_first_of(_COMPARISONS)}"),
        (PERIOD_FIRST, rf"(?P<period>{PERIOD})"),
        (_NUMERAL_FIRST, rf"(?P<number>{number_pattern()})"),
        (first_characters(mixed), rf"(?={_second_characters(mixed)})(?P<mixed>{trie_pattern(mixed)})"),
        (first_characters(tight), rf"(?P<tight>(?:{trie_pattern(tight)}){_BEFORE_NUMBER})"),
        (re.escape(_MARKS), rf"(?P<quote>[{re.escape(_MARKS)}])"),
    )
    own = (
        (re.escape(marks), rf"(?P<mark>[{re.escape(marks)}])"),
        (first_characters(plain), rf"(?={_second_characters(plain)})(?P<word>{trie_pattern(plain)})"),
        (_firsts(shared), _first_of(shared)),
    )
    return re.compile(f"(?=[{_firsts(own)}]){_first_of(own)}")


def _second_characters(entries: list[str]) -> str:
    """What follows the first character of any entry, as a pattern from that on; entries of one are left to it."""
    single = first_characters(entry for entry in entries if len(entry) == 1)
    longer = first_characters(entry[1:] for entry in entries if len(entry) > 1)
    return f".[{longer}]|[{single}]" if single else f".[{longer}]"


def _firsts(alternatives: tuple[tuple[str, str], ...]) -> str:
    return "".join(first for first, _ in alternatives)


def _first_of(alternatives: tuple[tuple[str, str], ...]) -> str:
    """One pattern of several, each tried only where one of its first characters stands."""
    return "(?:" + "|".join(f"(?=[{first}]){each}" for first, each in alternatives) + ")"


_HARD_KINDS: Final = frozenset("SUNCAXJOEbIMmLFY")


@cache
def _names_with_cues() -> tuple[str, ...]:
    """Known indicators that hold a cue word or 、 inside (城镇新增就业, 设备、工器具购置) and must be read whole."""
    listed = words()["any"]
    by_first: dict[str, list[str]] = {}
    for word in sorted(listed, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word)
    hard = re.compile(trie_pattern(word for word, letter in listed.items() if letter in _HARD_KINDS))
    marked = (name for name in name_words("whole_name") if "、" in name)
    return *marked, *(
        name
        for name in known_names()
        if hard.search(name)
        and name not in listed
        and any(listed[found] in _HARD_KINDS for found in _words_inside(name, by_first))
    )


def _words_inside(name: str, by_first: dict[str, list[str]]) -> Iterator[str]:
    """The words that a name is read as, the longest at each place, by the words of each first character."""
    at = 0
    while at < len(name):
        word = next((word for word in by_first.get(name[at], ()) if name.startswith(word, at)), "")
        if word:
            yield word
        at += len(word) or 1


@cache
def _letters() -> tuple[dict[str, str], dict[str, str]]:
    listed = words()
    return {**dict.fromkeys(_names_with_cues(), "w"), **listed["any"]}, {**listed["number"], "的": "D"}


_BARE_AFTER: Final = re.compile(r"[ ]?(?:[,;。)、(|]|$|和|及|与|以及)")
_NAME_AFTER: Final = frozenset({"以上", "以下", "以内", "及以上", "及以下"})


def lex(folded: str, start: int, end: int) -> list[Token]:
    """The tokens of one sentence; free text between known words becomes x tokens."""
    anywhere, tight = _letters()
    tokens: list[Token] = []
    add = tokens.append
    at = start
    for match in _lexer().finditer(folded, start, end):
        kind = match.lastgroup
        first, last = match.span()
        token: Token | None
        if kind == "word" or kind == "mixed":
            letter = anywhere[match.group()]
            token = _worded(match.group(), first, last) if letter in "LF" else Token(letter, first, last)
        elif kind == "mark" or kind == "quote":
            token = Token(match.group(), first, last)
        elif kind == "figure":
            token = Token("n", first, last, plain_quantity(match))
        elif kind == "number":
            token = _number_token(folded, match, tokens, at, end)
        elif kind == "tight":
            token = Token(tight[match.group()], first, last)
        elif kind == "period":
            token = Token("p", first, last, parse_period(match))
        elif kind == "compare":
            token = Token("C", first, last)
        elif kind in _PLAIN:
            token = Token(_PLAIN[kind], first, last)
        elif kind == "other":
            token = Token("o", first, last, int(match.group("o_year")))
        else:
            token = Token("r", first, last)
        if token is None:
            continue
        if first > at and not folded[at:first].isspace():
            add(Token("x", at, first))
        add(token)
        at = last
    if at < end and not folded[at:end].isspace():
        add(Token("x", at, end))
    return _with_short_brackets(tokens) if ")" in folded[start:end] else tokens


def _with_short_brackets(tokens: list[Token]) -> list[Token]:
    """A few characters in brackets inside a name belong to it: 清污(淤), 县(市、区)属企业."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        first = tokens[index]
        inside = _short_bracket(tokens, index) if first.letter == "(" else 0
        if inside and joined and joined[-1].letter in "xw" and joined[-1].end == first.start:
            joined[-1] = Token("x", joined[-1].start, tokens[index + inside - 1].end)
            index += inside
            if index < len(tokens) and tokens[index].letter in "xw" and tokens[index].start == joined[-1].end:
                joined[-1] = Token("x", joined[-1].start, tokens[index].end)
                index += 1
            continue
        joined.append(first)
        index += 1
    return joined


def _short_bracket(tokens: list[Token], opening: int) -> int:
    """How many tokens a bracket of one to four characters has, both marks counted; 0 for any other bracket."""
    for size in (3, 5):
        closing = opening + size - 1
        if closing < len(tokens) and tokens[closing].letter == ")":
            inner = tokens[opening + 1 : closing]
            short = tokens[closing].start - tokens[opening].end <= 4
            return size if short and all(token.letter in "xw、" for token in inner) else 0
    return 0


_PLAIN: Final = {"monthago": "X", "lastend": "e", "against": "k", "lastyear": "Y", "basis": "A"}


def _worded(word: str, start: int, end: int) -> Token:
    """A number told in words: 持平 is 0, 翻一番 is 100 per cent more, 翻两番 300."""
    if "平" in word:
        return Token("n", start, end, Quantity(Decimal(0), "持平"))
    return Token("n", start, end, Quantity(Decimal(300 if "两" in word else 100), "番"))


_RATE_TAIL: Final = frozenset("GDUNCKBVvSEbHYA")


def _number_token(folded: str, match: re.Match[str], tokens: list[Token], at: int, end: int) -> Token | None:
    """The number's token, or None where it belongs to a name: 500万元以上项目, 104国道, 5G."""
    quantity = parse_quantity(match)
    kind = unit_kind(quantity.unit)
    last = match.end()
    if kind == "other" or folded.startswith("口径", last):
        return None
    if kind == "bare" and (shared := _shared_unit().match(folded, last)):
        return Token("n", match.start(), last, quantity._replace(unit=shared.group(1)))
    if kind == "bare" and (unit := _unit_in_name(tokens, folded, match.start())):
        return Token("n", match.start(), last, quantity._replace(unit=unit))
    if quantity.hedge in _NAME_AFTER and kind not in ("rate", "times", "tenths") and last < end:
        following = folded[last : last + 1]
        if following not in ",;。)、" and not folded.startswith(("的", "同比"), last + 1):
            return None
    if kind == "bare":
        adjacent = tokens and folded[tokens[-1].end : match.start()].strip() == "" and tokens[-1].letter in _RATE_TAIL
        listed = (
            tokens
            and at >= match.start() - 1
            and (tokens[-1].letter in "、,|" or _goes_on(tokens, folded[at : match.start()]))
        )
        if not (adjacent or listed):
            return None
        if not _BARE_AFTER.match(folded, last, end) or _to_level(tokens, folded):
            return None
    return Token("n", match.start(), last, quantity)


@cache
def _shared_unit() -> re.Pattern[str]:
    """What follows the first of several numbers whose unit stands behind the last alone: 0.06、2.11、0.52亿千瓦时."""
    amounts = trie_pattern(unit for unit, kind in units().items() if kind not in ("rate", "points", "times", "tenths"))
    return re.compile(
        rf"(?:、\d+(?:\.\d+)?){{0,9}}[、和及与]\d+(?:\.\d+)?((?:万亿|百万|千万|十万|亿|万|千)?(?:{amounts}))"
    )


def _unit_in_name(tokens: list[Token], folded: str, start: int) -> str:
    """The unit told in a name's brackets, which are taken off the tokens: 生产总值(亿元) 48.62; empty without one."""
    if len(tokens) < 4 or tokens[-1].letter != ")" or tokens[-3].letter != "(" or tokens[-4].letter not in "xw":
        return ""
    unit = folded[tokens[-2].start : tokens[-2].end]
    if folded[tokens[-1].end : start].strip(" :") or unit_kind(unit) in ("amount", "bare", "rate", "other"):
        return ""
    del tokens[-3:]
    return unit


def _goes_on(tokens: list[Token], gap: str) -> bool:
    """Whether 和 joins a second number without a unit to a first one: 分别增长21和9.4."""
    return tokens[-1].letter == "n" and not tokens[-1].payload.unit and gap.strip() in ("和", "与", "及")


def _to_level(tokens: list[Token], folded: str) -> bool:
    """Whether a number without a unit is what something changed to or by: 由1.64缩小到1.63, 缩小0.18."""
    if tokens and folded.startswith(("缩小", "扩大", "收窄"), tokens[-1].start):
        return True
    return len(tokens) > 1 and tokens[-2].letter in "UN" and folded.startswith(("到", "至", "为"), tokens[-1].start)


@lru_cache(maxsize=4096)
def unit_kind(unit: str) -> str:
    """What a unit as printed measures: 万元 -> money, % -> rate, 个百分点 -> points; bare without one."""
    if not unit:
        return "bare"
    known = units()
    if unit in known:
        return known[unit]
    for magnitude in ("万亿", "百万", "千万", "十万", "亿", "万", "千", "百", "十"):
        if unit.startswith(magnitude) and unit[len(magnitude) :] in known:
            return known[unit[len(magnitude) :]]
    return "amount"


@dataclass(frozen=True, slots=True)
class Cue:
    """A template of cues.csv as it is matched: what a number is, and a pattern over the kinds before it."""

    number: str
    role: str
    template: str
    pattern: re.Pattern[str]


_SLOTS: Final = {
    "any": ".",
    "notcue": "[^CUNGK]",
    "nogoal": "[^GK]",
    "tail": "[BDHWEbVvT]",
    "name": "x",
    "name_of": "x",
    "period": "p",
    "other_year": "o",
    "year_end": "e",
    "number": "n",
}


@cache
def cues() -> tuple[Cue, ...]:
    """The templates of cues.csv in their order; the first that fits decides."""
    return tuple(
        Cue(number, role, template, _compile(template))
        for number, role, template in read_table("cues.csv", ("number", "role", "template"))
    )


def _compile(template: str) -> re.Pattern[str]:
    def slot(match: re.Match[str]) -> str:
        letters = []
        for name in match.group(1).split("|"):
            if name in _SLOTS:
                letters.append(_SLOTS[name].strip("[]") if "|" in match.group(1) else _SLOTS[name])
            elif name in KINDS:
                letters.append(KINDS[name])
            else:
                raise VocabularyError(f"cues.csv: {template}: no kind of word is called {name}")
        return "[" + "".join(letters) + "]" if len(letters) > 1 else letters[0]

    return re.compile(re.sub(r"\{([a-z_|]+)\}", slot, template))


@lru_cache(maxsize=65536)
def role_of(number: str, letters: str) -> tuple[str, int]:
    """What a number is by the kinds of words before it, and where in them the telling words begin.

    role_of("rate", "xVTGD") is ("completion", 1): 税收完成年度任务的55%. Role "" where nothing tells.
    """
    for cue in cues():
        if cue.number == number:
            found = cue.pattern.search(letters)
            if found:
                return cue.role, found.start()
    return "", len(letters)
