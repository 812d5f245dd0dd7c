"""`grader audit` proves good checks, and finds each kind of hole in bad ones."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.audit.empty import ANSWERS, empty_overlay
from grader.audit.grading import GradedWork
from grader.audit.judging import prove
from grader.audit.mutants import mutants
from grader.audit.saboteurs import SABOTEURS
from grader.audit.works import AuditedWork
from grader.course.bank import Entry, load_bank
from grader.course.folder import Course
from grader.course.rubric.model import Question
from grader.results.audit_model import HoleKind

Command = Callable[..., subprocess.CompletedProcess[str]]
HEAD = "from grader.checks import criterion\n\n\n"
WEAK_CHECK = '''\
@criterion("sums.double.value")
def test_double_of_seven(submission):
    """Return something for seven."""
    assert submission.double(7)
'''
STRICT_CHECK = '''\
@criterion("sums.{name}.value")
def test_{name}_of_seven(submission):
    """Multiply seven by {factor}."""
    result = submission.{name}(7)
    assert type(result) is int and result == {factor} * 7


@criterion("sums.{name}.value")
def test_{name}_of_eight(submission):
    """Multiply eight by {factor}."""
    assert submission.{name}(8) == {factor} * 8
'''
STRICT = {
    "tests/public/test_sums.py": HEAD + STRICT_CHECK.format(name="double", factor=2),
    "tests/hidden/test_sums.py": HEAD + STRICT_CHECK.format(name="triple", factor=3),
}
TRIPLE = "tests/bank/misconceptions/sums.triple"


def put(course: Path, **files: str) -> None:
    for name, text in files.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")


def mistake(sentence: str, code: str, loses: str = "sums.triple.value") -> str:
    return f'"""{sentence}\n\nLoses: {loses}\n"""\n\n\n{code}\n'


def test_a_good_course_is_proved(tiny_course: Path, grader: Command, tmp_path: Path) -> None:
    put(
        tiny_course,
        **STRICT,
        **{
            f"{TRIPLE}/one_more.py": mistake("One is added.", "def triple(number):\n    return 3 * number + 1"),
            "tests/bank/alternatives/sums.triple/added.py": (
                '"""Adds."""\n\n\ndef triple(number):\n    return number + number + number\n'
            ),
        },
    )
    done = grader("audit", "tiny", "--course", tiny_course, "--seeds", 2, "--json", tmp_path / "proof.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No holes: proved;" in done.stdout
    triple = json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))["tiny"][1]
    assert triple["question"] == "sums.triple"
    assert triple["holes"] == []
    assert triple["tallies"] == {
        "reference": {"good": 2, "made": 2},
        "stubs": {"good": 1, "made": 1},
        "empty answers": {"good": len(ANSWERS), "made": len(ANSWERS)},
        "misconception": {"good": 1, "made": 1},
        "alternative": {"good": 2, "made": 2},
        "mutant": {"good": 5, "made": 5},
        "equivalent mutant": {"good": 0, "made": 0},
        "saboteur": {"good": 3, "made": 3},  # a float for a whole number, and two memories that cannot tell 7 from 8
        "excused saboteur": {"good": 0, "made": 0},
    }
    assert triple["saboteurs"]["memory"] == {"good": 2, "made": 2}
    assert triple["saboteurs"]["extremes"] == {"good": 1, "made": 1}
    assert triple["idle"] == len(SABOTEURS) - 3
    assert "tiny · saboteurs by kind" in done.stdout


def test_saboteurs_that_there_is_no_time_for_are_left_out_and_counted(tiny_course: Path, grader: Command) -> None:
    put(tiny_course, **STRICT)
    done = grader("audit", "tiny", "--course", tiny_course, "--seeds", 1, "--saboteur-seconds", 0)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"; {2 * len(SABOTEURS)} saboteurs left out for lack of time." in done.stdout
    assert "saboteurs by kind" not in done.stdout


@pytest.fixture
def holed_course(tiny_course: Path) -> Path:
    """A course whose checks and bank have one hole of every kind."""
    put(
        tiny_course,
        **STRICT
        | {
            "tests/public/test_sums.py": HEAD + WEAK_CHECK,
            f"{TRIPLE}/a_one_more.py": mistake("One is added.", "def triple(number):\n    return 3 * number + 1"),
            f"{TRIPLE}/again.py": mistake("It is one too much.", "def triple(number):\n    return 1 + 3 * number"),
            f"{TRIPLE}/less.py": mistake(
                "One is missing.",
                "def triple(number):\n    return 3 * number - 1",
                loses="sums.triple.value\nUnnamed: who knows",
            ),
            f"{TRIPLE}/right.py": mistake("This is right.", "def triple(number):\n    return number * 3"),
            f"{TRIPLE}/wide.py": mistake(
                "Both are lost.", "def triple(number):\n    return 0\n\n\ndef double(number):\n    return 0"
            ),
            "tests/bank/alternatives/sums.triple/float.py": (
                '"""Gives a float."""\n\n\ndef triple(number):\n    return 3.0 * number\n'
            ),
            "tests/bank/equivalent.yaml": (
                "sums.triple:\n"
                '  - {mutant: "triple: gone → away", reason: it was right once}\n'
                '  - {mutant: "triple: return 3 * number → return number", reason: it is not}\n'
            ),
            "tests/bank/excused.yaml": (
                'sums.triple:\n  - {saboteur: "*: gives a float for a whole number", quote: as a float or an int}\n'
            ),
        },
    )
    return tiny_course


def test_every_kind_of_hole_is_told(holed_course: Path, grader: Command) -> None:
    done = grader("audit", "--course", holed_course, "--seeds", 1)
    assert done.returncode == 1, done.stdout + done.stderr
    said = done.stdout
    assert "sums.double: work that answers the number 7 earns marks for sums.double.value" in said
    assert "sums.double: a mutant survives: double: return 2 * number → return 3 * number" in said
    assert "    -    return 2 * number\n    +    return 3 * number" in said
    assert "sums.triple: the misconception right does not lose sums.triple.value" in said
    assert "sums.triple: the misconception wide loses sums.double.value too" in said
    assert "sums.triple: the misconception again is caught, but feedback does not name it" in said
    assert "sums.triple: the misconception again is called a_one_more" in said
    assert "sums.triple: the misconception less is named, though its file says `Unnamed:`" in said
    assert "sums.triple: right work, float, does not pass sums.triple.value" in said
    assert "equivalent.yaml:2 lists a mutant that is not made: triple: gone → away" in said
    assert "a mutant that is listed as equivalent loses sums.triple.value: triple: return 3 * number" in said
    assert "the misconception a_one_more" not in said
    assert "sums.double: a saboteur is not noticed: double: gives a float for a whole number" in said
    assert "a saboteur that the stub allows loses sums.triple.value: triple: gives a float for a whole number" in said
    assert "excused.yaml:2 quotes what the stub does not say\n    as a float or an int" in said


def test_a_mistake_that_one_criterion_calls_another_is_a_hole_though_another_calls_it_by_its_name() -> None:
    criteria = [{"id": f"sums.double.{word}", "title": word, "marks": 1} for word in ("value", "sign")]
    question = Question.model_validate(
        {"id": "sums.double", "title": "Double", "module": "sums", "names": ["double"], "criteria": criteria}
    )
    lost = tuple(criterion.id for criterion in question.criteria)
    entries = [
        Entry(question.id, slug, sentence, lost, "", "") for slug, sentence in (("one", "One."), ("two", "Two."))
    ]

    def holes(*said: str) -> list[str]:
        """What is found where both criteria say of the first mistake what is given, and of the second its own."""
        graded = [
            GradedWork(
                AuditedWork(HoleKind.MISCONCEPTION, question.id, entry=entry),
                dict(zip(lost, words, strict=True)),
                frozenset(),
                0,
            )
            for entry, words in zip(entries, (said, ("Two.", "Two.")), strict=True)
        ]
        return [hole.sentence for hole in prove(question, 2, graded, [], [], "").holes]

    assert holes("One.", "One.") == []
    assert holes("One.", "it has wrong values") == []
    assert holes("One.", "Two.") == ["the misconception one is called two"]


def test_as_many_mutants_are_graded_as_are_asked_for(tiny_course: Path, grader: Command) -> None:
    put(tiny_course, **STRICT)
    made = []
    for more in ((), ("--mutants", 2), ("--mutants", 1000)):
        done = grader("audit", "tiny", "--course", tiny_course, "--seeds", 1, "--json", "-", *more)
        assert done.returncode == 0, done.stdout + done.stderr
        made.append([proof["tallies"]["mutant"]["made"] for proof in json.loads(done.stdout)["tiny"]])
    assert min(made[0]) > 2
    assert made[1:] == [[2] * len(made[0]), made[0]]


UNLUCKY = '''\
from pathlib import Path

from grader.checks.asking.channel import Aborted
from grader.core.outcome import Owner


def abort_unless(right, times):
    """End the check as the machine's fault, but for work that is right, and at most so many times."""
    log = Path({log!r})
    before = log.read_text().count("x") if log.exists() else 0
    if not right and before < times:
        log.write_text("x" * (before + 1))
        raise Aborted(Owner.MACHINE, "no memory to be had")
'''


@pytest.mark.parametrize(("times", "status"), [(1, 0), (10**6, 3)])
def test_a_mutant_that_the_machine_stopped_is_tried_again_and_is_not_taken_for_noticed(
    tiny_course: Path, grader: Command, tmp_path: Path, times: int, status: int
) -> None:
    check = STRICT_CHECK.format(name="triple", factor=3)
    looked = check.replace("    assert type", f"    abort_unless(result == 21, {times})\n    assert type")
    suite = UNLUCKY.format(log=str(tmp_path / "log")) + HEAD + looked
    put(tiny_course, **{**STRICT, "tests/hidden/test_sums.py": suite})
    words = ("--question", "sums.triple", "--seeds", 1, "--jobs", 1, "--mutants", 2)
    done = grader("audit", "tiny", "--course", tiny_course, *words, "--json", "-")
    assert done.returncode == status, done.stdout + done.stderr
    [proof] = json.loads(done.stdout)["tiny"]
    assert proof["holes"] == []
    assert proof["tallies"]["mutant"]["made"] == (0 if status else 2)
    assert [one["detail"] for one in proof["undecided"] if "no memory to be had" not in one["detail"]] == []
    assert bool(proof["undecided"]) == bool(status)
    if status:
        said = grader("audit", "tiny", "--course", tiny_course, *words)
        assert said.returncode == 3
        assert "could not be decided, which proves nothing: mutant" in said.stdout
        assert "No holes: proved" not in said.stdout


def test_two_globs_of_questions_are_joined(tiny_course: Path, grader: Command) -> None:
    put(tiny_course, **STRICT)
    words = ("--course", tiny_course, "--seeds", 1, "--jobs", 1, "--mutants", 1, "--json", "-")
    done = grader("audit", "tiny", "--question", "*.double", "--question", "*.triple", *words)
    assert [proof["question"] for proof in json.loads(done.stdout)["tiny"]] == ["sums.double", "sums.triple"]
    done = grader("audit", "tiny", "--question", "*.double", "--question", "*.quadruple", *words)
    assert done.returncode == 2
    assert "'*.quadruple'" in done.stderr


def test_a_question_is_audited_alone(holed_course: Path, grader: Command) -> None:
    put(holed_course, **STRICT)
    done = grader("audit", "tiny", "--question", "*.double", "--course", holed_course, "--seeds", 1, "--jobs", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sums.triple" not in done.stdout


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (f"{TRIPLE}/silent.py", "x = 1\n", "docstring"),
        (f"{TRIPLE}/torn.py", "def triple(:\n", "silent.py:1".replace("silent", "torn")),
        (f"{TRIPLE}/harmless.py", '"""It is fine."""\n', "Loses: …"),
        (f"{TRIPLE}/lost.py", mistake("Lost.", "", "sums.triple.valu"), "did you mean `sums.triple.value`"),
        ("tests/bank/misconceptions/sums.tripel/x.py", mistake("X.", ""), "did you mean `sums.triple`"),
        ("tests/bank/equivalent.yaml", "sums.triple: [{mutant: x}]\n", "equivalent.yaml:1"),
        ("tests/bank/equivalent.yaml", "sums.tripel: [{mutant: x, reason: y}]\n", "equivalent.yaml:1"),
    ],
)
def test_a_bank_that_cannot_be_read_is_told_with_its_file(
    tiny_course: Path, grader: Command, name: str, text: str, said: str
) -> None:
    put(tiny_course, **{name: text})
    done = grader("audit", "tiny", "--course", tiny_course)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr


@pytest.mark.parametrize("between", [", ", " ", ",\n    "])
def test_what_a_mistake_loses_is_told_apart_by_commas_or_blanks(between: str, tiny_course: Path) -> None:
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    more = "      - {id: sums.triple.sign, title: its sign, marks: 1}\n"
    rubric.write_text(rubric.read_text(encoding="utf-8").replace("marks: 3", "marks: 4", 1) + more, encoding="utf-8")
    both = ("sums.triple.value", "sums.triple.sign")
    put(tiny_course, **{f"{TRIPLE}/x.py": mistake("X.", "", between.join(both))})
    course = Course(tiny_course)
    [entry] = load_bank(course, course.rubric("tiny")).misconceptions
    assert entry.loses == both


def test_a_glob_that_finds_no_question_is_refused(tiny_course: Path, grader: Command) -> None:
    done = grader("audit", "tiny", "--question", "*.quadruple", "--course", tiny_course)
    assert done.returncode == 2
    assert "sums.double, sums.triple" in done.stderr


SOLUTION = '''\
import numpy as np

