"""In a notebook's kernel too, what is done again runs in a new process: the cells that were run, as they were run."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.checks.asking.channel import plainest
from grader.kit import cells as notebook
from grader.pytest_side.aside import HASH_SEED

SUITE = '''
import os

from grader.checks import criterion


@criterion("sums.double.value")
def test_elsewhere(submission):
    """Double a number in this process and in another, in which the log is not there.

    Catches: nothing.
    """
    here = submission.double(7)
    with submission.elsewhere("double", without=submission.files_holding(["1.25"])) as work:
        there = work.double(7)
    assert here == [14, os.getpid(), "1.25", "", "", 3]
    assert there[0] == 14
    assert there[1] != os.getpid()
    assert there[2:] == ["no log", "SEED", "CAPABILITY", 3]
'''
CELLS = [
    "%matplotlib inline\nimport os\nfrom pathlib import Path\nimport helper\n",
    "def double(number):\n    raise ValueError('the first try')\n",
    "1 / 0\n",
    "",
    "def log():\n"
    "    try:\n        return Path('log.txt').read_text()\n"
    "    except FileNotFoundError:\n        return 'no log'\n",
    "def double(number):\n"
    "    variables = [os.environ.get(name, '') for name in ('PYTHONHASHSEED', 'ATEN_CPU_CAPABILITY')]\n"
    "    return [2 * number, os.getpid(), log(), *variables, helper.THREE]\n",
    "check('sums.double')\n",
]


@pytest.fixture
def kernel(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run the cells as IPython does, each in turn, in the folder of a course; return what they have defined."""
    text = SUITE.replace("SEED", HASH_SEED).replace("CAPABILITY", plainest()["ATEN_CPU_CAPABILITY"])
    (tiny_course / "tests/public/test_sums.py").write_text(text)
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("  hidden: [tests/hidden/test_sums.py]\n", ""))
    work = tiny_course / "student"
    (work / "log.txt").write_text("1.25")
    (work / "helper.py").write_text("THREE = 3\n")
    monkeypatch.chdir(work)
    monkeypatch.syspath_prepend(str(work))
    for name in ("PYTHONHASHSEED", "ATEN_CPU_CAPABILITY"):
        monkeypatch.delenv(name, raising=False)
    shell = SimpleNamespace(history_manager=SimpleNamespace(input_hist_raw=["", *CELLS]))
    namespace: dict[str, Any] = {"__name__": "__main__", "get_ipython": lambda: shell}
    for cell in CELLS[:-1]:
        if not cell.startswith("1 / 0"):
            exec(cell.removeprefix("%matplotlib inline\n"), namespace)
    return namespace


def checked(namespace: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    exec("check('sums.double')", {**namespace, "check": notebook.check})
    return capsys.readouterr().out


def test_the_cells_that_were_run_are_run_in_a_new_process(
    kernel: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(os.listdir())
    assert "All of these pass" in checked(kernel, capsys)
    assert set(os.listdir()) - {"__pycache__"} == before - {"__pycache__"}


def test_where_nobody_knows_the_cells_it_is_this_process(
    kernel: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    del kernel["get_ipython"]
    assert "failed" in checked(kernel, capsys)
