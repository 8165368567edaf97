"""Places: whose figures a report gives, and the places that single figures name.

The gazetteer (data/places.csv) knows the towns, streets, counties and cities of China. A name
that it does not know is believed where the text writes it as a place (柳溪镇 at the head of a
sentence). Where two places fit, the report's own words decide: its title, 全镇 or 全县, how often
each is named; what stays open is given as candidates.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from extract.vocabulary import name_words

_END: Final = re.compile(
    r"街道|镇(?!里|内)(?:街道)?|乡(?!村|镇)|县(?!域|级|直|城(?!镇))|区(?!域|间)|市(?!场|民|值|政|级|直|容|区)|旗|州|盟|省"
    r"|开发区|园区|高新区|经开区|新区|管委会|苏木|农场|林场"
)
SUFFIX: Final = re.compile(r"(?:街道办事处|街道|[镇乡县区市旗])$")
COMMON: Final = re.compile(
    r"(?:全|我|本|各|该|灌|库|校|厂|乡|城|村|集|建制|中心|重点|特色|强|大|老|小|示范|名|新|市|辖|省|为|在|到|向|把|对|两|几|多|个|美丽|卫生|园林|文明|生态|旅游|工业|经济|风情|周边|邻近|先进|百强|千强|贫困|农业|双|[一二三四五六七八九十\d])"
    r"(?:镇|乡|街道|县|区|市|省)$"
)


def _file() -> Path:
    packed = Path(__file__).parent / "data" / "places.csv"
    return packed if packed.is_file() else Path(__file__).parent.parent / "data" / "places.csv"


@cache
def gazetteer() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Every known place name -> (level, parent, grandparent) of each place that bears it."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    with _file().open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        next(rows)
        for name, level, parent, grandparent, *_ in rows:
            found.setdefault(name, []).append((level, parent, grandparent))
    return {name: tuple(places) for name, places in found.items()}


@cache
def known_places() -> frozenset[str]:
    """The names of the gazetteer alone, which is all that most reports need."""
    rows = _file().read_text(encoding="utf-8").split("\n")
    return frozenset(row.partition(",")[0] for row in rows[1:] if row)


def level_of(name: str) -> str:
    """town, county, city, park or other, by the name's ending."""
    if name.endswith(("镇", "乡", "街道", "苏木", "办事处", "农场", "林场")):
        return "town"
    if name.endswith(("开发区", "园区", "高新区", "经开区", "新区", "管委会", "工业园", "产业园", "度假区")):
        return "park"
    if name.endswith(("社区", "景区")):
        return "other"
    if name.endswith(("县", "旗")):
        return "county"
    if name.endswith("区") and not name.endswith("自治区"):
        return "county"
    if name.endswith(("省", "自治区")):
        return "province"
    return "city" if name.endswith(("市", "州", "盟")) else "other"


def find_places(folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, bool]]:
    """Places in a stretch of text: start, end, and whether the gazetteer knows the name."""
    known = known_places()
    taken = start
    for match in _END.finditer(folded, start, len(folded) if end is None else end):
        stop = match.end()
        longest = 15 if folded[stop - 3 : stop] in _long_endings() else _SHORT
        for length in range(min(longest, stop - taken), 1, -1):
            name = folded[stop - length : stop]
            if name in known and name not in name_words("no_place") and not _inside_word(folded, name, stop - length):
                longer = _longer(folded, taken, stop - length, stop)
                yield longer, stop, longer == stop - length
                taken = stop
                break
        else:
            begin = _unknown(folded, taken, stop)
            if begin is not None:
                yield begin, stop, False


_SHORT: Final = 5
"""As long as most names of places are; what a longer one ends in is looked up first."""


@cache
def _long_endings() -> frozenset[str]:
    return frozenset(name[-3:] for name in known_places() if len(name) > _SHORT)


_BEFORE_DATE: Final = frozenset("0123456789一二三四五六七八九十元")


def _inside_word(folded: str, name: str, begin: int) -> bool:
    """Whether a place's name only ends or cuts another word: 成县 in 完成县定任务, 月城镇 in 1-9月城镇新增就业."""
    before = folded[begin - 1 : begin]
    if name[0] in "年月日" and before in _BEFORE_DATE:
        return True
    return (
        len(name) == 2 and name[-1] == "县" and before not in _EDGE and before not in "在从到至赴由向对和与为于省市州"
    )


def _longer(folded: str, low: int, begin: int, stop: int) -> int:
    """Where a longer name begins that a known one ends: 平岚县 at the head of a line is not 岚县, 七里铺镇 not 铺镇."""
    if stop - begin == 2 and folded[stop - 1] in "镇乡" and folded[begin - 1 : begin] not in _EDGE:
        longer = _unknown(folded, low, stop)
        return begin if longer is None else longer
    for start in range(max(low, begin - 2), begin):
        if (start == 0 or folded[start - 1] in "\n年") and _PREFIX.fullmatch(folded, start, begin):
            return start if stop - start <= 8 else begin
    return begin


