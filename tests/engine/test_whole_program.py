"""Work whose names come about only as it runs: marked as Python runs it, at the desk and in the jail."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import Submission, tensor
from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.submission import exchange_of
from grader.course.folder import Course
from grader.course.question_spec import QuestionSpec
from grader.grading.session import Grading, opened_grader
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.whole import WholeProgram
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Jail
from grader.worker.reading.overview import definitions, ranked
from grader.worker.running.program import is_source

Files = dict[str, "str | list[str]"]
Grade = Callable[[Files], Grading]

# Each defines `double` and `triple`, as a script (a text, called sums.py), or as files.
SCRIPTS: dict[str, str] = {
    "eval of a name": """
def _twice(x): return 2 * x
def _thrice(x): return 3 * x
def double(number): return eval("_twice")(number)
def triple(number): return eval("_thrice")(number)
""",
    "eval at the top": """
def _times(n): return lambda x: n * x
double, triple = (eval("_times")(n) for n in (2, 3))
""",
    "exec of a text": """
for name, factor in [("double", 2), ("triple", 3)]:
    exec(f"def {name}(number): return {factor} * number")
""",
    "globals indexed": """
def _by_2(x): return 2 * x
def _by_3(x): return 3 * x
def double(number): return globals()["_by_" + str(2)](number)
def triple(number): return globals()["_by_" + str(3)](number)
""",
    "globals assigned": """
for _n, _name in ((2, "double"), (3, "triple")):
    globals()[_name] = lambda number, n=_n: n * number
""",
    "globals updated": """
def make(n):
    def times(number): return n * number
    return times
globals().update(double=make(2), triple=make(3))
""",
    "vars updated": """
vars().update({name: (lambda number, n=n: n * number) for n, name in [(2, "double"), (3, "triple")]})
""",
    "the module by sys.modules": """
import sys
def make(n): return lambda number: n * number
setattr(sys.modules[__name__], "double", make(2))
sys.modules[__name__].triple = make(3)
""",
    "the module's dict": """
import sys
sys.modules[__name__].__dict__["double"] = lambda number: 2 * number
this = sys.modules[__name__]
vars(this)["triple"] = lambda number: 3 * number
""",
    "a decorator that registers": """
TABLE = {}
def register(name):
    def keep(function):
        TABLE[name] = function
        return function
    return keep
@register("double")
def _two(x): return 2 * x
@register("triple")
def _three(x): return 3 * x
def double(number): return TABLE["double"](number)
def triple(number): return TABLE["triple"](number)
""",
    "a registry object": """
class Registry:
    def __init__(self): self.known = []
    def remember(self, f): self.known.append(f); return f
REGISTRY = Registry()
@REGISTRY.remember
def one(x): return x
@REGISTRY.remember
def two(x): return 2 * x
@REGISTRY.remember
def three(x): return 3 * x
def double(number): return REGISTRY.known[1](number)
def triple(number): return REGISTRY.known[2](number)
""",
    "registered by a call": """
HANDLERS = []
def use(handler): HANDLERS.append(handler)
def two(x): return 2 * x
def three(x): return 3 * x
use(two)
use(three)
def double(number): return HANDLERS[0](number)
def triple(number): return HANDLERS[1](number)
""",
    "registered by an operator": """
class Rack:
    def __init__(self): self.all = {}
    def __iadd__(self, f): self.all[f.__name__] = f; return self
    def __lshift__(self, f): self.all[f.__name__] = f
RACK = Rack()
def two(x): return 2 * x
def three(x): return 3 * x
RACK += two
RACK << three
def double(number): return RACK.all["two"](number)
def triple(number): return RACK.all["three"](number)
""",
    "__init_subclass__": """
class Rule:
    known = {}
    def __init_subclass__(cls, factor): Rule.known[factor] = cls
class Twice(Rule, factor=2):
    def apply(self, x): return 2 * x
class Thrice(Rule, factor=3):
    def apply(self, x): return 3 * x
def double(number): return Rule.known[2]().apply(number)
def triple(number): return Rule.known[3]().apply(number)
""",
    "__subclasses__": """
