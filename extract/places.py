"""Places: whose figures a report gives, and the places that single figures name.

The gazetteer (data/places.csv) knows the towns, streets, counties and cities of China. A name
that it does not know is believed where the text writes it as a place (柳溪镇 at the head of a
sentence). Where two places fit, the report's own words decide: its title, 全镇 or 全县, how often
each is named; what stays open is given as candidates.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extract.vocabulary import name_words

_END = re.compile(
    r"(?:街道|镇|乡(?!村|镇)|县(?!域|级|直|城)|区(?!域|间)|市(?!场|民|值|政|级|直|容|区)|[旗州盟省]|开发区|园区|高新区|经开区|新区|管委会|苏木|农场|林场)"
)
_SUFFIX = re.compile(r"(?:街道办事处|街道|[镇乡县区市旗])$")
_COMMON = re.compile(
    r"(?:全|我|本|各|该|乡|城|村|集|建制|中心|重点|特色|强|大|老|小|示范|名|新|市|辖|省|为|在|到|向|把|对|两|几|多|个|美丽|卫生|园林|文明|生态|旅游|工业|经济|风情|周边|邻近|先进|百强|千强|贫困|农业|双|[一二三四五六七八九十\d])"
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


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in known_places():
        stem = _SUFFIX.sub("", name)
        if len(stem) >= 2 and stem != name:
            found.setdefault(stem, []).append(name)
    return {stem: tuple(names) for stem, names in found.items()}


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
        for length in range(min(15, stop - taken), 1, -1):
            name = folded[stop - length : stop]
            if name in known and name not in name_words("no_place"):
                longer = _longer(folded, taken, stop - length, stop)
                yield longer, stop, longer == stop - length
                taken = stop
                break
        else:
            begin = _unknown(folded, taken, stop)
            if begin is not None:
                yield begin, stop, False


def _longer(folded: str, low: int, begin: int, stop: int) -> int:
    """Where a longer name begins that a known one ends: 平岚县 at the head of a line is not 岚县, 七里铺镇 not 铺镇."""
    if stop - begin == 2 and folded[stop - 1] in "镇乡" and folded[begin - 1 : begin] not in _EDGE:
        longer = _unknown(folded, low, stop)
        return begin if longer is None else longer
    for start in range(max(low, begin - 2), begin):
        if (start == 0 or folded[start - 1] in "\n年") and _PREFIX.fullmatch(folded, start, begin):
            return start if stop - start <= 8 else begin
    return begin


_PREFIX = re.compile(
    r"(?!关于|中共|据|从|我们|位于|来自|走进|今年|去年|截至|一是|二是)[\u4e00-\u9fff]*[^全我本各原该在对向与和及为从由到是于年月省市县区州\W]"
)
_LEADING = re.compile(
    r"(?!引进|招引|利用|争取|到位|实际|新增|全部)(?!.*(?:关于|假期|期间|力争|列入|和|与|及|委|政府|推进|建设|各|全|季度|年|月|度))[\u4e00-\u9fff]{2,4}(?:镇|乡|街道|县|市|区)$"
)
_EDGE = frozenset('\n 。,;:、()|“”"县区市省,!?：，；的在了月度年')


def _unknown(folded: str, low: int, stop: int) -> int | None:
    """Start of a place the gazetteer does not know: two to four characters after an edge and before 镇."""
    for length in (3, 4, 5):
        begin = stop - length
        if folded[stop - 1] in "市区" and not (begin == 0 or (begin > 0 and folded[begin - 1] in "\n月")):
            continue
        if begin < low:
            return None
        if begin == 0 or folded[begin - 1] in _EDGE or folded.startswith("关于", begin - 2):
            name = folded[begin:stop]
            if _LEADING.fullmatch(name) and not _COMMON.search(name) and name not in name_words("no_place"):
                return begin
    return None


_SELF = re.compile(r"[全我本](镇|乡|街道|街|县|区|市|园|州|旗|办|省)")
_MASKED = re.compile(r"(?:[xX×*某○]{1,4}|\?\?)(?:镇|乡|街道)")
_SELF_LEVEL = {
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
    if _MASKED.search(folded[:200]):
        level = "town"
    elif wanted["town"]:
        level = "town" if wanted["town"] * 2 >= wanted.total() - wanted["town"] else level
    in_title = _title_place(folded, title) or _titled(folded, title)
    if in_title and (level != "town" or level_of(in_title) in ("town", "park", "other")):
        return in_title, (), ()
    scores = _scores(folded)
    ranked = sorted(scores, key=lambda name: (-_weight(name, scores[name], level), -len(name)))
    best = next((name for name in ranked if _fits(name, level)), None)
    if best is not None and scores[best] >= 2:
        others = tuple(
            name for name in ranked if name != best and _fits(name, level) and scores[name] * 2 > scores[best]
        )
        return best, others, ()
    guessed = _from_stem(folded, ranked) if level in ("town", "") else None
    if guessed:
        return guessed, (), ("地名推断",)
    best = best or _clause_place(folded) or _only_one(folded)
    if best is not None:
        return best, (), ()
    return None, tuple(ranked[:3]), ()


_CLAUSE_PLACE = re.compile(
    r"(?:^|[\n,。:)月年日度]) *(?!列入|力争|.{0,3}(?:[度年月季]|地区))"
    r"([\u4e00-\u9fff]{2,3}(?:市|县|区|州|省|镇|乡|街道|新区))"
    r"(?=完成|实现|重点|科技|招商|经济|财政|工业|一般|农|外贸|固定|社会|规模|地区|全|生产总值|GDP|金融|税|旅游|(?:19|20)\d\d年|\d{1,2}-\d{1,2}月)"
)


def _only_one(folded: str) -> str | None:
    """The single town or county that the head of a text is told of, though the gazetteer does not know it."""
    named = {folded[a:b] for a, b, known in find_places(folded, 0, 2000) if not known}
    own = [name for name in named if name[-1] in "镇乡县" and not _COMMON.search(name)]
    return own[0] if len(own) == 1 else None


def _clause_place(folded: str) -> str | None:
    """A place the gazetteer does not know that stands before what it did: 随安市外贸进出口…."""
    for match in _CLAUSE_PLACE.finditer(folded, 0, 2000):
        name = match.group(1)
        if (
            name not in name_words("no_place")
            and not _COMMON.search(name)
            and not name.startswith(("全", "我", "本", "各"))
        ):
            return name
    return None


_KIND = (
    r"(?:镇|乡|街道|苏木|县|区|市|旗|州|社区|林场|农场"
    r"|开发区|高新区|经开区|新区|园区|工业园|产业园|管理区|示范区|度假区|名胜区|风景区|旅游区|工业城|产业城|科技城|林业局|林管局|实验局|景区|港区|保税区|基地|片区|新城|团场|团)"
)
_STEM = r"[^\W\da-zA-Z_省市州县区镇乡村年月季的第各全我本和与及对从在]{2,6}"
_TITLED = re.compile(
    rf"(?:[“\"][^“”\"]*[”\"]|假期|期间)*(?:{_STEM}[省市州盟县区])*?({_STEM}?{_KIND})"
    r"(?=[(“\"]|(?:19|20)\d\d|[二一][〇○O零九]|\d{1,2}(?:月|-)|[一二三四首]季|前[一二三四十]|[上下]半年|全年|元至|今年|本年|年终|年度|关于|经济|工作|"
    r"财政|重点|招商|统计|国民|政府|人民|文旅|文化|党|召开|举行|固定|工业|农业|农村|旅游|民生|项目|主要|各项|目标|税|指标|完成|实现|全面|圆满|顺利|超额|提前)"
)
_SOURCE = re.compile(
    rf"(?:从|据|来源:?|单位:|作者:) ?(?:{_STEM}[省市州盟县区])*?({_STEM}?{_KIND})"
    r"(?=[\u4e00-\u9fff]{0,6}(?:局|委|办|政府|中心|部门|海关|支行|公司|税务|获悉|了解))"
)


def _titled(folded: str, title: str) -> str | None:
    """A place the gazetteer does not know at the head of a title: 白鹿湖开发区前十月…."""
    for line in (title, *folded.lstrip()[:200].split("\n")[:2]):
        match = _TITLED.match(line.strip())
        if match and len(line) < 60 and not _NO_TITLE.search(line) and _is_name(match.group(1)):
            return match.group(1)
    return None


def _is_name(name: str) -> bool:
    """Whether a stretch of text that ends as places do can be a place's own name: not 全县, 工业园区, 重点镇."""
    if name in name_words("no_place") or _FRAMED.search(name):
        return False
    return len(name) > 4 or not _COMMON.search(name) or name.endswith(("新区", "社区"))


