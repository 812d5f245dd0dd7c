"""The peers that grade a notebook: nbgrader and Otter-Grader, each with an assignment made by its own commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from forms import CHECKS
from tool import NotMeasured, Peer
from works import NAMES, PRELUDE, SOLVED, Marks, Work

Cell = dict[str, Any]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
MARKS_OF_NBGRADER = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    notebook = gradebook.find_submission_notebook("plain", "plain", sys.argv[1])
    print(json.dumps({grade.name: grade.auto_score for grade in notebook.grades}))
"""


def _cell(kind: str, source: str, **metadata: object) -> Cell:
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": metadata, "source": source, **code}


def _code(source: str, **metadata: object) -> Cell:
    return _cell("code", source, **metadata)


def _write_notebook(path: Path, cells: list[Cell]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    named = [{"id": f"cell{number}", **cell} for number, cell in enumerate(cells)]
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": KERNEL, "cells": named}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


class Nbgrader(Peer):
    """`nbgrader autograde` of one more student: an autograded answer cell a function, a test cell a check."""

    name = "nbgrader"
    how = "nbgrader autograde plain --student NAME"

    def prepare(self) -> None:
        (self.work / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "plain"\n')
        _write_notebook(self.work / "source" / "plain" / "plain.ipynb", self._source())
        self.run("nbgrader", "generate_assignment", "plain", cwd=self.work)

    def _source(self) -> list[Cell]:
        cells = [_code(PRELUDE)]
        for name in NAMES:
            answer = {"grade": False, "solution": True, "locked": False}
            solved = f"### BEGIN SOLUTION\n{SOLVED[name]}\n### END SOLUTION"
            cells.append(_code(solved, nbgrader={"schema_version": 3, "grade_id": name, "task": False, **answer}))
            for check in CHECKS:
                if check.function == name:
                    test = {"grade": True, "solution": False, "locked": True, "points": 1}
                    marked = {"schema_version": 3, "grade_id": check.name, "task": False, **test}
                    cells.append(_code(check.as_cell, nbgrader=marked))
        return cells

    def hand_in(self, work: Work, label: str) -> Path:
        released = json.loads((self.work / "release" / "plain" / "plain.ipynb").read_text())["cells"]
        released[0]["source"] = work.prelude
        for cell in released:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in work.functions:
                cell["source"] = work.functions[name]
        _write_notebook(self.work / "submitted" / label / "plain" / "plain.ipynb", released)
        return self.work / "submitted" / label

    def grade(self, place: Path) -> None:
        self.run("nbgrader", "autograde", "plain", "--student", place.name, cwd=self.work)

    def marks(self, place: Path) -> Marks:
        scores = json.loads(self.run("python", "-c", MARKS_OF_NBGRADER, place.name, cwd=self.work).splitlines()[-1])
        return {name: sum(int(scores[c.name]) for c in CHECKS if c.function == name) for name in NAMES}


class Otter(Peer):
    """`otter run` of one more notebook, with the autograder that `otter assign` makes; no container."""

    name = "otter-grader"
    how = "otter run -a autograder.zip NOTEBOOK"

    def prepare(self) -> None:
        master = _write_notebook(self.work / "plain.ipynb", self._master())
        self.run("otter", "assign", "--no-pdfs", master.name, "dist", cwd=self.work)
        archives = list((self.work / "dist" / "autograder").glob("*.zip"))
        if len(archives) != 1:
            raise NotMeasured(f"otter assign made {len(archives)} autograder archives")
        self._archive = archives[0]

    def _master(self) -> list[Cell]:
        cells = [_cell("raw", "# ASSIGNMENT CONFIG\ninit_cell: true\nexport_cell: false"), _code(PRELUDE)]
        for name in NAMES:
            own = [check for check in CHECKS if check.function == name]
            cells.append(_cell("raw", f"# BEGIN QUESTION\nname: {name}\npoints: {len(own)}"))
            cells += [_cell("raw", "# BEGIN SOLUTION"), _code(SOLVED[name]), _cell("raw", "# END SOLUTION")]
            cells += [_cell("raw", "# BEGIN TESTS"), *(_code(check.as_cell) for check in own)]
            cells += [_cell("raw", "# END TESTS"), _cell("raw", "# END QUESTION")]
        return cells

    def hand_in(self, work: Work, label: str) -> Path:
        start = "import otter\ngrader = otter.Notebook()"
        cells = [_code(source) for source in (start, work.prelude, *work.functions.values())]
        return _write_notebook(self.work / "submitted" / label / "plain.ipynb", cells).parent

    def grade(self, place: Path) -> None:
        self.run("otter", "run", "--no-logo", "-a", str(self._archive), "-o", ".", "plain.ipynb", cwd=place)

    def marks(self, place: Path) -> Marks:
        tests = json.loads((place / "results.json").read_text())["tests"]
        given = {test["name"]: test for test in tests}
        return {name: round(given[name]["score"]) for name in NAMES}
