"""What a name that cannot stand alone is of: the projects just counted, a head, a crop, what the line began with."""

from __future__ import annotations

import re
from typing import Final

from extract import indicators, places
from extract.items import Item
from extract.listing import Listing
from extract.phrases import unit_kind
from extract.vocabulary import words

HOLDERS: Final = ("企业", "产业", "部门", "行业", "系统", "园区", "单位")
"""What holds figures and needs a measure beside it: 第二产业, 税务部门."""
_WORKS: Final = re.compile(r"(?:(?:新开工|开工|计划)的?)?(.{2,14}(?:工程|改造|住房|安置房|项目|建设|搬迁))")
_SUBJECT: Final = re.compile(
    r"(?:[(]?[一二三四五六七八九十\d]+[)、.]|[ #*-])*([\u4e00-\u9fffA-Za-z“”]{2,12}?)(?:[ :,]|[年已计]|全年|目标|任务)"
)
_SOLD: Final = re.compile(
    r"^(?:收购|销售|生产|出栏)(?=..)|(?:收购|销售|成交|交易|出栏|种植|播种|生产)?(?:总?产量|产值|[数量额]|面积|收入)?$"
)
_HIT_BY: Final = re.compile(r"(?:^|[,;。\n])([\u4e00-\u9fff]{2,6}?)(?:受|因|由于)[^,;。\d]{2,20},?$")
_IN_ALL: Final = re.compile("累计|共计|合计|总计|共$")
_TENDED: Final = re.compile(r"(?<=..)(?:种植|播种|栽植|栽培|收获|投产|挂果)$")
_YIELDS: Final = frozenset(("产量", "总产", "总产量", "单产"))
"""What a crop yields, told behind how much of it was planted: 猕猴桃种植1.1万亩,总产1.3万吨."""
_GROWN: Final = ("产量", "存栏", "存栏量", "出栏", "出栏量", "播种面积", "用电量")
"""Measures that a crop or a herd told as a part shares with its whole: 粮食产量…,其中小麦…."""
_AGREED: Final = ("协议", "合同", "签约", "意向", "计划")


