"""Whose figures a report gives: its town, told by the title, the source line and how often each place is named.

Where two places fit, the report's own words decide: its title, 全镇 or 全县; what stays open is given
as candidates. A name that the gazetteer does not know is believed where the title begins with it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Final

from extract.places import (
    COMMON,
    MASKED,
    SUFFIX,
    find_places,
    gazetteer,
    known_places,
    level_of,
    names_in,
    stem_of,
)
from extract.vocabulary import name_words, trie_pattern

_SELF: Final = re.compile(
    r"(?<![居占在于列比较])[全我本](镇|乡|街道|街|县|区|市|园|州|旗|办|省)(?!第|平均|前[一二三四五六七八九十\d]|排名|各[镇乡街])"
)
"""What a report calls the place that it is of; not what it is measured by: 居全县第三, 高于全市平均."""
_SELF_LEVEL: Final = {
    "镇": "town",
    "乡": "town",
    "街道": "town",
    "街": "town",
    "办": "town",
    "县": "county",
    "旗": "county",
    "区": "county",
    "市": "city",
    "园": "park",
    "州": "city",
    "省": "province",
}


def find_town(folded: str, title: str = "") -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """The place whose report this is, other candidates, and flags.

    None where the text names none; a place that is only guessed from its stem (衙前 with 萧山 for
    衙前镇) is flagged 地名推断.
    """
    wanted = Counter(_SELF_LEVEL[m.group(1)] for m in _SELF.finditer(folded))
    level = wanted.most_common(1)[0][0] if wanted else ""
    if MASKED.search(folded[:200]):
        level = "town"
    elif wanted["town"]:
        level = "town" if wanted["town"] * 2 >= wanted.total() - wanted["town"] else level
    for look in (_unit_titled, _title_place, _titled):
        in_title = look(folded, title)
        if in_title and (level != "town" or level_of(in_title) in ("town", "park", "other")):
            return in_title, (), ()
    scores = _scores(folded)
    ranked = sorted(scores, key=lambda name: (-_weight(name, scores[name], level), -len(name)))
    best = next((name for name in ranked if _fits(name, level)), None)
    below = _told_below(folded, best) if best is not None and level not in ("county", "city", "province") else None
    if below:
        return below, (), ()
    if best is not None and scores[best] >= 2:
        others = tuple(
            name for name in ranked if name != best and _fits(name, level) and scores[name] * 2 > scores[best]
        )
        return best, others, ()
    guessed = _from_stem(folded, ranked) if level in ("town", "") else None
    if guessed:
        return guessed, (), ("地名推断",)
    best = best or _clause_place(folded) or _only_one(folded) or (_province(folded) if level == "province" else None)
    if best is not None:
        return best, (), ()
    guessed = _stem_titled(folded)
    if guessed:
        return guessed, (), ("地名推断",)
    return None, tuple(ranked[:3]), ()


def _units() -> list[str]:
    """What units that are no division end in, in running text, where 团 and 港 alone end other words too."""
    return [unit for unit in name_words("place_unit") if len(unit) > 1]


@cache
def _clause_pattern() -> re.Pattern[str]:
    units = trie_pattern(_units())
    return re.compile(
        r"(?:^|[\n,。:)月年日度讯]) *(?!列入|力争|.{0,2}[从据]|.{0,3}(?:[度年月季]|地区))"
        r"(?:[\u4e00-\u9fff]{2,4}[省市州盟县旗])?"
        rf"([\u4e00-\u9fff]{{2,3}}(?:市|县|区|州|省|镇|乡|街道|新区)|[\u4e00-\u9fff]{{2,4}}(?:{units}))"
        rf"(?=(?:19|20)\d\d年|\d{{1,2}}-\d{{1,2}}月|{trie_pattern(name_words('place_topic'))})"
    )


@cache
def _below_pattern() -> re.Pattern[str]:
    kinds = trie_pattern([*_units(), "镇", "乡", "街道"])
    return re.compile(rf"([\u4e00-\u9fff]{{2,4}}?(?:{kinds}))(?={_TIME}|{trie_pattern(name_words('place_topic'))})")


def _told_below(folded: str, place: str) -> str | None:
    """A place the gazetteer does not know right behind the county or city it lies in, before what it did."""
    at = folded.find(place, 0, 2000) if level_of(place) in ("county", "city") else -1
    while at >= 0:
        below = _below_pattern().match(folded, at + len(place))
        if below and below.group(1) not in known_places() and _is_name(below.group(1)):
            return below.group(1)
        at = folded.find(place, at + 1, 2000)
    return None


def _only_one(folded: str) -> str | None:
    """The single town or county that the head of a text is told of, though the gazetteer does not know it."""
    named = {folded[a:b] for a, b, known in find_places(folded, 0, 2000) if not known}
    own = [name for name in named if name[-1] in "镇乡县" and not COMMON.search(name)]
    return own[0] if len(own) == 1 else None


def _stem_titled(folded: str) -> str | None:
    """A county or city whose stem the first line begins with and the text names again: 南安小城镇建设…今年南安…."""
    line = folded.lstrip()[:4]
    for size in (3, 2):
        stem = line[:size]
        if stem in name_words("common_stem") or folded.count(stem, 0, 8000) < 2:
            continue
        named = [
            name for name in _stems().get(stem, ()) if name[-1] in "市县区旗" and name not in name_words("no_place")
        ]
        if len(named) == 1:
            return named[0]
    return None


def _province(folded: str) -> str | None:
    """The province that the first words of a text name: 甘肃日报讯…全省…."""
    head = folded[:60]
    return next((name for name in sorted(name_words("province")) if name[:2] in head), None)


def _clause_place(folded: str) -> str | None:
    """A place the gazetteer does not know that stands before what it did: 随安市外贸进出口…."""
    for match in _clause_pattern().finditer(folded, 0, 2000):
        name = match.group(1)
        if _is_name(name) and not name.startswith(("全", "我", "本", "各")):
            return name
    return None


_CORPS: Final = r"第?(?:\d{1,3}|[一二三四五六七八九〇零十百]{1,4})(?=团)"
_STEM: Final = (
    r"(?:[^\W\da-zA-Z_省市州县区镇乡村年月季的第各全我本和与及对从在]{2,6}(?:-[\u4e00-\u9fff]{2,4})?"
    rf"|[\u4e00-\u9fff]{{1,2}}州(?=[新开经高工街镇乡港])|{_CORPS})"
)
_TIME: Final = (
    r"(?:19|20)\d\d|[二一][〇○O零九]|\d{1,2}(?:月|-)|[一二三四首]季|前[一二三四十\d]|[上下]?半年"
    r"|全年|元至|今年|本年|年终|年度"
)


def _named(reach: str = "?") -> str:
    """The pattern of a place that the gazetteer may not know, behind the places above it; its name is a group.

    Behind as few places as can be, or, with "" for ``reach``, as many: 武侯区桐梓林街道 is 武侯区, or 桐梓林街道.
    """
    kind = trie_pattern(name_words("place_kind"))
    return rf"(?:{_STEM}[省市州盟县区])*{reach}({_STEM}?(?:{kind}))"


@cache
def _titled_pattern() -> re.Pattern[str]:
    topic = trie_pattern(name_words("place_topic"))
    return re.compile(
        rf"[(]?(?:关于)?(?:(?:19|20)\d\d年)?(?:前?[一二三四1-4]个?季度|[上下]半年|\d{{1,2}}(?:-\d{{1,2}})?月份?|全年)?"
        rf"(?:[“\"][^“”\"]*[”\"]|假期|期间|国有|国营)*{_named()}(?=[()“\"]|{_TIME}|{topic}|$)"
    )


@cache
def _source_pattern(reach: str) -> re.Pattern[str]:
    """Who told it: 来源:武侯区桐梓林街道办事处; for ``reach`` see _named."""
    office = trie_pattern(name_words("place_office"))
    return re.compile(rf"(?:从|据|来源:?|单位:|作者:) ?{_named(reach)}(?=[\u4e00-\u9fff]{{0,6}}(?:{office}))")


@cache
def _unit_pattern() -> re.Pattern[str]:
    kind = trie_pattern(name_words("place_unit"))
    state = r"(?:国有|国营|第[一二三四五六七八九十\d]+师)?"
    return re.compile(
        rf"{state}((?:{_STEM}[省市州盟县区旗])*){state}({_STEM}(?:{kind}))(?![市县镇乡]|[\u4e00-\u9fff]{{1,4}}(?:镇|乡|街道))"
    )


_PROPER: Final = ("林场", "农场", "口岸", "机场", "高新技术产业开发区", "经济技术开发区", "经济开发区")
"""Kinds of unit whose name at the head of a title is its own."""


def _unit_titled(folded: str, title: str) -> str | None:
    """A unit that is no division at the head of a title, told again or with its county: 石桥县白云林场…."""
    for line in (title, folded.lstrip()[:60].split("\n")[0]):
        match = _unit_pattern().match(line.strip())
        if match is None or _NO_TITLE.search(line) or not _is_name(match.group(2)):
            continue
        if folded.count(match.group(2)) > 1 or match.group(1) or match.group(2).endswith(_PROPER):
            return match.group(2)
    return None


def _head_lines(folded: str, title: str) -> tuple[str, ...]:
    """Where a title may stand: the file's own, and the first two lines."""
    return title, *folded.lstrip()[:200].split("\n")[:2]


