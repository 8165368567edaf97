"""Reads the progress reports of Chinese towns: text in, records out.

>>> from extract import find
>>> record = find("2016年上半年，柳溪镇完成有效投资5.2亿元，完成年度任务的61.3%。").records[0]
>>> record.indicator, str(record.completion)
('有效投资', '61.3')
"""

from typing import TYPE_CHECKING, Any

from extract.find import find
from extract.models import Document, ExtractError, Findings, Record, ReportError, VocabularyError

if TYPE_CHECKING:
    from extract.reading import load_report, read_report

__all__ = [
    "Document",
    "ExtractError",
    "Findings",
    "Record",
    "ReportError",
    "VocabularyError",
    "find",
    "load_report",
    "read_report",
]


def __getattr__(name: str) -> Any:
    """The reading of files, imported when it is first asked for: a text alone needs none of it."""
    if name not in ("load_report", "read_report"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extract import reading

    return getattr(reading, name)
