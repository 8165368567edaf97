"""The vocabulary files beside the indicators: well formed, nothing twice, and every template with an example."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from extract import survey as survey_module
from extract.models import VocabularyError
from extract.numbers import number_pattern
from extract.phrases import _lexer, cues, unit_kind
from extract.tables import column
from extract.vocabulary import KINDS, PLACES, folder, name_pairs, read_table, trie_pattern, units, words
from tests.extract.compare import read, read_corpus

FOLDER = Path(__file__).parents[2] / "data" / "vocabulary"
HEADS = {
    "words.csv": ("word", "kind", "place"),
    "cues.csv": ("number", "role", "template"),
    "units.csv": ("unit", "kind"),
    "names.csv": ("word", "kind"),
    "pairs.csv": ("word", "parts"),
    "columns.csv": ("role", "pattern"),
    "traditional.csv": ("traditional", "simplified"),
}
NAME_KINDS = {
    kind
    for path in (FOLDER.parents[1] / "extract").glob("*.py")
    for kind in re.findall(r'name_words\("(\w+)"\)', path.read_text(encoding="utf-8"))
}
"""Kinds of names.csv that the program asks for."""
COLUMN_ROLES = {"name", "value", "target", "completion", "yoy", "unit", "skip"}
UNIT_KINDS = {"rate", "times", "tenths", "money", "points"}


def rows(name: str) -> list[tuple[str, ...]]:
    return list(read_table(name, HEADS[name]))


@pytest.mark.parametrize("name", HEADS)
def test_a_file_is_read_by_its_head(name: str) -> None:
    assert rows(name)
    assert folder() == FOLDER


@pytest.mark.parametrize("name", HEADS)
def test_a_file_is_plain_utf8_with_line_feeds(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    content.decode("utf-8")


@pytest.mark.parametrize("name", ["cues.csv", "units.csv", "pairs.csv", "columns.csv", "traditional.csv"])
def test_no_line_stands_twice(name: str) -> None:
    keys = [row if name in ("cues.csv", "columns.csv") else row[:1] for row in rows(name)]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_no_word_stands_twice_for_a_place() -> None:
    twice = Counter((word, place) for word, _, place in rows("words.csv"))
    assert [key for key, count in twice.items() if count > 1] == []


def test_no_part_of_names_stands_twice_for_a_kind() -> None:
    assert [key for key, count in Counter(rows("names.csv")).items() if count > 1] == []


def test_kinds_and_places_are_the_known_ones() -> None:
    assert {kind for _, kind, _ in rows("words.csv")} <= set(KINDS)
    assert {place for _, _, place in rows("words.csv")} <= set(PLACES)
    assert {kind for _, kind in rows("names.csv")} == NAME_KINDS, "a kind without words, or words that nobody asks for"
    assert {role for role, _ in rows("columns.csv")} <= COLUMN_ROLES
    assert {kind for _, kind in rows("units.csv")} >= UNIT_KINDS


def test_words_stand_in_folded_spelling() -> None:
    """The reader looks for them in folded text; a full width or traditional word would never be found."""
    from extract.text import fold

    surface = [row[0] for name in ("words.csv", "units.csv", "names.csv") for row in rows(name)]
    assert [word for word in surface if fold(word) != word] == []


def test_every_word_is_found_by_the_lexer() -> None:
    """A word that a longer pattern always takes first (a period, a comparison, a number) is dead."""
    unread = []
    for word, letter in words()["any"].items():
        match = _lexer().match(word)
        if match is None or match.end() == 0:
            unread.append((word, letter))
    assert unread == []


@pytest.mark.parametrize("unit", sorted(units()))
def test_a_unit_is_read_behind_a_number(unit: str) -> None:
    match = re.compile(number_pattern()).match(f"12.5{unit}")
    assert match is not None
    assert match.end() == len(f"12.5{unit}")
    assert unit_kind(unit) == units()[unit]


def test_pairs_stand_for_two_and_more_names() -> None:
    assert len(name_pairs()) == len(rows("pairs.csv"))
    assert [word for word, parts in name_pairs().items() if len(parts) < 2 or "" in parts] == []
    assert [word for word, parts in name_pairs().items() if word in parts] == []


def test_traditional_characters_are_one_for_one() -> None:
    assert [row for row in rows("traditional.csv") if list(map(len, row)) != [1, 1] or row[0] == row[1]] == []


def test_patterns_of_columns_compile_and_the_first_that_fits_decides() -> None:
    for _, pattern in rows("columns.csv"):
        re.compile(pattern)
    assert column("完成率").role == "completion"
    assert column("同比增长(%)").role == "yoy"
    assert column("序号").role == "skip"


# -- templates and the corpus ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def used() -> Counter[tuple[str, str, str]]:
    """How many numbers of the corpus each template of cues.csv decides."""
    asked: Counter[tuple[str, str]] = Counter()
    whole = survey_module.role_of

    def listen(number: str, letters: str) -> tuple[str, int]:
        asked[number, letters] += 1
        return whole(number, letters)

    survey_module.role_of = listen  # type: ignore[assignment]
    try:
        for lines in read_corpus().values():
            for line in lines:
                read(line)
    finally:
        survey_module.role_of = whole
    found: Counter[tuple[str, str, str]] = Counter()
    for (number, letters), count in asked.items():
        cue = next((cue for cue in cues() if cue.number == number and cue.pattern.search(letters)), None)
        if cue is not None:
            found[cue.number, cue.role, cue.template] += count
    return found


@pytest.mark.parametrize("row", dict.fromkeys(rows("cues.csv")), ids=",".join)
def test_a_template_has_an_example(row: tuple[str, str, str], used: Counter[tuple[str, str, str]]) -> None:
    assert used[row], (
        f"no line of tests/corpus has a number that {','.join(row)} decides: add an example line with such a "
        "wording, or take the template out; a template above it may match first"
    )


# -- what a wrong file says -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("word,sort\n完成,do\n", "units.csv:1: the head must be unit,kind"),
        ("unit,kind\n亩\n", "units.csv:2: 2 cells wanted, 1 found"),
        ("unit,kind\n亩,area\n 顷,area\n", "units.csv:3: a cell is empty or has blanks"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "units.csv").write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=re.escape(message)):
        list(read_table("units.csv", ("unit", "kind"), tmp_path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"units\.csv: cannot be opened"):
        list(read_table("units.csv", ("unit", "kind"), tmp_path))


@pytest.mark.parametrize("entries", [["完成", "完成率", "实现"], ["a.b", "a-b", "(", "亩"], ["一"]])
def test_a_trie_matches_the_longest_of_its_entries_and_nothing_else(entries: list[str]) -> None:
    pattern = re.compile(trie_pattern(entries))
    assert [pattern.match(entry).group() for entry in entries] == entries  # type: ignore[union-attr]
    assert pattern.fullmatch("完") is None


def test_csv_cells_hold_no_quotes_or_commas_by_mistake() -> None:
    for name in HEADS:
        with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
            assert [row for row in csv.reader(handle) if any("\n" in cell for cell in row)] == [], name
