"""Names found in a submission, run with what they need and nothing else."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.failure import describe
from grader.worker.running.placeholder import ForbiddenImport, ForbiddenUse
from grader.worker.running.program import MissingName, NotLoaded, Program, draw, load
from grader.worker.wire.codec import Handle

Load = Callable[..., Program]


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Leave the interpreter as it was: finders, search path and modules; work in a folder that can be written to."""
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    finders, path, modules = sys.meta_path[:], sys.path[:], set(sys.modules)
    yield
    sys.meta_path[:], sys.path[:] = finders, path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


@pytest.fixture(params=["read anew", "by a plan"])
def submit(request: pytest.FixtureRequest, tmp_path: Path) -> Load:
    """Load names of a submission that is given as file names and texts; cells of a notebook as a list."""

    def loaded(files: dict[str, str | list[str]] | str, *names: str, module: str = "work", **options: Any) -> Program:
        files = {"work.py": files} if isinstance(files, str) else files
        root = tmp_path / "submission"
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text if isinstance(text, str) else notebook(text), encoding="utf-8")
        asked = root, tuple(files), module, names or ("f",)
        if request.param == "by a plan" and not options.get("real_paths"):  # which names code by its real path
            options["plan"] = draw(*asked, {})
        return load(*asked, **options)

    return loaded


def notebook(cells: list[str]) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


def call(program: Program, name: str = "f", *args: Any) -> Any:
    return Dispatcher(program, lambda *_: None).call((name,), args, {})


def failure(act: Callable[[], object]) -> dict[str, str]:
    """Return what is told of a name whose definition failed."""
    with pytest.raises(NotLoaded) as caught:
        act()
    return describe(caught.value, lambda filename: "work" in filename or "submission" in filename)


# ── what runs ─────────────────────────────────────────────────────────────────────────────────────

SOLVED = {
    "a function": "def f(x): return x + 1",
    "a lambda": "f = lambda x: x + 1",
    "a helper": "def g(x): return x\ndef f(x): return g(x) + 1",
    "a helper below": "def f(x): return g(x) + 1\ndef g(x): return x",
    "recursion": "def f(x): return 1 if x == 0 else 1 + f(x - 1)",
    "a constant": "import numpy as np\nONE = int(np.finfo(float).eps > 0)\ndef f(x): return x + ONE",
    "a decorator": "import functools\n@functools.lru_cache(\n    maxsize=3\n)\ndef f(x):\n    return x + 1",
    "a decorator of one's own": "def twice(g):\n    return lambda x: g(x) + g(x)\n@twice\ndef f(x): return (x + 1) / 2",
    "a closure": "def make(n):\n    def add(x): return x + n\n    return add\nf = make(1)",
    "a closure over a global": "n = 0\ndef f(x):\n    global n\n    n += 1\n    return x + n",
    "a global that another function sets": "def g():\n    global n\n    n = 1\ndef f(x):\n    g()\n    return x + n",
    "a class that is called": "class f:\n    def __new__(cls, x): return x + 1",
    "a callable object": "class C:\n    def __call__(self, x): return x + 1\nf = C()",
    "inheritance": "class A:\n    n = 1\nclass B(A): pass\ndef f(x): return x + B.n",
    "super without arguments": "class A:\n    def g(self): return 1\nclass B(A):\n    def g(self): return super().g()\n"
    "def f(x): return x + B().g()",
    "a dataclass": "from dataclasses import dataclass, field\n@dataclass\nclass C:\n    n: int = 1\n"
    "    l: 'list[C]' = field(default_factory=list)\ndef f(x): return x + C().n",
    "a named tuple": "from typing import NamedTuple\nclass C(NamedTuple):\n    n: int = 1\ndef f(x): return x + C().n",
    "an enumeration": "import enum\nclass C(enum.Enum):\n    ONE = 1\ndef f(x): return x + C.ONE.value",
    "single dispatch by hints": "import functools\n@functools.singledispatch\ndef f(x): return 0\n@f.register\n"
    "def _(x: int): return x + 1",
    "a class changed later": "class C: pass\ndef g(self): return 1\nC.g = g\ndef f(x): return x + C().g()",
    "a class changed by setattr": "class C: pass\nsetattr(C, 'n', 1)\ndef f(x): return x + C.n",
    "a table filled in a loop": "T = {}\nfor i in range(9):\n    T[i] = i + 1\ndef f(x): return T[x]",
    "a list appended to": "L = []\nL.append(1)\ndef f(x): return x + L[0]",
    "an augmented assignment": "n = 0\nn += 1\ndef f(x): return x + n",
    "a walrus": "print(n := 1)\ndef f(x): return x + n",
    "a deleted helper": "n = 1\nm = n\ndel n\ndef f(x): return x + m",
    "a condition": "import sys\nif sys.version_info > (3,):\n    def f(x): return x + 1\nelse:\n    def f(x): return 0",
    "a failed import": "try:\n    import no_such_package as p\nexcept ImportError:\n    p = None\n"
    "def f(x): return x + (p is None)",
    "a star import": "from math import *\ndef f(x): return x + int(cos(0))",
    "semicolons": "import math; n = 1; m = 2\ndef f(x): return x + n; ",
    "Greek letters": "η = 1\ndef f(x, *, β=1): return x + η * β",
    "hints as strings": "from __future__ import annotations\ndef f(x: 'Tensor') -> Undefined: return x + 1",
    "hints that do not exist": "def f(x: Tensor) -> 'Undefined': return x + 1",
    "an argument list over lines": "def f(\n    x,\n    y=(\n        1\n    ),\n):\n    return x + y",
    "match": "def f(x):\n    match x:\n        case 1: return 2\n        case _: return x + 1",
    "async": "import asyncio\nasync def g(x): return x + 1\ndef f(x): return asyncio.run(g(x))",
    "generators": "def g(x):\n    yield x\n    yield 1\ndef f(x): return sum(g(x))",
    "pickling": "import pickle\nclass C:\n    n = 1\ndef f(x): return x + pickle.loads(pickle.dumps(C())).n",
    "its own source": "import inspect\ndef f(x): return x + ('def f' in inspect.getsource(f))",
    "its own name": "def f(x): return x + (__name__ != '__main__')",
}


