"""`grader book`: records staff decisions, and shows what the book says about everyone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.edge import logged_in, show, staff_extra, tell
from grader.cli.once import Commands

if TYPE_CHECKING:  # students' `grader` has no database
    from grader.book.deciding import Decider
    from grader.book.history import Conflict

CONFLICT = 1

FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", file_okay=False, help="The folder with the results of the class.")
]
PersonArgument = Annotated[str, typer.Argument(help="The person: an id, e-mail address or name from the roster.")]
CriterionArgument = Annotated[str, typer.Argument(help="The criterion's id.")]
MarksArgument = Annotated[str, typer.Argument(help="Marks such as 2 or 0.5; `none` withdraws what was recorded.")]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which the student reads.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; by default the logged-in user.")]


def decider(folder: Path, by: str = "") -> Decider:
    """Return who decides in a class folder: the person named, or else the user who is logged in."""
    with staff_extra("class"):
        from grader.book.deciding import Decider
    return Decider.of(folder, by or logged_in())


def show_book(
    folder: FolderArgument,
    person: Annotated[str | None, typer.Argument(help="Only this person, with everything that was recorded.")] = None,
) -> None:
    """Show everyone's final marks, or one person's marks and how they came about."""
    here = decider(folder)
    from grader.book.shown import final_table, history_lines, person_table

    if person is None:
        show("", final_table("Final marks", here.known.final()), "")
    else:
        one = here.person(person)
        mark = here.known.final_of(one)
        show("", person_table(mark), *mark.rules, *([mark.feedback] if mark.total is None else []))
        show("", *history_lines(here.book.history(one)))
    tell_conflicts(here.book.conflicts())


def override(
    folder: FolderArgument, person: PersonArgument, criterion: CriterionArgument, marks: MarksArgument, why: WhyOption,
    by: ByOption = "",
) -> None:  # fmt: skip
    """Give a person marks for a criterion other than those found by grading."""
    _done(decider(folder, by).override(person, criterion, _unless_none(marks), why))


def adjust(
    folder: FolderArgument,
    person: PersonArgument,
    label: Annotated[str, typer.Argument(help="The reason in words for the student, e.g. `Oral exam`.")],
    marks: MarksArgument,
    why: WhyOption,
    by: ByOption = "",
) -> None:
    """Add marks to a person's total, or subtract them: -2."""
    _done(decider(folder, by).adjust(person, label, _unless_none(marks), why))


def extend(
    folder: FolderArgument,
    person: PersonArgument,
    until: Annotated[str, typer.Argument(help="A moment such as 2024-06-22T23:59:00+05:30; `none` withdraws it.")],
    why: WhyOption,
    by: ByOption = "",
) -> None:
    """Give a person a later deadline."""
    here, moment = decider(folder, by), _unless_none(until)
    _done(here.extend(person, moment, why))
    if moment and (idle := here.idle_extension(person, moment)):
        tell(idle, "yellow")


def choose(
    folder: FolderArgument,
    person: PersonArgument,
    submission: Annotated[str, typer.Argument(help="Its name in marks.csv; `none` returns to the rule.")],
    why: WhyOption,
    by: ByOption = "",
) -> None:
    """Choose which hand-in of a person counts, whatever the rule says."""
    _done(decider(folder, by).choose(person, _unless_none(submission), why))


def mark(
    folder: FolderArgument,
    submission: Annotated[str, typer.Argument(help="The hand-in's name in marks.csv.")],
    criterion: CriterionArgument,
    marks: MarksArgument,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="A remark, which the student reads.")] = "",
    by: ByOption = "",
) -> None:
    """Mark a criterion that a person marks; the next `grader batch` shows the marks in to_mark.csv."""
    _done(decider(folder, by).mark(submission, criterion, _unless_none(marks), why))


def check_book(folder: FolderArgument) -> None:
    """Check whether the history is intact, and which entries contradict each other."""
    book = decider(folder).book
    problems, conflicts = book.problems(), book.conflicts()
    show(f"{len(book.history())} records, {len(problems)} of them wrong; {len(conflicts)} conflicts to settle")
    for problem in problems:
        tell(problem, "red")
    tell_conflicts(conflicts)
    if problems or conflicts:
        raise typer.Exit(CONFLICT)


def forget(
    folder: FolderArgument,
    person: PersonArgument,
    sure: Annotated[bool, typer.Option("--yes", help="Confirm; this cannot be undone.")] = False,
) -> None:
    """Delete the names, texts and files of a person; the history keeps only numbers."""
    with staff_extra("class"):
        from grader.book.forgetting import forget_person
    for line in forget_person(folder, person, sure=sure):
        show(line)


def use_database(
    folder: FolderArgument,
    url: Annotated[str, typer.Argument(help="A database's URL, such as postgresql+psycopg://ta@server/marks.")],
) -> None:
    """Move the book to another database, to which several people can write at the same time."""
    with staff_extra("class"):
        from grader.book.database import parsed, use
        from grader.book.moving import move_to
    target = parsed(url)
    copied = move_to(folder, target)
    use(folder, target)
    show(f"The book of {folder} is now in {target}; {copied} records were copied.")


def _unless_none(text: str) -> str | None:
    return None if text == "none" else text


def _done(conflicts: list[Conflict]) -> None:
    tell_conflicts(conflicts)
    if conflicts:
        raise typer.Exit(CONFLICT)
    show("Recorded.")


def tell_conflicts(conflicts: list[Conflict]) -> None:
    """Report entries that contradict each other."""
    if not conflicts:
        return
    from grader.book.marks import contradiction_words

    for conflict in conflicts:
        about = conflict.wanted.person or conflict.wanted.submission
        tell(f"CONFLICT, {about}: {contradiction_words(conflict)}", "bold red")


app = Commands(name="book", help="Show and change the book of a class.", no_args_is_help=True)
app.command("show")(show_book)
app.command("override")(override)
app.command("adjust", context_settings={"ignore_unknown_options": True})(adjust)  # or -2 would be an option
app.command("extend")(extend)
app.command("choose")(choose)
app.command("mark")(mark)
app.command("check")(check_book)
app.command("forget")(forget)
app.command("use")(use_database)
