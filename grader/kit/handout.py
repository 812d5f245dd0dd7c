"""The page that comes with a kit: what is asked, and how to install, run, debug and hand in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from grader.kit.handing_in import experiment_words, how_words, reading_words, together_words
from grader.kit.words import (
    criteria_table,
    escaped,
    heading,
    marks_words,
    names_in_code,
    packages_words,
    paragraph,
    sheet_words,
    task_words,
)
from grader.rubric.model import Question, Rubric
from grader.text import listed


def handout(rubric: Rubric, checks: Mapping[str, int], formats: Collection[str]) -> str:
    """Return README.md of a kit.

    `checks` counts the public checks of each criterion; `formats` holds ``py``, ``ipynb`` or both.
    """
    parts: list[str] = [
        f"# {escaped(rubric.title)}\n\n`{rubric.assignment}` · {marks_words(rubric.marks)}",
        _START,
        _work(rubric, formats),
        _wrong(rubric),
        _hand_in(rubric, formats),
        *experiment_words(rubric.experiments, formats),
        "## What is asked",
        *(_question(question, rubric, checks, formats) for question in rubric.questions),
        *reading_words(rubric),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


_START = """
## Start

With Python 3.11 or later, in a terminal in this folder:

```sh
python -m venv .venv
source .venv/bin/activate
python -m pip install -r requirements.txt
pytest
```

The first two commands make an environment, which keeps these packages apart from your others; on Windows the second
is `.venv\\Scripts\\activate`, and each new terminal needs it again. The third installs what the checks need, the last
runs them: it ends with a table of your marks and what is next to do. At first everything is *not implemented*.

Where there is no `python`, the first command begins with `python3`, on Windows with `py`. Where PowerShell refuses to
run scripts, leave the second out and write `.venv\\Scripts\\python` for `python`. Where the terminal finds no `pytest`,
write `python -m pytest`.
"""


def _work(rubric: Rubric, formats: Collection[str]) -> str:
    automatic = [question for question in rubric.questions if question.module]
    modules = dict.fromkeys(f"`student/{question.module}.py`" for question in automatic)
    notebook = f"`student/{rubric.assignment}.ipynb`"
    lines = ["## Work"]
    if "py" in formats:
        lines.append(paragraph(f"Fill the stubs in {listed(modules)}: each docstring says what is asked."))
    if "ipynb" in formats:
        either = "Or work in the notebook" if "py" in formats else "Work in the notebook"
        lines.append(
            paragraph(
                f"{either} {notebook}, in VS Code or in Jupyter (`python -m pip install jupyterlab`, then "
                "`python -m jupyter lab`). A cell after each question checks your functions as they are at that "
                "moment; `pytest` checks the saved notebook."
            )
        )
    lines.append(f"""Some ways to run the checks:

```sh
pytest --question {automatic[0].id}
pytest --question "{automatic[0].id.partition(".")[0]}.*" -x
pytest --submission=elsewhere/work.ipynb
```

The first runs one question, the second several until one check fails, the third your work from another place.""")
    if any(question.lent for question in rubric.questions):
        lines.append(
            paragraph(
                "The checks find what this kit lends, in `lent/`, by themselves. A script of your own that imports it "
                "is run in `student/` by `PYTHONPATH=../lent python SCRIPT.py`; in PowerShell "
                "`$env:PYTHONPATH = '../lent'` goes before."
            )
        )
    return "\n\n".join(lines)


def _wrong(rubric: Rubric) -> str:
    question = next(question for question in rubric.questions if question.module)
    paragraphs = [
        "It says what was asked, the smallest input that fails, what was expected and what came, and lines of Python "
        f"that reproduce it, to be run in `student/`{_with_what_is_lent(rubric)}. What you `print` is shown below. To "
        f"look inside while it runs, write `breakpoint()` into your function and run "
        f"`pytest -s --question {question.id}`"
        "; or let `pytest --pdb` "
        "stop where your code raises an exception.",
        f"The checks themselves are in {listed(f'`{path}`' for path in rubric.suites.public)}. Reading them is "
        "allowed.",
    ]
    return "\n\n".join(["## When a check fails", *map(paragraph, paragraphs)])


def _with_what_is_lent(rubric: Rubric) -> str:
    lent = any(question.lent for question in rubric.questions)
    return " (with `PYTHONPATH=../lent` where your code imports what is lent)" if lent else ""


def _hand_in(rubric: Rubric, formats: Collection[str]) -> str:
    if "py" not in formats:
        what = f"the notebook `student/{rubric.assignment}.ipynb`, with any file that its code reads"
    else:
        either = "; fill the stubs or the notebook, not half in each" if "ipynb" in formats else ""
        what = f"your folder `student/`, with any file that your code reads{either}"
    name = " Its name holds your roll number." * bool(rubric.submissions.name)
    by_hand = " What a person marks goes with it, as its question says." * any(c.manual for c in rubric.criteria)
    called = rubric.submissions.called
    packed = " A folder is packed as one `.zip` or `.tar.gz` of that name." * bool(called and "py" in formats)
    begins = "What counts is" if called else "Hand in"
    page = paragraph(
        f"{begins} {what}.{packed or name}{by_hand} Keep the names of functions and classes; everything else is "
        "yours: more functions, more files, other ways to compute. For marks, only imports, definitions and the "
        "assignments that they need are run, no plots or experiments beside them. Staff run these checks and hidden "
        "ones, which look at more cases, with your code confined: no network, no other programs, no other files."
    )
    return "\n\n".join(["## Hand in", *how_words(rubric.submissions), page, *together_words(rubric)])


def _question(question: Question, rubric: Rubric, checks: Mapping[str, int], formats: Collection[str]) -> str:
    lines = [f"### {heading(question)}", *map(paragraph, task_words(question))]
    if question.module and question.names:
        place = f"student/{question.module}.py" if "py" in formats else f"student/{rubric.assignment}.ipynb"
        lines.append(
            paragraph(
                f"`{question.id}`: write {names_in_code(question)} in `{place}`, with {packages_words(question)}."
            )
        )
    if question.sheet:
        lines.append(paragraph(sheet_words(question)))
    lines.append(criteria_table(question, checks))
    return "\n\n".join(lines)
