"""Targets from a CSV or xlsx file, and the template to fill. What cannot be kept is told by line. No Streamlit."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from extract import ReportError
from extract.indicators import resolve
from extract.readers.decoding import decode
from extract.text import fold
from store import StoreError, Target

# Field -> the heads by which a file may call it; the first is that of the template.
HEADS: dict[str, tuple[str, ...]] = {
    "town": ("乡镇", "镇街", "责任单位", "单位名称", "地区"),
    "indicator": ("指标", "指标名称", "目标名称"),
    "year": ("年份", "年度", "年"),
    "from_month": ("起始月份", "生效月份", "起始月"),
    "amount": ("目标值", "目标", "年度目标", "目标数"),
    "unit": ("单位", "计量单位"),
    "source": ("出处", "依据", "文件依据", "原文", "备注"),
}
REQUIRED = ("town", "indicator", "year", "amount")
EXAMPLES: tuple[tuple[str, ...], ...] = (
    ("柳溪镇", "固定资产投资", "2025", "1", "13.4", "亿元", "县委〔2025〕3号：全年完成固定资产投资13.4亿元"),
    ("柳溪镇", "固定资产投资", "2025", "7", "12", "亿元", "县委〔2025〕21号：年中调整为12亿元"),
    ("柳溪镇", "规模以上工业增加值", "2025", "1", "8", "%", "增速目标，单位写 %"),
)
MOST_ROWS = 20_000
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([%％]?)")


@dataclass(frozen=True, slots=True)
class Read:
    """What a file gave: the targets with the line of each, and the lines that were refused with the reason."""

    targets: tuple[tuple[int, Target], ...]
    refused: tuple[tuple[int, str], ...]


class Unreadable(ValueError):  # noqa: N818 - named for the fact
    """The file is no table of targets; the message is Chinese, for the person."""


def template() -> pd.DataFrame:
    """The table to fill, with three examples: a target, its change in mid-year, and a rate of growth."""
    return pd.DataFrame(EXAMPLES, columns=[names[0] for names in HEADS.values()])


def read(name: str, content: bytes) -> Read:
    """The targets of a file; raises Unreadable where it is no CSV or xlsx with the heads of the template."""
    rows = _sheet(content) if content[:2] == b"PK" else _text(name, content)
    places = next(((at, found) for at, cells in enumerate(rows) if (found := _places(cells))), None)
    if places is None:
        wanted = "、".join(HEADS[key][0] for key in REQUIRED)
        raise Unreadable(f"没有找到表头：需要有{wanted}四列。请下载模板，照样填写。")
    at, columns = places
    if len(rows) - at - 1 > MOST_ROWS:
        raise Unreadable(f"一次最多导入 {MOST_ROWS:,} 行，请分成几个文件。")
    return _rows(rows[at + 1 :], columns, at + 2)


def _text(name: str, content: bytes) -> list[list[str]]:
    try:
        text = decode(content).text
    except ReportError as error:
        raise Unreadable(f"《{name}》读不出文字，请另存为 CSV 或 xlsx。") from error
    first = text.lstrip().split("\n", 1)[0]
    sign = max(",\t;，", key=first.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]


def _sheet(content: bytes) -> list[list[str]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Unreadable("这个文件不是能打开的 xlsx，请用 Excel 或 WPS 另存为 xlsx 再试。") from error
    return [[_cell(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _places(cells: Sequence[str]) -> dict[str, int] | None:
    """Field -> column of a row of heads; None where a required one is missing."""
    heads = {re.sub(r"[\s*（(].*$|\s", "", cell): at for at, cell in reversed(list(enumerate(cells)))}
    found = {key: heads[name] for key, names in HEADS.items() for name in reversed(names) if name in heads}
    return found if all(key in found for key in REQUIRED) else None


def _rows(rows: Iterable[Sequence[str]], columns: dict[str, int], first_line: int) -> Read:
    targets: dict[tuple[str, str, int, int], tuple[int, Target]] = {}
    refused: list[tuple[int, str]] = []
    for line, cells in enumerate(rows, start=first_line):
        told = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
        if not any(told.values()):
            continue
        try:
            target = _target(told)
            target.check()
        except (Unreadable, StoreError) as error:
            refused.append((line, str(error)))
            continue
        if target.key in targets:
            refused.append(
                (line, f"与第 {targets[target.key][0]} 行是同一个目标（乡镇、指标、年份、起始月份都相同）。")
            )
        else:
            targets[target.key] = (line, target)
    return Read(tuple(targets.values()), tuple(refused))


def _target(told: dict[str, str]) -> Target:
    amount, percent = _amount(told["amount"])
    unit = told.get("unit", "").replace("％", "%") or percent
    if not unit:
        raise Unreadable("没有写单位；增速目标请写 %。")
    name = told["indicator"]
    return Target(
        town=told["town"],
        indicator=resolve(name) or name,
        year=_whole(told["year"].removesuffix("年"), "年份"),
        amount=amount,
        unit=unit,
        from_month=_whole(told.get("from_month", "").removesuffix("月") or "1", "起始月份"),
        source=told.get("source", ""),
    )


def _amount(text: str) -> tuple[Decimal, str]:
    match = _NUMBER.fullmatch(fold(text).replace(",", "").strip())
    if match is None:
        raise Unreadable(f"目标值应是数字，不能是“{text}”。")
    try:
        return Decimal(match[1]), match[2]
    except InvalidOperation as error:
        raise Unreadable(f"目标值应是数字，不能是“{text}”。") from error


def _whole(text: str, name: str) -> int:
    plain = fold(text).strip()
    if not plain.isdecimal() or len(plain) > 4:
        raise Unreadable(f"{name}应是整数，不能是“{text}”。")
    return int(plain)
