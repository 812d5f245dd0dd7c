"""Everything that one student handed in is one hand-in, and what two students handed in never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.submission.discover import discover
from grader.submission.stage import Joined, stage
from grader.submission.survey import HandIn, survey
from grader.submission.together import together

CODE = "x = 1\n"


def put(inbox: Path, *names: str) -> list[HandIn]:
    """Return what is found in an inbox of files that all have other contents."""
    for name in names:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(f"# {name}\n{CODE}", encoding="utf-8")
    return survey(inbox, None)


def names_of(inbox: Path, pattern: str | None = None) -> list[str]:
    return [one.name for one in together(discover(inbox), pattern)]


def test_the_attachments_of_one_student_are_one_hand_in(tmp_path: Path) -> None:
    """Catches: 12 + 23 + refused where 35 were earned."""
    attachments = ("anna_123_456_q1.py", "anna_LATE_123_457_q2.py", "anna_123_458_report.pdf", "anna_123_text.html")
    anna, bob = put(tmp_path, *attachments, "bob_124_459_q1.py")
    assert (anna.name, anna.student, bob.name) == ("anna_123", "anna", "bob_124_459_q1")
    assert anna.staged
    assert anna.staged.files == ("q1.py", "q2.py", "report.pdf", "text.html")
    assert anna.staged.sources == set(attachments)


def test_what_is_joined_has_the_digest_of_the_joined_folder(tmp_path: Path) -> None:
    (anna,) = put(tmp_path / "inbox", "anna_123_456_q1.py", "anna_123_457_q2.py")
    folder = tmp_path / "joined"
    folder.mkdir()
    for name in ("q1.py", "q2.py"):
        text = next((tmp_path / "inbox").glob(f"*{name}")).read_text()
        (folder / name).write_text(text)
    (tmp_path / "staging").mkdir()
    assert anna.staged
    assert anna.staged.digest == stage(folder, tmp_path / "staging").digest


def test_of_attachments_with_one_name_neither_is_lost_and_it_is_told(tmp_path: Path) -> None:
    (anna,) = put(tmp_path, "anna_123_1001_q1.py", "anna_123_999_q1.py")
    assert anna.staged
    assert anna.staged.files == ("q1-2.py", "q1.py")
    assert anna.staged.notes == ("anna_123_1001_q1.py: copied as q1-2.py, because there is another q1.py",)


def test_students_without_a_name_are_told_apart_by_what_stands_for_it(tmp_path: Path) -> None:
    found = put(tmp_path, "anon_a1B2c_456_q1.py", "LATE_anon_a1B2c_457_q2.py", "anon_x1B2c_458_q1.py")
    assert [one.name for one in found] == ["anon_a1B2c", "anon_x1B2c_458_q1"]


def test_the_folders_and_files_of_one_moodle_account_are_one_hand_in(tmp_path: Path) -> None:
    ada, _, ben = put(
        tmp_path,
        "Ada L_1_assignsubmission_file_/work.py",
        "Ada L_1_assignsubmission_onlinetext_/onlinetext.html",
        "Ben N_2_assignsubmission_file_a.py",
        "Ben N_2_assignsubmission_file_b.py",
        "Ada L_3_assignsubmission_file/work.py",
    )
    assert (ada.name, ada.student, ben.name) == ("Ada L_1", "Ada L_1", "Ben N_2")
    assert ada.staged
    assert ada.staged.files == ("onlinetext.html", "work.py")
    assert ben.staged
    assert ben.staged.files == ("a.py", "b.py")


def test_a_report_beside_work_of_the_same_name_is_part_of_it(tmp_path: Path) -> None:
    found = put(
        tmp_path, "cs01.py", "cs01.pdf", "cs02/a.py", "cs02.pdf", "cs03.pdf", "cs04.py", "cs04.ipynb", "cs04.pdf"
    )
    assert [one.name for one in found] == ["cs01", "cs02", "cs03.pdf", "cs04.ipynb", "cs04.pdf", "cs04.py"]
    assert found[0].staged
    assert found[0].staged.files == ("cs01.pdf", "cs01.py")
    assert found[1].staged
    assert found[1].staged.files == ("a.py", "cs02.pdf")


@pytest.mark.parametrize(
    "names",
    [
        ("pa_2_23_asha.py", "pa_2_24_bala.py"),
        ("pa_2023_001_asha.py", "pa_2023_002_bala.py"),
        ("anna_123_456_q1.py", "anna_124_457_q1.py"),
        ("anna_123_456_q1.py", "ann_123_457_q1.py"),
        ("Ada L_1_assignsubmission_file/a.py", "Ada L_2_assignsubmission_file/a.py"),
        ("hw.py", "hw (1).py"),
    ],
)
def test_what_may_be_of_two_students_stays_apart(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Catches: one student's work counts for another's."""
    assert len(put(tmp_path, *names)) == len(names)


def test_what_the_rubric_takes_for_two_students_stays_apart(tmp_path: Path) -> None:
    put(tmp_path, "lab_2023_101_x.py", "lab_2023_102_x.py")
    assert names_of(tmp_path) == ["lab_2023"]
    assert names_of(tmp_path, r"lab_2023_(?P<roll>\d+)_x") == ["lab_2023_101_x", "lab_2023_102_x"]


def test_the_name_of_what_is_joined_is_nobody_elses(tmp_path: Path) -> None:
    put(tmp_path, "anna_123.py", "anna_123_456_a.py", "anna_123_457_b.py")
    assert names_of(tmp_path) == ["anna_123", "anna_123-2"]
    assert any(isinstance(one, Joined) for one in together(discover(tmp_path), None))
