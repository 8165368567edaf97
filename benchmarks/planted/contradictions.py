"""Planted contradictions: for each rule of 核查 a way to break a town's figures, in several variants."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.planted.towns import BARE, FULL, INDICATORS, SHARED, VALUE, Figure, Maker, Report, Towns, percent

NAMES = tuple(name for name, *_ in INDICATORS)


def _some(reports: list[Report], rng: Random, at: int) -> Figure:
    return reports[at].figures[rng.choice(NAMES)]


def _scaled(figure: Figure, by: str) -> Decimal:
    return (figure.value * Decimal(by)).quantize(figure.value)


def completion(towns: Towns, rng: Random, _turn: int) -> tuple[str, list[Report]]:
    """A completion that value and target do not give."""
    reports = towns.reports()
    figure = _some(reports, rng, rng.randint(0, 5))
    figure.wordings = FULL
    figure.share += rng.choice((-1, 1)) * Decimal(rng.randint(5, 90)) / 10
    return "完成率改动", reports


def growth(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """One change that last year's report does not bear out; every third has the wrong sign."""
    reports = towns.reports()
    figure = _some(reports, rng, rng.randint(4, 5))
    figure.wordings = BARE if turn % 2 else FULL
    if turn % 3 == 2:
        figure.yoy = -abs(figure.yoy) - 2
        return "升降写反", reports
    figure.yoy += rng.choice((-1, 1)) * Decimal(rng.randint(8, 120)) / 10
    return "同比改动", reports


def base(towns: Towns, rng: Random, _turn: int) -> tuple[str, list[Report]]:
    """Both reports of this year count from a base that last year's reports do not have."""
    reports = towns.reports()
    name, cut = rng.choice(NAMES), Decimal(rng.choice((86, 90, 93, 96, 108))) / 100
    for before, now in ((0, 4), (1, 5)):
        figure, last = reports[now].figures[name], reports[before].figures[name]
        figure.yoy = percent(figure.value, last.value * cut) - 100
    return f"上年基数按{cut}倍计算", reports