@pytest.mark.parametrize("text", SOLVED.values(), ids=SOLVED.keys())
@pytest.mark.parametrize("kind", ["script", "notebook"])
def test_right_work_runs_in_whatever_style_it_is_written(submit: Load, kind: str, text: str) -> None:
    program = submit(text if kind == "script" else {"work.ipynb": ["%matplotlib inline\nx = 5", text]})
    assert call(program, "f", 1) == 2


TOP_LEVEL = {
    "a loop without end": "while True: pass",
    "training": "for epoch in range(10 ** 12): loss = f(epoch)",
    "a question": "name = input()",
    "an exit": "import sys\nsys.exit(3)",
    "a plot": "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
    "a file that is not there": "data = open('/no/such/file').read()",
    "a main guard": "if __name__ == '__main__':\n    raise SystemExit",
    "a mistake": "1 / 0",
    "a test of one's own": "assert f(1) == 3",
}


@pytest.mark.parametrize("statements", TOP_LEVEL.values(), ids=TOP_LEVEL.keys())
def test_what_else_stands_at_top_level_is_not_run(submit: Load, statements: str) -> None:
    assert call(submit(f"{statements}\ndef f(x): return x + 1\n{statements}\n"), "f", 1) == 2


def test_the_last_definition_of_a_notebook_wins(submit: Load) -> None:
    assert call(submit({"work.ipynb": ["def f(): return 1", "y = f()", "def f(): return 2"]})) == 2


def test_a_cell_may_use_what_an_earlier_one_bound_and_a_later_one_changed(submit: Load) -> None:
    assert call(submit({"work.ipynb": ["n = 1", "def f(): return n", "n = 2"]})) == 2


# ── what fails costs only what it defines ─────────────────────────────────────────────────────────


def test_a_failing_statement_costs_only_its_own_names(submit: Load) -> None:
    program = submit({"work.ipynb": ["a = 1 / 0", "def f(): return 1\ndef g(): return a"]}, "f", "g", "a")
    assert call(program) == 1
    assert failure(lambda: program.get("a"))["message"] == "ZeroDivisionError: division by zero"


def test_a_function_that_needs_what_failed_tells_what_failed(submit: Load) -> None:
    program = submit("a = open('no such file')\ndef f(): return a\nclass C:\n    def g(self): return a\n", "f", "C")
    assert failure(lambda: call(program))["line"] == "work.py:1 in <module>: a = open('no such file')"
    dispatcher = Dispatcher(program, lambda *_: None)
    handle = dispatcher.refer(dispatcher.call(("C",), (), {}))
    assert isinstance(handle, Handle)
    assert failure(lambda: dispatcher.call((handle.number, "g"), (), {}))["message"].startswith("FileNotFoundError")


