"""Hostile PDFs, pictures, texts, pages, old Office files; cut files; names that lie."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from random import Random

from benchmarks.formats import fixed, pictures, spreadsheets, writing
from benchmarks.generator import generate
from benchmarks.hostile.packages import LAUGHS, MIB, OUTSIDE, TEXT, Hostile, paragraph, replaced, word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf_of(*objects: str | bytes, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    content = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        body = one if isinstance(one, bytes) else one.encode("latin-1")
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = trailer.replace("HERE", str(start))
    content += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer.encode())
    return content + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


CATALOG, PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"


def _page(more: str = "", size: str = "0 0 595 842") -> str:
    return f"<</Type/Page/Parent 2 0 R/MediaBox[{size}]{more}>>"


def pdfs() -> Iterator[Hostile]:
    """PDFs that loop, unpack without end, or ask for things."""
    yield "pdf: pages that are their own child", "a.pdf", pdf_of(CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")
    yield (
        "pdf: a table of contents that points to itself",
        "a.pdf",
        pdf_of(CATALOG, PAGES, _page(), trailer="/Prev HERE"),
    )
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    yield (
        "pdf: a form that draws itself",
        "a.pdf",
        pdf_of(
            CATALOG,
            PAGES,
            _page("/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>"),
            stream(b"/F Do", form),
            stream(b"/F Do"),
        ),
    )
    bomb = zlib.compress(zlib.compress(bytes(600 * MIB)))
    yield (
        "pdf: a stream packed twice, 600 MB",
        "a.pdf",
        pdf_of(CATALOG, PAGES, _page("/Contents 4 0 R"), stream(bomb, "/Filter[/FlateDecode/FlateDecode]")),
    )
    drawn = zlib.compress(
        b"".join(b"%d %d m %d %d l S\n" % (n % 595, n % 842, n % 500, n % 700) for n in range(600_000))
    )
    yield (
        "pdf: 600,000 lines on a page",
        "a.pdf",
        pdf_of(CATALOG, PAGES, _page("/Contents 4 0 R"), stream(drawn, "/Filter/FlateDecode")),
    )
    kids = " ".join(["3 0 R"] * 100_000)
    yield "pdf: 100,000 pages", "a.pdf", pdf_of(CATALOG, f"<</Type/Pages/Kids[{kids}]/Count 100000>>", _page())
    yield (
        "pdf: says it has 2,000,000,000 pages",
        "a.pdf",
        pdf_of(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", _page()),
    )
    text = b"BT /F1 12 Tf 50 700 Td (" + b"A" * 2_000_000 + b") Tj ET"
    font = "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    yield (
        "pdf: two million letters on a page",
        "a.pdf",
        pdf_of(CATALOG, PAGES, _page(f"{font}/Contents 4 0 R"), stream(text)),
    )
    yield "pdf: a page of 10,000,000 points", "a.pdf", pdf_of(CATALOG, PAGES, _page(size="0 0 10000000 10000000"))
    yield (
        "pdf: a script that runs on opening",
        "a.pdf",
        pdf_of("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", PAGES, _page()),
    )
    image = "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
    yield (
        "pdf: a picture of 60,000 × 60,000",
        "a.pdf",
        pdf_of(
            CATALOG,
            PAGES,
            _page("/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>"),
            stream(zlib.compress(bytes(1000)), image + "/Filter/FlateDecode"),
            stream(b"500 0 0 700 0 0 cm /F Do"),
        ),
    )
    yield "pdf: brackets 500,000 deep", "a.pdf", pdf_of(CATALOG, PAGES, "[" * 500_000)
    yield "pdf: nothing but its first line", "a.pdf", b"%PDF-1.7\n"


def png(width: int, height: int, rows: int = 50) -> bytes:
    """A PNG that says it is so large, one bit a point, with a few rows of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes((width // 8 + 2) * rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def fixed_layout() -> Iterator[Hostile]:
    """OFD files."""
    good = fixed.package([[fixed.text_object(TEXT, 28, 60, 4, "")]])
    page, document = "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Document.xml"
    yield "ofd: XML bomb", "a.ofd", replaced(good, {page: f"{LAUGHS}<Page>&j;</Page>"})
    yield "ofd: external entity", "a.ofd", replaced(good, {page: f"{OUTSIDE}<Page>&j;</Page>"})
    outside = '<Document><Pages><Page BaseLoc="../../../etc/passwd"/><Page BaseLoc="/etc/passwd"/></Pages></Document>'
    yield "ofd: pages outside the file", "a.ofd", replaced(good, {document: outside})
    same = f"<Document><Pages>{f'<Page BaseLoc={page[6:]!r}/>' * 100_000}</Pages></Document>"
    yield "ofd: one page 100,000 times", "a.ofd", replaced(good, {document: same})
    endless = fixed.text_object("字" * 50_000, 0, 0, 4, "g 2000000000 0.0001 " * 2000)
    yield "ofd: distances without end", "a.ofd", fixed.package([[endless] * 20])
    rules = "<PathObject><AbbreviatedData>M 0 0 " + "L 200 0 L 0 200 " * 200_000 + "</AbbreviatedData></PathObject>"
    yield "ofd: a path of 400,000 steps", "a.ofd", fixed.package([[rules]])
    blocks = "<PageBlock>" * 50_000 + "</PageBlock>" * 50_000
    yield "ofd: 50,000 nested blocks", "a.ofd", fixed.package([[blocks]])
    drawn = ['<ImageObject Boundary="0 0 210 297" ResourceID="7"/>']
    media = '<MultiMedia ID="7"><MediaFile>a.png</MediaFile></MultiMedia>'
    yield (
        "ofd: a picture of 40,000 × 40,000",
        "a.ofd",
        fixed.package([drawn], {"Doc_0/Res/a.png": png(40_000, 40_000)}, media),
    )


def seen() -> Iterator[Hostile]:
    """Pictures."""
    yield "png: 40,000 × 40,000", "a.png", png(40_000, 40_000, 40_000)
    yield "png: says 2,000,000,000 × 2,000,000,000", "a.png", png(2_000_000_000, 2_000_000_000, 0)
    yield "png: rows missing", "a.png", png(2000, 2000, 3)
    yield "png: no rows", "a.png", png(0, 0, 0)
    yield "gif: two letters", "a.gif", b"GIF89a"
    yield "tiff: a chain of pages in a circle", "a.tif", b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"
    yield (
        "bmp: a negative size",
        "a.bmp",
        b"BM" + struct.pack("<IHHIIiiHH", 99, 0, 0, 54, 40, -5, -5, 1, 24) + bytes(60),
    )
    yield "jpeg: only its beginning", "a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)


def texts() -> Iterator[Hostile]:
    """Texts, pages, tables, mails, old Office files."""
    yield "txt: one line of 9 MB", "a.txt", (TEXT * 90_000).encode()
    yield "txt: numbers without end", "a.txt", ("完成" + "9" * 900_000 + "亿元").encode()
    yield "txt: zeros", "a.txt", bytes(3 * MIB)
    yield "txt: noise", "a.txt", Random(3).randbytes(200_000)
    yield "txt: half surrogates in UTF-16", "a.txt", b"\xff\xfe" + b"\x00\xd8" * 9000
    yield "txt: a shell command", "a.txt", f"$(touch /tmp/逃逸); `id`; {TEXT}".encode()
    yield "html: 200,000 nested elements", "a.html", b"<html><body>" + b"<div>" * 200_000 + TEXT.encode()
    yield (
        "html: a script and an event",
        "a.html",
        (f"<html><body><script>alert(1)</script><p onclick='x()'>{TEXT}</p><p>{TEXT}</p></body></html>".encode()),
    )
    yield (
        "html: a table of 1,000,000 columns",
        "a.html",
        (f"<html><table><tr><td colspan=1000000 rowspan=1000000>{TEXT}</td></tr></table></html>".encode()),
    )
    yield (
        "html: frames and pictures of another host",
        "a.html",
        (
            f"<html><body><iframe src='http://127.0.0.1:9/'></iframe><img src='http://127.0.0.1:9/x'><p>{TEXT}</p></body></html>"
        ).encode(),
    )
    yield "csv: a quote that never closes", "a.csv", ('指标,完成数\n"' + "1,2\n" * 400_000).encode()
    yield "csv: 3,000,000 cells", "a.csv", ("1," * 100 + "\n").encode() * 30_000
    yield "csv: formulas", "a.csv", f"指标,完成数,同比\n=cmd|'/c calc'!A0,5,1\n{TEXT[:6]},@SUM(A1),2\n".encode()
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000))
    yield (
        "mht: 3,000 parts in each other",
        "a.mht",
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n" + parts.encode()),
    )
    yield (
        "mht: base64 that is none",
        "a.mht",
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
            b"Content-Type: text/html\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n" + b"?" * 9999 + b"\r\n--b--\r\n"
        ),
    )
    mail = b"From: a@example.invalid\r\nTo: b@example.invalid\r\nMIME-Version: 1.0\r\n"
    inside = "".join(f"Content-Type: message/rfc822\r\n\r\n{mail.decode()}" for _ in range(3000)).encode()
    yield "eml: 3,000 mails in each other", "a.eml", mail + inside + b"\r\n" + TEXT.encode()
    part = "--b\r\nContent-Disposition: attachment; filename=../../逃逸.txt\r\n\r\nx\r\n".encode()
    many = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 50_000
    yield "eml: 50,000 attachments named ../../", "a.eml", mail + many
    yield "eml: headers without end", "a.eml", mail + b"X: y\r\n" * 500_000
    yield "rtf: 100,000 brackets", "a.rtf", b"{\\rtf1" + b"{" * 100_000
    yield (
        "rtf: an object that asks for a page",
        "a.rtf",
        (
            b'{\\rtf1{\\field{\\*\\fldinst INCLUDEPICTURE "http://127.0.0.1:9/x" \\\\d}}'
            b"{\\object\\objautlink\\objupdate}}"
        ),
    )
    yield "doc: an OLE file of nothing", "a.doc", OLE + bytes(5000)
    yield "doc: an OLE file whose table points to itself", "a.doc", _circular()
    for stream_name in ("EncryptedPackage", "PowerPoint Document", "WordDocument", "Workbook"):
        yield f"OLE file with a stream {stream_name}", "a.doc", OLE + bytes(900) + stream_name.encode("utf-16-le")


