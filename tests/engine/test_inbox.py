"""An inbox as it comes out of a learning platform: the right marks for the work, a reason for all the rest."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.intake.discover import discover
from grader.intake.identify import author

Command = Callable[..., subprocess.CompletedProcess[str]]

RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
WRONG = RIGHT.replace("3 *", "4 *")
NAMES = "submissions: {name: '(?P<roll>cs\\d\\d)_PA[12]'}\n"


def notebook(source: str) -> str:
    cell: dict[str, object] = {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def packed(path: Path, files: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))


def fill(inbox: Path, stubs: str) -> None:
    """Put forty entries into an inbox: work in all its forms, and many kinds of mess."""
    texts = {
        "cs01_PA2.py": RIGHT + "# one\n",
        "cs02_PA2.py": WRONG,
        "cs03_PA2.py": stubs,
        "cs04_PA2.ipynb": notebook(RIGHT),
        "cs05_PA2/code/sums.py": RIGHT + "# five\n",
        "cs05_PA2/report.pdf": "%PDF",
        "cs06_PA2/.git/config": "[core]",
        "cs06_PA2/__pycache__/sums.pyc": "bytes",
        "cs06_PA2/sums.py": RIGHT + "# six\n",
        "cs11_PA1.py": RIGHT + "# eleven\n",
        "my homework.py": RIGHT + "# nobody\n",
        "cs12_PA2.py": RIGHT + "# twelve\n",
        "cs12_PA2 (1).py": WRONG + "# twelve again\n",
        "cs13_PA2.py": WRONG + "# shared\n",
        "cs14_PA2.py": WRONG + "# shared\n",
        "Ada Lovelace_123456_assignsubmission_file/cs15_PA2.ipynb": notebook(RIGHT + "# ada"),
        "Ben Nevis_123457_assignsubmission_file/work.py": RIGHT + "# ben\n",
        "carrollcass_12345_678910_cs17_PA2.py": RIGHT + "# cass\n",
        "drewdan_LATE_12346_678911_notes.py": WRONG + "# dan\n",
        "cs18_PA2.pdf": "%PDF",
        "cs19_PA2.docx": "words",
        "cs20_PA2.py": "def double(number:\n",
        "cs21_PA2.rar": "Rar!",
        "cs22_PA2.zip": "PK\x03\x04 cut off",
        "cs23_PA2.ipynb": "{not json",
        "cs24_PA2/only.txt": "I will hand in tomorrow",
        ".DS_Store": "finder",
        ".hidden/work.py": RIGHT,
        "=cmd().py": RIGHT + "# formula\n",
        "README.txt": "from the platform",
        "cs31_PA2.PY.txt": RIGHT,
        "Eve Adams_9_assignsubmission_onlinetext/onlinetext.html": "<p>hello</p>",
    }
    for name, text in texts.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(text, encoding="utf-8")
    packed(inbox / "cs07_PA2.zip", {"sums.py": RIGHT + "# seven\n"})
    packed(inbox / "cs08_PA2.tar.gz", {"cs08_PA2/code/sums.py": RIGHT + "# eight\n", "cs08_PA2/report.pdf": "%PDF"})
    packed(inbox / "cs09_PA2.zip", {"__MACOSX/._sums.py": "", "w/sums.py": WRONG + "# nine\n", "../out.py": "out"})
    packed(inbox / "cs10_PA1.tar.gz", {"cs10_PA1/a.ipynb": notebook(WRONG + "# ten")})
    packed(inbox / "cs25_PA2.zip", {"inner.zip": "PK"})
    moodle = inbox / "Fay Wray_77_assignsubmission_file"
    packed(moodle / "cs26_PA2.zip", {"sums.py": RIGHT + "# twenty-six\n"})
    (moodle / "report.pdf").write_text("%PDF")
    twice = inbox / "Gus Grave_78_assignsubmission_file"
    packed(twice / "cs27_PA2.zip", {"sums.py": RIGHT + "# old\n"})
    packed(twice / "cs27_PA2-1.zip", {"sums.py": RIGHT + "# new\n"})
    (twice / "report.pdf").write_text("%PDF")
    (inbox / "cs28_PA2.py").symlink_to(inbox / "cs01_PA2.py")
    os.mkfifo(inbox / "cs29_PA2.py")
    (inbox / "cs30_PA2").mkdir()
    (inbox / "new\nline.py").write_text(RIGHT + "# newline\n")


MARKS = {
    "cs01_PA2": "3", "cs02_PA2": "1", "cs03_PA2": "0", "cs04_PA2": "3", "cs05_PA2": "3", "cs06_PA2": "3",
    "cs07_PA2": "3", "cs08_PA2": "3", "cs09_PA2": "1", "cs10_PA1": "1", "cs11_PA1": "3", "my homework": "3",
    "cs12_PA2": "3", "cs12_PA2 (1)": "1", "cs13_PA2": "1", "cs14_PA2": "1", "cs20_PA2": "0", "cs23_PA2": "0",
    "Ada Lovelace_123456_assignsubmission_file": "3", "Ben Nevis_123457_assignsubmission_file": "3",
    "carrollcass_12345_678910_cs17_PA2": "3", "drewdan_LATE_12346_678911_notes": "1", "'=cmd()": "3",
    "Fay Wray_77_assignsubmission_file": "3", "Gus Grave_78_assignsubmission_file": "3", "new_line": "3",
}  # fmt: skip
# Status and words of the reason, by path.
MESS = {
    "cs18_PA2.pdf": ("refused", "not a submission"),
    "cs19_PA2.docx": ("refused", "not a submission"),
    "cs21_PA2.rar": ("refused", ".zip"),
    "cs22_PA2.zip": ("refused", "damaged"),
    "cs24_PA2": ("refused", "no Python file"),
    "cs24_PA2/only.txt": ("refused", "as all of cs24_PA2"),
    "cs25_PA2.zip": ("refused", "not unpacked"),
    "cs28_PA2.py": ("refused", "symbolic link"),
    "cs29_PA2.py": ("refused", "pipe"),
    "cs30_PA2": ("refused", "it is empty"),
    ".DS_Store": ("hidden", "rename"),
    ".hidden": ("hidden", "rename"),
    ".hidden/work.py": ("hidden", "rename"),
    "README.txt": ("refused", "not a submission"),
    "cs31_PA2.PY.txt": ("refused", "not a submission"),
    "cs06_PA2/.git/config": ("not taken", "tools"),
    "cs06_PA2/__pycache__/sums.pyc": ("not taken", "tools"),
    "cs09_PA2.zip!/__MACOSX": ("not taken", "tools"),
    "cs09_PA2.zip!/../out.py": ("not taken", "leads out"),
    "my homework.py": ("graded", "misnamed"),
    "cs12_PA2.py": ("graded", "same student as cs12_PA2 (1)"),
    "cs12_PA2 (1).py": ("graded", "same student as cs12_PA2"),
    "cs13_PA2.py": ("graded", "same contents as cs14_PA2"),
    "cs14_PA2.py": ("graded", "same contents as cs13_PA2"),
    "Gus Grave_78_assignsubmission_file": ("graded", ""),
    "Fay Wray_77_assignsubmission_file": ("graded", ""),
    "Eve Adams_9_assignsubmission_onlinetext": ("refused", "no Python file"),
}
STUDENTS = {
    "cs01_PA2.py": "cs01",
    "cs10_PA1.tar.gz": "cs10",
    "cs12_PA2 (1).py": "cs12",
    "Ada Lovelace_123456_assignsubmission_file": "cs15",
    "Ben Nevis_123457_assignsubmission_file": "Ben Nevis_123457",
    "carrollcass_12345_678910_cs17_PA2.py": "cs17",
    "drewdan_LATE_12346_678911_notes.py": "drewdan",
    "Fay Wray_77_assignsubmission_file": "cs26",
    "Gus Grave_78_assignsubmission_file": "Gus Grave_78",
    "my homework.py": "",
}


def table(path: Path, key: str) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row[key] for row in rows}) == len(rows)
    return {row[key]: row for row in rows}


@pytest.fixture(scope="module")
def term(
    tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path], grader: Command
) -> tuple[Path, Path, str]:
    """The inbox, the folder that it was graded into, and what the command said the second time."""
    folder = tmp_path_factory.mktemp("term")
    course, inbox, out = make_tiny_course(folder), folder / "inbox", folder / "out"
    rubric = course / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("limits:", NAMES + "limits:"), encoding="utf-8")
    fill(inbox, (course / "student" / "sums.py").read_text(encoding="utf-8"))
    command = ("batch", inbox, "-a", "tiny", "--course", course, "--out", out, "--jobs", "2")
    first = grader(*command)
    assert first.returncode == 0, first.stderr
    again = grader(*command)
    assert again.returncode == 0, again.stderr
    return inbox, out, again.stdout


def test_an_inbox_of_forty_entries_gets_the_right_marks(term: tuple[Path, Path, str]) -> None:
    inbox, out, _ = term
    assert len(list(inbox.iterdir())) >= 40
    rows = table(out / "marks.csv", "submission")
    assert {name: row["marks"] for name, row in rows.items() if row["marks"]} == MARKS


def test_all_mess_is_told_with_its_reason(term: tuple[Path, Path, str]) -> None:
    rows = table(term[1] / "inbox.csv", "path")
    found = {path: (rows[path]["status"], words in rows[path]["reason"]) for path, (_, words) in MESS.items()}
    assert found == {path: (status, True) for path, (status, _) in MESS.items()}
    assert {row["status"] for row in rows.values()} == {"graded", "refused", "not taken", "hidden"}


def test_students_are_known_by_roll_number_or_by_what_the_platform_calls_them(term: tuple[Path, Path, str]) -> None:
    rows = table(term[1] / "inbox.csv", "path")
    assert {path: rows[path]["student"] for path in STUDENTS} == STUDENTS
    marks = table(term[1] / "marks.csv", "submission")
    assert marks["cs08_PA2"]["student"] == "cs08"


def test_every_file_of_the_inbox_has_a_line_or_was_graded_with_its_folder(term: tuple[Path, Path, str]) -> None:
    inbox, out, _ = term
    rows = table(out / "inbox.csv", "path")
    unlisted: dict[str, list[Path]] = {}
    for file in (Path(parent, name) for parent, _, names in os.walk(inbox) for name in names):
        path = file.relative_to(inbox).as_posix().replace("\n", "\\n")
        if path not in rows and f"'{path}" not in rows:
            unlisted.setdefault(path.partition("/")[0], []).append(file)
    packed_beside = {top for top, files in unlisted.items() if any(file.suffix == ".zip" for file in files)}
    assert packed_beside == {"Fay Wray_77_assignsubmission_file", "Gus Grave_78_assignsubmission_file"}
    assert len(unlisted.keys() - packed_beside) == 4
    for top, files in ((top, files) for top, files in unlisted.items() if top not in packed_beside):
        digest = hashlib.sha256()
        for file in sorted(files):
            name = file.relative_to(inbox / top).as_posix()
            digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        result = json.loads((out / "results" / f"{top}.json").read_text(encoding="utf-8"))
        assert (rows[top]["status"], result["provenance"]["submission_sha256"]) == ("graded", digest.hexdigest())


def test_size_and_sha256_are_those_of_the_file(term: tuple[Path, Path, str]) -> None:
    inbox, out, _ = term
    row = table(out / "inbox.csv", "path")["cs07_PA2.zip"]
    content = (inbox / "cs07_PA2.zip").read_bytes()
    assert (row["bytes"], row["sha256"]) == (str(len(content)), hashlib.sha256(content).hexdigest())


def test_a_file_name_that_is_a_formula_is_text_in_inbox_csv(term: tuple[Path, Path, str]) -> None:
    assert "'=cmd().py" in table(term[1] / "inbox.csv", "path")


def test_started_again_it_says_how_many_were_kept(term: tuple[Path, Path, str]) -> None:
    assert f"{len(MARKS)} kept from an earlier run" in term[2]


def test_each_graded_submission_has_a_page_of_feedback(term: tuple[Path, Path, str]) -> None:
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (term[1] / "feedback").glob("*.md")}
    assert set(pages) == {name.removeprefix("'") for name in MARKS}
    assert "**1 of 3 marks**" in pages["cs02_PA2"]
    assert "triple multiplies seven by 3" in pages["cs02_PA2"]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("cs01_PA2.tar.gz", "cs01"),
        ("cs01_PA2 (2).zip", "cs01"),
        ("cs01_PA2-1.ipynb", "cs01"),
        ("smithann_12_345_cs01_PA2-1.py", "cs01"),
        ("smithann_12_345_work.py", "smithann"),
        ("cs０１_PA2.py", "cs01"),
        ("cs٠१_PA2.py", "cs01"),
        ("smith\x1b]0;a\n_12_345_work.py", "smith_]0;a_"),
        ("cs01_PA3.zip", ""),
        ("xcs01_PA2.zip", ""),
    ],
)
def test_a_name_tells_its_student(name: str, student: str) -> None:
    assert author([name], r"(?P<roll>cs\d\d)_PA[12]").student == student


def test_a_link_to_a_folder_elsewhere_is_no_way_to_the_archives_in_it(tmp_path: Path) -> None:
    packed(tmp_path / "other class" / "exam.zip", {"sums.py": RIGHT})
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "cs01_PA2").symlink_to(tmp_path / "other class")
    (entry,) = discover(tmp_path / "inbox")
    assert entry.name == "cs01_PA2"
    assert "symbolic links" in (entry.problem or "")
