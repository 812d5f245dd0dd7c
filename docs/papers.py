"""Writes papers.md: what the five papers ask, sentence by sentence, and where it is. Run as `python docs/papers.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from grader.rubric.load import load_rubric
from grader.rubric.model import Rubric

ROOT = Path(__file__).parents[1]
HEAD = """\
# The five papers, sentence by sentence

The course's assignments are five real ones. This table tells, for each sentence of their texts in few words, where it
is: a question or criterion of the rubric (*checks*, or *a person* who marks it by its task, and the model answer), a
field of the rubric that the hand-out shows, a picture, a page of this documentation. Where something is otherwise than
in the paper, or nowhere, it says why. What a question asks in full, its stub or its task says.

Made by `python docs/papers.py` of [papers.yaml](papers.yaml); a test holds both to the rubrics.
"""
Paper = dict[str, Any]


def papers() -> list[Paper]:
    """Return what papers.yaml holds."""
    data: list[Paper] = yaml.safe_load((ROOT / "docs" / "papers.yaml").read_text(encoding="utf-8"))
    return data


def page() -> str:
    """Return papers.md."""
    return "\n".join([HEAD, *(line for paper in papers() for line in _section(paper))])


def place(where: str, rubric: Rubric) -> str:
    """Return a place in words. Raises ValueError for one that does not exist."""
    for question in rubric.questions:
        criteria = [one for one in question.criteria if where in (question.id, one.id)]
        if criteria:
            return f"`{where}` ({_judges({one.manual for one in criteria}, question.id)})"
    if "/" in where and (ROOT / where).is_file():
        return f"[{Path(where).name}]({Path(where).relative_to('docs').as_posix()})"
    value: object = rubric
    for name in where.split("."):
        value = getattr(value, name, None)
    if not value or "/" in where:
        raise ValueError(f"{rubric.assignment} has no {where}")
    return f"rubric's `{where}`"


def _judges(manual: set[bool], question: str) -> str:
    """Return who decides criteria of a question, with a link to the model answer to what a person marks."""
    judges = ["checks"] if False in manual else []
    answer = ROOT / "solutions" / "answers" / f"{question}.md"
    person = f"a person, [answer](../solutions/answers/{answer.name})" if answer.is_file() else "a person"
    return " and ".join([*judges, *[person] * (True in manual)])


def _section(paper: Paper) -> Iterator[str]:
    rubric = load_rubric(ROOT / "rubrics" / f"{paper['assignment']}.yaml")
    source = f"../solutions/notebooks/{rubric.assignment}.py"
    worked = f"; the experiments are done in a notebook, made of [this source]({source})"
    yield from (f"## {paper['paper']}", "", f"`{rubric.assignment}`{worked}.", "")
    yield from ("| | the paper says | where it is | why so |", "| ---: | --- | --- | --- |")
    for number, sentence in enumerate(paper["sentences"], 1):
        places = ", ".join(place(where, rubric) for where in sentence.get("where", []))
        yield f"| {number} | {sentence['says']} | {places or '–'} | {sentence.get('why', '')} |"
    yield ""


if __name__ == "__main__":
    (ROOT / "docs" / "papers.md").write_text(page(), encoding="utf-8")
