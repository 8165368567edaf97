"""OFD (GB/T 33190): text objects in whatever way they are written become sentences, tables and pages."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest
from PIL import Image

from benchmarks.formats.fixed import HEAD, Sheet, as_ofd, delta, package, text_object
from benchmarks.generator import generate
from extract import find
from extract.models import ReportError
from extract.readers import load_report, scans
from extract.readers.drawing import letters_of, matrix_of, numbers, rules_of
from extract.readers.glyphs import Piece
from extract.readers.packages import parsed
from extract.readers.pages import printed
from extract.readers.regions import region_at
from extract.readers.trust import BY_OCR

FIRST = "2024年1-6月，青石镇完成工业投资3.2亿元，完成年度任务"
SECOND = "的61.3%，同比增长7.9%。"
THIRD = "财政总收入完成1.45亿元，占年度目标的52.6%。"

SCAN = scans.Scan(printed([Piece(SECOND, 60, 300, 90, 102, 12)], [], 0, 842, 595, pictures=True), 0.9)


def text_of(content: bytes) -> str:
    return load_report("报告.ofd", content).text


def page(*lines: str, apart: bool = False) -> list[str]:
    sheet = Sheet()
    for number, line in enumerate(lines):
        sheet.write(line, 28, 60 + 8 * number, 5, apart=apart)
    return sheet.objects


def changed(content: bytes, name: str, part: bytes | None) -> bytes:
    """The package with a member replaced, or without it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(buffer, "w") as made:
        for member in whole.namelist():
            if member != name or part is not None:
                made.writestr(member, part if member == name and part is not None else whole.read(member))
    return buffer.getvalue()


@pytest.mark.parametrize("apart", [False, True])
def test_lines_become_sentences_and_every_record_names_its_page(apart: bool) -> None:
    document = load_report("报告.ofd", package([page(FIRST, SECOND, apart=apart), page(THIRD, apart=apart)]))
    assert document.text == f"{FIRST}{SECOND}\n{THIRD}"
    assert document.kind == "ofd"
    records = find(document).records
    assert [(str(record.value), str(record.completion)) for record in records] == [("3.2", "61.3"), ("1.45", "52.6")]
    regions = [region_at(document.marks, record.start) for record in records]
    assert [region.page for region in regions if region] == [1, 2]


def test_a_ruled_table_becomes_rows() -> None:
    sheet = Sheet()
    rows = (("指标", "完成数（万元）", "同比"), ("税收收入", "5200", "6.5%"), ("工业投资", "91000", "8.1%"))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(cell, 30 + 45 * place, 66 + 10 * number, 4.2)
        sheet.rule(28, 60 + 10 * number, 163, 60 + 10 * number)
    sheet.rule(28, 90, 163, 90)
    for place in range(4):
        sheet.rule(28 + 45 * place, 60, 28 + 45 * place, 90)
    assert "税收收入 | 5200 | 6.5%\n工业投资 | 91000 | 8.1%" in text_of(package([sheet.objects]))


def test_a_watermark_askew_and_a_hidden_layer_are_left_out() -> None:
    askew = text_object("内部资料", 60, 150, 20, "20 20 20", "0.7 -0.7 0.7 0.7 0 0")
    hidden = f'<ofd:PageBlock Visible="false">{text_object("草稿", 60, 200, 5, "")}</ofd:PageBlock>'
    block = f"<ofd:PageBlock>{''.join(page(THIRD))}</ofd:PageBlock>"
    assert text_of(package([[askew, hidden, block]])) == f"{HEAD}\n{THIRD}"


def test_sizes_and_places_go_through_the_matrix() -> None:
    scaled = text_object("税收收入5200万元", 0, 1, 1, delta([1.0] * 4 + [0.5] * 4 + [1.0]), "5 0 0 5 28 60")
    (element,) = parsed(f'<r xmlns:ofd="x">{scaled}</r>'.encode(), "")
    letters = list(letters_of(element))
    millimetre = 72 / 25.4
    assert letters[0][1] == pytest.approx(28 * millimetre)
    assert letters[1][1] - letters[0][1] == pytest.approx(5 * millimetre)
    assert letters[0][2] - letters[0][1] == pytest.approx(5 * millimetre)
    assert "".join(letter[0] for letter in letters) == "税收收入5200万元"


