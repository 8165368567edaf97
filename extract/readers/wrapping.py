"""Line ends and page marks inside words and numbers: found from the shape of the whole text, taken out.

A text that was wrapped at a column (``经济运行稳⏎中有升``) shows many lines of like width that stop without
a full stop at no particular word. A text that was cut into pages (``增长19.⏎3、75%``) shows rising marks at
like distances, in the middle of sentences. Only where the text as a whole shows this are lines joined;
headings, list items, table rows and paragraphs stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, pairwise
from statistics import median

JOINED = "断行已接"
PAGE_MARKS_GONE = "页码已去"

MIN_WIDTH, MAX_WIDTH = 24, 170  # columns; a Chinese character takes two
WINDOW = 0.76  # a full line is at least this share of the widest of its kind
MIN_FULL_LINES = 3
MIN_PAGE, MIN_PAGES = 120, 3  # characters between two page marks; marks that make a series
MIN_CUT_LINE = 15  # characters; a shorter line before a page line may be a heading

_ENDS = "。！？!?；;：:…"
_CLOSERS = "”’\"'）)】》」』 \t\u3000"
_STARTS_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部编]|[一二三四五六七八九十]{1,2}是|[•·●■◆▲◇□○★①-⑳]|[-*+]\s|#|>|\|)"
)
_OPEN_ROW = re.compile(r"[|\t]")
_LIST_END = re.compile(r"[\d%％元个人亩户家吨位名)）]\s*$")
_INNER_COMMA = re.compile(r"[，,。；;、]")
_PAGE_LINE = re.compile(
    r"\s*(?:[-—–－]{1,2}\s*\d{1,3}\s*[-—–－]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|Page\s+\d{1,3}(?:\s+of\s+\d{1,3})?)\s*",
    re.I,
)
_MARK = re.compile(r"[ \t\u3000]{0,4}(\d{1,3})、")
_ANY_MARK = re.compile(r"^[ \t\u3000]{0,4}\d{1,3}、", re.M)
_ANY_PAGE_LINE = re.compile(r"^\s{0,20}(?:[-—–－]{1,2}\s?\d|第\s?\d+\s?页|Page)", re.M | re.I)
# Seams: each begins with its line end, the rarest part, and looks back from there.
_UNITS = "[万亿]元|亿美元|万美元|万?平方米|万?公里|亿?千瓦时"
_SPLIT_NUMBER = re.compile(
    r"\n(?:(?<=\d\n)|(?<=\d \n))[ \t]*(?=[%％])"  # 52⏎%
    r"|\n(?<=[\u4e00-\u9fff\d]\d\.\n)[ \t]*(?=\d{1,4}(?:[%％]|[万亿]?元|个百分点))"  # 19.⏎75%
)
# What a text too short to show its margin still shows: a number or a word cut in two.
_AFTER_DIGITS = "|".join(rf"(?<=[\u4e00-\u9fff][\d.]{{{size}}}\n)" for size in (3, 4, 5, 6))
_SPLIT_INSIDE = re.compile(
    r"\n(?<=[\u4e00-\u9fff]\d\n)[ \t]*(?=\d(?:[.．]\d+)?[%％])"  # 计划的5⏎2.8%
    r"|\n(?<=[\u4e00-\u9fff] \d\n)[ \t]*(?=\d(?:[.．]\d+)?[%％])"  # 增长 3⏎1.2%
    r"|\n(?<=\d\n)[ \t]*(?=[.．]\d)"  # 91⏎.6%
    r"|\n(?<=[\u4e00-\u9fff\d ][\d０-９][.．]\n)[ \t]*(?=[\d０-９]+[%％])"  # ６．⏎４％
    r"|\n(?:(?<=增长\n)|(?<=下降\n)|(?<=[务划标算]的\n))[ \t]*(?=[-+−－]?[\d０-９.．]+[ ]?[%％])"  # 增长⏎5.9%
    rf"|\n(?:{_AFTER_DIGITS})[ \t]*(?={_UNITS})"  # 完成8.6⏎亿元
)
_CUT_WORDS = (
    "增长 完成 实现 同比 下降 达到 产值 亿元 万元 总额 收入 投资 任务 计划 增速 年度 目标 预算 同期 规模 固定 财政 "
    "消费 零售 招商 引资 税收 农民"
)
_SPLIT_WORD = re.compile("|".join(f"(?<={word[0]})\\n[ \\t]*(?={word[1]})" for word in _CUT_WORDS.split()))
_SPLIT_BEFORE_STOP = re.compile(r"\n(?<=[\u4e00-\u9fff\d%％]\n)[ \t]*(?=[，、。；）》”]|[,;](?!\d{3}))")

# What tells that a seam of a word is none: the line ends in a whole word, or the next begins with another one.
_WHOLE_AT_END = re.compile(
    "(?:新增|激增|相同|不同|共同|合同|协同|一同|如同|以下|之下|名下|地下|到达|发达|下达|投产|生产|资产|房产|合计|统计|会计|设计"
    "|全年|今年|去年|上年|本年|次年|验收|征收|回收|吸收|丰收|主任|责任|信任|担任|项目|栏目|科目|落实|核实|充实|务实|真实|汇总)$"
)
_WHOLE_AT_START = re.compile(
    "长江|长期|长效|长远|长者|成都|成立|成效|成果|成本|成员|成品|成交|成为|现代|现场|现有|现状|现金|比较|比例|比重|比去年|比上年"
    "|降低|降雨|降水|降温|到位|到期|到户|到场|值班|值得|值守|元旦|元月|元宵|额外|额度|入户|入库|入驻|入园|入学|资金|资源|资产|资料"
    "|资本|务实|务农|务工|划拨|划定|划分|速度|度假|度量|度汛|标准|标志|标杆|标识|算力|算法|期末|期间|期限|期货|期初"
)
_FIGURE_CELL = re.compile(r"[-+−－]?[\d０-９.．,，]+")
_OPEN_FIGURE = re.compile(r"[的达占至到长降升减][\d０-９.．]+")
_WIDE_SIGNS = ",:;()!?"


def mend_lines(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` with broken lines joined and page marks gone, and a flag for each kind of repair made."""
    text, paged = _without_page_marks(text)
    text, wrapped = _unwrapped(text)
    text, numbers = _without_seams(text, _SPLIT_NUMBER, _number_goes_on)
    text, stops = _without_seams(text, _SPLIT_BEFORE_STOP, _stop_belongs)
    text, inside = _without_seams(text, _SPLIT_INSIDE, _number_goes_on)
    text, words = _without_seams(text, _SPLIT_WORD, _word_goes_on)
    flags = ((PAGE_MARKS_GONE, paged), (JOINED, numbers or stops or wrapped or inside or words))
    return text, tuple(flag for flag, made in flags if made)


