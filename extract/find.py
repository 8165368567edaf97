"""The pipeline on one screen: fold, cut into sentences, lex, link, date, place, report what was missed."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import Final

from extract import indicators, places
from extract.items import Item, Leftover
from extract.linking import Linker
from extract.models import Document, Findings, Missed, Quantity, Record
from extract.periods import (
    DATE_LINE,
    Calendar,
    broken_years,
    find_date,
    find_file_year,
    find_first_dated,
    find_plan_year,
    find_title_year,
    without_date_lines,
)
from extract.phrases import lex, unit_kind
from extract.tables import Table, find_tables
from extract.text import fold, sentences
from extract.titles import title_line, title_subject
from extract.town import find_town
from extract.worth import is_headline

_year_heading: Final = re.compile(
    r"[ -]*(?:[(]?[一二三四五六七八九十]+[)、.])?[^\d,;:%(]{0,8}((?:19|20)\d\d)(?!\d)年?[^\d,;:%()]{0,12}[:?]?"
).fullmatch
_SIGNS: Final = (
    *"0123456789%",
    *("百分之", "持平", *(f"翻{times}" for times in "一两了番")),
    *(f"{digit}{part}" for digit in "一二三四五六七八九十两" for part in "成倍"),
    *(f"{digit}{more}{large}" for digit in "一二三四五六七八九十百千" for more in ("", "多", "余") for large in "万亿"),
)
_FIGURE: Final = re.compile("|".join(_SIGNS))
"""What a sentence with figures holds; spelled out, for the engine leaps to the first characters of plain words."""
_IN_SENTENCES: Final = re.compile("[,;。]")
_HEADING: Final = re.compile(
    r"[ ]*(?:[(]?[一二三四五六七八九十]+[)、.]|第[一二三四五六七八九十]+[章节部]|\d{1,2}[、.](?!\d))"
)


def find(source: Document | str) -> Findings:
    """Every record of a report, and every rate or amount that gave none; never raises on any text."""
    document = source if isinstance(source, Document) else Document(name="", text=source)
    text = document.text
    folded = fold(text)
    town, candidates, flags = find_town(folded, fold(document.title or ""))
    title = title_line(folded)
    calendar = open_calendar(folded, document, title)
    titled = folded.find(title) + len(title) if title else 0
    subject = title_subject(places.split_place(title, town)[1])
    linker = Linker(folded, calendar, town, subject[slice(*indicators.trim(subject))])
    tables = _tables(folded)
    for start, end in sentences(folded):
        if tables and _in_table(tables, start, linker):
            continue
        alone = folded[end : end + 1] in "\n" and (start == 0 or folded[start - 1].isspace())
        if not _FIGURE.search(folded, start, end):
            linker.skim(start, end, whole_line=alone)
        elif end - start < 80 and DATE_LINE.fullmatch(folded, start, end):
            continue
        elif heading := _year_heading(folded, start, end) if alone or end - start <= 14 else None:
            linker.open_section(start, end, int(heading.group(1)))
        elif end <= titled:
            linker.open_title(start, end)
        else:
            linker.read(lex(folded, start, end), heading=end - start < 40 and bool(_HEADING.match(folded, start, end)))
    town = _as_written(town, text, folded) if town else None
    told = _Sentences(text, folded)
    records = tuple(_record(item, document, town, folded, told) for item in linker.items if _kept(item, linker))
    missed = tuple(_missed(left, told) for left in linker.leftovers)
    return Findings(document, records, missed, town, candidates, linker.main_period(), (*document.flags, *flags))


def _as_written(words: str, text: str, folded: str, start: int = 0, end: int | None = None) -> str:
    """Words in the report's own characters where they stand in it as a whole: 雙溪縣, not 双溪县; 億元, not 亿元."""
    at = folded.find(words, start, end)
    own = text[at : at + len(words)] if at >= 0 else words
    if own == words:
        return words
    return "".join(half if half.isascii() else mark for half, mark in zip(words, own, strict=True))


