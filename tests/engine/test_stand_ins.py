"""Progress bars and what notebooks display: code with them runs in every question, listed there or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.question_spec import QuestionSpec
from grader.pytest_side.inprocess import InProcess
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Jail
from grader.worker.running.stand_ins import tqdm as stand_in

# Each defines `f`, which adds up the numbers below n.
BARS = {
    "tqdm": "from tqdm import tqdm\ndef f(n):\n    s = 0\n"
    "    for i in tqdm(range(n), desc='sum'): s += i\n    return s",
    "the module": "import tqdm\ndef f(n): return sum(tqdm.tqdm(range(n)))",
    "tqdm.auto": "from tqdm.auto import tqdm, trange\ndef f(n): return sum(trange(n, leave=False))",
    "tqdm.notebook": "from tqdm.notebook import tqdm as bar\ndef f(n): return sum(bar(list(range(n)), total=n))",
    "under its whole name": "import tqdm.auto\ndef f(n): return sum(tqdm.auto.tqdm(range(n)))",
    "within a function": "def f(n):\n    from tqdm import trange\n    return sum(trange(n))",
    "a context": "from tqdm import tqdm\ndef f(n):\n    s = 0\n    with tqdm(total=n, unit='it') as bar:\n"
    "        for i in range(n):\n            s += i\n            bar.update(1)\n            bar.set_postfix(sum=s)\n"
    "        assert bar.n == n == len(bar)\n    return s",
    "told much": "from tqdm import tqdm\ndef f(n):\n    bar = tqdm(range(n))\n    s = 0\n    for i in bar:\n"
    "        s += i\n"
    "        bar.set_description(f'sum {s}')\n        bar.set_postfix({'s': s}, refresh=False)\n"
    "        bar.set_postfix_str('x')\n        tqdm.write('a line')\n    bar.refresh()\n    bar.close()\n    return s",
    "enumerate": "from tqdm import tqdm\ndef f(n): return sum(i for i, _ in enumerate(tqdm([0] * n)))",
    "contrib": "from tqdm.contrib import tenumerate, tzip\n"
    "def f(n): return sum(i for i, _ in tenumerate([0] * n)) + 0 * len(list(tzip([1], [2])))",
    "of a generator": "from tqdm import tqdm\ndef f(n): return sum(tqdm((i for i in range(n)), total=n))",
    "a fallback": "try:\n    from tqdm import tqdm\nexcept ImportError:\n    tqdm = None\n"
    "def f(n): return sum(tqdm(range(n)))",
    "IPython": "from IPython.display import HTML, clear_output, display\ndef f(n):\n    clear_output(wait=True)\n"
    "    shown = display(HTML('<b>'), display_id=True)\n    shown.update('x')\n    return sum(range(n))",
    "IPython by its module": "import IPython.display\nimport IPython.display as show\ndef f(n):\n"
    "    show.display(IPython.display.Markdown('x'))\n    IPython.display.clear_output()\n    return sum(range(n))",
    "a map with a bar": "from tqdm.contrib.concurrent import thread_map\n"
    "def f(n): return sum(thread_map(abs, range(n), max_workers=2))",
    "get_ipython": "from IPython import get_ipython\nSHELL = get_ipython()\n"
    "def f(n): return sum(range(n)) + bool(SHELL)",
}
CELLS = {
    "display": "def f(n):\n    display(n)\n    return sum(range(n))",
    "get_ipython": "def f(n):\n    get_ipython().run_line_magic('matplotlib', 'inline')\n    return sum(range(n))",
}
WORK = [*(("work.py", text) for text in BARS.values()), *(("work.ipynb", text) for text in CELLS.values())]
NAMES = [*BARS, *(f"{name} in a notebook" for name in CELLS)]
Ask = Callable[[str, str], object]


@pytest.fixture(scope="module", params=["in the jail", "at the desk"])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Return ``f(5)`` of a work, in a question that allows NumPy only."""

    def write(folder: Path, name: str, text: str) -> None:
        cells = {"cells": [{"cell_type": "code", "source": text}]}
        (folder / name).write_text(text if name.endswith(".py") else json.dumps(cells), encoding="utf-8")

    def at_the_desk(name: str, text: str) -> object:
        folder = tmp_path_factory.mktemp("desk")
        write(folder, name, text)
        return InProcess(folder, [name], QuestionSpec("work", ("f",), ("numpy",))).call(
            ("f",), (5,), {}, keep_arguments=False
        )[0]

    def in_the_jail(name: str, text: str) -> object:
        for old in jail.staging.iterdir():
            old.unlink()
        write(jail.staging, name, text)
        channel = jail.open((name,), QuestionSpec("work", ("f",), ("numpy",)), Limits(), Budget())
        try:
            return channel.call(("f",), (5,), {}, keep_arguments=False)[0]
        finally:
            channel.close()

    with Jail(choose("auto")) as jail:
        yield at_the_desk if request.param == "at the desk" else in_the_jail


@pytest.mark.parametrize(("name", "text"), WORK, ids=NAMES)
def test_code_with_progress_bars_and_displays_runs_in_every_question(ask: Ask, name: str, text: str) -> None:
    assert ask(name, text) == 10


def test_a_bar_without_end_counts_and_is_true_as_tqdms_is() -> None:
    bar = stand_in(iter("abc"))
    assert [list(bar), bar.n, bool(bar), bool(stand_in())] == [["a", "b", "c"], 3, True, False]
    bar.update(2)
    assert bar.n == 5
    bar.reset(total=7)
    assert (bar.n, len(bar), "x" in stand_in("xy"), list(reversed(stand_in([1, 2])))) == (0, 7, True, [2, 1])
