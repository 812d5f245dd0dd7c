"""The leaderboard: scores and ranks as one reckons them by hand, nothing lost, nothing told of the private part."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, mean_absolute_error, mean_squared_error

from grader.core.errors import StaffError, SubmissionError, UsageError
from grader.course.folder import Course
from grader.course.rubric.board import Leaderboard
from grader.course.rubric.model import Rubric
from grader.leaderboard.hand_ins import Found, History
from grader.leaderboard.scoring import Answers, public_ids
from grader.leaderboard.scoring import answers as hidden_labels
from grader.leaderboard.standing import judged, standing
from grader.leaderboard.table import read_table
from grader.report.leaderboard import ShownStanding, board_csv, board_json, board_page

ROOT = Path(__file__).parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]
CLASSES = ("cat", "dog", "owl")
IDS = [f"i{number:02}" for number in range(20)]
LABELS = {name: CLASSES[number % 3] for number, name in enumerate(IDS)}
PUBLIC = frozenset(IDS[:8])
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
RUBRIC = """\
assignment: board
title: A board
marks: 1
leaderboard:
  labels: tests/hidden/labels.csv
  metric: accuracy
  classes: [cat, dog, owl]
  public: 0.4
  deadline: '2024-03-02T00:00:00+00:00'
questions:
  - {id: a.b, title: B, criteria: [{id: a.b.c, title: C, marks: 1, manual: true}]}
"""

THE_RUBRIC = Rubric.model_validate(yaml.safe_load(RUBRIC))


def board(**fields: Any) -> Leaderboard:
    return Leaderboard.model_validate(
        {"labels": "tests/hidden/labels.csv", "metric": "accuracy", "classes": CLASSES, **fields}
    )


def numbers(metric: str) -> Leaderboard:
    return board(metric=metric, classes=())


def answers(labels: dict[str, str] | None = None, **fields: Any) -> Answers:
    return Answers(board(**fields), labels or LABELS, PUBLIC)


def table(labels: dict[str, str], end: str = "\n") -> bytes:
    return "".join([f"id,label{end}", *(f"{name},{label}{end}" for name, label in labels.items())]).encode()


def wrong_at(*ids: str) -> bytes:
    """Return predictions that are right but for some ids."""
    following = {"cat": "dog", "dog": "owl", "owl": "cat"}
    return table({name: following[label] if name in ids else label for name, label in LABELS.items()})


def found(student: str, content: bytes, name: str = "") -> Found:
    return Found(name or f"{student}.csv", student, content)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that has nothing but a leaderboard."""
    course = tmp_path / "course"
    for name, text in {"rubrics/board.yaml": RUBRIC, "tests/hidden/labels.csv": table(LABELS).decode()}.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")
    (course / ".course-secret").write_text("ten random words", encoding="utf-8")
    return course


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def stand(history: History, known: Answers, *, private: bool = False) -> list[tuple[int, str, str]]:
    places = standing(judged(history, known), known, private=private)
    return [(place.rank, place.student, place.counts.private if private else place.counts.public) for place in places]


