"""Animated GIFs that student code wrote, as checks see them: decoded in a confined process, never in this one."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.channel import Aborted
from grader.checks.asking.failing import fail
from grader.core.errors import GraderFault
from grader.core.helper import UsedUp, run_helper
from grader.core.outcome import Owner
from grader.worker.running.gif_reader import CPU_SECONDS

LARGEST_SIDE = 320
_COMMAND = (sys.executable, "-P", "-m", "grader.worker.running.gif_reader", str(LARGEST_SIDE))


@dataclass(frozen=True, eq=False)
class Gif:
    """The contents of a GIF.

    `frames` has shape (n, rows, columns, 3), uint8, and contains what is shown over time, shrunk by an integer factor
    so that no side exceeds 320 pixels. `size` is the width and height in the file, `durations` are in milliseconds.
    `repeats` is how often it is shown again after the first time, 0 for endlessly, None for never. `distinct` is how
    many frames differ in any pixel.
    """

    size: tuple[int, int]
    frames: NDArray[np.uint8]
    durations: tuple[int, ...]
    repeats: int | None
    distinct: int


def read_gif(data: bytes, *, what: str = "the file") -> Gif:
    """Return the GIF in `data`; CheckFailed if it is not a GIF or exceeds the limits.

    Reads at most 1000 frames, of 400 million pixels together. Raises Aborted if the process that decodes it cannot run.
    """
    try:
        done = run_helper(_COMMAND, CPU_SECONDS, input=data)
    except UsedUp:
        fail(f"{what} needs more time or memory to decode than is allowed")
    except GraderFault as fault:
        raise Aborted(Owner.MACHINE, str(fault)) from fault
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        if said == "MemoryError":
            fail(f"{what} needs more time or memory to decode than is allowed")
        raise Aborted(Owner.MACHINE, f"a GIF could not be decoded ({said}); is pillow installed?")
    line, _, pixels = done.stdout.partition(b"\n")
    report: dict[str, Any] = json.loads(line)
    if "problem" in report:
        fail(f"{what} is not a GIF that can be used: {report['problem']}")
    frames = np.frombuffer(pixels, np.uint8).reshape(len(report["durations"]), *report["shown"], 3)
    return Gif(tuple(report["size"]), frames, tuple(report["durations"]), report["repeats"], report["distinct"])


def redrawn(first: NDArray[np.uint8], last: NDArray[np.uint8]) -> float:
    """Return which share of what the first of two frames shows, its ink, looks different in the last.

    What an animation adds covers little of it; axes whose limits move change most of it.
    """
    if first.shape != last.shape:
        return 1.0
    paper = np.median(first, axis=(0, 1))
    inked = np.abs(first.astype(int) - paper).max(axis=-1) > 48
    return changed(first[inked], last[inked]) if inked.any() else 0.0


def changed(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return the share of pixels, from 0 to 1, in which two frames differ by more than an encoder's rounding."""
    if one.shape != other.shape:
        return 1.0
    # A palette of 256 colours changes a colour by a few steps out of 255; ink differs from paper by a hundred.
    return float((np.abs(one.astype(int) - other.astype(int)).max(axis=-1) > 48).mean())
