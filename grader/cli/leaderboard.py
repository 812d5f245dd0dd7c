"""`grader leaderboard`: predictions of a class, scored on labels that only staff have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, tell
from grader.cli.options import AssignmentOption, CourseOption
from grader.core.errors import GraderFault
from grader.core.files import locked, write_whole
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.intake.discover import demand_apart
from grader.leaderboard.hand_ins import Found, History, collected, in_doubt, read_times
from grader.leaderboard.scoring import Answers, answers
from grader.leaderboard.standing import judged, standing
from grader.report.console import console
from grader.report.leaderboard import (
    ShownStanding,
    board_csv,
    board_json,
    board_page,
    board_table,
    hand_ins_csv,
    left_out,
)

_OPEN = (
    "WARNING: this course has no .course-secret: anyone with the grader can work out which ids are public. "
    "Put some random words into that file once; this changes the parts."
)


def leaderboard(
    inbox: Annotated[
        Path, typer.Argument(help="A folder with CSV files, or with folders or archives that contain them.")
    ],
    assignment: AssignmentOption,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the board is written and staff's history is kept.")],
    times: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="When each was handed in, as CSV submission,time; by default now."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Show the private scores too, and rank by them.")] = False,
    course: CourseOption = None,
) -> None:
    """Score predictions and rank the class. When repeated, it adds what is new and keeps what was there before."""
    here = Course.find(course, to_grade=inbox)
    rubric = here.rubric(assignment)
    labels = answers(here, rubric)
    demand_apart(out, inbox)
    if not here.secret:
        tell(_OPEN, "yellow")
    found = collected(inbox, labels.board, rubric.submissions.name)
    with locked(out):
        history = _added(out / "staff", found, times)
        _publish(rubric, labels, history, out, private)
    show(*(f"{one.name}: its name has no roll number as required by the rubric" for one in found if one.misnamed))
    for line in in_doubt(history.hand_ins):
        tell(f"WARNING: {line}: whose is it? (docs/leaderboard.md)", "yellow")
    faults = [f"{one.name}: {one.problem}" for one in found if one.fault]
    show(*faults)
    if faults:
        raise typer.Exit(GraderFault.exit_code)


def _added(folder: Path, found: list[Found], times: Path | None) -> History:
    """Return the history with new hand-ins from the inbox."""
    history, stated, now = History(folder), read_times(times, found), datetime.now(UTC).replace(microsecond=0)
    for one in sorted(found, key=lambda one: stated.get(one.name, now)):
        if not one.fault:
            history.add(one, stated.get(one.name), now)
    history.save()
    return history


def _publish(rubric: Rubric, labels: Answers, history: History, out: Path, private: bool) -> None:
    """Write the boards and show one."""
    all_of_them = judged(history, labels)
    board = ShownStanding(rubric, labels, standing(all_of_them, labels, private=False), all_of_them)
    _write(board, out / "leaderboard")
    write_whole(out / "staff" / "hand_ins.csv", hand_ins_csv(all_of_them, private=private))
    ended = out / "staff" / "private"
    if private:
        board = ShownStanding(rubric, labels, standing(all_of_them, labels, private=True), all_of_them, private=True)
        _write(board, ended)
    else:
        _forget(ended)
    written = ended if private else out / "leaderboard"
    show("", board_table(board, console().width), "", *left_out(board))
    show(f"Board: {written}.md, .csv, .json", f"Staff: {out / 'staff'}")


def _write(board: ShownStanding, path: Path) -> None:
    for ending, text in ((".md", board_page(board)), (".csv", board_csv(board)), (".json", board_json(board))):
        write_whole(path.with_suffix(ending), text)


def _forget(path: Path) -> None:
    """Remove older private scores, which would be out of date."""
    for ending in (".md", ".csv", ".json"):
        path.with_suffix(ending).unlink(missing_ok=True)
