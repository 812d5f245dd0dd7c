"""A course: a folder with rubrics/, reference/, student/ and tests/; finding it and reading its parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import CourseError
from grader.core.outcome import Visibility
from grader.core.text import did_you_mean, printable
from grader.course.rubric.load import load_rubric
from grader.course.rubric.model import Question, Rubric


@dataclass(frozen=True)
class Course:
    """A course folder; `root` is absolute."""

    root: Path

    @classmethod
    def find(cls, start: Path | None, *, to_grade: Path | None = None) -> Course:
        """Return the course in the folder `start`, or else in the nearest one from the working directory upwards.

        `to_grade` is the submission or inbox that the course will grade. Suites and reference run unconfined, so a
        course that was found and not named must not be part of what a stranger handed in, nor contain it.
        Raises CourseError if there is no folder rubrics/, and if such a course and `to_grade` are in one tree.
        """
        if start is not None:
            if not (start / "rubrics").is_dir():
                raise CourseError("this is not a course", where=start, expected="a folder that contains rubrics/")
            return cls(start.resolve())
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / "rubrics").is_dir():
                _demand_apart(folder, to_grade)
                return cls(folder)
        raise CourseError(
            "there is no course here",
            where=here,
            expected="a folder that contains rubrics/, here or above",
            todo="change to the course's folder, or give it with --course",
        )

    @property
    def reference(self) -> Path:
        """The folder of solved modules."""
        return self.root / "reference"

    @property
    def student(self) -> Path:
        """The folder of stubs."""
        return self.root / "student"

    @property
    def bank(self) -> Path:
        """The folder of known wrong work and of right work in other styles, whether it exists or not."""
        return self.root / "tests" / "bank"

    @property
    def provided(self) -> Path:
        """The folder of packages that the course provides to student code, whether it exists or not.

        Courses made for version 0.1 call it `lent`.
        """
        older = self.root / "lent"
        return older if older.is_dir() else self.root / "provided"

    @property
    def solutions(self) -> Path:
        """The folder of what students learn from after the deadline, whether it exists or not."""
        return self.root / "solutions"

    @property
    def answers(self) -> Path:
        """The folder of model answers to what a person marks, whether it exists or not."""
        return self.solutions / "answers"

    @property
    def secret_file(self) -> Path:
        """The file with the course's secret, whether it exists or not."""
        return self.root / ".course-secret"

    @property
    def secret(self) -> bytes:
        """The key from which seeds are derived: the content of the file `.course-secret`, empty without one."""
        return self.secret_file.read_bytes().strip() if self.secret_file.is_file() else b""

    def solution(self, question: Question) -> Path:
        """Return the file that solves a question: its module, or that of its answer sheet."""
        if question.sheet is not None:
            return self.reference / "sheets" / f"{question.sheet.solution}.py"
        return self.reference / f"{question.module}.py"

    def assignments(self) -> list[str]:
        """Return the ids of all assignments, sorted."""
        return sorted(path.stem for path in (self.root / "rubrics").glob("*.yaml"))

    def demand_assignments(self) -> list[str]:
        """Return the ids of all assignments, sorted.

        Raises CourseError if there is none, and for a rubric with a suffix for which it would be ignored.
        """
        folder = self.root / "rubrics"
        other = next(iter(sorted(folder.glob("*.[yY][mM][lL]"))), None)
        if other is not None:
            raise CourseError("a rubric's name must end in .yaml", where=other, todo=f"rename it to {other.stem}.yaml")
        known = self.assignments()
        if not known:
            raise CourseError("there are no assignments here", where=folder, todo="create one with `grader new ID`")
        return known

    def rubric(self, assignment: str) -> Rubric:
        """Return the rubric of an assignment.

        Raises CourseError for an assignment that does not exist, RubricError for a wrong rubric.
        """
        known = self.assignments()
        if assignment not in known:
            self.demand_assignments()
            raise CourseError(
                f"there is no assignment `{printable(assignment)}`",
                where=self.root / "rubrics",
                expected=f"one of {', '.join(known)}",
                todo=did_you_mean(assignment, known),
            )
        return load_rubric(self._rubric_file(assignment))

    def suite_files(self, rubric: Rubric) -> list[tuple[Path, Visibility]]:
        """Return the suites of an assignment, public ones first.

        Raises CourseError naming every suite that is missing.
        """
        public: list[tuple[Path, Visibility]] = [(self.root / path, "public") for path in rubric.suites.public]
        files = public + [(self.root / path, "hidden") for path in rubric.suites.hidden]
        missing = [path.relative_to(self.root).as_posix() for path, _ in files if not path.is_file()]
        if missing:
            raise CourseError(
                "the rubric names suites that do not exist",
                where=self._rubric_file(rubric.assignment),
                found=f"no file {', '.join(missing)} in {self.root}",
                todo="write them, or correct `suites` in the rubric",
            )
        return files

    def provided_files(self, rubric: Rubric) -> list[Path]:
        """Return the files of all packages that the course provides for an assignment, sorted.

        Raises CourseError for a package that it does not have.
        """
        names = sorted({name for question in rubric.questions for name in question.provided})
        for name in names:
            if not (self.provided / name).is_dir():
                raise CourseError(
                    f"the rubric provides the package `{name}`, which does not exist",
                    where=self._rubric_file(rubric.assignment),
                    expected=f"a folder {self.provided / name}",
                )
        found = (path for name in names for path in sorted((self.provided / name).rglob("*")))
        return [path for path in found if path.is_file() and "__pycache__" not in path.parts]

    def rubric_sha256(self, rubric: Rubric) -> str:
        """Return the SHA-256 of the rubric's file."""
        return hashlib.sha256(self._rubric_file(rubric.assignment).read_bytes()).hexdigest()

    def suites_sha256(self, rubric: Rubric) -> str:
        """Return one SHA-256 over the course's secret and all files that marks and feedback depend on.

        These are the assignment's suites, the reference, the misconceptions of the bank, and what is provided.
        """
        digest = hashlib.sha256(self.secret)  # a secret changes what the suites draw
        known = [self.bank / "misconceptions" / question.id for question in rubric.questions]
        files = [path for folder in (self.reference, *known) for path in sorted(folder.rglob("*.py"))]
        files += self.provided_files(rubric)
        for path in [*(path for path, _ in self.suite_files(rubric)), *files]:
            name = path.relative_to(self.root).as_posix()
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def _rubric_file(self, assignment: str) -> Path:
        return self.root / "rubrics" / f"{assignment}.yaml"


def _demand_apart(found: Path, to_grade: Path | None) -> None:
    """Refuse a course that was found and not named, if it may have come with the work that it is to grade."""
    if to_grade is None or "\0" in str(to_grade):
        return
    root, work = found.resolve(), to_grade.resolve()
    if work.is_relative_to(root) or root.is_relative_to(work):
        raise CourseError(
            "the course that was found and the work to grade are in one folder tree",
            where=printable(str(to_grade)),
            found=f"the course {printable(str(root))}, which runs unconfined and may have been handed in too",
            todo="give the intended course with --course DIR (--course . for the one in the working directory)",
        )
