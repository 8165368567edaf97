"""The rows of a spreadsheet's table as lines that the extraction reads.

A head of several rows becomes one (1-6月 over 完成率 is 1-6月完成率), merged cells stand in every place that they
cover, rows with one text (titles, 单位：万元) become lines. A table of towns whose columns are several indicators
is written as one table for each indicator, titled by its name; so is one with the towns over the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import indicators, places
from extract.tables import column as role_of_head

MOST_HEADS = 4
LONG_NAME = 10  # characters: the subject of a title is no longer

_NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+\s*[%％]?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_UNIT = re.compile(r"[(（]([^()（）]{1,8})[)）]")
_UNIT_ROW = re.compile(r"[(（]?\s*单位\s*[:：]\s*([^\s)）]*)")
_PERIOD = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:\d{1,2}\s*[-—~至]\s*)?(?:\d{1,2}月(?:份|末|底)?|[上下]半年|全年|本月|本期|累计|前?[一二三四]季度|年)?$"
)
# What the column of one indicator says beside its name: 固定资产投资完成率(%) is 固定资产投资 and 完成率(%).
_TARGET = r"(?:本年|全年|年度|年初)?(?:目标|任务|计划|预算)(?:任务|目标)?(?:数|值|额)?"
_RATE = r"(?:占|为|完成)?(?:年度|全年|年)?(?:目标|任务|计划|预算)?(?:任务)?(?:完成率|完成比例|完成进度|进度|%|％)"
_VALUE = r"(?:累计|实际|本月|当月|已)?(?:完成|达到|实绩|实际)(?:数|值|额|情况)?|累计数?|本月数?|绝对[值额]"
_CHANGE = r"(?:比上年|较上年|比去年|较去年)?(?:同比|同期)?(?:增长率?|增速|增幅|增减|±)|同比"
_MEASURE = re.compile(rf"(?:{_TARGET}|{_RATE}|{_VALUE}|{_CHANGE})\s*[%％]?(?:[(（][^()（）]*[)）])?$")
PLAIN_MEASURE = "完成数"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text as it is shown, and its address; "" for words that no cell holds."""

    text: str
    address: str = ""


Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one indicator, or of one town: its name, what each holds, and where they are."""

    name: str
    measures: tuple[Cell, ...]
    places: tuple[int, ...]


def block_lines(rows: list[Row]) -> Iterator[Row]:
    """The lines of rows that stand together: titles, the head, the rows, the notes below."""
    rows = _without_empty_columns(rows)
    unit = ""
    while rows and _is_loose(rows[0]):
        line = _distinct(rows.pop(0))
        found = _UNIT_ROW.search(line[0].text)
        unit = found[1] if found else unit
        yield line
    count = _head_rows(rows)
    if not count:
        yield from map(_trimmed, rows)
        return
    heads = _spread(rows[:count])
    last = max(index for index, row in enumerate(rows) if _has_figures(row))
    body = [_trimmed(row) for row in rows[count : last + 1]]
    yield from _by_indicator(heads, body, unit) or [_joined(heads), *body]
    yield from map(_distinct, rows[last + 1 :])


def _without_empty_columns(rows: list[Row]) -> list[Row]:
    kept = [column for column in range(len(rows[0])) if any(row[column].text for row in rows)]
    return [[row[column] for column in kept] for row in rows]


def _distinct(row: Row) -> Row:
    """Merged cells once, empty ones not at all."""
    seen: dict[str, Cell] = {}
    for cell in row:
        if cell.text:
            seen.setdefault(cell.address, cell)
    return [Cell("  ".join(cell.text for cell in seen.values()), next(iter(seen.values())).address)]


def _trimmed(row: Row) -> Row:
    return row if len({cell.address for cell in row if cell.text}) > 1 else _distinct(row)


def _is_loose(row: Row) -> bool:
    """A title, a line with the unit or the day: one text, or a unit beside another, and no row of figures."""
    texts = {cell.address: cell.text for cell in row if cell.text}
    if len(texts) == 1:
        return True
    units = any(_UNIT_ROW.match(text) for text in texts.values())
    return units and len(texts) <= 3 and not any(_NUMBER.match(text) for text in texts.values())


def _has_figures(row: Row) -> bool:
    return any(_is_figure(cell.text) for cell in row[1:])


def _head_rows(rows: Sequence[Row]) -> int:
    """How many rows the head has; 0 where no row of figures follows."""
    if not any(map(_has_figures, rows)):
        return 0
    for count, row in enumerate(rows[: MOST_HEADS + 1]):
        if _has_figures(row) or (count and len({cell.address for cell in row if cell.text}) == 1):
            return count
    return 0


def _spread(heads: Sequence[Row]) -> list[Row]:
    """Heads of several rows with each one that stands over several columns in all of them, as a merged cell is.

    A file without merged cells (.csv) leaves the others empty.
    """
    last = heads[-1]
    spread = [list(row) for row in heads]
    for row in spread[:-1]:
        for column in range(1, len(row)):
            if not row[column].text and last[column].text and last[column - 1].text:
                row[column] = row[column - 1]
    return spread


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.match(text) and not _YEAR.match(text))


def _joined(heads: Sequence[Row]) -> Row:
    """The heads over each column as one: 1-6月 over 完成率 is 1-6月完成率."""
    return [_one_head([row[column] for row in heads]) for column in range(len(heads[0]))]


def _one_head(cells: Sequence[Cell]) -> Cell:
    parts = dict.fromkeys(cell.text for cell in cells if cell.text)
    return Cell("".join(parts), next((cell.address for cell in reversed(cells) if cell.text), ""))


def _by_indicator(heads: Sequence[Row], body: Sequence[Row], unit: str) -> list[Row]:
    """One table after another where towns meet several indicators; none for a table of another kind."""
    wide = [row for row in body if len(row) == len(heads[0])]
    first = next((index for index in range(min(3, len(heads[0]))) if _are_places([row[index] for row in wide])), None)
    if first is not None:
        return _towns_below(first, heads, wide, unit)
    return _towns_beside(heads, wide, unit)


def _are_places(cells: Sequence[Cell]) -> bool:
    names = [cell.text for cell in cells if cell.text]
    return bool(names) and sum(map(_is_place, names)) * 2 > len(names)


def _is_place(name: str) -> bool:
    return places.is_place(name, None) or places.looks_like_place(name)


def _groups(heads: Sequence[Row], wide: Sequence[Row], first: int) -> list[Columns]:
    """The columns by what they are about; those with no figures, or about nothing of their own, under ""."""
    found: dict[str, list[tuple[Cell, int]]] = {}
    for index in range(first, len(heads[0])):
        name, measure = _name_and_measure([row[index].text for row in heads])
        if not any(row[index].text for row in wide):
            continue
        if not any(_is_figure(row[index].text) for row in wide):
            name, measure = "", _one_head([row[index] for row in heads]).text
        address = _one_head([row[index] for row in heads]).address
        found.setdefault(name, []).append((Cell(measure, address), index))
    return [Columns(name, *map(tuple, zip(*members, strict=True))) for name, members in found.items()]


def _name_and_measure(heads: Sequence[str]) -> tuple[str, str]:
    """The indicator and the measure of a column: 固定资产投资 over 完成率(%), or both in one head."""
    parts = list(dict.fromkeys(head for head in heads if head))
    whole = "".join(parts)
    if len(parts) > 1 and _MEASURE.fullmatch(parts[-1]):
        name, measure = "".join(parts[:-1]), parts[-1]
    else:
        found = _MEASURE.search(whole)
        name, measure = (whole[: found.start()], found[0]) if found else (whole, PLAIN_MEASURE)
    return ("", whole) if _PERIOD.fullmatch(name) else (name, measure)


def _towns_below(first: int, heads: Sequence[Row], wide: Sequence[Row], unit: str) -> list[Row]:
    groups = _groups(heads, wide, first + 1)
    if not any(group.name for group in groups):
        return []
    lines: list[Row] = []
    for group in groups:
        lines += [[Cell(_title(group.name, unit))]] if group.name else []
        lines.append([_one_head([row[first] for row in heads]), *_measures(group)])
        lines += [
            [row[first], *(row[index] for index in group.places)]
            for row in wide
            if any(row[index].text for index in group.places)
        ]
    return lines


def _towns_beside(heads: Sequence[Row], wide: Sequence[Row], unit: str) -> list[Row]:
    """Towns over the columns, an indicator in each row: for each row a table of the towns."""
    groups = [group for group in _groups(heads, wide, 1) if _is_place(group.name)]
    if len(groups) < 2:
        return []
    units = next((index for index, head in enumerate(_joined(heads)) if role_of_head(head.text).role == "unit"), None)
    lines: list[Row] = []
    for row in wide:
        name = row[0].text
        lines.append([Cell(_title(name, row[units].text if units is not None else unit), row[0].address)])
        lines.append([Cell("乡镇"), *_measures(Columns(name, groups[0].measures, groups[0].places))])
        lines += [
            [Cell(group.name, group.measures[0].address), *(row[index] for index in group.places)]
            for group in groups
            if any(row[index].text for index in group.places)
        ]
    return lines


def _measures(group: Columns) -> Row:
    """What the columns hold; a name too long for a title stands in the head of the value's column."""
    name = _UNIT.sub("", group.name)
    if len(name) <= LONG_NAME or not indicators.resolve(name):
        return list(group.measures)
    return [
        Cell(name + cell.text, cell.address) if role_of_head(cell.text).role == "value" else cell
        for cell in group.measures
    ]


def _title(name: str, unit: str) -> str:
    """固定资产投资(万元) -> 固定资产投资完成情况 单位:万元."""
    own = _UNIT.search(name)
    unit = own[1] if own else unit
    return f"{_UNIT.sub('', name)}完成情况{' 单位:' + unit if unit else ''}"
