"""Why a text is read as it is: words and their kinds, each number's role and rule, records and where they come from.

For people who add wordings: what is printed is Chinese, the names of kinds, roles and templates are those of
data/vocabulary.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from extract import indicators
from extract.find import find
from extract.formats import STATUS_WORDS, counts_words, period_words
from extract.items import REASONS
from extract.models import Document, Evidence, Findings, Missed, Record
from extract.phrases import Token, cues, lex
from extract.survey import RATE_UNITS, WORDED, Number, letters_of, survey
from extract.text import fold, sentences
from extract.vocabulary import KINDS, read_table

KIND_WORDS: dict[str, str] = {
    "do": "完成词",
    "reach": "达到词",
    "be": "系词",
    "share": "占",
    "time": "年度词",
    "goal": "目标词",
    "of": "的",
    "rate_noun": "进度名词",
    "up": "增",
    "down": "降",
    "yoy": "同比词",
    "basis": "口径词",
    "flat": "持平",
    "fold": "翻番",
    "other_base": "其他对比",
    "ratio": "比重词",
    "quality_rate": "质量率",
    "pace": "序时词",
    "beyond": "超出词",
    "above": "高低于",
    "hedge": "约数词",
    "filler": "虚词",
    "each": "分别",
    "both": "均",
    "part": "其中",
    "expected": "预计词",
    "planned": "计划词",
    "planned_total": "项目规模词",
    "whole": "总量词",
    "last_year": "上年数",
    "scope": "范围词",
    "protected": "名称用词",
}
"""Kinds of words.csv in a Chinese word each."""

_OWN_LETTERS = {"x": "原文", "p": "时段", "n": "数", "o": "与某年比", "r": "名次", "e": "year_end 与上年末比"}

ROLE_WORDS: dict[str, str] = {
    **REASONS,
    "value": "数值",
    "completion": "完成率",
    "project": "工程进度",
    "over": "超额完成",
    "yoy": "同比",
    "yoy_right": "同比",
    "yoy_level": "相当于上年的",
    "growth_target": "比目标增长",
    "target": "目标值",
    "planned_total": "项目规模、总投资一类",
    "": "未看懂",
}
"""Roles of cues.csv in Chinese."""

EVIDENCE_WORDS = {"value": "数值", "completion": "完成率", "yoy": "同比", "target": "目标", "indicator": "指标"}
BASIS_WORDS = {
    "annual": "年度目标",
    "half": "半年目标",
    "quarter": "季度目标",
    "plan": "计划",
    "budget": "预算",
    "project": "工程量",
    "multi-year": "多年目标",
    "other": "其他",
}
NO_FIGURES = "这段文字里没有数。\n"


def explain(text: str) -> str:
    """How every sentence with figures is read, in Chinese; never raises on any text.

    Told of each sentence: its words with their kinds, each number with its role and the template of cues.csv that
    gave it, the records with the words behind each part, what gave no record and why. At the end stands a corpus
    line, to be corrected and added to tests/corpus.
    """
    findings = find(Document(name="", text=text))
    folded = fold(text)
    blocks = []
    for start, end in sentences(folded):
        tokens = lex(folded, start, end)
        if any(token.letter == "n" for token in tokens) or _within(findings, start, end):
            blocks.append("".join(_sentence(folded, tokens, findings, start, end)))
    if not blocks:
        return NO_FIGURES
    return "\n".join([*blocks, _closing(findings)])


def _within(findings: Findings, start: int, end: int) -> bool:
    """Whether something was found in a sentence whose words show no number, as in a table."""
    places = [found.start for found in findings.records] + [missed.start for missed in findings.missed]
    return any(start <= place < end for place in places)


def _sentence(folded: str, tokens: list[Token], findings: Findings, start: int, end: int) -> Iterator[str]:
    text = findings.document.text
    yield f"句子　{text[start:end].strip()}\n"
    if tokens:
        yield f"用词　{' '.join(_word(token, text) for token in tokens)}\n"
    for number in survey(tokens, letters_of(tokens), folded):
        yield f"数　　{_number(number, tokens, folded)}\n"
    records = [record for record in findings.records if start <= _figures(record)[0].start < end]
    for position, record in enumerate(records, start=1):
        yield f"记录{position}\n" + "".join(f"  {label}　{words}\n" for label, words in _record(record, text))
    for missed in findings.missed:
        if start <= missed.start < end:
            yield f"{_missed(missed)}\n"


def _figures(record: Record) -> list[Evidence]:
    """Where a record's numbers stand; where its words stand if it has none."""
    return [e for e in record.evidence if e.role in ("value", "completion", "yoy", "target")] or list(record.evidence)


def _word(token: Token, text: str) -> str:
    word = text[token.start : token.end].strip()
    kind = _kind(token.letter)
    return f"{word}〔{kind}〕" if kind else word


@cache
def _kinds() -> dict[str, str]:
    named = {letter: f"{kind} {KIND_WORDS[kind]}" for kind, letter in KINDS.items() if letter}
    return named | _OWN_LETTERS


def _kind(letter: str) -> str:
    return _kinds().get(letter, "")


# -- numbers --------------------------------------------------------------------------------------


def _number(number: Number, tokens: list[Token], folded: str) -> str:
    printed = folded[number.token.start : number.token.end].strip()
    role = f"{number.role or '?'} {ROLE_WORDS.get(number.role, number.role)}"
    return f"{printed} → {role}　{_rule(number, tokens, folded)}"


