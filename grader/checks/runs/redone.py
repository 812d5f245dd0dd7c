"""Whether repeating the runs of a log reproduces it.

A run in float64 can be reproduced on another processor up to rounding errors, which training amplifies: a run at the
edge of stability soon diverges. So a run is repeated here, and if it does not reproduce the log, repeated once more
with only the most basic instructions. The log counts as far as these two agree, and no further: until they differ by
more than `PARTED`, it must lie within `WITHIN` of the first. (For 37 ordinary networks on three pairs of machines,
honest logs were within 9e-7 there.) Both repetitions use settings that differ from the log's by almost nothing. This
changes a trained run by almost nothing, but one that was looked up not at all or completely.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from time import monotonic
from typing import Any

import numpy as np

from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.failing import fail, leave_to_a_person
from grader.checks.asking.submission import Submission
from grader.checks.runs.protocol import tell_of_log, why_outside
from grader.checks.runs.run_curves import curves
from grader.checks.runs.runlog import Run
from grader.core.text import counted

PARTED, WITHIN = 1e-7, 1e-5
# Relative changes of the factor: one that no displayed number shows, although its bits do; and one that is visible.
NEXT_TO_NOTHING, SEEN = 1e-10, 1e-3
# Smaller differences cannot be distinguished from rounding.
HARDLY = 1e-6
# At 3 s each they fit into a minute; of more runs half are repeated, or this many.
AT_MOST = 20
SHOWN = 6

NOT_ITS_OWN = (
    "What the log says does not come back when the run is done again. Record the runs anew with the code that you hand "
    "in, from the settings that stand in the log, and write all digits."
)
ROUNDED = "The losses are rounded: a log holds what was measured with all its digits."
CHAOTIC = "from then on rounding decides its numbers"
AT_ONCE = "from its first epoch on rounding decides a run's numbers, or something that is not drawn from its seed"
LOOKED_AT = "A person will look at it"
LOG_READ = "The log is not there while a run is done again: train the run, from its settings."
LOOKED_UP = "A run is not trained but looked up: train it, from its settings."


@dataclass(frozen=True)
class Record:
    """A log's runs, and how to repeat one.

    `begin(work, settings, epochs)` returns the text of a run, which `read` parses as it did the log; `names` are the
    names that this calls. `factor` is the setting to which almost nothing can be added; a run in which it is not a
    number is repeated with its settings as they are. `texts` are the logs, which are searched for among the files.
    """

    runs: Sequence[Run]
    texts: Sequence[str]
    names: tuple[str, ...]
    begin: Callable[[Submission, Mapping[str, Any], int], object]
    read: Callable[[object], Sequence[Run]]
    factor: str

    def again(self, work: Submission, run: Run, change: float = 0.0, epochs: int = 0) -> Run:
        """Repeat a run, with its factor changed by the relative amount `change`."""
        epochs = epochs or run.epochs
        try:
            got = self.read(self.begin(work, self._changed(run.settings, change), epochs))
        except FileNotFoundError as error:
            if not getattr(error, "raised_by_student", False):
                raise
            fail("a run that is repeated opens a file that does not exist there", str(error), LOG_READ)
        if len(got) != 1 or got[0].epochs != epochs:
            held = f"got {counted(len(got), 'run')}, the first with {counted(got[0].epochs, 'epoch')}"
            fail(f"a run that is repeated for {counted(epochs, 'epoch')} does not return one run of that length", held)
        return got[0]

    def files(self, submission: Submission) -> tuple[str, ...]:
        """Return the files that contain a log, or some of its numbers."""
        lines = [line for text in self.texts for line in text.splitlines() if line.strip()]
        numbers = [repr(float(v)) for run in self.runs for v in next(iter(run.measured.values())) if len(repr(v)) > 12]
        return submission.files_holding([*lines, *numbers])

    def _changed(self, settings: Mapping[str, Any], change: float) -> dict[str, Any]:
        value = settings.get(self.factor)
        if not change or isinstance(value, bool) or not isinstance(value, int | float):
            return dict(settings)
        return {**settings, self.factor: value * (1 + change) if value else 0.01 * abs(change)}


def assert_done_again(submission: Submission, record: Record) -> None:
    """Fail unless all runs of a record, or a random selection from a long one, are reproduced.

    A person decides if a log from elsewhere is not reproduced, or if nothing of a run can be judged. Staff are told
    under which conditions it was recorded, how much of it was judged, and what should be unique to this log.
    """
    tell_of_log(submission, record.runs)
    rest = drawn(len(record.runs), submission.lot)
    if len(rest) < len(record.runs):
        submission.told.to_staff(f"{len(rest)} of {len(record.runs)} runs were repeated, selected by the roll number")
    first: dict[int, Run] = {}
    unjudged: dict[int, str] = {}
    # A log that was made up mostly shows it in the first run that differs, and the others need not be repeated.
    for stop in (True, False):
        first |= _done_again(submission, record, rest, stop=stop)
        new, rest = [k for k in rest if k in first], [k for k in rest if k not in first]
        unjudged |= _judged(submission, record, {k: first[k] for k in new}, len(rest))
    if unjudged:
        _keep(submission, record, first, unjudged)
        told = _told(record, first, unjudged)
        submission.told.to_staff(f"runs that are not reproduced: {'; '.join(told.splitlines())}")
        why = "; ".join(sorted(set(unjudged.values())))
        leave_to_a_person(
            f"repeating the runs here does not reproduce the log, which proves nothing: {why}. {LOOKED_AT}", told
        )


def _judged(submission: Submission, record: Record, first: Mapping[int, Run], left: int) -> dict[int, str]:
    """Fail if a run that was repeated is proven not to be the log's; return why others are not judged, by their places.

    `left` is the number of runs that have not been repeated yet.
    """
    unlike = _unlike(record, first)
    outside = {k: why for k in unlike if (why := why_outside(record.runs[k]))}
    inside = {k: epoch for k, epoch in unlike.items() if k not in outside}
    second = _by_plain_instructions(submission, record, first, inside) if inside else {}
    ends = {k: e if (e := parted(first[k], second[k], PARTED)) is not None else inf for k in inside}
    wrong = [k for k in inside if unlike[k] < ends[k]]
    if wrong:
        _keep(submission, record, first, wrong)
        told = _told(record, first, wrong) + (f"\nruns that were not repeated after that: {left}" if left else "")
        fail("repeating the runs does not give the numbers in the log", told, _why(record, wrong))
    for k in inside:
        submission.told.to_student(
            f"run {k + 1} is judged for {ends[k]} of its {record.runs[k].epochs} epochs: {CHAOTIC}"
        )
    return {k: AT_ONCE for k in inside if ends[k] == 0} | outside


def _unlike(record: Record, again: Mapping[int, Run]) -> dict[int, int]:
    """Return the first epoch in which a run that was repeated differs from the log, by the places of those that do."""
    epochs = {k: parted(record.runs[k], run, WITHIN) for k, run in again.items()}
    return {k: epoch for k, epoch in epochs.items() if epoch is not None}


def _done_again(submission: Submission, record: Record, chosen: Sequence[int], *, stop: bool) -> dict[int, Run]:
    """Return runs that were repeated, by their places, up to the first that differs from the log if they `stop` there.

    Fails if one is not trained but looked up.
    """
    if not chosen:
        return {}
    first: dict[int, Run] = {}
    try:
        with submission.elsewhere(*record.names, without=record.files(submission)) as work:
            for k in _said(submission, chosen):
                first[k] = record.again(work, record.runs[k], NEXT_TO_NOTHING)
                if _is_looked_up(record, work, record.runs[k], first[k]):
                    fail("a run with a different setting gives exactly the same numbers", f"run {k + 1}", LOOKED_UP)
                if stop and _unlike(record, {k: first[k]}) and not why_outside(record.runs[k]):
                    break
    except StudentStopped as stopped:
        why = next(filter(None, map(why_outside, record.runs)), "")
        if stopped.outcome == "timed_out" and why:
            leave_to_a_person(f"repeating the runs takes too long here. A person will look at the log: {why}")
        raise
    return first


def _by_plain_instructions(
    submission: Submission, record: Record, first: Mapping[int, Run], unlike: Mapping[int, int]
) -> dict[int, Run]:
    """Return runs up to the epoch in which they are `unlike` the log, or whole if they are not as the first then."""
    second = {}
    with submission.elsewhere(*record.names, without=record.files(submission), plain=True) as work:
        for k in _said(submission, list(unlike)):
            second[k] = record.again(work, record.runs[k], -NEXT_TO_NOTHING, epochs=unlike[k] + 1)
            if parted(first[k], second[k], PARTED) is not None:
                second[k] = record.again(work, record.runs[k], -NEXT_TO_NOTHING)
    return second


def _said(submission: Submission, chosen: Sequence[int]) -> Iterator[int]:
    """Yield the places of runs one by one, and say how far this has come."""
    start = monotonic()
    for number, k in enumerate(chosen):
        spent = monotonic() - start
        left = f"{spent:.0f} s, about {spent / number * (len(chosen) - number):.0f} s to go" if number else "…"
        submission.told.under_way(f"repeating run {number + 1} of {len(chosen)}: {left}")
        yield k


def drawn(count: int, lot: bytes) -> list[int]:
    """Return which of `count` runs are repeated: all, or if these are too many, half or more, selected by `lot`."""
    if count <= AT_MOST or not lot:
        return list(range(count))
    places = sorted(range(count), key=lambda k: hmac.new(lot, str(k).encode(), hashlib.sha256).digest())
    return sorted(places[: max(AT_MOST, (count + 1) // 2)])


def parted(one: Run, other: Run, within: float) -> int | None:
    """Return the first epoch, from 0, in which two runs differ: in a loss by more than `within`, or in an accuracy.

    Large losses are compared relatively. Nothing after the first number in either that is not finite is compared.
    """
    for epoch in range(min(one.epochs, other.epochs)):
        pairs = [(name, float(one.measured[name][epoch]), float(other.measured[name][epoch])) for name in one.measured]
        if not all(np.isfinite(a) and np.isfinite(b) for _, a, b in pairs):
            same = all(np.isfinite(a) == np.isfinite(b) for _, a, b in pairs)
            return None if same else epoch
        for name, a, b in pairs:
            most = 1e-9 if name.endswith("_accuracy") else within * max(1.0, abs(a), abs(b))
            if abs(a - b) > most:
                return epoch
    return None


def _is_looked_up(record: Record, work: Submission, logged: Run, first: Run) -> bool:
    """Return whether a run gives the log's own digits with a setting that should change them.

    A tiny change may have no effect if training has almost none; then a visible change must not have much effect
    either.
    """
    values = logged.settings.get(record.factor)
    if isinstance(values, bool) or not isinstance(values, int | float):
        return False
    told = [(logged.measured[name], first.measured[name]) for name in logged.measured if name.endswith("_loss")]
    if not all(np.array_equal(a, b) for a, b in told):
        return False
    seen = record.again(work, logged, SEEN, epochs=1)
    changes = [abs(float(seen.measured[n][0] - logged.measured[n][0])) for n in logged.measured if n.endswith("_loss")]
    moved = max(float(np.ptp(a)) if np.isfinite(a).all() else 0.0 for a, _ in told)
    if max(changes) == 0:
        return moved > SEEN
    return max(changes) > HARDLY and why_outside(logged) == ""


def _keep(submission: Submission, record: Record, first: Mapping[int, Run], places: Iterable[int]) -> None:
    """Keep a picture of both curves for the first few runs that differ."""
    for k in islice(places, SHOWN):
        submission.keep(f"run-{k + 1}.svg", curves(f"run {k + 1}", record.runs[k], first[k]).encode())


def _told(record: Record, first: Mapping[int, Run], places: Collection[int]) -> str:
    """Return where runs differ, and by how much."""
    lines = []
    unlike = _unlike(record, {k: first[k] for k in places})
    for k, epoch in list(unlike.items())[:SHOWN]:
        measured = record.runs[k].measured
        apart = {n: abs(values[epoch] - first[k].measured[n][epoch]) for n, values in measured.items()}
        name = max(apart, key=apart.__getitem__)
        a, b = float(measured[name][epoch]), float(first[k].measured[name][epoch])
        lines.append(f"run {k + 1}, epoch {epoch + 1}: {name} is {a!r} in the log, {b!r} when it is repeated")
    more = len(unlike) - len(lines)
    return "\n".join([*lines, *([f"and {more} more runs"] if more else [])])


def _why(record: Record, wrong: Iterable[int]) -> str:
    losses = np.concatenate([v for k in wrong for n, v in record.runs[k].measured.items() if n.endswith("_loss")])
    rounded = all(float(value) == round(float(value), 4) for value in losses if np.isfinite(value))
    return ROUNDED if rounded else NOT_ITS_OWN
