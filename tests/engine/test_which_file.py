"""Several files that define the same name, and names that none defines: what counts, and what is said of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.rubric.load import load_rubric
from grader.intake.which import missing_names
from grader.worker.reading.overview import overview, ranked
from grader.worker.reading.versions import in_order

Command = Callable[..., subprocess.CompletedProcess[str]]
RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
WRONG = RIGHT.replace("3 *", "4 *")
PART = "def triple(number):\n    return 4 * number\n"
BROKEN = "def double(number:\n    return 2 * number\n"


def notebook(*cells: str, kind: str = "code") -> str:
    return json.dumps({"cells": [{"cell_type": kind, "source": cell} for cell in cells]})


def graded(grader: Command, course: Path, work: Path, files: dict[str, str]) -> dict[str, object]:
    work.mkdir(exist_ok=True)
    for name, text in files.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(text, encoding="utf-8")
    done = grader("run", work, "-a", "tiny", "--course", course, "--json", "-")
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


def notes(result: dict[str, object]) -> str:
    assert isinstance(result["notes"], list)
    return "\n".join(result["notes"])


@pytest.mark.parametrize("names", [("a.py", "b.py"), ("Draft.ipynb", "Final.ipynb"), ("x/1.py", "y/2.py")])
def test_which_of_two_files_counts_does_not_depend_on_their_names(
    grader: Command, tiny_course: Path, tmp_path: Path, names: tuple[str, str]
) -> None:
    """Catches: the first by the alphabet wins, and nothing is said."""
    texts = [notebook(text) if names[0].endswith("ipynb") else text for text in (WRONG, RIGHT)]
    results = [
        graded(grader, tiny_course, tmp_path / str(turn), dict(zip(names, texts[::turn], strict=True)))
        for turn in (1, -1)
    ]
    assert results[0]["marks"] == results[1]["marks"]
    for result in results:
        assert "counts for `double`" in notes(result)
        assert "Hand in only the file that should count" in notes(result)


def test_the_file_that_defines_more_counts(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    result = graded(grader, tiny_course, tmp_path / "work", {"a.py": PART, "b.py": RIGHT})
    assert result["marks"] == "3"
    assert notes(result) == (
        "b.py counts for `triple`, which a.py defines too: it defines more of what is asked for. "
        "Hand in only the file that should count"
    )


def test_the_file_that_is_called_as_the_stub_counts_first(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    result = graded(grader, tiny_course, tmp_path / "work", {"all.py": RIGHT, "sums.py": PART})
    assert result["marks"] == "1"
    assert "it has the name of the task's file" in notes(result)


def test_a_later_version_counts_even_before_the_stubs_name(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    result = graded(grader, tiny_course, tmp_path / "work", {"sums.py": WRONG, "sums-1.py": RIGHT})
    assert result["marks"] == "3"
    assert "sums-1.py counts for `double` and `triple`" in notes(result)


def test_a_notebook_says_the_cell(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    result = graded(grader, tiny_course, tmp_path / "work", {"all.ipynb": notebook("x = 1", RIGHT), "a.py": PART})
    assert "all.ipynb counts for `triple` (cell 2), which a.py defines too" in notes(result)


def test_where_only_one_file_defines_a_name_nothing_is_said(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    stubs = (tiny_course / "student" / "sums.py").read_text(encoding="utf-8")
    files = {"sums.py": stubs, "all.py": RIGHT, "main.py": "from all import double\nprint(double(2))\n"}
    assert graded(grader, tiny_course, tmp_path / "work", files)["notes"] == []


def test_the_students_own_pytest_chooses_the_same_and_says_so(
    grader: Command, tiny_course: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    result = graded(grader, tiny_course, work, {"a.py": "def double(number):\n    return 7\n", "b.py": RIGHT})
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--submission={work}", "tests/public"]
    environment = {**os.environ, "PYTEST_ADDOPTS": "", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=tiny_course, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout
    assert notes(result) in done.stdout


HINTS = {
    "a syntax error in another file": (
        {"a.py": "def hinge():\n    return 1\n", "b.py": "def triple(number):\n    return 3 *\n"},
        "b.py cannot be used: SyntaxError: invalid syntax (b.py, line 2)",
    ),
    "a cell of text": (
        {"work.ipynb": notebook(RIGHT, kind="markdown")},
        "`double` is in a text cell (work.ipynb, cell 1), which is not run: make it a code cell",
    ),
    "a class": (
        {"work.py": "class Sums:\n    def double(self, number):\n        return 2 * number\n"},
        "`double` is inside the class `Sums` (work.py, line 2): move it out, to the left margin",
    ),
    "a function": (
        {"work.py": "def main():\n    def double(number):\n        return 2 * number\n"},
        "`double` is inside the function `main` (work.py, line 2)",
    ),
    "a comment": (
        {"work.py": "# def double(number):\n#     return 2 * number\nx = 1\n"},
        "`double` is in a comment (work.py)",
    ),
    "another assignment": (
        {"work.py": "def square(x): return x\ndef cube(x): return x\n"},
        "nothing that this assignment asks for is defined, but `cube` and `square`, as powers asks for",
    ),
}

OTHER = """\
assignment: powers
title: Powers
marks: 1
suites: {public: [tests/public/test_powers.py]}
questions:
  - {id: a.b, title: B, module: powers, names: [square, cube], packages: [numpy],
     criteria: [{id: a.b.c, title: C, marks: 1}]}
