"""PDF: lines become sentences, heads and page numbers go, columns and tables keep their order, pages are known."""

from __future__ import annotations

import io

import pytest
from papers import WIDTH, paragraph, pdf
from reportlab.pdfgen.canvas import Canvas

from extract import find
from extract.models import ReportError
from extract.readers import load_report
from extract.readers import pdf as pdf_reader
from extract.readers.glyphs import plain
from extract.readers.regions import region_at

FIRST = (
    "2024年上半年，青石镇完成固定资产投资4.36亿元，完成年度任务的55.2%，同比增长21.9%；规模以上工业总产值完成12.7亿元，"
    "同比增长8.4%。全镇上下狠抓项目建设，发展势头良好。"
)
SECOND = "一般公共预算收入完成6300万元，同比下降3.5%，占年度预算的48.1%。"


def text_of(content: bytes) -> str:
    return load_report("报告.pdf", content).text


def test_printed_lines_become_a_paragraph_and_numbers_stay_whole() -> None:
    for width in range(370, 430, 5):
        content = pdf([[(150, 790, 18, "青石镇2024年上半年工作总结"), *paragraph(FIRST, 750, width=width)]])
        assert text_of(content).split("\n") == ["青石镇2024年上半年工作总结", FIRST], width


def test_paragraphs_and_headings_stay_apart() -> None:
    page = [*paragraph(FIRST, 780), (114, 690, 12, "二、财政收入"), *paragraph(SECOND, 670)]
    assert text_of(pdf([page])).split("\n") == [FIRST, "二、财政收入", SECOND]


def test_a_sentence_over_two_pages_is_one_and_its_pages_are_known() -> None:
    lines = paragraph(FIRST, 780)
    heads = [[(90, 815, 9, "青石镇简报"), (290, 30, 9, f"- {number} -")] for number in (1, 2, 3)]
    pages = [
        [*heads[0], *lines[:2]],
        [*heads[1], *((x, 780 - 19 * index, size, text) for index, (x, _, size, text) in enumerate(lines[2:]))],
        [*heads[2], *paragraph(SECOND, 780)],
    ]
    document = load_report("报告.pdf", pdf(pages))
    assert document.text == f"{FIRST}\n{SECOND}"
    assert "页眉页码已去" in document.flags
    cut = len(lines[0][3]) + len(lines[1][3])
    places = [region_at(document.marks, offset) for offset in (0, cut - 1, cut, document.text.index(SECOND))]
    assert [region.page for region in places if region] == [1, 1, 2, 3]
    record = next(record for record in find(document).records if record.indicator == "一般公共预算收入")
    region = region_at(document.marks, record.start)
    assert region is not None
    assert region.page == 3


def test_two_columns_are_read_one_after_the_other() -> None:
    """Whatever the order in which the program wrote the lines."""
    left = paragraph(FIRST * 2, 700, left=60, size=10, width=225)
    right = paragraph(SECOND * 5, 700, left=310, size=10, width=225)
    for body in ([*left, *right], sorted([*left, *right], key=lambda placed: -placed[1])):
        document = load_report("报告.pdf", pdf([[(180, 780, 18, "青石镇经济运行简报"), *body]]))
        assert document.text.split("\n") == ["青石镇经济运行简报", FIRST * 2, SECOND * 5]
        assert "分栏已排序" in document.flags


def test_a_ruled_table_becomes_rows_with_merged_cells_filled() -> None:
    lefts, tops = (90, 200, 290, 380, 470), (700, 680, 660, 640)
    rules = [(90, y, 470, y) for y in tops] + [(x, tops[0], x, tops[-1]) for x in lefts]
    rows = (("指标", "完成数", "完成率(%)", "同比(%)"), ("固定资产投资(亿元)", "4.36", "55.2", "21.9"))
    cells = [(lefts[c] + 4, tops[r] - 14, 10, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    cells += [(94, 646, 10, "税收收入(万元)"), (204, 646, 10, "5200"), (294, 646, 10, "47.3"), (384, 646, 10, "-2.5")]
    document = load_report("报告.pdf", pdf([[*paragraph(FIRST, 790), *cells]], rules=rules))
    assert document.text.split("\n")[1:] == [
        "指标 | 完成数 | 完成率(%) | 同比(%)",
        "固定资产投资(亿元) | 4.36 | 55.2 | 21.9",
        "税收收入(万元) | 5200 | 47.3 | -2.5",
    ]
    merged = [rule for rule in rules if rule != (90, 660, 470, 660)] + [(200, 660, 470, 660)]
    cells[-4] = (94, 660, 10, "")
    assert "固定资产投资(亿元) | 5200 | 47.3 | -2.5" in text_of(pdf([cells], rules=merged))


def test_a_watermark_askew_is_left_out() -> None:
    buffer = io.BytesIO()
    whole = pdf([paragraph(SECOND, 780)])
    canvas = Canvas(buffer)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(90, 780, SECOND)
    canvas.rotate(40)
    canvas.drawString(400, 100, "内部资料 注意保存")
    canvas.save()
    assert text_of(buffer.getvalue()) == text_of(whole) == SECOND


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert plain("⻘⽯镇1-6⽉完成⼯业投资，⻓势良好") == "青石镇1-6月完成工业投资，长势良好"


def test_a_locked_a_broken_and_an_empty_pdf_each_have_their_sentence() -> None:
    whole = pdf([paragraph(SECOND, 780)])
    for content, words in (
        (pdf([paragraph(SECOND, 780)], password="1234"), "打开密码"),
        (whole[:60], "损坏"),
        (b"%PDF-1.7\nno more", "损坏"),
        (pdf([[]]), "没有文字"),
    ):
        with pytest.raises(ReportError, match=words):
            text_of(content)


def test_more_pages_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_PAGES", "2")
    assert SECOND in text_of(pdf([paragraph(SECOND, 780)] * 2))
    with pytest.raises(ReportError, match=r"3 页.*2 页的上限"):
        text_of(pdf([paragraph(SECOND, 780)] * 3))


def test_a_page_is_drawn_for_people() -> None:
    content = pdf([paragraph(FIRST, 780), paragraph(SECOND, 780)])
    picture = pdf_reader.picture_of(content, 2)
    assert picture.width > WIDTH
    assert picture.convert("L").getextrema()[0] < 100
    with pytest.raises(ReportError, match="没有第 3 页"):
        pdf_reader.picture_of(content, 3)
