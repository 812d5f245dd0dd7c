"""What each platform's export tells of whose, when and which: every field, of every form of names and files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from grader.intake.export import Export
from grader.intake.platforms.gradescope import LIST
from grader.intake.platforms.table import PLATFORMS, facts, listing, platform, upload
from grader.intake.platforms.upload import Submitter, Upload
from grader.roster.people import LMS_IDS

ADA = "Ada Lovelace_123456_assignsubmission_file"


def moodle(name: str, user: str, called: str = "") -> Upload:
    account = f"{name}_{user}" if user else name
    return Upload(
        account, called=called, platform="moodle", name=name, user=user, student=account if user else "", late=None
    )


def canvas(name: str, user: str, number: int, called: str, *, late: bool = False) -> Upload:
    return Upload(
        f"{name}_{user}", number, called, "canvas", name=name, user=user, late=late, student=name,
    )  # fmt: skip


def anonymous(word: str, number: int, called: str, *, late: bool = False) -> Upload:
    return Upload(word, number, called, "canvas", late=late, student=word)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (ADA, moodle("Ada Lovelace", "123456")),
        (f"{ADA}_", moodle("Ada Lovelace", "123456")),
        (f"{ADA}_hw.zip", moodle("Ada Lovelace", "123456", "hw.zip")),
        (f"{ADA}_12_345_hw.zip", moodle("Ada Lovelace", "123456", "12_345_hw.zip")),
        ("Ada_1_assignsubmission_onlinetext_a.html", moodle("Ada", "1", "a.html")),
        ("Ada_1_assignfeedback_file", moodle("Ada", "1")),
        ("ada01_Ada Lovelace_12_assignsubmission_file", moodle("ada01_Ada Lovelace", "12")),
        ("Participant_77_assignsubmission_file", moodle("Participant", "77")),
        ("Team 2_31_assignsubmission_file", moodle("Team 2", "31")),
        ("Default group_assignsubmission_file", moodle("Default group", "")),
        ("Standardgruppe_assignsubmission_file_hw.py", moodle("Standardgruppe", "", "hw.py")),
        ("lovelaceada_12_456_hw.zip", canvas("lovelaceada", "12", 456, "hw.zip")),
        ("lovelaceada_LATE_12_456_hw.zip", canvas("lovelaceada", "12", 456, "hw.zip", late=True)),
        ("lovelaceada_1_100_hw_2_300.zip", canvas("lovelaceada", "1", 100, "hw_2_300.zip")),
        ("李明_12_456_hw-1.py", canvas("李明", "12", 456, "hw-1.py")),
        ("lovelaceada_12_text.html", canvas("lovelaceada", "12", 0, "text.html")),
        ("lovelaceada_LATE_12_link.html", canvas("lovelaceada", "12", 0, "link.html", late=True)),
        ("anon_A1b2C_456_hw.zip", anonymous("anon_A1b2C", 456, "hw.zip")),
        ("LATE_anon_A1b2C_456_hw.zip", anonymous("anon_A1b2C", 456, "hw.zip", late=True)),
        ("anon_A1b2C_text.html", anonymous("anon_A1b2C", 0, "text.html")),
    ],
)
def test_a_platforms_name_tells_every_field(name: str, told: Upload) -> None:
    assert upload(name) == told


@pytest.mark.parametrize(
    "name",
    [
        "hw.zip",
        "Ada_Lovelace_assignsubmission_file",
        "cs23b001_2_1_hw.py",  # week 2, question 1
        "cs23b001_2_99_hw.py",
        "cs23b001_02_123_hw.py",
        "cs23b001_2_0123_hw.py",
        "cs23b001_12_notes.html",
        "cs23b001_0_text.html",
        "lovelaceada_12_456_",
        "anon_A1b2C_hw.zip",
    ],
)
def test_names_that_people_choose_are_not_a_platforms(name: str) -> None:
    assert upload(name) is None


def test_a_students_file_name_cannot_pass_for_another_students_upload() -> None:
    """Catches: a file called as Moodle calls Ben's makes Eve's work his."""
    told = upload(f"Eve_1_assignsubmission_file_{ADA}_hw.py")
    assert told == moodle("Eve", "1", f"{ADA}_hw.py")


def gradescope(folder: Path, **said: object) -> Path:
    export = folder / "assignment_7_export"
    for name in said:
        (export / name).mkdir(parents=True)
        (export / name / "hw.py").write_text("x = 1\n", encoding="utf-8")
    (export / LIST).write_text(written(said), encoding="utf-8")
    return export


def written(said: object) -> str:
    """Return YAML in which what stands twice is written twice, as in Gradescope's lists."""
    dumper = type("WithoutAliases", (yaml.SafeDumper,), {"ignore_aliases": lambda self, data: True})
    return str(yaml.dump(said, Dumper=dumper, sort_keys=False))