def test_distances_are_read_as_written_and_what_is_none_ends_them() -> None:
    element = parsed(b'<T Size="4" Boundary="10 10 9 9"><TextCode X="0" Y="4" DeltaX="g 2 3 9">abcd</TextCode></T>', "")
    lefts = [letter[1] / (72 / 25.4) for letter in letters_of(element)]
    assert lefts == pytest.approx([10, 13, 16, 25])
    for given in ("g", "g x", "g 3", "nan", "1e999", "g 99999999 1"):
        element = parsed(f'<T Size="4"><TextCode DeltaX="{given}">字字</TextCode></T>'.encode(), "")
        assert len(list(letters_of(element))) == 2
    assert numbers("1 2 x 3") == [1, 2]
    assert matrix_of(parsed(b'<T CTM="1 0 0" Boundary="x"/>', "")) == (1, 0, 0, 1, 0, 0)


def test_a_closed_path_gives_its_sides_and_a_curve_none() -> None:
    def rules(data: str) -> int:
        return len(list(rules_of(parsed(f"<P><AbbreviatedData>{data}</AbbreviatedData></P>".encode(), ""))))

    assert rules("M 0 0 L 50 0 L 50 30 L 0 30 C") == 4
    assert rules("M 0 0 L 50 0") == 1
    assert rules("M 0 0 B 10 10 20 20 50 50") == 0
    assert rules("M 0 0 X 1") <= 1


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    content = package([page(FIRST, SECOND), page(THIRD)])
    for part in (b"<ofd:Page", None):
        document = load_report("报告.ofd", changed(content, "Doc_0/Pages/Page_0/Content.xml", part))
        assert document.text == f"{HEAD}\n{THIRD}"
        assert "第1页已损坏，没有读" in document.flags


def test_a_file_without_its_parts_or_without_text_says_so() -> None:
    content = package([page(THIRD)])
    for member in ("OFD.xml", "Doc_0/Document.xml"):
        with pytest.raises(ReportError, match=r"OFD.*损坏"):
            text_of(changed(content, member, b"<ofd:OFD"))
    with pytest.raises(ReportError, match=r"OFD.*损坏"):
        text_of(changed(content, "Doc_0/Document.xml", None))
    blank = changed(package([[]]), "Doc_0/Tpls/Tpl_0/Content.xml", b"<x/>")
    with pytest.raises(ReportError, match=r"OFD.*没有文字"):
        text_of(changed(blank, "Doc_0/Pages/Page_0/Content.xml", b"<x/>"))


PICTURE = '<ofd:ImageObject xmlns:ofd="x" ID="6" Boundary="0 0 210 297" ResourceID="7"/>'


def with_picture(*pages: list[str]) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(buffer, "PNG")
    media = '<ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
    return package(pages, {"Doc_0/Res/a.png": buffer.getvalue()}, f"<ofd:MultiMedias>{media}</ofd:MultiMedias>")


def test_a_scanned_page_asks_for_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: None)
    document = load_report("报告.ofd", with_picture(page(THIRD), [PICTURE]))
    assert "第2页是图片，本机没有安装文字识别，没有读" in document.flags
    bare = f"<Page><Content>{PICTURE}</Content></Page>".encode()
    with pytest.raises(ReportError, match=r"\[ocr\]"):
        text_of(changed(with_picture([PICTURE]), "Doc_0/Pages/Page_0/Content.xml", bare))


def test_a_scanned_page_is_read_from_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(scans, "why_not", lambda done: None)
    monkeypatch.setattr(scans, "read_picture", lambda picture: seen.append(picture.size) or SCAN)
    document = load_report("报告.ofd", with_picture(page(THIRD), [PICTURE]))
    assert seen == [(300, 400)]
    assert BY_OCR in document.flags
    assert document.text.endswith(f"{THIRD}\n{SECOND}")


def test_reports_written_as_ofd_say_what_they_said() -> None:
    for number, report in enumerate(generate(5, 3, "sample")):
        found = find(load_report("报告.ofd", as_ofd(report.text, Random(number)))).records
        plain = find(load_report("报告.txt", report.text.encode())).records
        assert [(r.indicator, r.value, r.completion, r.yoy) for r in found] == [
            (r.indicator, r.value, r.completion, r.yoy) for r in plain
        ]
