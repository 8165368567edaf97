"""Values and targets of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extract import counted, indicators
from extract.items import REASONS, Item
from extract.models import Quantity
from extract.naming import Naming
from extract.phrases import unit_kind
from extract.survey import HARD, Number, Run, runs
from extract.units import in_base

_PLAN_NAME: Final = re.compile(r"(?:年度|全年|今年|本年)?(?:计划|规划|应(?![交税收])|需|拟)(?!生育)")
_MORE: Final = re.compile(r"[多少增减](?!值|幅|加值)")


_SIDES: Final = {
    "area": "面积",
    "money": "金额",
    "people": "人数",
    "household": "户数",
    "length": "里程",
    "mass": "重量",
}
"""What a second measure of a thing is called."""


class Amounts(Naming):
    """Files values and targets: which item an amount belongs to, and which amounts are none."""

    def _value(self, number: Number, run: Run | None) -> None:
        current = self.current
        told = self._told_behind(number, run)
        if told is not None:
            self._set_value(self._open(told, kind=number.kind), number)
            return
        if run is None and number.role == "value":
            run = self._noun_after(number)
        if number.role == "value" and run is not None and not indicators.resolve(run.name):
            run = self._with_noun(run, number)
        if run is not None and number.kind == "count" and run.name in indicators.name_words("project_stage"):
            run = replace(run, name=run.name + "项目")
        planned = _PLAN_NAME.match(run.name) if run is not None and number.role == "value" else None
        if planned and run is not None and self._planned_noun(run, planned.end(), number):
            return
        if number.role == "value" and (run is None or (len(run.name) <= 2 and not indicators.resolve(run.name))):
            run = self._earlier_name_since(number) or run
        if run is None:
            if current is not None and current.value is None and self._here(current) and self._same_time(current):
                self._set_value(current, number)
                return
            run = self._earlier_name(number)
        elif (
            current is not None
            and self._here(current)
            and current.value is None
            and current.target is not None
            and unit_kind(current.target.unit) == number.kind
            and (not indicators.resolve(run.name) or indicators.is_generic(run.name))
        ):
            self._set_value(current, number)
            return
        if (
            current is not None
            and current.planned_total
            and number.role == "value"
            and (run is None or (indicators.is_generic(run.name) and "产值" not in run.name and "收入" not in run.name))
        ):
            self._set_value(self._open_done(current), number)
            return
        if run is not None and current is not None and self._goes_on_doing(run, current, number):
            current.target, current.basis = current.value, "plan"
            current.retell("value", becomes="target")
            self._set_value(current, number)
            return
        if run is None and current is not None and number.role == "value":
            fresh = not self._here(current) or not self._same_time(current)
            if not fresh and number.kind != unit_kind(current.value.unit if current.value else ""):
                self._set_side(current, number)
                return
            if not fresh:
                self._leave(number, "未找到指标名称", understood=False)
                return
        if run is None and (current is None or number.role == "planned_total"):
            self._leave(number, "未找到指标名称", understood=False)
            return
        if (
            run is not None
            and _MORE.match(run.name)
            and not indicators.resolve(run.name)
            and (current is not None and current.value is not None and unit_kind(current.value.unit) == number.kind)
        ):
            self._leave(number, REASONS["increment"], understood=True)
            return
        item = self._open(run, kind=number.kind)
        self._set_value(item, number)
        item.planned_total = number.role == "planned_total"
        if item.planned_total and not item.owner and current is not None and self._here(current):
            item.owner = current.name

    def _goes_on_doing(self, run: Run, item: Item, number: Number) -> bool:
        """Whether a bare deed tells how much is done of what was due: 筹集公共住房2500套:已筹集1615套."""
        if not (self._here(item) and item.name.startswith(run.name) and len(run.name) == 2 < len(item.name)):
            return False
        if (
            item.value is None
            or item.target is not None
            or item.completion is not None
            or item.value.unit != number.quantity.unit
        ):
            return False
        return self.folded.startswith("已", run.start - 1)

    def _told_behind(self, number: Number, run: Run | None) -> Run | None:
        """The name that the words behind a count give: 7家企业被评为市百强企业; none where a known name precedes."""
        if number.role != "value" or (run is not None and indicators.resolve(run.name)):
            return None
        start, end = number.token.start, number.token.end
        name, stop = counted.name_behind(self.folded, start, end, number.kind, number.quantity.unit)
        if not name and run is not None and number.quantity.unit == "家" and run.name in indicators.name_words("state"):
            return replace(run, name=run.name + "企业")
        return Run(name, end, stop) if name else None

    def _with_noun(self, run: Run, number: Number) -> Run:
        """A bare verb takes the noun that the number counts: 优化40个网格; so does a list that ends in 等."""
        listed = run.name.endswith("等")
        noun = self._noun_after(number) if listed or len(run.name) <= 2 else None
        if noun is None or noun.name.startswith(run.name):
            return run
        return noun if listed else Run(run.name + noun.name, run.start, noun.end, run.after_verb)

    def _planned_noun(self, run: Run, length: int, number: Number) -> bool:
        """计划造林8520亩 is a target of 造林."""
        name = run.name[length:]
        if not indicators.plausible(name):
            return False
        self._set_target(self._open(Run(name, run.start + length, run.end, run.after_verb)), number)
        return True

    def _set_side(self, item: Item, number: Number) -> None:
        """A second measure of the thing just counted: 整治点92处共计1.7万平方米."""
        side = _SIDES.get(number.kind)
        if side is None:
            self._leave(number, "未找到指标名称", understood=False)
            return
        other = self._open(None)
        other.name = item.name.removesuffix(side) + side
        self._set_value(other, number)
        self.current = item

    def _set_value(self, item: Item, number: Number) -> None:
        if item.serial != self.serial and item.completion is None and item.yoy is None:
            item.serial = self.serial
            item.when, _ = self.calendar.resolve(self.period) if self.period else (item.when, [])
        if self.value_before is not number.quantity:
            self.last_value, self.value_before = self.value_before, number.quantity
        item.value = number.quantity
        item.mark("value", number.token.start, number.token.end)
        if number.quantity.hedge:
            item.flags.append("约数")

    def _open_done(self, current: Item) -> Item:
        """The item of what is done, opened after the size of the projects: 概算…,当年计划…,实际…."""
        item = self._open(None)
        item.name = self._with_subject(current.owner or current.name)
        return item

    def _with_subject(self, name: str) -> str:
        if name in indicators.name_words("rank"):
            name += self.subject
        return name if name.endswith("投资") else name + "投资"

    def _target(self, number: Number, run: Run | None) -> None:
        current = self.current
        counted = current is not None and (
            current.planned_total or (number.kind == "money" and self._counts_projects(current))
        )
        if current is not None and counted and self._here(current) and run is None:
            self._set_target(self._open_done(current), number)
            return
        inline = self.folded.startswith("的", number.token.end)
        if current is not None and self._takes_target(current, number, run, inline):
            self._set_target(current, number)
            return
        again = inline and current is not None and self._here(current) and self._measures_alike(current, number)
        works = self.works if run is None and number.kind == "money" and not again else None
        if works is not None:
            run = replace(works, name=self._with_subject(works.name))
        if run is None and not self._here(current) and not (self.head_fresh and self.head):
            self.pending.append((number, "target"))
            return
        item = self._open(run)
        if inline and run is None and current is not None and self._here(current) and current.value is not None:
            item.value = current.value
            item.evidence.extend(each for each in current.evidence if each.role == "value")
            item.flags.append("同一数值的另一目标")
        self._set_target(item, number)

    def _takes_target(self, item: Item, number: Number, run: Run | None, inline: bool) -> bool:
        """Whether a target belongs to the open item: …完成8亿元,占年计划15亿元的53%."""
        beside = number.piece > 0 and self.tokens[number.piece - 1].letter == "("
        if not self._here(item) or item.target is not None or not (inline or beside or item.completion is None):
            return False
        if item.value is not None and {unit_kind(item.value.unit), number.kind} == {"count", "money"}:
            return False
        if not (inline or self._measures_alike(item, number) or (run is None and item.value is None)):
            return False
        return run is None or not indicators.resolve(run.name) or (inline and not self._is_new_name(run, item))

    def _measures_alike(self, item: Item, number: Number) -> bool:
        return item.value is not None and unit_kind(item.value.unit) == number.kind

    def _set_target(self, item: Item, number: Number) -> None:
        item.target = number.quantity
        item.basis = item.basis or number.basis
        item.mark("target", number.token.start, number.token.end)

    def _is_net(self, number: Number) -> bool:
        """Whether an increase is a figure of its own: 规上企业净增6家."""
        if number.cue >= number.index or not self.folded.startswith("净增", self.tokens[number.cue].start):
            return False
        return bool(self._candidates(number)) and self.letters.find("C", number.left, number.index) < 0

    def _share_of_target(self, number: Number) -> bool:
        """Whether 占45% is the share of the target just named: value ÷ target tells."""
        item = self.current
        if item is None or item.value is None or item.completion is not None:
            return False
        counted = self.counted if self.counted is not None and self.counted.unit == item.value.unit else None
        if item.target is None and counted is not None and self._ratio(item.value, counted, number):
            item.target = counted
            return True
        last = self._whole_before(number, item.value)
        if item.target is None and last is not None and self._ratio(item.value, last, number):
            item.target = last
            return True
        if item.target is None:
            recent = [x.target for x in (*self.items[-3:], *self.sentence_items[-4:])]
            recent.extend(waiting.quantity for waiting, slot in self.pending if slot == "target")
            earlier = next((target for target in reversed(recent) if target is not None), None)
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

    def _whole_before(self, number: Number, value: Quantity) -> Quantity | None:
        """The amount a rate in brackets may refer to: 240场送戏进村已送203场(84.6%)."""
        last = self.last_value
        bracket = self.folded[number.token.start - 1 : number.token.start] == "("
        return last if bracket and last is not None and last is not value and last.unit == value.unit else None

    def _keep_counted(self, number: Number) -> None:
        """Remember what was counted: 276项重点建设项目共开工228项；完成投资…."""
        stop = number.index + 1
        while stop < len(self.tokens) and self.tokens[stop].letter not in "VvBn,;":
            stop += 1
        found = runs(self.tokens, self.letters, number.index + 1, stop, self.folded)
        if found and found[0].name.endswith(("项目", "工程")):
            self.counted_name = found[0].name

    def _counts_ahead(self, number: Number) -> bool:
        """Whether a count only says how many of a thing the clause speaks of: 12个幸福院建设已完成7个."""
        index = number.index + 1
        tokens = self.tokens
        if number.piece < number.index and re.search("[xw]", self.letters[number.piece : number.index]):
            return False
        while index < len(tokens) and tokens[index].letter in "xwWTp":
            index += 1
        if index == number.index + 1 or index >= len(tokens) or tokens[index].letter not in "VvBn":
            return False
        while index < len(tokens) and tokens[index].letter not in HARD:
            if tokens[index].letter == "n":
                return True
            index += 1
        return False