class Rule: pass
class Twice(Rule):
    def __call__(self, x): return 2 * x
class Thrice(Rule):
    def __call__(self, x): return 3 * x
def _find(name): return {kind.__name__: kind for kind in Rule.__subclasses__()}[name]()
def double(number): return _find("Twice")(number)
def triple(number): return _find("Thrice")(number)
""",
    "a metaclass": """
KINDS = {}
class Meta(type):
    def __init__(cls, name, bases, body):
        super().__init__(name, bases, body)
        KINDS[name.lower()] = cls
class Double(metaclass=Meta):
    def __new__(cls, x): return 2 * x
class Triple(metaclass=Meta):
    def __new__(cls, x): return 3 * x
def double(number): return KINDS["double"](number)
def triple(number): return KINDS["triple"](number)
""",
    "a module's own __getattr__": """
def __getattr__(name):
    if name in ("double", "triple"):
        return lambda number: (2 if name == "double" else 3) * number
    raise AttributeError(name)
""",
    "global in a function": """
def install():
    global double, triple
    def double(number): return 2 * number
    def triple(number): return 3 * number
install()
""",
    "patched through another name": """
class Maths:
    def double(self, x): raise NotImplementedError
    def triple(self, x): raise NotImplementedError
M = Maths
M.double = lambda self, x: 2 * x
setattr(M, "triple", lambda self, x: 3 * x)
double, triple = Maths().double, Maths().triple
def install(kind):
    kind.double = lambda self, x: 2 * x
    kind.triple = lambda self, x: 3 * x
""",
    "patched by a function": """
class Maths:
    factor = {}
    def double(self, x): return self.factor["double"] * x
    def triple(self, x): return self.factor["triple"] * x
def install(kind): kind.factor = {"double": 2, "triple": 3}
install(Maths)
def double(number): return Maths().double(number)
def triple(number): return Maths().triple(number)
""",
    "stubs that are replaced": """
def double(number): raise NotImplementedError("double")
def triple(number): raise NotImplementedError("triple")
def solve(**answers): globals().update(answers)
solve(double=lambda number: 2 * number, triple=lambda number: 3 * number)
""",
    "replaced in a loop": """
import sys
def double(number): return None
def triple(number): return None
for n, name in ((2, "double"), (3, "triple")):
    setattr(sys.modules[__name__], name, lambda number, n=n: n * number)
""",
    "found by getattr": """
import sys
def f_2(x): return 2 * x
def f_3(x): return 3 * x
def _call(n, x): return getattr(sys.modules[__name__], f"f_{n}")(x)
def double(number): return _call(2, number)
def triple(number): return _call(3, number)
""",
    "found by inspect": """
import inspect, sys
def two(x): return 2 * x
def three(x): return 3 * x
def _all(): return dict(inspect.getmembers(sys.modules[__name__], inspect.isfunction))
def double(number): return _all()["two"](number)
def triple(number): return _all()["three"](number)
""",
    "the caller's frame": """
import sys
def export(cls): sys._getframe(1).f_globals.update({k: v for k, v in vars(cls).items() if not k.startswith("_")})
class Answers:
    def double(number): return 2 * number
    def triple(number): return 3 * number
export(Answers)
""",
    "a context manager": """
class Collect:
    found = {}
    def __enter__(self): self.before = set(globals()); return self
    def __exit__(self, *_): self.found.update({k: v for k, v in globals().items() if k not in self.before})
with Collect():
    def two(x): return 2 * x
    def three(x): return 3 * x
def double(number): return Collect.found["two"](number)
def triple(number): return Collect.found["three"](number)
""",
    "importlib of itself": """
import importlib
def two(x): return 2 * x
def three(x): return 3 * x
def double(number): return importlib.import_module(__name__).two(number)
def triple(number): return importlib.import_module(__name__).three(number)
""",
    "exec of a built text in a namespace": r"""
SOURCE = "def double(number): return 2 * number\ndef triple(number): return 3 * number"
space = {}
exec(SOURCE, space)
for name in ("double", "triple"): globals()[name] = space[name]
""",
    "compiled by ast": r"""
