"""Marks in a report's text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.ui import factory
from ui import marking

spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["value", "yoy", "?"])))


@given(st.text(alphabet="柳溪镇<>&\"'\n12%", max_size=40), spans)
def test_marks_only_add_tags(text: str, marks: list[tuple[int, int, str]]) -> None:
    """Without its tags the marked text is the text again, so nothing of a report gets through as HTML."""
    html = marking.marked(text, marks)
    bare = html
    for title in {*marking.ROLE_WORDS.values(), "原文"}:
        bare = bare.replace(f'<mark title="{title}">', "")
    bare = bare.replace("</mark>", "").replace("<br>", "\n")
    assert "<" not in bare
    assert marking.escape(text) == bare


def test_passage_marks_the_words_of_the_record_in_its_sentence() -> None:
    made = factory.findings("柳溪镇", 2025, 6, factory.figures_of(0, 2025, 6))
    record = made.records[2]
    evidence = [(item.start, item.end, item.role) for item in record.evidence]
    html = marking.passage(made.document.text, record.to_dict(), evidence)
    sentence = html.split('<span class="sentence">')[1].split("</span>")[0]
    for item in record.evidence:
        assert f">{made.document.text[item.start : item.end]}</mark>" in sentence
    assert made.records[1].indicator in html.split('<span class="sentence">')[0]


def test_sentence_that_occurs_twice_is_the_one_of_the_record() -> None:
    text = "完成5亿元。柳溪镇。完成5亿元。"
    record = {"sentence": "完成5亿元。", "start": 12, "end": 15}
    assert marking.sentence_bounds(text, record) == (10, 16)


def test_sentence_that_is_not_in_the_text_leaves_the_records_own_words() -> None:
    assert marking.sentence_bounds("完成5亿元。", {"sentence": "别的句子", "start": 2, "end": 5}) == (2, 5)
