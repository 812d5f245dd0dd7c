"""The table of the papers' sentences names what exists, leaves no question of the rubrics out, and is up to date."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from grader.course.rubric.load import load_rubric

ROOT = Path(__file__).parents[2]


def script() -> Any:
    spec = importlib.util.spec_from_file_location("papers", ROOT / "docs" / "papers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAPERS = script()
EACH = pytest.mark.parametrize("paper", PAPERS.papers(), ids=lambda paper: paper["assignment"])


def test_every_assignment_has_its_paper() -> None:
    assert {paper["assignment"] for paper in PAPERS.papers()} == {path.stem for path in ROOT.glob("rubrics/*.yaml")}


@EACH
def test_what_a_person_marks_and_the_experiments_have_their_model(paper: dict[str, Any]) -> None:
    """Catches: a link of the table to an answer or a notebook that is not there."""
    text = PAPERS.page().partition(f"## {paper['paper']}")[2].partition("\n## ")[0]
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert any("notebooks" in link for link in links)
    assert all((ROOT / "docs" / link).is_file() for link in links)


@EACH
def test_every_sentence_has_its_place_or_a_reason(paper: dict[str, Any]) -> None:
    """Catches: an id that was renamed, a picture that is gone, a sentence that nobody answers for."""
    rubric = load_rubric(ROOT / "rubrics" / f"{paper['assignment']}.yaml")
    for sentence in paper["sentences"]:
        assert sentence.get("where") or sentence.get("why"), sentence
        assert all(PAPERS.place(where, rubric) for where in sentence.get("where", []))


@EACH
def test_every_question_and_what_a_person_marks_comes_from_a_sentence(paper: dict[str, Any]) -> None:
    rubric = load_rubric(ROOT / "rubrics" / f"{paper['assignment']}.yaml")
    named = {where for sentence in paper["sentences"] for where in sentence.get("where", [])}
    for question in rubric.questions:
        ids = {question.id, *(criterion.id for criterion in question.criteria)}
        assert named & ids, question.id
        manual = {criterion.id for criterion in question.criteria if criterion.manual}
        assert question.id in named or manual <= named, question.id


def test_a_place_that_does_not_exist_is_told() -> None:
    rubric = load_rubric(ROOT / "rubrics" / "rrc-2021-a2.yaml")
    for nowhere in ("ablation.recorded", "docs/pictures/none.png", "submissions.nothing"):
        with pytest.raises(ValueError, match="has no"):
            PAPERS.place(nowhere, rubric)


def test_the_page_is_what_the_data_makes_of_it() -> None:
    assert (ROOT / "docs" / "papers.md").read_text(encoding="utf-8") == PAPERS.page()
