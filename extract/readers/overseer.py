"""Reading in a process of its own that is stopped when it takes too long: one hostile file never blocks the app.

    with Overseer() as reader:
        document = reader.read("报告.pdf", content)

One overseer serves one thread at a time; its process is started with the first file and serves all that follow.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import Any

from extract.models import Document, ReportError
from extract.readers import check_size
from extract.readers.archives import Member
from extract.readers.limits import limits
from extract.readers.messages import FAULT, OUT_OF_MEMORY, SCAN, receive, send, unpack
from extract.readers.regions import Box

TOO_SLOW = "读取这个文件超过了 {seconds} 秒，已停止。请只上传报告正文，或另存为文本（.txt）后再上传。"
TOO_MUCH_MEMORY = "读取这个文件用的内存超过了 {limit} MB 的上限，已停止。请只上传报告正文，或分成几份。"
STOPPED = "读取这个文件时读取程序意外中止，这份没有读；文件可能已损坏。请用原来的程序打开后另存，再上传。"
GRACE_SECONDS = 2
"""Time to end a conversion in good order before the process is ended the hard way."""

PRIVATE = ("TOWN_PROGRESS_STORE",)
"""Settings that the process does not get: it reads files of strangers and needs no database."""

LOG = logging.getLogger(__name__)

_SCANNING = Lock()  # pictures are read by one process at a time: each takes all cores and up to 1 GB


class Overseer:
    """Has files read in its own process, under the limits; every failure is a ReportError."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Overseer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later file starts a new one."""
        if self._process is not None:
            _end(self._process)
            self._process = None

    def read(self, name: str, content: bytes) -> Document:
        """The text of a report file, as ``load_report`` gives it."""
        _, parts = self._ask({"task": "read", "name": name}, content)
        return unpack(parts[0])

    def members(self, name: str, content: bytes) -> list[Member]:
        """The files of a zip or a mail, as ``archives.members`` gives them."""
        head, parts = self._ask({"task": "members", "name": name}, content)
        return [Member(name, part, problem) for (name, problem), part in zip(head["members"], parts, strict=True)]

    def page(self, kind: str, content: bytes, number: int, boxes: Sequence[Box] = (), *, strip: bool = False) -> bytes:
        """A page of a PDF, or of a scan, counted from 1, as the bytes of a PNG file.

        ``boxes`` are lines to frame, in thousandths of the picture; ``strip`` shows only the part that holds them.
        """
        asked = {"task": "page", "kind": kind, "page": number, "boxes": list(boxes), "strip": strip}
        return self._ask(asked, content)[1][0]

    def peak_mb(self) -> float:
        """Most memory that the process has taken so far, in MB; 0 where it does not run or the system does not tell."""
        status = Path(f"/proc/{self._process.pid}/status") if self._process else None
        if status is None or not status.exists():
            return 0.0
        lines = (line.split() for line in status.read_text(encoding="ascii").splitlines())
        return next((int(parts[1]) / 1024 for parts in lines if parts[:1] == ["VmHWM:"]), 0.0)

    def _ask(self, head: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
        check_size(content)
        process = self._started()
        watch = _Watch(process)
        try:
            answer = self._answer(process, head, content, watch)
        except OSError:
            answer = None
        finally:
            watch.cancel()
        if watch.over:
            self.close()
        if answer is None:
            self.close()
            raise ReportError(TOO_SLOW.format(seconds=watch.seconds) if watch.over else STOPPED)
        problem = answer[0].get("problem")
        if problem == OUT_OF_MEMORY:
            self.close()
            raise ReportError(TOO_MUCH_MEMORY.format(limit=limits().memory_mb))
        if problem == FAULT:
            self.close()
            LOG.error("A reader broke on a file:\n%s", answer[0]["trace"])
            raise ReportError(STOPPED)
        if problem:
            raise ReportError(problem)
        return answer

    def _answer(
        self, process: subprocess.Popen[bytes], head: dict[str, Any], content: bytes, watch: _Watch
    ) -> tuple[dict[str, Any], list[bytes]] | None:
        """What the process says in the end; on the way it may wait for its turn to read pictures."""
        assert process.stdin is not None
        assert process.stdout is not None
        scanning = False
        try:
            send(process.stdin, head, [content])
            while (message := receive(process.stdout)) is not None and message[0]["kind"] == SCAN:
                watch.cancel()
                scanning = scanning or _SCANNING.acquire()
                watch.extend(limits().scan_seconds)
                send(process.stdin, {})
            return message
        finally:
            if scanning:
                _SCANNING.release()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            root = str(Path(__file__).resolve().parents[2])
            kept = {key: value for key, value in os.environ.items() if key not in PRIVATE}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "extract.readers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=root,
                env=kept,
            )
        return self._process


class _Watch:
    """Ends a process when its time is over."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.seconds = limits().seconds
        self.over = False
        self._turn = Lock()
        self._serial = 0  # of the timer that runs; one that was cancelled does nothing
        self._begin(self.seconds)

    def extend(self, seconds: int) -> None:
        """Give the process so many seconds from now on."""
        self.cancel()
        self.seconds += seconds
        self._begin(max(seconds, limits().seconds))

    def cancel(self) -> None:
        """Let the process be; where its end has begun, wait for it: the next file must not be given to it."""
        self.timer.cancel()
        with self._turn:
            self._serial += 1

    def _begin(self, seconds: int) -> None:
        self.timer = Timer(seconds, self._stop, [self._serial])
        self.timer.daemon = True
        self.timer.start()

    def _stop(self, serial: int) -> None:
        with self._turn:
            if serial == self._serial:
                self.over = True
                _end(self.process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, then end it; only this one, by its own handle."""
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
