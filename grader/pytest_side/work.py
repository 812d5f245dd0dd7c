"""A student's own work: which files it consists of, and a channel to a question's part of it in this process."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from grader.checks.asking.handed_in import SubmittedFiles, read_by
from grader.core.errors import UsageError
from grader.course.folder import Course
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question, Rubric
from grader.intake.which import asked_names, chosen_files
from grader.pytest_side.handmarked import files_in
from grader.pytest_side.inprocess import InProcess
from grader.worker.reading.overview import definitions, ranked

C = TypeVar("C", bound=InProcess)


class StudentWork:
    """The scripts and notebooks in a student's folder, and what they define."""

    def __init__(self, course: Course, root: Path, files: list[str]) -> None:
        self.root = root
        self.choices: list[str] = []
        self._course = course
        self.sources = files
        self._ranked: dict[str, tuple[str, ...]] = {}

    @classmethod
    def found(cls, config: pytest.Config, course: Course) -> StudentWork:
        """Return the work that `--submission` names, by default what is in student/.

        Raises UsageError if there is none.
        """
        return cls(course, *find_work(config, course.student))

    def open(self, rubric: Rubric, question: Question, kind: type[C]) -> C:
        """Return a channel to what answers a question."""
        return kind(
            self.root, self.files(rubric), QuestionSpec.of(question),
            provided=self._course.provided if question.provided else None,
            graded_seconds=rubric.limits_for(question).cpu_seconds,
        )  # fmt: skip

    def files(self, rubric: Rubric) -> tuple[str, ...]:
        """Return the files in the order in which an assignment's names are looked up in them.

        `choices` then says which file was chosen for names that several define.
        """
        if rubric.assignment not in self._ranked:
            several = self.sources if len(self.sources) > 1 else ()
            overview = definitions(self.root, several, asked_names(rubric))
            self._ranked[rubric.assignment] = ranked(self.sources, overview.defines)
            self.choices += chosen_files(rubric, self._ranked[rubric.assignment], overview)
        return self._ranked[rubric.assignment]

    def handed_in(self, question: Question) -> SubmittedFiles:
        """Return all files, for checks that need them."""
        read = partial(read_by, question.sheet) if question.sheet else None
        return SubmittedFiles(self.root, files_in(self.root), read=read)


def find_work(config: pytest.Config, default: Path) -> tuple[Path, list[str]]:
    """Return the folder of the student's work and its scripts and notebooks."""
    chosen = config.getoption("--submission", default=None)
    path = (config.invocation_params.dir / chosen) if chosen else default
    root = path.resolve()
    if path.is_file() and root.suffix.lower() not in {".py", ".ipynb"}:
        raise UsageError(
            "this is not a folder, a `.py` file or a notebook", where=path,
            todo="unpack an archive, and name the folder that comes out of it with --submission PATH",
        )  # fmt: skip
    if path.is_file():
        return root.parent, [path.name]
    if not path.is_dir():
        raise UsageError("no such file or folder", where=path, todo="name your work with --submission PATH")
    found = (file.relative_to(root) for pattern in ("*.py", "*.ipynb") for file in root.rglob(pattern))
    return root, sorted(file.as_posix() for file in found if not _is_foreign(file))


def _is_foreign(file: Path) -> bool:
    """Return whether tools put a file there: caches, checkpoints, installed packages."""
    return any(part.startswith((".", "__pycache__", "site-packages")) for part in file.parts)