def test_gradescopes_list_tells_submitters_time_and_attempt(tmp_path: Path) -> None:
    ada = {":name": "Ada Lovelace", ":sid": 1001, ":email": "ada@x.org"}
    ben = {":name": "Ben Nevis", ":sid": None, ":email": "ben@x.org"}
    early, late = datetime(2026, 3, 1, 10, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)
    export = gradescope(
        tmp_path,
        submission_1={
            ":submitters": [ada, ben],
            ":created_at": late,
            ":history": [{":created_at": early, ":score": 1.0}, {":created_at": late.replace(hour=12)}],
        },
        submission_2={":submitters": [ben], ":created_at": "2026-03-02T15:30:00+05:30"},
        submission_3={":submitters": []},
    )
    both = (Submitter("1001", "ada@x.org", "Ada Lovelace"), Submitter("", "ben@x.org", "Ben Nevis"))
    told = listing(export, ["submission_1", "submission_2", "submission_3", LIST])
    assert told.own == {LIST}
    assert told.uploads == {
        "submission_1": Upload(
            "submission_1", platform="gradescope", submitters=both, time=late, attempt=2, student="1001; ben@x.org"
        ),
        "submission_2": Upload(
            "submission_2", platform="gradescope", submitters=both[1:], time=late, attempt=1, student="ben@x.org"
        ),
    }


def test_a_file_called_as_another_platform_calls_uploads_is_its_students_all_the_same(tmp_path: Path) -> None:
    """Catches: in Canvas's export a file that is named as Ben's upload in Moodle makes Eve's work his."""
    spoof = "eve_12_456_Ben Nevis_2_assignsubmission_file_hw.py"
    told = listing(tmp_path, [spoof, "ada_13_457_hw.py", "ben_14_458_hw.py"]).uploads
    assert told[spoof] == canvas("eve", "12", 456, "Ben Nevis_2_assignsubmission_file_hw.py")


def test_a_name_with_an_underline_is_read_among_canvas_names_only(tmp_path: Path) -> None:
    """Catches: `my_lab_2023_101.py` and `…_102.py`, of two people, taken for two files of one."""
    name = "de_lacruzila_LATE_12_456_hw.py"
    told = listing(tmp_path, [name, "ada_13_457_hw.py", "ben_14_458_hw.py"]).uploads
    assert told[name] == canvas("de_lacruzila", "12", 456, "hw.py", late=True)
    assert listing(tmp_path, ["my_lab_2023_101_a.py", "my_lab_2023_102_a.py"]).uploads == {}


ADAS = "submission_1:\n  :submitters:\n  - :name: Ada\n"


def listed(folder: Path, text: str) -> Mapping[str, Upload]:
    (folder / "submission_1").mkdir(exist_ok=True)
    (folder / LIST).write_text(text, encoding="utf-8")
    return listing(folder, ["submission_1", LIST]).uploads


@pytest.mark.parametrize(
    "text",
    [
        *("", "- a\n", "submission_1: 3\n", "{", "a: !!python/object:os.system {}\n", "\x00"),
        ADAS + "x: " + "[" * 100_000,  # the parser's own recursion would end the process that reads it
        ADAS + "x: " + "[" * 50 + "]" * 50,
        ADAS + "x: &a []\ny: *a\n",
        ADAS + "x: {<<: {a: b}}\n",
        ADAS + 'x: !!int ""\n',
        ADAS + "--- {}\n",
        ADAS + "? [a]\n: b\n",
    ],
)
def test_another_file_of_that_name_is_a_hand_in_like_any(tmp_path: Path, text: str) -> None:
    """Catches: a list by a student that fells or fills the process that reads it."""
    assert [*listed(tmp_path, ADAS)] == ["submission_1"]
    assert listed(tmp_path, text) == {}
    assert listing(tmp_path, ["submission_1", LIST]) == listing(tmp_path / "nothing", [])


