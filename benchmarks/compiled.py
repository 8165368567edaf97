"""The reading compiled to C: builds the wheel, checks that it gives the same records, and how fast it is.

    python -m benchmarks.compiled [--reports 60] [--texts FOLDER ...] [--wheel FOLDER]

Needs a C compiler and takes about a minute. The wheel is built from a copy of the checkout, so that no
compiled file stands beside the sources, which Python would import in their place. Prints megabytes of UTF-8
a second on one core, warm, of the source and of the compiled wheel, over generated reports and over the
texts of the folders; the exit status is 1 where any text gives other records. ``--wheel`` keeps the wheel.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generator import generate
from benchmarks.speed import size

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("pyproject.toml", "README.md", "LICENSE", "extract", "store", "assess", "export", "data")
TIMED = """
import hashlib, json, sys, time
from extract import find
for name, texts in json.load(open(sys.argv[1], encoding="utf-8")).items():
    found = [repr(find(text)) for text in texts]
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            find(text)
        best = min(best, time.process_time() - start)
    print(json.dumps([name, best, hashlib.sha256("".join(found).encode()).hexdigest()]))
"""


def build(folder: Path) -> Path:
    """Builds the compiled wheel into a folder; returns its path. CalledProcessError where that fails."""
    with TemporaryDirectory(prefix="compiled-") as scratch:
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, Path(scratch) / part)
        _pip(
            *("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), scratch),
            HATCH_BUILD_HOOK_ENABLE_MYPYC="1",
        )
    return max(folder.glob("*.whl"), key=lambda path: path.stat().st_mtime)


def _pip(*arguments: str, **more: str) -> None:
    command = [sys.executable, "-m", "pip", *arguments, "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, **more})


def timed(packages: Path, texts: Path, elsewhere: Path) -> dict[str, tuple[float, str]]:
    """Seconds for each set of texts in a fresh process that imports from a folder, and a digest of what they gave."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED, str(texts)],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(packages), "PYTHONHASHSEED": "0"},
        check=True,
        capture_output=True,
        text=True,
    )
    return {name: (seconds, digest) for name, seconds, digest in map(json.loads, done.stdout.splitlines())}


def main(arguments: list[str] | None = None) -> int:
    """Builds, compares and prints; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=60)
    options.add_argument("--texts", type=Path, nargs="*", default=[])
    options.add_argument("--wheel", type=Path, default=None)
    chosen = options.parse_args(arguments)
    sets = {"generated reports": [report.text for report in generate(5, chosen.reports, density="report")]}
    for folder in chosen.texts:
        sets[folder.name] = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    with TemporaryDirectory(prefix="compiled-") as scratch:
        place = Path(scratch)
        wheel = build(chosen.wheel or place)
        _pip("install", "--no-deps", "--no-index", "--target", str(place / "installed"), str(wheel))
        texts = place / "texts.json"
        texts.write_text(json.dumps(sets), encoding="utf-8")
        source, compiled = timed(ROOT, texts, place), timed(place / "installed", texts, place)
    same = True
    for name, read in sets.items():
        alike = source[name][1] == compiled[name][1]
        same = same and alike
        print(
            f"{name}: source {size(read) / source[name][0]:.2f} MB/s, {len(read) / source[name][0]:.0f} reports/s; "
            f"compiled {size(read) / compiled[name][0]:.2f} MB/s, {len(read) / compiled[name][0]:.0f} reports/s; "
            f"{'the same records' if alike else 'OTHER RECORDS'}"
        )
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
