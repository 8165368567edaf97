"""The rules of 核查 in one table, and the tables of words and pairs that they read."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it compares, what it lets pass, and what would make the two agree, in words for people.

    ``weight`` (0 to 100) is that of its gravest finding. ``spared_by`` names the kinds of words (see
    :mod:`assess.checks_spared`) that make a difference harmless.
    """

    key: str
    name: str
    compares: str
    tolerance: str
    agree: str
    weight: int
    spared_by: tuple[str, ...] = ()


_SCOPE = ("scope",)
_ROUNDED = "各数按印出的位数取舍入区间，区间相交即不算"

_TABLE = (
    Rule(
        "unit",
        "单位差十倍、百倍、万倍",
        "数值与上年同期、年度目标、同一时段的另一个数或前后各期的水平相差 10、100、1000 或 10000 倍",
        "与整十倍相差不超过 5%（由前后各期推算的放宽到 2 倍），且没有相符的同比或完成率",
        "改正单位或小数点",
        95,
    ),
    Rule(
        "part",
        "分项大于总数",
        "其中项与它的总数：同一乡镇、同一时段的已知分项，以及同一句“其中”之后的同类数",
        _ROUNDED,
        "分项至多等于总数",
        90,
        ("scope", "vague"),
    ),
    Rule(
        "duplicate",
        "同一指标两个数",
        "同一乡镇、指标、时段的两个实际数（数值、完成率或同比），在一份报告里或在两份报告里",
        _ROUNDED + "；预计数与实际数不比；写明口径不同或经核实修订的不算",
        "以其中一个为准，另一个更正",
        85,
        ("scope", "vague"),
    ),
    Rule(
        "completion",
        "完成率与数值、目标不符",
        "报告所称完成率与 数值 ÷ 目标",
        _ROUNDED,
        "完成率 = 数值 ÷ 目标",
        80,
        ("vague", "coarse"),
    ),
    Rule(
        "base",
        "上年基数变动未说明",
        "由本年各期 数值 ÷（1 + 同比）倒推的上年同期数与上年报告的数，两期以上同向、同幅偏离",
        _ROUNDED + "；各期偏离幅度相差不超过 3%；写明口径或基数调整的不算",
        "说明基数调整，或按上年报告的数重算同比",
        75,
        ("scope", "vague", "coarse", "comparable"),
    ),
    Rule(
        "growth",
        "同比与两年数值不符",
        "报告所称同比与由两年同期数值计算的同比",
        _ROUNDED + "；可比价、可比口径的不比；按惯例用可比价的指标（生产总值、增加值等）另放宽 5 个百分点",
        "同比 =（本期 ÷ 上年同期 - 1）× 100%",
        70,
        ("scope", "vague", "coarse", "comparable"),
    ),
    Rule(
        "fell",
        "累计数减少",
        "同一年内从 1 月起的累计数与前一期的累计数",
        _ROUNDED + "；余额、户数等时点数和利润等可正可负的数不比；写明核减、退库的不算",
        "后一期不小于前一期",
        70,
        ("scope", "vague", "reduced"),
    ),
    Rule(
        "year",
        "年份不可能",
        "实际数的时段与收到报告的月份、与同一报告其余各数的时段",
        "晚于本报告主要时段 3 个月以上，或早 3 年以上且一份报告中不超过两处；计划、预计的不算",
        "改正年份，或确认是历史数据",
        60,
        ("planned",),
    ),
    Rule(
        "target",
        "年度目标前后不一",
        "同一乡镇、指标、年度的目标，报告写明的或由 数值 ÷ 完成率 推算的",
        _ROUNDED + "；写明目标调整的不算",
        "同一年度只有一个目标；调整应写明",
        60,
        ("scope", "vague", "coarse", "adjusted"),
    ),
    Rule(
        "lead",
        "与序时进度的差不符",
        "报告所称高于、低于序时进度的百分点与 完成率 - 序时进度",
        "各数按印出的位数取舍入区间，序时进度另放宽 0.05 个百分点",
        "差 = 完成率 - 序时进度（按月）",
        55,
        ("vague", "coarse"),
    ),
    Rule(
        "rank",
        "名次相撞",
        "两个乡镇在同一指标、时段、范围（全县等）、方面（总量、增速等）自称同一名次，或一个乡镇有两个名次",
        "写明并列的不算",
        "一个名次只有一个乡镇",
        50,
    ),
    Rule(
        "stopped",
        "指标停报",
        "一个乡镇此前各期都报的指标，最近两期以上没有再报",
        "此前至少三期且四分之三以上的期次报过，其后至少两期未报",
        "补报，或说明已停止统计",
        40,
    ),
)
RULES: dict[str, Rule] = {rule.key: rule for rule in _TABLE}

# (part, whole): both as the taxonomy names them.
PARTS: tuple[tuple[str, str], ...] = (
    ("工业投资", "固定资产投资"),
    ("民间投资", "固定资产投资"),
    ("基础设施投资", "固定资产投资"),
    ("房地产开发投资", "固定资产投资"),
    ("第一产业投资", "固定资产投资"),
    ("第二产业投资", "固定资产投资"),
    ("第三产业投资", "固定资产投资"),
    ("制造业投资", "工业投资"),
    ("技术改造投资", "工业投资"),
    ("工业投资", "全社会固定资产投资"),
    ("税收收入", "一般公共预算收入"),
    ("非税收入", "一般公共预算收入"),
    ("一般公共预算收入", "财政总收入"),
    ("民生支出", "一般公共预算支出"),
    ("教育支出", "一般公共预算支出"),
    ("第一产业增加值", "地区生产总值"),
    ("第二产业增加值", "地区生产总值"),
    ("第三产业增加值", "地区生产总值"),
    ("规模以上工业增加值", "地区生产总值"),
    ("规模以上工业增加值", "工业增加值"),
    ("规模以上工业总产值", "工业总产值"),
    ("限额以上单位消费品零售额", "社会消费品零售总额"),
    ("城镇消费品零售额", "社会消费品零售总额"),
    ("乡村消费品零售额", "社会消费品零售总额"),
    ("餐饮收入", "社会消费品零售总额"),
    ("出口总额", "进出口总额"),
    ("机电产品出口", "出口总额"),
    ("制造业贷款余额", "各项贷款余额"),
    ("住户存款余额", "各项存款余额"),
)

# Their growth is told at comparable prices by custom, also where the report does not say so.
PRICE_ADJUSTED = re.compile("生产总值|增加值|农林牧渔业总产值|农业总产值")
PRICE_MARGIN = 5.0

# Figures that may fall within a year though no table says so: stocks, averages, and sums of gains and losses.
MAY_FALL = re.compile(
    "余额|存量|存栏|在建|在册|在岗|人口|户数|家数|企业数|率$|比重|指数|利润|利税|净|亏|顺差|差额|均价"
)

# A printed unit is wrong by one of these factors: log10 of 10, 100, 1000 and 10,000.
POWERS = (1, 2, 3, 4)
