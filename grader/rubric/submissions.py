"""How an assignment is handed in: what it is called and holds, until when, and what rules hold for it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from grader.rubric.board import Moment

_LINE = r"^[^\x00-\x1f\x7f]+$"


def _name_pattern(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    if "roll" not in groups:
        raise ValueError("has no group (?P<roll>…), which tells the student")
    return pattern


def _shown_whole(layout: str) -> str:
    if "```" in layout:
        raise ValueError("holds ```, which would end the block that it is shown in")
    return layout


NamePattern = Annotated[str, AfterValidator(_name_pattern)]
Called = Annotated[str, StringConstraints(strip_whitespace=True, pattern=_LINE, max_length=200)]
Layout = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_shown_whole)]
Rule = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Submissions(BaseModel):
    """How hand-ins are to be named and laid out. One that is not so is graded all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
        description="until when it is handed in, with a time zone, such as 2024-06-20T23:59:00+05:30; for students to "
        "read, nothing is refused after it",
    )
    rules: tuple[Rule, ...] = Field(
        default=(), description="a list of sentences for students: on style, on working together, on what is allowed"
    )

    @property
    def until(self) -> str:
        """The deadline as it is read, e.g. ``20 June 2024, 23:59 (UTC+05:30)``; "" where there is none."""
        return _in_words(self.deadline) if self.deadline else ""


def _in_words(time: datetime) -> str:
    zone = time.isoformat()[-6:].replace("+00:00", "")
    return f"{time.day} {time:%B %Y}, {time:%H:%M} (UTC{zone})"
