"""Reads the progress reports of Chinese towns: text in, records out.

>>> from extract import find
>>> record = find("2016年上半年，柳溪镇完成有效投资5.2亿元，完成年度任务的61.3%。").records[0]
>>> record.indicator, str(record.completion)
('有效投资', '61.3')
"""

from extract.find import find
from extract.models import Document, ExtractError, Findings, Record, ReportError, VocabularyError
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
