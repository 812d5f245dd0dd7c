"""The peers that grade a module: pytest, and a unittest runner of gradescope-utils."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from forms import FUNCTION_OF, pytest_suite, unittest_suite
from tool import Peer, write_files
from works import NAMES, Marks, Work


def _count(passed: Iterable[str]) -> Marks:
    marks = dict.fromkeys(NAMES, 0)
    for check in passed:
        marks[FUNCTION_OF[check]] += 1
    return marks


class Pytest(Peer):
    """`python -m pytest` once a submission, its outcome as JUnit XML."""

    name = "pytest"
    how = "python -m pytest --junitxml"

    def hand_in(self, work: Work, label: str) -> Path:
        return write_files(self.work / label, {"submission.py": work.script(), **pytest_suite()})

    def grade(self, place: Path) -> None:
        # Status 1: some checks failed.
        self.run("python", "-m", "pytest", "-q", "--junitxml=report.xml", "test_checks.py", cwd=place, statuses=(0, 1))

    def marks(self, place: Path) -> Marks:
        cases = ElementTree.parse(place / "report.xml").iter("testcase")
        return _count(case.attrib["name"] for case in cases if not len(case))


class GradescopeUtils(Peer):
    """The run_tests.py that gradescope-utils documents, once a submission, without Gradescope's container."""

    name = "gradescope-utils"
    how = "python run_tests.py (JSONTestRunner)"

    def hand_in(self, work: Work, label: str) -> Path:
        return write_files(self.work / label, {"submission.py": work.script(), **unittest_suite()})

    def grade(self, place: Path) -> None:
        self.run("python", "run_tests.py", cwd=place)

    def marks(self, place: Path) -> Marks:
        tests = json.loads((place / "results.json").read_text())["tests"]
        return _count(test["name"].split()[0] for test in tests if test["score"] == test["max_score"])
