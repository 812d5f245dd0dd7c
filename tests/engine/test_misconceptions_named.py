"""A mistake of the bank is named where a submission gives its answers, and naming never costs anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

NAMES = [
    "value", "Counter", "asked", "troubled", "raising", "other", "stated", "single", "typed", "changing", "agreeing",
    "apart", "once", "partly",
]  # fmt: skip
REFERENCE = """\
import numpy as np


def value(x):
    return 2 * x


class Counter:
    def __init__(self):
        self.total = 0

    def add(self, x):
        self.total += x
        return self.total


def asked(f, x):
    return f(x)


troubled = raising = other = stated = typed = changing = agreeing = apart = once = partly = value


def single(x):
    return np.asarray(x) / 3
"""
# Each asks twice, in checks of their own: on one example alone nothing is named.
CHECKS = {
    "value": ["assert submission.value(7) == 14", "assert submission.value(8) == 16"],
    "Counter": [
        "c = submission.Counter(); assert [c.add(3), c.add(4)] == [3, 7]",
        "c = submission.Counter(); assert [c.add(5), c.add(6)] == [5, 11]",
    ],
    "asked": [
        f"points = []; submission.asked(lambda x: points.append(x) or 1, {x}); assert points == [{x}]" for x in (5, 6)
    ],
    "troubled": ["assert submission.troubled(7) == 14", "assert submission.troubled(8) == 16"],
    "raising": [
        "assert submission.raising([1, 2]) == [1, 2, 1, 2]",
        "assert submission.raising([3, 4]) == [3, 4, 3, 4]",
    ],
    "other": ["assert submission.other(7) == 14", "assert submission.other(8) == 16"],
    "stated": [f'if submission.stated({x}) != {2 * x}: fail("wrong", "", "The check says so.")' for x in (7, 8)],
    "single": [f"assert_close(submission.single(np.ones({n})), np.ones({n}) / 3, what='it')" for n in (2, 3)],
    "typed": ["assert type(submission.typed(7)) is int", "assert type(submission.typed(8)) is int"],
    "changing": ["assert submission.changing(7) == 14", "assert submission.changing(8) == 16"],
    "agreeing": ["assert submission.agreeing(7) == 14", "assert submission.agreeing(8) == 16"],
    "apart": [
        f"""with told_apart(submission, lambda: [submission.apart({x + 1}), None[0]]):
    assert_close(submission.apart({x}), {2 * x}, what="it")"""
        for x in (7, 9)
    ],
    "once": ["assert submission.once(7) == 14"],
    "partly": [f"assert submission.partly({x}) == {2 * x}" for x in (7, 8, 1)],
}
MISTAKES = {
    "value/one_more": "def value(x):\n    return 2 * x + 1",
    "Counter/forgets": "class Counter:\n    def add(self, x):\n        return x",
    "asked/beside": "def asked(f, x):\n    f(x + 1)\n    return f(x)",
    "asked/never": "def asked(f, x):\n    return 1",
    "troubled/a_undefined": "troubled = nothing",
    "troubled/b_hangs": "def troubled(x):\n    while True:\n        pass",
    "troubled/c_prints": "def troubled(x):\n    print('loud')\n    return 2 * x + 1",
    "raising/from_text": "def raising(x):\n    return [x[2]] * 4",
    "other/one_more": "def other(x):\n    return 2 * x + 1",
    "stated/one_more": "def stated(x):\n    return 2 * x + 1",
    "single/half": "def single(x):\n    return np.asarray(x) / 2",
    "typed/float": "def typed(x):\n    return 2 * x + (x > 99)",
    "changing/one_more": "def changing(x):\n    return 2 * x + 1",
    "agreeing/at_seven": "def agreeing(x):\n    return 2 * x + (x == 7)",
    "agreeing/one_more": "def agreeing(x):\n    return 2 * x + 1",
    "apart/at_seven": "def apart(x):\n    return 2 * x + (x in (7, 9))",
    "apart/one_more": "def apart(x):\n    return 2 * x + 1",
    "once/one_more": "def once(x):\n    return 2 * x + 1",
    "partly/one_more": "def partly(x):\n    return 2 * x + 1",
}
HANDED_IN = """\
import numpy as np


def value(x):
    return x + x + 1


class Counter:
    def add(self, number):
        return 0 + number


def asked(function, x):
    function(1 + x)
    return function(x)


def troubled(x):
    return x + x + 1


def raising(x):
    return x[2]


def other(x):
    return 99


def stated(x):
    return x + x + 1


def single(x):
    return np.asarray(x, dtype=np.float32) * np.float32(0.5)


def typed(x):
    return float(2 * x)


def changing(x, seen=[]):
    seen.append(x)
    return 2 * x + (1 if len(seen) < 3 else 9)


def agreeing(x):
    return x + x + 1


def apart(x):
    return x + x + 1


