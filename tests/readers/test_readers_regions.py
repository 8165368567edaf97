"""Where every line stands on the picture of its page: the frames lie over the ink, and nowhere else."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any

import pypdfium2
import pytest
from papers import FONT_FILE, HEIGHT, WIDTH, paragraph, pdf
from PIL import Image, ImageDraw, ImageFont

from extract.models import Document, Mark
from extract.readers import load_report
from extract.readers.framing import framed
from extract.readers.overseer import Overseer
from extract.readers.pdf import picture_of
from extract.readers.regions import WHOLE, Region, mark_of, region_of, regions_of

FIRST = (
    "2024年1-6月，青石镇完成工业投资3.2亿元，完成年度任务的61.3%，同比增长7.9%，总量居全县前列，增速高于全县平均水平。"
)
SECOND = "财政总收入完成1.45亿元，占年度目标的52.6%。"
TABLE = (("指标", "完成数", "同比"), ("税收收入", "5200", "6.5%"), ("工业产值", "91000", "8.1%"))
INK = 128
SLACK = 2  # pixels of a picture of 110 dpi that a letter may reach over its line


def ink(picture: Any) -> Any:
    """The picture, black where there is ink and white elsewhere."""
    return picture.convert("L").point(lambda value: 255 if value < INK else 0)


def boxes_of(document: Document, page: int) -> list[tuple[float, float, float, float]]:
    regions = [region_of(mark) for mark in document.marks]
    return [region.box for region in regions if region and region.page == page and region.box]


def in_pixels(box: tuple[float, float, float, float], picture: Any) -> tuple[float, float, float, float]:
    across, down = picture.width / WHOLE, picture.height / WHOLE
    return box[0] * across - SLACK, box[1] * down - SLACK, box[2] * across + SLACK, box[3] * down + SLACK


def page_with_table(change: Any = lambda page: None) -> bytes:
    placed = [*paragraph(FIRST, 780), *paragraph(SECOND, 700)]
    placed += [
        (90 + 100 * column, 605 - 30 * row, 12, cell)
        for row, cells in enumerate(TABLE)
        for column, cell in enumerate(cells)
    ]
    rules = [(80, 625 - 30 * row, 380, 625 - 30 * row) for row in range(4)]
    rules += [(80 + 100 * column, 625, 80 + 100 * column, 535) for column in range(4)]
    with pypdfium2.PdfDocument(pdf([placed], rules=rules)) as made:
        change(made[0])
        buffer = io.BytesIO()
        made.save(buffer)
    return buffer.getvalue()


CHANGES = {
    "as it is": lambda page: None,
    "turned by its paper": lambda page: page.set_rotation(90),
    "upside down": lambda page: page.set_rotation(180),
    "cut to a part": lambda page: page.set_cropbox(60, 500, WIDTH - 20, HEIGHT - 10),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_lines_of_a_pdf_cover_its_ink_and_each_has_some(change: Any) -> None:
    content = page_with_table(change)
    document = load_report("a.pdf", content)
    assert "税收收入 | 5200 | 6.5%" in document.text
    picture = picture_of(content, 1)
    found = boxes_of(document, 1)
    assert len(found) == len(paragraph(FIRST, 780)) + 1 + len(TABLE)
    left = ink(picture)
    pen = ImageDraw.Draw(left)
    for box in found:
        assert ink(picture).crop(tuple(map(int, in_pixels(box, picture)))).getbbox(), box
        pen.rectangle(in_pixels(box, picture), fill=0)
    assert left.getbbox() is None


def test_a_line_that_goes_on_has_its_own_place() -> None:
    document = load_report("a.pdf", page_with_table())
    cut = len(paragraph(FIRST, 780)[0][3])
    first, second = (list(regions_of(document.marks, start, start + 1)) for start in (cut - 1, cut))
    assert len(first) == len(second) == 1
    assert first[0].box[3] <= second[0].box[1] + 5  # type: ignore[index]
    assert len(list(regions_of(document.marks, cut - 1, cut + 1))) == 2


def test_marks_and_regions_are_each_other() -> None:
    for region in (Region(3), Region(2, (10.0, 20.0, 990.0, 41.0))):
        assert region_of(mark_of(7, region)) == region
    assert mark_of(0, Region(1, (-3, 0.4, 1004.2, 12.6))).place == "1:0,0,1000,13"
    assert region_of(Mark(0, "cell", "表!B3")) is None
    assert list(regions_of((Mark(0, "cell", "表!B3"),), 0, 5)) == []


def test_a_frame_marks_its_line_and_a_strip_shows_no_more_than_its_surroundings() -> None:
    page = Image.new("RGB", (800, 1100), "white")
    box = (100.0, 500.0, 600.0, 520.0)
    whole, strip = framed(page, [box]), framed(page, [box], strip=True)
    assert whole.size == page.size
    assert whole.getpixel((300, 561)) != (255, 255, 255)
    assert whole.getpixel((300, 300)) == (255, 255, 255)
    assert 500 < strip.width * 1000 / 800 < 600
    assert 22 < strip.height < 160
    assert framed(page, []).tobytes() == page.tobytes()


@pytest.mark.skipif(
    not find_spec("rapidocr") or not find_spec("onnxruntime") or not FONT_FILE.exists(),
    reason='没有文字识别或中文字体，请运行 pip install -e ".[ocr]"，安装 fonts-wqy-microhei',
)
def test_the_lines_of_a_turned_scan_lie_where_they_were_read() -> None:
    drawn = Image.new("RGB", (1240, 700), "white")
    pen = ImageDraw.Draw(drawn)
    font = ImageFont.truetype(str(FONT_FILE), 34)
    tops = (90, 300, 560)
    for top, text in zip(tops, ("青石镇2024年上半年情况", SECOND, "新增城镇就业1250人。"), strict=True):
        pen.text((140, top), text, font=font, fill="black")
    turned = drawn.rotate(2, fillcolor="white", resample=Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    turned.save(buffer, "PNG")
    document = load_report("扫描.png", buffer.getvalue())
    (region,) = regions_of(document.marks, document.text.index("1.45"), document.text.index("52.6"))
    assert region.box is not None
    found = ink(turned).crop(tuple(map(int, in_pixels(region.box, turned))))
    place = document.text.index("1.45")
    (line,) = regions_of(document.marks, place, place + 1)
    assert line == region
    only = ink(drawn.crop((0, 280, 1240, 380)).rotate(2, fillcolor="white"))
    assert sum(found.histogram()[255:]) > 0.9 * sum(only.histogram()[255:])
    with Overseer() as reader:
        shown = reader.page("scan", buffer.getvalue(), 1, [region.box], strip=True)
    with Image.open(io.BytesIO(shown)) as strip:
        assert 0.5 * turned.width < strip.width < turned.width
        assert strip.height < 0.5 * turned.height
