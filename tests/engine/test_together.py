"""Everything that one student handed in is one hand-in, and what two students handed in never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake.discover import discover
from grader.intake.export import Export
from grader.intake.stage import Joined, stage
from grader.intake.survey import HandIn, Wanted, survey
from grader.intake.together import together

CODE = "x = 1\n"


def put(inbox: Path, *names: str) -> list[HandIn]:
    """Return what is found in an inbox of files that all have other contents."""
    for name in names:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(f"# {name}\n{CODE}", encoding="utf-8")
    return survey([Export.of(inbox)], Wanted())


def names_of(inbox: Path, pattern: str | None = None) -> list[str]:
    return [one.name for one in together(discover(inbox), Export.of(inbox).uploads, pattern)]


def test_the_attachments_of_one_student_are_one_hand_in(tmp_path: Path) -> None:
    """Catches: 12 + 23 + refused where 35 were earned."""
    attachments = ("anna_123_456_q1.py", "anna_LATE_123_457_q2.py", "anna_123_458_report.pdf", "anna_123_text.html")
    anna, bob = put(tmp_path, *attachments, "bob_124_459_q1.py")
    assert (anna.name, anna.student, bob.name) == ("anna_123", "anna", "bob_124_459_q1")
    assert anna.staged
    assert anna.staged.files == ("q1.py", "q2.py", "report.pdf", "text.html")
    assert anna.staged.sources == set(attachments)
    assert anna.upload
    assert anna.upload.called == "text.html"  # of several uploads the first stands for all, here one without a number


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
    assert any(isinstance(one, Joined) for one in together(discover(tmp_path), Export.of(tmp_path).uploads, None))


def days(folder: Path, *texts: str) -> list[HandIn]:
    """Return what is found in exports of several days, in each of which a student has handed in one text."""
    for number, text in enumerate(texts):
        (folder / str(number)).mkdir()
        (folder / str(number) / "ada_12_456_hw.py").write_text(text, encoding="utf-8")
    return survey([Export.of(folder / str(number)) for number in range(len(texts))], Wanted())


def test_what_is_unchanged_on_another_day_is_one_hand_in(tmp_path: Path) -> None:
    found = days(tmp_path, "x = 1\n", "x = 1\n", "x = 2\n", "x = 2\n")
    assert [(one.name, one.export, len(one.again)) for one in found] == [
        ("ada_12_456_hw", 0, 1), ("ada_12_456_hw-2", 2, 1),
    ]  # fmt: skip


def test_who_goes_back_to_the_first_has_handed_in_a_third_time(tmp_path: Path) -> None:
    """Catches: the second attempt taken for the last."""
    found = days(tmp_path, "x = 1\n", "x = 2\n", "x = 1\n")
    assert [one.export for one in found] == [0, 1, 2]


def test_what_is_refused_each_day_is_refused_once(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "ada_12_456_hw.pdf").write_bytes(b"%PDF")
    found = survey([Export.of(tmp_path / "0"), Export.of(tmp_path / "1")], Wanted())
    assert [(one.export, len(one.again)) for one in found] == [(0, 1)]


def remarks(found: list[HandIn]) -> dict[str, tuple[str, ...]]:
    return {one.name: one.remarks for one in found if one.remarks}


def test_versions_of_one_work_are_told_where_no_student_is_known(tmp_path: Path) -> None:
    """Catches: remarks on what was refused, or another pair of remarks for a student who is known."""
    found = put(tmp_path / "by hand", "a.py", "a (1).py", "b.txt", "b (1).txt")
    assert remarks(found) == {"a": ("a version of a (1)",), "a (1)": ("a version of a",)}
    assert remarks(put(tmp_path / "refused", "d/notes.txt", "d (1)/notes.txt")) == {}
    names = ("anna_123_456_hw.py", "anna_124_457_hw (1).py", "anna_125_458_hw.pdf")
    assert remarks(put(tmp_path / "export", *names)) == {
        "anna_123_456_hw": ("same student as anna_124_457_hw (1)",),
        "anna_124_457_hw (1)": ("same student as anna_123_456_hw",),
    }
    put(tmp_path / "named", "cs01_hw.py", "cs01_hw (1).py")
    assert remarks(survey([Export.of(tmp_path / "named")], Wanted(r"(?P<roll>cs\d\d)_hw"))) == {
        "cs01_hw": ("same student as cs01_hw (1)",),
        "cs01_hw (1)": ("same student as cs01_hw",),
    }


def test_of_many_who_handed_in_the_same_three_are_named(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d", "e"):
        (tmp_path / f"{name}.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "other.py").write_text("", encoding="utf-8")
    found = remarks(survey([Export.of(tmp_path)], Wanted()))
    assert found.keys() == {"a", "b", "c", "d", "e"}
    assert found["b"] == ("same contents as a, c, d and 1 more",)


def test_an_entry_has_its_stem_for_a_name_where_that_tells_it_apart(tmp_path: Path) -> None:
    for name in ("a.py", "b.py", "b.ipynb", "c", "c.py", "d", "e\x01.py", "e\x02.py", "f.zip", "f.zip.py"):
        (tmp_path / name).touch()
    assert {one.path.name: one.name for one in discover(tmp_path)} == {
        "a.py": "a", "b.py": "b.py", "b.ipynb": "b.ipynb", "c": "c", "c.py": "c.py", "d": "d",
        "e\x01.py": "e_.py", "e\x02.py": "e_.py-2", "f.zip": "f", "f.zip.py": "f.zip.py",
    }  # fmt: skip
