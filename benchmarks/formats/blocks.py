"""A generated report as blocks: its title, its paragraphs, its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """``kind`` is title, text or table; a table has rows of cells, the head first."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a report's text; blank lines and the rules of tables (| --- |) are left out."""
    rows: list[tuple[str, ...]] = []
    kind = "title"
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip("| ").split("|"))
            rows += [] if set(line) <= set("|- ") else [cells]
            continue
        if rows:
            yield Block("table", rows=tuple(rows))
            rows = []
        if line.strip():
            yield Block(kind, line.strip())
            kind = "text"
