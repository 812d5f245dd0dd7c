"""What matplotlib logs, once a check: it says of each of many pictures that its numbers are clipped."""

from __future__ import annotations

import logging

LOGGER = "matplotlib.image"


class Once(logging.Filter):
    """Lets each sort of message through once, whatever numbers are in it, until it is asked to forget."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record's message is of a new sort."""
        sort = str(record.msg)
        new = sort not in self._said
        self._said.add(sort)
        return new

    def forget(self) -> None:
        """Let every message through again: a new check begins."""
        self._said.clear()


ONCE = Once()


def say_once() -> None:
    """Begin to leave repeated messages of matplotlib's pictures out."""
    logging.getLogger(LOGGER).addFilter(ONCE)
