"""`grader leaderboard`: predictions of a class, scored on labels that stay with staff."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, tell
from grader.cli.options import AssignmentOption, CourseOption
from grader.course import Course
from grader.errors import GraderFault
from grader.files import locked, write_whole
from grader.leaderboard.hand_ins import Found, History, collected, in_doubt, read_times
from grader.leaderboard.scoring import Answers, answers
from grader.leaderboard.standing import judged, standing
from grader.render.console import console
from grader.render.leaderboard import Shown, board_csv, board_json, board_page, board_table, hand_ins_csv, left_out
from grader.rubric.model import Rubric
from grader.submission.discover import demand_apart

_OPEN = (
    "WARNING: this course has no .course-secret: whoever has the grader can work out which ids are public. "
    "Put some random words into that file, once; the parts change with it."
)


def leaderboard(
    inbox: Annotated[Path, typer.Argument(help="A folder with CSV files, or with folders or archives that hold them.")],
    assignment: AssignmentOption,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the board is written, and staff's history is kept.")],
    times: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="When each was handed in, as CSV submission,time; else it is now."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Show the private scores too, and rank by them.")] = False,
    course: CourseOption = None,
) -> None:
    """Score predictions and rank the class. Run again, it adds what is new; what was there before stays."""
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
    show(*(f"{one.name}: its name has no roll number as the rubric asks for" for one in found if one.misnamed))
    for line in in_doubt(history.hand_ins):
        tell(f"WARNING: {line}: whose is it? (docs/leaderboard.md)", "yellow")
    faults = [f"{one.name}: {one.problem}" for one in found if one.fault]
    show(*faults)
    if faults:
        raise typer.Exit(GraderFault.exit_code)


def _added(folder: Path, found: list[Found], times: Path | None) -> History:
    """Return the history with what is new in the inbox."""
    history, stated, now = History(folder), read_times(times, found), datetime.now(UTC).replace(microsecond=0)
    for one in sorted(found, key=lambda one: stated.get(one.name, now)):
        if not one.fault:
            history.add(one, stated.get(one.name), now)
    history.save()
    return history


def _publish(rubric: Rubric, labels: Answers, history: History, out: Path, private: bool) -> None:
    """Write the boards and show one."""
    all_of_them = judged(history, labels)
    board = Shown(rubric, labels, standing(all_of_them, labels, private=False), all_of_them)
    _write(board, out / "leaderboard")
    write_whole(out / "staff" / "hand_ins.csv", hand_ins_csv(all_of_them, private=private))
    ended = out / "staff" / "private"
    if private:
        board = Shown(rubric, labels, standing(all_of_them, labels, private=True), all_of_them, private=True)
        _write(board, ended)
    else:
        _forget(ended)
    written = ended if private else out / "leaderboard"
    show("", board_table(board, console().width), "", *left_out(board))
    show(f"Board: {written}.md, .csv, .json", f"Staff: {out / 'staff'}")


def _write(board: Shown, path: Path) -> None:
    for ending, text in ((".md", board_page(board)), (".csv", board_csv(board)), (".json", board_json(board))):
        write_whole(path.with_suffix(ending), text)


def _forget(path: Path) -> None:
    """Take away older private scores, which would be out of date."""
    for ending in (".md", ".csv", ".json"):
        path.with_suffix(ending).unlink(missing_ok=True)
