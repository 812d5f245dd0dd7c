"""Every private name of pytest and hypothesis that gradproof uses; no other module may use one.

A release of either package may change such a name without notice. Therefore the extra ``staff`` pins the versions that
are tested here, `demand_tested` refuses to grade if a name is missing, and ``grader doctor`` shows `findings`, for
which `grader.pytest_side.self_test` tries each name on real tests.

A student's own pytest needs none of them: what only makes examples reproducible or a run shorter is omitted there.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import pytest

from grader.core.errors import GraderFault

# The extra `staff` in pyproject.toml requires these.
TESTED = {"hypothesis": "6.170.15", "pytest": "9.2"}
BY_DEFAULT = "fE"  # what pytest lists after a run by default


@dataclass(frozen=True)
class PrivateName:
    """A private name of another package: where it is, as ``module:name``, and what it is needed for."""

    package: str
    place: str
    purpose: str

    @property
    def exists(self) -> bool:
        """Whether the installed version has the name."""
        try:
            self.get()
        except (ImportError, AttributeError):
            return False
        return True

    @property
    def lost(self) -> str:
        """A sentence about which version broke this name."""
        return lost(self.package, self.place, self.purpose)

    def get(self) -> Any:
        """Return the object with this name. Raises ImportError or AttributeError if it does not exist."""
        module, _, name = self.place.partition(":")
        return functools.reduce(getattr, name.split("."), importlib.import_module(module))

    def set(self, value: object) -> None:
        """Replace the object with this name, if it exists."""
        if self.exists:
            module, _, name = self.place.partition(":")
            setattr(importlib.import_module(module), name, value)


LOCAL_CONSTANTS = PrivateName(
    "hypothesis",
    "hypothesis.internal.conjecture.providers:_get_local_constants",
    "the same seed draws the same examples, whatever modules are imported",
)
CONSTANTS = PrivateName(
    "hypothesis", "hypothesis.internal.constants_ast:Constants", "an empty set of constants to draw from"
)
MAX_SHRINKS = PrivateName(
    "hypothesis", "hypothesis.internal.conjecture.engine:MAX_SHRINKS", "the search for a smaller example is bounded"
)
SEEDED_GLOBALLY = PrivateName(
    "hypothesis", "hypothesis.core:deterministic_PRNG", "random generators are seeded once a check, not once an example"
)
RANDOM_WATCHED = PrivateName(
    "hypothesis",
    "hypothesis.control:deprecate_random_in_strategy",
    "random generators are not looked at around every argument",
)
SOURCE_DIGEST = PrivateName(
    "hypothesis", "hypothesis.core:function_digest", "the source of a check is not read and hashed at each run"
)
INIT_REQUEST = PrivateName("pytest", "_pytest.python:Function._initrequest", "a collected check runs more than once")
SET_UP = PrivateName("pytest", "_pytest.runner:SetupState.setup", "fixtures are set up without pytest's own protocol")
TEAR_DOWN = PrivateName("pytest", "_pytest.runner:SetupState.teardown_exact", "no fixture outlives a check")
ARGUMENTS = PrivateName("pytest", "_pytest.fixtures:FuncFixtureInfo.argnames", "an example can be run again")
INITIAL = PrivateName(
    "pytest", "_pytest.fixtures:FuncFixtureInfo.initialnames", "nothing is set up for a check with no fixture but ours"
)
DEFINITIONS = PrivateName(
    "pytest", "_pytest.fixtures:FuncFixtureInfo.name2fixturedefs", "a suite's own `submission` is told from ours"
)
NAMES = (
    LOCAL_CONSTANTS, CONSTANTS, MAX_SHRINKS, SEEDED_GLOBALLY, RANDOM_WATCHED, SOURCE_DIGEST,
    INIT_REQUEST, SET_UP, TEAR_DOWN, ARGUMENTS, INITIAL, DEFINITIONS,
)  # fmt: skip


def demand_tested() -> None:
    """Raise GraderFault if the installed pytest or hypothesis lacks a name, saying which version broke what."""
    missing = [name for name in NAMES if not name.exists]
    if missing:
        raise GraderFault(
            "the installed versions of pytest and hypothesis do not fit gradproof",
            found="; ".join(name.lost for name in missing),
            todo="python -m pip install 'gradproof[staff]'",
        )


def lost(package: str, what: str, purpose: str) -> str:
    """Return a sentence about which version of a package broke what."""
    return f"{package} {version(package)} broke {what} (for: {purpose}), {tested(package)}"


def tested(package: str) -> str:
    """Return which version of a package gradproof is tested with."""
    return f"tested with {TESTED[package]}"


def draw_no_local_constants() -> None:
    """Keep hypothesis from drawing the constants that it finds in local modules.

    It reads every local module in sys.modules, so the same seed would draw different examples on another machine or
    after another import.
    """
    if CONSTANTS.exists:
        nothing = CONSTANTS.get()()
        LOCAL_CONSTANTS.set(lambda: nothing)


def limit_shrinks(most: int) -> None:
    """Limit how often hypothesis makes a failing example smaller; by default it goes on for five minutes."""
    MAX_SHRINKS.set(most)


def leave_random_generators_alone() -> None:
    """Keep hypothesis from seeding and restoring the global generators around every example."""
    SEEDED_GLOBALLY.set(nullcontext)
    RANDOM_WATCHED.set(lambda *_: nullcontext())


def skip_source_digest(test: Callable[..., object]) -> None:
    """Keep hypothesis from reading and hashing a test's source for a database that does not exist."""
    test._hypothesis_internal_database_key = b""  # type: ignore[attr-defined]


