"""The grader's side of pytest: suites collected once, their items run again for each submission.

This pytest is closed to everything outside: no conftest, no plugins, no cache, no configuration, a
neutral root directory. Student code is not in this process; checks reach it through a channel.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from grader.channel import Channel
from grader.checks import CheckFailed, Submission
from grader.checks.changes import Changes
from grader.checks.handed_in import HandedIn
from grader.errors import SuiteError
from grader.outcome import Check, CheckResult, Visibility
from grader.plugin import compat, fixture, profile
from grader.plugin.collected import check_of
from grader.plugin.replay import Recorder, Witness, played
from grader.plugin.transcripts import Transcripts, fingerprint
from grader.plugin.verdict import judge

T = TypeVar("T")
SUBMISSION_NAME = "submission"
EXAMPLE = pytest.StashKey[partial[object]]()


class CollectedSuite:
    """The checks of an assignment, ready to be run on any number of submissions."""

    def __init__(self, items: dict[Check, pytest.Item], submission: Submission, seeds: Callable[[str], int]) -> None:
        self.checks = tuple(items)
        self._items = items
        self._submission = submission
        self._seeds = {check: seeds(check.id) for check in items}
        self._transcripts = Transcripts()
        self.witnesses: tuple[Witness, ...] = ()

    def at(self, seeds: Callable[[str], int]) -> CollectedSuite:
        """Return the same checks with other seeds."""
        return CollectedSuite(self._items, self._submission, seeds)

    def run(
        self,
        check: Check,
        channel: Channel,
        handed_in: HandedIn | None = None,
        changes: Changes | None = None,
        *,
        smallest: bool = True,
    ) -> CheckResult:
        """Run one check through `channel`, on these files.

        `changes` remembers for which changes of arguments other checks of the same work have paid.
        Where nobody reads which example fails, the `smallest` need not be looked for. `witnesses` then holds what
        tells the submission's answers from others': the example that the check ended with, which is the smallest
        that fails, and the first one that failed, where that is another.
        """
        item = self._items[check]
        recorder = Recorder(channel)
        failing = list[Witness]()

        def remember(example: partial[object]) -> None:
            recorder.forget()
            item.stash[EXAMPLE] = example

        def failed(error: BaseException) -> None:
            if not failing:
                failing.extend(self._witness(check, recorder, error))

        test = getattr(item, "obj", None)
        if callable(test):
            profile.seed_test(test, self._seeds[check])
            profile.on_each_example(test, self._submission.begin, remember, failed)
        self._submission.begin(recorder, handed_in, (changes or Changes()).during(check.criterion))
        with nullcontext() if smallest else profile.unshrunk():
            error = _error_of(item, self._submission)
        last = self._witness(check, recorder, error)
        self.witnesses = (*last, *(one for one in failing if one.drawn not in {None, *(own.drawn for own in last)}))
        result = judge(check, error, self._submission, channel.homes)
        return replace(
            result,
            kept=tuple(sorted(self._submission.kept.items())),
            notes=tuple(self._submission.told.notes),
            remarks=tuple(self._submission.told.remarks),
            compared=tuple(self._submission.told.compared),
        )

    def answers_alike(self, witness: Witness, work: Hashable, channel: Channel) -> bool:
        """Tell whether `channel` answers an example of a check as the submission did that was its witness.

        `work` tells the known work behind the channel from others: what that has answered once is not asked again.
        """
        key = (witness.check, witness.drawn, work)
        known = self._transcripts.of(key)
        if witness.drawn is None or known.agrees(witness.events) is None:
            known = played(witness.example, self._submission, witness.events, channel)
            self._transcripts.keep(key, known)
        return known.agrees(witness.events) or False

    def _witness(self, check: Check, recorder: Recorder, error: BaseException | None) -> list[Witness]:
        """Return the example that has just been run as a witness, where it can be one."""
        example = self._items[check].stash.get(EXAMPLE, None)
        if example is None or not recorder.whole or not recorder.events:
            return []
        said = error.misconception if isinstance(error, CheckFailed) else ""
        return [Witness(check, example, tuple(recorder.events), fingerprint(example, self._submission), said)]


def _error_of(item: pytest.Item, submission: Submission) -> BaseException | None:
    """Run an item with its fixtures, and return what it raised, None if it passed.

    Not by pytest's own protocol, whose three reports nobody would read.
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


def with_collected(
    suites: Sequence[tuple[Path, Visibility]],
    root: Path,
    seeds: Callable[[str], int],
    body: Callable[[CollectedSuite], T],
) -> T:
    """Collect `suites` and return what `body` makes of them.

    `root` is the course's folder, which check ids are relative to; `seeds` gives a check's seed by
    its id. Raises SuiteError when a suite cannot be collected, GraderFault when pytest or hypothesis is of a version
    that does not fit.
    """
    compat.demand_tested()
    loop = _Loop(suites, root, seeds, body)
    with closed_pytest() as options:
        status = pytest.main([*options, *(str(path) for path, _ in suites)], plugins=[loop, fixture])
    if loop.error is not None:
        raise loop.error
    if not loop.results:
        raise SuiteError("the suites cannot be collected", found="\n".join(loop.problems) or f"pytest status {status}")
    return loop.results[0]


@contextmanager
def closed_pytest() -> Iterator[list[str]]:
    """Give pytest's options, with an environment in which nothing else reaches it."""
    closed = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""}
    closed["OMP_NUM_THREADS"] = "1"  # threads of torch, should a suite import it, wait for each other at full speed
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


class _Loop(Generic[T]):
    """A pytest plugin that hands the collected items to the grader instead of running them once."""

    def __init__(
        self,
        suites: Sequence[tuple[Path, Visibility]],
        root: Path,
        seeds: Callable[[str], int],
        body: Callable[[CollectedSuite], T],
    ) -> None:
        self._visibility = {path.resolve(): visibility for path, visibility in suites}
        self._root = root
        self._seeds = seeds
        self._body = body
        self._submission = Submission()
        self.problems: list[str] = []
        self.results: list[T] = []
        self.error: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        profile.install()
        profile.seed_once_a_check()
        config.stash[fixture.SUBMISSION] = self._submission

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(str(report.longrepr))

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> None:
        test: Callable[..., object] = pyfuncitem.obj
        pyfuncitem.stash[EXAMPLE] = partial(test, **compat.arguments(pyfuncitem))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.problems:
            return True
        try:
            items = {check_of(item, self._root, self._visibility): item for item in session.items}
            self.results.append(self._body(CollectedSuite(items, self._submission, self._seeds)))
        except BaseException as error:  # pytest would report it; the grader's caller is to have it
            self.error = error
        return True
