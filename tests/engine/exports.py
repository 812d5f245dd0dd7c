"""Made-up exports of learning platforms, true to form, with the mess that a class hands in, and what is to come of it.

``python tests/engine/exports.py DIR [STUDENTS]`` writes one of each, for the course of tests/engine/conftest.py, whose
functions are ``double`` and ``triple``, worth 1 and 2 marks.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
WRONG = RIGHT.replace("3 *", "4 *")
STUB = "def double(number):\n    raise NotImplementedError\n\n\ndef triple(number):\n    raise NotImplementedError\n"
ASSIGNMENT = "hw1"
_FIRST = ("Ada", "Bala", "Chioma", "Dev", "Esha", "Farhan", "Gita", "Hari", "Ila", "Jai", "Kofi", "Łucja", "Mei")
_LAST = ("Lovelace", "Nevis", "O'Neill", "de_la Cruz", "Müller-Lüdenscheidt", "Rao", "Ünal", "Xu", "Ng", "Pérez")


@dataclass(frozen=True)
class Student:
    """One of the class, as every platform knows them."""

    number: int
    name: str
    section: str
    group: str

    @property
    def id(self) -> str:
        return f"cs23b{self.number:03}"

    @property
    def email(self) -> str:
        return f"{self.id}@students.example.org"

    @property
    def moodle(self) -> str:
        return str(51000 + self.number)

    @property
    def canvas(self) -> str:
        return str(7000 + 3 * self.number)

    @property
    def login(self) -> str:
        return f"gh-{self.id[2:]}"

    @property
    def sortable(self) -> str:
        first, _, last = self.name.partition(" ")
        return f"{last}, {first}"


@dataclass(frozen=True)
class Work:
    """What somebody hands in: files by name, and the marks that they earn; None where nothing in them can be graded."""

    mess: str
    files: Mapping[str, bytes]
    marks: str | None


@dataclass
class Made:
    """An export on disk, tables of the people in it, and what is to come of it: marks by whose the hand-in is.

    `unknown` are the marks of hand-ins that are nobody's on the roster, by a part of their names, and `missing` the ids
    of those who handed in nothing.
    """

    export: Path
    roster: Path
    marks: dict[tuple[str, ...], str | None] = field(default_factory=dict)
    unknown: dict[str, str | None] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    options: list[str | Path] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    late: set[tuple[str, ...]] = field(default_factory=set)


def students(number: int) -> list[Student]:
    """Return a class; two of its people have one name."""
    names = [f"{_FIRST[n % len(_FIRST)]} {_LAST[n * 7 // 3 % len(_LAST)]}" for n in range(number)]
    earlier = [names[:n].count(name) for n, name in enumerate(names)]
    once = [f"{name} {before + 1}" if before else name for name, before in zip(names, earlier, strict=True)]
    once[-1] = once[-2]
    return [Student(n, name, "AB"[n % 2], f"Team {n // 3}") for n, name in enumerate(once, start=1)]


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return data.getvalue()


def _linked_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        link = zipfile.ZipInfo("data.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("sums.py", RIGHT + "# beside a link\n")
    return data.getvalue()


def _tar(files: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return data.getvalue()


def _notebook(*cells: str) -> bytes:
    made: list[dict[str, object]] = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _one(mess: str, marks: str | None, **files: str | bytes) -> Work:
    plain = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
    return Work(mess, plain, marks)


def messes() -> list[Work]:
    """Return one work of each kind of mess. No two have the same contents but those that are to."""

    def py(name: str, text: str | bytes) -> dict[str, str | bytes]:
        return {name: text}

    halves, latin = RIGHT.split("\n\n\n"), "# -*- coding: latin-1 -*- é\n".encode("latin-1")
    return [
        _one("as it should be", "3", **py("sums.py", RIGHT)),
        _one("half right", "1", **py("sums.py", WRONG)),
        _one("the stub as it was handed out", "0", **py("sums.py", STUB)),
        _one("a notebook", "3", **py("hw1.ipynb", _notebook(*RIGHT.split("\n\n\n")))),
        _one("a zip", "3", **py("hw1.zip", _zip({"sums.py": RIGHT + "# zipped\n"}))),
        _one("a zip with a folder and macOS's shadows", "1", **py("My Homework.zip", _zip(
            {"hw/sums.py": WRONG + "# mac\n", "__MACOSX/hw/._sums.py": "x", "hw/.DS_Store": "x"}))),
        _one("a tar.gz", "3", **py("hw1.tar.gz", _tar({"hw1/code/sums.py": RIGHT + "# tar\n", "hw1/notes.txt": "hi"}))),
        _one("a zip in a zip", "3", **py("all.zip", _zip({"inner.zip": _zip({"sums.py": RIGHT + "# inner\n"})}))),
        _one("script and report", "3", **py("sums.py", RIGHT + "# with a report\n"), **py("report.pdf", "%PDF-1.4")),
        _one("handed in again under one name", "3", **py("sums.py", STUB), **py("sums (1).py", RIGHT + "# again\n")),
        _one("two files that make a whole", "3", **py("a.py", halves[0]), **py("b.py", halves[1])),
        _one("capital ending", "3", **py("SUMS.PY", RIGHT + "# capitals\n")),
        _one("a name in another script", "3", **py("作业一 – 最终.py", RIGHT + "# unicode\n")),
        _one("a name that is a formula", "1", **py("=cmd|calc!A1.py", WRONG + "# formula\n")),
        _one("a name that is another's upload", "1", **py(
            "Bala Nevis_51002_assignsubmission_file_sums.py", WRONG + "# not Bala's\n")),
        _one("with a byte order mark", "3", **py("sums.py", b"\xef\xbb\xbf" + RIGHT.encode() + b"# bom\n")),
        _one("in Latin-1, said so", "3", **py("sums.py", latin + RIGHT.encode())),
        _one("Windows line ends", "3", **py("sums.py", RIGHT.replace("\n", "\r\n") + "# crlf\r\n")),
        _one("the path of a link in a zip", "3", **py("linked.zip", _linked_zip())),
        _one("a member that leads out", "3", **py("out.zip", _zip({"../../x.py": "", "sums.py": RIGHT + "# out\n"}))),
        _one("a syntax error", "0", **py("sums.py", "def double(number:\n")),
        _one("no notebook", "0", **py("hw1.ipynb", "{not json")),
        _one("an empty file", "0", **py("sums.py", "")),
        _one("an endless import", "0", **py("sums.py", "import sys\nsys.exit(0)\n" + STUB)),
        _one("a document", None, **py("hw1.docx", "words")),
        _one("a report alone", None, **py("hw1.pdf", "%PDF-1.4")),
        _one("a RAR", None, **py("hw1.rar", "Rar!\x1a\x07")),
        _one("a damaged zip", None, **py("hw1.zip", b"PK\x03\x04 cut off")),
        _one("a zip of nothing", None, **py("hw1.zip", _zip({"readme.txt": "tomorrow"}))),
        _one("an empty zip", None, **py("hw1.zip", _zip({}))),
        _one("copied from the first", "3", **py("sums.py", RIGHT)),
    ]  # fmt: skip


def handed_in(people: Sequence[Student]) -> Iterator[tuple[Student, Work]]:
    """Yield who hands in what: all kinds of mess again and again, and nothing by each fifteenth."""
    kinds = messes()
    for n, person in enumerate(people):
        if (n + 1) % 15:
            work = kinds[n % len(kinds)]
            again = n // len(kinds)
            extra = {"notes.txt": f"{person.id}\n".encode()} if again and work.marks is not None else {}
            yield person, Work(work.mess, {**work.files, **extra}, work.marks)


def _missing(people: Sequence[Student], made: Made) -> None:
    came = {person for whose in made.marks for person in whose}
    made.missing = [one.id for one in people if one.id not in came]


def _table(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerows([header, *rows])
    return path


def _archive(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return path


def moodle(folder: Path, number: int = 200, *, flat: bool = False) -> Made:
    """Write Moodle's archive, a folder for each student or flat, and its grading worksheet."""
    people, members = students(number), dict[str, bytes]()
    made = Made(folder / f"DL101-{ASSIGNMENT}-77.zip", folder / f"Grades-DL101-{ASSIGNMENT}-77.csv")
    for person, work in handed_in(people):
        start = f"{_in_file_names(person.name)}_{person.moodle}_assignsubmission"
        members |= {f"{start}_file{'_' if flat else '/'}{name}": content for name, content in work.files.items()}
        if person.number % 9 == 0:
            members[f"{start}_onlinetext{'_' if flat else '/'}onlinetext.html"] = b"<p>See the file.</p>"
        made.marks[person.id,] = work.marks
    gone = f"Zoe Gone_{51000 + number + 9}_assignsubmission_file{'_' if flat else '/'}sums.py"
    members[gone] = RIGHT.encode() + b"# dropped the course\n"
    made.unknown["Zoe Gone"] = "3"
    _missing(people, made)
    _archive(made.export, members)
    rows = [
        [f"Participant {one.moodle}", one.name, one.email, one.id, _status(one, made), one.group, "", "3.00", "Yes",
         "-", "-", ""] for one in people
    ]  # fmt: skip
    _table(made.roster, [
        "Identifier", "Full name", "Email address", "ID number", "Status", "Group", "Grade", "Maximum grade",
        "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments",
    ], rows)  # fmt: skip
    return made


