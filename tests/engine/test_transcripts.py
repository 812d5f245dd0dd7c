"""Known work answers an example once, however many submissions are compared with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checks import Submission
from grader.core.outcome import Check
from grader.pytest_side import replay, transcripts
from grader.pytest_side.runner import CollectedSuite, with_collected
from grader.pytest_side.transcripts import Transcript, Transcripts, fingerprint
from grader.worker.running.requests import Answer

SUITE = """
from hypothesis import given, strategies as st

from grader.checks import criterion


@criterion("work.plain")
def test_plain(submission):
    'Ask twice, the second time for what depends on the first.'
    answer = float(submission.f(1)[0])
    assert submission.f(answer)[0] == answer + 5


@criterion("work.drawn")
@given(x=st.sampled_from([1.0, 2.0]))
def test_drawn(submission, x):
    'Ask for what is drawn.'
    assert submission.f(x)[0] == x + 5
"""


class Work:
    """A channel to one function of numbers, which counts its calls."""

    def __init__(self, function: Callable[[float], float]) -> None:
        self.calls = 0
        self.homes: dict[str, str] = {}
        self._function = function

    def ask(self, request: Any) -> Answer:
        self.calls += 1
        return Answer(np.array([self._function(request.args[0])]))

    def reset(self) -> None:
        pass


def played(tmp_path: Path, body: Callable[[CollectedSuite, Check, Check], None]) -> None:
    suite = tmp_path / "test_work.py"
    suite.write_text(SUITE, encoding="utf-8")
    with_collected([(suite, "hidden")], tmp_path, lambda check: 1, lambda found: body(found, *found.checks))


def test_known_work_is_asked_once_and_told_from_other_work_each_time(tmp_path: Path) -> None:
    def body(suite: CollectedSuite, plain: Check, drawn: Check) -> None:
        known = Work(lambda x: x + 1)
        verdicts = []
        for function in (lambda x: x + 1, lambda x: 1 + x, lambda x: x + 1 + (x > 1), lambda x: x + 2):
            suite.run(plain, Work(function))  # type: ignore[arg-type]
            verdicts.append(suite.answers_alike(suite.witnesses[0], "one more", known))  # type: ignore[arg-type]
        assert verdicts == [True, True, False, False]
        assert known.calls == 2
        suite.run(plain, Work(lambda x: x + 2))  # type: ignore[arg-type]
        assert suite.answers_alike(suite.witnesses[0], "two more", Work(lambda x: x + 2))  # type: ignore[arg-type]

    played(tmp_path, body)


def test_known_work_is_asked_further_where_it_was_left_at_the_first_difference(tmp_path: Path) -> None:
    def body(suite: CollectedSuite, plain: Check, drawn: Check) -> None:
        known = Work(lambda x: x + 1)
        verdicts = []
        for function in (lambda x: x + 3, lambda x: x + 4, lambda x: x + 1):
            suite.run(plain, Work(function))  # type: ignore[arg-type]
            verdicts.append((suite.answers_alike(suite.witnesses[0], "one more", known), known.calls))  # type: ignore[arg-type]
        assert verdicts == [(False, 1), (False, 1), (True, 3)]

    played(tmp_path, body)


def test_known_work_is_asked_anew_for_what_else_is_drawn(tmp_path: Path) -> None:
    def body(suite: CollectedSuite, plain: Check, drawn: Check) -> None:
        known = Work(lambda x: x)
        calls = []
        for function in (lambda x: x, lambda x: x, lambda x: x + 5 * (x < 2), lambda x: x):
            suite.run(drawn, Work(function))  # type: ignore[arg-type]
            suite.answers_alike(suite.witnesses[0], "same", known)  # type: ignore[arg-type]
            calls.append(known.calls)
        assert calls == [1, 1, 2, 2]

    played(tmp_path, body)


def test_what_a_check_does_to_its_answers_is_no_part_of_what_was_answered() -> None:
    submission = Submission()

    def example() -> None:
        submission.f(1)[0] = 99

    kept = replay.played(example, submission, [([2.0], [], {})], Work(lambda x: x + 1))  # type: ignore[arg-type]
    assert kept.ended
    assert kept.agrees([([2.0], [], {})])
    assert not kept.agrees([([99.0], [], {})])


def test_what_was_drawn_is_told_apart_to_its_last_number() -> None:
    submission = SimpleNamespace()
    many = np.zeros(5000)
    other = many.copy()
    other[2500] = 1
    shown = [
        fingerprint(partial(print, submission=submission, x=value), submission) for value in (many, many.copy(), other)
    ]
    assert shown[0] == shown[1] != shown[2]
    assert fingerprint(partial(print, x=lambda: 0), submission) is None


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "BYTES", 100)
    kept = Transcripts()
    for name in "abc":
        kept.keep(name, Transcript((name,), ended=True, size=40))
        kept.of("a")
    assert [name for name in "abc" if kept.of(name).events] == ["a", "c"]
    kept.keep("a", Transcript(("a", "a"), ended=True, size=90))
    assert [name for name in "abc" if kept.of(name).events] == ["a"]
