"""Archives: the same work as in a folder, and nothing that a hostile one can win."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from grader.core.errors import SubmissionError
from grader.intake import bounds
from grader.intake.stage import Staged, stage

WORK = {"solution.py": b"x = 1\n", "data/numbers.csv": b"1,2\n"}


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def member(name: str, content: bytes = b"", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, content


def tarred(path: Path, *members: tuple[tarfile.TarInfo, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for info, content in members:
            archive.addfile(info, io.BytesIO(content))
    return path


def refused(path: Path, into: Path) -> str:
    with pytest.raises(SubmissionError) as raised:
        stage(path, into)
    return str(raised.value)


def reason(staged: Staged, name: str) -> str:
    """Return why a member was left out, which every note must tell as well."""
    assert any(staged.left_out[name] in note for note in staged.notes)
    return staged.left_out[name]


def tarred_work(path: Path, top: str, mode: str) -> Path:
    return tarred(path, *(member(top + name, content) for name, content in WORK.items()), mode=mode)


TARS = {"hw.tar": "w", "hw.tar.gz": "w:gz", "hw.tgz": "w:gz", "hw.tar.bz2": "w:bz2", "hw.txz": "w:xz"}
MAKERS: dict[str, Callable[[Path, str], Path]] = {
    "hw.zip": lambda path, top: zipped(path, *((top + name, content) for name, content in WORK.items())),
    **{name: partial(tarred_work, mode=mode) for name, mode in TARS.items()},
}  # fmt: skip


@pytest.mark.parametrize("top", ["", "cs23b001_PA2/", "./a/b/"])
@pytest.mark.parametrize("name", MAKERS)
def test_the_same_work_as_folder_and_as_archive_is_the_same_submission(
    tmp_path: Path, into: Path, name: str, top: str
) -> None:
    for file, content in WORK.items():
        (tmp_path / "hw" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "hw" / file).write_bytes(content)
    folder = stage(tmp_path / "hw", into)
    archive = stage(MAKERS[name](tmp_path / name, top), into)
    assert (archive.name, archive.files, archive.digest) == (folder.name, folder.files, folder.digest)
    assert archive.notes == ()
    assert {file: (into / file).read_bytes() for file in archive.files} == WORK


def test_a_folder_that_holds_nothing_but_an_archive_is_that_archive(tmp_path: Path, into: Path) -> None:
    folder = tmp_path / "Ada Lovelace_1234_assignsubmission_file"
    folder.mkdir()
    zipped(folder / "hw.zip", *WORK.items())
    (folder / ".DS_Store").touch()
    staged = stage(folder, into)
    assert (staged.name, staged.files) == (folder.name, tuple(sorted(WORK)))


def test_an_archive_beside_other_work_becomes_a_folder_of_its_name(tmp_path: Path, into: Path) -> None:
    """Catches: the report, or the code, counts as not handed in."""
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "report.pdf").touch()
    (folder / "main.ipynb").write_text("{}")
    zipped(folder / "code.zip", *((f"code/{name}", content) for name, content in WORK.items()), ("../out.py", b""))
    staged = stage(folder, into)
    assert staged.files == ("code/data/numbers.csv", "code/solution.py", "main.ipynb", "report.pdf")
    assert "code.zip" in staged.sources
    assert "leads out" in reason(staged, "code.zip!/../out.py")


def test_of_files_that_would_get_one_name_neither_is_lost(tmp_path: Path, into: Path) -> None:
    folder = tmp_path / "ada"
    (folder / "code").mkdir(parents=True)
    (folder / "code" / "solution.py").write_text("y = 1\n")
    zipped(folder / "code.zip", *WORK.items())
    staged = stage(folder, into)
    assert staged.files == ("code-2/data/numbers.csv", "code-2/solution.py", "code/solution.py")
    assert "code.zip!: copied as code-2, because there is another code" in staged.notes


def test_an_archive_is_known_by_its_content_whatever_its_ending(tmp_path: Path, into: Path) -> None:
    made = tarred(tmp_path / "hw.tar.gz", member("a.py", b"1"))
    assert stage(made.rename(tmp_path / "hw.zip"), into).files == ("a.py",)
    (tmp_path / "seven.zip").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    assert "7z" in refused(tmp_path / "seven.zip", into)


NAMES = {
    "../out.py": "leads out",
    "a/../../out.py": "leads out",
    "..\\out.py": "leads out",
    "/abs.py": "absolute",
    "\\abs.py": "absolute",
    "C:/abs.py": "absolute",
    "c:\\abs.py": "absolute",
    "n" * 256 + ".py": "longer than",
    "d/" * bounds.MAX_DEPTH + "deep.py": "folders deep",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_left_out_and_the_others_stay(tmp_path: Path, into: Path, name: str) -> None:
    for made in (
        zipped(tmp_path / "hw.zip", ("solution.py", b""), (name, b"out")),
        tarred(tmp_path / "hw.tar.gz", member("solution.py"), member(name, b"out")),
    ):
        staged = stage(made, into)
        assert staged.files == ("solution.py",)
        assert NAMES[name] in reason(staged, name)
    assert not list(tmp_path.glob("**/*out.py")) + list(tmp_path.glob("**/*abs.py"))


def test_names_in_other_encodings_or_with_control_characters_are_taken_under_plain_ones(
    tmp_path: Path, into: Path
) -> None:
    said_nothing = zipped(tmp_path / "hw.zip", ("größe.py", b"1"), ("new\nline.py", b"2"))
    said_nothing.write_bytes(said_nothing.read_bytes().replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00"))
    assert set(stage(said_nothing, into).files) == {"größe.py", "new_line.py"}
    latin = member("gr\udcf6\udcdfe.py")
    assert stage(tarred(tmp_path / "hw.tar", latin, mode="w"), into).files == ("gr__e.py",)


def test_a_nul_in_a_name_hides_nothing(tmp_path: Path, into: Path) -> None:
    made = zipped(tmp_path / "hw.zip", ("solution.py", b""), ("a.pyXb.txt", b""))
    made.write_bytes(made.read_bytes().replace(b"a.pyXb", b"a.py\0b"))
    staged = stage(made, into)
    assert staged.files == ("solution.py",)
    assert any("not a valid file name" in why for why in staged.left_out.values())


def test_a_path_with_backslashes_is_a_path_into_folders(tmp_path: Path, into: Path) -> None:
    made = zipped(tmp_path / "hw.zip", ("code\\solution.py", b""), ("code\\data.csv", b""), ("code\\", b""))
    assert stage(made, into).files == ("data.csv", "solution.py")


def test_links_devices_and_pipes_are_left_out_with_the_reason(tmp_path: Path, into: Path) -> None:
    link = zipfile.ZipInfo("link.py")
    link.external_attr = 0o120777 << 16
    staged = stage(zipped(tmp_path / "hw.zip", ("solution.py", b""), (link, b"/etc/passwd")), into)
    assert "symbolic link" in reason(staged, "link.py")
    kinds = {"soft.py": tarfile.SYMTYPE, "hard.py": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE, "disk": tarfile.BLKTYPE}
    odd = [member(name, type=kind, linkname="/etc/passwd") for name, kind in kinds.items()]
    staged = stage(tarred(tmp_path / "hw.tar.gz", member("solution.py"), *odd), into)
    assert staged.files == ("solution.py",)
    assert ["link" in reason(staged, name) for name in ("soft.py", "hard.py")] == [True, True]
    assert ["not a regular file" in reason(staged, name) for name in ("pipe", "disk")] == [True, True]


def test_a_file_below_a_link_of_the_archive_goes_nowhere_else(tmp_path: Path, into: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = member("d", type=tarfile.SYMTYPE, linkname=str(tmp_path / "elsewhere"))
    staged = stage(tarred(tmp_path / "hw.tar.gz", link, member("d/a.py", b"1"), member("b.py")), into)
    assert staged.files == ("b.py", "d/a.py")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_tools_leave_behind_is_left_out_silently_and_accounted_for(tmp_path: Path, into: Path) -> None:
    junk = ("__MACOSX/._solution.py", "hw/.git/config", "hw/__pycache__/a.pyc", "hw/.DS_Store")
    staged = stage(zipped(tmp_path / "hw.zip", *((name, b"") for name in junk), ("hw/solution.py", b"")), into)
    assert (staged.files, staged.notes) == (("solution.py",), ())
    assert set(staged.left_out) == {"__MACOSX", "hw/.git", "hw/__pycache__", "hw/.DS_Store"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_a_name_that_stands_twice_the_last_counts_and_it_is_told(tmp_path: Path, into: Path) -> None:
    for made in (
        zipped(tmp_path / "hw.zip", ("a.py", b"old"), ("a.py", b"new"), ("A.py", b"other")),
        tarred(tmp_path / "hw.tar", member("a.py", b"old"), member("a.py", b"new"), member("A.py", b"other"), mode="w"),
    ):
        staged = stage(made, into)
        assert (into / "a.py").read_bytes() == b"new"
        assert any("more than once" in note for note in staged.notes)
        assert any("only in case" in note for note in staged.notes)


def test_archives_within_archives_are_unpacked(tmp_path: Path, into: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", ("deep.py", b"")).read_bytes()
    staged = stage(zipped(tmp_path / "hw.zip", ("solution.py", b""), ("inner.zip", inner)), into)
    assert staged.files == ("inner/deep.py", "solution.py")
    assert stage(zipped(tmp_path / "only.zip", ("inner.zip", inner)), into).files == ("deep.py",)


def nested(folder: Path, times: int) -> Path:
    made = zipped(folder / "0.zip", ("deep.py", b""))
    for number in range(1, times + 1):
        made = zipped(folder / f"{number}.zip", (made.name, made.read_bytes()))
    return made


def test_archives_within_archives_are_unpacked_up_to_a_depth(tmp_path: Path, into: Path) -> None:
    assert stage(nested(tmp_path, bounds.MAX_NESTED), into).files == ("deep.py",)
    assert "within each other" in refused(nested(tmp_path, bounds.MAX_NESTED + 1), into)


def test_an_inner_archive_that_cannot_be_unpacked_stays_as_it_is(tmp_path: Path, into: Path) -> None:
    staged = stage(zipped(tmp_path / "hw.zip", ("solution.py", b""), ("data.zip", b"PK\3\4")), into)
    assert staged.files == ("data.zip", "solution.py")
    assert any(note.startswith("data.zip: this archive is not unpacked, it is damaged") for note in staged.notes)


def test_an_inner_archive_without_code_is_kept_beside_what_is_in_it(tmp_path: Path, into: Path) -> None:
    """Catches: code that opens its own data.zip does not find it."""
    inner = zipped(tmp_path / "data.zip", ("numbers.csv", b"1,2")).read_bytes()
    staged = stage(zipped(tmp_path / "hw.zip", ("solution.py", b""), ("data.zip", inner)), into)
    assert staged.files == ("data.zip", "data/numbers.csv", "solution.py")


def test_archives_of_one_submission_share_what_may_be_unpacked(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.copying.MAX_UNPACKED_BYTES", 1500)
    folder = tmp_path / "ada"
    folder.mkdir()
    for name in "abc":
        zipped(folder / f"{name}.zip", (f"{name}.py", bytes(1000)))
    staged = stage(folder, into)
    assert staged.files == ("a/a.py", "b.zip", "c.zip")
    assert sum("unpacks to more than" in note for note in staged.notes) == 2


def test_encrypted_and_oddly_compressed_members_are_left_out(tmp_path: Path, into: Path) -> None:
    made = zipped(tmp_path / "hw.zip", ("a.py", b"1"))
    central = made.read_bytes().index(b"PK\x01\x02")
    for at, value, said in ((8, 1, "encrypted"), (10, 99, "compressed in a way")):
        data = bytearray(made.read_bytes())
        struct.pack_into("<H", data, central + at, value)
        (tmp_path / "odd.zip").write_bytes(data)
        assert said in refused(tmp_path / "odd.zip", into)


@pytest.mark.parametrize("name", MAKERS)
def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path, into: Path, name: str) -> None:
    made = MAKERS[name](tmp_path / name, "")
    whole = made.read_bytes().rstrip(b"\0")
    for share in (0, 4, 9):
        made.write_bytes(whole[: len(whole) * share // 10])
        assert "damaged" in refused(made, into) or not share


def test_a_damaged_header_in_the_middle_is_not_taken_for_the_end(tmp_path: Path, into: Path) -> None:
    made = tarred(tmp_path / "hw.tar", member("a.py", b"1"), member("b.py", b"2"), member("c.py", b"3"), mode="w")
    data = bytearray(made.read_bytes())
    data[1024:1030] = b"broken"
    made.write_bytes(data)
    assert "damaged" in refused(made, into)


def test_a_damaged_member_of_a_zip_is_left_out(tmp_path: Path, into: Path) -> None:
    made = tmp_path / "hw.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("solution.py", b"x = 1")
        archive.writestr("b.py", b"marker")
    made.write_bytes(made.read_bytes().replace(b"marker", b"merker"))
    assert reason(stage(made, into), "b.py") == "damaged"


ZEROS = bytes(1024**2)


def test_a_bomb_in_one_member_costs_no_more_than_a_file_may_hold(tmp_path: Path, into: Path) -> None:
    made = tmp_path / "hw.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("solution.py", b"")
        with archive.open("bomb.bin", "w") as bomb:
            for _ in range(100):
                bomb.write(ZEROS)
    staged = stage(made, into)
    assert staged.files == ("solution.py",)
    assert "larger than 8 MiB" in reason(staged, "bomb.bin")


def bomb_of_many(path: Path) -> Path:
    content = bytes(bounds.MAX_FILE_BYTES)
    return zipped(path, *((f"{number}.bin", content) for number in range(40)))


def bomb_of_gzip(path: Path) -> Path:
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(tarfile.TarInfo("a.py").tobuf())
        for _ in range(300):
            file.write(ZEROS + b"\1")
    return path


def pax_header_of_half_a_gigabyte(path: Path) -> Path:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 500 * 1024**2
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(header.tobuf())
        for _ in range(500):
            file.write(ZEROS)
    return path


def header_that_claims_terabytes(path: Path) -> Path:
    huge, _ = member("huge.bin", size=2**42)
    path.write_bytes(huge.tobuf(tarfile.GNU_FORMAT) + ZEROS)
    return path


def overlapping_members(path: Path) -> Path:
    made = zipped(path, ("a.bin", ZEROS), ("b.bin", ZEROS))
    data = bytearray(made.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    made.write_bytes(data)
    return made


def hundred_thousand_members(path: Path) -> Path:
    info = tarfile.TarInfo("d")
    info.type = tarfile.DIRTYPE
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(info.tobuf() * (bounds.MAX_NAMES + 1))
    return path


def ten_thousand_files(path: Path) -> Path:
    return tarred(path, *(member(f"{number}.py") for number in range(bounds.MAX_UNPACKED_FILES + 1)))


def xz_that_wants_a_dictionary_of_a_gigabyte(path: Path) -> Path:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0}]
    data = bytearray(lzma.compress(b"x" * 1024, format=lzma.FORMAT_XZ, filters=filters))
    # The block header: sizes, one filter with one byte that codes the dictionary's size, and its CRC32.
    data[16] = 37
    data[20:24] = struct.pack("<I", zlib.crc32(data[12:20]))
    path.write_bytes(data)
    return path


BOMBS = {
    "many.zip": (bomb_of_many, "256 MiB"),
    "zeros.tar.gz": (bomb_of_gzip, ""),
    "pax.tar.gz": (pax_header_of_half_a_gigabyte, ""),
    "claims.tar": (header_that_claims_terabytes, "damaged"),
    "overlap.zip": (overlapping_members, "overlap"),
    "members.tar.gz": (hundred_thousand_members, "100000 members"),
    "files.tar.gz": (ten_thousand_files, "10000 files"),
    "dictionary.tar.xz": (xz_that_wants_a_dictionary_of_a_gigabyte, ""),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_the_reason_and_leaves_nothing(tmp_path: Path, into: Path, name: str) -> None:
    make, said = BOMBS[name]
    told = refused(make(tmp_path / name), into)
    assert "cannot be unpacked" in told
    assert said in told
    assert list(into.iterdir()) == []


def test_long_names_of_gnu_and_pax_are_read(tmp_path: Path, into: Path) -> None:
    name = "/".join(["folder" * 5] * 6) + "/solution.py"
    for number, form in enumerate((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)):
        path = tmp_path / f"{number}.tar"
        with tarfile.open(path, "w", format=form) as archive:
            archive.addfile(tarfile.TarInfo(name))
        assert stage(path, into).files == ("solution.py",)


def test_a_sparse_file_that_claims_terabytes_is_left_out(tmp_path: Path, into: Path) -> None:
    info = tarfile.TarInfo("sparse.bin")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[483:495] = b"\x80" + (2**42).to_bytes(11, "big")  # the size that it claims to have
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    path = tmp_path / "hw.tar"
    path.write_bytes(header + tarfile.TarInfo("solution.py").tobuf() + bytes(1024))
    staged = stage(path, into)
    assert staged.files == ("solution.py",)
    assert "larger than 8 MiB" in reason(staged, "sparse.bin")


def test_names_of_megabytes_are_no_fault_of_the_graders_and_are_told_clipped(tmp_path: Path, into: Path) -> None:
    long = [member(f"../{number}{'é' * 10**6}") for number in range(120)]
    staged = stage(tarred(tmp_path / "hw.tar.gz", member("solution.py"), *long), into)
    assert staged.files == ("solution.py",)
    assert len(staged.left_out) == 120
    assert max(map(len, staged.left_out)) < 1_000
    slashes = [member(f"a{'/' * 10**6}x.py") for _ in range(3)]
    assert max(map(len, stage(tarred(tmp_path / "twice.tar.gz", *slashes), into).notes)) < 1_000


def test_thousands_of_folders_whose_names_become_the_same_cost_no_more_than_others(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: asked.append(path) or exists(path))  # type: ignore[func-returns-value]
    names = ["".join(chr(1 + number // 20**place % 20) for place in range(2)) for number in range(400)]
    made = tarred(tmp_path / "hw.tar.gz", member("solution.py"), *(member(f"{name}/data.csv") for name in names))
    assert len(stage(made, into).files) == 401
    assert len(asked) < 4 * len(names)


def test_an_archive_beside_work_among_hundreds_of_files_is_not_taken_for_the_work(tmp_path: Path, into: Path) -> None:
    for place in range(8):  # the order in which a folder is listed is anybody's guess
        folder = tmp_path / f"hw{place}"
        folder.mkdir()
        for number in range(place * 40):
            (folder / f"{number}.png").touch()
        zipped(folder / "data.zip", ("old.py", b""))
        (folder / "solution.py").touch()
        for number in range(place * 40, 300):
            (folder / f"{number}.png").touch()
        assert "solution.py" in stage(folder, into).files


def test_an_archive_too_large_to_look_at_is_refused(tmp_path: Path, into: Path) -> None:
    with (tmp_path / "hw.zip").open("wb") as file:
        file.truncate(bounds.MAX_ARCHIVE_BYTES + 1)
    assert "larger than 64 MiB" in refused(tmp_path / "hw.zip", into)


def test_an_archive_linked_from_elsewhere_is_refused(tmp_path: Path, into: Path) -> None:
    zipped(tmp_path / "other", ("a.py", b""))
    os.link(tmp_path / "other", tmp_path / "hw.zip")
    assert "hard link" in refused(tmp_path / "hw.zip", into)


def test_whatever_bits_are_flipped_an_archive_is_taken_or_refused_and_the_grader_never_fails(
    tmp_path: Path, into: Path
) -> None:
    chance = random.Random(1)
    for name, make in MAKERS.items():
        whole = make(tmp_path / name, "top/").read_bytes()
        whole = whole if name != "hw.tar" else whole[:2048]
        for _ in range(4):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(6, len(data))] = chance.randrange(256)
            (tmp_path / name).write_bytes(data)
            with suppress(SubmissionError):  # and nothing else
                stage(tmp_path / name, into)
