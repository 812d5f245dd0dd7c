"""Which tests of the engine run which lines of it, and how long each test takes: measured once, kept in build/mutants.

As a plugin of pytest (`-p covering`) this module tells `coverage` which test is under way, also in processes that the
test starts. What a fixture of a module or session does belongs to all tests that use it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from coverage import Coverage, CoverageData

TEST, DATA = "GRADPROOF_TEST", "GRADPROOF_DATA"
SETTINGS = f"""\
[run]
source_pkgs = grader
parallel = true
concurrency = multiprocessing,thread
data_file = ${{{DATA}}}/lines
context = ${{{TEST}-}}
disable_warnings = no-data-collected,module-not-measured,module-not-imported,already-imported,dynamic-conflict
"""
# Helpers give up all files, and could not write what they have run: while lines are measured, they keep them.
LOCK = "grader/intake/limited.py"
SEALED = "from grader.worker.confine.sealed import Bounds, seal"
UNSEALED = "from grader.worker.confine.sealed import Bounds; seal = lambda *_, **__: None"
MOST_SECONDS = 900


@dataclass(frozen=True)
class Test:
    """A test by its id, the seconds that it takes, and the lines that it runs by module, ``grader/intake/stage.py``."""

    name: str
    seconds: float
    lines: dict[str, frozenset[int]]


def tests_of(module: str, engine: Sequence[str], root: Path, copy: Path) -> list[Test]:
    """Return the tests of a module of tests/engine, with the lines that they run in these modules of the engine.

    They are measured in a copy of the project, unless nothing has changed since they were. Those that fail there, where
    helpers keep their files, are left out.
    """
    kept = root / "build" / "mutants" / f"{module}.json"
    state = _state([*engine, f"tests/engine/test_{module}.py"], root)
    with suppress(OSError, ValueError, KeyError):
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["state"] == state:
            return [_test(*one) for one in known["tests"]]
    print(f"which lines does test_{module} run?", file=sys.stderr, flush=True)
    found = _measured(module, engine, copy)
    kept.parent.mkdir(parents=True, exist_ok=True)
    told = [(one.name, one.seconds, {file: sorted(lines) for file, lines in one.lines.items()}) for one in found]
    kept.write_text(json.dumps({"state": state, "tests": told}), encoding="utf-8")
    return found


def _test(name: str, seconds: float, lines: Mapping[str, Sequence[int]]) -> Test:
    return Test(name, seconds, {file: frozenset(numbers) for file, numbers in lines.items() if numbers})


def _state(files: Sequence[str], root: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.encode() + b"\0" + (root / file).read_bytes())
    return digest.hexdigest()


def _measured(module: str, engine: Sequence[str], copy: Path) -> list[Test]:
    lock = copy / LOCK
    sealed = lock.read_text(encoding="utf-8")
    with TemporaryDirectory(prefix="gradproof-lines-") as folder:
        settings = Path(folder, "settings")
        settings.write_text(SETTINGS, encoding="utf-8")
        path = os.pathsep.join([str(copy), str(Path(__file__).parent)])
        variables = {**os.environ, TEST: "", DATA: folder, "COVERAGE_PROCESS_START": str(settings), "PYTHONPATH": path}
        command = ["coverage", "run", "--rcfile", str(settings), "-m", "pytest", "-q", "-p", "covering"]
        try:
            lock.write_text(sealed.replace(SEALED, UNSEALED), encoding="utf-8")
            done = subprocess.run(
                [sys.executable, "-m", *command, "-p", "no:cacheprovider", f"tests/engine/test_{module}.py"],
                cwd=copy, env=variables, capture_output=True, text=True, timeout=MOST_SECONDS, check=False,
            )  # fmt: skip
        finally:
            lock.write_text(sealed, encoding="utf-8")
        if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            raise SystemExit(f"test_{module} cannot be run:\n{done.stdout[-3000:]}")
        return _collected(Path(folder), engine, copy)


def _collected(folder: Path, engine: Sequence[str], copy: Path) -> list[Test]:
    """Return what the plugin and coverage have written into a folder."""
    lines: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for file in folder.glob("lines.*"):
        data = CoverageData(str(file))
        data.read()
        for module in engine:
            for line, contexts in data.contexts_by_lineno(str(copy / module)).items():
                for context in contexts:
                    lines[context][module].add(line)
    told = json.loads((folder / "tests").read_text(encoding="utf-8"))
    return [
        _test(
            name,
            seconds,
            {module: [line for one in (name, *shared) for line in lines[one][module]] for module in engine},
        )
        for name, (seconds, shared) in told.items()
    ]


_passed: dict[str, tuple[float, list[str]]] = {}
_failed: set[str] = set()


def _switch(context: str) -> None:
    os.environ[TEST] = context  # for processes that are started from now on
    running = Coverage.current()
    if running is not None:
        running.switch_context(context)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Say which test is under way, and how long it has taken."""
    _switch(item.nodeid)
    start = time.perf_counter()
    result = yield
    if item.nodeid not in _failed:
        _passed[item.nodeid] = (time.perf_counter() - start, _shared_fixtures(item))
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember which tests fail."""
    if report.failed:
        _failed.add(report.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """Say that what is run belongs to a fixture, if several tests share it."""
    before = os.environ[TEST]
    if fixturedef.scope != "function":
        _switch(_called(fixturedef))
    try:
        return (yield)
    finally:
        _switch(before)


def pytest_sessionfinish() -> None:
    """Write down what each test that passed has taken, and which shared fixtures it uses."""
    Path(os.environ[DATA], "tests").write_text(json.dumps(_passed), encoding="utf-8")


def _called(fixture: pytest.FixtureDef[Any]) -> str:
    return f"fixture {fixture.argname} of {fixture.baseid}"


def _shared_fixtures(item: pytest.Item) -> list[str]:
    known = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009  # pytest has no public way
    return sorted(_called(several[-1]) for several in known if several and several[-1].scope != "function")
