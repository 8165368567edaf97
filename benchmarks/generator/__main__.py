"""``python -m benchmarks.generator --reports 96 --seed 1 --out DIR [--density report] [--truth FILE]``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from benchmarks.generator import DENSITIES, ExpectedRecord, generate


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the reports as UTF-8 files into a folder and says how many records they hold."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    cli.add_argument("--reports", type=int, default=None, help="how many; default: the county's 96")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--out", type=Path, required=True, help="folder, made if missing")
    cli.add_argument("--density", choices=sorted(DENSITIES), default="sample")
    cli.add_argument("--truth", type=Path, help="also write what was written, one JSON object a record")
    options = cli.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    written, size = 0, 0
    truth: list[str] = []
    for report in generate(options.seed, options.reports, options.density):
        written, size = written + 1, size + len(report.text.encode())
        (options.out / report.name).write_text(report.text, encoding="utf-8", newline="\n")
        truth.extend(json.dumps(_plain(report.name, record), ensure_ascii=False) for record in report.records)
    if options.truth:
        options.truth.write_text("\n".join(truth) + "\n", encoding="utf-8")
    print(f"{written} reports, {size / 1024:.0f} KB, {len(truth)} records in {options.out}")
    return 0


def _plain(name: str, record: ExpectedRecord) -> dict[str, object]:
    fields = {key: float(value) if isinstance(value, Decimal) else value for key, value in asdict(record).items()}
    return {"report": name, **fields}


if __name__ == "__main__":
    raise SystemExit(main())