def needs_only(item: pytest.Item, fixture: str) -> bool:
    """Return whether an item is a function whose only fixture is the outermost one of this name: no setup is needed."""
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return False
    asked = item._fixtureinfo
    return asked.initialnames == (fixture,) and len(asked.name2fixturedefs[fixture]) == 1


def give(item: pytest.Item, fixtures: Mapping[str, object]) -> None:
    """Set the fixtures of an item without any setup."""
    item.funcargs = dict(fixtures)  # type: ignore[attr-defined]


def set_up(item: pytest.Item) -> None:
    """Set up an item's fixtures again."""
    item._initrequest()  # type: ignore[attr-defined]
    item.session._setupstate.setup(item)


def tear_down(item: pytest.Item) -> None:
    """Tear down an item's fixtures of every scope, so that nothing outlives a check."""
    item.session._setupstate.teardown_exact(None)  # with no next item


def arguments(function: pytest.Function) -> dict[str, object]:
    """Return the fixtures that a test function is about to be called with."""
    return {name: function.funcargs[name] for name in function._fixtureinfo.argnames}


def hide_short_summary(config: pytest.Config) -> bool:
    """Have pytest's terminal list only warnings after its run, not all failures again; return whether it does so.

    It does not if `-r` asks for another list.
    """
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if reporter is None or config.getoption("reportchars") != BY_DEFAULT:
        return False
    reporter.reportchars = "w"
    return True


def write_past_capture(config: pytest.Config, choose: Callable[[int], str]) -> None:
    """Write to the terminal on which pytest reports, while what a test prints is captured; nothing if it is not.

    `choose` is given how many columns are left in pytest's own line, and returns what to write.
    """
    capture, reporter = map(config.pluginmanager.getplugin, ("capturemanager", "terminalreporter"))
    if capture is None or reporter is None or config.getoption("capture") == "no":
        return
    with capture.global_and_fixture_disabled():
        if sys.stdout.isatty():
            line = config.get_terminal_writer()
            sys.stdout.write(choose(line.fullwidth - line.width_of_current_line))
            sys.stdout.flush()


def forget_failure(config: pytest.Config, report: pytest.TestReport) -> None:
    """Keep `--lf` from running a test again because of this report."""
    plugin = config.pluginmanager.getplugin("lfplugin")
    known = getattr(plugin, "lastfailed", {})
    for key in [key for key in known if str(key) == report.nodeid]:
        del known[key]
