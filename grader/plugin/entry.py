"""The student's side of pytest: the same suites on their own code, in their own process.

Registered with pytest wherever gradproof is installed; outside a course, or for tests that ask for
no `submission`, it does nothing.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Generator
from pathlib import Path

import pytest

from grader.checks import Submission
from grader.errors import CourseError, UsageError
from grader.feedback import feedback_text
from grader.outcome import CheckResult
from grader.plugin import fixture, profile
from grader.plugin.assignments import Assignments, Placed
from grader.plugin.collected import check_of
from grader.plugin.fixture import SUBMISSION
from grader.plugin.inprocess import InProcess
from grader.plugin.scores import score_lines
from grader.plugin.verdict import judge

PLACED = pytest.StashKey[Placed]()
RESULT = pytest.StashKey[CheckResult]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a student can say on the command line."""
    group = parser.getgroup("gradproof")
    group.addoption("--submission", metavar="PATH", help="the work to check: a folder, .py or .ipynb (default: student/)")
    group.addoption(
        "--question", metavar="GLOB", action="append", default=[],
        help="only questions (or criteria) with such an id, e.g. optimizers.momentum or 'optimizers.*'",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and the course if there is one around the tests."""
    config.addinivalue_line("markers", "criterion(id, weight): the criterion a check counts for")
    config.pluginmanager.register(fixture, "gradproof-fixture")
    if any(path.name == "rubrics" for folder in _folders(config.rootpath) for path in folder.glob("rubrics")):
        profile.install()
        config.pluginmanager.register(StudentSession(config), "gradproof-student")


def _folders(start: Path) -> tuple[Path, ...]:
    return (start, *start.parents)


class StudentSession:
    """One run of a student's pytest in a course."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._assignments = Assignments.around(config.rootpath)
        self._submission = config.stash[SUBMISSION] = Submission()
        self._channels: dict[str, InProcess] = {}
        self._results: list[tuple[Placed, CheckResult]] = []

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Find each check's question; leave out what `--question` does not name."""
        kept: list[pytest.Item] = []
        left_out: list[pytest.Item] = []
        globs: list[str] = config.getoption("--question")
        for item in items:
            if item.get_closest_marker("criterion") is None:
                kept.append(item)
                continue
            try:
                check = check_of(item, self._assignments.root, self._assignments.visibility)
                placed = self._assignments.place(check)
            except (CourseError, UsageError) as error:
                raise pytest.UsageError(str(error)) from error
            item.stash[PLACED] = placed
            wanted = not globs or any(placed.matches(glob, fnmatch.fnmatchcase) for glob in globs)
            (kept if wanted else left_out).append(item)
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = kept

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Point `submission` at the check's question, with the check's own seed."""
        placed = item.stash.get(PLACED, None)
        if placed is None:
            return
        test = getattr(item, "obj", None)
        if callable(test):
            profile.seed_test(test, profile.derived_seed(b"", placed.rubric.assignment, placed.check.id))
            profile.on_each_example(test, self._submission.begin)
        self._submission.begin(self._channel(placed))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say what went wrong in the student's words instead of in pytest's."""
        report = yield
        placed = item.stash.get(PLACED, None)
        if placed is None or (call.when != "call" and call.excinfo is None):
            return report
        error = call.excinfo.value if call.excinfo else None
        result = judge(placed.check, error, self._submission, placed.module)
        self._results.append((placed, result))
        if error is not None and self._config.getoption("tbstyle") == "auto":
            report.longrepr = feedback_text(result, staff=result.check_erred) or str(error)
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the marks by question and what is next to do."""
        if self._results:
            terminalreporter.section("marks by these checks")
            for line in score_lines(self._results):
                terminalreporter.write_line(line)

    def _channel(self, placed: Placed) -> InProcess:
        if placed.question.id not in self._channels:
            root, files = self._work()
            self._channels[placed.question.id] = InProcess(root, files, placed.module, placed.question.names)
        return self._channels[placed.question.id]

    def _work(self) -> tuple[Path, list[str]]:
        """Return the folder of the student's work and its scripts and notebooks."""
        chosen = self._config.getoption("--submission")
        path = (self._config.invocation_params.dir / chosen) if chosen else self._assignments.student
        if path.is_file():
            return path.resolve().parent, [path.name]
        if not path.is_dir():
            raise pytest.UsageError(f"{path}: no such file or folder; name your work with --submission PATH")
        root = path.resolve()
        found = [file for pattern in ("*.py", "*.ipynb") for file in root.rglob(pattern)]
        return root, sorted(file.relative_to(root).as_posix() for file in found if not _is_hidden(file, root))


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in file.relative_to(root).parts)
