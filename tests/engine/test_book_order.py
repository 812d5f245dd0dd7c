"""Independent records give the same marks in whatever order, and in however many transactions, they come."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL

from grader.book.database import Database
from grader.book.final_mark import FinalMark
from grader.book.history import Book, BookRecord, RecordKind, slot_of
from grader.book.marks import BookedClass
from grader.course.rubric.model import Rubric
from grader.roster.people import Roster

DEADLINE = datetime(2024, 6, 20, 18, 0, tzinfo=UTC)
RUBRIC = Rubric.model_validate(
    {
        "assignment": "demo",
        "title": "Demo",
        "marks": "4",
        "submissions": {"deadline": DEADLINE.isoformat()},
        "policy": {"late": {"per": "hour", "percent": 5}, "attempts": "best", "rounding": {"to": "0.25"}},
        "questions": [
            {
                "id": "q.one", "title": "One", "module": "m", "names": ["f"],
                "criteria": [
                    {"id": "q.one.code", "title": "code", "marks": "2"},
                    {"id": "q.one.text", "title": "text", "marks": "2", "manual": True},
                ],
            }
        ],
    }
)  # fmt: skip
PEOPLE = ["ada", "bob", "zoe"]
QUARTERS = st.integers(0, 8).map(lambda quarters: f"{quarters / 4}")
SUBMISSIONS = [f"{person}-{number}" for person in PEOPLE for number in (1, 2)]


def records(kind: RecordKind, **parts: Any) -> st.SearchStrategy[BookRecord]:
    parts = {"value": st.just({}), "who": st.sampled_from(["grace", "alan"]), **parts}
    return st.builds(BookRecord, st.just(kind), **parts)


def work(submission: str) -> str:
    return f"digest of {submission}"


@st.composite
def attempts(draw: st.DrawFn) -> list[BookRecord]:
    """A hand-in of one person or two together, what was found of it, and what was entered for it."""
    name = draw(st.sampled_from(SUBMISSIONS))
    hours = draw(st.integers(-3, 12))
    time = (DEADLINE + timedelta(hours=hours)).isoformat()
    people = draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=2))
    value = {"people": len(people), "time": time}
    found = {"criteria": {"q.one.code": ["passed", draw(QUARTERS)], "q.one.text": ["to_be_marked", "0"]}}
    made = [BookRecord(RecordKind.HAND_IN, value, "grader", one, name, work(name)) for one in sorted(people)]
    made.append(BookRecord(RecordKind.RESULT, found, "grader", submission=name, about=work(name)))
    if draw(st.booleans()):
        mark = {"marks": draw(QUARTERS), "work": work(name)}
        made.append(BookRecord(RecordKind.MARK, mark, "grace", submission=name, about="q.one.text", why="read"))
    return made


people = st.sampled_from(PEOPLE)
given_marks = QUARTERS.map(lambda marks: {"marks": marks})
decisions = st.one_of(
    records(RecordKind.OVERRIDE, value=given_marks, person=people, about=st.sampled_from(["q.one.code", "q.one.text"])),
    records(RecordKind.ADJUSTMENT, value=given_marks, person=people, about=st.sampled_from(["Oral exam", "Thanks"])),
    records(
        RecordKind.EXTENSION, person=people,
        value=st.integers(1, 9).map(lambda hours: {"until": (DEADLINE + timedelta(hours=hours)).isoformat()}),
    ),
    records(RecordKind.CHOICE, person=people, value=st.sampled_from(SUBMISSIONS).map(lambda one: {"work": work(one)})),
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[BookRecord]:
    """Records of different things."""
    drawn = [one for some in draw(st.lists(attempts(), max_size=4)) for one in some] + draw(
        st.lists(decisions, max_size=6)
    )
    return [*{slot_of(one): one for one in drawn}.values()]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with nothing but a rubric, to be copied."""
    path = tmp_path_factory.mktemp("book") / "book.sqlite"
    added = Book(Database(URL.create("sqlite", database=str(path))), "demo").add(
        [BookRecord(RecordKind.RUBRIC, {"rubric": RUBRIC.model_dump_json(by_alias=True)}, "grader")]
    )
    assert added == []
    return path


def marks_after(empty: Path, parts: Sequence[Sequence[BookRecord]]) -> list[FinalMark]:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, Path(folder) / "book.sqlite")
        book = Book(Database(URL.create("sqlite", database=str(path))), "demo")
        for part in parts:
            assert book.add(part) == []
        assert book.problems() == []
        return BookedClass(book, Roster()).final()


@given(history=histories(), data=st.data())
def test_the_same_book_whatever_the_order_of_independent_records(
    empty: Path, history: list[BookRecord], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(history))
    cut = data.draw(st.integers(0, len(shuffled)))
    one_by_one = marks_after(empty, [[record] for record in history])
    in_two = marks_after(empty, [shuffled[:cut], shuffled[cut:]])
    assert one_by_one == in_two


@given(history=histories(), data=st.data())
def test_what_was_recorded_and_recorded_again_in_between_does_not_matter(
    empty: Path, history: list[BookRecord], data: st.DataObject
) -> None:
    """Whoever repeats what is there already, at any time, changes nothing."""
    repeated = data.draw(st.lists(st.sampled_from(history), max_size=4)) if history else []
    assert marks_after(empty, [history]) == marks_after(empty, [history, *([one] for one in repeated)])
