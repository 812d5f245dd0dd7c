"""A large class, graded from beginning to end: what memory the processes take, and how long one more submission does.

    python benchmarks/large_class.py [--submissions N] [--jobs N] [--only GLOB] [--plot FILE]

Copies of the sample class's scripts, no two alike, are graded by one `grader batch`. Twice a second the resident memory
of the command's own process and of its whole tree is looked at, and a submission ends when its line is printed. Prints,
for each tenth of the run, the mean seconds of a submission and the median memory; `--plot` draws all of it.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from cluster import ASSIGNMENT, ROOT, fill
from rich.console import Console
from rich.table import Table

ONLY = "optimizers.[!p]*"
LOOK_SECONDS = 0.5
PARTS = 10
MEBI = 1 << 20


@dataclass
class Run:
    """A run, looked at: seconds and MiB of the main process and of the tree, and when each submission ended."""

    main: list[tuple[float, float]]
    tree: list[tuple[float, float]]
    ended: list[float]

    def parts(self) -> list[tuple[float, float, float]]:
        """Return, for each tenth of the submissions, the mean seconds of one, and MiB of the main process and tree."""
        gaps = [(at, at - before) for before, at in itertools.pairwise(self.ended)]
        size = max(1, len(gaps) // PARTS)
        found = []
        for first in range(0, size * (len(gaps) // size), size):
            part = gaps[first : first + size]
            begin, end = part[0][0], part[-1][0]
            main, tree = (
                statistics.median([mib for at, mib in seen if begin <= at <= end] or [float("nan")])
                for seen in (self.main, self.tree)
            )
            found.append((statistics.fmean(gap for _, gap in part), main, tree))
        return found


def looked_at(command: list[str]) -> Run:
    """Run a command and look at it all the while."""
    run, start = Run([], [], []), time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        watching = threading.Thread(target=_watch, args=(process.pid, run, start), daemon=True)
        watching.start()
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("["):
                run.ended.append(time.monotonic() - start)
            else:
                print(line, end="", file=sys.stderr)
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode}")
    watching.join()
    return run


def _watch(pid: int, run: Run, start: float) -> None:
    main = psutil.Process(pid)
    while True:
        try:
            own = main.memory_info().rss
            others = [_resident(child) for child in main.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        now = time.monotonic() - start
        run.main.append((now, own / MEBI))
        run.tree.append((now, (own + sum(others)) / MEBI))
        time.sleep(LOOK_SECONDS)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def plotted(run: Run, file: Path) -> None:
    """Draw memory over the run, and below it the time of each submission."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (memory, pace) = plt.subplots(2, 1, sharex=True, figsize=(8, 6), layout="constrained")
    for seen, label in ((run.tree, "all processes"), (run.main, "the command itself")):
        memory.plot(*zip(*seen, strict=True), label=label)
    memory.set(ylabel="resident memory in MiB", ylim=(0, None), title=f"{len(run.ended)} submissions")
    memory.legend()
    gaps = [(at, at - before) for before, at in itertools.pairwise(run.ended)]
    pace.plot(*zip(*gaps, strict=True), ".", markersize=2)
    pace.set(xlabel="seconds since the start", ylabel="seconds after the one before", ylim=(0, None))
    figure.savefig(file, dpi=120)


def main() -> None:
    """Grade and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default=ONLY, metavar="GLOB", help="what is graded of them")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="a picture of the run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "inbox", options.submissions)
        command = [sys.executable, "-m", "grader", "batch", str(folder / "inbox"), "--course", str(ROOT)]
        command += ["-a", ASSIGNMENT, "--only", options.only, "--out", str(folder / "out"), "--jobs", str(options.jobs)]
        run = looked_at(command)
    table = Table("part of the run", "seconds each", "the command, MiB", "all processes, MiB")
    for number, (each, main, tree) in enumerate(run.parts(), 1):
        table.add_row(str(number), f"{each:.3f}", f"{main:.1f}", f"{tree:.1f}")
    Console().print(table)
    if options.plot:
        plotted(run, options.plot)


if __name__ == "__main__":
    main()