def test_names_and_numbers_in_a_list_are_texts(tmp_path: Path) -> None:
    """Catches: a student number that loses its zeros, or a moment beyond the calendar that ends the run."""
    text = "submission_1:\n  :submitters:\n  - :sid: 0017\n    :name: 'null'\n    :email: ~\n  :created_at: "
    assert listed(tmp_path, text + "2026-03-02 15:30:00.123456789 +05:30\n")["submission_1"] == Upload(
        "submission_1", platform="gradescope", submitters=(Submitter("0017", "", "null"),), attempt=1,
        time=datetime(2026, 3, 2, 10, 0, 0, 123456, UTC), student="0017",
    )  # fmt: skip
    for moment in ("0001-01-01 00:00:00 +05:30", "2026-03-02", "9999-99-99 00:00:00 Z", "[]"):
        assert listed(tmp_path, f"{text}{moment}\n")["submission_1"].time is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_list_that_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    """Catches: a pipe of that name, for whose writer the grader waits for ever; a link out of the inbox."""
    (tmp_path / "in" / "submission_1").mkdir(parents=True)
    (tmp_path / "list").write_text(ADAS, encoding="utf-8")
    (tmp_path / "in" / LIST).symlink_to(tmp_path / "list")
    assert listing(tmp_path / "in", []).uploads == {}
    (tmp_path / "in" / LIST).unlink()
    os.mkfifo(tmp_path / "in" / LIST)
    assert listing(tmp_path / "in", []).uploads == {}


def test_a_list_counts_only_where_all_beside_it_is_gradescopes_and_named(tmp_path: Path) -> None:
    """Catches: a student hands in a list that makes others' files theirs, or names files outside the export."""
    said = {":submitters": [{":name": "Ada"}]}
    export = gradescope(tmp_path, submission_1=said)
    (tmp_path / "other").mkdir()
    (export / "77.pdf").write_bytes(b"%PDF")
    (export / ".DS_Store").touch()
    names = ("../other", "..", ".", "submission_9", "submission_1", "cs01.py", "77.pdf")
    (export / LIST).write_text(written(dict.fromkeys(names, said)), encoding="utf-8")
    assert sorted(listing(export, []).uploads) == ["77.pdf", "submission_1"]
    (export / "78.pdf").write_bytes(b"%PDF")
    assert listing(export, []).uploads == {}
    (export / "78.pdf").rename(export / "cs01.py")
    assert listing(export, []).uploads == {}
    (export / "cs01.py").unlink()
    (export / "submission_1").rename(export / "77")
    assert listing(export, []).uploads == {}


def clones(folder: Path, *names: str) -> dict[str, tuple[str, str]]:
    for name in names:
        (folder / name / ".git").mkdir(parents=True, exist_ok=True)
    return {name: (one.user, one.student) for name, one in listing(folder, names).uploads.items()}


def test_clones_are_known_by_what_stands_behind_the_assignment(tmp_path: Path) -> None:
    same = clones(tmp_path / "hw-1-submissions", "hw-1-ada", "hw-1-ada-b")
    assert same == {"hw-1-ada": ("ada", "ada"), "hw-1-ada-b": ("ada-b", "ada-b")}
    fifty = clones(tmp_path / "any", "dl-2026-hw1-ada", "dl-2026-hw1-ben-n")
    assert fifty == {"dl-2026-hw1-ada": ("ada", "ada"), "dl-2026-hw1-ben-n": ("ben-n", "ben-n")}
    assert clones(tmp_path / "none", "ada", "ben") == {"ada": ("ada", ""), "ben": ("ben", "")}
    assert clones(tmp_path / "one", "hw1-ada") == {"hw1-ada": ("hw1-ada", "")}


def test_clones_that_were_packed_without_git_are_known_by_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "hw1-submissions"
    for name in ("hw1-ada", "hw1-ben"):
        (folder / name).mkdir(parents=True)
    assert {one.user for one in listing(folder, []).uploads.values()} == {"ada", "ben"}


