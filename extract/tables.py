"""Tables in a report's text: rows with | or tabs or blanks between the cells, and one cell a line.

A head row tells what the columns are (任务, 完成数, 完成率%, 同比增长(%)); every row below gives a record
for each value column, named by its first cell, or by the table's title where the first cell is a town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, NamedTuple

from extract.models import Evidence, Quantity
from extract.periods import DATE_LINE, Mention, mentions
from extract.phrases import unit_kind
from extract.vocabulary import name_words, read_table


class Cell(NamedTuple):
    """One cell with its place in the document."""

    text: str
    start: int
    end: int
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: role name, value, target, completion, yoy, unit or skip; unit and period from its head."""

    role: str
    head: str
    unit: str = ""
    period: Mention | None = None


@dataclass(slots=True)
class Row:
    """A record of a table before it is filed: its name, its numbers and where they stand."""

    name: str
    name_span: tuple[int, int]
    value: Quantity | None = None
    target: Quantity | None = None
    completion: Decimal | None = None
    yoy: Decimal | None = None
    period: Mention | None = None
    head: str = ""
    span: str = ""
    flags: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: where it stands, its title line, and its rows."""

    start: int
    end: int
    title: str
    rows: tuple[Row, ...]


_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NUMERIC: Final = re.compile(r"(?:[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-/—]+|持平)$")
_FIGURES: Final = re.compile(r"\d%|\d{4}(?!年)|^[-+]?\d[\d.,]*%?$")
_ONE_WORD: Final = re.compile(r"[\u4e00-\u9fff]")
_GOAL_IN_HEAD: Final = re.compile(
    r"(?:全年|年度|年初)(?:任务|目标|计划|预算|指标)|[比较与同](?:上年|去年)(?:同期|同月)?"
)
_GROWTH, _NO_GROWTH = re.compile("同比|增长|增速|增幅"), re.compile("占|比重|完成率")
_RULE: Final = re.compile(r"[-:=| ]+$")
_UNIT_IN_NAME: Final = re.compile(r"\(([^()]{1,8})\)")
_UNIT_LINE: Final = re.compile(r"单位:[ ]*([^\s,;、)]{1,6})(?:[、,][^\s)]+)?")
_NOT_COMMAS: Final = re.compile(r"\d,\d{3}(?!\d)|[^,]{17}|[;。]|(?:增长|下降|完成)\d")
_BLANKS: Final = re.compile(
    r"[ ]{2,}|(?<=[\d%)\u4e00-\u9fff])[ ](?=[-+±]?\d|[\u4e00-\u9fff±]|-+(?:[ ]|$))|(?<=-)[ ](?=[-+]?\d|-)"
)


@cache
def _heads() -> tuple[tuple[re.Pattern[str], str], ...]:
    """columns.csv: patterns of head cells, the first that fits decides."""
    return tuple((re.compile(pattern), role) for role, pattern in read_table("columns.csv", ("role", "pattern")))


@lru_cache(maxsize=4096)
def column(head: str) -> Column:
    """What a column is by its head cell: 占预算% is a completion, 比上年同期增长(%) a yoy."""
    plain = head.replace(" ", "")
    role = next((role for pattern, role in _heads() if pattern.search(plain)), "value" if "月" in plain else "skip")
    unit = _UNIT_IN_NAME.search(plain)
    named = mentions(_GOAL_IN_HEAD.sub("", plain))
    known = unit.group(1) if unit and unit_kind(unit.group(1)) not in ("amount", "bare", "rate") else ""
    return Column(role, plain, known, named[-1][2] if named else None)


def find_tables(folded: str) -> Iterator[Table]:
    """The tables of a folded text in order."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", folded)]
    ahead = _numbers_ahead(folded, lines)
    index = 0
    while index < len(lines):
        table, used = _table_at(folded, lines, index, ahead[index])
        if table is not None:
            yield table
        index += max(used, 1)


def _numbers_ahead(folded: str, lines: list[tuple[int, int]]) -> list[int]:
    """For each line the next one that is only a number, with none but short lines before it; -1 where there is none."""
    ahead = [-1] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        start, end = lines[index]
        if end - start <= _SHORT_LINE:
            ahead[index] = index if _NUMERIC.match(folded[start:end].strip()) else ahead[index + 1]
    return ahead


