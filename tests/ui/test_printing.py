"""Sheets of A4: every text escaped, lamps in their colours, heat maps no wider than a page."""

from __future__ import annotations

import re

import pandas as pd

from export import word
from ui import colours, printing


def test_texts_are_escaped_and_numbers_stand_right() -> None:
    html = printing.table(pd.DataFrame({"指标": ["<b>投资</b>"], "完成率": [55.25]}), {"完成率": lambda v: f"{v}%"}, {})
    assert "<td>&lt;b&gt;投资&lt;/b&gt;</td>" in html
    assert '<td class="number">55.25%</td>' in html


def test_a_lamp_has_sign_word_and_colour() -> None:
    html = printing.table(pd.DataFrame({"状态": ["欠序时(红)", "▲ 超序时"]}), {}, {})
    for state in ("欠序时(红)", "超序时"):
        lamp = colours.LAMPS[state]
        assert f'style="background: {lamp.cell}; color: {lamp.text}">{lamp.label}<' in html


def test_a_wide_heat_map_goes_on_below() -> None:
    names = [f"指标{number}" for number in range(printing.ACROSS + 3)]
    gaps = pd.DataFrame([[-12.5] * len(names)], index=["柳溪镇"], columns=names)
    html = printing.heat_maps(gaps, gaps)
    tables = html.split("<table")[1:]
    assert [re.findall("<th>(.*?)</th>", table)[1:] for table in tables] == [names[:8], names[8:]]
    assert html.count("柳溪镇") == 2
    assert html.count("−12.5") == len(names)
    assert colours.gap_shade(-12.5)[0] in html


def test_a_document_is_written_in_order_with_its_notes() -> None:
    text = [word.Title("通报"), word.Heading("一、总体"), word.Text(["完成5.2亿元", 3, "。"])]
    annex = [word.Table(pd.DataFrame({"数值": [5.25, -3.0], "注": [3, None]}))]
    html = printing.document(text, [annex])
    assert html.startswith('<div class="letter"><h1>通报</h1><h2>一、总体</h2><p>完成5.2亿元[3]。</p></div>')
    assert re.findall('<td class="number">(.*?)</td>', html) == ["5.25", "3", "−3", "—"]
    assert html.count('<div class="wide">') == 1
