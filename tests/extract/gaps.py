"""The lines of the corpus that are known to fail: tests/corpus/gaps.json, line text -> reason.

python -m tests.extract.gaps           what fails now, what no longer fails, counted by kind of failure
python -m tests.extract.gaps --write   the same, and the list is written anew
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter

from tests.extract.compare import CORPUS, failures, read, read_corpus

GAPS = CORPUS / "gaps.json"


def known_gaps() -> dict[str, str]:
    """Text of a line -> why it is known to fail; empty where there is no list."""
    return json.loads(GAPS.read_text(encoding="utf-8")) if GAPS.exists() else {}


def current_gaps() -> dict[str, str]:
    """Text of every line that fails now -> what is wrong with it, in the corpus's order."""
    found: dict[str, str] = {}
    for lines in read_corpus().values():
        for line in lines:
            told = failures(line, read(line).records)
            if told:
                found[line.text] = "；".join(told)
    return found


def kinds(gaps: dict[str, str]) -> Counter[str]:
    """How many gaps have each kind of failure (未读出完成率, 名称不符 …); a line may have several."""
    return Counter(kind for reason in gaps.values() for kind in {part.split(":")[0] for part in reason.split("；")})


def main() -> int:
    """Compare the list with what fails now; 1 where they differ and the list was not written."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("--write", action="store_true", help="write tests/corpus/gaps.json anew")
    wanted = command.parse_args().write
    known, now = known_gaps(), current_gaps()
    for text, reason in now.items():
        if text not in known:
            print(f"新增 {reason}\n     {text}")
    for text in known:
        if text not in now:
            print(f"已好 {text}")
    lines = sum(map(len, read_corpus().values()))
    print(f"{lines} 行，{len(now)} 行不符（原列 {len(known)} 行）")
    for kind, count in kinds(now).most_common():
        print(f"{count:5} {kind}")
    if wanted:
        GAPS.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if wanted or known.keys() == now.keys() else 1


if __name__ == "__main__":
    sys.exit(main())