def _table_at(folded: str, lines: list[tuple[int, int]], index: int, ahead: int) -> tuple[Table | None, int]:
    head = _cells(folded, *lines[index])
    if len(head) >= 2 and "|" in folded[slice(*lines[index])] and not _is_head([column(c.text) for c in head]):
        joined, after = _joined_head(folded, lines, index)
        if joined:
            return _horizontal(folded, lines, after - 1, joined)
    if len(head) >= 2 and not any(_FIGURES.search(c.text) for c in head[1:]) and not _is_rule(head):
        return _horizontal(folded, lines, index, head)
    if len(head) == 1 and "%" in head[0].text and column(head[0].text).role in ("yoy", "completion"):
        return _horizontal(folded, lines, index, [Cell("", head[0].start, head[0].start), head[0]])
    if len(head) == 3 and _told_growth(folded, lines, index):
        blank = Cell("", head[0].start, head[0].start)
        assumed = [blank, blank._replace(text="累计"), blank._replace(text="同比%")]
        return _horizontal(folded, lines, index, assumed, headless=True)
    return _vertical(folded, lines, index) if 3 <= ahead - index < _LONGEST else (None, 1)


def _told_growth(folded: str, lines: list[tuple[int, int]], index: int) -> bool:
    """Whether rows without a head are name, value and change, and the text beside them says so: 注:增速为同比.

    Asked of the first row alone, so that a long block of rows is looked through once.
    """
    if index and _has_two_figures(folded, lines[index - 1]):
        return False
    stop = index
    while stop < len(lines) and _has_two_figures(folded, lines[stop]):
        stop += 1
    if stop - index < 2:
        return False
    beside = folded[lines[max(index - 2, 0)][0] : lines[index][0]] + folded[slice(*lines[min(stop, len(lines) - 1)])]
    signed = "%" in beside or folded[slice(*lines[index])].rstrip().endswith("%")
    return signed and bool(_GROWTH.search(beside)) and not _NO_GROWTH.search(beside)


def _has_two_figures(folded: str, line: tuple[int, int]) -> bool:
    """Whether a line is a name and two figures, as a row of a table without a head."""
    cells = _cells(folded, *line)
    return len(cells) == 3 and all(_NUMERIC.match(cell.text) for cell in cells[1:])


def _joined_head(folded: str, lines: list[tuple[int, int]], index: int) -> tuple[list[Cell], int]:
    """A head broken over several lines, when its cells are as many as the first row's; and where the rows begin."""
    head: list[Cell] = []
    for at in range(index, min(index + 7, len(lines))):
        cells = _cells(folded, *lines[at])
        if any(_NUMERIC.match(c.text) for c in cells[1:]):
            fits = len(head) - 2 <= len(cells) <= len(head) + 1 and _is_head([column(c.text) for c in head])
            return (head if fits else [], at)
        if "|" not in folded[slice(*lines[at])] or _is_rule(cells):
            break
        if len([c for c in cells if c.text]) >= 2 or (head and len(head) > 2 and at == index + 1) or _is_column(cells):
            head.extend(c for c in cells if c.text)
    return [], index


def _is_column(cells: list[Cell]) -> bool:
    return (
        len([c for c in cells if c.text]) == 1
        and column(cells[0].text).role in ("yoy", "completion", "skip")
        and len(cells[0].text) > 2
    )


def _is_rule(cells: list[Cell]) -> bool:
    return all(_RULE.match(c.text) for c in cells)


def _cells(folded: str, start: int, end: int) -> list[Cell]:
    line = folded[start:end]
    if "|" in line:
        pattern = re.compile(r"[^|]+")
        cells = [_cell(folded, start + m.start(), start + m.end()) for m in pattern.finditer(line)]
        if line.strip().startswith("|") and cells and not cells[0].text:
            cells = cells[1:]
        while cells and not cells[-1].text:
            cells.pop()
        return cells
    if line.count(",") >= 2 and not _NOT_COMMAS.search(line):
        return [_cell(folded, start + m.start(), start + m.end()) for m in re.finditer(r"[^,]+", line)]
    found, at = [], start
    for gap in _BLANKS.finditer(line) if " " in line else ():
        found.append(_cell(folded, at, start + gap.start()))
        at = start + gap.end()
    found.append(_cell(folded, at, end))
    return _spaced([c for c in found if c.text])


