"""What a question asks of a submission's code, apart from its marks: everything that is needed to run that code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from grader.course.rubric.model import Question


@dataclass(frozen=True)
class QuestionSpec:
    """Where a question's names are defined, and what their code may use.

    `names` are looked up in `module` first. `packages` may be imported, None stands for all that are installed;
    `provided` are packages that the course provides, `forbidden` dotted names in them that may not be used.
    """

    module: str
    names: tuple[str, ...]
    packages: tuple[str, ...] | None = ()
    provided: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: Question) -> Self:
        """Return what a rubric's question asks of code."""
        module = question.module or ""
        return cls(module, question.names, question.packages, question.provided, question.forbidden)
