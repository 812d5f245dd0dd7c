"""For notebooks: ``from grader.notebook import check``, then ``check("optimizers.momentum")`` in a cell.

It runs the public checks on the functions as they are in the kernel, without saving; the checks, their
seeds and what they say are those of `pytest`.
"""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.checks.changes import Changes
from grader.checks.handed_in import HandedIn
from grader.course import Course
from grader.errors import StaffError, UsageError
from grader.feedback import feedback_text
from grader.marks import settle
from grader.outcome import CheckResult, Outcome, Visibility
from grader.plugin.assignments import Assignments, Placed, course_folder
from grader.plugin.by_hand import files_in
from grader.plugin.live import Live
from grader.plugin.profile import derived_seed
from grader.plugin.runner import CollectedSuite, with_collected
from grader.plugin.scores import score_lines
from grader.result import CriterionResult
from grader.rubric.decimals import decimal_text
from grader.rubric.model import Rubric
from grader.text import did_you_mean

# In a notebook's cells what the course lends can be imported where nothing of that name is installed.
if (_folder := course_folder(Path.cwd())) is not None:
    sys.path.append(str(Course(_folder).lent))

Results = list[tuple[Placed, CheckResult]]


def check(question: str = "*") -> None:
    """Print how the public checks of a question end, and its marks.

    `question` is an id such as ``optimizers.momentum`` or a glob such as ``optimizers.*``; without it all
    questions are checked, and only their marks printed. What is wrong with the call or the folder is
    printed too, and not raised.
    """
    namespace = sys._getframe(1).f_globals
    try:
        text = _report(_results(question, namespace))
    except StaffError as error:
        text = f"error: {error}"
    sys.stdout.write(f"{text}\n")


def _results(glob: str, namespace: Mapping[str, Any]) -> Results:
    root = course_folder(Path.cwd())
    if root is None:
        raise UsageError(
            "the checks are not here",
            where=Path.cwd(),
            expected="rubrics/ and tests/public/ in this folder or above",
            todo="open the notebook where the kit has it, in the folder student/",
        )
    assignments = Assignments.of(root)
    rubrics = {rubric.assignment: rubric for rubric in assignments.rubrics.values()}.values()
    questions = [(rubric, question) for rubric in rubrics for question in rubric.questions if question.module]
    channels = {
        question.id: Live(
            namespace,
            question,
            rubric.limits_for(question).cpu_seconds,
            assignments.course.lent if question.lent else None,
        )
        for rubric, question in questions
        if fnmatch.fnmatchcase(question.id, glob)
    }
    if not channels:
        known = [question.id for _, question in questions]
        expected = f"one of {', '.join(known)}"
        raise UsageError(f"no question here is called {glob!r}", expected=expected, todo=did_you_mean(glob, known))
    asked = [rubric for rubric in rubrics if channels.keys() & {question.id for question in rubric.questions}]
    return [result for rubric in asked for result in _of(rubric, assignments, channels)]


def _of(rubric: Rubric, assignments: Assignments, channels: Mapping[str, Live]) -> Results:
    """Run the public checks of one assignment's questions, of those that have a channel."""

    def run(collected: CollectedSuite) -> Results:
        placed = [place for one in collected.checks if (place := assignments.place(one)).question.id in channels]
        changes = {one.question.id: Changes(one.question.may_change) for one in placed}
        return [(one, _run(collected, one, channels[one.question.id], changes[one.question.id])) for one in placed]

    suites: list[tuple[Path, Visibility]] = [(assignments.root / path, "public") for path in rubric.suites.public]
    return with_collected(
        suites, assignments.root, lambda identifier: derived_seed(b"", rubric.assignment, identifier), run
    )


def _run(collected: CollectedSuite, placed: Placed, channel: Live, changes: Changes) -> CheckResult:
    folder = Path.cwd()
    result = collected.run(placed.check, channel, HandedIn(folder, files_in(folder)), changes)
    if result.check_erred:  # there is no reference to ask; most likely it was given a None
        return replace(result, outcome=Outcome.FAILED)
    return result


def _report(results: Results) -> str:
    """Return all about one question, or a table of several."""
    questions = {placed.question.id: placed for placed, _ in results}
    if not results:
        return "There is no public check of this; hidden checks decide."
    if len(questions) > 1:
        return "\n".join(score_lines(results, 'check("{question}")'))
    [placed] = questions.values()
    by_criterion: dict[str, list[CheckResult]] = {}
    for one, result in results:
        by_criterion.setdefault(one.check.criterion, []).append(result)
    settled = settle(placed.rubric, by_criterion)
    ran = [settled[criterion.id] for criterion in placed.question.criteria if criterion.id in by_criterion]
    parts = ["\n".join([f"{placed.question.title} ({placed.question.id})", *_rows(ran)])]
    parts += _said(ran, by_criterion)
    notes = [note for _, result in results if result.outcome is Outcome.PASSED for note in result.notes]
    parts += [f"note: {note}" for note in dict.fromkeys(notes)]
    if all(criterion.outcome is Outcome.PASSED for criterion in ran):
        parts.append("All of these pass; the hidden checks look at more cases.")
    return "\n\n".join(parts)


def _rows(ran: Sequence[CriterionResult]) -> Iterator[str]:
    for result in ran:
        yield _row(result.outcome.value.replace("_", " "), result.marks, result.max_marks, result.title)
    total = (sum((Fraction(getattr(r, name)) for r in ran), Fraction()) for name in ("marks", "max_marks"))
    yield _row("by these checks", *map(decimal_text, total))


def _row(outcome: str, marks: str, most: str, title: str = "") -> str:
    return f"  {outcome:<16} {marks:>5} / {most:<5} {title}".rstrip()


def _said(ran: Sequence[CriterionResult], by_criterion: Mapping[str, Sequence[CheckResult]]) -> Iterator[str]:
    """Yield what the checks of each criterion say under its title, the same words once."""
    told = {""}
    for criterion in ran:
        checks = by_criterion[criterion.id]
        worth_telling = (c for c in checks if c.outcome is not Outcome.NOT_IMPLEMENTED or c.feedback.kind)
        # A fault of the suite's own is shown whole: nobody but its reader can tell staff.
        texts = dict.fromkeys(feedback_text(c, staff=c.outcome is Outcome.BROKEN) for c in worth_telling)
        new = [text for text in texts if text not in told]
        told.update(new)
        if new:
            yield f"── {criterion.title} ──\n" + "\n\n".join(new)