def test_a_name_that_is_simply_unknown_stays_a_name_error(submit: Load) -> None:
    with pytest.raises(NameError, match="typo"):
        call(submit("def f(): return typo"))


def test_a_failure_is_told_alike_each_time(submit: Load) -> None:
    program = submit("f = 1 / 0")
    told = [failure(lambda: program.get("f")) for _ in range(3)]
    assert told[0] == told[1] == told[2]
    assert told[0]["outcome"] == "not_loaded"
    assert told[0]["line"] == "work.py:1 in <module>: f = 1 / 0"


def test_a_change_that_fails_leaves_what_it_should_have_changed(submit: Load) -> None:
    program = submit("class f: pass\nf.step = fast\nT = {}\nT['a'] = 1 / 0\ndef g(): return T", "f", "g")
    assert call(program, "g") == {}
    assert isinstance(program.get("f"), type)


def test_a_definition_that_fails_later_takes_the_earlier_one_back(submit: Load) -> None:
    assert failure(lambda: submit("def f(): return 1\nf = 1 / 0").get("f"))["builtin"] == "ZeroDivisionError"


def test_a_failed_definition_may_be_mended_by_a_later_cell(submit: Load) -> None:
    assert call(submit({"work.ipynb": ["f = 1 / 0", "def f(): return 1"]})) == 1


def test_an_exit_while_a_needed_name_is_defined_costs_that_name(submit: Load) -> None:
    program = submit("import sys\nf = sys.exit(2)\ndef g(): return 1", "f", "g")
    assert call(program, "g") == 1
    assert failure(lambda: program.get("f"))["message"] == "SystemExit: 2"


def test_a_syntax_error_costs_one_cell_of_a_notebook(submit: Load) -> None:
    program = submit({"work.ipynb": ["def f(): return 1", "def g(:", "def h(): return f() + 1"]}, "f", "g", "h")
    assert (call(program, "f"), call(program, "h")) == (1, 2)
    assert failure(lambda: program.get("g"))["line"] == "work.ipynb[cell 2]:1: def g(:"


def test_a_syntax_error_costs_a_whole_script(submit: Load) -> None:
    program = submit("def f(): return 1\ndef g(:\n")
    assert failure(lambda: program.get("f"))["line"] == "work.py:2: def g(:"


def test_of_several_syntax_errors_that_of_the_own_cell_is_told(submit: Load) -> None:
    program = submit({"work.ipynb": ["def g(:", "x = f(\n)(", "class F:\n\tpass\n  pass", "f(:\ndef f(x)"]}, "f", "F")
    assert failure(lambda: program.get("f"))["line"].startswith("work.ipynb[cell 4]:1")
    assert failure(lambda: program.get("F"))["line"].startswith("work.ipynb[cell 3]:3")


def test_a_misspelt_definition_is_told_where_its_name_stands(submit: Load) -> None:
    program = submit({"work.ipynb": ["def g(:", "clas F:\n    pass"]}, "F")
    assert failure(lambda: program.get("F"))["line"] == "work.ipynb[cell 2]:1: clas F:"


def test_a_syntax_error_elsewhere_is_only_noted_where_a_name_is_missing(submit: Load) -> None:
    program = submit({"work.ipynb": ["def g(:", "x = 1"]}, "f")
    message = missing(program, "f")
    assert message.startswith("the submission defines no 'f'; it defines x; note: ")
    assert "(work.ipynb[cell 1], line 1)" in message


def test_a_name_in_a_cell_of_another_language_is_said_to_stand_there(submit: Load) -> None:
    program = submit({"work.ipynb": ["x = 1", "%%writefile f.py\ndef f(): return 1"]}, "f")
    told = failure(lambda: program.get("f"))["message"]
    assert told == "work.ipynb[cell 2] cannot be read: %%writefile makes it a cell that is not Python"


def test_a_mistake_that_only_the_compiler_finds_costs_its_own_names(submit: Load) -> None:
    program = submit("def f(x, x): pass\ndef g(): return 1", "f", "g")
    assert call(program, "g") == 1
    assert "duplicate argument 'x'" in failure(lambda: program.get("f"))["message"]


