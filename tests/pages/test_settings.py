"""设置: bands, pace, targets from files and by hand, aliases, towns; each logged, in force at once, undone."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import export
from store import Store, Target, open_store
from tests.pages.conftest import Opener
from tests.ui import factory
from ui import rulings, settings_parts, target_files

Press = Callable[[str], object]


@pytest.fixture
def place(tmp_path: Path) -> str:
    place = str(tmp_path / "own.db")
    factory.fill(open_store(place))
    return place


def store_of(place: str) -> Store:
    return open_store(place)


@pytest.mark.parametrize("view", list(settings_parts.VIEWS))
@pytest.mark.parametrize("full", [True, False])
def test_every_view_opens_on_any_store(view: str, full: bool, opened: Opener, full_place: str, tmp_path: Path) -> None:
    app = opened(full_place if full else str(tmp_path / "empty.db"), "settings", view=view)
    assert not app.exception
    assert app.title[0].value.startswith("设置")
    assert app.segmented_control(key="settings-view").value == view


def test_a_preset_is_saved_logged_and_shown_beside_every_lamp(opened: Opener, place: str) -> None:
    app = opened(place, "settings")
    app.text_input(key="person-box").set_value("李雷").run()
    next(radio for radio in app.radio if radio.label == "界限").set_value("从严").run()
    app.button(key="save-rules").click().run()
    assert not app.exception
    store = store_of(place)
    assert rulings.rules_from(store.setting("rules")).line.startswith("超 ≥ +3，达 ≥ 0，黄 ≥ −5")
    assert store.changes(limit=1)[0]["who"] == "李雷"
    for page in ("overview", "town", "timeline", "indicator", "alerts"):
        shown = "".join(element.proto.body for element in opened(place, page).get("html"))
        assert "超 ≥ +3，达 ≥ 0，黄 ≥ −5" in shown, page


def test_the_effect_is_shown_before_saving_and_its_counts_add_up(opened: Opener, place: str) -> None:
    app = opened(place, "settings")
    before = app.dataframe[0].value
    assert before["增减"].tolist() == [0] * len(before)
    app = next(radio for radio in app.radio if radio.label == "界限").set_value("从宽").run()
    after = app.dataframe[0].value
    assert after["增减"].abs().sum() > 0
    assert after["保存后"].iloc[:-1].sum() == after["现在"].iloc[:-1].sum() == after["现在"].iloc[-1]


@pytest.mark.parametrize(("ahead", "said"), [("abc", "界限应填数字"), ("-20", "阈值应满足")])
def test_bands_that_cannot_be_are_told_and_not_kept(ahead: str, said: str, opened: Opener, place: str) -> None:
    app = opened(place, "settings")
    app = next(radio for radio in app.radio if radio.label == "界限").set_value("自定").run()
    app = next(box for box in app.text_input if box.label == "超序时 ≥").set_value(ahead).run()
    assert said in app.error[0].value
    app = app.button(key="save-rules").click().run()
    assert said in app.toast[0].value
    assert store_of(place).setting("rules") is None


def test_a_county_has_rules_of_its_own(opened: Opener, place: str) -> None:
    store = store_of(place)
    store.set_setting("town:柳溪镇", {"county": "青山县", "tracked": True}, "李雷")
    app = opened(place, "settings")
    app.selectbox(key="settings-county").select("青山县").run()
    next(radio for radio in app.radio if radio.label == "界限").set_value("从宽").run()
    app.button(key="save-rules").click().run()
    assert list(store.settings("rules:")) == ["青山县"]
    assert "青山县：超 ≥ +10" in next(text.value for text in app.caption if "现行" in text.value)
    app.button(key="drop-rules").click().run()
    assert store.settings("rules:") == {}


def test_last_years_curve_is_the_pace_where_it_is_chosen(opened: Opener, place: str) -> None:
    store = store_of(place)
    rules = rulings.rules_value(
        rulings.rules_from({"completion": [5, 0, -10], "growth": [1, 0, -2], "pace": "last_year"})
    )
    store.set_setting("rules", rules, "李雷")
    app = opened(place, "town", town="柳溪镇", period="2025-09")
    assert not app.exception
    assert "序时按上年同期实际进度" in "".join(element.proto.body for element in app.get("html"))
    from ui import reading

    assert set(reading.newest("2025-09")["pace_from"].dropna()) == {"last_year"}


def test_a_target_set_by_hand_counts_at_once(opened: Opener, place: str) -> None:
    app = opened(place, "settings", view="targets")
    app.selectbox(key="one-town").select("柳溪镇")
    app.selectbox(key="one-indicator").select("固定资产投资")
    app.text_input(key="one-amount").set_value("1,000")
    app.text_input(key="one-unit").set_value("亿元")
    app.button(key="set-target").click().run()
    assert not app.exception
    (kept,) = store_of(place).targets()
    assert (kept["target_text"], kept["year"], kept["from_month"]) == ("1000", 2025, 1)
    opened(place, "town", town="柳溪镇")
    from ui import reading

    rows = reading.newest("2025-09")
    row = rows[(rows["town"] == "柳溪镇") & (rows["indicator"] == "固定资产投资")].iloc[0]
    assert (row["target_from"], row["state"]) == ("set", "欠序时(红)")
    app = opened(place, "settings", view="targets")
    assert app.dataframe[0].value["报告所说"][0].endswith("（推算）")


@pytest.mark.parametrize(
    ("amount", "unit", "said"), [("x", "亿元", "应是数字"), ("5", "", "写明单位"), ("0", "亿元", "大于 0")]
)
def test_a_wrong_target_is_told(amount: str, unit: str, said: str, opened: Opener, place: str) -> None:
    app = opened(place, "settings", view="targets")
    app.selectbox(key="one-town").select("柳溪镇")
    app.selectbox(key="one-indicator").select("固定资产投资")
    app.text_input(key="one-amount").set_value(amount)
    app.text_input(key="one-unit").set_value(unit)
    app.button(key="set-target").click().run()
    assert said in app.toast[0].value
    assert store_of(place).targets() == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "gbk"])
def test_the_template_itself_can_be_imported(kind: str, opened: Opener, place: str) -> None:
    table = target_files.template()
    content = {
        "csv": lambda: export.to_csv(table),
        "xlsx": lambda: export.to_xlsx({"目标": table}),
        "gbk": lambda: table.to_csv(index=False).encode("gb18030"),
    }[kind]()
    app = opened(place, "settings", view="targets")
    app.file_uploader[0].upload(f"目标.{'xlsx' if kind == 'xlsx' else 'csv'}", content).run()
    assert not app.error
    assert "报告里还没有这些指标" in app.warning[0].value
    app.button(key="import-targets").click().run()
    kept = store_of(place).targets()
    assert [(row["indicator"], row["from_month"], row["target_text"], row["unit"]) for row in kept] == [
        ("固定资产投资", 1, "13.4", "亿元"),
        ("固定资产投资", 7, "12", "亿元"),
        ("规模以上工业增加值", 1, "8", "%"),
    ]
    assert len(app.dataframe[0].value) == 3


def test_rows_that_cannot_be_kept_are_told_by_line_and_the_others_are_kept() -> None:
    rows = [
        "各乡镇2025年目标,,,,",
        "单位名称,指标名称,年度,目标（万元）,计量单位",
        '柳溪镇,固投,2025年,"1,200",万元',
        ",,,,",
        "柳溪镇,固定资产投资,2025,900,万元",
        "柳溪镇,财政总收入,二〇二五,900,万元",
        "柳溪镇,财政总收入,2025,约900,万元",
        "柳溪镇,财政总收入,2025,900,",
        "柳溪镇,财政总收入,2025,-5,万元",
        "柳溪镇,规模以上工业增加值,2025,8％,",
    ]
    read = target_files.read("目标.csv", "\r\n".join(rows).encode("gb18030"))
    assert [(line, target.indicator, str(target.amount), target.unit) for line, target in read.targets] == [
        (3, "固定资产投资", "1200", "万元"),
        (10, "规模以上工业增加值", "8", "%"),
    ]
    assert [line for line, _ in read.refused] == [5, 6, 7, 8, 9]
    for (_, why), words in zip(read.refused, ("第 3 行", "年份", "约900", "单位", "大于 0"), strict=True):
        assert words in why


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\x01\x02\xff" * 50, "甲,乙\n1,2".encode()])
def test_what_is_no_table_of_targets_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(target_files.Unreadable, match=r"[一-鿿]"):
        target_files.read("x.csv", content)


def test_targets_are_removed_and_brought_back_from_the_log(opened: Opener, place: str) -> None:
    store = store_of(place)
    store.set_targets([Target("柳溪镇", "固定资产投资", 2025, Decimal("13.40"), "亿元")], who="李雷")
    store.remove_targets([("柳溪镇", "固定资产投资", 2025, 1)], who="李雷")
    app = opened(place, "settings", view="log")
    log = app.dataframe[0].value
    assert log["内容"].tolist() == ["目标：柳溪镇 固定资产投资 2025年"] * 2
    assert (log["原值"][0], log["新值"][0]) == ("13.40亿元", "未设")
    app.session_state["undo-setting"] = {"row": 0}
    settings_parts.done(lambda: store.undo_change(store.changes()[0]["id"], "李雷"), "已撤销。")
    assert store.targets()[0]["target_text"] == "13.40"
    assert opened(place, "settings", view="log").dataframe[0].value["说明"][0] == "撤销了一次改动"


def test_an_alias_is_learned_from_a_correction_and_read_by_the_next_upload(place: str) -> None:
    from extract.readers.overseer import Overseer
    from ui import aliases, intake

    store = store_of(place)
    record = {"indicator_text": "高标准茶园改造", "indicator": "高标准茶园改造"}
    assert aliases.lesson(record, {"indicator": "新增茶园面积"}) == ("高标准茶园改造", "新增茶园面积")
    assert aliases.lesson({"indicator_text": "固投", "indicator": "x"}, {"indicator": "工业投资"}) is None
    assert aliases.lesson(record, {"value": "1"}) is None
    aliases.learn(store, "高标准茶园改造", "新增茶园面积", "李雷")
    text = "2025年上半年，柳溪镇完成高标准茶园改造520亩，完成年度任务的61.3%。"
    result = intake.Result("x.txt")
    with Overseer() as reader:
        intake.take_in(store, reader, intake.Incoming("x.txt", text.encode()), "李雷", result)
    (row,) = store.records(report_id=result.report_id)
    assert (row["indicator"], row["indicator_text"]) == ("新增茶园面积", "高标准茶园改造")
    assert aliases.FLAG in row["flags"]
    aliases.forget(store, "高标准茶园改造", "李雷")
    assert aliases.kept(store) == {}
    assert [entry["field"] for entry in store.changes(subjects=("setting",))] == ["alias:高标准茶园改造"] * 2


def test_an_alias_is_given_by_hand_and_shown_with_what_it_would_change(opened: Opener, place: str) -> None:
    app = opened(place, "settings", view="aliases")
    app.text_input(key="alias-name").set_value("粮食种植面积")
    app.selectbox(key="alias-indicator").select("新增规模以上企业")
    app.button(key="add-alias").click().run()
    table = app.dataframe[0].value
    rows = open_store(place).records(indicators=["粮食种植面积"])
    assert table["库中还没有归入的"].tolist() == [len(rows)]


def test_a_town_left_out_is_neither_assessed_nor_waited_for(opened: Opener, place: str) -> None:
    store_of(place).set_setting("town:梅坞乡", {"county": "", "tracked": False}, "李雷")
    app = opened(place, "overview")
    assert "7 个乡镇" in app.title[0].value
    assert "梅坞乡" not in app.dataframe[0].value["乡镇"].tolist()
    assert not any("梅坞乡" in header.value for header in app.header)


def test_lower_is_better_is_set_and_turns_the_lamp_round(opened: Opener, place: str) -> None:
    app = opened(place, "settings", view="directions")
    app.multiselect[0].select("财政总收入").run()
    app.button(key="save-lower").click().run()
    assert store_of(place).settings("lower:") == {"财政总收入": True}
    from ui import reading

    rows = reading.newest("2025-09")
    own = rows[rows["indicator"] == "财政总收入"]
    assert (own["lead"] == -own["gap"]).all()


def test_the_download_has_all_that_is_in_force(opened: Opener, place: str) -> None:
    opened(place, "settings")
    sheets = pd.read_excel(io.BytesIO(settings_parts.download()), sheet_name=None)
    assert list(sheets) == ["执行口径", "目标", "越低越好的指标", "别名", "乡镇", "日志"]
    assert "按月平均" in sheets["执行口径"]["内容"].tolist()


def test_a_correction_teaches_an_alias_and_its_undo_forgets_it(opened: Opener, place: str) -> None:
    store = store_of(place)
    made = factory.findings("柳溪镇", 2024, 5, [factory.Figure("绿心工程量", Decimal(5), "处", Decimal("50.0"))])
    saved = store.save_report(made, made.document.text.encode(), who="测试")
    (row,) = store.records(report_id=saved.report_id)
    app = opened(place, "data", open=str(row["id"]))
    next(box for box in app.text_input if box.label == "指标").set_value("新增规模以上企业")
    next(button for button in app.button if button.label == "更正").click().run()
    assert not app.exception
    assert store.settings("alias:") == {"绿心工程量": "新增规模以上企业"}
    assert any("已记住：“绿心工程量”就是新增规模以上企业" in toast.value for toast in app.toast)
    next(button for button in app.button if button.label.startswith("撤销")).click().run()
    assert store.settings("alias:") == {}
    assert store.record_row(row["id"])["indicator"] == "绿心工程量"
