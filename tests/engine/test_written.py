"""What is handed in for a person to mark: found in every form of hand-in, listed, shown, never obeyed, never lost."""

from __future__ import annotations

import base64
import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from grader.core.file_names import file_names
from grader.course.rubric.load import load_rubric
from grader.course.rubric.model import Question
from grader.handmarking.question_names import QuestionNames
from grader.handmarking.sections import passages
from grader.kit.notebook_file import notebook
from grader.sandbox.notebooks import NotebookCell
from grader.worker.reading.markdown import notebook_cells

ROOT = Path(__file__).parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]
CODE = "def double(number):\n    return 2 * number\n"
MANUAL = """\
  - id: sums.proof
    title: (c) A proof
    task: Prove that twice a number is even.
    handed_in: [proof.md, proof.pdf, "scan*.png"]
    criteria:
      - {id: sums.proof.steps, title: the steps follow, marks: 2, manual: true}
  - id: sums.essay
    title: (d) An essay
    handed_in: [essay.txt]
    criteria:
      - {id: sums.essay.clear, title: it is clear, marks: 1, manual: true}
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    """The small course with two questions more that a person marks."""
    course = make_tiny_course(tmp_path_factory.mktemp("written"))
    rubric = course / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("marks: 3\n", "marks: 6\n", 1) + MANUAL, encoding="utf-8")
    return course


def cell(text: str, kind: str = "markdown", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": text, **more}


def work(*cells: dict[str, Any]) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in {"sums.py": CODE.encode(), **files}.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def packed(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"sums.py": CODE.encode(), **files}.items():
            archive.writestr(name, content)


def to_mark(out: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (out / "to_mark.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["submission"], row["question"]): row for row in csv.DictReader(file)}


def edit_list(
    out: Path, change: Callable[[dict[str, str]], None], delimiter: str = ",", encoding: str = "utf-8"
) -> None:
    """Change the lines of to_mark.csv as a person does in a spreadsheet."""
    rows = [*to_mark(out).values()]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    for row in rows:
        change(row)
        writer.writerow(row)
    (out / "to_mark.csv").write_bytes(text.getvalue().encode(encoding))


class Page(HTMLParser):
    """Which elements a page has, which links, and what is in its blocks of text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_work_in_every_form_is_listed_copied_and_shown_and_what_was_entered_stays(
    grader: Command, course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    folder(
        inbox / "a_folder", {"Proof.PDF": b"%PDF-1.4 not really", "notes/proof.md": b"2n is even", "essay.txt": b"I"}
    )
    packed(inbox / "b_zip.zip", {"work/proof.md": "gezählt: 2n".encode(), "scan1.png": PIXEL})
    (inbox / "c_notebook.ipynb").write_text(
        work(
            cell("## sums.proof\n\n2n is even"),
            cell(CODE, "code", outputs=[], execution_count=None),
            cell("![it](attachment:it.png)", attachments={"it.png": {"image/png": base64.b64encode(PIXEL).decode()}}),
        )
    )
    (inbox / "d_script.py").write_text(CODE)
    command = ("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    done = grader(*command)
    assert done.returncode == 0, done.stderr
    assert "to_mark.csv" in done.stdout

    rows = to_mark(out)
    assert {key: row["handed_in"] for key, row in rows.items() if key[1] == "sums.proof"} == {
        ("a_folder", "sums.proof"): "Proof.PDF; notes/proof.md",
        ("b_zip", "sums.proof"): "scan1.png; work/proof.md",
        ("c_notebook", "sums.proof"): "c_notebook.ipynb, cells 1, 3; c_notebook.ipynb, picture in cell 3",
        ("d_script", "sums.proof"): "nothing handed in",
    }
    assert [rows["a_folder", name]["max_marks"] for name in ("sums.proof", "sums.essay")] == ["2", "1"]
    contents = {file: (out / file).read_bytes() for row in rows.values() for file in row["files"].split("; ") if file}
    assert contents == {
        "written/a_folder/sums.proof.pdf": b"%PDF-1.4 not really",
        "written/a_folder/sums.proof.md": b"2n is even",
        "written/a_folder/sums.essay.txt": b"I",
        "written/b_zip/sums.proof.png": PIXEL,
        "written/b_zip/sums.proof.md": "gezählt: 2n".encode(),
        "written/c_notebook/sums.proof.md": b"## sums.proof\n\n2n is even\n\n![it](attachment:it.png)\n",
        "written/c_notebook/sums.proof.png": PIXEL,
    }
    page = Page((out / "written" / "index.html").read_text(encoding="utf-8"))
    for said in (
        "Prove that twice a number is even.",
        "the steps follow",
        "gezählt: 2n",
        "Nothing was handed in by d_",
    ):
        assert said in page.text
    assert {f"written/{link.removeprefix('./')}" for link in page.links} == contents.keys()
    assert "Nothing was handed in for it" in (out / "feedback" / "d_script.md").read_text(encoding="utf-8")

    def enter(row: dict[str, str]) -> None:
        if row["question"] == "sums.proof" and row["submission"] in "a_folder d_script":
            row |= {"marks": "1.5", "remark": "schön; fast"}

    edit_list(out, enter, delimiter=";", encoding="cp1252")
    (out / "written/b_zip/sums.proof.md").unlink()
    folder(inbox / "a_folder", {"notes/proof.md": b"changed"})
    assert "2 graded now, 2 kept from an earlier run" in grader(*command).stdout
    again = to_mark(out)
    kept, marked = again["d_script", "sums.proof"], again["a_folder", "sums.proof"]
    assert (kept["marks"], kept["remark"], kept["handed_in"]) == ("1.5", "schön; fast", "nothing handed in")
    assert (marked["marks"], marked["submission_sha256"]) == (
        "1.5",
        rows["a_folder", "sums.proof"]["submission_sha256"],
    )
    assert marked["handed_in"].startswith("handed in anew since it was marked; ")
    assert (out / "written/a_folder/sums.proof.md").read_bytes() == b"changed"
    assert (out / "written/b_zip/sums.proof.md").read_bytes() == "gezählt: 2n".encode()

    for name in ("sums.py", "notes/proof.md", "Proof.PDF", "essay.txt"):
        (inbox / "a_folder" / name).unlink()
    assert grader(*command, "--only", "sums.essay").returncode == 0
    narrowed = to_mark(out)
    assert narrowed["d_script", "sums.proof"] == kept
    assert narrowed["a_folder", "sums.proof"]["marks"] == "1.5"  # no submission any more, and nothing entered is lost
    assert (out / "written/c_notebook/sums.proof.md").exists()
    assert not (out / "written/a_folder").exists()


def test_work_without_any_code_is_graded_and_listed(grader: Command, course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    (inbox / "ada").mkdir(parents=True)
    (inbox / "ada" / "Proof.pdf").write_bytes(b"%PDF")
    (inbox / "zoe").mkdir()
    (inbox / "zoe" / "photo 1.jpg").write_bytes(b"by another name than was asked for")
    with zipfile.ZipFile(inbox / "bob.zip", "w") as archive:
        archive.writestr("essay.txt", "I")
    (inbox / "scan of eve.PNG").write_bytes(PIXEL)
    (inbox / "poem.md").write_bytes(b"asked for by nobody")
    done = grader("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    assert done.returncode == 0, done.stderr
    found = {(row["submission"], row["handed_in"]) for row in to_mark(out).values() if row["files"]}
    assert found == {
        ("ada", "Proof.pdf"),
        ("bob", "essay.txt"),
        ("scan of eve.PNG", "scan of eve.PNG"),
        ("zoe", "for no question in particular: photo 1.jpg"),
    }
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        marks = {row["submission"]: (row["marks"], row["remark"]) for row in csv.DictReader(file)}
    assert {name: told for name, (told, _) in marks.items()} == {
        "ada": "0", "bob": "0", "scan of eve.PNG": "0", "zoe": "0", "poem.md": "",
    }  # fmt: skip
    assert "this is not a submission" in marks["poem.md"][1]


def test_hostile_work_is_shown_as_what_it_is(grader: Command, course: Path, tmp_path: Path) -> None:
    inbox, out, secret = tmp_path / "inbox", tmp_path / "out", tmp_path / "secret"
    inbox.mkdir()
    secret.write_text("the answers")
    bad = folder(
        inbox / "=cmd <b>", {"x\ny/proof.md": b"</pre><script>alert(1)</script>\x00\x1b[2J\xff", "essay.txt": b""}
    )
    (bad / "scan.png").symlink_to(secret)
    folder(
        inbox / "huge",
        {"proof.md": b"z" * 7_000_000, "scan'onerror=1.png": b"no picture", "essay.txt": b"\xff\xfe\x00"},
    )
    broken = {"it.png": {"image/png": "no base64!", "text/html": "<b>"}, "x": None}
    (inbox / "notebook.ipynb").write_text(
        work(cell("sums.proof\n\n<img src=x onerror=alert(1)>\ud800", attachments=broken), cell("sums.essay:"))
    )
    (inbox / "nested.ipynb").write_text("[" * 200_000)
    done = grader("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    assert done.returncode == 0, done.stderr
    page = Page((out / "written" / "index.html").read_text(encoding="utf-8"))
    assert not page.tags & {"script", "b", "img onerror"}
    assert {link for link in page.links if "onerror" in link} == set()
    assert "<script>alert(1)</script>\\x00\\x1b[2J" in page.text
    assert "<img src=x onerror=alert(1)>" in page.text
    assert len(page.text) < 200_000
    text = (out / "to_mark.csv").read_text(encoding="utf-8")
    assert '\n"\'=cmd <b>"' in text
    written = {p.relative_to(out / "written").as_posix() for p in (out / "written").rglob("*") if p.is_file()}
    plain = file_names(["=cmd <b>"])["=cmd <b>"]
    assert written == {
        "index.html", f"{plain}/sums.proof.md", f"{plain}/sums.essay.txt", "huge/sums.proof.md", "huge/sums.proof.png",
        "huge/sums.essay.txt", "notebook/sums.proof.md",
    }  # fmt: skip
    assert not any(p.is_symlink() or b"the answers" in p.read_bytes() for p in (out / "written").rglob("*.*"))
    assert to_mark(out)["notebook", "sums.essay"]["handed_in"] == "nothing handed in"


def display(**data: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("__", "/"): v for k, v in data.items()}}


def test_what_code_shows_is_seen_by_question_and_what_is_for_none_is_offered_for_all(
    grader: Command, course: Path, tmp_path: Path
) -> None:
    """Catches: a plot in a notebook's output, or a PDF by another name, that no person ever sees."""
    inbox, out, png = tmp_path / "inbox", tmp_path / "out", base64.b64encode(PIXEL).decode()
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    inbox.mkdir()
    cells = [
        cell(CODE, "code", outputs=[display(image__png=png)]),
        cell("## sums.proof"),
        cell("plot()", "code", outputs=[display(image__png=png), {"output_type": "stream", "text": "even\n"}]),
        cell("# (d) An essay"),
        cell(
            "table()", "code", outputs=[display(text__html="<b onclick=x>bold</b>"), display(**{"image__svg+xml": svg})]
        ),
    ]
    folder(
        inbox / "ada",
        {"work.ipynb": work(*cells).encode(), "whatever.pdf": b"%PDF", "notes.HTML": b"<script>1</script>"},
    )
    folder(inbox / "bob", {"q.doc": b"macros", "lone.png": PIXEL})
    command = ("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    done = grader(*command)
    assert done.returncode == 0, done.stderr
    rows = to_mark(out)
    told = "for no question in particular: notes.HTML, whatever.pdf and work.ipynb, picture in cell 1"
    assert {key: row["handed_in"] for key, row in rows.items()} == {
        ("ada", "sums.proof"): f"work.ipynb, cell 3; work.ipynb, picture in cell 3; {told}",
        ("ada", "sums.essay"): f"work.ipynb, cell 5; work.ipynb, picture in cell 5; {told}",
        ("bob", "sums.proof"): "for no question in particular: lone.png",
        ("bob", "sums.essay"): "for no question in particular: lone.png",
    }
    written = {p.relative_to(out / "written").as_posix(): p.read_bytes() for p in (out / "written").glob("*/*")}
    assert written == {
        "ada/sums.proof.md": b"What cell 3 shows:\n\neven\n\n",
        "ada/sums.proof.png": PIXEL,
        "ada/sums.essay.md": b"What cell 5 shows:\n\nbold\n",
        "ada/sums.essay.svg.txt": svg.encode(),
        "ada/any-question.pdf": b"%PDF",
        "ada/any-question.html.txt": b"<script>1</script>",
        "ada/any-question.png": PIXEL,
        "bob/any-question.png": PIXEL,
    }
    page = Page((out / "written" / "index.html").read_text(encoding="utf-8"))
    assert not page.tags & {"script", "b", "svg"}
    assert "<script>1</script>" in page.text
    links = {link.removeprefix("./") for link in page.links if not link.startswith(("#", "data:"))}
    assert links == written.keys()
    assert [link for link in page.links if link.startswith("data:")] == [
        f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    ]
    assert "q.doc: not shown to the person who marks; hand in a PDF instead" in marks_of(out)["bob"]["remark"]
    feedback = (out / "feedback" / "bob.md").read_text(encoding="utf-8")
    assert "Nothing was handed in under its name" in feedback
    assert "shown with all of these: lone\\.png" in feedback or "shown with all of these: lone.png" in feedback
    assert "0 graded now, 2 kept from an earlier run" in grader(*command).stdout
    assert grader(*command, "--only", "sums.double", "--fresh").returncode == 0
    assert {p.relative_to(out / "written").as_posix() for p in (out / "written").glob("*/*")} == written.keys()


def enter_marks(out: Path, marks: dict[tuple[str, str], tuple[str, str]]) -> None:
    """Enter marks and a remark in the lines of submissions and questions."""

    def enter(row: dict[str, str]) -> None:
        row["marks"], row["remark"] = marks.get((row["submission"], row["question"]), ("", ""))

    edit_list(out, enter)


def marks_of(out: Path) -> dict[str, dict[str, str]]:
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def test_marks_entered_by_hand_are_added_and_their_remarks_reach_the_student(
    grader: Command, course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    for name in ("ada", "bob"):
        folder(inbox / name, {"proof.md": b"2n is even"})
    command = ("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    assert "sums.proof.steps (2 marks) is to be marked by a person in 2 submissions." in grader(*command).stdout
    result = (out / "results" / "ada.json").read_bytes()
    remark = "the last step is *missing*"
    entered = {("ada", "sums.proof"): ("1,5", remark), ("ada", "sums.essay"): ("1", remark)}
    enter_marks(out, entered | {("bob", "sums.proof"): ("0", "")})
    done = grader(*command)
    assert "0 graded now, 2 kept from an earlier run" in done.stdout
    assert "sums.essay.clear (1 marks) is to be marked by a person in 1 submission." in done.stdout
    assert "sums.proof.steps (2 marks)" not in done.stdout
    rows = marks_of(out)
    named = ("marks", "max_marks", "complete", "sums.double", "sums.proof", "sums.essay")
    assert [rows["ada"][column] for column in named] == ["3.5", "6", "yes", "1", "1.5", "1"]
    assert [rows["bob"][column] for column in named] == ["1", "6", "no", "1", "0", ""]
    page = (out / "feedback" / "ada.md").read_text(encoding="utf-8")
    assert "the steps follow | marked | 1.5 / 2" in page
    assert page.count(r"the last step is \*missing\*") == 2
    assert "to be marked" not in page
    assert (out / "results" / "ada.json").read_bytes() == result  # what the checks found, whoever marks


def test_marks_for_an_earlier_hand_in_count_and_are_told(grader: Command, course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    folder(inbox / "ada", {"proof.md": b"2n is even"})
    command = ("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    grader(*command)
    enter_marks(out, {("ada", "sums.proof"): ("2", "")})
    folder(inbox / "ada", {"proof.md": b"changed"})
    assert "ada: marked before it was handed in anew: sums.proof.steps" in grader(*command).stdout
    row = marks_of(out)["ada"]
    assert (row["sums.proof"], row["remark"]) == ("2", "marked before it was handed in anew: sums.proof.steps")


def test_marks_that_cannot_be_given_are_all_named_before_anything_is_graded(
    grader: Command, course: Path, tmp_path: Path
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    for name in ("ada", "bob"):
        folder(inbox / name, {"proof.md": b"2n is even"})
    command = ("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    grader(*command)
    before = (out / "marks.csv").read_bytes()
    enter_marks(out, {("ada", "sums.proof"): ("2.5", ""), ("bob", "sums.essay"): ("good", "")})
    entered = (out / "to_mark.csv").read_bytes()
    folder(inbox / "eve", {})
    done = grader(*command)
    assert done.returncode == 2
    assert "`2.5` is more than the 2 that it is worth: sums.proof.steps of ada" in done.stderr
    assert "`good` is not a plain decimal number of at least 0: sums.essay.clear of bob" in done.stderr
    assert ((out / "marks.csv").read_bytes(), (out / "to_mark.csv").read_bytes()) == (before, entered)


def test_a_list_that_cannot_be_read_is_not_written_over(grader: Command, course: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "out").mkdir()
    for text in ("submission,marks\na,2\n", 'submission,student\n"never closed'):
        (tmp_path / "out" / "to_mark.csv").write_text(text)
        done = grader("batch", tmp_path / "inbox", "-a", "tiny", "--out", tmp_path / "out", "--course", course)
        assert done.returncode == 2
        assert "to_mark.csv" in done.stderr
        assert (tmp_path / "out" / "to_mark.csv").read_text() == text


def test_a_single_run_names_what_was_handed_in(grader: Command, course: Path, tmp_path: Path) -> None:
    path = folder(tmp_path / "ada", {"proof.pdf": b"p" * 212_000})
    done = grader("run", path, "-a", "tiny", "--course", course, "--json", tmp_path / "result.json")
    assert "Handed in: proof.pdf (212 KB)." in done.stdout
    assert "(d) An essay. Nothing was handed in for it." in done.stdout
    questions = {q["id"]: q for q in json.loads((tmp_path / "result.json").read_text())["questions"]}
    assert questions["sums.proof"]["handed_in"] == [{"source": "proof.pdf", "file": "sums.proof.pdf", "bytes": 212_000}]
    assert (questions["sums.essay"]["handed_in"], questions["sums.double"]["handed_in"]) == ([], None)


@pytest.fixture(scope="module")
def questions(course: Path) -> tuple[Question, ...]:
    return load_rubric(course / "rubrics" / "tiny.yaml").questions


def found(questions: tuple[Question, ...], *texts: str) -> list[tuple[str | None, str]]:
    cells = [NotebookCell("work.ipynb", number, text) for number, text in enumerate(texts, 1)]
    return [(passage.question, passage.text) for passage in passages(cells, QuestionNames(questions))]


@pytest.mark.parametrize(
    "name",
    [
        "# sums.proof",
        "### (c) A proof · 2 marks",
        "## Answer: sums.proof",
        "**sums.proof**",
        "(C) a proof:",
        "## sums\\.proof",
    ],
)
def test_a_question_is_named_by_its_id_or_its_title(questions: tuple[Question, ...], name: str) -> None:
    assert found(questions, f"{name}\n\n2n is even") == [("sums.proof", f"{name}\n\n2n is even")]


def test_text_belongs_to_a_question_until_another_is_named(questions: tuple[Question, ...]) -> None:
    texts = (
        "Hello",
        "# sums.proof",
        "one\n## Lemma\ntwo\n# (d) An essay\nthree",
        "four",
        "## (a) Twice a number\nfive",
    )
    assert found(questions, *texts) == [
        (None, "Hello"),
        ("sums.proof", "one\n## Lemma\ntwo"),
        ("sums.essay", "# (d) An essay\nthree"),
        ("sums.essay", "four"),
        ("sums.double", "## (a) Twice a number\nfive"),
    ]


@pytest.mark.parametrize("name", ["sums.proofs", "A proof", "```\n# sums.proof", "(c) A proof of something else"])
def test_other_headings_and_code_name_no_question(questions: tuple[Question, ...], name: str) -> None:
    assert [question for question, _ in found(questions, f"{name}\n\ntext")] == [None]


def test_a_kits_notebook_holds_no_answer_until_one_is_written(course: Path, tmp_path: Path) -> None:
    rubric = load_rubric(course / "rubrics" / "tiny.yaml")
    kit = json.loads(notebook(rubric, {}, {"sums": (course / "student" / "sums.py").read_text()}))

    def answers() -> list[tuple[str | None, str]]:
        (tmp_path / "work.ipynb").write_text(json.dumps(kit), encoding="utf-8")
        cells = [NotebookCell(*found[:4]) for found in notebook_cells(tmp_path, ["work.ipynb"]) if not found[5]]  # type: ignore[arg-type]
        return [(passage.question, passage.text) for passage in passages(cells, QuestionNames(rubric.questions))]

    assert answers() == []
    place = [n for n, one in enumerate(kit["cells"]) if "".join(one["source"]).startswith("*Replace this line")]
    kit["cells"][place[0]]["source"] = ["# First\n", "2n is even"]
    kit["cells"].insert(place[1] + 1, cell("an essay"))
    assert answers() == [("sums.proof", "# First\n2n is even"), ("sums.essay", "an essay")]
