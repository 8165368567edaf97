"""What kind of file the bytes are, told from the bytes; for kinds that are not read, what to say.

``find_kind`` gives a key of ``READERS``, ``"zip"`` or ``"mail"``. Everything else that can be told apart ends as a
ReportError with one Chinese sentence of its own.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib

import olefile

from extract.models import ReportError
from extract.readers.mails import is_mail

ZIP, MAIL = "zip", "mail"
BUNDLES = frozenset({ZIP, MAIL})
"""Kinds that hold other files."""
SAVE_AS = "请另存为 Word（.docx）、PDF 或文本（.txt）后再上传。"

PHONE_PHOTO = "手机照片(HEIC)"
# (bytes at the start, kind)
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "压缩包(RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包(7z)"),
    (b"\x1f\x8b", "压缩包(gzip)"),
    (b"BZh9", "压缩包(bzip2)"),
    (b"\xfd7zXZ\x00", "压缩包(xz)"),
    (b"\x00\x00\x00\x0cjP  \r\n", PHONE_PHOTO),
    (b"Founder CEB", "版式文件(CEB)"),
    (b"CAJ\x00", "版式文件(CAJ)"),
    (b"HN\x00\x00", "版式文件(CAJ)"),
    (b"SQLite format 3\x00", "数据库(SQLite)"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
    (b"ID3", "录音(MP3)"),
)
# (offset, bytes there, bytes at the start, kind)
INNER_SIGNATURES: tuple[tuple[int, bytes, bytes, str], ...] = (
    (8, b"WEBP", b"RIFF", "picture"),
    (6, b"\x00\x00\x00\x00", b"BM", "picture"),
    (8, b"WAVE", b"RIFF", "录音(WAV)"),
    (257, b"ustar", b"", "压缩包(tar)"),
    *((8, brand, b"\x00\x00\x00", PHONE_PHOTO) for brand in (b"heic", b"heix", b"mif1", b"avif")),
    (4, b"ftyp", b"", "视频（MP4 一类）"),
)
READ_KINDS = frozenset({"picture", "rtf"})
ARCHIVE = "压缩包"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of an OLE container; the first that it has tells the program.
OLE_KINDS: tuple[tuple[str, str], ...] = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
OLE_MESSAGES: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "这个 Office 文件设了打开密码，读不出内容。请去掉密码另存后再上传。"),
    ("PowerPoint Document", "这是旧版幻灯片（.ppt），不是文字报告。请把有关内容复制到 Word（.docx）或文本里再上传。"),
    ("__properties_version1.0", "这是 Outlook 邮件（.msg），不能直接读。请在邮箱里打开它，把附件另存后上传。"),
    ("WPS", "这是 Works 文档，不能直接读。" + SAVE_AS),
)
OLE_OTHER = (
    "这是旧版 Office 格式的文件，已损坏或不是文档、表格，读不了。请用原来的程序打开，另存为 .docx 或 .xlsx 后再上传。"
)
SHORT = 4  # letters of a stream's name that may stand anywhere in a file (Book Antiqua)

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# (a member's name starts so, kind)
ZIP_KINDS: tuple[tuple[str, str], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("OFD.xml", "ofd"))
# (what the member mimetype says, kind)
OPEN_KINDS: tuple[tuple[bytes, str], ...] = ((b"application/vnd.oasis.opendocument.text", "odt"),)
# (a member's name starts so, what it is)
ZIP_MESSAGES: tuple[tuple[str, str], ...] = (
    ("ppt/", "这是幻灯片（.pptx），不是文字报告。请把有关内容复制到 Word（.docx）或文本里再上传。"),
    (
        "content.xml",
        "这是 OpenDocument 表格或演示（.ods、.odp），不能直接读。请另存为 Excel（.xlsx）或 Word（.docx）后再上传。",
    ),
    ("META-INF/container.xml", f"这是电子书（EPUB），不能直接读。{SAVE_AS}"),
)
BROKEN_DOCX = "这个 Word 文件（.docx）已损坏，打不开。请用 Word 打开修复后另存，或重新取得一份再上传。"
BROKEN_ZIP = "这个文件是损坏的压缩包或 Office 文件，打不开。请重新取得一份再上传。"
ARCHIVE_MESSAGE = "这是{kind}，不能直接读。请先解压，或改用 ZIP 压缩包，再上传。"
OTHER_MESSAGE = f"这是{{kind}}，不能直接读。{SAVE_AS}"
# (kinds that begin so, what to say)
KIND_MESSAGES: tuple[tuple[str, str], ...] = (
    (ARCHIVE, ARCHIVE_MESSAGE),
    (PHONE_PHOTO, "这是{kind}一类的图片，不能直接读。请在手机或电脑上另存为 JPG 或 PNG 后再上传。"),
    ("版式文件", "这是{kind}，不能直接读。请用它的阅读器打印或另存为 PDF，或复制文字存为 Word（.docx）后再上传。"),
    ("", OTHER_MESSAGE),
)

# Everything that the standard library raises on zip files that are broken, odd or locked.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
    NotImplementedError,
    MemoryError,
)

HTML_HEAD = 6000
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--|<!doctype\s+html|<html|<head|<body|<meta|<title)", re.I
)
_HTML_TAG = re.compile(rb"<(?:html|head|body|div|p|table|span|article|section|h[1-6]|br)\b[^<>]{0,300}>", re.I)
_HTML_END = re.compile(rb"</(?:html|body|div|p|table|span|article|section|h[1-6])\s*>", re.I)
_MHTML = re.compile(rb"^\s*(?:From:|MIME-Version:)[^\x00]{0,2000}?multipart/related", re.I)
HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")


_LINE_END = re.compile(r"\r\n?|\n")
CSV_NAMES = (".csv", ".tsv")
CSV_SAMPLE = 20_000
CSV_REGULAR = 0.6  # of the lines of a .csv that have the same number of cells


def find_kind(name: str, content: bytes) -> str:
    """A key of ``READERS``, or one of ``BUNDLES``; the name decides only where the bytes leave it open.

    Raises ReportError for a kind that is not read.
    """
    if content.startswith(ZIP_MARKS):
        return _zip_kind(name, content)
    if content.startswith(OLE):
        return _ole_kind(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    kind = _signature(content)
    if kind in READ_KINDS:
        return kind
    if kind:
        message = next(message for start, message in KIND_MESSAGES if kind.startswith(start))
        raise ReportError(message.format(kind=kind))
    return _text_kind(name, content)


def _text_kind(name: str, content: bytes) -> str:
    head = content[:4000]
    if is_mail(content):
        return MAIL
    if _MHTML.match(head):
        return "mhtml"
    if b"<?mso-application" in head or b"<pkg:package" in head:
        return "wordxml"
    if _is_html(name, content):
        return "html"
    return "csv" if _is_csv(name, content) else "text"


def _signature(content: bytes) -> str:
    for start, kind in SIGNATURES:
        if content.startswith(start):
            return kind
    for offset, inner, start, kind in INNER_SIGNATURES:
        if content.startswith(start) and content[offset : offset + len(inner)] == inner:
            return kind
    return ""


def _ole_kind(content: bytes) -> str:
    """By the streams of the container; where its directory is broken, by the streams' names in the bytes."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            names = {entry[0] for entry in container.listdir()}
    except (OSError, ValueError, IndexError, KeyError, TypeError, OverflowError, MemoryError, RecursionError):
        names = set()
    known = {name for name, _ in (*OLE_KINDS, *OLE_MESSAGES)}
    names &= known
    names = names or {name for name in known if len(name) > SHORT and name.encode("utf-16-le") in content}
    for name, message in OLE_MESSAGES[:1]:
        if name in names:
            raise ReportError(message)
    for name, kind in OLE_KINDS:
        if name in names:
            return kind
    raise ReportError(next((message for name, message in OLE_MESSAGES if name in names), OLE_OTHER))


