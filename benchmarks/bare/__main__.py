"""What grading adds to the student's own work: a submission graded warm, against its calls made bare.

    python benchmarks/bare [--course DIR] [--assignment ID] [--only GLOB] [--rounds N]

The reference is graded in the jail, and every call that the checks make is recorded once. The same
calls, with the same arguments, are then made on the reference's functions in this process: no jail,
no pytest, no hypothesis, no comparison, nothing loaded anew. Both are timed in turn on one CPU.

Where the rest goes is told twice. Counters, put around the parts of the grader, give seconds of wall
time, each part without the parts inside it. cProfile gives shares of the trusted process by package;
it makes small functions look dearer than they are, so only its shares are printed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from functools import partial
from pathlib import Path

from calls import load, record, replay, same
from profiles import CALLS, ROOT, Counters, shares
from rich.console import Console
from rich.table import Table

from grader.core.errors import CourseError
from grader.course.folder import Course
from grader.grading.session import Grader, opened_grader
from grader.sandbox.affinity import share_one_cpu


def measure(course: Course, rounds: int, only: str, grader: Grader) -> tuple[Table, Table, str]:
    """Return the table of parts, the table of packages, and the sentence that sums up."""
    grader = grader.narrowed(only)
    grade = partial(grader.grade, course.reference)
    grade()
    calls = record(grade)
    modules = {name: load(course, name) for name in {one.module for one in calls}}
    graded, bare = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        grade()
        graded.append(time.perf_counter() - start)
        seconds, results = replay(calls, modules)
        bare.append(seconds)
        differing = [c.target[-1] for c, r in zip(calls, results, strict=True) if not (c.error or same(c.result, r))]
        if differing:
            raise SystemExit(f"bare calls return something else than in the jail: {', '.join(sorted(set(differing)))}")
    counters = Counters()
    with counters.installed():
        for _ in range(rounds):
            grader.grade(course.reference)
    one, other = statistics.median(graded), statistics.median(bare)
    summary = (
        f"Graded warm in the jail {one:.3f} s, its {len(calls)} calls bare {1000 * other:.1f} ms: {one / other:.0f}×, "
        f"medians of {rounds} rounds in turn. "
        f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs."
    )
    return parts_table(counters, rounds, other), packages_table(shares(grade)), summary


def parts_table(counters: Counters, rounds: int, bare: float) -> Table:
    """Return the parts of one grading by wall time."""
    table = Table("part", title="Parts of one grading, wall time by counters, means")
    for title in ("times", "each", "in all", "share"):
        table.add_column(title, justify="right")
    whole = counters.seconds.total()
    for part, seconds in counters.seconds.most_common():
        times = counters.entries[part] / rounds
        each = f"{1e6 * seconds / counters.entries[part]:.0f} µs"
        table.add_row(part, f"{times:.0f}", each, f"{1000 * seconds / rounds:.1f} ms", f"{seconds / whole:.0%}")
        if part == CALLS:
            share = bare * rounds / whole
            table.add_row(
                "  of these, the same calls bare", "", "", f"{1000 * bare:.1f} ms", f"{share:.0%}", style="dim"
            )
    return table


def packages_table(found: dict[str, float]) -> Table:
    """Return the shares of the trusted process by package."""
    table = Table("package", title="The trusted process by package, shares by cProfile")
    table.add_column("share", justify="right")
    for name, share in found.items():
        table.add_row(name, f"{share:.0%}")
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python benchmarks/bare", description=__doc__.partition("\n")[0])
    parser.add_argument("--course", type=Path, default=ROOT, help="the course's folder (default: this repository)")
    parser.add_argument("--assignment", default="cs6910-2020-pa2", help="(default: cs6910-2020-pa2)")
    parser.add_argument("--only", default="[abl]*", help="questions (default: [abl]*, which need none of the others)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    try:
        course = Course.find(options.course)
        rubric = course.rubric(options.assignment)
    except CourseError as error:
        parser.error(str(error))
    share_one_cpu(0)
    with opened_grader(course, rubric) as grader:
        parts, packages, summary = measure(course, options.rounds, options.only, grader)
    console = Console()
    console.print(f"[bold]{options.assignment}[/bold], the reference handed in", highlight=False)
    console.print(summary, highlight=False)
    console.print(parts)
    console.print(packages)


if __name__ == "__main__":
    main()
