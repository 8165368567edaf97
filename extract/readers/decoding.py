"""Bytes to characters: which encoding a Chinese text is in, and what was wrong with it.

The order of trust: byte order mark, strict UTF-8, then whichever of GB18030, Big5 and UTF-16 gives
the largest share of characters that Chinese reports are full of (的, 年, 完成, 增长, ...). Real text has
more than a third of them, a wrong reading next to none. A wrong, mixed or damaged encoding is told
in ``Decoded.flags``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

from extract.models import ReportError

BROKEN_END = "末尾残字已去"
MIXED = "混合编码"
DAMAGED = "含无法识别的字符"
DOUBTFUL = "编码存疑"
MISDECLARED = "编码声明不符"
RESTORED = "乱码已还原"

NOT_TEXT = (
    "这个文件不是文字报告：按任何中文编码都读不出文字。请确认文件没有损坏，或另存为 Word（.docx）、网页或文本后再上传。"
)

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
FAMILIES: dict[str, str] = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "cp950",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
CANDIDATES = ("gb18030", "cp950", "utf-16-le", "utf-16-be")
RARE_ENCODINGS = ["big5hkscs", "euc_jis_2004", "hz", "johab", "utf_16_le", "utf_16_be"]
# Reading text twice wrongly: stored as the second, was read as the first.
MISREADINGS = (
    ("gb18030", "utf-8"),
    ("cp950", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "gb18030"),
)

COMMON = (
    "的一是不了在人有我他这中大来上个国和地到以说时要就出会可也年生能下过子作用于对工行业经济发展建设"
    "全县市区镇乡村街道政府党委项目投资完成实现同比增长下降收入支出财政预算计划任务目标万亿元产值规模"
    "加企家新开公农民服务管理安会社生本月半季度累达占为高主动力推进重点提升强化环境治教育卫障基础设施"
    "其分别总计百平方米户均保平招商引资外内固定消费品零售税务部门情况报告今日关"
    "這來個國時會對業經濟發展設縣區鎮鄉黨項資實現長計劃務標萬億產值規開農環產總財預達占為進點強護"
    "，。、：；（）“”"
)
_COMMON = re.compile(f"[{''.join(sorted(set(COMMON)))}]")
_LETTER = re.compile("[\u3400-\u9fff，。、：；（）“”\uac00-\ud7af\u3040-\u30ff]")
_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u0370-\u1fff\ue000-\uf8ff\ufff0-\uffff\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HIGH_LATIN = re.compile("[\u0080-\u00ff]")
_UTF8_CHARACTERS = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3}")

# GB2312's first level: the 3,755 most used characters.
FIRST_LEVEL = frozenset(
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)

READABLE = 0.12  # smallest share of common characters that passes for Chinese
CLEARLY_READABLE = 0.22
SAMPLE = 400  # characters looked at in each of three places


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in and Chinese flags for whatever was wrong with it."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of ``content``; ``declared`` is the encoding that the file itself names (an HTML meta).

    Raises ReportError where no encoding gives text.
    """
    marked = _by_mark(content)
    if marked is not None:
        return marked
    wide = _wide_by_zeros(content)
    if wide is not None:
        return wide
    hint = FAMILIES.get((declared or "").strip().lower())
    found = _strict_utf8(content) or _mixed(content) or _best_candidate(content, hint) or _with_losses(content)
    found = found or _rare(content) or _plausible(content)
    if found is None:
        raise ReportError(NOT_TEXT)
    if hint and hint != found.encoding and not content.isascii():
        return Decoded(found.text, found.encoding, (*found.flags, MISDECLARED))
    return found


def readability(text: str) -> float:
    """Share of everyday report characters among all Chinese ones, odd characters counted against; 0 to about 0.7.

    A text with no Chinese at all gets 0.25: nothing speaks against it.
    """
    sample = _sample(text)
    common = len(_COMMON.findall(sample))
    letters = len(_LETTER.findall(sample))
    bad = len(_BAD.findall(sample))
    return (common + 2) / (letters + bad + 8)


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return text[:SAMPLE] + text[middle : middle + SAMPLE] + text[-SAMPLE:]


def _tolerant(content: bytes, encoding: str) -> Decoded | None:
    """Strictly decoded, but for one broken last character."""
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.start < len(content) - 4 or error.start == 0:
            return None
        whole = content[: error.start]
    return Decoded(whole.decode(encoding), encoding, (BROKEN_END,))


def _by_mark(content: bytes) -> Decoded | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            found = _tolerant(content[len(mark) :], encoding)
            return found if found and readability(found.text) >= READABLE else None
    return None


