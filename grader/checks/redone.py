"""Does what a log says come back when its runs are done again?

A run in float64 comes back on another processor up to rounding, which training enlarges: a run at the edge of stability
soon goes its own way. So a run is done again here, and where it does not come to what the log says, once more by the
plainest instructions. The log counts as far as these two agree, and no further: until they part by more than
`PARTED`, it must lie within `WITHIN` of the first. (Over 37 ordinary networks on three pairs of machines honest logs
lay within 9e-7 there.) Both runs have settings that differ from the log's by next to nothing, which changes a trained
run by next to nothing, and what was looked up not at all or altogether.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import Any

import numpy as np

from grader.channel import StudentStopped
from grader.checks.failing import fail, leave_to_a_person
from grader.checks.protocol import tell_of_log, why_outside
from grader.checks.run_curves import curves
from grader.checks.runlog import Run
from grader.checks.submission import Submission

PARTED, WITHIN = 1e-7, 1e-5
# Added to a factor, as a part of it: what no figure tells, though bits do; and what does tell.
NEXT_TO_NOTHING, SEEN = 1e-10, 1e-3
# So little cannot be told from rounding.
HARDLY = 1e-6
# At 3 s each they fit into a minute; of more runs half are done again, or as many as these.
AT_MOST = 20
SHOWN = 6

NOT_ITS_OWN = (
    "What the log says does not come back when the run is done again. Record the runs anew with the code that you hand "
    "in, from the settings that stand in the log, and write all digits."
)
ROUNDED = "The losses are rounded: a log holds what was measured with all its digits."
CHAOTIC = "from then on rounding decides what it comes to"
AT_ONCE = "from its first epoch on rounding decides what a run comes to"
LOOKED_AT = "A person will look at it"
LOG_READ = "The log is not there while a run is done again: train the run, from its settings."
LOOKED_UP = "A run is not trained but looked up: train it, from its settings."


@dataclass(frozen=True)
class Record:
    """A log's runs, and how to do one again.

    `begin(work, settings, epochs)` returns the text of a run, which `read` takes apart as it did the log; `names` are
    what that calls. `factor` is the setting to which next to nothing can be added; a run that has it as no number is
    done again with its settings as they are. `texts` are the logs, to be found among the files.
    """

    runs: Sequence[Run]
    texts: Sequence[str]
    names: tuple[str, ...]
    begin: Callable[[Submission, Mapping[str, Any], int], object]
    read: Callable[[object], Sequence[Run]]
    factor: str

    def again(self, work: Submission, run: Run, change: float = 0.0, epochs: int = 0) -> Run:
        """Return a run that is done again, with its factor changed by a part `change` of it."""
        epochs = epochs or run.epochs
        try:
            got = self.read(self.begin(work, self._changed(run.settings, change), epochs))
        except FileNotFoundError as error:
            if not getattr(error, "raised_by_student", False):
                raise
            fail("a run that is done again opens a file that is not there", str(error), LOG_READ)
        if len(got) != 1 or got[0].epochs != epochs:
            held = f"got {len(got)} runs, the first of {got[0].epochs} epochs"
            fail(f"a run that is done again for {epochs} epochs does not return the log of one run of so many", held)
        return got[0]

    def files(self, submission: Submission) -> tuple[str, ...]:
        """Return the files that hold a log, or some of its numbers."""
        lines = [line for text in self.texts for line in text.splitlines() if line.strip()]
        numbers = [repr(float(v)) for run in self.runs for v in next(iter(run.measured.values())) if len(repr(v)) > 12]
        return submission.files_holding([*lines, *numbers])

    def _changed(self, settings: Mapping[str, Any], change: float) -> dict[str, Any]:
        value = settings.get(self.factor)
        if not change or isinstance(value, bool) or not isinstance(value, int | float):
            return dict(settings)
        return {**settings, self.factor: value * (1 + change) if value else 0.01 * abs(change)}


def assert_done_again(submission: Submission, record: Record) -> None:
    """Fail unless all runs of a record, or those that are drawn of a long one, come back.

    Left to a person where a log from elsewhere does not come back, and where nothing of a run can be judged. Staff are
    told under which conditions it was recorded, how much of it was judged, and what other logs have in common with it.
    """
    tell_of_log(submission, record.runs)
    first = _done_again(submission, record)
    unlike = {k: e for k, again in first.items() if (e := parted(record.runs[k], again, WITHIN)) is not None}
    outside = {k: why for k in unlike if (why := why_outside(record.runs[k]))}
    inside = [k for k in unlike if k not in outside]
    second = _by_plain_instructions(submission, record, inside) if inside else {}
    ends = {k: e if (e := parted(first[k], second[k], PARTED)) is not None else inf for k in inside}
    wrong = {k: unlike[k] for k in inside if unlike[k] < ends[k]}
    if wrong:
        _keep(submission, record, first, wrong)
        told = _told(record, first, wrong)
        fail("runs that are done again do not come to what the log says", told, _why(record, wrong))
    for k in inside:
        submission.told.to_student(
            f"run {k + 1} is judged for {ends[k]} of its {record.runs[k].epochs} epochs: {CHAOTIC}"
        )
    unjudged = {k: AT_ONCE for k in inside if ends[k] == 0} | outside
    if unjudged:
        _keep(submission, record, first, unjudged)
        told = _told(record, first, {k: unlike[k] for k in unjudged})
        submission.told.to_staff(f"runs that do not come back: {'; '.join(told.splitlines())}")
        why = "; ".join(sorted(set(unjudged.values())))
        leave_to_a_person(
            f"done again here, the log does not come back, which proves nothing: {why}. {LOOKED_AT}", told
        )


def _done_again(submission: Submission, record: Record) -> dict[int, Run]:
    """Return runs that were done again, by their places; fail where one is not trained but looked up."""
    chosen = drawn(len(record.runs), submission.lot)
    if len(chosen) < len(record.runs):
        submission.told.to_staff(f"{len(chosen)} of {len(record.runs)} runs were done again, drawn by the roll number")
    try:
        with submission.elsewhere(*record.names, without=record.files(submission)) as work:
            first = {k: record.again(work, record.runs[k], NEXT_TO_NOTHING) for k in chosen}
            looked_up = [k for k, again in first.items() if _is_looked_up(record, work, record.runs[k], again)]
    except StudentStopped as stopped:
        why = next(filter(None, map(why_outside, record.runs)), "")
        if stopped.outcome == "timed_out" and why:
            leave_to_a_person(f"doing the runs again takes too long here. A person will look at the log: {why}")
        raise
    if looked_up:
        fail("a run with another setting is the very same", f"run {looked_up[0] + 1}", LOOKED_UP)
    return first


def _by_plain_instructions(submission: Submission, record: Record, chosen: Sequence[int]) -> dict[int, Run]:
    with submission.elsewhere(*record.names, without=record.files(submission), plain=True) as work:
        return {k: record.again(work, record.runs[k], -NEXT_TO_NOTHING) for k in chosen}


def drawn(count: int, lot: bytes) -> list[int]:
    """Return which of so many runs are done again: all, or half and more, by `lot`, where they are too many."""
    if count <= AT_MOST or not lot:
        return list(range(count))
    places = sorted(range(count), key=lambda k: hmac.new(lot, str(k).encode(), hashlib.sha256).digest())
    return sorted(places[: max(AT_MOST, (count + 1) // 2)])


def parted(one: Run, other: Run, within: float) -> int | None:
    """Return the first epoch, from 0, in which two runs differ: in a loss by more than `within`, or in an accuracy.

    Large losses are compared as parts of themselves. After the first number that is not finite in either nothing is.
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
    """Tell whether a run gives the log's own digits with a setting that should change them.

    Next to nothing may change nothing where training hardly does; then what is seen must not change much either.
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
    """Keep a picture of both curves of the first runs that differ."""
    for k in islice(places, SHOWN):
        submission.keep(f"run-{k + 1}.svg", curves(f"run {k + 1}", record.runs[k], first[k]).encode())


def _told(record: Record, first: Mapping[int, Run], unlike: Mapping[int, int]) -> str:
    """Return where runs differ, and by what."""
    lines = []
    for k, epoch in list(unlike.items())[:SHOWN]:
        measured = record.runs[k].measured
        apart = {n: abs(values[epoch] - first[k].measured[n][epoch]) for n, values in measured.items()}
        name = max(apart, key=apart.__getitem__)
        a, b = float(measured[name][epoch]), float(first[k].measured[name][epoch])
        lines.append(f"run {k + 1}, epoch {epoch + 1}: {name} is {a!r} in the log, {b!r} when it is done again")
    more = len(unlike) - len(lines)
    return "\n".join([*lines, *([f"and {more} more runs"] if more else [])])


def _why(record: Record, wrong: Mapping[int, int]) -> str:
    losses = np.concatenate([v for k in wrong for n, v in record.runs[k].measured.items() if n.endswith("_loss")])
    rounded = all(float(value) == round(float(value), 4) for value in losses if np.isfinite(value))
    return ROUNDED if rounded else NOT_ITS_OWN
