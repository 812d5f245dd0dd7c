"""Selecting criteria of a rubric by globs over ids."""

from __future__ import annotations

from collections.abc import Sequence

from grader.core.globs import chosen
from grader.course.rubric.model import Criterion, Rubric

# A glob over ids of criteria or questions, several of them, or none for all.
Only = str | Sequence[str] | None


def selected(rubric: Rubric, only: Only) -> list[Criterion]:
    """Return the criteria that the globs `only` match by their own or their question's id, in the rubric's order.

    Raises UsageError for a glob that matches none.
    """
    globs = [only] if isinstance(only, str) else only or ["*"]
    names = {c.id: [c.id, question.id] for question in rubric.questions for c in question.criteria}
    wanted = set(chosen(globs, names, f"criterion or question of {rubric.assignment}"))
    return [criterion for criterion in rubric.criteria if criterion.id in wanted]