_FRAMED = re.compile(
    r"^(?:关于|全|我|本|各|假期|国有|生态|工业|产业|经济|农业|科技|城市|农村|我们|记者|示范|特色|现代)|(?:经济技术|高新技术)$"
)


def _title_place(folded: str, title: str) -> str | None:
    """The most exact place of the title: 示例县青禾镇2022年工作总结 -> 青禾镇."""
    lines = [title, *folded.lstrip()[:200].split("\n")[:2]]
    for line in lines:
        if len(line) < 60 and not _NO_TITLE.search(line):
            named = _names_in(line)
            if named:
                return next((name for name in reversed(named) if level_of(name) == "town"), named[-1])
    return None


_NO_TITLE = re.compile(r"[。|]|来源|作者|发布|首 ?页")


def _scores(folded: str) -> Counter[str]:
    """How strongly a text names each place; its head counts more."""
    scores: Counter[str] = Counter()
    head = folded[: max(120, folded.find("\n", 40) + 1)][:400]
    everywhere = Counter(_names_in(folded[:20000]))
    leading = {
        folded[a:b] for a, b, known in find_places(folded, 0, 2000) if not known and (a == 0 or folded[a - 1] == "\n")
    }
    for place in leading:
        scores[place] += 2
    told = _SOURCE.search(folded[:2000])
    if told and _is_name(told.group(1)):
        scores[told.group(1)] += 3
    for place, count in everywhere.items():
        known = place in known_places() and stem_of(place) not in name_words("common_stem")
        if not known and ((count < 2 and place not in leading) or stem_of(place) in name_words("common_stem")):
            continue
        scores[place] += count + 3 * head.count(place)
        if known and len(stem_of(place)) >= 2:
            scores[place] += folded.count(stem_of(place), 0, 20000)
    return scores