class Owning(Listing):
    """Finds what a generic noun, a deed or a stage belongs to."""

    def _measure_of(self, name: str, item: Item, kind: str) -> str:
        """The measure that a mere holder of figures lacks: 第二产业4.4亿千瓦时 after 全社会用电量 is 第二产业用电量."""
        told = indicators.tail_of(self.head) if self.head_sentence == self.sentence else ""
        if told and told != self.head and name.endswith("业") and not indicators.resolve(name):
            return told
        base = self.whole if self.part else self.current
        if kind == "people" and len(name) == 2 and name in ("死亡", "受伤"):
            return "人数"
        single = name in indicators.name_words("single")
        crop = bool(kind) and self.part and len(name) <= 4 and not indicators.looks_like_name(name)
        housing = name in indicators.name_words("housing")
        if base is None or base.value is None or not (name.endswith(HOLDERS) or single or crop or housing):
            return ""
        if (kind and unit_kind(base.value.unit) != kind) or (not kind and not (self.part or self.stack)):
            return ""
        known = indicators.resolve(base.name) or base.name
        if housing:
            return "" if not known.startswith("商品房") else known.removeprefix("商品房")
        tail = indicators.tail_of(known).replace("总值", "增加值")
        if crop and not name.endswith(HOLDERS) and tail not in _GROWN:
            return ""
        return "" if tail == known or name.endswith(tail) else tail

    def _counts_projects(self, item: Item) -> bool:
        return self._here(item) and item.completion is None and _is_count_of_projects(item)

    def _context(self, name: str, start: int) -> str:
        """What a name that cannot stand alone belongs to: the projects just counted, or the head before the colon."""
        current = self.current
        counted = self._projects_counted()
        works = self.works if indicators.is_money_noun(name) else None
        if works is not None and not (counted is not None and self._here(counted)):
            return works.name
        if self.part and self.whole is not None and _IN_ALL.search(self.folded, max(start - 4, 0), start):
            counted = self.whole if _is_count_of_projects(self.whole) else counted
        if counted is not None and indicators.is_money_noun(name):
            kind = counted.name + "项目" if counted.name.endswith("类") else counted.name
            return "招商引资" if counted.name.startswith("招商引资") and name.endswith("资金") else kind
        if self.counted_name and indicators.is_money_noun(name) and not self._tells_other():
            return self.counted_name
        if name in indicators.name_words("department") and self.whole is not None:
            return indicators.tail_of(self.whole.name)
        if self.head_part:
            return self.head if self.head != name else ""
        if self.holder and not self.holder.endswith(name):
            return self.holder
        if name in indicators.name_words("deed") or not indicators.resolve(name):
            hit = _HIT_BY.search(self.folded, max(start - 40, 0), start)
            if hit:
                return self._subject_of(hit.group(1))
        alone = indicators.resolve(name) is not None
        if not alone and current is not None and self._here(current) and indicators.resolve(current.name + name):
            return current.name
        if not alone and self._opens_month():
            return self._told_first(name)
        if current is not None and (not self.broke or self._here(current)):
            stem = indicators.stem_of(current.name)
            stem = stem.removesuffix("到位") if name != "资金" else stem
            stem = _TENDED.sub("", stem) if name in _YIELDS else stem
            if name.startswith(("实际", "到位")) and stem in _AGREED:
                return ""
            known = indicators.resolve(name) or not (self._here(current) or indicators.resolve(stem + name))
            if len(stem) >= 2 and stem != current.name and not known:
                return stem
        if name in indicators.name_words("stage"):
            things = self._things_counted() if not indicators.is_money_noun(name) else ""
            if things:
                return things
            return (self.head if indicators.is_money_noun(name) else "") or self._works_named()
        if name in indicators.name_words("deed"):
            return self._doer_of(name)
        if not indicators.resolve(name):
            head = self.head or (self.subject if self.subject.endswith(("项目", "工程")) else "")
            return head if head != name else ""
        return ""

    def _opens_month(self) -> bool:
        """Whether a sentence goes back to the report's own figure for one month: 10月份单月完成收入5.6亿元."""
        month = self.period is not None and self.period.kind in ("month", "only", "current")
        return month and not self.sentence_items and self.dated == self.sentence

    def _told_first(self, name: str) -> str:
        """What the first figure of a generic noun was of: 收入 after 一般公共预算收入…,其中税收…."""
        first = next((item.name for item in self.items if item.name.endswith(name) and item.name != name), "")
        return first.removesuffix(name)

    def _doer_of(self, name: str) -> str:
        """What a bare deed or measure is of: 收购 after 收购烟叶…; else what the line begins with."""
        if name in ("金额", "数量") and self.current is not None and self._here(self.current):
            return "" if self.current.name.endswith(("笔数", "金额")) else self.current.name
        sold = _SOLD.sub("", self.current.name) if self.current is not None and self._here(self.current) else ""
        if name.endswith(("价", "价格")) and sold:
            return sold
        for item in reversed([*self.items[-6:], *self.sentence_items[-6:]]):
            if name in item.name[1:]:
                return item.name[: item.name.rindex(name)]
            rest = item.name.removeprefix(name)
            if rest not in ("", item.name) and rest not in indicators.name_words("deed"):
                return item.name
        told = _SUBJECT.match(self.folded, self.tokens[0].start) if self.tokens else None
        return self._subject_of(told.group(1)) if told else ""

    def _subject_of(self, text: str) -> str:
        """What a line or clause is about, without the place and the words that frame it; empty for no thing."""
        name = self._without_town(places.split_place(text, self.town)[1])
        name = name[slice(*indicators.trim(name))]
        return "" if indicators.is_clause(name) or not indicators.plausible(name) else name

    def _things_counted(self) -> str:
        """The things that the open item says how many are due of: 改造小区42个,已完工35个."""
        if self.head and self.head_at == self.sentence - 1 and not self.broke:
            return self.head
        item = self.current
        amount = (item.value or item.target) if item is not None and self._here(item) else None
        if item is None or amount is None or unit_kind(amount.unit) not in ("count", "household"):
            return ""
        name = item.name
        for stage in sorted(indicators.name_words("stage"), key=len, reverse=True):
            name = name.removesuffix(stage)
        return name if len(name) > 2 and name[-1] not in "程积量" else ""

    def _works_named(self) -> str:
        """The works that a bare stage (开工, 竣工) is of: what a recent record or the head names."""
        names = [
            self.head,
            *(item.name for item in reversed(self.sentence_items[-6:])),
            *(x.name for x in reversed(self.items[-4:])),
        ]
        matches = (_WORKS.search(name) for name in names)
        return next((match.group(1) for match in matches if match), self.head or self.subject)

    def _projects_counted(self) -> Item | None:
        """The projects that this sentence, or the one before it, counts: 108个续建项目完成投资…."""
        counted = next((item for item in reversed(self.sentence_items[-6:]) if _is_count_of_projects(item)), None)
        if counted is not None or self.broke or self._tells_other():
            return counted
        for item in reversed(self.items[-3:]):
            if _is_count_of_projects(item):
                return item
            if indicators.resolve(item.name) and "项目" not in item.name:
                return None
        return None

    def _tells_other(self) -> bool:
        """Whether the sentence has told of an indicator of its own, no longer of the projects before it."""
        return any(indicators.resolve(item.name) and "项目" not in item.name for item in self.sentence_items[-20:])

    def _without_town(self, name: str) -> str:
        if self.town and name.startswith(self.town) and indicators.plausible(name[len(self.town) :]):
            own = name[len(self.town) :]
            return self.town[-1] + own if own[0] in "级属" else own
        stem = places.stem_of(self.town) if self.town else ""
        rest = name[len(stem) :] if stem and name.startswith(stem) else ""
        rest = rest[slice(*indicators.trim(rest))]
        return rest if rest and indicators.resolve(rest) else name


def item_is_total(name: str) -> bool:
    """Whether a name is a project total, which needs its projects beside it: 计划投资总额."""
    return words()["any"].get(name, "") in ("t", "q")


def with_context(context: str, name: str) -> str:
    """A name made to stand alone: (地方收入, 税收) -> 地方税收收入; (收入, 税务部门) -> 税务部门收入."""
    for ending in ("中", "方面", "情况", "部分", "收支"):
        context = context.removesuffix(ending)
    if context.startswith(name):
        return context
    if not context or context in name or context in indicators.name_words("no_owner"):
        return name
    if name in ("进口", "出口") and "进出口" in context:
        return context[: context.index("进出口")] + name
    if name in indicators.name_words("department"):
        return name + context
    standard = indicators.resolve(name) or name
    for ending in ("收入", "支出", "投资"):
        if context.endswith(ending) and standard.endswith(ending):
            return context.removesuffix(ending) + standard
    shared = next(
        (size for size in range(min(len(context), len(name)) - 1, 1, -1) if name.startswith(context[-size:])), 0
    )
    return context + name[shared:]


def _is_count_of_projects(item: Item) -> bool:
    named = item.name.endswith(("项目", "工程", "类"))
    return named and item.value is not None and unit_kind(item.value.unit) == "count"
