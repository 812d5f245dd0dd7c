"""The grader's side of pytest: suites are collected once, and their items run again for each submission.

This pytest is isolated from everything outside: no conftest, no plugins, no cache, no configuration, a neutral root
directory. Student code is not in this process; checks reach it through a channel.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from grader.checks import CheckFailed, Submission
from grader.checks.asking.changes import Changes
from grader.checks.asking.channel import Channel
from grader.checks.asking.failing import Compared
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.submission import exchange_of
from grader.core.errors import SuiteError
from grader.core.outcome import Check, CheckResult, Visibility
from grader.pytest_side import compat, fixture, profile
from grader.pytest_side.collected import check_of
from grader.pytest_side.log_filter import quieten_pictures
from grader.pytest_side.replay import Heard, Recorder, Witness, played
from grader.pytest_side.transcripts import Transcripts, fingerprint
from grader.pytest_side.verdict import judge

T = TypeVar("T")
SUBMISSION_NAME = "submission"
EXAMPLE = pytest.StashKey[partial[object]]()


class CollectedSuite:
    """The checks of an assignment, ready to run on any number of submissions."""

    def __init__(self, items: dict[Check, pytest.Item], submission: Submission, seeds: Callable[[str], int]) -> None:
        self.checks = tuple(items)
        self._items = items
        self._submission = submission
        self._exchange = exchange_of(submission)
        self._seeds = {check: seeds(check.id) for check in items}
        self._transcripts = Transcripts()
        self.witnesses: tuple[Witness, ...] = ()
        self.compared: Compared | None = None

    def at(self, seeds: Callable[[str], int]) -> CollectedSuite:
        """Return the same checks with other seeds."""
        return CollectedSuite(self._items, self._submission, seeds)

    def run(
        self,
        check: Check,
        channel: Channel,
        handed_in: SubmittedFiles | None = None,
        changes: Changes | None = None,
        *,
        smallest: bool = True,
        heard: Callable[[Sequence[object]], None] | None = None,
    ) -> CheckResult:
        """Run one check through `channel`, on these files.

        `changes` remembers which changes of arguments have already cost marks in other checks of the same work. If
        nobody reads which example fails, the `smallest` one need not be searched for. Afterwards `witnesses` contains
        examples that distinguish the submission's answers from others': the one that the check ended with, which is the
        smallest that fails, and the first one that failed, if that is another; `compared` contains what can be drawn.
        `heard` receives the events of each example from the student's side, up to the first example that fails.
        """
        item = self._items[check]
        recorder = Recorder(channel)
        failing = list[Witness]()
        answers = Heard(recorder, heard)

        def remember(example: partial[object]) -> None:
            answers.example_ended()
            recorder.forget()
            item.stash[EXAMPLE] = example

        def failed(error: BaseException) -> None:
            answers.check_ended()
            if not failing:
                failing.extend(self._witness(check, recorder, error))

        test = getattr(item, "obj", None)
        if callable(test):
            profile.seed_test(test, self._seeds[check])
            profile.on_each_example(test, self._exchange.begin, remember, failed)
        self._exchange.begin(recorder, handed_in, (changes or Changes()).during(check.criterion))
        with nullcontext() if smallest else profile.unshrunk():
            error = _error_of(item, self._submission)
        answers.check_ended()
        self.compared = error.compared if isinstance(error, CheckFailed) else None
        last = self._witness(check, recorder, error)
        self.witnesses = (*last, *(one for one in failing if one.drawn not in {None, *(own.drawn for own in last)}))
        result = judge(check, error, self._submission, channel.homes)
        return replace(
            result,
            kept=tuple(sorted(self._exchange.kept.items())),
            notes=tuple(self._exchange.told.notes),
            remarks=tuple(self._exchange.told.remarks),
            compared=tuple(self._exchange.told.compared),
        )

    def answers_alike(self, witness: Witness, work: Hashable, channel: Channel) -> bool:
        """Return whether `channel` answers a check's example as the submission did from which the witness comes.

        `work` identifies the known work behind the channel: an answer that it gave once is reused.
        """
        key = (witness.check, witness.drawn, work)
        known = self._transcripts.of(key)
        if witness.drawn is None or known.agrees(witness.events) is None:
            known = played(witness.example, self._submission, witness.events, channel)
            self._transcripts.keep(key, known)
        return known.agrees(witness.events) or False

    def _witness(self, check: Check, recorder: Recorder, error: BaseException | None) -> list[Witness]:
        """Return the example that has just run as a witness, if it can be one."""
        example = self._items[check].stash.get(EXAMPLE, None)
        if example is None or not recorder.whole or not recorder.events:
            return []
        said = error.misconception if isinstance(error, CheckFailed) else ""
        return [Witness(check, example, tuple(recorder.events), fingerprint(example, self._submission), said)]


def _error_of(item: pytest.Item, submission: Submission) -> BaseException | None:
    """Run an item with its fixtures; return the exception that it raised, or None if it passed.

    This does not use pytest's own protocol, because nobody would read its three reports.
    """
    if compat.needs_only(item, SUBMISSION_NAME):
        compat.give(item, {SUBMISSION_NAME: submission})
        return _raised_by(item.runtest)
    error = _raised_by(partial(compat.set_up, item)) or _raised_by(item.runtest)
    left = _raised_by(partial(compat.tear_down, item))
    return error or left


def _raised_by(act: Callable[[], object]) -> BaseException | None:
    try:
        act()
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except BaseException as error:
        return error
    return None


@contextmanager
def collected(
    suites: Sequence[tuple[Path, Visibility]], root: Path, seeds: Callable[[str], int]
) -> Iterator[CollectedSuite]:
    """Collect suites, and provide their checks for the duration of the block.

    `root` is the course's folder, to which check ids are relative; `seeds` returns a check's seed for its id. Raises
    SuiteError if a suite cannot be collected, and GraderFault for an unsuitable version of pytest or hypothesis.
    """
    compat.demand_tested()
    collection = _Collection(suites, root)
    with closed_pytest() as options:
        # pytest has finished by then, but its items are still usable: nothing has to run inside its own loop.
        status = pytest.main([*options, *(str(path) for path, _ in suites)], plugins=[collection, fixture])
        if collection.error is not None:
            raise collection.error
        if collection.items is None or collection.problems:
            found = "\n".join(collection.problems) or f"pytest status {status}"
            raise SuiteError("the suites cannot be collected", found=found)
        yield CollectedSuite(collection.items, collection.submission, seeds)


def with_collected(
    suites: Sequence[tuple[Path, Visibility]],
    root: Path,
    seeds: Callable[[str], int],
    body: Callable[[CollectedSuite], T],
) -> T:
    """Return the result of `body` for the `collected` suites."""
    with collected(suites, root, seeds) as suite:
        return body(suite)


@contextmanager
def closed_pytest() -> Iterator[list[str]]:
    """Yield pytest's options, with an environment that keeps out everything else."""
    closed = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""}
    closed["OMP_NUM_THREADS"] = "1"  # several threads of torch, if a suite imports it, would only wait for each other
    before = {name: os.environ.get(name) for name in closed}
    os.environ.update(closed)
    with tempfile.TemporaryDirectory(prefix="gradproof-suites-") as folder:
        settings = Path(folder, "pytest.ini")
        settings.write_text("[pytest]\nmarkers = criterion(id, weight): the criterion a check counts for\n")
        try:
            yield [
                "-c", str(settings), "--rootdir", folder, "--noconftest", "--import-mode=importlib", "--strict-markers",
                "-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:warnings", "-p", "no:logging",
                "-p", "no:junitxml", "-p", "no:doctest", "-p", "no:unraisableexception", "-p", "no:threadexception",
                "-p", "no:setuponly", "-p", "no:setupplan",
                "--capture=no",
            ]  # fmt: skip
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


class _Collection:
    """A pytest plugin that keeps the collected items instead of running them."""

    def __init__(self, suites: Sequence[tuple[Path, Visibility]], root: Path) -> None:
        self._visibility = {path.resolve(): visibility for path, visibility in suites}
        self._root = root
        self.submission = Submission()
        self.problems: list[str] = []
        self.items: dict[Check, pytest.Item] | None = None
        self.error: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        profile.install()
        quieten_pictures()
        profile.seed_once_a_check()
        config.stash[fixture.SUBMISSION] = self.submission

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(str(report.longrepr))

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> None:
        test: Callable[..., object] = pyfuncitem.obj
        pyfuncitem.stash[EXAMPLE] = partial(test, **compat.arguments(pyfuncitem))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        try:
            self.items = {check_of(item, self._root, self._visibility): item for item in session.items}
        except SuiteError as error:  # raised again for the caller, because pytest would only report it
            self.error = error
        return True
