"""Writes reports, reads them, and tells what share of the records came back equal.

    python -m benchmarks.roundtrip --reports 1000 --seed 1 [--density report] [--show 20]

Equal means: indicator, value in the base unit, completion, year-on-year change, period and town. A record
that was found and not written is invented, unless it is marked as planned.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.generator import DENSITIES, generate
from benchmarks.generator.comparison import Tally, compare, describe
from extract import find
from extract.models import Document


def run(reports: int, seed: int, density: str = "sample") -> Tally:
    """The tally over that many generated reports."""
    tally = Tally()
    for report in generate(seed, reports, density):
        compare(report, find(Document(name=report.name, text=report.text)).records, tally)
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tally; 0 when at least the demanded share came back equal, else 1."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.roundtrip", description=__doc__)
    cli.add_argument("--reports", type=int, default=1000)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--density", choices=sorted(DENSITIES), default="sample")
    cli.add_argument("--show", type=int, default=15, help="how many kinds of failure to print")
    cli.add_argument("--least", type=float, default=99.5, help="share, per cent, below which the exit status is 1")
    options = cli.parse_args(arguments)
    tally = run(options.reports, options.seed, options.density)
    print(describe(tally, options.show))
    return 0 if 100 * tally.equal >= options.least * tally.written else 1


if __name__ == "__main__":
    raise SystemExit(main())