def open_calendar(folded: str, document: Document, title: str) -> Calendar:
    """The year to start from: the text's own first year, the title's, the date line's, the file name's."""
    broken = broken_years(folded)
    titled = find_title_year(title) or find_title_year(fold(document.title or ""))
    calendar = Calendar(published=find_date(folded), broken=broken, titled=titled, plan_year=find_plan_year(title))
    first = find_first_dated(without_date_lines(folded[:3000]))
    if first is not None:
        calendar.year, calendar.year_from = first.year, "年份承自正文"
        return calendar
    if titled is not None:
        calendar.year, calendar.year_from = titled, "年份取自标题"
        return calendar
    if calendar.published is None and document.date:
        calendar.published = (int(document.date[:4]), int(document.date[5:7]))
    if calendar.published is None:
        calendar.year, calendar.year_from = find_file_year(folded), "年份取自文号"
    if calendar.published is None and calendar.year is None:
        calendar.year, calendar.year_from = find_title_year(fold(document.name)), "年份取自文件名"
    if calendar.published is None and calendar.year is None:
        calendar.year, calendar.year_from = find_title_year(folded[:5000]), "年份取自正文"
    return calendar


_BLANK_SIGNS: Final = re.compile(r" (?:(?<=\d ) *-?\d|[-+]?\d[\d.,]*%?[ ]*(?:\n|$))")
_LINE_SIGNS: Final = re.compile(r"\n(?:[ ]*-?[\d.,]+%?[ ]*\n|[^\n,]{1,12}(?:,[^\n,]{1,16}){3,}(?:\n|$))")


def _tables(folded: str) -> list[Table]:
    """The tables, last first, to be taken from the end; looked for only where the text has signs of one."""
    signs = "|" in folded or _BLANK_SIGNS.search(folded) or _LINE_SIGNS.search(folded)
    return list(find_tables(folded))[::-1] if signs else []


def _in_table(tables: list[Table], start: int, linker: Linker) -> bool:
    """Whether a sentence lies in a table, which is read when its first line is met."""
    table = tables[-1]
    if start < table.start:
        return False
    linker.read_table(table)
    while tables and start >= tables[-1].start:
        if start < tables[-1].end:
            return True
        tables.pop()
    return False


def _kept(item: Item, linker: Linker) -> bool:
    """A rate makes a record; a value alone only where a dashboard would show it."""
    if not item.name:
        linker.leave_nameless(item)
        return False
    if item.completion is not None or item.yoy is not None:
        if _repeated(item, linker):
            linker.leave_repeated(item)
            return False
        return True
    if item.value is None:
        if item.target is not None:
            linker.leave_item(item, "target")
        return False
    if item.planned_total or item.status == "planned" or not is_headline(item):
        linker.leave_item(item, "planned_total" if item.planned_total else "plain")
        return False
    return True


def _repeated(item: Item, linker: Linker) -> bool:
    """Whether a title's change is told again below: 柳溪县1-8月税收增长23.4%, and 税收同比增长23.4% in the text."""
    if item.sentence != 1 or item.value is not None or item.completion is not None or "\n" not in linker.folded:
        return False
    title = linker.folded.lstrip().split("\n")[0]
    if _IN_SENTENCES.search(title) or max(e.end for e in item.evidence) > linker.folded.find(title) + len(title):
        return False
    name = indicators.resolve(item.name) or item.name
    return any(
        other is not item
        and other.yoy == item.yoy
        and (other.when == item.when or item.when.start is None)
        and (indicators.resolve(other.name) or other.name) == name
        for other in linker.items
    )


_evidence_start: Final = attrgetter("start")


