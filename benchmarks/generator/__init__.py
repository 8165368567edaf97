"""A seeded generator of reports of an invented county (示例县) that knows what it wrote.

    from benchmarks.generator import generate
    for report in generate(seed=1):
        report.name, report.text, report.records

``python -m benchmarks.generator --reports N --seed S --out DIR`` writes them as files.
"""

from benchmarks.generator.compose import DENSITIES, generate
from benchmarks.generator.model import ExpectedRecord, GeneratedReport

__all__ = ["DENSITIES", "ExpectedRecord", "GeneratedReport", "generate"]
