"""The command line: reports in, records out; and how a sentence is read.

python -m extract FILE… [--format jsonl|csv|table] [--output PATH] [--missed | --coverage]
python -m extract coverage FILE…
python -m extract explain "文本"

Exit status: 0 when every file was read, 1 when some were not (each named on stderr with its reason), 2 for wrong
usage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from extract.formats import COUNTS, FORMATS, counts_words, opening, render
from extract.models import ReportError

SUFFIXES = frozenset(
    (
        *(".txt", ".md", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx", ".docm", ".doc", ".wps"),
        *(".rtf", ".odt", ".pdf", ".xlsx", ".xlsm", ".xls", ".et", ".zip"),
    )
)
"""Endings of the files that are read out of a folder; a file that is named itself is read whatever its ending.

Pictures are not among them (many are no reports, and each takes seconds), nor .csv, which this program writes.
"""

PARALLEL_FILES, PARALLEL_BYTES = 64, 4 * 1024 * 1024
"""From so many files, or several files of so many bytes together, all cores are used."""
BATCH, AHEAD = 8, 4
"""Files a task, and tasks handed out ahead for each core: what is read but not yet printed stays this small."""
BAR_DELAY = 1.0
"""Seconds of work before the progress bar is shown."""

READ, UNREAD, USAGE, INTERRUPTED = 0, 1, 2, 130

MISSING = "没有这个文件或文件夹"
NOTHING_INSIDE = "文件夹里没有能读的报告(Word、PDF、Excel、文本、网页或 ZIP)"
REASONS: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, MISSING),
    (PermissionError, "没有读取它的权限"),
    (IsADirectoryError, "这是文件夹，不是文件"),
)
DESCRIPTION = "从乡镇报告里读出指标、数值、完成率和同比，每条记录一行。"
EPILOG = """另有两个命令:
  python -m extract explain "文本"    说明一句话是怎样读的
  python -m extract coverage 文件…    每份报告的率和数:见到、记录、不列入、未看懂各多少

退出码: 0 每份都读了；1 有读不了的(逐份说明原因,其余照常输出)；2 用法不对"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of every report: records, missed or coverage; in which format; the terminal's columns."""

    what: str
    form: str
    width: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave: its lines and its counts, or why it could not be read."""

    path: str
    text: str = ""
    counts: tuple[int, ...] = (0,) * len(COUNTS)
    problem: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status; ``arguments`` default to the process's own."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        status = _explain(given[1:]) if given[:1] == ["explain"] else _read(given)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _close_quietly()
        return UNREAD
    except KeyboardInterrupt:
        return INTERRUPTED


def _close_quietly() -> None:
    """Nobody reads on (| head): what is still in the buffer goes nowhere, so that leaving raises nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


# -- explain --------------------------------------------------------------------------------------


def _explain(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m extract explain", description="说明一段文字是怎样读的。")
    parser.add_argument("text", metavar="文本", help="要说明的文字；写 - 则从标准输入读")
    text = parser.parse_args(arguments).text
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    if not text.strip():
        parser.error("文本是空的")
    from extract.explain import explain

    sys.stdout.write(explain(text))
    return READ


# -- reading --------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extract",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="文件", help="报告文件或文件夹，任意多个")
    parser.add_argument("--format", choices=FORMATS, help="jsonl(默认)、csv 或 table(--coverage 时默认 table)")
    parser.add_argument("--output", metavar="路径", help="写到文件，不打印")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--missed", action="store_const", const="missed", dest="what", help="不列记录，列出未成记录的数及缘由"
    )
    what.add_argument(
        "--coverage", action="store_const", const="coverage", dest="what", help="不列记录，列出各份报告读出多少"
    )
    return parser


def _read(arguments: list[str]) -> int:
    parser = _parser()
    if arguments[:1] == ["coverage"]:
        arguments = [*arguments[1:], "--coverage"]
    options = parser.parse_args(arguments)
    what = options.what or "records"
    form = options.format or ("table" if what == "coverage" else "jsonl")
    job = Job(what, form, shutil.get_terminal_size((120, 24)).columns)
    found = [outcome for name in options.files for outcome in _files(name)]
    try:
        with _target(options.output, form) as target:
            return _print_all(found, job, target)
    except _OutputError as error:
        parser.error(str(error))


class _OutputError(Exception):
    """The file for the output cannot be written."""


@contextmanager
def _target(path: str | None, form: str) -> Iterator[TextIO]:
    """Where the lines go: the screen, or a file (CSV with BOM, as spreadsheets want it)."""
    if path is None:
        yield sys.stdout
        return
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    try:
        handle = open(path, "w", encoding=encoding, errors="backslashreplace", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise _OutputError(f"写不了 {path}：{reason_of(error)}") from error
    with handle:
        yield handle


def _files(name: str) -> Iterator[Outcome]:
    """The files behind one argument, those of a folder sorted; a folder without any is an outcome with a problem."""
    path = Path(name)
    if not path.is_dir():
        yield Outcome(name)
        return
    inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and _is_report(p))
    yield from (Outcome(str(file)) for file in inside)
    if not inside:
        yield Outcome(name, problem=NOTHING_INSIDE)


