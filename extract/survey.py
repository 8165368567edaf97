"""The numbers of a sentence: what each is (completion, yoy, value, share …), told by the words around it,
and the stretches of text beside them that may be names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from extract import indicators, places
from extract.models import Quantity
from extract.phrases import Token, role_of, unit_kind

RATE_UNITS: Final = frozenset({"rate", "times", "tenths", "bare"})
HARD: Final = frozenset(",;:()、|/《》")
SOFT: Final = frozenset("xwTGKWRQDktq“”\"'")


class Number:
    """A number of the sentence with what is known of it before linking."""

    def __init__(self, index: int, token: Token, kind: str, piece: int, left: int) -> None:
        self.index, self.token, self.kind = index, token, kind
        self.quantity: Quantity = token.payload
        self.piece, self.left = piece, left
        self.cue = self.bracket = 0
        self.role = self.sign = self.place = ""
        self.basis: str | None = None
        self.listed = self.dealt = False


class Sentence(NamedTuple):
    """A sentence as its numbers are looked at: its tokens and their letters, the text, the numbers so far."""

    tokens: list[Token]
    letters: str
    folded: str
    before: list[Number]


def letters_of(tokens: list[Token]) -> str:
    """The letters of tokens in a row, as patterns are matched against."""
    return "".join([token.letter for token in tokens])


def survey(tokens: list[Token], letters: str, folded: str) -> list[Number]:
    """The numbers of a sentence with their roles, told by the words before and after each."""
    numbers: list[Number] = []
    sentence = Sentence(tokens, letters, folded, numbers)
    left = piece = 0
    for index, letter in enumerate(letters):
        if letter in HARD:
            piece = index + 1
        if letter != "n":
            continue
        token = tokens[index]
        number = Number(index, token, unit_kind(token.payload.unit), piece, left)
        _assign_role(number, sentence)
        if not number.listed:
            number.dealt = letters.find("E", left, index) >= 0
            up, down = letters.rfind("U", left, index), letters.rfind("N", left, index)
            number.sign = "" if up == down else "U" if up > down else "N"
        numbers.append(number)
        left = piece = index + 1
    return numbers


_RIGHT_YOY: Final = re.compile(
    r"[的]?(?:同比)?(?:速度|幅度|增速|增幅|高速|较快|快速|强劲|高位|高|正)?(?:增长|递增|增速|增幅|增加|提升)(?![到至为])"
)
RIGHT_DOWN: Final = re.compile(r"的?(?:速度|幅度)?(?:下降|降幅|减幅|下滑|负增长)(?![到至为])")
_RIGHT_DONE: Final = re.compile(
    r"(?:以上|左右)?的?(?:全年|年度|年初|半年)?(?:目标|任务|计划|预算|工程量|总工程量|工作量|年度任务)"
)
_RIGHT_POINTS: Final = re.compile(r"[ ]?个?百分点")
_POINTS_AHEAD: Final = re.compile(r"(?:[、和]\d+(?:\.\d+)?){1,20}个?百分点")
_LIST_GAP: Final = re.compile(r"^(?:[、,/]|[和与及]|以及|[、,]?(?:和|与|及))+$")


def _assign_role(number: Number, sentence: Sentence) -> None:
    tokens, letters, folded, before = sentence
    gap = folded[tokens[number.left].start : number.token.start].strip() if number.left < number.index else ""
    if before and _continues(number, before[-1], letters, gap, len(before) > 1 and before[-2].listed):
        _continue(number, before[-1], letters)
        return
    if number.kind == "points" or (number.kind == "bare" and _POINTS_AHEAD.match(folded, number.token.end)):
        number.role, number.cue = "points", number.index
        return
    if number.kind in WORDED:
        _assign_worded(number, letters)
        listed = any(each.role == "yoy" for each in before[-6:]) and before[-1].role == "value"
        if number.role == "unsaid" and listed and number.piece == number.index:
            number.role = "yoy"
        if number.role == "yoy" and _EXACTLY.match(folded, number.token.end):
            number.role = "rounded"
        return
    piece = number.piece
    if piece and piece == number.index and tokens[piece - 1].letter == "(":
        piece = _piece_before(letters, piece - 1, number.left)
    elif piece and tokens[piece - 1].letter == ")" and _only_links(letters[piece : number.index]):
        opening = letters.rfind("(", number.left, piece - 1)
        if opening >= 0:
            piece, number.bracket = _piece_before(letters, opening, number.left), opening
    if letters[piece - 2 : piece] in ("U:", "N:", "G:", "K:") and piece == number.index and piece - 2 >= number.left:
        piece = _piece_before(letters, piece - 1, number.left)
    pattern = letters[piece : number.index]
    pattern = (_BRACKET.sub("", pattern, count=1) if "(" in pattern else pattern).rstrip("(:")
    if number.bracket and pattern.endswith("x") and folded.startswith("的(", tokens[number.bracket].start - 1):
        pattern = pattern[:-1] + "D"
    rate = number.kind in RATE_UNITS
    role, offset = role_of("rate" if rate else "amount", pattern)
    number.cue, number.piece = min(piece + offset, number.index), piece
    if rate:
        role = _refine(role, number, pattern, gap, sentence)
    elif role in ("value", "other") and _GOAL_OF.search(pattern) and folded.startswith("的", number.token.end):
        role, number.cue = "target", piece + max(pattern.rfind("G"), pattern.rfind("T"))
    elif role == "value" and _aimed_at(number, tokens, pattern, folded):
        role = "target"
    number.role = role
    if role == "completion" and before and before[-1].role == "target" and gap in _OF_TARGET:
        number.basis = before[-1].basis
    elif role in ("completion", "target", "over"):
        number.basis = _basis(
            folded[tokens[number.cue].start : number.token.start] if number.cue < number.index else gap
        )


def _refine(role: str, number: Number, pattern: str, gap: str, sentence: Sentence) -> str:
    """What a rate is when more than its own clause is looked at."""
    letters, folded, before = sentence.letters, sentence.folded, sentence.before
    start, end = number.token.start, number.token.end
    last = before[-1].role if before else ""
    if role not in ("pace", "difference", "other_base", "share_change"):
        role = _role_from_right(role, folded[end : end + 12])
    if not role and _PROGRESS.search(folded, max(start - 6, 0), start):
        return "completion"
    if not role and before and _is_of_target(number, gap, sentence):
        before[-1].role = "target"
        return "completion"
    if not role and folded[start] in "+-" and ((last == "value" and gap in ("", ",")) or _NAMED_SIGN.search(pattern)):
        return "yoy"
    if not role and last == "yoy" and pattern and not pattern.strip("xw") and folded[before[-1].token.start] in "+-":
        return "yoy"
    if "分别" in folded[end : end + 6] and _ALL_OVER.search(folded, max(start - 6, 0), start):
        return "condition"
    if not role and "E" in pattern:
        wider = letters[number.left : number.index]
        return "yoy" if re.search("[UNC]", wider) else "completion" if re.search("[GK]", wider) else ""
    if not role and pattern[-1:] in ("x", "Z", "B", "w") and (place := _place_before(number, folded)):
        number.place = place
        return _role_at_place(number, pattern.rstrip("BxwZ"), letters)
    for last_words, before_it, reach, behind_it, becomes in _TOLD_BESIDE.get(role, ()):
        if (
            folded.endswith(last_words, 0, start)
            and before_it.search(folded, max(start - reach, 0), start)
            and behind_it.match(folded, end)
        ):
            return becomes
    counted = bool(before) and before[-1].kind == "count" and _HOW_MANY.fullmatch(gap)
    bounded = bool(number.quantity.hedge) or "H" in letters[number.cue : number.index]
    if _SO_MANY.match(folded, end):
        return "condition"
    if (counted and bounded) or (number.quantity.hedge in _BOUNDS and _WHOSE.match(folded, end)):
        return "condition"
    if role == "completion" and letters[number.piece - 1 : number.piece] == "(" and _GOAL_ALONE.fullmatch(pattern):
        return "goal_rate"
    return _change_of_other(number, pattern, sentence) if role == "yoy" else role


def _is_of_target(number: Number, gap: str, sentence: Sentence) -> bool:
    """Whether a rate right behind an amount says how much of it is done: 占年度任务75亿元的23.7%."""
    last = sentence.before[-1].role
    if last in ("target", "planned_total"):
        return gap in _OF_TARGET
    letters = sentence.letters[max(number.index - 20, 0) : number.index]
    return last == "value" and gap == ")的" and bool(_SHARE_GOAL.search(letters))


def _role_at_place(number: Number, pattern: str, letters: str) -> str:
    """What a rate behind a place is, by the words before the place, or by the last cue before them."""
    role, offset = role_of("rate", pattern)
    if role:
        number.cue = number.piece + offset
        return role
    cues = re.findall("[KUNCGe]", letters[max(number.index - 80, 0) : number.index])
    return {"K": "completion", "G": "completion"}.get(cues[-1], "yoy") if cues else ""


def _change_of_other(number: Number, pattern: str, sentence: Sentence) -> str:
    """Whether a change is year on year, or of a share, on another base, against the year's end, or told of then."""
    tokens, letters, folded, before = sentence
    wider = letters[number.left : number.index]
    last = before[-1] if before else None
    increased = last is not None and last.role == "increment" and "X" in letters[last.left : last.index]
    if increased and "C" not in wider and folded.startswith(",同比", number.token.end):
        return "other_base"
    if _told_of_then(number, tokens, letters, folded):
        return "former"
    share = before[-1] if before and before[-1].role in ("share", "quality") else None
    if share is not None and not re.search("[xw]", wider) and not _of_whole(share, letters, folded):
        return "share_change"
    if "X" in wider and "C" not in pattern:
        return "other_base"
    return "year_end" if "e" in wider else "yoy"


