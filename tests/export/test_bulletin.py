"""The 通报 read back: counts add up, every figure leads to its report and sentence, in the form that offices use."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from assess import Direction, Rules, Settings, State, Thresholds, assessed, latest, records_frame
from export import to_xlsx
from export.bulletin import (
    EXPECTED,
    FIGURES,
    MOST_LISTED,
    NOTE,
    RULES,
    SOURCES,
    TOWNS,
    Bulletin,
    bulletin,
    tables,
    to_docx,
)
from store import open_store
from tests.ui import factory

AS_OF = "2025-09"
INDICATORS = [name for name, *_ in factory.INDICATORS]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Eight towns, the last without the last quarter; one expected figure of December."""
    store = open_store(str(tmp_path_factory.mktemp("bulletin") / "reports.db"))
    factory.fill(store)
    hoped = factory.Figure("固定资产投资", factory.Decimal("11.2"), "亿元", factory.Decimal("93.0"), status="expected")
    made = factory.findings("石桥镇", 2025, 12, [hoped])
    store.save_report(made, made.document.text.encode(), who="测试")
    rows = records_frame(store.records())
    return rows[rows["period_end"] >= "2025-01"]


def told(rows: pd.DataFrame, **changes: Any) -> Bulletin:
    directions = changes.pop("directions", {})
    rules = {key: changes[key] for key in ("settings",) if key in changes}
    newest = assessed(latest(rows, AS_OF, directions), directions=directions, **rules)
    asked = {"towns": factory.TOWNS, "indicators": INDICATORS, "expected": assessed(rows), "area": "示例县"}
    return bulletin(newest, AS_OF, **(asked | changes))


@pytest.fixture(scope="module")
def said(records: pd.DataFrame) -> Bulletin:
    return told(records)


@pytest.fixture(scope="module")
def document(said: Bulletin) -> Any:
    return Document(io.BytesIO(to_docx(said)))


def paragraphs(document: Any) -> list[str]:
    return [_words(paragraph._element) for paragraph in document.paragraphs]


