"""Linking: which name, value, target, completion, change and period belong together.

A sentence's numbers are read from left to right. A number whose words name an indicator opens
an item; one without a name joins the open item if its place there is free, or repeats the item's
name for another period. Runs of numbers (80%和85%) are dealt out over a run of names or over the
items before them, with or without 分别.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract import indicators, places
from extract.models import Evidence, Period, Quantity
from extract.periods import Calendar, Mention, mentions
from extract.phrases import Token, unit_kind
from extract.survey import HARD, RATE_UNITS, RIGHT_DOWN, SOFT, WORDED, Number, Run, runs, survey
from extract.tables import Row, Table
from extract.titles import title_subject
from extract.units import in_base
from extract.vocabulary import words

REASONS: dict[str, str] = {
    "pace": "与序时进度的差距，不是完成率",
    "difference": "与别处或目标的差距，不是完成率",
    "points": "百分点",
    "other_base": "环比、年均或多年对比，不是同比",
    "share_change": "比重的变化",
    "former": "转折之前的旧数",
    "unsaid": "未说明与何时持平",
    "year_end": "与上年末相比，不是同比",
    "share": "比重、份额",
    "quality": "合格率一类的比率",
    "increment": "增减的数额",
    "last_year": "上年数",
    "planned_total": "项目规模、总投资或人均一类的数",
    "other": "占比的基数",
    "target": "目标值，未见完成数",
}


@dataclass(slots=True)
class Item:
    """A record in the making."""

    name: str = ""
    text: str = ""
    span: tuple[int, int] | None = None
    value: Quantity | None = None
    completion: Decimal | None = None
    basis: str | None = None
    target: Quantity | None = None
    yoy: Decimal | None = None
    when: Period = Period(None, None)
    serial: int = 0
    status: str = "actual"
    town: str | None = None
    flags: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    planned_total: bool = False
    owner: str = ""
    count_first: bool = False
    verb: bool = False

    def mark(self, role: str, start: int, end: int) -> None:
        """Remember where a part of the record stands."""
        self.evidence.append(Evidence(role, start, end))

    def lacks(self, role: str) -> bool:
        """Whether the place for a number of this role is free."""
        return getattr(self, role) is None


@dataclass(slots=True)
class Leftover:
    """A number that gave no record, and why."""

    start: int
    end: int
    reason: str
    understood: bool


_PLAN_NAME = re.compile(r"(?:年度|全年|今年|本年)?(?:计划|规划|应(?![交税收])|需|拟)(?!生育)")
_MORE = re.compile(r"[多少增减](?!值|幅)")
_CUT = re.compile(r"(?<=..)(?:因|受|得益于|由于|随着|在.{2,8}带动下|分别|同比)")


def tidy(name: str) -> str:
    """A name without the reason that is told behind it: 烟酒类消费因节日带动 -> 烟酒类消费."""
    match = _CUT.search(name)
    return name[: match.start()] if match else name


_PLAN_SECTION = re.compile(r"(?:下半年|明年|下一步|下步|今后|来年|(?:19|20)\d\d年)?(?:工作)?(?:打算|安排|思路|部署|工作计划|目标任务|奋斗目标|预期目标|下一步|措施|展望|建议)|目标")
_REVIEW_SECTION = re.compile(r"回顾|完成情况|总结|运行情况|执行情况|主要成绩|进展情况|工作情况")
_TOP_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_DOUBLED = re.compile(r"^(工业|农业|全镇|完成|实现|固定资产|财政|税收)\1")
_HOLDERS = ("企业", "产业", "部门", "行业", "系统", "园区", "单位")
_NUMBERED = re.compile(r"[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.])")
_HEAD_NAME = re.compile(r"^[ ]*(?:[(]?[一二三四五六七八九十\d]+[)、.]|[一二三四五六七八九十]是)[ ]*|[:。]$")


class Linker:
    """Reads the sentences of one paragraph after another and keeps what carries over."""

    def __init__(self, folded: str, text: str, calendar: Calendar, town: str | None, subject: str = "") -> None:
        self.folded, self.text, self.calendar, self.town, self.subject = folded, text, calendar, town, subject
        self.items: list[Item] = []
        self.leftovers: list[Leftover] = []
        self.current: Item | None = None
        self.whole: Item | None = None
        self.head = ""
        self.head_part = False
        self.head_fresh = False
        self.period: Mention | None = None
        self.lasting: Mention | None = None
        self.firm: Mention | None = None
        self.serial = 0
        self.status = "actual"
        self.section_status = "actual"
        self.part = False
        self.stack: list[Item | None] = []
        self.sentence_items: list[Item] = []
        self.pending: list[tuple[Number, str]] = []
        self.multi_year = False
        self.hint: Run | None = None
        self.counted: Quantity | None = None
        self.kept_names = []
        self.holder = ""
        self.naming_total = False
        self.skimmed: tuple[int, int] | None = None
        self.broke = True
        self.last_end = 0
        self.sentence_before = 0
        self.tables_read: set[int] = set()

    # -- a sentence ---------------------------------------------------------------------------

    def read(self, tokens: list[Token], heading: bool = False) -> None:
        """Link the numbers of one sentence into items."""
        self.tokens = tokens
        self.broke = self.folded.rfind("\n", self.last_end, tokens[0].start) >= 0 if tokens else True
        self.sentence_before = self.last_end
        self.last_end = tokens[-1].end if tokens else self.last_end
        before = (self.period, self.calendar.year)
        self.status = self.section_status
        self.part = False
        self.stack = []
        self.pending = []
        self.multi_year = False
        self.firm = None
        self.hint = None
        self.counted = None
        self.kept_names: list[Run] = []
        self.holder = ""
        self.sentence_items = []
        numbers = survey(tokens, self.folded)
        position = 0
        done = 0
        while position < len(numbers):
            group = [numbers[position]]
            while position + len(group) < len(numbers) and numbers[position + len(group)].listed:
                group.append(numbers[position + len(group)])
            self._pass(tokens, done, group[0].index, group[0])
            self._group(group)
            done = group[-1].index + 1
            position += len(group)
        self._pass(tokens, done, len(tokens), None)
        self._flush_pending()
        self.items.extend(self.sentence_items)
        self._settle(before, heading)

    def _settle(self, before: tuple[Mention | None, int | None], heading: bool) -> None:
        """Decide which period stays in force after the sentence."""
        if heading:
            self._enter_section(self.tokens[0].start, self.tokens[-1].end)
        short = self.tokens[-1].end - self.tokens[0].start < 60
        if self.status != "actual" and self.status != self.section_status:
            self.period, self.calendar.year = self.firm or before[0], before[1] or self.calendar.year
        elif self.period is not before[0] and not (self.sentence_items or heading or short or self.tokens[0].letter == "p"):
            self.period = before[0]
        elif self.period is not None and self.period.kind in ("current", "only", "plan"):
            self.period = before[0]
        elif self.period is not None and self.period.kind == "month" and (not short or any(t.letter == "n" for t in self.tokens)):
            self.period = before[0] or self.period

    def skim(self, start: int, end: int, whole_line: bool) -> None:
        """Take in a sentence without figures: a heading names the section and may make it a plan."""
        self.skimmed = (start, end)
        if not whole_line and end - start <= 16 and _NUMBERED.match(self.folded, start, end):
            self._take_head(self.folded[start:end])
        if whole_line and end - start < 40 and "," not in self.folded[start:end]:
            self._enter_section(start, end)

    def _enter_section(self, start: int, end: int) -> None:
        line = self.folded[start:end].strip()
        if _PLAN_SECTION.search(line):
            self.section_status = "planned"
        elif _REVIEW_SECTION.search(line) or _TOP_HEADING.match(line):
            self.section_status = "actual"
            self.calendar.review = "回顾" in line and bool(re.search(r"(?:19|20)\d\d年", line))
        self._take_head(line)

    def _take_head(self, line: str) -> None:
        head = _HEAD_NAME.sub("", line)
        low, high = indicators.trim(head)
        name = head[low:high]
        self.head = name if 2 <= len(name) <= 12 and not indicators.is_clause(name) else ""
        self.head_part = False
        self.head_fresh = bool(self.head)

    def main_period(self) -> Period:
        """The period most records share."""
        seen = Counter(item.when for item in self.items if item.when.start)
        return seen.most_common(1)[0][0] if seen else Period(None, None)

    def leave_item(self, item: Item, reason: str) -> None:
        """Note the amounts of an item that became no record."""
        for evidence in item.evidence:
            if evidence.role in ("value", "target"):
                self.leftovers.append(Leftover(evidence.start, evidence.end, REASONS.get(reason, "叙述中的数，未列入指标"), True))

    def _pass(self, tokens: list[Token], first: int, last: int, number: Number | None) -> None:
        """Take in what stands between two numbers: periods, moods, brackets, 其中."""
        for index in range(first, last):
            token = tokens[index]
            letter = token.letter
            if letter == "p":
                self._meet_period(token, index, tokens)
            elif letter == "M":
                self.status = "expected" if self.section_status == "actual" else self.section_status
            elif letter == "m":
                self.status = "planned"
            elif letter == "G" and self.folded[token.end - 1] in "为是" and index + 1 < len(tokens) and tokens[index + 1].letter == "x":
                self.status = "planned"
            elif letter == "W" and self.folded.startswith("累计", token.start):
                self._leave_month()
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
            elif letter == "k":
                self.multi_year = True
            elif letter == "o":
                base = self.period.year if self.period and self.period.year else self.calendar.known_year()
                self.multi_year = base is None or token.payload != base - 1
            elif letter == "X" and (index + 1 == len(tokens) or tokens[index + 1].letter in ",;"):
                self.multi_year = True
            elif letter == ";":
                self.part = False
                self.holder = ""
                self._leave_month()

    def _meet_period(self, token: Token, index: int, tokens: list[Token]) -> None:
        mention: Mention = token.payload
        following = tokens[index + 1].letter if index + 1 < len(tokens) else ""
        if self._belongs_to_goal(tokens, index):
            return
        if mention.relative in (-1, -2) and following == "x" and self.folded.startswith("同期", token.end):
            return
        if self.folded[token.start - 1 : token.start] in ("比", "较", "与") or index and tokens[index - 1].letter in "Ce" and tokens[index - 1].end == token.start:
            return
        if mention.kind == "month" and self._accumulates(tokens, index):
            mention = replace(mention, first=1, kind="months")
        if mention.relative is not None and mention.relative > 0:
            self.status = "planned"
        if mention.kind == "year" and self.period is not None and self.period.last is not None and mention.year is None:
            return
        if mention.kind not in ("only", "current", "plan"):
            self.lasting = mention
            if self.status == "actual":
                self.firm = mention
        self.period = mention
        self.calendar.enter(mention)
        self.serial += 1

    def _accumulates(self, tokens: list[Token], index: int) -> bool:
        """Whether a month is meant from January on: 4月财政收入累计2.1亿元, or with 年初预算 behind it."""
        stop = next((t.end for t in tokens[index + 1 :] if t.letter == "n"), tokens[-1].end)
        return "累计" in self.folded[tokens[index].end : stop]

    @staticmethod
    def _belongs_to_goal(tokens: list[Token], index: int) -> bool:
        """Whether a period only says which target is meant: 占全年任务的, 完成全年建设任务的, 2016年计划5亿元."""
        for at in range(index + 1, min(index + 4, len(tokens))):
            letter = tokens[at].letter
            if letter == "Y":
                return True
            if letter in "Gq":
                following = tokens[at + 1].letter if at + 1 < len(tokens) else ""
                after_verb = index > 0 and tokens[index - 1].letter in "VvSBO"
                return following in ("D", "n", "(", "H", "B", "G") or after_verb
            if letter not in "xwDT":
                return False
        return False

    def _leave_month(self) -> None:
        """当月 holds for its own figures only; behind them the longer period is in force again."""
        if self.period is not None and self.period.kind in ("only", "current") and self.lasting is not None:
            self.period = self.lasting
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
        if begin == index and tokens[index - 1].letter == ")":
            raw = self._before_bracket(tokens, first, index - 1)
        low, high = indicators.trim(raw)
        name = raw[low:high]
        if 2 <= len(name) <= 14 and not indicators.is_clause(name) and not self.part:
            self.head, self.head_part = name, raw.endswith("中")

    def _before_bracket(self, tokens: list[Token], first: int, index: int) -> str:
        """The head of 省级(6项): is 省级."""
        while index > 0 and tokens[index].letter != "(":
            index -= 1
        begin = index
        while begin > 0 and tokens[begin - 1].letter not in HARD:
            begin -= 1
        return self.folded[tokens[begin].start : tokens[index].start]

    # -- tables ---------------------------------------------------------------------------------

    def read_table(self, table: Table) -> None:
        """File the rows of a table; read once, when its first line is met."""
        if table.start in self.tables_read:
            return
        self.tables_read.add(table.start)
        for _, _, mention in mentions(table.title):
            self.period = mention
            self.calendar.enter(mention)
        subject = title_subject(table.title) if table.title else self.subject
        for row in table.rows:
            item = Item(status=self.section_status, serial=self.serial)
            period = row.period or self.period
            if period is not None and period.kind == "current" and self.period is not None and self.calendar.last:
                item.when, flags = self.calendar.resolve(period)
            else:
                item.when, flags = self.calendar.resolve(period) if period else (Period(None, None), ["时段缺失"])
            item.flags = [*flags, "取自表格"]
            self._name_row(item, row, subject)
            item.value, item.target, item.completion, item.yoy = row.value, row.target, row.completion, row.yoy
            item.basis = "annual" if row.completion is not None else None
            item.evidence = [Evidence("indicator", *row.name_span), *row.evidence]
            self.items.append(item)

    def _name_row(self, item: Item, row: Row, subject: str) -> None:
        if row.name in indicators.name_words("total") and (subject or row.head):
            item.name = item.text = row.head if indicators.resolve(row.head) else subject
            return
        if places.is_place(row.name, self.town) or places.looks_like_place(row.name):
            named = row.head if indicators.resolve(row.head) else subject or self.subject or row.name
            item.town, item.name, item.text = row.name, named, named
            return
        low, high = indicators.trim(row.name)
        name = re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|[(][一二三四五六七八九十\d]+[)]|#|其中:?)", "", row.name[low:high])
        item.text = name or row.name
        item.name = with_context(subject, item.text) if indicators.is_generic(item.text) and not indicators.resolve(item.text) else item.text

    # -- a group of numbers ---------------------------------------------------------------------

    def _group(self, group: list[Number]) -> None:
        first = group[0]
        if self.multi_year and first.role in ("yoy", "yoy_right"):
            first.role = "other_base"
        if first.role == "year_end" and (self.period is None or self.period.last in (12, None)):
            for number in group:
                number.role = "yoy"
        role = first.role
        if role == "increment" and len(group) == 1 and self._is_net(first):
            first.role = "value"
        role = first.role
        if role in REASONS and role != "increment":
            named = self._name(self._candidates(first)) if role in ("last_year", "share", "quality", "points", "share_change") else None
            if role in ("share", "quality") and len(group) > 1:
                self.kept_names = self._listed_names(first, len(group)) or []
            if role == "last_year" or role == "share" and named is not None and not indicators.is_generic(named.name):
                self.hint = named or self.hint
            if named is not None and role != "last_year" and not indicators.is_generic(named.name) and len(named.name) <= 14:
                self.holder = named.name
        if role == "share" and len(group) == 1 and self._share_of_target(first):
            role = first.role = "completion"
        if role in REASONS and role not in ("target", "planned_total"):
            for number in group:
                self._leave(number, REASONS[role], understood=True)
            return
        if not role and len(group) == 1 and self._share_of_target(first):
            role = first.role = "completion"
        if not role:
            for number in group:
                self._leave(number, "未看懂的比率", understood=False)
            return
        if len(group) > 1:
            self._deal(group)
        else:
            self._single(first)

    def _is_net(self, number: Number) -> bool:
        """Whether an increase is a figure of its own: 规上企业净增6家."""
        if number.cue >= number.index or not self.folded.startswith("净增", self.tokens[number.cue].start):
            return False
        return bool(self._candidates(number)) and "C" not in {t.letter for t in self.tokens[number.left : number.index]}

    def _share_of_target(self, number: Number) -> bool:
        """Whether 占45% is the share of the target just named: value ÷ target tells."""
        item = self.current
        if item is None or item.value is None or item.completion is not None:
            return False
        if item.target is None and self.counted is not None and self.counted.unit == item.value.unit:
            if self._ratio(item.value, self.counted, number):
                item.target = self.counted
                return True
        if item.target is None:
            earlier = next((x.target for x in reversed(self.items[-3:]) if x.target is not None), None)
            if earlier is not None and self._ratio(item.value, earlier, number):
                item.target = earlier
                return True
            return False
        return self._ratio(item.value, item.target, number)

    @staticmethod
    def _ratio(value: Quantity, target: Quantity, number: Number) -> bool:
        done, _ = in_base(value.value, value.unit)
        whole, _ = in_base(target.value, target.unit)
        return whole > 0 and abs(done / whole * 100 - number.quantity.value) < 1

    def _leave(self, number: Number, reason: str, *, understood: bool) -> None:
        if number.kind == "bare":
            return
        self.leftovers.append(Leftover(number.token.start, number.token.end, reason, understood))

    def _candidates(self, number: Number) -> list[Run]:
        level = number.role in ("completion", "target", "over")
        stop = number.index if number.role == "planned_total" else min(number.cue, number.index)
        tokens = self.tokens
        if level:
            while stop < number.index and tokens[stop].letter not in "TGKpq":
                stop += 1
            while stop > number.piece and tokens[stop - 1].letter in "TGp":
                stop -= 1
        return runs(tokens, number.piece, stop, self.folded, self.text, level)

    def _name(self, found: list[Run]) -> Run | None:
        """One name out of the runs of a clause: subject and object are joined where neither stands alone."""
        if not found:
            return None
        last = found[-1]
        name = tidy(last.name)
        if words()["any"].get(name) == "q" and not self.naming_total:
            return None
        if len(found) > 1:
            subject = tidy(found[-2].name)
            short = indicators.is_generic(name) or last.after_verb and indicators.resolve(name) is None and len(name) <= 4
            if short and self._takes(subject, name) and not indicators.is_clause(subject) and not places.is_place(subject, self.town):
                return Run(subject + name, found[-2].start, last.end, last.after_verb)
        return Run(name, last.start, last.end, last.after_verb)

    def _counts_ahead(self, number: Number) -> bool:
        """Whether a count only says how many of a thing the clause speaks of: 12个幸福院建设已完成7个."""
        index = number.index + 1
        tokens = self.tokens
        if number.piece < number.index and any(t.letter in "xw" for t in tokens[number.piece : number.index]):
            return False
        while index < len(tokens) and tokens[index].letter in "xwWTp":
            index += 1
        if index == number.index + 1 or index >= len(tokens) or tokens[index].letter not in "VvB":
            return False
        while index < len(tokens) and tokens[index].letter not in HARD:
            if tokens[index].letter == "n":
                return True
            index += 1
        return False

    @staticmethod
    def _takes(subject: str, name: str) -> bool:
        """Whether a subject and a short object make one name: 重点项目 + 投资, but not 固定资产投资 + 投资."""
        return not subject.endswith(name) and (subject.endswith(("项目", "工程", "企业")) or not indicators.resolve(subject))

    def _single(self, number: Number) -> None:
        if number.role == "value" and number.kind == "count" and self._counts_ahead(number):
            self.counted = number.quantity
            self._leave(number, "后文所述事项的个数", understood=True)
            return
        self.naming_total = number.role == "planned_total"
        run = self._name(self._candidates(number))
        if number.place and run is None and self.current not in self.sentence_items:
            run = self._earlier_name(number)
        handler = {
            "value": self._value,
            "planned_total": self._value,
            "target": self._target,
        }.get(number.role, self._rate)
        handler(number, run)

    # -- values ---------------------------------------------------------------------------------

    def _value(self, number: Number, run: Run | None) -> None:
        current = self.current
        if run is None and number.role == "value":
            run = self._noun_after(number)
        planned = _PLAN_NAME.match(run.name) if run is not None and number.role == "value" else None
        if planned and run is not None and self._planned_noun(run, planned.end(), number):
            return
        if run is None and number.role == "value" and current is not None:
            run = self._earlier_name_since(number, current)
        if run is None:
            if current is not None and current.value is None and current in self.sentence_items and self._same_time(current):
                self._set_value(current, number)
                return
            run = self._earlier_name(number)
        elif (
            current is not None
            and current in self.sentence_items
            and current.value is None
            and current.target is not None
            and unit_kind(current.target.unit) == number.kind
            and (not indicators.resolve(run.name) or indicators.is_generic(run.name))
        ):
            self._set_value(current, number)
            return
        if current is not None and current.planned_total and number.role == "value" and (run is None or indicators.is_generic(run.name)):
            self._set_value(self._open_done(current), number)
            return
        if run is None and current is not None and number.role == "value":
            fresh = current not in self.sentence_items or not self._same_time(current)
            if not fresh and number.kind != unit_kind(current.value.unit if current.value else ""):
                self._set_side(current, number)
                return
            if not fresh:
                self._leave(number, "未找到指标名称", understood=False)
                return
        if run is None and (current is None or number.role == "planned_total"):
            self._leave(number, "未找到指标名称", understood=False)
            return
        if run is not None and _MORE.match(run.name) and not indicators.resolve(run.name) and (current is not None and current.value is not None and unit_kind(current.value.unit) == number.kind):
            self._leave(number, REASONS["increment"], understood=True)
            return
        item = self._open(run, inherit=run is None, kind=number.kind)
        self._set_value(item, number)
        item.planned_total = number.role == "planned_total"
        if item.planned_total and not item.owner and current is not None and current in self.sentence_items:
            item.owner = current.name
        before = self.tokens[number.piece : number.index]
        item.verb = any(token.letter in "VvBE" for token in before)

    def _planned_noun(self, run: Run, length: int, number: Number) -> bool:
        """计划造林8520亩 is a target of 造林."""
        name = run.name[length:]
        if not indicators.plausible(name):
            return False
        self._set_target(self._open(Run(name, run.start + length, run.end, run.after_verb), inherit=False), number)
        return True

    _SIDES = {"area": "面积", "money": "金额", "people": "人数", "household": "户数", "length": "里程", "mass": "重量"}

    def _set_side(self, item: Item, number: Number) -> None:
        """A second measure of the thing just counted: 整治点92处共计1.7万平方米."""
        side = self._SIDES.get(number.kind)
        if side is None:
            self._leave(number, "未找到指标名称", understood=False)
            return
        other = self._open(None, inherit=True)
        other.name = item.name.removesuffix(side) + side
        self._set_value(other, number)
        self.current = item

    def _set_value(self, item: Item, number: Number) -> None:
        if item.serial != self.serial and item.completion is None and item.yoy is None:
            item.serial = self.serial
            item.when, _ = self.calendar.resolve(self.period) if self.period else (item.when, [])
        item.value = number.quantity
        item.mark("value", number.token.start, number.token.end)
        if number.quantity.hedge:
            item.flags.append("约数")

    def _noun_after(self, number: Number) -> Run | None:
        """The noun counted by a number that precedes it: 引进12个技改项目."""
        if number.kind in RATE_UNITS or number.kind in ("money",):
            return None
        index = number.index + 1
        if index >= len(self.tokens) or self.tokens[index].letter not in "xw":
            return None
        stop = index
        while stop < len(self.tokens) and self.tokens[stop].letter in "xwWGK“”":
            stop += 1
        if stop < len(self.tokens) and self.tokens[stop].letter not in ",;:)、n":
            return None
        raw = self.folded[self.tokens[index].start : self.tokens[stop - 1].end]
        low, high = indicators.trim(raw)
        name = raw[low:high].replace(" ", "")
        if not indicators.plausible(name):
            return None
        start = self.tokens[index].start
        return Run(name, start + low, start + high)

    def _earlier_name(self, number: Number) -> Run | None:
        """The indicator that an earlier clause, or the sentence before, names without a figure."""
        found = self._known_before(number)
        if found:
            return found
        hint, self.hint = self.hint, None
        return hint or self._skimmed_name()

    def _known_before(self, number: Number) -> Run | None:
        """The indicator that a clause between the last number and this one names."""
        tokens = self.tokens
        stop = number.piece
        while stop > number.left:
            begin = stop - 1
            while begin > number.left and tokens[begin - 1].letter not in HARD:
                begin -= 1
            found = self._known_in(tokens, begin, stop)
            if found:
                return found
            stop = begin
        return None

    def _skimmed_name(self) -> Run | None:
        """The indicator that the sentence before names without a figure: 财政收入增势良好。1-6月完成1.9亿元."""
        if self.skimmed is None or self.sentence_items or self.skimmed[0] < self.sentence_before:
            return None
        start, end = self.skimmed
        known = indicators.find_known(self.folded[start:end])
        return Run(self.folded[start + known[0] : start + known[1]], start + known[0], start + known[1]) if known else None

    def _known_in(self, tokens: list[Token], begin: int, stop: int) -> Run | None:
        if begin >= stop:
            return None
        start, end = tokens[begin].start, tokens[stop - 1].end
        known = indicators.find_known(self.folded[start:end])
        if known:
            return Run(self.folded[start + known[0] : start + known[1]], start + known[0], start + known[1])
        named = [run for run in runs(tokens, begin, stop, self.folded, self.text) if indicators.looks_like_name(run.name)]
        return named[-1] if named else None

    # -- targets and rates ------------------------------------------------------------------------

    def _open_done(self, current: Item) -> Item:
        """The item of what is done, opened after the size of the projects: 概算…,当年计划…,实际…."""
        item = self._open(None, inherit=True)
        item.name = self._with_subject(current.owner or current.name)
        return item

    def _with_subject(self, name: str) -> str:
        if name in indicators.name_words("rank"):
            name += self.subject
        return name if name.endswith("投资") else name + "投资"

    def _target(self, number: Number, run: Run | None) -> None:
        current = self.current
        if current is not None and current in self.sentence_items and run is None:
            if current.planned_total or self._counts_projects(current):
                self._set_target(self._open_done(current), number)
                return
        inline = self.folded.startswith("的", number.token.end)
        fits = current is not None and current in self.sentence_items and current.target is None
        fits = fits and (inline or current is not None and current.completion is None)
        if current is not None and fits and (inline or self._measures_alike(current, number) or run is None and current.value is None):
            if run is None or not indicators.resolve(run.name) or inline and not self._is_new_name(run, current):
                self._set_target(current, number)
                return
        if run is None and current not in self.sentence_items:
            self.pending.append((number, "target"))
            return
        item = self._open(run, inherit=run is None)
        self._set_target(item, number)

    def _measures_alike(self, item: Item, number: Number) -> bool:
        return item.value is not None and unit_kind(item.value.unit) == number.kind

    def _set_target(self, item: Item, number: Number) -> None:
        item.target = number.quantity
        item.basis = item.basis or number.basis
        item.mark("target", number.token.start, number.token.end)

    def _same_time(self, item: Item) -> bool:
        return item.serial == self.serial

    def _is_new_name(self, run: Run, item: Item) -> bool:
        ours, theirs = indicators.key_of(run.name), indicators.key_of(item.name)
        if ours == theirs or indicators.is_generic(run.name) and (ours in theirs or item.target is not None):
            return False
        if indicators.resolve(run.name) or indicators.looks_like_name(run.name):
            return True
        return not run.after_verb and len(run.name) >= 4 and not indicators.is_clause(run.name)

    def _rate(self, number: Number, run: Run | None) -> None:
        slot = "yoy" if number.role.startswith(("yoy", "growth")) else "completion"
        current = self.current if self.current in self.sentence_items else None
        if current is None and run is None and not number.place and self._carries_on(slot):
            self._set_rate(self.current, number, slot)  # type: ignore[arg-type]
            return
        if run is None and self._for_all(number, slot) or run is not None and self._for_each(run, number, slot):
            return
        if current is not None and not number.place and current.lacks(slot) and self._same_time(current):
            between = self._earlier_name_since(number, current) if run is None else None
            run = run or between
            if run is None or not self._is_new_name(run, current):
                self._set_rate(current, number, slot)
                return
        elif run is None and current is None:
            run = self._earlier_name(number)
            if run is None and self.current is None:
                self.pending.append((number, slot))
                return
        elif run is None and self._same_time(current) and not self._second_basis(number):
            run = self._earlier_name(number)
        item = self._open(run, inherit=run is None, town=number.place or None)
        if number.role == "growth_target":
            item.status = "planned"
        if run is None and current is not None and not number.place and (slot == "completion" or self._second_basis(number)) and self._same_time(current):
            item.value = current.value
            item.evidence.extend(e for e in current.evidence if e.role == "value")
            item.flags.append("同一数值的另一目标")
        if run is None and current is not None and self._second_basis(number):
            item.flags.append("另一口径")
        self._set_rate(item, number, slot)

    def _for_all(self, number: Number, slot: str) -> bool:
        """同比均增长12.5% after several items belongs to each of them."""
        if not any(token.letter == "b" for token in self.tokens[number.left : number.index]):
            return False
        free = [item for item in self.sentence_items if item.lacks(slot) and item.value is not None]
        if len(free) < 2:
            return False
        for item in free:
            self._set_rate(item, number, slot)
        return True

    def _for_each(self, run: Run, number: Number, slot: str) -> bool:
        """外贸出口和实际利用外资均增长15.2% is a record for each name."""
        if not any(token.letter == "b" for token in self.tokens[number.left : number.index]):
            return False
        for count in (2, 3, 4):
            texts = self._list_texts(self.tokens, number.left, min(number.cue, number.index))
            names = indicators.split_names(texts[-1][2], count) if texts else None
            if names and all(indicators.resolve(name) or indicators.looks_like_name(name) for name in names):
                for name in names:
                    self._set_rate(self._open(Run(name, run.start, run.end), inherit=False), number, slot)
                return True
        return False

    def _carries_on(self, slot: str) -> bool:
        """Whether a rate at the head of a sentence goes on with the last sentence's value: …9.8亿元。占年计划的26%."""
        last = self.current
        return (
            last is not None
            and not self.sentence_items
            and last.value is not None
            and last.lacks(slot)
            and self._same_time(last)
            and last.status == self.status
            and bool(self.items)
            and self.items[-1] is last
            and not self.broke
        )

    def _second_basis(self, number: Number) -> bool:
        return any(token.letter == "A" for token in self.tokens[number.left : number.index])

    def _earlier_name_since(self, number: Number, current: Item) -> Run | None:
        if number.piece <= number.left + 1:
            return None
        found = self._known_before(number)
        return found if found and indicators.resolve(found.name) else None

    def _set_rate(self, item: Item, number: Number, slot: str) -> None:
        value = self._percent(number)
        if value is None:
            self._leave(number, "未看懂的比率", understood=False)
            return
        setattr(item, slot, value)
        item.mark(slot, number.token.start, number.token.end)
        if slot == "completion":
            item.basis = number.basis or item.basis or "other"
            if number.role == "project":
                item.basis = "project"
        if number.kind == "bare":
            item.flags.append("缺％号")
        if number.role == "over":
            item.flags.append("超额折算")
        if number.quantity.hedge or number.quantity.high is not None:
            item.flags.append("约数")

    def _percent(self, number: Number) -> Decimal | None:
        """The rate in per cent: 1.5倍 growth is 150, 超额12% is 112, a fall is negative."""
        value = number.quantity.value
        if number.kind in WORDED:
            return value
        if number.kind == "times":
            value *= 100
        elif number.kind == "tenths":
            value *= 10
        if number.role == "over":
            return value + 100 if value < 100 else value
        if number.role == "yoy_level":
            return value - 100
        if number.role == "yoy_right":
            down = RIGHT_DOWN.match(self.folded[number.token.end : number.token.end + 12])
            return -abs(value) if down else value
        if number.role == "yoy":
            return self._signed(number, value)
        return value

    @staticmethod
    def _signed(number: Number, value: Decimal) -> Decimal:
        return -abs(value) if number.sign == "N" else value

    # -- lists ------------------------------------------------------------------------------------

    def _deal(self, group: list[Number]) -> None:
        """Deal a run of numbers out over as many names, or over the items before it."""
        first = group[0]
        role = first.role
        slot = "value" if role in ("value", "planned_total") else "target" if role == "target" else "yoy" if role.startswith("yoy") else "completion"
        names = self._listed_names(first, len(group))
        if not names and len(self.kept_names) == len(group):
            names, self.kept_names = self.kept_names, []
        if names:
            targets = [self._open(run, inherit=False) for run in names]
        else:
            free = [item for item in self.sentence_items if item.lacks(slot)]
            if len(free) < len(group):
                free = [item for item in [*self.items[-len(group) :], *self.sentence_items] if item.lacks(slot)]
            if len(free) < len(group):
                self._single(first)
                for number in group[1:]:
                    self._leave(number, "并列的数与名称个数不符", understood=False)
                return
            targets = free[-len(group) :]
        for item, number in zip(targets, group, strict=True):
            if slot == "value":
                self._set_value(item, number)
            elif slot == "target":
                self._set_target(item, number)
            else:
                self._set_rate(item, number, slot)
            item.flags.append("并列对应")
        self.current = targets[-1]

    def _listed_names(self, first: Number, count: int) -> list[Run] | None:
        tokens = self.tokens
        stop = min(first.cue, first.index)
        found = runs(tokens, first.piece, stop, self.folded, self.text, first.role in ("completion", "target", "over"))
        object_ = found[-1].name if found and found[-1].after_verb else ""
        texts = self._list_texts(tokens, first.left, stop)
        for without in ((object_,), ()):
            names = self._match_list([t for t in texts if t[2] not in without], count, object_ if without else "")
            if names:
                return names
        return None

    def _match_list(self, texts: list[tuple[int, int, str]], count: int, object_: str) -> list[Run] | None:
        """The names among stretches of text, taken from the last one backwards until there are enough."""
        joined = ""
        for start, _, text in reversed(texts):
            joined = text + ("、" + joined if joined else "")
            names = indicators.split_names(joined, count)
            if names:
                whole = indicators.is_generic(object_) or all(map(self._names_only_place, names))
                named = [indicators_clean(_with_object(name, object_ if whole else "")) for name in names]
                return [Run(name, start, texts[-1][1]) for name in self._share_indicator(named)]
        return None

    def _joins_object(self, tokens: list[Token], index: int, stop: int) -> bool:
        """Whether a verb stands inside a member of a list: 固定资产投资、重点项目完成投资分别增长."""
        if tokens[index].letter not in "Vv" or index + 1 >= stop or tokens[index + 1].letter != "x":
            return False
        return indicators.is_generic(self.folded[tokens[index + 1].start : tokens[index + 1].end])

    def _share_indicator(self, names: list[str]) -> list[str]:
        """城关镇、三合镇、清水乡财政收入: the indicator after the last place is every place's."""
        place, rest = places.split_place(names[-1], self.town)
        if place is None or not rest or not all(places.looks_like_place(name) or places.is_place(name, self.town) for name in names[:-1]):
            return names
        return [name + rest for name in names[:-1]] + names[-1:]

    def _list_texts(self, tokens: list[Token], begin: int, stop: int) -> list[tuple[int, int, str]]:
        """Stretches of text that may be lists of names, 、 included, with their bounds."""
        found: list[tuple[int, int, str]] = []
        index = begin
        while index < stop:
            if tokens[index].letter not in _LIST_SOFT:
                index += 1
                continue
            last = index
            while last < stop and (tokens[last].letter in _LIST_SOFT or self._joins_object(tokens, last, stop)):
                last += 1
            start, end = tokens[index].start, tokens[last - 1].end
            low, high = indicators.trim(self.folded[start:end])
            text = tidy(self.folded[start:end][low:high].replace(" ", ""))
            if indicators.plausible(text):
                found.append((start + low, start + high, text))
            index = last
        return found

    # -- opening items ----------------------------------------------------------------------------

    def _open(self, run: Run | None, *, inherit: bool, town: str | None = None, kind: str = "") -> Item:
        item = Item(serial=self.serial, status=self.status, town=town)
        if run is not None and self._names_only_place(run.name):
            item.town, run = run.name, None
        item.when, flags = self.calendar.resolve(self.period) if self.period else (Period(None, None), ["时段缺失"])
        item.flags.extend(flags)
        if run is None:
            source = self.current
            hint, self.hint = self.hint, None
            if hint is not None and item.town:
                item.name, item.text, _ = self._stand_alone(hint, Item())
                item.mark("indicator", hint.start, hint.end)
            elif self.head_fresh and self.head and not self.sentence_items and not item.town:
                item.name = item.text = self.head
                item.flags.append("指标承标题")
            elif source is not None:
                item.name, item.text, item.town = source.name, source.text, item.town or source.town
                item.flags.append("指标承前")
            elif self.head:
                item.name = item.text = self.head
                item.flags.append("指标承标题")
        else:
            item.name, item.text, item.span = self._stand_alone(run, item, kind)
            item.mark("indicator", run.start, run.end)
        self.sentence_items.append(item)
        self.current = item
        self.head_fresh = False
        if not self.part:
            self.whole = item
        return item

    def _names_only_place(self, name: str) -> bool:
        if indicators.resolve(name) or name in words()["any"]:
            return False
        return places.is_place(name, self.town) or places.looks_like_place(name)

    def _stand_alone(self, run: Run, item: Item, kind: str = "") -> tuple[str, str, tuple[int, int]]:
        place, name = places.split_place(places.without_mask(run.name), self.town)
        if place and not indicators.plausible(name):
            name = run.name
        elif place:
            item.town = place
        context = ""
        name = _DOUBLED.sub(r"\1", self._without_town(name))
        if self.head.endswith(_HOLDERS) and self.head not in name and not any(word in name for word in _HOLDERS):
            return self.head + name, name, (run.start, run.end)
        measure = self._measure_of(name, item, kind)
        if measure:
            return name + measure, run.name if not place else name, (run.start, run.end)
        if indicators.is_generic(name) or item_is_total(name):
            context = self._context(name)
            item.owner = context
        return (with_context(context, name), run.name if name in run.name and not place else name, (run.start, run.end))

    def _measure_of(self, name: str, item: Item, kind: str) -> str:
        """The measure that a mere holder of figures lacks: 第二产业4.4亿千瓦时 after 全社会用电量 is 第二产业用电量."""
        base = self.whole if self.part else self.current
        if kind == "people" and len(name) == 2 and name in ("死亡", "受伤"):
            return "人数"
        if base is None or base.value is None or not name.endswith(_HOLDERS):
            return ""
        if kind and unit_kind(base.value.unit) != kind or not kind and not (self.part or self.stack):
            return ""
        known = indicators.resolve(base.name) or base.name
        tail = indicators.tail_of(known).replace("总值", "增加值")
        return "" if tail == known or name.endswith(tail) else tail

    def _counts_projects(self, item: Item) -> bool:
        return (
            item in self.sentence_items
            and item.value is not None
            and item.completion is None
            and unit_kind(item.value.unit) == "count"
            and item.name.endswith(("项目", "工程", "企业"))
        )

    def _without_town(self, name: str) -> str:
        stem = places.stem_of(self.town) if self.town else ""
        if stem and name.startswith(stem) and indicators.plausible(name[len(stem) :]):
            low, high = indicators.trim(name[len(stem) :])
            return name[len(stem) :][low:high] or name
        return name

    def _context(self, name: str) -> str:
        """What a name that cannot stand alone belongs to: the projects just counted, or the head before the colon."""
        current = self.current
        if current is not None and self._counts_projects(current):
            return current.name
        if name in indicators.name_words("department") and self.whole is not None:
            return indicators.tail_of(self.whole.name)
        if self.head_part:
            return self.head if self.head != name else ""
        if self.holder and not self.holder.endswith(name):
            return self.holder
        if current is not None and not self.broke:
            stem = current.name.removesuffix(indicators.tail_of(current.name))
            if len(stem) >= 2 and stem != current.name and indicators.resolve(stem + name):
                return stem
        if not indicators.resolve(name):
            return self.head if self.head != name else ""
        return ""

    def _flush_pending(self) -> None:
        """Rates that stood before any name join the first item that has room for them."""
        for number, slot in self.pending:
            taker = next((item for item in self.sentence_items if item.lacks(slot)), None)
            if taker is not None and slot == "target":
                self._set_target(taker, number)
            elif taker is not None:
                self._set_rate(taker, number, slot)
            else:
                self._leave(number, "未找到指标名称", understood=False)


_LIST_SOFT = SOFT | {"、"}


def _with_object(name: str, object_: str) -> str:
    """A member of a list with the noun that follows the verb: 国税、地税分别完成收入."""
    return name if not object_ or name.endswith(object_) or indicators.resolve(name) else name + object_


def item_is_total(name: str) -> bool:
    """Whether a name is a project total, which needs its projects beside it: 计划投资总额."""
    return name in words()["any"] and words()["any"][name] == "t"


def with_context(context: str, name: str) -> str:
    """A name made to stand alone: (地方收入, 税收) -> 地方税收收入; (收入, 税务部门) -> 税务部门收入."""
    for ending in ("中", "方面", "情况", "部分"):
        context = context.removesuffix(ending)
    if not context or context in name:
        return name
    if name in indicators.name_words("department"):
        return name + context
    standard = indicators.resolve(name) or name
    for ending in ("收入", "支出", "投资"):
        if context.endswith(ending) and standard.endswith(ending):
            return context.removesuffix(ending) + standard
    return context + name


def indicators_clean(name: str) -> str:
    """A member of a list without the words that frame it."""
    low, high = indicators.trim(name)
    return name[low:high].strip("“”\"'的") or name
