"""Limits matplotlib's log messages to one of a kind per check: it reports every picture whose values are clipped."""

from __future__ import annotations

import logging
import os

LOGGER = "matplotlib.image"


class Once(logging.Filter):
    """Lets one message of each kind through, whatever numbers are in it, until `forget` is called."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record's message is of a new kind."""
        sort = str(record.msg)
        new = sort not in self._said
        self._said.add(sort)
        return new

    def forget(self) -> None:
        """Let every message through again: a new check begins."""
        self._said.clear()


ONCE = Once()


def quieten_pictures() -> None:
    """Configure matplotlib for a process that runs checks: no windows, and one message of each kind."""
    os.environ.setdefault("MPLBACKEND", "Agg")  # a notebook's kernel has set its own
    logging.getLogger(LOGGER).addFilter(ONCE)