def _record(item: Item, document: Document, town: str | None, folded: str, told: _Sentences) -> Record:
    spans = sorted(item.evidence, key=_evidence_start)
    start = spans[0].start
    end = max([each.end for each in spans])
    value = item.value
    name = filed_name(item)
    target, target_from = (item.target, "stated") if item.target is not None else (implied_target(item), "implied")
    named, unit, target_unit = item.text, value.unit if value else "", target.unit if target else ""
    text = document.text
    if text[start:end] != folded[start:end]:
        named, unit, target_unit = (
            _as_written(words, text, folded, start, end) if words else words for words in (named, unit, target_unit)
        )
    return Record(
        report=document.name,
        town=item.town or town,
        indicator=indicators.resolve(name) or name,
        indicator_text=named,
        value=value.value if value else None,
        unit=unit or None,
        completion=item.completion,
        basis=item.basis if item.completion is not None else None,
        target=target.value if target else None,
        target_unit=target_unit if target else None,
        target_from=target_from if target else None,
        yoy=item.yoy,
        period_start=item.when.start,
        period_end=item.when.end,
        status=item.status,
        sentence=told.around(start, end),
        start=start,
        end=end,
        flags=tuple(dict.fromkeys(item.flags)),
        evidence=tuple(spans),
    )


_WHOLE_TARGETS: Final = frozenset({"annual", "half", "quarter", "plan", "budget"})


def implied_target(item: Item) -> Quantity | None:
    """The target that value and completion imply, in the value's unit and digits: 4.36亿元 at 55.2 % is 7.90亿元."""
    value, share = item.value, item.completion
    if value is None or share is None or share <= 0 or item.basis not in _WHOLE_TARGETS:
        return None
    target = value.value * 100 / share
    return Quantity(target.quantize(value.value), value.unit)


_TOLD_AS_DEED: Final = re.compile("(种植|栽植|栽种|移栽|播种|生产|出产|产)([\u4e00-\u9fff]{2,8})")
"""What was grown or made, told as a deed: 栽植烤烟, 产混合糖."""


def filed_name(item: Item) -> str:
    """An item's name with the measure that its amount means.

    重点项目, 年度计划投资13亿元 is 重点项目投资; 栽植烤烟4300亩 is 烤烟种植面积.
    """
    amount = item.value or item.target
    if amount is not None and item.name.endswith(("项目", "工程")) and unit_kind(amount.unit) == "money":
        return item.name + "投资"
    if item.completion is not None and item.name.endswith(("项目总投资", "工程总投资")):
        return item.name.removesuffix("总投资") + "投资"
    if amount is not None and (told := _TOLD_AS_DEED.fullmatch(item.name)) and not indicators.resolve(item.name):
        deed, thing = told.groups()
        kind = unit_kind(amount.unit)
        if kind == "area" and "产" not in deed:
            return f"{thing}{'播种' if deed == '播种' else '种植'}面积"
        if kind == "mass" and "产" in deed:
            return f"{thing}产量"
    if amount is not None and item.name.endswith("到位") and unit_kind(amount.unit) == "money":
        return item.name + "资金"
    return item.name


_BREAK: Final = re.compile("[。\n]")
_FAR: Final = 1000
"""How many characters before and behind its words a record tells of a sentence without end."""


class _Sentences:
    """The sentences of a report, each cut out once, however many records it has."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.breaks = [match.start() for match in _BREAK.finditer(folded)]
        self.told: dict[tuple[int, int], str] = {}

    def around(self, start: int, end: int) -> str:
        """The sentence that holds a stretch of the text, or the sentences where it reaches over several."""
        before, after = bisect_left(self.breaks, start), bisect_left(self.breaks, end)
        low = max(self.breaks[before - 1] + 1 if before else 0, start - _FAR)
        stop = min(self.breaks[after] + 1 if after < len(self.breaks) else len(self.text), end + _FAR)
        if (low, stop) not in self.told:
            self.told[low, stop] = self.text[low:stop].strip()
        return self.told[low, stop]


def _missed(left: Leftover, told: _Sentences) -> Missed:
    return Missed(
        left.start,
        left.end,
        told.text[left.start : left.end],
        told.around(left.start, left.end),
        left.reason,
        left.understood,
    )