def _without_seams(text: str, seams: re.Pattern[str], certain: Callable[[str, str], bool]) -> tuple[str, bool]:
    """``text`` without the line ends that fit ``seams`` and of whose two lines ``certain`` holds; any gone?"""
    pieces, done = [], 0
    for seam in seams.finditer(text):
        line = text[text.rfind("\n", 0, seam.start()) + 1 : seam.start()]
        stop = text.find("\n", seam.end())
        following = text[seam.end() : stop if stop >= 0 else len(text)]
        if not _are_rows(line, following) and certain(line, following):
            pieces.append(text[done : seam.start()].rstrip(" \t"))
            done = seam.end()
    return "".join([*pieces, text[done:]]), bool(pieces)


def _are_rows(line: str, following: str) -> bool:
    """Is one of the two a row of cells with signs between them?"""
    return bool(_OPEN_ROW.search(line) or _OPEN_ROW.search(following))


def _is_prose(line: str) -> bool:
    """Has the line a comma or a full stop, as no cell and no heading has? The comma of 一、 does not count."""
    bare = _STARTS_ITEM.sub("", line, count=1)
    return bool(_INNER_COMMA.search(bare))


def _number_goes_on(line: str, following: str) -> bool:
    """占年计划的5⏎2.8%。 is one number; the cells 12⏎3% and 柳溪镇2⏎5% are two."""
    if _FIGURE_CELL.fullmatch(line.strip()):
        return False
    return _is_prose(line) or _is_prose(following) or bool(_OPEN_FIGURE.search(line.rstrip(), max(0, len(line) - 12)))


