"""`pytest --watch`: each time a file of the work is saved, runs the checks of what has changed in a new process."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.core.errors import StaffError
from grader.core.text import seen_from
from grader.course.rubric.model import Question, Rubric
from grader.course.suites import CheckPlace, check_places
from grader.pytest_side.assignments import Assignments
from grader.pytest_side.edits import question_digests
from grader.pytest_side.prepared import PreparedRun
from grader.pytest_side.work import StudentWork

# How often files are examined. Notifications are not used: network folders and Windows folders under Linux send none.
SECONDS = 0.15
FEW = 4
BEGIN = "Watching {where}: when you save a file, the checks of what has changed run. Ctrl+C stops this."
NOTHING = "{files}: no check depends on what has changed"

Snapshot = dict[Path, tuple[int, int]]


def watch(config: pytest.Config, root: Path) -> int:
    """Run the checks of what has changed repeatedly until Ctrl+C; return pytest's exit code."""
    try:
        watched = _Watched.of(config, root)
    except StaffError as error:
        raise pytest.UsageError(str(error)) from error
    given = [argument for argument in config.invocation_params.args if argument != "--watch"]
    try:
        _loop(watched, given)
    except KeyboardInterrupt:
        _say("")
    return int(pytest.ExitCode.OK)


def _loop(watched: _Watched, given: Sequence[str]) -> None:
    run = PreparedRun(watched.packages)
    try:
        run.go(given)
        while True:
            run = PreparedRun(watched.packages)
            questions = watched.next_change()
            run.go([*given, *watched.options(questions, given)])
    finally:
        run.end()


@dataclass
class _Watched:
    """A student's work, and what was known about it at the last run."""

    config: pytest.Config
    assignments: Assignments
    snapshot: Snapshot
    digests: dict[str, str]

    @classmethod
    def of(cls, config: pytest.Config, root: Path) -> _Watched:
        """Return the work as it is now. Raises StaffError if there is none."""
        found = cls(config, Assignments.of(root), {}, {})
        found.look()
        _say(BEGIN.format(where=seen_from(found.work.root, Path.cwd())))
        return found

    @property
    def work(self) -> StudentWork:
        """The files that exist now."""
        return StudentWork.found(self.config, self.assignments.course)

    @property
    def rubrics(self) -> list[Rubric]:
        """The assignments that have checks for students."""
        return [*{rubric.assignment: rubric for rubric in self.assignments.rubrics.values()}.values()]

    @property
    def questions(self) -> list[Question]:
        """The questions that have such checks."""
        checked = {place.criterion for place in self._places()}
        found = (question for rubric in self.rubrics for question in rubric.questions)
        return [question for question in found if any(criterion.id in checked for criterion in question.criteria)]

    @property
    def packages(self) -> list[str]:
        """All packages that the questions allow."""
        return sorted({package for question in self.questions for package in question.packages})

    def look(self) -> tuple[list[Path], list[str]]:
        """Examine the work; return the files that have changed since the last time, and the affected questions."""
        work, before, known = self.work, self.snapshot, self.digests
        self.snapshot = _snapshot(work.root)
        changed = [path for path, state in self.snapshot.items() if before.get(path) != state]
        changed += [path for path in before if path not in self.snapshot]
        if changed:
            self.digests = question_digests(work.root, work.sources, self.questions)
        return changed, [question for question, digest in self.digests.items() if known.get(question) != digest]

    def next_change(self) -> list[str]:
        """Wait until something that a question depends on is saved; return these questions."""
        while True:
            time.sleep(SECONDS)
            now = _snapshot(self.work.root)
            if now == self.snapshot:
                continue
            while now != (now := _after(self.work.root)):  # an editor may still be writing
                pass
            changed, questions = self.look()
            files = ", ".join(sorted(path.name for path in changed))
            if questions:
                concerned = ", ".join(questions) if len(questions) <= FEW else f"{len(questions)} questions"
                _say(f"\n── {time.strftime('%H:%M:%S')}  {files}: {concerned} ──")
                return questions
            if files:
                _say(NOTHING.format(files=files))

    def options(self, questions: Sequence[str], given: Sequence[str]) -> list[str]:
        """Return pytest options that run the checks of some questions, and import no other suite."""
        if any(argument.startswith("--question") for argument in given):
            return []  # the student has selected them
        return [*self._suites(questions, given), *(f"--question={question}" for question in questions)]

    def _suites(self, questions: Sequence[str], given: Sequence[str]) -> list[str]:
        if any(not argument.startswith("-") for argument in given):
            return []
        prefixes = tuple(f"{question}." for question in questions)
        return [*dict.fromkeys(str(place.file) for place in self._places() if place.criterion.startswith(prefixes))]

    def _places(self) -> list[CheckPlace]:
        files = (self.assignments.root / path for rubric in self.rubrics for path in rubric.suites.public)
        return check_places([(file, "public") for file in files])


def _after(root: Path) -> Snapshot:
    time.sleep(SECONDS / 3)
    return _snapshot(root)


def _snapshot(root: Path) -> Snapshot:
    """Return when each file below a folder last changed, and its size, without hidden files and caches."""
    found: Snapshot = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__", "site-packages"))]
        for name in files:
            path = Path(folder, name)
            try:
                state = path.stat()
            except OSError:  # an editor has just replaced it
                continue
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
