"""The sample reports of the first run: read like any report, kept with origin ``sample``."""

from __future__ import annotations

from pathlib import Path

from extract import read_report
from store import Store

FOLDER = Path(__file__).resolve().parent.parent / "data" / "reports"
KINDS = (".txt", ".html", ".htm", ".docx")


def files(folder: Path = FOLDER) -> list[Path]:
    """The sample reports, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)


def load(store: Store, folder: Path = FOLDER) -> int:
    """Read and keep every sample report that is not there yet; gives how many were added.

    Loading twice adds nothing. Raises ``extract.ReportError`` where a sample cannot be read: samples are ours.
    """
    added = 0
    for path in files(folder):
        content = path.read_bytes()
        if store.find_duplicate(content):
            continue
        saved = store.save_report(read_report(path.name, content), content, who="演示", origin="sample")
        added += not saved.duplicate
    return added
