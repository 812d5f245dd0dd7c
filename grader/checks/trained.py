"""Does code that begins a recorded run again train, or does it look up, follow a formula, draw at random?"""

from __future__ import annotations

import numpy as np

from grader.checks.failing import fail, leave_to_a_person
from grader.checks.measures import A_PERSON_LOOKS, assert_measures
from grader.checks.near_nothing import assert_proportional
from grader.checks.redone import Record, parted
from grader.checks.runlog import Run
from grader.checks.submission import Submission

# The same calls in the same process: what differs by more was not decided by the settings.
SAME = 1e-9
UNSEEDED = "The same run, begun twice, is not the same: all that is random must follow from the seed of the settings."
SAMPLES_ALONE = "runs are the same whatever samples come with the course: they have samples of their own, or none"


def assert_trained(submission: Submission, record: Record, *, what: str) -> None:
    """Fail unless runs are trained by their settings, `what` the record's factor is, with no log among the files.

    Begun twice, a run is the same; a longer one begins as a shorter one; with smaller and smaller factors its loss
    changes in proportion to them. Left to a person where other samples change nothing, and where what is measured does
    not depend on the classes of the samples as measures do; staff are told which.
    """
    without = record.files(submission)
    run, strongest = best(record), max(record.runs, key=lambda each: _factor(each, record.factor))
    with submission.elsewhere(*record.names, without=without) as work:
        first = _repeated(record, work, run)
        loss = next(name for name in run.measured if name.endswith("_loss"))

        def after_an_epoch(value: float) -> float:
            changed = Run({**strongest.settings, record.factor: value}, strongest.measured)
            return float(record.again(work, changed, epochs=1).measured[loss][0])

        assert_proportional(after_an_epoch, _factor(strongest, record.factor), what=what)
    with submission.elsewhere(*record.names, without=without, samples="other") as work:
        other = record.again(work, run, epochs=1)
    if all(np.array_equal(first.measured[name], other.measured[name]) for name in run.measured):
        submission.told.to_staff(SAMPLES_ALONE)
        leave_to_a_person(A_PERSON_LOOKS)
    assert_measures(submission, record, run)


def assert_repeated_run(submission: Submission, record: Record) -> None:
    """Fail unless a run that is begun twice is the same, and the beginning of a longer one."""
    with submission.elsewhere(*record.names, without=record.files(submission)) as work:
        _repeated(record, work, best(record))


def _repeated(record: Record, work: Submission, run: Run) -> Run:
    """Return the first epoch of a run."""
    first, longer = (record.again(work, run, epochs=epochs) for epochs in (1, 2))
    if parted(first, longer, SAME) is not None:
        if parted(first, record.again(work, run, epochs=1), SAME) is not None:
            fail("the same run, begun twice, is not the same", misconception=UNSEEDED)
        fail("a run of one epoch is not the beginning of one of two epochs")
    return first


def best(record: Record) -> Run:
    """Return the run that has learned most, which neither stood still nor diverged."""
    loss = next(name for name in record.runs[0].measured if name.endswith("_loss"))
    return min(record.runs, key=lambda run: float(np.nan_to_num(run.measured[loss], nan=np.inf).min()))


def _factor(run: Run, name: str) -> float:
    value = run.settings.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        fail(f"a run does not say its {name} as a number of 0 or more", f"got {value!r:.100}")
    return float(value)
