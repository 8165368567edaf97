"""Files of every format from reports whose records are known: the share read back, seconds a page, memory.

    python -m benchmarks.formats [--files 20] [--format pdf --format xlsx] [--seed 1]

Files go through the process that the app uses. A page is one of the file where it has pages, else 800 characters.
The exit status is 1 where a format stays below its demanded share.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.formats import fixed, pictures, spreadsheets, writing
from benchmarks.generator import GeneratedReport, generate
from benchmarks.generator.comparison import Tally, compare, describe
from extract import find
from extract.models import Document
from extract.readers.overseer import Overseer
from extract.readers.regions import region_of
from extract.readers.scans import why_not

LETTERS = 800  # characters of a page, where the format has none

Made = tuple[str, bytes, GeneratedReport]
Source = Callable[[int, int], Iterator[Made]]  # (files, seed)


@dataclass(frozen=True, slots=True)
class Format:
    """Where its files come from, and the share of records, per cent, that must come back."""

    source: Source
    least: float


@dataclass
class Measured:
    """What reading the files of one format came to."""

    tally: Tally = field(default_factory=Tally)
    pages: float = 0
    seconds: float = 0
    memory: float = 0


def _written(make: writing.Maker, suffix: str, density: str = "report") -> Source:
    def source(files: int, seed: int) -> Iterator[Made]:
        for number, report in enumerate(generate(seed, files, density)):
            yield f"{Path(report.name).stem}.{suffix}", make(report.text, Random(seed * 1000 + number)), report

    return source


def _printed(files: int, seed: int) -> Iterator[Made]:
    """PDFs of three programs in turn."""
    made = writing.as_office("pdf"), writing.as_typeset, writing.as_printed_page
    sources = [_written(make, "pdf")(files, seed) for make in made]
    for number in range(files):
        yield [next(source) for source in sources][number % len(sources)]


def _tabled(make: Callable[[spreadsheets.MadeTable], bytes], suffix: str) -> Source:
    def source(files: int, seed: int) -> Iterator[Made]:
        reports = list(generate(seed, max(120, 3 * files), "report"))
        last = reports[0].records[0].period_end
        same = [report for report in reports if report.records[0].period_end == last]
        for number in range(files):
            layout = spreadsheets.LAYOUTS[number % len(spreadsheets.LAYOUTS)]
            table = layout(same if layout is spreadsheets.many_towns else [reports[number]], Random(number))
            known = GeneratedReport("表", "", list(table.records), [])
            yield f"进度表.{suffix}", make(table), known

    return source


def _scanned(dpi: int, *, photo: bool = False) -> Source:
    return _written(lambda text, rng: pictures.as_scanned_pdf(text, rng, dpi, photo=photo), "pdf", "sample")


FORMATS: dict[str, Format] = {
    "txt": Format(_written(writing.as_text, "txt"), 99),
    "html": Format(_written(writing.as_page, "html"), 99),
    "mht": Format(_written(writing.as_saved_page, "mht"), 99),
    "docx": Format(_written(writing.as_word, "docx"), 99),
    "doc": Format(_written(writing.as_office("doc"), "doc"), 99),
    "wps": Format(_written(writing.as_office("doc"), "wps"), 99),
    "rtf": Format(_written(writing.as_office("rtf"), "rtf"), 99),
    "odt": Format(_written(writing.as_office("odt"), "odt"), 99),
    "pdf": Format(_printed, 97),
    "ofd": Format(_written(fixed.as_ofd, "ofd"), 97),
    "xlsx": Format(_tabled(spreadsheets.as_workbook, "xlsx"), 95),
    "xls": Format(_tabled(spreadsheets.as_old_workbook, "xls"), 95),
    "csv": Format(_tabled(spreadsheets.as_csv, "csv"), 95),
    "scan200": Format(_scanned(200), 90),
    "scan150": Format(_scanned(150), 0),
    "photo": Format(_scanned(150, photo=True), 0),
}
BY_OFFICE = {"doc", "wps", "rtf", "odt", "pdf"}


def measure(chosen: Format, files: int, seed: int) -> Measured:
    """Read so many files of a format."""
    measured = Measured()
    with Overseer() as reader:
        for name, content, report in chosen.source(files, seed):
            begun = time.monotonic()
            document = reader.read(name, content)
            measured.seconds += time.monotonic() - begun
            measured.pages += _pages(document)
            compare(report, find(document).records, measured.tally)
        measured.memory = reader.peak_mb()
    return measured


def _pages(document: Document) -> float:
    last = region_of(document.marks[-1]) if document.marks else None
    if last is not None:
        return last.page
    return max(1.0, len(document.text) / LETTERS)


def _missing(name: str) -> str | None:
    """What is not installed for a format; None where nothing is missing."""
    if name in BY_OFFICE and writing.office() is None:
        return "LibreOffice"
    if name.startswith(("scan", "photo")) and why_not(0):
        return "the extra [ocr]"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each format; 0 where all reach their share."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__)
    cli.add_argument("--files", type=int, default=20)
    cli.add_argument("--format", choices=list(FORMATS), action="append")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--show", type=int, default=0, help="how many kinds of failure to print")
    options = cli.parse_args(arguments)
    below = 0
    for name in options.format or FORMATS:
        missing = _missing(name)
        if missing:
            print(f"{name:8} not measured: {missing} is missing", flush=True)
            continue
        found = measure(FORMATS[name], options.files, options.seed)
        tally = found.tally
        share = 100 * tally.equal / tally.written
        below += share < FORMATS[name].least
        print(
            f"{name:8} {options.files} files: {tally.equal} of {tally.written} records ({share:.2f} %), "
            f"invented {tally.invented}; {found.seconds / found.pages:.3f} s a page, {found.memory:.0f} MB",
            flush=True,
        )
        if options.show:
            print(describe(tally, options.show))
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
