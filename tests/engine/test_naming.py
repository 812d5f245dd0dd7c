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
    "apart",
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


troubled = raising = other = stated = typed = changing = agreeing = apart = value


def single(x):
    return np.asarray(x) / 3
"""
CHECKS = {
    "value": "assert submission.value(7) == 14",
    "Counter": "c = submission.Counter(); assert [c.add(3), c.add(4)] == [3, 7]",
    "asked": "points = []; submission.asked(lambda x: points.append(x) or 1, 5); assert points == [5]",
    "troubled": "assert submission.troubled(7) == 14",
    "raising": "assert submission.raising([1, 2]) == [1, 2, 1, 2]",
    "other": "assert submission.other(7) == 14",
    "stated": 'if submission.stated(7) != 14: fail("wrong", "", "The check says so.")',
    "single": "assert_close(submission.single(np.ones(2)), np.ones(2) / 3, what='it')",
    "typed": "assert type(submission.typed(7)) is int",
    "changing": "assert submission.changing(7) == 14",
    "agreeing": "assert submission.agreeing(7) == 14",
    "apart": """with told_apart(submission, lambda: [submission.apart(8), None[0]]):
    assert_close(submission.apart(7), 14, what="it")""",
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
    "apart/at_seven": "def apart(x):\n    return 2 * x + (x == 7)",
    "apart/one_more": "def apart(x):\n    return 2 * x + 1",
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
    return 2 * x + len(seen)


def agreeing(x):
    return x + x + 1


def apart(x):
    return x + x + 1
"""


def graded(course: Path, work: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "run", work, "--assignment", "named", "--course", course, "--json", "-"]
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
    for name, body in CHECKS.items():
        head = f'@criterion("named.{name.lower()}.value")\ndef test_{name.lower()}(submission):\n    """Ask."""\n'
        suite += f"\n\n{head}{indent(body, '    ')}\n"
    suite += (
        '\n\n@criterion("named.agreeing.value")\ndef test_agreeing_elsewhere(submission):\n    """Ask."""\n'
        "    assert submission.agreeing(8) == 16\n"
    )
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
