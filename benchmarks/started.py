"""The started app on a store of one's own, for those who look at it in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

import run
from store.connect import SETTING

START_SECONDS = 90


class NotStartedError(Exception):
    """The app did not answer in time, or ended."""


@contextmanager
def started(place: Path, stdout: IO[str] | int, stderr: IO[str] | int | None = None) -> Iterator[str]:
    """The app on the store at ``place``, at the address that is given; ended afterwards. Raises NotStartedError."""
    with socket.socket() as probe:
        probe.bind((run.ADDRESS, 0))
        port = probe.getsockname()[1]
    address = f"http://{run.ADDRESS}:{port}"
    command, told = run.serve_command(sys.executable, port), {**os.environ, SETTING: str(place)}
    with subprocess.Popen(command, cwd=run.ROOT, env=told, stdout=stdout, stderr=stderr) as server:
        try:
            _wait_until_up(address, server)
            yield address
        finally:
            server.terminate()


def _wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(f"{address}/_stcore/health", timeout=5).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise NotStartedError("the app did not start")
