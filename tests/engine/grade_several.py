"""Grades submissions one after the other with one `Grader` and writes down all that staff can read of each.

A program of its own, because grading runs pytest and these are started from a pytest:
``python grade_several.py COURSE ASSIGNMENT ISOLATION OUT.json SUBMISSION …``
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

from grader.course.folder import Course
from grader.grading.session import Grader, opened_grader


def graded(grader: Grader, path: Path) -> dict[str, Any]:
    """Return a submission's result, the staff's side of each check, and what went wrong, if anything."""
    try:
        grading = grader.grade(path)
    except BaseException as error:
        return {"error": repr(error)}
    document = json.loads(grading.result.to_json())
    outcomes = {c["id"]: c["outcome"] for q in document["questions"] for c in q["criteria"]}
    checks = [dataclasses.asdict(check) for check in grading.checks]
    return {"error": "", "result": document, "outcomes": outcomes, "checks": checks}


def main(course: str, assignment: str, isolation: str, out: str, *submissions: str) -> None:
    """Grade `submissions` and write a list of what became of each to `out`."""
    found = Course.find(Path(course))
    with opened_grader(found, found.rubric(assignment), isolation=isolation) as grader:
        results = [graded(grader, Path(path)) for path in submissions]
    Path(out).write_text(json.dumps(results, default=repr), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
