"""A kit's notebook: each question with its stubs, and a cell that checks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import nbformat
from nbformat import NotebookNode, v4

from grader.course.rubric.model import Question, Rubric
from grader.kit.handing_in import how_words
from grader.kit.stub_parts import StubParts
from grader.kit.words import (
    criteria_table,
    escaped,
    heading,
    marks_words,
    names_in_code,
    packages_words,
    sheet_words,
    task_words,
)
from grader.worker.reading.markdown import OWN, fingerprint

_ANSWER = "*Replace this line with your answer. Add cells as you need them.*"


def notebook(rubric: Rubric, checks: Mapping[str, int], stubs: Mapping[str, str]) -> str:
    """Return an ``.ipynb`` document (nbformat 4.5).

    `checks` counts the public checks of each criterion, `stubs` maps each module to its stub.
    """
    parts = {module: StubParts.of(stub) for module, stub in stubs.items()}
    cells = [_markdown(_first_words(rubric)), _code("from grader.kit.cells import check, hint")]
    begun: set[str] = set()
    for question in rubric.questions:
        if question.module and question.module not in begun:
            begun.add(question.module)
            cells += _module(question.module, parts[question.module], alone=len(parts) == 1)
        cells += _question(question, checks, parts)
    cells += [_markdown("## All questions"), _code("check()")]
    for number, cell in enumerate(cells, 1):  # random otherwise; the same release should have the same bytes
        cell["id"] = f"cell-{number}"
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return str(nbformat.writes(v4.new_notebook(cells=cells, metadata=metadata))) + "\n"


def _first_words(rubric: Rubric) -> str:
    first = [*how_words(rubric.submissions)][:1] if rubric.submissions.called else []
    return f"""# {escaped(rubric.title)}

`{rubric.assignment}` · {marks_words(rubric.marks)}

Install what the checks need once, in a terminal in the kit's folder (or here, in a new cell:
`%pip install -r ../requirements.txt`, then restart the kernel):

```sh
python -m pip install -r requirements.txt
```

Then fill in the functions below. After each question a cell checks them as they are at that moment, without saving:
run the cell of a function, then the cell with `check`. To check the saved notebook as it will be marked, without the
kernel's state:

```sh
pytest
```

This notebook and `pytest` run the same checks. See HELP.md for debugging, and ASSIGNMENT.md for experiments and
what to hand in.
{"".join(f"{line} " for line in first)}Save the notebook with its outputs: a person looks at these too."""


def _module(name: str, parts: StubParts, *, alone: bool) -> Iterator[NotebookNode]:
    words = parts.docstring if alone else f"# {escaped(name)}\n\n{parts.docstring}"
    if parts.docstring:
        yield _markdown(words)
    if parts.preamble:
        yield _code(parts.preamble)


def _question(question: Question, checks: Mapping[str, int], parts: Mapping[str, StubParts]) -> Iterator[NotebookNode]:
    words = [f"## {heading(question)}", *task_words(question)]
    if not question.module:
        words += [sheet_words(question)] if question.sheet else []
        yield _markdown("\n\n".join([*words, criteria_table(question, checks)]))
        if not question.sheet:
            yield _markdown(_ANSWER)
        return
    if question.names:
        words.append(f"Write {names_in_code(question)}, with {packages_words(question)}.")
    yield _markdown("\n\n".join([*words, criteria_table(question, checks)]))
    for name, code in parts[question.module].definitions.items():
        if name in question.names:
            yield _code(code)
    if any(checks.get(criterion.id) for criterion in question.criteria):
        yield _code(f'check("{question.id}")')


def _markdown(text: str) -> NotebookNode:
    # Its fingerprint later distinguishes a cell that a student left unchanged from one with an answer.
    cell: NotebookNode = v4.new_markdown_cell(text, metadata={OWN: fingerprint(text)})
    return cell


def _code(text: str) -> NotebookNode:
    cell: NotebookNode = v4.new_code_cell(text)
    return cell
