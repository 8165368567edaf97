"""From a report file to its findings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extract.find import find
from extract.models import Document, Findings, ReportError
from extract.readers.archives import is_bundle
from extract.readers.kinds import find_kind
from extract.readers.limits import check_bytes
from extract.readers.overseer import Overseer
from extract.readers.trust import lowered

SIMPLE = frozenset({"text", "html"})
"""Kinds that are read in this process: their readers know neither packages nor pictures."""


def load_report(name: str, content: bytes) -> Document:
    """The text of a report file; ReportError, with a Chinese sentence, where it cannot be read."""
    from extract.readers import load_report as load

    return load(name, content)


def read_report(name: str, content: bytes | None = None) -> Findings:
    """The findings of a report: of ``content`` under that name, or of the file at the path ``name``."""
    path = Path(name)
    return lowered(find(load_report(path.name, read_bytes(path) if content is None else content)))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; ReportError for one that is larger than is read, before it is read."""
    check_bytes(path.stat().st_size)
    return path.read_bytes()


def read_guarded(name: str, content: bytes) -> list[tuple[str, Findings | str]]:
    """The findings of a report under its name, of every file of a zip; in place of findings why there are none.

    What is not plain text or a web page is read in a process of its own, which is stopped when it takes too long.
    """
    if not is_bundle(name, content):
        return [(name, _guarded(name, content))]
    try:
        members = _overseer().members(name, content)
    except ReportError as error:
        return [(name, str(error))]
    return [(one.name, one.problem or _guarded(one.name, one.content)) for one in members]


def _guarded(name: str, content: bytes) -> Findings | str:
    try:
        simple = not content or find_kind(name, content) in SIMPLE
        document = load_report(name, content) if simple else _overseer().read(name, content)
    except ReportError as error:
        return str(error)
    return lowered(find(document))


@cache
def _overseer() -> Overseer:
    """One for this process; its own process ends with this one."""
    return Overseer()
