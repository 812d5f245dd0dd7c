"""Do the engine's tests notice small mistakes in the engine? A number of mutants, drawn by a seed.

    python benchmarks/mutants.py [--number N] [--seed S] [--room NAME] [--module GLOB] [--skip N] [--stop N]
                                 [--seconds S] [--show]

A mutant is the engine with one small mistake in a module of intake, results or cohort: those that `grader audit` makes
in solutions, and functions that return nothing. It is made in a copy of the project, where tests of its room run until
one fails: those that run the mutated line, the quickest first. One that no test notices has *survived*, and is printed
as a diff: either a test is missing, or the mutant is equivalent, which is for a person to say.

Which lines a test runs is measured once and kept (`covering.py`). A run can be cut in parts: `--skip` and `--stop`
leave the draw as it is.
"""

from __future__ import annotations

import argparse
import ast
import fnmatch
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import cache_from_source
from itertools import accumulate, chain, takewhile
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import pytest
from covering import MOST_SECONDS, Test, tests_of

from grader.audit.edits import Edit, Text
from grader.audit.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
# The modules of each room, and the modules of tests/engine that are nearest to them.
ROOMS: dict[str, tuple[str, str]] = {
    "intake": (
        "intake/**/*.py roster/*.py",
        "identify bounds owners roster remembered file_names globs opening lists file_choices together platforms "
        "roster_import which_file archives staging inbox large_notebooks mess",
    ),
    "results": (
        "results/*.py core/outcome.py core/decimals.py",
        "result rubric_decimals marks feedback spreadsheet mark_list render markdown class_page verify batch",
    ),
    "cohort": (
        "cohort/*.py handmarking/*.py",
        "mark_list gather inbox_table class_inbox batch_tables jobs shown solutions attachments carrying remarks "
        "verify batch inbox written class_folder class_page exports mess",
    ),
}
# The first tests take so much in all, so that a mutant which most of them notice costs no more.
FIRST_SECONDS = 15
# A mutant that makes the tests take so much longer than they took without it never ends.
SLOWER, LEAST_SECONDS = 4, 30


@dataclass(frozen=True)
class Drawn:
    """A mutant of a module of the engine, which is named by its path in the project."""

    room: str
    module: str
    mutant: Mutant


def drawn(number: int, seed: int, room: str | None = None, only: str = "*") -> list[Drawn]:
    """Return so many mutants of all rooms, or of one, and of modules of such names, drawn by a seed."""
    everything = [
        Drawn(name, module, mutant)
        for name in ROOMS
        if room in (None, name)
        for module in modules_of(name)
        if fnmatch.fnmatch(Path(module).stem, only)
        for mutant in _mutants(ROOT / module)
    ]
    return random.Random(seed).sample(everything, min(number, len(everything)))


def modules_of(room: str) -> list[str]:
    """Return the modules of a room by their paths in the project."""
    globs = (f"grader/{glob}" for glob in ROOMS[room][0].split())
    return [path.relative_to(ROOT).as_posix() for glob in globs for path in sorted(ROOT.glob(glob))]


def _mutants(module: Path) -> list[Mutant]:
    source = module.read_text(encoding="utf-8")
    tree = ast.parse(source)
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    assigned = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    names += [target.id for target in assigned if isinstance(target, ast.Name)]
    return [*mutants(module, names), *_without_results(source, tree)]


