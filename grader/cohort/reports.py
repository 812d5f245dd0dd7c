"""What passes between those who want submissions graded and the processes that grade: orders, attempts, reports.

All of it can be put as data, so that it may cross a pipe or a network.
"""

from __future__ import annotations

import base64
import traceback
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from grader.core import errors
from grader.core.outcome import Check, CheckResult, Feedback, Outcome
from grader.core.supervision import READING, Stopped
from grader.handmarking.attachments import Kept
from grader.handmarking.gather import GatheredWork
from grader.intake.discover import in_one_line
from grader.results.feedback import Undecided, undecided
from grader.results.result import Result

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.rubric.selection import Only
    from grader.grading.session import Grading, Packages
    from grader.intake.stage import Place, Source

# One submission's attempts come to an end, whatever it is that they do not come back from.
MOST_STOPPED = 10


@dataclass(frozen=True)
class Order:
    """What every job needs to know before the first submission comes."""

    course: Path
    assignment: str
    isolation: str
    only: Only = None
    packages: Packages = "demanded"
    # Whether its job is the only one, and no thread runs beside it.
    alone: bool = False
    # Whether each check's result is reported, and not only what comes of all.
    in_full: bool = False


@dataclass(frozen=True)
class Report:
    """How the grading of one path ended: with a result, refused as no submission, or by a fault.

    `again` tells of a result that may be another one when it is tried once more, alone. `error` is what refused it or
    what failed, as far as it is one of ours; `stopped` what the process was at when it ended.
    """

    path: Place
    result: Result | None = None
    again: bool = False
    written: tuple[GatheredWork, ...] = ()
    kept: tuple[Kept, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    refused: str = ""
    fault: str = ""
    error: errors.GradproofError | None = None
    stopped: Stopped | None = None

    def demand(self) -> Result:
        """Return the result. Raises what refused the submission, or the fault that kept it from being graded."""
        if self.result is None:
            raise self.error or errors.GraderFault("the submission could not be graded", found=self.fault)
        return self.result


@dataclass(frozen=True)
class GradingAttempt:
    """A path to grade, but for what earlier attempts were `stopped` in; after the `last` a fault is not tried again.

    Where it `is_trial`, nothing is graded: it shows only whether something could be.
    """

    path: Source
    last: bool = False
    stopped: tuple[Stopped, ...] = ()
    is_trial: bool = False

    def after(self, report: Report) -> GradingAttempt | None:
        """Return the attempt that follows, None where there is none to make."""
        if not report.fault:
            return None
        known = {READING, *(one.what for one in self.stopped)}
        if report.stopped and report.stopped.what not in known and len(known) <= MOST_STOPPED:
            return replace(self, stopped=(*self.stopped, report.stopped))
        return None if self.last else replace(self, last=True)


class Pool(Protocol):
    """Processes that grade, on this machine or on others."""

    def reports(self, order: Order, places: Sequence[Place], *, apart: bool = False) -> Generator[Report, None, None]:
        """Yield a report for each place, as they come; what is graded `apart` has no neighbour on its machine.

        A submission whose grading fails through the grader's own fault is tried once more in a fresh process.
        Raises the StaffError or GraderFault that keeps anything from being graded. Closing the generator ends what
        is under way.
        """
        ...


def report_as_data(grading: Grading, *, in_full: bool) -> dict[str, Any]:
    """Return what a report says of a graded submission; with each check's result if it is to be told `in_full`."""
    return {
        "result": grading.result.to_json(),
        "again": grading.again,
        "undecided": [asdict(one) for one in undecided(grading.checks)],
        "checks": [asdict(replace(check, kept=())) for check in grading.checks] if in_full else [],
        "kept": [(one.criterion, one.name, _as_text(one.data)) for one in grading.kept],
        "written": [(one.question, one.file, one.source, _as_text(one.data)) for one in grading.written],
    }


def failure_as_data(error: Exception) -> dict[str, Any]:
    """Return what a report says where a submission was refused, or where grading it failed; for an `except` clause."""
    if isinstance(error, errors.SubmissionError):
        return {"refused": in_one_line(error), "error": error_as_data(error)}
    ours = {"error": error_as_data(error)} if isinstance(error, errors.GradproofError) else {}
    return {"fault": traceback.format_exc(), **ours}


def report_from_data(path: Place, said: Mapping[str, Any]) -> Report:
    """Return the report that the data tell of. Raises the error where they tell what kept a process from starting."""
    if "closed" in said:
        raise error_from_data(said["closed"])
    parts = dict(said)
    if "error" in said:
        parts["error"] = error_from_data(said["error"])
    if "stopped" in said:
        parts["stopped"] = Stopped(**said["stopped"])
    if "result" in said:
        parts["result"] = Result.from_json(said["result"])
        parts["written"] = tuple(
            GatheredWork(question, file, source, base64.b64decode(data))
            for question, file, source, data in said["written"]
        )
        parts["kept"] = tuple(Kept(criterion, name, base64.b64decode(data)) for criterion, name, data in said["kept"])
        parts["undecided"] = tuple(Undecided(**one) for one in said["undecided"])
        parts["checks"] = tuple(map(_check_result, said["checks"]))
    return Report(path, **parts)


def _check_result(said: Mapping[str, Any]) -> CheckResult:
    """Return the result of a check, without files that it kept."""
    parts = {"check": Check(**said["check"]), "outcome": Outcome(said["outcome"])}
    texts = {name: tuple(said[name]) for name in ("kept", "notes", "remarks", "compared")}
    return CheckResult(**{**said, **parts, **texts, "feedback": Feedback(**said["feedback"])})


def _as_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def error_as_data(error: errors.GradproofError) -> dict[str, str | None]:
    """Return an error of ours as data."""
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "where": error.where,
        "found": error.found,
        "expected": error.expected,
        "todo": error.todo,
    }


def error_from_data(said: Mapping[str, Any]) -> errors.GradproofError:
    """Return the error that `error_as_data` has described."""
    words = dict(said)
    error: type[errors.GradproofError] = getattr(errors, words.pop("kind"), errors.GraderFault)
    return error(words.pop("message"), **words)
