"""data/places.csv: its shape, that every place hangs on one above it, and well-known places."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.make_places import (
    HEADER,
    Place,
    former_places,
    level_of,
    main,
    read_places,
    short_form,
    with_short_forms,
)

FILE = Path(__file__).parents[2] / "data" / "places.csv"
LEVELS = {"province", "city", "county", "town", "township", "street", "park", "farm", "other"}
ABOVE_TOWN = {"province", "city", "county"}


@pytest.fixture(scope="module")
def places() -> list[Place]:
    with FILE.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        assert tuple(next(rows)) == HEADER
        return [Place(*row) for row in rows]


@pytest.fixture(scope="module")
def by_name(places: list[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        found[place.name].append(place)
    return found


def test_file_is_plain_utf8_of_at_most_three_megabytes() -> None:
    content = FILE.read_bytes()
    assert len(content) <= 3_000_000
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_every_field_is_clean_and_of_the_closed_lists(places: list[Place]) -> None:
    assert [place for place in places if any(field != field.strip() or " " in field for field in place)] == []
    assert [place for place in places if not place.name or place.level not in LEVELS] == []
    assert [place for place in places if not place.code.isdigit() or len(place.code) not in (2, 4, 6, 9)] == []


def test_places_are_sorted_and_unique(places: list[Place]) -> None:
    codes = [place.code for place in places]
    assert codes == sorted(codes)
    assert len({place[:4] for place in places}) == len(places)


def test_all_of_china_is_there(places: list[Place]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for place in places:
        counts[place.level] += 1
    below = sum(count for level, count in counts.items() if level not in ABOVE_TOWN)
    assert counts["province"] == 31
    assert counts["city"] >= 333
    assert counts["county"] >= 2800
    assert below >= 40_000


def test_every_place_hangs_on_places_of_the_file(places: list[Place], by_name: dict[str, list[Place]]) -> None:
    assert [place for place in places if (place.parent == "") != (place.level == "province")] == []
    assert [place for place in places if place.parent and place.parent not in by_name] == []
    assert [place for place in places if place.grandparent and place.grandparent not in by_name] == []
    towns = [place for place in places if place.level not in ABOVE_TOWN]
    assert [place for place in towns if not place.grandparent] == []
    assert [
        place for place in towns if not any(above.level in ("county", "city") for above in by_name[place.parent])
    ] == []


@pytest.mark.parametrize("heading", ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
def test_headings_of_the_register_are_no_places(places: list[Place], heading: str) -> None:
    assert [place for place in places if heading in (place.name, place.parent, place.grandparent)] == []


@pytest.mark.parametrize(
    ("name", "level", "parent", "grandparent"),
    [
        ("大理州", "city", "云南省", ""),
        ("融水县", "county", "柳州市", "广西壮族自治区"),
        ("浦东新区", "county", "上海市", ""),
        ("仙桃市", "county", "湖北省", ""),
        ("东莞市", "city", "广东省", ""),
        ("昆山市", "county", "苏州市", "江苏省"),
        ("高虹镇", "town", "临安区", "杭州市"),
        ("虎门镇", "town", "东莞市", "广东省"),
        ("中关村街道", "street", "海淀区", "北京市"),
        ("保康街道", "street", "科尔沁左翼中旗", "通辽市"),
        ("肥乡县", "county", "邯郸市", "河北省"),
        ("襄樊市", "city", "湖北省", ""),
        ("静海县", "county", "天津市", ""),
    ],
)
def test_known_places(by_name: dict[str, list[Place]], name: str, level: str, parent: str, grandparent: str) -> None:
    assert (name, level, parent, grandparent) in {place[:4] for place in by_name[name]}


def test_shared_names_keep_all_their_places(by_name: dict[str, list[Place]]) -> None:
    assert len({place.parent for place in by_name["城关镇"]}) > 50
    assert len(by_name["太平镇"]) > 30


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("柳溪镇", "town"),
        ("柳溪民族乡", "township"),
        ("柳溪苏木", "township"),
        ("柳溪街道", "street"),
        ("柳溪街道办事处", "street"),
        ("柳溪经济技术开发区", "park"),
        ("柳溪国营农场", "farm"),
        ("柳溪地区", "other"),
    ],
)
def test_level_of(name: str, level: str) -> None:
    assert level_of(name) == level


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("柳溪彝族自治州", "柳溪州"),
        ("柳溪苗族侗族自治县", "柳溪县"),
        ("柳溪各族自治县", "柳溪县"),
        ("柳溪满族乡", "柳溪乡"),
        ("柳溪街道办事处", "柳溪街道"),
        ("柳溪镇", None),
        ("水族乡", None),
    ],
)
def test_short_form(name: str, short: str | None) -> None:
    assert short_form(name) == short


def _package(folder: Path) -> Path:
    tables = {
        "provinces.csv": ["code,name", '90,"示例省"'],
        "cities.csv": ["code,name,provinceCode", '9001,"甲市",90', '9002,"市辖区",90', '9003,"乙市",90'],
        "areas.csv": [
            "code,name,cityCode,provinceCode",
            '900101,"示例苗族自治县",9001,90',
            '900201,"直管县",9002,90',
            '900300,"乙市",9003,90',
        ],
        "streets.csv": [
            "code,name,areaCode,provinceCode,cityCode",
            '900101100,"柳溪镇",900101,90,9001',
            '900201001,"东门街道办事处",900201,90,9002',
            '900300001,"南门街道",900300,90,9003',
            '900300401,"示例监狱",900300,90,9003',
        ],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_places_are_made_from_the_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "places.csv"
    assert main([str(_package(tmp_path)), str(target)]) == 0
    assert target.read_text(encoding="utf-8").splitlines() == [
        "name,level,parent,grandparent,code",
        "示例省,province,,,90",
        "甲市,city,示例省,,9001",
        "示例苗族自治县,county,甲市,示例省,900101",
        "示例县,county,甲市,示例省,900101",
        "柳溪镇,town,示例苗族自治县,甲市,900101100",
        "直管县,county,示例省,,900201",
        "东门街道办事处,street,直管县,示例省,900201001",
        "东门街道,street,直管县,示例省,900201001",
        "乙市,city,示例省,,9003",
        "南门街道,street,乙市,示例省,900300001",
    ]
    assert capsys.readouterr().out.startswith("10 lines (")


def test_a_short_form_that_is_a_place_of_its_own_is_not_doubled() -> None:
    full = [Place("柳溪满族乡", "township", "甲县", "乙市", "1"), Place("柳溪乡", "township", "甲县", "乙市", "2")]
    assert with_short_forms(full) == full


def test_reading_the_package_yields_no_short_forms(tmp_path: Path) -> None:
    assert "示例县" not in {place.name for place in read_places(_package(tmp_path))}


def test_former_counties_are_added_under_their_city_of_then() -> None:
    today = [Place("示例省", "province", "", "", "90"), Place("柳溪区", "county", "甲市", "示例省", "900102")]
    revisions = {
        200200: {900000: "示例省", 900100: "旧市", 900121: "柳溪县", 900102: "柳溪区"},
        201300: {900000: "示例省", 900100: "甲市", 900101: "市辖区", 900102: "柳溪区", 900121: "青禾县"},
    }
    assert list(former_places(today, revisions)) == [
        Place("甲市", "city", "示例省", "", "900100"),
        Place("青禾县", "county", "甲市", "示例省", "900121"),
        Place("旧市", "city", "示例省", "", "900100"),
        Place("柳溪县", "county", "旧市", "示例省", "900121"),
    ]
