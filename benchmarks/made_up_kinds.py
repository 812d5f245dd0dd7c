"""Kinds of made-up logs, all inside the protocol: in double precision, with the honest log's seed and versions.

Each takes the runs of an honest log, lists of lines with settings, epoch and measures, and changes them in place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Line = dict[str, Any]
Runs = list[list[Line]]
SAMPLES = 500


@dataclass(frozen=True)
class Kind:
    """A way to make a log up: how it differs from what was measured, and what does it with some random numbers."""

    name: str
    differs: str
    change: Callable[[Runs, np.random.Generator], object]


def losses(line: Line) -> list[str]:
    """Return the names of the losses in a line."""
    return [name for name in line if name.endswith("_loss") and name != "initial_loss"]


def accuracies(line: Line) -> list[str]:
    """Return the names of the accuracies in a line."""
    return [name for name in line if name.endswith("_accuracy")]


def measures(line: Line) -> list[str]:
    """Return the names of what was measured."""
    return [*losses(line), *accuracies(line)]


def _one(runs: Runs, random: np.random.Generator) -> list[Line]:
    return runs[int(random.integers(len(runs)))]


def _decaying(run: list[Line], random: np.random.Generator, *, start: int = 0, noise: float = 0.02) -> None:
    """Let losses fall as an exponential does, with noise, from line `start` on; accuracies are whole numbers of 500."""
    for name in measures(run[0]):
        begin, goal = (run[start - 1][name], 0.6) if start else ((2.3, 0.6) if name.endswith("_loss") else (0.1, 0.7))
        for line in run[start:]:
            share = 1 - math.exp(-0.3 * (line["epoch"] - start))
            value = begin + (goal - begin) * share + noise * random.normal()
            line[name] = (
                max(value, 1e-3) if name.endswith("_loss") else round(SAMPLES * min(max(value, 0), 1)) / SAMPLES
            )


def _all_decaying(noise: float) -> Callable[[Runs, np.random.Generator], None]:
    def change(runs: Runs, random: np.random.Generator) -> None:
        for run in runs:
            _decaying(run, random, noise=noise)

    return change


def _one_decaying(runs: Runs, random: np.random.Generator) -> None:
    _decaying(_one(runs, random), random, start=2)


def _begun(share: float) -> Callable[[Runs, np.random.Generator], None]:
    def change(runs: Runs, random: np.random.Generator) -> None:
        for run in runs:
            _decaying(run, random, start=max(1, round(share * len(run))))

    return change


def _jittered(part: float, start: int = 0) -> Callable[[Runs, np.random.Generator], None]:
    def change(runs: Runs, random: np.random.Generator) -> None:
        for run in runs:
            for line in run[start:]:
                line.update({name: line[name] * (1 + part * random.normal()) for name in losses(line)})

    return change


def _formula(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for line in run:
            line.update({name: 2.2 * math.exp(-0.2 * line["epoch"]) + 0.1 for name in losses(line)})
            line.update(
                {name: round(SAMPLES * (1 - math.exp(-0.2 * line["epoch"]))) / SAMPLES for name in accuracies(line)}
            )


def _flattered(runs: Runs, random: np.random.Generator, lines: slice = slice(None), by: float = 0.03) -> None:
    for run in runs:
        for line in run[lines]:
            name = accuracies(line)[-1]
            line[name] = line[name] + by if line[name] + by <= 1 else line[name] - by


def _flattered_end(runs: Runs, random: np.random.Generator) -> None:
    _flattered(runs, random, slice(-1, None))


def _last_runs(runs: Runs, random: np.random.Generator) -> None:
    for run in runs[1:]:
        _decaying(run, random)


def _exchanged_epochs(runs: Runs, random: np.random.Generator) -> None:
    run = _one(runs, random)
    first = int(random.integers(len(run) - 1))
    for name in measures(run[0]):
        run[first][name], run[first + 1][name] = run[first + 1][name], run[first][name]


def _smoothed(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for name in losses(run[0]):
            values = [line[name] for line in run]
            for place, line in enumerate(run):
                near = values[max(0, place - 1) : place + 2]
                line[name] = sum(near) / len(near)


def _between_neighbours(runs: Runs, random: np.random.Generator) -> None:
    run = _one(runs, random)
    place = int(random.integers(1, len(run) - 1))
    for name in measures(run[0]):
        run[place][name] = (run[place - 1][name] + run[place + 1][name]) / 2


def _delayed(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for name in measures(run[0]):
            values = [line[name] for line in run]
            for line, value in zip(run[1:], values, strict=False):
                line[name] = value


def _mean_of_two_runs(runs: Runs, random: np.random.Generator) -> None:
    place = int(random.integers(1, len(runs) - 1))
    for before, line, after in zip(runs[place - 1], runs[place], runs[place + 1], strict=True):
        line.update({name: (before[name] + after[name]) / 2 for name in measures(line)})


def _curves_exchanged(runs: Runs, random: np.random.Generator) -> None:
    place = int(random.integers(len(runs) - 1))
    for one, other in zip(runs[place], runs[place + 1], strict=True):
        for name in measures(one):
            one[name], other[name] = other[name], one[name]


def _curve_copied(runs: Runs, random: np.random.Generator) -> None:
    place = int(random.integers(len(runs) - 1))
    for one, other in zip(runs[place], runs[place + 1], strict=True):
        other.update({name: one[name] for name in measures(one)})


def _end_extrapolated(runs: Runs, random: np.random.Generator) -> None:
    run = _one(runs, random)
    for name in losses(run[0]):
        run[-1][name] = run[-2][name] * run[-2][name] / run[-3][name]


def _digits_changed(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for line in run:
            line.update({name: line[name] + 3e-5 * max(1, line[name]) for name in losses(line)})


def _rounded(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for line in run:
            line.update({name: float(f"{line[name]:.4g}") + 1e-9 for name in losses(line)})


def _one_sample(runs: Runs, random: np.random.Generator) -> None:
    run = _one(runs, random)
    _flattered([[run[int(random.integers(len(run)))]]], random, by=1 / 1000)


def _training_mixed_in(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for line in run:
            first, second, *_ = losses(line)
            line[second] = 0.9 * line[second] + 0.1 * line[first]


def _told_to_diverge(runs: Runs, random: np.random.Generator) -> None:
    for line in runs[-1][len(runs[-1]) // 2 :]:
        line.update(dict.fromkeys(losses(line), math.nan))


def _quicker(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for name in measures(run[0]):
            values = [line[name] for line in run]
            for place, line in enumerate(run):
                line[name] = float(np.interp(1.2 * place, range(len(values)), values))


def _never_worse(runs: Runs, random: np.random.Generator) -> None:
    for run in runs:
        for name in losses(run[0]):
            values = np.minimum.accumulate([line[name] for line in run])
            for place, line in enumerate(run):
                line[name] = float(values[place]) - 2e-5 * place


# The first are those of logs that were written blind, brought inside the protocol; the others are new.
KINDS: Sequence[Kind] = (
    Kind("exponential decay", "losses fall as an exponential, without noise", _all_decaying(0)),
    Kind("decay with noise", "the same with noise, accuracies being shares of 500", _all_decaying(0.02)),
    Kind("formula", "losses and accuracies follow one formula in all runs", _formula),
    Kind("honest at first", "the first half of each run is measured, the rest made up", _begun(0.5)),
    Kind("honest but for the end", "the last fifth of each run is made up", _begun(0.8)),
    Kind("jitter", "all losses are changed by a thousandth", _jittered(1e-3)),
    Kind("jitter later on", "losses from the third epoch on are changed by a hundredth", _jittered(1e-2, 2)),
    Kind("one run made up", "one run is made up from its third epoch on", _one_decaying),
    Kind("flattered everywhere", "an accuracy is better by 3 in 100 in all epochs", _flattered),
    Kind("flattered at the end", "an accuracy of the last epoch is better", _flattered_end),
    Kind("only the baseline", "all runs but the first are made up", _last_runs),
    Kind("epochs exchanged", "two epochs of one run stand in each other's place", _exchanged_epochs),
    Kind("smoothed", "each loss is the mean of its neighbours' and its own", _smoothed),
    Kind("between its neighbours", "one epoch of one run was lost and is filled in between", _between_neighbours),
    Kind("delayed", "measures are those of the epoch before", _delayed),
    Kind("mean of two runs", "a run that was never made is the mean of the runs beside it", _mean_of_two_runs),
    Kind("curves exchanged", "two runs have each other's settings", _curves_exchanged),
    Kind("curve copied", "a run has the curve of the run before it", _curve_copied),
    Kind("end extrapolated", "the last epoch of one run goes on as the two before it", _end_extrapolated),
    Kind("other digits", "all losses are larger by 3e-5, a little more than is let pass", _digits_changed),
    Kind("rounded, with digits behind", "four digits are measured, those behind are not", _rounded),
    Kind("one sample", "one accuracy of one run is better by a sample in a thousand", _one_sample),
    Kind("training mixed in", "a tenth of the second loss is the training loss", _training_mixed_in),
    Kind("told to diverge", "the last run is said to diverge half way", _told_to_diverge),
    Kind("quicker", "each curve goes through its epochs a fifth more quickly", _quicker),
    Kind("never worse", "losses never rise, and fall a little more than they did", _never_worse),
)  # fmt: skip
