"""Damage that changes a text's length is mended on reading and flagged; real lines stay as they are."""

from __future__ import annotations

import pytest

from extract.readers import load_report
from extract.readers.plain import TABLES_READ
from extract.readers.repair import (
    CHROME_GONE,
    COMMAS_GONE,
    CONTROLS_GONE,
    ENTITIES_READ,
    LINE_CODES_GONE,
    PINYIN_GONE,
)
from extract.readers.wrapping import JOINED, PAGE_MARKS_GONE

PARAGRAPH = (
    "2019年上半年,柳溪镇党委政府团结带领全镇干部群众,坚持稳中求进,经济运行总体平稳:规模以上工业总产值完成14.36亿元,"
    "占年度计划的52.8%,比上年同期增长9.7%;固定资产投资完成3.18亿元,其中工业投资1.92亿元,增长21.5%;"
    "实际到账外资620万美元,城镇居民人均可支配收入稳步提高,新增就业1260人,各项民生实事有序推进。"
)


def read(text: str) -> tuple[str, tuple[str, ...]]:
    document = load_report("报告.txt", text.encode("utf-8"))
    return document.text, document.flags


def wrap(text: str, columns: int) -> str:
    """Broken at a column, Chinese characters two wide, as mail programs do."""
    lines, line, width = [], "", 0
    for character in text:
        step = 1 if character.isascii() else 2
        if width + step > columns:
            lines.append(line)
            line, width = "", 0
        line += character
        width += step
    return "\n".join([*lines, line])


@pytest.mark.parametrize("columns", [36, 44, 61, 76])
def test_a_text_broken_at_a_column_is_whole_again(columns: int) -> None:
    text, flags = read(f"柳溪镇工作汇报\n{wrap(PARAGRAPH, columns)}\n{wrap(PARAGRAPH, columns)}\n")
    # a line that happens to end in a colon or semicolon keeps its line end; numbers and words are whole
    assert text.replace("\n", "") == "柳溪镇工作汇报" + PARAGRAPH * 2
    assert text.startswith("柳溪镇工作汇报\n2019年")
    assert all(piece in text for piece in ("14.36亿元", "52.8%", "21.5%", "可支配收入", "1260人"))
    assert flags == (JOINED,)


def test_the_indent_of_a_continued_line_goes_too() -> None:
    text, _ = read(
        "今年以来全镇上下克难攻坚,工业经济保持平稳增\n长态势:入库税金达到 2716 万元,完成年计划的\n"
        " 48%;限额以上销售额 1.37 亿元,实现服务业营\n 业收入8600万元,增长11%,新开工项目进\n展顺利。"
    )
    assert "平稳增长态势" in text
    assert "完成年计划的48%" in text
    assert "服务业营业收入8600万元" in text


STRUCTURED = [
    "一、上半年工作\n(一)工业经济\n(二)农业农村\n二、下半年打算\n",
    "一是抓好项目建设,加快工程进度,力争早日投产达效\n二是抓好招商引资,瞄准重点企业,力争引进亿元项目\n"
    "三是抓好民生实事,办好票决项目,力争群众更加满意\n四是抓好安全生产,落实主体责任,力争不出重大事故\n",
    "柳溪镇完成固定资产投资3.2亿元,占年计划的52%\n青石镇完成固定资产投资4.1亿元,占年计划的48%\n"
    "杏坞乡完成固定资产投资1.7亿元,占年计划的61%\n鹿鸣乡完成固定资产投资2.6亿元,占年计划的55%\n",
    "指标 | 累计 | 增长(%)\n工业总产值 | 3.2 | 5.1\n固定资产投资 | 1.2 | -3.4\n税收收入 | 0.8 | 12.5\n",
    "乡镇\t产值\n柳溪镇\t3.2\n青石镇\t4.1\n",
    "柳溪镇召开经济分析会\n\n上半年全镇经济平稳。\n\n下半年任务繁重。\n",
    "1、完成道路硬化3公里\n2、新建公厕2座\n3、改造管网1.5公里\n4、绿化村庄6个\n",
    "关于印发柳溪镇工作要点的通知\n各村民委员会\n现将要点印发给你们,请认真贯彻执行。\n",
]


