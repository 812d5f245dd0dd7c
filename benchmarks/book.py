"""How long the book of a large class takes: made-up students, in a file of SQLite or in the database that is named.

`python benchmarks/book.py [--students N] [--by-hand N] [URL]` records hand-ins and results of 40 criteria, marks by
hand, extensions and overrides, and works out everybody's final mark. No code of students is graded.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from sqlalchemy import URL, make_url

from grader.book.database import Database
from grader.book.history import Book, BookRecord, RecordKind
from grader.book.marks import BookedClass
from grader.course.rubric.model import Rubric
from grader.roster.people import Roster

DEADLINE = datetime(2024, 6, 20, 18, 0, tzinfo=UTC)
QUESTIONS, EACH = 10, 4
T = TypeVar("T")


def rubric(by_hand: int) -> Rubric:
    """Return a rubric of 40 criteria of which a person marks some, with a rule of each kind."""
    names = [f"q{question}.c{criterion}" for question in range(QUESTIONS) for criterion in range(EACH)]
    manual = {*names[:by_hand]}
    questions = [
        {
            "id": f"q{question}",
            "title": f"Question {question}",
            "module": "m",
            "names": ["f"],
            "criteria": [
                {"id": name, "title": name, "marks": 1, "manual": name in manual}
                for name in names[question * EACH : question * EACH + EACH]
            ],
        }
        for question in range(QUESTIONS)
    ]
    policy = {"late": {"per": "day", "percent": 10, "at_most": 50}, "rounding": {"to": "0.5"}}
    policy |= {"drop": [{"lowest": 1, "of": ["q0", "q1"]}]}
    submissions = {"deadline": DEADLINE.isoformat()}
    return Rubric.model_validate(
        {"assignment": "demo", "title": "Demo", "marks": QUESTIONS * EACH, "policy": policy, "submissions": submissions}
        | {"questions": questions}
    )


def graded(made: Rubric, students: int, chance: Random) -> Iterator[BookRecord]:
    """Yield what a batch records."""
    yield BookRecord(RecordKind.RUBRIC, {"rubric": made.model_dump_json(by_alias=True)}, "grader")
    for number in range(students):
        name = f"cs{number:05}"
        moment = DEADLINE + timedelta(hours=chance.uniform(-72, 24))
        yield BookRecord(
            RecordKind.HAND_IN, {"people": 1, "time": moment.isoformat()}, "grader", name, name, f"work {number}"
        )
        ended = {c.id: ["to_be_marked", "0"] if c.manual else _ended(chance) for c in made.criteria}
        yield BookRecord(RecordKind.RESULT, {"criteria": ended}, "grader", submission=name, about=f"work {number}")


def decided(made: Rubric, students: int, chance: Random) -> Iterator[BookRecord]:
    """Yield what people record."""
    by_hand = [criterion.id for criterion in made.criteria if criterion.manual]
    for number in range(students):
        name = f"cs{number:05}"
        for criterion in by_hand:
            yield BookRecord(RecordKind.MARK, {"marks": "0.5"}, "grace", submission=name, about=criterion)
        if chance.random() < 0.05:
            until = (DEADLINE + timedelta(days=2)).isoformat()
            yield BookRecord(RecordKind.EXTENSION, {"until": until}, "grace", name, why="ill")
        if chance.random() < 0.05:
            yield BookRecord(RecordKind.OVERRIDE, {"marks": "1"}, "grace", name, about="q9.c3", why="a slip")


def _ended(chance: Random) -> list[str]:
    return ["passed", "1"] if chance.random() < 0.7 else ["failed", "0"]


def timed(what: str, work: Callable[[], T]) -> T:
    """Return what some work returns, and print how long it took, on the wall and of this process's CPU time."""
    start, cpu = time.perf_counter(), time.process_time()
    done = work()
    print(f"{what:<34} {time.perf_counter() - start:6.1f} s {time.process_time() - cpu:6.1f} s CPU")
    return done


def main() -> None:
    """Measure, and print each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument("--by-hand", type=int, default=4, help="how many of the 40 criteria a person marks")
    told = parser.parse_args()
    made, chance = rubric(told.by_hand), Random(1)
    with tempfile.TemporaryDirectory() as folder:
        url = make_url(told.url) if told.url else URL.create("sqlite", database=str(Path(folder) / "book.sqlite"))
        book = Book(Database(url), "demo")
        batch, people = [*graded(made, told.students, chance)], [*decided(made, told.students, chance)]
        print(f"{told.students} students x {QUESTIONS * EACH} criteria, {told.by_hand} of them by hand")
        timed(f"record {len(batch)} of a batch", lambda: book.add(batch))
        timed("record the same batch again", lambda: book.add(batch))
        timed(f"record {len(people)} of people", lambda: book.add(people))
        known = timed("read the book", lambda: BookedClass(book, Roster()))
        marks = timed("work out everybody's final mark", known.final)
        timed("see that the history is whole", book.problems)
    totals = [mark.total for mark in marks if mark.total is not None]
    print(
        f"{len(totals)} final marks, {float(sum(totals)) / len(totals):.2f} of {float(marks[0].maximum):g} on average"
    )


if __name__ == "__main__":
    main()
