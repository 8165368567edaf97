"""Pictures of text (scans, photos) by OCR: lines with their places, how sure the reading is.

The OCR is the extra ``[ocr]`` (rapidocr with its models inside the package); without it there is a Chinese
sentence that says how to get it. What it reads is told by a flag, so that people check it.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from extract.models import Document, ReportError
from extract.readers.glyphs import Piece
from extract.readers.grids import Box
from extract.readers.limits import limits
from extract.readers.misread import covered, put_right
from extract.readers.pages import Printed, printed
from extract.readers.paragraphs import as_text
from extract.readers.trust import BY_OCR

DPI = 200
MOST_SIDE = 4000  # pixels of the longer side that are read
MOST_PIXELS = 60_000_000  # of a picture that is opened at all
# What onnxruntime looks for when it is loaded; without it, it writes a file .ses and reports its use to its maker.
SILENT = {"ORT_DISABLE_TELEMETRY": "1"}
# What the OCR is asked for; it keeps what it was asked last.
WHOLE_PAGE = dict.fromkeys(("use_det", "use_cls", "use_rec", "return_word_box", "return_single_char_box"), True)
SQUARE, WIDER = 0.85, 1.1  # width of a text with few figures, of its length; what a size may differ from its height
LEAST_SURE = 0.5  # a line that the OCR is less sure of is left out

before_each: list[Callable[[], None]] = []
"""What is called before each picture is read; the process that reads for the app waits for its turn here."""

SURE = "识别把握约 {share:.0f}%"
NOT_INSTALLED = "是图片，本机没有安装文字识别，没有读"
TOO_MANY = "是图片，超过了识别页数的上限，没有读"
MORE = "第{number}页起超过了识别页数的上限，没有读"
HOW_TO_INSTALL = (
    "这是扫描件或照片，要先做文字识别，而本机没有安装。请管理员在项目文件夹运行"
    '.venv/bin/python -m pip install -e ".[ocr]" 后重新上传，或上传原来的 Word 文件。'
)
NOTHING_READ = {NOT_INSTALLED: HOW_TO_INSTALL}
# What Pillow raises on pictures that are broken.
ERRORS = (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, OverflowError, EOFError, struct.error)
BROKEN = "这张图片已损坏，打不开。请重新拍照或扫描后再上传。"
TOO_LARGE = "这张图片有 {width}×{height} 点，太大了，没有读。请缩小到长边 8000 点以内再上传。"
MUCH_TOO_LARGE = "这张图片的点数太多，不像扫描件或照片，没有读。请缩小到长边 8000 点以内再上传。"
NO_SUCH_FRAME = "这张图片没有第 {number} 页。"
NO_TEXT = "这张图片里没有认出文字。请确认拍的是报告正文，光线充足、文字清晰，再上传。"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a picture says, and the mean confidence, 0 to 1."""

    page: Printed
    confidence: float


def why_not(done: int) -> str | None:
    """Why a further picture is not read after so many; None where it is."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return NOT_INSTALLED
    return TOO_MANY if done >= limits().scans else None


def flags(confidences: Sequence[float]) -> tuple[str, ...]:
    """What is said of a report some pages of which were read by OCR."""
    if not confidences:
        return ()
    return BY_OCR, SURE.format(share=100 * sum(confidences) / len(confidences))


def read_scan(name: str, content: bytes) -> Document:
    """The text of a picture file, every frame of a TIFF a page; raises ReportError where there is none."""
    from PIL import ImageSequence

    if why_not(0):
        raise ReportError(HOW_TO_INSTALL)
    scans: list[Scan] = []
    more = False
    try:
        with _open(content) as picture:
            for frame in ImageSequence.Iterator(picture):
                more = len(scans) >= limits().scans
                if more:
                    break
                scans.append(read_picture(_upright(frame)))
    except ERRORS as error:
        raise ReportError(BROKEN) from error
    if not any(scan.page.pieces for scan in scans):
        raise ReportError(NO_TEXT)
    lines = [scan.page.lines(number, scan.page.gutter) for number, scan in enumerate(scans, start=1)]
    text, marks, mended = as_text(lines, max(scan.page.width for scan in scans))
    said = flags([scan.confidence for scan in scans if scan.page.pieces])
    left = (MORE.format(number=len(scans) + 1),) if more else ()
    return Document(name=name, text=text, kind="scan", flags=(*said, *left, *mended), marks=marks)


def _open(content: bytes) -> Any:
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(content))
    except Image.DecompressionBombError as error:
        raise ReportError(MUCH_TOO_LARGE) from error
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise ReportError(TOO_LARGE.format(width=width, height=height))
    return picture


def _upright(frame: Any) -> Any:
    """The picture as it was held, in three colours, no larger than is read."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(frame).convert("RGB")
    upright.thumbnail((MOST_SIDE, MOST_SIDE))
    return upright