def _in_file_names(name: str) -> str:
    """Return a name as Moodle writes it into the names of files (`clean_param`, PARAM_FILE)."""
    return "".join(c for c in name.replace("_", " ") if c not in "&<>\"`|':\\/")


def _status(person: Student, made: Made) -> str:
    return "No submission" if person.id in made.missing else "Submitted for grading"


def moodle_teams(folder: Path, number: int = 200) -> Made:
    """Write Moodle's archive of groups: a group's number, one of which is also a participant's, and Default group."""
    people, members = students(number), dict[str, bytes]()
    made = Made(folder / f"DL101-{ASSIGNMENT}-78.zip", folder / f"Grades-DL101-{ASSIGNMENT}-78.csv")
    kinds = messes()
    for n, group in enumerate(dict.fromkeys(one.group for one in people[:-2])):
        work, number_of_group = kinds[n % len(kinds)], 51001 + n  # the numbers of participants who are not in it
        start = f"{group}_{number_of_group}_assignsubmission_file"
        members |= {f"{start}/{name}": content for name, content in work.files.items()}
        made.marks[tuple(one.id for one in people[:-2] if one.group == group)] = work.marks
    members["Default group_assignsubmission_file/sums.py"] = RIGHT.encode() + b"# of no group\n"
    made.unknown["Default group"] = "3"
    _missing(people, made)
    _archive(made.export, members)
    rows = [
        [f"Participant {one.moodle}", one.name, one.email, one.id, "-", one.group if one in people[:-2] else "", "",
         "3.00", "Yes", "-", "-", ""] for one in people
    ]  # fmt: skip
    _table(made.roster, [
        "Identifier", "Full name", "Email address", "ID number", "Status", "Group", "Grade", "Maximum grade",
        "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments",
    ], rows)  # fmt: skip
    return made


