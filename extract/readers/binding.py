"""The printed pages of a report bound into one text: running heads gone, columns in order, lines as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.models import Mark
from extract.readers import scans
from extract.readers.glyphs import Line
from extract.readers.margins import without_margins
from extract.readers.pages import Printed
from extract.readers.paragraphs import as_text

HEADS_GONE = "页眉页码已去"
COLUMNS = "分栏已排序"
DAMAGED = "已损坏，没有读"
FEW_LETTERS = 20  # a page with fewer that shows a picture is a scan


@dataclass(slots=True)
class Pages:
    """The pages that were read so far by their numbers, and the numbers of those that were not, by the reason."""

    read: dict[int, Printed] = field(default_factory=dict)
    confidences: list[float] = field(default_factory=list)
    unread: dict[str, list[int]] = field(default_factory=dict)

    def leave(self, number: int, reason: str) -> None:
        """A page, or what only a picture shows of it, is not read."""
        self.unread.setdefault(reason, []).append(number)

    def scan(self, number: int, printed: Printed, draw: Callable[[], Any]) -> None:
        """A page that is only a picture, drawn where it can be read by OCR; else what is printed on it."""
        problem = scans.why_not(len(self.confidences))
        if problem:
            self.leave(number, problem)
            self.read[number] = printed
            return
        found = scans.read_picture(draw())
        self.confidences.append(found.confidence)
        self.read[number] = found.page

    def why_nothing(self, empty: str, broken: str) -> str:
        """The sentence for a file none of whose pages gave a text, by why its first unread page was not read."""
        return scans.NOTHING_READ.get(next(iter(self.unread)), broken) if self.unread else empty

    def text(self) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
        """The text of the pages, its marks, and flags of all that was put in order, mended or not read."""
        lines, cut = in_order(self.read)
        text, marks, mended = as_text(lines, max(page.width for page in self.read.values()))
        in_columns = any(line.column[1] > 1 for page in lines for line in page)
        flags = (
            *((HEADS_GONE,) if cut else ()),
            *((COLUMNS,) if in_columns else ()),
            *scans.flags(self.confidences),
            *(f"第{'、'.join(map(str, numbers))}页{reason}" for reason, numbers in self.unread.items()),
            *mended,
        )
        return text, marks, flags


def in_order(pages: Mapping[int, Printed]) -> tuple[list[list[Line]], bool]:
    """The lines of every page without running heads and page numbers, and whether there were any.

    Where several pages have a gutter, the last, half-empty one has it too.
    """
    gutters = [page.gutter for page in pages.values() if page.gutter is not None]
    shared = gutters[0] if len(gutters) * 2 >= len(pages) else None
    lines = [page.lines(number, page.gutter or shared) for number, page in pages.items()]
    return without_margins(lines, [(page.top, page.bottom) for page in pages.values()])