def _word_goes_on(line: str, following: str) -> bool:
    """全镇完成投资3亿元,同比增⏎长5% is one word; 新增⏎长江路 and 验收⏎入户 are two."""
    if (
        _WHOLE_AT_END.search(line, max(0, len(line) - 2))
        or _WHOLE_AT_START.match(following)
        or _STARTS_ITEM.match(following)
    ):
        return False
    return _is_prose(line) or (2 * len(line.strip()) >= MIN_WIDTH and _is_prose(following))


def _stop_belongs(line: str, following: str) -> bool:
    """投资3亿元⏎,增长5% goes on; a row of cells between commas, its first one empty, has as many as the row before."""
    sign = following[:1]
    return sign not in (",", ";") or line.count(sign) != following.count(sign)


def ends_sentence(line: str) -> bool:
    """Does the line stop at the end of a sentence (closing quotes and brackets after it allowed)?"""
    bare = line.rstrip()
    return bool(bare) and (bare[-1] in _ENDS or bare.rstrip(_CLOSERS)[-1:] in tuple(_ENDS))


def starts_item(line: str) -> bool:
    """Does the line begin a numbered heading or an item of a list (一、 1. (2) •)?"""
    return bool(_STARTS_ITEM.match(line))


def is_page_line(line: str) -> bool:
    """Is the line nothing but the number of a page (- 3 -, 第3页 共9页)?"""
    return bool(_PAGE_LINE.fullmatch(line))


def _width(line: str) -> int:
    """Columns the line takes; half-width punctuation counts as the full-width that it stood for."""
    return len(line.rstrip().encode("gbk", "replace")) + sum(map(line.count, _WIDE_SIGNS))


def _may_continue(line: str, following: str) -> bool:
    """Could ``following`` be the rest of ``line``?"""
    if not line.strip() or not following.strip() or ends_sentence(line):
        return False
    return not (_OPEN_ROW.search(line) or _OPEN_ROW.search(following) or _STARTS_ITEM.match(following))


def _indent(line: str) -> int:
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank) + blank.count("\u3000")


def _unwrapped(text: str) -> tuple[str, bool]:
    lines = text.split("\n")
    if sum(1 for line in lines if 2 * len(line) >= MIN_WIDTH) < MIN_FULL_LINES:
        return text, False
    base = median(_indent(line) for line in lines)
    open_ends = [
        (index, _width(line))
        for index, (line, following) in enumerate(pairwise(lines))
        if MIN_WIDTH <= 2 * len(line) <= 2 * MAX_WIDTH
        and _may_continue(line, following)
        and _indent(following) < base + 2
    ]
    full = _full_lines(lines, open_ends)
    return (_join_after(lines, full), True) if full else (text, False)


def _full_lines(lines: list[str], open_ends: list[tuple[int, int]]) -> set[int]:
    """Indices of the lines that a margin broke; empty where the text as a whole does not look wrapped."""
    widths = sorted(width for _, width in open_ends if MIN_WIDTH <= width <= MAX_WIDTH)
    if len(widths) < MIN_FULL_LINES:
        return set()
    margin = _margin(widths)
    full = {index for index, width in open_ends if margin * WINDOW <= width <= margin}
    wide = sum(1 for line in lines if len(line) * 2 > margin and _width(line) > margin * 1.1)
    inside = sum(1 for index in full if _INNER_COMMA.search(lines[index].rstrip()[:-1]))
    rows = sum(1 for index in full if _LIST_END.search(lines[index]))
    looks_wrapped = (
        len(full) >= MIN_FULL_LINES
        and len(full) * 2 >= len(widths)
        and wide * 3 <= len(full)
        and inside * 2 >= len(full)
        and rows * 5 <= len(full) * 2
    )
    return full if looks_wrapped else set()