class TestTables:
    @pytest.mark.parametrize(
        "content",
        [
            table(LABELS, "\r\n"),
            b"\xef\xbb\xbf" + table(LABELS),
            table(dict(reversed(LABELS.items()))),
            table(LABELS).rstrip(b"\n"),
            table(LABELS) + b"\n\r\n",
            table(LABELS).replace(b"i03,cat", b'"i03" , "cat"'.replace(b" ", b"")).replace(b"i04,", b"i04, "),
        ],
        ids=["CRLF", "BOM", "another order", "no last line end", "empty lines", "quotes and spaces"],
    )
    def test_a_table_is_read_however_it_is_saved(self, content: bytes) -> None:
        assert read_table(content, board(), "f.csv", IDS) == LABELS

    @pytest.mark.parametrize(
        ("before", "after", "line", "reason"),
        [
            ("i05,owl", "i04,owl", 7, "an id occurs twice"),
            ("i05,owl\n", "", None, "ids are missing"),
            ("i05,", "i99,", 7, "there is no such id"),
            ("i05,", ",", 7, "the id is missing"),
            ("i05,owl", "i05,Owl", 7, "the label is not a class"),
            ("i05,owl", "i05,", 7, "the label is not a class"),
            ("i05,owl", "i05,nan", 7, "the label is not a class"),
            ("i05,owl", "i05,owl,0.9", 7, "a line is an id, a comma and a label"),
            ("i05,owl", "i05", 7, "a line is an id, a comma and a label"),
            ("i05,owl", 'i05,"owl', 21, "this is not CSV"),
            ("i05,owl", "i05,\0owl", 7, "there is a NUL in the text"),
            ("id,label", "id,class", 1, "the header is wrong"),
            ("id,label", "id;label", 1, "the header is wrong"),
            ("id,label\n", "", 1, "the header is wrong"),
            ("i19,dog\n", "i19,dog\ni20,cat\n", 22, "there is no such id"),
        ],
    )
    def test_a_malformed_table_is_refused_with_the_line_and_the_reason(
        self, before: str, after: str, line: int | None, reason: str
    ) -> None:
        text = table(LABELS).decode()
        assert before in text
        with pytest.raises(SubmissionError, match=re.escape(reason)) as caught:
            read_table(text.replace(before, after, 1).encode(), board(), "f.csv", IDS)
        assert caught.value.message == reason
        assert caught.value.where == (f"f.csv, line {line}" if line else "f.csv, at its end")

    @pytest.mark.parametrize("content", ["id,label\ni00,Käse\n".encode("latin-1"), "id,label\n".encode("utf-16")])
    def test_another_encoding_is_refused_with_the_line(self, content: bytes) -> None:
        with pytest.raises(SubmissionError, match=r"f\.csv, line [12]: this is not text in UTF-8"):
            read_table(content, board(), "f.csv", IDS)

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
    def test_an_empty_table_is_refused(self, content: bytes) -> None:
        with pytest.raises(SubmissionError, match="the file is empty"):
            read_table(content, board(), "f.csv", IDS)

    @pytest.mark.parametrize("label", ["nan", "inf", "-inf", "1e999", "1e101", "1_0", "٣", "0x1", "", "True", "1,5"])
    def test_what_is_no_finite_number_is_refused(self, label: str) -> None:
        with pytest.raises(SubmissionError, match="line 2"):
            read_table(f"id,label\na,{label}\n".encode(), numbers("mean_squared_error"), "f.csv", ["a"])

    def test_a_column_of_row_numbers_is_named(self) -> None:
        with pytest.raises(SubmissionError) as caught:
            read_table(b",id,label\n0,i00,cat\n", board(), "f.csv", IDS)
        assert "index=False" in (caught.value.todo or "")


class TestScores:
    @given(st.lists(st.tuples(st.sampled_from(CLASSES), st.sampled_from(CLASSES)), min_size=1, max_size=30))
    def test_macro_f1_is_that_of_scikit_learn(self, pairs: list[tuple[str, str]]) -> None:
        names = [str(number) for number in range(len(pairs))]
        known = Answers(
            board(metric="macro_f1", digits=9), dict(zip(names, (a for a, _ in pairs), strict=True)), PUBLIC
        )
        got = known.score(dict(zip(names, (b for _, b in pairs), strict=True)), frozenset(names))
        assert float(got) == pytest.approx(f1_score(*zip(*pairs, strict=True), average="macro"), abs=1e-9)

    @pytest.mark.parametrize(
        ("metric", "oracle"),
        [("mean_squared_error", mean_squared_error), ("mean_absolute_error", mean_absolute_error)],
    )
    @given(pairs=st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=30))
    def test_errors_of_numbers_are_those_of_scikit_learn(
        self, metric: str, oracle: Any, pairs: list[tuple[float, float]]
    ) -> None:
        names = [str(number) for number in range(len(pairs))]
        known = Answers(numbers(metric), dict(zip(names, (repr(a) for a, _ in pairs), strict=True)), PUBLIC)
        got = known.score(dict(zip(names, (repr(b) for _, b in pairs), strict=True)), frozenset(names))
        assert float(got) == pytest.approx(oracle(*zip(*pairs, strict=True)), rel=1e-9, abs=1e-4)

    def test_accuracy_is_of_one_part_and_rounded_once(self) -> None:
        known = answers(digits=3)
        predictions = known.predictions(wrong_at("i00", "i08", "i09"), "f.csv")
        assert known.score(predictions, known.public) == "0.875"
        assert known.score(predictions, known.private) == "0.833"

    def test_of_an_error_the_least_is_the_best(self, tmp_path: Path) -> None:
        known = Answers(numbers("mean_absolute_error"), dict.fromkeys(IDS, "0"), PUBLIC)
        history = History(tmp_path)
        for student, guess in (("ada", "3"), ("bob", "1"), ("cyd", "20")):
            history.add(found(student, table(dict.fromkeys(IDS, guess))), None, NOON)
        assert [student for _, student, _ in stand(history, known)] == ["bob", "ada", "cyd"]