def _spaced(cells: list[Cell]) -> list[Cell]:
    """The cells with words that were spaced out put together: 项 目, 合 计."""
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        if last is not None and _ONE_WORD.fullmatch(cell.text) and _ONE_WORD.fullmatch(last.text[-1:]) and last.spaced:
            joined[-1] = Cell(last.text + cell.text, last.start, cell.end, spaced=True)
        else:
            joined.append(Cell(cell.text, cell.start, cell.end, spaced=bool(_ONE_WORD.fullmatch(cell.text))))
    return joined


def _cell(folded: str, start: int, end: int) -> Cell:
    text = folded[start:end]
    lead = len(text) - len(text.lstrip())
    return Cell(text.strip(), start + lead, start + lead + len(text.strip()))


def _horizontal(
    folded: str, lines: list[tuple[int, int]], index: int, head: list[Cell], *, headless: bool = False
) -> tuple[Table | None, int]:
    if head[0].text.startswith("单位:") and index + 1 < len(lines):
        head = head[1:] if len(_cells(folded, *lines[index + 1])) == len(head) - 1 else head
    columns = [column(cell.text) for cell in head]
    if not _is_head(columns):
        return None, 1
    body: list[list[Cell]] = []
    after = index if headless else index + 1
    while after < len(lines):
        cells = _cells(folded, *lines[after])
        if _is_rule(cells):
            after += 1
            continue
        numeric = any(_NUMERIC.match(c.text) for c in cells[1:])
        if len(cells) < len(head) and numeric and "|" in folded[slice(*lines[after])] and len(cells) >= 3:
            cells = cells + [Cell("", cells[-1].end, cells[-1].end)] * (len(head) - len(cells))
        if (
            len(cells) == len(head) - 1
            and numeric
            and columns[0].role == "skip"
            and cells[0].text in name_words("total")
        ):
            cells = [Cell("", cells[0].start, cells[0].start), *cells]
        if len(cells) != len(head) or not numeric:
            if "|" in folded[slice(*lines[after])] and body and not _is_head([column(c.text) for c in cells]):
                after += 1
                continue
            break
        body.append(cells)
        after += 1
    if not body:
        return None, 1
    title = _title(folded, lines, index)
    near = folded[lines[max(index - 2, 0)][0] : lines[min(after, len(lines) - 1)][1]]
    rows = tuple(row for cells in body for row in _records(columns, cells, _unit_of(near)))
    return Table(lines[index][0], lines[after - 1][1], title, rows), after - index


def _is_head(columns: list[Column]) -> bool:
    roles = {c.role for c in columns[1:]}
    return bool(roles & {"completion", "yoy"}) or ("value" in roles and columns[0].role == "name")


def _title(folded: str, lines: list[tuple[int, int]], index: int) -> str:
    line = folded[slice(*lines[index - 1])].strip() if index else ""
    if index > 1 and (_UNIT_LINE.match(line) or DATE_LINE.fullmatch(line)):
        line = folded[slice(*lines[index - 2])].strip()
    return line if len(line) <= 50 and "。" not in line else ""


def _unit_of(near: str) -> str:
    match = _UNIT_LINE.search(near)
    return match.group(1) if match else ""


_SHORT_LINE, _LONGEST = 24, 60
"""How long a cell is that has a line of its own, and how many such lines are looked at together."""


