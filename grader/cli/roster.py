"""`grader roster`: who is in a class, who has handed in nothing, and whose a hand-in is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show
from grader.cli.once import Commands
from grader.cohort.class_run import read_class_run
from grader.core.errors import CourseError, UsageError
from grader.core.files import locked
from grader.core.text import did_you_mean, printable
from grader.course.folder import Course
from grader.roster.assigned import ids_of, read_assigned, write_assigned
from grader.roster.attempts import Attempt, read_attempts
from grader.roster.importing import add_to_roster, demand_columns
from grader.roster.people import Person, Roster, idle_extensions
from grader.roster.written import read_roster, roster_file

app = Commands(no_args_is_help=True, help="Show who is in a class, who is missing, and whose a hand-in is.")
FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", file_okay=False, help="The folder with the results of a class.")
]


def import_people(
    folder: FolderArgument,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Tables of people, as downloaded from a platform.")
    ],
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=COLUMN", help="The column of a field, for any other table; may be repeated."),
    ] = None,
) -> None:
    """Add the people in a platform's tables to DIR/roster.csv.

    Supported are Moodle's grading worksheet, Canvas's gradebook, Gradescope's roster, and the rosters of GitHub
    Classroom and Classroom 50. Fields are id, name, first_name, last_name, email, section, groups, and the ids on
    platforms: moodle, canvas, canvas_sis, canvas_login, gradescope, github.
    """
    with locked(folder):
        told = add_to_roster(folder, files, demand_columns(column or ()))
    roster, assignments = read_roster(folder), _assignments(folder)
    idle = idle_extensions(roster, assignments) if assignments else []
    show(*told, *idle, f"Roster: {roster_file(folder)}, {len(roster)} people")


def show_people(folder: FolderArgument) -> None:
    """List who has handed in nothing, and hand-ins of nobody on the roster, after the last batch.

    The exit code is 1 if there are any.
    """
    roster, attempts = _demand_roster(folder), read_attempts(folder)
    came = {person for one in attempts for person in one.people}
    missing = [person for person in roster if person.id not in came]
    unknown = [one for one in attempts if not one.people]
    if missing:
        show("Handed in nothing:", *(f"  {_words(person)}" for person in missing))
    if unknown:
        show("On no roster:", *(f"  {printable(one.submission)}: {printable(one.note)}" for one in unknown))
        show(f"Assign each with: grader roster assign {folder} SUBMISSION STUDENT...")
    show(f"{len(roster)} people, {len(attempts)} hand-ins; {len(missing)} missing, {len(unknown)} on no roster")
    if missing or unknown:
        raise typer.Exit(1)


def assign(
    folder: FolderArgument,
    submission: Annotated[str, typer.Argument(help="The hand-in, as in the first column of marks.csv.")],
    students: Annotated[
        list[str], typer.Argument(metavar="STUDENT...", help="Ids, addresses or names of all members.")
    ],
) -> None:
    """Assign a hand-in to one student or to several. The next batch uses this before anything else.

    It is stored in DIR/assigned.csv, where lines may be changed or removed.
    """
    roster = _demand_roster(folder)
    with locked(folder):
        _demand_known(submission, read_attempts(folder))
        people = ids_of(tuple(students), roster)
        write_assigned(folder, {**read_assigned(folder, roster), submission: people})
    show(f"{submission} is assigned to {', '.join(people)}. Run `grader batch` again to update all tables.")


app.command("import")(import_people)
app.command("show")(show_people)
app.command("assign")(assign)


def _demand_roster(folder: Path) -> Roster:
    roster = read_roster(folder)
    if not len(roster):
        todo = f"make one with `grader roster import {folder} FILE`"
        raise UsageError("this class has no roster", where=roster_file(folder), todo=todo)
    return roster


def _assignments(folder: Path) -> list[str]:
    """Return the assignments of the course with which a class was graded, or else of the one found here, if any."""
    run = read_class_run(folder)
    try:
        return Course.find(run.course if run else None).assignments()
    except CourseError:
        return []


def _demand_known(submission: str, attempts: list[Attempt]) -> None:
    known = [one.submission for one in attempts]
    if submission not in known:
        expected = "a name as in the first column of marks.csv"
        todo = did_you_mean(submission, known)
        raise UsageError("no such hand-in", found=printable(submission), expected=expected, todo=todo)


def _words(person: Person) -> str:
    section = f"section {person.section}" if person.section else ""
    return printable(", ".join(filter(None, [person.id, person.name, person.email, section, *person.groups])))
