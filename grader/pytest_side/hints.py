"""Hints on demand: runs the public checks of one question, and shows one more step of its hints."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from grader.checks.asking.changes import Changes
from grader.checks.asking.channel import Channel
from grader.checks.asking.handed_in import SubmittedFiles
from grader.core.errors import StaffError, UsageError
from grader.core.outcome import Check, CheckResult, Outcome, Visibility
from grader.core.text import did_you_mean
from grader.course.rubric.model import Question, Rubric
from grader.desk import seals
from grader.desk.answers import digest
from grader.desk.ladder import Ladder, ladder
from grader.pytest_side.assignments import Assignments
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.last_run import FOLDER
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.runner import CollectedSuite, with_collected
from grader.pytest_side.work import StudentWork

# The file with the number of steps taken, by question.
TAKEN = "hints.json"
SWITCHED_OFF = "This assignment has no hints."
AGAIN = "pytest --hint {question}"


def hint_at_the_terminal(config: pytest.Config, root: Path, question: str) -> int:
    """Print one more hint about a question; return pytest's exit code."""
    try:
        assignments = Assignments.of(root)
        rubric, asked = the_question(assignments, question)
        work = StudentWork.found(config, assignments.course)
        taken = _taken(root / FOLDER / TAKEN)
        found = hints(
            assignments,
            rubric,
            asked,
            work.open(rubric, asked, InProcess),
            work.handed_in(asked),
            taken.get(asked.id, 0),
        )
    except StaffError as error:
        raise pytest.UsageError(str(error)) from error
    with suppress(OSError):  # if nothing can be written, only the first step is available
        (root / FOLDER).mkdir(exist_ok=True)
        (root / FOLDER / TAKEN).write_text(json.dumps({**taken, asked.id: found.taken}), encoding="utf-8")
    sys.stdout.write(f"{found.text(AGAIN.format(question=asked.id))}\n")
    return int(pytest.ExitCode.OK)


def _taken(file: Path) -> dict[str, int]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: steps for name, steps in kept.items() if isinstance(steps, int)} if isinstance(kept, dict) else {}


def the_question(assignments: Assignments, name: str) -> tuple[Rubric, Question]:
    """Return a question by its id, with its rubric. Raises UsageError if it does not exist or has no hints."""
    rubrics = {rubric.assignment: rubric for rubric in assignments.rubrics.values()}.values()
    known = {question.id: (rubric, question) for rubric in rubrics for question in rubric.questions if question.module}
    if name not in known:
        expected, todo = f"one of {', '.join(known)}", did_you_mean(name, known)
        raise UsageError(f"no question here is called {name!r}", expected=expected, todo=todo)
    rubric, question = known[name]
    if not rubric.hints:
        raise UsageError(SWITCHED_OFF)
    return rubric, question


def hints(
    assignments: Assignments,
    rubric: Rubric,
    question: Question,
    channel: Channel,
    handed_in: SubmittedFiles,
    taken: int,
) -> Ladder:
    """Return the hints about a question up to the next step, given how its public checks end on the work."""
    suites: list[tuple[Path, Visibility]] = [(assignments.root / path, "public") for path in rubric.suites.public]
    seeds = partial(derived_seed, b"", rubric.assignment)
    with _quiet():
        asked = with_collected(suites, assignments.root, seeds, partial(ask, question, channel, handed_in))
    lost = any(result.outcome is not Outcome.PASSED for result in asked.results)
    sealed = seals.read(assignments.root / "rubrics" / f"{rubric.assignment}{seals.SEALED}") if lost else []
    return ladder(question, asked.results, asked.opened(sealed, question), taken)


@dataclass(frozen=True)
class Asked:
    """The results of a question's public checks on some work, and digests of its answers."""

    results: list[CheckResult]
    answers: dict[seals.Place, bytes]

    def opened(self, sealed: Sequence[seals.Seal], question: Question) -> list[str]:
        """Return the sentences about the question that these answers open."""
        mine = (seal for seal in sealed if seal.question == question.id)
        return [sentence for seal in mine if (sentence := seal.opened(self.answers))]


def ask(question: Question, channel: Channel, handed_in: SubmittedFiles, suite: CollectedSuite) -> Asked:
    """Run the public checks of a question."""
    changes, answers = Changes(question.may_change), dict[seals.Place, bytes]()

    def keep(place: seals.Place, found: bytes, _: Sequence[object]) -> None:
        answers[place] = found

    results = [
        suite.run(check, channel, handed_in, changes, smallest=False, heard=listener(check, keep))
        for check in checks_of(question, suite)
    ]
    return Asked(results, answers)


def checks_of(question: Question, suite: CollectedSuite) -> list[Check]:
    """Return the checks of a suite that belong to a question."""
    criteria = {criterion.id for criterion in question.criteria}
    return [check for check in suite.checks if check.criterion in criteria]


def listener(
    check: Check, keep: Callable[[seals.Place, bytes, Sequence[object]], None]
) -> Callable[[Sequence[object]], None]:
    """Return a listener for the answers to each example of a check, which keeps the first ones that have a digest."""
    numbers = count()

    def heard(events: Sequence[object]) -> None:
        place = (check.id, next(numbers))
        found = digest(events) if events and place[1] < seals.EXAMPLES else None
        if found is not None:
            keep(place, found, events)

    return heard


@contextmanager
def _quiet() -> Iterator[None]:
    """Hide what the student's code prints, and keep debuggers from waiting for input."""
    nowhere, before = io.StringIO(), sys.breakpointhook
    sys.breakpointhook = lambda *_, **__: None
    try:
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            yield
    finally:
        sys.breakpointhook = before