# ── names that are not there ──────────────────────────────────────────────────────────────────────


def missing(program: Program, name: str) -> str:
    with pytest.raises(MissingName) as caught:
        program.get(name)
    return str(caught.value)


def test_a_name_that_is_asked_for_too_is_not_suggested(submit: Load) -> None:
    program = submit("def softmax_vjp(): pass", "softmax", "softmax_vjp")
    assert missing(program, "softmax") == "the submission defines no 'softmax'; it defines softmax_vjp"


def test_a_missing_name_suggests_the_nearest(submit: Load) -> None:
    program = submit("class RMSprop: pass\ndef adagrad(): pass", "RMSProp", "AdaGrad", "bowl")
    assert missing(program, "RMSProp") == "the submission defines no 'RMSProp'; did you mean RMSprop?"
    assert missing(program, "AdaGrad").endswith("did you mean adagrad?")
    assert missing(program, "bowl").endswith("it defines RMSprop, adagrad")


def test_imports_private_names_and_guards_are_not_said_to_be_defined(submit: Load) -> None:
    program = submit("import numpy as np\nfrom math import *\n_x = 1\ny = 2\n", "f")
    assert missing(program, "f").endswith("it defines y")


def test_an_empty_submission_defines_nothing(submit: Load) -> None:
    assert missing(submit({"work.ipynb": []}), "f").endswith("it defines nothing")


def test_a_long_list_of_names_is_cut(submit: Load) -> None:
    assert missing(submit("; ".join(f"name{n} = 0" for n in range(500))), "f").count("name") == 12


def test_a_name_that_was_deleted_is_missing(submit: Load) -> None:
    missing(submit("def f(): pass\ndel f"), "f")


# ── several files ─────────────────────────────────────────────────────────────────────────────────


def test_the_module_of_the_question_comes_first_then_the_rest_as_it_is_ranked(submit: Load) -> None:
    files: dict[str, str | list[str]] = {
        "b.ipynb": ["def f(): return 'b'\ndef g(): return 'b'"],
        "a.py": "def f(): return 'a'\ndef g(): return 'a'\ndef h(): return 'a'",
        "work.py": "def f(): return 'work'",
    }
    program = submit(files, "f", "g", "h")
    assert [call(program, name) for name in "fgh"] == ["work", "b", "a"]


def test_a_name_under_a_condition_that_is_not_met_is_looked_for_elsewhere(submit: Load) -> None:
    assert call(submit({"work.py": "if False:\n    def f(): return 1", "z.py": "def f(): return 2"})) == 2


def test_each_file_has_globals_of_its_own(submit: Load) -> None:
    program = submit({"work.py": "N = 1\ndef f(): return N", "z.py": "N = 2\ndef g(): return N"}, "f", "g")
    assert (call(program, "f"), call(program, "g")) == (1, 2)


HELPED: dict[str, dict[str, str | list[str]]] = {
    "import": {"work.py": "import helpers\ndef f(): return helpers.one()"},
    "import under another name": {"work.py": "import helpers as h\ndef f(): return h.one()"},
    "from import": {"work.py": "from helpers import one\ndef f(): return one()"},
    "star import": {"work.py": "from helpers import *\ndef f(): return one()"},
    "import within": {"work.py": "def f():\n    import helpers\n    return helpers.one()"},
    "by importlib": {"work.py": "import importlib\ndef f(): return importlib.import_module('helpers').one()"},
    "from a notebook": {"work.ipynb": ["from helpers import one", "def f(): return one()"]},
    "a package": {
        "work.py": "from lib.inner import one\ndef f(): return one()",
        "lib/__init__.py": "",
        "lib/inner.py": "from .more import one",
        "lib/more.py": "def one(): return 1",
    },
    "a package without __init__": {
        "work.py": "from lib.inner import one\ndef f(): return one()",
        "lib/inner.py": "from . import more\none = more.one",
        "lib/more.py": "def one(): return 1",
    },
    "a package by its parts": {
        "work.py": "import lib.inner\ndef f(): return lib.inner.one()",
        "lib/__init__.py": "raise_here = 1",
        "lib/inner.py": "def one(): return 1",
    },
    "the search path": {
        "work.py": "import sys\nsys.path.append('lib')\nfrom helpers import one\ndef f(): return one()",
    },
    "from its own folder": {"work.py": "from .helpers import one\ndef f(): return one()"},
    "from its own package": {
        "lib/work.py": "from .near import one\ndef f(): return one()",
        "lib/near.py": "def one(): return 1",
    },
    "a wrapping folder": {"a3/work.py": "from near import one\ndef f(): return one()", "a3/near.py": "one = lambda: 1"},
    "a file beside the wrapping folder": {"a3/work.py": "from helpers import one\ndef f(): return one()"},
    "defined in the helper alone": {"work.py": "from helpers import *\n", "helpers.py": "def f(): return 1"},
    "imported under the asked name": {"work.py": "from helpers import one as f"},
}


