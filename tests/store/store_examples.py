"""Builders with defaults for the tests of the store: a test states only what it is about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from extract.models import Document, Evidence, Findings, Missed, Period, Record
from store import Store

SENTENCE = "一至六月完成财政总收入13.40亿元，占年计划的55.2%，同比增长8.0%。"
HALF_YEAR = Period("2016-01", "2016-06")


def make_record(**changes: Any) -> Record:
    """A full record; a test states only what it is about."""
    values: dict[str, Any] = {
        "report": "柳溪镇半年.txt",
        "town": "柳溪镇",
        "indicator": "财政总收入",
        "indicator_text": "财政总收入",
        "value": Decimal("13.40"),
        "unit": "亿元",
        "completion": Decimal("55.2"),
        "basis": "annual",
        "target": Decimal("24.28"),
        "target_unit": "亿元",
        "target_from": "implied",
        "yoy": Decimal("8.0"),
        "period_start": "2016-01",
        "period_end": "2016-06",
        "status": "actual",
        "sentence": SENTENCE,
        "start": 6,
        "end": 35,
        "flags": ("时段承前",),
        "evidence": (Evidence("indicator", 6, 11), Evidence("value", 11, 18), Evidence("completion", 23, 28)),
    }
    return Record(**{**values, **changes})


def make_findings(*records: Record, **changes: Any) -> Findings:
    """What one report gave; its name is that of its first record."""
    name = records[0].report if records else "柳溪镇半年.txt"
    values: dict[str, Any] = {
        "document": Document(name, SENTENCE, title="半年工作总结", date="2016-07-05", flags=("修复断行",)),
        "records": records,
        "missed": (
            Missed(40, 45, "12.5%", "占全县的12.5%。", "比重", understood=True),
            Missed(50, 53, "三成左", "约三成左右。", "没有读懂"),
        ),
        "town": "柳溪镇",
        "period": HALF_YEAR,
        "flags": ("年份取自标题",),
    }
    return Findings(**{**values, **changes})


def save(store: Store, *records: Record, content: bytes | None = None, **options: Any) -> int:
    """Saves one report of 柳溪镇 and gives its number; other bytes on each call unless told."""
    given = content if content is not None else f"报告{store.version}".encode()
    findings = options.pop("findings", None) or make_findings(*(records or (make_record(),)))
    return store.save_report(findings, given, who=options.pop("who", "王小明"), **options).report_id


def only(store: Store, **filters: Any) -> dict[str, Any]:
    """The one record that the filters let through."""
    (found,) = store.records(**filters)
    return found
