"""What kind of file the bytes are, told from the bytes; for kinds that are not read, what to say.

``find_kind`` knows text, html and docx. Everything else that can be told apart ends as a ReportError
with one Chinese sentence of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from extract.models import ReportError

SAVE_AS = "请另存为 Word（.docx）、网页（.html）或文本（.txt）后再上传。"

# (bytes at the start, what it is)
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "图片(PNG)"),
    (b"\xff\xd8\xff", "图片(JPEG)"),
    (b"GIF87a", "图片(GIF)"),
    (b"GIF89a", "图片(GIF)"),
    (b"II*\x00", "图片(TIFF)"),
    (b"MM\x00*", "图片(TIFF)"),
    (b"Rar!\x1a\x07", "压缩包(RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包(7z)"),
    (b"\x1f\x8b", "压缩包(gzip)"),
    (b"BZh9", "压缩包(bzip2)"),
    (b"\xfd7zXZ\x00", "压缩包(xz)"),
    (b"SQLite format 3\x00", "数据库(SQLite)"),
    (b"\x7fELF", "程序"),
    (b"ID3", "录音(MP3)"),
    (b"{\\rtf", "RTF 文档"),
)
# (offset, bytes there, bytes at the start, what it is)
INNER_SIGNATURES: tuple[tuple[int, bytes, bytes, str], ...] = (
    (8, b"WEBP", b"RIFF", "图片(WebP)"),
    (8, b"WAVE", b"RIFF", "录音(WAV)"),
    (4, b"ftyp", b"", "视频或照片（MP4、HEIC 一类）"),
    (6, b"\x00\x00\x00\x00", b"BM", "图片(BMP)"),
)
PICTURE = "图片"
ARCHIVE = "压缩包"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Directory names of an OLE container stand in it as UTF-16; the first that is found tells the program.
OLE_MESSAGES: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "这个 Office 文件设了打开密码，读不出内容。请在 Word 里去掉密码另存为 .docx 后再上传。"),
    ("WordDocument", "这是旧版 Word 文件（.doc 或 .wps），不能直接读。请在 Word 或 WPS 里另存为 .docx 后再上传。"),
    ("Workbook", "这是旧版 Excel 表格（.xls），不是文字报告。请把有关内容复制到 Word（.docx）或文本里再上传。"),
    ("PowerPoint Document", "这是旧版幻灯片（.ppt），不是文字报告。请把有关内容复制到 Word（.docx）或文本里再上传。"),
)
OLE_OTHER = f"这是旧版 Office 格式的文件，不能直接读。{SAVE_AS}"

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# (a member's name starts so, what it is)
ZIP_MESSAGES: tuple[tuple[str, str], ...] = (
    ("xl/", "这是 Excel 表格（.xlsx），不是文字报告。请把有关内容复制到 Word（.docx）或文本里再上传。"),
    ("ppt/", "这是幻灯片（.pptx），不是文字报告。请把有关内容复制到 Word（.docx）或文本里再上传。"),
    ("OFD.xml", "这是 OFD 版式文件，不能直接读。请用 OFD 阅读器复制文字，存为 Word（.docx）或文本后再上传。"),
    ("content.xml", f"这是 OpenDocument 文件（.odt、.ods 一类），不能直接读。{SAVE_AS}"),
    ("META-INF/container.xml", f"这是电子书（EPUB），不能直接读。{SAVE_AS}"),
)
ZIP_OTHER = "这是 ZIP 压缩包。请先解压，再上传里面的报告（.docx、.html 或 .txt）。"
BROKEN_DOCX = "这个 Word 文件（.docx）已损坏，打不开。请用 Word 打开修复后另存，或重新取得一份再上传。"
BROKEN_ZIP = "这个文件是损坏的压缩包或 Office 文件，打不开。请重新取得一份再上传。"
PDF = "这是 PDF 文件，不能直接读。请在 PDF 阅读器里复制文字，存为 Word（.docx）或文本后再上传；扫描件请先做文字识别。"
MHTML = f"这是单个文件网页（.mht），不能直接读。{SAVE_AS}"
WORD_XML = "这是 Word 的 XML 格式文件，不能直接读。请在 Word 里另存为 .docx 后再上传。"
PICTURE_MESSAGE = "这是{kind}，里面没有可读的文字。请先做文字识别，把文字存为 Word（.docx）或文本后再上传。"
ARCHIVE_MESSAGE = "这是{kind}。请先解压，再上传里面的报告（.docx、.html 或 .txt）。"
OTHER_MESSAGE = f"这是{{kind}}，不能直接读。{SAVE_AS}"

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


def find_kind(name: str, content: bytes) -> str:
    """``"docx"``, ``"html"`` or ``"text"``; the name decides only where the bytes leave it open.

    Raises ReportError for a kind that is not read.
    """
    if content.startswith(ZIP_MARKS):
        return _zip_kind(name, content)
    _refuse_others(content)
    return "html" if _is_html(name, content) else "text"


def _refuse_others(content: bytes) -> None:
    if content.startswith(OLE):
        raise ReportError(_ole_message(content))
    if b"%PDF-" in content[:1024]:
        raise ReportError(PDF)
    kind = _signature(content)
    if kind:
        raise ReportError(_message_for(kind))
    head = content[:4000]
    if _MHTML.match(head):
        raise ReportError(MHTML)
    if b"<?mso-application" in head or b"<pkg:package" in head:
        raise ReportError(WORD_XML)


def _signature(content: bytes) -> str | None:
    for start, kind in SIGNATURES:
        if content.startswith(start):
            return kind
    for offset, inner, start, kind in INNER_SIGNATURES:
        if content.startswith(start) and content[offset : offset + len(inner)] == inner:
            return kind
    return None


def _message_for(kind: str) -> str:
    templates = {PICTURE: PICTURE_MESSAGE, ARCHIVE: ARCHIVE_MESSAGE}
    template = next((text for word, text in templates.items() if kind.startswith(word)), OTHER_MESSAGE)
    return template.format(kind=kind)


def _ole_message(content: bytes) -> str:
    for entry, message in OLE_MESSAGES:
        if entry.encode("utf-16-le") in content:
            return message
    return OLE_OTHER


def _zip_kind(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.namelist()
    except ZIP_ERRORS as error:
        is_word = name.lower().endswith((".docx", ".docm")) or b"word/" in content
        raise ReportError(BROKEN_DOCX if is_word else BROKEN_ZIP) from error
    if any(member.startswith("word/") for member in members):
        return "docx"
    for start, message in ZIP_MESSAGES:
        if any(member.startswith(start) for member in members):
            raise ReportError(message)
    raise ReportError(BROKEN_DOCX if name.lower().endswith(".docx") else ZIP_OTHER)


def _is_html(name: str, content: bytes) -> bool:
    """Also pages in UTF-16: zero bytes are left out before looking."""
    head = content[:HTML_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if _HTML_START.match(head):
        return True
    tags = len(_HTML_TAG.findall(head))
    if name.lower().endswith(HTML_NAMES):
        return tags > 0
    return head.lstrip().startswith(b"<") and tags > 1 and bool(_HTML_END.search(content[: 20 * HTML_HEAD]))
