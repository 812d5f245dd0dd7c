"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Isolation(StrEnum):
    """How student code is confined; `process` means not at all."""

    AUTO = "auto"
    ROOM = "room"
    LOCK = "lock"
    PROCESS = "process"


AssignmentOption = Annotated[
    str, typer.Option("--assignment", "-a", metavar="ID", help="The assignment, as `grader list` names it.")
]
CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        metavar="DIR",
        help="The course folder; by default the nearest parent with rubrics/, unless what is graded lies in its tree.",
    ),
]
IsolationOption = Annotated[
    Isolation,
    typer.Option(
        help="auto: the best that works here. room: lock and bubblewrap. lock: Landlock and seccomp. "
        "process: nothing, student code can do all that you can."
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="GLOB", help="Only criteria or questions like this, e.g. '*.momentum*'; may stand again."
    ),
]
