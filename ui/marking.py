"""A report's text as HTML with the words of a record marked. Every piece of text is escaped; no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

ROLE_WORDS = {
    "indicator": "指标",
    "value": "数值",
    "completion": "完成率",
    "target": "目标",
    "yoy": "同比",
    "period": "时段",
}

CONTEXT = 160


def marked(text: str, spans: Iterable[tuple[int, int, str]], start: int = 0, end: int | None = None) -> str:
    """HTML of ``text[start:end]`` with every span (start, end, role) in ``<mark>``.

    Spans are cut to the stretch and to each other, so that marks never cross; offsets outside the text are harmless.
    """
    stop = len(text) if end is None else min(end, len(text))
    pieces: list[str] = []
    at = max(0, start)
    for first, last, role in sorted(spans):
        first, last = max(first, at), min(last, stop)
        if first >= last:
            continue
        pieces.append(escape(text[at:first]))
        title = ROLE_WORDS.get(role, "原文")
        pieces.append(f'<mark title="{escape(title)}">{escape(text[first:last])}</mark>')
        at = last
    pieces.append(escape(text[at:stop]))
    return "".join(pieces).replace("\n", "<br>")


def passage(
    text: str, record: Mapping[str, object], evidence: Iterable[tuple[int, int, str]], context: int = CONTEXT
) -> str:
    """The sentence of a record with its words marked, and the text before and after it, as HTML.

    Where no evidence is kept, the record's own stretch is marked.
    """
    first, last = sentence_bounds(text, record)
    spans = list(evidence) or [(_offset(record, "start"), _offset(record, "end"), "")]
    before, after = max(0, first - context), min(len(text), last + context)
    lead = ("…" if before else "") + marked(text, spans, before, first)
    tail = marked(text, spans, last, after) + ("…" if after < len(text) else "")
    middle = marked(text, spans, first, last)
    return f'<span class="around">{lead}</span><span class="sentence">{middle}</span><span class="around">{tail}</span>'


def sentence_bounds(text: str, record: Mapping[str, object]) -> tuple[int, int]:
    """Where the record's sentence stands in the text; the record's own stretch where it cannot be found."""
    start, end = _offset(record, "start"), _offset(record, "end")
    sentence = str(record.get("sentence") or "").strip()
    if not sentence:
        return start, end
    found = text.rfind(sentence, max(0, end - len(sentence) - CONTEXT), start + len(sentence))
    if found < 0 or found + len(sentence) < end:
        return start, end
    return found, found + len(sentence)


def _offset(record: Mapping[str, object], key: str) -> int:
    value = record.get(key)
    return int(value) if isinstance(value, int | float) and value == value else 0
