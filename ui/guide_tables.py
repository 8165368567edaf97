"""What 说明 tells: every formula with its meaning, source and an example worked by the program, and every limit.

No Streamlit. Numbers in the texts are those of the program, so that the page cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

import assess
from assess import PACES, Settings, State, Thresholds
from assess.checks_rules import RULES
from assess.growth import TOLERANCE
from assess.newest import MAX_HEADLINES
from assess.outlook import LEAST_POINTS
from assess.settings import EVERYWHERE
from assess.states import BANDS
from assess.towns import FRESH_MONTHS
from export.bulletin import MOST_LISTED
from export.files import MAX_CELL, MAX_ROWS
from extract.readers.limits import limits as reading_limits
from ui import wording

# Where a definition comes from.
COMMON, OURS = "统计通行定义", "本看板的规定"


@dataclass(frozen=True, slots=True)
class Formula:
    """One rule of arithmetic: ``program`` is the function that works it out (not shown), ``example`` calls it."""

    name: str
    formula: str
    meaning: str
    source: str
    program: str
    example: Callable[[], str]


def _number(text: str) -> Decimal:
    return Decimal(text)


def _gaps() -> str:
    pairs = (("43.2", 4), ("37.11", 3), ("53.3", 9))
    words = []
    for share, month in pairs:
        points = assess.gap(_number(share), assess.pace(month))
        words.append(f"{month}月末完成 {share}%：{wording.plain(points)} 个百分点")
    return "；".join(words).replace("-", "−")


def _paces() -> str:
    return "，".join(f"{month}月末 {assess.pace(month)}%" for month in (3, 4, 6, 9, 11))


def _computed_change() -> str:
    rows = [
        {"id": place, "town": "柳溪镇", "indicator": "财政总收入", "value": value, "unit": "万元", "status": "actual"}
        | {"period_start": f"{year}-01", "period_end": f"{year}-06", "yoy": yoy}
        for place, (year, value, yoy) in enumerate(((2024, 1000, None), (2025, 1085, 10.0)))
    ]
    row = assess.stated_and_computed(assess.records_frame(rows)).iloc[-1]
    told = "标出不一致" if row["conflict"] else "视为一致"
    return (
        f"1000 万元到 1085 万元：计算 {row['computed']:.1f}%，报告称 {row['yoy']:.1f}%，"
        f"相差 {row['difference']:.1f} 个百分点，{told}"
    )


def _projected() -> str:
    points = [(3, _number("20.0")), (6, _number("45.0")), (9, _number("66.0"))]
    found = assess.project(points)
    return "" if found is None else f"3、6、9 月完成 20.0%、45.0%、66.0%：{found.wording}"


def _band(lead: str) -> str:
    return f"快 {lead} 个百分点为{Thresholds().band(_number(lead))}"


FORMULAS: tuple[Formula, ...] = (
    Formula(
        "序时进度",
        "已过月数 ÷ 目标所含月数 × 100%",
        "目标时间已过去的份额，按月计算，取一位小数；年度目标 12 个月，半年 6 个月，季度 3 个月。"
        "时段须从目标的第一个月起算，单月、单季对年度目标为不适用",
        COMMON,
        "assess.months.pace",
        _paces,
    ),
    Formula(
        "与序时进度差",
        "完成率 − 序时进度",
        "单位是百分点，不是 %；正数为快，负数为慢",
        COMMON,
        "assess.states.gap",
        _gaps,
    ),
    Formula(
        "领先",
        "与序时进度差；越低越好的指标反号",
        "用于排名和状态：能耗、信访量一类的指标，完成率低于序时进度才是好",
        OURS,
        "assess.judging.assessed",
        lambda: f"能耗已用 45.0%、序时 50.0%：{wording.points(assess.gap(_number('45.0'), _number('50.0')))}，领先 5.0",
    ),
    Formula(
        "完成率",
        "数值 ÷ 目标值 × 100%",
        "报告写明完成率的照报告；没有写明而有数值和目标值的才计算，并注明“计算”。没有目标或目标为零为不适用；"
        "超过 100% 的照实显示",
        COMMON,
        "assess.judging.assessed",
        lambda: "完成 600 万元、目标 1000 万元：60%",
    ),
    Formula(
        "增速目标的差",
        "实际增速 − 目标增速",
        "目标本身是增速（增长 8%）的，按百分点比较，不与序时进度比",
        COMMON,
        "assess.states.growth_gap",
        lambda: f"增长 9.3%、目标 8%：差 {assess.growth_gap(_number('9.3'), _number('8'))} 个百分点",
    ),
    Formula(
        "推算目标值",
        "数值 ÷ 完成率",
        "报告没有写明目标值时推算，标“推算”。印出的数是四舍五入过的，所以推算的目标是一个区间；"
        "两份报告的区间不相交，才算目标矛盾",
        OURS,
        "assess.targets.implied_target",
        lambda: (
            f"31100 万元、62.2%：目标 {wording.plain(assess.implied_target(_number('31100'), _number('62.2')))} 万元"
        ),
    ),
    Formula(
        "计算同比",
        "（本期数值 ÷ 上年同期数值 − 1）× 100%",
        f"用上年相同月份的记录计算，与报告所称并列；相差超过 {TOLERANCE:g} 个百分点的标出（可比口径的除外）。"
        "上年缺报的列出，不按零计算",
        COMMON,
        "assess.growth.stated_and_computed",
        _computed_change,
    ),
    Formula(
        "推算上年同期",
        "数值 ÷（1 + 同比）",
        "上年没有记录时推算，标“推算”",
        OURS,
        "assess.targets.implied_last_year",
        lambda: f"11.9 亿元、增长 19%：{wording.plain(assess.implied_last_year(_number('11.9'), _number('19')))} 亿元",
    ),
    Formula(
        "目标取用",
        "人工设定 > 报告写明 > 推算（设置里可改为报告优先）",
        "人工设定的目标按年中调整分段，从起始月份起用；报告没有写目标的，用同一年别的报告写明或推算的；"
        "各报告的目标不一致时不用来补，列在核查里",
        OURS,
        "assess.judging.assessed",
        lambda: "设定 1 月起 120、6 月起 200：3 月完成 60 为 50%，6 月完成 60 为 30%",
    ),
    Formula(
        "今后每月所需",
        "（100 − 完成率）÷ 距目标期末的月数",
        "单位是百分点；与此前每月（完成率 ÷ 已过月数）对照；越低越好的指标为每月至多还可用的",
        OURS,
        "assess.alerts.alerts",
        lambda: f"9月末完成 54.0%：每月需 {(100 - 54) / 3:.1f} 个百分点，此前每月 {54 / 9:.1f} 个",
    ),
    Formula(
        "连续落后",
        "当年各次报告从最近一次往前数，到不落后的一次为止",
        "不跨年；同时写明从几月起",
        OURS,
        "assess.alerts.alerts",
        lambda: "1月达、3月达、4月黄、6月红、9月红：3 次，自 4 月起",
    ),
    Formula(
        "状态",
        "按领先的百分点数对照界限",
        "完成率达到 100% 为已完成；其余按界限分档，每档含下限，见“界限与状态”",
        OURS,
        "assess.states.state",
        lambda: "；".join(_band(lead) for lead in ("5", "4.9", "0", "-0.1", "-10", "-10.1")).replace("快 -", "慢 "),
    ),
    Formula(
        "乡镇的状态",
        "主要指标领先百分点数的中位数，按同样的界限",
        f"只用截止月前 {FRESH_MONTHS} 个月以内的数，增速目标不参加；主要指标全部完成才是已完成；没有近期数为未报",
        OURS,
        "assess.towns.overview",
        lambda: "三项主要指标快 6、快 1、慢 3：中位数快 1，达序时",
    ),
    Formula(
        "名次",
        "同一指标内领先百分点数从多到少",
        "相同并列；只排从年初累计的实际数，预计数不参加；名次变化与各镇上一次报告时的名次相比，上升为正",
        OURS,
        "assess.newest.ranking",
        lambda: "快 5、快 5、慢 2：并列第 1，其后第 3",
    ),
    Formula(
        "较上次变化",
        "本次领先 − 同一年内上一次报告的领先",
        "单位是百分点；当年第一次报告没有",
        OURS,
        "assess.newest.history",
        lambda: "6月末快 2.0、9月末慢 1.5：较上次 −3.5",
    ),
    Formula(
        "年底预测",
        "按月均：至今 ÷ 已过月数 × 12；按近三次：至今 + 近三次月均增量 × 余下月数；"
        "按上年曲线：至今 × 上年全年 ÷ 上年同期",
        f"有 {LEAST_POINTS} 个月份以上的数才预测；三种算法的最小和最大为区间，有上年曲线时先报曲线的数。"
        "只说“按目前进度”，不是承诺；今后每月所需 =（目标 − 至今）÷ 余下月数",
        OURS,
        "assess.outlook.project",
        _projected,
    ),
    Formula(
        "上年进度曲线",
        "上年某月累计数 ÷ 上年全年数 × 100%",
        "只用有 12 月数的完整年份",
        OURS,
        "assess.growth.seasonal_curves",
        lambda: "上年 6 月累计 42、全年 100：6 月的份额 42%",
    ),
    Formula(
        "各状态合计",
        "已完成 + 超序时 + 达序时 + 欠序时(黄) + 欠序时(红) + 未报 + 不适用 = 总数",
        "每个乡镇的每项指标只计一次，所以各数之和等于总数",
        OURS,
        "assess.states.status_counts",
        lambda: f"162 + 17 + 10 + 24 + 9 = {162 + 17 + 10 + 24 + 9}",
    ),
    Formula(
        "读取覆盖",
        "见到 = 读出 + 略去 + 没有看懂",
        "见到的是报告里的比率和带单位的数；略去的逐条有原因，没有看懂的逐条列出，不悄悄丢掉",
        OURS,
        "extract.models.Findings.coverage",
        lambda: "见到 40 个：读出 36 个，略去 3 个，没有看懂 1 个",
    ),
)

# Subject -> limits.
LIMITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "读取",
        (
            f"一份报告最大 {reading_limits().file_mb} MB；不能读的文件会说明原因和怎样转换。",
            "只读实际、预计、计划的数值、完成率、目标和同比。比重、合格率、环比、年均增长、多年对比、名次、项目规模不作为记录。",
            "年份不能确定的时段留空，不猜；这样的记录可以查到，但不参加比较。",
            "读取时的每个推断（时段承前、年份缺失等）都记在“提示”里；机器读出的数，用之前应有人核对。",
            "地名表截止 2023 年 6 月，之后的区划调整不在内。",
        ),
    ),
    (
        "比较",
        (
            "序时进度默认按月平均；季节性强的指标年初慢、年末快属正常，可在设置里改按上年同期实际进度。",
            "多年目标、工程量、其他口径的完成率没有序时进度，状态为不适用。",
            f"截止月前 {FRESH_MONTHS} 个月以内没有报告的指标，按未报计。",
            f"主要指标最多 {MAX_HEADLINES} 项；总览的状态只看主要指标。",
            f"不足 {LEAST_POINTS} 个月份的不预测。预测按目前进度外推，不考虑政策、项目和季节以外的原因。",
            "预警中的原因和措施照录报告原文，按说法查找（受…影响、主要原因是…、下一步…），可能找不到或找错，用前请看原文。",
            "同一乡镇、指标、时段有几个数时取一个：有完成率的优先，年度目标优先，有数值的优先，核对过的优先，后收到的优先。",
        ),
    ),
    (
        "下载",
        (
            f"xlsx 每个工作表最多 {MAX_ROWS - 1:,} 行，更长的续到下一个表；单元格超过 {MAX_CELL:,} 字的截断并注明。",
            f"通报正文每一档最多列 {MOST_LISTED} 项，其余在附件中；附件列出全部。",
            "以 = + - @ 开头的文字会加撇号或按文字写入，不会被当作公式；负数不受影响。",
        ),
    ),
    (
        "使用",
        (
            "没有登录和权限，只在本机应答；多人使用请放在有身份验证的反向代理之后。",
            "图表中的完成率画到 120% 为止，数字照实写明。",
        ),
    ),
)


def formulas() -> pd.DataFrame:
    """All formulas with their examples worked out."""
    rows = [(one.name, one.formula, one.meaning, one.example(), one.source) for one in FORMULAS]
    return pd.DataFrame(rows, columns=["名称", "公式", "含义", "例", "出处"])


def limits() -> pd.DataFrame:
    """All limits, one a row."""
    rows = [(subject, limit) for subject, lines in LIMITS for limit in lines]
    return pd.DataFrame(rows, columns=["方面", "限制"])


def checks() -> pd.DataFrame:
    """The rules of 核查: what each compares, what it lets pass, what would make the two agree."""
    rows = [(rule.name, rule.compares, rule.tolerance, rule.agree) for rule in RULES.values()]
    return pd.DataFrame(rows, columns=["规则", "比较什么", "容许什么", "怎样才一致"])


METHOD_WORDS = {"run_rate": "按月均", "recent": "按近三次", "seasonal": "按上年曲线", "estimate": "先报的数"}


def back_test(found: pd.DataFrame) -> pd.DataFrame:
    """:func:`assess.backtest.summary` as people read it: errors in points."""
    rows = [
        (
            f"{row['month']}月末",
            METHOD_WORDS[row["method"]],
            int(row["count"]),
            f"{row['mean']:.1f}",
            f"{row['median']:.1f}",
            f"{row['worst']:.1f}",
            wording.points(row["bias"], ""),
            wording.percent(row["within"]),
        )
        for row in found.to_dict("records")
    ]
    heads = ["预测时", "算法", "次数", "平均相差", "中位相差", "最大相差", "平均偏差（正为偏高）", "年底数在区间内"]
    return pd.DataFrame(rows, columns=heads)


def back_test_line(found: pd.DataFrame) -> str:
    """What the back-test says about the figure that is named first, for the month with most cases."""
    own = found[found["method"] == "estimate"].sort_values("count").iloc[-1]
    return (
        f"{own['month']}月末预测 {own['count']} 次，与 12 月实际完成率平均相差 {own['mean']:.1f} 个百分点，"
        f"一半不超过 {own['median']:.1f} 个，最大 {own['worst']:.1f} 个；"
        f"实际数落在区间内的占 {own['within']:.0f}%，所以区间只表示三种算法的差别，不是把握的范围。单位：百分点。"
    )


def bands(settings: Settings) -> pd.DataFrame:
    """Every state with its sign and its rule, for completions and for targets that are rates of growth, for each
    county that has rules of its own; the pace and which target counts."""
    rows = []
    for county, own in settings.used().items():
        rules, growth = own.thresholds.describe(), own.growth.describe()
        rows += [
            (
                county,
                f"{state.sign} {state}",
                rules[state],
                growth[state].replace("与序时进度差", "增速与目标之差") if state in BANDS else "同左",
            )
            for state in State
        ]
        rows.append((county, "序时进度", PACES[own.pace], "不比序时"))
    rows.append((EVERYWHERE, "目标取用", settings.order.partition("：")[2], "同左"))
    return pd.DataFrame(rows, columns=["县区", "状态", "完成率目标", "增速目标"])


def coverage(reports: list[dict[str, object]], records: pd.DataFrame) -> dict[str, int]:
    """Over the live reports: 份 reports and how many numbers were seen, recorded, left_out and not_understood.

    ``reports`` are ``Store.reports()``, ``records`` the shown records. A number counts once for each record it
    gave; a target that the program implied was not seen in any text.
    """
    stated = records["target"].notna() & (records["target_from"] == "stated")
    recorded = sum(int(records[key].notna().sum()) for key in ("value", "completion", "yoy")) + int(stated.sum())
    left_out = sum(int(str(report["left_out_count"])) for report in reports)
    unclear = sum(int(str(report["missed_count"])) for report in reports)
    return {
        "seen": recorded + left_out + unclear,
        "recorded": recorded,
        "left_out": left_out,
        "not_understood": unclear,
    }


def reasons(missed: list[dict[str, object]]) -> pd.DataFrame:
    """How many numbers gave no record, by reason, the most frequent first; from ``Store.missed()``."""
    kinds = {True: "略去", False: "没有看懂"}
    rows = pd.DataFrame(
        {"结果": [kinds[bool(one["understood"])] for one in missed], "原因": [one["reason"] for one in missed]}
    )
    counts = rows.groupby(["结果", "原因"]).size().reset_index(name="个数")
    return counts.sort_values(["结果", "个数", "原因"], ascending=[True, False, True], ignore_index=True)
