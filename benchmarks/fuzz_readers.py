"""Mutated files for every reader, for so many minutes each: nothing may crash the program or run past the limit.

    python -m benchmarks.fuzz_readers --minutes 10 [--kind pdf --kind xlsx] [--seed 1] [--keep FOLDER]

Files go through the process that the app uses. What is counted: read, refused with a sentence, stopped for time
or memory, and how often that process died (which the app survives, and which is a fault all the same). Files
that did so are kept in the folder. The exit status is 1 where the process died or ran past the limit.
"""

from __future__ import annotations

import argparse
import io
import os
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.formats import fixed, pictures, spreadsheets, writing
from benchmarks.generator import generate
from extract.models import ReportError
from extract.readers.overseer import STOPPED, Overseer

SECONDS = "10"
SPARE = 4.0  # seconds past the limit in which the process must be gone
TOKENS = (b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"%", b"<", b"\r\n", b"9" * 40, b"A" * 4000, b"-1")

Seeds = Callable[[Random], Sequence[bytes]]


@dataclass
class Trial:
    """What happened to the files of one kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: int = 0


def _texts(rng: Random) -> list[str]:
    return [report.text for report in generate(rng.randrange(1000), 3, "sample")]


def _written(make: writing.Maker) -> Seeds:
    return lambda rng: [make(text, rng) for text in _texts(rng)]


def _tabled(make: Callable[[spreadsheets.MadeTable], bytes]) -> Seeds:
    def seeds(rng: Random) -> list[bytes]:
        reports = list(generate(rng.randrange(1000), 12, "report"))
        return [make(layout(reports, rng)) for layout in spreadsheets.LAYOUTS]

    return seeds


def _zips(rng: Random) -> list[bytes]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(_texts(rng)):
            archive.writestr(f"报告/{number}.txt", text)
            archive.writestr(f"报告/{number}.docx", writing.as_word(text, rng))
    return [buffer.getvalue()]


def _scans(rng: Random) -> list[bytes]:
    return [pictures.as_scan(_texts(rng)[0][:200], rng, 60)]


KINDS: dict[str, Seeds] = {
    "txt": _written(writing.as_text),
    "html": _written(writing.as_page),
    "mht": _written(writing.as_saved_page),
    "eml": _written(writing.as_mail),
    "docx": _written(writing.as_word),
    "pdf": _written(writing.as_typeset),
    "ofd": _written(fixed.as_ofd),
    "xlsx": _tabled(spreadsheets.as_workbook),
    "xls": _tabled(spreadsheets.as_old_workbook),
    "csv": _tabled(spreadsheets.as_csv),
    "zip": _zips,
    "png": _scans,
    "doc": _written(writing.as_office("doc")),
    "rtf": _written(writing.as_office("rtf")),
}


BUNDLES = ("zip", "eml")
"""Kinds whose members are read one by one."""


def mutated(content: bytes, rng: Random) -> bytes:
    """The bytes with a few places changed; a package (docx, xlsx, zip) half of the time inside one of its members."""
    if content.startswith(b"PK") and rng.random() < 0.6:
        return _inside(content, rng)
    return _changed(content, rng)


def _changed(content: bytes, rng: Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16, 64))):
        if not data:
            break
        place = rng.randrange(len(data))
        kind = rng.randrange(6)
        if kind == 0:
            data[place] = rng.randrange(256)
        elif kind == 1:
            data[place] ^= 1 << rng.randrange(8)
        elif kind == 2:
            data[place:place] = rng.choice(TOKENS)
        elif kind == 3:
            del data[place : place + rng.randrange(1, 200)]
        elif kind == 4:
            other = rng.randrange(len(data))
            data[place:place] = data[other : other + rng.randrange(1, 2000)]
        elif rng.random() < 0.1:
            del data[place:]
    return bytes(data)


def _inside(content: bytes, rng: Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        names = whole.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = whole.read(name)
            made.writestr(name, _changed(part, rng) if name == chosen else part)
    return buffer.getvalue()


def run(kind: str, minutes: float, rng: Random, keep: Path | None) -> Trial:
    """Files of one kind for so many minutes."""
    seeds = KINDS[kind](rng)
    trial = Trial()
    end = time.monotonic() + 60 * minutes
    with Overseer() as reader:
        while time.monotonic() < end:
            content = mutated(rng.choice(seeds), rng)
            begun = time.monotonic()
            outcome = _outcome(reader, kind, content)
            seconds = time.monotonic() - begun
            trial.outcomes[outcome] += 1
            trial.slowest = max(trial.slowest, seconds)
            if outcome == "died" or seconds > int(SECONDS) + SPARE:
                trial.faults += 1
            if keep and outcome in ("died", "stopped"):
                (keep / f"{kind}-{outcome}-{trial.outcomes[outcome]}.{kind}").write_bytes(content)
    return trial


def _outcome(reader: Overseer, kind: str, content: bytes) -> str:
    try:
        if kind in BUNDLES:
            members = [member for member in reader.members(f"a.{kind}", content) if member.content]
            found = {_outcome(reader, member.name.rpartition(".")[2], member.content) for member in members}
            return next((worst for worst in ("died", "stopped", "read") if worst in found), "refused")
        else:
            reader.read(f"a.{kind}", content)
    except ReportError as error:
        said = str(error)
        return "died" if said == STOPPED else "stopped" if "已停止" in said else "refused"
    return "read"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each kind; 0 where nothing died and nothing ran past the limit."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_readers", description=__doc__)
    cli.add_argument("--minutes", type=float, default=10, help="for each kind")
    cli.add_argument("--kind", choices=sorted(KINDS), action="append")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--keep", type=Path, help="folder for the files that were fatal or stopped")
    options = cli.parse_args(arguments)
    os.environ["TOWN_PROGRESS_SECONDS"] = os.environ["TOWN_PROGRESS_SCAN_SECONDS"] = SECONDS
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    faults = 0
    for kind in options.kind or KINDS:
        trial = run(kind, options.minutes, Random(options.seed), options.keep)
        faults += trial.faults
        counts = ", ".join(f"{name} {count}" for name, count in sorted(trial.outcomes.items()))
        print(f"{kind:5} {trial.outcomes.total():7} files: {counts}; slowest {trial.slowest:.1f} s", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
