"""README.md of a kit, its first page, which takes a minute to read: how to begin, work, and hand in."""

from __future__ import annotations

from collections.abc import Collection

from grader.core.text import listed
from grader.course.rubric.model import Question, Rubric
from grader.kit.handing_in import how_words
from grader.kit.words import escaped, marks_words, paragraph

ASSIGNMENT, HELP, FIRST_STEPS = "ASSIGNMENT.md", "HELP.md", "first_steps/README.md"


def start_page(rubric: Rubric, formats: Collection[str], megabytes: int) -> str:
    """Return README.md of a kit whose packages take this many `megabytes`; `formats` is ``py``, ``ipynb`` or both."""
    besides = ", not including Jupyter's kernel" if "ipynb" in formats else ""
    parts = [
        f"# {escaped(rubric.title)}\n\n`{rubric.assignment}` · {marks_words(rubric.marks)}",
        f"- [{ASSIGNMENT}]({ASSIGNMENT}): what is asked, what it is worth, how to hand in\n"
        f"- [{HELP}]({HELP}): Windows, notebooks, editors, debuggers, and what to do when something does not work",
        _START,
        paragraph(
            f"The packages take about {megabytes} MB on disk{besides}. `pytest` ends with a table of your marks and "
            "what to do next; at first everything is *not implemented*."
        ),
        "## Work",
        *_work(rubric, formats),
        _commands(rubric),
        "## Hand in",
        *[*how_words(rubric.submissions)][:1],
        paragraph(f"[{ASSIGNMENT}]({ASSIGNMENT}#hand-in) says what to include."),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


_START = """
## Start

With Python 3.11 or later, in a terminal in this folder:

```sh
python -m venv .venv
source .venv/bin/activate    # Windows: .venv\\Scripts\\activate
python -m pip install -r requirements.txt
pytest
```
"""


def first_question(rubric: Rubric) -> Question:
    """Return the first question that is answered in code."""
    return next(question for question in rubric.questions if question.module)


def _work(rubric: Rubric, formats: Collection[str]) -> list[str]:
    modules = dict.fromkeys(f"`student/{question.module}.py`" for question in rubric.questions if question.module)
    notebook = f"`student/{rubric.assignment}.ipynb`"
    words = f"Fill in the stubs in {listed(modules)}: each docstring says what is asked." if "py" in formats else ""
    either = "Or work" if words else "Work"
    words += f" {either} in the notebook {notebook}." if "ipynb" in formats else ""
    return [paragraph(words)]


def _commands(rubric: Rubric) -> str:
    question = first_question(rubric).id
    rows = {
        "pytest --watch": "checks what you have changed each time you save a file",
        f"pytest --question {question}": "checks one question",
        f"pytest --hint {question}": "gives one more hint about a question",
        "pytest --pdb": "stops where a check fails, so that you can inspect it",
        "pytest first_steps": f"a first exercise, solved in [{FIRST_STEPS}]({FIRST_STEPS}): how to read a failure",
    }
    if not rubric.hints:
        del rows[f"pytest --hint {question}"]
    return "\n".join(["| | |", "| --- | --- |", *(f"| `{command}` | {words} |" for command, words in rows.items())])
