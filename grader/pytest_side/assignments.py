"""Which question of which assignment a collected check belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import CourseError
from grader.core.outcome import Check, Visibility
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric


def course_folder(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upwards, that looks like a course with suites for students."""
    folders = (start, *start.parents)
    return next((f for f in folders if (f / "rubrics").is_dir() and (f / "tests" / "public").is_dir()), None)


def near_a_course(folder: Path, arguments: Iterable[str]) -> bool:
    """Return whether a course is around a folder, directly below it, or around a path on a command line there."""
    starts = [folder]
    with suppress(OSError):  # an argument need not be the name of a file
        named = (folder / argument.partition("::")[0] for argument in arguments if not argument.startswith("-"))
        starts += [path for path in named if path.exists()]
    below = (path.parent for path in folder.glob("*/rubrics"))
    return any(course_folder(start) is not None for start in (*starts, *below))


@dataclass(frozen=True)
class Placed:
    """A check with the rubric and the question that it belongs to."""

    check: Check
    rubric: Rubric
    question: Question

    @property
    def module(self) -> str:
        """The module that the question's names belong to."""
        return self.question.module or ""

    @property
    def cpu_seconds(self) -> float | None:
        """The CPU time that the rubric allows a check of the question, or None for the grader's default."""
        return self.rubric.limits_for(self.question).cpu_seconds


@dataclass(frozen=True)
class Assignments:
    """The rubrics of a course, by suite."""

    course: Course
    rubrics: Mapping[Path, Rubric]
    visibility: Mapping[Path, Visibility]

    @classmethod
    def of(cls, root: Path) -> Assignments:
        """Return the assignments of a course. Raises StaffError for a rubric that cannot be used."""
        course = Course.find(root)
        rubrics: dict[Path, Rubric] = {}
        visibility: dict[Path, Visibility] = {}
        for name in course.assignments():
            rubric = course.rubric(name)
            for kind, paths in (("public", rubric.suites.public), ("hidden", rubric.suites.hidden)):
                for path in paths:
                    rubrics.setdefault((root / path).resolve(), rubric)
                    visibility[(root / path).resolve()] = "public" if kind == "public" else "hidden"
        return cls(course, rubrics, visibility)

    @property
    def root(self) -> Path:
        """The course's folder."""
        return self.course.root

    @property
    def student(self) -> Path:
        """The folder in which students work."""
        return self.course.student

    def place(self, check: Check) -> Placed:
        """Return the check with its question. Raises CourseError if no rubric has its criterion."""
        rubric = self.rubrics.get((self.root / check.id.partition("::")[0]).resolve())
        for question in rubric.questions if rubric else ():
            if any(criterion.id == check.criterion for criterion in question.criteria):
                return Placed(check, rubric, question)  # type: ignore[arg-type]
        raise CourseError(
            f"no rubric has the criterion {check.criterion!r}",
            where=check.id,
            expected="a criterion of the rubric that lists this suite",
            todo="add it to the rubric, or correct the marker",
        )