def _is_report(path: Path) -> bool:
    """Not a hidden file, and not the lock that Word leaves beside an open document."""
    return not path.name.startswith((".", "~$")) and path.is_file()


def reason_of(error: OSError) -> str:
    """Why a file could not be opened, in Chinese."""
    return next((words for kind, words in REASONS if isinstance(error, kind)), f"打不开({error.strerror or error})")


def read_file(path: str, job: Job) -> Outcome:
    """What one file gives. A fault in the program is told like a file's own, so that the other files go on."""
    from extract.reading import read_bytes, read_guarded

    try:
        read = read_guarded(Path(path).name, read_bytes(Path(path)))
        found = [findings for _, findings in read if not isinstance(findings, str)]
        text = "".join(render(findings, job.what, job.form, job.width) for findings in found)
    except ReportError as error:
        return Outcome(path, problem=str(error))
    except OSError as error:
        return Outcome(path, problem=reason_of(error))
    except Exception as error:
        return Outcome(path, problem=f"程序出错，请把这份报告交给开发者({type(error).__name__}: {error})")
    several = len(read) > 1
    problems = [f"{name}：{why}" if several else why for name, why in read if isinstance(why, str)]
    counts = tuple(sum(findings.coverage[key] for findings in found) for key in COUNTS)
    return Outcome(path, text, counts, "；".join(problems))


def read_batch(paths: Sequence[str], job: Job) -> list[Outcome]:
    """The outcomes of several files, in their order."""
    return [read_file(path, job) for path in paths]


def _outcomes(found: Sequence[Outcome], job: Job) -> Iterator[Outcome]:
    """The outcome of every file in the order given."""
    paths = [outcome.path for outcome in found if not outcome.problem]
    read = _in_parallel(paths, job) if _is_long(paths) else (read_file(path, job) for path in paths)
    for outcome in found:
        yield outcome if outcome.problem else next(read)


def _is_long(paths: Sequence[str]) -> bool:
    if len(paths) >= PARALLEL_FILES:
        return True
    return len(paths) > 1 and sum(os.path.getsize(p) for p in paths if os.path.isfile(p)) >= PARALLEL_BYTES


def _in_parallel(paths: Sequence[str], job: Job) -> Iterator[Outcome]:
    """Read on all cores; results in order, no more than a window of tasks under way."""
    from concurrent.futures import Future, ProcessPoolExecutor

    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    tasks = (paths[at : at + BATCH] for at in range(0, len(paths), BATCH))
    with ProcessPoolExecutor(workers) as pool:
        window: deque[Future[list[Outcome]]] = deque(
            pool.submit(read_batch, batch, job) for batch in islice(tasks, workers * AHEAD)
        )
        try:
            while window:
                yield from window.popleft().result()
                window.extend(pool.submit(read_batch, batch, job) for batch in islice(tasks, 1))
        finally:
            pool.shutdown(cancel_futures=True)


def _print_all(found: Sequence[Outcome], job: Job, target: TextIO) -> int:
    """Print every outcome as it comes; problems on stderr."""
    status = READ
    total = [0] * len(COUNTS)
    target.write(opening(job.what, job.form))
    with _progress(len(found)) as bar:
        for outcome in _outcomes(found, job):
            _write(outcome.text, target, bar)
            if outcome.problem:
                status = UNREAD
                _write(f"{outcome.path}：{outcome.problem}\n", sys.stderr, bar)
            total = [sum(pair) for pair in zip(total, outcome.counts, strict=True)]
            bar.update()
    if job.what == "coverage" and job.form == "table" and len(found) > 1:
        target.write(f"合计：{counts_words(dict(zip(COUNTS, total, strict=True)))}\n")
    return status


# -- progress -------------------------------------------------------------------------------------


class _NoBar:
    """Stands for the progress bar where none is shown."""

    def update(self) -> None:
        """Nothing to move on."""

    def clear(self) -> None:
        """Nothing to take off the screen."""


@contextmanager
def _progress(count: int) -> Iterator[Any]:
    """A bar on long work when stderr is a terminal."""
    if count < 2 or not sys.stderr.isatty():
        yield _NoBar()
        return
    from tqdm import tqdm

    with tqdm(total=count, unit="份", desc="读报告", delay=BAR_DELAY, file=sys.stderr, dynamic_ncols=True) as bar:
        yield bar


def _write(text: str, target: TextIO, bar: Any) -> None:
    """Write text; on a terminal the bar is taken away first, so that the two do not mix."""
    if not text:
        return
    if target.isatty():
        bar.clear()
    target.write(text)
