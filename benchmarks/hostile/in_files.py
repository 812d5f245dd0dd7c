"""Kinds of hostile files: what lies in the inbox, whatever code is in it.

Each kind is a function that writes one hand-in of a given name into an inbox. What can be graded of it is the right
work, so that most of these may earn marks: the harm would be elsewhere.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import course

# Not the very contents of an honest one's, which would be told as a remark on both.
RIGHT = f"{course.RIGHT}# by another\n"
MODULE = "numbers_work.py"
Member = tuple[str, bytes | str]


def zipped(*members: Member) -> bytes:
    """Return an archive with these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Return an archive with these members, and the right work."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for info, content in (*members, (tarfile.TarInfo(MODULE), RIGHT.encode())):
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def special(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    """Return a member of an archive that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def notebook(*cells: dict[str, object], **more: object) -> bytes:
    """Return a notebook."""
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def code(source: str, **more: object) -> dict[str, object]:
    """Return a cell of code."""
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, **more}


def folder(inbox: Path, name: str, files: dict[str, bytes]) -> Path:
    """Write a folder as a hand-in."""
    for file, content in {MODULE: RIGHT.encode(), **files}.items():
        path = inbox / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return inbox / name


def one_file(suffix: str, content: Callable[[], bytes]) -> Callable[[Path, str], object]:
    """Return the kind that writes one file."""
    return lambda inbox, name: (inbox / f"{name}{suffix}").write_bytes(content())


def many(files: dict[str, bytes]) -> Callable[[Path, str], object]:
    """Return the kind that writes a folder with these files beside the right work."""
    return lambda inbox, name: folder(inbox, name, files)


def with_links(inbox: Path, name: str) -> None:
    """Link to what is not the student's."""
    place = folder(inbox, name, {})
    for number, target in enumerate(("/etc/passwd", "/proc/self/environ", "..", "/", "nowhere", "loop4")):
        (place / f"loop{number}").symlink_to(target)


def with_hard_links(inbox: Path, name: str) -> None:
    """Give a file of the course's another name."""
    os.link(inbox.parent / "course" / "reference" / MODULE, folder(inbox, name, {}) / "theirs.py")


def with_pipes(inbox: Path, name: str) -> None:
    """Lay a pipe that nobody writes to, where code is looked for."""
    os.mkfifo(folder(inbox, name, {}) / "other.py")


def deep(inbox: Path, name: str) -> None:
    """Nest folders deeper than paths may be long."""
    folder(inbox, name, {})
    here = os.open(inbox / name, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("deep", dir_fd=here)
        below = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def crowded(inbox: Path, name: str) -> None:
    """Hand in very many files."""
    place = folder(inbox, name, {})
    for number in range(20_000):
        (place / f"{number}.txt").touch()


def sparse(inbox: Path, name: str) -> None:
    """Hand in a notebook of half a gigabyte."""
    with open(inbox / f"{name}.ipynb", "wb") as file:
        file.write(b'{"cells": [')
        file.truncate(500 << 20)


def odd_names(inbox: Path, name: str) -> None:
    """Name files by what is no text, ends lines, or is a formula."""
    place = os.fsencode(folder(inbox, name, {}))
    for odd in (b"a\nb.py", b"\xff\xfe.py", b"=1+cmd|'!A0.py", b"-rf", b"\x1b[2J.py", "\u202eyp.txt".encode()):
        with open(os.path.join(place, odd), "wb") as file:
            file.write(RIGHT.encode())


def formula(inbox: Path, name: str) -> None:
    """Be called as a formula of a spreadsheet's."""
    (inbox / f"=1+cmd;'!A0 {name};.py").write_text(RIGHT, encoding="utf-8")


def named_as_ours(inbox: Path, name: str) -> None:
    """Be called as a file that the grader writes."""
    for ours in ("index.html", "marks.csv", "to_mark.csv", "results"):
        if not (inbox / ours).exists():
            folder(inbox, ours, {})
            return
    folder(inbox, f"{name}.json", {})


BOMB = b"\0" * (64 << 20)
COURSE = {
    "rubrics/hostile.yaml": b"assignment: hostile\n",
    "tests/hidden/test_numbers.py": b"def test(submission): pass\n",
    "conftest.py": b"raise SystemExit('taken')\n",
    "pytest.ini": b"[pytest]\naddopts = -p taken\n",
    "sitecustomize.py": b"raise SystemExit('taken')\n",
    "numpy/__init__.py": b"allclose = lambda *a: True\n",
    "grader/__init__.py": b"raise SystemExit('taken')\n",
}
KINDS: dict[str, Callable[[Path, str], object]] = {
    "zip_bomb": one_file(".zip", lambda: zipped((MODULE, RIGHT), *((f"{n}.txt", BOMB) for n in range(8)))),
    "tar_bomb": one_file(".tar.gz", lambda: tarred((tarfile.TarInfo("bomb"), BOMB * 8))),
    "gzip_of_nothing": one_file(".tar.gz", lambda: gzip.compress(BOMB)),
    "nested_archives": one_file(".zip", lambda: nested(20)),
    "crowded_archive": one_file(".zip", lambda: zipped((MODULE, RIGHT), *((f"{n}", b"") for n in range(30_000)))),
    "climbing_zip": one_file(".zip", lambda: zipped(("../../up.py", b"x"), ("/tmp/abs.py", b"x"), (MODULE, RIGHT))),
    "climbing_tar": one_file(".tar.gz", lambda: tarred((tarfile.TarInfo("../../up"), b"x"))),
    "linking_tar": one_file(
        ".tar.gz",
        lambda: tarred((special("link", tarfile.SYMTYPE, "/etc"), b""), (special("link/x", tarfile.REGTYPE), b"x")),
    ),
    "hard_linking_tar": one_file(".tar.gz", lambda: tarred((special("x.py", tarfile.LNKTYPE, "/etc/passwd"), b""))),
    "tar_of_devices": one_file(
        ".tar.gz", lambda: tarred((special("null.py", tarfile.CHRTYPE), b""), (special("p.py", tarfile.FIFOTYPE), b"")),
    ),
    "torn_zip": one_file(".zip", lambda: zipped((MODULE, RIGHT))[:-30]),
    "zip_of_odd_names": one_file(
        ".zip", lambda: zipped(("a\nb.py", b"x"), ("con.py", b"x"), ("x" * 5000, b"x"), (MODULE, RIGHT)),
    ),
    "links": with_links,
    "hard_links": with_hard_links,
    "pipes": with_pipes,
    "deep_folders": deep,
    "many_files": crowded,
    "odd_names": odd_names,
    "formula": formula,
    "named_as_ours": named_as_ours,
    "a_course_of_its_own": many(COURSE),
    "huge_notebook": sparse,
    "notebook_of_no_json": one_file(".ipynb", lambda: b"{" * 100_000),
    "notebook_of_odd_json": one_file(".ipynb", lambda: b'{"cells": {"a": 1e999}, "nbformat": [NaN]}'),
    "notebook_without_cells": one_file(".ipynb", lambda: b'{"metadata": {}, "nbformat": 4}'),
    "notebook_of_old": one_file(".ipynb", lambda: notebook(worksheets=[{"cells": [code(RIGHT)]}], nbformat=3)),
    "notebook_of_another_language": one_file(
        ".ipynb", lambda: notebook(code("x <- 1"), metadata={"kernelspec": {"language": "R", "name": "ir"}}),
    ),
    "notebook_of_one_identity": one_file(
        ".ipynb", lambda: notebook(*(code(part, id="same") for part in (RIGHT, "1", "2"))),
    ),
    "notebook_of_magics": one_file(
        ".ipynb",
        lambda: notebook(code("!cat /etc/passwd\n%run /etc/passwd\n%load_ext x\n%%writefile ../../x"), code(RIGHT)),
    ),
    "notebook_of_attachments": one_file(
        ".ipynb",
        lambda: notebook(
            {"cell_type": "markdown", "source": "![](attachment:../../x)", "metadata": {},
             "attachments": {"../../x": {"image/png": "AAAA", "text/html": "<script>"}}}, code(RIGHT),
        ),
    ),
    "notebook_of_outputs": one_file(
        ".ipynb",
        lambda: notebook(code(RIGHT, outputs=[{"output_type": "stream", "name": "x", "text": "x" * (12 << 20)}])),
    ),
    "source_of_brackets": one_file(".py", lambda: b"(" * 200_000),
    "source_of_one_line": one_file(".py", lambda: b"x = " + b"1 + " * 500_000 + b"1\n"),
    "source_of_nulls": one_file(".py", lambda: RIGHT.encode() + b"\0\0\0"),
    "source_of_another_encoding": one_file(".py", lambda: b"# coding: rot13\n" + RIGHT.encode()),
    "source_of_bytes": one_file(".py", lambda: bytes(range(256)) * 1000),
    "source_without_end": one_file(".py", lambda: RIGHT.encode() + b"def torn(:\n"),
    "empty_folder": lambda inbox, name: (inbox / name).mkdir(),
    "empty_file": one_file(".py", lambda: b""),
    "a_picture": one_file(".png", lambda: b"\x89PNG"),
}  # fmt: skip


def nested(depth: int) -> bytes:
    """Return an archive in an archive in an archive …"""
    data = zipped((MODULE, RIGHT))
    for _ in range(depth):
        data = zipped(("inner.zip", data))
    return data