@pytest.mark.parametrize("text", STRUCTURED)
def test_real_lines_stay(text: str) -> None:
    assert read(text) == (text, ())


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("服务业增加值增长12.\n6%,势头良好。", "服务业增加值增长12.6%,势头良好。"),
        ("占年计划的52\n%。", "占年计划的52%。"),
        ("税收增长52\n%", "税收增长52%"),
        ("工业总产值4.2亿元,占年计划的5\n2.8%。", "工业总产值4.2亿元,占年计划的52.8%。"),
        ("全镇完成税收8.6\n亿元,增长5%。", "全镇完成税收8.6亿元,增长5%。"),
        ("粮油总产量3\n.83万吨,增长2%。", "粮油总产量3.83万吨,增长2%。"),
        ("柳溪镇完成投资3亿元\n，增长5%。", "柳溪镇完成投资3亿元，增长5%。"),
        ("柳溪镇完成投资3亿元\n,增长5%。", "柳溪镇完成投资3亿元,增长5%。"),
        ("柳溪镇完成投资3亿元,同比增\n长5%。", "柳溪镇完成投资3亿元,同比增长5%。"),
        ("税收3亿元,比去年同\n期增长5%。", "税收3亿元,比去年同期增长5%。"),
    ],
)
def test_a_single_broken_number_or_word_is_joined_where_it_is_certain(broken: str, whole: str) -> None:
    assert read(broken) == (whole, (JOINED,))


NO_SEAMS = {
    "an item": "重点任务\n1.\n2021年完成道路建设",
    "an item and a rate": "重点任务\n12.\n6%的村完成改造,进度较快。",
    "cells": "指标\n完成\n同比%\n财政收入\n3\n5.2%\n支出\n2\n.5%\n",
    "cells of units": "指标\n数值\n单位\n失业率\n4.5\n%\n财政收入\n8.6\n亿元\n",
    "a name with a number": "示例镇2\n5%\n示例镇3\n6%\n",
    "letters one below the other": "增\n长\n率\n完\n成\n率\n",
    "cells that make a word": "项目\n本月收\n入户数\n实现增\n长期贷款\n",
    "rows with an empty cell": "乡镇,数值,增长\n柳溪镇,3.2元,5%\n,4.1元,6%\n青石镇,2.2元,1%\n",
    "rows between semicolons": "柳溪镇;税收3元\n;投资4元\n",
    "rows with bars": "柳溪镇 | 税收增长5\n%以上 | 较好,达标\n",
    "whole words": "各村情况相同,问题不同\n比较突出,逐一新增\n长江路改造,加快验收\n入户走访,抓落实\n现场办公。\n",
    "other words": "全镇一盘棋,建设收\n入库项目,招引完\n成都企业。\n",
    "items": "1、走访企业,跟踪项目\n2、目标任务,逐月调度\n一是抓征收\n二是入户宣传,\n",
}


@pytest.mark.parametrize("text", NO_SEAMS.values(), ids=NO_SEAMS)
def test_cells_items_and_whole_words_are_never_glued(text: str) -> None:
    assert read(text)[0] == text


def pages(text: str, size: int) -> str:
    return "\n".join(
        f"{number}、{text[start : start + size]}" for number, start in enumerate(range(0, len(text), size), 1)
    )


def test_page_marks_inside_words_and_numbers_go() -> None:
    text = PARAGRAPH * 8
    mended, flags = read(pages(text, 213))
    assert mended == text
    assert flags == (PAGE_MARKS_GONE,)


def test_a_number_cut_by_a_page_mark_is_whole() -> None:
    first = PARAGRAPH + PARAGRAPH[: PARAGRAPH.index("9.7%") + 2]
    rest = PARAGRAPH[PARAGRAPH.index("9.7%") + 2 :] + PARAGRAPH * 7
    broken = "\n".join(
        [f"1、{first}", *(f"{n}、{rest[i : i + len(first)]}" for n, i in enumerate(range(0, len(rest), len(first)), 2))]
    )
    assert "9.\n2、7%" in broken
    assert "比上年同期增长9.7%;" in read(broken)[0]


def test_numbered_items_are_no_pages() -> None:
    items = "".join(f"{number}、{PARAGRAPH}\n" for number in range(1, 7))
    assert read(items) == (items, ())


