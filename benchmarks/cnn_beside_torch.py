"""The reference's convolutional network beside the same in PyTorch: how long an epoch takes, and what is learnt.

    python benchmarks/cnn_beside_torch.py [--rounds N] [--epochs N] [--digits N]

Both are in float64 on one thread, start from the same weights and see the same batches of the course's digits. First
they train, and the loss of each batch is kept: in the first epoch the two curves must be equal but for rounding, or
the exit code is 1. Then single epochs are timed, in turn; the medians are shown. Machines differ: quote the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is imported
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "reference"), str(ROOT / "provided")]

import digits  # noqa: E402
import layers  # noqa: E402
import network  # noqa: E402
import numpy as np  # noqa: E402
import runs  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402
from torch import nn  # noqa: E402

Samples = tuple[np.ndarray, np.ndarray]

SEED, RATE, SIZES = 1, 0.001, (1, 10, 50)
ROUNDING = 1e-9
# An epoch's rule and its settings, and the same of PyTorch's.
RULES: dict[str, tuple[Callable[..., Any], tuple[float, ...], Callable[..., torch.optim.Optimizer]]] = {
    "sgd": (training.sgd_epoch, (), torch.optim.SGD),
    "momentum": (training.momentum_epoch, (0.9,), lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9)),
    "rmsprop": (training.rmsprop_epoch, (0.9, 1e-8), lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.9, eps=1e-8)),
}


class Reference:
    """The network of reference/, trained by its own update rules; `losses` are kept if it is a list."""

    def __init__(self, optimizer: str, train: Samples, losses: list[float] | None) -> None:
        self.rule, self.settings, _ = RULES[optimizer]
        self.train, self.losses, self.memory = train, losses, None
        self.parameters = network.initial_parameters(SEED)

    def epoch(self, order: np.ndarray, size: int) -> None:
        """Train on all samples once, in this order."""
        batches = training.mini_batches(*self.train, order, size)
        if self.settings:
            done = self.rule(self.parameters, self.memory, self.gradient, batches, RATE, *self.settings)
            self.parameters, self.memory = done
        else:
            self.parameters = self.rule(self.parameters, self.gradient, batches, RATE)

    def gradient(self, parameters: dict[str, np.ndarray], x: np.ndarray, one_hot: np.ndarray) -> dict[str, np.ndarray]:
        if self.losses is not None:
            logits = network.network_logits(parameters, x, vars(layers))
            self.losses.append(layers.softmax_cross_entropy(logits, one_hot))
        return network.network_gradient(parameters, x, one_hot, vars(layers))

    def accuracy(self, test: Samples) -> float:
        """Return the share of samples that are recognised."""
        return runs.accuracy(network.network_logits(self.parameters, test[0], vars(layers)), test[1])


class Torch:
    """The same network of PyTorch's layers, trained by PyTorch's optimizers."""

    def __init__(self, optimizer: str, train: Samples, losses: list[float] | None) -> None:
        self.x, self.labels = torch.tensor(train[0]), torch.tensor(train[1].argmax(axis=1))
        self.losses, self.cross_entropy = losses, nn.CrossEntropyLoss()
        convolutions = [nn.Conv2d(1, 4, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
        convolutions += [nn.Conv2d(4, 4, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
        self.net = nn.Sequential(*convolutions, nn.Linear(196, 49), nn.ReLU(), nn.Linear(49, 10)).double()
        start = network.initial_parameters(SEED).values()
        with torch.no_grad():
            for parameter, array in zip(self.net.parameters(), start, strict=True):
                parameter.copy_(torch.tensor(array))
        self.optimizer = RULES[optimizer][2](self.net.parameters(), lr=RATE)

    def epoch(self, order: np.ndarray, size: int) -> None:
        """Train on all samples once, in this order."""
        for part in torch.tensor(order).split(size):
            self.optimizer.zero_grad()
            loss = self.cross_entropy(self.net(self.x[part]), self.labels[part])
            loss.backward()
            self.optimizer.step()
            if self.losses is not None:
                self.losses.append(loss.item())

    def accuracy(self, test: Samples) -> float:
        """Return the share of samples that are recognised."""
        with torch.no_grad():
            return runs.accuracy(self.net(torch.tensor(test[0])).numpy(), test[1])


def learnt(optimizer: str, size: int, train: Samples, test: Samples, epochs: int) -> tuple[list[float], float, float]:
    """Return both accuracies after training, and by how much the losses differ at most in the first epoch, and ever."""
    ours, theirs = both = Reference(optimizer, train, []), Torch(optimizer, train, [])
    for number in range(epochs):
        order = np.random.default_rng(number).permutation(len(train[0]))
        for one in both:
            one.epoch(order, size)
    apart = np.abs(np.subtract(ours.losses, theirs.losses)).reshape(epochs, -1).max(axis=1)
    return [one.accuracy(test) for one in both], float(apart[0]), float(apart.max())


def timed(optimizer: str, size: int, train: Samples, rounds: int) -> list[list[float]]:
    """Return for both the seconds of one epoch, as often as there are rounds."""
    both = [(kind(optimizer, train, None), list[float]()) for kind in (Reference, Torch)]
    for number in range(rounds + 1):
        order = np.random.default_rng(number).permutation(len(train[0]))
        for one, seconds in both:
            start = time.perf_counter()
            one.epoch(order, size)
            seconds.append(time.perf_counter() - start)
    return [seconds[1:] for _, seconds in both]  # the first warms up


def main() -> None:
    """Train, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often an epoch is timed")
    parser.add_argument("--epochs", type=int, default=15, help="how long both are trained for their accuracy")
    parser.add_argument(
        "--digits", type=int, default=100, help="how many digits of each class to train with, up to 100"
    )
    options = parser.parse_args()
    if min(vars(options).values()) < 1 or options.digits > 100:
        parser.error("--rounds, --epochs and --digits must be 1 or more, --digits at most 100")
    torch.set_num_threads(1)
    train, test = (
        digits.choose_digits(*digits.load_mnist("", part), number)
        for part, number in ((True, options.digits), (False, 10))
    )
    table = Table(title=f"{len(train[0])} digits, float64, one thread; medians of {options.rounds} epochs")
    for title in (
        "batch",
        "rule",
        "reference",
        "PyTorch",
        "faster by",
        "accuracy",
        "PyTorch's",
        "apart, epoch 1",
        "ever",
    ):
        table.add_column(title, justify="left" if title == "rule" else "right")
    differ = []
    for size in SIZES:
        for optimizer in RULES:
            accuracies, first, ever = learnt(optimizer, size, train, test, options.epochs)
            ours, theirs = timed(optimizer, size, train, options.rounds)
            ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
            medians = [f"{statistics.median(seconds):.3f} s" for seconds in (ours, theirs)]
            shares = [f"{accuracy:.2f}" for accuracy in accuracies]
            table.add_row(str(size), optimizer, *medians, f"{ratio:.2f}×", *shares, f"{first:.0e}", f"{ever:.0e}")
            differ += [f"{optimizer} at batch size {size}"] if not first <= ROUNDING else []
    Console(width=110).print(table)
    if differ:
        raise SystemExit(f"the losses of the first epoch differ by more than rounding: {', '.join(differ)}")


if __name__ == "__main__":
    main()
