"""The sentences that stand over the pages: what the tables show, in words, with counts that add up. No Streamlit."""

from __future__ import annotations

import pandas as pd

import assess
from assess import State
from ui import wording

KEPT_UP = (State.DONE, State.AHEAD, State.ON)
BEHIND = (State.YELLOW, State.RED)


def overview(rows: pd.DataFrame, as_of: str) -> str:
    """``截至2025年9月，8 个乡镇中达序时 2 个、欠序时(黄) 5 个、未报 1 个``; the counts add up to the total."""
    counts = assess.status_counts(rows)
    parts = "、".join(f"{state} {count} 个" for state, count in counts.items() if count)
    return f"截至{wording.month(as_of)}，{len(rows)} 个乡镇中{parts}"


def town(name: str, rows: pd.DataFrame, as_of: str) -> str:
    """``柳溪镇：10 项指标中 4 项达到序时进度，6 项落后，固定资产投资差得最多（慢22.5个百分点）``."""
    if rows.empty:
        return f"{name}：{as_of[:4]}年截至{int(as_of[5:7])}月没有报告"
    counts = assess.status_counts(rows)
    kept, behind = (sum(counts[state] for state in group) for group in (KEPT_UP, BEHIND))
    other = len(rows) - kept - behind
    parts = ((kept, "达到序时进度"), (behind, "落后"), (other, "不可比"))
    text = f"{name}：{len(rows)} 项指标中 " + "，".join(f"{count} 项{words}" for count, words in parts if count)
    if behind:
        worst = rows.sort_values("lead").iloc[0]
        text += f"；{worst['indicator']}差得最多（{wording.ahead(worst['gap'])}）"
    return text


def timeline(name: str, indicator: str, rows: pd.DataFrame, projection: assess.Projection | None) -> str:
    """``石桥镇固定资产投资：9月完成66.0%，慢9.0个百分点；按目前进度，年底可达88.0%``."""
    head = f"{name}{indicator}"
    if rows.empty:
        return f"{head}：没有实际数"
    last = rows.iloc[-1]
    if wording.number(last["completion"]) is None:
        return f"{head}：{wording.month(last['period_end'])}为{wording.amount(last['value'], last['unit'])}"
    part = f"{wording.BASIS_WORDS[last['basis']]}的" if last["basis"] in ("half", "quarter") else ""
    text = f"{head}：{wording.month(last['period_end'])}完成{part} {wording.percent(last['completion'])}"
    if wording.number(last["gap"]) is not None:
        text += f"，{wording.ahead(last['gap'])}"
    return text + (f"；按目前进度，年底可达 {wording.percent(projection.estimate)}" if projection else "")


def projection(found: assess.Projection | None) -> str:
    """What the projection says below the figure; why there is none where there is none."""
    if found is None:
        return "不足三个月份的完成率，不作预测。"
    text = f"按目前进度，到年底可达 {wording.percent(found.estimate)}"
    text += f"（区间 {wording.percent(found.low)}—{wording.percent(found.high)}）"
    if found.needed is None:
        return text + "。"
    if not found.needed:
        return text + "；目标已经达到。"
    return (
        f"{text}；要完成目标，今后每月需 {wording.plain(found.needed, 1)} 个百分点，"
        f"此前每月 {wording.plain(found.monthly, 1)} 个百分点。"
    )


def changes(subject: str, rows: pd.DataFrame, as_of: str, unit: str) -> str:
    """``固定资产投资：截至2025年9月，5 个乡镇增长、2 个乡镇下降；2 处报告所称与计算不一致``.

    ``subject`` is what all rows share, ``unit`` what each is: 个乡镇 or 项指标. A stated change counts before a
    computed one.
    """
    known = rows["yoy"].where(rows["yoy"].notna(), rows["computed"]).dropna().round(1)
    if known.empty:
        return f"{subject}：截至{wording.month(as_of)}没有可比的同比"
    up, down = int((known > 0).sum()), int((known < 0).sum())
    level = len(known) - up - down
    parts = "、".join(
        f"{count} {unit}{word}" for count, word in ((up, "增长"), (down, "下降"), (level, "持平")) if count
    )
    conflicts = int(rows["conflict"].sum())
    tail = f"；{conflicts} 处报告所称与计算不一致" if conflicts else ""
    return f"{subject}：截至{wording.month(as_of)}，{parts}{tail}"