def canvas(folder: Path, number: int = 200) -> Made:
    """Write Canvas's archive, flat, and its gradebook."""
    people, members, attachment = students(number), dict[str, bytes](), 90000
    made = Made(folder / f"{ASSIGNMENT}_submissions.zip", folder / "Grades-DL101.csv")
    for person, work in handed_in(people):
        late = person.number % 7 == 0
        start = f"{_run_together(person.sortable)}{'_LATE' if late else ''}_{person.canvas}"
        for name, content in work.files.items():
            attachment += 1
            members[f"{start}_{attachment}_{name}"] = content
        if person.number % 11 == 0:
            members[f"{start}_text.html"] = b"<p>See the file.</p>"
        made.marks[person.id,] = work.marks
        made.late |= {(person.id,)} if late else set()
    members[f"gonezoe_{7000 + 3 * number + 300}_{attachment + 1}_sums.py"] = RIGHT.encode() + b"# dropped the course\n"
    made.unknown["gonezoe"] = "3"
    _missing(people, made)
    _archive(made.export, members)
    rows = [[one.sortable, one.canvas, one.id, one.email, f"DL101-{one.section}", "", "", ""] for one in people]
    rows.append(["Student, Test", str(7000 + 3 * number + 999), "", "a" * 40, "DL101-A", "", "", ""])
    points = ["    Points Possible", "", "", "", "", "3.00", "(read only)", "(read only)"]
    _table(made.roster, [
        "Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{ASSIGNMENT} (4711)", "Current Score",
        "Final Score",
    ], [points, *rows])  # fmt: skip
    return made


def _run_together(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum() or c == "_")