def _circular() -> bytes:
    head = bytearray(512)
    head[:8] = OLE
    head[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head[44:76] = struct.pack("<IIIIIIII", 1, 0, 0, 4096, 0, 1, 0, 1)
    head[76:80] = struct.pack("<I", 0)
    return bytes(head) + struct.pack("<I", 0) * 128 * 8


def named_wrongly() -> Iterator[Hostile]:
    """Files whose name says something else than their bytes."""
    text = next(iter(generate(3, 1, "sample"))).text
    whole = writing.as_typeset(text, Random(1))
    for name, content in (
        ("报告.docx", whole),
        ("报告.pdf", word(paragraph(TEXT))),
        ("报告.txt", word(paragraph(TEXT))),
        ("报告.xlsx", TEXT.encode("gb18030")),
        ("报告.pdf", b"MZ\x90\x00" + bytes(900)),
        ("报告.docx", b"\x7fELF" + bytes(900)),
        ("报告.png", TEXT.encode()),
        ("../../报告.txt", TEXT.encode()),
        ("报\x00\x1b[2J告.txt", TEXT.encode()),
        ("", TEXT.encode()),
    ):
        yield f"wrong name {name!r}", name, content
    for name in ("空.pdf", "空.docx", "空.xlsx", "空.png", "空.zip", "空"):
        yield f"zero bytes {name}", name, b""
    yield "60 MB of text", "大.txt", b"a" * (60 * MIB)
    yield "pdf with a password", "锁.pdf", _locked()


def _locked() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="1234")
    canvas.drawString(90, 700, "locked")
    canvas.save()
    return buffer.getvalue()


def cut() -> Iterator[Hostile]:
    """A good file of each format, cut at every tenth."""
    report = next(iter(generate(3, 1, "report")))
    rng = Random(1)
    table = spreadsheets.one_town([report], rng)
    whole = {
        "docx": writing.as_word(report.text, rng),
        "pdf": writing.as_typeset(report.text, rng),
        "ofd": fixed.as_ofd(report.text, rng),
        "xlsx": spreadsheets.as_workbook(table),
        "xls": spreadsheets.as_old_workbook(table),
        "mht": writing.as_saved_page(report.text, rng),
        "png": pictures.as_scan(TEXT, rng, 60),
        "zip": zipped({"一.txt": report.text, "二.docx": writing.as_word(report.text, rng)}),
    }
    if writing.office():
        whole["doc"] = writing.as_office("doc")(report.text, rng)
    for suffix, content in whole.items():
        for tenth in range(1, 10):
            yield f"{suffix} cut at {tenth}0 %", f"半截.{suffix}", content[: len(content) * tenth // 10]