def _rule(number: Number, tokens: list[Token], folded: str) -> str:
    """What gave the number its role: a template and its words, or the rule in words."""
    template = _template(number, tokens)
    if template is None:
        return f"规则：{_rule_words(number)}"
    words = folded[tokens[number.cue].start : number.token.start].strip() if number.cue < number.index else ""
    return f"模板：{template}" + (f"　依据“{words}”" if words else "")


def _template(number: Number, tokens: list[Token]) -> str | None:
    """The line of cues.csv that gives the role from the words between the number's cue and the number."""
    if number.listed or number.kind in WORDED:
        return None
    letters = letters_of(tokens[number.piece : number.index]).rstrip("(")
    wanted = "rate" if number.kind in RATE_UNITS else "amount"
    for cue in cues():
        if cue.number == wanted and cue.pattern.search(letters):
            return f"{cue.number},{cue.role},{cue.template}" if cue.role == number.role else None
    return None


def _rule_words(number: Number) -> str:
    rules = (
        (number.listed, "并列，同前一个数"),
        (number.kind in WORDED, "以词代数，看前面有无同比词"),
        (number.kind == "points", "单位是百分点"),
        (bool(number.place), f"数前的地名“{number.place}”，随前文"),
        (number.role == "yoy_right", "看数后面的词"),
        (not number.role, "没有模板相符"),
    )
    return next((words for holds, words in rules if holds), "看整句和前一个数")


# -- records --------------------------------------------------------------------------------------


def _record(record: Record, text: str) -> Iterator[tuple[str, str]]:
    yield "指标", f"{record.indicator}{_from(record, 'indicator', text)}　{_filing(record)}"
    if record.value is not None:
        yield "数值", f"{record.value}{record.unit or ''}{_from(record, 'value', text)}"
    if record.completion is not None:
        basis = f"　口径 {record.basis} {BASIS_WORDS.get(record.basis or '', '')}" if record.basis else ""
        yield "完成率", f"{record.completion}%{_from(record, 'completion', text)}{basis}"
    if record.target is not None:
        yield "目标", f"{record.target}{record.target_unit or ''}{_from(record, 'target', text)}　{record.target_from}"
    if record.yoy is not None:
        yield "同比", f"{record.yoy}%{_from(record, 'yoy', text)}"
    yield "乡镇", record.town or "未知"
    yield "时段", period_words(record.period_start, record.period_end) or "未知"
    yield "性质", f"{record.status} {STATUS_WORDS.get(record.status, '')}"
    if record.flags:
        yield "提示", "、".join(record.flags)


def _from(record: Record, role: str, text: str) -> str:
    places = [e for e in record.evidence if e.role == role]
    return "".join(f" ←“{text[e.start : e.end].strip()}”({e.start}–{e.end})" for e in places)


@cache
def _aliases() -> dict[str, str]:
    """Key of an alias -> the alias as aliases.csv has it."""
    return {indicators.key_of(alias): alias for alias, _ in read_table("aliases.csv", ("alias", "indicator"))}


def _filing(record: Record) -> str:
    """Under which name a record was filed, and what led there."""
    if record.indicator not in indicators.taxonomy():
        return "指标表中没有，按原文"
    key = indicators.key_of(record.indicator_text)
    if key == indicators.key_of(record.indicator):
        return "标准名称"
    alias = _aliases().get(key)
    if alias is not None and indicators.resolve(alias) == record.indicator:
        return f"标准名称，别名“{alias}”"
    return f"标准名称，由“{record.indicator_text}”去掉词尾或补上前文"


def _missed(missed: Missed) -> str:
    return f"{'不列入' if missed.understood else '未看懂'}　{missed.text.strip()}　{missed.reason}"


# -- the end --------------------------------------------------------------------------------------


def _closing(findings: Findings) -> str:
    lines = [
        f"全文　{counts_words(findings.coverage)}",
        f"乡镇　{findings.town or '未知'}"
        + (f"（也可能是{'、'.join(findings.town_candidates)}）" if findings.town_candidates else ""),
        f"语料　{corpus_line(findings)}",
    ]
    if findings.flags:
        lines.insert(2, f"提示　{'、'.join(findings.flags)}")
    return "\n".join(lines) + "\n"


def corpus_line(findings: Findings) -> str:
    """A line for tests/corpus that wants just what came out; correct it where it is wrong."""
    want = [_wanted(record) for record in findings.records]
    return json.dumps({"text": findings.document.text, "want": want}, ensure_ascii=False)


def _wanted(record: Record) -> dict[str, Any]:
    printed = record.to_dict()
    wanted: dict[str, Any] = {"indicator": record.indicator}
    if record.indicator_text != record.indicator:
        wanted["also"] = [record.indicator_text]
    for key in ("value", "unit", "completion", "basis"):
        wanted[key] = printed[key]
    if record.target_from == "stated":
        wanted |= {"target": printed["target"], "target_unit": printed["target_unit"]}
    wanted |= {"yoy": printed["yoy"], "town": record.town}
    if record.period_start:
        wanted["period"] = f"{record.period_start}/{record.period_end}"
    if record.status != "actual":
        wanted["status"] = record.status
    return {key: value for key, value in wanted.items() if value is not None}