def gradescope(folder: Path, number: int = 200) -> Made:
    """Write Gradescope's export: submissions, some of two students, with its list, and its roster."""
    people, members = students(number), dict[str, bytes]()
    made = Made(folder / "assignment_9_export.zip", folder / "DL101_roster.csv")
    lines, top = [], "assignment_9_export"
    partners = {people[n].id: people[n + 1] for n in range(0, len(people) - 1, 15) if (n + 2) % 15}
    for n, (person, work) in enumerate(handed_in(people)):
        if person in partners.values():
            continue
        submitters = [person, *([partners[person.id]] if person.id in partners else [])]
        members |= {f"{top}/submission_{31000 + n}/{name}": content for name, content in work.files.items()}
        lines += [f"submission_{31000 + n}:", "  :submitters:"]
        for one in submitters:
            lines += [f"  - :name: {json.dumps(one.name)}", f"    :sid: {one.id}", f"    :email: {one.email}"]
        lines += [f"  :created_at: 2026-03-01 10:{n % 60:02}:00.000000000 Z", "  :score: 0.0", "  :history:"]
        lines += ["  - :created_at: 2026-02-28 10:00:00.000000000 Z", "    :score: 0.0"]
        made.marks[tuple(one.id for one in submitters)] = work.marks
    members[f"{top}/submission_metadata.yml"] = ("---\n" + "\n".join(lines) + "\n").encode()
    _missing(people, made)
    _archive(made.export, members)
    rows = [[*_first_and_last(one), one.email, one.id, "Student", one.section] for one in people]
    rows.append(["Grace", "Teacher", "grace@example.org", "", "Instructor", ""])
    _table(made.roster, ["First Name", "Last Name", "Email", "SID", "Role", "Section"], rows)
    return made


def _first_and_last(person: Student) -> tuple[str, str]:
    first, _, last = person.name.partition(" ")
    return first, last


def repositories(folder: Path, number: int = 200) -> Made:
    """Write a folder of clones, as GitHub Classroom's command line made it, and its roster."""
    people = students(number)
    made = Made(folder / f"{ASSIGNMENT}-submissions", folder / "classroom_roster.csv")
    for person, work in handed_in(people):
        clone = made.export / f"{ASSIGNMENT}-{person.login}"
        (clone / ".git").mkdir(parents=True)
        (clone / ".git" / "config").write_text("[core]\n", encoding="utf-8")
        for name, content in {"README.md": b"# hw1\n", **work.files}.items():
            (clone / name).write_bytes(content)
        made.marks[person.id,] = work.marks
    _missing(people, made)
    rows = [[one.id, one.login, str(900 + one.number), one.name] for one in people]
    _table(made.roster, ["identifier", "github_username", "github_id", "name"], rows)
    return made


def drive(folder: Path, number: int = 200) -> Made:
    """Write a folder of files by any names, with a list whose each is, and a table of the institute's."""
    people = students(number)
    made = Made(folder / "hw1 - Drive", folder / "institute.csv")
    made.export.mkdir()
    rows: list[list[str]] = []
    for person, work in handed_in(people):
        for name, content in work.files.items():
            called = f"{person.number} {name}"
            (made.export / called).write_bytes(content)
            rows.append([called, person.id, f"2026-03-01T{person.number % 24:02}:00:00+05:30"])
        made.marks[person.id,] = work.marks
    _missing(people, made)
    made.options = ["--list", _table(folder / "whose.csv", ["file", "student", "time"], rows)]
    made.columns = ["id=Roll No", "name=Name", "email=Mail", "section=Batch"]
    institute = [[one.id, one.name, one.email, one.section] for one in people]
    _table(made.roster, ["Roll No", "Name", "Mail", "Batch"], institute, separator=";")
    return made


def by_hand(folder: Path, number: int = 200) -> Made:
    """Write a folder with a folder for each student's id, and a roster.csv."""
    people = students(number)
    made = Made(folder / "collected", folder / "people.csv")
    for person, work in handed_in(people):
        own = made.export / f"{person.id}_hw1"
        own.mkdir(parents=True)
        for name, content in work.files.items():
            (own / name).write_bytes(content)
        made.marks[person.id,] = work.marks
    _missing(people, made)
    _table(made.roster, ["id", "name", "email"], [[one.id, one.name, one.email] for one in people])
    return made


PLATFORMS: Mapping[str, Callable[[Path, int], Made]] = {
    "moodle": moodle, "moodle-flat": lambda folder, number: moodle(folder, number, flat=True),
    "moodle-teams": moodle_teams, "canvas": canvas, "gradescope": gradescope, "repositories": repositories,
    "drive": drive, "by-hand": by_hand,
}  # fmt: skip


def main(folder: str, number: str = "200") -> None:
    """Write one export of each platform into a folder of its own."""
    for name, write in PLATFORMS.items():
        (own := Path(folder, name)).mkdir(parents=True)
        write(own, int(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
