"""What the app and the process that reads for it say to each other: a line of JSON, then bytes of its sizes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

from extract.models import Document, Mark

SCAN, READY = "scan", "ready"
"""Kinds of message: a picture is about to be read and waits for its turn; what was asked is there."""


OUT_OF_MEMORY, FAULT = "memory", "fault"
"""Problems that are not the file's own sentence: it needs more memory than there is; a reader broke on it."""


def send(stream: IO[bytes], head: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
    """One message; raises OSError where nobody listens any more."""
    stream.write(json.dumps({**head, "sizes": [len(part) for part in parts]}).encode() + b"\n")
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message; None where the other side has gone, also in the middle of one."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head: dict[str, Any] = json.loads(line)
    parts = [stream.read(size) for size in head["sizes"]]
    if [len(part) for part in parts] != head["sizes"]:
        return None
    return head, parts


def pack(document: Document) -> bytes:
    """A document as bytes; half surrogates stay what they are."""
    return json.dumps(asdict(document)).encode()


def unpack(content: bytes) -> Document:
    """The document of ``pack``."""
    fields = json.loads(content)
    marks = tuple(Mark(**mark) for mark in fields.pop("marks"))
    return Document(**{**fields, "flags": tuple(fields["flags"])}, marks=marks)
