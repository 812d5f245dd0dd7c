"""`await` at the top level of a notebook's cell: completed as by IPython, in an event loop that needs no socket."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any


def finish(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine, and the tasks it waits for. Raises what it raises."""
    import asyncio  # imported only when needed: it is large
    import threading

    class Loop(asyncio.BaseEventLoop):
        """Timers, tasks and threads, but no network: a worker may not open a socket, not even to itself."""

        def __init__(self) -> None:
            super().__init__()
            self._selector = self
            self._woken = threading.Event()

        def select(self, timeout: float | None) -> list[Any]:
            self._woken.wait(timeout)
            self._woken.clear()
            return []

        def _process_events(self, events: list[Any]) -> None:
            """Do nothing: `select` finds none."""

        def _write_to_self(self) -> None:
            self._woken.set()

    loop = Loop()
    try:
        loop.run_until_complete(coroutine)
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
