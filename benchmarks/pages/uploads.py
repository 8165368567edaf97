"""Thirty files of mixed formats, some of them broken, given to 上传 at once: seconds until all are kept or refused."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from playwright.sync_api import Page

from benchmarks.formats import spreadsheets, writing
from benchmarks.generator import GeneratedReport, generate
from benchmarks.pages.goals import Goal
from benchmarks.pages.wire import settle, visit

FILES, BROKEN = 30, 3
SEED = 4242
Made = Callable[[GeneratedReport, Random], bytes]


def _as_table(report: GeneratedReport, rng: Random) -> bytes:
    return spreadsheets.as_workbook(spreadsheets.one_town([report], rng))


MAKERS: dict[str, Made] = {
    "txt": lambda report, rng: writing.as_text(report.text, rng),
    "html": lambda report, rng: writing.as_page(report.text, rng),
    "docx": lambda report, rng: writing.as_word(report.text, rng),
    "pdf": lambda report, rng: writing.as_typeset(report.text, rng),
    "xlsx": _as_table,
}
CUT = ("docx", "pdf", "xlsx")


def mixed(folder: Path) -> list[Path]:
    """Files of five formats in turn; the last three of those that can break are cut in the middle."""
    made = []
    for number, report in enumerate(generate(SEED, FILES, "report")):
        kind = list(MAKERS)[number % len(MAKERS)] if number < FILES - BROKEN else CUT[FILES - 1 - number]
        content = MAKERS[kind](report, Random(SEED + number))
        path = folder / f"{number:02d}{Path(report.name).stem}.{kind}"
        path.write_bytes(content if number < FILES - BROKEN else content[: len(content) // 2])
        made.append(path)
    return made


def uploaded(page: Page, address: str, files: list[Path]) -> list[Goal]:
    """Seconds from the choice of the files to the last of them kept or refused, and how many became of each."""
    visit(page, f"{address}/upload")
    begun = time.perf_counter()
    page.locator('input[type="file"]').first.set_input_files(files)
    heading = page.get_by_role("heading", level=1).filter(has_text=f"上传 {len(files)} 份")
    heading.wait_for()
    seconds = time.perf_counter() - begun
    settle(page)
    kept, refused = (
        int(found[1]) if (found := re.search(rf"(\d+) 份{word}", heading.inner_text())) else 0
        for word in ("已入库", "未入库")
    )
    return [
        Goal(f"{len(files)} mixed files to saved records", 60, seconds, "s"),
        Goal("of these kept", FILES - BROKEN, kept, at_least=True),
        Goal("of these broken and refused with a message", BROKEN, refused),
    ]
