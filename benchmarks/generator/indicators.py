"""The indicators of the invented county: their names, the ways to write them, their size and temper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

OUTPUT = ("完成", "实现", "累计完成", "累计实现")
DONE = ("完成", "累计完成")
MADE = ("实现", "累计实现")
PLAIN = ("",)


@dataclass(frozen=True, slots=True)
class Wording:
    """A name as reports write it, with the verbs that may stand before it."""

    text: str
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """``scale`` is a middling town's year in ``unit``; ``swing`` how far it strays from plan, 1 is usual.

    ``growth`` is the yearly growth that targets ask for, per cent. ``share`` makes the indicator a part of
    ``parent``. ``headline`` indicators stand in every report, the others only in long ones.
    """

    name: str
    theme: str
    unit: str
    scale: int
    swing: Decimal
    growth: int
    wordings: tuple[Wording, ...]
    headline: bool = True
    parent: str | None = None
    share: Decimal = Decimal(0)
    has_target: bool = True
    budget: bool = False
    plan: bool = False


def _words(verbs: tuple[str, ...], *names: str) -> tuple[Wording, ...]:
    return tuple(Wording(name, verbs) for name in names)


def _swing(text: str) -> Decimal:
    return Decimal(text)


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "地区生产总值", "综合", "万元", 480000, _swing("0.3"), 7, _words(OUTPUT, "地区生产总值", "地区生产总值", "GDP")
    ),
    Indicator(
        "规模以上工业总产值",
        "工业",
        "万元",
        890000,
        _swing("0.7"),
        9,
        _words(OUTPUT, "规模以上工业总产值", "规上工业总产值", "规上工业产值", "规模以上工业产值", "规模工业总产值"),
    ),
    Indicator(
        "规模以上工业增加值",
        "工业",
        "万元",
        190000,
        _swing("0.6"),
        8,
        _words(OUTPUT, "规模以上工业增加值", "规上工业增加值", "规模工业增加值"),
    ),
    Indicator(
        "固定资产投资",
        "投资",
        "万元",
        260000,
        _swing("1.0"),
        8,
        _words(DONE, "固定资产投资", "固定资产投资", "固定资产投资额"),
        plan=True,
    ),
    Indicator(
        "工业投资",
        "投资",
        "万元",
        0,
        _swing("1.2"),
        8,
        _words(DONE, "工业投资", "工业性投资", "工业固定资产投资"),
        parent="固定资产投资",
        share=Decimal("0.52"),
        plan=True,
    ),
    Indicator(
        "重点项目投资",
        "投资",
        "万元",
        0,
        _swing("1.4"),
        9,
        (*_words(DONE, "重点项目投资", "重点项目投资额"), *_words(PLAIN, "重点项目完成投资")),
        parent="固定资产投资",
        share=Decimal("0.34"),
        plan=True,
    ),
    Indicator(
        "一般公共预算收入",
        "财政",
        "万元",
        31000,
        _swing("0.8"),
        6,
        _words(OUTPUT, "一般公共预算收入", "地方一般公共预算收入"),
        budget=True,
    ),
    Indicator(
        "税收收入",
        "财政",
        "万元",
        0,
        _swing("0.9"),
        6,
        _words(OUTPUT, "税收收入"),
        parent="一般公共预算收入",
        share=Decimal("0.78"),
        budget=True,
    ),
    Indicator(
        "社会消费品零售总额",
        "商贸",
        "万元",
        165000,
        _swing("0.5"),
        8,
        _words(MADE, "社会消费品零售总额", "社消零总额", "社会消费品零售额"),
    ),
    Indicator(
        "实际使用外资",
        "招商",
        "万美元",
        1450,
        _swing("2.0"),
        10,
        _words(OUTPUT, "实际使用外资", "实际利用外资", "实际利用外资", "实到外资"),
    ),
    Indicator(
        "到位内资",
        "招商",
        "万元",
        96000,
        _swing("1.3"),
        10,
        (*_words(OUTPUT, "到位内资", "实际到位内资"), *_words(MADE, "实到内资")),
    ),
    Indicator(
        "进出口总额",
        "商贸",
        "万元",
        118000,
        _swing("1.4"),
        7,
        _words(OUTPUT, "进出口总额", "外贸进出口总额", "外贸进出口总值"),
    ),
    Indicator(
        "农村居民人均可支配收入",
        "民生",
        "元",
        32600,
        _swing("0.2"),
        7,
        _words(("", "实现"), "农村居民人均可支配收入", "农村常住居民人均可支配收入", "农民人均可支配收入"),
    ),
    Indicator(
        "城镇新增就业",
        "民生",
        "人",
        1280,
        _swing("0.9"),
        4,
        (*_words(PLAIN, "新增城镇就业", "城镇新增就业"), *_words(("", "实现"), "城镇新增就业人数", "新增城镇就业人数")),
    ),
    Indicator(
        "高新技术企业数",
        "工业",
        "家",
        26,
        _swing("0.5"),
        12,
        _words(PLAIN, "高新技术企业数", "高新技术企业"),
        has_target=False,
    ),
    Indicator(
        "拆除违法建筑",
        "环境",
        "平方米",
        64000,
        _swing("1.8"),
        5,
        (*_words(PLAIN, "拆除违法建筑", "拆除违法建筑面积"), *_words(DONE, "拆除违法建筑面积")),
    ),
    Indicator("财政总收入", "财政", "万元", 58000, _swing("0.8"), 6, _words(OUTPUT, "财政总收入"), False, budget=True),
    Indicator(
        "农林牧渔业总产值",
        "农业",
        "万元",
        52000,
        _swing("0.4"),
        5,
        _words(OUTPUT, "农林牧渔业总产值", "农业总产值"),
        False,
    ),
    Indicator("建筑业总产值", "投资", "万元", 87000, _swing("1.0"), 7, _words(OUTPUT, "建筑业总产值"), False),
    Indicator(
        "技术改造投资",
        "投资",
        "万元",
        34000,
        _swing("1.3"),
        9,
        _words(DONE, "技改投资", "技术改造投资"),
        False,
        plan=True,
    ),
    Indicator("民间投资", "投资", "万元", 98000, _swing("1.1"), 7, _words(DONE, "民间投资"), False, plan=True),
    Indicator(
        "出口总额",
        "商贸",
        "万元",
        0,
        _swing("1.4"),
        7,
        _words(MADE, "出口总额", "外贸出口总额"),
        False,
        parent="进出口总额",
        share=Decimal("0.71"),
    ),
    Indicator(
        "工业用电量",
        "工业",
        "万千瓦时",
        15800,
        _swing("0.6"),
        5,
        _words(("", "完成"), "工业用电量"),
        False,
        has_target=False,
    ),
    Indicator("旅游总收入", "商贸", "万元", 26500, _swing("1.2"), 11, _words(MADE, "旅游收入", "旅游总收入"), False),
    Indicator(
        "城镇居民人均可支配收入",
        "民生",
        "元",
        57800,
        _swing("0.2"),
        5,
        _words(("", "实现"), "城镇居民人均可支配收入", "城镇常住居民人均可支配收入"),
        False,
    ),
    Indicator("第二产业增加值", "综合", "万元", 232000, _swing("0.4"), 7, _words(OUTPUT, "第二产业增加值"), False),
    Indicator(
        "第三产业增加值",
        "综合",
        "万元",
        214000,
        _swing("0.4"),
        7,
        _words(OUTPUT, "第三产业增加值", "服务业增加值"),
        False,
    ),
    Indicator(
        "一般公共预算支出",
        "财政",
        "万元",
        47000,
        _swing("0.6"),
        5,
        _words(DONE, "一般公共预算支出"),
        False,
        budget=True,
    ),
    Indicator("基础设施投资", "投资", "万元", 62000, _swing("1.1"), 7, _words(DONE, "基础设施投资"), False, plan=True),
    Indicator("网络零售额", "商贸", "万元", 43000, _swing("0.9"), 11, _words(MADE, "网络零售额"), False),
    Indicator("合同外资", "招商", "万美元", 2600, _swing("1.7"), 8, _words(OUTPUT, "合同利用外资", "合同外资"), False),
)

BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
