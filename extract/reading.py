"""From a report file to its findings."""

from __future__ import annotations

from pathlib import Path

from extract.find import find
from extract.models import Document, Findings
from extract.readers.trust import lowered


def load_report(name: str, content: bytes) -> Document:
    """The text of a report file; ReportError, with a Chinese sentence, where it cannot be read."""
    from extract.readers import load_report as load

    return load(name, content)


def read_report(name: str, content: bytes | None = None) -> Findings:
    """The findings of a report: of ``content`` under that name, or of the file at the path ``name``."""
    path = Path(name)
    return lowered(find(load_report(path.name, path.read_bytes() if content is None else content)))