def _words(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t")))


def heads(table: Any) -> list[str]:
    return [_words(cell._element) for cell in table.rows[0].cells]


def table_with(document: Any, head: str) -> Any:
    (found,) = [table for table in document.tables if head in heads(table)]
    return found


def row_words(table: Any) -> list[list[str]]:
    return [[_words(cell) for cell in row._tr.tc_lst] for row in table.rows]


def links(element: Any) -> list[str]:
    return [link.get(qn("w:anchor")) for link in element.iter(qn("w:hyperlink"))]


def figure(number: int, town: str, **changes: Any) -> dict[str, Any]:
    plain = {
        "id": number,
        "report_name": f"{town}前三季度.txt",
        "town": town,
        "indicator": "财政总收入",
        "value": 600.0,
        "value_text": "600",
        "unit": "万元",
        "completion": 60.0,
        "completion_text": "60.0",
        "basis": "annual",
        "period_start": "2025-01",
        "period_end": AS_OF,
        "status": "actual",
        "review": "read",
        "origin": "upload",
        "sentence": f"{town}财政总收入600万元，占年度任务的60.0%。",
    }
    return plain | changes


def small(*rows: dict[str, Any], **changes: Any) -> Bulletin:
    frame = records_frame(rows)
    towns = sorted({row["town"] for row in rows})
    return told(frame, **({"towns": towns, "indicators": ["财政总收入"]} | changes))


def text_of(said: Bulletin) -> str:
    return "\n".join(paragraphs(Document(io.BytesIO(to_docx(said)))))


def test_title_scope_and_cut_off(document: Any) -> None:
    lines = paragraphs(document)
    assert lines[0] == "关于示例县各乡镇截至2025年9月主要指标完成情况的通报"
    assert document.paragraphs[0].style.name == "Title"
    assert f"范围：{'、'.join(factory.TOWNS)}，共 8 个。" in lines
    assert any("数据截止2025年9月，依据 8 份报告中的 71 条记录" in line for line in lines)
    assert not any("演示" in line for line in lines)


def test_the_counts_of_the_text_add_up(document: Any, said: Bulletin) -> None:
    (line,) = [line for line in paragraphs(document) if "合计" in line]
    total = int(re.search(r"合计 (\d+) 项", line)[1])
    parts = {state: int(re.search(rf"{re.escape(state)} (\d+) 项", line)[1]) for state in map(str, State)}
    assert sum(parts.values()) == total == len(factory.TOWNS) * len(INDICATORS)
    assert parts["未报"] == len(INDICATORS)
    headings = {
        line[0]: int(re.search(r"（(\d+) 项）", line)[1]) for line in paragraphs(document) if "项）" in line[-3:]
    }
    assert headings["三"] == parts["已完成"] + parts["超序时"]
    assert headings["四"] == parts["欠序时(黄)"] + parts["欠序时(红)"]
    assert headings["五"] == parts["未报"]
    assert said.figures["state"].value_counts()["欠序时(红)"] == parts["欠序时(红)"]


def test_the_counts_of_the_towns_add_up(document: Any, said: Bulletin) -> None:
    head, *body, total = row_words(table_with(document, "合计"))
    assert {row[0] for row in body} == set(factory.TOWNS)
    for row in (*body, total):
        assert sum(map(int, row[1:-1])) == int(row[-1])
    for at in range(1, len(head)):
        assert sum(int(row[at]) for row in body) == int(total[at])
    figures = table_with(document, "名次")
    states = [row[heads(figures).index("状态")] for row in row_words(figures)[1:]]
    assert [states.count(state) for state in head[1:-1]] == [int(count) for count in total[1:-1]]


def test_those_behind_are_told_in_the_usual_form(document: Any, said: Bulletin) -> None:
    form = re.compile(r"(.+)：完成(.+)，完成年度目标的([\d.]+)%，低于序时([\d.]+)个百分点\[(\d+)\]。责任单位：(.+)。")
    found = [match for line in paragraphs(document) if (match := form.fullmatch(line))]
    behind = said.figures[said.figures["state"].isin(["欠序时(黄)", "欠序时(红)"])]
    assert len(found) == len(behind) > 20
    by_note = behind.set_index("note")
    for match in found:
        row = by_note.loc[int(match[5])]
        assert (match[1], match[6], match[3]) == (row["indicator"], row["town"], row["completion_text"])
        assert float(match[4]) == pytest.approx(75 - float(match[3]))
        assert match[2] == f"{row['value_text']}{row['unit']}"
    red = [float(match[4]) for match in found if by_note.loc[int(match[5]), "state"] == "欠序时(红)"]
    assert red == sorted(red, reverse=True)


def test_every_figure_has_a_note_that_names_its_report_and_sentence(document: Any, records: pd.DataFrame) -> None:
    sources = table_with(document, "原文")
    notes = {row[0].strip("[]"): row for row in row_words(sources)[1:]}
    anchors = {mark.get(qn("w:name")) for mark in sources._element.iter(qn("w:bookmarkStart"))}
    assert [int(number) for number in notes] == list(range(1, len(notes) + 1))
    assert anchors == {f"note_{number}" for number in notes}
    assert set(links(document.element.body)) == anchors
    known = set(zip(records["report_name"], records["town"], records["indicator"], records["sentence"], strict=True))
    assert {(row[1], row[2], row[3], row[7]) for row in notes.values()} <= known


def test_no_figure_without_a_source(document: Any) -> None:
    for head in ("名次", "性质"):
        table = next(table for table in document.tables if head in heads(table))
        at = heads(table).index("状态") if head == "名次" else 0
        for row in table.rows[1:]:
            cells = [_words(cell) for cell in row._tr.tc_lst]
            assert (len(links(row._tr)) == 1) != (cells[at] == "未报")
    for line in document.paragraphs:
        words = _words(line._element)
        if re.search(r"完成.+%|个百分点", words) and line.style.name == "Body Text" and "：" in words:
            assert links(line._element), words


def test_annex_heads_are_repeated_and_rows_stay_whole(document: Any) -> None:
    assert len(document.tables) == 5
    for table in document.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert [properties.find(qn("w:tblHeader")) is not None for properties in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(properties.find(qn("w:cantSplit")) is not None for properties in rows)


def test_all_pages_are_a4(document: Any) -> None:
    sizes = [(section.page_width.mm, section.page_height.mm) for section in document.sections]
    assert [tuple(round(edge) for edge in size) for size in sizes] == [(210, 297)] + [(297, 210)] * 4
    first = document.sections[0]
    assert abs(first.top_margin - Mm(37)) < Mm(0.1)
    assert abs(first.left_margin - Mm(28)) < Mm(0.1)


def test_tables_fit_their_pages(document: Any) -> None:
    narrow, *wide = document.tables
    room = [section.page_width - section.left_margin - section.right_margin for section in document.sections]
    for table, width in ((narrow, room[0]), *((table, room[1]) for table in wide)):
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(columns) * 635 <= width


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "黑体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "黑体", 15),
        ("Body Text", "仿宋", 16),
        ("Table Head", "黑体", 10.5),
        ("Table Cell", "仿宋", 10.5),
        ("Table Number", "仿宋", 10.5),
    ],
)
def test_chinese_fonts_are_set(document: Any, style: str, font: str, points: float) -> None:
    fonts = document.styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [name for name in fonts.attrib if "Theme" in name]
    assert document.styles[style].font.size.pt == points