def _place_before(number: Number, folded: str) -> str:
    """The place right before a rate: 完成率柳溪镇62.3%; empty where there is none."""
    start = number.token.start
    begin = start - 1 if folded[start - 1 : start] == "(" else start
    low = begin
    while low > 0 and begin - low < 14 and folded[low - 1] not in ",;:()、。|\n%":
        low -= 1
    text = folded[low:begin]
    for name_start, name_end, _ in places.find_places(text):
        if name_end == len(text) or text[name_end:] in ("为", "达", "是"):
            return text[name_start:name_end]
    return text if places.looks_like_place(text) else ""


def _told_of_then(number: Number, tokens: list[Token], letters: str, folded: str) -> bool:
    """Whether a bracket only recalls an earlier rate: (去年同期为增长18.6%), (1-5月为下降1.1%)."""
    opened = number.piece > 0 and letters[number.piece - 1] == "("
    return opened and bool(_THEN.match(folded, tokens[number.piece].start, number.token.start))


_THEN: Final = re.compile(
    r"(?:[去上]年|今年|\d{1,2}月|\d{1,2}-\d{1,2}月|[上下]半年|前?.季度)"
    r"[^,。;()]{0,6}为(?:同比)?[增下减上][长降少升]"
)
_LEVEL: Final = re.compile(r"(?:为|是|相当于)(?:去年|上年)(?:同期|同月)?的$")
_CHANGED_FROM: Final = re.compile(r"[由从](?:去年|上年|上一年|前一年)(?:同期|同月)?的?[^,;。]{0,6}$")
_AIMED: Final = re.compile(r"(?:目标|预期)(?:为|是|增速为)增长$")
_NAMED_SIGN: Final = re.compile(r"^[^QRK]*[xw]$")
_IS_GOAL: Final = re.compile(r"的?(?:目标任务|目标|任务|计划)数?(?:的\d|以内|之内|范围)")
_ALL_OVER: Final = re.compile(r"[均都皆](?:已)?(?:超过|超|高于|低于|不足|在|达到?)$")
_STILL_OFF: Final = re.compile(r"[离距](?:[^,。]{0,5}|[^,。]{0,8}目标\()$")
_HOW_MANY: Final = re.compile(
    r"(?:企业|乡镇|街道|县区|项目|行业|单位)[^,;。]{0,4}?(?:增幅|增速|增长|完成率|进度)(?:在|不足|低于|超过|高于|达到)?"
)
_PROGRESS: Final = re.compile(r"[,;:]进度(?:为|达|达到)?$")
_SO_MANY: Final = re.compile(r"(?:以上|以下)?的(?:有|为|达)?\d+[个家户项]")
_GOAL_ALONE: Final = re.compile(r"[pT]?G+[Bx]?")
_FORMER: Final = re.compile(r"(?:扭|由降)?转(?:为|正|负)")
_ANY: Final = re.compile("")
_TOLD_BESIDE: Final[dict[str, tuple[tuple[str, re.Pattern[str], int, re.Pattern[str], str], ...]]] = {
    "completion": (("", _ANY, 0, _IS_GOAL, "goal_rate"), ("", _STILL_OFF, 14, _ANY, "goal_rate")),
    "yoy": (
        ("增长", _AIMED, 8, _ANY, "growth_target"),
        ("的", _LEVEL, 12, _ANY, "yoy_level"),
        ("", _ANY, 0, _FORMER, "former"),
    ),
    "yoy_level": (("", _CHANGED_FROM, 12, _ANY, "former"),),
}
"""What a role becomes by the words right before the number, so many characters back, and right behind it; first the
words that those before it end in."""
_BOUNDS: Final = frozenset({"以上", "以下", "以内"})
_WHOSE: Final = re.compile(r"的?(?:乡镇|[镇乡县村]|街道|单位|企业|部门|地区)")


