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
from grader.checks import Submission
from grader.checks.handed_in import HandedIn
from grader.errors import SuiteError
from grader.outcome import Check, CheckResult, Visibility
from grader.plugin import fixture, profile
from grader.plugin.collected import check_of
from grader.plugin.replay import Recorder, played
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
        self._recorder: Recorder | None = None
        self._transcripts = Transcripts()

    def run(
        self,
        check: Check,
        channel: Channel,
        handed_in: HandedIn | None = None,
        *,
        smallest: bool = True,
    ) -> CheckResult:
        """Run one check through `channel`, on these files.

        Where nobody reads which example fails, the `smallest` need not be looked for.
        """
        item = self._items[check]
        recorder = self._recorder = Recorder(channel)

        def remember(example: partial[object]) -> None:
            recorder.forget()
            item.stash[EXAMPLE] = example

        test = getattr(item, "obj", None)
        if callable(test):
            profile.seed_test(test, self._seeds[check])
            profile.on_each_example(test, self._submission.begin, remember)
        self._submission.begin(recorder, handed_in)
        with nullcontext() if smallest else profile.unshrunk():
            error = _error_of(item, self._submission)
        result = judge(check, error, self._submission, channel.homes)
        return replace(result, kept=tuple(sorted(self._submission.kept.items())))

    def answers_alike(self, check: Check, work: Hashable, channel: Channel) -> bool:
        """Tell whether `channel` answers as the one did that `check`, the last one run, was run through.

        Asked is what the check asked in the example that it ended with: the smallest that fails. `work` tells the
        known work behind the channel from others: what that has answered once is not asked again.
        """
        example = self._items[check].stash.get(EXAMPLE, None)
        original = self._recorder
        if original is None or example is None or not original.whole or not original.events:
            return False
        drawn = fingerprint(example, self._submission)
        known = self._transcripts.of((check, drawn, work))
        if drawn is None or known.agrees(original.events) is None:
            known = played(example, self._submission, original.events, channel)
            self._transcripts.keep((check, drawn, work), known)
        return known.agrees(original.events) or False


def _error_of(item: pytest.Item, submission: Submission) -> BaseException | None:
    """Run an item with its fixtures, and return what it raised, None if it passed.

    Not by pytest's own protocol, whose three reports nobody would read.
    """
    if _asks_for_no_more(item):
        item.funcargs = {SUBMISSION_NAME: submission}  # type: ignore[attr-defined]
        return _raised_by(item.runtest)
    item._initrequest()  # type: ignore[attr-defined]
    state = item.session._setupstate
    error = _raised_by(partial(state.setup, item)) or _raised_by(item.runtest)
    # With no next item, fixtures of every scope are torn down: nothing outlives a check.
    left = _raised_by(partial(state.teardown_exact, None))
    return error or left


def _asks_for_no_more(item: pytest.Item) -> bool:
    """Tell whether an item is a function with no fixture but our `submission`: nothing to set up or tear down."""
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return False
    asked = item._fixtureinfo
    return asked.initialnames == (SUBMISSION_NAME,) and len(asked.name2fixturedefs[SUBMISSION_NAME]) == 1


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
    its id. Raises SuiteError when a suite cannot be collected.
    """
    loop = _Loop(suites, root, seeds, body)
    with _closed_pytest() as options:
        status = pytest.main([*options, *(str(path) for path, _ in suites)], plugins=[loop, fixture])
    if loop.error is not None:
        raise loop.error
    if not loop.results:
        raise SuiteError("the suites cannot be collected", found="\n".join(loop.problems) or f"pytest status {status}")
    return loop.results[0]


@contextmanager
def _closed_pytest() -> Iterator[list[str]]:
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
        asked = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
        pyfuncitem.stash[EXAMPLE] = partial(test, **asked)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.problems:
            return True
        try:
            items = {check_of(item, self._root, self._visibility): item for item in session.items}
            self.results.append(self._body(CollectedSuite(items, self._submission, self._seeds)))
        except BaseException as error:  # pytest would report it; the grader's caller is to have it
            self.error = error
        return True