def test_table_cells_have_their_styles(document: Any) -> None:
    for table in document.tables:
        head, *body = [{cell.paragraphs[0].style.name for cell in row.cells} for row in table.rows]
        assert head == {"Table Head"}
        assert set().union(*body) <= {"Table Cell", "Table Number"}


def test_pages_are_numbered_and_nobody_else_is_named(document: Any) -> None:
    foot = document.sections[0].footer.paragraphs[0]._element
    assert [code.text for code in foot.iter(qn("w:instrText"))] == [" PAGE "]
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")


def test_thresholds_in_force_are_written_in(records: pd.DataFrame) -> None:
    rules = Thresholds(3, -1, -6)
    rows = tables(told(records, settings=Settings(Rules(rules))))[RULES]
    shown = dict(zip(rows["项目"], rows["内容"], strict=True))
    assert shown["超序时"] == "与序时进度差 ≥ +3 个百分点"
    assert shown["欠序时(红)"] == "与序时进度差 < -6 个百分点"
    assert "75.0%" in shown["序时进度"]


def test_states_of_other_thresholds_are_refused(records: pd.DataFrame) -> None:
    newest = assessed(latest(records, AS_OF))
    with pytest.raises(ValueError, match="状态与所列界限不符"):
        bulletin(
            newest, AS_OF, towns=factory.TOWNS, indicators=INDICATORS, settings=Settings(Rules(Thresholds(20, 10, 5)))
        )


def test_two_figures_for_one_cell_are_refused() -> None:
    newest = assessed(records_frame([figure(1, "柳溪镇"), figure(2, "柳溪镇")]))
    with pytest.raises(ValueError, match="只能有一个"):
        bulletin(newest, AS_OF, towns=["柳溪镇"], indicators=["财政总收入"])


def test_a_cut_off_that_is_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="2025年9月"):
        bulletin(pd.DataFrame(), "2025年9月", towns=[], indicators=[])


def test_expected_figures_are_marked_and_never_ranked(document: Any, said: Bulletin) -> None:
    shown = tables(said)
    assert shown[EXPECTED][["乡镇", "指标", "性质"]].to_numpy().tolist() == [["石桥镇", "固定资产投资", "预计"]]
    assert not set(said.expected["id"]) & set(said.figures["id"].dropna())
    assert "名次" not in shown[EXPECTED]
    (line,) = [line for line in paragraphs(document) if "（预计）" in line]
    assert line.startswith("石桥镇固定资产投资：2025年1—12月预计完成11.2亿元，完成年度目标的93.0%[")


def test_an_expected_figure_gives_way_to_the_actual_one() -> None:
    hoped = figure(2, "柳溪镇", status="expected", value=610.0, value_text="610")
    said = small(figure(1, "柳溪镇"), hoped)
    assert said.expected.empty
    assert "本期没有" in text_of(said)


def test_ranks_are_within_an_indicator_and_equals_share_one() -> None:
    rows = [
        figure(at, town, completion=share)
        for at, (town, share) in enumerate([("甲镇", 80.0), ("乙镇", 80.0), ("丙镇", 70.0)])
    ]
    shown = tables(small(*rows))[FIGURES]
    assert dict(zip(shown["乡镇"], shown["名次"], strict=True)) == {"甲镇": 1, "乙镇": 1, "丙镇": 3}


