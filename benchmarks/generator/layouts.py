"""Titles, headings and the shapes of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.generator.model import Situation
from benchmarks.generator.prose import OURS
from benchmarks.generator.world import COUNTY

NOTE = "说明：示例县及所辖乡镇均为虚构，文中数据由程序生成，仅供演示。"

PERIODS: dict[int, tuple[str, ...]] = {
    1: ("一季度", "1-3月", "1—3月份", "第一季度", "截至3月底", "1至3月"),
    2: ("上半年", "上半年", "1-6月", "1—6月份", "截至6月底", "1至6月"),
    3: ("前三季度", "前三季度", "1-9月", "1—9月份", "截至9月底", "1至9月"),
    4: ("全年", "全年", "1-12月", "1—12月份", "截至12月底"),
}
PERIOD_NAMES = {1: "一季度", 2: "上半年", 3: "前三季度", 4: "全年"}
PUBLISHED = {1: (0, 4), 2: (0, 7), 3: (0, 10), 4: (1, 1)}

TITLES = (
    "{town}{year}年{period}经济运行情况",
    "{county}{town}{year}年{period}工作总结",
    "{town}{year}年{period}主要经济指标完成情况通报",
    "{town}人民政府关于{year}年{period}工作情况的报告",
    "{year}年{period}{town}经济社会发展情况",
    "{town}{year}年{period}目标任务完成情况汇报",
)
OFFICE = "{town}办事处关于{year}年{period}工作情况的报告"
SPEECH = "各位代表、同志们："

HEADINGS: dict[str, tuple[str, ...]] = {
    "综合": ("综合实力稳中有升", "经济运行总体平稳", "主要指标完成情况"),
    "工业": ("工业经济支撑有力", "工业生产持续恢复", "产业发展提质增效"),
    "投资": ("项目建设加快推进", "有效投资持续扩大", "重点项目进展情况"),
    "财政": ("财税收入完成情况", "财政运行平稳有序", "财税工作"),
    "商贸": ("消费市场逐步活跃", "商贸流通稳步恢复", "内需外贸协同发力"),
    "招商": ("招商引资成效明显", "开放合作不断深化", "招商引资工作"),
    "农业": ("农业基础更加稳固", "乡村振兴有序推进", "农业农村工作"),
    "民生": ("民生福祉持续改善", "社会事业协调发展", "民生保障工作"),
    "环境": ("城乡面貌不断改善", "环境整治扎实推进", "生态环境工作"),
    "附表": ("其他指标一览", "主要指标一览", "指标完成情况表"),
    "治理": ("社会大局保持稳定", "基层治理提档升级", "平安建设工作"),
}
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Section:
    """A theme with its paragraphs, tables among them."""

    theme: str
    paragraphs: tuple[str, ...]


def title(situation: Situation, rng: Random) -> str:
    """The report's title; it always carries town, year and period."""
    choices = TITLES if situation.town.kind != "街道" else (*TITLES[:3], *TITLES[4:], OFFICE)
    return rng.choice(choices).format(
        county=COUNTY, town=situation.town.name, year=situation.year, period=PERIOD_NAMES[situation.quarter]
    )


def published(situation: Situation, rng: Random) -> str:
    """The day of publication, after the period's end."""
    later, month = PUBLISHED[situation.quarter]
    return f"{situation.year + later}-{month:02d}-{rng.randint(8, 26):02d}"


def plain(head: str, sections: Sequence[Section], situation: Situation, rng: Random) -> str:
    """一、二、 headings on their own lines."""
    lines = [head, ""]
    for number, section in zip(NUMERALS, sections, strict=False):
        lines += [f"{number}、{rng.choice(HEADINGS[section.theme])}", *section.paragraphs]
    return "\n".join(lines)


def inline(head: str, sections: Sequence[Section], situation: Situation, rng: Random) -> str:
    """（一） headings that open the paragraph."""
    lines = [head, ""]
    for number, section in zip(NUMERALS, sections, strict=False):
        first, *rest = section.paragraphs
        lines += [f"（{number}）{rng.choice(HEADINGS[section.theme])}。{first}", *rest]
    return "\n".join(lines)


def news(head: str, sections: Sequence[Section], situation: Situation, rng: Random) -> str:
    """A date line under the title and paragraphs without headings."""
    line = f"{published(situation, rng)} 来源：{COUNTY}融媒体中心"
    return "\n".join([head, line, "", *(text for section in sections for text in section.paragraphs)])


def brief(head: str, sections: Sequence[Section], situation: Situation, rng: Random) -> str:
    """Numbered points 1. 2. 3."""
    lines = [head, f"（{published(situation, rng)}）", ""]
    for number, section in enumerate(sections, 1):
        first, *rest = section.paragraphs
        lines += [f"{number}. {rng.choice(HEADINGS[section.theme])}：{first}", *rest]
    return "\n".join(lines)


def markdown(head: str, sections: Sequence[Section], situation: Situation, rng: Random) -> str:
    """# headings."""
    lines = [f"# {head}", ""]
    for section in sections:
        lines += [f"## {rng.choice(HEADINGS[section.theme])}", "", *section.paragraphs, ""]
    return "\n".join(lines).rstrip()


def speech(head: str, sections: Sequence[Section], situation: Situation, rng: Random) -> str:
    """A report read out: 一是 二是 三是."""
    ours = OURS[situation.town.kind]
    lines = [head, "", SPEECH, f"现将{ours}有关工作汇报如下。"]
    for number, section in zip(NUMERALS, sections, strict=False):
        first, *rest = section.paragraphs
        lines += [f"{number}是{rng.choice(HEADINGS[section.theme])}。{first}", *rest]
    return "\n".join(lines)


Layout = Callable[[str, Sequence[Section], Situation, Random], str]
LAYOUTS: tuple[Layout, ...] = (plain, inline, news, brief, markdown, speech)