def test_one_who_packed_the_repository_makes_no_class_of_clones(tmp_path: Path) -> None:
    for name in ("cs01", "cs02", "cs03"):
        (tmp_path / name).mkdir()
    assert clones(tmp_path, "cs04-x") == {}


def test_files_count_beside_one_who_packed_the_repository(tmp_path: Path) -> None:
    """Catches: one `.git` among files of many students makes their inbox a folder of clones."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "cs01.py").write_text("x = 1\n", encoding="utf-8")
    assert clones(tmp_path / "inbox", "cs04-x") == {}
    own = tmp_path / "hw1-submissions"
    (own / "hw1-ada").mkdir(parents=True)
    (own / "cs01.py").write_text("x = 1\n", encoding="utf-8")
    assert listing(own, []).uploads == {}


def test_the_export_is_found_in_the_only_folder_of_an_archive(tmp_path: Path) -> None:
    export = gradescope(tmp_path / "root", submission_1={":submitters": [{":name": "Ada"}]})
    found = Export.of(tmp_path / "root", unpacked=True)
    assert (found.root, found.folder, [*found.uploads]) == (tmp_path / "root", export, ["submission_1"])
    by_hand = tmp_path / "hand" / "class" / "cs01"
    by_hand.mkdir(parents=True)
    assert Export.of(tmp_path / "hand").folder == tmp_path / "hand"  # cs01's one folder of work
    assert Export.of(tmp_path / "hand", unpacked=True).folder == tmp_path / "hand" / "class"
    one = tmp_path / "moodle" / ADA
    one.mkdir(parents=True)
    assert Export.of(tmp_path / "moodle", unpacked=True).folder == tmp_path / "moodle"


MOODLES = (ADA, "Ben Nevis_124_assignsubmission_file")
CANVASS = ("ada_13_457_hw.py", "ben_14_458_hw.py", "de_lacruzila_LATE_12_456_hw.py")


def only_folder(folder: Path, *names: str) -> bool:
    """Tell whether the only folder in an inbox is taken for the export, where it holds folders of these names."""
    inside = folder / "inbox" / "103"
    for name in names:
        (inside / name).mkdir(parents=True)
    return Export.of(folder / "inbox").folder == inside


@pytest.mark.parametrize("names", [MOODLES, CANVASS, (*MOODLES, "notes.txt")])
def test_a_platforms_folder_is_found_in_the_inbox_that_holds_nothing_else(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    assert only_folder(tmp_path, *names)


@pytest.mark.parametrize(
    "names",
    [
        ("101.py", "102.py", "z_5_assignsubmission_file_q.py"),
        ("z_5_assignsubmission_file_q.py", "z_5_assignsubmission_file_r.py"),
        ("z_5_assignsubmission_file_q.py", "ada_13_457_hw.py"),
        (*MOODLES, "101.py", "102.py"),
        ("101/.git", "102/.git"),
        (ADA,),
    ],
)
def test_the_only_hand_in_does_not_decide_what_the_inbox_is(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Catches: who hands in alone names a file as a platform does, and what lies beside it is others' hand-ins."""
    assert not only_folder(tmp_path, *names)


def test_a_list_in_the_only_hand_in_does_not_decide_what_the_inbox_is(tmp_path: Path) -> None:
    said = {":submitters": [{":name": "Ada"}]}
    gradescope(tmp_path / "inbox", submission_1=said, submission_2=said)
    assert Export.of(tmp_path / "inbox").folder == tmp_path / "inbox"


def test_the_table_of_platforms_is_whole() -> None:
    assert len({one.key for one in PLATFORMS}) == len(PLATFORMS)
    for one in PLATFORMS:
        assert platform(one.key) is one
        assert all([one.title, one.export, one.who, one.when, one.attempt, one.lacks])
        assert one.known_by in {"", *LMS_IDS}


def test_the_page_about_platforms_has_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "platforms.md").read_text(encoding="utf-8")
    rows = [f"| {' | '.join(row.values())} |" for row in facts()]
    assert [row for row in rows if row not in page.splitlines()] == []
