"""Reports as OFD (GB/T 33190): pages of text objects with a template for the running head, tables of ruled lines.

Programs differ in how they write a line: as one text object with the distances of its characters, or as many.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from random import Random

from benchmarks.formats.blocks import Block, blocks

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM = 28.0, 35.0, 265.0
HEAD = "示例县工作简报"
KEPT_FROM_START = "，。；：、！？）》”％%"


@dataclass
class Sheet:
    """A page in the making: its objects as XML."""

    objects: list[str] = field(default_factory=list)

    def write(self, text: str, x: float, y: float, size: float, *, apart: bool = False) -> None:
        """A line of text whose base is at y; ``apart``: every character an object of its own."""
        steps = [advance(sign, size) for sign in text]
        if apart:
            for sign, step in zip(text, steps, strict=True):
                self.objects.append(text_object(sign, x, y, size, ""))
                x += step
        else:
            self.objects.append(text_object(text, x, y, size, delta(steps[:-1])))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A straight line."""
        boundary = f"{x0:g} {y0:g} {max(x1 - x0, 0.1):g} {max(y1 - y0, 0.1):g}"
        self.objects.append(
            f'<ofd:PathObject ID="9" Boundary="{boundary}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def advance(sign: str, size: float) -> float:
    """How far the next character is."""
    return size if ord(sign) > 0xFF else size / 2


def delta(steps: Sequence[float]) -> str:
    """The distances of characters, equal ones together: g 5 4.2."""
    parts: list[str] = []
    done = 0
    while done < len(steps):
        same = next((n for n in range(done, len(steps)) if steps[n] != steps[done]), len(steps)) - done
        parts += ["g", str(same), f"{steps[done]:g}"] if same > 2 else [f"{steps[done]:g}"] * same
        done += same
    return " ".join(parts)


def text_object(text: str, x: float, y: float, size: float, distances: str, matrix: str = "") -> str:
    """A text object whose first character stands at x on a base at y."""
    attributes = f' CTM="{matrix}"' if matrix else ""
    moved = f' DeltaX="{distances}"' if distances else ""
    return (
        f'<ofd:TextObject ID="8" Boundary="{x:g} {y - size:g} {WIDTH - x:g} {size * 1.3:g}" Font="2" Size="{size:g}"'
        f'{attributes}><ofd:TextCode X="0" Y="{size:g}"{moved}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def as_ofd(text: str, rng: Random) -> bytes:
    """A report as OFD, its lines written in one of the usual ways."""
    size, apart = rng.choice((3.7, 4.2, 5.6)), rng.random() < 0.3
    sheets = [Sheet()]
    y = TOP
    for block in blocks(text):
        for piece in _table(block, size) if block.kind == "table" else _lines(block, size):
            if y + piece.height > BOTTOM:
                sheets.append(Sheet())
                y = TOP
            piece.draw(sheets[-1], y, apart)
            y += piece.height
    return package([sheet.objects for sheet in sheets])


@dataclass(frozen=True)
class _Line:
    text: str
    x: float
    size: float

    @property
    def height(self) -> float:
        return self.size * 1.7

    def draw(self, sheet: Sheet, y: float, apart: bool) -> None:
        sheet.write(self.text, self.x, y + self.size, self.size, apart=apart)


@dataclass(frozen=True)
class _Row:
    cells: tuple[str, ...]
    size: float
    height: float

    def draw(self, sheet: Sheet, y: float, apart: bool) -> None:
        room = (WIDTH - 2 * LEFT) / len(self.cells)
        for place, cell in enumerate(self.cells):
            for number, line in enumerate(_broken(cell, room - 1.5, room - 1.5, self.size)):
                sheet.write(line, LEFT + room * place + 0.7, y + self.size * 1.2 * (number + 1), self.size, apart=apart)
        for edge in (y, y + self.height):
            sheet.rule(LEFT, edge, WIDTH - LEFT, edge)
        for place in range(len(self.cells) + 1):
            sheet.rule(LEFT + room * place, y, LEFT + room * place, y + self.height)


def _lines(block: Block, size: float) -> Iterator[_Line]:
    room = WIDTH - 2 * LEFT
    if block.kind == "title":
        large = size * 1.5
        for line in _broken(block.text, room, room, large):
            width = sum(advance(sign, large) for sign in line)
            yield _Line(line, (WIDTH - width) / 2, large)
        return
    for number, line in enumerate(_broken(block.text, room - 2 * size, room, size)):
        yield _Line(line, LEFT + (0 if number else 2 * size), size)


def _table(block: Block, size: float) -> Iterator[_Row]:
    room = (WIDTH - 2 * LEFT) / len(block.rows[0])
    small = min(size, room / 6)
    for row in block.rows:
        most = max(len(_broken(cell, room - 1.5, room - 1.5, small)) for cell in row)
        yield _Row(row, small, small * (1.2 * most + 0.8))


def _broken(text: str, first: float, room: float, size: float) -> list[str]:
    """The text in lines of this width; what may not begin a line hangs over."""
    lines, line, width, most = [], "", 0.0, first
    for sign in text:
        step = advance(sign, size)
        if width + step > most and sign not in KEPT_FROM_START:
            lines.append(line)
            line, width, most = "", 0.0, room
        line += sign
        width += step
    return [*lines, line]


def package(pages: Sequence[Sequence[str]], extra: dict[str, bytes] | None = None, resources: str = "") -> bytes:
    """The file of these pages of objects; ``resources`` and ``extra`` members where pages name pictures."""
    listed = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    head = text_object(HEAD, LEFT, 20, 3.2, "")
    members: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {NAMESPACE} BaseLoc="Res">{resources}</ofd:Res>',
        "Doc_0/Tpls/Tpl_0/Content.xml": _page([head]),
        **(extra or {}),
    }
    for number, objects in enumerate(pages):
        foot = text_object(f"- {number + 1} -", WIDTH / 2 - 5, 283, 3.2, "")
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page([*objects, foot], '<ofd:Template TemplateID="5"/>')
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _page(objects: Sequence[str], template: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NAMESPACE}>{template}<ofd:Content><ofd:Layer ID="3">'
        f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )
