"""Hints on demand: wrong answers as digits, seals, the ladder, the terminal and the notebook."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.checks import tensor
from grader.course.folder import Course
from grader.desk import seals
from grader.desk.answers import digest, digits_told, is_steady
from grader.desk.seals import Seal
from grader.kit.public import public_rubric
from grader.kit.release import kit_files

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
MISTAKE = "Twice a number is not the number plus two."
SUITE = '''\
from hypothesis import given, strategies as st

from grader.checks import assert_close, criterion


@criterion("sums.double.value")
@given(number=st.floats(1.0, 9.0))
def test_a_number_is_doubled(submission, number):
    """Return twice a number.

    Catches: a number added.
    """
    assert_close(submission.double(number), 2 * number, what="the double")


@criterion("sums.double.value")
def test_a_fraction_is_doubled(submission):
    """Return 5.4366 for 2.7183.

    Catches: a number added.
    """
    assert_close(submission.double(2.7183), 5.4366, what="the double")
'''
ADDED = f'"""{MISTAKE}\n\nLoses: sums.double.value\n"""\n\n\ndef double(number):\n    return number + 2\n'
THRICE = ADDED.replace(MISTAKE, "This is three times a number.").replace("number + 2", "3 * number")
ALONE = '"""This adds the number to itself.\n"""\n\n\ndef double(number):\n    return number + number\n'
HINTS = "    hints: [Look at 2.7183., Twice a number less the number is the number.]\n"


@pytest.fixture
def course(tiny_course: Path) -> Path:
    """The small course with two public checks of one question, two mistakes, and two hints."""
    files = {
        "tests/public/test_sums.py": SUITE,
        "tests/bank/misconceptions/sums.double/added.py": ADDED,
        "tests/bank/misconceptions/sums.double/thrice.py": THRICE,
        "tests/bank/alternatives/sums.double/added_to_itself.py": ALONE,
    }
    for name, text in files.items():
        (tiny_course / name).parent.mkdir(parents=True, exist_ok=True)
        (tiny_course / name).write_text(text, encoding="utf-8")
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(text.replace("    packages: [numpy]\n", f"    packages: [numpy]\n{HINTS}", 1), encoding="utf-8")
    return tiny_course


@pytest.fixture(scope="session")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the file of an assignment's seals, made once for all tests.

    Made in a process of its own, as for a kit: here another test may have imported what `provided/` stands in for.
    """
    folder = tmp_path_factory.mktemp("sealed")
    script = Path(__file__).with_name("make_seals.py")

    def made(assignment: str) -> Path:
        file = folder / f"{assignment}.json"
        if not file.exists():
            subprocess.run([sys.executable, str(script), str(ROOT), assignment, str(file)], cwd=ROOT, check=True)
        return file

    return made


