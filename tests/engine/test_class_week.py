"""docs/class.md promises a week: each of its commands is run here, in its order, on a small class."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from grader.sandbox.probe import lock_problem

pytestmark = pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
try:
    from exports import canvas, moodle
    from lms import MoodleAssignment
finally:
    sys.path.pop(0)

PAGE = (HERE.parents[1] / "docs" / "class.md").read_text(encoding="utf-8")
COMMANDS = [
    re.sub(r"\s+#.*$", "", line)
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
MANUAL = """\
  - id: sums.proof
    title: (c) A proof
    handed_in: [proof.md]
    criteria:
      - {id: sums.proof.steps, title: the steps follow, marks: 2, manual: true}
"""
PLACEHOLDERS = {
    "DIR": "../hw",
    "WORKSHEET": "../Grades.csv",
    "GRADEBOOK": "../Gradebook.csv",
    "EXPORT": "../moodle.zip",
    "ID": "tiny",
    "STUDENT": "cs23b002",
}
# What a command is about where that is not the same in all.
INSTEAD = {
    "roster assign": {"SUBMISSION": "'Zoe Gone_51025_assignsubmission_file'", "STUDENT": "cs23b015"},
    "book mark": {"SUBMISSION": "'Ada Lovelace_51001_assignsubmission_file'", "CRITERION": "sums.proof.steps"},
    "book override": {"CRITERION": "sums.triple.value"},
    "--roster": {"EXPORT": "../canvas.zip", "DIR": "../canvas"},
    "--as canvas": {"DIR": "../canvas"},
}
EXIT_CODES = {"grader roster show DIR": 1}  # one is missing, and a hand-in is of nobody


class Week:
    """A course and a class beside it, whose commands are run one after the other."""

    def __init__(self, folder: Path, course: Path) -> None:
        self._folder, self._course = folder, course
        made, other = moodle(folder, 16), canvas(folder, 16)
        made.export.rename(folder / "moodle.zip")
        other.export.rename(folder / "canvas.zip")
        (folder / "Grades.csv").write_bytes(made.roster.read_bytes().replace(b"3.00", b"5.00"))
        (folder / "Gradebook.csv").write_bytes(other.roster.read_bytes().replace(b"hw1 (4711)", b"Sums (4711)"))
        self.marks = {whose[0]: Decimal(marks or 0) for whose, marks in made.marks.items()}
        self.moodle = MoodleAssignment.of((folder / "Grades.csv").read_bytes())

    def run(self, command: str) -> None:
        """Run a command of the page as it stands, its placeholders filled in, and what a person does around it."""
        words = PLACEHOLDERS | {k: v for key, of in INSTEAD.items() if key in command for k, v in of.items()}
        filled = re.sub(r"\b[A-Z]{2,}\b", lambda found: words.get(found[0], found[0]), command)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        known = {**os.environ, "PATH": path}
        done = subprocess.run(
            filled, shell=True, cwd=self._course, env=known, capture_output=True, text=True, check=False
        )
        assert done.returncode == EXIT_CODES.get(command, 0), f"{filled}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr

    def enter_marks(self) -> None:
        """Enter 2 for everybody in to_mark.csv, as a spreadsheet saves it."""
        path = self._folder / "hw" / "to_mark.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{**row, "marks": "2"} for row in csv.DictReader(file)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)

    def upload(self) -> None:
        """Import in Moodle what was published, and download the worksheet again."""
        out = self._folder / "hw" / "publish" / "moodle"
        self.moodle.import_worksheet((out / "Grades.csv").read_bytes())
        self.moodle.import_feedback((out / "Grades-feedback.zip").read_bytes())
        (self._folder / "Grades.csv").write_bytes(self.moodle.worksheet())


@pytest.fixture
def week(tmp_path: Path, tiny_course: Path) -> Week:
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    deadline = "submissions: {deadline: '2030-03-03T23:59:00+05:30'}\n"
    text = rubric.read_text().replace("marks: 3\n", f"marks: 5\n{deadline}", 1)
    rubric.write_text(text + MANUAL, encoding="utf-8")
    return Week(tmp_path, tiny_course)


def test_the_commands_of_the_page_lead_from_an_export_to_marks(week: Week) -> None:
    assert len(COMMANDS) >= 16
    for number, command in enumerate(COMMANDS):
        if command.startswith("grader batch") and "roster assign" in COMMANDS[number - 1]:
            week.run(command)
            week.enter_marks()
            continue
        week.run(command)
        if command.startswith("grader publish DIR --as moodle") and "--dry-run" not in command:
            week.upload()
    # By checks, and 2 by hand but for the first; the second has 2 more instead of 0, the fifteenth what was nobody's.
    expected = {who: marks + 2 for who, marks in week.marks.items()} | {"cs23b015": Decimal(5)}
    expected |= {"cs23b001": expected["cs23b001"] - 1, "cs23b002": expected["cs23b002"] + 2}
    assert {f"cs23b{number - 51000:03}": one.grade for number, one in week.moodle.people.items()} == expected
    assert "The sign is the other convention" in week.moodle.people[51002].comment
    assert all(one.files for one in week.moodle.people.values())
