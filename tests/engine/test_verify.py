"""`grader verify`: a changed result is told, and the same work graded again earns the same."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cohort.verification import read
from grader.core.errors import UsageError
from grader.course.folder import Course
from grader.results.result import Result
from grader.results.signing import Standing, signed, standing

OLD = Path(__file__).with_name("results") / "0.1.0.json"
SECRET = b"a secret of the course's"
Command = Callable[..., subprocess.CompletedProcess[str]]

ANSWERS = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return number\n"


def _old() -> Result:
    return Result.from_json(OLD.read_text(encoding="utf-8"))


@pytest.fixture
def graded(tiny_course: Path, grader: Command, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A course with a secret, an inbox with one submission, and its result."""
    (tiny_course / ".course-secret").write_bytes(SECRET)
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    (inbox / "ada").mkdir(parents=True)
    (inbox / "ada" / "sums.py").write_text(ANSWERS, encoding="utf-8")
    done = grader("batch", inbox, "--course", tiny_course, "--assignment", "tiny", "--out", out)
    assert done.returncode == 0, done.stderr
    return tiny_course, inbox, out / "results" / "ada.json"


def test_results_of_the_first_version_are_read_and_are_unsigned() -> None:
    result = _old()
    assert result.provenance.gradproof == "0.1.0"
    assert result.marks == result.max_marks != "0"
    assert result.signature is None
    assert standing(OLD.read_text(encoding="utf-8"), SECRET) is Standing.UNSIGNED


def test_a_signature_is_an_hmac_by_a_key_of_its_own() -> None:
    one = signed(_old(), SECRET)
    assert one == signed(_old(), SECRET)
    assert one.signature is not None
    assert len(one.signature) == 64
    assert one.signature != signed(_old(), SECRET + b"x").signature
    assert signed(one, b"").signature is None  # without a secret nobody can sign


def test_the_layout_of_the_file_does_not_matter() -> None:
    document = json.loads(signed(_old(), SECRET).to_json())
    assert standing(json.dumps(document, indent=7, sort_keys=True), SECRET) is Standing.SIGNED


@pytest.mark.parametrize("change", [
    {"marks": "100"}, {"submission": "eve"}, {"complete": False}, {"notes": ["x"]}, {"signature": "0" * 64},
    {"signature": "ä"}, {"questions": []}, {"isolation": "process"}, {"something": "more"},
])  # fmt: skip
def test_every_change_is_told(change: dict[str, object]) -> None:
    document = json.loads(signed(_old(), SECRET).to_json())
    assert standing(json.dumps(document), SECRET) is Standing.SIGNED
    assert standing(json.dumps(document | change), SECRET) is Standing.CHANGED


def test_what_a_course_with_a_secret_grades_is_signed(graded: tuple[Path, Path, Path], grader: Command) -> None:
    course, inbox, result = graded
    done = grader("verify", result, "--course", course)
    assert done.returncode == 0, done.stderr
    assert "as it was written" in done.stdout
    again = grader("verify", result, "--again", "--inbox", inbox, "--course", course)
    assert again.returncode == 0, again.stderr
    assert "graded again, the same" in again.stdout
    ran = result.with_name("ran.json")
    assert grader("run", inbox / "ada", "--course", course, "-a", "tiny", "--json", ran).returncode == 0
    assert grader("verify", ran, "--course", course).returncode == 0


def test_a_changed_or_stripped_result_is_told_and_graded_anew(graded: tuple[Path, Path, Path], grader: Command) -> None:
    course, inbox, file = graded
    text = file.read_text(encoding="utf-8")
    for changed in (text.replace('"marks": "1"', '"marks": "3"'), text.replace('"passed"', '"failed"')):
        assert changed != text
        file.write_text(changed, encoding="utf-8")
        done = grader("verify", file, "--course", course)
        assert done.returncode == 1
        assert "CHANGED" in done.stdout
    document = json.loads(text)
    del document["signature"]
    file.write_text(json.dumps(document), encoding="utf-8")
    done = grader("verify", file, "--course", course)
    assert done.returncode == 1
    assert "unsigned" in done.stdout
    # A batch does not take over what it has not written.
    grader("batch", inbox, "--course", course, "--assignment", "tiny", "--out", file.parents[1])
    assert file.read_text(encoding="utf-8") == text


def test_marks_that_come_out_otherwise_are_told(graded: tuple[Path, Path, Path], grader: Command) -> None:
    course, inbox, file = graded
    suite = course / "tests" / "hidden" / "test_sums.py"
    suite.write_text(suite.read_text(encoding="utf-8").replace("3 * number", "number").replace("== 3 *", "== 1 *"))
    done = grader("verify", file, "--again", "--inbox", inbox, "--course", course)
    assert done.returncode == 1, done.stderr
    assert "sums.triple.value: failed, 0 of 2; again: passed, 2 of 2" in done.stdout
    assert "suites" in done.stdout


def test_work_that_is_not_there_or_was_changed_is_no_result_of_it(
    graded: tuple[Path, Path, Path], grader: Command
) -> None:
    course, inbox, file = graded
    (inbox / "ada" / "sums.py").write_text(ANSWERS.replace("return number", "return 3 * number"), encoding="utf-8")
    done = grader("verify", file, "--again", "--inbox", inbox, "--course", course)
    assert done.returncode == 2
    assert "ada" in done.stderr


def test_without_a_secret_nothing_is_signed_and_that_is_said(tiny_course: Path, grader: Command) -> None:
    done = grader("verify", OLD, "--course", tiny_course)
    assert done.returncode == 0
    assert "unsigned" in done.stdout


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"assignment": 1}', "\0"])
def test_what_is_no_result_is_refused(text: str, tiny_course: Path, tmp_path: Path, grader: Command) -> None:
    (tmp_path / "no.json").write_text(text, encoding="utf-8")
    done = grader("verify", tmp_path / "no.json", "--course", tiny_course)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert grader("verify", tmp_path / "absent.json", "--course", tiny_course).returncode == 2


def test_a_signed_result_needs_the_secret(graded: tuple[Path, Path, Path], grader: Command) -> None:
    course, _, file = graded
    (course / ".course-secret").unlink()
    done = grader("verify", file, "--course", course)
    assert done.returncode == 2
    assert "secret" in done.stderr


@pytest.mark.parametrize("said", ["\\ud800", "é", "", "0" * 64])
def test_a_signature_of_any_text_that_is_not_its_own_is_told_as_changed(said: str) -> None:
    assert standing(f'{{"signature": "{said}"}}', b"a secret") is Standing.CHANGED


@pytest.mark.parametrize(("size", "told"), [(64 * 1024**2, "not a result"), (64 * 1024**2 + 1, "too large")])
def test_a_file_too_large_for_a_result_is_not_read(tiny_course: Path, tmp_path: Path, size: int, told: str) -> None:
    with (tmp_path / "ada.json").open("wb") as file:
        file.truncate(size)
    with pytest.raises(UsageError, match=told):
        read(tmp_path / "ada.json", Course(tiny_course))
