"""核查 as people see it: the table of findings, the file, the log, the rules. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from assess.checks import gravity, rules
from assess.checks_words import folded
from ui import marking, wording

OPEN = "open"
STATUS_WORDS: dict[str, str] = {
    OPEN: "待处理",
    "confirmed": "确认有误",
    "explained": "已有说明",
    "dismissed": "不是问题",
}
RULE_NAMES: dict[str, str] = {rule.key: rule.name for rule in rules()}
# Rules whose two numbers are not held against each other.
COUNTED = ("rank", "stopped")
# Text on both sides of a sentence that is shown with it.
AROUND = 40

FILE_HEADS: dict[str, str] = {
    "gravity": "轻重", "rule_name": "规则", "town": "乡镇", "indicator": "指标", "period_start": "时段起",
    "period_end": "时段止", "first_is": "数字一是", "first": "数字一", "second_is": "数字二是", "second": "数字二",
    "unit": "单位", "difference": "相差", "difference_unit": "相差单位", "agree": "怎样才一致", "status_word": "处理",
    "note": "理由", "who": "处理人", "when": "处理时间（UTC）", "sentence": "原文一", "other_sentence": "原文二",
    "report_name": "报告一", "other_report_name": "报告二", "id": "记录一", "other_id": "记录二",
}  # fmt: skip


def headline(found: pd.DataFrame) -> str:
    """The page's finding: how many do not agree, and what is left to do by gravity."""
    if found.empty:
        return "没有发现对不上的数字"
    left = found[found["status"] == OPEN]
    if left.empty:
        return f"{len(found)} 处数字对不上，都已处理"
    counts = pd.Series([gravity(weight) for weight in left["weight"]]).value_counts()
    by_gravity = "、".join(f"{word} {counts[word]}" for word in ("重", "中", "轻") if word in counts)
    return f"{len(found)} 处数字对不上，待处理 {len(left)} 处：{by_gravity}"


def listed(found: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """The table of the page; the chosen finding has an arrow."""
    rows: list[Any] = found.to_dict("records")
    return pd.DataFrame(
        {
            "轻重": [f"{'▶ ' if row['key'] == chosen else ''}{gravity(row['weight'])}" for row in rows],
            "对不上的是": [RULE_NAMES[row["rule"]] for row in rows],
            "乡镇": [row["town"] for row in rows],
            "指标": [row["indicator"] for row in rows],
            "时段": [wording.span(row["period_start"], row["period_end"]) for row in rows],
            "数字一": [figure(row["first"], row["unit"]) for row in rows],
            "数字二": [figure(row["second"], row["unit"]) for row in rows],
            "相差": [_apart(row) for row in rows],
            "处理": [STATUS_WORDS[row["status"]] for row in rows],
        },
        dtype=object,
    )


def _apart(row: Mapping[str, Any]) -> str:
    return wording.NONE if row["rule"] in COUNTED else signed(row["difference"], row["difference_unit"])


def figure(number: float, unit: str) -> str:
    """A number of a finding with its unit: 62.4%, 31,100万元, 2042年."""
    digits = f"{number:.0f}" if unit == "年" else wording.plain(number, 4)
    return f"{'第' if unit == '位' else ''}{digits}{unit}"


def signed(number: float, unit: str) -> str:
    """A difference with its sign: +0.2个百分点, −1,300万元."""
    return f"{'−' if number < 0 else '+'}{wording.plain(abs(number), 4)}{unit}"


def compared(row: Mapping[str, Any]) -> str:
    """Both numbers of a finding and how far they are apart, in a line."""
    first, second = figure(row["first"], row["unit"]), figure(row["second"], row["unit"])
    if row["rule"] in COUNTED:
        return f"{row['first_is']} {first}　{row['second_is']} {second}"
    apart = signed(row["difference"], row["difference_unit"])
    return f"{row['first_is']} {first}　≠　{row['second_is']} {second}　相差 {apart}"


def about(row: Mapping[str, Any]) -> str:
    """What was found in a line, for the log."""
    place = f"{row['town']} · {row['indicator']} · {wording.span(row['period_start'], row['period_end'])}"
    return f"{place}：{RULE_NAMES[row['rule']]}，{compared(row)}"


def for_download(found: pd.DataFrame) -> pd.DataFrame:
    """The findings as a file holds them, with Chinese heads."""
    told = found.assign(
        gravity=[gravity(weight) for weight in found["weight"]],
        rule_name=found["rule"].map(RULE_NAMES).astype(object),
        status_word=found["status"].map(STATUS_WORDS).astype(object),
        other_id=found["other_id"].astype("Int64"),
    )
    return told[list(FILE_HEADS)].rename(columns=FILE_HEADS)


def rule_table(found: pd.DataFrame) -> pd.DataFrame:
    """The rules as they are published, with how many findings each has."""
    counts = found["rule"].value_counts()
    return pd.DataFrame(
        [(rule.name, rule.compares, rule.tolerance, rule.agree, int(counts.get(rule.key, 0))) for rule in rules()],
        columns=["规则", "比什么", "容差与不算的", "怎样才一致", "处数"],
    )


def passage(text: str, record: Mapping[str, Any], spans: Sequence[tuple[int, int, str]], words: str) -> str:
    """A record's sentence as HTML with its words marked, and the further words that the finding is about."""
    first, last = marking.sentence_bounds(text, record)
    at = folded(text).find(words, first, last) if words else -1
    further = [(at, at + len(words), "")] if at >= 0 else []
    return f'<div class="evidence">{marking.passage(text, record, [*spans, *further], AROUND)}</div>'
