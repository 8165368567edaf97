"""The original beside the text, where a record is shown: a page of a PDF, the lines of a scan, cells of a table."""

from __future__ import annotations

import io
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from store import Store, open_store
from tests.pages.conftest import Opener
from tests.pages.test_upload import file, texts, upload

FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
TITLE = "柳溪镇2025年上半年工作总结"
FIRST = "2025年1-6月，全镇完成财政总收入1.2亿元，占年度任务的55.2%。"
SECOND = "完成工业投资2.4亿元，占年计划的58.2%，同比增长6.5%。"
TABLE = (
    "白杨乡2025年1-6月主要指标完成情况表,,\n指标,完成数,同比(%)\n税收收入(万元),5200,-2.5\n财政总收入(万元),8300,4.5\n"
)


def pdf() -> bytes:
    """Two pages, a sentence on each."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for lines in ((TITLE, FIRST), (SECOND,)):
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(90, 700 - 40 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def place(tmp_path: Path, opened: Opener) -> str:
    """A store with the PDF and the table, which came in a zip."""
    place = str(tmp_path / "reports.db")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("报告/总结.pdf", pdf())
        archive.writestr("报告/进度表.csv", TABLE)
    app = upload(opened(place, "upload"), file("全部.zip", buffer.getvalue()))
    assert app.title[0].value == "上传 2 份：2 份已入库；读出 4 条记录"
    return place


def number_of(store: Store, indicator: str, kind: str) -> int:
    """The record of that indicator in the report of that kind."""
    reports = {report["id"] for report in store.reports() if report["kind"] == kind}
    return next(
        int(record["id"])
        for record in store.records()
        if record["indicator"] == indicator and record["report_id"] in reports
    )


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def test_the_sentence_names_its_page_and_shows_it_when_asked(opened: Opener, place: str) -> None:
    number = number_of(open_store(place), "工业投资", "pdf")
    app = opened(place, "town", record=str(number))
    assert "原件第 2 页" in captions(app)
    assert not app.get("image")
    toggle = next(found for found in app.toggle if found.label == "看原件第 2 页")
    toggle.set_value(True).run()
    assert not app.exception
    assert len(app.get("image")) == 1


def test_a_figure_of_a_table_names_its_cells_and_has_no_page(opened: Opener, place: str) -> None:
    number = number_of(open_store(place), "税收收入", "csv")
    app = opened(place, "town", record=str(number))
    assert "原件单元格 A3、B3、C3" in captions(app)
    assert not app.toggle


def test_the_review_names_the_page_too(opened: Opener, place: str) -> None:
    report = next(report for report in open_store(place).reports() if report["kind"] == "pdf")
    app = opened(place, "upload", report=str(report["id"]))
    assert "原件第 1 页" in captions(app)
    assert texts(app)


def test_a_report_shows_its_pages_one_at_a_time(opened: Opener, place: str) -> None:
    report = next(report for report in open_store(place).reports() if report["kind"] == "pdf")
    app = opened(place, "data", view="reports", open=str(report["id"]))
    assert len(app.get("image")) == 1
    page = app.number_input[0]
    assert (page.label, page.max) == ("原件页码（共 2 页）", 2)
    page.set_value(2).run()
    assert not app.exception
    assert len(app.get("image")) == 1


def scan() -> bytes:
    """The sentences as a scanner at 150 dpi gives them."""
    drawn = Image.new("RGB", (1240, 600), "white")
    pen = ImageDraw.Draw(drawn)
    for number, line in enumerate((TITLE, FIRST, SECOND)):
        pen.text((60, 80 + 140 * number), line, font=ImageFont.truetype(str(FONT_FILE), 26), fill="black")
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.skipif(
    not find_spec("rapidocr") or not find_spec("onnxruntime") or not FONT_FILE.exists(),
    reason='没有文字识别或中文字体，请运行 pip install -e ".[ocr]"，安装 fonts-wqy-microhei',
)
def test_a_figure_read_from_a_picture_shows_its_line_at_once(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "reports.db")
    upload(opened(place, "upload"), file("扫描.png", scan()))
    number = number_of(open_store(place), "工业投资", "scan")
    app = opened(place, "town", record=str(number))
    assert not app.exception
    assert "原件第 1 页，框内是识别的原文" in captions(app)
    assert len(app.get("image")) == 1
    next(found for found in app.toggle if found.label == "看原件第 1 页").set_value(True).run()
    assert len(app.get("image")) == 2
