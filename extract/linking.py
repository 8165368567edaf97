"""Linking: which name, value, target, completion, change and period belong together.

A sentence's numbers are read from left to right. A number whose words name an indicator opens
an item; one without a name joins the open item if its place there is free, or repeats the item's
name for another period. Runs of numbers (80%和85%) are dealt out over a run of names or over the
items before them, with or without 分别.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from extract import indicators, places
from extract.amounts import Amounts
from extract.context import TELLING, WHOLE_WORKS
from extract.items import REASONS, Item
from extract.models import NO_PERIOD, Evidence
from extract.owning import with_context
from extract.periods import Mention, mentions
from extract.phrases import Token
from extract.survey import RIGHT_DOWN, WORDED, Number, Run, letters_of, survey
from extract.tables import Row, Table
from extract.timing import DAY_BEHIND
from extract.titles import title_subject

_NUMBERING: Final = r"[一二三四五六七八九十]+、|\d+[.、]|[(][一二三四五六七八九十\d]+[)]"
_LINE_PLACE: Final = re.compile(rf"[ \t]*(?:{_NUMBERING})?[ \t]*([\u4e00-\u9fff]{{2,8}}):")
_ROW_LEAD: Final = re.compile(rf"^(?:{_NUMBERING}|#|其中:?)")

_OF_ALL: Final = re.compile("全[县市区镇乡旗州盟省]")
"""What takes a figure back from one of the places told of to that of the report: 全县合计完成71.9亿元."""
_OVERALL: Final = re.compile(r"总体|整体|总进度|总工程量|形象进度|工程进度")
_LEADING_PLACE: Final = re.compile(
    r"(?:(?<=[,;。:\n])|的是|的为|^)([\u4e00-\u9fff]{1,5}?(?:镇|乡|街道))(?:[最较][高低快慢好差]|第[一二三]|垫底|居首|领先|靠前|落后)?,(?:仅|只|才)?$"
)


class Linker(Amounts):
    """Reads the sentences of one paragraph after another and puts records together."""

    def read(self, tokens: list[Token], heading: bool = False) -> None:
        """Link the numbers of one sentence into items."""
        self.tokens = tokens
        self.broke = self.folded.rfind("\n", self.last_end, tokens[0].start) >= 0 if tokens else True
        if self.broke or not self.sentence:
            self.line_place = self._place_of_line(tokens[0].start) if tokens else ""
        self.sentence_before = self.last_end
        self.last_end = tokens[-1].end if tokens else self.last_end
        self.sentence += 1
        before = (self.period, self.calendar.year)
        self.status = self.section_status
        self.part = False
        self.stack = []
        self.pending = []
        self.multi_year = self.multi_year_lasts = self.multi_year_aside = False
        self.firm = self.wider = None
        self.aside = False
        self.hint = None
        self.counted = None
        self.last_value = self.value_before = None
        self.kept_names: list[Run] = []
        self.holder = ""
        self.sentence_items = []
        self.works_named, self.clauses = None, [tokens[0].start] if tokens else []
        if tokens:
            self._lead_of_item(tokens[0].start)
        self.letters = letters_of(tokens)
        self.telling = [index for index, letter in enumerate(self.letters) if letter in TELLING][::-1]
        numbers = survey(tokens, self.letters, self.folded)
        position = 0
        done = 0
        while position < len(numbers):
            group = [numbers[position]]
            while position + len(group) < len(numbers) and numbers[position + len(group)].listed:
                group.append(numbers[position + len(group)])
            self._pass(tokens, done, group[0].index)
            self._group(group)
            done = group[-1].index + 1
            position += len(group)
        self._pass(tokens, done, len(tokens))
        self._flush_pending()
        self.items.extend(self.sentence_items)
        self._settle(before, heading)

    def _place_of_line(self, at: int) -> str:
        """The place that a line is about, named before a colon: 南塘街道:一季度税收1.2亿元."""
        match = _LINE_PLACE.match(self.folded, self.folded.rfind("\n", 0, at) + 1)
        place = match.group(1) if match else ""
        return place if place and place != self.town and places.looks_like_place(place) else ""

    def read_table(self, table: Table) -> None:
        """File the rows of a table; read once, when its first line is met."""
        if table.start in self.tables_read:
            return
        self.tables_read.add(table.start)
        for _, end, mention in mentions(table.title):
            known = self.period is not None and self.period.last is not None
            if DAY_BEHIND.match(table.title, end) or (mention.kind == "year" and known):
                continue
            mention = self.counted_on(mention, table.title)
            self.period = mention
            self.calendar.enter(mention)
        subject = self._subject_of_table(table.title) if table.title else self.subject
        above = ""
        for row in table.rows:
            item = Item(status=self.section_status, serial=self.serial)
            period = self._table_period(row)
            item.when, flags = self.calendar.resolve(period) if period else (NO_PERIOD, ["时段缺失"])
            item.flags = [*flags, "取自表格"]
            self._name_row(item, row, subject)
            if item.text in indicators.name_words("coverage") and above:
                item.name = item.text + above
            above = item.name if item.text not in indicators.name_words("coverage") else above
            item.value, item.target, item.completion, item.yoy = row.value, row.target, row.completion, row.yoy
            item.basis = "annual" if row.completion is not None else None
            item.evidence = [Evidence("indicator", *row.name_span), *row.evidence]
            self.items.append(item)

    def _subject_of_table(self, title: str) -> str:
        """What a table's title says it is of; a known indicator in it where the title is too long to tell."""
        known = indicators.find_known(title)
        subject = title_subject(title)
        return subject[slice(*indicators.trim(subject))] or (title[slice(*known)] if known else "")

    def _table_period(self, row: Row) -> Mention | None:
        """The period of a row: its column's, else the one in force, cut to 本月 or stretched to 累计."""
        period = row.period if row.period is not None and row.period.kind != "current" else self.period
        if period is None or period.last is None:
            return period
        if row.span == "cumulative":
            return period._replace(first=1, kind="months")
        return period._replace(first=period.last, kind="month") if row.span == "month" else period

    def _name_row(self, item: Item, row: Row, subject: str) -> None:
        if row.name in indicators.name_words("total") and (subject or row.head):
            item.name = item.text = row.head if indicators.resolve(row.head) else subject
            return
        if places.is_place(row.name, self.town) or places.looks_like_place(row.name):
            named = row.head if indicators.resolve(row.head) else subject or self.subject or row.name
            item.town, item.name, item.text = row.name, named, named
            return
        low, high = indicators.trim(row.name)
        name = _ROW_LEAD.sub("", row.name[low:high])
        item.text = name or row.name
        item.name = (
            with_context(subject, item.text)
            if indicators.is_generic(item.text) and not indicators.resolve(item.text)
            else item.text
        )

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
            named = (
                self._name(self._candidates(first))
                if role in ("last_year", "share", "quality", "points", "share_change")
                else None
            )
            if role in ("share", "quality") and len(group) > 1:
                self.kept_names = self._listed_names(first, len(group)) or []
            if role == "last_year" or (role == "share" and named is not None and not indicators.is_generic(named.name)):
                self.hint = named or self.hint
            if (
                named is not None
                and role != "last_year"
                and not indicators.is_generic(named.name)
                and len(named.name) <= 14
            ):
                self.holder = named.name
        if role == "share" and len(group) == 1 and self._share_of_target(first):
            role = first.role = "completion"
        if role == "completion" and self._of_total_alone(first):
            role = first.role = "share"
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

    def _of_total_alone(self, number: Number) -> bool:
        """Whether a rate is only a part of a total, nothing done being told: 项目资本金占总投资的30%."""
        if number.basis != "multi-year" or self.tokens[number.cue].letter != "S":
            return False
        told = self.folded[self.tokens[number.cue].start : number.token.start]
        current = self.current if self._here(self.current) else None
        return "总投资" in told and (current is None or current.value is None)

    def _single(self, number: Number) -> None:
        counted = number.role == "value" and number.kind == "count"
        if counted and self._counts_ahead(number) and self._told_behind(number, None) is None:
            self.counted = number.quantity
            self._keep_counted(number)
            self._leave(number, "后文所述事项的个数", understood=True)
            return
        self.naming_total = number.role == "planned_total"
        start, stop = self.tokens[number.left].start, number.token.start
        self.of_all = self.folded.find("全", start, stop) >= 0 and bool(_OF_ALL.search(self.folded, start, stop))
        run = self._name(self._candidates(number))
        if number.place and run is not None and run.name == number.place:
            run = None
        if number.place and run is None and not self._here(self.current):
            run = self._earlier_name(number)
        if run is None and not number.place and number.kind != "count":
            number.place = self._leading_place(number)
        if number.role in ("value", "planned_total"):
            self._value(number, run)
        elif number.role == "target":
            self._target(number, run)
        else:
            self._rate(number, run)

    def _leading_place(self, number: Number) -> str:
        """The place whose number this is, named in the clause before: 最快的是南塘街道,完成56%."""
        start, stop = self.tokens[number.left].start, self.tokens[min(number.cue, number.index)].start
        if self.folded[stop - 1] not in ",仅只才":
            return ""
        match = _LEADING_PLACE.search(self.folded, start, stop)
        place = match.group(1) if match else ""
        return place if place != self.town and places.looks_like_place(place) else ""

    def _rate(self, number: Number, run: Run | None) -> None:
        slot = "yoy" if number.role.startswith(("yoy", "growth")) else "completion"
        if run is not None and WHOLE_WORKS.fullmatch(run.name):
            run = self._works_measured(number, slot) or run
        run = run or self._works_measured(number, slot) or self._other_noun(number)
        last = self.current
        if last is not None and run is None and not number.place and self._carries_on(slot):
            self._set_rate(last, number, slot)
            return
        if run is not None and self._of_whole(run, slot) and self.whole is not None:
            self._set_rate(self.whole, number, slot)
            return
        if (run is None and self._for_all(number, slot)) or (run is not None and self._for_each(run, number, slot)):
            return
        current = last if self._here(last) else None
        if current is not None and not number.place and current.lacks(slot) and self._same_time(current):
            run = run or self._earlier_name_since(number)
            if run is None or not self._is_new_name(run, current):
                self._set_rate(current, number, slot)
                return
        elif run is None and current is None:
            run = self._earlier_name(number) or self._name_in_cue(number)
            if run is None and last is None and not (self.head_fresh and self.head):
                self.pending.append((number, slot))
                return
        elif run is None and current is not None and self._same_time(current) and not self._second_basis(number):
            run = self._earlier_name(number)
        self._set_rate(self._open_for_rate(number, run, current, slot), number, slot)

    def _of_whole(self, run: Run, slot: str) -> bool:
        """Whether a rate behind parts names their whole again: 育苗生产426亩,其中新育168亩,育苗完成计划的106%."""
        whole = self.whole
        if whole is None or not self.part or whole is self.current or not self._here(whole):
            return False
        return whole.lacks(slot) and whole.name.startswith(run.name) and self._same_time(whole)

    def _works_measured(self, number: Number, slot: str) -> Run | None:
        """The works that the sentence began with, where a rate tells how far they are: 总体形象进度达62%."""
        works = self.works if slot == "completion" else None
        if works is None:
            return None
        told = self.folded[self.tokens[number.piece].start : number.token.start]
        return works if _OVERALL.search(told) or (not self.sentence_items and number.basis == "project") else None

    def _open_for_rate(self, number: Number, run: Run | None, current: Item | None, slot: str) -> Item:
        """A new item for a rate; a second rate of the open item on another target or basis keeps its value."""
        item = self._open(run, town=number.place or None)
        if number.role == "growth_target":
            self._aim(item, number)
        if run is not None or current is None or number.place or not self._same_time(current):
            return item
        second = self._second_basis(number)
        if slot == "completion" or second:
            item.value = current.value
            item.evidence.extend(e for e in current.evidence if e.role == "value")
            item.flags.append("另一口径" if second else "同一数值的另一目标")
        return item

    def _aim(self, item: Item, number: Number) -> None:
        """A growth aimed at, not reached; that of the year is told as such: 全年目标为增长6%."""
        item.status = "planned"
        told = self.folded[self.tokens[number.piece].start : number.token.start]
        if self.period is not None and ("全年" in told or "年度" in told):
            item.when, item.flags = self.calendar.resolve(
                self.period._replace(first=1, last=12, kind="months"), ahead=True
            )

    def _for_all(self, number: Number, slot: str) -> bool:
        """同比均增长12.5% after several items belongs to each of them."""
        if self.letters.find("b", number.left, number.index) < 0:
            return False
        free = [item for item in self.sentence_items[-20:] if item.lacks(slot) and item.value is not None]
        if len(free) < 2:
            return False
        for item in free:
            self._set_rate(item, number, slot)
        return True

    def _for_each(self, run: Run, number: Number, slot: str) -> bool:
        """外贸出口和实际利用外资均增长15.2% is a record for each name."""
        if self.letters.find("b", number.left, number.index) < 0:
            return False
        for count in (2, 3, 4):
            texts = self._list_texts(self.tokens, number.left, min(number.cue, number.index))
            names = indicators.split_names(texts[-1][2], count) if texts else None
            if names and all(indicators.resolve(name) or indicators.looks_like_name(name) for name in names):
                for name in names:
                    self._set_rate(self._open(Run(name, run.start, run.end)), number, slot)
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
        return self.letters.find("A", number.left, number.index) >= 0

    def _set_rate(self, item: Item, number: Number, slot: str) -> None:
        value = self._percent(number)
        if value is None:
            self._leave(number, "未看懂的比率", understood=False)
            return
        if slot == "yoy" and item.value is None and item.target is not None:
            item.value, item.target, item.status = item.target, None, "planned"
            self.status = "planned"
            if self.period is not None and self._same_time(item):
                item.when, _ = self.calendar.resolve(self.period, ahead=True)
            item.retell("target", becomes="value")
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

    def _deal(self, group: list[Number]) -> None:
        """Deal a run of numbers out over as many names, or over the items before it."""
        first = group[0]
        role = first.role
        slot = (
            "value"
            if role in ("value", "planned_total")
            else "target"
            if role == "target"
            else "yoy"
            if role.startswith("yoy")
            else "completion"
        )
        names = self._listed_names(first, len(group))
        free = [item for item in self.sentence_items[-60:] if item.lacks(slot)]
        if not names and len(free) < len(group):
            names = self._names_before_last(first, len(group))
        if not names and len(self.kept_names) == len(group):
            names, self.kept_names = self.kept_names, []
        if names:
            targets = [self._open(run) for run in names]
        else:
            if len(free) < len(group):
                free = [item for item in [*self.items[-len(group) :], *self.sentence_items[-60:]] if item.lacks(slot)]
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

    def _flush_pending(self) -> None:
        """Rates that stood before any name join the first item that has room for them."""
        for number, slot in self.pending:
            taker = next((item for item in self.sentence_items[:20] if item.lacks(slot)), None)
            if taker is not None and slot == "target":
                self._set_target(taker, number)
            elif taker is not None:
                self._set_rate(taker, number, slot)
            else:
                self._leave(number, "未找到指标名称", understood=False)
