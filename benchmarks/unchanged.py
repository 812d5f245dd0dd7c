"""How long `grader batch` takes over a class in which nothing is new, which is what each round of entering marks costs.

    python benchmarks/unchanged.py [--submissions N] [--rounds N] [--profile]

Makes an export of Moodle's form, in which each student hands in one question of an assignment and a text for whoever
marks it. The first hand-in is graded, and the others are given what was found of it: how results came about does not
matter here. Then the same command is run N times. Printed are the time on the clock, the CPU time of the command with
all its processes, and the medians. `--profile` prints where one more round spends its time.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

from grader.cli import batch
from grader.cli.app import main as grader
from grader.cohort.jobs import LocalPool
from grader.cohort.reports import Order, Report
from grader.course.folder import Course
from grader.intake.stage import Place, stage

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "convnets-2020-hw2"
SOLVED = "counting"


def fill(folder: Path, submissions: int) -> None:
    """Make the export and the class's roster."""
    right = (ROOT / "reference" / f"{SOLVED}.py").read_text(encoding="utf-8")
    rows = ["id,name,email,moodle"]
    for number in range(51001, 51001 + submissions):
        name = f"Ada Lovelace {number}"
        own = folder / "export" / f"{name}_{number}_assignsubmission_file"
        own.mkdir(parents=True)
        (own / f"{SOLVED}.py").write_text(f"{right}\n# by {number}\n", encoding="utf-8")
        (own / "report.md").write_text(f"# 1\n\nNeighbours belong together, says {number}.\n", encoding="utf-8")
        rows.append(f"cs{number},{name},cs{number}@example.org,{number}")
    (folder / "out").mkdir()
    (folder / "out" / "roster.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def words(folder: Path) -> list[str]:
    """Return the command that grades the class, without the program."""
    return ["batch", str(folder / "export"), "--course", str(ROOT), "-a", ASSIGNMENT, "--out", str(folder / "out")]


class FirstForAll(LocalPool):
    """A pool that grades the first submission only."""

    def reports(self, order: Order, places: Sequence[Place], *, apart: bool = False) -> Iterator[Report]:
        """Yield the report of the first place, and the same for each of the others with its own name and digest."""
        if not places:  # as when nothing is to be tried once more
            return
        first, *others = places
        with closing(super().reports(order, [first], apart=apart)) as reports:
            report = next(iter(reports))
        yield report
        found, also = report.demand(), Course.find(ROOT).rubric(ASSIGNMENT).work_files
        for place in others:
            with tempfile.TemporaryDirectory() as copy:
                staged = stage(place, Path(copy), also)
            provenance = found.provenance.model_copy(update={"submission_sha256": staged.digest})
            theirs = found.model_copy(update={"submission": staged.name, "provenance": provenance})
            yield replace(report, path=place, result=theirs)


def run_here(folder: Path) -> None:
    """Run the command in this process."""
    with mock.patch.object(sys, "argv", ["grader", *words(folder)]):
        try:
            grader()
        except SystemExit as ended:
            if ended.code:
                raise


def timed(folder: Path) -> tuple[float, float]:
    """Return how many seconds the command takes: on the clock, and of CPU time with all of its processes."""
    start, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-m", "grader", *words(folder)], capture_output=True, cwd=ROOT, check=True)
    clock, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return clock, cpu


def profile(folder: Path) -> None:
    """Print which functions a round spends its time in."""
    profiler = cProfile.Profile()
    profiler.runcall(run_here, folder)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(80)


def main() -> None:
    """Measure, and print each round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fill(folder, told.submissions)
        with mock.patch.object(batch, "LocalPool", FirstForAll):
            run_here(folder)
        timed(folder)  # what was written within the last moments is looked at once more
        rounds = [timed(folder) for _ in range(told.rounds)]
        for clock, cpu in rounds:
            print(f"nothing new: {clock:5.2f} s {cpu:5.2f} s CPU")
        clock, cpu = (statistics.median(of) for of in zip(*rounds, strict=True))
        print(f"{told.submissions} submissions, median: {clock:.2f} s, {cpu:.2f} s CPU")
        if told.profile:
            profile(folder)


if __name__ == "__main__":
    main()
