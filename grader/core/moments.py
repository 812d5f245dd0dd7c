"""Dates and times as people write them in tables, with a time zone."""

from __future__ import annotations

from datetime import datetime

from grader.core.errors import UsageError
from grader.core.text import printable

EXPECTED = "a date with time and zone, such as 2021-06-20T23:59:00+05:30"


def parsed_moment(text: str) -> datetime | None:
    """Return the moment that a text in ISO 8601 gives; None for any other text and for one without a zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def demand_moment(text: str, where: str | None = None) -> datetime:
    """Return the moment that a text gives. Raises UsageError, with its place `where`, if it gives none."""
    moment = parsed_moment(text)
    if moment is None:
        raise UsageError("this is not a time with its zone", where=where, found=printable(text), expected=EXPECTED)
    return moment
