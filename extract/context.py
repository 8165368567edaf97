"""What carries over while a report is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from extract import indicators, places
from extract.items import REASONS, Item, Leftover
from extract.periods import Mention, find_mentions
from extract.phrases import Token
from extract.survey import HARD, Number, Run
from extract.timing import WORKS_END, Timing
from extract.titles import title_subject
from extract.vocabulary import name_words, trie_pattern

WHOLE_WORKS: Final = re.compile("(?:总体|整体|项目|项目总体|主体)(?:工程|建设)?|(?:完成)?工程")
"""What names no works of its own but the whole of those just told of: 总体工程形象进度68%."""
_ENDS_THEN: Final = re.compile(
    r"(?:将于?|可于?|于)?(?:今年|明年|年内|年底|(?:19|20)\d\d年)?(?:\d{1,2}月)?[份底初末前]{0,2}"
    rf"(?:可|能)?(?:全面|全部)?(?:{WORKS_END})"
)
_ITEM_LEAD: Final = re.compile(
    r"[ ]*(?:\d{1,2}[.、](?!\d)|[(][一二三四五六七八九十\d]+[)])[ ]*([\u4e00-\u9fff“”]{4,16}),"
    r"(?=(?:年度|全年|今年)?(?:计划|目标|任务)|已|总体|形象|主体|累计|现)"
)
_TOP_HEADING: Final = re.compile(r"[一二三四五六七八九十]+、")
_NUMBERED: Final = re.compile(r"[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.])")
_HEAD_NAME: Final = re.compile(r"^[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.]|[一二三四五六七八九十]是)[ ]*|[:。]$")


@cache
def _works_pattern() -> re.Pattern[str]:
    """Works at the head of a clause: a name that ends as works do, before what is told of them."""
    ends = trie_pattern(name_words("works"))
    return re.compile(
        r"(?: |[(]?[一二三四五六七八九十\d]+[)、.]|其中[,:]?|-+)*([\u4e00-\u9fffA-Za-z“”\-()]{2,22}?"
        rf"(?:{ends}))(?=[已正主目现累总共完开竣,:计实预至于路形因受由\d])"
    )


@cache
def _chrome_pattern() -> re.Pattern[str]:
    """What tells that a line is a page's furniture or a form of address and no heading."""
    inside, ends = trie_pattern(name_words("chrome")), trie_pattern(name_words("chrome_end"))
    starts = trie_pattern(name_words("chrome_start"))
    return re.compile(rf"(?:{inside})|(?:{ends})$|^(?:{starts})|(?:19|20)\d\d")


@cache
def _plan_section() -> re.Pattern[str]:
    """What a heading of plans says."""
    return re.compile(trie_pattern(name_words("plan_section")))


@cache
def _review_section() -> re.Pattern[str]:
    """What a heading of what was done says."""
    return re.compile(trie_pattern(name_words("review_section")))


_PLAN_HEAD: Final = re.compile(
    r"(?:工作(?:安排|计划|思路|打算|目标)|预期目标|奋斗目标|主要目标|发展目标|预期指标)(?:建议)?(?:是|为|如下)?$|(?:19|20)[\dxX]{2}年度?(?:计划|预期|目标|预算)(?:安排)?$"
)
_PLAN_QUESTION: Final = re.compile(r"怎么干|怎么办|干什么|这样干")
_HEAD_CUE: Final = re.compile(r"(?<=..)(?:同比)?(?:增速|增幅|增长率?|完成率|完成进度)$")


