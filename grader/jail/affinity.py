"""Which CPU a grading process and its workers run on."""

from __future__ import annotations

import os


def share_one_cpu(number: int) -> None:
    """Keep this process, and what it starts from now on, on one CPU; `number` spreads processes over CPUs.

    A check and the worker that it calls take turns and never run at once. On one CPU a call and its
    reply cost about half of what they cost across two. Does nothing where the system cannot do it.
    """
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {allowed[number % len(allowed)]})
