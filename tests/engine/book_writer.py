"""A marker as a process: adds marks to a book one by one and says of each that it was confirmed.

`book_writer.py URL NAME FIRST LAST SHARED`: marks numbers FIRST to LAST. Those below SHARED are of hand-ins that others
mark too, the rest of this marker's own. It begins when it is told to, by a line on standard input.
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import make_url

from grader.book.database import Database
from grader.book.history import Book, BookRecord, RecordKind
from grader.core.errors import UsageError


def main(url: str, name: str, first: int, last: int, shared: int) -> None:
    """Add the marks; where the database does not answer, the same again until it does."""
    sys.stdin.readline()
    book = None
    for number in range(first, last + 1):
        hand_in = f"hand-in {number}" if number < shared else f"hand-in {number} of {name}"
        record = BookRecord(RecordKind.MARK, {"marks": f"{number}", "by": name}, name, submission=hand_in, about="a.b")
        while True:
            try:
                book = book or Book(Database(make_url(url)), "hw1")
                conflicts = book.add([record])
                break
            except UsageError:
                time.sleep(0.05)
        sys.stdout.write(f"{number} {'conflict' if conflicts else 'added'}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
