"""Which statements a name depends on, and which are left alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.worker.reading.slicing import needed, steps
from grader.worker.reading.sources import read

Slice = Callable[..., list[str]]


def first_line(lines: list[str], statement: ast.stmt) -> str:
    end = statement.end_col_offset if statement.end_lineno == statement.lineno else None
    return lines[statement.lineno - 1][statement.col_offset : end]


@pytest.fixture
def kept(tmp_path: Path) -> Slice:
    """Give the first lines of the statements that names of a script depend on."""

    def first_lines(text: str, *names: str) -> list[str]:
        path = tmp_path / "work.py"
        path.write_text(text, encoding="utf-8")
        chosen = needed(steps(read(path, "work.py")), set(names))
        return [first_line(text.split("\n"), step.statement) for step in chosen]

    return first_lines


def test_a_name_brings_what_it_reads_and_what_that_reads(kept: Slice) -> None:
    text = """
import numpy as np
eps = np.finfo(float).eps
other = 3
def helper(x):
    return x + eps
def f(x):
    return helper(x)
def g(x):
    return other
"""
    assert kept(text, "f") == ["import numpy as np", "eps = np.finfo(float).eps", "def helper(x):", "def f(x):"]


NOT_RUN = {
    "a loop that trains": "while True:\n    pass",
    "a loop with a name of its own": "for epoch in range(10 ** 9):\n    loss = f(epoch)",
    "a plot": "plt.plot(f(1))",
    "a question": "input('go on?')",
    "an answer": "answer = input('go on?')",
    "a result": "result = f(1)",
    "a check of one's own": "assert f(1) == 2",
    "an exit": "raise SystemExit",
    "a main guard": "if __name__ == '__main__':\n    main()",
    "training": "model.fit(f)",
    "a docstring": "'words'",
    "a plot with a list of its own": "history = []\nhistory.append(f(1))",
}


@pytest.mark.parametrize("statement", NOT_RUN.values(), ids=NOT_RUN.keys())
def test_what_a_name_does_not_depend_on_is_not_run(kept: Slice, statement: str) -> None:
    text = f"import matplotlib.pyplot as plt\nmodel = object()\n{statement}\ndef f(x):\n    return x\n{statement}\n"
    assert kept(text, "f") == ["def f(x):"]


READ = {
    "in the body": "def f():\n    return N",
    "in a function inside": "def f():\n    def g():\n        return N\n    return g()",
    "in a lambda": "f = lambda x: x + N",
    "in a comprehension": "def f():\n    return [x * N for x in range(3)]",
    "as a default": "def f(x=N):\n    return x",
    "in a hint": "def f(x: N):\n    return x",
    "as a decorator": "@N\ndef f():\n    return 1",
    "as a decorator's argument": "@max(\n    N\n)\ndef f():\n    return 1",
    "as a base class": "class f(N):\n    pass",
    "in a class body": "class f:\n    x = N",
    "in a method": "class f:\n    def g(self):\n        return N",
    "as a metaclass": "class f(metaclass=N):\n    pass",
    "by a global statement": "def f():\n    global N\n    N = N + 1",
    "only to write it": "def f():\n    global N\n    N = 1",
    "in an f-string": "def f():\n    return f'{N}'",
    "in an async function": "async def f():\n    return N",
    "in a match": "def f(x):\n    match x:\n        case N.a:\n            return 1",
    "in a walrus": "f = (y := N)",
    "in a dict at top level": "f = {'n': N}",
    "in a condition": "if N:\n    f = 1",
    "in a with": "with N as f:\n    pass",
    "in a type comment of a dataclass": "class f:\n    x: N = 1",
}


@pytest.mark.parametrize("text", READ.values(), ids=READ.keys())
def test_a_global_name_is_read_wherever_it_stands(kept: Slice, text: str) -> None:
    assert kept(f"N = 1\nM = 2\n{text}\n", "f")[0] == "N = 1"


LOCAL = {
    "an argument": "def f(N):\n    return N",
    "a local name": "def f():\n    N = 2\n    return N",
    "a loop variable": "def f():\n    return [N for N in range(3)]",
    "an enclosing function's": "def f():\n    N = 2\n    def g():\n        return N\n    return g()",
    "a keyword": "def f():\n    return dict(N=1)",
    "an attribute": "def f(x):\n    return x.N",
    "a string": "def f():\n    return 'N'",
}


@pytest.mark.parametrize("text", LOCAL.values(), ids=LOCAL.keys())
def test_a_local_name_of_the_same_spelling_is_no_dependency(kept: Slice, text: str) -> None:
    assert len(kept(f"N = slow()\n{text}\n", "f")) == 1


BOUND = {
    "an assignment": "f = 1",
    "one of several": "a, (f, *b) = 1, (2, 3)",
    "a chain": "a = f = 1",
    "an annotated assignment": "f: int = 1",
    "an augmented assignment": "f = 1\nf += 1",
    "an import": "import f",
    "an import under another name": "import g as f",
    "a package": "import f.g",
    "an import from": "from g import f",
    "a loop": "for f in range(3):\n    pass",
    "a with": "with open('x') as f:\n    pass",
    "a try": "try:\n    import f\nexcept ImportError:\n    f = None",
    "an if": "if True:\n    def f():\n        pass",
    "a walrus that is printed": "print(f := 1)",
    "a walrus in a condition": "if (f := 1) > 0:\n    pass",
    "a def behind a semicolon": "a = 1; f = 2",
    "a class": "class f:\n    pass",
    "a match": "match 1:\n    case f:\n        pass",
    "a deletion": "f = 1\ndel f",
    "an attribute": "f = object()\nf.a.b = 1",
    "an item": "f = {}\nf['a'][0] = 1",
    "an item that is augmented": "f = {}\nf['a'] += 1",
    "an item that is deleted": "f = {}\ndel f['a']",
    "items in a loop": "f = {}\nfor n in range(3):\n    f[n] = n",
    "a method that changes": "f = []\nf.append(1)",
    "a method that changes inside": "f = {}\nf['a'].extend([1])",
    "a changing method whose result is kept": "f = [1]\nlast = f.pop()",
    "a registered function": "f = len\n@f.register\ndef g():\n    pass",
    "a registered class": "f = Table()\n@f.register('g')\nclass G:\n    pass",
    "setattr": "class f:\n    pass\nsetattr(f, 'a', 1)",
}


@pytest.mark.parametrize("text", BOUND.values(), ids=BOUND.keys())
def test_what_gives_or_changes_a_name_is_run_for_it(kept: Slice, text: str) -> None:
    bystander = "a = 1"
    whole = [first_line(text.split("\n"), statement) for statement in ast.parse(text).body]
    assert kept(f"x = 1\n{text}\nz = 2\n", "f") == [line for line in whole if line != bystander]


def test_of_several_statements_in_a_line_only_the_needed_one_is_run(kept: Slice) -> None:
    assert kept("a = slow(); f = 1; b = a", "f") == ["f = 1"]


def test_a_star_import_and_the_search_path_may_matter_to_any_name(kept: Slice) -> None:
    text = "import sys\nfrom helpers import *\nsys.path.append('lib')\nimport json\ndef f():\n    return 1\n"
    assert kept(text, "f") == ["import sys", "from helpers import *", "sys.path.append('lib')", "def f():"]


def test_every_definition_of_a_name_is_run_in_order_so_that_the_last_wins(kept: Slice) -> None:
    assert kept("f = 1\nx = 0\nf = 2\ndef f(): pass\n", "f") == ["f = 1", "f = 2", "def f(): pass"]


def test_what_a_changed_class_reads_is_run_too(kept: Slice) -> None:
    text = "def fast(self): pass\nclass C: pass\nC.step = fast\nC.slow = plot()\n"
    assert kept(text, "C") == ["def fast(self): pass", "class C: pass", "C.step = fast", "C.slow = plot()"]


ONLY_THE_COMPILER_MINDS = {
    "an argument twice": "def f(x, x):\n    return N",
    "a return outside": "for f in N:\n    return 1",
    "a nonlocal at top level": "class f:\n    nonlocal x",
    "a star alone": "f = *N",
    "a break outside": "f = N\nif N:\n    break",
}


@pytest.mark.parametrize("text", ONLY_THE_COMPILER_MINDS.values(), ids=ONLY_THE_COMPILER_MINDS.keys())
def test_a_mistake_that_only_the_compiler_finds_costs_no_other_name(kept: Slice, text: str) -> None:
    assert kept(f"N = 1\ndef g():\n    return 2\n{text}\n", "g") == ["def g():"]
    assert text.splitlines()[0] in kept(f"N = 1\n{text}\n", "f")


def test_a_statement_too_deep_to_analyse_is_taken_with_every_name_in_it(kept: Slice) -> None:
    sum_of_many = " + ".join(["N"] * 900)
    assert kept(f"N = 1\nf = {sum_of_many}\ng = 2\n", "f")[0] == "N = 1"
    assert kept(f"N = 1\nf = {sum_of_many}\ng = 2\n", "g") == ["g = 2"]


def test_many_statements_in_reverse_order_are_followed(kept: Slice) -> None:
    text = "\n".join(f"def f{n}(): return f{n + 1}()" for n in range(2_000, 0, -1))
    assert len(kept(text, "f1")) == 2_000
