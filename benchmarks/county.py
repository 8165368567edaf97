"""A store made to measure, without any reading: an invented county of so many towns, indicators, months and years.

    python -m benchmarks.county --towns 14 --years 2 --out county.db

Every report is written through the store's front door, with evidence that points into its text. The figures agree
with each other, but for one change in a hundred; the same size gives the same county.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from extract.models import Document, Evidence, Findings, Period, Record
from store import Store, open_store

TOWNS = tuple(f"{first}{second}镇" for first in "柳石云白青长南梅东西北" for second in "溪桥岭沙湖堤屏坞塘坪洲湾河")
KINDS = (
    "规模以上工业总产值", "固定资产投资", "财政总收入", "地方财政收入", "社会消费品零售总额", "招商引资到位资金",
    "农民人均可支配收入", "粮食种植面积", "新增规模以上企业", "拆除违法建筑面积",
)  # fmt: skip
INDICATORS = tuple(f"{kind}{suffix}" for suffix in ("", "甲", "乙", "丙", "丁", "戊") for kind in KINDS)
LAST_YEAR = 2025
GROWTH, WRONG = Decimal("1.05"), 0.01
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a made report."""

    indicator: str
    value: Decimal
    unit: str
    completion: Decimal
    yoy: Decimal | None = None
    status: str = "actual"


def findings(town: str, year: int, month: int, figures: Iterable[Figure]) -> Findings:
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


def fill(store: Store, towns: int, years: int) -> int:
    """Every month of the years up to ``LAST_YEAR``, every indicator of every town; gives the number of records."""
    rng, saved = Random(11), 0
    for town in TOWNS[:towns]:
        speeds = [Decimal(rng.randint(70, 125)) / 100 for _ in INDICATORS]
        for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
            for month in range(1, 13):
                made = findings(town, year, month, list(_month(speeds, year, month, rng)))
                store.save_report(made, made.document.text.encode(), who="基准")
                saved += len(made.records)
    return saved


def _month(speeds: Sequence[Decimal], year: int, month: int, rng: Random) -> Iterable[Figure]:
    for place, (name, speed) in enumerate(zip(INDICATORS, speeds, strict=True)):
        completion = Decimal(month) / 12 * 100 * speed
        value = Decimal(1000 + place) * GROWTH ** (year - LAST_YEAR) * completion / 100
        change = (GROWTH - 1) * 100 if rng.random() > WRONG else Decimal(rng.randint(-30, 30))
        yield Figure(name, value.quantize(_CENT), "万元", completion.quantize(_TENTH), change.quantize(_TENTH))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill a store and say how many records it has."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.county", description=__doc__)
    cli.add_argument("--towns", type=int, default=14, help=f"at most {len(TOWNS)}")
    cli.add_argument("--years", type=int, default=2)
    cli.add_argument("--out", type=Path, required=True, help="a SQLite file that is not there yet")
    options = cli.parse_args(arguments)
    if options.out.exists() or not 0 < options.towns <= len(TOWNS) or options.years < 1:
        cli.error(f"needs a new file, 1 to {len(TOWNS)} towns and a year or more")
    print(f"{fill(open_store(str(options.out)), options.towns, options.years):,} records")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