def _without_results(source: str, tree: ast.Module) -> Iterator[Mutant]:
    """Yield a mutant for each statement that returns something, which returns None instead."""
    text = Text(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
            edit = Edit(*text.span(node.value), b"None")
            mutated = text.data[: edit.start] + edit.text + text.data[edit.end :]
            line = f"line {node.lineno}: return None"
            yield Mutant(line, mutated.decode(), f"{line}, not {ast.unparse(node.value)}")


class Copy:
    """A copy of the project in which mutants are tried, one at a time, by tests that take so many seconds in all."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self._seconds = seconds
        self._tests: dict[str, list[Test]] = {}
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for file in filter(None, files.split("\0")):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)

    def noticed(self, one: Drawn) -> str:
        """Return the test that notices a mutant, "" if none does."""
        place = self.folder / one.module
        chosen = self._chosen(one)
        try:
            place.write_text(one.mutant.source, encoding="utf-8")
            # Python takes bytecode of a source of the same size and second, as of `a - b` for that of `a + b`.
            Path(cache_from_source(str(place))).unlink(missing_ok=True)
            return next(filter(None, map(self._failed, chosen)), "")
        finally:
            shutil.copy2(ROOT / one.module, place)

    def _chosen(self, one: Drawn) -> tuple[list[Test], list[Test]]:
        """Return the tests that run a mutant's lines, the quickest first, in two parts."""
        if one.room not in self._tests:
            engine = [module for room in ROOMS for module in modules_of(room)]
            of_room = (tests_of(module, engine, ROOT, self.folder) for module in ROOMS[one.room][1].split())
            self._tests[one.room] = sorted(chain.from_iterable(of_room), key=attrgetter("seconds"))
        lines = lines_of((ROOT / one.module).read_text(encoding="utf-8"), one.mutant.source)
        # Any test may need a module that has no functions.
        tests = [test for test in self._tests[one.room] if not lines or lines & test.lines.get(one.module, frozenset())]
        sums = [*accumulate(test.seconds for test in tests)]
        first, last = bisect(sums, FIRST_SECONDS), bisect(sums, self._seconds)
        return tests[:first], tests[first:last]

    def _failed(self, tests: Sequence[Test]) -> str:
        """Return the first of some tests that fails, or what else happens to them; "" if they pass."""
        seconds = LEAST_SECONDS + SLOWER * sum(test.seconds for test in tests)
        names = [test.name for test in tests]
        code, failed = self._run(names, seconds) if names else (pytest.ExitCode.OK, "")
        if code == pytest.ExitCode.USAGE_ERROR:  # a test whose id the mutant has changed is there all the same
            code, failed = self._run([*dict.fromkeys(name.partition("::")[0] for name in names)], MOST_SECONDS)
        return failed or f"pytest's exit code {code}" if code else ""

    def _run(self, names: Sequence[str], seconds: float) -> tuple[int, str]:
        """Return how pytest ends and the first test that fails, as far as pytest names it."""
        command = [sys.executable, "-m", "pytest", "-qx", "--tb=no", "-p", "no:cacheprovider", *names]
        # The copy's engine before the installed one, in all processes that the tests start.
        settings = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        with TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            running = subprocess.Popen(
                command, cwd=self.folder, env=settings, stdout=said, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                code = running.wait(seconds)
            except subprocess.TimeoutExpired:
                return pytest.ExitCode.INTERRUPTED, "the clock"
            finally:
                if running.poll() is None:
                    os.killpg(running.pid, signal.SIGKILL)
                    running.wait()
            said.seek(0)
            failed = [line.split(" ", 2)[1] for line in said if line.startswith(("FAILED ", "ERROR "))]
        return code, next((one.removeprefix("tests/engine/") for one in failed), "")


def lines_of(source: str, mutated: str) -> set[int]:
    """Return the lines of which a test that notices a mutant runs one.

    Those of the innermost statement that differs; and of a function's first line, a class or a module, which are run
    when they are imported, the lines of all functions within.
    """
    before, after, tree = source.splitlines(), mutated.splitlines(), ast.parse(source)
    first = _alike(before, after) + 1
    last = max(first, len(before) - _alike(before[::-1], after[::-1]))
    around = [node for node in _statements(tree) if node.lineno <= first and last <= (node.end_lineno or 0)]
    *outer, inner = around
    if any(isinstance(node, ast.FunctionDef) for node in outer):
        body = getattr(inner, "body", None)
        return {*range(inner.lineno, body[0].lineno if body else (inner.end_lineno or 0) + 1)}
    within = inner if isinstance(inner, ast.FunctionDef) else tree
    functions = [node for node in ast.walk(within) if isinstance(node, ast.FunctionDef)]
    return {node.lineno for function in functions for node in _statements(function)} - {one.lineno for one in functions}


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines are the same from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _statements(tree: ast.AST) -> list[ast.stmt]:
    """Return all statements of a tree, those outside before those within."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def main() -> None:
    """Try the mutants and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=300, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--skip", type=int, default=0, help="how many of them were tried before")
    parser.add_argument("--stop", type=int, help="the last of them to be tried")
    parser.add_argument("--seconds", type=float, default=90, help="how long the tests of a mutant took without it")
    parser.add_argument("--room", choices=ROOMS, help="draw from one room alone")
    parser.add_argument("--module", default="*", metavar="GLOB", help="draw from modules of such names alone")
    parser.add_argument("--show", action="store_true", help="print the mutants and try none")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the tests under way end as well
    chosen = drawn(options.number, options.seed, options.room, options.module)[options.skip : options.stop]
    with TemporaryDirectory(prefix="gradproof-mutants-") as folder:
        copy = None if options.show else Copy(Path(folder), options.seconds)
        came_of = Counter(told(number, one, copy) for number, one in enumerate(chosen, options.skip + 1))
    print(", ".join(f"{count} {word}" for word, count in came_of.items()))


def told(number: int, one: Drawn, copy: Copy | None) -> str:
    """Try a mutant, where there is a copy to try it in, and print and return what came of it."""
    start = time.perf_counter()
    test = copy.noticed(one) if copy else ""
    word = "drawn" if copy is None else "noticed" if test else "survived"
    print(f"{number} {word} after {time.perf_counter() - start:.0f} s: {one.module} {one.mutant.name}", flush=True)
    print(f"    {test}" if test else one.mutant.diff if copy else "", flush=True)
    return word


if __name__ == "__main__":
    main()
