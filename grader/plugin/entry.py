"""The student's side of pytest: the same suites on their own code, in their own process.

Registered with pytest wherever gradproof is installed; outside a course, or for tests that ask for
no `submission`, it does nothing.
"""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from grader.checks import Submission
from grader.checks.changes import Changes
from grader.checks.handed_in import HandedIn, read_by
from grader.course import Course
from grader.errors import StaffError, UsageError
from grader.feedback import NOT_LOADED, feedback_text
from grader.outcome import CheckResult, Outcome
from grader.plugin import compat, fixture, profile
from grader.plugin.assignments import Assignments, Placed, course_folder
from grader.plugin.by_hand import by_hand_lines, files_in
from grader.plugin.collected import check_of
from grader.plugin.fixture import SUBMISSION
from grader.plugin.inprocess import BY_HAND, InProcess
from grader.plugin.scores import score_lines
from grader.plugin.verdict import judge, may_pass_whole
from grader.plugin.whole import Whole
from grader.rubric.model import Rubric
from grader.submission.which import asked_names, chosen_files
from grader.text import did_you_mean
from grader.worker.overview import definitions, ranked

C = TypeVar("C", bound=InProcess)
PLACED = pytest.StashKey[Placed]()
RESULT = pytest.StashKey[CheckResult]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a student can say on the command line; other projects may have options of these names."""
    if course_folder(Path.cwd()) is None:
        return
    group = parser.getgroup("gradproof")
    group.addoption("--submission", metavar="PATH", help="your work: a folder, .py or .ipynb (default: student/)")
    group.addoption(
        "--question", metavar="GLOB", action="append", default=[],
        help="only questions (or criteria) with such an id, e.g. optimizers.momentum or 'optimizers.*'",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and the course if there is one around the tests."""
    config.addinivalue_line("markers", "criterion(id, weight): the criterion a check counts for")
    config.pluginmanager.register(fixture, "gradproof-fixture")
    root = course_folder(config.rootpath)
    if root is None and "--submission" in config.invocation_params.args:
        # pytest looks for its root before it knows this option, and took the path for a folder of tests.
        raise pytest.UsageError("write --submission=PATH, with an equals sign, for work outside of the course's folder")
    if root is not None:
        profile.install()
        # A file or pipe that knows no Unicode, as on Windows, gets question marks: pytest would write all that is told
        # of a check as one escaped line.
        getattr(sys.stdout, "reconfigure", lambda **_: None)(errors="replace")
        config.pluginmanager.register(StudentSession(config, root), "gradproof-student")


