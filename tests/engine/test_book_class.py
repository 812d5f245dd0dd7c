"""A class and its book through the command line: grading, marks by hand, decisions, regrading, forgetting."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from grader.book.final_mark import FinalMark, Status
from grader.book.history import BookRecord, RecordKind, Slot
from grader.book.marks import BookedClass, final_marks, open_book
from grader.book.recording import record_class
from grader.book.regrading import Regrading
from grader.cli.book import app
from grader.cli.regrade import regrade
from grader.cohort.batch import Graded, Watch
from grader.core.errors import GradproofError, UsageError
from grader.results.result import Result
from grader.roster.assigned import read_assigned, write_assigned
from grader.roster.attempts import Attempt, read_attempts, write_attempts
from grader.roster.people import Roster
from grader.roster.written import read_roster

Command = Callable[..., subprocess.CompletedProcess[str]]
RULES = """\
submissions: {deadline: "2024-06-20T18:00:00+00:00"}
policy: {late: {per: day, percent: 10}, attempts: last}
"""
BY_HAND = """\
  - id: sums.proof
    title: (c) A proof
    criteria:
      - {id: sums.proof.steps, title: the steps are right, marks: 2, manual: true}
      - {id: sums.proof.neat, title: it can be read, marks: -1, manual: true}
"""
RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
TIMES = "submission,time\nada,2024-06-20T12:00:00+00:00\nbob,2024-06-21T12:00:00+00:00\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, grader: Command, make_tiny_course: Callable[[Path], Path]) -> Path:
    """A folder with a course, an inbox of three and the class graded from it, to be copied."""
    folder = tmp_path_factory.mktemp("class")
    course = make_tiny_course(folder)
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8").replace("marks: 3\n", f"marks: 5\n{RULES}", 1)
    rubric.write_text(text + BY_HAND, encoding="utf-8")
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "ada.py").write_text(RIGHT)
    (inbox / "bob.py").write_text(RIGHT.replace("3 *", "4 *"))
    (inbox / "eve.pdf").write_text("not Python")
    (folder / "times.csv").write_text(TIMES)
    done = batch(grader, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def marked(graded: Path, tmp_path_factory: pytest.TempPathFactory, grader: Command) -> Path:
    """The same class, in which a person has marked what is to be marked."""
    folder = copied(graded, tmp_path_factory.mktemp("marked"))
    for name in ("ada", "bob"):
        enter(folder, name, "sums.proof.steps", "2")
        enter(folder, name, "sums.proof.neat", "0")
    done = batch(grader, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def class_(graded: Path, tmp_path: Path) -> Path:
    """A copy of the class that is graded."""
    return copied(graded, tmp_path)


@pytest.fixture
def marked_class(marked: Path, tmp_path: Path) -> Path:
    """A copy of the class that is marked."""
    return copied(marked, tmp_path)


def copied(graded: Path, into: Path) -> Path:
    """Return a copy of a class, in which it was graded where the copy lies."""
    folder = into / "class"
    shutil.copytree(graded, folder)
    run = json.loads((folder / "out" / "last_run.json").read_text(encoding="utf-8"))
    moved = {"course": str(folder / "course"), "inboxes": [str(folder / "inbox")], "times": str(folder / "times.csv")}
    (folder / "out" / "last_run.json").write_text(json.dumps(run | moved))
    return folder


def batch(grader: Command, folder: Path, *, times: bool = True) -> subprocess.CompletedProcess[str]:
    told = ("--times", folder / "times.csv") if times else ()
    return grader(
        "batch", folder / "inbox", "-a", "tiny", "--out", folder / "out", "--course", folder / "course", *told,
        "--isolation", "process",
    )  # fmt: skip


def marks(folder: Path) -> dict[str, FinalMark]:
    return {mark.person: mark for mark in final_marks(folder / "out")}


def enter(folder: Path, submission: str, criterion: str, given: str, remark: str = "") -> None:
    """Type marks into to_mark.csv."""
    path = folder / "out" / "to_mark.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if (row["submission"], row["criterion"]) == (submission, criterion):
            row["marks"], row["remark"] = given, remark
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def entered(folder: Path) -> dict[tuple[str, str], tuple[str, str]]:
    with (folder / "out" / "to_mark.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["submission"], row["criterion"]): (row["marks"], row["remark"]) for row in csv.DictReader(file)}


def decide(class_: Path, what: str, *words: str) -> tuple[int, str]:
    """Run `grader book …` in this process; return its exit code, and what it said."""
    done = CliRunner().invoke(app, [what, str(class_ / "out"), *words])
    if isinstance(done.exception, GradproofError):
        return done.exception.exit_code, str(done.exception)
    return done.exit_code, done.output


def test_a_batch_flows_into_the_book_and_what_is_typed_into_the_list_too(grader: Command, class_: Path) -> None:
    before = marks(class_)
    assert {name: mark.status for name, mark in before.items()} == {
        "ada": Status.TO_MARK, "bob": Status.TO_MARK, "eve.pdf": Status.REFUSED,
    }  # fmt: skip
    assert "not a submission" in before["eve.pdf"].feedback
    for name, steps, neat in (("ada", "2", "0"), ("bob", "1,5", "-0.5")):
        enter(class_, name, "sums.proof.steps", steps, "see line 2")
        enter(class_, name, "sums.proof.neat", neat)
    assert batch(grader, class_).returncode == 0
    after = marks(class_)
    # 1 + 2 + 2; and 1 + 0 + 1.5 − 0.5 = 2, of which a day of lateness takes 10 %.
    assert (after["ada"].total, after["bob"].total, after["ada"].maximum) == (5, Fraction("1.8"), 5)
    assert after["bob"].rules == ("Handed in 18 hours after the deadline: 1 day, 10 % of 2: −0.2.",)
    assert after["bob"].closing == f"- {after['bob'].rules[0]}"
    assert "see line 2" in after["bob"].feedback
    again = batch(grader, class_)
    assert "CONFLICT" not in again.stderr
    history = open_book(class_ / "out").history()
    assert [one.kind for one in history].count(RecordKind.MARK) == 4
    assert [one.kind for one in history].count(RecordKind.RESULT) == 3


def test_more_than_may_be_taken_away_is_refused(grader: Command, class_: Path) -> None:
    enter(class_, "ada", "sums.proof.neat", "-1.5")
    done = batch(grader, class_)
    assert done.returncode == 2
    assert "deducts more than -1" in done.stderr
    enter(class_, "ada", "sums.proof.neat", "0.5")
    assert "written with a minus" in batch(grader, class_).stderr


def test_what_is_marked_in_the_book_comes_into_the_list_and_is_not_taken_for_typed(
    grader: Command, class_: Path
) -> None:
    assert decide(class_, "mark", "ada", "sums.proof.steps", "1.5", "--why", "nearly", "--by", "grace")[0] == 0
    assert batch(grader, class_).returncode == 0
    assert entered(class_)["ada", "sums.proof.steps"] == ("1.5", "nearly")
    enter(class_, "ada", "sums.proof.steps", "2", "on second thoughts")
    assert batch(grader, class_).returncode == 0
    holds = open_book(class_ / "out").current(RecordKind.MARK)[
        Slot(RecordKind.MARK, submission="ada", about="sums.proof.steps")
    ]
    assert (holds.value["marks"], holds.why) == ("2", "on second thoughts")
    enter(class_, "ada", "sums.proof.steps", "")
    assert batch(grader, class_).returncode == 0
    assert marks(class_)["ada"].status is Status.TO_MARK


def test_the_list_and_the_book_changed_at_once_is_a_conflict_that_shows_and_loses_neither(
    grader: Command, class_: Path
) -> None:
    enter(class_, "ada", "sums.proof.steps", "2", "all there")
    decide(class_, "mark", "ada", "sums.proof.steps", "1", "--why", "a gap", "--by", "grace")
    done = batch(grader, class_)
    assert "CONFLICT, ada: For sums.proof.steps grace has entered 1 and" in done.stderr
    assert entered(class_)["ada", "sums.proof.steps"] == ("1", "a gap")
    mark = marks(class_)["ada"]
    assert (mark.status, mark.total) == (Status.CONFLICT, None)
    code, told = decide(class_, "check")
    assert (code, "1 conflicts" in told) == (1, True)
    decide(class_, "mark", "ada", "sums.proof.steps", "1.5", "--why", "agreed")
    assert marks(class_)["ada"].status is Status.TO_MARK  # the other criterion
    assert decide(class_, "check")[0] == 0


def test_decisions_are_told_with_who_and_why_and_can_be_taken_back(grader: Command, marked_class: Path) -> None:
    assert marks(marked_class)["bob"].total == Fraction("2.7")  # 3 less 10 %
    decide(marked_class, "override", "bob", "sums.triple.value", "1", "--why", "a slip", "--by", "grace")
    decide(marked_class, "adjust", "bob", "Oral exam", "0.5", "--why", "convincing")
    decide(marked_class, "extend", "bob", "2024-06-22T18:00:00+00:00", "--why", "ill")
    mark = marks(marked_class)["bob"]
    assert mark.total == Fraction("4.5")
    assert mark.rules == ("Handed in before the extended deadline.", "Oral exam: +0.5 (convincing).")
    shown = grader("book", "show", marked_class / "out", "bob").stdout
    for words in ("Changed by staff from 0 to 1: a slip", "grace: override sums.triple.value 1: a slip", "4.5 / 5"):
        assert words in " ".join(shown.split())
    for what in (("override", "bob", "sums.triple.value"), ("adjust", "bob", "Oral exam"), ("extend", "bob")):
        assert decide(marked_class, *what, "none", "--why", "a mistake") == (0, "Recorded.\n")
    assert marks(marked_class)["bob"].total == Fraction("2.7")
    assert "4.5 / 5" not in decide(marked_class, "show")[1]


def test_marks_are_taken_as_people_type_them(marked_class: Path) -> None:
    for typed, total in (("-2", "0.7"), ("+0,5", "3.2"), ("−1", "1.7"), ("0.25", "2.95")):
        assert decide(marked_class, "adjust", "bob", "Oral exam", typed, "--why", "x")[0] == 0
        assert marks(marked_class)["bob"].total == Fraction(total)  # 2.7 before
    assert decide(marked_class, "adjust", "bob", "Oral exam", "1.234,5", "--why", "x")[0] == 2
    assert decide(marked_class, "adjust", "bob", "Oral exam", "1", "-why", "x")[0] == 2


def test_who_handed_in_too_late_is_not_said_to_have_handed_in_nothing(marked_class: Path) -> None:
    book = open_book(marked_class / "out")
    [told] = book.current(RecordKind.RUBRIC).values()
    rubric = json.loads(told.value["rubric"])
    rubric["policy"]["late"]["accepted_hours"] = 1
    book.add([replace(told, value={"rubric": json.dumps(rubric)}, replaces=told.number)])
    mark = marks(marked_class)["bob"]
    assert (mark.status, mark.total, mark.came_too_late) == (Status.MISSING, 0, True)
    assert mark.feedback.strip() == "What was handed in came too late to count."
    line = "bob: Handed in 18 hours after the deadline, which is too late to count."
    assert line in " ".join(decide(marked_class, "show")[1].split())
    said = " ".join(decide(marked_class, "show", "bob")[1].split())
    assert "Final mark came too late to count 0 / 5" in said
    assert line in said
    decide(marked_class, "choose", "bob", "bob", "--why", "the network was down")
    assert marks(marked_class)["bob"].total == Fraction("2.7")


def test_a_roster_of_another_class_is_told(grader: Command, class_: Path) -> None:
    roster = class_ / "out" / "roster.csv"
    roster.write_text("id,name\ncs20b001,Old Student\n", encoding="utf-8")
    done = batch(grader, class_, times=False)
    assert "1 on the roster handed in nothing" in done.stdout
    assert "3 hand-ins of nobody on the roster" in done.stdout
    assert "knows nobody who has handed in: if it is another class's, delete it" in " ".join(done.stderr.split())
    roster.write_text("id,name\ncs20b001,Old Student\nada,Ada\n", encoding="utf-8")
    assert "knows nobody" not in batch(grader, class_, times=False).stderr


def test_a_table_of_times_that_is_not_given_again_is_told(grader: Command, marked_class: Path) -> None:
    assert marks(marked_class)["bob"].total == Fraction("2.7")  # 10 % less for a day
    done = batch(grader, marked_class, times=False)
    told = " ".join(done.stderr.split())
    assert f"the last run was given --times {marked_class / 'times.csv'}, and this one was not" in told
    assert marks(marked_class)["bob"].total == 3
    assert "the last run was given" not in batch(grader, marked_class).stderr
    assert marks(marked_class)["bob"].total == Fraction("2.7")


def test_somebody_of_the_roster_who_handed_in_nothing_has_0_and_what_staff_give(class_: Path) -> None:
    (class_ / "out" / "roster.csv").write_text("id,name\nada,Ada\nzoe,Zoe\n", encoding="utf-8")
    found = marks(class_)
    assert (found["zoe"].status, found["zoe"].total, found["zoe"].feedback.strip()[:8]) == (
        Status.MISSING,
        0,
        "Nothing ",
    )
    assert decide(class_, "override", "Zoe", "sums.double.value", "1", "--why", "shown in class")[0] == 0
    assert marks(class_)["zoe"].total == 1


def test_an_extension_of_the_roster_counts_and_the_later_of_two_does(marked_class: Path) -> None:
    roster = marked_class / "out" / "roster.csv"
    roster.write_text("id,name,extensions\nbob,Bob,tiny=+12h\n", encoding="utf-8")
    # 18 hours late without an extension, 6 with it: a day all the same.
    assert marks(marked_class)["bob"].rules[0].startswith("Handed in 6 hours after the extended deadline: 1 day")
    decide(marked_class, "extend", "bob", "2024-06-21T00:00:00+00:00", "--why", "an hour")
    assert marks(marked_class)["bob"].rules[0].startswith("Handed in 6 hours")
    roster.write_text("id,name,extensions\nbob,Bob,*=+2d\n", encoding="utf-8")
    told = ("Handed in before the extended deadline.",)
    assert (marks(marked_class)["bob"].total, marks(marked_class)["bob"].rules) == (3, told)


def test_what_is_handed_in_together_counts_for_each(class_: Path) -> None:
    out = class_ / "out"
    attempts = [one for one in read_attempts(out) if one.submission != "ada"]
    book = open_book(out)
    rubric = BookedClass(book, Roster()).rubric
    for people in (("ada", "zoe"), ("zoe",)):
        write_attempts(out, [*attempts, Attempt("ada", people)])
        assert record_class(book, out, rubric) == []
        found = marks(class_)
        assert {"ada", "zoe"} & {*found} == {*people}
        assert [one.marks for one in found["zoe"].criteria] == [1, 2, None, None]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("override", "bop", "sums.triple.value", "1", "--why", "x"), "did you mean `bob`?"),
        (("override", "bob", "sums.tripel.value", "1", "--why", "x"), "did you mean `sums.triple.value`?"),
        (("override", "bob", "sums.triple.value", "3", "--why", "x"), "from 0 to 2"),
        (("override", "bob", "sums.triple.value", "much", "--why", "x"), "a number such as 2"),
        (("override", "bob", "sums.triple.value", "1", "--why", " "), "a decision needs a reason"),
        (("extend", "bob", "2024-06-22", "--why", "x"), "a date with time and zone"),
        (("choose", "bob", "ada", "--why", "x"), "one of bob"),
        (("mark", "adda", "sums.proof.steps", "1"), "did you mean `ada`?"),
        (("mark", "ada", "sums.triple.value", "1"), "use `grader book override`"),
        (("adjust", "bob", " ", "1", "--why", "x"), "needs a label"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_recorded(
    graded: Path, words: tuple[str, ...], said: str
) -> None:
    before = len(open_book(graded / "out").history())
    code, told = decide(graded, *words)
    assert code == 2
    assert said in told
    assert len(open_book(graded / "out").history()) == before


def test_a_folder_without_a_book_is_told(grader: Command, tmp_path: Path) -> None:
    for command in (("book", "show", tmp_path), ("regrade", tmp_path)):
        done = grader(*command)
        assert done.returncode == 2
        assert "grader batch" in done.stderr


def test_a_later_attempt_of_the_same_name_counts_and_the_earlier_one_stays_in_the_book(
    grader: Command, class_: Path
) -> None:
    (class_ / "inbox" / "bob.py").write_text(RIGHT)
    batch(grader, class_)
    book = open_book(class_ / "out")
    assert len([slot for slot in book.current(RecordKind.HAND_IN) if slot.person == "bob"]) == 2
    triple = next(one for one in marks(class_)["bob"].criteria if one.id == "sums.triple.value")
    assert triple.marks == 2
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in (class_ / "out" / "history").glob("*.json")]
    assert sorted(one["marks"] for one in kept if one["submission"] == "bob") == ["1", "3"]


def test_an_attempt_keeps_the_marks_that_were_entered_for_it(grader: Command, marked_class: Path) -> None:
    rubric = marked_class / "course" / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text(encoding="utf-8").replace("attempts: last", "attempts: first"), encoding="utf-8")
    (marked_class / "inbox" / "ada.py").write_text(RIGHT.replace("3 *", "5 *"))
    batch(grader, marked_class)
    out = marked_class / "out"
    assert (marks(marked_class)["ada"].total, len(open_book(out).current(RecordKind.RESULT))) == (5, 4)
    decide(marked_class, "mark", "ada", "sums.proof.steps", "0.5", "--why", "of the second")
    assert marks(marked_class)["ada"].total == 5
    latest = json.loads((out / "results" / "ada.json").read_text(encoding="utf-8"))["provenance"]["submission_sha256"]
    decide(marked_class, "choose", "ada", latest[:12], "--why", "asked for it")
    assert marks(marked_class)["ada"].total == Fraction("1.5")  # 1 + 0 + 0.5


def test_which_attempt_came_first_stays_whatever_is_learnt_of_it_later(grader: Command, marked_class: Path) -> None:
    out = marked_class / "out"
    (marked_class / "inbox" / "bob.py").write_text(RIGHT)
    (marked_class / "times.csv").write_text("submission,time\nada,2024-06-20T12:00:00+00:00\n")
    batch(grader, marked_class)
    book = open_book(out)
    known = {slot: one for slot, one in book.current(RecordKind.HAND_IN).items() if slot.person == "bob"}
    first = min(known.values(), key=lambda one: one.number)
    # Somebody finds out that two have handed in the first attempt.
    learnt = {**first.value, "people": 2, "time": None}
    book.add([replace(first, value=learnt, replaces=first.number, at=datetime.now(UTC))])
    assert [c.marks for c in marks(marked_class)["bob"].criteria][:2] == [1, 2]  # the second still counts


def mend(class_: Path) -> None:
    """Have the check of triple accept four times as well."""
    suite = class_ / "course" / "tests" / "hidden" / "test_sums.py"
    suite.write_text(suite.read_text(encoding="utf-8").replace("== 3 * 7", "in (21, 28)"), encoding="utf-8")


def results(class_: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in (class_ / "out" / "results").glob("[a-z]*.json")}


def test_regrading_shows_whose_marks_change_by_what_and_changes_nothing_until_told(
    grader: Command, marked_class: Path
) -> None:
    book = open_book(marked_class / "out")
    book.add([BookRecord(RecordKind.PUBLICATION, {"marks": "2.7"}, "grace", "bob", about="moodle")])
    kept, table, records = results(marked_class), (marked_class / "out" / "marks.csv").read_bytes(), len(book.history())
    mend(marked_class)
    done = grader("regrade", marked_class / "out")
    assert done.returncode == 0, done.stderr
    assert "Affected: sums.triple.value\n" in done.stdout
    line = " ".join(next(line for line in done.stdout.splitlines() if line.startswith("bob")).split())
    assert line == "bob 2.7 / 5 4.5 / 5 2.7 sums.triple.value: 0 → 2"  # 1 + 2 + 2 less 10 %
    assert "ada" not in done.stdout.partition("Whose marks")[2]
    assert (results(marked_class), (marked_class / "out" / "marks.csv").read_bytes()) == (kept, table)
    assert len(book.history()) == records
    applied = grader("regrade", marked_class / "out", "--apply")
    assert applied.returncode == 0, applied.stderr
    assert not (marked_class / "out" / "regrade").exists()
    assert marks(marked_class)["bob"].total == Fraction("4.5")
    assert book.current(RecordKind.PUBLICATION)[Slot(RecordKind.PUBLICATION, "bob", "", "moodle")].value == {
        "marks": "2.7"
    }
    # What was carried over is what a run from the beginning finds.
    fresh = grader(
        "batch", marked_class / "inbox", "-a", "tiny", "--out", marked_class / "fresh",
        "--course", marked_class / "course", "--isolation", "process",
    )  # fmt: skip
    assert fresh.returncode == 0, fresh.stderr
    for name, text in results(marked_class).items():
        assert text == (marked_class / "fresh" / "results" / f"{name}.json").read_text(encoding="utf-8")
    assert "Nobody's marks change." in grader("regrade", marked_class / "out").stdout


def test_only_what_a_mended_check_touches_is_graded_again(grader: Command, class_: Path) -> None:
    mend(class_)
    public = class_ / "course" / "tests" / "public" / "test_sums.py"
    public.write_text("# a comment that changes the bytes and nothing else\n" + public.read_text(encoding="utf-8"))
    # What was found of the other question gets a remark that no check would give it.
    remark = "found before the check was mended"
    for name, text in results(class_).items():
        document = json.loads(text)
        document["questions"][0]["criteria"][0]["remarks"] = [remark]
        (class_ / "out" / "results" / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    before = {name: Result.from_json(text) for name, text in results(class_).items()}
    done = grader("regrade", class_ / "out", "--apply")
    assert "Affected: sums.triple.value\n" in done.stdout
    for name, text in results(class_).items():
        now = Result.from_json(text)
        assert now.provenance.suites_sha256 != before[name].provenance.suites_sha256
        assert now.criteria[0].remarks == (remark,)
        assert now.criteria[1].outcome == "passed"


def test_a_changed_rubric_touches_what_it_says_of_a_criterion(grader: Command, class_: Path) -> None:
    rubric = class_ / "course" / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    text = text.replace("title: it is twice the number", "title: it is two times the number")
    rubric.write_text(
        text.replace("three times the number, marks: 2}", "three times the number, marks: 3}").replace(
            "marks: 5\n", "marks: 6\n"
        )
    )
    done = grader("regrade", class_ / "out", "--apply")
    assert "Affected: sums.triple.value\n" in done.stdout, done.stderr
    ada = Result.from_json(results(class_)["ada"])
    assert (ada.marks, ada.max_marks, ada.criteria[0].title) == ("4", "6", "it is two times the number")


def test_a_result_that_was_changed_since_is_not_shown_as_feedback(class_: Path) -> None:
    assert "Three times a number" in marks(class_)["ada"].feedback
    for path in (class_ / "out" / "history").glob("*.json"):
        path.write_text(path.read_text(encoding="utf-8").replace("Three times", "Four times"), encoding="utf-8")
    page = marks(class_)["ada"].feedback
    assert "times a number" not in page
    assert "was changed since" in page


def test_forgetting_somebody_leaves_no_name_in_the_folder(grader: Command, class_: Path) -> None:
    (class_ / "out" / "roster.csv").write_text(
        "id,name,email\nada,Ada Lovelace,ada@example.org\nbob,Bob,\n", encoding="utf-8"
    )
    decide(class_, "override", "ada", "sums.double.value", "1", "--why", "Ada was right")
    assert "add --yes" in decide(class_, "forget", "ada")[1]
    assert (class_ / "out" / "results" / "ada.json").exists()
    done = grader("book", "forget", class_ / "out", "ada", "--yes")
    assert done.returncode == 0, done.stderr
    left = [path for path in (class_ / "out").rglob("*") if path.is_file() and b"Ada was right" in path.read_bytes()]
    assert left == []
    assert not (class_ / "out" / "results" / "ada.json").exists()
    assert not (class_ / "out" / "feedback" / "ada.md").exists()
    assert "Lovelace" not in (class_ / "out" / "roster.csv").read_text(encoding="utf-8")
    assert "ada" not in decide(class_, "show")[1]
    assert any(one.person.startswith("forgotten-") for one in open_book(class_ / "out").history())
    assert decide(class_, "check")[0] == 0


def test_who_is_forgotten_is_in_no_list_and_the_next_batch_goes_on(grader: Command, marked_class: Path) -> None:
    """Catches: marks entered for a forgotten hand-in that the next batch takes for typed anew."""
    out = marked_class / "out"
    enter(marked_class, "ada", "sums.proof.steps", "1", "Ada, see line 2")
    assert batch(grader, marked_class).returncode == 0
    (out / "roster.csv").write_text("id,name\nada,Ada\nbob,Bob\n", encoding="utf-8")
    write_assigned(out, {"ada": ("ada",), "bob": ("ada", "bob")})
    open_list = (out / "to_mark.csv").read_bytes()
    assert b"ada" in (out / "to_mark.csv.bak").read_bytes()
    assert grader("book", "forget", out, "ada", "--yes").returncode == 0
    for name in ("to_mark.csv", "to_mark.csv.bak"):
        with (out / name).open(encoding="utf-8-sig", newline="") as file:
            assert [row["submission"] for row in csv.DictReader(file)] == ["bob", "bob"]
    assert read_assigned(out, read_roster(out)) == {"bob": ("bob",)}
    (marked_class / "inbox" / "ada.py").unlink()
    (marked_class / "times.csv").write_text("submission,time\nbob,2024-06-20T12:00:00+00:00\n")
    done = batch(grader, marked_class)
    assert done.returncode == 0, done.stderr
    # Somebody had the list open meanwhile, and saves it as it was.
    (out / "to_mark.csv").write_bytes(open_list)
    done = batch(grader, marked_class)
    assert (done.returncode, "no submission here has this name" in done.stderr) == (2, True)
    assert "to be replaced" not in done.stderr
    assert [one.criteria[2].marks for one in marks(marked_class).values() if one.person == "bob"] == [2]


def test_what_is_graded_while_a_class_is_regraded_is_not_lost(
    grader: Command, class_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(class_)
    original = Regrading.grade

    def beside_a_batch(self: Regrading, expect: Callable[[int], None], watch: Watch) -> Graded:
        (class_ / "inbox" / "zoe.py").write_text(RIGHT)
        assert batch(grader, class_).returncode == 0
        return original(self, expect, watch)

    command = typer.Typer()
    command.command()(regrade)
    with monkeypatch.context() as patched:
        patched.setattr(Regrading, "grade", beside_a_batch)
        patched.setattr("signal.signal", lambda *_: None)
        done = CliRunner().invoke(command, [str(class_ / "out"), "--apply"])
    assert isinstance(done.exception, UsageError)
    assert "run `grader regrade` again" in str(done.exception)
    assert {*results(class_)} == {"ada", "bob", "zoe"}
    assert grader("regrade", class_ / "out", "--apply").returncode == 0
    assert {*results(class_)} == {"ada", "bob", "zoe"}


def test_a_later_export_given_alone_is_told_of_and_what_came_before_counts(grader: Command, class_: Path) -> None:
    later = class_ / "later"
    later.mkdir()
    (later / "zoe.py").write_text(RIGHT)
    (class_ / "times.csv").write_text("submission,time\nzoe,2024-06-20T12:00:00+00:00\n")
    command = ("-a", "tiny", "--out", class_ / "out", "--course", class_ / "course", "--isolation", "process")
    told = "3 recorded hand-ins are not in the exports given last: ada, bob, eve.pdf."
    alone = grader("batch", later, *command)
    assert (alone.returncode, told in alone.stderr) == (0, True), alone.stderr
    assert {*marks(class_)} == {"ada", "bob", "eve.pdf", "zoe"}
    assert told in grader("regrade", class_ / "out").stderr
    both = grader("batch", class_ / "inbox", later, *command)
    assert (both.returncode, "given last" in both.stderr) == (0, False), both.stderr


def test_a_person_given_for_a_hand_in_is_told_which_there_are(class_: Path) -> None:
    out = class_ / "out"
    write_attempts(out, [Attempt("ada", ("zoe",)), *(one for one in read_attempts(out) if one.submission != "ada")])
    book = open_book(out)
    record_class(book, out, BookedClass(book, Roster()).rubric)
    code, told = decide(class_, "mark", "zoe", "sums.proof.steps", "1")
    assert (code, "name a hand-in of this person: `ada`" in told) == (2, True)


def test_an_extension_that_changes_nothing_is_told(grader: Command, class_: Path) -> None:
    (class_ / "out" / "roster.csv").write_text("id,extensions\nbob,tiny=+12h\n", encoding="utf-8")
    extend = ("book", "extend", class_ / "out", "bob")
    later = grader(*extend, "2024-06-21T12:00:00+00:00", "--why", "ill")
    assert (later.returncode, later.stdout, later.stderr) == (0, "Recorded.\n", "")
    earlier = grader(*extend, "2024-06-21T05:00:00+00:00", "--why", "ill")
    assert (earlier.returncode, earlier.stdout) == (0, "Recorded.\n")
    assert "bob has time until 2024-06-21T06:00:00+00:00 anyway" in earlier.stderr
    rubric = class_ / "course" / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    for gone, words in (
        ("late: {per: day, percent: 10}, ", "no rule for late work"),
        (RULES.splitlines()[0], "no deadline"),
    ):
        assert gone in text
        rubric.write_text(text := text.replace(gone, ""), encoding="utf-8")
        assert batch(grader, class_).returncode == 0
        assert words in grader(*extend, "2024-06-22T12:00:00+00:00", "--why", "ill").stderr


def test_an_extension_for_no_assignment_is_told_and_case_does_not_matter(grader: Command, marked_class: Path) -> None:
    table = marked_class / "people.csv"
    table.write_text("id,extensions\nbob,TINY=+2d\n", encoding="utf-8")
    done = grader("roster", "import", marked_class / "out", table)
    assert (done.returncode, "more time" in done.stdout) == (0, False), done.stderr
    assert (marks(marked_class)["bob"].total, marks(marked_class)["bob"].rules) == (
        3,
        ("Handed in before the extended deadline.",),
    )
    table.write_text("id,extensions\nbob,tinny=+2d; *=+1h\n", encoding="utf-8")
    told = "bob has more time for `tinny`, which the course does not have: did you mean `tiny`?"
    assert told in grader("roster", "import", marked_class / "out", table).stdout
    assert told in batch(grader, marked_class).stdout


@pytest.mark.parametrize(
    "words", [("book", "show"), ("roster", "show"), ("regrade",), ("publish", "--as", "csv"), ("batch", "--out")]
)
def test_a_file_given_for_the_folder_of_a_class_is_told(
    grader: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "marks.csv"
    file.write_text("submission\n")
    done = grader(*words, file, *(("inbox", "-a", "tiny") if words[0] == "batch" else ()))
    assert (done.returncode, "is a file" in done.stderr) == (2, True), done.stderr


def test_without_its_packages_a_class_is_graded_and_told_how_to_have_a_book(graded: Path, tmp_path: Path) -> None:
    hidden = "import sys\nsys.modules |= dict.fromkeys(['sqlalchemy', 'alembic', 'psycopg'])\n"
    (tmp_path / "sitecustomize.py").write_text(hidden)

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "grader", *map(str, words)], env={**os.environ, "PYTHONPATH": str(tmp_path)},
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
        )  # fmt: skip

    out = tmp_path / "out"
    done = run(
        "batch", graded / "inbox", "-a", "tiny", "--out", out, "--course", graded / "course", "--isolation", "process"
    )
    assert done.returncode == 0, done.stderr
    assert "pip install 'gradproof[class]'" in done.stderr
    assert (out / "marks.csv").exists()
    assert not (out / "book.sqlite").exists()
    for command in (("book", "show", out), ("regrade", out)):
        done = run(*command)
        assert (done.returncode, "gradproof[class]" in done.stderr) == (2, True)
