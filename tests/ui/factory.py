"""Findings made to measure: a full store of an invented county, written through the store's front door."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extract.models import Document, Evidence, Findings, Period, Record
from store import Store

TOWNS = ("柳溪镇", "石桥镇", "云岭镇", "白沙乡", "青湖镇", "长堤乡", "南屏镇", "梅坞乡")
INDICATORS: tuple[tuple[str, str, int, int], ...] = (
    ("规模以上工业总产值", "亿元", 24, 12),
    ("固定资产投资", "亿元", 12, 9),
    ("财政总收入", "万元", 9600, 7),
    ("地方财政收入", "万元", 5200, 5),
    ("社会消费品零售总额", "亿元", 8, 10),
    ("招商引资到位资金", "亿元", 3, 21),
    ("农民人均可支配收入", "元", 24000, 8),
    ("粮食种植面积", "亩", 18000, 1),
    ("新增规模以上企业", "家", 6, 0),
    ("拆除违法建筑面积", "平方米", 40000, -6),
)
YEARS = (2024, 2025)
QUARTERS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a made report."""

    indicator: str
    value: Decimal
    unit: str
    completion: Decimal
    yoy: Decimal | None = None
    status: str = "actual"


def findings(town: str, year: int, month: int, figures: list[Figure]) -> Findings:
    """What reading a made report of January to ``month`` gives, its evidence pointing into its text."""
    name = f"{town}{year}年1-{month}月目标任务完成情况.txt"
    text = f"{town}{year}年1—{month}月主要目标任务完成情况\n"
    records: list[Record] = []
    for figure in figures:
        sentence, marks = _sentence(figure)
        start = len(text)
        records.append(_record(name, town, (year, month), figure, sentence, start, marks))
        text += sentence + "\n"
    document = Document(name=name, text=text)
    return Findings(document, tuple(records), (), town=town, period=Period(f"{year}-01", f"{year}-{month:02d}"))


def _sentence(figure: Figure) -> tuple[str, list[tuple[str, int, int]]]:
    pieces = [
        ("indicator", figure.indicator),
        ("", "预计完成" if figure.status == "expected" else "完成"),
        ("value", f"{figure.value}{figure.unit}"),
        ("", "，占年度任务的"),
        ("completion", f"{figure.completion}%"),
    ]
    if figure.yoy is not None:
        pieces += [("", "，同比"), ("yoy", f"{'增长' if figure.yoy >= 0 else '下降'}{abs(figure.yoy)}%")]
    text, marks = "", []
    for role, piece in pieces:
        if role:
            marks.append((role, len(text), len(text) + len(piece)))
        text += piece
    return f"{text}。", marks


def _record(
    name: str,
    town: str,
    when: tuple[int, int],
    figure: Figure,
    sentence: str,
    start: int,
    marks: list[tuple[str, int, int]],
) -> Record:
    year, month = when
    return Record(
        report=name,
        town=town,
        indicator=figure.indicator,
        indicator_text=figure.indicator,
        value=figure.value,
        unit=figure.unit,
        completion=figure.completion,
        basis="annual",
        yoy=figure.yoy,
        period_start=f"{year}-01",
        period_end=f"{year}-{month:02d}",
        status=figure.status,
        sentence=sentence,
        start=start,
        end=start + len(sentence),
        flags=("预计数",) if figure.status == "expected" else (),
        evidence=tuple(Evidence(role, start + first, start + last) for role, first, last in marks),
    )


def figures_of(place: int, year: int, month: int) -> list[Figure]:
    """The figures of one town's report: every town at its own speed, some indicators ahead, some behind."""
    made: list[Figure] = []
    for number, (indicator, unit, target, growth) in enumerate(INDICATORS):
        speed = Decimal(70 + (place * 7 + number * 11 + (year - YEARS[-1]) * 5) % 55) / 100
        completion = min(Decimal(month) / 12 * 100 * speed, Decimal(128))
        scale = Decimal(1) if year == YEARS[-1] else 1 / (1 + Decimal(growth) / 100)
        value = Decimal(target) * completion / 100 * scale
        made.append(
            Figure(
                indicator,
                value.quantize(Decimal("0.01") if target < 100 else Decimal(1)),
                unit,
                completion.quantize(Decimal("0.1")),
                Decimal(growth) + (Decimal(3) if (place + number) % 9 == 0 else Decimal(0)),
            )
        )
    return made


def fill(store: Store, *, towns: int = len(TOWNS), last: tuple[int, int] = (2025, 9), **saving: Any) -> int:
    """A report for each town and quarter up to ``last``; gives the number of reports.

    The last town has not reported the last quarter; the first town expects its first figure of that quarter.
    """
    saved = 0
    for place, town in enumerate(TOWNS[:towns]):
        for year in YEARS:
            for month in QUARTERS:
                if (year, month) > last or ((year, month) == last and place == len(TOWNS) - 1):
                    continue
                made = findings(town, year, month, figures_of(place, year, month))
                store.save_report(made, made.document.text.encode(), who="测试", **saving)
                saved += 1
    return saved
