"""How quick, light, near and Chinese the pages are, in Chromium on this machine: goals beside what was measured.

    python -m benchmarks.pages [--towns 14 --years 2 | --store FILE] [--repeat 5]

Starts the app on a store of its own (the sample reports, or a county of ``--towns``), or on a copy of ``--store``.
Times are medians of ``--repeat``; the load of the machine stands above the table, as times mean nothing without
it. The exit status is 0 whatever was measured: a slow machine is no fault of the pages.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import run
from benchmarks import county
from benchmarks.pages import speed, uploads, ways
from benchmarks.pages.goals import HEAD, Goal
from benchmarks.pages.wire import Wire, own_page
from benchmarks.started import started
from store import open_store
from ui import samples


def measured(place: Path, files: Sequence[Path], repeat: int) -> list[Goal]:
    """All goals on that store; the files are uploaded last."""
    most = speed.most_seconds(open_store(str(place)).count_records())
    with started(place, subprocess.DEVNULL) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=run.chromium(), args=["--disable-gpu", "--no-first-run"])
        goals = [*speed.first_chart(browser, address, repeat), *speed.first_visit(browser, address)]
        with own_page(browser) as page:
            wire = Wire(page)
            goals += speed.town_changes(page, wire, address, most)
            goals += speed.reruns(page, wire, address, repeat, most)
        with own_page(browser) as page:
            goals += ways.ways(page, address)
            goals += ways.on_every_page(page, address)
            goals += uploads.uploaded(page, address, list(files))
        with own_page(browser) as page:
            goals += ways.steps(page, address, list(files[:1]))
        browser.close()
    return goals


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    cli.add_argument("--towns", type=int, default=0, help="a made county instead of the sample reports")
    cli.add_argument("--years", type=int, default=2, help="years of the made county")
    cli.add_argument("--store", type=Path, help="a SQLite store to measure a copy of")
    cli.add_argument("--repeat", type=int, default=5)
    options = cli.parse_args(arguments)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "reports.db"
        if options.store:
            shutil.copy(options.store, place)
        store = open_store(str(place))
        if options.towns:
            county.fill(store, options.towns, options.years)
        elif not options.store:
            samples.load(store)
        records, load = store.count_records(), os.getloadavg()[0]
        goals = measured(place, uploads.mixed(Path(folder)), options.repeat)
        print(f"{records:,} records; {os.cpu_count()} cores, load {load:.1f} to {os.getloadavg()[0]:.1f}\n\n{HEAD}")
    print("\n".join(goal.line() for goal in goals))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