def test_an_old_figure_counts_as_unreported() -> None:
    said = small(figure(1, "柳溪镇", period_end="2025-06"), figure(2, "石桥镇", period_end="2025-07"))
    states = dict(zip(said.figures["town"], said.figures["state"], strict=True))
    assert states == {"石桥镇": "达序时", "柳溪镇": "未报"}
    shown = tables(said)[FIGURES]
    assert shown.loc[shown["乡镇"] == "柳溪镇", "说明"].item() == "最近为2025年6月"
    assert "柳溪镇（1 项）：财政总收入。" in text_of(said)


def test_lower_is_better_is_told_the_other_way_round() -> None:
    lower = {"财政总收入": Direction(lower_is_better=True)}
    said = small(figure(1, "柳溪镇", completion=90.0, completion_text="90"), directions=lower)
    assert "财政总收入：已达600万元，占年度目标的90%，高于序时15个百分点[1]。责任单位：柳溪镇。" in text_of(said)


def test_growth_targets_are_compared_with_their_target() -> None:
    row = figure(
        1, "柳溪镇", completion=None, completion_text=None, yoy=6.0, yoy_text="6.0", target=8.0, target_text="8",
        target_unit="%", target_from="stated",
    )  # fmt: skip
    said = small(row)
    assert "财政总收入：完成600万元，增速6.0%，目标8%，低于目标2个百分点[1]。" in text_of(said)
    assert "欠序时(黄)，增速" in tables(said)[RULES]["项目"].tolist()


def test_a_computed_completion_is_marked() -> None:
    row = figure(
        1, "柳溪镇", completion=None, completion_text=None, target=1000.0, target_unit="万元", target_from="stated"
    )
    said = small(row)
    assert "完成年度目标的60%（计算），低于序时15个百分点" in text_of(said)
    assert tables(said)[FIGURES]["说明"].tolist() == ["计算"]


def test_what_is_not_listed_in_the_text_is_counted_there() -> None:
    rows = [figure(at, f"第{at}镇") for at in range(MOST_LISTED + 3)]
    said = small(*rows)
    text = text_of(said)
    assert text.count("责任单位") == MOST_LISTED
    assert f"以上为差距最大的 {MOST_LISTED} 项，其余 3 项见附件2。" in text
    assert len(tables(said)[SOURCES]) == len(rows)


def test_sample_data_are_told_under_the_title() -> None:
    assert "（含演示数据，仅供试用）" in text_of(small(figure(1, "柳溪镇", origin="sample"))).split("\n")[1]


def test_text_that_xml_cannot_hold_is_left_out() -> None:
    said = small(figure(1, "柳溪镇", sentence="坏\x00字\x0b<w:p>&符号"))
    (source,) = row_words(table_with(Document(io.BytesIO(to_docx(said))), "原文"))[1:]
    assert source[-1] == "坏字<w:p>&符号"


def test_nothing_to_tell_is_still_a_document() -> None:
    said = bulletin(assessed(pd.DataFrame()), AS_OF, towns=["柳溪镇"], indicators=["财政总收入"])
    text = text_of(said)
    assert "共 1 项：" in text
    assert "柳溪镇（1 项）：财政总收入。" in text
    assert tables(said)[SOURCES].empty


def test_the_xlsx_has_the_same_tables(said: Bulletin, document: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(tables(said))))
    assert book.sheetnames == [RULES, TOWNS, FIGURES, EXPECTED, SOURCES]
    for sheet, table in zip(book, document.tables, strict=True):
        assert [cell.value for cell in sheet[1]] == heads(table)
        assert sheet.max_row == len(table.rows)
        assert sheet.freeze_panes == "A2"
    notes = [row[-1].value for row in book[FIGURES].iter_rows(min_row=2)]
    assert sorted(note for note in notes if note is not None) == sorted(said.figures["note"].dropna())


def test_the_file_can_be_kept(said: Bulletin, tmp_path: Path) -> None:
    path = tmp_path / f"{said.title}.docx"
    path.write_bytes(to_docx(said))
    assert Document(str(path)).core_properties.title == said.title
    assert NOTE in tables(said)[FIGURES]
