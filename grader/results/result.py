"""The result of grading one submission: a document of exact marks, the same for the same work.

It contains no time, no path and nothing about the machine except its kind, so that grading the same submission again
yields the same bytes.
"""

from __future__ import annotations

import functools
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from grader.core.errors import GraderFault
from grader.core.outcome import Outcome

Decimal = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")]
Earned = Annotated[str, StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]


class _ResultPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class CriterionResult(_ResultPart):
    """How one criterion ended."""

    id: str = Field(description="the criterion's id")
    title: str = Field(description="what the criterion asks")
    outcome: Outcome = Field(description="the worst outcome of its checks")
    marks: Earned = Field(
        description="marks earned, a decimal, negative if they are taken away; 0 while it is broken or to be marked"
    )
    max_marks: Decimal = Field(description="marks to be earned, a decimal")
    bonus: bool = Field(
        default=False, exclude_if=lambda bonus: not bonus, description="true if max_marks is not part of any sum"
    )
    kept: tuple[str, ...] = Field(
        default=(), description="names of the files that its checks kept for the person who marks"
    )
    remarks: tuple[str, ...] = Field(default=(), description="what its checks report to staff only")
    compared: tuple[str, ...] = Field(
        default=(), description="what should be true of only one submission of a class; staff are told if it is not"
    )
    misconceptions: tuple[str, ...] = Field(
        default=(), description="the sentences in its feedback that name known mistakes"
    )
    feedback: str = Field(default="", description="text for the student, lines joined by newlines; empty if passed")

    @property
    def counted(self) -> str:
        """What it adds to the sum of all max_marks: nothing for a bonus."""
        return "0" if self.bonus else self.max_marks


class HandedIn(_ResultPart):
    """Something that was handed in for a person to mark."""

    source: str = Field(description="where it is in the submission: a file, or cells of a notebook")
    file: str = Field(description="its name in the folder written/SUBMISSION/ that `grader batch` writes")
    bytes: int = Field(description="its size")


class QuestionResult(_ResultPart):
    """The criteria of one question and their sum."""

    id: str = Field(description="the question's id")
    title: str = Field(description="the question's title")
    task: str = Field(default="", description="what to do and hand in, if no docstring says so")
    handed_in: tuple[HandedIn, ...] | None = Field(
        default=None,
        description="what was handed in for a person to mark; null if the rubric asks for nothing and there is nothing",
    )
    marks: Earned = Field(description="the sum of its criteria's marks")
    max_marks: Decimal = Field(description="the sum of its criteria's max_marks")
    criteria: tuple[CriterionResult, ...]

    @property
    def is_broken(self) -> bool:
        """Whether one of its criteria could not be decided, which is not the student's fault."""
        return any(criterion.outcome is Outcome.BROKEN for criterion in self.criteria)


class Provenance(_ResultPart):
    """What determined the marks: the same provenance yields the same marks again."""

    gradproof: str = Field(description="version of the grader")
    python: str = Field(description="version of Python, e.g. 3.11.9")
    numpy: str = Field(description="version of NumPy")
    hypothesis: str = Field(description="version of Hypothesis")
    pytest: str = Field(description="version of pytest")
    platform: str = Field(description="operating system and processor, e.g. Linux x86_64")
    rubric_sha256: str = Field(description="SHA-256 of the rubric's file")
    suites_sha256: str = Field(description="SHA-256 over the course's secret, suites, reference and misconceptions")
    submission_sha256: str = Field(description="SHA-256 over the names and contents of the files graded")

    @classmethod
    def of(cls, *, rubric_sha256: str, suites_sha256: str, submission_sha256: str) -> Self:
        """Return the provenance of marks given by this grader on this machine."""
        return cls(
            gradproof=installed_version("gradproof"),
            python=platform.python_version(),
            numpy=installed_version("numpy"),
            hypothesis=installed_version("hypothesis"),
            pytest=installed_version("pytest"),
            platform=f"{platform.system()} {platform.machine()}",
            rubric_sha256=rubric_sha256,
            suites_sha256=suites_sha256,
            submission_sha256=submission_sha256,
        )


class Result(_ResultPart):
    """What one submission earned in one assignment."""

    assignment: str = Field(description="the assignment's id")
    submission: str = Field(description="the submission's name: of its folder, or of its file without the ending")
    marks: Earned = Field(description="the sum of the questions' marks")
    max_marks: Decimal = Field(description="the sum of the questions' max_marks")
    complete: bool = Field(description="false while a criterion is broken or to be marked by a person")
    isolation: str = Field(description="what confined the submission: room, lock or process")
    notes: tuple[str, ...] = Field(default=(), description="what was not accepted, or renamed, with the reason")
    questions: tuple[QuestionResult, ...]
    handed_in: tuple[HandedIn, ...] = Field(
        default=(),
        description="what was handed in for no question in particular; shown with every question that a person marks",
    )
    provenance: Provenance
    signature: str | None = Field(
        default=None, description="HMAC of everything else, keyed by the course's secret; null if it has none"
    )

    @property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """The criteria of all questions."""
        return tuple(criterion for question in self.questions for criterion in question.criteria)

    @property
    def all_handed_in(self) -> tuple[HandedIn, ...]:
        """All that was handed in for a person to mark, for a question or for none in particular."""
        return (*(one for question in self.questions for one in question.handed_in or ()), *self.handed_in)

    @property
    def is_broken(self) -> bool:
        """Whether a criterion could not be decided, which is not the student's fault."""
        return any(question.is_broken for question in self.questions)

    def to_json(self) -> str:
        """Return the document as JSON text, the same for equal results."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the result in `to_json`'s text; raises GraderFault for any other text."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise GraderFault("this is not a result of this grader", found=str(error)) from error


def result_schema() -> JsonSchemaValue:
    """Return the JSON Schema (draft 2020-12) of a result."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **Result.model_json_schema(mode="serialization")}


@functools.cache  # looking it up takes as long as marking a criterion
def installed_version(distribution: str) -> str:
    """Return the version of an installed package, or ``not installed``."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"