def read_picture(picture: Any) -> Scan:
    """What a PIL picture in RGB says."""
    import numpy as np

    from extract.readers import ruled, turning

    for call in before_each:
        call()
    pixels = ruled.without_seal(np.asarray(picture.convert("RGB")))
    sure = _lines(pixels)
    quarters = turning.quarters(_engine(), pixels, [box for box, _, _ in sure]) if sure else 0
    if quarters:
        pixels = np.ascontiguousarray(np.rot90(pixels, quarters))
        sure = _lines(pixels)
    height, width = pixels.shape[:2]
    turned, matrix = ruled.upright(pixels, ruled.turn_of([box for box, _, _ in sure]))
    pieces = _sized([_piece(ruled.moved(box, matrix), text) for box, text, _ in sure])
    grids = ruled.grids_in(turned, median([piece.size for piece in pieces] or [1]))
    pieces = [ruled.in_points(piece, width) for piece in pieces]
    page = printed(pieces, grids, 0, height * ruled.PAGE_WIDTH / width, ruled.PAGE_WIDTH, pictures=True)
    page.shown = turning.composed(ruled.back(matrix, (width, height)), turning.BACK[quarters])
    return Scan(page, sum(score for _, _, score in sure) / max(1, len(sure)))


def _lines(pixels: Any) -> list[tuple[Any, str, float]]:
    """The lines that the OCR is sure of: their corners, their text, the confidence."""
    found = _engine()(pixels, **WHOLE_PAGE)
    if not found.txts:
        return []
    lines = zip(found.boxes, found.txts, found.scores, found.word_results, strict=True)
    return [
        (box, put_right(covered(text, [(sign, float(value)) for sign, value, _ in letters]).strip()), float(score))
        for box, text, score, letters in lines
        if score >= LEAST_SURE and text.strip()
    ]


def _piece(box: Box, text: str) -> Piece:
    left, top, right, bottom = box
    return Piece(text, left, right, top, bottom, (right - left) / max(1, _letters(text)))


def _sized(pieces: list[Piece]) -> list[Piece]:
    """The pieces, wide figures with the size that their height tells: OCR gives １０．４ as 10.4, half as wide."""
    square = [piece.height / piece.size for piece in pieces if _letters(piece.text) > SQUARE * len(piece.text)]
    if not square:
        return pieces
    usual = median(square)
    return [replace(piece, size=min(piece.size, WIDER * piece.height / usual)) for piece in pieces]


def _letters(text: str) -> float:
    """Width of a text in full-width characters."""
    return sum(0.55 if character.isascii() else 1 for character in text)


def frame_of(content: bytes, number: int) -> Any:
    """A frame of a picture file (counted from 1), upright; raises ReportError where there is none."""
    from PIL import ImageSequence

    try:
        with _open(content) as picture:
            for count, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if count == number:
                    return _upright(frame)
    except ERRORS as error:
        raise ReportError(BROKEN) from error
    raise ReportError(NO_SUCH_FRAME.format(number=number))


def as_png(picture: Any) -> bytes:
    """A PIL picture as the bytes of a PNG file."""
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


@cache
def _engine() -> Any:
    """The OCR, once for each process; the library below it sends nothing home and leaves no file behind."""
    import logging

    os.environ.update(SILENT)
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
