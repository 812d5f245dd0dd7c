"""Does code that begins a recorded run again train, or does it look up, follow a formula, draw at random?

And does it measure what it says? Where nothing is learned, each sample's prediction stays what it is, whatever class
the sample is said to be of. If all samples are said to be of the class that is 0, 1, … 9 further on than their own, the
prediction is right in one of these ten cases: the ten accuracies add up to 1, and by Jensen's inequality the mean of
the ten cross-entropies is ln 10 or more, whatever the network is.
"""

from __future__ import annotations

import math

import numpy as np

from grader.checks.failing import fail, leave_to_a_person
from grader.checks.near_nothing import assert_proportional
from grader.checks.redone import HARDLY, Record, parted
from grader.checks.runlog import Run
from grader.checks.submission import Submission

# The same calls in the same process: what differs by more was not decided by the settings.
SAME = 1e-9
UNSEEDED = "The same run, begun twice, is not the same: all that is random must follow from the seed of the settings."
SAMPLES_ALONE = (
    "a person will look at the runs: they are the same whatever samples come with the course, so they have samples of "
    "their own, or none"
)
# The samples that come with the course are of so many classes.
CLASSES = 10
# As a part of a learning rate: with so little nothing is learned.
NOTHING = 2.0**-40
# A few samples that two classes fit equally well may go either way. Accuracies that are 1 in 200 better add as much.
NOT_MORE = 0.05
FALSE_MEASURES = (
    "a person will look at the runs: what they measure where nothing is learned does not fit any predictions"
)


def assert_trained(submission: Submission, record: Record, *, what: str) -> None:
    """Fail unless runs are trained by their settings, `what` the record's factor is, with no log among the files.

    Begun twice, a run is the same; a longer one begins as a shorter one; with smaller and smaller factors its loss
    changes in proportion to them. Left to a person where other samples change nothing, and where what is measured does
    not depend on the classes of the samples as measures do.
    """
    without = record.files(submission)
    run, strongest = _best(record), max(record.runs, key=lambda each: _factor(each, record.factor))
    with submission.elsewhere(*record.names, without=without) as work:
        first = _repeated(record, work, run)
        loss = next(name for name in run.measured if name.endswith("_loss"))

        def after_an_epoch(value: float) -> float:
            changed = Run({**strongest.settings, record.factor: value}, strongest.measured)
            return float(record.again(work, changed, epochs=1).measured[loss][0])

        assert_proportional(after_an_epoch, _factor(strongest, record.factor), what=what)
    with submission.elsewhere(*record.names, without=without, other_samples=True) as work:
        other = record.again(work, run, epochs=1)
    if all(np.array_equal(first.measured[name], other.measured[name]) for name in run.measured):
        leave_to_a_person(SAMPLES_ALONE)
    _assert_measures(submission, record, run)


def assert_repeated_run(submission: Submission, record: Record) -> None:
    """Fail unless a run that is begun twice is the same, and the beginning of a longer one."""
    with submission.elsewhere(*record.names, without=record.files(submission)) as work:
        _repeated(record, work, _best(record))


def _assert_measures(submission: Submission, record: Record, run: Run) -> None:
    """Leave to a person what is measured after an epoch that teaches nothing, unless it fits some predictions."""
    rate = run.settings.get("learning_rate")
    if isinstance(rate, bool) or not isinstance(rate, int | float):
        return
    still = Run({**run.settings, "learning_rate": rate * NOTHING}, run.measured)
    without, measured = record.files(submission), []
    for shift in range(CLASSES):
        with submission.elsewhere(*record.names, without=without, classes_shifted=shift) as work:
            measured.append(record.again(work, still, epochs=1).measured)
    for part in (name.removesuffix("_loss") for name in run.measured if name.endswith("_loss")):
        losses, accuracies = ([float(each[f"{part}_{name}"][0]) for each in measured] for name in ("loss", "accuracy"))
        _assert_of_predictions(part, sum(losses) / CLASSES, sum(accuracies))


def _assert_of_predictions(part: str, mean_loss: float, accuracies: float) -> None:
    least = math.log(CLASSES)
    if abs(mean_loss - least) < HARDLY:
        return  # all classes are equally likely: which one is predicted hangs on the next to nothing that is learned
    if not (abs(accuracies - 1) <= NOT_MORE and mean_loss > least):
        told = f"over {CLASSES} shifts of all classes: accuracies add up to {accuracies:.4g}, mean loss {mean_loss:.6g}"
        leave_to_a_person(FALSE_MEASURES, f"{part} samples, {told}")


def _repeated(record: Record, work: Submission, run: Run) -> Run:
    """Return the first epoch of a run."""
    first, second, longer = (record.again(work, run, epochs=epochs) for epochs in (1, 1, 2))
    if parted(first, second, SAME) is not None:
        fail("the same run, begun twice, is not the same", misconception=UNSEEDED)
    if parted(first, longer, SAME) is not None:
        fail("a run of one epoch is not the beginning of one of two epochs")
    return first


def _best(record: Record) -> Run:
    """Return the run that has learned most, which neither stood still nor diverged."""
    loss = next(name for name in record.runs[0].measured if name.endswith("_loss"))
    return min(record.runs, key=lambda run: float(np.nan_to_num(run.measured[loss], nan=np.inf).min()))


def _factor(run: Run, name: str) -> float:
    value = run.settings.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        fail(f"a run does not say its {name} as a number of 0 or more", f"got {value!r:.100}")
    return float(value)
