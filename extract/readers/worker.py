"""The process that reads files for the app: ``python -m extract.readers.worker``, started by ``overseer.py``.

It answers on its standard output, with as much memory as the limits allow and no more.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, BinaryIO

from extract.models import ReportError
from extract.readers import ending, load_report, scans
from extract.readers.archives import members
from extract.readers.limits import limits
from extract.readers.messages import FAULT, OUT_OF_MEMORY, READY, SCAN, pack, receive, send


def main() -> int:
    """Answer until nobody asks any more; the exit status is 0, or 1 after a reader broke or the memory ran out."""
    answers = os.fdopen(os.dup(1), "wb")
    _silence()
    _confine()
    ending.guards.append(_gently)
    asked = sys.stdin.buffer
    scans.before_each.append(lambda: _wait_for_turn(asked, answers))
    while (message := receive(asked)) is not None:
        head, parts = message
        try:
            send(answers, *_answer(head, parts))
        except MemoryError:
            send(answers, {"kind": READY, "problem": OUT_OF_MEMORY})
            return 1
        except Exception:  # a reader that breaks is told with its trace, and this process ends
            send(answers, {"kind": READY, "problem": FAULT, "trace": traceback.format_exc()})
            return 1
    return 0


def _silence() -> None:
    """What libraries print goes nowhere: the standard output is for answers."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _confine() -> None:
    """Memory, size of written files and core dumps as the limits say; nothing where the system cannot (Windows)."""
    try:
        import resource
    except ImportError:
        return
    memory, written = limits().memory_mb * 1024**2, limits().unpacked_mb * 1024**2
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, written), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


@contextmanager
def _gently() -> Iterator[None]:
    """Asked to end, leave by an exception, so that a conversion that was started is ended too.

    At other times the system ends the process at once, also in the middle of a library that never looks up.
    """
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _wait_for_turn(asked: BinaryIO, answers: BinaryIO) -> None:
    send(answers, {"kind": SCAN})
    if receive(asked) is None:
        raise SystemExit(0)


def _answer(head: dict[str, Any], parts: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        said, found = _TASKS[head["task"]](head, parts[0])
    except ReportError as error:
        return {"kind": READY, "problem": str(error), "refused": True}, []
    return {"kind": READY, **said}, found


def _read(head: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    return {}, [pack(load_report(head["name"], content))]


def _members(head: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    found = members(head["name"], content)
    return {"members": [(one.name, one.problem) for one in found]}, [one.content for one in found]


def _page(head: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    from extract.readers.framing import framed
    from extract.readers.pdf import picture_of

    number, boxes, strip = head["page"], head["boxes"], head["strip"]
    if head["kind"] == "pdf":
        picture = picture_of(content, number, scans.DPI) if strip else picture_of(content, number)
    else:
        picture = scans.frame_of(content, number)
    return {}, [scans.as_png(framed(picture, boxes, strip=strip))]


_TASKS = {"read": _read, "members": _members, "page": _page}


if __name__ == "__main__":
    raise SystemExit(main())