def _vertical(folded: str, lines: list[tuple[int, int]], index: int) -> tuple[Table | None, int]:
    """A table whose cells stand one a line: 指标/本月/同比增长(%)/工业总产值(亿元)/14.78/0.3."""
    short = index
    while short < len(lines) and lines[short][1] - lines[short][0] <= _SHORT_LINE and short - index < _LONGEST:
        short += 1
    texts = [_cell(folded, *lines[i]) for i in range(index, short)]
    numeric = [bool(_NUMERIC.match(cell.text)) for cell in texts]
    first = numeric.index(True) if True in numeric else 0
    if first < 3:
        return None, 1
    numbers = _run(numeric, first)
    labels = _run([not each for each in numeric], first + numbers) if first + numbers < len(texts) else 1
    labels = labels if labels in (1, 2) else 1
    width = labels + numbers
    if width < 3 or first < width + labels:
        return None, 1
    body = first - labels
    columns = [column(cell.text) for cell in texts[body - width : body]]
    if not _is_head(columns):
        return None, 1
    rows: list[Row] = []
    at = body
    while at + width <= len(texts) and numeric[at : at + width] == [False] * labels + [True] * numbers:
        rows.extend(_records(columns, texts[at : at + width], ""))
        at += width
    if not rows:
        return None, 1
    before = index + body - width - 1
    title = folded[slice(*lines[before])] if before >= 0 else ""
    return Table(lines[before + 1][0], texts[at - 1].end, title, tuple(rows)), at


def _run(flags: list[bool], start: int) -> int:
    """How many flags in a row are true from a place on."""
    stop = start
    while stop < len(flags) and flags[stop]:
        stop += 1
    return stop - start


def _records(columns: list[Column], cells: list[Cell], table_unit: str) -> Iterator[Row]:
    names = [i for i, c in enumerate(columns) if c.role == "name"] or [0]
    named = cells[names[0]]
    unit_cell = next((cells[i].text for i, c in enumerate(columns) if c.role == "unit"), "")
    in_name = _UNIT_IN_NAME.search(named.text)
    name_unit = in_name.group(1) if in_name and unit_kind(in_name.group(1)) not in ("amount", "bare") else ""
    name = named.text.replace(in_name.group(), "") if in_name and name_unit else named.text
    span = (named.start, named.end)
    row = Row(name.replace(" ", ""), span)
    filled = False
    for index, col in enumerate(columns):
        if index in names or col.role in ("skip", "unit", "name"):
            continue
        number = _NUMBER.search(cells[index].text)
        if number is None and col.role == "yoy" and cells[index].text == "持平":
            row.yoy = Decimal(0)
            row.evidence.append(Evidence("yoy", cells[index].start, cells[index].end))
        if number is None:
            continue
        if col.role == "value" and (row.value is not None or row.yoy is not None):
            yield row
            row = Row(row.name, span, target=row.target)
            row.evidence = [e for e in row.evidence if e.role == "target"]
        _fill(row, col, cells[index], number, col.unit or unit_cell or name_unit or table_unit)
        filled = True
    if filled:
        yield row


_HEAD_FRAME: Final = re.compile(
    r"[(].*?[)]|同比|增速|增长率?|增幅|完成率|完成数|完成比例|比上年.*|比去年.*|较上年.*|累计|[0-9]+-?[0-9]*月份?|%|±|任务|目标|计划|数$"
)


_OWN_UNIT: Final = re.compile(r"(?:万|亿)?[\u4e00-\u9fff]{1,5}$")


_CUMULATIVE: Final = re.compile(r"累计|1[-至]本月")
_MONTH_ONLY: Final = re.compile(r"^(?:本月|当月|单月)")


def _fill(row: Row, col: Column, cell: Cell, number: re.Match[str], unit: str) -> None:
    value = Decimal(number.group().replace(",", ""))
    start, end = cell.start + number.start(), cell.start + number.end()
    row.period = row.period or col.period
    if col.role == "value" and not row.span:
        row.span = "cumulative" if _CUMULATIVE.search(col.head) else "month" if _MONTH_ONLY.search(col.head) else ""
    row.head = row.head or _HEAD_FRAME.sub("", col.head)
    row.evidence.append(Evidence(col.role, start, end))
    own = _OWN_UNIT.match(cell.text, number.end())
    if own and unit_kind(own.group()) not in ("amount", "bare", "other"):
        unit = own.group()
    if col.role in ("value", "target"):
        setattr(row, col.role, Quantity(value, unit))
    else:
        falling = "下降" in col.head and "增" not in col.head
        setattr(row, col.role, -value if falling and col.role == "yoy" else value)
