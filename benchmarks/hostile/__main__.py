"""Every hostile file through the process that the app uses: what is said, how long, how much memory.

    python -m benchmarks.hostile [--only WORD]

After each file a good one is read: the app goes on serving. Folders where a file could be written are compared
before and after. The exit status is 1 where the process died, ran past the limit, or something was written.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.hostile import others, packages
from benchmarks.hostile.packages import TEXT, Hostile
from extract.models import ReportError
from extract.readers.archives import is_bundle
from extract.readers.limits import limits
from extract.readers.overseer import STOPPED, Overseer

SPARE = 4.0  # seconds past the limit in which the process must be gone
WATCHED = (Path("/etc"), Path("/var/tmp"), Path.home(), Path.cwd())
ESCAPED = "逃逸"  # part of every name that tries to get out


def hostile() -> Iterator[Hostile]:
    """All of them, one after another, so that only one is in memory."""
    makers = (
        others.named_wrongly,
        packages.archives,
        packages.documents,
        others.pdfs,
        others.fixed_layout,
        others.seen,
    )
    return chain.from_iterable(maker() for maker in (*makers, others.texts, others.cut))


def said(reader: Overseer, name: str, content: bytes) -> str:
    """What a person is told of a file: what was read, or why not."""
    try:
        if not is_bundle(name, content):
            document = reader.read(name, content)
            return f"read: {len(document.text)} characters {'、'.join(document.flags)}"
        members = reader.members(name, content)
        return f"unpacked: {'、'.join(member.name + member.problem for member in members)}"
    except ReportError as error:
        return str(error)


def listing() -> set[str]:
    """The names in the folders where nothing may appear."""
    private, shared = Path(tempfile.gettempdir()), Path("/tmp")
    escaped = {str(path) for path in shared.glob(f"*{ESCAPED}*")}
    return escaped | {str(path) for folder in (*WATCHED, private) for path in folder.iterdir()}


def sparse() -> str:
    """What is said of a file of 2 GB through the command line, which asks for its size before it reads it."""
    from extract.cli import Job, read_file

    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.truncate(2 * 1024**3)
        return read_file(file.name, Job("records", "jsonl", 100)).problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each file and the sums; 0 where every one was told within its limit."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    cli.add_argument("--only", default="", help="only files whose description has this word")
    options = cli.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = folder
        return _measure(options.only)


def _measure(only: str) -> int:
    before, outcomes, most, slowest, faults = listing(), Counter[str](), 0.0, 0.0, 0
    for what, name, content in hostile():
        if only not in what:
            continue
        begun = time.monotonic()
        with Overseer() as reader:
            told = said(reader, name, content)
            seconds, memory = time.monotonic() - begun, reader.peak_mb()
            serves = reader.read("good.txt", TEXT.encode()).text == TEXT
        bad = told == STOPPED or seconds > limits().seconds + SPARE or not serves
        faults += bad
        most, slowest = max(most, memory), max(slowest, seconds)
        outcomes["read" if told.startswith(("read", "unpacked")) else "refused"] += 1
        print(f"{'FAULT ' if bad else ''}{what} | {seconds:.1f} s | {memory:.0f} MB | {told[:110]!r}", flush=True)
    print(f"2 GB sparse file | {sparse()}")
    written = listing() - before
    print(f"{outcomes.total()} files: {dict(outcomes)}; slowest {slowest:.1f} s; most memory {most:.0f} MB")
    print(f"faults: {faults}; written elsewhere: {sorted(written) or 'nothing'}")
    return 1 if faults or written else 0


if __name__ == "__main__":
    os.environ.setdefault("TOWN_PROGRESS_SECONDS", "30")
    raise SystemExit(main())