class StudentSession:
    """One run of a student's pytest in a course."""

    def __init__(self, config: pytest.Config, root: Path) -> None:
        self._config = config
        self._root = root
        self._submission = config.stash[SUBMISSION] = Submission()
        self._channels: dict[str, InProcess] = {}
        self._files: dict[str, tuple[str, ...]] = {}
        self._choices: list[str] = []
        self._changes: dict[str, Changes] = {}
        self._results: list[tuple[Placed, CheckResult]] = []
        self._whole: dict[str, Whole | None] = {}
        self._told: set[str] = set()
        self._asked: list[Placed] = []
        self._not_begun: set[str] = set()
        self._nothing_here = False

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Find each check's question; leave out what `--question` does not name."""
        checks = [item for item in items if item.get_closest_marker("criterion") is not None]
        self._nothing_here = not items
        if not checks:
            return
        if len(checks) == len(items):  # the marks say it better, and shall be the last that is read
            compat.hide_short_summary(config)
        try:
            assignments = Assignments.of(self._root)
            for item in checks:
                check = check_of(item, assignments.root, assignments.visibility)
                item.stash[PLACED] = assignments.place(check)
            left_out = _not_asked_for(checks, config.getoption("--question", default=[]))
            self._work = find_work(config, assignments.student)
        except StaffError as error:
            raise pytest.UsageError(str(error)) from error
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember what is to run: after the first failure, `-x` leaves the rest."""
        self._asked = [item.stash[PLACED] for item in session.items if PLACED in item.stash]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Point `submission` at the check's question, with the check's own seed."""
        placed = item.stash.get(PLACED, None)
        if placed is None:
            return
        test = getattr(item, "obj", None)
        if callable(test):
            self._prepare(test, placed, self._submission)
        changes = self._changes.setdefault(placed.question.id, Changes(placed.question.may_change))
        changes.during(placed.check.criterion)
        self._submission.begin(self._channel(placed), self._handed_in(placed), changes)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Let a check that is lost pass where it does with the whole program: see docs/kit.md."""
        try:
            yield
        except (*BY_HAND, pytest.skip.Exception):
            raise
        except BaseException as error:
            placed = item.stash.get(PLACED, None)
            if placed is None or not self._passes_whole(item, placed, error):
                raise

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
        result = judge(placed.check, error, self._submission, self._channel(placed).homes)
        if result.check_erred:  # there is no reference to ask; most likely it was given a None
            result = replace(result, outcome=Outcome.FAILED)
        self._results.append((placed, result))
        if result.outcome is Outcome.PASSED:
            self._choices += [f"note on {placed.question.id}: {note}" for note in self._submission.told.notes]
        if error is not None and self._config.getoption("tbstyle") == "auto":
            # Who has a hidden suite on disk may read all of it.
            everything = placed.check.visibility == "hidden" or result.outcome is Outcome.BROKEN
            text = feedback_text(result, staff=everything)
            known = result.feedback.kind.startswith(NOT_LOADED) and text in self._told
            report.longrepr = "could not be loaded, as told above" if known else text
            if result.outcome is Outcome.NOT_IMPLEMENTED and (not result.feedback.kind or text in self._told):
                self._not_begun.add(report.nodeid)
            self._told.add(text)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Count what is only not begun by itself: there is nothing to read about it."""
        begun = report.when != "call" or report.nodeid not in self._not_begun
        return None if begun else ("not implemented", "n", "NOT IMPLEMENTED")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the marks by question and what is next to do."""
        if self._nothing_here and Path.cwd() != self._config.rootpath:
            terminalreporter.write_line(f"There are no checks here; run pytest in {self._config.rootpath}.")
        if self._results:
            terminalreporter.section("marks by these checks")
            for line in score_lines(self._results, asked=self._asked):
                terminalreporter.write_line(line)
            for choice in dict.fromkeys(self._choices):
                terminalreporter.write_line(choice)
            self._tell_what_is_marked_by_hand(terminalreporter)

    def _tell_what_is_marked_by_hand(self, terminalreporter: pytest.TerminalReporter) -> None:
        rubrics = {placed.rubric.assignment: placed.rubric for placed, _ in self._results}
        lines = [] if self._config.getoption("--question") else by_hand_lines(rubrics.values(), files_in(self._work[0]))
        if lines:
            terminalreporter.section("for a person to mark", sep="-")
        for line in lines:
            terminalreporter.write_line(line)

    def _channel(self, placed: Placed) -> InProcess:
        question = placed.question
        if question.id not in self._channels:
            self._channels[question.id] = self._open(placed, InProcess)
        return self._channels[question.id]

    def _ranked(self, rubric: Rubric) -> tuple[str, ...]:
        """Return the files of the work in the order in which an assignment's names are looked for in them."""
        if rubric.assignment not in self._files:
            root, files = self._work
            overview = definitions(root, files if len(files) > 1 else (), asked_names(rubric))
            self._files[rubric.assignment] = ranked(files, overview.defines)
            self._choices += chosen_files(rubric, self._files[rubric.assignment], overview)
        return self._files[rubric.assignment]

    def _open(self, placed: Placed, kind: type[C]) -> C:
        root, files = self._work[0], self._ranked(placed.rubric)
        question = placed.question
        return kind(
            root, files, placed.module, question.names, question.packages,
            lent=Course(self._root).lent if question.lent else None, graded_seconds=placed.cpu_seconds,
            forbidden=question.forbidden,
        )  # fmt: skip

    def _prepare(self, test: Callable[..., object], placed: Placed, submission: Submission) -> None:
        profile.seed_test(test, profile.derived_seed(b"", placed.rubric.assignment, placed.check.id))
        profile.on_each_example(test, submission.begin)

    def _passes_whole(self, item: pytest.Item, placed: Placed, error: BaseException) -> bool:
        """Tell whether a check that has ended with `error` passes when all of the student's program is run."""
        part, question, test = self._channel(placed), placed.question, getattr(item, "obj", None)
        if not part.differs or not may_pass_whole(judge(placed.check, error, self._submission, part.homes)):
            return False
        if question.id not in self._whole:
            self._whole[question.id] = self._open(placed, Whole)
        channel = self._whole[question.id]
        if channel is None or not isinstance(item, pytest.Function):
            return False
        again = Submission()  # the first one keeps what is to be told of the failure
        if callable(test):
            self._prepare(test, placed, again)
        again.begin(channel, self._handed_in(placed), Changes(placed.question.may_change))
        asked = item.funcargs
        compat.give(item, {**asked, "submission": again})
        try:
            item.runtest()
        except BY_HAND:
            raise
        except BaseException:
            if not channel.loaded:
                self._whole[question.id] = None
            return False
        finally:
            compat.give(item, asked)
        return True

    def _handed_in(self, placed: Placed) -> HandedIn:
        root = self._work[0]
        spec = placed.question.sheet
        return HandedIn(root, files_in(root), read=partial(read_by, spec) if spec else None)


def _not_asked_for(checks: list[pytest.Item], globs: list[str]) -> set[pytest.Item]:
    """Return the checks that no glob names. Raises UsageError for a glob that names none."""
    left_out = set(checks) if globs else set()
    known = sorted({item.stash[PLACED].question.id for item in checks})
    for glob in globs:
        named = {item for item in checks if item.stash[PLACED].matches(glob, fnmatch.fnmatchcase)}
        if not named:
            raise UsageError(
                f"no question here is called {glob!r}",
                expected=f"one of {', '.join(known)}, or a glob such as '{known[0].partition('.')[0]}.*'",
                todo=did_you_mean(glob, known),
            )
        left_out -= named
    return left_out


def find_work(config: pytest.Config, default: Path) -> tuple[Path, list[str]]:
    """Return the folder of the student's work and its scripts and notebooks."""
    chosen = config.getoption("--submission", default=None)
    path = (config.invocation_params.dir / chosen) if chosen else default
    root = path.resolve()
    if path.is_file():
        return root.parent, [path.name]
    if not path.is_dir():
        raise UsageError("no such file or folder", where=path, todo="name your work with --submission PATH")
    found = (file.relative_to(root) for pattern in ("*.py", "*.ipynb") for file in root.rglob(pattern))
    return root, sorted(file.as_posix() for file in found if not _is_foreign(file))


def _is_foreign(file: Path) -> bool:
    """Tell files that tools put there: caches, checkpoints, installed packages."""
    return any(part.startswith((".", "__pycache__", "site-packages")) for part in file.parts)
