"""The characters of a PDF page with their places, as lines of text in reading direction.

Places are in points of a page turned so that its text runs from left to right: x grows to the right,
``top`` grows downwards. What stands askew (a watermark) is left out.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

import pypdfium2.raw as pdfium

from extract.readers.regions import Region

MOST_CHARACTERS = 60_000  # of one page; a page of small print has about 5,000
SKEW = math.radians(4)
GAP = 1.5  # of the font's size: a wider gap ends a piece
WORD_GAP = 0.18  # of the font's size: a blank between two Latin letters
SAME_LINE = 0.5  # of the smaller height that two pieces of one line share
HYPHEN = 2  # pdfium's own sign for a hyphen at a line's end

Letter = tuple[str, float, float, float, float]  # a character, its left, right, top and bottom

_SQUARE = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
# Radicals that fonts give in place of the character and that no Unicode normal form turns back.
RADICALS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳", "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


@dataclass(slots=True)
class Piece:
    """Characters that follow each other without a gap; ``lefts`` has the left edge of each where it is known."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    lefts: tuple[float, ...] = ()

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Run:
    """A piece in the making."""

    texts: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)  # of the characters that are as wide as high
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    size: float = 0

    def add(self, sign: str, left: float, *, first: bool = False) -> None:
        """One more character; a blank never begins a run."""
        if first or self.texts:
            self.texts.append(sign)
            self.lefts.append(left)


def plain(text: str) -> str:
    """The text with radicals (⽉, ⻚) as the characters that they stand for, one for one."""
    return text.translate(_KANGXI).translate(RADICALS)


def quarter_turns(textpage: object) -> int:
    """How often the page's text is turned by 90 degrees against its paper, counter-clockwise: 0 to 3."""
    count = min(pdfium.FPDFText_CountChars(textpage), MOST_CHARACTERS)
    step = max(1, count // 200)
    turns: Counter[int] = Counter()
    for index in range(0, count, step):
        angle = pdfium.FPDFText_GetCharAngle(textpage, index)
        if angle >= 0 and _is_upright(angle):
            turns[round(angle / (math.pi / 2)) % 4] += 1
    return turns.most_common(1)[0][0] if turns else 0


def turned(x: float, y: float, turns: int) -> tuple[float, float]:
    """A point of the paper (y upwards) as a point of the turned page (y downwards)."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turns]


def _is_upright(angle: float) -> bool:
    nearest = round(angle / (math.pi / 2)) * (math.pi / 2)
    return abs(angle - nearest) < SKEW


def pieces(textpage: object, turns: int) -> list[Piece]:
    """The pieces of a page in the order of its content."""
    return runs(_letters(textpage, turns))


def _letters(textpage: object, turns: int) -> Iterator[Letter]:
    box = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFText_CountChars(textpage), MOST_CHARACTERS)):
        sign = _sign(textpage, index, turns)
        if sign is None or not pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        one, other = turned(box.left, box.top, turns), turned(box.right, box.bottom, turns)
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        yield sign, left, right, top, bottom


def runs(letters: Iterable[Letter]) -> list[Piece]:
    """Letters with their places as pieces, in their order; a gap or another line ends a piece."""
    found: list[Piece] = []
    run = _Run()
    for sign, left, right, top, bottom in letters:
        if sign.isspace():
            run.add(sign, run.right)
            continue
        if not _goes_on(run, left, top, bottom):
            _end(run, found)
            run = _Run([], [], [], left, right, top, bottom, bottom - top)
        elif left - run.right > WORD_GAP * run.size and _LATIN.match(sign) and _LATIN.match(run.texts[-1]):
            run.add(" ", run.right)
        run.add(sign, left, first=True)
        run.right = max(run.right, right)
        run.widths.extend([right - left] if _SQUARE.match(sign) else [])
        run.top, run.bottom = min(run.top, top), max(run.bottom, bottom)
    _end(run, found)
    return found


def _sign(textpage: object, index: int, turns: int) -> str | None:
    """The character at an index; None for one that pdfium put in itself or that stands askew."""
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    if code == HYPHEN:
        return "-"
    if code < 32 or 0xD800 <= code <= 0xDFFF or pdfium.FPDFText_IsGenerated(textpage, index) == 1:
        return None
    angle = pdfium.FPDFText_GetCharAngle(textpage, index)
    if angle >= 0 and (not _is_upright(angle) or round(angle / (math.pi / 2)) % 4 != turns):
        return None
    return chr(code)


def _goes_on(run: _Run, left: float, top: float, bottom: float) -> bool:
    if not run.texts:
        return False
    shared = min(run.bottom, bottom) - max(run.top, top)
    if shared < SAME_LINE * min(run.bottom - run.top, bottom - top):
        return False
    return -GAP * run.size < left - run.right < GAP * run.size


def _end(run: _Run, found: list[Piece]) -> None:
    """The size of a piece is the width of its Chinese characters, the same in every font; else its height."""
    text = plain("".join(run.texts)).rstrip()
    if text:
        size = median(run.widths) if run.widths else run.size
        found.append(Piece(text, run.left, run.right, run.top, run.bottom, size, tuple(run.lefts)))


@dataclass(slots=True)
class Line:
    """One line of a column as it is printed; ``rows`` stand ready as ``a | b`` and are never joined.

    ``region`` is its page and its place on the page's picture.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int = 0
    column: tuple[int, int] = (0, 1)
    row: bool = False
    region: Region | None = None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_of(found: list[Piece]) -> list[Line]:
    """Pieces as lines from top to bottom; two blanks between pieces that stand apart (the cells of a table)."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda piece: (piece.middle, piece.left)):
        home = next((row for row in reversed(rows[-3:]) if _shares_line(row, piece)), None)
        if home is None:
            rows.append([piece])
        else:
            home.append(piece)
    return [_line(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _shares_line(row: list[Piece], piece: Piece) -> bool:
    top, bottom = min(one.top for one in row), max(one.bottom for one in row)
    shared = min(bottom, piece.bottom) - max(top, piece.top)
    return shared >= SAME_LINE * min(bottom - top, piece.height)


def _line(row: list[Piece]) -> Line:
    text, right = row[0].text, row[0].right
    for piece in row[1:]:
        apart = piece.left - right >= GAP * min(piece.size, row[0].size)
        text += ("  " if apart else "") + piece.text
        right = max(right, piece.right)
    tallest = max(row, key=lambda piece: len(piece.text))
    return Line(
        text.strip(),
        row[0].left,
        right,
        min(piece.top for piece in row),
        max(piece.bottom for piece in row),
        tallest.size,
    )