class TestParts:
    def test_an_id_stays_in_its_part_whatever_other_ids_there_are(self) -> None:
        names = [str(number) for number in range(2000)]
        public = public_ids(names, 0.3, b"secret", "a")
        assert 500 < len(public) < 700
        assert public_ids(names[::-2], 0.3, b"secret", "a") == public & set(names[::-2])

    def test_the_secret_and_the_assignment_draw_the_parts(self) -> None:
        names = [str(number) for number in range(200)]
        drawn = {public_ids(names, 0.5, secret, name) for secret in (b"", b"a") for name in ("a", "b")}
        assert len(drawn) == 4

    @given(other=st.lists(st.sampled_from(CLASSES), min_size=12, max_size=12), seed=st.integers(0, 9))
    @settings(max_examples=20)
    def test_nothing_that_students_see_depends_on_private_labels(
        self, tmp_path_factory: pytest.TempPathFactory, other: list[str], seed: int
    ) -> None:
        history = History(tmp_path_factory.mktemp("board"))
        contents = [wrong_at(*IDS[seed : seed + 4]), wrong_at(*IDS[5:9]), table(dict.fromkeys(IDS, "cat"))]
        contents += [wrong_at("i00").replace(b"dog", b"fox", 1), wrong_at("i19"), wrong_at("i00", "i19")]
        for number, content in enumerate(contents):
            history.add(found(f"s{number % 4}", content, f"{number}.csv"), None, NOON + timedelta(hours=number))
        changed = LABELS | dict(zip(IDS[8:], other, strict=True))
        pages = [
            public_pages(history, answers(labels, deadline="2024-03-01T16:30:00+00:00")) for labels in (LABELS, changed)
        ]
        assert pages[0] == pages[1]

    def test_the_public_score_does_not_depend_on_private_predictions(self) -> None:
        known = answers()
        scores = {
            known.score(known.predictions(wrong_at("i01", *private), "f.csv"), known.public)
            for private in ([], ["i08"], IDS[8:])
        }
        assert scores == {"0.8750"}


def public_pages(history: History, known: Answers) -> list[str]:
    all_of_them = judged(history, known)
    shown = ShownStanding(THE_RUBRIC, known, standing(all_of_them, known, private=False), all_of_them)
    return [board_page(shown), board_csv(shown), board_json(shown)]