def _titled(folded: str, title: str) -> str | None:
    """A place the gazetteer does not know at the head of a title: 白鹿湖开发区前十月…."""
    for line in _head_lines(folded, title):
        if len(line) >= 60 or _NO_TITLE.search(line):
            continue
        for part in (line.strip(), *line.split()[1:]):
            match = _titled_pattern().match(part)
            if match and (_is_name(match.group(1)) or _told_with_county(folded, match.group(1))):
                return match.group(1)
    return None


def _told_with_county(folded: str, name: str) -> bool:
    """Whether a name that looks like a common word stands behind the place it lies in: 海门市三厂镇."""
    at = folded.find(name, 0, 5000)
    while at >= 0:
        if any(folded[at - size : at] in known_places() for size in (3, 4, 5) if at >= size):
            return True
        at = folded.find(name, at + 1, 5000)
    return False


def _is_name(name: str) -> bool:
    """Whether a stretch of text that ends as places do can be a place's own name: not 全县, 工业园区, 重点镇."""
    if name in name_words("no_place") or _framed().search(name):
        return False
    return len(name) > 4 or not COMMON.search(name) or name.endswith(("新区", "社区", "经开区", "开发区"))


@cache
def _framed() -> re.Pattern[str]:
    """What a place's own name neither begins with nor ends in."""
    starts, ends = trie_pattern(name_words("place_frame")), trie_pattern(name_words("place_frame_end"))
    return re.compile(f"^(?:{starts})|(?:{ends})$")


