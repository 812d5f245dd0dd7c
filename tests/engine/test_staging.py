"""Staging: what is copied out of an inbox, what is left out, and what never happens."""

import hashlib
import os
import socket
import stat
from pathlib import Path

import pytest

from grader.core.errors import GraderFault, SubmissionError, UsageError
from grader.intake import bounds
from grader.intake.discover import discover
from grader.intake.folder import Folder
from grader.intake.stage import Staged, stage


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox" / "ada"
    folder.mkdir(parents=True)
    (folder / "solution.py").write_text("x = 1\n")
    return folder


def left_out(staged: Staged, name: str) -> str:
    """Return the note about `name`, which must not be among the copies."""
    assert name not in staged.files
    return next(note for note in staged.notes if note.startswith(f"{name}: "))


def test_a_folder_is_copied_with_its_helpers_and_data(work: Path, into: Path) -> None:
    (work / "helpers").mkdir()
    (work / "helpers" / "maths.py").write_text("y = 2\n")
    (work / "data.csv").write_bytes(b"1,2\n")
    staged = stage(work, into)
    assert staged.name == "ada"
    assert staged.files == ("data.csv", "helpers/maths.py", "solution.py")
    assert staged.notes == ()
    assert (into / "helpers" / "maths.py").read_text() == "y = 2\n"


@pytest.mark.parametrize("name", ["solution.py", "solution.ipynb"])
def test_a_single_script_or_notebook_is_a_submission_named_by_its_stem(tmp_path: Path, into: Path, name: str) -> None:
    (tmp_path / "neighbour.py").write_text("secret = 1\n")
    (tmp_path / name).write_text("{}")
    staged = stage(tmp_path / name, into)
    assert (staged.name, staged.files) == ("solution", (name,))
    assert [child.name for child in into.iterdir()] == [name]


def test_a_relative_path_is_named_by_its_folder(work: Path, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work)
    assert stage(Path(), into).name == "ada"


def test_an_inbox_reached_through_a_link_is_read(work: Path, into: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(work.parent)
    assert stage(tmp_path / "link" / "ada" / "solution.py", into).files == ("solution.py",)
    assert stage(tmp_path / "link" / "ada", into).files == ("solution.py",)


def test_copies_have_plain_modes_whatever_the_modes_and_the_umask_were(work: Path, into: Path) -> None:
    (work / "inner").mkdir()
    (work / "inner" / "run.py").write_text("")
    (work / "inner" / "run.py").chmod(0o4777)
    (work / "inner").chmod(0o1777)
    into.chmod(0o700)
    before = os.umask(0o077)
    try:
        stage(work, into)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (into, into / "inner")] == [0o755, 0o755]
    assert stat.S_IMODE((into / "inner" / "run.py").stat().st_mode) == 0o644


