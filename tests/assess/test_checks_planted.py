"""Planted contradictions are found in reports that were read, and what only looks like one is not."""

from __future__ import annotations

from random import Random

from assess.checks import contradictions
from assess.checks_rules import RULES
from benchmarks.generator import generate
from benchmarks.planted import __main__ as command
from benchmarks.planted.towns import Case, Report, Towns
from benchmarks.planted.trial import cases, read, run


def test_planted_contradictions_are_found_and_look_alikes_left_alone() -> None:
    tallies = run(seed=7, each=3)
    assert set(tallies) == set(RULES)
    for kind, tally in tallies.items():
        assert (tally.found, tally.false) == (tally.planted, 0), (kind, tally.wrong)


def test_towns_that_nobody_changed_give_no_finding() -> None:
    towns, rng = Towns(Random(5)), Random(6)
    made = [Case("growth", "无", False, towns.reports()) for _ in range(20)]
    records, texts = read(made, rng)
    assert len(records) == 20 * 6 * 5
    assert contradictions(records, texts=texts.__getitem__).empty


def test_cases_have_towns_of_their_own() -> None:
    made = cases(seed=3, each=2)
    names = [town for case in made for town in case.towns]
    assert len(names) == len(set(names))
    assert len(made) == 2 * 2 * len(RULES)


def test_the_generated_county_does_not_contradict_itself() -> None:
    made = list(generate(5, 96))
    records, texts = read([Case("", "", False, [_Kept(report.name, report.text) for report in made])], Random(1))
    found = contradictions(records, texts=texts.__getitem__)
    assert len(records) > 1000
    # the generator itself leaves some figures out of some reports
    assert set(found["rule"]) <= {"stopped"}, found[["rule", "town", "indicator", "sentence"]].to_string()


class _Kept(Report):
    """A report that is written already."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, 2029, 4, {})
        self.text = text

    def written(self, rng: Random) -> str:
        return self.text


def test_the_command_prints_a_line_for_each_kind(capsys) -> None:
    assert command.main(["--each", "1", "--seed", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES) + 1
    assert lines[-1].startswith("all\tfound 100.0 % of 12")
