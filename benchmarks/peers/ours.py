"""Our own rows: one more submission in a batch that is under way, and one by a command of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from multiprocessing.connection import wait
from pathlib import Path

from forms import our_rubric, our_suite
from tool import NotMeasured, Tool, write_files
from works import NAMES, RIGHT, Marks, Work

from grader.cohort.jobs import Job
from grader.cohort.reports import GradingAttempt, Order
from grader.core.errors import GradproofError
from grader.core.files import write_whole
from grader.sandbox.probe import choose

ISOLATION = "auto"


class Ours(Tool):
    """What both have in common: a course with a suite and rubric made from the checks, and results as JSON."""

    apart = False

    @property
    def version(self) -> str:
        return version("gradproof")

    def set_up(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        files = {
            "rubrics/plain.yaml": our_rubric("plain", apart=self.apart),
            "tests/hidden/test_plain.py": our_suite(apart=self.apart),
            "reference/right.py": RIGHT.script(),
        }
        self._course = write_files(self.folder / "course", files)
        try:
            self.jailed = choose(ISOLATION)
        except GradproofError as error:
            raise NotMeasured(error.message) from error

    def hand_in(self, work: Work, label: str) -> Path:
        return write_files(self.folder / "inbox" / label, {"right.py": work.script()})

    def result_file(self, place: Path) -> Path:
        """Return where the result of a submission goes."""
        return self.folder / "results" / f"{place.name}.json"

    def marks(self, place: Path) -> Marks:
        result = json.loads(self.result_file(place).read_text())
        earned = {question["id"].partition(".")[2]: question["marks"] for question in result["questions"]}
        return {name: int(earned[name]) for name in NAMES}


class Warm(Ours):
    """One more submission of a batch: the job of `grader batch`, asked as it asks, and the result written."""

    name = "gradproof"
    how = "one more in grader batch"
    _job: Job | None = None

    def grade(self, place: Path) -> None:
        if self._job is None:
            self._job = Job(Order(self._course, "plain", ISOLATION), GradingAttempt(place))
        else:
            self._job = self._job.go_on(GradingAttempt(place), fresh=False)
        wait([self._job.connection])
        try:
            report = self._job.report()
        except GradproofError as error:
            raise NotMeasured(error.message) from error
        if report.result is None:
            raise NotMeasured(report.fault or report.refused)
        write_whole(self.result_file(place), report.result.to_json(), lasting=False)

    def close(self) -> None:
        if self._job is not None:
            self._job.end()


class Apart(Warm):
    """The same, with a criterion and so a fresh worker for each of the fifteen checks."""

    name = "gradproof-15"
    how = "one more in grader batch, 15 criteria"
    apart = True


class Command(Ours):
    """`grader run` once a submission, with everything that starts and ends with it."""

    name = "gradproof-run"
    how = "grader run, started for each"

    def grade(self, place: Path) -> None:
        file = self.result_file(place)
        file.parent.mkdir(parents=True, exist_ok=True)
        words = ["run", str(place), "--assignment", "plain", "--course", str(self._course), "--json", str(file)]
        done = subprocess.run([sys.executable, "-m", "grader", *words], check=False, capture_output=True, text=True)
        if done.returncode:
            raise NotMeasured((done.stderr.strip().splitlines() or ["grader run failed"])[-1])
