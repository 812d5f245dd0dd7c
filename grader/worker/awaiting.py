"""`await` at the top of a notebook's cell: run to its end as IPython does, in an event loop that needs no socket."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any


def finish(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine, and whatever tasks it waits for. Raises what it raises."""
    import asyncio  # by the few who need it: it is large
    import threading

    class Loop(asyncio.BaseEventLoop):
        """Timers, tasks and threads, and nothing of the network: a worker may open no socket, not even to itself."""

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
