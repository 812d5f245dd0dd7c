"""The sample class gets the marks that a careful person wrote down beforehand in examples/expected.yaml."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CLASS = ROOT / "examples" / "class"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "examples" / "expected.yaml").read_text(encoding="utf-8"))
BY_HAND = ("saliency.picture.clarity", "optimizers.picture.clarity", "code.style.readable")
GRADED = [name for name, entry in EXPECTED.items() if not entry.get("refused")]


@pytest.fixture(scope="module")
def out(checkout: Path) -> Path:
    """The sample class, graded by the command of README.md."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["make", "demo"], cwd=checkout, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return checkout / "build" / "demo"


def result(out: Path, name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((out / "results" / f"{name}.json").read_text(encoding="utf-8"))
    return document


def outcomes(document: dict[str, Any]) -> dict[str, str]:
    return {c["id"]: c["outcome"] for q in document["questions"] for c in q["criteria"]}


def test_everything_in_the_class_is_expected_and_listed(out: Path) -> None:
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["submission"]: row for row in csv.DictReader(file)}
    assert set(listed) == set(EXPECTED)
    assert len(listed) >= 10
    for name in set(EXPECTED) - set(GRADED):
        assert listed[name]["marks"] == ""
        assert "not a submission" in listed[name]["remark"]


@pytest.mark.parametrize("name", GRADED)
def test_each_question_earns_what_a_careful_person_gives(out: Path, name: str) -> None:
    document = result(out, name)
    earned = [question["marks"] for question in document["questions"]]
    assert earned == EXPECTED[name]["marks"]
    assert Fraction(document["marks"]) == sum(map(Fraction, EXPECTED[name]["marks"]))


@pytest.mark.parametrize("name", [name for name in GRADED if "lost" in EXPECTED[name]])
def test_exactly_the_criteria_that_were_got_wrong_are_lost(out: Path, name: str) -> None:
    found = outcomes(result(out, name))
    assert {found.pop(criterion) for criterion in BY_HAND} == {"to_be_marked"}
    expected = {
        criterion: how
        for part, how in EXPECTED[name]["lost"].items()
        for criterion in found
        if f"{criterion}.".startswith(f"{part}.")
    }
    assert {criterion: how for criterion, how in found.items() if how != "passed"} == expected


@pytest.mark.parametrize("name", [name for name in GRADED if "all" in EXPECTED[name]])
def test_all_criteria_end_in_the_same_way(out: Path, name: str) -> None:
    found = outcomes(result(out, name))
    for criterion in BY_HAND:
        found.pop(criterion)
    assert set(found.values()) == {EXPECTED[name]["all"]}


def test_a_forger_passes_no_criterion(out: Path) -> None:
    assert "passed" not in outcomes(result(out, "cs23b034_jai")).values()


def test_a_syntax_error_is_told_with_its_line(out: Path) -> None:
    first = {q["id"]: q["criteria"][0] for q in result(out, "cs23b028_hari")["questions"]}
    for question in ("optimizers.sgd", "optimizers.momentum"):
        assert first[question]["outcome"] == "raised"
        assert "SyntaxError" in first[question]["feedback"]
        assert "cs23b028_hari.py:7: def bowl_gradient(point)" in first[question]["feedback"]
    # Of all others the script has no word.
    assert [question for question, ended in first.items() if ended["outcome"] == "raised"] == [
        "optimizers.sgd",
        "optimizers.momentum",
    ]


def test_the_untouched_submission_is_the_stub_that_is_handed_out() -> None:
    handed_in = sorted((CLASS / "cs23b007_chitra").iterdir())
    assert [file.stem for file in handed_in] == ["optimizers", "saliency", "saliency_picture"]
    for file in handed_in:
        assert file.read_text(encoding="utf-8") == (ROOT / "student" / file.name).read_text(encoding="utf-8")
