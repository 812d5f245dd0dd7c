"""The bounds on what is handed in are those that docs/inbox.md gives, and hold for the last byte, name and file."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from grader.intake import bounds, members
from grader.intake.archives import unpack
from grader.intake.bounds import LeftOut, mib
from grader.intake.folder import Folder
from grader.intake.members import Output, RefusedMember, safe_path
from grader.intake.stage import stage

MIB = 1024**2
DOCS = " ".join((Path(__file__).parents[2] / "docs" / "inbox.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        ("MAX_FILE_BYTES", "files of more than {} MiB (pictures"),
        ("MAX_SEEN_BYTES", "(pictures and PDFs: {} MiB)"),
        ("MAX_BYTES", "what exceeds {} MiB or 1000 files in total"),
        ("MAX_ARCHIVE_BYTES", "refused as a whole if it is larger than {} MiB"),
        ("MAX_UNPACKED_BYTES", "together may unpack to {} MiB"),
        ("MAX_NOTEBOOK_BYTES", "more than 24 MiB (and at most {})"),
    ],
)
def test_a_bound_in_bytes_is_the_documented_one(bound: str, words: str) -> None:
    most = getattr(bounds, bound)
    assert words.format(mib(most).removesuffix(" MiB")) in DOCS
    assert most % MIB == 0


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        ("MAX_FILES", "64 MiB or {} files in total"),
        ("MAX_DEPTH", "folders more than {} levels deep"),
        ("MAX_ARCHIVES", "Up to {} archives are unpacked"),
        ("MAX_UNPACKED_FILES", "contains more than {} files"),
    ],
)
def test_a_bound_on_a_number_is_the_documented_one(bound: str, words: str) -> None:
    most = getattr(bounds, bound)
    assert words.format(f"{most:,}".replace(",", " ") if most >= 10_000 else most) in DOCS


def test_bytes_are_told_in_whole_mebibytes() -> None:
    assert [mib(number) for number in (MIB - 1, MIB, 1500 * MIB)] == ["0 MiB", "1 MiB", "1500 MiB"]


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Output:
    """What an archive is unpacked into, of at most twenty bytes and three members, of which one may have eight."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(members, "MAX_NAMES", 3)
    monkeypatch.setattr(members, "most_bytes", lambda name: 8)
    return Output(20, 3)


def write(output: Output, name: str, size: int) -> None:
    output.member(name, why_not="", chunks=iter([bytes(size)]))


def test_a_member_may_have_as_many_bytes_as_there_are_and_not_one_more(output: Output, tmp_path: Path) -> None:
    write(output, "a.py", 8)
    assert (output.left_out, (tmp_path / "a.py").stat().st_size) == ({}, 8)
    write(output, "b.py", 9)
    assert [*output.left_out] == ["b.py"]
    assert not (tmp_path / "b.py").exists()


def test_all_members_may_have_as_many_bytes_as_there_are_and_not_one_more(output: Output) -> None:
    for name, size in (("a.py", 8), ("b.py", 8), ("c.py", 4)):
        write(output, name, size)
    assert output.left_out == {}
    with pytest.raises(RefusedMember, match="unpacks to more than"):
        write(Output(20, 3), "d.py", 21)


def test_there_may_be_as_many_members_as_there_are_and_not_one_more(output: Output) -> None:
    for _ in range(3):
        output.count_member()
    with pytest.raises(RefusedMember, match="more than 3 members"):
        output.count_member()


def test_a_name_may_be_as_long_and_as_deep_as_there_is_room_and_no_more() -> None:
    assert safe_path("n" * 255) == PurePosixPath("n" * 255)
    deepest = "/".join("d" * bounds.MAX_DEPTH)
    assert safe_path(deepest) == PurePosixPath(deepest)
    for name, why in (
        ("n" * 256, "longer than 255"),
        (f"{deepest}/d", "more than 20 folders"),
        ("a\0b", "not a valid"),
    ):
        with pytest.raises(LeftOut, match=why):
            safe_path(name)


def test_a_long_name_that_is_left_out_is_told_by_its_first_300_characters(output: Output) -> None:
    for length in (300, 301):
        write(output, "../".ljust(length, "x"), 1)
    assert [*map(len, output.left_out)] == [300, 301]
    assert [name.endswith("…") for name in output.left_out] == [False, True]


@pytest.mark.usefixtures("output")
def test_a_tar_may_unpack_to_as_many_bytes_as_there_are_and_not_one_more() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.py"))
    size = len(packed.getvalue())  # all that is read of it counts, also what pads it
    unpack(io.BytesIO(packed.getvalue()), Output(size, 3))
    with pytest.raises(RefusedMember, match="unpacks to more than"):
        unpack(io.BytesIO(packed.getvalue()), Output(size - 1, 3))


def test_a_file_is_read_to_its_last_byte_and_one_that_is_larger_is_left_out(tmp_path: Path) -> None:
    for name, size in (("most.py", bounds.MAX_FILE_BYTES), ("more.py", bounds.MAX_FILE_BYTES + 1)):
        (tmp_path / name).write_bytes(bytes(size))
    with Folder.opened(str(tmp_path)) as folder:
        assert len(folder.read("most.py")[0]) == bounds.MAX_FILE_BYTES
        with pytest.raises(LeftOut, match="larger than 8 MiB"):
            folder.read("more.py")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "ada"
    (folder / "data").mkdir(parents=True)
    for name in ("a.py", "b.py", "data/c.csv"):
        (folder / name).write_bytes(bytes(10))
    return folder


def staged_notes(work: Path, tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "into").mkdir(exist_ok=True)
    return stage(work, tmp_path / "into").notes


@pytest.mark.parametrize(
    ("bound", "enough", "words"),
    [
        ("MAX_NAMES", 4, "contains more than 3 names"),  # the folder is one
        ("MAX_BYTES", 30, "data/c.csv: left out, the submission is larger than"),
        ("MAX_FILES", 3, "the rest is left out: more than 2 files"),
    ],
)
def test_a_submission_may_have_as_much_as_there_is_and_not_one_more(
    bound: str, enough: int, words: str, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"grader.intake.copying.{bound}", enough)
    assert staged_notes(work, tmp_path) == ()
    monkeypatch.setattr(f"grader.intake.copying.{bound}", enough - 1)
    assert any(words in note for note in staged_notes(work, tmp_path))


def test_as_many_archives_are_unpacked_as_may_be_and_not_one_more(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(f"m{number}.py", b"")
        (work / f"{number}.zip").write_bytes(packed.getvalue())
    monkeypatch.setattr("grader.intake.copying.MAX_ARCHIVES", 3)
    assert staged_notes(work, tmp_path) == ()
    monkeypatch.setattr("grader.intake.copying.MAX_ARCHIVES", 2)
    assert ["more than 2 archives" in note for note in staged_notes(work, tmp_path)] == [True]
