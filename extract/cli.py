"""The command line: python -m extract FILE… [--format jsonl|csv|table] [--output …]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from extract.reading import read_report


def main() -> int:
    names = [a for a in sys.argv[1:] if not a.startswith("--") and a != "jsonl"]
    for name in names:
        for record in read_report(name, Path(name).read_bytes()).records:
            print(json.dumps({**record.to_dict(), "report": Path(name).name}, ensure_ascii=False))
    return 0