import ast
tree = ast.parse("double = lambda number: 2 * number\ntriple = lambda number: 3 * number")
exec(compile(tree, "<made>", "exec"))
""",
    "a type made by type()": """
Both = type("Both", (), {"double": staticmethod(lambda n: 2 * n), "triple": staticmethod(lambda n: 3 * n)})
for key in ("double", "triple"):
    locals()[key] = getattr(Both, key)
""",
    "singledispatch registered by a call": """
import functools
@functools.singledispatch
def _times(x, n): raise NotImplementedError(type(x))
def teach(function, kind): function.register(kind)(lambda x, n: n * x)
teach(_times, int)
def double(number): return _times(number, 2)
def triple(number): return _times(number, 3)
""",
    "another object in the module's place": """
import sys
from types import SimpleNamespace
sys.modules[__name__] = SimpleNamespace(double=lambda number: 2 * number, triple=lambda number: 3 * number)
""",
    "a module of another class": """
import sys, types
class Lazy(types.ModuleType):
    @property
    def double(self): return lambda number: 2 * number
    @property
    def triple(self): return lambda number: 3 * number
sys.modules[__name__].__class__ = Lazy
""",
    "a file that it writes": """
from pathlib import Path
Path("made.py").write_text("double = lambda n: 2 * n; triple = lambda n: 3 * n")
from made import double, triple
""",
    "helpers put into builtins": """
import builtins
builtins.two = lambda x: 2 * x
setattr(builtins, "three", lambda x: 3 * x)
def double(number): return two(number)
def triple(number): return three(number)
""",
    "the names themselves put into builtins": """
import builtins
builtins.double = lambda number: 2 * number
vars(builtins)["triple"] = lambda number: 3 * number
""",
    "names put into __builtins__": """
table = __builtins__ if isinstance(__builtins__, dict) else vars(__builtins__)
table["two"] = lambda x: 2 * x
table["three"] = lambda x: 3 * x
def double(number): return two(number)
def triple(number): return three(number)
""",
    "__set_name__": """
FOUND = {}
class Rule:
    def __init__(self, n): self.n = n
    def __set_name__(self, owner, name): FOUND[name] = lambda number: self.n * number
class Rules:
    double = Rule(2)
    triple = Rule(3)
def double(number): return FOUND["double"](number)
def triple(number): return FOUND["triple"](number)
""",
    "a thread that registers": """
import threading
FOUND = {}
def two(x): return 2 * x
def three(x): return 3 * x
def note(): FOUND.update(double=two, triple=three)
thread = threading.Thread(target=note)
thread.start()
thread.join()
def double(number): return FOUND["double"](number)
def triple(number): return FOUND["triple"](number)
""",
    "an alias that is filled": """
TABLE = {}
entries = TABLE
entries["double"] = lambda number: 2 * number
entries.update(triple=lambda number: 3 * number)
def double(number): return TABLE["double"](number)
def triple(number): return TABLE["triple"](number)
""",
    "a comprehension for its effect": """
FOUND = []
def two(x): return 2 * x
def three(x): return 3 * x
[note(f) for note in [FOUND.append] for f in (two, three)]
def double(number): return FOUND[0](number)
def triple(number): return FOUND[1](number)
""",
    "counted objects": """
import gc
class Two:
    def __call__(self, x): return 2 * x
class Three:
    def __call__(self, x): return 3 * x
two, three = Two(), Three()
def _of(name): return next(o for o in gc.get_objects() if type(o).__name__ == name)
def double(number): return _of("Two")(number)
def triple(number): return _of("Three")(number)
""",
    "atop a loop that would take hours": """
def work(n):
    total = 0
    for i in range(n): total += i
    return total
curve = [work(10 ** 6) for _ in range(10 ** 6)]
globals()["double"] = lambda number: 2 * number
while True: work(10)
globals()["triple"] = lambda number: 3 * number
""",
    "beside statements that fail": """
