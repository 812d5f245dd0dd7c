"""How an assignment is handed in: the name and contents of a hand-in, the deadline, and rules."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from grader.course.rubric.board import Moment

_LINE = r"^[^\x00-\x1f\x7f]+$"


def _name_pattern(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    if "roll" not in groups:
        raise ValueError("has no group (?P<roll>…), which identifies the student")
    return pattern


def _shown_whole(layout: str) -> str:
    if "```" in layout:
        raise ValueError("contains ```, which would end the block in which it is shown")
    return layout


NamePattern = Annotated[str, AfterValidator(_name_pattern)]
Called = Annotated[str, StringConstraints(strip_whitespace=True, pattern=_LINE, max_length=200)]
Layout = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_shown_whole)]
Rule = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Submissions(BaseModel):
    """How hand-ins should be named and laid out. Others are graded nevertheless."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    name: NamePattern | None = Field(
        default=None,
        max_length=500,
        description="a regular expression for a hand-in's whole name without its ending, with a group (?P<roll>…)",
    )
    called: Called | None = Field(
        default=None, description="text for students: what to call the hand-in, such as <roll-number>.ipynb"
    )
    layout: Layout | None = Field(
        default=None, description="text for students: the files of the hand-in, a line each, as a tree of folders"
    )
    deadline: Moment | None = Field(
        default=None,
        description="the deadline with a time zone, such as 2024-06-20T23:59:00+05:30; for students to "
        "read, nothing is refused afterwards",
    )
    rules: tuple[Rule, ...] = Field(
        default=(), description="a list of sentences for students: about style, working together, what is allowed"
    )

    @property
    def until(self) -> str:
        """The deadline in words, e.g. ``20 June 2024, 23:59 (UTC+05:30)``; "" if there is none."""
        return _in_words(self.deadline) if self.deadline else ""


def _in_words(time: datetime) -> str:
    zone = time.isoformat()[-6:].replace("+00:00", "")
    return f"{time.day} {time:%B %Y}, {time:%H:%M} (UTC{zone})"
