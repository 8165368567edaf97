"""Periods: how reports name the months a figure covers, and the year that is meant.

1-9月, 元至6月, 截至8月底, 前三季度, 一季度, 上半年, 全年, 6月当月 become first and last month.
A year that the wording leaves out comes from the text before it, the title, the date line or
the file's name, in this order of trust; where the text contradicts itself the year stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from extract.models import NO_PERIOD, Period

_DIGITS: Final = (
    {c: n for n, c in enumerate("〇一二三四五六七八九")}
    | {"零": 0, "O": 0, "○": 0, "两": 2}
    | {str(n): n for n in range(10)}
)
_MONTH: Final = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_YEAR4: Final = r"(?:19\d\d|20\d\d|一[九〇零○O0][\w○][\w○]|二[九〇零○O0][\w○][\w○])"
_YEAR: Final = rf"(?:{_YEAR4}|今|去|上|本|明|当|前|来|20XX|20xx|20\*\*|X{{2,4}}|x{{2,4}}|\*{{2,4}})"

_BEGINNINGS: Final = (
    r"\d[\d 月份\-~至到、季个]",
    r"[一二三四五六七八九][ 月份\-~至到、季个九〇零○O0]",
    "一年",
    "过去",
    r"十[一二三四五 月份\-~至到、]",
    r"元[ 月份\-~至到、旦]",
    "[今去上本明当前来][年 ]",
    r"[前头首第][\d一二三四五六七八九十元两首季个]",
    r"[至到][ 今去上本明当前来年目元\dXx*一二三四五六七八九十]",
    r"[“\"][国十五元]",
    "[Xx*][Xx*]",
    *("年[底末度初]", "[上下]半", "半年", "全年", "[本当单]月", "截[至止]", "国庆", "五一"),
)
"""The first two characters of whatever PATTERN matches, looked at before its many alternatives are tried."""

PATTERN: Final = (
    rf"(?<!\d/)(?!\d{{1,9}}[.%,万亿元])(?={'|'.join(_BEGINNINGS)})"
    rf"(?:(?:(?P<year>{_YEAR})[ ]?年度?[ ]?(?:的|,|:|全县|全市|全镇|全区|我县|我市|我镇|我区)?)?(?:"
    rf"(?P<day_from>{_MONTH})月\d{{1,2}}[日号]?(?:-+|~|至|到)(?:{_YEAR}年)?(?:(?P<day_to>{_MONTH})月)?\d{{1,2}}[日号]"
    r"|(?P<q_from>[1-4一二三四])(?:-+|~|至|到|、)(?P<q_to>[2-4二三四])季度"
    rf"|(?:{_YEAR}年)?(?P<from>{_MONTH})[ ]?月?份?[ ]?(?:-+|~|至|到|、)[ ]?(?:{_YEAR}[ ]?年)?"
    rf"(?P<to>{_MONTH})[ ]?(?:个月|两?月份?)(?:份|累计)?"
    rf"|(?:截至|截止|截止到|截至到|到|至)[ ]?(?:(?P<year_until>{_YEAR})[ ]?年[ ]?)?(?:目前)?"
    rf"(?P<until>{_MONTH})[ ]?(?:月份?(?:底|末|中旬|上旬|下旬|初|\d{{1,2}}(?:日|号))?|底|末)(?:止|为止)?"
    rf"|(?:截至|截止)(?:{_YEAR}年)?(?P<yearend>年底|年末|全年)|(?:到|至)?(?P<before>年底|年末)前?(?![余存])"
    rf"|(?:前|头|首|今年前|年初前)(?P<first>{_MONTH})个?月(?:份)?"
    rf"|前(?P<quarters>[一二三四1-4]|两)个?季度|第?(?P<quarter>[一二三四1-4首])个?季度?(?<=季度)(?P<qend>末|底)?|首季|(?P<half>上半年|下半年|半年)"
    rf"|(?P<month>{_MONTH})[ ]?月(?:份)?(?P<only>当月|单月|底|末|止)?"
    r"(?!\d{1,2}[日号]|[一二三四五六七八九十廿]{1,3}[日号])"
    r"|[“\"]?(?P<holiday>国庆|十一|五一|元旦)[”\"]?(?:、?中秋)?(?:假日|假期|长假|小长假|黄金周|节日?期间|期间)"
    rf"|(?P<whole>全年|一年来|过去的?一年|年度(?=[实完])(?!完成[率比情进]))"
    rf"|(?P<plan>[“\"]?十[一二三四]?五[”\"]?(?:规划|计划)?(?:期间|时期|末|以来|期末))"
    rf")|(?P<bare>{_YEAR})[ ]?年度?(?!\d)(?:来|以来|间)?"
    r"|(?P<current>当月|本月|单月)|(?P<now>(?:截[至止]|到)目前(?:为止)?))"
)
FIRST: Final = r"过国十五\dOＯ〇一二三四五六七八九十元截到至前头首第上下半全今去本明当来单年Xx*“\""
"""What a period can begin with, as the inside of a character class."""
_HOLIDAYS: Final = {"国庆": 10, "十一": 10, "五一": 5, "元旦": 1}
_ONLY: Final = re.compile(f"(?=[{FIRST}])(?:{PATTERN})")
_UNTIL: Final = re.compile("(?:截[至止]到?|到|至)[ ]?$")


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text == "元":
        return 1
    if text.startswith("十"):
        return 10 + (_DIGITS.get(text[1], 0) if len(text) > 1 else 0)
    return _DIGITS[text]


class Mention(NamedTuple):
    """A period as worded: months, and the year where it is named; ``relative`` is −1 for 去年."""

    first: int | None
    last: int | None
    year: int | None = None
    relative: int | None = None
    masked: bool = False
    kind: str = "months"


_RELATIVE: Final = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1}


def parse_year(text: str | None) -> tuple[int | None, int | None, bool]:
    """(year, offset to the report's year, masked) of 2016, 二〇一六, 去, 20XX."""
    if not text:
        return None, None, False
    if text in _RELATIVE:
        return None, _RELATIVE[text], False
    if text[:4].isdigit():
        return int(text[:4]), None, False
    digits = [_DIGITS.get(c) for c in text]
    if len(digits) == 4 and all(d is not None for d in digits):
        return int("".join(map(str, digits))), None, False
    return None, None, True


def parse_period(match: re.Match[str], start: int = -1) -> Mention:
    """The mention behind a match of PATTERN; ``start`` is where it begins in a match of more than it."""
    group = match.groupdict()
    named = group["year"] or group["year_until"] or group["bare"]
    year, relative, masked = parse_year(named) if named else (None, None, False)
    text = match.group() if start < 0 else match.string[start : match.end()]
    first, last, kind = _months(group, text)
    if kind == "year" and year is None and not masked:
        inner = re.search(_YEAR4, text)
        year = parse_year(inner.group())[0] if inner else None
    return Mention(first, last, year, relative, masked, kind)


def _months(group: dict[str, str | None], text: str) -> tuple[int | None, int | None, str]:
    """First and last month of a match of PATTERN by its named groups, and the kind of the mention."""
    if first := group["from"]:
        return _month(first), _month(group["to"] or ""), "months"
    if month := group["month"]:
        ended = group["only"] in ("底", "末", "止")
        kind = "months" if ended else "only" if group["only"] else "month"
        return 1 if ended else _month(month), _month(month), kind
    if first := group["day_from"]:
        return _month(first), _month(group["day_to"] or first), "days"
    if first := group["q_from"]:
        return 3 * _month(first) - 2, 3 * _month(group["q_to"] or ""), "months"
    if until := group["until"] or group["first"]:
        return 1, _month(until), "months"
    if quarters := group["quarters"]:
        return 1, 3 * (2 if quarters == "两" else _month(quarters)), "months"
    quarter = group["quarter"]
    if quarter or "首季" in text:
        number = 1 if quarter in (None, "首") else _month(quarter)
        return (1, 3 * number, "months") if group["qend"] else (3 * number - 2, 3 * number, "quarter")
    if half := group["half"]:
        return (7, 12, "months") if half == "下半年" else (1, 6, "months")
    if holiday := group["holiday"]:
        return _HOLIDAYS[holiday], _HOLIDAYS[holiday], "month"
    if group["whole"] or group["yearend"] or group["before"]:
        return 1, 12, "months"
    if group["now"]:
        return 1, None, "now"
    return None, None, "plan" if group["plan"] else "current" if group["current"] else "year"


def find_mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """The periods of a stretch of folded text, one after another."""
    for match in _ONLY.finditer(text, start, len(text) if end is None else end):
        yield parse_period(match)


_AIMED_BACK: Final = ("比", "较", "与", "同", "于")


def find_first_dated(text: str) -> Mention | None:
    """The first period of a text whose year and months are named and that no figure is only compared with."""
    at = 0
    for named in _TITLE_YEAR.finditer(text):
        until = _UNTIL.search(text, max(named.start() - 4, at), named.start())
        match = _ONLY.match(text, until.start() if until else named.start()) if named.start() >= at else None
        if match is None:
            continue
        at = match.end()
        if text.endswith(_AIMED_BACK, 0, match.start()) or text.startswith("同期", match.end()):
            continue
        mention = parse_period(match)
        if mention.year is not None and mention.last is not None:
            return mention
    return None


def mentions(text: str) -> list[tuple[int, int, Mention]]:
    """Every period in a folded text with its place; for titles, headings and tests."""
    return [(m.start(), m.end(), parse_period(m)) for m in _ONLY.finditer(text)]


@lru_cache(maxsize=4096)
def _months_of(year: int, first: int, last: int) -> Period:
    return Period(f"{year}-{first:02d}", f"{year}-{last:02d}")


@dataclass(slots=True)
class Calendar:
    """The year and months in force while a report is read; changes as the text names new ones."""

    year: int | None = None
    published: tuple[int, int] | None = None
    broken: frozenset[int] = frozenset()
    first: int | None = None
    last: int | None = None
    year_from: str = ""
    review: bool = False
    titled: int | None = None
    plan_year: int | None = None

    def resolve(self, mention: Mention, *, ahead: bool = False) -> tuple[Period, list[str]]:
        """First and last month of a mention and the guesses taken, in Chinese; ``ahead`` for what is still to come."""
        flags: list[str] = []
        if mention.kind == "plan":
            return NO_PERIOD, ["五年规划时段"]
        if mention.kind == "now":
            return (
                (_months_of(self.published[0], 1, self.published[1]), ["年份取自日期"])
                if self.published
                else (NO_PERIOD, ["时段缺失"])
            )
        year = mention.year
        if mention.masked:
            return NO_PERIOD, ["年份被遮盖"]
        if year is None:
            year = self._year(mention, flags, ahead)
        if year is None or not self.broken.isdisjoint((year, year - (mention.relative or 0))):
            return NO_PERIOD, [*flags, "年份存疑" if year else "年份缺失"]
        first, last = mention.first, mention.last
        if mention.kind == "current":
            first = last = self.last
        if mention.kind == "year" or first is None or last is None:
            first, last = 1, 12
        if first > last:
            first, last = 1, last
        return _months_of(year, first, last), flags

    def _year(self, mention: Mention, flags: list[str], ahead: bool) -> int | None:
        if mention.relative == -1 and self._looks_back():
            self.year, self.year_from = self.published[0] if self.published else self.year, "年份取自日期"
        base = self.year
        if ahead and mention.relative == 0 and mention.kind == "year" and self.published and self.published[1] <= 4:
            return self.published[0]
        if base is None and self.published:
            base = self.published[0]
            if (
                mention.relative is None
                and not ahead
                and mention.last
                and mention.last > self.published[1]
                and self.published[1] <= 4
            ):
                base -= 1
            flags.append("年份取自日期")
        elif base is not None and self.year_from:
            flags.append(self.year_from)
        if base is None:
            return None
        if mention.relative == -1 and self.review:
            return base
        return base + (mention.relative or 0)

    def _looks_back(self) -> bool:
        """Whether 去年 is the title's own year, told of from the year after: 2014年渔业形势, published in 2015."""
        told = self.titled is not None and self.year == self.titled
        return told and self.published is not None and self.published[0] - 1 == self.titled

    def known_year(self) -> int | None:
        """The year in force, or the year of publication."""
        return self.year if self.year is not None else self.published[0] if self.published else None

    def enter(self, mention: Mention) -> None:
        """Let a leading mention (一、2018年工作回顾; 1-5月，…) count for what follows."""
        if mention.year is not None:
            self.year, self.year_from = mention.year, ""
        if mention.last is not None and mention.kind != "only":
            self.first, self.last = mention.first, mention.last
        elif mention.kind == "year":
            self.first, self.last = 1, 12


_PLAN_YEARS: Final = {
    "十五": (2001, 2005),
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}
_PLAN: Final = re.compile(
    r"((?:19|20)\d\d)年[^。\n]{0,6}?[“\"]?(十[一二三四五]?五)[”\"]?[^。\n,]{0,8}?(开局|起步|收官|首年|第[一二三四五]年|关键|承上启下|最后一年|决胜|中期)"
)


def broken_years(folded: str) -> frozenset[int]:
    """Years that the text itself makes impossible: 2023年是“十一五”…开局之年 (2006)."""
    found = set()
    for match in _PLAN.finditer(folded) if "五" in folded else ():
        low, high = _PLAN_YEARS.get(match.group(2), (0, 9999))
        if not low <= int(match.group(1)) <= high:
            found.add(int(match.group(1)))
    return frozenset(found)


_DATE: Final = re.compile(r"((?:19|20)\d\d)[-年/.](0?[1-9]|1[0-2])[-月/.](?:0?[1-9]|[12]\d|3[01])日?")
_MONTH_IN_BRACKET: Final = re.compile(r"[ ,(]((?:19|20)\d\d)[.](0?[1-9]|1[0-2])[)]")
_HAN_DATE: Final = re.compile(
    r"([一二][九〇零○O0][\w○][\w○])年(十[一二]?|[一二三四五六七八九])月[一二三四五六七八九十]{1,3}日"
)
_PLAN_BEHIND: Final = re.compile(
    r"(?<=[和及与、暨])(?:19|20)\d\d年.{0,6}(?:思路|打算|计划|安排|要点|展望|部署|预算|草案).*$"
)
_DATE_LINE: Final = (
    r"(?:[ ]*[^\d\s,;:。%()]{2,24}[ ]+)?[ ]*[(\[〖]?[ ]*((?:19|20)\d\d)年(0?[1-9]|1[0-2])月(?:\d{1,2}日)?"
    r"[ ]*(?:[)\]〗]|[^()\n\d%]{1,20}[)])?[ ]*"
)
DATE_LINE: Final = re.compile(_DATE_LINE)
"""A line that is nothing but a date."""
_DATE_LINES: Final = re.compile(f"^{_DATE_LINE}$", re.M)
_TITLE_YEAR: Final = re.compile(rf"({_YEAR4})[ ]?年")
_BRACKETED_YEAR: Final = re.compile(r"[(]((?:19|20)\d\d)[)]$")


def find_date(folded: str) -> tuple[int, int] | None:
    """Year and month of the first full date in the head or the last lines of a report."""
    match = _DATE.search(folded[:1500]) or _DATE.search(folded[-200:])
    match = match or _MONTH_IN_BRACKET.search(folded[:200])
    written = _HAN_DATE.search(folded[:300]) or _HAN_DATE.search(folded[-200:]) if match is None else None
    if written and (year := parse_year(written.group(1))[0]):
        return year, _month(written.group(2))
    if match is None:
        lines = folded[:300].split("\n")
        match = next((found for line in lines if (found := DATE_LINE.fullmatch(line))), None)
    return (int(match.group(1)), int(match.group(2))) if match else None


def without_date_lines(folded: str) -> str:
    """The text with the lines emptied that are nothing but a date."""
    return _DATE_LINES.sub("", folded)


def find_plan_year(title: str) -> int | None:
    """The year that a title names behind a review for its plans: 2017年工作总结及2018年工作思路 -> 2018."""
    match = _PLAN_BEHIND.search(title)
    return int(match.group()[:4]) if match else None


_FILE_NUMBER: Final = re.compile(r"[(]((?:19|20)\d\d)[)][ ]?第?\d{1,3}[号期]")


def find_file_year(folded: str) -> int | None:
    """The year of a document's number at its head: 简报(2003)第41号."""
    match = _FILE_NUMBER.search(folded[:200])
    return int(match.group(1)) if match else None


def find_title_year(title: str) -> int | None:
    """The year in a title or file name: 小林镇2022年决算 -> 2022; None where there is none or more than one.

    Of a review and a plan it is the review's: 2017年工作总结及2018年工作思路 -> 2017.
    """
    title = _PLAN_BEHIND.sub("", title)
    years = {parse_year(m.group(1))[0] for m in _TITLE_YEAR.finditer(title)} - {None}
    if not years and (bracketed := _BRACKETED_YEAR.search(title.rstrip())):
        return int(bracketed.group(1))
    return years.pop() if len(years) == 1 else None
