"""Model answers and marking keys for what a person marks, from a course's folder ``solutions/answers``.

``QUESTION.md`` answers one question. It ends with a heading *Marking key*; below that there is, for each criterion that
a person marks, a heading with the criterion's id in backquotes and a table whose first column is marks. Marks in
parentheses are alternatives or deductions and are not added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.core.decimals import decimal_text, parse_marks
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric

_KEY = re.compile(r"^## Marking key\s*$", re.MULTILINE)
_CRITERION = re.compile(r"^### `([^`\n]+)`\s*$", re.MULTILINE)
_MARKS = re.compile(r"^\|\s*(\d+(?:\.\d+)?)\s*\|", re.MULTILINE)


@dataclass(frozen=True)
class ModelAnswer:
    """A model answer: its file, its text, and the sum of marks in its key, by criterion."""

    file: Path
    text: str
    marks: Mapping[str, Fraction]

    def key_of(self, criterion: str) -> str:
        """Return the marking key of a criterion as Markdown, without its heading."""
        return _keys(self.text)[criterion]


def model_answer(course: Course, question: str) -> ModelAnswer | None:
    """Return the model answer of a question, or None if the course has none."""
    file = course.answers / f"{question}.md"
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8", errors="replace")
    given = {
        criterion: sum((parse_marks(marks) for marks in _MARKS.findall(key)), Fraction())
        for criterion, key in _keys(text).items()
    }
    return ModelAnswer(file, text, given)


def model_answers(course: Course, rubric: Rubric) -> dict[str, ModelAnswer]:
    """Return the model answers that a course has for an assignment, by question."""
    found = {question.id: model_answer(course, question.id) for question in rubric.questions}
    return {question: answer for question, answer in found.items() if answer is not None}


def wrong_keys(course: Course, rubric: Rubric) -> Iterator[str]:
    """Yield each disagreement between the marking key of a model answer and its question."""
    answers = model_answers(course, rubric)
    for question in rubric.questions:
        if question.id in answers:
            yield from _wrong_key(question, answers[question.id])


def _wrong_key(question: Question, answer: ModelAnswer) -> Iterator[str]:
    by_hand = {criterion.id: abs(criterion.marks) for criterion in question.criteria if criterion.manual}
    for criterion in sorted(by_hand.keys() | answer.marks.keys()):
        if criterion not in by_hand:
            yield f"{answer.file}: has a key for {criterion}, which no person marks in {question.id}"
        elif criterion not in answer.marks:
            yield f"{answer.file}: has no marking key for {criterion}"
        elif answer.marks[criterion] != by_hand[criterion]:
            given, worth = (decimal_text(marks) for marks in (answer.marks[criterion], by_hand[criterion]))
            yield f"{answer.file}: the key of {criterion} gives {given} in all, and the rubric {worth}"


def _keys(text: str) -> dict[str, str]:
    """Return the text of each criterion's key; nothing if the answer has no marking key."""
    _, *below = _KEY.split(text, maxsplit=1)
    _, *parts = _CRITERION.split(below[0]) if below else [""]
    return {criterion: key.strip() for criterion, key in zip(parts[::2], parts[1::2], strict=True)}
