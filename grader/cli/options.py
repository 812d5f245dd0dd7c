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
        help="The course folder; by default the nearest parent with rubrics/, unless what is graded is inside it.",
    ),
]
IsolationOption = Annotated[
    Isolation,
    typer.Option(
        help="auto: the best that works here. room: lock and bubblewrap. lock: Landlock and seccomp. "
        "process: nothing, student code can do everything that you can."
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="GLOB",
        help="Only criteria or questions that match this, e.g. '*.momentum*'; may be repeated.",
    ),
]
RosterOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--roster",
        metavar="FILE",
        help="Who is in the class: Moodle's worksheet, Canvas's gradebook, Gradescope's roster, a roster.csv; "
        "may be repeated. The people are added to DIR/roster.csv.",
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Grade on the workers of a cluster: the address of dask's scheduler, e.g. tcp://HOST:8786, or its file.",
    ),
]
WaitOption = Annotated[
    float,
    typer.Option(
        "--wait", metavar="S", min=0, help="With --scheduler: give up after S seconds in which no worker could grade."
    ),
]
