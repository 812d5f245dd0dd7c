"""A worker's work done once before any is forked, so that forks find imports, caches and code warm."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from . import removal, wire
from .dispatch import Dispatcher
from .drawn import drawn
from .program import draw, load

SAMPLE = '''
"""A module as students write them."""

import numpy as np

RATE = 0.5


class Kept:
    """An object with state."""

    def __init__(self, rate, state=None):
        self.rate, self.state = rate, state

    def step(self, point, function):
        """Return the next point."""
        if self.state is None:
            self.state = np.zeros_like(point)
        self.state = RATE * self.state + function(point)
        return point - self.rate * np.sqrt(np.abs(self.state) ** 2)


def total(values, *, scale=1):
    return scale * sum(value for value in values if value > 0)
'''
ROUNDS = 10


def rehearse(scratch: str) -> None:
    """Load a sample and call it, in the empty folder `scratch`, which is left empty."""
    folder = Path(scratch, "rehearsal")
    folder.mkdir()
    (folder / "sample.py").write_text(SAMPLE, encoding="utf-8")
    before, finders = os.getcwd(), sys.meta_path[:]
    os.chdir(folder)
    for _ in range(ROUNDS):
        _once(folder)
    os.chdir(before)
    sys.meta_path[:] = finders
    removal.empty(scratch)


def rehearse_drawing() -> None:
    """Draw and animate a figure with all that one commonly has: fonts, formulas and backends are read by then."""
    from matplotlib import animation, pyplot

    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [1, 2], "o-", label=r"$\eta = 10^{-2}$")
    axes.scatter([0, 1], [1, 2], c=[0, 1])
    axes.contour(np.eye(3))
    axes.set(title="Title", xlabel="x", ylabel="y")
    axes.legend()
    writer = animation.PillowWriter()
    writer.setup(figure, "rehearsal.gif")
    writer.grab_frame()
    drawn(figure)


def _once(folder: Path) -> None:
    asked = folder, ("sample.py",), "sample", ("Kept", "total")
    dispatcher = Dispatcher(load(*asked, plan=draw(*asked, {})), lambda *call: None)
    kept = dispatcher.refer(dispatcher.call(("Kept",), (0.5,), {}))
    identity = wire.Affine(np.eye(3), np.zeros(3), np.ones(3))
    assert isinstance(kept, wire.Handle)
    call = [b"identity", False, "call", [kept.number, "step"], [np.ones(3), identity], {}, False]
    received = wire.normalise(call, dispatcher.refer, dispatcher.resolve)
    assert isinstance(received, list)
    result = dispatcher.call(received[3], received[4], received[5])
    wire.normalise(["ok", b"identity", [result, []], ""], dispatcher.refer)
