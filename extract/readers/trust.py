"""What a report read by OCR is worth: every record of it says so, and comes first in the review."""

from __future__ import annotations

from dataclasses import replace

from extract.models import Findings

BY_OCR = "由图片识别，务必核对"
"""The flag of a report of which any page was read by OCR."""
RECORD_BY_OCR = "图片识别"
"""The flag of each record of such a report."""


def lowered(findings: Findings) -> Findings:
    """The findings, each record flagged where the report was read by OCR."""
    if BY_OCR not in findings.document.flags:
        return findings
    records = tuple(replace(record, flags=(*record.flags, RECORD_BY_OCR)) for record in findings.records)
    return replace(findings, records=records)
