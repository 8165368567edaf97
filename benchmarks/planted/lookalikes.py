"""Harmless look-alikes: for each rule of 核查 what resembles its contradiction and is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from benchmarks.planted.contradictions import NAMES, lead_words
from benchmarks.planted.towns import BARE, FULL, SHARED, VALUE, Maker, Report, Towns, percent


def completion(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A completion of rounded figures, of 约 and 近, and in 倍."""
    reports = towns.reports()
    figure = reports[rng.randint(0, 5)].figures["固定资产投资"]
    hundred = (figure.value / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    goal = (figure.target / 10000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if turn % 3 == 0:
        figure.text = f"完成固定资产投资{hundred}亿元，完成年度目标任务{figure.target}万元的{figure.share}%"
        return "数值取整", reports
    if turn % 3 == 1:
        figure.text = (
            f"完成固定资产投资约{hundred.quantize(Decimal('0.1'))}亿元，完成年度目标任务{goal}亿元的{figure.share}%"
        )
        return "约数", reports
    figure.wordings = ("完成{name}{value}，完成年度目标任务{target}的{share}左右，同比{rise}",)
    figure.share = figure.share.quantize(Decimal(1))
    return "左右", reports


def growth(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A change on a comparable basis, after a changed scope, of an expected figure, or in 倍."""
    reports = towns.reports()
    figure = reports[5].figures[rng.choice(NAMES)]
    figure.yoy += Decimal(rng.randint(20, 70)) / 10
    variants = (
        ("可比口径", ("完成{name}{value}，按可比口径{rise}",)),
        ("统计口径调整", ("{name}完成{value}，因统计口径调整，同比{rise}",)),
        ("预计数", ("预计{name}可达{value}，同比{rise}",)),
        ("可比价", ("实现{name}{value}，按可比价计算{rise}",)),
        ("下一句说明", ("完成{name}{value}，同比{rise}。该项统计范围有所调整，与上年不可比",)),
    )
    what, figure.wordings = variants[turn % len(variants)]
    return what, reports


def base(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """Another base in both reports, which a note or the sentence names."""
    reports = towns.reports()
    name = rng.choice(NAMES)
    for before, now in ((0, 4), (1, 5)):
        figure = reports[now].figures[name]
        figure.yoy = percent(figure.value, reports[before].figures[name].value * Decimal("0.9")) - 100
        if turn % 2:
            figure.after = "（上年基数已按区划调整后的范围核定）"
        else:
            reports[now].note = f"注：{name}的上年基数经统计部门核实调整。\n"
    return ("文末注明基数调整", "句中注明基数调整")[turn % 2], reports


def fell(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A stock, a single month, a named reduction, an expected figure that was not reached."""
    reports = towns.reports()
    low = reports[2].figures[rng.choice(NAMES)]
    before = reports[1].figures[low.name]
    if turn % 4 == 0:
        for report, number in zip(reports, (46, 45, 43, 44, 42, 44), strict=True):
            report.further.append(f"规模以上工业企业{number}家，各项贷款余额{number / 10}亿元")
        return "时点数", reports
    if turn % 4 == 1:
        month = (low.value / 8).quantize(low.value)
        reports[2].further.append(f"9月当月完成{low.name}{month}{low.unit}")
        return "当月数", reports
    low.wordings = VALUE
    if turn % 4 == 2:
        low.value = (before.value * Decimal("0.95")).quantize(before.value)
        low.after = "，因上级核减项目，比前期有所减少"
        return "写明核减", reports
    before.wordings = ("预计{name}可达{value}",)
    before.value = (low.value * Decimal("1.05")).quantize(low.value)
    return "预计数未达到", reports


def duplicate(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """The same figure rounded, expected before it was final, a single month, or revised by name."""
    reports = towns.reports()
    report = reports[rng.randint(0, 3)]
    figure = report.figures["固定资产投资"]
    rounded = (figure.value / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    more = (figure.value * Decimal("1.04")).quantize(figure.value)
    months = f"1至{report.quarter * 3}月"
    variants = (
        ("取整", f"{months}完成固定资产投资{rounded}亿元"),
        ("预计数", f"预计{months}固定资产投资可达{more}万元"),
        ("当月数", f"{report.quarter * 3}月当月完成固定资产投资{(figure.value / 7).quantize(Decimal(1))}万元"),
        ("经核实修订", f"经统计部门核实修订，{months}固定资产投资为{more}万元"),
    )
    what, words = variants[turn % len(variants)]
    if turn % 2:
        report.further.append(words)
    else:
        other = replace(figure, text=words)
        reports.append(replace(report, figures={figure.name: other}, part="补充材料"))
    return what, reports


def part(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A part equal to its whole but for rounding, an expected part, a part of another kind."""
    reports = towns.reports()
    figure = reports[rng.randint(0, 5)].figures["固定资产投资"]
    figure.wordings = VALUE[:1]
    rounded = (figure.value / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    variants = (
        ("取整后相等", f"，其中工业投资{rounded}亿元"),
        ("预计数", f"。预计工业投资可达{figure.value * 2}万元"),
        ("另一类数", f"，其中亿元以上项目{rng.randint(3, 9)}个"),
        ("正常分项", f"，其中民间投资{(figure.value * Decimal('0.6')).quantize(Decimal(1))}万元"),
    )
    what, figure.after = variants[turn % len(variants)]
    return what, reports


def lead(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A right lead, to one decimal or rounded to whole points."""
    reports = towns.reports()
    report = reports[rng.randint(0, 5)]
    figure = report.figures[rng.choice(NAMES)]
    ahead = figure.share - 25 * report.quarter
    if turn % 2:
        ahead = ahead.quantize(Decimal(1), ROUND_HALF_UP)
    figure.wordings, figure.after = SHARED, lead_words(ahead, turn)
    return ("差正确", "差取整")[turn % 2], reports


def rank(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """One rank in two senses: total and growth, county and city, two periods, two indicators, named as a tie."""
    first, second = towns.reports(), towns.reports()
    name, place = rng.choice(NAMES), rng.randint(0, 4)
    one, two = first[place].figures[name], second[place].figures[name]
    number = 30 + 2 * turn
    variants = (
        ("总量与增速", f"，总量居全县第{number}位", f"，增速居全县第{number}位"),
        ("全县与全市", f"，增速居全县第{number}位", f"，增速居全市第{number}位"),
        ("写明并列", f"，完成率并列全县第{number}位", f"，完成率并列全县第{number}位"),
        ("不同名次", f"，增速居全县第{number}位", f"，增速居全县第{number + 1}位"),
        ("不同时段", f"，总量居全县第{number}位", ""),
    )
    what, one.after, two.after = variants[turn % len(variants)]
    if not two.after:
        second[place + 1].figures[name].after = one.after
    return what, first + second


def stopped(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """Left out once only, or told at the year's end only."""
    reports = towns.reports()
    if turn % 2:
        reports[5].figures[rng.choice(NAMES)].text = None
        return "只缺最近一期", reports
    reports[3].further.append("全年新增高新技术企业6家")
    return "只在年底报", reports


def unit(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """The same amount in another unit, and a real jump that the report's own change confirms."""
    reports = towns.reports()
    if turn % 2:
        for report in reports[4:]:
            figure = report.figures["固定资产投资"]
            figure.value, figure.target = figure.value / 10000, figure.target / 10000
            figure.unit = "亿元"
        return "换用单位", reports
    before, now = (Decimal(rng.randint(30, 60)), Decimal(11))
    for report, value in ((reports[0], before), (reports[4], before * now)):
        report.further.append(f"实际使用外资{value}万美元" + ("，同比增长10倍" if report is reports[4] else ""))
    return "确有十倍增长", reports


def year(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A plan for years ahead, last year's figure, the first month after the report's year."""
    reports = towns.reports()
    report = reports[3]
    figure = report.figures[rng.choice(NAMES)]
    before = (figure.value / (1 + figure.yoy / 100)).quantize(figure.value)
    variants = (
        ("远期目标", f"力争到2030年{figure.name}达到{figure.value * 2}{figure.unit}"),
        ("上年数", f"2021年全年完成{figure.name}{before}{figure.unit}"),
        ("次年计划", f"2023年计划完成{figure.name}{figure.value * 2}{figure.unit}"),
    )
    what, words = variants[turn % len(variants)]
    report.further.append(words)
    return what, reports


def target(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A target that was changed by name, and one that is told to fewer digits."""
    reports = towns.reports()
    name = rng.choice(NAMES)
    figures = [report.figures[name] for report in reports if report.year == 2022]
    if turn % 2:
        figures[0].wordings, figures[1].wordings, figures[2].wordings = FULL, SHARED, BARE
        return "推算的目标取整", reports
    for figure in figures[2:]:
        figure.target = (figure.target * Decimal("0.9")).quantize(figure.value)
        figure.share = percent(figure.value, figure.target)
        figure.wordings = ("完成{name}{value}，完成调整后年度目标任务{target}的{share}，同比{rise}",)
    return "写明目标调整", reports


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (completion, growth, base, fell, duplicate, part, lead, rank, stopped, unit, year, target)
}
