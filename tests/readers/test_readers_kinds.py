"""The kind is told from the bytes; each kind that is not read has its own sentence, and nothing else is ever raised."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import ReportError
from extract.readers import load_report
from extract.readers.kinds import OLE
from extract.readers.limits import limits

TEXT = "青石镇一季度完成工业投资1.2亿元,同比增长5.5%。\n"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"


def zip_of(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return buffer.getvalue()


REFUSED = {
    "empty": (b"", "0 字节"),
    "blank": (b" \r\n\t\xc2\xa0\n", "只有空白"),
    "blank UTF-16": (" \n\n ".encode("utf-16"), "只有空白"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "mp4": (b"\x00\x00\x00\x18ftypmp42", "视频"),
    "program": (b"MZ\x90\x00\x03", "程序"),
    "xls": (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "旧版 Excel"),
    "locked": (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "other ole": (OLE + b"\x00" * 600, "旧版 Office"),
    "xlsx": (zip_of("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
    "pptx": (zip_of("[Content_Types].xml", "ppt/presentation.xml"), "幻灯片"),
    "ofd": (zip_of("OFD.xml"), "OFD"),
    "ods": (zip_of("mimetype", "content.xml"), "OpenDocument"),
    "zip": (zip_of("报告.txt"), "压缩包"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z.*解压"),
    "tar": (b"a.txt".ljust(257, b"\x00") + b"ustar\x0000" + bytes(300), "tar.*解压"),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC.*JPG"),
    "ceb": (b"Founder CEB 3.1" + bytes(90), "CEB.*PDF"),
    "outlook": (OLE + b"\x00" * 600 + "__properties_version1.0".encode("utf-16-le"), "Outlook.*附件"),
    "mail": (b"From: a@example.invalid\r\nTo: b@example.invalid\r\n\r\n", "邮件"),
    "rar": (b"Rar!\x1a\x07\x01\x00abc", "解压"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mht"),
    "broken zip": (zip_of("word/document.xml")[:40], "损坏"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_each_kind_has_its_own_sentence(case: str) -> None:
    content, words = REFUSED[case]
    with pytest.raises(ReportError, match=words) as caught:
        load_report("报告.txt", content)
    assert str(caught.value).endswith("。")


def test_the_sentences_differ() -> None:
    sentences = []
    for content, _ in REFUSED.values():
        with pytest.raises(ReportError) as caught:
            load_report("报告.docx", content)
        sentences.append(str(caught.value))
    assert len(set(sentences)) >= len(sentences) - 4  # blank and picture kinds share theirs


def test_a_broken_docx_is_named_as_such() -> None:
    for content in (b"PK\x03\x04" + bytes(200), zip_of("[Content_Types].xml")):
        with pytest.raises(ReportError, match=r"Word 文件.*损坏"):
            load_report("半年报.docx", content)


def test_a_text_of_60_mb_is_told_its_size_and_the_limit() -> None:
    with pytest.raises(ReportError, match=r"60\.0 MB.*50 MB"):
        load_report("大.txt", b"a" * (60 * 1024 * 1024))


def test_the_limit_itself_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_FILE_MB", "1")
    padding = b" " * (1024 * 1024 - len(TEXT.encode()))
    assert "青石镇" in load_report("a.txt", TEXT.encode() + padding).text
    with pytest.raises(ReportError, match=r"1\.0 MB.*上限"):
        load_report("a.txt", TEXT.encode() + padding + b" ")


def test_a_text_longer_than_any_report_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_CHARACTERS", "20000")
    assert load_report("a.txt", (TEXT * 500).encode()).text.count("青石镇") == 500
    with pytest.raises(ReportError, match=r"万字.*2 万字的上限"):
        load_report("a.txt", (TEXT * 2000).encode())


@pytest.mark.parametrize("value", ["0", "-3", "很多", "1.5"])
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_PAGES", value)
    with pytest.raises(ReportError, match=f"TOWN_PROGRESS_PAGES.*{value}"):
        limits()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", TEXT.encode(), "text"),
        ("a.txt", PAGE.encode(), "html"),
        ("a.doc", PAGE.encode(), "html"),
        ("a.txt", PAGE.encode("utf-16"), "html"),
        ("a.html", TEXT.encode(), "text"),
        ("a.html", f"{TEXT}<br>{TEXT}".encode(), "html"),
        ("a.txt", f"占比<5%,{TEXT}".encode(), "text"),
        ("", TEXT.encode(), "text"),
    ],
)
def test_content_decides_before_the_name(name: str, content: bytes, kind: str) -> None:
    document = load_report(name, content)
    assert document.kind == kind
    assert "同比增长5.5%" in document.text
    assert document.name == name


def text_or_sentence(name: str, content: bytes) -> str:
    """What a person gets to see: the text, or why there is none. Any other error fails the test."""
    try:
        return load_report(name, content).text
    except ReportError as error:
        return str(error)


STARTS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"<html><body>",
        b"<table>",
        b"%PDF-",
        OLE,
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x84\x31\x95\x33",
    ]
)


@given(start=STARTS, rest=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.html", "a.docx", "没有后缀"]))
@settings(max_examples=250, deadline=None)
def test_any_bytes_give_a_document_or_a_report_error(start: bytes, rest: bytes, name: str) -> None:
    text = text_or_sentence(name, start + rest)
    assert text.strip()
    assert "\x00" not in text


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_files_give_a_document_or_a_report_error(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([PAGE.encode(), (TEXT * 4).encode("gbk"), TEXT.encode("utf-16"), zip_of("word/document.xml")])
    )
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(damaged)))
    assert text_or_sentence("a.txt", bytes(damaged[:cut])).strip()


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_characters_are_read_or_refused(text: str) -> None:
    assert text_or_sentence("a.txt", text.encode("utf-8")).strip()


def test_hostile_lines_are_not_multiplied() -> None:
    """Hostile lines keep their characters: nothing is repeated while it is joined."""
    rng = random.Random(7)
    for piece in ("完成", "1、", "&l\n", "责编:x\n", "(a\n", "19.\n", "<table "):
        text = "柳溪镇工作报告。" + piece * (20_000 + rng.randrange(10))
        assert len(load_report("a.txt", text.encode()).text) <= len(text)
