"""Folding and cutting: one character for one character, and sentences that lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import fold, sentences


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("４．３６亿元，", "4.36亿元,"),
        ("增長１２．５％", "增长12.5%"),
        ("（ＧＤＰ）", "(GDP)"),
        ("1—6月", "1-6月"),
        ("1～6月", "1~6月"),
        ("財政總收入", "财政总收入"),
        ("全年完成｜8％", "全年完成|8%"),
    ],
)
def test_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="完成增長税收，。％４.５-—（） \n|"))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_sentences_end_at_marks_and_lines() -> None:
    text = "完成税收5亿元。增长3.5%!\n第二行"
    assert [text[a:b] for a, b in sentences(text)] == ["完成税收5亿元", "增长3.5%", "第二行"]


@given(st.text(alphabet="税收5.%。!?\n ,"))
def test_sentences_leave_out_only_marks_and_blanks(text: str) -> None:
    covered = {place for a, b in sentences(text) for place in range(a, b)}
    assert all(character in "。!?\n " for place, character in enumerate(text) if place not in covered)
