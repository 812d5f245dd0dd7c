"""Do the engine's tests notice small mistakes in the engine? A number of mutants, drawn by a seed.

    python benchmarks/mutants.py [--number N] [--seed S] [--room NAME] [--module GLOB] [--skip N] [--stop N] [--show]

A mutant is the engine with one small mistake in a module of intake, results or cohort: those that `grader audit` makes
in solutions, and functions that return nothing. It is made in a copy of the project, where the test modules of its room
run until one fails. One that no test notices has *survived*, and is printed as a diff: either a
test is missing, or the mutant is equivalent, which is for a person to say.

Some rooms' tests take minutes, so a run can be cut in parts: `--skip` and `--stop` leave the draw as it is.
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
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.audit.edits import Edit, Text
from grader.audit.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
# The modules of each room, and the modules of tests/engine that are nearest to them, the quickest first.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "intake": (
        ("submission/*.py",),
        ("identify", "which_file", "together", "inbox", "staging", "archives", "mess", "large_notebooks"),
    ),
    "results": (
        ("result.py", "outcome.py", "marks.py", "feedback.py", "rubric/decimals.py"),
        ("result", "rubric_decimals", "marks", "feedback", "render", "markdown", "class_page"),
    ),
    "cohort": (
        ("batch.py", "jobs.py", "inbox.py", "earlier.py", "class_folder.py", "class_list.py", "written/*.py"),
        ("mark_list", "class_folder", "class_page", "inbox", "written", "batch", "interruption", "mess"),
    ),
}
# A mutant that makes the tests take so much longer than they take without it never ends.
SLOWER, MOST_SECONDS = 3, 600


@dataclass(frozen=True)
class Drawn:
    """A mutant of a module of the engine."""

    room: str
    module: Path
    mutant: Mutant


def drawn(number: int, seed: int, room: str | None = None, only: str = "*") -> list[Drawn]:
    """Return so many mutants of all rooms, or of one, and of modules of such names, drawn by a seed."""
    everything = [
        Drawn(name, module, mutant)
        for name, (globs, _) in ROOMS.items()
        if room in (None, name)
        for glob in globs
        for module in sorted((ROOT / "grader").glob(glob))
        if fnmatch.fnmatch(module.stem, only)
        for mutant in _mutants(module)
    ]
    return random.Random(seed).sample(everything, min(number, len(everything)))


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
    """A copy of the project in which mutants are tried, one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seconds: dict[str, float] = {}
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for file in filter(None, files.split("\0")):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)

    def survives(self, one: Drawn) -> bool:
        """Tell whether no test notices a mutant."""
        if one.room not in self._seconds:
            start = time.perf_counter()
            if not self._passes(one.room, MOST_SECONDS):
                raise SystemExit(f"the tests of {one.room} fail without any mutant")
            self._seconds[one.room] = time.perf_counter() - start
        place = self.folder / one.module.relative_to(ROOT)
        try:
            place.write_text(one.mutant.source, encoding="utf-8")
            return self._passes(one.room, 10 + SLOWER * self._seconds[one.room])
        finally:
            shutil.copy2(one.module, place)

    def _passes(self, room: str, seconds: float) -> bool:
        modules = [f"tests/engine/test_{name}.py" for name in ROOMS[room][1]]
        command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", *modules]
        # The copy's engine before the installed one, in all processes that the tests start.
        settings = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        quiet = subprocess.DEVNULL
        tests = subprocess.Popen(
            command, cwd=self.folder, env=settings, stdout=quiet, stderr=quiet, start_new_session=True
        )
        try:
            return tests.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            if tests.poll() is None:
                os.killpg(tests.pid, signal.SIGKILL)
                tests.wait()


def main() -> None:
    """Try the mutants and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=300, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--skip", type=int, default=0, help="how many of them were tried before")
    parser.add_argument("--stop", type=int, help="the last of them to be tried")
    parser.add_argument("--room", choices=ROOMS, help="draw from one room alone")
    parser.add_argument("--module", default="*", metavar="GLOB", help="draw from modules of such names alone")
    parser.add_argument("--show", action="store_true", help="print the mutants and try none")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the tests under way end as well
    chosen = drawn(options.number, options.seed, options.room, options.module)[options.skip : options.stop]
    with TemporaryDirectory(prefix="gradproof-mutants-") as folder:
        copy = None if options.show else Copy(Path(folder))
        came_of = Counter(told(number, one, copy) for number, one in enumerate(chosen, options.skip + 1))
    print(", ".join(f"{count} {word}" for word, count in came_of.items()))


def told(number: int, one: Drawn, copy: Copy | None) -> str:
    """Try a mutant, where there is a copy to try it in, and print and return what came of it."""
    start = time.perf_counter()
    word = "drawn" if copy is None else "survived" if copy.survives(one) else "noticed"
    where = one.module.relative_to(ROOT)
    print(f"{number} {word} after {time.perf_counter() - start:.0f} s: {where} {one.mutant.name}", flush=True)
    if word == "survived":
        print(one.mutant.diff, flush=True)
    return word


if __name__ == "__main__":
    main()