def fell(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """The sum of three quarters is below that of the half-year."""
    reports = towns.reports()
    name = rng.choice(NAMES)
    before, figure = reports[1].figures[name], reports[2].figures[name]
    if turn % 3 == 2:
        for place in (1, 2):
            reports[place].figures[name].wordings = ("{name}完成年度任务的{share}",)
        figure.share = before.share - Decimal(rng.randint(12, 60)) / 10
        return "累计完成率减少", reports
    figure.wordings = VALUE
    figure.value = (before.value * Decimal(rng.randint(80, 97)) / 100).quantize(before.value)
    return "累计数减少", reports


def duplicate(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """Two figures for one thing: in one report, in two, or two completions."""
    reports = towns.reports()
    report = reports[rng.randint(0, 5)]
    figure = report.figures[rng.choice(NAMES)]
    other = replace(figure, value=_scaled(figure, rng.choice(("1.06", "0.93", "1.11"))), wordings=VALUE)
    if turn % 3 == 0:
        report.further.append(f"1至{report.quarter * 3}月{other.told(rng)}")
        return "一份报告两个数值", reports
    if turn % 3 == 1:
        reports.append(replace(report, figures={figure.name: other}, part="补充材料"))
        return "两份报告两个数值", reports
    share = figure.share + Decimal(rng.randint(11, 40)) / 10
    again = replace(figure, share=share, wordings=("{name}完成年度任务的{share}",))
    figure.wordings = SHARED[:1]
    reports.append(replace(report, figures={figure.name: again}, part="督查通报"))
    return "两份报告两个完成率", reports


_PARTS = (
    ("固定资产投资", "工业投资", "，其中工业投资{part}"),
    ("固定资产投资", "民间投资", "，其中：民间投资完成{part}"),
    ("一般公共预算收入", "税收收入", "，其中税收收入{part}"),
    ("一般公共预算收入", "非税收入", "。非税收入{part}"),
    ("到位内资", "省外资金", "，其中省外资金{part}"),
    ("规模以上工业总产值", "装备制造业产值", "，其中装备制造业产值{part}"),
)


def part(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A part that is greater than its whole."""
    reports = towns.reports()
    name, what, words = _PARTS[turn % len(_PARTS)]
    figure = reports[rng.randint(0, 5)].figures[name]
    figure.wordings = VALUE[:1]
    figure.after = words.format(part=f"{_scaled(figure, rng.choice(('1.04', '1.2', '1.6')))}{figure.unit}")
    return f"{what}大于{name}", reports


_LEADS = (
    "，{word}序时进度{number}个百分点",
    "，{word}序时进度{number}个百分点",
    "，比序时进度{short}{number}个百分点",
)


def lead(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A lead on even progress that completion and month do not give."""
    reports = towns.reports()
    report = reports[rng.randint(0, 5)]
    figure = report.figures[rng.choice(NAMES)]
    ahead = figure.share - 25 * report.quarter
    said = ahead + rng.choice((-1, 1)) * Decimal(rng.randint(8, 60)) / 10 if turn % 4 else -ahead - 2
    figure.wordings = SHARED
    figure.after = lead_words(said, turn)
    return "序时差改动", reports


def lead_words(said: Decimal, turn: int) -> str:
    """A stated lead in one of the usual wordings."""
    word, short = ("高于", "快") if said >= 0 else ("低于", "慢")
    return _LEADS[turn % len(_LEADS)].format(word=word, short=short, number=abs(said))


_RANKS = (
    "，总量居全县第{n}位",
    "，增速列全县第{n}位",
    "，完成率排名全县第{n}",
    "，位居全县各乡镇第{n}位",
    "，增速居全县首位",
)


def rank(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """Two towns that claim one rank; every case has a rank of its own, as all towns are of one county."""
    first, second = towns.reports(), towns.reports()
    name, place, number = rng.choice(NAMES), rng.randint(0, 5), turn + 2
    for reports in (first, second):
        reports[place].figures[name].after = _RANKS[turn % len(_RANKS)].format(n=number)
    return "两个乡镇同一名次", first + second


def stopped(towns: Towns, rng: Random, _turn: int) -> tuple[str, list[Report]]:
    """An indicator that the last two reports leave out."""
    reports = towns.reports()
    name = rng.choice(NAMES)
    for report in reports[rng.randint(3, 4) :]:
        report.figures[name].text = None
    return f"{name}停报", reports


def unit(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A point or a unit that slipped, with and without a change or completion beside it."""
    reports = towns.reports()
    money = [name for name, unit, *_ in INDICATORS if unit == ("万元" if turn % 2 else "亿元")]
    figure = reports[rng.randint(1, 5)].figures[rng.choice(money)]
    figure.wordings = (FULL, BARE, SHARED)[turn % 3]
    if turn % 4 < 2:
        figure.text = figure.told(rng).replace(  # type: ignore[union-attr]
            f"{figure.value}{figure.unit}", f"{figure.value}{'亿元' if figure.unit == '万元' else '万元'}", 1
        )
        return "单位写错（万倍）", reports
    figure.value *= 10
    return "小数点移位（十倍）", reports


def year(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A year that cannot be true: of a whole report, or of one figure."""
    reports = towns.reports()
    report = reports[rng.randint(0, 5)]
    if turn % 3 == 0:
        report.title_year = report.year + rng.choice((10, 20, 2))
        return "报告年份晚于收到之日", reports
    figure = report.figures[rng.choice(NAMES)]
    wrong = report.year + (rng.choice((10, 5)) if turn % 3 == 1 else -rng.choice((10, 7)))
    figure.wordings = VALUE
    figure.text = f"{wrong}年1至{report.quarter * 3}月，{figure.told(rng)}"
    report.figures = {**{k: v for k, v in report.figures.items() if v is not figure}, figure.name: figure}
    return "一处年份写错", reports


def target(towns: Towns, rng: Random, turn: int) -> tuple[str, list[Report]]:
    """A target that is another one in the next report, though nothing says that it was changed."""
    reports = towns.reports()
    name = rng.choice(NAMES)
    figures = [report.figures[name] for report in reports if report.year == 2022]
    factor = Decimal(rng.choice((85, 90, 94, 107))) / 100
    for figure in figures[2:]:
        figure.target = (figure.target * factor).quantize(figure.value)
        figure.share = percent(figure.value, figure.target)
        figure.wordings = FULL if turn % 2 else SHARED
    return "目标改动未说明", reports


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (completion, growth, base, fell, duplicate, part, lead, rank, stopped, unit, year, target)
}