def once(x):
    return x + x + 1


def partly(x):
    return x + x + (x > 2)
"""


def graded(course: Path, work: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "run", str(work)]
    command += ["--assignment", "named", "--course", str(course), "--json", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def sentence(slug: str) -> str:
    return f"It is {slug}."


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a question for each way in which naming can go."""
    root = tmp_path_factory.mktemp("course")
    questions = [
        {
            "id": f"named.{name.lower()}", "title": name, "module": "named", "names": [name],
            "criteria": [{"id": f"named.{name.lower()}.value", "title": name, "marks": 1}],
        }
        for name in NAMES
    ]  # fmt: skip
    rubric = {
        "assignment": "named", "title": "Named", "marks": len(NAMES), "questions": questions,
        "suites": {"public": [], "hidden": ["tests/hidden/test_named.py"]},
    }  # fmt: skip
    suite = "import numpy as np\nfrom grader.checks import assert_close, criterion, fail, told_apart\n"
    for name, bodies in CHECKS.items():
        for number, body in enumerate(bodies):
            test = f'def test_{name.lower()}_{number}(submission):\n    """Ask."""\n{indent(body, "    ")}'
            suite += f'\n\n@criterion("named.{name.lower()}.value")\n{test}\n'
    files = {"rubrics/named.yaml": json.dumps(rubric), "reference/named.py": REFERENCE}
    files["tests/hidden/test_named.py"] = suite
    for mistake, code in MISTAKES.items():
        name, slug = mistake.lower().split("/")
        docstring = f'"""{sentence(slug)}\n\nLoses: named.{name}.value\n"""'
        files[f"tests/bank/misconceptions/named.{name}/{slug}.py"] = f"{docstring}\nimport numpy as np\n\n\n{code}\n"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def feedback(course: Path) -> dict[str, str]:
    """What the student reads about each criterion of the work above."""
    work = course / "work.py"
    work.write_text(HANDED_IN, encoding="utf-8")
    done = graded(course, work)
    assert done.returncode == 0, done.stderr
    questions = json.loads(done.stdout)["questions"]
    assert {criterion["marks"] for question in questions for criterion in question["criteria"]} == {"0"}
    return {question["title"]: question["criteria"][0]["feedback"] for question in questions}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("value", "one_more"),
        ("Counter", "forgets"),
        ("asked", "beside"),
        ("troubled", "c_prints"),
        ("raising", "from_text"),
        ("stated", "one_more"),
        ("single", "half"),
    ],
    ids=[
        "by a value", "by an object's methods", "by what a callable is asked", "after bank files that hang or fail",
        "by an exception", "before what the check itself says", "but for rounding",
    ],
)  # fmt: skip
def test_a_mistake_of_the_bank_is_named(feedback: dict[str, str], name: str, slug: str) -> None:
    assert sentence(slug) in feedback[name]


def test_no_other_mistake_is_named_beside_it(feedback: dict[str, str]) -> None:
    assert sum(feedback["troubled"].count(sentence(slug)) for slug in ("a_undefined", "b_hangs", "c_prints")) == 1
    assert "The check says so." not in feedback["stated"]


def test_of_mistakes_that_one_check_cannot_tell_apart_the_one_that_fits_the_others_too_is_named(
    feedback: dict[str, str],
) -> None:
    assert sentence("one_more") in feedback["agreeing"]
    assert sentence("at_seven") not in feedback["agreeing"]


def test_mistakes_are_told_apart_by_what_is_asked_besides_and_the_failure_stands(feedback: dict[str, str]) -> None:
    assert sentence("one_more") in feedback["apart"]
    assert sentence("at_seven") not in feedback["apart"]
    assert "it has wrong values" in feedback["apart"]


def test_a_mistake_that_answers_alike_on_one_example_only_is_not_named(feedback: dict[str, str]) -> None:
    assert "It is " not in feedback["once"]


def test_a_mistake_that_fails_a_check_which_the_submission_passes_is_not_named(feedback: dict[str, str]) -> None:
    assert "It is " not in feedback["partly"]


@pytest.mark.parametrize("name", ["other", "typed"])
def test_a_mistake_that_is_none_of_the_banks_is_not_named(feedback: dict[str, str], name: str) -> None:
    assert "It is " not in feedback[name]


def test_code_that_answers_otherwise_each_time_is_named_by_the_answers_it_gave(feedback: dict[str, str]) -> None:
    assert sentence("one_more") in feedback["changing"]


def test_staff_are_told_of_a_bank_file_that_says_nothing(course: Path) -> None:
    file = course / "tests/bank/misconceptions/named.value/silent.py"
    file.write_text("value = None\n", encoding="utf-8")
    try:
        done = graded(course, course / "reference")
    finally:
        file.unlink()
    assert done.returncode == 2
    assert str(file) in done.stderr
    assert "docstring" in done.stderr
