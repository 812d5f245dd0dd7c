"""The folder that a class is graded into: locked, joined by criterion, safe from names, never silent about a fault."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from grader.cohort.batch import Batch, Graded
from grader.core.errors import UsageError
from grader.core.file_names import file_names
from grader.core.files import locked, remove_unfinished
from grader.course.folder import Course
from grader.results.class_list import Row

ROOT = Path(__file__).parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]
RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
MANUAL = """\
  - id: sums.proof
    title: (c) A proof
    handed_in: [proof.md]
    criteria:
      - {id: sums.proof.steps, title: the steps follow, marks: 2, manual: true}
"""


def table(path: Path, key: str = "submission") -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def hand_in(inbox: Path, name: str, code: str = RIGHT, **files: str) -> None:
    (inbox / name).mkdir(parents=True, exist_ok=True)
    (inbox / name / "sums.py").write_text(code)
    for file, text in files.items():
        (inbox / name / f"{file}.md").write_text(text)


def break_triple(course: Path) -> None:
    """Have the hidden check of three times a number use a name that is not there."""
    suite = course / "tests/hidden/test_sums.py"
    suite.write_text(suite.read_text().replace("== 3 * 7", "== expekted"))


@pytest.fixture
def course(tiny_course: Path) -> Path:
    """The small course with a question more that a person marks."""
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("marks: 3\n", "marks: 5\n", 1) + MANUAL, encoding="utf-8")
    return tiny_course


def graded(
    course: Path, inbox: Path, out: Path, watch: Callable[[Row, bool], None] | None = None, **how: Any
) -> Graded:
    """Grade within this process."""
    found = Course.find(course)
    return Batch(found, found.rubric("tiny"), inbox, out, **how).grade(
        lambda count: None, watch or (lambda row, kept: None)
    )


@contextmanager
def locked_by_another(folder: Path) -> Iterator[int]:
    """Have another process write to a folder."""
    code = (
        "import sys, pathlib; from grader.core.files import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n    print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "locked\n"
        yield other.pid
        other.stdin.close()


def test_a_check_that_breaks_costs_nobody_a_mark_and_is_told_everywhere(
    grader: Command, tiny_course: Path, tmp_path: Path
) -> None:
    break_triple(tiny_course)
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada")
    hand_in(inbox, "bob", "def double(number):\n    return 2 * number\n")
    done = grader("batch", inbox, "-a", "tiny", "--course", tiny_course, "--out", out)
    assert done.returncode == 3
    rows = table(out / "marks.csv")
    named = ("marks", "max_marks", "complete", "sums.double", "sums.triple")
    assert [rows["ada"][column] for column in named] == ["", "3", "no", "1", ""]
    assert [rows["bob"][column] for column in named] == ["1", "3", "yes", "1", "0"]
    assert "sums.triple.value: the check itself is wrong" in rows["ada"]["remark"]
    assert "NameError: name 'expekted' is not defined" in rows["ada"]["remark"]
    assert "expekted" in (out / "results" / "ada.log").read_text()
    assert "[1/2] ada: not decided" in done.stderr
    assert "– / 3" in done.stdout
    assert "1 of 2 hand-ins have marks. By checks, of 3: mean 1," in (out / "class.md").read_text(encoding="utf-8")
    page = (out / "feedback" / "ada.md").read_text(encoding="utf-8")
    assert "**1 of 1 marked so far**; 2 are not decided yet" in page
    assert "broken | – / 2" in page
    assert "expekted" not in page
    document = json.loads((out / "results" / "ada.json").read_text())
    assert (document["complete"], document["questions"][1]["criteria"][0]["marks"]) == (False, "0")


@pytest.mark.parametrize("threshold", [(), ("--fail-under", "1"), ("--fail-under", "3")])
def test_marks_that_are_not_decided_are_neither_below_a_threshold_nor_above_it(
    grader: Command, tiny_course: Path, tmp_path: Path, threshold: tuple[str, ...]
) -> None:
    break_triple(tiny_course)
    hand_in(tmp_path, "ada")
    done = grader("run", tmp_path / "ada", "-a", "tiny", "--course", tiny_course, *threshold)
    assert done.returncode == 3
    assert "sums.triple.value: the check itself is wrong" in done.stderr
    assert "Could not be decided" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_check_that_was_mended_gives_the_marks_and_leaves_no_log(tiny_course: Path, tmp_path: Path) -> None:
    suite = tiny_course / "tests/hidden/test_sums.py"
    right = suite.read_text()
    hand_in(tmp_path / "inbox", "ada")
    break_triple(tiny_course)
    assert graded(tiny_course, tmp_path / "inbox", tmp_path / "out").is_at_fault
    suite.write_text(right)
    assert not graded(tiny_course, tmp_path / "inbox", tmp_path / "out").is_at_fault
    assert table(tmp_path / "out" / "marks.csv")["ada"]["marks"] == "3"
    assert not (tmp_path / "out" / "results" / "ada.log").exists()


def test_of_two_batches_into_one_folder_the_second_is_refused(
    grader: Command, tiny_course: Path, tmp_path: Path
) -> None:
    hand_in(tmp_path / "inbox", "ada")
    command = ("batch", tmp_path / "inbox", "-a", "tiny", "--course", tiny_course, "--out", tmp_path / "out")
    with locked_by_another(tmp_path / "out") as other:
        done = grader(*command)
        assert done.returncode == 2
        assert "another run of the grader is writing to this folder" in done.stderr
        assert f"process {other}" in done.stderr
        assert [file.name for file in (tmp_path / "out").iterdir()] == [".lock"]
    assert grader(*command).returncode == 0  # what a process has left that is gone blocks nobody


def test_a_lock_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written to"), locked(tmp_path / "file" / "out"):
        pass


def test_a_part_graded_into_a_whole_class_leaves_the_other_marks(course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada", proof="2n is even")
    hand_in(inbox, "bob", RIGHT.replace("3 *", "4 *"), proof="so it is")
    graded(course, inbox, out)
    names = ("marks.csv", "to_mark.csv", "results/ada.json", "written/ada/sums.proof.md", "feedback/bob.md")
    before = {name: (out / name).read_bytes() for name in names}
    graded(course, inbox, out, only="sums.double", fresh=True)
    assert {name: (out / name).read_bytes() for name in names} == before


def test_parts_graded_one_after_another_are_the_whole(course: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    hand_in(inbox, "ada", RIGHT.replace("3 *", "4 *"), proof="2n is even")
    graded(course, inbox, tmp_path / "whole")
    for part in ("sums.proof", ["sums.triple"], ("sums.double",)):
        graded(course, inbox, tmp_path / "parts", only=part)
    names = ("marks.csv", "to_mark.csv", "class.md", "results/ada.json", "feedback/ada.md", "written/ada/sums.proof.md")
    for name in names:
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


@pytest.mark.parametrize("change", ["suite", "work"])
def test_a_part_is_not_mixed_with_what_other_suites_or_other_work_have_earned(
    course: Path, tmp_path: Path, change: str
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada")
    graded(course, inbox, out)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file() and file.name != ".lock"}
    changed = course / "tests/hidden/test_sums.py" if change == "suite" else inbox / "ada" / "sums.py"
    changed.write_text(f"{changed.read_text()}\n# changed\n")
    with pytest.raises(UsageError) as refused:
        graded(course, inbox, out, only="sums.double")
    assert "ada" in str(refused.value)
    assert "without --only" in str(refused.value)
    assert {file: file.read_bytes() for file in before} == before
    graded(course, inbox, out)
    assert table(out / "marks.csv")["ada"]["marks"] == "3"


def test_another_assignment_is_not_graded_into_the_same_folder(course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada")
    graded(course, inbox, out)
    rubric = (course / "rubrics" / "tiny.yaml").read_text().replace("assignment: tiny", "assignment: other")
    (course / "rubrics" / "other.yaml").write_text(rubric)
    found = Course.find(course)
    with pytest.raises(UsageError, match="another assignment was graded into this folder"):
        Batch(found, found.rubric("other"), inbox, out).grade(lambda count: None, lambda row, kept: None)


@pytest.mark.parametrize("command", ["run", "batch"])
def test_only_can_stand_again(grader: Command, course: Path, tmp_path: Path, command: str) -> None:
    hand_in(tmp_path / "inbox", "ada")
    only = ("--only", "sums.double", "--only", "sums.triple.*", "-a", "tiny", "--course", course)
    if command == "run":
        done = grader("run", tmp_path / "inbox" / "ada", *only, "--json", "-")
        document = json.loads(done.stdout)
    else:
        done = grader("batch", tmp_path / "inbox", *only, "--out", tmp_path / "out")
        document = json.loads((tmp_path / "out" / "results" / "ada.json").read_text())
    assert done.returncode == 0, done.stderr
    assert [question["id"] for question in document["questions"]] == ["sums.double", "sums.triple"]
    wrong = grader("run", tmp_path / "inbox" / "ada", *only, "--only", "sums.tripl")
    assert wrong.returncode == 2
    assert "did you mean `sums.triple`?" in wrong.stderr


def test_names_of_strangers_never_name_a_file_of_ours(course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    names = ["index.html", "con", "Anna", "anna", "a\nb", "marks.csv", "to_mark.csv.bak", "ordinary one"]
    for number, name in enumerate(names):
        hand_in(inbox, name, RIGHT + f"# {number}\n", proof=f"by {number}")
    assert not graded(course, inbox, out).is_at_fault
    assert len(table(out / "marks.csv")) == len(names)
    for folder in ("results", "feedback", "written"):
        found = [file.name.casefold() for file in (out / folder).iterdir()]
        assert len(set(found)) == len(found) == len(names) + (folder == "written")
    assert (out / "written" / "index.html").is_file()
    assert (out / "results" / "ordinary one.json").is_file()
    assert not (out / "results" / "con.json").exists()
    files = {name: table(out / "to_mark.csv")[name]["files"] for name in ("Anna", "anna", "index.html")}
    assert {name: (out / file).read_text() for name, file in files.items()} == {
        "Anna": "by 2", "anna": "by 3", "index.html": "by 0",
    }  # fmt: skip
    page = (out / "written" / "index.html").read_text(encoding="utf-8")
    assert all(f"./{file.removeprefix('written/')}" in page for file in files.values())


def test_a_name_that_meets_another_leaves_nothing_under_the_one_that_they_would_share(
    tiny_course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "Anna")
    graded(tiny_course, inbox, out)
    assert (out / "results" / "Anna.json").is_file()
    hand_in(inbox, "anna")
    graded(tiny_course, inbox, out)
    named = file_names(["Anna", "anna"])
    assert {file.stem for file in (out / "results").iterdir()} == set(named.values())


def test_a_table_that_cannot_be_written_does_not_keep_the_others_from_it(
    grader: Command, course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada", proof="2n is even")
    for name in ("marks.csv", "written/index.html"):
        (out / name).mkdir(parents=True)
    done = grader("batch", inbox, "-a", "tiny", "--course", course, "--out", out)
    assert done.returncode == 3
    assert "marks.csv could not be written: this file cannot be written: Is a directory" in done.stderr
    assert "written/index.html could not be written" in done.stderr
    assert table(out / "inbox.csv", "path")["ada"]["status"] == "graded"
    assert (out / "class.md").is_file()
    assert (out / "to_mark.csv").is_file()


def test_a_result_that_cannot_be_written_costs_no_other_submission(course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada")
    hand_in(inbox, "bob")
    (out / "results" / "ada.json").mkdir(parents=True)
    found = graded(course, inbox, out)
    assert found.is_at_fault
    rows = table(out / "marks.csv")
    assert (rows["ada"]["marks"], rows["bob"]["marks"]) == ("", "3")
    assert "not the student's fault" in rows["ada"]["remark"]


def test_marks_typed_while_a_batch_runs_count_and_reach_the_student(course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada", proof="2n is even")
    graded(course, inbox, out)
    hand_in(inbox, "bob", proof="so it is")

    def typed(row: Row, kept: bool) -> None:
        text = (out / "to_mark.csv").read_text(encoding="utf-8-sig")
        (out / "to_mark.csv").write_text(text.replace('"",""\n', '"1.5","nearly"\n'), encoding="utf-8")

    assert graded(course, inbox, out, typed).problems == []
    rows = table(out / "marks.csv")
    assert (rows["ada"]["marks"], rows["ada"]["sums.proof"], rows["bob"]["sums.proof"]) == ("4.5", "1.5", "")
    assert "nearly" in (out / "feedback" / "ada.md").read_text(encoding="utf-8")
    assert (out / "to_mark.csv.bak").is_file()


def test_a_line_that_counts_for_nothing_is_told_and_all_the_rest_is_done(
    grader: Command, course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    hand_in(inbox, "ada", proof="2n is even")
    hand_in(inbox, "bob")
    command = ("batch", inbox, "-a", "tiny", "--course", course, "--out", out)
    assert grader(*command).returncode == 0
    lines = (out / "to_mark.csv").read_text(encoding="utf-8-sig").splitlines()
    other = lines[1].replace("ada", "adam").replace(lines[1].split('"')[-6], "0" * 64).replace('"",""', '"2","good"')
    (out / "to_mark.csv").write_text("\n".join([*lines[:2], other, *lines[2:]]) + "\n", encoding="utf-8")
    done = grader(*command)
    assert done.returncode == 2
    assert (
        "row 4, `2` for sums.proof.steps of adam: no submission here has this name, did you mean `ada`?" in done.stderr
    )
    assert table(out / "marks.csv")["bob"]["marks"] == "3"
    assert '"adam"' in (out / "to_mark.csv").read_text(encoding="utf-8-sig").splitlines()[3]


def test_folders_as_deep_as_a_stranger_likes_have_their_line(tiny_course: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    hand_in(inbox, "ada")
    here = os.open(inbox / "ada", os.O_RDONLY)
    for _ in range(2500):  # deeper than Python calls itself, and a longer path than the system takes
        os.mkdir("d", dir_fd=here)
        here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    found = graded(tiny_course, inbox, tmp_path / "out")
    subprocess.run(["rm", "-rf", str(inbox)], check=True)
    assert found.unwritten == []
    assert any(path.startswith("ada/d/d") for path in table(tmp_path / "out" / "inbox.csv", "path"))


def test_what_a_killed_process_was_writing_is_cleared_away(tmp_path: Path) -> None:
    for file in (".writing-a", "results/.writing-b", "results/kept.json"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    remove_unfinished(tmp_path)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["kept.json"]
