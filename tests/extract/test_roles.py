"""What a number is, by the words before and after it: one wording a test."""

from __future__ import annotations

import pytest

from extract.models import VocabularyError
from extract.phrases import _compile, lex, role_of
from extract.survey import letters_of, survey
from extract.text import fold


def roles(text: str) -> list[str]:
    """The roles of the numbers of a sentence."""
    folded = fold(text)
    tokens = lex(folded, 0, len(folded))
    return [number.role for number in survey(tokens, letters_of(tokens), folded)]


def letters(text: str) -> str:
    folded = fold(text)
    return "".join(token.letter for token in lex(folded, 0, len(folded)))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("税收完成年度任务的55.2%", "completion"),
        ("税收占年计划的53.3%", "completion"),
        ("税收为年度预算的52%", "completion"),
        ("税收达到全年目标的98%", "completion"),
        ("投资完成率91.84%", "completion"),
        ("超额完成年度任务12%", "over"),
        ("完成工程量60%", "completion"),
        ("税收同比增长5%", "yoy"),
        ("税收比上年同期下降5%", "yoy"),
        ("税收增幅5%", "yoy"),
        ("税收比增5%", "yoy"),
        ("同比+19.8%", "yoy"),
        ("税收与去年同期持平", "yoy"),
        ("税收翻一番", "yoy"),
        ("税收增长1.9倍", "yoy"),
        ("税收占比36%", "share"),
        ("税收占全县的36%", "share"),
        ("产品合格率98%", "quality"),
        ("税收环比增长5%", "other_base"),
        ("税收年均增长5%", "other_base"),
        ("比重提高2.1个百分点", "points"),
        ("高于序时进度3.8%", "pace"),
        ("税收完成5亿元", "value"),
        ("年度目标5亿元", "target"),
        ("总投资5亿元", "planned_total"),
        ("同比增加5万元", "increment"),
    ],
)
def test_role(text: str, role: str) -> None:
    assert roles(text) == [role]


def test_members_of_a_list_have_the_role_of_the_first() -> None:
    assert roles("国税、地税分别增长3.7%和4.5%") == ["yoy", "yoy"]


def test_a_rate_without_words_has_no_role() -> None:
    assert roles("成交38.2%") == [""]


def test_words_become_letters_and_the_rest_is_free_text() -> None:
    assert letters("全年税收完成5亿元,增长5%") == "pxVn,Un"


def test_a_number_inside_a_name_is_no_number() -> None:
    assert "n" not in letters("500万元以上项目")


def test_the_place_of_the_telling_words_is_given() -> None:
    assert role_of("rate", "xVGD") == ("completion", 1)
    assert role_of("rate", "x") == ("", 1)


@pytest.mark.parametrize(
    ("template", "fits", "fails"),
    [
        ("{up|down}{tail}*$", ["U", "NH", "xUH"], ["Ux", ""]),
        ("{do}{name}?{goal}$", ["VG", "VxG"], ["VxxG", "G"]),
        ("{goal}{notcue}*$", ["G", "Gxx"], ["GxU"]),
    ],
)
def test_templates_say_what_may_stand_before_a_number(template: str, fits: list[str], fails: list[str]) -> None:
    pattern = _compile(template)
    assert [text for text in fits if not pattern.search(text)] == []
    assert [text for text in fails if pattern.search(text)] == []


def test_a_template_with_an_unknown_kind_is_named() -> None:
    with pytest.raises(VocabularyError, match="nosuchkind"):
        _compile("{nosuchkind}$")