def test_page_lines_go_and_the_sentence_goes_on() -> None:
    text, flags = read(
        "全镇上半年完成规模以上工业总产值和固定资产\n\n- 2 -\n\n投资均好于预期。\n第 3 页 共 8 页\n二、存在问题\n"
    )
    assert text == "全镇上半年完成规模以上工业总产值和固定资产投资均好于预期。\n二、存在问题\n"
    assert flags == (PAGE_MARKS_GONE,)


def test_invisible_characters_and_line_ends() -> None:
    text, flags = read("柳溪镇\x00完成\u200b投资\xa03.2\u2009亿元\x07。\r\n二、下\ufeff步\r打算\x0c三、其他")
    assert text == "柳溪镇完成投资 3.2 亿元。\n二、下步\n打算\n三、其他"
    assert flags == (CONTROLS_GONE,)


def test_pinyin_and_doubled_commas_of_converted_pages_go() -> None:
    text, flags = read(
        "完成固定資產(chǎn)投資61.2億元,,占年度任務(wù)的41.7%,,超序時進(jìn)度3.6個百分點,。指標(biāo)(de)良好(GDP)。"
    )
    assert text == "完成固定資產投資61.2億元,占年度任務的41.7%,超序時進度3.6個百分點。指標良好(GDP)。"
    assert flags == (PINYIN_GONE, COMMAS_GONE)


def test_brackets_and_empty_columns_without_pinyin_stay() -> None:
    text = "亩(mu)产增长5%,面积3公顷(ha)\n柳溪镇,,12.3\n"
    assert read(text) == (text, ())


def test_entities_and_line_codes_of_a_conversion_go() -> None:
    text, flags = read("提前完成&ldquo;十三五&rdquo;任务。K8x\n一、成效K8x\n工业总产值增长5%。K8x\nR&D投入增长2%;\n")
    assert text == "提前完成“十三五”任务。\n一、成效\n工业总产值增长5%。\nR&D投入增长2%;\n"
    assert flags == (ENTITIES_READ, LINE_CODES_GONE)


def test_an_entity_with_a_line_end_in_it_is_read() -> None:
    assert read("完成&l\ndquo;十三五”任务。")[0] == "完成“\n十三五”任务。"


CHROME = (
    "首 页 | 新闻 | 政务 | 生活 | 健康 | 论坛\n[登录]  [注册]\n柳溪镇:实干争先\n来源:示例日报 2020年07月02日\n"
    "  上半年,柳溪镇完成固定资产投资2.4亿元,同比增长9%。\n  下一步,将狠抓项目。\n  持续推进招商。\n  抓好民生。\n"
    "  抓好安全。\n  抓好党建。\n  努力实现全年目标。\n编辑:某某\n"
    "延伸阅读\n青石镇:项目建设加速度\n专题推荐\n示例日报社版权所有\n"
)


def test_navigation_and_link_lists_of_a_pasted_page_go() -> None:
    text, flags = read(CHROME)
    assert text.startswith("柳溪镇:实干争先\n来源:示例日报 2020年07月02日\n")
    assert text.endswith("努力实现全年目标。\n编辑:某某")
    assert flags == (CHROME_GONE,)


def test_figures_after_the_editors_line_stay() -> None:
    text = CHROME.split("延伸阅读")[0] + "附表:主要指标\n固定资产投资 2.4亿元\n税收 3200万元\n用电量 5.6%\n"
    assert "固定资产投资 2.4亿元\n税收 3200万元\n用电量 5.6%" in read(text)[0]


def test_an_article_without_an_editors_line_is_not_shortened() -> None:
    text = "柳溪镇工作总结\n一、工业\n二、农业\n三、民生\n四、党建\n五、安全\n"
    text += "六、环保\n七、文化\n八、卫生\n九、教育\n十、交通\n"
    assert read(text) == (text, ())


def test_html_tables_in_a_text_become_rows() -> None:
    text, flags = read(
        "二、主要指标\n<table><tr><td>指标</td><td>累计</td></tr><tr><td>产值</td><td>3.2</td></tr></table>\n三、打算"
    )
    assert text == "二、主要指标\n指标 | 累计\n产值 | 3.2\n三、打算"
    assert flags == (TABLES_READ,)
