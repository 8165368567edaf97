"""``python -m benchmarks.planted [--seed 1] [--each 6] [--show]``: found and false alarms, kind by kind."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from assess.checks import rules
from benchmarks.planted.trial import run

LEAST_FOUND, MOST_FALSE = 95.0, 3.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; 0 when at least 95 % were found and at most 3 % of the look-alikes gave an alarm, else 1."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--each", type=int, default=6, help="contradictions, and look-alikes, of each kind")
    cli.add_argument("--show", action="store_true", help="also print what went wrong")
    options = cli.parse_args(arguments)
    tallies = run(options.seed, options.each)
    names = {rule.key: rule.name for rule in rules()}
    for kind, tally in tallies.items():
        print(f"{names[kind]}\tfound {tally.found}/{tally.planted}\tfalse {tally.false}/{tally.harmless}")
        for line in tally.wrong if options.show else ():
            print(f"    {line}")
    planted, harmless = (sum(getattr(tally, key) for tally in tallies.values()) for key in ("planted", "harmless"))
    found = 100 * sum(tally.found for tally in tallies.values()) / planted
    false = 100 * sum(tally.false for tally in tallies.values()) / harmless
    print(f"all\tfound {found:.1f} % of {planted}\tfalse {false:.1f} % of {harmless}")
    return 0 if found >= LEAST_FOUND and false <= MOST_FALSE else 1


if __name__ == "__main__":
    raise SystemExit(main())
