"""For notebooks: ``from grader.kit.cells import check, hint``, then ``check("optimizers.momentum")`` in a cell.

It runs the public checks on the functions as they are in the kernel, without saving; the checks, their seeds and their
messages are the same as with `pytest`. ``hint("optimizers.momentum")`` shows the next hint.

The import also lets the following cells import the packages that the course provides: they come last on ``sys.path``,
so that an installed package of the same name takes precedence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from grader.checks.asking.changes import Changes
from grader.checks.asking.handed_in import SubmittedFiles
from grader.core.decimals import sum_text
from grader.core.errors import StaffError, UsageError
from grader.core.globs import chosen
from grader.core.outcome import Check, CheckResult, Outcome, Visibility
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric
from grader.desk.fragments import criteria_table, joined, said
from grader.desk.page import AssignmentRun, assignment
from grader.desk.pictures import Drawing, picture
from grader.pytest_side.assignments import Assignments, Placed, course_folder
from grader.pytest_side.handmarked import files_in
from grader.pytest_side.hints import hints, the_question
from grader.pytest_side.live import Live
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.runner import CollectedSuite, with_collected
from grader.pytest_side.scores import score_lines
from grader.pytest_side.verdict import charged
from grader.results.feedback import feedback_text
from grader.results.marks import settle
from grader.results.result import CriterionResult

if (_folder := course_folder(Path.cwd())) is not None:
    sys.path.append(str(Course(_folder).provided))

Results = Sequence[tuple[Placed, CheckResult]]


@dataclass(frozen=True)
class Checked:
    """The results of public checks, in their order, and what can be drawn."""

    results: list[tuple[Placed, CheckResult]] = field(default_factory=list)
    pictures: dict[Check, Drawing] = field(default_factory=dict)


# How many hints about each question this kernel has shown.
_taken: dict[str, int] = {}


def check(question: str = "*") -> None:
    """Show how the public checks of a question end, and its marks.

    `question` is an id such as ``optimizers.momentum`` or a glob such as ``optimizers.*``; by default all questions are
    checked. If something is wrong with the call or the folder, a message is shown instead of an exception.
    """
    namespace = sys._getframe(1).f_globals
    try:
        checked = _results(question, namespace)
    except StaffError as error:
        _show(namespace, f"error: {error}")
        return
    _show(namespace, _report(checked), _as_html(checked))


def hint(question: str) -> None:
    """Show one more hint about a question: what to look at, then the law that fails, then the mistake if it is known.

    `question` is an id such as ``optimizers.momentum``. Nothing is sent anywhere.
    """
    namespace = sys._getframe(1).f_globals
    try:
        assignments = _assignments()
        rubric, asked = the_question(assignments, question)
        channel = _live(namespace, rubric, asked, assignments)
        found = hints(assignments, rubric, asked, channel, _files(), _taken.get(question, 0))
    except StaffError as error:
        _show(namespace, f"error: {error}")
        return
    _taken[question] = found.taken
    again = f'hint("{question}")'
    title, *rest = map(escape, found.paragraphs(again))
    _show(namespace, found.text(again), joined([f"<p><b>{title}</b></p>", *(f"<p>{part}</p>" for part in rest)]))


def _show(namespace: Mapping[str, Any], text: str, html: str = "") -> None:
    """Show HTML where cells can show it, and elsewhere the same as text."""
    shell = namespace["get_ipython"]() if "get_ipython" in namespace else None
    if html and shell is not None and hasattr(shell, "kernel"):
        shell.display_pub.publish({"text/plain": text, "text/html": html})
    else:
        sys.stdout.write(f"{text}\n")


def _assignments() -> Assignments:
    root = course_folder(Path.cwd())
    if root is None:
        raise UsageError(
            "the checks were not found",
            where=Path.cwd(),
            expected="rubrics/ and tests/public/ in this folder or above",
            todo="open the notebook where it is in the kit, in the folder student/",
        )
    return Assignments.of(root)


def _live(namespace: Mapping[str, Any], rubric: Rubric, question: Question, assignments: Assignments) -> Live:
    provided = assignments.course.provided if question.provided else None
    return Live(namespace, question, rubric.limits_for(question).cpu_seconds, provided)


def _files() -> SubmittedFiles:
    folder = Path.cwd()
    return SubmittedFiles(folder, files_in(folder))


def _results(glob: str, namespace: Mapping[str, Any]) -> Checked:
    assignments = _assignments()
    rubrics = {rubric.assignment: rubric for rubric in assignments.rubrics.values()}.values()
    questions = [(rubric, question) for rubric in rubrics for question in rubric.questions if question.module]
    asked_for = chosen([glob], {question.id: [question.id] for _, question in questions}, "question here")
    channels = {
        question.id: _live(namespace, rubric, question, assignments)
        for rubric, question in questions
        if question.id in asked_for
    }
    asked = [rubric for rubric in rubrics if channels.keys() & {question.id for question in rubric.questions}]
    checked = Checked()
    for rubric in asked:
        _check(rubric, assignments, channels, checked)
    return checked


def _check(rubric: Rubric, assignments: Assignments, channels: Mapping[str, Live], checked: Checked) -> None:
    """Run the public checks of those questions of an assignment that have a channel."""

    def run(collected: CollectedSuite) -> None:
        placed = [place for one in collected.checks if (place := assignments.place(one)).question.id in channels]
        changes = {one.question.id: Changes(one.question.may_change) for one in placed}
        for one in placed:
            result = _run(collected, one, channels[one.question.id], changes[one.question.id])
            checked.results.append((one, result))
            if (drawn := picture(collected.compared)) is not None:
                checked.pictures[one.check] = drawn

    suites: list[tuple[Path, Visibility]] = [(assignments.root / path, "public") for path in rubric.suites.public]
    with_collected(suites, assignments.root, partial(derived_seed, b"", rubric.assignment), run)


def _run(collected: CollectedSuite, placed: Placed, channel: Live, changes: Changes) -> CheckResult:
    return charged(collected.run(placed.check, channel, _files(), changes))


def _report(checked: Checked) -> str:
    """Return everything about one question, or a table of several."""
    results = checked.results
    questions = {placed.question.id: placed for placed, _ in results}
    if not results:
        return "There are no public checks of this; hidden checks decide."
    if len(questions) > 1:
        return "\n".join(score_lines(results, 'check("{question}")'))
    [placed] = questions.values()
    by_criterion = _by_criterion(results)
    ran = _ran(placed, by_criterion)
    parts = ["\n".join([f"{placed.question.title} ({placed.question.id})", *_rows(ran)])]
    parts += _said(ran, by_criterion)
    return "\n\n".join([*parts, *_last_words(ran, results)])


def _as_html(checked: Checked) -> str:
    """Return the same as HTML; for several questions also the feedback of their checks."""
    questions = {placed.question.id: placed for placed, _ in checked.results}
    if len(questions) > 1:
        rubrics = {placed.rubric.assignment: placed.rubric for placed in questions.values()}
        runs = [
            AssignmentRun(
                rubric, _by_criterion([one for one in checked.results if one[0].rubric is rubric]), checked.pictures
            )
            for rubric in rubrics.values()
        ]
        return joined(part for run in runs for part in assignment(run))
    if not questions:
        return ""
    [placed] = questions.values()
    by_criterion = _by_criterion(checked.results)
    ran = _ran(placed, by_criterion)
    head = f"<p><b>{escape(placed.question.title)}</b> ({placed.question.id})</p>{criteria_table(ran)}"
    last = (f"<p>{escape(words)}</p>" for words in _last_words(ran, checked.results))
    return joined([head, *said(ran, by_criterion, checked.pictures), *last])


def _by_criterion(results: Results) -> dict[str, list[CheckResult]]:
    by_criterion: dict[str, list[CheckResult]] = {}
    for one, result in results:
        by_criterion.setdefault(one.check.criterion, []).append(result)
    return by_criterion


def _ran(placed: Placed, by_criterion: Mapping[str, Sequence[CheckResult]]) -> list[CriterionResult]:
    settled = settle(placed.rubric, by_criterion)
    return [settled[criterion.id] for criterion in placed.question.criteria if criterion.id in by_criterion]


def _last_words(ran: Sequence[CriterionResult], results: Results) -> Iterator[str]:
    """Yield notes of checks that passed, and what to do next."""
    notes = [note for _, result in results if result.outcome is Outcome.PASSED for note in result.notes]
    yield from (f"note: {note}" for note in dict.fromkeys(notes))
    if all(criterion.outcome is Outcome.PASSED for criterion in ran):
        yield "All of these pass; the hidden checks try more cases."
    elif results[0][0].rubric.hints:
        yield f'for a hint: hint("{results[0][0].question.id}")'


def _rows(ran: Sequence[CriterionResult]) -> Iterator[str]:
    for result in ran:
        yield _row(result.outcome.value.replace("_", " "), result.marks, result.max_marks, result.title)
    yield _row("by these checks", sum_text(r.marks for r in ran), sum_text(r.counted for r in ran))


def _row(outcome: str, marks: str, most: str, title: str = "") -> str:
    return f"  {outcome:<16} {marks:>5} / {most:<5} {title}".rstrip()


def _said(ran: Sequence[CriterionResult], by_criterion: Mapping[str, Sequence[CheckResult]]) -> Iterator[str]:
    """Yield the feedback of each criterion's checks under its title; the same text appears once."""
    told = {""}
    for criterion in ran:
        checks = by_criterion[criterion.id]
        worth_telling = (c for c in checks if c.outcome is not Outcome.NOT_IMPLEMENTED or c.feedback.kind)
        # A fault of the suite is shown in full: only the student sees it, and can report it to staff.
        texts = dict.fromkeys(feedback_text(c, staff=c.outcome is Outcome.BROKEN) for c in worth_telling)
        new = [text for text in texts if text not in told]
        told.update(new)
        if new:
            yield f"── {criterion.title} ──\n" + "\n\n".join(new)
