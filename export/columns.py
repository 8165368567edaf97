"""Every column that a table may carry: key, Chinese head, meaning, unit; and the Chinese words for codes."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd


class Column(NamedTuple):
    """One column: its key in tables, its head in files, what it means, and its unit ('' for none)."""

    key: str
    head: str
    meaning: str
    unit: str = ""


# In the order in which a file shows them.
DEFINITIONS: tuple[Column, ...] = (
    Column("town", "乡镇", "数据所属的乡镇(街道、园区、县)"),
    Column("indicator", "指标", "标准指标名;未收录的取报告用名"),
    Column("year", "年份", "时段末月所在的年份", "年"),
    Column("month", "月份", "时段末月", "月"),
    Column("value", "数值", "报告写明的数值", "见“单位”"),
    Column("unit", "单位", "数值的单位,照报告原样"),
    Column("value_from", "数值来源", "原文:报告写明;推算:由数值与同比推得"),
    Column("completion", "完成率(%)", "完成数占目标的百分比,超额完成12%记为112", "%"),
    Column("completion_from", "完成率来源", "原文:报告写明;计算:数值÷目标值"),
    Column("basis", "目标口径", "完成率对应哪一种目标"),
    Column("target", "目标值", "目标的数值", "见“目标单位”"),
    Column("target_unit", "目标单位", "目标值的单位"),
    Column("target_from", "目标来源", "原文:报告写明;推算:数值÷完成率;设定:人工设定"),
    Column("pace", "序时进度(%)", "目标时间已过去的比例,按月计算", "%"),
    Column("pace_from", "序时进度依据", "按月平均,或上年同期实际进度"),
    Column("gap", "与序时进度差(百分点)", "完成率减序时进度;增速目标为实际增速减目标增速", "百分点"),
    Column("gap_from", "进度差依据", "按完成率,或按增速"),
    Column("lead", "领先(百分点)", "与序时进度差;越低越好的指标反号,正数总是好", "百分点"),
    Column("state", "状态", "已完成、超序时、达序时、欠序时(黄)、欠序时(红)、未报、不适用"),
    Column("sign", "标志", "▲ 超 ● 达 ▼ 欠 ○ 未报 — 不适用"),
    Column("rank", "名次", "按领先序时进度的多少排名,相同并列"),
    Column("last_rank", "上期名次", "上一次报告时的名次"),
    Column("rank_change", "名次变化", "正数为上升", "位"),
    Column("change", "较上期变化(百分点)", "与序时进度差较上一次报告的变化", "百分点"),
    Column("yoy", "同比(%)", "报告写明的同比,下降为负;翻一番为100,持平为0", "%"),
    Column("rate_basis", "同比口径", "报告所称同比的口径：可比价、可比口径、现价；没有注明的为空"),
    Column("computed", "计算同比(%)", "由本期与上年同期的数值算出", "%"),
    Column("difference", "同比差异(百分点)", "报告同比减计算同比", "百分点"),
    Column("last_value", "上年同期数值", "上年相同月份的数值", "见“单位”"),
    Column("last_from", "上年同期来源", "原文:上年报告写明;推算:数值÷(1+同比)"),
    Column("last_id", "上年记录编号", "上年同期数值所在的记录"),
    Column("conflict", "是否矛盾", "超出允许的差异"),
    Column("reason", "缺少原因", "不能计算的原因"),
    Column("months", "缺报月份", "上年缺少的月份"),
    Column("values", "各报告目标值", "各报告写明或推得的目标值", "基本单位"),
    Column("reports", "涉及报告", "目标值所在的报告"),
    Column("done", "已完成数", "已完成的指标数", "项"),
    Column("ahead", "超序时数", "超序时的指标数", "项"),
    Column("on", "达序时数", "达序时的指标数", "项"),
    Column("yellow", "欠序时(黄)数", "轻度欠序时的指标数", "项"),
    Column("red", "欠序时(红)数", "严重欠序时的指标数", "项"),
    Column("unreported", "未报数", "本期未报的指标数", "项"),
    Column("not_applicable", "不适用数", "没有目标或不能比较的指标数", "项"),
    Column("total", "合计", "各状态之和", "项"),
    Column("sparkline", "各月完成率(%)", "当年各月重点指标完成率的中位数", "%"),
    Column("share", "上年进度(%)", "该月累计数占全年的比例", "%"),
    Column("last_report", "最近报告", "最近一次报告的时段末月"),
    Column("last_received", "最近收到", "最近一份报告的收到时间(UTC)"),
    Column("months_behind", "滞后月数", "距最近一次报告的月数", "月"),
    Column("records", "记录数", "实际数的记录数", "条"),
    Column("period_start", "时段起", "第一个月,如 2016-01"),
    Column("period_end", "时段止", "最后一个月(含),如 2016-06"),
    Column("span", "时段类型", "累计、当月或其他"),
    Column("status", "性质", "实际、预计、计划"),
    Column("sentence", "原文", "数据所在的句子"),
    Column("flags", "提示", "读取时作出的推断,如时段承前、年份缺失"),
    Column("review", "核对状态", "未核对、已确认、已更正、已驳回"),
    Column("indicator_text", "原文指标名", "报告中的写法"),
    Column("value_text", "数值(原样)", "报告印出的数值"),
    Column("completion_text", "完成率(原样)", "报告印出的完成率"),
    Column("target_text", "目标值(原样)", "报告印出的目标值"),
    Column("yoy_text", "同比(原样)", "报告印出的同比"),
    Column("report_name", "报告名称", "报告的文件名"),
    Column("report", "报告文件", "读取时的文件名"),
    Column("start", "起始位置", "在报告正文中的起点", "字"),
    Column("end", "结束位置", "在报告正文中的终点(不含)", "字"),
    Column("origin", "来源", "上传或演示"),
    Column("received_at", "收到时间", "报告收到的时间(UTC)"),
    Column("report_id", "报告编号", "报告在库中的编号"),
    Column("id", "记录编号", "记录在库中的编号"),
)

COLUMNS: dict[str, str] = {column.key: column.head for column in DEFINITIONS}

# Codes as people read them, by column. A code that is not here is shown as it is.
WORDS: dict[str, dict[str, str]] = {
    "basis": {
        "annual": "年度目标",
        "half": "半年目标",
        "quarter": "季度目标",
        "plan": "计划",
        "budget": "预算",
        "project": "工程量",
        "multi-year": "多年目标",
        "other": "其他",
    },
    "status": {"actual": "实际", "expected": "预计", "planned": "计划"},
    "target_from": {"stated": "原文", "implied": "推算", "set": "设定"},
    "value_from": {"stated": "原文", "implied": "推算"},
    "last_from": {"stated": "原文", "implied": "推算"},
    "completion_from": {"stated": "原文", "computed": "计算"},
    "pace_from": {"linear": "按月平均", "last_year": "上年同期"},
    "gap_from": {"completion": "完成率", "growth": "增速"},
    "review": {"read": "未核对", "accepted": "已确认", "corrected": "已更正", "rejected": "已驳回"},
    "span": {"cumulative": "累计", "month": "当月", "other": "其他"},
    "origin": {"upload": "上传", "sample": "演示"},
}
LIST_SEPARATOR = "；"


def dictionary() -> pd.DataFrame:
    """The data dictionary: one row a column in file order, with key, head, meaning and unit."""
    return pd.DataFrame(DEFINITIONS, columns=list(Column._fields))


DICTIONARY_HEADS = {"key": "字段", "head": "列名", "meaning": "含义"}


def labelled(table: pd.DataFrame, *, in_order: bool = False) -> pd.DataFrame:
    """The table as people read it: Chinese heads, words for codes, 是 and 否, lists joined; numbers untouched.

    Columns keep the table's order, or take that of ``COLUMNS`` with ``in_order`` (unknown ones last). A key
    that is not in ``COLUMNS`` is its own head, so that heat maps keep their indicator names.
    """
    if in_order:
        place = {key: number for number, key in enumerate(COLUMNS)}
        ranks = [place.get(str(key), len(place)) for key in table.columns]
        table = table.take(np.argsort(ranks, kind="stable"), axis=1)
    keys = list(table.columns)
    heads = COLUMNS | (DICTIONARY_HEADS if "meaning" in keys else {})
    columns = [_readable(table.iloc[:, at], WORDS.get(str(key), {})) for at, key in enumerate(keys)]
    result = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=table.index)
    return result.set_axis([heads.get(key, str(key)) for key in keys], axis=1)


def _readable(column: pd.Series, words: dict[str, str]) -> pd.Series:
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.map({True: "是", False: "否"})
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    return pd.Series([_word(cell, words) for cell in column], index=column.index, dtype=object)


def _word(cell: object, words: dict[str, str]) -> object:
    if isinstance(cell, list | tuple):
        return LIST_SEPARATOR.join(_number_or_text(item) for item in cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return words.get(cell, cell) if isinstance(cell, str) else cell


def _number_or_text(item: object) -> str:
    return number_text(item) if isinstance(item, float) else str(item)


def number_text(number: Any) -> str:
    """Every digit that the number has and no more: 436000000, 55.2; nothing for what is no number."""
    if not math.isfinite(number):
        return ""
    return str(int(number)) if number == int(number) else repr(float(number))