Pair = tuple[int, int]


def root_mean_square(x: np.ndarray, axis: int = -1) -> float:
    """Return √(1/n Σ x²)."""
    if len(x) <= 2:
        x = -x.copy()
    return np.sqrt(np.mean(np.abs(x) ** 2, axis)) * (1.0 + 0)


class Keeper:
    """Keeps (1 + 1) things."""

    def keep(self, thing):
        self.thing = thing
        self.count += 1
        return thing, self.count


def unasked(x):
    return x + 1
'''


def test_mutants_are_one_small_mistake_each_in_what_the_names_need(tmp_path: Path) -> None:
    file = tmp_path / "solved.py"
    file.write_text(SOLUTION, encoding="utf-8")
    made = mutants(file, ["root_mean_square", "Keeper"])
    changes = {mutant.name.split(" → ")[1] for mutant in made}
    assert changes >= {
        "if len(x) < 2:", "if len(x) >= 2:", "if len(x) <= 3:", "if not (len(x) <= 2):", "x = x.copy()", "x = -x",
        "return np.sqrt(np.mean((x) ** 2, axis)) * (1.0 + 0)".replace("(x)", "x"),
        "return np.sqrt(np.sum(np.abs(x) ** 2, axis)) * (1.0 + 0)",
        "return np.mean(np.abs(x) ** 2, axis) * (1.0 + 0)",
        "return np.sqrt(np.mean(np.abs(x) * 2, axis)) * (1.0 + 0)",
        "return np.sqrt(np.mean(axis, np.abs(x) ** 2)) * (1.0 + 0)",
        "return np.sqrt(np.mean(np.abs(x) ** 2, axis)) * (1.0 - 0)",
        "return np.sqrt(np.mean(np.abs(x) ** 2, axis)) / (1.0 + 0)",
        "return np.sqrt(np.mean(np.abs(x) ** 2, axis))", "pass", "self.count -= 1", "return self.count, thing",
    }  # fmt: skip
    assert len({mutant.source for mutant in made}) == len({mutant.name for mutant in made}) == len(made)
    assert all(ast.dump(ast.parse(mutant.source)) != ast.dump(ast.parse(SOLUTION)) for mutant in made)
    assert not [mutant.name for mutant in made if mutant.name.startswith(("module", "unasked"))]
    assert [(mutant.name, mutant.diff) for mutant in mutants(file, ["root_mean_square", "Keeper"])] == [
        (mutant.name, mutant.diff) for mutant in made
    ]


def test_empty_answers_know_the_form_of_the_right_one_and_nothing_else() -> None:
    source = "import numpy as np\n\n\ndef pair(x):\n    return np.ones((2, 3)), [x, 1.5]\n"
    for name, form in {
        "None": "None",
        "zeros of the right shape": "(array([[0., 0., 0.], [0., 0., 0.]]), [array(0.), array(0.)])",
        "its first argument": "4",
    }.items():
        namespace: dict[str, Callable[..., object]] = {}
        exec(source + empty_overlay(source, ["pair"], ANSWERS[name]), namespace)
        with np.printoptions(linewidth=10**6):
            assert " ".join(repr(namespace["pair"](4)).split()) == form
