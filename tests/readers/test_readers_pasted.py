"""Word files of scans in place of text: each picture is a page, read by OCR in the order in which it stands."""

from __future__ import annotations

import io
from random import Random

import docx
import pytest
from PIL import Image

from extract.models import ReportError
from extract.readers import load_report, scans
from extract.readers.glyphs import Piece
from extract.readers.pages import printed
from extract.readers.regions import region_at
from extract.readers.trust import BY_OCR

FIRST, SECOND = "青石镇完成工业投资1.2亿元。", "税收收入完成5200万元。"


def noise(width: int, height: int) -> io.BytesIO:
    buffer = io.BytesIO()
    Image.frombytes("RGB", (width, height), Random(1).randbytes(width * height * 3)).save(buffer, "PNG")
    return buffer


def word_of(*pictures: io.BytesIO, text: str = "") -> bytes:
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(picture)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def scan(text: str) -> scans.Scan:
    return scans.Scan(printed([Piece(text, 60, 300, 90, 102, 12)], [], 0, 842, 595, pictures=True), 0.9)


def test_the_pictures_are_read_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {(90, 100): FIRST, (110, 100): SECOND}
    monkeypatch.setattr(scans, "why_not", lambda done: None)
    monkeypatch.setattr(scans, "read_picture", lambda picture: scan(said[picture.size]))
    document = load_report("总结.docx", word_of(noise(90, 100), noise(10, 10), noise(110, 100)))
    assert document.text == f"{FIRST}\n{SECOND}"
    assert BY_OCR in document.flags
    region = region_at(document.marks, document.text.index("5200"))
    assert region is not None
    assert region.page == 2


def test_a_file_with_text_is_read_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "read_picture", lambda picture: pytest.fail("read by OCR"))
    assert load_report("总结.docx", word_of(noise(90, 100), text=FIRST)).text.strip() == FIRST


def test_without_the_extra_and_without_any_page_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: None)
    with pytest.raises(ReportError, match=r"\[ocr\]"):
        load_report("总结.docx", word_of(noise(90, 100)))
    with pytest.raises(ReportError, match="Word 文件里没有文字"):
        load_report("总结.docx", word_of(noise(10, 10)))