def _of_whole(share: Number, letters: str, folded: str) -> bool:
    """Whether a share only interrupts what is told of a thing: 轻工业产值占比23.9%,同比增长0.8%."""
    if "S" in letters[share.piece : share.index]:
        return True
    return "占比" in folded[max(share.token.start - 12, 0) : share.token.start]


WORDED: Final = frozenset({"flat", "fold"})


def _slot(number: Number) -> bool:
    return number.kind in RATE_UNITS or number.kind in WORDED


def _continues(number: Number, last: Number, letters: str, gap: str, after_list: bool) -> bool:
    """Whether a number goes on with the list that the last one stands in: 80%和85%; 增长2.1%、持平和下降1.6%."""
    if not last.role or _slot(number) != _slot(last):
        return False
    if _LIST_GAP.match(gap):
        return gap != "," or number.kind == last.kind
    if (
        not (last.dealt or after_list)
        or not _LIST_CHANGE.match(gap)
        or re.search("[Xok]", letters[number.left : number.index])
    ):
        return False
    return last.role.startswith("yoy") and bool(
        re.search("[UN]", letters[number.left : number.index]) or number.kind in WORDED
    )


_LIST_CHANGE: Final = re.compile(r"(?:[、,]|和|与|及|以及)+(?:同比|分别)?[^,、;:()\d]{0,4}$")