def _title_place(folded: str, title: str) -> str | None:
    """The most exact place of the title, 示例县青禾镇2022年工作总结 -> 青禾镇; of several towns, what they lie in."""
    for line in _head_lines(folded, title):
        if len(line) < 60 and not _NO_TITLE.search(line):
            named = names_in(line)
            towns = dict.fromkeys(name for name in named if level_of(name) == "town")
            above = [name for name in named if name not in towns]
            if len(towns) > 1 and above:
                return above[-1]
            head = line.strip()
            below = _titled_pattern().match(head) if named and not towns else None
            if below and head.startswith(named[-1], below.start(1) - len(named[-1])):
                return below.group(1) if _is_name(below.group(1)) else named[-1]
            if named:
                return next(reversed(towns), named[-1])
    return None


_NO_TITLE: Final = re.compile(r"[。|]|来源|作者|发布(?:时间|日期|单位|机构|部门|人|者|于|:)|首 ?页")


def _source(folded: str) -> str | None:
    """The place whose office is told to be the source; where one pattern finds nothing the other finds nothing."""
    for reach in ("", "?"):
        match = _source_pattern(reach).search(folded, 0, 2000)
        if match is None:
            return None
        if _is_name(match.group(1)):
            return match.group(1)
    return None


def _scores(folded: str) -> Counter[str]:
    """How strongly a text names each place; its head counts more, and so does a place right behind the one that it
    lies in: 盘锦市大洼县."""
    scores: Counter[str] = Counter()
    head = folded[: max(120, folded.find("\n", 40) + 1)][:400]
    named = list(find_places(folded, 0, 20000))
    everywhere = Counter(folded[start:end] for start, end, _ in named if not _aside(folded, start, end))
    inner = [folded[start:end] for (_, last, _), (start, end, _) in pairwise(named) if start == last]
    everywhere.update(inner + inner)
    leading = dict.fromkeys(
        folded[a:b] for a, b, known in named if not known and b <= 2000 and (a == 0 or folded[a - 1] == "\n")
    )
    for place in leading:
        scores[place] += 2
    source = _source(folded)
    if source:
        shorter = source.removesuffix("管委会")
        scores[shorter if level_of(shorter) == "park" else source] += 3
    for place, count in everywhere.items():
        common = stem_of(place) in name_words("common_stem")
        whole = place[-1] in "县市旗" or place in inner or (level_of(place) == "town" and not COMMON.search(place))
        known = place in known_places() and (whole or not common)
        if not known and ((count < 2 and place not in leading) or common):
            continue
        scores[place] += count + 3 * head.count(place)
        if known and not common and len(stem_of(place)) >= 2:
            scores[place] += folded.count(stem_of(place), 0, 20000)
    return scores


