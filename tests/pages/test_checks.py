"""核查: what does not agree, filtered by the URL, both sentences, and answers that stay in the log."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from assess.checks_rules import RULES
from benchmarks.planted import contradictions as planted
from benchmarks.planted.towns import Report, Towns
from extract import find
from extract.models import Document
from store import Store, open_store
from tests.pages.conftest import Opener
from ui import checks_tables

KINDS = ("completion", "growth", "fell", "rank", "stopped")
Filler = Callable[[], str]


def fill(store: Store, kinds: tuple[str, ...] = KINDS) -> None:
    rng = Random(3)
    towns = Towns(rng)
    for kind in kinds:
        for report in planted.MAKERS[kind](towns, rng, 0)[1]:
            save(store, report, rng)


def save(store: Store, report: Report, rng: Random) -> None:
    text = report.written(rng)
    store.save_report(
        find(Document(f"{report.town}{report.year}-{report.quarter}.txt", text)), text.encode(), who="测试"
    )


@pytest.fixture(scope="module")
def planted_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("planted") / "reports.db")
    fill(open_store(place))
    return place


@pytest.fixture
def own_place(tmp_path: Path) -> str:
    place = str(tmp_path / "own.db")
    fill(open_store(place), ("completion", "growth"))
    return place


def htmls(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html") if 'class="evidence"' in element.proto.body]


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def write(app: AppTest, person: str, note: str) -> AppTest:
    app.text_input(key="person-box").set_value(person)
    next(box for box in app.text_input if box.key.startswith("note-")).set_value(note)
    return app.run()


def test_empty_store_offers_the_action_that_fills_it(opened: Opener, tmp_path: Path) -> None:
    app = opened(str(tmp_path / "empty.db"), "checks")
    assert not app.exception
    assert app.title[0].value == "还没有数据"


def test_a_store_that_agrees_says_so(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "agrees.db")
    store, rng = open_store(place), Random(4)
    for report in Towns(rng).reports():
        save(store, report, rng)
    app = opened(place, "checks")
    assert not app.exception
    assert app.title[0].value == "没有发现对不上的数字"
    assert "没有符合条件的" in app.info[0].value


def test_every_planted_kind_is_listed_the_gravest_first(opened: Opener, planted_place: str) -> None:
    app = opened(planted_place, "checks")
    assert not app.exception
    table = app.dataframe[0].value
    assert set(table["对不上的是"]) == {RULES[kind].name for kind in KINDS}
    assert app.title[0].value.startswith(f"{len(table)} 处数字对不上，待处理 {len(table)} 处")
    order = [word.removeprefix("▶ ") for word in table["轻重"]]
    assert order == sorted(order, key="重中轻".index)
    assert table["轻重"][0].startswith("▶")


def test_both_sentences_stand_side_by_side_with_their_words_marked(opened: Opener, planted_place: str) -> None:
    app = opened(planted_place, "checks", rule="growth")
    left, right = htmls(app)
    assert left.count("<mark") >= 3
    assert "增长" in left or "下降" in left
    assert left != right
    assert any("按两年数值计算" in text.value and "同比应为" in text.value for text in app.markdown)


def test_one_sentence_that_contradicts_itself_is_shown_once(opened: Opener, planted_place: str) -> None:
    assert len(htmls(opened(planted_place, "checks", rule="completion"))) == 1


def test_the_words_of_a_rank_are_marked(opened: Opener, planted_place: str) -> None:
    for shown in htmls(opened(planted_place, "checks", rule="rank")):
        assert '<mark title="原文">全县第2位</mark>' in shown


def test_filters_come_from_the_url_and_unknown_ones_do_not_count(opened: Opener, planted_place: str) -> None:
    every = opened(planted_place, "checks").dataframe[0].value
    town = every["乡镇"].iloc[0]
    assert set(opened(planted_place, "checks", town=town).dataframe[0].value["乡镇"]) == {town}
    odd = opened(planted_place, "checks", rule="<b>", town="无此镇", status="无", finding="无", period="9999-99")
    assert not odd.exception
    assert len(odd.dataframe[0].value) == len(every)
    assert opened(planted_place, "checks", status="dismissed").info[0].value.startswith("没有符合条件的")
    assert opened(planted_place, "checks", period="2022-03", rule="growth").info


def test_a_finding_of_the_url_is_opened(opened: Opener, planted_place: str) -> None:
    app = opened(planted_place, "checks", rule="stopped")
    assert app.header[0].value.startswith(RULES["stopped"].name)
    key = app.text_input[1].key.removeprefix("note-")
    again = opened(planted_place, "checks", finding=key)
    assert again.header[0].value == app.header[0].value


def test_a_box_writes_its_choice_into_the_url(opened: Opener, planted_place: str) -> None:
    app = opened(planted_place, "checks", finding="x")
    app.selectbox(key="check-rule").select("rank").run()
    assert app.query_params["rule"] == "rank"
    assert "finding" not in app.query_params
    app.selectbox(key="check-rule").select("全部").run()
    assert "rule" not in app.query_params


def test_an_answer_is_kept_with_person_and_reason_and_the_next_finding_opens(opened: Opener, own_place: str) -> None:
    app = opened(own_place, "checks")
    before = app.header[0].value
    count = len(app.dataframe[0].value)
    app = press(write(app, "张三", "已核对台账"), "answer-explained")
    assert not app.exception
    (entry,) = open_store(own_place).handlings("check")
    assert (entry["status"], entry["who"], entry["note"]) == ("explained", "张三", "已核对台账")
    assert RULES[entry["key"].partition("-")[0]].name in entry["about"]
    assert app.header[0].value != before
    assert len(app.dataframe[0].value) == count - 1
    log = app.expander[0]
    assert "1 条" in log.label
    assert log.dataframe[0].value["操作人"].tolist() == ["张三"]


def test_to_dismiss_without_a_reason_is_refused(opened: Opener, own_place: str) -> None:
    app = press(opened(own_place, "checks"), "answer-dismissed")
    assert [toast.value for toast in app.toast] == ["请写明理由。"]
    assert open_store(own_place).handlings("check") == []


def test_to_confirm_needs_no_reason_and_can_be_taken_back(opened: Opener, own_place: str) -> None:
    press(opened(own_place, "checks", rule="growth"), "answer-confirmed")
    app = opened(own_place, "checks", rule="growth", status="confirmed")
    assert app.dataframe[0].value["处理"].tolist() == ["确认有误"]
    press(app, "answer-open")
    assert [row["status"] for row in open_store(own_place).handlings("check")] == ["open", "confirmed"]
    assert opened(own_place, "checks", rule="growth").dataframe[0].value["处理"].tolist() == ["待处理"]


def test_the_download_has_every_finding_with_both_sentences(opened: Opener, planted_place: str) -> None:
    from ui import checks_parts, reading

    app = opened(planted_place, "checks")
    assert [button.label for button in app.get("download_button")] == ["下载本页数据"]
    import export

    found = checks_parts.findings(reading.periods()[0])
    file = pd.read_csv(BytesIO(export.to_csv(checks_tables.for_download(found))))
    assert len(file) == len(app.dataframe[0].value)
    assert file.columns.tolist() == list(checks_tables.FILE_HEADS.values())
    assert file["原文一"].notna().all()
    assert set(file["处理"]) == {"待处理"}


def test_the_rules_are_published_with_their_counts(opened: Opener, planted_place: str) -> None:
    rules = opened(planted_place, "checks").table[0].value
    assert rules["规则"].tolist() == [rule.name for rule in RULES.values()]
    assert dict(zip(rules["规则"], rules["处数"], strict=True))[RULES["fell"].name] == 1
