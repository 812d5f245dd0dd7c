"""Running collected checks again and again: what their fixtures do happens each time, and nothing outlives a check."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.core.outcome import Outcome
from grader.pytest_side.runner import CollectedSuite, with_collected

SUITE = '''
from pathlib import Path

import pytest

from grader.checks import criterion

LOG = Path(__file__).with_name("log.txt")


def note(word):
    with LOG.open("a") as file:
        file.write(f"{word} ")


@pytest.fixture(scope="module")
def tools():
    note("laid-out")
    yield "tools"
    note("put-away")


@pytest.fixture
def broken():
    raise ValueError("cannot be set up")


@criterion("work.plain")
def test_plain(submission):
    """Ask for nothing but the submission."""
    note("plain")


@criterion("work.tools")
def test_with_tools(submission, tools):
    """Ask for a fixture of the suite's own."""
    note(tools)
    raise RuntimeError("an error in the middle")


@criterion("work.broken")
def test_with_what_is_broken(submission, tools, broken):
    """Ask for what cannot be set up."""
    note("never")


class TestInAClass:
    def setup_method(self):
        note("set-up")

    @criterion("work.class")
    def test_stands_in_a_class(self, submission):
        """Stand in a class."""
        note("class")
'''


@pytest.fixture
def log(tmp_path: Path) -> str:
    """What the checks of a suite noted, each run twice, with how it ended in brackets."""
    suite = tmp_path / "test_work.py"
    suite.write_text(SUITE, encoding="utf-8")
    channel: Any = SimpleNamespace(reset=lambda: None, homes={})

    def twice(collected: CollectedSuite) -> None:
        for check in collected.checks:
            for _ in range(2):
                ended = collected.run(check, channel).outcome
                with (tmp_path / "log.txt").open("a") as file:
                    file.write("ok; " if ended is Outcome.PASSED else f"{ended}; ")

    with_collected([(suite, "hidden")], tmp_path, lambda check: 1, twice)
    return (tmp_path / "log.txt").read_text()


def test_fixtures_are_set_up_and_torn_down_for_each_run_of_a_check(log: str) -> None:
    assert log.split("; ")[:-1] == [
        *["plain ok"] * 2,
        *["laid-out tools put-away broken"] * 2,
        *["laid-out put-away broken"] * 2,
        *["set-up class ok"] * 2,
    ]


def test_the_same_checks_are_run_at_other_seeds(tmp_path: Path) -> None:
    suite = tmp_path / "test_drawn.py"
    suite.write_text(
        "from pathlib import Path\nfrom random import random\n\nfrom grader.checks import criterion\n\n\n"
        '@criterion("work.drawn")\ndef test_drawn(submission):\n    """Draw."""\n'
        '    with Path(__file__).with_name("log.txt").open("a") as file:\n        file.write(f"{random()} ")\n',
        encoding="utf-8",
    )
    channel: Any = SimpleNamespace(reset=lambda: None, homes={})

    def at_three_seeds(collected: CollectedSuite) -> None:
        for suite in (collected, collected.at(lambda check: 5), collected.at(lambda check: 6), collected):
            assert suite.run(suite.checks[0], channel).outcome is Outcome.PASSED

    with_collected([(suite, "hidden")], tmp_path, lambda check: 5, at_three_seeds)
    first, again, other, last = (tmp_path / "log.txt").read_text(encoding="utf-8").split()
    assert first == again == last != other
