"""How fast the reading is, beside other tools on the same text in the same run.

    python -m benchmarks.speed [--reports 60] [--seeds FOLDER]

Prints megabytes of UTF-8 a second on one core, warm, over generated reports (and over the texts of a folder),
the growth of the time when the text is doubled, the time and memory of a fresh process until its first
record, and the ratios to jieba.cut, to JioNLP's money and to Recognizers-Text's percentage where those are
installed (they are peers to compare with, no dependencies).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.generator import generate
from extract import find

FIRST = (
    "import time;t=time.perf_counter();from extract import find;"
    "find('2016年上半年，柳溪镇完成有效投资5.2亿元，完成年度任务的61.3%。');"
    "spent=time.perf_counter()-t;"
    "peak=next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'));"
    "print(spent, peak/1024)"
)


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """Processor seconds that the work takes over all texts."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def size(texts: Iterable[str]) -> float:
    """Megabytes of UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def peers() -> dict[str, Callable[[str], object]]:
    """The tools to compare with that are installed here."""
    found: dict[str, Callable[[str], object]] = {}
    import jieba

    jieba.initialize()
    found["jieba.cut"] = lambda text: list(jieba.cut(text))
    try:
        import jionlp
    except ImportError:
        print("JioNLP is not installed: left out")
    else:
        found["JioNLP money"] = lambda text: jionlp.ner.extract_money(text)
    try:
        from recognizers_number import recognize_percentage
        from recognizers_text import Culture
    except ImportError:
        print("Recognizers-Text is not installed: left out")
    else:
        found["Recognizers-Text percentage"] = lambda text: recognize_percentage(text, Culture.Chinese)
    return found


def measured(name: str, texts: list[str]) -> float:
    """Prints and returns the speed over some texts, the second time round."""
    seconds(find, texts)
    spent = seconds(find, texts)
    records = sum(len(find(text).records) for text in texts)
    print(f"{name}: {size(texts) / spent:.2f} MB/s, {len(texts) / spent:.0f} reports/s, {records} records")
    return size(texts) / spent


def main() -> int:
    """Runs the comparison; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=60)
    options.add_argument("--seeds", type=Path, default=None)
    chosen = options.parse_args()
    texts = [report.text for report in generate(5, chosen.reports, density="report")]
    ours = measured("generated reports", texts)
    if chosen.seeds:
        measured(
            str(chosen.seeds.name),
            [path.read_text(encoding="utf-8") for path in sorted(chosen.seeds.glob("*.txt"))] * 5,
        )
    half = ["\n".join(texts[: len(texts) // 2])]
    whole = ["\n".join(texts[: len(texts) // 2] * 2)]
    print(f"twice the text takes {seconds(find, whole) / seconds(find, half):.2f} times as long")
    first = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True).stdout.split()
    print(f"a fresh process has its first record after {float(first[0]):.2f} s with {float(first[1]):.0f} MB")
    for name, work in peers().items():
        sample = texts[: max(1, len(texts) // 12)]
        speed = size(sample) / seconds(work, sample)
        print(f"{name}: {speed:.4f} MB/s; the reading is {ours / speed:.1f} times as fast")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