_MEASURED_BY: Final = ("、", "高于", "低于", "超过", "快于", "慢于", "比", "较")


def _aside(folded: str, start: int, end: int) -> bool:
    """Whether a place is one of several or what another is compared with: 天山镇、巴彦花镇等, 高于青禾镇2个百分点."""
    return folded.startswith("、", end) or folded.endswith(_MEASURED_BY, 0, start)


def _fits(name: str, level: str) -> bool:
    ours = level_of(name)
    return not level or ours == level or {ours, level} == {"county", "city"} or (level == "county" and ours == "park")


def _weight(name: str, score: int, level: str) -> float:
    return score * (2 if level_of(name) == level else 1) + (1 if level_of(name) == "town" and not level else 0)


def _from_stem(folded: str, named: list[str]) -> str | None:
    """A town that the text calls only by its stem, when its county is named too: 衙前 … 萧山 -> 衙前镇."""
    text = folded[:8000]
    best: tuple[int, str] | None = None
    for stem, count in _repeated_stems(text):
        if stem in name_words("common_stem"):
            continue
        for name in _stems()[stem]:
            if level_of(name) != "town":
                continue
            for _, parent, grandparent in gazetteer()[name]:
                near = any(
                    len(stem_of(above)) >= 2 and stem_of(above) in text for above in (parent, grandparent) if above
                )
                if near and (best is None or count > best[0]):
                    best = (count, name)
    return best[1] if best else None


def _repeated_stems(text: str) -> list[tuple[str, int]]:
    """Stems of places of two or three characters that a text names at least three times, and how often.

    Pairs of characters are counted as numbers, which takes a fifth of the time that slices of the text take.
    """
    pairs = _pairs(text)
    starts = _stem_starts()
    found = []
    for pair in [pair for pair, count in pairs.items() if count >= 3 and pair in starts]:
        for stem, following in starts[pair]:
            if following is None:
                found.append((stem, pairs[pair]))
            elif pairs[following] >= 3 and (count := text.count(stem)) >= 3:
                found.append((stem, count))
    return sorted(found, key=lambda each: (len(each[0]), text.find(each[0])))


_UTF16: Final = f"utf-16-{sys.byteorder[0]}e"


def _pairs(text: str) -> Counter[int]:
    """How often each two neighbouring characters stand in a text, the two taken as one number."""
    units = memoryview(text.encode(_UTF16, "surrogatepass"))
    counts: Counter[int] = Counter()
    for first in (0, 2):
        counts.update(units[first : first + (len(units) - first) // 4 * 4].cast("I"))
    return counts


@cache
def _stem_starts() -> dict[int, tuple[tuple[str, int | None], ...]]:
    """The stems of two and three characters by their first pair, each with its second pair, as _pairs counts them."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    for stem in _stems():
        if len(stem) in (2, 3):
            following = _pair(stem[1:]) if len(stem) == 3 else None
            found.setdefault(_pair(stem[:2]), []).append((stem, following))
    return {pair: tuple(each) for pair, each in found.items()}


def _pair(two: str) -> int:
    return int.from_bytes(two.encode(_UTF16, "surrogatepass")[:4], sys.byteorder)


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(known_places()):
        stem = SUFFIX.sub("", name)
        if len(stem) >= 2 and stem != name:
            found.setdefault(stem, []).append(name)
    return {stem: tuple(names) for stem, names in found.items()}
