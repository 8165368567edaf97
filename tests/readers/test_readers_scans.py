"""Scans and photos: read where the extra is installed, told in Chinese where it is not; always flagged."""

from __future__ import annotations

import io
import struct
import zlib
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from papers import FONT_FILE, pdf
from PIL import Image, ImageDraw, ImageFont

from extract.models import ReportError
from extract.readers import load_report, scans
from extract.readers.glyphs import Piece
from extract.readers.overseer import Overseer
from extract.readers.pages import printed
from extract.readers.regions import region_at
from extract.readers.trust import BY_OCR, RECORD_BY_OCR
from extract.reading import read_report

needs_ocr = pytest.mark.skipif(
    not find_spec("rapidocr") or not find_spec("onnxruntime") or not FONT_FILE.exists(),
    reason='没有文字识别或中文字体，请运行 pip install -e ".[ocr]"，安装 fonts-wqy-microhei',
)
LINES = (
    "青石镇2024年上半年工作总结",
    "2024年1-6月，青石镇完成固定资产投资4.36亿元，完成年度",
    "任务的55.2%，同比增长21.9%。",
)


def picture(*, noise: int = 8) -> Image.Image:
    """The lines as a scanner at 150 dpi gives them."""
    drawn = Image.new("RGB", (1240, 420), "white")
    pen = ImageDraw.Draw(drawn)
    for number, line in enumerate(LINES):
        pen.text((120, 80 + 70 * number), line, font=ImageFont.truetype(str(FONT_FILE), 38), fill="black")
    grain = Image.effect_noise(drawn.size, noise).convert("RGB")
    return Image.blend(drawn.rotate(0.4, fillcolor="white"), grain, 0.12)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@needs_ocr
def test_a_scan_becomes_text_and_its_records_are_trusted_less() -> None:
    findings = read_report("扫描.png", saved(picture(), "PNG"))
    assert findings.document.kind == "scan"
    assert BY_OCR in findings.document.flags
    (record,) = findings.records
    assert (str(record.value), record.unit, str(record.completion), str(record.yoy)) == ("4.36", "亿元", "55.2", "21.9")
    assert RECORD_BY_OCR in record.flags
    assert findings.document.text.split("\n")[1] == "".join(LINES[1:])


@needs_ocr
def test_a_pdf_with_text_and_a_scanned_page_has_both() -> None:
    page = io.BytesIO(saved(picture(), "PDF", resolution=150))
    import pypdfium2

    whole = pypdfium2.PdfDocument(
        pdf([[(90, 780, 12, "附件：青石镇上半年情况如下，请审阅。各项数字以本页之后为准。")]])
    )
    whole.import_pages(pypdfium2.PdfDocument(page))
    buffer = io.BytesIO()
    whole.save(buffer)
    document = load_report("混合.pdf", buffer.getvalue())
    assert BY_OCR in document.flags
    region = region_at(document.marks, document.text.index("4.36"))
    assert region is not None
    assert region.page == 2


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: None)
    blank = Image.new("RGB", (300, 300), "white")
    for name, content in (("a.png", saved(blank, "PNG")), ("a.pdf", saved(blank, "PDF"))):
        with pytest.raises(ReportError, match=r"\[ocr\]"):
            load_report(name, content)


def test_pages_past_the_limit_of_scans_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_SCANS", "1")
    assert scans.why_not(1) in (scans.TOO_MANY, scans.NOT_INSTALLED)


def test_every_page_of_a_tiff_is_read_and_those_past_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {width: f"完成税收收入{width}万元。" for width in (301, 302, 303)}
    frames = [Image.new("RGB", (width, 200), "white") for width in said]
    content = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    monkeypatch.setattr(scans, "why_not", lambda done: None)
    monkeypatch.setattr(scans, "read_picture", lambda picture: page_of(said[picture.width]))
    document = load_report("传真.tif", content)
    assert document.text.split("\n") == list(said.values())
    assert [mark.place for mark in document.marks] == ["1", "2", "3"]
    monkeypatch.setenv("TOWN_PROGRESS_SCANS", "2")
    document = load_report("传真.tif", content)
    assert document.text.split("\n") == list(said.values())[:2]
    assert "第3页起超过了识别页数的上限，没有读" in document.flags


def page_of(text: str) -> scans.Scan:
    return scans.Scan(printed([Piece(text, 60, 300, 90, 102, 12)], [], 0, 842, 595, pictures=True), 0.9)


def said_to_be(side: int) -> bytes:
    """A PNG that says how long its sides are, and has no points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_pictures_too_large_or_broken_are_told_before_they_are_unpacked() -> None:
    for content, words in (
        (said_to_be(40_000), "点数太多"),
        (said_to_be(9_000), "9000×9000"),
        (saved(picture_of_noise(), "JPEG")[:200], "损坏"),
    ):
        with pytest.raises(ReportError, match=words):
            scans.frame_of(content, 1)


def picture_of_noise() -> Image.Image:
    return Image.frombytes("RGB", (64, 64), Random(1).randbytes(64 * 64 * 3))


@needs_ocr
def test_letters_under_a_red_seal_are_read() -> None:
    plain = picture().convert("RGBA")
    layer = Image.new("RGBA", plain.size)
    pen = ImageDraw.Draw(layer)
    pen.ellipse((500, 60, 800, 360), outline=(200, 30, 30, 150), width=12)
    pen.regular_polygon((650, 210, 70), 5, fill=(200, 30, 30, 130))
    content = saved(Image.alpha_composite(plain, layer).convert("RGB"), "PNG")
    assert load_report("扫描.png", content).text.split("\n")[1] == "".join(LINES[1:])


@needs_ocr
def test_a_red_figure_that_is_no_seal_is_read() -> None:
    drawn = picture()
    font = ImageFont.truetype(str(FONT_FILE), 38)
    ImageDraw.Draw(drawn).text((120, 330), "税收收入同比下降3.5%。", font=font, fill=(220, 20, 20))
    assert "税收收入同比下降3.5%。" in load_report("扫描.png", saved(drawn, "PNG")).text


@needs_ocr
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_picture_on_its_side_or_head_is_turned_and_its_lines_are_found(degrees: int) -> None:
    lying = picture().rotate(degrees, expand=True)
    document = load_report("扫描.png", saved(lying, "PNG"))
    assert document.text.split("\n") == [LINES[0], "".join(LINES[1:])]
    region = region_at(document.marks, 0)
    assert region is not None
    assert region.box is not None
    middle = (region.box[0] + region.box[2]) / 2000, (region.box[1] + region.box[3]) / 2000
    across, down = 0.3, 100 / 420  # of the title in the upright picture
    there = {90: (down, 1 - across), 180: (1 - across, 1 - down), 270: (1 - down, across)}[degrees]
    assert middle == pytest.approx(there, abs=0.06)


@needs_ocr
def test_the_ocr_leaves_nothing_behind_and_does_not_report_its_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    with Overseer() as reader:
        assert BY_OCR in reader.read("扫描.png", saved(picture(), "PNG")).flags
    assert list(tmp_path.iterdir()) == []


def test_wide_digits_that_are_given_as_narrow_ones_have_the_size_of_their_line() -> None:
    full = Piece("字" * 20, 60, 360, 100, 118, 15)
    wide = Piece("0.1%和109.6%。", 60, 240, 120, 138, 180 / 7.4)
    large = Piece("标题" * 5, 60, 360, 40, 76, 30)
    sizes = [piece.size for piece in scans._sized([full, wide, large, full])]
    assert sizes[0] == 15
    assert sizes[1] == pytest.approx(15 * scans.WIDER)
    assert sizes[2] == 30