def _margin(widths: list[int]) -> int:
    """The width under which most lines crowd: the largest count in a window [WINDOW * w, w] of sorted widths."""
    best, best_count, low = widths[0], 0, 0
    for high, width in enumerate(widths):
        while widths[low] < width * WINDOW:
            low += 1
        if high - low + 1 >= best_count:
            best, best_count = width, high - low + 1
    return best


def _join_after(lines: list[str], full: set[int]) -> str:
    return _in_groups(lines, {index + 1 for index in full})


def _in_groups(lines: list[str], glued: set[int]) -> str:
    """The lines as text; a line whose index is in ``glued`` goes on where the one before it stopped."""
    groups: list[list[str]] = []
    for index, line in enumerate(lines):
        if index in glued:
            groups[-1].append(line)
        else:
            groups.append([line])
    return "\n".join(joined(group) for group in groups)


def joined(group: list[str]) -> str:
    """Pieces of one broken line as one; a blank only between two Latin words."""
    if len(group) == 1:
        return group[0]
    pieces = [group[0].rstrip(), *(piece.strip() for piece in group[1:-1]), group[-1].lstrip()]
    gaps = [" " if _is_latin(left[-1:]) and _is_latin(right[:1]) else "" for left, right in pairwise(pieces)]
    return "".join(chain.from_iterable(zip(pieces, [*gaps, ""], strict=True)))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _without_page_marks(text: str) -> tuple[str, bool]:
    has_marks, has_page_lines = len(_ANY_MARK.findall(text)) >= MIN_PAGES, _ANY_PAGE_LINE.search(text)
    if not has_marks and not has_page_lines:
        return text, False
    lines = text.split("\n")
    marks = _page_marks(lines) if has_marks else set()
    page_lines = {index for index, line in enumerate(lines) if len(line) < 40 and _PAGE_LINE.fullmatch(line)}
    if not marks and not page_lines:
        return text, False
    kept: list[str] = []
    glued: set[int] = set()
    page_ended = False
    for index, line in enumerate(lines):
        if index in page_lines:
            page_ended = True
            continue
        if index in marks:
            line, page_ended = _MARK.sub("", line, count=1), True
        if page_ended and not line.strip():
            continue
        if page_ended and _cut_in_sentence(kept, line, index in marks):
            glued.add(len(kept))
        kept.append(line)
        page_ended = False
    return _in_groups(kept, glued), True


def _cut_in_sentence(kept: list[str], line: str, marked: bool) -> bool:
    """Did the page end in the middle of a sentence? Then blank lines at the page's end go from ``kept``."""
    last = len(kept) - 1
    while last > 0 and not kept[last].strip():
        last -= 1
    if last < 0 or not kept[last].strip() or ends_sentence(kept[last]):
        return False
    if not marked and (len(kept[last].strip()) < MIN_CUT_LINE or not _may_continue(kept[last], line)):
        return False
    del kept[last + 1 :]
    return True


def _page_marks(lines: list[str]) -> set[int]:
    """Line numbers of 1、2、3、… that count pages, not items: like distances, sentences cut through."""
    found = [(index, int(mark[1])) for index, line in enumerate(lines) if (mark := _MARK.match(line))]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    marks: set[int] = set()
    run: list[int] = []
    previous = None
    for index, number in [*found, (-1, -1)]:
        if previous is not None and number != previous + 1:
            marks.update(run if _are_pages(lines, run, starts) else ())
            run = []
        run.append(index)
        previous = number
    return marks


def _are_pages(lines: list[str], run: list[int], starts: list[int]) -> bool:
    if len(run) < MIN_PAGES:
        return False
    lengths = [starts[after] - starts[before] for before, after in pairwise(run)]
    typical = median(lengths)
    like = sum(1 for length in lengths if abs(length - typical) <= typical * 0.15)
    cut = sum(1 for index in run[1:] if lines[index - 1].strip() and not ends_sentence(lines[index - 1]))
    return typical >= MIN_PAGE and like * 5 >= len(lengths) * 4 and cut * 5 >= len(lengths) * 3
