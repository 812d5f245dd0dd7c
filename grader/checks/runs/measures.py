"""Are a run's figures measures of its samples? Asked where nothing is learned, by changing the samples' classes.

With a learning rate of next to nothing a sample's scores stay what they are, whatever class it is said to be of.

- If each picture is there ten times, once in each class, one of ten predictions is right, and by Jensen's inequality
  the mean cross-entropy is ln 10 or more, whatever the network is. Where a part of the samples does not hold such tens
  as a whole, all samples are instead said to be of the class that is 0, 1, … 9 further on: each prediction is right in
  one of these cases, so that the ten accuracies add up to 1.
- If one sample is said to be of another class, the sum of the losses changes in the parts that hold it, by the same
  number in each. So a sample is found that is in two parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

from grader.checks.asking.failing import fail, leave_to_a_person
from grader.checks.asking.submission import Submission
from grader.checks.runs.redone import HARDLY, Record
from grader.checks.runs.runlog import Run

# The samples that a course provides have this many classes.
CLASSES = 10
# Relative to the learning rate: with this little, nothing is learned.
NOTHING = 2.0**-40
# A few samples that two classes fit equally well may go either way. Accuracies that are 1 in 200 better add up to as
# much.
NOT_MORE = 0.05
A_PERSON_LOOKS = "a person will look at the runs"
FALSE_MEASURES = "what runs measure where nothing is learned does not fit any predictions"
SHARED = "The parts are to have no sample in common: what was trained on says nothing of samples that are new."
# Of each pair. Bisection finds a sample among a thousand in ten questions; it is not searched for any longer.
MOST_ASKED = 24
# A smaller change of a sum of losses does not count: the little that is learned changes it by at most 1e-8.
MOVED = 1e-5


@dataclass(frozen=True)
class Unlearned:
    """A run of one epoch in which nothing is learned, ready to be repeated on changed samples."""

    submission: Submission
    record: Record
    run: Run
    without: tuple[str, ...]

    @classmethod
    def of(cls, submission: Submission, record: Record, run: Run) -> Unlearned | None:
        """Return the run with a learning rate of almost nothing, or None if its settings do not include one."""
        rate = run.settings.get("learning_rate")
        if isinstance(rate, bool) or not isinstance(rate, int | float):
            return None
        still = Run({**run.settings, "learning_rate": rate * NOTHING}, run.measured)
        return cls(submission, record, still, record.files(submission))

    @property
    def parts(self) -> list[str]:
        """The parts of the samples that are measured."""
        return [name.removesuffix("_loss") for name in self.run.measured if name.endswith("_loss")]

    def measured(self, samples: str) -> dict[str, float]:
        """Return the measures on the course's samples, changed as ``lab.images`` describes."""
        with self.submission.elsewhere(*self.record.names, without=self.without, samples=samples) as work:
            again = self.record.again(work, self.run, epochs=1)
        return {name: float(values[0]) for name, values in again.measured.items()}


def assert_measures(submission: Submission, record: Record, run: Run) -> None:
    """Leave a run to a person, and tell staff, unless its measures, where nothing is learned, can be of predictions."""
    unlearned = Unlearned.of(submission, record, run)
    if unlearned is None or _fits(unlearned, [unlearned.measured("tens")], within=HARDLY):
        return
    shifted = [unlearned.measured(f"shifted {shift}") for shift in range(CLASSES)]
    if not _fits(unlearned, shifted, within=NOT_MORE / CLASSES):
        rows = [f"{name} {_mean(shifted, name):.6g}" for name in shifted[0]]
        submission.told.to_staff(f"{FALSE_MEASURES}: means over {CLASSES} shifts of all classes: {', '.join(rows)}")
        leave_to_a_person(A_PERSON_LOOKS)


def _fits(unlearned: Unlearned, measured: list[dict[str, float]], within: float) -> bool:
    """Return whether means can be those of predictions for samples that each occur in all classes."""
    for part in unlearned.parts:
        loss, accuracy, least = _mean(measured, f"{part}_loss"), _mean(measured, f"{part}_accuracy"), math.log(CLASSES)
        if abs(loss - least) < HARDLY:
            continue  # all classes are equally likely: which one is predicted depends on the little that is learned
        if not (abs(accuracy - 1 / CLASSES) <= within and loss > least):
            return False
    return True


