"""Word bounds by jieba, for names that the vocabulary does not know; loaded only when one is in doubt.

jieba keeps its dictionary cache in a private folder of this process: its usual place, the shared
temporary folder, would let another user plant a dictionary.
"""

from __future__ import annotations

import logging
import tempfile
from functools import cache, lru_cache
from typing import Any


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="words-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    return tokenizer


@lru_cache(maxsize=65536)
def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """The nearest word bounds around text[start:end]: (在产工业企业, 1, 6) is (0, 6), for 在产 is one word."""
    at = 0
    for word in _tokenizer().cut(text, HMM=False):
        after = at + len(word)
        if at < start < after:
            start = at
        if at < end < after:
            end = after
        at = after
    return start, end