"""


@pytest.mark.parametrize("kind", HINTS)
def test_what_kept_a_name_from_being_found_is_said(tmp_path: Path, kind: str) -> None:
    """Catches: the work is there, and all that is said is that it is not."""
    files, said = HINTS[kind]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "powers.yaml").write_text(OTHER, encoding="utf-8")
    found = overview(tmp_path, files, ["double", "triple"])
    told = missing_names(found, ["double", "triple"], lambda: {"powers": load_rubric(tmp_path / "powers.yaml")})
    assert any(note.startswith(said) for note in told)


def test_of_names_that_are_found_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"class C:\n    def double(self): pass\n{RIGHT}", encoding="utf-8")
    assert missing_names(overview(tmp_path, ["a.py"], ["double", "triple"]), ["double", "triple"], dict) == []


def test_hints_reach_the_result(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    files, said = HINTS["a cell of text"]
    assert said in notes(graded(grader, tiny_course, tmp_path / "work", files))


def test_a_syntax_error_is_not_hidden_behind_a_name_that_is_much_alike(
    grader: Command, tiny_course: Path, tmp_path: Path
) -> None:
    files = {"a.py": "def doubled(number):\n    return 1\n", "b.py": "x = (\n"}
    result = graded(grader, tiny_course, tmp_path / "work", files)
    feedback = json.dumps(result["questions"])
    assert "the submission defines no 'double'; b.py cannot be used: SyntaxError: '(' was never closed" in feedback
    assert "did you mean" not in feedback


def test_files_are_ranked_by_what_stands_in_them(tmp_path: Path) -> None:
    texts = {"d.py": "f = 1\ng = 2", "c.ipynb": notebook("f = 1\ng = 2"), "b.py": "f = 1\ng = 2 + 3", "a.py": "f = 5"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert ranked([*texts], overview(tmp_path, texts, ["f", "g"]).defines) == ("c.ipynb", "b.py", "d.py", "a.py")


@pytest.mark.parametrize(
    ("files", "first"),
    [
        (["q-1.py", "q-2.py"], "q-1.py"),
        (["q.py", "q-2.py", "q-10.py"], "q-10.py"),
        (["q.py", "q (1).py"], "q (1).py"),
        (["hw/a.py", "hw-1/a.py"], "hw-1/a.py"),
        (["q.ipynb", "q-1.py"], "q.ipynb"),
        (["a.py", "work.py"], "work.py"),
        (["work.py", "work-1.py"], "work-1.py"),
    ],
)
def test_a_later_version_comes_first_where_the_first_is_there(files: list[str], first: str) -> None:
    assert in_order(files, "work")[0] == first