@pytest.mark.parametrize("files", HELPED.values(), ids=HELPED.keys())
def test_helper_files_and_packages_of_a_submission_work(submit: Load, files: dict[str, str | list[str]]) -> None:
    assert call(submit({"helpers.py": "def one(): return 1", **files})) == 1


def test_a_helper_that_was_handed_in_packed_is_found_last(submit: Load) -> None:
    """Catches: the helper lies in a folder of its archive's name, and what imports it beside that folder."""
    files: dict[str, str | list[str]] = {
        "work.ipynb": ["import helper, random\ndef f(): return helper.g(), hasattr(random, 'gauss')"],
        "code/helper.py": "import other\ndef g(): return other.ONE",
        "code/other.py": "ONE = 1",
        "code/random.py": "",
    }
    assert call(submit(files)) == (1, True)


def test_a_helper_file_of_another_submission_is_forgotten(submit: Load) -> None:
    files = {"work.py": "from helpers import n\ndef f(): return n", "helpers.py": "n = 1"}
    assert call(submit(files)) == 1
    assert call(submit({**files, "helpers.py": "n = 2"})) == 2


def test_a_helper_file_is_read_with_the_same_leniency(submit: Load) -> None:
    helpers = (
        "%matplotlib inline\nimport numpy as np, no_such_package\nimport no_such_package.a as a\ndef one(): return 1"
    )
    assert call(submit({"work.py": "from helpers import one\ndef f(): return one()", "helpers.py": helpers})) == 1


def test_a_helper_file_that_fails_costs_the_names_that_need_it(submit: Load) -> None:
    files = {
        "work.py": "import helpers\ndef f(): return helpers.n\ndef g(): return 1",
        "helpers.py": "x = 1\nn = 1 / 0",
    }
    program = submit(files, "f", "g")
    assert call(program, "g") == 1
    assert failure(lambda: call(program, "f"))["line"] == "helpers.py:2 in <module>: n = 1 / 0"


def test_a_helper_file_that_is_no_python_says_so(submit: Load) -> None:
    program = submit({"work.py": "from helpers import one\ndef f(): return one()", "helpers.py": "def one(:\n"})
    assert failure(lambda: call(program))["line"] == "helpers.py:1: def one(:"


# ── data files ────────────────────────────────────────────────────────────────────────────────────

READS = """\
from pathlib import Path
with open("data.csv") as file:
    data = file.read()
def f(): return data + Path("data.csv").read_text()
"""


@pytest.mark.parametrize("real_paths", [True, False], ids=["in a student's own process", "in a worker"])
@pytest.mark.parametrize("folder", ["", "a3/"])
def test_data_files_are_found_by_relative_paths(
    submit: Load, monkeypatch: pytest.MonkeyPatch, folder: str, real_paths: bool
) -> None:
    files = {f"{folder}work.py": READS, f"{folder}data.csv": "1,2;"}
    program = submit(files, real_paths=real_paths)
    assert program.folder.name == (folder.strip("/") or "submission")
    if real_paths:
        monkeypatch.chdir(program.folder)  # as the student's side does around each call
    assert call(program) == "1,2;1,2;"


def test_data_in_folders_is_found_and_what_is_written_stays_out_of_the_submission(submit: Load, tmp_path: Path) -> None:
    text = "from pathlib import Path\ndef f():\n"
    text += "    Path('data/new.txt').write_text('x')\n    Path('data/a.txt').write_text('y')\n"
    call(submit({"work.py": text, "data/a.txt": "a"}))
    assert (tmp_path / "home" / "data" / "new.txt").read_text() == "x"
    assert (tmp_path / "submission" / "data" / "a.txt").read_text() == "a"


def test_data_is_found_beside_the_file_that_asks(submit: Load) -> None:
    text = "from pathlib import Path\ndef f(): return Path(__file__).with_name('data.csv').read_text()"
    assert call(submit({"work.py": text, "data.csv": "1"})) == "1"


