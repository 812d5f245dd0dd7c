"""The page of a kit that says what is asked, what it is worth and how to hand it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from grader.course.rubric.model import Question, Rubric
from grader.kit.handing_in import counting_words, experiment_words, how_words, reading_words, together_words
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


def handout(rubric: Rubric, checks: Mapping[str, int], formats: Collection[str]) -> str:
    """Return ASSIGNMENT.md of a kit.

    `checks` counts the public checks of each criterion; `formats` contains ``py``, ``ipynb`` or both.
    """
    parts: list[str] = [
        f"# {escaped(rubric.title)}\n\n`{rubric.assignment}` · {marks_words(rubric.marks)}",
        "## What is asked",
        *(_question(question, rubric, checks, formats) for question in rubric.questions),
        _hand_in(rubric, formats),
        *counting_words(rubric),
        *experiment_words(rubric.experiments, formats),
        *reading_words(rubric),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _hand_in(rubric: Rubric, formats: Collection[str]) -> str:
    notebook = f"`student/{rubric.assignment}.ipynb`"
    packed = ", packed as one `.zip` or `.tar.gz` with that name" * bool(rubric.submissions.called)
    by_hand = any(criterion.manual for criterion in rubric.criteria)
    folder = f"your folder `student/`, with all files that your code reads{packed}"
    ways = []
    if "ipynb" in formats:
        ways.append(f"the notebook {notebook}, saved with its outputs{', which show your text and pictures' * by_hand}")
    if "py" in formats:
        ways.append(folder + ", and with the files that a person marks" * by_hand)
    if len(ways) > 1:
        what = "\n".join(["Hand in one of the two, not parts of each:\n", *(f"- {way};" for way in ways)])[:-1] + "."
    else:
        what = paragraph(f"Hand in {ways[0]}.")
    name = "Its name contains your roll number. " * bool(rubric.submissions.name and not rubric.submissions.called)
    page = paragraph(
        f"{name}Keep the names of functions and classes; everything else is "
        "yours: more functions, more files, other ways to compute. For marks, only imports, definitions and the "
        "assignments that they need are run, not plots or experiments. Staff run these checks and hidden "
        "ones, which try more cases, with your code confined: no network, no other programs, no other files."
    )
    return "\n\n".join(["## Hand in", *how_words(rubric.submissions), what, page, *together_words(rubric)])


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
