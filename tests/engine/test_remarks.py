"""What checks tell staff: it stands in the class's tables, and in nothing that students read."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cohort.batch import Batch
from grader.course.folder import Course
from grader.kit import cells as notebook

WORK = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return {factor} * number\n"
TOLD = """

@criterion("sums.triple.value")
def test_staff_are_told(submission):
    \"\"\"Tell what three is multiplied by.

    Catches: nothing.
    \"\"\"
    submission.told.to_student(f"three times 4 is {submission.triple(4)}")
    submission.told.to_staff(f"three times 1 is {submission.triple(1)}")
    submission.told.to_compare(f"three times 2 is {submission.triple(2)}")
"""


@pytest.fixture
def graded(tiny_course: Path, tmp_path: Path) -> Path:
    """A class of which three give one answer and two another, in the folder that is returned."""
    suite = tiny_course / "tests/hidden/test_sums.py"
    suite.write_text(suite.read_text() + TOLD)
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    for name, factor in {"ada": 3, "bob": 5, "cy": 5, "dora": 5, "eve": 4}.items():
        (inbox / name).mkdir(parents=True)
        (inbox / name / "sums.py").write_text(WORK.format(factor=factor) + f"# {name}\n")
    course = Course.find(tiny_course)
    batch = Batch(course, course.rubric("tiny"), inbox, out)
    batch.grade(lambda count: None, lambda row, kept: None)
    batch.grade(lambda count: None, lambda row, kept: None)  # what was graded before tells the same again
    return out


def test_remarks_and_what_several_have_in_common_stand_in_the_tables(graded: Path) -> None:
    with (graded / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        remarks = {row["submission"]: row["remark"] for row in csv.DictReader(file)}
    assert remarks["ada"] == "sums.triple: three times 4 is 12; sums.triple: three times 1 is 3"
    assert remarks["eve"].endswith("three times 1 is 4")
    assert remarks["bob"].endswith("three times 1 is 5; sums.triple: three times 2 is 10, as in cy, dora")
    page = (graded / "class.md").read_text(encoding="utf-8")
    assert "three times 1 is 4" in page
    assert "as in bob, cy" in page


def test_students_are_told_nothing_of_it(graded: Path) -> None:
    for page in (graded / "feedback").iterdir():
        text = page.read_text(encoding="utf-8")
        assert "three times 1" not in text
        assert "three times 2" not in text
        assert "three times 4" not in text


def test_a_note_is_shown_at_the_students_desk_where_the_check_passes(
    tiny_course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = tiny_course / "tests/public/test_sums.py"
    suite.write_text(suite.read_text() + TOLD)
    work = tiny_course / "student"
    (work / "sums.py").write_text(WORK.format(factor=3))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/public"]
    done = subprocess.run(command, cwd=tiny_course, capture_output=True, text=True, check=False)
    assert "note on sums.triple: three times 4 is 12\n" in done.stdout
    assert "three times 1" not in done.stdout
    monkeypatch.chdir(work)
    namespace = {"__name__": "__main__", "check": notebook.check}
    exec(WORK.format(factor=3) + "\ncheck('sums.triple')", namespace)
    said = capsys.readouterr().out
    assert "note: three times 4 is 12\n" in said
    assert "three times 1" not in said
