"""Phrase tables: how a fact is put into words.

Slots: {do} a verb or nothing, {name} the indicator as written, {made} a verb between name and value,
{value} number and unit, {share} a clause with the completion, {done} such a clause that 已 may precede,
{rate} a noun with the completion, {p} the bare completion, {over} the points above the target, {target} the
year's target with unit, {stage} a target for part of the year, {change} a clause with the year-on-year
change, {rise} 增长8.2% or 下降8.2%, {pace} a clause that compares with even progress (序时进度) and is no
completion.
"""

from __future__ import annotations

SINGLE: dict[str, tuple[str, ...]] = {
    "full": (
        "{do}{name}{value}，{share}，{change}",
        "{do}{name}{value}，{change}，{share}",
        "{name}{made}{value}，{share}，{change}",
        "{name}{made}{value}，{change}，{share}",
        "{name}{change}，达到{value}，{share}",
        "{name}{change}，累计达{value}，{share}",
        "{name}{share}，累计达{value}，{change}",
        "{do}{name}{value}（{share}，{change}）",
        "{do}{name}{value}（{change}），{share}",
        "{name}{made}{value}（{share}），{change}",
        "{name}方面，累计{value}，{share}，{change}",
        "{do}{name}{value}，{share}、{change}",
        "{do}{name}{value}、{change}，{share}",
        "{name}{made}{value}，{change}，已{done}",
        "{name}{made}{value}，{share}，与上年同期相比{rise}",
        "{do}{name}{value}，与去年同期相比{rise}，{share}",
        "{name}{made}{value}。该指标{share}，{change}",
        "{do}{name}{value}；{share}，{change}",
        "{do}{name}{value}，{rate}，{change}",
        "{name}{made}{value}，{change}，{rate}",
        "{do}{name}{value}，{share}，{pace}，{change}",
        "{name}{made}{value}，{change}，{share}，{pace}",
        "{name}{made}{value}，{rate}，{pace}；{change}",
        "{name}：{value}，{share}，{change}",
    ),
    "value-share": (
        "{do}{name}{value}，{share}",
        "{name}{made}{value}，{share}",
        "{do}{name}{value}（{share}）",
        "{do}{name}{value}，{share}，{pace}",
        "{name}{made}{value}，已{done}",
        "{do}{name}{value}，{rate}",
        "{name}{made}{value}，{rate}，{pace}",
        "{name}{share}，累计达{value}",
        "{name}{made}{value}，在要素偏紧的情况下{share}",
    ),
    "value-change": (
        "{do}{name}{value}，{change}",
        "{name}{made}{value}，{change}",
        "{do}{name}{value}（{change}）",
        "{name}{change}，达到{value}",
        "{name}{made}{value}，与上年同期相比{rise}",
        "{do}{name}{value}、{change}",
        "{name}{made}{value}，走势总体平稳，{change}",
    ),
    "target": (
        "{name}完成年任务{target}的{p}",
        "{do}{name}{value}，完成年任务{target}的{p}，{change}",
        "{do}{name}{value}，占年计划{target}的{p}，{change}",
        "{do}{name}{value}，为全年目标{target}的{p}",
        "{name}年度目标{target}，已完成{value}，完成率{p}",
        "{name}年度计划{target}，完成{value}，完成率{p}，{change}",
        "{name}全年任务{target}，实际完成{value}，完成率为{p}，{change}",
        "{name}全年目标为{target}，已完成{value}，占年度目标的{p}",
    ),
    "project": (
        "重点项目年度计划投资{target}，完成{value}，完成率{p}",
        "重点项目年度计划投资{target}，已完成投资{value}，投资完成率{p}",
        "重点项目完成投资{value}，占年度投资计划{target}的{p}",
        "重点项目全年安排投资{target}，累计完成投资{value}，{share}",
    ),
    "exceeded": (
        "{do}{name}{value}，超额完成年度任务{over}，{change}",
        "{name}{made}{value}，超额完成全年目标{over}",
        "{do}{name}{value}，超额{over}完成年度目标任务，{change}",
        "{do}{name}{value}，超额完成全年任务，完成率达{p}，{change}",
        "{name}{made}{value}，{share}，超额完成全年目标，{change}",
    ),
    "change": (
        "{name}{change}",
        "{name}与上年同期相比{rise}",
    ),
    "share": (
        "{name}{share}",
        "{name}已{done}",
    ),
    "value": (
        "{do}{name}{value}",
        "{name}达{value}",
    ),
    "expected": (
        "预计{do}{name}{value}，{change}",
        "预计{do}{name}{value}，{share}，{change}",
        "{name}预计达到{value}，{change}",
        "{name}预计{made}{value}，{share}",
        "预计{name}可达{value}，{change}",
    ),
    "part-of-year": (
        "{do}{name}{value}，完成{stage}的{p}，{change}",
        "{do}{name}{value}，占{stage}的{p}",
    ),
}

# A part of the fact before it, with the words that join the two.
PART_JOINS = ("，其中{part}", "，其中：{part}", "；其中，{part}", "。其中，{part}", "，其中，{part}")
PART_NEXT = ("；{part}", "，{part}")
PARTS = (
    "{name}{value}，{share}，{change}",
    "{do}{name}{value}，{share}，{change}",
    "{name}{made}{value}，{change}",
    "{do}{name}{value}，{share}",
    "{name}{value}，{change}",
)

