"""Model answers and marking keys: held to the rubric, beside what is marked, and with students after the deadline."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.handmarking.model_answers import model_answer, wrong_keys

Command = Callable[..., subprocess.CompletedProcess[str]]
MANUAL = """\
  - id: sums.proof
    title: (c) A proof
    task: Prove that twice a number is even.
    handed_in: [proof.md]
    criteria:
      - {id: sums.proof.steps, title: the steps follow, marks: 2, manual: true}
"""
ANSWER = """\
# A proof

2n = n + n, & <n> is whole.

## Marking key

### `sums.proof.steps`

| marks | for |
| ---: | --- |
| 1.5 | the definition |
| 0.5 | the conclusion |
| (−1) | an example in place of a proof |

Usual mistakes: one number only.
"""


@pytest.fixture
def course(tmp_path: Path, make_tiny_course: Callable[[Path], Path]) -> Path:
    made = make_tiny_course(tmp_path / "course")
    rubric = made / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("marks: 3\n", "marks: 5\n", 1) + MANUAL, encoding="utf-8")
    (made / "solutions" / "answers").mkdir(parents=True)
    (made / "solutions" / "answers" / "sums.proof.md").write_text(ANSWER, encoding="utf-8")
    return made


def rewritten(course: Path, old: str, new: str) -> None:
    assert old in ANSWER
    (course / "solutions" / "answers" / "sums.proof.md").write_text(ANSWER.replace(old, new), encoding="utf-8")


def problems(course: Path) -> list[str]:
    return [*wrong_keys(Course(course), Course(course).rubric("tiny"))]


def test_a_key_is_read_and_what_stands_in_parentheses_is_not_added(course: Path) -> None:
    answer = model_answer(Course(course), "sums.proof")
    assert answer is not None
    assert answer.marks == {"sums.proof.steps": Fraction(2)}
    assert answer.key_of("sums.proof.steps").startswith("| marks")
    assert answer.key_of("sums.proof.steps").endswith("one number only.")
    assert model_answer(Course(course), "sums.double") is None
    assert problems(course) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("| 0.5 |", "| 0.25 |", "the key of sums.proof.steps gives 1.75 in all, and the rubric 2"),
        ("### `sums.proof.steps`", "### steps", "has no marking key for sums.proof.steps"),
        ("## Marking key", "## The key", "has no marking key for sums.proof.steps"),
        ("Usual", "### `sums.proof.style`\n\nUsual", "has a key for sums.proof.style, which no person marks"),
    ],
)
def test_a_key_that_does_not_fit_is_told_before_it_is_released(
    course: Path, grader: Command, tmp_path: Path, old: str, new: str, said: str
) -> None:
    rewritten(course, old, new)
    assert [said in problem and "sums.proof.md" in problem for problem in problems(course)] == [True]
    done = grader("release", "tiny", "--to", tmp_path / "out", "--course", course, "--solutions")
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()


def test_solutions_are_released_alone_and_no_kit_holds_them(course: Path, grader: Command, tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": ["import helping\n", "import sums\n"]}]
    notebooks = course / "solutions" / "notebooks"
    notebooks.mkdir()
    (notebooks / "tiny.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (notebooks / "helping.py").write_text("SHOWN = 1\n", encoding="utf-8")
    (notebooks / "other.ipynb").write_text("{}", encoding="utf-8")
    done = grader("release", "tiny", "--to", tmp_path / "out", "--course", course, "--solutions")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {
        "README.md", "reference/sums.py", "solutions/answers/sums.proof.md", "solutions/notebooks/tiny.ipynb",
        "solutions/notebooks/helping.py",
    }  # fmt: skip
    assert (out / "reference" / "sums.py").read_bytes() == (course / "reference" / "sums.py").read_bytes()
    assert "[(c) A proof](solutions/answers/sums.proof.md)" in (out / "README.md").read_text(encoding="utf-8")
    done = grader("release", "tiny", "--to", tmp_path / "kit", "--course", course, "--format", "both")
    assert done.returncode == 0, done.stderr
    kit = [path for path in (tmp_path / "kit").rglob("*") if path.is_file()]
    assert [path for path in kit if b"2n = n + n" in path.read_bytes() or "solution" in path.name] == []


def test_staff_read_the_answer_beside_the_work(course: Path, grader: Command, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / "ann"
    inbox.mkdir(parents=True)
    (inbox / "proof.md").write_text("It is even.", encoding="utf-8")
    out = tmp_path / "out"
    done = grader("batch", tmp_path / "inbox", "--course", course, "--assignment", "tiny", "--out", out, "--only",
                  "sums.proof*", "--isolation", "process")  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (out / "written" / "index.html").read_text(encoding="utf-8")
    assert "solutions/answers/sums.proof.md" in page
    assert "2n = n + n, &amp; &lt;n&gt; is whole." in page
    assert "n + n" not in (out / "feedback" / "ann.md").read_text(encoding="utf-8")


def test_explain_shows_the_key_of_what_a_person_marks(course: Path, grader: Command, tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    done = grader("explain", tmp_path / "ann", "sums.proof.steps", "--course", course, "--assignment", "tiny")
    assert done.returncode == 0, done.stderr
    assert "marked by a person" in done.stdout
    assert "sums.proof.md" in done.stdout.replace("\n", "")
    assert "| 1.5 | the definition |" in done.stdout
    assert "n + n" not in done.stdout
