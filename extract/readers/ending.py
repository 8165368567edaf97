"""How the process that reads files ends: at once; only a conversion that runs is ended in good order first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

guards: list[Callable[[], AbstractContextManager[None]]] = []
"""What is entered around a conversion; the process that reads for the app puts its own here."""


@contextmanager
def in_good_order() -> Iterator[None]:
    """Around what must not be left running, or lying about, when this process is asked to end."""
    with ExitStack() as stack:
        for guard in guards:
            stack.enter_context(guard())
        yield