# Two or three facts told side by side. {pairs} is name and value of each, {names}, {values}, {rates} and
# {rises} are the lists alone, {direction} is 增长 or 下降.
PARALLEL = (
    "{do}{pairs}，分别{list_share}{rates}",
    "{do}{pairs}，分别{list_share}{rates}，同比分别{direction}{rises}",
    "{do}{pairs}，同比分别{direction}{rises}",
    "{do}{pairs}，分别同比{direction}{rises}，分别{list_share}{rates}",
    "{pairs}，比上年同期分别{direction}{rises}",
    "{names}分别完成{values}，分别{list_share}{rates}",
    "{names}分别完成{values}，同比分别{direction}{rises}",
    "{names}分别为{values}，分别同比{direction}{rises}",
    "{names}分别完成{values}，完成率分别为{rates}",
    "{names}分别达{values}，分别{list_share}{rates}，分别{direction}{rises}",
    "{names}分别{list_share}{rates}",
    "{names}分别{list_share}{rates}，同比分别{direction}{rises}",
    "{names}同比分别{direction}{rises}",
    "{names}分别{direction}{rises}",
    "{names}同比{direction}{rises}",
)
LIST_SHARES = ("完成年度任务的", "占年计划的", "为年度目标的", "完成全年目标任务的", "达到全年目标的", "完成年度计划的")

# The last month beside the months from January.
MONTHS = (
    "{do}{name}{value}，{change}，其中{month}月当月完成{month_value}，{month_change}",
    "{name}{made}{value}，{change}；{month}月当月{month_value}，{month_change}",
    "{do}{name}{value}，{share}，{change}；其中{month}月当月{month_change}",
)

SHARES: dict[str, tuple[str, ...]] = {
    "annual": (
        "完成年度任务的{p}",
        "完成全年目标任务的{p}",
        "完成全年任务的{p}",
        "完成年度目标的{p}",
        "完成年度目标任务{p}",
        "完成年任务的{p}",
        "完成年度计划的{p}",
        "占年计划的{p}",
        "占年度计划的{p}",
        "占全年任务的{p}",
        "为年度目标的{p}",
        "达到全年目标的{p}",
        "完成县下达年度任务的{p}",
        "完成年初目标的{p}",
        "完成年度考核目标的{p}",
    ),
    "budget": (
        "完成年度预算的{p}",
        "完成预算的{p}",
        "占年度预算的{p}",
        "为年度预算的{p}",
        "完成年初预算的{p}",
    ),
    "plan": (
        "完成年度投资计划的{p}",
        "占年度投资计划的{p}",
        "完成全年投资计划的{p}",
        "完成年度计划投资的{p}",
    ),
}
# These follow 已 badly (已为年度目标的…).
NOT_AFTER_ALREADY = "为"
RATES = ("完成率{p}", "完成率达{p}", "年度目标完成率{p}", "年度任务完成率为{p}", "目标完成率{p}")

RISES = (
    "同比增长{x}",
    "同比增长{x}",
    "比上年同期增长{x}",
    "较上年同期增长{x}",
    "较去年同期增长{x}",
    "比去年同期增加{x}",
    "同比增加{x}",
    "同比上升{x}",
    "比增{x}",
    "增长{x}",
    "增幅{x}",
    "同比增幅达{x}",
    "增速为{x}",
    "同比增速{x}",
    "同比+{x}",
)
FALLS = (
    "同比下降{x}",
    "同比下降{x}",
    "同比减少{x}",
    "比上年同期下降{x}",
    "较去年同期减少{x}",
    "较上年同期下降{x}",
    "下降{x}",
    "同比增长-{x}",
    "增速为-{x}",
    "同比-{x}",
    "同比降低{x}",
)
STANDSTILLS = ("与上年同期持平", "同比持平", "与去年同期持平", "与上年同期基本持平")
DOUBLINGS = ("同比翻一番", "同比增长1倍", "比上年同期翻了一番")
MULTIPLES = ("同比增长{times}倍", "较上年同期增长{times}倍", "比去年同期增加{times}倍")

AHEAD = ("高于序时进度{x}个百分点", "快于序时进度{x}个百分点", "超序时进度{x}个百分点", "较时间进度快{x}个百分点")
BEHIND = ("低于序时进度{x}个百分点", "落后序时进度{x}个百分点", "慢于时间进度{x}个百分点", "较序时进度滞后{x}个百分点")
ON_PACE = ("与序时进度持平",)

STAGES = {1: ("一季度任务", "一季度目标"), 2: ("半年任务", "半年目标任务")}

# Told for a single month only where that is usual (not 地区生产总值, not 收入).
MONTHLY = ("规模以上工业总产值", "规模以上工业增加值", "固定资产投资", "社会消费品零售总额", "进出口总额", "财政总收入")

MADE_BY_UNIT: dict[str, tuple[str, ...]] = {
    "元": ("达到", "达", "为"),
    "家": ("达到", "达", "为"),
    "人": ("达到", "达", "完成"),
    "平方米": ("达到", "达", "累计"),
}
MADE = ("完成", "实现", "达到", "达", "累计完成", "为")