def _wide_by_zeros(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: digits and line ends put zero bytes on one side only."""
    head = content[:20000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 200) or min(even, odd) * 5 > max(even, odd):
        return None
    found = _tolerant(content, "utf-16-le" if odd > even else "utf-16-be")
    if found is None or readability(found.text) < READABLE:
        return None
    return found


def _strict_utf8(content: bytes) -> Decoded | None:
    found = _tolerant(content, "utf-8")
    if found is None:
        return None
    if BROKEN_END in found.flags and readability(found.text) < READABLE:
        return None
    sample = _sample(found.text)
    if len(_CONTROL.findall(sample)) * 10 > len(sample):
        return None
    return _restored(found)


def _restored(found: Decoded) -> Decoded:
    """Text that was read wrongly before it was stored (浣犲ソ for 你好) read back, or flagged."""
    sample = _sample(found.text)
    latin = len(_HIGH_LATIN.findall(sample))
    if "锟斤拷" in sample or "\ufffd" in found.text:
        return Decoded(found.text, found.encoding, (*found.flags, DAMAGED))
    if readability(sample) >= READABLE and latin * 5 <= len(sample):
        return found
    for wrong, right in MISREADINGS:
        text = _reread(found.text, wrong, right)
        if text is not None and readability(text) >= CLEARLY_READABLE:
            return Decoded(text, found.encoding, (*found.flags, RESTORED))
    return Decoded(found.text, found.encoding, (*found.flags, DOUBTFUL))


def _reread(text: str, wrong: str, right: str) -> str | None:
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None


def _best_candidate(content: bytes, hint: str | None) -> Decoded | None:
    """The reading with the most everyday characters; on a near tie the declared one, then GB18030."""
    order = sorted(CANDIDATES, key=lambda name: name != hint)
    readings = [found for name in order if (found := _tolerant(content, name)) is not None]
    scored = [(_evidence(found) - 0.02 * rank, found) for rank, found in enumerate(readings)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= READABLE else None


def _evidence(found: Decoded) -> float:
    """Readability; of UTF-16, which fits any even number of bytes, only what everyday characters prove."""
    sample = _sample(found.text)
    if not found.encoding.startswith("utf-16"):
        return readability(sample)
    return len(_COMMON.findall(sample)) / (len(sample) + 1)


def _mixed(content: bytes) -> Decoded | None:
    """Lines of UTF-8 among lines of GB18030, as pasting by programs makes them; each line read for itself."""
    if not _UTF8_CHARACTERS.search(content):
        return None
    lines = content.split(b"\n")
    readings = [_line(line) for line in lines]
    wide = sum(
        1 for line, (_, name) in zip(lines, readings, strict=True) if name == "utf-8" and _UTF8_CHARACTERS.search(line)
    )
    if not wide:
        return None
    text = "\n".join(reading for reading, _ in readings)
    lost = text.count("\ufffd")
    if lost * 20 > len(text) or readability(text) < CLEARLY_READABLE:
        return None
    others = any(name == "gb18030" for _, name in readings)
    return Decoded(text, "utf-8", _chosen((MIXED, others), (DAMAGED, lost > 0)))


def _line(line: bytes) -> tuple[str, str]:
    for name in ("utf-8", "gb18030"):
        text = _reread_bytes(line, name)
        if text is not None and (name == "utf-8" or readability(text) >= READABLE):
            return text, name
    return line.decode("utf-8", "replace"), "damaged"


def _reread_bytes(line: bytes, name: str) -> str | None:
    try:
        return line.decode(name)
    except UnicodeDecodeError:
        return None


def _chosen(*pairs: tuple[str, bool]) -> tuple[str, ...]:
    return tuple(flag for flag, holds in pairs if holds)


def _with_losses(content: bytes) -> Decoded | None:
    """A few bytes broken in the middle: the rest is read, the broken ones stay visible as U+FFFD."""
    return _first_readable((content.decode(name, "replace"), name) for name in ("utf-8", "gb18030", "cp950"))


def _first_readable(readings: Iterable[tuple[str, str]]) -> Decoded | None:
    for text, name in readings:
        if text.count("\ufffd") * 20 <= len(text) and readability(text) >= CLEARLY_READABLE:
            return Decoded(text, name, (DAMAGED,))
    return None


def _rare(content: bytes) -> Decoded | None:
    """What charset-normalizer makes of it, believed only where the result reads as Chinese."""
    guess = from_bytes(content[:40000], cp_isolation=RARE_ENCODINGS, preemptive_behaviour=False).best()
    if guess is None:
        return None
    found = _tolerant(content, guess.encoding)
    if found is None or readability(found.text) < CLEARLY_READABLE:
        return None
    return Decoded(found.text, found.encoding, (*found.flags, DOUBTFUL))


def _plausible(content: bytes) -> Decoded | None:
    """Few or unusual characters (a list of names): GB18030 where nearly all are in its first 3,755; flagged."""
    found = _tolerant(content, "gb18030")
    if found is None or _BAD.search(found.text):
        return None
    hanzi = [character for character in _sample(found.text) if character > "\u2fff"]
    usual = sum(1 for character in hanzi if character in FIRST_LEVEL)
    if usual * 5 < len(hanzi) * 4:
        return None
    return Decoded(found.text, found.encoding, tuple(dict.fromkeys((*found.flags, DOUBTFUL))))
