"""A whole class that hands in as classes do: nothing is lost, nothing is doubled, and all is graded as if in order.

`MESSY_HAND_INS=200 pytest tests/engine/test_mess.py` tries as many.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
HERE = Path(__file__).parent
Files = dict[str, bytes]
DOUBLE = b"def double(number):\n    return 2 * number\n"
TRIPLE = b"def triple(number):\n    return 3 * number\n"
WRONG = b"def triple(number):\n    return 4 * number\n"
PDF = b"%PDF-1.4 what a person reads"


@dataclass
class HandIn:
    """What one student handed in: its name in the tables, and the folder that it is the same as, None if refused.

    `exact` tells that the copy has exactly these files; `reasons` are words of inbox.csv by path.
    """

    name: str
    joined: Files | None
    exact: bool = True
    reasons: dict[str, str] = field(default_factory=dict)


def notebook(*cells: tuple[str, bytes], output: str = "") -> bytes:
    shown = [{"output_type": "stream", "name": "stdout", "text": output}] if output else []
    made = [
        {"cell_type": kind, "source": text.decode(), "metadata": {}} | ({"outputs": shown} if kind == "code" else {})
        for kind, text in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(files: Files) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def put(inbox: Path, files: Files) -> None:
    for name, content in files.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(content)


def attachments(inbox: Path, n: int) -> HandIn:
    files = {"q1.py": DOUBLE, "q2.py": TRIPLE, "report.pdf": PDF}
    names = (f"anna_{n}1_{n}456_q1.py", f"anna_LATE_{n}1_{n}457_q2.py", f"anna_{n}1_{n}458_report.pdf")
    put(inbox, dict(zip(names, files.values(), strict=True)))
    return HandIn(f"anna_{n}1", files)


def attachments_of_no_name(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"anon_x{n}_{n}71_q1.py": DOUBLE, f"LATE_anon_x{n}_{n}72_q2.ipynb": notebook(("code", WRONG))})
    return HandIn(f"anon_x{n}", {"q1.py": DOUBLE, "q2.ipynb": notebook(("code", WRONG))})


def attachments_of_one_name(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"ben_{n}2_{n}900_q.py": DOUBLE + WRONG, f"ben_{n}2_{n}901_q.py": DOUBLE + TRIPLE})
    return HandIn(f"ben_{n}2", {"q.py": DOUBLE + WRONG, "q-2.py": DOUBLE + TRIPLE})


def attachments_of_two_attempts(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"cai_{n}3_{n}900_q.py": DOUBLE + WRONG, f"cai_{n}3_{n}901_q-1.py": DOUBLE + TRIPLE})
    return HandIn(f"cai_{n}3", {"q.py": DOUBLE + WRONG, "q-1.py": DOUBLE + TRIPLE})


def archive_beside_a_report(inbox: Path, n: int) -> HandIn:
    name = f"Dan {n}_4{n}_assignsubmission_file"
    put(inbox, {f"{name}/hw.zip": zipped({"hw/sums.py": DOUBLE + TRIPLE, "../out.py": b""}), f"{name}/report.pdf": PDF})
    reasons = {f"{name}/hw.zip!/../out.py": "leads out"}
    return HandIn(name, {"hw/sums.py": DOUBLE + TRIPLE, "report.pdf": PDF}, reasons=reasons)


def archive_beside_a_notebook(inbox: Path, n: int) -> HandIn:
    name = f"Eve {n}_5{n}_assignsubmission_file_"
    put(inbox, {f"{name}/code.tar.gz": tarred({"sums.py": TRIPLE}), f"{name}/work.ipynb": notebook(("code", DOUBLE))})
    return HandIn(name, {"code/sums.py": TRIPLE, "work.ipynb": notebook(("code", DOUBLE))})


def file_and_text(inbox: Path, n: int) -> HandIn:
    name = f"Fay {n}_6{n}"
    put(inbox, {f"{name}_assignsubmission_file/a.py": DOUBLE + TRIPLE})
    put(inbox, {f"{name}_assignsubmission_onlinetext/onlinetext.html": b"<p>hello"})
    return HandIn(name, {"a.py": DOUBLE + TRIPLE, "onlinetext.html": b"<p>hello"})


def flat_files(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"Gus {n}_7{n}_assignsubmission_file_a.py": DOUBLE, f"Gus {n}_7{n}_assignsubmission_file_b.py": WRONG})
    return HandIn(f"Gus {n}_7{n}", {"a.py": DOUBLE, "b.py": WRONG})


def archive_in_an_archive(inbox: Path, n: int) -> HandIn:
    inner = zipped({"PA2/sums.py": DOUBLE, "PA2/more.py": TRIPLE, "PA2/__pycache__/x.pyc": b""})
    put(inbox, {f"hal{n}.zip": zipped({"inner.zip": inner})})
    reasons = {f"hal{n}.zip!/inner.zip!/PA2/__pycache__": "tools"}
    return HandIn(f"hal{n}", {"sums.py": DOUBLE, "more.py": TRIPLE}, reasons=reasons)


def several_archives(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"ida{n}/a.zip": zipped({"a.py": DOUBLE}), f"ida{n}/b.zip": zipped({"b.py": TRIPLE})})
    return HandIn(f"ida{n}", {"a/a.py": DOUBLE, "b/b.py": TRIPLE})


def large_notebook(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"jon{n}.ipynb": notebook(("code", DOUBLE + TRIPLE), output="x\n" * 4_600_000)})
    return HandIn(f"jon{n}", {"work.ipynb": notebook(("code", DOUBLE + TRIPLE))}, exact=False)


def large_notebook_in_an_archive(inbox: Path, n: int) -> HandIn:
    put(
        inbox, {f"kim{n}.zip": zipped({"w.ipynb": notebook(("code", WRONG), ("code", DOUBLE), output="y" * 9_000_000)})}
    )
    return HandIn(f"kim{n}", {"w.ipynb": notebook(("code", WRONG), ("code", DOUBLE))}, exact=False)


def deep_folders(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"leo{n}/sums.py": DOUBLE + TRIPLE})
    back = os.open(".", os.O_RDONLY)
    try:
        os.chdir(inbox / f"leo{n}")
        for _ in range(1200):
            os.mkdir("deep")
            os.chdir("deep")
    finally:
        os.fchdir(back)
        os.close(back)
    return HandIn(f"leo{n}", {"sums.py": DOUBLE + TRIPLE}, reasons={f"leo{n}/" + "deep/" * 20 + "deep": "folders deep"})


def many_files(inbox: Path, n: int) -> HandIn:
    heap = {f"mia{n}/heap/{number:04}": b"" for number in range(1100)}
    put(inbox, {f"mia{n}/sums.py": DOUBLE + TRIPLE, **heap})
    taken = {name.partition("/")[2]: content for name, content in [*heap.items()][:999]}
    return HandIn(
        f"mia{n}", {"sums.py": DOUBLE + TRIPLE, **taken}, reasons={f"mia{n}/heap/1050": "more than 1000 files"}
    )


def names_of_no_text(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"ned{n}/two\nlines.py": DOUBLE, os.fsdecode(b"ned%d/l\xf6sung.py" % n): TRIPLE})
    return HandIn(f"ned{n}", {"two_lines.py": DOUBLE, "l_sung.py": TRIPLE})


def names_of_no_text_in_an_archive(inbox: Path, n: int) -> HandIn:
    members = {"ol\u0444.py": DOUBLE, "a\nb.py": TRIPLE, "n" * 300 + ".py": WRONG}
    put(inbox, {f"ola{n}.tar.gz": tarred(members)})
    return HandIn(f"ola{n}", {"ol\u0444.py": DOUBLE, "a_b.py": TRIPLE})


def report_of_the_same_name(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"pia{n}.py": DOUBLE + WRONG, f"pia{n}.pdf": PDF})
    return HandIn(f"pia{n}", {f"pia{n}.py": DOUBLE + WRONG, f"pia{n}.pdf": PDF})


def draft_and_final(inbox: Path, n: int) -> HandIn:
    files = {"Draft.ipynb": notebook(("code", WRONG)), "Final.ipynb": notebook(("code", DOUBLE), ("code", TRIPLE))}
    put(inbox, {f"quy{n}/{name}": content for name, content in files.items()})
    return HandIn(f"quy{n}", files)


def not_python(inbox: Path, n: int) -> HandIn:
    files = {"a.py": DOUBLE, "b.py": b"def triple(number:\n"}
    put(inbox, {f"ria{n}/{name}": content for name, content in files.items()})
    return HandIn(f"ria{n}", files)


def code_as_text(inbox: Path, n: int) -> HandIn:
    files = {f"sam{n}.ipynb": notebook(("code", DOUBLE), ("markdown", TRIPLE))}
    put(inbox, files)
    return HandIn(f"sam{n}", files)


def other_encodings(inbox: Path, n: int) -> HandIn:
    text = (DOUBLE + TRIPLE).decode()
    put(inbox, {f"tom{n}.PY": text.encode("utf-16")})
    return HandIn(f"tom{n}", {f"tom{n}.py": text.encode("utf-16")})


def what_cannot_be_taken(inbox: Path, n: int) -> HandIn:
    folder = f"ulf{n}"
    put(inbox, {f"{folder}/a.py": DOUBLE + TRIPLE, f"{folder}/broken.zip": b"PK\x03\x04 cut off"})
    (inbox / folder / "link.py").symlink_to("/etc/passwd")
    os.mkfifo(inbox / folder / "pipe.py")
    reasons = {f"{folder}/link.py": "symbolic link", f"{folder}/pipe.py": "pipe"}
    return HandIn(folder, {"a.py": DOUBLE + TRIPLE, "broken.zip": b"PK\x03\x04 cut off"}, reasons=reasons)


def nothing_to_grade(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"vic{n}.rar": b"Rar!"})
    return HandIn(f"vic{n}.rar", None, reasons={f"vic{n}.rar": "zip"})


def nothing_but_words(inbox: Path, n: int) -> HandIn:
    put(inbox, {f"wim{n}/tomorrow.txt": b"I will hand in tomorrow"})
    return HandIn(f"wim{n}", None, reasons={f"wim{n}": "no Python file", f"wim{n}/tomorrow.txt": "as all of"})


KINDS: tuple[Callable[[Path, int], HandIn], ...] = (
    attachments, attachments_of_no_name, attachments_of_one_name, attachments_of_two_attempts,
    archive_beside_a_report, archive_beside_a_notebook, file_and_text, flat_files, archive_in_an_archive,
    several_archives, large_notebook, large_notebook_in_an_archive, deep_folders, many_files, names_of_no_text,
    names_of_no_text_in_an_archive, report_of_the_same_name, draft_and_final, not_python, code_as_text,
    other_encodings, what_cannot_be_taken, nothing_to_grade, nothing_but_words,
)  # fmt: skip


def fill(inbox: Path, number: int) -> list[HandIn]:
    """Put `number` hand-ins into an inbox, of all kinds in turn."""
    inbox.mkdir()
    return [KINDS[n % len(KINDS)](inbox, 10 + n) for n in range(number)]


NUMBER = int(os.environ.get("MESSY_HAND_INS", 2 * len(KINDS)))


@pytest.fixture(scope="module")
def term(
    tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path], grader: Command
) -> Iterator[tuple[list[HandIn], Path]]:
    """The hand-ins, and a folder with the course, the inbox, and what came of grading it."""
    folder = tmp_path_factory.mktemp("mess")
    course = make_tiny_course(folder)
    hand_ins = fill(folder / "inbox", NUMBER)
    done = grader("batch", folder / "inbox", "-a", "tiny", "--course", course, "--out", folder / "out", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    yield hand_ins, folder
    remove(folder / "inbox")


def remove(inbox: Path) -> None:
    """Remove an inbox: pytest cannot, where folders lie deeper than Python calls itself."""
    for deep in inbox.glob("leo*"):
        while True:  # the folder within the folder takes the place of that, until none is left
            inner = deep / "deep"
            if not inner.exists():
                break
            inner.rename(inbox / "rest")
            shutil.rmtree(deep)
            (inbox / "rest").rename(deep)
    shutil.rmtree(inbox)


def table(path: Path, key: str) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row[key] for row in rows}) == len(rows)
    return {row[key]: row for row in rows}


def digest(files: Files) -> str:
    made = hashlib.sha256()
    for name in sorted(files):
        made.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return made.hexdigest()


def result(folder: Path, name: str) -> dict[str, object]:
    document: dict[str, object] = json.loads((folder / "out" / "results" / f"{name}.json").read_text(encoding="utf-8"))
    return document


def test_each_hand_in_is_one_row_and_nothing_else_is(term: tuple[list[HandIn], Path]) -> None:
    hand_ins, folder = term
    rows = table(folder / "out" / "marks.csv", "submission")
    assert sorted(rows) == sorted(hand_in.name for hand_in in hand_ins)


def test_what_is_graded_is_all_that_was_handed_in_and_nothing_else(term: tuple[list[HandIn], Path]) -> None:
    """Catches: a report, an attachment or what lies in an inner archive counts as not handed in."""
    hand_ins, folder = term
    for hand_in in hand_ins:
        if hand_in.joined is not None and hand_in.exact:
            provenance = result(folder, hand_in.name)["provenance"]
            assert isinstance(provenance, dict)
            assert (hand_in.name, provenance["submission_sha256"]) == (hand_in.name, digest(hand_in.joined))


def test_the_marks_are_those_of_a_single_run_on_the_joined_folder(term: tuple[list[HandIn], Path]) -> None:
    hand_ins, folder = term
    graded = [hand_in for hand_in in hand_ins if hand_in.joined is not None]
    alone = [folder / "alone" / str(number) for number in range(len(graded))]
    for path, hand_in in zip(alone, graded, strict=True):
        put(path, hand_in.joined or {})
    words = [
        sys.executable,
        str(HERE / "grade_several.py"),
        str(folder / "course"),
        "tiny",
        "lock",
        str(folder / "alone.json"),
        *map(str, alone),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    singly = json.loads((folder / "alone.json").read_text(encoding="utf-8"))
    for hand_in, single in zip(graded, singly, strict=True):
        found = result(folder, hand_in.name)
        assert not single["error"]
        assert (hand_in.name, found["questions"]) == (hand_in.name, single["result"]["questions"])
    assert {one["result"]["marks"] for one in singly} == {"1", "3"}


def test_every_file_is_accounted_for(term: tuple[list[HandIn], Path]) -> None:
    """Catches: a file that is neither told nor graded; an inbox that no table can be written of."""
    hand_ins, folder = term
    rows = table(folder / "out" / "inbox.csv", "path")
    for child in (folder / "inbox").iterdir():
        assert rows[child.name.replace("\n", "\\n")]["status"] in {"graded", "refused"}
    for hand_in in hand_ins:
        for path, words in hand_in.reasons.items():
            assert (path, words in rows[path]["reason"]) == (path, True)
        status = "graded" if hand_in.joined is not None else "refused"
        assert status in {row["status"] for row in rows.values() if row["submission"] == hand_in.name}
    assert {row["submission"] for row in rows.values()} == {hand_in.name for hand_in in hand_ins}


def test_what_is_joined_names_its_parts(term: tuple[list[HandIn], Path]) -> None:
    _, folder = term
    rows = table(folder / "out" / "inbox.csv", "path")
    first, second = rows["anna_101_10456_q1.py"], rows["anna_LATE_101_10457_q2.py"]
    said = "one hand-in with anna_LATE_101_10457_q2.py and anna_101_10458_report.pdf"
    assert first["reason"].startswith(said)
    assert (first["submission"], second["submission"]) == ("anna_101", "anna_101")
