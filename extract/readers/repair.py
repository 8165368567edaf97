"""Repairs that change a text's length; they happen here, once, before the text is stored.

Offsets of records point into the repaired text. Every repair leaves a Chinese flag, except those that
change nothing a reader sees (``\\r\\n``, the byte order mark, no-break spaces).
"""

from __future__ import annotations

import html
import re
from collections import Counter

from extract.readers.wrapping import mend_lines

CONTROLS_GONE = "控制字符已去"
PINYIN_GONE = "拼音残留已去"
COMMAS_GONE = "重复逗号已去"
ENTITIES_READ = "网页代码已还原"
LINE_CODES_GONE = "行尾杂码已去"
CHROME_GONE = "网页边角已去"

_ODD = re.compile(
    "[^\n\t -~\u00b7-\u00ff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3000-\ud7ff\uf900-\ufdcf\uff01-\uffee]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffc]")

_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň]")
_TONED = re.compile(
    r"(?<=[\u3400-\u9fff])[(（](?=[^()（）]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň]{1,6}[)）]"
)
_TONELESS = re.compile(r"(?<=[\u3400-\u9fff])[(（](?=[a-zü]{0,5}[aeiouü])[a-zü]{1,6}[)）]")
_DOUBLED = re.compile(r"(?:,,+|，，+)|,(?=[,，。、；;])")
_DOUBLED_FULL = re.compile(r"，{2,}")

_ENTITY = re.compile(r"&(?=([A-Za-z\n]{2,9}|#[0-9\n]{2,7}|#x[0-9a-fA-F\n]{2,7});)\1;")
_LINE_CODE = re.compile(r"(?<=[^\sA-Za-z0-9.])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{3,5}$")

_EDITOR = re.compile(r"\s*[\[(（【]?(?:责任编辑|责编|编辑|编审|责任校对)\s*[:：][^。]{0,40}")
_NAVIGATION = re.compile(r"\s*首\s?页\s*[|｜>].*[|｜>].*[|｜>].*")
_BRACKET_LINKS = re.compile(r"\s*(?:[\[【][^\]】\d]{2,8}[\]】]\s*){2,}")
_DASHED_LINKS = re.compile(r"\s*[^\s\d。,，]{2,8}(?:\s+--\s+[^\s\d。,，]{2,8}){3,}\s*")
_FIGURE = re.compile(r"[%％。]|\d\.\d|\d\s*[万亿]|同比|\|.*\d")
MIN_CODES = 3
HEAD_LINES, MAX_NAVIGATION = 10, 300
MIN_TAIL, MAX_TAIL_LINE = 3, 60


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without the damage that files bring along, and a flag for each kind of repair."""
    flags: list[str] = []
    for step in (_clean, _read_entities, _drop_line_codes, mend_lines, _drop_pinyin):
        text, made = step(text)
        flags.extend(made)
    return text, tuple(flags)


def drop_chrome(text: str) -> tuple[str, tuple[str, ...]]:
    """A pasted page without its navigation lines at the head and its link lists after the editor's line.

    Only what is certain: the tail goes where an editor's line (责编:…) is followed by nothing but short
    lines without figures; at the head only lines that are nothing but links.
    """
    lines = text.split("\n")
    head = [line for line in lines[:HEAD_LINES] if not _is_navigation(line)]
    body = lines[HEAD_LINES:]
    end = _tail_start(body)
    if len(head) == min(len(lines), HEAD_LINES) and end == len(body):
        return text, ()
    return "\n".join([*head, *body[:end]]), (CHROME_GONE,)


def _is_navigation(line: str) -> bool:
    return len(line) <= MAX_NAVIGATION and any(
        pattern.fullmatch(line) for pattern in (_NAVIGATION, _BRACKET_LINKS, _DASHED_LINKS)
    )


def _tail_start(lines: list[str]) -> int:
    """Where the link lists after the editor's line begin; the number of lines where there are none."""
    start = len(lines)
    while start and len(lines[start - 1]) <= MAX_TAIL_LINE and not _FIGURE.search(lines[start - 1]):
        start -= 1
    editor = next((index for index in range(start, len(lines)) if _EDITOR.fullmatch(lines[index])), None)
    if editor is None or sum(1 for line in lines[editor + 1 :] if line.strip()) < MIN_TAIL:
        return len(lines)
    return editor + 1


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Line ends as ``\\n``, all spaces plain, nothing invisible."""
    if not _ODD.search(text):
        return text, ()
    text = _LINE_END.sub("\n", text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text, controls = _CONTROLS.subn("", text)
    return text, (CONTROLS_GONE,) if controls else ()


def _read_entities(text: str) -> tuple[str, tuple[str, ...]]:
    """&ldquo; and the like left by a conversion, also where a line end fell into one (it then stands after it)."""
    if "&" not in text:
        return text, ()
    read = _ENTITY.sub(_entity, text)
    return _SPACES.sub(" ", read), (ENTITIES_READ,) if read != text else ()


def _entity(found: re.Match[str]) -> str:
    code = found[0].replace("\n", "")
    sign = html.unescape(code)
    if sign == code:
        return found[0]
    return sign + "\n" * ("\n" in found[0])


def _drop_line_codes(text: str) -> tuple[str, tuple[str, ...]]:
    """A site's marker (F9f, say) that stands at the end of many lines, mostly right after a full stop."""
    lines = text.split("\n")
    found = [
        match for line in lines if _ends_in_code(line) and (match := _LINE_CODE.search(line, max(0, len(line) - 6)))
    ]
    if len(found) < MIN_CODES:
        return text, ()
    code, count = Counter(match[0] for match in found).most_common(1)[0]
    after_stop = sum(1 for match in found if match[0] == code and match.string[match.start() - 1] in "。！？；:：!?;")
    if count < MIN_CODES or after_stop * 3 < count:
        return text, ()
    return "\n".join(_LINE_CODE.sub(lambda match: "" if match[0] == code else match[0], line) for line in lines), (
        LINE_CODES_GONE,
    )


def _ends_in_code(line: str) -> bool:
    last = line[-1:]
    return last.isascii() and last.isalnum()


def _drop_pinyin(text: str) -> tuple[str, tuple[str, ...]]:
    """進(jìn)度 is 進度; pages so converted also double their commas."""
    text, toned = _TONED.subn("", text) if _TONE.search(text) else (text, 0)
    if not toned:
        return (_DOUBLED_FULL.sub("，", text), (COMMAS_GONE,)) if "，，" in text else (text, ())
    if toned > 2:
        text = _TONELESS.sub("", text)
    text, commas = _DOUBLED.subn(lambda found: found[0][0] if len(found[0]) > 1 else "", text)
    return text, (PINYIN_GONE, COMMAS_GONE) if commas else (PINYIN_GONE,)