def _continue(number: Number, last: Number, letters: str) -> None:
    number.role, number.listed, number.basis, number.dealt = last.role, True, last.basis, last.dealt
    number.cue = number.index
    own = re.search("[UN]", letters[number.left : number.index])
    number.sign = own.group() if own else last.sign


_EXACTLY: Final = re.compile(r"\((?:同比)?(?:微?增长?|微?[下略]?降|[+-])[\d.]+%\)|[略微稍]有?[增降升]长?[\d.]+%")


def _assign_worded(number: Number, letters: str) -> None:
    wider = letters[number.piece : number.index]
    if "P" in wider or "J" in wider:
        number.role = "pace"
    elif "o" in wider or "X" in wider:
        number.role = "other_base"
    elif number.kind == "fold" or re.search("[CUNYA]", wider):
        number.role = "yoy"
    else:
        number.role = "unsaid"
    found = re.search("[CYUN]", wider)
    number.cue = number.piece + found.start() if found else number.index


_SHARE_GOAL: Final = re.compile(r"[SBV][^,;n]*G[^,;n]*[(]n[)]D?$")
_BRACKET: Final = re.compile(r"[(][^()]*[)](?=[VvBWTDHEbCUN]*$)")


def _only_links(letters: str) -> bool:
    """Whether nothing between a bracket and the number names anything: 收入(不含储蓄)累计完成7.6亿元."""
    return not letters.strip("VvBWTDHEb")


def _aimed_at(number: Number, tokens: list[Token], pattern: str, folded: str) -> bool:
    """Whether an amount is what is planned, with its name before it: 计划完成固定资产投资3亿元."""
    goal = tokens[number.index - 2] if re.search("G[xw]$", pattern) else None
    if goal is None:
        return False
    if folded.startswith("计划", goal.start) and _DONE_SINCE.match(folded, number.token.end):
        return True
    named = tokens[number.index - 1]
    if folded.startswith("安排", named.start):
        return True
    alone = folded[goal.start : goal.end] == "计划" and number.piece == number.index - 3
    if alone and tokens[number.piece].letter == "p":
        return True
    return folded.endswith(("完成", "实现", "达到"), goal.start, goal.end)


