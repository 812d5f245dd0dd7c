"""HELP.md of a kit: what to do when something does not work, and how to work more conveniently."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from grader.core.text import listed
from grader.course.rubric.model import Rubric
from grader.kit.start_page import first_question
from grader.kit.words import paragraph


def help_page(rubric: Rubric, formats: Collection[str], pins: Mapping[str, str]) -> str:
    """Return HELP.md of a kit; `pins` are the versions of all packages that it installs, by name."""
    parts = [
        "# Help",
        _INSTALL,
        *([_GRAPHICS_CARD.format(torch=f"torch=={pins['torch']}")] if "torch" in pins else []),
        _ways_to_run(rubric),
        *([_notebook(rubric, "py" in formats)] if "ipynb" in formats else []),
        _FAILURES,
        _debug(rubric),
        *([_HINTS] if rubric.hints else []),
        _PAGE,
        _EDITOR,
        *([_PROVIDED] if any(question.provided for question in rubric.questions) else []),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


_INSTALL = """
## Installing

`python -m venv .venv` creates an environment, which keeps these packages separate from your others, and
`source .venv/bin/activate` activates it; do that again in each new terminal. On Windows it is
`.venv\\Scripts\\activate`.

- `python` is not found: use `python3` in the first command, on Windows `py`.
- PowerShell refuses to run scripts: skip the second command, and use `.venv\\Scripts\\python` instead of `python`.
- `pytest` is not found: use `python -m pytest`.
- Something else does not install: make sure that `python --version` is 3.11 or later, delete `.venv`, and begin again.
"""

_GRAPHICS_CARD = """
## PyTorch, and graphics cards

On Linux with an Intel or AMD processor, `requirements.txt` takes PyTorch from its own index of builds that use only the
processor: about 200 MB to download. On macOS, Windows and other processors, PyPI has such a build. Everything in this
assignment runs on the processor; it is graded without a graphics card.

For experiments of your own with an NVIDIA card, after the rest is installed:

```sh
python -m pip uninstall --yes torch
python -m pip install {torch}
```

On Linux this takes about 5 GB on disk, and so does PyPI's build. To use that if PyTorch's own index cannot be reached,
remove the line that begins with `--extra-index-url` from the requirements, and `+cpu` from the line of torch. On
Windows, add `--index-url` and the index that https://pytorch.org lists for your card.
"""


def _ways_to_run(rubric: Rubric) -> str:
    question = first_question(rubric).id
    several = f'"{question.partition(".")[0]}.*"'
    rows = {
        f"pytest --question {several}": "the checks of several questions",
        "pytest -x": "until one check fails, ignoring what is not implemented",
        "pytest --lf": "only what failed last time",
        "pytest -v": "all failures in full, and the name of each check",
        "pytest --tb=long": "pytest's own tracebacks",
        "pytest -W ignore": "without warnings",
        "pytest --submission=elsewhere/work.ipynb": "work in another place: a folder, a `.py` file or a notebook",
    }
    table = [f"| `{command}` | {words} |" for command, words in rows.items()]
    lines = "\n".join(["| | |", "| --- | --- |", *table])
    words = (
        "You can start pytest in any folder of the kit, or outside of it with a path, with any of its own options. "
        "With `pytest --watch` each run is in a new process, which ignores `breakpoint()`."
    )
    return "\n\n".join(["## Ways to run the checks", paragraph(words), lines])


def _notebook(rubric: Rubric, stubs: bool) -> str:
    words = (
        f"`student/{rubric.assignment}.ipynb` opens in VS Code or in Jupyter (`python -m pip install jupyterlab`, then "
        "`python -m jupyter lab`). A cell after each question checks your functions as they are at that moment; "
        "`pytest` checks the saved notebook."
    )
    words += " Fill in the stubs or the notebook, not parts of each: of two answers only one counts." * stubs
    return "\n\n".join(["## The notebook", paragraph(words)])


_FAILURES = """
## When a check fails

The message says what was asked, the smallest input that fails, the expected and the actual result, and lines of Python
that reproduce the failure when you run them in `student/`. If they give the right answer there, your code keeps
something from an earlier call: in a mutable default argument, a global variable or an attribute of a class. What your
code prints is shown below. At most three failures are shown in full, beginning with the question that you are working
on, and without those that another one may explain: if the numbers of a question are wrong, only the first.
"""


def _debug(rubric: Rubric) -> str:
    suites = listed(f"`{path}`" for path in rubric.suites.public)
    words = (
        "To inspect your function while it runs, add `breakpoint()` to it and run "
        f"`pytest -s --question {first_question(rubric).id}`; or use `pytest --pdb`, which stops where your code "
        "raises an exception, and in the check itself if an answer is wrong."
    )
    return "\n\n".join([paragraph(words), paragraph(f"The checks are in {suites}. You may read them.")])


_HINTS = """
## Hints

`pytest --hint QUESTION` runs the checks of a question and gives one more hint each time: what to look at, then a law
that right answers obey, and finally the mistake, if yours is a known one. Nothing is sent anywhere.
"""

_PAGE = """
## The last run as a page

Each run writes `last_run/index.html`, a page for your browser: marks, what failed, and pictures of expected and actual
results.
"""

_EDITOR = """
## Editors

VS Code with its Python extension finds the checks when you open this folder: choose the interpreter in `.venv`, then
the beaker on the left. You can run and debug each check from there.
"""

_PROVIDED = """
## What this kit provides

The checks find what is in `provided/` by themselves. To run a script of your own that imports it, such as lines that
reproduce a failure, use `PYTHONPATH=../provided python SCRIPT.py` in `student/`; in PowerShell, set
`$env:PYTHONPATH = '../provided'` first.
"""