class Context(Timing):
    """Mood, section and head: what a number's surroundings say of it beside the period."""

    def _settle(self, before: tuple[Mention | None, int | None], heading: bool) -> None:
        """Decide which period stays in force after the sentence."""
        if heading:
            self._enter_section(self.tokens[0].start, self.tokens[-1].end)
        if self.local is not None:
            self.period, self.local = self.local, None
            self.serial += 1
            return
        short = self.tokens[-1].end - self.tokens[0].start < 60
        if self.status != "actual" and self.status != self.section_status:
            self.period, self.calendar.year = self.firm or before[0], before[1] or self.calendar.year
        elif (
            self.period is not before[0]
            and not (self.sentence_items or heading or short or self.tokens[0].letter == "p")
        ) or (self.period is not None and self.period.kind in ("current", "only", "plan")):
            self.period = self.lasting if self.lasting_sentence == self.sentence else before[0]
        elif (
            self.period is not None
            and self.period.kind == "month"
            and (not short or self.period_at > 1 or any(t.letter == "n" for t in self.tokens))
        ):
            self.period = self.wider or before[0] or self.period

    def skim(self, start: int, end: int, whole_line: bool) -> None:
        """Take in a sentence without figures: a heading names the section and may make it a plan."""
        self.skimmed = (start, end)
        title = whole_line and self.folded.find(",", start, end) < 0
        if not title or self.folded[end - 1] == ":":
            self._open_period(start, end)
        if not whole_line and end - start <= 24 and _NUMBERED.match(self.folded, start, end):
            self._enter_section(start, end)
        if title and end - start < 40:
            self.open_heading(start, end)
            self._enter_section(start, end)

    def open_title(self, start: int, end: int) -> None:
        """Take in the months of a report's title, and whether it is a plan: 青禾镇2024年工作安排."""
        self.open_heading(start, end)
        if _tells_plan(self.folded[start:end]):
            self.section_status = "planned"

    def open_section(self, start: int, end: int, year: int) -> None:
        """Take in a heading that is little more than a year: 2023年目标, 回眸2022, 2025年计划安排."""
        line = self.folded[start:end]
        self._enter_section(start, end)
        asked = _PLAN_QUESTION.search(line) and not _review_section().search(line)
        self.section_status = "planned" if asked or _tells_plan(line) else "actual"
        mention = next(find_mentions(self.folded, start, end), None)
        dated = mention is not None and mention.last is not None
        self._begin_period(mention if mention and dated else Mention(None, None, year, kind="year"))

    def _enter_section(self, start: int, end: int) -> None:
        line = self.folded[start:end].strip()
        self.counted_name = ""
        if _tells_plan(line):
            self.section_status = "planned"
        elif _review_section().search(line) or _TOP_HEADING.match(line):
            self.section_status = "actual"
            self.calendar.review = "回顾" in line and bool(re.search(r"(?:19|20)\d\d年", line))
        self._take_head(line)

    def _take_head(self, line: str) -> None:
        head = places.split_place(_HEAD_NAME.sub("", line), self.town)[1]
        if ":" in head or _chrome_pattern().search(head):
            return
        low, high = indicators.trim(head)
        name = head[low:high]
        if indicators.is_clause(name) or len(name) > 6:
            name = title_subject(head) or name
        if indicators.is_generic(name) and self.top_head.endswith("收支"):
            name = self.top_head.removesuffix("收支") + name
        if _TOP_HEADING.match(line.lstrip()):
            self.top_head = name
        named = indicators.plausible(name) and not indicators.is_clause(name)
        self.head = name if named and 2 <= len(name) <= 16 and " " not in name else ""
        self.head_part = False
        self.head_at = self.sentence
        self.head_fresh = bool(self.head)
        self.counted_name = ""

    def leave_item(self, item: Item, reason: str) -> None:
        """Note the amounts of an item that became no record."""
        for evidence in item.evidence:
            if evidence.role in ("value", "target"):
                self.leftovers.append(
                    Leftover(evidence.start, evidence.end, REASONS.get(reason, "叙述中的数，未列入指标"), True)
                )

    def leave_repeated(self, item: Item) -> None:
        """Note the rate of a title that the text tells again."""
        for evidence in item.evidence:
            if evidence.role == "yoy":
                self.leftovers.append(Leftover(evidence.start, evidence.end, "标题所述，正文另有同一数", True))

    def _leave(self, number: Number, reason: str, *, understood: bool) -> None:
        if number.kind == "bare":
            return
        self.leftovers.append(Leftover(number.token.start, number.token.end, reason, understood))

    def _pass(self, tokens: list[Token], first: int, last: int) -> None:
        """Take in what stands between two numbers: periods, moods, brackets, 其中."""
        while self.telling and self.telling[-1] < last:
            index = self.telling.pop()
            if index >= first:
                _TAKEN_IN[self.letters[index]](self, tokens, index, first)

    def _at_period(self, tokens: list[Token], index: int, first: int) -> None:
        self._end_aside(tokens[index])
        self._meet_period(tokens[index], index, tokens)

    def _at_expected(self, tokens: list[Token], index: int, first: int) -> None:
        self._expect(tokens, index)

    def _at_planned(self, tokens: list[Token], index: int, first: int) -> None:
        self.status = "planned"

    def _at_goal(self, tokens: list[Token], index: int, first: int) -> None:
        if self._aims(tokens, index):
            self.status = "planned"

    def _at_comma(self, tokens: list[Token], index: int, first: int) -> None:
        self.aside = self.aside or self.status == "planned"
        self.clauses.append(tokens[index].end)

    def _at_filler(self, tokens: list[Token], index: int, first: int) -> None:
        if self.folded.startswith("累计", tokens[index].start):
            self._leave_month()
            self._accumulate(tokens, index)

    def _at_part(self, tokens: list[Token], index: int, first: int) -> None:
        self._enter_part()

    def _at_opening(self, tokens: list[Token], index: int, first: int) -> None:
        self.stack.append(self.current)

    def _at_closing(self, tokens: list[Token], index: int, first: int) -> None:
        if self.stack:
            self.current = self.stack.pop() or self.current

    def _at_colon(self, tokens: list[Token], index: int, first: int) -> None:
        if index == 0:
            return
        before = tokens[index - 1]
        told = self.letters.startswith("n", index + 1)
        if not told and before.letter == "G" and "目标" in self.folded[before.start : tokens[index].start]:
            self.status = "planned"
        self._meet_head(tokens, first, index)
        self.clauses.append(tokens[index].end)

    def _at_years_ago(self, tokens: list[Token], index: int, first: int) -> None:
        self.multi_year = self.multi_year_lasts = True

    def _at_yoy(self, tokens: list[Token], index: int, first: int) -> None:
        self.multi_year = self.multi_year and self.multi_year_lasts

    def _at_other_year(self, tokens: list[Token], index: int, first: int) -> None:
        base = self.period.year if self.period and self.period.year else self.calendar.known_year()
        self.multi_year = base is None or tokens[index].payload != base - 1
        growing = self.current if self._here(self.current) else None
        self.multi_year_aside = growing is not None and growing.yoy is not None
        self.multi_year_lasts = self.letters.startswith((",", ":"), index + 1)

    def _at_other_base(self, tokens: list[Token], index: int, first: int) -> None:
        if index + 1 == len(tokens) or self.letters[index + 1] in ",;":
            self.multi_year = True

    def _at_semicolon(self, tokens: list[Token], index: int, first: int) -> None:
        self.part = False
        self.holder = ""
        self.multi_year = self.multi_year and not self.multi_year_aside
        self.works_named, self.clauses = None, [tokens[index].end]
        if not self.month_opens:
            self._leave_month()

    @property
    def works(self) -> Run | None:
        """The works that the sentence tells of: what the last clause that begins with such names."""
        while self.clauses:
            if found := self._works_ahead(self.clauses.pop()):
                self.works_named, self.clauses = found, []
        return self.works_named

    def _works_ahead(self, start: int) -> Run | None:
        """The works that a clause begins with: 石桥水库大坝工程已下闸蓄水，完成投资…."""
        match = _works_pattern().match(self.folded, start, start + 40)
        if match is None:
            return None
        low, high = indicators.trim(match.group(1))
        if self.town and match.group(1).startswith(self.town, low):
            low += len(self.town)
        name = match.group(1)[low:high]
        if len(name) < 4 or indicators.is_generic(name) or WHOLE_WORKS.fullmatch(name):
            return None
        return Run(name, match.start(1) + low, match.start(1) + high)

    def _lead_of_item(self, start: int) -> None:
        """Take what an item of a list is about from its first words: 1.老旧小区加装电梯,计划45台,已完成28台."""
        match = _ITEM_LEAD.match(self.folded, start)
        if match is None or self.works is not None:
            return
        name = match.group(1)[slice(*indicators.trim(match.group(1)))]
        if indicators.plausible(name) and not indicators.is_clause(name) and not _chrome_pattern().search(name):
            self.head, self.head_part, self.head_fresh = name, False, True
            self.head_at = self.sentence - 1

    def _expect(self, tokens: list[Token], index: int) -> None:
        """预计 before a name counts for the sentence; between a name and its number for that figure alone."""
        if _ENDS_THEN.match(self.folded, tokens[index].end):
            return
        status = "expected" if self.section_status == "actual" else self.section_status
        beside = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        if index and tokens[index - 1].letter in "xw" and beside in ("n", "V", "v", "B", "H"):
            self.once = status
        else:
            self.status = status

    def _aims(self, tokens: list[Token], index: int) -> bool:
        """Whether a word of targets says what is aimed at: 计划增长9%, 目标是…; not 主要指标增长5%."""
        following = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        word = self.folded[tokens[index].start : tokens[index].end]
        if following == "U":
            return word.endswith(("计划", "目标", "预期"))
        if following in "xw" and word in ("计划", "预期", "拟", "目标"):
            growth = index + 2 < len(tokens) and tokens[index + 2].letter in "UW"
            return growth and (index == 0 or tokens[index - 1].letter in ",;:p")
        return following == "x" and word[-1] in "为是"

    def _enter_part(self) -> None:
        self.part = True
        if self.current is not None:
            self.whole = self.current

    def _meet_head(self, tokens: list[Token], first: int, index: int) -> None:
        begin = index
        while begin > first and tokens[begin - 1].letter not in ",;。:()、":
            begin -= 1
        raw = self.folded[tokens[begin].start : tokens[index].start] if begin < index else ""
        if _review_section().search(raw):
            self.status = self.section_status = "actual"
        elif _PLAN_HEAD.search(raw):
            self.status = "planned"
        if begin == index and tokens[index - 1].letter == ")":
            raw = self._before_bracket(tokens, first, index - 1)
        low, high = indicators.trim(raw)
        name = raw[low:high]
        name = _HEAD_CUE.sub("", name)
        if len(name) > 14 and index + 1 == len(tokens):
            name = title_subject(raw.strip()[:60])
        if self.broke and not self.sentence_items and _chrome_pattern().search(raw):
            self.head = ""
        if places.looks_like_place(name) or places.is_place(name, self.town):
            return
        if (
            2 <= len(name) <= 14
            and not name[-1].isdigit()
            and indicators.plausible(name)
            and not indicators.is_clause(name)
            and not self.part
            and not _chrome_pattern().search(raw)
        ):
            self.head, self.head_part = name, raw.endswith("中")
            self.head_fresh = not self.sentence_items
            self.head_sentence = self.sentence

    def _before_bracket(self, tokens: list[Token], first: int, index: int) -> str:
        """The head of 省级(6项): is 省级."""
        while index > 0 and tokens[index].letter != "(":
            index -= 1
        begin = index
        while begin > 0 and tokens[begin - 1].letter not in HARD:
            begin -= 1
        return self.folded[tokens[begin].start : tokens[index].start]

    def _here(self, item: Item | None) -> bool:
        """Whether an item was opened in this sentence."""
        return item is not None and item.sentence == self.sentence

    def leave_nameless(self, item: Item) -> None:
        """Note the numbers of an item for which no name was found."""
        for evidence in item.evidence:
            self.leftovers.append(Leftover(evidence.start, evidence.end, "未找到指标名称", False))


_TAKEN_IN: Final[dict[str, Callable[[Context, list[Token], int, int], None]]] = {
    "p": Context._at_period,
    "M": Context._at_expected,
    "m": Context._at_planned,
    "G": Context._at_goal,
    ",": Context._at_comma,
    "W": Context._at_filler,
    "I": Context._at_part,
    "(": Context._at_opening,
    ")": Context._at_closing,
    ":": Context._at_colon,
    "k": Context._at_years_ago,
    "C": Context._at_yoy,
    "o": Context._at_other_year,
    "X": Context._at_other_base,
    ";": Context._at_semicolon,
}
"""What each letter changes that stands between two numbers."""
TELLING: Final = frozenset(_TAKEN_IN)


def _tells_plan(line: str) -> bool:
    """Whether a heading is of plans and not of what was done: 下半年工作打算; not 年度目标完成情况."""
    return bool(_plan_section().search(line)) and not _review_section().search(line)