_DONE_SINCE: Final = re.compile(r",(?:目前|现|实际|截至目前)?已(?!经?安排|下达|落实)")
_GOAL_OF: Final = re.compile(r"[VBSv][GT]+[xw]$")
_OF_TARGET: Final = ("的", "", ")的", ")")


def _piece_before(letters: str, bracket: int, left: int) -> int:
    """Where the words before a bracket begin: 完成总投资(14.5亿元)."""
    while bracket > left and letters[bracket - 1] not in HARD:
        bracket -= 1
    return bracket


def _role_from_right(role: str, after: str) -> str:
    if role in ("yoy", "completion"):
        return role
    if _RIGHT_YOY.match(after) or RIGHT_DOWN.match(after):
        return "yoy_right"
    if _RIGHT_DONE.match(after):
        return "completion"
    return role


_BASES: Final = (
    ("half", ("半年",)),
    ("quarter", ("季度", "一季", "三季")),
    ("project", ("工程量", "形象进度", "工程进度", "总进度", "施工进度", "建设进度", "工作量")),
    ("multi-year", ("三年", "五年", "十二五", "十三五", "十四五", "总投资")),
    ("annual", ("年",)),
    ("budget", ("预算",)),
    ("plan", ("计划",)),
)


@lru_cache(maxsize=4096)
def _basis(cue: str) -> str:
    for basis, marks in _BASES:
        if any(mark in cue for mark in marks):
            return basis
    return "annual" if any(mark in cue for mark in ("目标", "任务", "指标", "完成率", "进度")) else "other"


@dataclass(slots=True)
class Run:
    """A stretch of a clause that may be a name, with its bounds in the document."""

    name: str
    start: int
    end: int
    after_verb: bool = False
    town: str | None = None


_OFFICE: Final = re.compile(r".{0,10}?(?:局|系统|部门|公司|中心|税务所|财政所)(?:组织|入库|征收|实现|完成)+")
_INNER_FILL: Final = re.compile(
    r"(?<=..)(?:累计|总计|共计)(?=..)"
    r"|^[\u4e00-\u9fff()、]{2,10}?共(?=受理|接待|组织|引进|吸引|发放|办理|新增|入库|征收|签约|投入|争取|落实|收到|查处|审结|销售|出栏|生产|安置|建成)"
)


def runs(tokens: list[Token], letters: str, first: int, last: int, folded: str, level: bool = False) -> list[Run]:
    """Name candidates among tokens[first:last], split at verbs, marks and cue words."""
    found: list[Run] = []
    index = first
    verb = False
    while index < last:
        letter = letters[index]
        if letter not in SOFT:
            verb = letter in "VvBS" or (verb and letter in "ZTWEb")
            index += 1
            continue
        stop = index + 1
        while stop < last and letters[stop] in SOFT:
            stop += 1
        if _WORDED.search(letters, index, stop):
            start, end = tokens[index].start, tokens[stop - 1].end
            name, low, high = _name_of(folded[start:end], level and stop == last, verb)
            if name:
                found.append(Run(name, start + low, start + high, verb))
        verb = False
        index = stop
    return found


_WORDED: Final = re.compile("[xwGtqT]")


@lru_cache(maxsize=65536)
def _name_of(raw: str, before_level: bool, after_verb: bool) -> tuple[str, int, int]:
    """The name in a stretch of text and its bounds there; empty where there is none."""
    low, high = indicators.trim(raw)
    name = raw[low:high]
    if name and before_level:
        left = indicators.trim_level(name)
        name = left if after_verb or not left else name
        low = high - len(name)
    name = name.replace(" ", "").strip("“”\"'的")
    if not indicators.resolve(name):
        name = _INNER_FILL.sub("", name)
        name = name[slice(*indicators.trim(name))]
        office = _OFFICE.match(name)
        name = name[office.end() :] if office and indicators.resolve(name[office.end() :]) else name
    if "”" in name and "“" not in name:
        name = name.replace("”", "")
    return name if indicators.plausible(name) else "", low, high
