"""Does a worker's work once before any is forked, so that forks find imports, caches and code warm."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from ..confine import removal
from ..running.dispatch import Dispatcher
from ..running.figure_capture import drawn
from ..running.program import draw, load
from ..wire import codec as wire

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
    """Draw and animate a figure with everything common: fonts, formulas and backends are loaded by then."""
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


def rehearse_models() -> None:
    """Do once what code with models does first: an optimizer's first step alone imports for seconds."""
    import torch

    from ..running.models import build, state

    ones, channels = np.ones, {"in_channels": 1, "out_channels": 1, "kernel_size": 3}
    norm = {"weight": ones(1), "bias": ones(1), "running_mean": ones(1), "running_var": ones(1)}
    layers = [
        ["conv", ["Conv2d", channels, {"weight": ones((1, 1, 3, 3)), "bias": ones(1)}]],
        ["norm", ["BatchNorm2d", {"num_features": 1}, {**norm, "num_batches_tracked": np.array(1)}]],
        ["relu", ["ReLU", {}, {}]],
        ["pool", ["AdaptiveAvgPool2d", {"output_size": 1}, {}]],
        ["flatten", ["Flatten", {}, {}]],
        ["fc", ["Linear", {"in_features": 1, "out_features": 2}, {"weight": ones((2, 1)), "bias": ones(2)}]],
    ]
    for dtype in (torch.float32, torch.float64):
        model = build(["Sequential", layers]).to(dtype)
        optimizer = torch.optim.Adam(model.parameters())
        image = torch.ones(2, 1, 6, 6, dtype=dtype, requires_grad=True)
        loss: Any = torch.nn.functional.cross_entropy(model(image), torch.tensor([0, 1]))
        loss.backward()
        optimizer.step()
        hook = model.register_full_backward_hook(lambda module, before, after: None)
        torch.autograd.grad(model.eval()(image)[0, 0], image)
        hook.remove()
        state(model)


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
