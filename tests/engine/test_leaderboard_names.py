"""Whose a hand-in of a leaderboard is: no writing of a name makes another student, and nobody's is ranked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.course.rubric.board import Leaderboard
from grader.leaderboard.hand_ins import Found, History, collected, in_doubt
from grader.leaderboard.scoring import Answers
from grader.leaderboard.standing import judged, standing

LABELS = {f"i{number}": "cat" for number in range(10)}
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def known(**fields: Any) -> Answers:
    fields |= {"labels": "tests/hidden/labels.csv", "metric": "accuracy", "classes": ("cat", "dog")}
    return Answers(Leaderboard.model_validate(fields), LABELS, frozenset(["i0", "i1"]))


def predictions(wrong: int) -> bytes:
    """Return predictions that are right but for one id."""
    rows = (f"i{number},{'dog' if number == wrong else 'cat'}\n" for number in range(len(LABELS)))
    return ("id,label\n" + "".join(rows)).encode()


def found(student: str, content: bytes, name: str = "") -> Found:
    return Found(name or f"{student}.csv", student, content)


def test_no_writing_of_a_name_makes_a_student_of_its_own(tmp_path: Path) -> None:
    history = History(tmp_path)
    writings = ["José", "JOSÉ", "Jose\u0301", "Ｊosé", "Jo\u200bsé", " José "]
    for number, name in enumerate(writings):
        history.add(found(name, predictions(number)), None, NOON + timedelta(minutes=number))
    assert len(standing(judged(history, known()), known(), private=False)) == 1
    got = [one.status for one in judged(history, known(per_day=2))]
    assert got == ["scored", "scored", *["over the limit"] * 4]


def test_names_are_shown_without_what_cannot_be_seen(inbox: Path) -> None:
    for number, name in enumerate(["ada\u200b.csv", "ada .csv", "Ada.csv"]):
        (inbox / name).write_bytes(predictions(number))
    assert {one.student for one in collected(inbox, known().board, None)} == {"ada", "Ada"}
    pattern = "(?P<roll>[a-z]+)"
    assert {one.name for one in collected(inbox, known().board, pattern) if one.problem} == {"Ada.csv"}


def test_a_hand_in_of_nobody_knows_whom_is_refused_and_kept(inbox: Path, tmp_path: Path) -> None:
    pattern = r"(?P<roll>cs\d{3})"
    (inbox / "cs001.csv").write_bytes(predictions(0))
    (inbox / "cs001_final.csv").write_bytes(predictions(1))
    (inbox / "lovelaceada_123_456_predictions.csv").write_bytes(predictions(2))
    history = History(tmp_path / "staff")
    for one in collected(inbox, known().board, pattern):
        history.add(one, None, NOON)
    told = {one.hand_in.submission: (one.status, one.reason) for one in judged(history, known())}
    assert told["cs001_final.csv"][0] == "refused"
    assert "nobody can tell whose it is" in told["cs001_final.csv"][1]
    assert [status for status, _ in told.values()].count("scored") == 2
    assert predictions(1) in [path.read_bytes() for path in (tmp_path / "staff" / "handed_in").iterdir()]
    (inbox / "cs001_final.csv").rename(inbox / "cs001 (1).csv")
    for one in collected(inbox, known().board, pattern):
        history.add(one, None, NOON)
    ranked = standing(judged(history, known()), known(), private=False)
    assert {place.student for place in ranked} == {"cs001", "lovelaceada"}
    assert [one.student for one in history.hand_ins].count("cs001") == 2


def test_one_account_with_two_names_and_one_name_from_two_accounts_are_told(tmp_path: Path) -> None:
    history = History(tmp_path)
    places = [
        ("cs001", "Ada_11_assignsubmission_file/cs001.zip"), ("cs002", "Ada_11_assignsubmission_file/cs002.zip"),
        ("cs002", "bobby_2222_3333_cs002.csv"), ("cs003", "cyd_4444_5555_cs003.csv"), ("cs003", "cs003.csv"),
    ]  # fmt: skip
    for number, (student, place) in enumerate(places):
        history.add(found(student, predictions(number), place), None, NOON)
    assert in_doubt(history.hand_ins) == [
        "cs002 was handed in from the accounts of Ada_11 and bobby", "Ada_11 has handed in as cs001 and cs002",
    ]  # fmt: skip
