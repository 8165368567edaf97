"""Hostile zips and documents that are a zip inside: bombs, depths, entities, macros, names."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from random import Random

from benchmarks.formats import writing

TEXT = "青石镇2024年上半年完成工业投资1.2亿元，同比增长5.5%，占年度计划的51.4%。"
MIB = 1024 * 1024
Hostile = tuple[str, str, bytes]  # what it is, the file's name, its bytes

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(content: bytes, changes: Mapping[str, bytes | str]) -> bytes:
    """A package with some of its members changed or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        members: dict[str, bytes | str] = {name: whole.read(name) for name in whole.namelist()}
    return zipped({**members, **changes})


def word(body: str = "", head: str = "") -> bytes:
    """A .docx whose main part is this XML."""
    xml = f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
    return replaced(writing.as_word(TEXT, Random(1)), {"word/document.xml": xml})


def paragraph(text: str) -> str:
    """A paragraph of a .docx."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet(body: str, head: str = "", strings: str | None = None) -> bytes:
    """An .xlsx whose sheet has this XML in it."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = TEXT
    buffer = io.BytesIO()
    book.save(buffer)
    changes: dict[str, bytes | str] = {
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{head}<worksheet {S}>{body}</worksheet>'
    }
    if strings is not None:
        changes["xl/sharedStrings.xml"] = strings
    return replaced(buffer.getvalue(), changes)


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip."""
    content = zipped({"报告.txt": TEXT})
    for _ in range(depth):
        content = zipped({"更深.zip": content})
    return content


def _lying(content: bytes) -> bytes:
    """The zip with a size in its directory that is far from the truth."""
    data = bytearray(content)
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


def _overlapping(content: bytes, copies: int) -> bytes:
    """A zip whose directory names the same compressed bytes many times."""
    start = content.index(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    entry = content[start:end]
    directory = entry * copies
    tail = bytearray(content[end:])
    tail[8:12] = struct.pack("<HH", copies, copies)
    tail[12:16] = struct.pack("<I", len(directory))
    return content[:start] + directory + bytes(tail)


def archives() -> Iterator[Hostile]:
    """Zips."""
    bomb = zipped({"零.txt": bytes(400 * MIB)})
    yield "zip bomb: 400 MB of zeros", "炸弹.zip", bomb
    yield "zip bomb that lies about its size", "炸弹.zip", _lying(bomb)
    yield "zip bomb of overlapping members", "炸弹.zip", _overlapping(zipped({"零.txt": bytes(30 * MIB)}), 400)
    yield "zip of bombs", "炸弹.zip", zipped({f"{n}.zip": zipped({"零.txt": bytes(90 * MIB)}) for n in range(5)})
    yield "zip in zip, 3 deep", "深.zip", nested(3)
    yield "zip in zip, 60 deep", "深.zip", nested(60)
    yield "zip of 5,000 files", "多.zip", zipped({f"{n}.txt": TEXT for n in range(5000)}, zipfile.ZIP_STORED)
    names = ("../../../../tmp/逃逸.txt", "/etc/逃逸.txt", "C:\\Windows\\逃逸.txt", "..\\..\\逃逸.txt")
    for name in (*names, "控\x07制\r\n符.txt", "\u202etxt.报告", "长" * 60 + ".txt", "../..", ".", "con.txt"):
        yield f"zip with the name {name!r}", "名.zip", zipped({name: TEXT + name})
    yield "empty zip", "空.zip", zipped({})
    locked = bytearray(zipped({"报告.txt": TEXT}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    yield "zip with a password", "锁.zip", bytes(locked)


def documents() -> Iterator[Hostile]:
    """Word files and workbooks."""
    yield "docx: XML bomb", "a.docx", word(paragraph("&j;"), LAUGHS)
    yield "docx: external entity", "a.docx", word(paragraph("&j;" + TEXT), OUTSIDE)
    yield "docx: external DTD", "a.docx", word(paragraph(TEXT), REMOTE)
    yield "docx: a script as its text", "a.docx", word(paragraph("&lt;script&gt;alert(1)&lt;/script&gt;" + TEXT))
    yield "docx: 200,000 nested elements", "a.docx", word("<w:sdt>" * 200_000 + "</w:sdt>" * 200_000)
    yield "docx: 3,000 nested tables", "a.docx", word("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)
    yield "docx: 300 MB of XML", "a.docx", word(paragraph(" " * (300 * MIB)))
    yield (
        "docx: a grid of 2,000,000,000 columns",
        "a.docx",
        word(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
            + paragraph(TEXT)
            + "</w:tc></w:tr></w:tbl>"
        ),
    )
    yield "docm: macros", "a.docm", replaced(word(paragraph(TEXT)), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99})
    yield "docx: main part missing", "a.docx", zipped({"[Content_Types].xml": CONTENT_TYPES, "word/x.xml": "<x/>"})
    yield "docx: no XML at all", "a.docx", zipped({"word/document.xml": bytes(range(256)) * 40})
    yield (
        "xlsx: XML bomb",
        "a.xlsx",
        sheet('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>', LAUGHS),
    )
    yield (
        "xlsx: external entity",
        "a.xlsx",
        sheet('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>', OUTSIDE),
    )
    yield (
        "xlsx: a cell at the last row and column",
        "a.xlsx",
        sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    yield (
        "xlsx: a merged area over the whole sheet",
        "a.xlsx",
        sheet(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
            '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    cells = "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 100}</row>' for row in range(1, 20_001))
    yield "xlsx: 2,000,000 cells", "a.xlsx", sheet(f"<sheetData>{cells}</sheetData>")
    yield (
        "xlsx: a text that is not there",
        "a.xlsx",
        sheet('<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>', strings=f"<sst {S}/>"),
    )
    yield (
        "xlsx: a number of a million digits",
        "a.xlsx",
        sheet(f'<sheetData><row r="1"><c r="A1"><v>{"9" * 1_000_000}</v></c></row></sheetData>'),
    )
    yield (
        "xlsx: a formula that starts a program",
        "a.xlsx",
        sheet('<sheetData><row r="1"><c r="A1" t="str"><f>cmd|"/c calc"!A0</f><v>=cmd|calc</v></c></row></sheetData>'),
    )
    yield (
        "xlsm: macros",
        "a.xlsm",
        replaced(
            sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'), {"xl/vbaProject.bin": b"x" * 999}
        ),
    )
    open_text = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"{LAUGHS}<x>&j;</x>"}
    yield "odt: XML bomb", "a.odt", zipped(open_text, zipfile.ZIP_STORED)