def without_mask(name: str) -> str:
    """A name without the masked place before it: xxx镇税收 -> 税收."""
    match = _MASKED.match(name)
    return name[match.end() :] if match and match.end() < len(name) else name


def stem_of(name: str) -> str:
    """A place's name without its kind: 高虹镇 -> 高虹."""
    return _SUFFIX.sub("", name)


def is_place(text: str, own: str | None) -> bool:
    """Whether a stretch of text is nothing but a place: 柳溪镇, 我县, the report's own place."""
    return (
        (text in known_places() and text not in name_words("no_place"))
        or text == own
        or bool(own and text == stem_of(own))
    )


_ZONE = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:高新区|经开区|开发区|空港区|综保区|保税区)(?=.)")
_PLACE_LIKE = re.compile(
    r"[\u4e00-\u9fff]{1,5}(?:镇|乡|街道|县|区|市|旗|高新区|经开区|开发区|新区|园区)$|高新区$|经开区$|开发区$"
)


def looks_like_place(text: str) -> bool:
    """Whether a whole stretch of text is built like a place's name: 白杨乡, 青川坝区, 经开区."""
    return (
        bool(_PLACE_LIKE.fullmatch(text)) and text not in name_words("no_place") and not _COMMON.search(text)
    ) or text in (
        "高新区",
        "经开区",
        "开发区",
    )


def _names_in(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in find_places(text)]


def _fits(name: str, level: str) -> bool:
    ours = level_of(name)
    return not level or ours == level or {ours, level} == {"county", "city"} or (level == "county" and ours == "park")


def _weight(name: str, score: int, level: str) -> float:
    return score * (2 if level_of(name) == level else 1) + (1 if level_of(name) == "town" and not level else 0)


def _from_stem(folded: str, named: list[str]) -> str | None:
    """A town that the text calls only by its stem, when its county is named too: 衙前 … 萧山 -> 衙前镇."""
    stems = _stems()
    text = folded[:8000]
    counts: Counter[str] = Counter()
    for size in (2, 3):
        counts.update(filter(stems.__contains__, (text[i : i + size] for i in range(len(text) - size + 1))))
    best: tuple[int, str] | None = None
    for stem, count in counts.items():
        if count < 3 or stem not in stems or stem in name_words("common_stem"):
            continue
        for name in stems[stem]:
            if level_of(name) != "town":
                continue
            for _, parent, grandparent in gazetteer()[name]:
                near = any(
                    len(_SUFFIX.sub("", p)) >= 2 and _SUFFIX.sub("", p) in text for p in (parent, grandparent) if p
                )
                if near and (best is None or count > best[0]):
                    best = (count, name)
    return best[1] if best else None


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