raise_here = open("/no/such/file") if True else None
globals()["double"] = lambda number: 2 * number
1 / 0
globals()["triple"] = lambda number: 3 * number
import sys
sys.exit(1)
""",
}

BOTH = "def double(number): return 2 * number\ndef triple(number): return 3 * number\n"
FILES: dict[str, Files] = {
    "%%writefile and import": {
        "work.ipynb": ["%%writefile helper.py\n" + BOTH, "import helper\ndouble, triple = helper.double, helper.triple"]
    },
    "%%writefile and star import": {"work.ipynb": ["%%writefile helper.py\n" + BOTH, "from helper import *"]},
    "%%writefile in two parts": {
        "work.ipynb": [
            "%%writefile parts.py\ndef double(number): return 2 * number\n",
            "%%writefile -a parts.py\ndef triple(number): return 3 * number\n",
            "from parts import double, triple",
        ]
    },
    "%%writefile in a package": {
        "work.ipynb": [
            "%%writefile lib/maths.py\n" + BOTH,
            "import lib.maths as m\ndef double(n): return m.double(n)\ndef triple(n): return m.triple(n)",
        ]
    },
    "%%writefile alone": {"work.ipynb": ["%%writefile sums.py\n" + BOTH]},
    "%%writefile and %run": {"work.ipynb": ["%%writefile helper.py\n" + BOTH, "%run helper.py"]},
    "%%writefile and exec": {
        "work.ipynb": ["%%writefile helper.py\n" + BOTH, "with open('helper.py') as file:\n    exec(file.read())"]
    },
    "%run of a file that was handed in": {
        "work.ipynb": ["%run helper.py", "def double(n): return times(n, 2)\ndef triple(n): return times(n, 3)"],
        "helper.py": "if __name__ == '__main__':\n    def times(x, n): return n * x\n",
    },
    "%run -i": {
        "work.ipynb": ["FACTORS = 2, 3", "%run -i helper", "print(double(1))"],
        "helper.py": "globals()['double'] = lambda n: FACTORS[0] * n\nglobals()['triple'] = lambda n: FACTORS[1] * n\n",
    },
    "%run of a notebook": {
        "work.ipynb": ["%run other.ipynb", "double = lambda n: times(n, 2)\ntriple = lambda n: times(n, 3)"],
        "other.ipynb": ["def times(x, n): return n * x"],
    },
    "get_ipython().run_line_magic": {
        "work.ipynb": ["get_ipython().run_line_magic('run', 'helper.py')", "double, triple = _d, _t"],
        "helper.py": "_d = lambda n: 2 * n\n_t = lambda n: 3 * n\n",
    },
    "the main program": {
        "work.ipynb": [
            "import __main__, sys",
            "__main__.double = lambda n: 2 * n",
            "sys.modules['__main__'].triple = lambda n: 3 * n",
        ]
    },
    "a guard in a notebook": {
        "work.ipynb": ["if __name__ == '__main__':\n    double = lambda n: 2 * n\n    triple = lambda n: 3 * n"]
    },
    "a notebook that trains": {
        "work.ipynb": [
            "%matplotlib inline\n!pip install tqdm\nimport time",
            "REGISTRY = {}\ndef register(f):\n    REGISTRY[f.__name__] = f\n    return f",
            "%%time\nwhile True:\n    for i in range(10 ** 6): pass",
            "@register\ndef by_2(n): return 2 * n",
            "for epoch in range(10 ** 9):\n    loss = epoch ** 2",
            "@register\ndef by_3(n): return 3 * n",
            "def double(n): return REGISTRY['by_2'](n)\ndef triple(n): return REGISTRY['by_3'](n)",
        ]
    },
    "await at the top": {
        "work.ipynb": [
            "import asyncio\nasync def make(n):\n    await asyncio.sleep(0)\n    return lambda x: n * x",
            "double = await make(2)",
            "made = await asyncio.gather(make(2), make(3))\ntriple = made[1]",
        ]
    },
    "async for and async with at the top": {
        "work.ipynb": [
            "class Found:\n    async def __aenter__(self): return self\n    async def __aexit__(self, *_): pass",
            "async def numbers():\n    for n in (2, 3): yield n",
            "made = []\nasync with Found():\n    async for n in numbers():\n        made.append(lambda x, n=n: n * x)",
            "double, triple = made",
        ]
    },
    "%cd and an import from there": {
        "work.ipynb": ["%cd parts", "from maths import double, triple"],
        "parts/maths.py": BOTH,
    },
    "%cd and a file there": {
        "work.ipynb": [
            "%cd parts",
            "factors = [int(n) for n in open('factors.txt').read().split()]",
            "double, triple = ((lambda x, n=n: n * x) for n in factors)",
        ],
        "parts/factors.txt": "2 3",
    },
    "%load_ext autoreload": {
        "work.ipynb": [
            "%load_ext autoreload\n%autoreload 2\n%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
            "!pip install -q numpy\n%pip install scipy\n!ls | head",
            "files = !ls\n%env OMP_NUM_THREADS=1",
            "import helper\nglobals().update(double=helper.double, triple=helper.triple)",
        ],
        "helper.py": BOTH,
    },
    "%time": {"work.ipynb": ["def make(n): return lambda x: n * x", "%time double = make(2)\n%time triple = make(3)"]},
    "an import for its effect": {
        "sums.py": "from table import TABLE\nimport plugins\n"
        "def double(n): return TABLE['double'](n)\ndef triple(n): return TABLE['triple'](n)\n",
        "table.py": "TABLE = {}\ndef register(f):\n    TABLE[f.__name__] = f\n    return f\n",
        "plugins.py": "from table import register\n@register\ndef double(n): return 2 * n\n"
        "@register\ndef triple(n): return 3 * n\n",
    },
    "plugins that import the module back": {
        "sums.py": "KNOWN = {}\ndef register(f):\n    KNOWN[f.__name__] = f\n    return f\nimport plugins\n"
        "def double(n): return KNOWN['two'](n)\ndef triple(n): return KNOWN['three'](n)\n",
        "plugins.py": "import sums\n@sums.register\ndef two(n): return 2 * n\n"
        "@sums.register\ndef three(n): return 3 * n\n",
    },
    "plugins found in a folder": {
        "sums.py": "import importlib, pkgutil\nFOUND = {}\n"
        "for info in pkgutil.iter_modules(['rules']):\n"
        "    FOUND[info.name] = importlib.import_module('rules.' + info.name).rule\n"
        "def double(n): return FOUND['two'](n)\ndef triple(n): return FOUND['three'](n)\n",
        "rules/two.py": "def rule(n): return 2 * n\n",
        "rules/three.py": "def rule(n): return 3 * n\n",
    },
    "a helper that fills the caller": {
        "sums.py": "import helper\nhelper.fill(globals())\n",
        "helper.py": "def fill(space):\n    space['double'] = lambda n: 2 * n\n    space['triple'] = lambda n: 3 * n\n",
    },
    "a helper executed": {
        "sums.py": "with open('answers.txt') as file:\n    exec(file.read())\n",
        "answers.txt": BOTH,
    },
    "a helper run by its path": {
        "sums.py": "import runpy\nfrom pathlib import Path\n"
        "globals().update(runpy.run_path(str(Path(__file__).with_name('helper.py'))))\n",
        "helper.py": "double = lambda n: 2 * n\ntriple = lambda n: 3 * n\n",
    },
    "a helper loaded by its spec": {
        "sums.py": "import importlib.util\nspec = importlib.util.spec_from_file_location('h', 'helper.py')\n"
        "h = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(h)\n"
        "def double(n): return h.twice(n)\ndef triple(n): return h.thrice(n)\n",
        "helper.py": "twice = lambda n: 2 * n\nthrice = lambda n: 3 * n\n",
    },
    "a star import of what is made there": {
        "work.ipynb": ["from made import *"],
        "made.py": "for n, name in ((2, 'double'), (3, 'triple')):\n    globals()[name] = lambda x, n=n: n * x\n",
    },
    "a package": {
        "sums/__init__.py": "from .rules import *\nfrom . import rules\n",
        "sums/rules.py": "from .base import make\nglobals().update(double=make(2), triple=make(3))\n",
        "sums/base.py": "def make(n): return lambda x: n * x\n",
    },
}
ALL: dict[str, Files] = {**{name: {"sums.py": text} for name, text in SCRIPTS.items()}, **FILES}
NOTEBOOKS: dict[str, Files] = {
    f"{name}, in a notebook": {"work.ipynb": text.strip().split("\n\n")} for name, text in SCRIPTS.items()
}


def write(folder: Path, files: Files) -> Path:
    """Write a submission, cells of a notebook as a list."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        cells = [{"cell_type": "code", "source": cell} for cell in text] if isinstance(text, list) else []
        (folder / name).write_text(json.dumps({"cells": cells}) if cells else str(text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    return make_tiny_course(tmp_path_factory.mktemp("whole"))


def outcomes(grading: Grading) -> list[str]:
    return [f"{c.outcome.value}: {c.feedback}" for question in grading.result.questions for c in question.criteria]


@pytest.mark.parametrize("files", [*ALL.values(), *NOTEBOOKS.values()], ids=[*ALL, *NOTEBOOKS])
def test_right_work_passes_however_its_names_come_about(course: Path, tmp_path: Path, files: Files) -> None:
    work, found = write(tmp_path / "work", files), Course.find(course)
    with opened_grader(found, found.rubric("tiny")) as grader:
        grading = grader.grade(work)
    assert grading.result.marks == "3", outcomes(grading)


@pytest.mark.parametrize("files", [*ALL.values(), *NOTEBOOKS.values()], ids=[*ALL, *NOTEBOOKS])
def test_the_whole_of_it_is_run_at_the_desk_too(tmp_path: Path, files: Files) -> None:
    root = write(tmp_path / "work", files)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    found = sorted(path.relative_to(root).as_posix() for path in before if is_source(path.name))
    names = ("double", "triple")
    sources = ranked(found, definitions(root, found, names).defines)
    answers: list[object] = []
    for kind in (InProcess, WholeProgram):
        channel = kind(root, sources, QuestionSpec("sums", names, ("numpy",)))
        try:
            answers = [channel.call((name,), (7,), {}, keep_arguments=False)[0] for name in names]
        except (Exception, StudentStopped):
            assert channel.differs
        if answers == [14, 21]:
            break
    assert answers == [14, 21]
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


# ── where the whole is run, and what it may not change ────────────────────────────────────────────


@pytest.fixture
def grade(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    """Grade a submission; `opened` of it has the questions that were opened as a whole, in order."""
    found = Course.find(course)
    open_question = Jail.open

    def opened(jail: Jail, files: tuple[str, ...], question: QuestionSpec, *rest: Any, **more: Any) -> Any:
        if more.get("whole"):
            WHOLE.extend(question.names)
        return open_question(jail, files, question, *rest, **more)

    monkeypatch.setattr(Jail, "open", opened)
    WHOLE.clear()

    def graded(files: Files) -> Grading:
        with opened_grader(found, found.rubric("tiny")) as grader:
            return grader.grade(write(tmp_path / "work", files))

    return graded


WHOLE: list[str] = []
PLAIN: dict[str, Files] = {
    "right work": {"sums.py": BOTH + "print(double(2))\nimport sys\nsetattr(sys, 'x', double)\n"},
    "one name and its helpers": {
        "sums.py": "import numpy as np\nN = 3\ndef g(x): return N * x\ndef double(x): return g(x)\n"
    },
    "torch beside it": {
        "sums.py": "import numpy as np\nZERO = np.zeros(3)\nclass A(np.ndarray): pass\ndef double(x): return 3 * x\n"
        "def triple(x): return None\nprint(np.sqrt(4))\n"
    },
    "a notebook that has not begun": {"work.ipynb": ["def other(x): return x", "for i in range(3): print(other(i))"]},
    "untouched stubs": {
        "sums.py": "def double(number): raise NotImplementedError('double')\ndef triple(x): raise NotImplementedError\n"
    },
    "a loop without end that is needed": {
        "sums.py": "def work():\n    while True: pass\nN = work()\ndef double(x): return N\n"
        "triple = double\nprint(double(3))\n"
    },
}


@pytest.mark.parametrize("files", PLAIN.values(), ids=PLAIN.keys())
def test_the_whole_is_run_only_where_it_differs_and_something_is_lost(grade: Grade, files: Files) -> None:
    grade(files)
    assert WHOLE == []


LOST: dict[str, tuple[Files, str, str]] = {
    # what is handed in, and the outcome and words of both criteria
    "a wrong value": (
        {"sums.py": "globals().update(double=lambda n: 3 * n, triple=lambda n: 2 * n)\n"},
        "failed",
        "an assertion does not hold",
    ),
    "an exception": (
        {"sums.py": "F = []\ndef note(f): F.append(f)\nnote(max)\ndef double(n): return F[0](n)\ntriple = double\n"},
        "raised",
        "raised IndexError",
    ),
    "an import without end": (
        {
            "sums.py": "import slow\nglobals().update(double=lambda n: 2 * n, triple=lambda n: 3 * n)\n",
            "slow.py": "while True: pass\n",
        },
        "not_implemented",
        "the submission defines no 'double'",
    ),
    "an end of the process": (
        {"sums.py": "import os\nglobals().update(double=lambda n: 2 * n)\nos._exit(0)\n"},
        "not_implemented",
        "the submission defines no 'double'",
    ),
    "memory without end": (
        {
            "sums.py": "x = eval('b\"1\" * (1 << 40)')\ndef double(n): return 1 << n\n"
            "triple = double\nprint(double(x))\n"
        },
        "failed",
        "an assertion does not hold",
    ),
    "a package that the question does not allow": (
        {"sums.py": "import hypothesis\nglobals().update(double=hypothesis.given, triple=hypothesis.given)\n"},
        "not_implemented",
        "the submission defines no 'double'",
    ),
}


@pytest.mark.parametrize(("files", "outcome", "words"), LOST.values(), ids=LOST.keys())
def test_wrong_work_stays_lost_and_is_told_what_is_wrong(grade: Grade, files: Files, outcome: str, words: str) -> None:
    [first, second] = [c for question in grade(files).result.questions for c in question.criteria]
    assert (first.outcome.value, second.outcome.value) == (outcome, outcome)
    assert words in first.feedback


def test_what_is_passed_without_the_rest_is_not_lost_with_it(grade: Grade) -> None:
    """A later statement spoils `double`, and an earlier one makes `triple`: each question passes in its own way."""
    work = "def double(number): return 2 * number\nglobals()['triple'] = lambda n: 3 * n\nexec('double = None')\n"
    assert grade({"sums.py": work}).result.marks == "3"
    assert WHOLE == ["triple"]


def test_all_that_is_run_as_a_whole_shares_one_budget(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    plenty, nothing = Budget(), Budget(cpu_seconds=0.0)
    monkeypatch.setattr("grader.grading.opened.Budget", iter([plenty, nothing, plenty, nothing]).__next__)
    assert grade(ALL["globals updated"]).result.marks == "0"
    assert grade({"sums.py": BOTH}).result.marks == "3"


@pytest.mark.parametrize("name", ["a decorator that registers", "%%writefile and import", "stubs that are replaced"])
def test_a_students_pytest_gives_the_marks_of_the_whole_too(course: Path, tmp_path: Path, name: str) -> None:
    work = write(tmp_path / "work", ALL[name])
    ran = students_pytest(course, work)
    assert "1 / 1" in " ".join(ran.split()), ran
    assert "1 passed" in ran


def test_a_students_pytest_tells_of_what_stays_lost_and_leaves_its_files_alone(course: Path, tmp_path: Path) -> None:
    log = "log = open('log.txt', 'w')\nlog.close()\n"
    wrong = "TABLE = {}\ndef note(f): TABLE[0] = f\nnote(lambda n: 3 * n)\ndef double(n): return TABLE[0](n)\n"
    work = write(tmp_path / "work", {"sums.py": log + wrong, "log.txt": "hours of training"})
    ran = students_pytest(course, work)
    assert "raised KeyError" in ran
    assert (work / "log.txt").read_text(encoding="utf-8") == "hours of training"


def students_pytest(course: Path, work: Path) -> str:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--submission={work}", "tests/public"]
    return subprocess.run(words, cwd=course, capture_output=True, text=True, check=False).stdout


# ── the lines to reproduce ────────────────────────────────────────────────────────────────────────

WRONG = "def double(number): return 3 * number\n"
PLACES: dict[str, Files] = {
    "the stub's own file": {"sums.py": WRONG},
    "a file of another name": {"cs23b001.py": WRONG},
    "one of several files": {"a.py": "def triple(number): return 3 * number\n", "b.py": WRONG},
    "a file whose name is no module's": {"my sums-1.py": WRONG},
    "a folder": {
        "a3/work.py": "from near import factor\ndef double(n): return factor * n\n",
        "a3/near.py": "factor = 3\n",
        "notes.txt": ".",
    },
    "a folder whose name is no package's": {"my a3/work.py": WRONG, "notes.txt": "."},
    "a package": {
        "sums/__init__.py": "",
        "sums/work.py": "from .near import factor\ndef double(n): return factor * n\n",
        "sums/near.py": "factor = 3\n",
        "notes.txt": ".",
    },
    "names that come about at run time": {"sums.py": "globals()['double'] = lambda number: 3 * number\n"},
}


@pytest.mark.parametrize("files", PLACES.values(), ids=PLACES.keys())
def test_the_lines_that_reproduce_a_failure_do_so_in_the_submissions_folder(
    grade: Grade, tmp_path: Path, files: Files
) -> None:
    [said, _] = outcomes(grade(files))
    lines = textwrap.dedent(said.partition("To reproduce:\n")[2])
    words = [sys.executable, "-c", lines]
    ran = subprocess.run(words, cwd=tmp_path / "work", capture_output=True, text=True, check=False)
    assert ran.stdout == "21\n", (said, ran.stderr)


def test_for_a_notebook_the_lines_say_in_which_one_they_are_to_be_run(grade: Grade) -> None:
    [said, _] = outcomes(grade({"lab/First try.ipynb": [WRONG], "b.py": "x = 1\n"}))
    assert "# In a cell of lab/First try.ipynb:" in said
    assert "import double" not in said


# ── models of torch ───────────────────────────────────────────────────────────────────────────────

NET = "import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
MODELS: dict[str, Files] = {
    "a forward pass that a function attaches": {
        "net.py": f"{NET}        self.layer = nn.Linear(2, 1)\ndef forward(self, x): return self.layer(x).relu()\n"
        "def attach(kind, function): kind.forward = function\nattach(Net, forward)\n"
    },
    "blocks that register themselves": {
        "net.py": "import torch\nfrom torch import nn\nBLOCKS = {}\nclass Block(nn.Module):\n"
        "    def __init_subclass__(cls): BLOCKS[cls.__name__] = cls\n"
        "class Dense(Block):\n    def __init__(self):\n        super().__init__()\n"
        "        self.layer = nn.Linear(2, 1)\n"
        "    def forward(self, x): return self.layer(x).relu()\ndef Net(): return BLOCKS['Dense']()\n"
    },
    "a notebook that trains": {
        "work.ipynb": [
            f"%%writefile model.py\n{NET}        self.layer = nn.Linear(2, 1)\n"
            "    def forward(self, x): return self.layer(x).relu()\n",
            "from model import Net\nimport torch\nnet = Net()\nstep = torch.optim.SGD(net.parameters(), lr=0.1)",
            "while True:\n    net(torch.ones(1, 2)).sum().backward()\n    step.step()",
        ]
    },
}


@pytest.mark.parametrize("files", MODELS.values(), ids=MODELS.keys())
def test_models_are_found_however_they_come_about(files: Files) -> None:
    pytest.importorskip("torch")
    with Jail(choose("auto")) as jail:
        write(jail.staging, files)
        asked = tuple(files), QuestionSpec("net", ("Net",), ("torch",)), Limits(cpu_seconds=5), Budget()
        passed = []
        for whole in (False, True):
            channel = jail.open(*asked, whole=whole)
            submission = Submission()
            exchange_of(submission).begin(channel)
            try:
                passed.append(submission.Net()(tensor(np.ones((3, 2), np.float32))).shape == (3, 1))
            except (Exception, StudentStopped):
                passed.append(False)
            assert whole or channel.differs
            channel.close()
    assert passed == [False, True]
