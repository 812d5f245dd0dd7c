"""Which criteria of a result a change of the course touches, and what of the result is carried over."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cohort.carrying import Carrier
from grader.cohort.class_folder import ClassFolder
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.results.marks import total
from grader.results.result import CriterionResult, Provenance, Result
from grader.results.signing import Standing, signed, standing

Command = Callable[..., subprocess.CompletedProcess[str]]
RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
DOUBLE, TRIPLE = "sums.double.value", "sums.triple.value"


@pytest.fixture
def course(tiny_course: Path) -> Path:
    """The small course, in which triple requires double."""
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(text.replace("marks: 2}", f"marks: 2, requires: [{DOUBLE}]}}"), encoding="utf-8")
    return tiny_course


def carrier(course: Path, before: Carrier | None = None) -> Carrier:
    here = Course.find(course, to_grade=None)
    known = {before.sources: before.fingerprints} if before else {}
    return Carrier(here, here.rubric("tiny"), known)


def result_by(made: Carrier, *names: str) -> Result:
    """Return a result in which these criteria, or all, have passed."""
    rubric, suites = made.sources.split(" ")
    provenance = Provenance.of(rubric_sha256=rubric, suites_sha256=suites, submission_sha256="work")
    ended = {
        c.id: CriterionResult(
            id=c.id, title=c.title, outcome=Outcome.PASSED, marks=str(c.marks), max_marks=str(c.marks)
        )
        for c in made.rubric.criteria
        if c.id in names or not names
    }
    return total(made.rubric, ended, submission="ada", isolation="room", provenance=provenance)


def mend(course: Path, name: str) -> None:
    """Change what a check demands."""
    suite = course / "tests" / {"double": "public", "triple": "hidden"}[name] / "test_sums.py"
    suite.write_text(suite.read_text(encoding="utf-8").replace("== ", "!= "), encoding="utf-8")


def lay_out(tmp_path: Path, result: Result) -> ClassFolder:
    folder = ClassFolder(tmp_path / "out")
    folder.results.mkdir(parents=True)
    folder.result("ada").write_text(result.to_json(), encoding="utf-8")
    return folder


def carried(folder: ClassFolder) -> Result:
    found = folder.read_result("ada")
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "touched"), [("double", {DOUBLE, TRIPLE}), ("triple", {TRIPLE})])
def test_what_requires_something_touched_is_touched_too(
    course: Path, tmp_path: Path, name: str, touched: set[str]
) -> None:
    before = carrier(course)
    folder = lay_out(tmp_path, result_by(before))
    assert len(before.fingerprints) == 2  # worked out before the change
    mend(course, name)
    after = carrier(course, before)
    assert after.carry(folder) == touched
    if kept := {DOUBLE, TRIPLE} - touched:
        assert {criterion.id for criterion in carried(folder).criteria} == kept
        assert carried(folder).provenance.suites_sha256 in after.sources
    else:  # with nothing carried over, the result stays as it is until all of it is graded again
        assert carried(folder) == result_by(before)


def test_what_a_result_does_not_have_is_to_be_graded(course: Path, tmp_path: Path) -> None:
    before = carrier(course)
    folder = lay_out(tmp_path, result_by(before, DOUBLE))
    assert carrier(course, before).carry(folder) == {TRIPLE}


def test_of_a_course_that_is_not_remembered_all_is_graded_again(course: Path, tmp_path: Path) -> None:
    folder = lay_out(tmp_path, result_by(carrier(course)))
    mend(course, "triple")
    assert carrier(course).carry(folder) == {DOUBLE, TRIPLE}


def test_what_another_version_has_graded_stays_and_is_graded_again_as_a_whole(course: Path, tmp_path: Path) -> None:
    before = carrier(course)
    old = result_by(before)
    old = old.model_copy(update={"provenance": old.provenance.model_copy(update={"hypothesis": "6.0"})})
    folder = lay_out(tmp_path, old)
    assert carrier(course, before).carry(folder) == {DOUBLE, TRIPLE}
    assert carried(folder) == old


def test_a_course_that_has_not_changed_touches_nothing(course: Path, tmp_path: Path) -> None:
    before = carrier(course)
    folder = lay_out(tmp_path, result_by(before))
    assert carrier(course, before).carry(folder) == set()
    assert carried(folder) == result_by(before)


REMARK = "found before the course was changed"


@pytest.fixture
def graded(course: Path, tmp_path: Path, grader: Command) -> Path:
    """A class of two whose results have a remark, on what was found of `double`, that no check gives."""
    (tmp_path / "inbox").mkdir()
    hand_in(tmp_path, "ada", RIGHT)
    hand_in(tmp_path, "bob", RIGHT.replace("2 *", "3 *"))  # triple is skipped, which requires double
    batch(grader, tmp_path)
    for path in (tmp_path / "out" / "results").glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        document["questions"][0]["criteria"][0]["remarks"] = [REMARK]
        path.write_text(json.dumps(document), encoding="utf-8")
    return tmp_path


def hand_in(folder: Path, name: str, text: str) -> None:
    (folder / "inbox" / f"{name}.py").write_text(text, encoding="utf-8")


def batch(grader: Command, folder: Path, *more: str, out: str = "out") -> str:
    done = grader(
        "batch", folder / "inbox", "-a", "tiny", "--out", folder / out, "--course", folder / "course",
        "--isolation", "process", *more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def found(folder: Path, out: str = "out") -> dict[str, Result]:
    return ClassFolder(folder / out).read_results()


def test_a_batch_grades_only_what_a_change_touches_and_new_work_as_a_whole(graded: Path, grader: Command) -> None:
    suite = graded / "course" / "tests" / "hidden" / "test_sums.py"
    suite.write_text(suite.read_text(encoding="utf-8").replace("== 3 * 7", "in (28, 35)"), encoding="utf-8")
    hand_in(graded, "zoe", RIGHT.replace("3 *", "4 *"))
    assert "3 graded now." in batch(grader, graded)
    now = found(graded)
    ended = {name: [criterion.outcome.value for criterion in result.criteria] for name, result in now.items()}
    assert ended == {"ada": ["passed", "failed"], "bob": ["failed", "skipped"], "zoe": ["passed", "passed"]}
    assert {name: result.criteria[0].remarks for name, result in now.items()} == {
        "ada": (REMARK,), "bob": (REMARK,), "zoe": ()
    }  # fmt: skip
    # What was carried over is what a run from the beginning finds.
    batch(grader, graded, out="fresh")
    fresh = found(graded, "fresh")
    assert [plain(result) for result in now.values()] == [plain(result) for result in fresh.values()]
    assert "0 graded now, 3 kept from an earlier run." in batch(grader, graded)
    batch(grader, graded, "--fresh")
    assert not any(result.criteria[0].remarks for result in found(graded).values())


def plain(result: Result) -> str:
    """Return a result without the remark that was put into it."""
    document = json.loads(result.to_json())
    document["questions"][0]["criteria"][0]["remarks"] = []
    return json.dumps(document)


def test_what_only_words_change_is_not_graded_again(graded: Path, grader: Command) -> None:
    rubric = graded / "course" / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text(encoding="utf-8").replace("it is twice the number", "it is two times"))
    assert "0 graded now, 2 kept from an earlier run." in batch(grader, graded)
    known = found(graded)
    assert [result.criteria[0].title for result in known.values()] == ["it is two times"] * 2
    assert {result.provenance.rubric_sha256 for result in known.values()} == {
        Course.find(graded / "course", to_grade=None).rubric_sha256(carrier(graded / "course").rubric)
    }
    assert "it is two times" in (graded / "out" / "feedback" / "bob.md").read_text(encoding="utf-8")


def test_without_what_says_how_it_was_graded_all_is_graded_again(graded: Path, grader: Command) -> None:
    (graded / "out" / "last_run.json").write_text("{", encoding="utf-8")
    mend(graded / "course", "triple")
    assert "2 graded now." in batch(grader, graded)
    assert not any(result.criteria[0].remarks for result in found(graded).values())
    assert "0 graded now, 2 kept" in batch(grader, graded)


def test_a_part_cannot_be_graded_after_a_change_that_would_mix_two_states(graded: Path, grader: Command) -> None:
    mend(graded / "course", "triple")
    done = grader(
        "batch", graded / "inbox", "-a", "tiny", "--out", graded / "out", "--course", graded / "course",
        "--isolation", "process", "--only", TRIPLE,
    )  # fmt: skip
    assert done.returncode == 2
    assert "a part cannot be graded into this folder" in done.stderr


def test_where_the_course_has_a_secret_only_what_is_signed_is_carried_and_signed_again(
    course: Path, tmp_path: Path
) -> None:
    """Catches: marks that somebody has changed in a result are carried over, and signed."""
    secret = b"a secret of the course's"
    (course / ".course-secret").write_bytes(secret)
    before = carrier(course)
    folder = lay_out(tmp_path, signed(result_by(before), secret))
    assert len(before.fingerprints) == 2  # worked out before the change
    genuine = folder.result("ada").read_text(encoding="utf-8")
    mend(course, "triple")
    after = carrier(course, before)
    assert after.carry(folder) == {TRIPLE}
    assert standing(folder.result("ada").read_text(encoding="utf-8"), secret) is Standing.SIGNED
    forged = genuine.replace('"marks": "1"', '"marks": "9"')
    assert forged != genuine
    folder.result("ada").write_text(forged, encoding="utf-8")
    assert after.carry(folder) == {DOUBLE, TRIPLE}
    assert folder.result("ada").read_text(encoding="utf-8") == forged
