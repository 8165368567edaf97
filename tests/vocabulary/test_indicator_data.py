"""data/vocabulary/indicators.csv and aliases.csv: their shape, and that every name leads to one indicator."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "data" / "vocabulary"
INDICATOR_HEADER = ["name", "sector", "unit_kind", "accumulation", "direction"]
ALIAS_HEADER = ["alias", "indicator"]
SECTORS = set(
    "综合 人口 工业 农业 服务业 投资 项目 消费 财政 外经 招商 居民 金融 能源 房地产 旅游 交通 邮电 "  # noqa: SIM905
    "就业 社保 教育 卫生 文化 科技 企业 环境 建设 土地 安全 治理".split()
)
UNIT_KINDS = set(
    "money usd_money area land length mass count people household energy percent volume index other".split()  # noqa: SIM905
)
NO_INDICATOR = "收入 支出 投资 产值 项目 总收入 总产值 企业 资金 增长 完成 任务 目标 全镇 贷款 存款 渠道 水泥".split()  # noqa: SIM905
STRIPPED = re.compile(r"^(?:完成|实现|累计|达到|全镇|全乡|全县|我镇)|(?:完成|实现|达到|任务|增长|增速|增幅|完成率)$")
KNOWN_PATTERN = re.compile(r"[\w、“”（）()&‧·.₂₅，—-]+")


def _rows(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


@pytest.fixture(scope="module")
def indicators() -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(INDICATOR_HEADER, row, strict=True)) for row in _rows("indicators.csv")[1:]}


@pytest.fixture(scope="module")
def aliases() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("aliases.csv")[1:]}


@pytest.mark.parametrize(("name", "header"), [("indicators.csv", INDICATOR_HEADER), ("aliases.csv", ALIAS_HEADER)])
def test_columns(name: str, header: list[str]) -> None:
    first, *rows = _rows(name)
    assert first == header
    assert [row for row in rows if len(row) != len(header)] == []
    assert [row for row in rows if not all(row)] == []


@pytest.mark.parametrize("name", ["indicators.csv", "aliases.csv"])
def test_file_is_plain_utf8_with_line_feeds(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


@pytest.mark.parametrize("name", ["indicators.csv", "aliases.csv"])
def test_no_blanks_and_no_full_width_letters_or_digits(name: str) -> None:
    fields = [field for row in _rows(name) for field in row]
    assert [field for field in fields if re.search(r"\s", field)] == []
    assert [
        f for f in fields if any("！" <= c <= "～" and unicodedata.category(c) in ("Lu", "Ll", "Nd") for c in f)
    ] == []
    assert [field for field in fields if not KNOWN_PATTERN.fullmatch(field)] == []


def test_sizes(indicators: dict[str, dict[str, str]], aliases: dict[str, str]) -> None:
    assert len(indicators) >= 300
    assert len(aliases) >= 1200


def test_no_name_stands_twice() -> None:
    names = Counter(row[0] for row in _rows("indicators.csv")[1:])
    aliases = Counter(row[0] for row in _rows("aliases.csv")[1:])
    assert [name for name, count in names.items() if count > 1] == []
    assert [alias for alias, count in aliases.items() if count > 1] == []


def test_an_alias_leads_to_an_indicator_and_is_none(
    indicators: dict[str, dict[str, str]], aliases: dict[str, str]
) -> None:
    assert sorted(set(aliases.values()) - set(indicators)) == []
    assert sorted(set(aliases) & set(indicators)) == []


def test_spellings_that_the_fold_makes_equal_lead_to_one_indicator(
    indicators: dict[str, dict[str, str]], aliases: dict[str, str]
) -> None:
    """规模以上工业企业 and 规上工业企业, （GDP） and (GDP), with and without quotation marks."""

    def folded(name: str) -> str:
        name = unicodedata.normalize("NFKC", name).replace("规模以上", "规上").replace("限额以上", "限上")
        return re.sub(r"[“”、,]", "", name)

    targets: dict[str, set[str]] = {}
    for name, indicator in [*((name, name) for name in indicators), *aliases.items()]:
        targets.setdefault(folded(name), set()).add(indicator)
    assert {name: found for name, found in targets.items() if len(found) > 1} == {}


def test_closed_lists(indicators: dict[str, dict[str, str]]) -> None:
    assert {row["sector"] for row in indicators.values()} == SECTORS
    assert {row["unit_kind"] for row in indicators.values()} == UNIT_KINDS
    assert {row["accumulation"] for row in indicators.values()} == {"cumulative", "point"}
    assert {row["direction"] for row in indicators.values()} == {"up", "down", "neutral"}


@pytest.mark.parametrize("word", NO_INDICATOR)
def test_generic_words_are_no_indicators(
    indicators: dict[str, dict[str, str]], aliases: dict[str, str], word: str
) -> None:
    assert word not in indicators
    assert word not in aliases


def test_verbs_scopes_and_rates_are_left_to_the_reader(
    indicators: dict[str, dict[str, str]], aliases: dict[str, str]
) -> None:
    """A name that held 完成 or 增速 would hide the word from the rules that need it."""
    assert [name for name in [*indicators, *aliases] if STRIPPED.search(name)] == []


def test_names_are_long_enough_to_be_told_apart(indicators: dict[str, dict[str, str]], aliases: dict[str, str]) -> None:
    assert [name for name in [*indicators, *aliases] if not 2 <= len(name) <= 32] == []


@pytest.mark.parametrize(
    ("alias", "indicator"),
    [
        ("GDP", "地区生产总值"),
        ("国内生产总值", "地区生产总值"),
        ("固投", "固定资产投资"),
        ("全社会固投", "全社会固定资产投资"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("规模工业增加值", "规模以上工业增加值"),
        ("规模以上企业工业增加值", "规模以上工业增加值"),
        ("规上工业产值", "规模以上工业总产值"),
        ("工业现价产值", "工业总产值"),
        ("社零总额", "社会消费品零售总额"),
        ("限上社零额", "限额以上单位消费品零售额"),
        ("财政一般预算收入", "一般公共预算收入"),
        ("公共财政预算收入", "一般公共预算收入"),
        ("地方财政一般预算收入", "一般公共预算收入"),
        ("实到外资", "实际使用外资"),
        ("实际利用外资", "实际使用外资"),
        ("协议外资", "合同外资"),
        ("技改投入", "技术改造投资"),
        ("拆违", "拆除违法建筑"),
        ("小升规", "新增规模以上工业企业"),
        ("农民人均可支配收入", "农村居民人均可支配收入"),
        ("农民纯收入", "农民人均纯收入"),
    ],
)
def test_wordings_of_officials(aliases: dict[str, str], alias: str, indicator: str) -> None:
    assert aliases[alias] == indicator


@pytest.mark.parametrize(
    "apart",
    [
        ("工业总产值", "规模以上工业总产值", "工业增加值", "规模以上工业增加值", "规模以上工业销售产值"),
        ("固定资产投资", "全社会固定资产投资", "规模以上固定资产投资", "有效投资"),
        ("财政收入", "财政总收入", "地方财政收入", "一般公共预算收入", "税收收入"),
        ("实际使用外资", "合同外资", "到位内资", "招商引资到位资金", "省外到位资金"),
        ("农村居民人均可支配收入", "农民人均纯收入", "居民人均可支配收入"),
        ("社会消费品零售总额", "限额以上单位消费品零售额", "商品销售总额"),
        ("生猪出栏", "生猪存栏", "生猪饲养量"),
        ("出口总额", "出口交货值", "外贸出口供货值"),
        ("重点项目", "重点项目投资", "省级重点项目投资"),
    ],
)
def test_what_differs_in_meaning_stays_apart(indicators: dict[str, dict[str, str]], apart: tuple[str, ...]) -> None:
    assert [name for name in apart if name not in indicators] == []


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("单位GDP能耗", "down"),
        ("生产安全事故", "down"),
        ("信访量", "down"),
        ("地区生产总值", "up"),
        ("居民消费价格指数", "neutral"),
    ],
)
def test_directions(indicators: dict[str, dict[str, str]], name: str, direction: str) -> None:
    assert indicators[name]["direction"] == direction


@pytest.mark.parametrize(
    ("name", "kind", "accumulation"),
    [
        ("各项存款余额", "money", "point"),
        ("实际使用外资", "usd_money", "cumulative"),
        ("全社会用电量", "energy", "cumulative"),
        ("商品房销售面积", "area", "cumulative"),
        ("造林面积", "land", "cumulative"),
        ("城镇登记失业率", "percent", "point"),
        ("市场主体", "household", "point"),
    ],
)
def test_units_and_accumulation(indicators: dict[str, dict[str, str]], name: str, kind: str, accumulation: str) -> None:
    assert (indicators[name]["unit_kind"], indicators[name]["accumulation"]) == (kind, accumulation)
