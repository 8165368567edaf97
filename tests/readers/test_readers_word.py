"""Word files: what stands on the page, in order. The files are made here, by python-docx and from raw XML."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Document, ReportError
from extract.readers import load_report, word
from extract.readers.numbering import chinese, letters, roman
from extract.readers.word import MACROS, STALE_TITLE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCE = "完成固定资产投资3.25亿元,占年度计划的54.2%。"


def package(body: str, **parts: str) -> bytes:
    """A .docx of this body; further parts by name, ``core`` for the properties."""
    names = {"core": "docProps/core.xml"}
    spaces = f'xmlns:w="{W}" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(names.get(name, f"word/{name}.xml"), content)
    return buffer.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def read(body: str, **parts: str) -> Document:
    return load_report("报告.docx", package(body, **parts))


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.split("\n")


def test_a_file_of_python_docx() -> None:
    file = docx.Document()
    file.add_heading("柳溪镇上半年工作总结", 0)
    file.add_paragraph("一、工业经济")
    file.add_paragraph(f"全镇{SENTENCE}")
    table = file.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "指标"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "1-6月"
    table.cell(1, 1).text, table.cell(1, 2).text = "累计", "增长(%)"
    for index, text in enumerate(("税收", "4120", "5.5")):
        table.cell(2, index).text = text
    file.add_paragraph("二、下一步打算")
    file.sections[0].header.paragraphs[0].text = "页眉"
    file.sections[0].footer.paragraphs[0].text = "第 1 页"
    file.core_properties.title = "柳溪镇上半年工作总结"
    file.core_properties.modified = datetime(2021, 7, 8, 9, 30, tzinfo=UTC)
    buffer = io.BytesIO()
    file.save(buffer)
    document = load_report("总结.docx", buffer.getvalue())
    assert document.text.split("\n") == [
        "柳溪镇上半年工作总结",
        "一、工业经济",
        f"全镇{SENTENCE}",
        "指标 | 1-6月 | 1-6月",
        "指标 | 累计 | 增长(%)",
        "税收 | 4120 | 5.5",
        "二、下一步打算",
    ]
    assert (document.kind, document.title, document.date) == ("docx", "柳溪镇上半年工作总结", "2021-07-08")
    assert document.flags == ()


def test_the_day_of_the_template_is_no_day_of_the_report() -> None:
    file = docx.Document()
    file.add_paragraph(SENTENCE)
    buffer = io.BytesIO()
    file.save(buffer)
    assert load_report("a.docx", buffer.getvalue()).date is None


def test_tracked_changes_as_accepted() -> None:
    body = paragraph(
        run("增长"),
        f"<w:ins>{run('8.6%')}</w:ins>",
        "<w:del><w:r><w:delText>7.1%</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('移走')}</w:moveFrom>",
        f"<w:moveTo>{run('。')}</w:moveTo>",
    )
    assert lines(body) == ["增长8.6%。"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph(run("完成年计划的"), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("52%。"))
    assert lines(body) == ["完成年计划的52%。"]


def test_a_text_box_stands_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(run('框内文字'))}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    anchored = paragraph(run("正文"), f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
    assert lines(anchored + paragraph(run("后文"))) == ["正文", "框内文字", "后文"]


def test_breaks_tabs_fields_controls_and_hidden_text() -> None:
    body = paragraph(
        "<w:r><w:t>第一行</w:t><w:br/><w:t>第二</w:t><w:tab/><w:t>行</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
        f"<w:hyperlink>{run('链接')}</w:hyperlink>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>zhèn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('控件内'))}</w:sdtContent></w:sdt>"
    assert lines(body + control) == ["第一行", "第二\t行链接镇", "控件内"]


def levels(*forms: tuple[str, str]) -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(forms)
    )
    return f'<w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'


NUMBERING = (
    f'<w:numbering xmlns:w="{W}">'
    + levels(
        ("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "%3.%4")
    )
    + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


def test_automatic_numbers_are_written_out() -> None:
    body = (
        numbered("工业", 0)
        + numbered("规上工业", 1)
        + numbered("2021年完成12亿元", 2)
        + numbered("增长5%", 3)
        + numbered("农业", 1)
        + paragraph(run("正文"))
        + numbered("民生", 0)
        + numbered("就业", 1)
        + numbered("另起", 0, number=2)
        + numbered("接着", 0, number=2)
    )
    assert lines(body, numbering=NUMBERING) == [
        "一、工业",
        "（一）规上工业",
        "1. 2021年完成12亿元",
        "1.1 增长5%",
        "（二）农业",
        "正文",
        "二、民生",
        "（一）就业",
        "一、另起",
        "二、接着",
    ]


def test_numbers_that_come_with_a_style_or_its_parent() -> None:
    of_list, of_level = '<w:numId w:val="1"/>', '<w:ilvl w:val="1"/>'
    styles = (
        f'<w:styles xmlns:w="{W}">'
        f'<w:style w:styleId="A"><w:pPr><w:numPr>{of_list}</w:numPr></w:pPr></w:style>'
        f'<w:style w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr>{of_level}</w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="C"><w:basedOn w:val="C"/></w:style></w:styles>'
    )
    off = '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph(run("工业"), properties='<w:pStyle w:val="A"/>')
        + paragraph(run("投资"), properties='<w:pStyle w:val="B"/>')
        + paragraph(run("无号"), properties=off)
        + paragraph(run("圆圈"), properties='<w:pStyle w:val="C"/>')
    )
    assert lines(body, numbering=NUMBERING, styles=styles) == ["一、工业", "（一）投资", "无号", "圆圈"]


@pytest.mark.parametrize(
    ("number", "word_form"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (34, "三十四"),
        (105, "一百〇五"),
        (110, "一百一十"),
        (1010, "一千〇一十"),
    ],
)
def test_chinese_counting(number: int, word_form: str) -> None:
    assert chinese(number) == word_form


def test_letters_and_roman_numbers() -> None:
    assert [letters(1), letters(26), letters(27)] == ["a", "z", "aa"]
    assert [roman(4), roman(9), roman(14), roman(40)] == ["iv", "ix", "xiv", "xl"]


def test_tables_repeat_merged_cells_and_leave_deleted_rows_out() -> None:
    table = (
        row(cell("指标", '<w:vMerge w:val="restart"/>'), cell("1-6月", '<w:gridSpan w:val="2"/>'))
        + row(cell("", "<w:vMerge/>"), cell("累计"), cell("增长|%"))
        + row(cell("旧"), cell("1"), cell("2"), properties="<w:del/>")
        + f"<w:sdt><w:sdtContent>{row(cell('税收'), cell('4120'), cell('5.5'))}</w:sdtContent></w:sdt>"
    )
    assert lines(paragraph(run("表一")) + f"<w:tbl>{table}</w:tbl>") == [
        "表一",
        "指标 | 1-6月 | 1-6月",
        "指标 | 累计 | 增长｜%",
        "税收 | 4120 | 5.5",
    ]


def test_a_table_that_frames_a_text_stays_paragraphs() -> None:
    long = paragraph(run(SENTENCE * 16)) + paragraph(run("第二段"))
    assert lines(f"<w:tbl>{row(f'<w:tc>{long}</w:tc>', cell('旁注'))}</w:tbl>") == [SENTENCE * 16, "第二段", "旁注"]


def test_footnotes_come_last() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1">{paragraph(run("线"))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("注:含乡级。"))}</w:footnote></w:footnotes>'
    )
    body = paragraph(run(SENTENCE), '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph(run("后文"))
    assert lines(body, footnotes=notes) == [SENTENCE, "后文", "注:含乡级。"]


CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:t="urn:t"><dc:title>{title}</dc:title>'
    "<t:created>2020-01-02T03:04:05Z</t:created>{modified}</cp:coreProperties>"
)


def test_title_and_day_from_the_properties() -> None:
    body = paragraph(run("柳溪镇 总结")) + paragraph(run(SENTENCE))
    document = read(
        body, core=CORE.format(title="柳溪镇总结", modified="<t:modified>2021-07-08T01:00:00Z</t:modified>")
    )
    assert (document.title, document.date, document.flags) == ("柳溪镇总结", "2021-07-08", ())
    stale = read(body, core=CORE.format(title="青石镇2018年通知", modified=""))
    assert (stale.title, stale.date, stale.flags) == (None, "2020-01-02", (STALE_TITLE,))


def test_macros_are_told_and_not_looked_at() -> None:
    content = io.BytesIO(package(paragraph(run(SENTENCE))))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    document = load_report("a.docm", content.getvalue())
    assert (document.text, document.flags) == (SENTENCE, (MACROS,))


def test_another_name_of_the_main_part_and_the_strict_namespace() -> None:
    buffer = io.BytesIO()
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    relation = (
        f'<Relationships xmlns="urn:r"><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    )
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_rels/.rels", relation)
        archive.writestr(
            "word/document2.xml",
            f'<w:document xmlns:w="{strict}"><w:body>{paragraph(run(SENTENCE))}</w:body></w:document>',
        )
    assert load_report("a.docx", buffer.getvalue()).text == SENTENCE


def test_entities_of_the_file_are_not_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///private.txt">]>'
    body = f'{bomb}<w:document xmlns:w="{W}"><w:body>{paragraph(run(SENTENCE + "&b;&c;"))}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", body)
    assert load_report("a.docx", buffer.getvalue()).text == SENTENCE


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MAX_PART", 2 * 1024 * 1024)
    with pytest.raises(ReportError, match="解压后超过 2 MB"):
        read(paragraph(run("零" * 2_000_000)))


def test_a_locked_entry_is_told() -> None:
    content = bytearray(package(paragraph(run(SENTENCE))))
    for mark in re.finditer(b"PK\x01\x02", bytes(content)):
        content[mark.start() + 8] |= 1
    with pytest.raises(ReportError, match="设了密码"):
        load_report("a.docx", bytes(content))


@pytest.mark.parametrize(
    ("body", "words"),
    [("", "没有文字"), (paragraph(), "没有文字"), ("<w:p>", "已损坏"), ("<w:p>" * 400 + "</w:p>" * 400, "已损坏")],
)
def test_files_without_text_or_with_broken_xml(body: str, words: str) -> None:
    with pytest.raises(ReportError, match=words):
        read(body)


@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_damaged_files_give_a_document_or_a_report_error(data: st.DataObject) -> None:
    damaged = bytearray(package(numbered(SENTENCE) * 3, numbering=NUMBERING))
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        text = load_report("a.docx", bytes(damaged[: data.draw(st.integers(1, len(damaged)))])).text
    except ReportError as error:
        text = str(error)
    assert text.strip()


@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_odd_xml_gives_a_document_or_a_report_error(data: st.DataObject) -> None:
    names = "p r t tbl tr tc tcPr gridSpan vMerge ins del sdt sdtContent txbxContent pPr numPr ilvl numId br"
    tags = st.sampled_from(names.split())
    values = st.sampled_from(["1", "0", "-5", "999999", "restart", "x", "²", ""])
    opened: list[str] = []
    xml = ""
    for tag, value in data.draw(st.lists(st.tuples(tags, values), max_size=40)):
        if opened and value == "x":
            xml += f"</w:{opened.pop()}>"
        opened.append(tag)
        xml += f'<w:{tag} w:val="{value}">字'
    xml += "".join(f"</w:{tag}>" for tag in reversed(opened))
    try:
        text = read(xml + paragraph(run(SENTENCE)), numbering=NUMBERING).text
    except ReportError as error:
        text = str(error)
    assert SENTENCE in text