@pytest.fixture
def kit(course: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    for name, content in kit_files(Course(course), "tiny", {"py"}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def hint(kit: Path) -> Run:
    """Ask for a hint in the kit, where `double` returns what is given."""

    def run(value: str, question: str = "sums.double") -> subprocess.CompletedProcess[str]:
        work = f"def double(number):\n    print('seen', number)\n    breakpoint()\n    return {value}\n"
        (kit / "student" / "sums.py").write_text(work, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "--hint", question]
        return subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False, timeout=60)

    return run


# ── answers as digits ─────────────────────────────────────────────────────────────────────────────


def test_rounding_does_not_change_a_digest_and_a_mistake_does() -> None:
    rng = np.random.default_rng(1)
    for array in (rng.normal(size=7), rng.normal(size=(40, 30)), np.array([1.0, 0.1, 10.0]), 2.5, [1, 2, 3]):
        values = np.asarray(array, dtype=np.float64)
        assert is_steady([array])
        assert digest([array]) == digest([values * (1 + 1e-13)])
        assert digest([array]) != digest([values * (1 + 1e-4)])
        if values.size > 1:
            assert digest([array]) != digest([np.roll(values, 1)])


def test_single_precision_is_rounded_to_fewer_digits() -> None:
    array = np.linspace(0.31, 0.77, 6)
    single, moved, wrong = (tensor((array * factor).astype(np.float32)) for factor in (1, 1 + 1e-7, 1.01))
    assert is_steady([single])
    assert digest([single]) == digest([moved]) != digest([wrong])


def test_what_lies_between_two_roundings_is_not_steady() -> None:
    assert not is_steady([1.2345675])
    assert is_steady([1.2345671])


def test_lists_and_arrays_are_the_same_answers_and_shapes_are_not() -> None:
    assert digest([[1.0, 2.0]]) == digest([np.array([1.0, 2.0])]) == digest([(1, 2)])
    assert digest([[1.0, 2.0]]) != digest([[[1.0, 2.0]]])
    assert digest([{"a": 1.0, "b": 2.0}]) == digest([{"b": 2.0, "a": 1.0}]) != digest([{"a": 2.0, "b": 1.0}])
    assert digest([np.array([1.0, np.nan])]) != digest([np.array([1.0, 0.0])])
    assert digest([1 + 2j]) != digest([2 + 1j])


def test_the_words_of_an_exception_are_no_answer_and_its_name_tells_too_little() -> None:
    assert digest(["raised ValueError: one"]) == digest(["raised ValueError: two"]) != digest(["raised TypeError: one"])
    assert digits_told(["raised ValueError: 1.23456", 1.23456]) == 0


@pytest.mark.parametrize(
    ("answers", "digits"),
    [
        ([0.0], 0), ([None], 0), ([np.zeros(4)], 0), ([[np.nan]], 0), (["a word"], 0),
        ([3], 2), ([2 / 3], 2), ([0.875], 2), ([[1.0, 1.0, -1.0]], 2), ([1, {"a": (2, 1)}], 4),
        ([1.31326], 6), ([tensor([np.pi])], 6), ([np.arange(50.0)], 6), ([[1, 2, 3]], 6), ([12345], 6),
    ],
)  # fmt: skip
def test_round_numbers_tell_little_and_many_of_them_enough(answers: list[object], digits: int) -> None:
    assert digits_told(answers) == digits


# ── seals ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_seal_opens_for_both_answers_and_for_nothing_less(tmp_path: Path) -> None:
    one, other = ("tests/public/a.py::test_a", 0), ("tests/public/a.py::test_a", 3)
    seal = Seal.closed("sums.double", (one, other), (b"first", b"second"), "A sentence — with a dash.")
    assert seal.opened({one: b"first", other: b"second"}) == "A sentence — with a dash."
    for wrong in ({}, {one: b"first"}, {one: b"second", other: b"first"}, {one: b"first", other: b"third"}):
        assert seal.opened(wrong) == ""
    file = tmp_path / "sealed.json"
    file.write_text(seals.written([seal, seal]), encoding="utf-8")
    assert seals.read(file) == [seal, seal]
    assert "sentence — with" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{", "[1]", "[{}]", '[{"question": 1}]', "null"])
def test_a_file_that_is_not_one_of_seals_has_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sealed.json"
    file.write_text(text, encoding="utf-8")
    assert seals.read(file) == []
    assert seals.read(tmp_path / "nowhere.json") == []


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("assignment", sorted(path.stem for path in (ROOT / "rubrics").glob("*.yaml")))
def test_each_seal_opens_by_its_mistake_alone_and_none_by_right_work(
    assignment: str, threads: int, sealed_once: Callable[[str], Path]
) -> None:
    script = Path(__file__).with_name("open_seals.py")
    counted = str(threads)
    done = subprocess.run(
        [sys.executable, str(script), str(ROOT), assignment, str(sealed_once(assignment)), counted],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": counted, "OPENBLAS_NUM_THREADS": counted},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *wrong, last = done.stdout.splitlines()
    assert wrong == []
    assert int(last.strip("{}").split(":")[1]) > 20


# ── the kit ───────────────────────────────────────────────────────────────────────────────────────


def test_a_kit_has_hints_as_text_and_mistakes_sealed(kit: Path) -> None:
    assert "Look at 2.7183." in (kit / "rubrics" / "tiny.yaml").read_text(encoding="utf-8")
    sealed = seals.read(kit / "rubrics" / "tiny.sealed.json")
    assert [seal.question for seal in sealed] == ["sums.double"] * 2
    plain = b"".join(path.read_bytes() for path in kit.rglob("*") if path.is_file())
    assert MISTAKE.encode() not in plain
    assert b"added" not in b"".join(path.read_bytes() for path in (kit / "rubrics").iterdir())


def test_an_instructor_can_switch_hints_off(course: Path, kit: Path, hint: Run) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    rubric.write_text(f"hints: false\n{rubric.read_text(encoding='utf-8')}", encoding="utf-8")
    files = kit_files(Course(course), "tiny", {"py"})
    assert "rubrics/tiny.sealed.json" not in files
    public = public_rubric(Course(course).rubric("tiny"))
    assert "Look at" not in public
    (kit / "rubrics" / "tiny.yaml").write_text(public, encoding="utf-8")
    done = hint("number + 2")
    assert done.returncode == 4
    assert "This assignment has no hints." in done.stderr


def test_mistakes_that_answer_alike_are_not_sealed(course: Path, tmp_path: Path) -> None:
    twin = ADDED.replace(MISTAKE, "Another sentence.").replace("number + 2", "2 + number")
    (course / "tests/bank/misconceptions/sums.double/twin.py").write_text(twin, encoding="utf-8")
    file = tmp_path / "sealed.json"
    file.write_bytes(kit_files(Course(course), "tiny", {"py"})["rubrics/tiny.sealed.json"])
    assert len(seals.read(file)) == 1


def test_a_mistake_whose_answers_many_have_is_not_sealed(course: Path) -> None:
    suite = course / "tests/public/test_sums.py"
    words = suite.read_text(encoding="utf-8").replace("st.floats(1.0, 9.0)", "st.just(4)").replace("2.7183", "4.0")
    suite.write_text(words.replace("5.4366", "8.0"), encoding="utf-8")
    assert "rubrics/tiny.sealed.json" not in kit_files(Course(course), "tiny", {"py"})


def test_a_mistake_that_is_random_is_not_sealed_and_a_release_stays_the_same(course: Path, tmp_path: Path) -> None:
    random = ADDED.replace(MISTAKE, "This is noise.").replace("number + 2", "random.SystemRandom().random()")
    file = course / "tests/bank/misconceptions/sums.double/random.py"
    file.write_text(random.replace("\ndef", "\nimport random\n\n\ndef", 1), encoding="utf-8")
    once, again = (kit_files(Course(course), "tiny", {"py"})["rubrics/tiny.sealed.json"] for _ in range(2))
    assert once == again
    (tmp_path / "sealed.json").write_bytes(once)
    assert len(seals.read(tmp_path / "sealed.json")) == 2


@pytest.mark.parametrize("assignment", sorted(path.stem for path in (ROOT / "rubrics").glob("*.yaml")))
def test_every_question_of_this_course_has_hints_that_hold_none_of_its_solution(assignment: str) -> None:
    course = Course(ROOT)
    for question in course.rubric(assignment).questions:
        if question.module:
            solution = course.solution(question).read_text(encoding="utf-8")
            stub = (course.student / f"{question.module}.py").read_text(encoding="utf-8")
            secret = {line.strip() for line in solution.splitlines()} - {line.strip() for line in stub.splitlines()}
            assert len(question.hints) > 1, question.id
            told = " ".join(question.hints)
            assert [line for line in secret if len(line) > 12 and line in told] == []


# ── the ladder at the terminal ────────────────────────────────────────────────────────────────────


def test_each_time_one_step_more_is_shown_and_the_last_names_the_mistake(hint: Run) -> None:
    first, second, third, again = (hint("2.0 + number") for _ in range(4))
    assert first.stdout.splitlines()[0] == "(a) Twice a number (sums.double)"
    assert "failed: it is twice the number. What was asked: Return twice a number." in first.stdout
    assert "hint 1 of 3: Look at 2.7183." in first.stdout
    assert "less the number" not in first.stdout
    assert "one more: pytest --hint sums.double" in first.stdout
    assert "hint 2 of 3: Twice a number less the number is the number." in second.stdout
    assert MISTAKE not in second.stdout
    assert f"hint 3 of 3: Your answers match this mistake: {MISTAKE}" in " ".join(third.stdout.split())
    assert "There are no more hints." in third.stdout
    assert again.stdout == third.stdout
    assert {done.returncode for done in (first, second, third)} == {0}
    assert "seen" not in first.stdout + first.stderr


def test_a_mistake_that_nobody_knows_is_not_given_a_name(hint: Run) -> None:
    last = [hint("number + 1") for _ in range(3)][-1]
    assert "Your wrong answers do not match any known mistake." in last.stdout
    assert MISTAKE not in last.stdout


def test_right_and_unwritten_work_is_told_so(kit: Path, hint: Run) -> None:
    right = [hint("2 * number") for _ in range(3)][-1]
    assert "All public checks of this question pass" in right.stdout
    assert "hint 2 of 2" in right.stdout
    shutil.rmtree(kit / "last_run")
    empty = [hint("(_ for _ in ()).throw(NotImplementedError('later'))") for _ in range(3)][-1]
    assert "not implemented: it is twice the number." in empty.stdout
    assert "Write a first version" in empty.stdout


def test_a_question_that_is_not_there_is_a_mistake_of_the_command(hint: Run) -> None:
    done = hint("number", "sums.duoble")
    assert done.returncode == 4
    assert "did you mean `sums.double`?" in done.stderr