def test_large_data_is_not_copied_but_stays_beside_the_file(submit: Load, tmp_path: Path) -> None:
    submit({"work.py": "def f(): pass", "large.bin": "x" * (17 << 20), "small.csv": "1"})
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["small.csv"]


# ── packages that are not allowed ─────────────────────────────────────────────────────────────────

IMPORTS = """\
import no_such_torch
import no_such_torch.nn as nn
from no_such_torch.optim import SGD
import numpy as np, no_such_torch
"""

FREE = {
    "not touched": "def f(x): return x + 1",
    "imported beside an allowed one": "def f(x): return np.add(x, 1)",
    "isinstance": "def f(x): return 0 if isinstance(x, no_such_torch.Tensor) else x + 1",
    "isinstance of several": "def f(x): return x + 1 if isinstance(x, (no_such_torch.Tensor, int)) else 0",
    "issubclass": "def f(x): return 0 if issubclass(int, nn.Module) else x + 1",
    "hints": "def f(x: no_such_torch.Tensor | None = None) -> 'int | nn.Module': return x + 1",
    "a union made at run time": "Array = np.ndarray | no_such_torch.Tensor\ndef f(x): return x + (Array is not None)",
    "an optional made at run time": "import typing as t\nT = t.Optional[nn.Tensor]\ndef f(x): return x + (T != 0)",
    "a default": "def f(x, dtype=no_such_torch.float32): return x + 1",
    "another function that uses it": "def g(): return nn.Linear(2, 3)\ndef f(x): return x + 1",
    "a class that derives from it": "class Net(nn.Module): pass\ndef f(x): return x + 1",
    "a setting": "nn.cudnn.deterministic = True\ndef f(x): return x + (nn is not None)",
    "a setting by item": "nn.rc['size'] = 3\ndef f(x): return x + (nn is not None)",
    "a decorated function": "@no_such_torch.no_grad()\ndef g(): pass\ndef f(x): return x + 1",
    "printed": "def f(x): return x + ('not allowed' in repr(nn))",
}


@pytest.mark.parametrize("text", FREE.values(), ids=FREE.keys())
def test_to_import_and_to_name_what_is_not_allowed_is_free(submit: Load, text: str) -> None:
    assert call(submit(IMPORTS + text), "f", 1) == 2


USES = {
    "a call": "def f(): return no_such_torch.zeros(3)",
    "a name imported from it": "def f(): return SGD([])",
    "a submodule": "def f(): return nn.Linear(2, 3)",
    "arithmetic": "def f(): return 2 * nn.pi",
    "as an array": "def f(): return np.asarray(nn.pi)",
    "in a sum of arrays": "def f(): return np.zeros(2) + nn.pi",
    "a comparison": "def f(): return nn.pi > 3",
    "a condition": "def f(): return 1 if no_such_torch.cuda else 2",
    "an item": "def f(): return nn.table[0]",
    "a loop": "def f(): return list(nn.modules)",
    "a with": "def f():\n    with no_such_torch.no_grad: pass",
    "a conversion": "def f(): return float(nn.pi)",
    "a base class": "class f(nn.Module): pass",
    "a decorator": "@no_such_torch.no_grad()\ndef f(): pass",
    "hidden by an except": "def f():\n    try:\n        return nn.relu(1)\n    except Exception:\n        return 1",
    "a global": "device = no_such_torch.device('cpu')\ndef f(): return device",
}


@pytest.mark.parametrize("text", USES.values(), ids=USES.keys())
def test_to_use_what_is_not_allowed_is_forbidden(submit: Load, text: str) -> None:
    with pytest.raises((ForbiddenUse, NotLoaded)) as caught:
        call(submit(IMPORTS + text))
    told = describe(caught.value, lambda name: name == "work.py")
    assert told["outcome"] == "forbidden"
    assert re.match(r"ForbiddenUse: no_such_torch.* is not allowed in this question", told["message"])


def test_an_import_within_a_function_is_forbidden_when_it_is_reached(submit: Load) -> None:
    program = submit("def f(): return 1\ndef g():\n    import no_such_torch.nn\n", "f", "g")
    assert call(program) == 1
    with pytest.raises(ForbiddenImport, match="'no_such_torch' is not allowed") as caught:
        call(program, "g")
    described = describe(caught.value, lambda name: name == "work.py")
    assert (described["outcome"], described["line"]) == ("forbidden", "work.py:3 in g: import no_such_torch.nn")


