"""The student's side of pytest: the same suites on their own code, in their own process.

Registered with pytest wherever gradproof is installed; it does nothing outside a course, or for tests that do not use
`submission`. A check belongs to the course that contains its suite, wherever pytest was started.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.checks import Submission
from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.submission import exchange_of
from grader.checks.sheets import NOT_FILLED_IN
from grader.core.errors import StaffError, UsageError
from grader.core.globs import chosen
from grader.core.outcome import CheckResult, Outcome
from grader.core.text import seen_from
from grader.pytest_side import compat, fixture, profile
from grader.pytest_side.assignments import Placed, course_folder, near_a_course
from grader.pytest_side.at_desk import AtDesk
from grader.pytest_side.collected import check_of
from grader.pytest_side.fixture import SUBMISSION
from grader.pytest_side.local import BY_HAND
from grader.pytest_side.log_filter import quieten_pictures
from grader.pytest_side.summary import Summary
from grader.pytest_side.told import ToldOfCheck, attach, told_by
from grader.pytest_side.under_way import UnderWay
from grader.pytest_side.verdict import charged
from grader.results.feedback import feedback_text

PLACED = pytest.StashKey[Placed]()
DESK = pytest.StashKey[AtDesk]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for students; other projects may have options with these names."""
    if not near_a_course(Path.cwd(), sys.argv[1:]):
        return
    group = parser.getgroup("gradproof")
    group.addoption("--submission", metavar="PATH", help="your work: a folder, .py or .ipynb (default: student/)")
    group.addoption(
        "--question", metavar="GLOB", action="append", default=[],
        help="only questions (or criteria) with this id, e.g. optimizers.momentum or 'optimizers.*'",
    )  # fmt: skip
    group.addoption("--hint", metavar="QUESTION", help="the next hint about a question, e.g. optimizers.momentum")
    group.addoption("--watch", action="store_true", help="each time a file is saved, check what has changed")


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Print a hint if one is asked for, or watch the work, instead of running the checks once."""
    root = course_folder(config.rootpath) or course_folder(config.invocation_params.dir)
    question = config.getoption("--hint", default=None)
    if root is not None and question:
        from grader.pytest_side.hints import hint_at_the_terminal

        return hint_at_the_terminal(config, root, question)
    if root is not None and config.getoption("--watch", default=False):
        from grader.pytest_side.watch import watch

        return watch(config, root)
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and the plugin that runs the suites of courses."""
    config.addinivalue_line("markers", "criterion(id, weight): the criterion a check counts for")
    config.pluginmanager.register(fixture, "gradproof-fixture")
    around = course_folder(config.rootpath)
    if around is None and "--submission" in config.invocation_params.args and not _knows_options(config):
        # pytest determines its root before it knows this option, and mistook the path for a folder of tests.
        raise pytest.UsageError("write --submission=PATH, with an equals sign, for work outside the course's folder")
    session = StudentSession(config)
    config.pluginmanager.register(session, "gradproof-student")
    if around is not None:
        session.begin()
        here, by_default = config.invocation_params.dir, pytest.Config.ArgsSource.INVOCATION_DIR
        inside = here != around and not here.is_relative_to(around / "tests")
        if config.args_source is by_default and inside:  # in the folder of the stubs, which contains no checks
            config.args = [str(around / "tests" / "public")]


def _knows_options(config: pytest.Config) -> bool:
    return hasattr(config.option, "submission")