def _zip_kind(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.namelist()
            declared = archive.read("mimetype")[:100] if _has_mimetype(archive) else b""
    except ZIP_ERRORS as error:
        is_word = name.lower().endswith((".docx", ".docm")) or b"word/" in content
        raise ReportError(BROKEN_DOCX if is_word else BROKEN_ZIP) from error
    for mimetype, kind in OPEN_KINDS:
        if declared.startswith(mimetype):
            return kind
    for start, kind in ZIP_KINDS:
        if any(member.startswith(start) for member in members):
            return kind
    for start, message in ZIP_MESSAGES:
        if any(member.startswith(start) for member in members):
            raise ReportError(message)
    if name.lower().endswith(".docx"):
        raise ReportError(BROKEN_DOCX)
    return ZIP


def _has_mimetype(archive: zipfile.ZipFile) -> bool:
    """A member of that name that is as short as it should be."""
    return "mimetype" in archive.namelist() and archive.getinfo("mimetype").file_size < 200


def _is_csv(name: str, content: bytes) -> bool:
    """Named so, and most lines have the same number of cells, two or more.

    Under another name such lines stay text: there the extraction reads them as they are. The signs between
    cells are the same bytes in every encoding but UTF-16, whose zeros are left out.
    """
    if not name.lower().endswith(CSV_NAMES):
        return False
    sample = content[:CSV_SAMPLE].replace(b"\x00", b"").decode("latin-1")
    whole = _LINE_END.split(sample)[: -1 if len(content) > CSV_SAMPLE else None]
    lines = [line for line in whole if line.strip(" ,\t")]
    return any(_is_regular(lines, sign) for sign in (",", "\t", ";"))


def _is_regular(lines: list[str], sign: str) -> bool:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return False
    usual = max(set(widths), key=widths.count, default=0)
    return usual >= 2 and widths.count(usual) >= CSV_REGULAR * len(widths)


def _is_html(name: str, content: bytes) -> bool:
    """Also pages in UTF-16: zero bytes are left out before looking."""
    head = content[:HTML_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if _HTML_START.match(head):
        return True
    tags = len(_HTML_TAG.findall(head))
    if name.lower().endswith(HTML_NAMES):
        return tags > 0
    return head.lstrip().startswith(b"<") and tags > 1 and bool(_HTML_END.search(content[: 20 * HTML_HEAD]))
