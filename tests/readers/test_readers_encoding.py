"""Every encoding gives the same text; what is wrong with it is flagged, what is no text is refused."""

from __future__ import annotations

import random

import pytest

from extract.models import ReportError
from extract.readers import load_report
from extract.readers.decoding import (
    BROKEN_END,
    DAMAGED,
    DOUBTFUL,
    MISDECLARED,
    MIXED,
    RESTORED,
    decode,
    readability,
)

SIMPLIFIED = (
    "柳溪镇2021年上半年工作总结\n全镇完成固定资产投资3.25亿元,占年度计划的54.2%,同比增长8.6%。\n"
    "一般公共预算收入4120万元,完成全年任务的51.5%。下一步将继续推进重点项目建设,改善农村人居环境。\n"
)
TRADITIONAL = "全縣1至5月財政收支情況\n財政總收入5120萬元,同比增長6.4%,完成年度預算的43.8%,稅務部門組織收入增長較快。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_give_the_same_text(encoding: str) -> None:
    document = load_report("总结.txt", SIMPLIFIED.encode(encoding))
    assert document.text == SIMPLIFIED
    assert document.flags == ()


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\x84\x31\x95\x33"])
def test_byte_order_marks_of_other_encodings(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == b"\xfe\xff" else "gb18030"
    assert load_report("a.txt", mark + SIMPLIFIED.encode(encoding)).text == SIMPLIFIED


def test_utf16_without_mark_and_without_any_ascii() -> None:
    text = "柳溪镇完成固定资产投资三亿元，同比增长百分之八，全年任务完成过半，重点项目建设顺利推进。" * 3
    for encoding in ("utf-16-le", "utf-16-be"):
        assert load_report("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_text_is_told_from_simplified(encoding: str) -> None:
    assert load_report("a.txt", TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_broken_last_character_is_dropped_and_flagged(encoding: str) -> None:
    document = load_report("a.txt", (SIMPLIFIED + "完").encode(encoding)[:-1])
    assert document.text == SIMPLIFIED
    assert document.flags == (BROKEN_END,)


def test_mixed_lines_are_each_read_and_flagged() -> None:
    lines = SIMPLIFIED.strip().split("\n")
    content = b"\n".join([lines[0].encode("utf-8"), lines[1].encode("gb18030"), lines[2].encode("utf-8")])
    document = load_report("a.txt", content)
    assert document.text == "\n".join(lines)
    assert document.flags == (MIXED,)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_in_the_middle_stays_visible(encoding: str) -> None:
    head, tail = (SIMPLIFIED * 3).encode(encoding), SIMPLIFIED.encode(encoding)
    document = load_report("a.txt", head + b"\xff" + tail)
    assert DAMAGED in document.flags
    assert "\ufffd" in document.text
    assert document.text.count("54.2%") == 4


@pytest.mark.parametrize(("wrong", "right"), [("latin-1", "utf-8"), ("latin-1", "gb18030")])
def test_text_that_was_read_wrongly_before_is_read_back(wrong: str, right: str) -> None:
    document = load_report("a.txt", SIMPLIFIED.encode(right).decode(wrong).encode("utf-8"))
    assert document.text == SIMPLIFIED
    assert document.flags == (RESTORED,)


def test_mojibake_that_cannot_be_undone_is_flagged() -> None:
    mangled = SIMPLIFIED.encode("utf-8").decode("gb18030", "replace")
    assert load_report("a.txt", mangled.encode("utf-8")).flags == (DAMAGED,)


def test_a_declared_encoding_that_is_wrong_is_flagged() -> None:
    found = decode(SIMPLIFIED.encode("utf-8"), "gb2312")
    assert found.text == SIMPLIFIED
    assert found.flags == (MISDECLARED,)
    assert decode(SIMPLIFIED.encode("gbk"), "gb2312").flags == ()


def test_a_list_of_rare_names_is_read_with_a_doubt() -> None:
    names = "柳溪\n青石\n杏坞\n鹿鸣\n雁荡\n梧桐\n栖霞\n荷塘\n芦荡\n桃源\n樟木\n榆林\n枫桥\n槐荫\n"
    document = load_report("a.txt", names.encode("gbk"))
    assert document.text == names
    assert document.flags == (DOUBTFUL,)


@pytest.mark.parametrize("size", [64, 1000, 50_000])
def test_random_bytes_are_refused(size: int) -> None:
    noise = random.Random(size).randbytes(size)
    with pytest.raises(ReportError, match="不是文字报告"):
        load_report("噪声.txt", noise)


def test_readability_tells_text_from_a_wrong_reading() -> None:
    assert readability(SIMPLIFIED) > 0.4
    assert readability(TRADITIONAL) > 0.3
    assert readability(SIMPLIFIED.encode("utf-8").decode("gb18030", "replace")) < 0.12
    assert readability(TRADITIONAL.encode("big5").decode("gb18030", "replace")) < 0.12
