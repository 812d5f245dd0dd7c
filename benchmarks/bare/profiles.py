"""Where the time of one grading goes: wall time by part, and shares of the trusted process by package."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest import mock

from grader.grading import session
from grader.grading.session import Grader
from grader.pytest_side.runner import CollectedSuite
from grader.sandbox.jailed import JailedQuestion
from grader.sandbox.warm import WarmProcess

ROOT = Path(__file__).resolve().parents[2]
REST = "order, marks and the document"
CALLS = "calls and their replies"
PARTS: tuple[tuple[Any, str, str], ...] = (
    (Grader, "grade", REST),
    (session, "stage", "staging: copying and hashing"),
    (WarmProcess, "fork", "forking workers"),
    (JailedQuestion, "_load", "confining, loading the submission"),
    (JailedQuestion, "close", "ending workers"),
    (JailedQuestion, "call", CALLS),
    (JailedQuestion, "read", CALLS),
    (JailedQuestion, "_call_back", "callbacks, on this side"),
    (CollectedSuite, "run", "checks, hypothesis, pytest"),
)
OURS = {
    "grader/checks/": "grader: vocabulary of the checks",
    "grader/worker/": "grader: reading and writing frames",
    "grader/sandbox/": "grader: jail, waiting for workers included",
    "grader/": "grader: everything else",
}
OTHERS = {
    "/hypothesis/": "hypothesis",
    "/_pytest/": "pytest",
    "/pluggy/": "pytest",
    "/numpy/": "NumPy",
    "/tests/public/": "the suites themselves",
    "/tests/hidden/": "the suites themselves",
}


class Counters:
    """Wall time and number of entries by part, each without the parts inside it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.entries: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Put the counters around the grader's parts."""
        patches = [
            mock.patch.object(owner, name, self._around(getattr(owner, name), part)) for owner, name, part in PARTS
        ]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()

    def _around(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self._open.append(part)
            self.entries[part] += 1
            try:
                return function(*args, **kwargs)
            finally:
                self._turn()
                self._open.pop()

        return counted

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


def shares(grade: Callable[[], object]) -> dict[str, float]:
    """Return the share of each package in the trusted process's time; a builtin counts for its caller."""
    profile = cProfile.Profile()
    profile.runcall(grade)
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file.startswith(("~", "<")) and callers:
            for (caller, _, _), (_, _, part, _) in callers.items():
                spent[package(caller)] += part
        else:
            spent[package(file)] += own
    return {name: seconds / spent.total() for name, seconds in spent.most_common()}


def package(file: str) -> str:
    """Return the package that a source file counts for."""
    path = file.replace("\\", "/")
    own = path.removeprefix(f"{ROOT.as_posix()}/")
    if own.startswith("grader/"):
        return next(title for folder, title in OURS.items() if own.startswith(folder))
    return next((title for folder, title in OTHERS.items() if folder in path), "Python's library and the rest")
