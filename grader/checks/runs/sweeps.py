"""Whether experiments can be trusted: is a run log complete, and did only one thing differ?

Failures say in words what is wrong with which runs. `runs` are what `run_log` returns; for a single run, pass a list of
one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from grader.checks.asking.failing import fail
from grader.checks.figures.shown import Axes
from grader.checks.runs.runlog import Run

# A sample that is classified wrongly has a probability of at most ½ for its class, hence a cross-entropy of log 2 or
# more.
LEAST_LOSS = math.log(2)


def assert_grid(runs: Sequence[Run], factor: str, *, values: int, epochs: int = 1) -> None:
    """Fail unless there is a run for each of `values` values of a factor, which changes something, of equal lengths."""
    got = [run.settings.get(factor) for run in runs]
    if None in got:
        fail(f"a run does not give its {factor}", f"settings: {dict(runs[got.index(None)].settings)!r:.300}")
    if len({repr(value) for value in got}) < len(got):
        fail(f"two runs have the same {factor}", f"got: {got!r:.300}")
    if len(got) < values:
        fail(f"the sweep is not complete: there are too few values of {factor}", f"expected {values}, got {got!r:.300}")
    lengths = [run.epochs for run in runs]
    if len(set(lengths)) > 1 or lengths[0] < epochs:
        fail("the runs differ in their number of epochs", f"expected {epochs} or more; got {lengths!r:.200}")
    first, *others = (run.measured for run in runs)
    if others and all(np.array_equal(other[name], first[name]) for other in others for name in first):
        fail(f"the runs are the same whatever their {factor}")


def assert_one_factor(runs: Sequence[Run], factor: str, *, free: Collection[str] = ()) -> None:
    """Fail unless runs differ in one setting only; those in `free` may differ with it."""
    first = runs[0]
    for number, run in enumerate(runs[1:], 2):
        names = sorted(first.settings.keys() | run.settings.keys())
        other = [name for name in names if first.settings.get(name) != run.settings.get(name)]
        other = [name for name in other if name != factor and name not in free]
        if other:
            fail(
                f"more than {factor} differs between runs: what does the difference come from?",
                f"run 1 and run {number} differ in {', '.join(other)} too: "
                f"{[first.settings.get(name) for name in other]!r:.150} and "
                f"{[run.settings.get(name) for name in other]!r:.150}",
                misconception="Two things are changed at once: change one, and keep everything else as it is.",
            )


def assert_measured(run: Run, samples: Mapping[str, int]) -> None:
    """Fail if what code has just measured is not a share of so many samples, or not their mean cross-entropy.

    `samples` gives the size of each part: ``{"train": 23, "validation": 7}``. Of n samples a whole number is classified
    correctly; each wrong one adds log 2 or more to the loss.
    """
    for part, count in samples.items():
        loss, accuracy = run.measured[f"{part}_loss"], run.measured[f"{part}_accuracy"]
        hits = accuracy * count
        if (accuracy < 0).any() or (accuracy > 1).any() or (np.abs(hits - np.rint(hits)) > 0.02).any():
            at = int(np.abs(hits - np.rint(hits)).argmax())
            found = f"epoch {at + 1}: {accuracy[at]:.6g} of {count} samples"
            fail(f"a {part} accuracy is not a share of all {part} samples", found, OF_OTHERS)
        if (loss < (1 - accuracy) * LEAST_LOSS * 0.999).any():
            at = int((loss - (1 - accuracy) * LEAST_LOSS).argmin())
            found = f"epoch {at + 1}: loss {loss[at]:.6g}, accuracy {accuracy[at]:.6g}"
            fail(f"a {part} loss is too small for that many wrong answers", found, OF_OTHERS)


OF_OTHERS = "These are not the shares and mean losses of all samples, with all digits."


def assert_untested(log: object) -> None:
    """Fail if a log's text contains measures of test samples: what one looks at while choosing is no longer a test."""
    seen = sorted(set(re.findall(r'"(test\w*)"\s*:', log))) if isinstance(log, str) else []
    if seen:
        fail(
            "the test set is looked at while settings are chosen",
            f"the log has {', '.join(seen)!r:.200}",
            misconception="The test set is for one look, after everything is chosen: choose by validation.",
        )


def best(runs: Sequence[Run], measure: str = "validation_accuracy") -> tuple[int, int]:
    """Return which run, from 0, and which of its epochs, from 1, is best; of equals the earliest."""
    places = [(float(value), -number, -epoch) for number, run in enumerate(runs)
              for epoch, value in enumerate(run.measured[measure], 1)]  # fmt: skip
    sign = -1 if measure.endswith("_loss") else 1
    _, number, epoch = max((sign * value, number, epoch) for value, number, epoch in places)
    return -number, -epoch


def assert_drawn(axes: Axes, run: Run, measure: str, *, what: str = "the figure") -> None:
    """Fail unless one of the lines is a run's measure against its epochs, which count from 1 as in the log."""
    values, epochs = run.measured[measure], np.arange(1, run.epochs + 1)
    curves = [line for line in axes.lines if line.y.shape == values.shape and np.allclose(line.y, values, rtol=1e-4)]
    if any(np.allclose(line.x, epochs) for line in curves):
        return
    labels = [line.label for line in axes.lines]
    counted = "The epochs of a curve are those of the log, which counts from 1."
    fail(
        f"{what} has no curve of {measure} as it is in the log",
        f"run: {dict(run.settings)!r:.200}\nexpected: {values!r:.200}\ngot lines: {labels!r:.200}",
        misconception=counted if curves else "A curve shows what the log says of its run, against the epoch.",
    )
