"""`grader batch`: one submission never costs another, and nothing is graded twice without need."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cohort.batch import Batch
from grader.course.folder import Course

ROOT = Path(__file__).parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]

RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
# A check may break the process that runs it; a suite that does so on purpose stands for that.
DEADLY = '''\
import os
import signal
from collections.abc import Callable
from pathlib import Path

from grader.checks import criterion

ONCE = Path({marker!r})


@criterion("sums.triple.value")
def test_triple_of_seven(submission):
    """triple multiplies seven by 3."""
    value = submission.triple(7)
    if value == 13 or (value == 21.5 and not ONCE.exists()):
        ONCE.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    assert value in (21, 21.5)
'''


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two right submissions with a wrong one and a text between them."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a_right.py").write_text(RIGHT)
    (folder / "b_wrong.py").write_text(RIGHT.replace("3 *", "4 *"))
    (folder / "c_notes.txt").write_text("I will hand in tomorrow")
    (folder / "d_right.py").write_text(RIGHT)
    return folder


def marks_csv(out: Path) -> dict[str, dict[str, str]]:
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def result_times(out: Path) -> dict[str, int]:
    return {file.stem: file.stat().st_mtime_ns for file in (out / "results").glob("*.json")}


def test_everything_in_the_inbox_has_a_row_and_what_is_graded_a_result_file(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = grader("batch", inbox, "-a", "tiny", "--out", out, "--course", tiny_course)
    assert done.returncode == 0, done.stderr
    rows = marks_csv(out)
    assert {name: row["marks"] for name, row in rows.items()} == {
        "a_right": "3",
        "b_wrong": "1",
        "c_notes.txt": "",
        "d_right": "3",
    }
    assert "not a submission" in rows["c_notes.txt"]["remark"]
    assert set(result_times(out)) == {"a_right", "b_wrong", "d_right"}
    assert rows["b_wrong"]["sums.double"] == "1"
    assert "3 of 4 hand-ins have marks" in (out / "class.md").read_text(encoding="utf-8")
    assert "[4/4]" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_two_jobs_give_the_same_results_as_one_and_as_a_single_run(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    for jobs in ("1", "2"):
        grader("batch", inbox, "-a", "tiny", "--out", tmp_path / jobs, "--jobs", jobs, "--course", tiny_course)
    for name in ("a_right", "b_wrong", "d_right"):
        one, two = ((tmp_path / jobs / "results" / f"{name}.json").read_text() for jobs in ("1", "2"))
        alone = grader("run", inbox / f"{name}.py", "-a", "tiny", "--course", tiny_course, "--json", "-").stdout
        assert one == two == alone
    assert (tmp_path / "1" / "marks.csv").read_text() == (tmp_path / "2" / "marks.csv").read_text()


def test_a_second_run_grades_only_what_is_new_or_has_changed(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    command = ("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--course", tiny_course)
    grader(*command)
    first = result_times(tmp_path / "out")
    (inbox / "b_wrong.py").write_text(RIGHT)
    (inbox / "e_new.py").write_text(RIGHT)
    grader(*command)
    second = result_times(tmp_path / "out")
    assert {name for name in first if second[name] == first[name]} == {"a_right", "d_right"}
    assert {name: row["marks"] for name, row in marks_csv(tmp_path / "out").items()}["b_wrong"] == "3"
    assert "e_new" in second


@pytest.mark.parametrize("part", ["rubrics/tiny.yaml", "tests/hidden/test_sums.py"])
def test_after_a_change_of_rubric_or_suite_no_result_stays_as_it_was(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path, part: str
) -> None:
    command = ("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--course", tiny_course)
    grader(*command)
    first = result_times(tmp_path / "out")
    with (tiny_course / part).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    grader(*command)
    second = result_times(tmp_path / "out")
    assert [name for name in first if second[name] == first[name]] == []


def test_a_result_file_that_was_tampered_with_or_cut_off_is_made_again(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    command = ("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--course", tiny_course)
    grader(*command)
    file = tmp_path / "out" / "results" / "b_wrong.json"
    whole = file.read_text()
    file.write_text(whole[: len(whole) // 2])
    assert grader(*command).returncode == 0
    assert file.read_text() == whole


def test_what_a_crash_of_the_machine_has_left_empty_is_made_again(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = ("batch", inbox, "-a", "tiny", "--out", out, "--course", tiny_course)
    assert grader(*command).returncode == 0
    files = [file for folder in ("results", "feedback", "history") for file in (out / folder).iterdir()]
    before = {file: file.read_text() for file in files}
    assert len(before) == 9
    for file in files:
        file.write_text("")
    (out / "book.sqlite").unlink()  # which is written after them
    assert grader(*command).returncode == 0
    assert {file: file.read_text() for file in files} == before


def test_results_are_on_the_disk_before_tables_speak_of_them(
    tiny_course: Path, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, there = tmp_path / "out", list[set[str]]()
    monkeypatch.setattr(os, "sync", lambda: there.append({file.name for file in out.rglob("*.*")}))
    course = Course.find(tiny_course)
    batch = Batch(course, course.rubric("tiny"), inbox, out)
    batch.grade(lambda total: None, lambda row, kept: None)
    batch.grade(lambda total: None, lambda row, kept: None)  # with nothing new
    [first] = there
    assert {"a_right.json", "b_wrong.json", "d_right.md"} <= first
    assert first.isdisjoint({"marks.csv", "class.md", "inbox.csv"})


def test_a_grading_process_that_dies_is_tried_again_and_costs_only_its_submission(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    suite = DEADLY.format(marker=str(tmp_path / "died-once"))
    (tiny_course / "tests/hidden/test_sums.py").write_text(suite)
    (inbox / "b_wrong.py").write_text(RIGHT.replace("3 * number", "13"))
    (inbox / "e_unlucky.py").write_text(RIGHT.replace("3 * number", "21.5"))
    done = grader("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--jobs", "2", "--course", tiny_course)
    assert done.returncode == 3
    rows = marks_csv(tmp_path / "out")
    assert [rows[name]["marks"] for name in ("a_right", "d_right", "e_unlucky")] == ["3", "3", "3"]
    assert rows["b_wrong"]["marks"] == ""
    assert "not the student's fault" in rows["b_wrong"]["remark"]
    assert (tmp_path / "out" / "results" / "b_wrong.log").exists()
    assert (tmp_path / "died-once").exists()


def test_a_suite_that_cannot_be_collected_stops_the_batch_as_the_staffs_fault(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    (tiny_course / "tests/hidden/test_sums.py").write_text("def test_triple(submission:\n")
    done = grader("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--course", tiny_course)
    assert done.returncode == 2
    assert "test_sums.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_result_from_before_does_not_stand_for_work_that_can_no_longer_be_graded(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    command = ("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--course", tiny_course)
    (inbox / "f").mkdir()
    (inbox / "f" / "sums.py").write_text(RIGHT)
    grader(*command)
    (inbox / "f" / "sums.py").unlink()
    grader(*command)
    row = marks_csv(tmp_path / "out")["f"]
    assert row["marks"] == ""
    assert "no Python file" in row["remark"]
    assert not (tmp_path / "out" / "results" / "f.json").exists()


def test_work_under_another_name_is_told_to_student_and_staff(
    grader: Command, tiny_course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "misnamed", tmp_path / "out"
    inbox.mkdir()
    (inbox / "ada.py").write_text("def doubles(number):\n    return 2 * number\n")
    (inbox / "bob.py").write_text("def unlike(number):\n    return 2 * number\n")
    grader("batch", inbox, "-a", "tiny", "--out", out, "--course", tiny_course)
    rows = marks_csv(out)
    assert rows["ada"]["remark"] == "defines no double but doubles"
    assert rows["bob"]["remark"] == "not implemented"
    page = (out / "feedback" / "ada.md").read_text()
    assert "the submission defines no 'double'; did you mean doubles?" in page
    assert "What to look at" not in (out / "feedback" / "bob.md").read_text()


def test_results_are_not_written_into_the_inbox(grader: Command, tiny_course: Path, inbox: Path) -> None:
    before = sorted(inbox.iterdir())
    done = grader("batch", inbox, "-a", "tiny", "--out", inbox / "out", "--course", tiny_course)
    assert done.returncode == 2
    assert "outside the inbox" in done.stderr
    assert sorted(inbox.iterdir()) == before


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_batch_says_how_to_go_on_and_goes_on_from_there(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    out = tmp_path / "out"
    # Graded last, and for as long as it takes to be interrupted.
    (inbox / "z_endless.py").write_text(RIGHT.replace("return 3 * number", "import time; time.sleep(600)"))
    arguments = ["batch", str(inbox), "-a", "tiny", "--out", str(out), "--course", str(tiny_course)]
    # A terminal's Ctrl-C is never ignored; where tests run in the background it is.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heeding}; from grader.cli.app import main; main()", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        while "[4/5]" not in running.stderr.readline():
            pass
        running.send_signal(sent)
        rest = running.stderr.read()
    assert running.returncode == 130
    assert "run the same command again to continue" in rest
    assert "interrupted" in marks_csv(out)["z_endless"]["remark"]
    graded = result_times(out)
    assert set(graded) == {"a_right", "b_wrong", "d_right"}
    (inbox / "z_endless.py").write_text(RIGHT)
    grader(*arguments)
    again = result_times(out)
    assert {name: again[name] for name in graded} == graded
    assert json.loads((out / "results" / "z_endless.json").read_text())["marks"] == "3"


def test_a_batch_of_some_criteria_does_not_stand_for_a_whole_one(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    command = ("batch", inbox, "-a", "tiny", "--out", tmp_path / "out", "--course", tiny_course)
    part = grader(*command, "--only", "*double*")
    assert part.returncode == 0, part.stderr
    assert marks_csv(tmp_path / "out")["b_wrong"]["max_marks"] == "1"
    assert "0 graded now, 3 kept from an earlier run, 1 without marks." in grader(*command, "--only", "*double*").stdout
    assert "3 graded now, 1 without marks." in grader(*command).stdout
    assert marks_csv(tmp_path / "out")["b_wrong"]["max_marks"] == "3"
    misspelt = grader(*command, "--only", "double")
    assert misspelt.returncode == 2
    assert "did you mean `sums.double`?" in misspelt.stderr