def test_the_staging_folder_is_emptied_first_whatever_lies_there(work: Path, into: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("kept")
    (into / "old" / "deep").mkdir(parents=True)
    (into / "old" / "deep" / "file").write_text("")
    (into / "old" / "deep").chmod(0)
    (into / "old").chmod(0o500)
    (into / "link").symlink_to(tmp_path)
    os.mkfifo(into / "pipe")
    stage(work, into)
    assert [child.name for child in into.iterdir()] == ["solution.py"]
    assert kept.read_text() == "kept"


def test_symbolic_links_are_noted_and_never_followed(work: Path, into: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "answers.py").write_text("answer = 42\n")
    (work / "file.py").symlink_to(tmp_path / "secret" / "answers.py")
    (work / "folder").symlink_to(tmp_path / "secret")
    (work / "nowhere").symlink_to("/no/such/place")
    (work / "circle").symlink_to(work)
    staged = stage(work, into)
    assert staged.files == ("solution.py",)
    for name in ("file.py", "folder", "nowhere", "circle"):
        assert "symbolic link" in left_out(staged, name)


def test_a_folder_exchanged_for_a_link_is_not_entered(work: Path, into: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "answers.py").write_text("answer = 42\n")
    (work / "folder").symlink_to(tmp_path / "secret")
    with Folder.opened(str(work)) as folder, pytest.raises(NotADirectoryError):
        Folder.opened("folder", folder).__enter__()


def test_a_hard_link_to_a_file_outside_is_left_out(work: Path, into: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.py").write_text("answer = 42\n")
    os.link(tmp_path / "answers.py", work / "mine.py")
    staged = stage(work, into)
    assert "hard link" in left_out(staged, "mine.py")
    assert not (into / "mine.py").exists()


def test_hard_links_within_the_submission_are_copied(work: Path, into: Path) -> None:
    os.link(work / "solution.py", work / "again.py")
    staged = stage(work, into)
    assert staged.files == ("again.py", "solution.py")
    assert staged.notes == ()


def test_pipes_and_sockets_are_left_out_without_waiting_for_them(work: Path, into: Path, tmp_path: Path) -> None:
    os.mkfifo(work / "pipe.py")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.relpath(work / "socket.py"))
    with listener:
        staged = stage(work, into)
    assert "not a regular file" in left_out(staged, "pipe.py")
    assert "not a regular file" in left_out(staged, "socket.py")


def test_a_file_that_turns_into_a_pipe_does_not_block(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status = os.stat(work / "solution.py")
    os.mkfifo(work / "pipe.py")
    with Folder.opened(str(work)) as folder:
        monkeypatch.setattr("os.stat", lambda *_, **__: status)
        with pytest.raises(bounds.LeftOut, match="replaced"):
            folder.read("pipe.py")


def test_a_file_that_turns_into_a_link_is_not_opened(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches: what the link leads to is read, and only then found to be another file."""
    status = os.stat(work / "solution.py")
    (work / "link.py").symlink_to(work / "solution.py")
    with Folder.opened(str(work)) as folder:
        monkeypatch.setattr("os.stat", lambda *_, **__: status)
        with pytest.raises(OSError, match="symbolic links"):
            folder.read("link.py")


def test_a_folder_that_is_exchanged_while_it_is_read_leads_nowhere(work: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    for folder, text in ((work / "inner", "mine"), (tmp_path / "secret", "theirs")):
        folder.mkdir(exist_ok=True)
        (folder / "a.py").write_text(text)
    with Folder.opened(str(work)) as top, Folder.opened("inner", top) as inner:
        (work / "inner").rename(tmp_path / "elsewhere")
        (work / "inner").symlink_to(tmp_path / "secret")
        assert inner.read("a.py")[0] == b"mine"


def test_where_folders_have_no_descriptors_the_same_is_copied(
    work: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (work / "inner").mkdir()
    (work / "inner" / "a.py").write_text("y = 1\n")
    (work / "link").symlink_to(work / "inner")
    by_descriptor = stage(work, into)
    monkeypatch.setattr("grader.intake.folder._RELATIVE", False)
    assert stage(work, into) == by_descriptor
    assert by_descriptor.files == ("inner/a.py", "solution.py")
    with pytest.raises(NotADirectoryError), Folder.opened(str(work / "solution.py")):
        pass


def test_of_files_and_notes_without_any_source_five_each_are_told(tmp_path: Path, into: Path) -> None:
    (tmp_path / "ada").mkdir()
    for number in range(7):
        (tmp_path / "ada" / f"{number}.txt").touch()
        (tmp_path / "ada" / f"link{number}").symlink_to("/")
    with pytest.raises(SubmissionError) as told:
        stage(tmp_path / "ada", into)
    found = (told.value.found or "").split("; ")
    assert found[:6] == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "2 more files"]
    assert [note.partition(":")[0] for note in found[6:]] == [f"link{number}" for number in range(5)]


def test_too_large_a_file_is_left_out_and_the_others_stay(work: Path, into: Path) -> None:
    with (work / "big.bin").open("wb") as file:
        file.truncate(10 * 1024**3)
    with (work / "fits.bin").open("wb") as file:
        file.truncate(bounds.MAX_FILE_BYTES)
    staged = stage(work, into)
    assert "larger than 8 MiB" in left_out(staged, "big.bin")
    assert "fits.bin" in staged.files


def test_files_beyond_the_total_size_are_left_out_sources_first(work: Path, into: Path) -> None:
    for number in range(9):
        with (work / f"a{number}.bin").open("wb") as file:
            file.truncate(bounds.MAX_FILE_BYTES)
    staged = stage(work, into)
    assert "solution.py" in staged.files
    assert sum((into / file).stat().st_size for file in staged.files) <= bounds.MAX_BYTES
    assert "64 MiB in all" in left_out(staged, "a7.bin")
    assert "64 MiB in all" in left_out(staged, "a8.bin")


def test_too_many_files_end_the_copy_after_those_on_top(work: Path, into: Path) -> None:
    (work / "a_heap").mkdir()
    for number in range(bounds.MAX_FILES + 50):
        (work / "a_heap" / f"{number:05}").touch()
    staged = stage(work, into)
    assert "solution.py" in staged.files
    assert len(staged.files) == bounds.MAX_FILES
    assert any("more than 1000 files" in note for note in staged.notes)


def test_folders_nested_without_end_are_cut_off(work: Path, into: Path) -> None:
    folder = work
    for _ in range(bounds.MAX_DEPTH + 5):
        folder = folder / "d"
        folder.mkdir()
    (folder / "deep.py").touch()
    staged = stage(work, into)
    assert staged.files == ("solution.py",)
    assert any("folders deep" in note for note in staged.notes)


def test_many_notes_are_cut_short_and_counted(work: Path, into: Path) -> None:
    for number in range(80):
        (work / f"link{number}").symlink_to("/")
    staged = stage(work, into)
    assert len(staged.notes) == bounds.MAX_NOTES + 1
    assert staged.notes[-1] == "… and 30 more"


def test_what_tools_leave_behind_is_ignored_silently(work: Path, into: Path) -> None:
    for folder in ("__pycache__", ".git", ".ipynb_checkpoints", "__MACOSX", ".venv", "node_modules"):
        (work / folder).mkdir()
        (work / folder / "x.py").touch()
    for file in (".DS_Store", "._solution.py"):
        (work / file).touch()
    staged = stage(work, into)
    assert (staged.files, staged.notes) == (("solution.py",), ())
    assert staged.left_out.keys() == {path.name for path in work.iterdir()} - {"solution.py"}


def test_names_that_no_terminal_can_show_are_copied_under_plain_ones(work: Path, into: Path) -> None:
    (work / "new\nline.py").write_text("a")
    (work / "new\tline.py").write_text("b")
    Path(os.fsdecode(os.fsencode(work) + b"/l\xf6sung.py")).write_text("c")
    (work / "größe.py").write_text("d")
    staged = stage(work, into)
    assert staged.files == ("größe.py", "l_sung.py", "new_line-2.py", "new_line.py", "solution.py")
    assert all(note.isprintable() for note in staged.notes)
    assert any(note.startswith("new\\nline.py: copied as") for note in staged.notes)
    assert {(into / name).read_text() for name in staged.files[1:4]} == {"a", "b", "c"}


def test_a_folder_under_another_name_is_told_by_its_path(work: Path, into: Path) -> None:
    (work / "inner" / "new\nline").mkdir(parents=True)
    (work / "inner" / "new\nline" / "a.py").touch()
    staged = stage(work, into)
    assert staged.files == ("inner/new_line/a.py", "solution.py")
    assert staged.notes == ("inner/new\\nline: copied as inner/new_line",)


def test_the_digest_is_that_of_names_and_contents(work: Path, into: Path) -> None:
    content = hashlib.sha256(b"x = 1\n").digest()
    assert stage(work, into).digest == hashlib.sha256(b"solution.py\0" + content).hexdigest()


def test_the_digest_changes_with_a_name_or_a_content_and_with_nothing_else(work: Path, into: Path) -> None:
    before = stage(work, into).digest
    os.utime(work / "solution.py", (0, 0))
    (work / "__pycache__").mkdir()
    assert stage(work, into).digest == before
    (work / "solution.py").write_text("x = 2\n")
    changed = stage(work, into).digest
    (work / "solution.py").rename(work / "other.py")
    renamed = stage(work, into).digest
    assert len({before, changed, renamed}) == 3


def test_nothing_of_a_submission_is_executed(work: Path, into: Path, tmp_path: Path) -> None:
    for name in ("conftest.py", "sitecustomize.py", "__init__.py"):
        (work / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    stage(work, into)
    assert not (tmp_path / "ran").exists()


def test_a_folder_without_python_is_no_submission_and_tells_what_it_holds(tmp_path: Path, into: Path) -> None:
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "report.pdf").touch()
    (tmp_path / "bob" / "link.py").symlink_to("/etc/passwd")
    with pytest.raises(SubmissionError, match="no Python file or notebook") as raised:
        stage(tmp_path / "bob", into)
    assert "report.pdf" in (raised.value.found or "")
    assert "symbolic link" in (raised.value.found or "")


def test_an_empty_folder_is_no_submission(tmp_path: Path, into: Path) -> None:
    (tmp_path / "bob").mkdir()
    with pytest.raises(SubmissionError, match="no Python file or notebook") as raised:
        stage(tmp_path / "bob", into)
    assert raised.value.found == "it is empty"


@pytest.mark.parametrize("name", ["hw.7z", "hw.rar", "work.py.gz"])
def test_archives_of_other_kinds_are_refused_with_what_to_do(tmp_path: Path, into: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(SubmissionError, match="not supported") as raised:
        stage(tmp_path / name, into)
    assert ".zip" in (raised.value.todo or "")


def test_a_folder_that_holds_nothing_but_a_folder_is_looked_through(tmp_path: Path, into: Path, work: Path) -> None:
    (work / "data").mkdir()
    (work / "data" / "numbers.csv").touch()
    bare = stage(work, into)
    (tmp_path / "wrapped" / "once").mkdir(parents=True)
    (tmp_path / "wrapped" / ".DS_Store").touch()
    work.rename(tmp_path / "wrapped" / "once" / "twice")
    staged = stage(tmp_path / "wrapped", into)
    assert (staged.files, staged.digest, staged.name) == (("data/numbers.csv", "solution.py"), bare.digest, "wrapped")
    assert staged.sources == {"once/twice/solution.py", "once/twice/data/numbers.csv"}


def test_a_package_is_no_wrapper(tmp_path: Path, into: Path) -> None:
    (tmp_path / "bob" / "package").mkdir(parents=True)
    (tmp_path / "bob" / "package" / "__init__.py").touch()
    assert stage(tmp_path / "bob", into).files == ("package/__init__.py",)


def test_every_path_that_is_not_taken_is_known_with_its_reason(work: Path, into: Path) -> None:
    (work / ".git").mkdir()
    (work / "link").symlink_to("/")
    staged = stage(work, into)
    assert staged.sources == {"solution.py"}
    assert set(staged.left_out) == {".git", "link"}
    assert "tools" in staged.left_out[".git"]


def test_the_same_work_under_another_name_has_the_same_contents_and_another_digest(work: Path, into: Path) -> None:
    first = stage(work, into)
    (work / "solution.py").rename(work / "other.py")
    second = stage(work, into)
    assert (first.contents == second.contents, first.digest == second.digest) == (True, False)


def test_other_things_are_refused(tmp_path: Path, into: Path, work: Path) -> None:
    (tmp_path / "essay.pdf").touch()
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "link").symlink_to(work)
    for name in ("essay.pdf", "pipe.py", "link", "missing", "nul\0.py"):
        with pytest.raises(SubmissionError):
            stage(tmp_path / name, into)


def test_a_submission_is_never_emptied_for_its_own_copy(work: Path) -> None:
    for into in (work, work.parent, work / "inner"):
        with pytest.raises(GraderFault):
            stage(work, into)
    assert (work / "solution.py").read_text() == "x = 1\n"


def test_an_inbox_lists_every_child_and_says_what_is_no_submission(work: Path, tmp_path: Path) -> None:
    inbox = work.parent
    (inbox / "bob.py").touch()
    (inbox / "cyd.ipynb").touch()
    (inbox / "dan.zip").touch()
    (inbox / "dog.rar").touch()
    (inbox / "eve.pdf").touch()
    (inbox / "fay").symlink_to(tmp_path)
    os.mkfifo(inbox / "gus.py")
    (inbox / ".hidden").touch()
    entries = {entry.name: entry for entry in discover(inbox)}
    assert list(entries) == ["ada", "bob", "cyd", "dan", "dog.rar", "eve.pdf", "fay", "gus"]
    assert [name for name, entry in entries.items() if entry.problem is None] == ["ada", "bob", "cyd", "dan"]
    assert ".zip" in (entries["dog.rar"].problem or "")
    assert "eve.pdf" in (entries["eve.pdf"].problem or "")
    assert "symbolic link" in (entries["fay"].problem or "")
    assert "pipe" in (entries["gus"].problem or "")
    assert entries["bob"].path == inbox / "bob.py"


def test_entries_of_an_inbox_have_unique_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a.py", "b.py", "b.ipynb", "c.py", "c.py.py", "d\n.py", "d\t.py"):
        (tmp_path / name).touch()
    names = [entry.name for entry in discover(tmp_path)]
    assert names == ["a", "a.py", "b.ipynb", "b.py", "c", "c.py.py", "d_.py", "d_.py-2"]


def test_a_name_as_long_as_a_system_takes_leaves_room_for_an_ending(tmp_path: Path) -> None:
    for name in ("ü" * 125 + "a.py", "ü" * 125 + "b.py"):
        (tmp_path / name).touch()
    assert [entry.name for entry in discover(tmp_path)] == ["ü" * 100, "ü" * 100 + "-2"]


def test_an_inbox_that_is_no_folder_is_an_error_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not an inbox"):
        discover(tmp_path / "missing")


@pytest.mark.parametrize(("name", "copied"), [("HOMEWORK.PY", "HOMEWORK.py"), ("Homework.Ipynb", "Homework.ipynb")])
def test_an_ending_in_capitals_is_that_of_a_source_all_the_same(
    tmp_path: Path, work: Path, into: Path, name: str, copied: str
) -> None:
    (tmp_path / name).write_text("x = 1\n")
    staged = stage(tmp_path / name, into)
    assert (staged.name.lower(), staged.files) == ("homework", (copied,))
    assert staged.notes == (f"{name}: copied as {copied}",)
    (work / "solution.py").rename(work / name)
    assert stage(work, into).files == (copied,)
