"""Which period holds: what a sentence, a heading or a single figure says of time, and what stays in force after it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from extract import indicators
from extract.items import Item, Leftover
from extract.models import NO_PERIOD, Period, Quantity
from extract.periods import FIRST as PERIOD_FIRST
from extract.periods import PATTERN as PERIOD
from extract.periods import Calendar, Mention, find_mentions, parse_period
from extract.phrases import Token, unit_kind
from extract.survey import Number, Run

_TARGETS_TOLD: Final = re.compile(r"目标|任务|完成情况|进度|进展|实事|推进|重点工作|重点项目")
_OPENING: Final = re.compile(
    r"(?P<lead>(?>[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.])?(?:[\u4e00-\u9fff]{1,6}[县市区镇乡])?))"
    rf"(?=[{PERIOD_FIRST}])(?:{PERIOD})"
)
"""A period that a sentence begins with, a number and a place before it or not."""
DAY_BEHIND: Final = re.compile(r"[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿]{1,3}[日号]")
"""What makes a year the year of a day: 二〇一二年八月九日."""
_COMPARED_TO: Final = ("受", "超过", "超", "比", "较", "与", "低于", "高于", "快于", "慢于", "好于")
_BY_THE_WAY: Final = ((("从", "由"), ("起", "开始", "的")), (("是", "相当于"), ("的",)))
"""The words before and behind a period that is only told by the way: 从5月起, 由2015年的…降至, 是2006年的3.1倍."""
_AHEAD: Final = re.compile("(?:预计|计划|将于?|拟于?|力争|确保|有望|可)(?:今年|年内|明年)?$")
WORKS_END: Final = "完工|竣工|投产|交付|投用|通车"
"""How works come to their end, as the inside of a pattern."""
_DUE: Final = re.compile(rf"[份底初末前中上下旬]{{0,3}}(?:可|能|将)?(?:全面|全部|建成)?(?:{WORKS_END}|投入使用)")
"""When works are due, not when figures are of: 预计今年9月完工."""
_ARRANGED: Final = ("排定", "安排", "计划", "拟", "确定", "下达", "列入", "共安排", "共排定", "共确定")
_GOAL_FOLLOWERS: Final = frozenset("Dn(HBGVvWSEb")


class Timing:
    """What carries over from clause to clause and sentence to sentence, and of it the period."""

    def __init__(self, folded: str, calendar: Calendar, town: str | None, subject: str = "") -> None:
        self.folded, self.calendar, self.town, self.subject = folded, calendar, town, subject
        self.items: list[Item] = []
        self.leftovers: list[Leftover] = []
        self.current: Item | None = None
        self.whole: Item | None = None
        self.head = ""
        self.top_head = ""
        self.head_sentence = self.head_at = -1
        self.head_part = False
        self.head_fresh = False
        self.aside = False
        self.once = ""
        titled = calendar.year is not None and calendar.year_from == "年份取自标题"
        self.period: Mention | None = Mention(None, None, calendar.year, kind="year") if titled else None
        self.lasting: Mention | None = None
        self.firm: Mention | None = None
        self.local: Mention | None = None
        self.wider: Mention | None = None
        self.serial = 0
        self.dated = self.lasting_sentence = -1
        self.month_opens = False
        self.period_at = 0
        self.sentence = 0
        self.status = "actual"
        self.section_status = "actual"
        self.part = False
        self.stack: list[Item | None] = []
        self.sentence_items: list[Item] = []
        self.pending: list[tuple[Number, str]] = []
        self.multi_year = self.multi_year_lasts = self.multi_year_aside = False
        self.hint: Run | None = None
        self.counted: Quantity | None = None
        self.counted_name = ""
        self.last_value: Quantity | None = None
        self.value_before: Quantity | None = None
        self.kept_names: list[Run] = []
        self.tokens: list[Token] = []
        self.letters = ""
        self.telling: list[int] = []
        self.holder = ""
        self.naming_total = False
        self.of_all = False
        self.skimmed: tuple[int, int] | None = None
        self.broke = True
        self.line_place = ""
        self.works_named: Run | None = None
        self.clauses: list[int] = []
        self.last_end = 0
        self.sentence_before = 0
        self.tables_read: set[int] = set()

    def open_heading(self, start: int, end: int) -> None:
        """Take in the months that a title or heading names."""
        mention = next((m for m in find_mentions(self.folded, start, end) if m.last is not None), None)
        if mention is None or mention.kind not in ("months", "quarter", "month"):
            return
        self._begin_period(self.counted_on(mention, self.folded[start:end]))

    @staticmethod
    def counted_on(mention: Mention, title: str) -> Mention:
        """The period of a heading; that of targets counts from January: 三季度目标完成情况."""
        if mention.kind in ("quarter", "month") and _TARGETS_TOLD.search(title):
            return mention._replace(first=1, kind="months")
        return mention

    def _begin_period(self, mention: Mention) -> None:
        """Let a period hold for what follows."""
        self.period = mention
        self.calendar.enter(mention)
        self.serial += 1

    def _open_period(self, start: int, end: int) -> None:
        """Take in the months that a sentence without figures begins with: 今年上半年，各项工作稳步推进。"""
        opening = _OPENING.match(self.folded, start, end)
        mention = parse_period(opening, opening.end("lead")) if opening else None
        if mention is None and self.folded[end - 1] == ":":
            mention = next(find_mentions(self.folded, start, end), None)
        if mention is None or mention.last is None or mention.kind not in ("months", "quarter"):
            return
        self.lasting = mention
        self._begin_period(mention)

    def _end_aside(self, token: Token) -> None:
        """An aim told in passing ends where figures to a date begin: 围绕确保全年目标，截至8月底完成…."""
        mention: Mention = token.payload
        dated = mention.first == 1 and mention.kind == "months" and mention.relative is None
        if self.aside and dated and self.folded[token.start] in "截到至1元前":
            self.status, self.aside = self.section_status, False

    def _meet_period(self, token: Token, index: int, tokens: list[Token]) -> None:
        mention: Mention = token.payload
        following = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        if self._belongs_to_goal(tokens, index) or self._arranges(token) or DAY_BEHIND.match(self.folded, token.end):
            return
        ahead = _AHEAD.search(self.folded, max(token.start - 8, 0), token.start)
        if ahead and _DUE.match(self.folded, token.end):
            return
        if any(
            self.folded.endswith(before, 0, token.start) and self.folded.startswith(behind, token.end)
            for before, behind in _BY_THE_WAY
        ):
            return
        if index and self.folded.startswith(("为增长", "为下降", "为同比"), token.end):
            return
        if self.folded.startswith(("相应", "基数"), token.end) or (
            (mention.relative in (-1, -2) or mention.kind == "year")
            and following == "x"
            and self.folded.startswith("同期", token.end)
        ):
            return
        if self.folded.endswith(_COMPARED_TO, 0, token.start) or (
            index and tokens[index - 1].letter in "Ce" and tokens[index - 1].end == token.start
        ):
            return
        if self._explains_year(mention, tokens, index) or (mention.kind == "now" and self.period is not None):
            return
        if mention.kind == "month" and self.part and self.dated == self.sentence:
            mention = mention._replace(kind="only")
        if mention.kind == "month" and self._accumulates(tokens, index):
            mention = mention._replace(first=1, kind="months")
        if (mention.relative is not None and mention.relative > 0) or self._lies_ahead(mention, tokens):
            self.status = "planned"
        if mention.kind == "year" and self.period is not None and self.period.last is not None:
            if mention.year is None:
                return
            if self.period.year is None and self.dated == self.sentence and self.status == "actual":
                mention = self.period._replace(year=mention.year, relative=None)
        if self._is_local(mention, tokens, index):
            mention = mention._replace(kind="only") if mention.kind == "month" else mention
            self.local = self.period
        if mention.kind == "month" and self.period is not None and self.period.kind == "months":
            self.wider = self.period if self.dated == self.sentence else None
        self.dated = self.sentence
        self.month_opens = not self.sentence_items
        self.period_at = index
        if mention.kind not in ("only", "current", "plan"):
            self.lasting = mention
            if self.status == "actual":
                self.firm = mention
            self.lasting_sentence = self.sentence
        self._begin_period(mention)

    def _is_local(self, mention: Mention, tokens: list[Token], index: int) -> bool:
        """Whether a period behind an indicator's name is that figure's alone: 1-10月…:(一)生产总值前三季度46亿元."""
        if self.period is None or self.period.last is None or mention.last is None or index == 0:
            return False
        if 1 < index < len(tokens) - 1 and self.letters[index - 1] + self.letters[index + 1] == "()":
            return self.letters[index - 2] in "xw" and mention.kind in ("months", "quarter", "month")
        if mention.kind not in ("months", "quarter", "month") or self.period.kind not in ("months", "quarter"):
            return False
        before = tokens[index - 1]
        return (
            before.letter in "xw"
            and before.end == tokens[index].start
            and not self.sentence_items
            and indicators.resolve(self.folded[before.start : before.end].strip(" ")) is not None
        )

    def _lies_ahead(self, mention: Mention, tokens: list[Token]) -> bool:
        """Whether a whole year is still to come: the plan's year of the title, or the year of an early date line."""
        if mention.kind != "year" or mention.year is None:
            return False
        if mention.year == self.calendar.plan_year:
            return True
        published, titled = self.calendar.published, self.calendar.titled
        early = published is not None and mention.year >= published[0] and published[1] <= 6
        after = published is None and titled is not None and mention.year == titled + 1
        if not (early or after):
            return False
        return not any(token.letter in "VvYM" or (token.letter == "p" and token.payload.last) for token in tokens)

    def _arranges(self, token: Token) -> bool:
        """Whether 全年 only says for when works are planned: 全年排定产业项目9个."""
        return self.folded.startswith("全年", token.start) and self.folded.startswith(_ARRANGED, token.end)

    def _explains_year(self, mention: Mention, tokens: list[Token], index: int) -> bool:
        """A year in brackets behind a period is that period's: 今年一季度(2022年), 去年(2014年)."""
        if mention.kind != "year" or mention.year is None or index < 2 or self.period is None:
            return False
        if tokens[index - 1].letter != "(" or tokens[index - 2].letter != "p":
            return False
        self.calendar.year, self.calendar.year_from = mention.year - (self.period.relative or 0), ""
        self.period = self.period._replace(year=mention.year, relative=None)
        self.serial += 1
        return True

    def _accumulates(self, tokens: list[Token], index: int) -> bool:
        """Whether a month is meant from January on: 4月财政收入累计2.1亿元, or with 年初预算 behind it."""
        near = tokens[index + 1 : index + 12]
        stop = next((token.end for token in near if token.letter == "n"), near[-1].end if near else tokens[index].end)
        return "累计" in self.folded[tokens[index].end : stop]

    def _belongs_to_goal(self, tokens: list[Token], index: int) -> bool:
        """Whether a period only says which target is meant: 占全年任务的, 完成全年建设任务的, 2016年计划5亿元."""
        if tokens[index].payload.year is not None and tokens[index].payload.year == self.calendar.plan_year:
            return False
        year_done = (
            index > 0 and tokens[index - 1].letter == "V" and self.folded.startswith("全年", tokens[index].start)
        )
        for at in range(index + 1, min(index + 4, len(tokens))):
            letter = tokens[at].letter
            if letter == "Y" or (letter == "n" and year_done and unit_kind(tokens[at].payload.unit) == "rate"):
                return True
            if letter in "Gq":
                if self.folded.startswith(("全年", "年度"), tokens[index].start):
                    return True
                following = tokens[at + 1].letter if at + 1 < len(tokens) else ""
                after_verb = index > 0 and tokens[index - 1].letter in "VvSBO"
                return following in _GOAL_FOLLOWERS or after_verb
            if letter not in "xwDTn":
                return False
        return False

    def _leave_month(self) -> None:
        """当月 holds for its own figures only; behind them the longer period is in force again."""
        if self.period is None or self.lasting is None:
            return
        if self.period.kind in ("only", "current", "plan"):
            self.period = self.lasting
            self.serial += 1

    def _accumulate(self, tokens: list[Token], index: int) -> None:
        """累计 right before a number counts from January on: 6月完成4.7万箱…；累计27.3万箱."""
        following = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        period = self.period
        if period is None or period.kind != "month":
            return
        behind = following == "n" and tokens[index - 1].letter in ",;"
        if not (behind if self.dated == self.sentence else self.dated < 0):
            return
        self.period = period._replace(first=1, kind="months")
        self.serial += 1

    def main_period(self) -> Period:
        """The period most records share."""
        done = [item for item in self.items if item.status != "planned" and (item.value or item.completion or item.yoy)]
        seen = Counter(item.when for item in done if item.when.start)
        return seen.most_common(1)[0][0] if seen else NO_PERIOD

    def _same_time(self, item: Item) -> bool:
        return item.serial == self.serial
