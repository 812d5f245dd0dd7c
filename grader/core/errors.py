"""Everything that can go wrong, by whose fault it is.

    GradproofError
    ├── StaffError            exit 2   a rubric, suite, course folder or command line is wrong
    │   ├── UsageError                 the command was called in a way that cannot work here
    │   ├── RubricError                a rubric does not say what a rubric must say
    │   ├── CourseError                the course folder lacks a part, or its parts disagree
    │   ├── SuiteError                 a suite cannot be collected, or a check names no criterion
    │   └── MissingPackage             a question allows a package that is not installed here
    ├── SubmissionError       exit 2   what was handed in cannot be taken as a submission
    └── GraderFault           exit 3   the grader itself failed; never costs a student marks

What a student's *code* does is not an exception of this tree: it is an `Outcome`
(`grader.core.outcome`), and inside a check a `StudentStopped`.
"""

from __future__ import annotations

from pathlib import Path


class GradproofError(Exception):
    """Base of all errors that gradproof itself reports.

    `where` names the file, line or field; `found` and `expected` say what was there and what should have been there;
    `todo` says what to do about it.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        where: str | Path | None = None,
        found: str | None = None,
        expected: str | None = None,
        todo: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = str(where) if where is not None else None
        self.found = found
        self.expected = expected
        self.todo = todo

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.message}" if self.where else self.message]
        for label, text in (("found", self.found), ("expected", self.expected), ("to do", self.todo)):
            if text:
                lines.append(f"  {label}: {text}")
        return "\n".join(lines)


class StaffError(GradproofError):
    """Something that staff wrote or typed is wrong."""

    exit_code = 2


class UsageError(StaffError):
    """The command was called in a way that cannot work here."""


class RubricError(StaffError):
    """A rubric does not say what a rubric must say."""


class CourseError(StaffError):
    """The course folder lacks a part, or its parts disagree."""


class SuiteError(StaffError):
    """A suite cannot be collected, or one of its checks names no criterion of the rubric."""


class MissingPackage(StaffError):
    """A question allows a package that is not installed here. It never costs a student marks."""


class SubmissionError(GradproofError):
    """What was handed in cannot be taken as a submission."""

    exit_code = 2


class GraderFault(GradproofError):
    """The grader itself failed. It never costs a student marks."""

    exit_code = 3