class TestRanks:
    def test_equal_scores_share_a_rank_and_the_next_is_left_out(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        for hour, (student, wrong) in enumerate(
            [("dan", ["i00", "i01"]), ("cyd", ["i02", "i09"]), ("ada", []), ("bob", ["i03"])]
        ):
            history.add(found(student, wrong_at(*wrong)), None, NOON + timedelta(hours=hour))
        places = [(1, "ada", "1.0000"), (2, "cyd", "0.8750"), (2, "bob", "0.8750"), (4, "dan", "0.7500")]
        assert stand(history, answers()) == places

    def test_the_best_public_hand_in_counts_and_its_private_score_is_ranked(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        history.add(found("ada", wrong_at("i00", "i01"), "1.csv"), None, NOON)  # all of the private part right
        history.add(found("ada", wrong_at("i08", "i09", "i10"), "2.csv"), None, NOON + timedelta(hours=1))
        history.add(found("ada", wrong_at("i08"), "3.csv"), None, NOON + timedelta(hours=2))  # as good, but later
        history.add(found("bob", wrong_at("i00", "i08")), None, NOON)
        assert stand(history, answers()) == [(1, "ada", "1.0000"), (2, "bob", "0.8750")]
        assert stand(history, answers(), private=True) == [(1, "bob", "0.9167"), (2, "ada", "0.7500")]

    def test_scores_that_look_alike_are_alike(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        known = Answers(numbers("mean_squared_error"), dict.fromkeys(IDS, "0"), PUBLIC)
        for student, guess in (("ada", "1.000001"), ("bob", "1")):
            history.add(found(student, table(dict.fromkeys(IDS, guess))), None, NOON)
        assert [rank for rank, *_ in stand(history, known)] == [1, 1]


class TestHistory:
    def test_what_was_handed_in_before_is_not_counted_again(self, tmp_path: Path) -> None:
        for _ in range(2):
            history = History(tmp_path)
            history.add(found("ada", wrong_at()), None, NOON)
            history.add(found("ADA", wrong_at(), "again.csv"), None, NOON)
            history.add(found("bob", wrong_at()), None, NOON)
            history.save()
        assert [one.student for one in History(tmp_path).hand_ins] == ["ada", "bob"]

    def test_an_interrupted_run_leaves_the_list_as_it_was_and_the_next_goes_on(self, tmp_path: Path) -> None:
        first = History(tmp_path)
        first.add(found("ada", wrong_at()), None, NOON)
        first.save()
        first.add(found("bob", wrong_at()), None, NOON)  # and no save
        second = History(tmp_path)
        assert [one.student for one in second.hand_ins] == ["ada"]
        second.add(found("bob", wrong_at()), None, NOON)
        assert stand(second, answers()) == [(1, "ada", "1.0000"), (1, "bob", "1.0000")]

    def test_a_damaged_history_is_refused_with_its_line_and_never_begun_anew(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        history.add(found("ada", wrong_at()), None, NOON)
        history.save()
        path = tmp_path / "history.jsonl"
        path.write_text(path.read_text() + '{"student": "bob"}\n', encoding="utf-8")
        with pytest.raises(UsageError, match=r"history\.jsonl:2: the history cannot be read"):
            History(tmp_path)

    def test_only_a_stated_time_corrects_one_that_is_known(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        history.add(found("ada", wrong_at()), None, NOON + timedelta(days=9))
        history.add(found("ada", wrong_at()), None, NOON + timedelta(days=10))
        assert history.hand_ins[0].time == NOON + timedelta(days=9)
        history.add(found("ada", wrong_at()), NOON, NOON + timedelta(days=10))
        assert [one.time for one in history.hand_ins] == [NOON]

    def test_a_day_has_so_many_hand_ins_of_a_student_and_refused_ones_are_none(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        contents = [b"id,label\n", wrong_at("i00"), wrong_at("i01"), wrong_at(), wrong_at("i02")]
        for hour, content in zip([0, 1, 2, 3, 15], contents, strict=True):
            history.add(found("ada", content, f"{hour}.csv"), None, NOON + timedelta(hours=hour))
        got = [one.status for one in judged(history, answers(per_day=2))]
        assert got == ["refused", "scored", "scored", "over the limit", "scored"]
        assert stand(history, answers(per_day=2)) == [(1, "ada", "0.8750")]

    def test_the_day_and_the_deadline_are_those_of_the_deadlines_zone(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        for hour, wrong in ((17, "i00"), (19, "i01")):  # in Kolkata the second is after midnight
            history.add(found("ada", wrong_at(wrong), wrong), None, NOON.replace(hour=hour))
        known = answers(per_day=1, deadline="2024-03-02T00:45:00+05:30")
        assert [one.status for one in judged(history, known)] == ["scored", "scored"]
        earlier = answers(deadline="2024-03-02T00:15:00+05:30")
        assert [one.status for one in judged(history, earlier)] == ["scored", "late"]


def test_an_inbox_becomes_a_board_and_a_second_run_changes_nothing(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    (inbox / "ada.csv").write_bytes(wrong_at("i00"))
    (inbox / "ada (1).csv").write_bytes(wrong_at())
    (inbox / "bob").mkdir()
    (inbox / "bob" / "Predictions.csv").write_bytes(wrong_at("i01", "i02"))
    with zipfile.ZipFile(inbox / "cyd.zip", "w") as archive:
        archive.writestr("work/predictions.csv", wrong_at("i03"))
    (inbox / "dan.csv").write_bytes(wrong_at().replace(b"i07,", b"i06,"))
    (inbox / "eve.zip").write_bytes(b"PK no archive")
    (inbox / "fay.pdf").write_bytes(b"%PDF")
    (inbox / "gus.csv").symlink_to(course / "tests" / "hidden" / "labels.csv")
    times = tmp_path / "times.csv"
    names = [path.name for path in inbox.iterdir()]
    lines = [f'"{name}",2024-03-0{2 if name == "cyd.zip" else 1}T10:00:00+00:00' for name in sorted(names)]
    times.write_text("\n".join(["submission,time", *lines]), encoding="utf-8")
    command = ("leaderboard", inbox, "-a", "board", "--course", course, "--out", tmp_path / "out")
    done = grader(*command, "--times", times)
    assert done.returncode == 0, done.stderr
    document = json.loads((tmp_path / "out" / "leaderboard.json").read_text(encoding="utf-8"))
    assert [place["student"] for place in document["places"]] == ["ada", "bob"]
    assert len(document["places"][0]["history"]) == 2
    status = {one["submission"]: (one["status"], one["reason"]) for one in document["not_scored"]}
    assert status["cyd.zip"][0] == "late"
    assert status["dan.csv"] == ("refused", "predictions.csv, line 9: an id occurs twice: i06, which line 8 has")
    assert {name for name, (word, _) in status.items() if word == "refused"} == {
        "dan.csv", "eve.zip", "fay.pdf", "gus.csv",
    }  # fmt: skip
    assert "symbolic link" in status["gus.csv"][1]

    before = {path: path.read_bytes() for path in sorted((tmp_path / "out").rglob("*")) if path.is_file()}
    shutil.rmtree(inbox)
    inbox.mkdir()
    assert grader(*command).returncode == 0
    assert {path: path.read_bytes() for path in sorted((tmp_path / "out").rglob("*")) if path.is_file()} == before


def test_private_scores_are_written_only_when_asked_for(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    (inbox / "ada.csv").write_bytes(wrong_at(*IDS))
    (inbox / "bob.csv").write_bytes(wrong_at())
    rubric = course / "rubrics" / "board.yaml"
    rubric.write_text(re.sub("  deadline.*\n", "", RUBRIC), encoding="utf-8")
    staff = tmp_path / "out" / "staff"
    command = ("leaderboard", inbox, "-a", "board", "--course", course, "--out", tmp_path / "out")
    public = grader(*command)
    assert public.returncode == 0
    written = [path for path in (tmp_path / "out").rglob("*.*") if path.parent.name != "handed_in"]
    told = "".join([public.stdout, *(path.read_text(encoding="utf-8") for path in written)])
    assert "private" not in told.replace(str(tmp_path), "")
    private = grader(*command, "--private")
    assert "private leaderboard" in private.stdout
    assert [row["private"] for row in csv.DictReader(io.StringIO((staff / "private.csv").read_text()))] == [
        "1.0000", "0.0000",
    ]  # fmt: skip
    assert grader(*command).returncode == 0
    assert list(staff.glob("private.*")) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda course: (course / "tests/hidden/labels.csv").write_bytes(table(LABELS | {"i03": "fox"})), "line 5"),
        (lambda course: (course / "tests/hidden/labels.csv").write_bytes(table({"i00": "cat"})), "one part"),
        (lambda course: edit(course, "leaderboard:", "leaderbord:"), "did you mean `leaderboard`?"),
        (lambda course: edit(course, "tests/hidden/labels.csv", "tests/public/labels.csv"), "below tests/hidden/"),
        (lambda course: edit(course, "2024-03-02T00:00:00+00:00", "2024-03-02"), "deadline"),
        (lambda course: edit(course, "  classes: [cat, dog, owl]\n", ""), "needs the names of all classes"),
    ],
)
def test_what_staff_got_wrong_is_told(course: Path, spoil: Callable[[Path], object], said: str) -> None:
    spoil(course)
    with pytest.raises(StaffError, match=re.escape(said)):
        hidden_labels(Course(course), Course(course).rubric("board"))


def test_labels_that_are_gone_end_with_2_and_nothing_is_written(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    (course / "tests" / "hidden" / "labels.csv").unlink()
    command = ("leaderboard", inbox, "-a", "board", "--course", course, "--out", tmp_path / "out")
    done = grader(*command)
    assert (done.returncode, "the hidden labels cannot be read" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def edit(course: Path, before: str, after: str) -> None:
    path = course / "rubrics" / "board.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_sample_gives_the_board_that_its_document_shows(grader: Command, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "leaderboard.md").read_text(encoding="utf-8")
    command = re.search(r"^grader (leaderboard examples/.*)$", text, re.MULTILINE)
    assert command is not None
    done = grader(*command[1].replace("build/board", str(tmp_path / "board")).split())
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "board" / "leaderboard.md").read_text(encoding="utf-8")
    assert page.partition("\n")[2].partition("## Not")[0].strip() in text
    assert "line 42: an id occurs twice: test_012, which line 14 has" in done.stdout