def _mean(measured: list[dict[str, float]], name: str) -> float:
    return sum(each[name] for each in measured) / len(measured)


def assert_measured_on(submission: Submission, record: Record, run: Run) -> None:
    """Fail unless each part is measured on the course's samples of that name, and on no others.

    If no measure depends on the course's samples, the check passes.
    """
    unlearned = Unlearned.of(submission, record, run)
    if unlearned is None:
        return
    before = unlearned.measured("")
    moved: dict[str, list[str]] = {}
    for part in unlearned.parts:
        after = unlearned.measured(f"shifted 1 {part} 0 {BLOCKS[-1].high}")
        moved[part] = [name for name in unlearned.parts if abs(after[f"{name}_loss"] - before[f"{name}_loss"]) > HARDLY]
    wrong = [(part, name) for part, names in moved.items() for name in names if name != part]
    if wrong:
        fail(f"{wrong[0][1]} samples are among the course's {wrong[0][0]} samples", f"moved: {moved}", SHARED)


def assert_parts_apart(submission: Submission, record: Record, run: Run) -> None:
    """Fail if a sample of the course is found that is in two parts, given the sizes of the parts in the settings.

    A sample is found by bisection. If all of one part is in another it is always found, and with some probability if
    only a part is.
    """
    unlearned = Unlearned.of(submission, record, run)
    sizes: dict[str, Any] = {part: run.settings.get(f"{part}_size") for part in unlearned.parts} if unlearned else {}
    if unlearned is None or not all(isinstance(size, int) and size > 0 for size in sizes.values()):
        return
    before = unlearned.measured("")

    def changes(samples: str) -> dict[str, float]:
        after = unlearned.measured(samples)
        return {part: size * (after[f"{part}_loss"] - before[f"{part}_loss"]) for part, size in sizes.items()}

    try:
        pair = _sharing(changes, unlearned.parts)
    except Exception as error:
        if not getattr(error, "raised_by_student", False):
            raise
        return  # parts that are selected by class may not work if some are missing
    if pair:
        fail(f"a sample is among the {pair[0]} samples and among the {pair[1]} samples", misconception=SHARED)


@dataclass(frozen=True)
class _Block:
    """The samples `low` to `high` - 1 of one part of the course's samples."""

    part: str
    low: int
    high: int

    def of_next_classes(self) -> str:
        return f"shifted 1 {self.part} {self.low} {self.high}"

    def halves(self) -> tuple[_Block, _Block]:
        middle = (self.low + self.high) // 2
        return _Block(self.part, self.low, middle), _Block(self.part, middle, self.high)


BLOCKS = [_Block(part, *ends) for part in ("train", "validation", "test") for ends in ((0, 1024), (1024, 2**20))]


Changes = Mapping[str, float]


def _sharing(ask: Callable[[str], Changes], parts: Sequence[str]) -> tuple[str, str] | None:
    """Return two parts that are found to share a sample; `ask` returns the changes of the sums of losses."""
    ask = cache(ask)  # one question answers for all pairs
    return next((pair for pair in combinations(parts, 2) if _share(ask, pair)), None)


def _share(ask: Callable[[str], Changes], pair: tuple[str, str]) -> bool:
    """Return whether a sample is found that is in both of two parts.

    Changes add up, so that only one of two halves needs to be tried.
    """
    pending, asked = [(BLOCKS, ask("shifted 1"))], 0
    while pending and asked < MOST_ASKED:
        blocks, total = pending.pop()
        if any(abs(total[part]) <= MOVED for part in pair):
            continue
        asked += 1
        if len(blocks) == 1 and blocks[0].high - blocks[0].low == 1:
            one, other = (ask(blocks[0].of_next_classes())[part] for part in pair)
            if abs(one) > MOVED and np.isclose(one, other, rtol=1e-6, atol=0):
                return True
            continue
        first, *rest = blocks if len(blocks) > 1 else blocks[0].halves()
        some = ask(first.of_next_classes())
        pending += [(rest, {part: total[part] - some[part] for part in total}), ([first], some)]
    return False
