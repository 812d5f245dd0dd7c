"""From a kit to its first answer: commands, seconds and megabytes, for a kit in NumPy and for one with PyTorch.

    python benchmarks/first_answer.py [--rounds N] [--work DIR]

Each kit is released, installed as its first page says into an environment of its own, and asked for a first answer:
all checks, those of one question, and those that `pytest --watch` runs after a file was saved (from the save to the
last line). Packages come from wherever pip is set up to take them from, and pip does not wait for an index that it
cannot reach: the seconds of an installation are this machine's, and what is downloaded is not measured. The first run
writes the caches of compiled checks; the others are medians. On a busy machine the seconds of the processor say more
than those of the clock.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
BIN = "Scripts" if os.name == "nt" else "bin"
# An assignment, a question, and its module: the first in NumPy alone.
KITS = (
    ("cs6910-2020-pa2", "decay.step", "weight_decay"),
    ("iith-ai5100-2023-a3", "saliency.vanilla", "saliency"),
)
LAST_LINE = re.compile(r"\d+ .* in [\d.]+s")
STUB = "raise NotImplementedError"


class Kit:
    """A released kit with an environment of its own."""

    def __init__(self, assignment: str, folder: Path) -> None:
        command = [sys.executable, "-m", "grader", "release", assignment, "--to", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        self.folder = folder
        self.programs = folder / ".venv" / BIN
        path = os.pathsep.join([str(self.programs), os.environ.get("PATH", "")])
        self._environment = {**os.environ, "PATH": path, "PIP_RETRIES": "0", "COLUMNS": "100"}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.of_processor = list[float]()

    def seconds(self, *command: str | Path, fails: bool = False) -> float:
        """Return how long a command takes in the kit's folder; one that `fails` may end with 1, as checks do."""
        begun, used = time.perf_counter(), _processor_seconds()
        done = subprocess.run(command, cwd=self.folder, env=self._environment, capture_output=True, check=False)
        if done.returncode > fails:
            raise SystemExit(f"{command}:\n{done.stdout.decode()}{done.stderr.decode()}")
        self.of_processor.append(_processor_seconds() - used)
        return time.perf_counter() - begun

    def megabytes(self) -> float:
        """Return how much the environment takes on disk."""
        files = (path for path in (self.folder / ".venv").rglob("*") if path.is_file() and not path.is_symlink())
        return sum(path.stat().st_size for path in files) / 1e6

    def watched(self, module: str, rounds: int) -> float:
        """Return the median of the seconds from a save to the last line of what `pytest --watch` then prints."""
        file = self.folder / "student" / f"{module}.py"
        stub = file.read_text(encoding="utf-8")
        process = subprocess.Popen(
            [self.programs / "pytest", "--watch", "-q"], cwd=self.folder, env=self._environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        try:
            _until_the_last_line(process)
            found = []
            for number in range(rounds):
                time.sleep(4)  # by then the next process is prepared
                changed = stub.replace(STUB, f"number = {number}\n    {STUB}", 1)
                begun = time.perf_counter()
                file.write_text(changed, encoding="utf-8")
                _until_the_last_line(process)
                found.append(time.perf_counter() - begun)
        finally:
            process.kill()
            process.communicate()
        return statistics.median(found)


def _processor_seconds() -> float:
    """Return the processor's seconds that all processes started here have used so far."""
    used = os.times()
    return used.children_user + used.children_system


def _until_the_last_line(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if LAST_LINE.search(line):
            return
    raise SystemExit("`pytest --watch` has ended by itself")


def measured(assignment: str, question: str, module: str, folder: Path, rounds: int) -> list[str]:
    """Return a row of the table."""
    kit = Kit(assignment, folder)
    make = kit.seconds(sys.executable, "-m", "venv", ".venv")
    install = kit.seconds(kit.programs / "python", "-m", "pip", "install", "--quiet", "-r", "requirements.txt")
    first = kit.seconds(kit.programs / "pytest", fails=True)
    one = [kit.seconds(kit.programs / "pytest", "--question", question, fails=True) for _ in range(rounds)]
    processor = statistics.median(kit.of_processor[-rounds:])
    watched = kit.watched(module, rounds)
    seconds = [make, install, first, statistics.median(one), processor, watched]
    return [assignment, "4", *(f"{each:.2f} s" for each in seconds), f"{kit.megabytes():.0f} MB"]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", type=Path, help="where kits are put (default: a temporary folder)")
    options = parser.parse_args()
    table = Table(
        "kit", "commands", "venv", "pip", "first run", "one question", "of the processor", "after a save", "on disk"
    )
    work = options.work or Path(tempfile.mkdtemp(prefix="gradproof-"))
    try:
        for assignment, question, module in KITS:
            table.add_row(*measured(assignment, question, module, work / assignment, options.rounds))
    finally:
        if options.work is None:
            shutil.rmtree(work)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
