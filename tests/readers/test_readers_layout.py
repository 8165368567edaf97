"""The shape of a page: columns beside tables, loose spacing, rules with gaps, seals; without any file."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from extract.readers.columns import find_gutter, reading_order
from extract.readers.glyphs import Piece
from extract.readers.grids import Grid, rows_of
from extract.readers.margins import without_margins
from extract.readers.pages import printed
from extract.readers.paragraphs import as_text


def piece(text: str, left: float, top: float, size: float = 10) -> Piece:
    """A text that stands at this place; every character is as wide as high."""
    return Piece(text, left, left + size * len(text), top, top + size, size)


def column(letter: str, left: float, top: float, lines: int) -> list[Piece]:
    return [piece(letter * 20, left, top + 16 * number) for number in range(lines)]


def test_a_gutter_is_found_beside_a_table_of_short_cells() -> None:
    cells = [piece("数", 320 + 40 * c, 260 + 16 * r) for r in range(6) for c in range(5)]
    pieces = [*column("左", 60, 100, 16), *column("右", 310, 100, 9), *cells]
    gutter = find_gutter(pieces)
    assert gutter is not None
    assert 260 < gutter < 310
    text = "".join(line.text[0] for line in reading_order(pieces, gutter))
    assert text == "左" * 16 + "右" * 9 + "数" * 6


def test_a_letter_far_outside_the_page_costs_no_time() -> None:
    pieces = [*column("左", 60, 100, 12), *column("右", 310, 100, 12), piece("远", 1e9, 100)]
    assert find_gutter(pieces) is None
    assert len(reading_order(pieces, None)) == 12


def test_a_table_of_two_columns_is_no_page_of_two_columns() -> None:
    pieces = [p for n in range(12) for p in (piece("工业投资", 60, 100 + 16 * n), piece("4.36", 330, 100 + 16 * n))]
    assert find_gutter(pieces) is None


def test_a_table_in_the_left_column_comes_before_the_right_column() -> None:
    cells = tuple((x, y, x + 100, y + 20) for y in (300, 320) for x in (60, 160))
    grid = Grid((60, 300, 260, 340), cells)
    inside = [piece("指标", 64, 304), piece("数", 164, 304), piece("税收", 64, 324), piece("5", 164, 324)]
    page = printed(
        [*column("左", 60, 100, 10), *inside, *column("右", 310, 100, 16)], [grid], 0, 842, 595, pictures=False
    )
    shown = [line.text[:4] for line in page.lines(1, page.gutter)]
    assert shown == ["左" * 4] * 10 + ["指标 |"[:4], "税收 |"[:4]] + ["右" * 4] * 16


def test_figures_over_each_other_in_one_cell_belong_to_their_rows() -> None:
    cells = ((0, 0, 50, 20), (0, 20, 50, 40), (50, 0, 100, 40))
    grid = Grid((0, 0, 100, 40), cells)
    pieces = [piece("甲", 2, 4), piece("乙", 2, 24), piece("11.1%", 52, 4, 8), piece("19.0%", 52, 24, 8)]
    assert [line.text for line in rows_of(grid, pieces)] == ["甲 | 11.1%", "乙 | 19.0%"]
    merged = [piece("甲", 2, 4), piece("乙", 2, 24), piece("2.5", 52, 14, 8)]
    assert [line.text for line in rows_of(grid, merged)] == ["甲 | 2.5", "乙 | 2.5"]


def test_rows_between_which_no_rule_was_seen_are_told_by_their_figures() -> None:
    cells = [(left, top, left + 50, top + high) for left in (0, 50, 100) for top, high in ((0, 40), (40, 20))]
    grid = Grid((0, 0, 200, 60), (*cells, (150, 0, 200, 60)))
    pieces = [piece("甲", 2, 4), piece("乙", 2, 24), piece("11.1", 52, 4, 8), piece("19.0", 52, 24, 8)]
    pieces += [
        piece("2%", 102, 5, 8),
        piece("3%", 102, 25, 8),
        piece("丙", 2, 44),
        piece("7", 52, 44),
        piece("注", 152, 50),
    ]
    assert [line.text for line in rows_of(grid, pieces)] == [
        "甲 | 11.1 | 2% | 注",
        "乙 | 19.0 | 3% | 注",
        "丙 | 7 |  | 注",
    ]
    wrapped = [piece("甲", 2, 4), piece("长名", 2, 24), piece("11.1", 52, 14, 8), piece("2%", 102, 14, 8)]
    assert rows_of(grid, wrapped)[0].text == "甲长名 | 11.1 | 2% | "


@pytest.mark.parametrize("spacing", [12, 16, 20, 30, 40])
def test_lines_are_joined_whatever_the_spacing(spacing: float) -> None:
    lines = ["字" * 40, "接" * 40, "完" * 10]
    page = printed([piece(t, 60, 100 + spacing * n) for n, t in enumerate(lines * 2)], [], 0, 842, 595, pictures=False)
    text, marks, _ = as_text([page.lines(1, None)], 595)
    assert text.split("\n") == ["".join(lines)] * 2
    assert [(mark.start, mark.place) for mark in marks] == [(0, "1")]


def test_a_line_of_figures_alone_goes_on_the_sentence_though_its_letters_are_taller() -> None:
    figures = Piece("12.6%、10.6%、3.0%。", 60, 170, 116, 129.5, 13.5)
    above = [piece("城" * 40, 60, 84), piece("长" * 40, 60, 100)]
    page = printed([*above, figures], [], 0, 842, 595, pictures=False)
    text, _, _ = as_text([page.lines(1, None)], 595)
    assert text == "城" * 40 + "长" * 40 + figures.text
    title = Piece("2024", 60, 170, 60, 82, 22)
    page = printed([title, *above], [], 0, 842, 595, pictures=False)
    assert as_text([page.lines(1, None)], 595)[0].startswith("2024\n")


def test_a_slanted_rule_is_one_all_the_same() -> None:
    ruled = pytest.importorskip("extract.readers.ruled", reason='没有文字识别，请运行 pip install -e ".[ocr]"')
    import cv2
    import numpy as np

    pixels = np.full((1200, 1655, 3), 255, np.uint8)
    for y in (200, 260, 320):
        cv2.line(pixels, (200, y), (1400, y + 8), (40, 40, 40), 2)
    for x in (200, 800, 1399):
        cv2.line(pixels, (x, 200), (x, 326), (40, 40, 40), 2)
    (grid,) = ruled.grids_in(pixels, 32)
    assert len(grid.cells) == 4


def test_a_sentence_at_the_top_of_two_pages_is_no_running_head() -> None:
    pages = [
        printed([piece(f"完成投资{n}亿元。", 60, 40), *column("字", 60, 100, 5)], [], 0, 842, 595, pictures=False)
        for n in (1, 2)
    ]
    lines, cut = without_margins([page.lines(n, None) for n, page in enumerate(pages, 1)], [(0, 842)] * 2)
    assert not cut
    heads = [printed([piece("简报", 60, 40), *column("字", 60, 100, 5)], [], 0, 842, 595, pictures=False)] * 2
    lines, cut = without_margins([page.lines(n, None) for n, page in enumerate(heads, 1)], [(0, 842)] * 2)
    assert cut
    assert all(line.text[0] == "字" for page in lines for line in page)


@pytest.mark.skipif(not find_spec("cv2"), reason='没有文字识别，请运行 pip install -e ".[ocr]"')
def test_rules_of_a_table_are_seen_through_grain_and_a_seal() -> None:
    import numpy as np

    from extract.readers import ruled

    pixels = np.full((1200, 1600, 3), 255, np.uint8)
    for y in (200, 260, 320):
        pixels[y : y + 2, 200:1000] = 40
    for x in (200, 600, 998):
        pixels[200:322, x : x + 2] = 40
    pixels[200:322, 303:305] = 255
    rows, columns = np.ogrid[:1200, :1600]
    ring = abs(np.hypot(rows - 260, columns - 700) - 150) < 6
    pixels[ring] = (pixels[ring] * 0.4 + np.array([120, 18, 18])).astype(np.uint8)
    (grid,) = ruled.grids_in(ruled.without_seal(pixels), 20)
    assert len(grid.cells) == 4
    scale = ruled.PAGE_WIDTH / 1600
    assert grid.box == pytest.approx([200 * scale, 200 * scale, 1000 * scale, 322 * scale], abs=2)