_PREFIX: Final = re.compile(
    r"(?!关于|中共|据|从|根据|按照|我们|位于|来自|走进|今年|去年|截至|一是|二是)[\u4e00-\u9fff]*[^全我本各原该在对向与和及为从由到是于年月省市县区州\W]"
)
_LEADING: Final = re.compile(
    r"(?!记者|引进|招引|完成|数据|.{0,2}咱|.{0,2}我们|市内|我市|利用|争取|到位|实际|新增|全部)(?!.*(?:完成|实现|超额|下达|关于|根据|按照|假期|期间|力争|列入|和|与|及|委|政府|推进|建设|各|全|季度|年|月|度))[\u4e00-\u9fff]{2,4}(?:镇|乡|街道|县|市|区)$"
)
_EDGE: Final = frozenset('\n 。,;:、()|“”"县区市省,!?：，；的在了月度年')


def _is_common(name: str) -> bool:
    """Whether a name only says which kind of place is meant: 重点镇, 新区; not 东滩新区."""
    return bool(COMMON.search(name)) and not (len(name) > 3 and name.endswith(("新区", "经开区", "开发区")))


def _unknown(folded: str, low: int, stop: int) -> int | None:
    """Start of a place the gazetteer does not know: two to four characters after an edge and before 镇."""
    for length in (3, 4, 5):
        begin = stop - length
        if begin < low:
            return None
        behind = begin == low and folded[begin - 1 : begin] in tuple("市县州旗")
        if folded[stop - 1] in "市区" and not (begin == 0 or behind or folded[begin - 1] in "\n月"):
            continue
        if begin == 0 or folded[begin - 1] in _EDGE or folded.startswith("关于", begin - 2):
            name = folded[begin:stop]
            if _LEADING.fullmatch(name) and not _is_common(name) and name not in name_words("no_place"):
                return begin
    return None


MASKED: Final = re.compile(r"(?:[xX×*某○]{1,4}|\?\?)(?:镇|乡|街道)")
"""A place whose name the report hides: xxx镇."""


@lru_cache(maxsize=65536)
def without_mask(name: str) -> str:
    """A name without the masked place before it: xxx镇税收 -> 税收."""
    match = MASKED.match(name)
    return name[match.end() :] if match and match.end() < len(name) else name


@lru_cache(maxsize=65536)
def stem_of(name: str) -> str:
    """A place's name without its kind: 高虹镇 -> 高虹."""
    return SUFFIX.sub("", name)


def is_place(text: str, own: str | None) -> bool:
    """Whether a stretch of text is nothing but a place: 柳溪镇, 我县, the report's own place."""
    return (
        (text in known_places() and text not in name_words("no_place"))
        or text == own
        or bool(own and text == stem_of(own))
    )


_ZONE: Final = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:高新区|经开区|开发区|空港区|综保区|保税区)(?=.)")
_PLACE_LIKE: Final = re.compile(
    r"[\u4e00-\u9fff]{1,5}(?:镇|乡|街道|县|区|市|旗|高新区|经开区|开发区|新区|园区)$|高新区$|经开区$|开发区$"
)


@lru_cache(maxsize=65536)
def looks_like_place(text: str) -> bool:
    """Whether a whole stretch of text is built like a place's name: 白杨乡, 青川坝区, 经开区."""
    return (
        bool(_PLACE_LIKE.fullmatch(text)) and text not in name_words("no_place") and not COMMON.search(text)
    ) or text in (
        "高新区",
        "经开区",
        "开发区",
    )


def names_in(text: str) -> list[str]:
    """The places that a stretch of text names, one after another."""
    return [text[a:b] for a, b, _ in find_places(text)]


@lru_cache(maxsize=65536)
def split_place(name: str, own: str | None) -> tuple[str | None, str]:
    """A place at the head of an indicator's name, and the rest: 柳溪镇工业总产值 -> (柳溪镇, 工业总产值)."""
    if not _END.search(name):
        return None, name
    head = _ZONE.match(name)
    if head:
        return head.group(), name[head.end() :]
    for start, end, known in find_places(name):
        believed = name[end - 1] not in "市区" and _LEADING.fullmatch(name[:end])
        if name[end - 1] in "市区" and stem_of(name[:end]) in name_words("common_stem") and name[:end] != own:
            break
        if start == 0 and (known or name[:end] == own or believed):
            return name[:end], name[end:]
        break
    return None, name
