"""explain: that it names the words, the rule, the name it was filed under, and a corpus line that is true."""

from __future__ import annotations

import json

import pytest

from extract import find
from extract.explain import KIND_WORDS, NO_FIGURES, ROLE_WORDS, corpus_line, explain
from extract.items import REASONS
from extract.phrases import cues
from extract.vocabulary import KINDS
from tests.extract.compare import Line, failures, read_corpus

TEXT = "2016年上半年，柳溪镇完成固投5.2亿元，占年计划的61.3%，占全县的12.6%，成交38.2%。"


def line_of(text: str, start: str) -> str:
    """The first line of an explanation that begins so."""
    return next(line for line in explain(text).splitlines() if line.strip().startswith(start))


def test_words_are_shown_with_their_kinds() -> None:
    assert "完成〔do 完成词〕 固投〔原文〕 5.2亿元〔数〕" in line_of(TEXT, "用词")


def test_a_number_is_shown_with_its_role_and_template() -> None:
    told = [line for line in explain(TEXT).splitlines() if line.startswith("数　　61.3%")]
    (line,) = told
    assert "completion 完成率" in line
    assert "模板：rate,completion,{" in line
    assert "依据“占年计划的”" in line


def test_a_rule_stands_where_no_template_gave_the_role() -> None:
    assert "规则：并列，同前一个数" in line_of("国税、地税分别增长3%和4.5%。", "数　　4.5%")
    assert "规则：没有模板相符" in line_of(TEXT, "数　　38.2%")


def test_the_name_is_shown_with_the_alias_that_filed_it() -> None:
    assert "固定资产投资 ←“固投”" in line_of(TEXT, "指标")
    assert "别名“固投”" in line_of(TEXT, "指标")
    assert "标准名称" in line_of("固定资产投资增长5%。", "指标")
    assert "指标表中没有" in line_of("花木种苗基地营收5亿元，增长5%。", "指标")


def test_parts_are_shown_with_their_words() -> None:
    assert line_of(TEXT, "数值") == "  数值　5.2亿元 ←“5.2亿元”(16–21)"
    assert line_of(TEXT, "完成率").endswith("口径 annual 年度目标")
    assert line_of(TEXT, "时段") == "  时段　2016-01~06"


def test_what_gave_no_record_is_told_with_the_reason() -> None:
    assert line_of(TEXT, "不列入") == "不列入　12.6%　比重、份额"
    assert line_of(TEXT, "未看懂") == "未看懂　38.2%　未看懂的比率"
    assert "见到 4 个率和数，记录 2，应不列入 1，未看懂 1" in explain(TEXT)


def test_text_without_figures() -> None:
    assert explain("会议强调，要抓好落实。") == NO_FIGURES
    assert explain("") == NO_FIGURES


def test_a_table_shows_its_records() -> None:
    told = explain("指标 | 累计 | 同比增长(%)\n工业投资(亿元) | 36.2 | -3.1")
    assert "-3.1%" in told
    assert "取自表格" in told


def test_the_corpus_line_of_every_line_of_the_corpus_is_true() -> None:
    for lines in read_corpus().values():
        for line in lines:
            findings = find(line.text)
            entry = json.loads(corpus_line(findings))
            assert entry["text"] == line.text
            assert failures(Line("explain", 1, entry["text"], entry["want"]), findings.records) == []


def test_every_line_of_the_corpus_can_be_explained() -> None:
    told = [explain(line.text) for lines in read_corpus().values() for line in lines[::4]]
    assert all(text == NO_FIGURES or "语料　{" in text for text in told)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"strip"}))
def test_every_kind_of_word_has_a_chinese_name(kind: str) -> None:
    assert KIND_WORDS[kind]


def test_every_role_has_a_chinese_name() -> None:
    assert {cue.role for cue in cues()} | set(REASONS) <= set(ROLE_WORDS)
