"""The sample reports of the first run: the county's are the generator's, the towns' name their sources."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.generator import generate

REPORTS = Path(__file__).parents[2] / "data" / "reports"
COUNTY_SEED = 1


def test_county_reports_are_what_the_generator_writes() -> None:
    """After a change of the generator: python -m benchmarks.generator --seed 1 --out data/reports/county."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in (REPORTS / "county").glob("*.txt")}
    assert committed == {report.name: report.text for report in generate(COUNTY_SEED)}


def test_county_reports_are_of_a_readable_size() -> None:
    sizes = [path.stat().st_size for path in (REPORTS / "county").glob("*.txt")]
    assert len(sizes) == 96
    assert all(1_500 <= size <= 4_600 for size in sizes)


def test_town_reports_name_their_source() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (REPORTS / "towns").glob("*.txt")]
    assert len(texts) == 5
    assert all(text.rstrip().splitlines()[-1].startswith("资料来源：据") for text in texts)


def test_report_with_a_destroyed_year_names_none() -> None:
    text = (REPORTS / "towns" / "昆阳镇年度回顾.txt").read_text(encoding="utf-8")
    assert not re.search(r"(19|20)\d\d|[一二]九?零", text)
