"""Indicator names: clean them, split lists of them, and file them under the standard name.

固定资产投资总额 and 固投 are filed under 固定资产投资; a name the taxonomy does not know keeps its
own words. Names are compared on a key that leaves out marks, 的 and the spelling of 规模以上.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extract.bounds import snap
from extract.vocabulary import name_pairs, name_words, read_table, trie_pattern, words

_NOISE: Final = re.compile(r"[\s“”\"'《》()、,的:/]")
_SPELLINGS: Final = (
    ("规模以上", "规上"),
    ("规模工业", "规上工业"),
    ("规模企业", "规上企业"),
    ("限额以上", "限上"),
    ("国内生产总值", "生产总值"),
    ("地区生产总值", "生产总值"),
    ("(GDP)", ""),
    ("GDP", "生产总值"),
)


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """What two spellings of one name have in common: 规模以上工业增加值 and 规上工业的增加值 give one key."""
    for old, new in _SPELLINGS:
        if old in name:
            name = name.replace(old, new)
    name = _NOISE.sub("", name)
    return name.replace("生产总值生产总值", "生产总值")


@cache
def _standard() -> dict[str, str]:
    table = {key_of(row[0]): row[0] for row in _indicators()}
    for alias, indicator in _aliases():
        table.setdefault(key_of(alias), indicator)
    return table


@cache
def _aliases() -> tuple[tuple[str, ...], ...]:
    return tuple(read_table("aliases.csv", ("alias", "indicator")))


@cache
def _indicators() -> tuple[tuple[str, ...], ...]:
    return tuple(read_table("indicators.csv", ("name", "sector", "unit_kind", "accumulation", "direction")))


@cache
def taxonomy() -> dict[str, dict[str, str]]:
    """Standard indicators: name -> sector, unit_kind, accumulation (cumulative, point), direction."""
    return {
        name: {"sector": sector, "unit_kind": kind, "accumulation": accumulation, "direction": direction}
        for name, sector, kind, accumulation, direction in _indicators()
    }


@lru_cache(maxsize=65536)
def resolve(name: str) -> str | None:
    """The standard name of an indicator, or None: 固投 -> 固定资产投资."""
    table = _standard()
    key = key_of(name)
    if key in table:
        return table[key]
    for ending in ("总额", "总量", "完成额", "额", "总数", "数", "情况", "预算"):
        if key.endswith(ending) and key[: -len(ending)] in table:
            return table[key[: -len(ending)]]
    return None


def known_names() -> list[str]:
    """Every standard name and alias, as written in the vocabulary."""
    return [row[0] for row in _indicators()] + [alias for alias, _ in _aliases()]


@cache
def _known_by_start() -> dict[str, tuple[str, ...]]:
    """Names and aliases of three and more characters by their first two, longest first."""
    found: dict[str, list[str]] = {}
    for name in known_names():
        if len(name) >= 3:
            found.setdefault(name[:2], []).append(name)
    return {start: tuple(sorted(each, key=len, reverse=True)) for start, each in found.items()}


@lru_cache(maxsize=16384)
def find_known(text: str) -> tuple[int, int] | None:
    """Where the last known indicator of a text without figures stands: 工业投资增势良好 -> (0, 4)."""
    starts = _known_by_start()
    last = None
    at = 0
    while at < len(text) - 2:
        name = next((name for name in starts.get(text[at : at + 2], ()) if text.startswith(name, at)), None)
        if name is not None:
            last = (at, at + len(name))
            at += len(name)
        else:
            at += 1
    return last


_SEVERAL: Final = r"(?:[两二三四五六七八九十]|\d{1,2})个(?:乡镇|街道|镇|县区|县|区|园区|乡)(?:共|累计|合计)?"
"""How many places a figure is of, told before its name: 五个街道共入库."""


@cache
def _strips() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    listed = words()
    scopes = [word for word, letter in listed["any"].items() if letter == "Z"]
    starts = trie_pattern([*listed["name-start"], *scopes])
    partners = trie_pattern(name_words("partner"))
    ends = trie_pattern(listed["name-end"])
    level = trie_pattern(listed["level"])
    return (
        re.compile(
            rf"(?:[\s、,:\"'”).-]|\d{{1,2}}[.、](?!\d)|{_SEVERAL}|{starts}|对(?!{partners})|全(?!社会|口径|员|民|域|国|部|面|年|科|程|能))+"
        ),
        re.compile(rf"(?:[\s、,:\"'“(-]|(?<![行作成认因])为|已[\u4e00-\u9fff]{{1,2}}|{ends})+$"),
        re.compile(rf"(?:\s|{level})*$"),
        re.compile(rf"(?:\s|{level})+"),
    )


@lru_cache(maxsize=65536)
def trim(text: str) -> tuple[int, int]:
    """Where the name proper begins and ends in a stretch of text; equal numbers mean there is none."""
    start, end = _trim(text)
    single = _single_strips()
    doubtful = (0 < start < end and text[start - 1] in single) or (start < end < len(text) and text[end] in single)
    if doubtful and key_of(text[start:end]) not in _standard():
        return snap(text, start, end)
    return start, end


@cache
def _single_strips() -> frozenset[str]:
    listed = words()
    return frozenset(word for place in ("name-start", "name-end") for word in listed[place] if len(word) == 1)


def _trim(text: str) -> tuple[int, int]:
    leading, trailing, _, _ = _strips()
    start, end = 0, len(text)
    while start < end:
        if key_of(text[start:end]) in _standard():
            return start, end
        match = leading.match(text, start, end)
        if not match:
            break
        start = _shortest_strip(text, start, match.end(), end)
    while end > start:
        if key_of(text[start:end]) in _standard():
            return start, end
        match = trailing.search(text, start, end)
        if not match:
            break
        end = match.start()
    if 0 < start < end and text[start] in "级属":
        start = 0
    if 0 < start < end < len(text):
        start = next((at for at in range(start) if key_of(text[at:end]) in _standard()), start)
    return start, end


def _shortest_strip(text: str, start: int, stop: int, end: int) -> int:
    """Strips only as far as leaves a known name: 全社会用电量 keeps 全社会, 全镇固定资产投资 loses 全镇."""
    table = _standard()
    for at in range(start + 1, stop):
        if key_of(text[at:end]) in table:
            return at
    return stop


def trim_level(text: str) -> str:
    """What is left of the words between 完成 and 任务 that only say whose task it is: 县下达 -> ''."""
    _, _, whole, leading = _strips()
    if whole.fullmatch(text):
        return ""
    match = leading.match(text)
    return text[match.end() :] if match else text


_LIST: Final = re.compile(r"[、,]|以及|和|与|及")


def split_names(text: str, count: int) -> list[str] | None:
    """The names of a list when it has ``count`` members: 饮料类、烟酒类 -> two; None otherwise.

    A head or tail that the members share is given to each: 限上批发、零售业零售额.
    """
    pair = _expand_pair(text)
    if pair and len(pair) == count:
        return pair
    text = _each_with_rest(re.sub(r"[(][^()]*[)]$", "", text), count)
    sealed = _sealed(text)
    open_ = sealed != text and (text[0] in "省市州县国中" or not _LIST.search(sealed))
    return _split(sealed, count) or (_split(text, count) if open_ else None)


def _split(text: str, count: int) -> list[str] | None:
    parts = [part for part in _LIST.split(text) if part.strip()]
    if len(parts) > count:
        parts = [part for part in re.split(r"[、,]", text) if part.strip()]
        if len(parts) == count - 1 and parts:
            tail = [part for part in _LIST.split(parts[-1]) if part.strip()]
            parts = parts[:-1] + tail if len(tail) == 2 else parts
    if len(parts) != count:
        return None
    return _share([part.translate(_UNSEAL) for part in parts])


_COUNTED_LIST: Final = re.compile(
    r"(.+?)等?([两二三四五六七八九十])[大类个项](?:新兴|传统|特色|优势|重点)?(?:支柱|主导|龙头|骨干)?(?!百分)([\u4e00-\u9fff].*)"
)
_DIVISIONS_LIST: Final = re.compile(r"(.+?)等?([两二三四五六七八九])个?(镇|乡|县|区|市|街道)([\u4e00-\u9fff]{2,})")
_COUNTS: Final = {numeral: count for count, numeral in enumerate("二三四五六七八九十", 2)} | {"两": 2}


def _each_with_rest(text: str, count: int) -> str:
    """A list whose number is told, what follows given to each: 东湖、西山两个园区税收 is 东湖园区税收、西山园区税收."""
    divisions = _DIVISIONS_LIST.fullmatch(text)
    if divisions and _COUNTS[divisions.group(2)] == count:
        kind, rest = divisions.group(3), divisions.group(4)
        names = [part.removesuffix(kind) + kind for part in _LIST.split(divisions.group(1)) if part.strip()]
        return "、".join(name + rest for name in names) if len(names) == count else text
    match = _COUNTED_LIST.fullmatch(text)
    if match is None or _COUNTS[match.group(2)] != count:
        return text
    rest = match.group(3)
    if rest in name_words("category"):
        return match.group(1)
    parts = [part for part in _LIST.split(_sealed(match.group(1))) if part.strip()]
    if len(parts) != count:
        parts = [part for part in re.split("[、,]", _sealed(match.group(1))) if part.strip()]
    if len(parts) != count or rest[0] in "县区市镇乡":
        return match.group(1) + rest
    return "、".join(_with_rest(part.translate(_UNSEAL), rest) for part in parts)


def _with_rest(part: str, rest: str) -> str:
    """A member with what follows the list: (批发, 行业销售额) is 批发业销售额 where that is a known name."""
    rest = re.sub(r"[(][^()]*[)]$", "", rest)
    trade = part + "业" + rest.removeprefix("行业")
    return trade if rest.startswith("行业") and resolve(trade) else _join_tail(part, rest)


_SEAL: Final = {"、": "\ue000", "和": "\ue001", "及": "\ue002", "与": "\ue003"}
_UNSEAL: Final = {ord(sealed): mark for mark, sealed in _SEAL.items()}


def _sealed(text: str) -> str:
    """The text with the list marks inside whole names hidden: 水利、环境和公共设施管理业 is one name."""
    for word, sealed in _whole_names():
        if word in text:
            text = text.replace(word, sealed)
    return text


@cache
def _whole_names() -> tuple[tuple[str, str], ...]:
    """Names that hold list marks, the longest first, and as they read with those hidden."""
    marks = str.maketrans(_SEAL)
    return tuple((word, word.translate(marks)) for word in sorted(name_words("whole_name"), key=lambda w: (-len(w), w)))


def _expand_pair(text: str) -> list[str] | None:
    pairs = name_pairs()
    if text in pairs:
        return list(pairs[text])
    for short, full in pairs.items():
        if text.startswith(short):
            return [part + text[len(short) :] for part in full]
        if text.endswith(short):
            return [text[: -len(short)] + part for part in full]
    return None


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(
        "(?:产业|行业|业)?(?:" + trie_pattern(word for word in name_words("tail") if len(word) > 1) + ")$"
    )


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(trie_pattern(name_words("head")))


_ORDINAL: Final = re.compile(r"第?([一二三])(?:次|产业?)?$")


def _share(parts: list[str]) -> list[str]:
    if _ORDINAL.fullmatch(parts[0]):
        parts = [_ORDINAL.sub(r"第\1产业", part) for part in parts]
        parts = [re.sub(r"^第?([一二三])(?:次产业|产业|次|产(?!业))(?=.)", r"第\1产业", part) for part in parts]
    ranks = name_words("rank")
    level = next((rank for rank in sorted(ranks, key=len, reverse=True) if parts[-1].startswith(rank)), "")
    if level and all(part in ranks for part in parts[:-1]):
        return [part + parts[-1][len(level) :] for part in parts[:-1]] + parts[-1:]
    parts = _share_holder(parts)
    tail = _tails().search(parts[-1])
    bare = tail is not None and not any(_tails().search(part) for part in parts[:-1])
    if tail and tail.start() > 0:
        parts = [_with_tail(part, tail.group()) for part in parts[:-1]] + parts[-1:]
    head = _heads().match(parts[0])
    if head and head.end() < len(parts[0]):
        parts = parts[:1] + [_join_head(head.group(), part, bare) for part in parts[1:]]
    return parts


_HOLDER: Final = re.compile(r"(?<=..)(?:行业|产业|企业|部门|系统|地区)$")


def _share_holder(parts: list[str]) -> list[str]:
    """建材、医药、纺织行业 are three 行业; 东、西部地区 are left to the pairs."""
    holder = _HOLDER.search(parts[-1])
    if holder is None or any(len(part) < 2 or _HOLDER.search(part) or resolve(part) for part in parts[:-1]):
        return parts
    return [_join_tail(part, holder.group()) for part in parts[:-1]] + parts[-1:]


_PLACE_ENDS: Final = ("镇", "乡", "街道", "县", "区", "市")


def _with_tail(part: str, tail: str) -> str:
    """A member with the noun of the last one, where it has none of its own: (教育, 支出) -> 教育支出."""
    if (
        (part.endswith(_PLACE_ENDS) and part not in name_words("no_place"))
        or _tails().search(part)
        or (resolve(part) and not resolve(part + tail))
    ):
        return part
    return _join_tail(part, tail)


def _join_tail(part: str, tail: str) -> str:
    shared = next((word for word in ("产业", "行业", "业") if tail.startswith(word)), "")
    return part + tail.removeprefix(shared) if shared and part.endswith(("业", "产")) else part + tail


def _join_head(head: str, part: str, shared: bool) -> str:
    if shared and not _heads().match(part):
        return head + part
    if _heads().match(part) or (resolve(part) and (len(part) >= 4 or not resolve(head + part))):
        return part
    return head + part


_CUT: Final = re.compile(
    r"(?<=项目)(?:共|已|均|累计)|(?<=工程)(?:共|已|均|累计)|(?<=..)(?:总体|稳中|持续|增势|(?<!水土)保持|因|受|得益于|由于|随着"
    r"|在.{2,8}带动下|分别|同比|已经|一度|[超近逾][百千万亿\d一二两三四五六七八九十]+元)"
)


_REASON_WITHIN: Final = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:因|受|由于)[\u4e00-\u9fff]{2,12}?(接待|收购|销售|产量|产值)"
)


@lru_cache(maxsize=65536)
def tidy(name: str) -> str:
    """A name without the reason that is told behind it: 烟酒类消费因节日带动 -> 烟酒类消费."""
    within = _REASON_WITHIN.fullmatch(name)
    if within:
        return within.group(1) + within.group(2)
    match = _CUT.search(name)
    return name[: match.start()] if match else name


@lru_cache(maxsize=16384)
def is_clause(text: str) -> bool:
    """Whether a stretch of text tells how things go rather than names a thing: 工业形势好转."""
    return resolve(text) is None and any(word in text for word in name_words("clause"))


@lru_cache(maxsize=65536)
def tail_of(name: str) -> str:
    """The noun a name ends in: 一般公共预算收入 -> 收入; the whole name where it ends in no known noun."""
    tails = sorted((tail for tail in name_words("tail") if len(tail) > 1 and name.endswith(tail)), key=len)
    return tails[0] if tails else name


@lru_cache(maxsize=65536)
def stem_of(name: str) -> str:
    """A name without the noun it ends in: 规模以上工业主营业务收入 -> 规模以上工业, 工业总产值 -> 工业."""
    name = name.replace("现价", "")
    tails = (tail for tail in name_words("tail") if len(tail) > 1 and name.endswith(tail))
    return name.removesuffix(max(tails, key=len, default="")).removesuffix("总")


def is_money_noun(name: str) -> bool:
    """Whether a generic name is what projects spend or earn: 投资, 完成投资, 产值, 到位资金."""
    return name.endswith(("投资", "产值", "资金", "投入", "收入", "税收", "额"))


def counts_money(name: str) -> bool:
    """Whether a name is of an indicator that is told in money; True where the taxonomy does not know it."""
    known = resolve(name)
    return known is None or taxonomy()[known]["unit_kind"] in ("money", "usd_money")


def is_generic(name: str) -> bool:
    """Whether a name needs another beside it to be understood: 投资, 收入, 到位资金, 税务部门."""
    return name in name_words("generic") or name in name_words("department")


_NO_NAME: Final = re.compile(r"看$|^受.*影响$|^因(?!公).{2,}|^(?:由于|随着|得益于)")


@lru_cache(maxsize=65536)
def plausible(name: str) -> bool:
    """Whether a stretch of text can be an indicator's name at all."""
    if name in name_words("single"):
        return True
    if (
        _NO_NAME.search(name)
        or not 2 <= len(name) <= 40
        or name in name_words("not_a_name")
        or name.startswith(("这", "该", "此", "上述"))
    ):
        return False
    return bool(re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2}|[\u4e00-\u9fff][A-Za-z&]", name))


@lru_cache(maxsize=65536)
def looks_like_name(name: str) -> bool:
    """Whether an unknown name ends as indicators do and says nothing about how things go (形势, 推进)."""
    if resolve(name):
        return True
    if is_clause(name):
        return False
    return name.endswith(tuple(name_words("tail")))
