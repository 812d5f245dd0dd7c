"""Whether the private names of pytest and hypothesis (`grader.pytest_side.compat`) still have their effect.

A name may exist but have lost its effect, so each is tried: those of pytest by running the checks of a small suite
twice, as those of an assignment are run; those of hypothesis by replacing them and seeing that the replacement is
called.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.core.errors import SuiteError
from grader.core.outcome import CheckResult, Outcome
from grader.pytest_side import compat, profile
from grader.pytest_side.compat import PrivateName
from grader.pytest_side.runner import CollectedSuite, with_collected

ENOUGH = 1000
SUITE = f"""
import pytest
from hypothesis import given, strategies as st
from grader.checks import criterion

OPEN = []

@pytest.fixture(scope="session")
def opened():
    OPEN.append(1)
    yield OPEN
    OPEN.pop()

@criterion("self.test.plain")
def test_plain(submission):
    "Ask for nothing but the submission."
    assert submission is not None

@criterion("self.test.fixture")
def test_fixture(submission, opened):
    "Ask for a fixture that is new each time."
    assert opened == [1]

@criterion("self.test.example")
@given(x=st.integers())
def test_example(submission, x):
    "Fail from some number on."
    assert x < {ENOUGH}
"""
NO_CHANNEL: Any = SimpleNamespace(homes={}, reset=lambda: None)  # the suite's checks do not request anything from it
Rows = list[tuple[str, bool, str]]


def findings() -> Rows:
    """Return a row for each package, for `grader doctor`: what, whether it works, and which version broke what."""
    missing = [(name.package, name.lost) for name in compat.NAMES if not name.exists]
    broken = missing or [*_broken_in_hypothesis(), *_broken_in_pytest()]
    return [_row(package, [words for owner, words in broken if owner == package]) for package in compat.TESTED]


def _row(package: str, broken: list[str]) -> tuple[str, bool, str]:
    fine = f"{version(package)}, {compat.tested(package)}"
    return f"private names of {package}", not broken, "; ".join(broken) or fine


def _broken_in_hypothesis() -> Iterator[tuple[str, str]]:
    doubles: dict[PrivateName, Callable[..., object]] = {
        compat.LOCAL_CONSTANTS: compat.CONSTANTS.get(),
        compat.SEEDED_GLOBALLY: nullcontext,
        compat.RANDOM_WATCHED: lambda *_: nullcontext(),
    }
    works = {name: _calls(name, double) > 0 for name, double in doubles.items()}
    works[compat.SOURCE_DIGEST] = _calls(compat.SOURCE_DIGEST, lambda *_: b"", compat.skip_source_digest) == 0
    works[compat.MAX_SHRINKS] = _runs(most=0) < _runs(most=profile.MAX_SHRINKS)
    yield from ((name.package, name.lost) for name, fine in works.items() if not fine)


def _calls(name: PrivateName, double: Callable[..., object], prepare: Callable[[Any], None] = lambda _: None) -> int:
    """Return how often hypothesis calls one of its private names while it runs a test."""
    calls = list[object]()

    def counted(*args: object) -> object:
        calls.append(args)
        return double(*args)

    # Among this many numbers, some are drawn from constants.
    test, _ = _test(st.lists(st.integers(), min_size=20), lambda _: False)
    prepare(test)
    with _replaced(name, counted):
        _run(test)
    return len(calls)


def _runs(*, most: int) -> int:
    """Return how often a failing test runs if its example is made smaller at most `most` times."""
    test, runs = _test(st.integers(min_value=0), lambda value: value >= ENOUGH)
    with _replaced(compat.MAX_SHRINKS, most):
        _run(test)
    return len(runs)


def _test(drawn: SearchStrategy[object], fails: Callable[[Any], bool]) -> tuple[Callable[[], None], list[object]]:
    """Return a test that fails on some of what is drawn, and a list to which each of its runs adds an item."""
    runs = list[object]()

    @hypothesis.seed(0)
    @hypothesis.settings(max_examples=30, database=None, deadline=None, suppress_health_check=[*hypothesis.HealthCheck])
    @hypothesis.given(value=drawn)
    def test(value: object) -> None:
        runs.append(value)
        assert not fails(value)

    return test, runs


def _run(test: Callable[[], None]) -> None:
    try:
        test()
    except AssertionError:
        return


@contextmanager
def _replaced(name: PrivateName, value: object) -> Iterator[None]:
    before = name.get()
    name.set(value)
    try:
        yield
    finally:
        name.set(before)


def _broken_in_pytest() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        suite = Path(folder, "test_self.py")
        suite.write_text(SUITE, encoding="utf-8")
        try:
            results = with_collected([(suite, "hidden")], Path(folder), lambda _: 0, _twice)
        except (SuiteError, AttributeError, TypeError) as error:
            yield "pytest", compat.lost("pytest", "the collection of suites", f"any check at all: {error}")
            return
    for name, purpose in (("plain", compat.INITIAL.purpose), ("fixture", compat.TEAR_DOWN.purpose)):
        if {result.outcome for result in results[name]} != {Outcome.PASSED}:
            yield "pytest", compat.lost("pytest", "how an item is run", purpose)
    if any(f"x={ENOUGH}" not in result.feedback.detail for result in results["example"]):
        yield "hypothesis", compat.lost("hypothesis", "its note of a failing example", "students see which input fails")


def _twice(suite: CollectedSuite) -> dict[str, list[CheckResult]]:
    names = {check.criterion.rpartition(".")[2]: check for check in suite.checks}
    return {name: [suite.run(check, NO_CHANNEL) for _ in range(2)] for name, check in names.items()}
