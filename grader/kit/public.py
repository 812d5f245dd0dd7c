"""The part of a rubric that students may have."""

from __future__ import annotations

from typing import Any

import yaml

from grader.course.rubric.model import Rubric

_HEAD = "# The public part of the rubric, with which pytest counts marks here.\n"
# Listed one by one: a field that is added to rubrics later stays with staff until it is listed here.
_CRITERION = {"id", "title", "marks", "requires", "partial", "manual", "bonus"}
_FIELDS = (
    "id", "title", "task", "handed_in", "stated_marks", "module", "names", "packages", "forbidden", "may_change",
    "provided", "limits", "sheet", "hints",
)  # fmt: skip
_QUESTION = dict.fromkeys(_FIELDS, True)
_RUBRIC: dict[str, Any] = {
    **dict.fromkeys(("assignment", "title", "marks", "quantum", "limits", "hints"), True),
    "suites": {"public"},
    "questions": {"__all__": {**_QUESTION, "criteria": {"__all__": _CRITERION}}},
}


def public_rubric(rubric: Rubric) -> str:
    """Return the rubric as YAML, without hidden suites, comments and anything else for staff only."""
    if not rubric.hints:
        rubric = rubric.model_copy(
            update={"questions": tuple(question.model_copy(update={"hints": ()}) for question in rubric.questions)}
        )
    data = rubric.model_dump(mode="json", by_alias=True, include=_RUBRIC, exclude_defaults=True)
    return _HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
