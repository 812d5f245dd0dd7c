"""Whether code that repeats a recorded run trains, or looks numbers up, uses a formula, or draws them at random.

Its seed must decide something. Code with a seed of its own gives any number of students the same run, whatever they
state.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.asking.failing import fail, leave_to_a_person
from grader.checks.asking.submission import Submission
from grader.checks.runs.measures import A_PERSON_LOOKS, assert_measures
from grader.checks.runs.near_nothing import assert_proportional
from grader.checks.runs.redone import Record, parted
from grader.checks.runs.runlog import Run

# For equal calls in one process: a larger difference was not determined by the settings.
SAME = 1e-9
UNSEEDED = "The same run, begun twice, is not the same: all that is random must follow from the seed of the settings."
UNUSED = "The seed of the settings is not used: another seed gives the same run."
SAMPLES_ALONE = "runs are the same whatever samples come with the course: they have samples of their own, or none"


def assert_trained(submission: Submission, record: Record, *, what: str) -> None:
    """Fail unless runs are trained from their settings, with no log among the files; `what` is the record's factor.

    When repeated, a run is the same; a longer one begins like a shorter one; another seed gives another run; with
    smaller and smaller factors its loss changes in proportion to them. A person decides if other samples change
    nothing, or if the measures do not depend on the classes of the samples as measures do; staff are told which.
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
    """Fail unless a run that is repeated is the same, begins like a longer one, and is another with another seed."""
    with submission.elsewhere(*record.names, without=record.files(submission)) as work:
        _repeated(record, work, best(record))


def _repeated(record: Record, work: Submission, run: Run) -> Run:
    """Return the first epoch of a run."""
    first, longer = (record.again(work, run, epochs=epochs) for epochs in (1, 2))
    if parted(first, longer, SAME) is not None:
        if parted(first, record.again(work, run, epochs=1), SAME) is not None:
            fail("the same run, begun twice, is not the same", misconception=UNSEEDED)
        fail("a run of one epoch is not the beginning of one of two epochs")
    if not _has_one_batch(run):
        _demand_seed(record, work, run, first)
    return first


def _demand_seed(record: Record, work: Submission, run: Run, first: Run) -> None:
    """Fail unless another seed gives another first epoch; one that is not finite is not compared."""
    other = record.again(work, Run(with_another_seed(run), run.measured), epochs=1)
    finite = all(np.isfinite(values).all() for values in first.measured.values())
    if finite and parted(first, other, SAME) is None:
        fail("another seed gives the same run", f"as with the seed {run.settings['seed']}", UNUSED)


def with_another_seed(run: Run) -> dict[str, Any]:
    """Return a run's settings with another seed; fail if they do not have one."""
    seed = run.settings.get("seed")
    if type(seed) is not int:
        fail("a run does not give its seed as a whole number", f"got {seed!r:.100}")
    # Small, so that every generator takes it, and not 0, which code may take for "not given".
    return {**run.settings, "seed": 1 if seed != 1 else 2}


def _has_one_batch(run: Run) -> bool:
    """Return whether a step takes all training samples, so that there is no order for a seed to decide."""
    batch, samples = (run.settings.get(name) for name in ("batch_size", "train_size"))
    return isinstance(batch, int) and isinstance(samples, int) and batch >= samples


def best(record: Record) -> Run:
    """Return the run that has learned most, without stagnating or diverging."""
    loss = next(name for name in record.runs[0].measured if name.endswith("_loss"))
    return min(record.runs, key=lambda run: float(np.nan_to_num(run.measured[loss], nan=np.inf).min()))


def _factor(run: Run, name: str) -> float:
    value = run.settings.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        fail(f"a run does not give its {name} as a number of 0 or more", f"got {value!r:.100}")
    return float(value)
