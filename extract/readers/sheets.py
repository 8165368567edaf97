"""A spreadsheet's cells as text that reads like a table of a report, each cell's address kept as its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from extract.models import Document, Mark, ReportError
from extract.readers.limits import limits
from extract.readers.repair import repair
from extract.readers.unfolding import Cell, Row, block_lines

NO_CELLS = "这个表格里没有内容。请确认选对了文件，数据在没有隐藏的工作表里。"
TOO_MANY = "这个表格有 {count} 个单元格，超过了 {limit} 个的上限，不像一张进度表。请只保留要上报的部分再上传。"
MAX_COLUMNS = 120
MAX_MERGED = 1000  # rows of one merged cell


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: text by (row, column), counted from 0; ``merges`` are (top, left, bottom, right)."""

    name: str
    cells: dict[tuple[int, int], str]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def as_document(name: str, kind: str, sheets: Sequence[Sheet], flags: tuple[str, ...] = ()) -> Document:
    """The sheets as one text with a mark at every cell; raises ReportError where nothing is in them, or too much."""
    check_cells(sum(len(sheet.cells) for sheet in sheets))
    lines: list[Row] = []
    for sheet in sheets:
        found = [line for block in _blocks(_cells(sheet)) for line in block_lines(block)]
        lines.extend([[Cell(sheet.name)]] if found and len(sheets) > 1 else [])
        lines.extend(found)
    if not lines:
        raise ReportError(NO_CELLS)
    text, marks, mended = _written(lines)
    return Document(name=name, text=text, kind=kind, flags=(*flags, *mended), marks=marks)


def check_cells(count: int) -> None:
    """Raises ReportError for more cells than are read."""
    if count > limits().cells:
        raise ReportError(TOO_MANY.format(count=count, limit=limits().cells))


def _written(lines: Sequence[Row]) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    text: list[str] = []
    marks: list[Mark] = []
    flags: list[str] = []
    length = 0
    for line in lines:
        for index, cell in enumerate(line):
            piece = " | " if index else ""
            shown, made = repair(cell.text)
            flags.extend(made)
            if cell.address:
                marks.append(Mark(length + len(piece), "cell", cell.address))
            text += [piece, shown]
            length += len(piece) + len(shown)
        text.append("\n")
        length += 1
    return "".join(text[:-1]), tuple(marks), tuple(dict.fromkeys(flags))


def address(sheet: str, row: int, column: int) -> str:
    """The address as spreadsheets write it, row and column counted from 0: 一季度!C5."""
    letters = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{sheet}!{letters}{row + 1}" if sheet else f"{letters}{row + 1}"


def _cells(sheet: Sheet) -> list[Row]:
    """The rows with anything in them, an empty one where rows without anything stand between.

    A merged cell ends at the last of them, at most.
    """
    texts = {place: " ".join(text.split()).replace("|", "｜") for place, text in sheet.cells.items()}
    texts = {place: text for place, text in texts.items() if text and place[1] < MAX_COLUMNS}
    width = max((column for _, column in texts), default=-1) + 1
    grid = {row: [Cell("", "")] * width for row in sorted({row for row, _ in texts})}
    last = max(grid, default=0)
    for (row, column), text in texts.items():
        grid[row][column] = Cell(text, address(sheet.name, row, column))
    for top, left, bottom, right in sheet.merges:
        if top not in grid or left >= width:
            continue
        corner = grid[top][left]
        for row in range(top, min(bottom, last, top + MAX_MERGED) + 1):
            line = grid.setdefault(row, [Cell("", "")] * width)
            line[left : min(right, width - 1) + 1] = [corner] * (min(right, width - 1) + 1 - left)
    return [line for row in sorted(grid) for line in ([[], grid[row]] if row - 1 not in grid else [grid[row]])]


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Each stretch of rows between empty ones."""
    for filled, block in groupby(rows, key=lambda row: any(cell.text for cell in row)):
        if filled:
            yield list(block)
