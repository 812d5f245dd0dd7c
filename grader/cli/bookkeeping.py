"""What `grader batch` and `grader regrade` record in the book, if its packages are installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.book import tell_conflicts
from grader.cli.edge import logged_in, some, tell
from grader.cohort.batch import Batch
from grader.cohort.carrying import Carrier
from grader.cohort.class_run import ClassRun, remembered_run, write_class_run

if TYPE_CHECKING:  # students' `grader` has no database
    from grader.book.history import Book

_NONE = "No book is kept of final marks, attempts and who entered what; for one, run pip install 'gradproof[class]'."


class BookKeeper:
    """Keeps the book of a class folder that a batch grades into."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._can = find_spec("sqlalchemy") is not None and find_spec("alembic") is not None

    def before(self) -> None:
        """Record what was entered in to_mark.csv, and add to it what was entered elsewhere."""
        if not self._can:
            return
        from grader.book.database import has_book
        from grader.book.entered import take_entries
        from grader.book.history import Book

        root = self._batch.out
        if has_book(root):
            book = Book.at(root, self._batch.rubric.assignment)
            tell_conflicts(take_entries(book, root, self._batch.rubric, logged_in()))

    def after(self) -> None:
        """Record what was graded, what was entered in to_mark.csv meanwhile, and how it was graded."""
        _note_run(self._batch)
        if not self._can:
            tell(_NONE)
            return
        from grader.book.entered import take_entries
        from grader.book.history import Book
        from grader.book.recording import record_class

        root, rubric = self._batch.out, self._batch.rubric
        if not (root / "marks.csv").is_file():
            return
        book = Book.at(root, rubric.assignment)
        conflicts = record_class(book, root, rubric)
        tell_conflicts([*conflicts, *take_entries(book, root, rubric, logged_in())])
        tell_not_given(book, root)


def tell_not_given(book: Book, root: Path) -> None:
    """Report hand-ins that count but cannot be graded or marked again, because no given export contains them."""
    from grader.book.recording import not_given

    if names := not_given(book, root):
        what = f"{len(names)} recorded hand-ins are not in the exports given last: {some(names)}"
        todo = "They count as recorded; to grade or mark them again, give all exports, the oldest first."
        tell(f"WARNING: {what}. {todo}", "yellow")


def _note_run(batch: Batch) -> None:
    """Record how a class was graded, for `grader regrade`."""
    carrier = Carrier(batch.course, batch.rubric, {})
    run = ClassRun(
        course=batch.course.root.resolve(),
        assignment=batch.rubric.assignment,
        inboxes=tuple(inbox.resolve() for inbox in batch.sources.inboxes),
        list=batch.list and batch.list.resolve(),
        times=batch.times and batch.times.resolve(),
        isolation=batch.isolation,
    )
    earlier = remembered_run(batch.out)
    if earlier and earlier.times and not batch.times:
        what = f"the last run was given --times {earlier.times}, and this one was not"
        tell(f"WARNING: {what}: the times in it do not count any more. Give it each time.", "yellow")
    known = earlier.graded_by.get(carrier.sources) if earlier else None
    write_class_run(batch.out, run.remembering(carrier.sources, known or carrier.fingerprints, earlier))
