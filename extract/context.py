"""What carries over while a report is read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extract import indicators, places
from extract.items import REASONS, Item, Leftover
from extract.models import Period, Quantity
from extract.periods import Calendar, Mention, find_mentions, match_mention
from extract.phrases import Token
from extract.survey import HARD, Number, Run
from extract.titles import title_subject

_PLAN_SECTION = re.compile(
    r"(?:下半年|明年|下一步|下步|今后|来年|(?:19|20)\d\d年)?(?:工作)?(?:打算|安排|思路|部署|工作计划|预算草案|预算安排|目标任务|奋斗目标|预期目标|下一步|措施|展望|建议)|目标"
)
_REVIEW_SECTION = re.compile(r"完成|执行|进展|回顾|总结|运行情况|主要成绩|工作情况")
_TOP_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_NUMBERED = re.compile(r"[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.])")
_HEAD_NAME = re.compile(r"^[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.]|[一二三四五六七八九十]是)[ ]*|[:。]$")


_WORKS_AHEAD = re.compile(
    r"(?: |[(]?[一二三四五六七八九十\d]+[)、.]|其中[,:]?|-+)*([\u4e00-\u9fffA-Za-z“”\-()]{2,22}?"
    r"(?:工程|项目|公路|大桥|隧道|水库|厂房|医院|学校|小学|中学|幼儿园|中心|小区|安置房|市场|生产线|广场|产业园|基地|校舍|[^\W食]堂|场馆|泵站|车站|厂区|水厂|处理厂|[迁改扩]建|改造|建设|[一二三]期))"
    r"(?=[已正主目现累总共完开竣,:计实预至于路形因受由\d])"
)
_TARGETS_TOLD = re.compile(r"目标|任务|完成情况|进度|进展|实事|推进|重点工作|重点项目")
_LEAD = re.compile(r"[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.])?(?:[\u4e00-\u9fff]{1,6}[县市区镇乡])?")
_CHROME = re.compile(
    r"点击|阅读|浏览|来源|作者|编辑|字体|字号|发布|时间|日期|报送|单位|打印|关闭|索引|文号|记者|通讯员|供稿|审核|录入"
    r"|政府$|委员会$|办公室$|局$|代表们?$|同志们?$|各乡镇|各单位|各部门|^[上下]半年|^今年|^明年|^全年|显示$|获悉$|表示$|指出$|认为$|介绍$|说明$|备注$|注$"
    r"|(?:19|20)\d\d|^分|^按|[来上]看$"
)
_PLAN_HEAD = re.compile(r"(?:工作(?:安排|计划|思路|打算|目标)|预期目标|奋斗目标|主要目标|发展目标|预期指标)(?:是|为)?$")
_PLAN_QUESTION = re.compile(r"怎么干|怎么办|干什么|这样干")
DAY_BEHIND = re.compile(r"[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿]{1,3}[日号]")
"""What makes a year the year of a day: 二〇一二年八月九日."""
_ARRANGED = ("排定", "安排", "计划", "拟", "确定", "下达", "列入", "共安排", "共排定", "共确定")
_COMPARED_TO = ("比", "较", "与", "低于", "高于", "快于", "慢于", "好于")
_HEAD_CUE = re.compile(r"(?<=..)(?:同比)?(?:增速|增幅|增长率?|完成率|完成进度)$")
_GOAL_FOLLOWERS = frozenset("Dn(HBGVvWSEb")


class Context:
    """What carries over from clause to clause and sentence to sentence: period, mood, section, head, open item."""

    def __init__(self, folded: str, calendar: Calendar, town: str | None, subject: str = "") -> None:
        self.folded, self.calendar, self.town, self.subject = folded, calendar, town, subject
        self.items: list[Item] = []
        self.leftovers: list[Leftover] = []
        self.current: Item | None = None
        self.whole: Item | None = None
        self.head = ""
        self.top_head = ""
        self.head_sentence = -1
        self.head_part = False
        self.head_fresh = False
        self.aside = False
        self.once = ""
        titled = calendar.year is not None and calendar.year_from == "年份取自标题"
        self.period: Mention | None = Mention(None, None, calendar.year, kind="year") if titled else None
        self.lasting: Mention | None = None
        self.firm: Mention | None = None
        self.local: Mention | None = None
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
        self.multi_year = self.multi_year_lasts = False
        self.hint: Run | None = None
        self.counted: Quantity | None = None
        self.counted_name = ""
        self.last_value: Quantity | None = None
        self.value_before: Quantity | None = None
        self.kept_names: list[Run] = []
        self.tokens: list[Token] = []
        self.holder = ""
        self.naming_total = False
        self.skimmed: tuple[int, int] | None = None
        self.broke = True
        self.line_place = ""
        self.works: Run | None = None
        self.last_end = 0
        self.sentence_before = 0
        self.tables_read: set[int] = set()

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
            self.period = before[0] or self.period

    def skim(self, start: int, end: int, whole_line: bool) -> None:
        """Take in a sentence without figures: a heading names the section and may make it a plan."""
        self.skimmed = (start, end)
        if not whole_line or "," in self.folded[start:end] or self.folded.startswith(":", end - 1):
            self._open_period(start, end)
        if not whole_line and end - start <= 24 and _NUMBERED.match(self.folded, start, end):
            self._enter_section(start, end)
        if whole_line and end - start < 40 and "," not in self.folded[start:end]:
            self.open_heading(start, end)
            self._enter_section(start, end)

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
            return replace(mention, first=1, kind="months")
        return mention

    def open_title(self, start: int, end: int) -> None:
        """Take in the months of a report's title, and whether it is a plan: 青禾镇2024年工作安排."""
        self.open_heading(start, end)
        if _tells_plan(self.folded[start:end]):
            self.section_status = "planned"

    def open_section(self, start: int, end: int, year: int) -> None:
        """Take in a heading that is little more than a year: 2023年目标, 回眸2022, 2025年计划安排."""
        line = self.folded[start:end]
        self._enter_section(start, end)
        asked = _PLAN_QUESTION.search(line) and not _REVIEW_SECTION.search(line)
        self.section_status = "planned" if asked or _tells_plan(line) else "actual"
        mention = next(find_mentions(self.folded, start, end), None)
        dated = mention is not None and mention.last is not None
        self._begin_period(mention if mention and dated else Mention(None, None, year, kind="year"))

    def _begin_period(self, mention: Mention) -> None:
        """Let a period hold for what follows."""
        self.period = mention
        self.calendar.enter(mention)
        self.serial += 1

    def _open_period(self, start: int, end: int) -> None:
        """Take in the months that a sentence without figures begins with: 今年上半年，各项工作稳步推进。"""
        lead = _LEAD.match(self.folded, start, end)
        mention = match_mention(self.folded, lead.end(), end) if lead else None
        if mention is None and self.folded.startswith(":", end - 1):
            mention = next(find_mentions(self.folded, start, end), None)
        if mention is None or mention.last is None or mention.kind not in ("months", "quarter"):
            return
        self.lasting = mention
        self._begin_period(mention)

    def _enter_section(self, start: int, end: int) -> None:
        line = self.folded[start:end].strip()
        self.counted_name = ""
        if _tells_plan(line):
            self.section_status = "planned"
        elif _REVIEW_SECTION.search(line) or _TOP_HEADING.match(line):
            self.section_status = "actual"
            self.calendar.review = "回顾" in line and bool(re.search(r"(?:19|20)\d\d年", line))
        self._take_head(line)

    def _take_head(self, line: str) -> None:
        head = places.split_place(_HEAD_NAME.sub("", line), self.town)[1]
        if ":" in head:
            return
        low, high = indicators.trim(head)
        name = head[low:high]
        if indicators.is_clause(name) or len(name) > 6:
            name = title_subject(head) or name
        if _CHROME.search(head):
            return
        if indicators.is_generic(name) and self.top_head.endswith("收支"):
            name = self.top_head.removesuffix("收支") + name
        if _TOP_HEADING.match(line.lstrip()):
            self.top_head = name
        self.head = name if 2 <= len(name) <= 16 and " " not in name and not indicators.is_clause(name) else ""
        self.head_part = False
        self.head_fresh = bool(self.head)
        self.counted_name = ""

    def main_period(self) -> Period:
        """The period most records share."""
        done = [item for item in self.items if item.status != "planned" and (item.value or item.completion or item.yoy)]
        seen = Counter(item.when for item in done if item.when.start)
        return seen.most_common(1)[0][0] if seen else Period(None, None)

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
        for index in range(first, last):
            token = tokens[index]
            letter = token.letter
            if letter == "p":
                self._end_aside(token)
                self._meet_period(token, index, tokens)
            elif letter == "M":
                self._expect(tokens, index)
            elif letter == "m" or (letter == "G" and self._aims(tokens, index)):
                self.status = "planned"
            elif letter == ",":
                self.aside = self.aside or self.status == "planned"
                self.works = self._works_ahead(token.end) or self.works
            elif letter == "W" and self.folded.startswith("累计", token.start):
                self._leave_month()
                self._accumulate(tokens, index)
            elif letter == "I":
                self._enter_part()
            elif letter == "(":
                self.stack.append(self.current)
            elif letter == ")" and self.stack:
                outer = self.stack.pop()
                self.current = outer or self.current
            elif letter == ":" and index > 0:
                if tokens[index - 1].letter == "G" and "目标" in self.folded[tokens[index - 1].start : token.start]:
                    self.status = "planned"
                self._meet_head(tokens, first, index)
                self.works = self._works_ahead(token.end) or self.works
            elif letter == "k":
                self.multi_year = self.multi_year_lasts = True
            elif letter == "C" and not self.multi_year_lasts:
                self.multi_year = False
            elif letter == "o":
                base = self.period.year if self.period and self.period.year else self.calendar.known_year()
                self.multi_year = base is None or token.payload != base - 1
                self.multi_year_lasts = index + 1 < len(tokens) and tokens[index + 1].letter in ",:"
            elif letter == "X" and (index + 1 == len(tokens) or tokens[index + 1].letter in ",;"):
                self.multi_year = True
            elif letter == ";":
                self.part = False
                self.holder = ""
                self.works = self._works_ahead(token.end)
                if not self.month_opens:
                    self._leave_month()

    def _works_ahead(self, start: int) -> Run | None:
        """The works that a clause begins with: 石桥水库大坝工程已下闸蓄水，完成投资…."""
        match = _WORKS_AHEAD.match(self.folded, start, start + 40)
        if match is None:
            return None
        low, high = indicators.trim(match.group(1))
        if self.town and match.group(1).startswith(self.town, low):
            low += len(self.town)
        name = match.group(1)[low:high]
        if len(name) < 4 or indicators.is_generic(name):
            return None
        return Run(name, match.start(1) + low, match.start(1) + high)

    def _expect(self, tokens: list[Token], index: int) -> None:
        """预计 before a name counts for the sentence; between a name and its number for that figure alone."""
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
        if following in "xw" and word in ("计划", "预期", "拟"):
            growth = index + 2 < len(tokens) and tokens[index + 2].letter == "U"
            return growth and (index == 0 or tokens[index - 1].letter in ",;:p")
        return following == "x" and word[-1] in "为是"

    def _end_aside(self, token: Token) -> None:
        """An aim told in passing ends where figures to a date begin: 围绕确保全年目标，截至8月底完成…."""
        mention: Mention = token.payload
        dated = mention.first == 1 and mention.kind == "months" and mention.year is None and mention.relative is None
        if self.aside and dated and self.folded[token.start] in "截到至1元前":
            self.status, self.aside = self.section_status, False

    def _meet_period(self, token: Token, index: int, tokens: list[Token]) -> None:
        mention: Mention = token.payload
        following = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        if self._belongs_to_goal(tokens, index) or self._arranges(token) or DAY_BEHIND.match(self.folded, token.end):
            return
        if self.folded.endswith("从", 0, token.start) and self.folded.startswith(("起", "开始"), token.end):
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
        if self._explains_year(mention, tokens, index):
            return
        if mention.kind == "month" and self.part and self.dated == self.sentence:
            mention = replace(mention, kind="only")
        if mention.kind == "month" and self._accumulates(tokens, index):
            mention = replace(mention, first=1, kind="months")
        if (mention.relative is not None and mention.relative > 0) or self._lies_ahead(mention, tokens):
            self.status = "planned"
        if mention.kind == "year" and self.period is not None and self.period.last is not None:
            if mention.year is None:
                return
            if self.period.year is None and self.dated == self.sentence and self.status == "actual":
                mention = replace(self.period, year=mention.year, relative=None)
        if self._is_local(mention, tokens, index):
            mention = replace(mention, kind="only") if mention.kind == "month" else mention
            self.local = self.period
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
        self.period = replace(self.period, year=mention.year, relative=None)
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
        for at in range(index + 1, min(index + 4, len(tokens))):
            letter = tokens[at].letter
            if letter == "Y":
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
        if self.period.kind in ("only", "current"):
            self.period = self.lasting
            self.serial += 1

    def _accumulate(self, tokens: list[Token], index: int) -> None:
        """累计 right before a number counts from January on: 6月完成4.7万箱…；累计27.3万箱."""
        following = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        period = self.period if self.dated == self.sentence else None
        if period is None or period.kind != "month" or following != "n" or tokens[index - 1].letter not in ",;":
            return
        self.period = replace(period, first=1, kind="months")
        self.serial += 1

    def _enter_part(self) -> None:
        self.part = True
        if self.current is not None:
            self.whole = self.current

    def _meet_head(self, tokens: list[Token], first: int, index: int) -> None:
        begin = index
        while begin > first and tokens[begin - 1].letter not in ",;。:()、":
            begin -= 1
        raw = self.folded[tokens[begin].start : tokens[index].start] if begin < index else ""
        if _REVIEW_SECTION.search(raw):
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
        if self.broke and not self.sentence_items and _CHROME.search(raw):
            self.head = ""
        if places.looks_like_place(name) or places.is_place(name, self.town):
            return
        if 2 <= len(name) <= 14 and not indicators.is_clause(name) and not self.part and not _CHROME.search(raw):
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

    def _same_time(self, item: Item) -> bool:
        return item.serial == self.serial


def _tells_plan(line: str) -> bool:
    """Whether a heading is of plans and not of what was done: 下半年工作打算; not 年度目标完成情况."""
    return bool(_PLAN_SECTION.search(line)) and not _REVIEW_SECTION.search(line)
