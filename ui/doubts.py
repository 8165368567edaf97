"""How doubtful a record is, and why: the order of the review. No Streamlit.

The doubt of a record is the sum of the weights of its reasons: every guess that reading took (its flags), a
town or period that is not known, and figures that are seldom right. The most doubtful comes first; records of
equal doubt stand in the order of the report. A guess that is not in the table weighs ``UNLISTED``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ui import wording


class Reason(NamedTuple):
    """One reason to look twice: its name, its weight, and what it means to the person."""

    name: str
    weight: int
    meaning: str


UNLISTED = 2
FLAGS: dict[str, Reason] = {
    reason.name: reason
    for reason in (
        Reason("年份存疑", 8, "报告里的年份前后不一，时段没有填"),
        Reason("年份缺失", 8, "找不到年份，时段没有填"),
        Reason("年份被遮盖", 8, "年份被遮盖，时段没有填"),
        Reason("时段缺失", 8, "找不到时段"),
        Reason("缺％号", 7, "数字后面没有％号，按比率读取"),
        Reason("图片识别", 6, "由扫描件或照片识别而来，请与原件逐字核对"),
        Reason("指标承前", 4, "这里没有写指标名，沿用前面的指标"),
        Reason("地名推断", 4, "乡镇名是推断的"),
        Reason("年份取自文件名", 4, "正文没有年份，取自文件名"),
        Reason("并列对应", 3, "按“分别”的先后顺序一一对应"),
        Reason("同指标分别", 3, "同一指标的几个数字，按先后顺序对应"),
        Reason("时段承前", 2, "这里没有写时段，沿用前面的时段"),
        Reason("年份取自日期", 2, "正文没有年份，取自落款或发布日期"),
        Reason("年份取自标题", 2, "正文没有年份，取自标题"),
        Reason("取自表格", 1, "取自表格，请对照表头和单位"),
        Reason("年份承自正文", 1, "年份取自正文别处"),
        Reason("另一口径", 2, "同一指标另有一个口径的数字"),
        Reason("同一数值的另一目标", 2, "同一数值对着另一个目标"),
        Reason("超额折算", 2, "由“超额完成”折算成完成率"),
        Reason("预计数", 1, "是预计数，不是实际数"),
        Reason("约数", 1, "写的是约数（近、余、左右）"),
    )
}
NO_TOWN = Reason("乡镇不明", 8, "没有认出是哪个乡镇")
NO_PERIOD = Reason("时段不明", 8, "没有认出是哪个时段")
HIGH_COMPLETION = Reason("完成率偏高", 3, "完成率超过 200%，请看是否读错")
HIGH_CHANGE = Reason("同比偏大", 2, "增减超过两倍，请看是否读错")
EXPECTED = Reason("预计", 1, "是预计数，不是实际数")

MOST_COMPLETION = 200
MOST_CHANGE = 200
_ABOUT_PERIOD = ("年份存疑", "年份缺失", "年份被遮盖", "时段缺失")


def reasons(record: Mapping[str, Any]) -> list[Reason]:
    """Why this record should be looked at, the weightiest first; empty where nothing speaks against it."""
    flags = list(dict.fromkeys(record["flags"]))
    found = [FLAGS.get(flag, Reason(flag, UNLISTED, "读取时作过推断")) for flag in flags]
    if not record["town"]:
        found.append(NO_TOWN)
    if not record["period_end"] and not any(flag in _ABOUT_PERIOD for flag in flags):
        found.append(NO_PERIOD)
    if _beyond(record["completion"], MOST_COMPLETION):
        found.append(HIGH_COMPLETION)
    if _beyond(record["yoy"], MOST_CHANGE):
        found.append(HIGH_CHANGE)
    if record["status"] == "expected" and "预计数" not in flags:
        found.append(EXPECTED)
    return sorted(found, key=lambda reason: -reason.weight)


def _beyond(value: object, limit: int) -> bool:
    number = wording.number(value)
    return number is not None and abs(number) > limit


def doubt(record: Mapping[str, Any]) -> int:
    """The sum of the weights of the reasons; 0 where there is none."""
    return sum(reason.weight for reason in reasons(record))


def in_order(records: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The most doubtful first, records of equal doubt as they stand in the report."""
    return sorted(records, key=lambda record: (-doubt(record), record["start"], record["id"]))
