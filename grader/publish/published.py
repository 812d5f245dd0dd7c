"""What students have seen: the mark of each that was published last, kept in the book."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from grader.book.history import Book, BookRecord, Conflict, RecordKind
from grader.core.decimals import decimal_text
from grader.publish.outgoing import Sent


def published(book: Book) -> dict[str, tuple[Fraction, ...]]:
    """Return the marks that were published to each person, the latest one last."""
    found: dict[str, tuple[Fraction, ...]] = {}
    for one in book.history():
        if one.kind is RecordKind.PUBLICATION and one.value:
            found[one.person] = (*found.get(one.person, ()), Fraction(one.value["marks"]))
    return found


def record(book: Book, platform: str, sent: Iterable[Sent], who: str) -> list[Conflict]:
    """Record what is published now; a mark that was published unchanged before adds nothing.

    Returns conflicts with what somebody else has published at the same moment.
    """
    before = {one.person: one.number for one in book.current(RecordKind.PUBLICATION).values()}
    return book.add(
        [
            BookRecord(
                RecordKind.PUBLICATION,
                {
                    "marks": one.text,
                    "maximum": decimal_text(one.student.mark.maximum),
                    "platform": platform,
                    "work": one.student.mark.work,
                },
                who,
                person=one.student.person.id,
                replaces=before.get(one.student.person.id, 0),
            )
            for one in sent
        ]
    )