class StudentSession:
    """One run of pytest by a student."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._under_way = UnderWay(config)
        self._desks: dict[Path, AtDesk] = {}
        self._asked: list[Placed] = []
        self._told_missing: set[str] = set()
        self._summary: Summary | None = None
        self._session: pytest.Session | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Remember the session, whose failures are counted."""
        self._session = session

    def begin(self) -> None:
        """Prepare for the suites of a course, before the first one is imported."""
        if self._summary is not None:
            return
        profile.install()
        quieten_pictures()
        # A file or pipe that cannot encode Unicode, as on Windows, gets question marks: otherwise pytest would write
        # all feedback on a check as one escaped line.
        getattr(sys.stdout, "reconfigure", lambda **_: None)(errors="replace")
        self._submission = self._config.stash[SUBMISSION] = Submission()
        exchange_of(self._submission).watcher = self._under_way.show
        self._summary = Summary(self._config)
        self._config.pluginmanager.register(self._summary, "gradproof-summary")

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Import suites as a kit's pytest.ini says, if pytest uses another one: suites of two kits have equal names."""
        if not isinstance(collector, pytest.Module) or course_folder(collector.path.parent) is None:
            return (yield)
        self.begin()
        option, mode = self._config.option, self._config.option.importmode
        option.importmode = "importlib"
        try:
            return (yield)
        finally:
            option.importmode = mode

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Find each check's question; deselect those that `--question` does not name."""
        checks = [item for item in items if _is_check(item)]
        if not checks:
            return
        try:
            for item in checks:
                self._place(item)
            left_out = _not_asked_for(checks, config.getoption("--question", default=[]))
        except StaffError as error:
            raise pytest.UsageError(str(error)) from error
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember which checks are to run: `-x` skips the rest after the first failure."""
        self._asked = [item.stash[PLACED] for item in session.items if PLACED in item.stash]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Make `submission` refer to the check's question, with the check's own seed."""
        if PLACED in item.stash:
            item.stash[DESK].point(self._submission, item, item.stash[PLACED])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Let a failing check pass if it passes with the whole program: see docs/kit.md."""
        try:
            yield
        except (*BY_HAND, pytest.skip.Exception):
            raise
        except BaseException as error:
            placed = item.stash.get(PLACED, None)
            if placed is None or not item.stash[DESK].passes_whole(item, placed, error, self._submission):
                raise
        finally:
            self._under_way.clear()

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> None:
        """Stop a check of what is as it was released: drawing its examples takes long, and it would find a stub."""
        placed = pyfuncitem.stash.get(PLACED, None)
        if placed is not None and pyfuncitem.stash[DESK].is_untouched(placed):
            raise StudentStopped("not_implemented", "NotImplementedError")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Describe a failure in terms of the student's code instead of with pytest's traceback."""
        placed = item.stash.get(PLACED, None)
        in_our_words = self._config.getoption("tbstyle") == "auto"
        if placed is not None and in_our_words:
            # pytest reads and marks the source of each frame, which takes longer than a check of what is not begun.
            setattr(item, "repr_failure", lambda *_: "")  # noqa: B010 – for mypy, a method is not assigned to
        report = yield
        if placed is None or (call.when != "call" and call.excinfo is None):
            return report
        error, desk = call.excinfo.value if call.excinfo else None, item.stash[DESK]
        result = charged(desk.judged(placed, error, self._submission))
        if result.outcome in {Outcome.PASSED, Outcome.FAILED}:
            result = replace(result, notes=tuple(exchange_of(self._submission).told.notes))
        if error is not None and in_our_words:
            # Someone with a hidden suite on disk may read all of it.
            everything = placed.check.visibility == "hidden" or result.outcome is Outcome.BROKEN
            text = feedback_text(result, staff=everything)
            if drawn := desk.last_run.keep(placed.check, error):
                text += f"\nPicture: {seen_from(desk.root / drawn, self._config.invocation_params.dir)}"
            report.longrepr = text
        begun = self._is_begun(result)
        if not begun:
            call.excinfo = None  # there is nothing for a debugger to look at
        elif error is not None:
            _end_in_the_suite(error, item.path)
        asked, self._asked = tuple(one.check for one in self._asked), []
        attach(report, ToldOfCheck(desk.root, result, begun, tuple(desk.work.choices), asked))
        return report

    def _is_begun(self, result: CheckResult) -> bool:
        """Return whether a check has something to report: that a name is missing is reported only once."""
        if result.outcome is not Outcome.NOT_IMPLEMENTED:
            return True
        missing = result.feedback.kind
        new = missing not in {"", NOT_FILLED_IN} and missing not in self._told_missing
        self._told_missing.add(missing)
        return new

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Count what is not begun separately: there is nothing to read about it."""
        return ("not implemented", "n", "NOT IMPLEMENTED") if _is_untouched(report) else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, None, None]:
        """Have `-x`, `--maxfail` and `--lf` ignore checks of what is not begun."""
        untouched = _is_untouched(report)
        if untouched and self._session is not None:
            self._session.testsfailed -= 1  # pytest is about to count it
        yield
        if untouched:
            compat.forget_failure(self._config, report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Exit as after a failure if something is not begun."""
        untouched = self._summary is not None and self._summary.untouched
        if untouched and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _place(self, item: pytest.Item) -> None:
        root = course_folder(item.path.parent)
        if root is None:
            raise UsageError("a check is outside any course", where=item.path, expected="rubrics/ in a folder above it")
        if root not in self._desks:
            self._desks[root] = AtDesk(self._config, root)
            if self._summary is not None:
                self._summary.desks[root] = self._desks[root]
        desk = item.stash[DESK] = self._desks[root]
        check = check_of(item, desk.root, desk.assignments.visibility)
        item.stash[PLACED] = desk.assignments.place(check)


def _is_check(item: pytest.Item) -> bool:
    return item.get_closest_marker("criterion") is not None


def _is_untouched(report: pytest.TestReport) -> bool:
    told = told_by(report) if report.failed else None
    return told is not None and not told.begun


def _end_in_the_suite(error: BaseException, suite: Path) -> None:
    """Remove the engine's frames from the end of a traceback, so that a debugger stops in the check."""
    last, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(suite):
            last = trace
        trace = trace.tb_next
    if last is not None and not getattr(error, "raised_by_student", False):
        last.tb_next = None


def _not_asked_for(checks: list[pytest.Item], globs: list[str]) -> set[pytest.Item]:
    """Return the checks that no glob names. Raises UsageError for a glob that matches none."""
    placed = sorted(((item.stash[PLACED], item) for item in checks), key=lambda pair: pair[0].question.id)
    names = {item: [one.question.id, one.check.criterion] for one, item in placed}
    named = chosen(globs, names, "question here") if globs else checks
    return set(checks).difference(named)