def test_a_fallback_for_a_missing_package_is_taken(submit: Load) -> None:
    text = "def f():\n    try:\n        from no_such_torch import nn\n    except ImportError:\n        return 1\n"
    assert call(submit(text)) == 1


def test_a_missing_part_of_an_allowed_package_is_an_ordinary_error(submit: Load) -> None:
    told = failure(lambda: call(submit("import numpy.no_such_part as p\ndef f(): return p.x")))
    assert (told["outcome"], told["builtin"]) == ("not_loaded", "ModuleNotFoundError")


def test_a_package_that_is_there_but_not_allowed_is_forbidden_where_packages_are_named(submit: Load) -> None:
    text = "import pytest, numpy as np, json, near\ndef f(): return np.add(json.loads('1'), near.n)\n"
    text += "def g(): return pytest.raises(OSError)"
    files = {"work.py": text, "near.py": "n = 1"}
    program = submit(files, "f", "g", packages=())
    assert call(program, "f") == 2
    with pytest.raises(ForbiddenUse, match=r"pytest\.raises"):
        call(program, "g")
    assert call(submit(files, "g", packages=("pytest",)), "g") is not None


def test_the_rest_of_the_process_imports_as_before(submit: Load) -> None:
    submit("import no_such_torch\ndef f(): pass", packages=())
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module("no_such_torch")
    assert type(caught.value) is ModuleNotFoundError
    assert importlib.import_module("pytest") is pytest


# ── a student's own process ───────────────────────────────────────────────────────────────────────


def test_code_objects_carry_real_paths_and_lines_for_a_debugger(submit: Load, tmp_path: Path) -> None:
    function: Any = submit("import numpy\n\n\ndef f():\n    return 1\n", real_paths=True).get("f")
    assert function.__code__.co_filename == str(tmp_path / "submission" / "work.py")
    assert function.__code__.co_firstlineno == 4


def test_a_file_that_was_saved_again_is_read_again(submit: Load) -> None:
    assert call(submit("def f(): return 1", real_paths=True)) == 1
    assert call(submit("def f(): return 2", real_paths=True)) == 2


def test_an_untouched_stub_does_not_hide_a_solved_notebook_beside_it(tmp_path: Path) -> None:
    stub = 'def double(x):\n    """Return twice x."""\n    raise NotImplementedError("sums.double")\n'
    (tmp_path / "sums.py").write_text(stub)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "def double(x):\n    return 2 * x\n"}
    (tmp_path / "work.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}))
    program = load(tmp_path, ["sums.py", "work.ipynb"], "sums", ["double"], real_paths=True)
    assert program.get("double")(3) == 6  # type: ignore[operator]


def test_a_stub_alone_is_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "sums.py").write_text(
        "class Sum:\n    def add(self, x):\n        raise NotImplementedError('sums.sum')\n"
    )
    program = load(tmp_path, ["sums.py"], "sums", ["Sum"], real_paths=True)
    with pytest.raises(NotImplementedError, match=r"sums\.sum"):
        program.get("Sum")().add(1)  # type: ignore[operator]


STUB = "def {}():\n    raise NotImplementedError\n"


@pytest.mark.parametrize(
    "files",
    [
        {"work.py": "def f():\n    return (1\n", "work.ipynb": [STUB.format("f"), STUB.format("g")]},
        {"work.py": STUB.format("f") + STUB.format("g"), "work.ipynb": ["def f(:\n    return 1"]},
        {"work.py": STUB.format("f"), "notes.ipynb": "not what a notebook is"},
    ],
    ids=["script", "notebook", "unreadable notebook"],
)
def test_an_untouched_stub_does_not_hide_that_the_work_beside_it_cannot_be_read(
    submit: Load, files: dict[str, str | list[str]]
) -> None:
    program = submit(files)
    with pytest.raises(NotLoaded) as caught:
        program.get("f")
    assert isinstance(caught.value.error, SyntaxError)


def test_a_cell_that_is_no_python_leaves_other_stubs_not_implemented(submit: Load) -> None:
    program = submit({"work.py": STUB.format("f"), "work.ipynb": ["def g(:\n    return 1"]})
    with pytest.raises(NotImplementedError):
        call(program)
