"""What a station is told, as bytes: the order that it works on, and attempts at submissions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgpack

from grader.cohort.reports import GradingAttempt, Order
from grader.core.supervision import Stopped
from grader.intake import parcel
from grader.intake.stage import Parcel


def order_to_bytes(order: Order) -> bytes:
    """Return an order as bytes, without the place of its course, which is another one on each machine."""
    only = list(order.only) if isinstance(order.only, (list, tuple)) else order.only
    return _packed({**asdict(order), "course": "", "only": only})


def order_from_bytes(data: bytes, course: Path) -> Order:
    """Return the order in the bytes for a copy of the course in `course`."""
    return Order(**{**msgpack.unpackb(data), "course": course})


def attempt_to_bytes(attempt: GradingAttempt, sent: Parcel, *, fresh: bool) -> bytes:
    """Return an attempt at a parcel as bytes; a `fresh` one is made by a process that has graded nothing."""
    stopped = [asdict(one) for one in attempt.stopped]
    return _packed({"parcel": parcel.to_bytes(sent), "last": attempt.last, "stopped": stopped, "fresh": fresh})


def attempt_from_bytes(data: bytes) -> tuple[GradingAttempt, bool]:
    """Return the attempt in the bytes, and whether it is to be made by a fresh process."""
    said = msgpack.unpackb(data)
    stopped = tuple(Stopped(**one) for one in said["stopped"])
    return GradingAttempt(parcel.from_bytes(said["parcel"]), said["last"], stopped), said["fresh"]


def trial() -> GradingAttempt:
    """Return the attempt that tries only whether anything can be graded."""
    return GradingAttempt(Path(), last=True, is_trial=True)


def _packed(said: dict[str, Any]) -> bytes:
    data: bytes = msgpack.packb(said)
    return data
