"""What one more submission costs, graded by us and by others: fifteen plain checks on five functions.

    python benchmarks/peers [--rounds N] [--only TOOL] [--build DIR]

Every tool runs the same checks (`checks.py`), each in the form that its own documentation recommends
(`forms.py`, `notebooks.py`). First it must give right work all marks and each wrong submission exactly
the marks that `works.py` lists; a tool that does not do this same work ends the benchmark. Then every
tool grades one more right submission in each round, in turn, all on one CPU.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from notebooks import Nbgrader, Otter
from ours import Apart, Command, Warm
from rich.console import Console
from rich.table import Table
from scripts import GradescopeUtils, Pytest
from tool import BUILD, NotMeasured, Tool
from works import FORGED, FORGERY, FULL, RIGHT, WRONG, Work

from grader.sandbox.affinity import share_one_cpu

TOOLS: tuple[type[Tool], ...] = (Warm, Apart, Command, GradescopeUtils, Pytest, Nbgrader, Otter)
FIRST = Warm.name


@dataclass
class Measured:
    """What came out for one tool: a duration a round, whether it was forged, or why there is nothing."""

    tool: Tool
    seconds: list[float] = field(default_factory=list)
    forged: bool = False
    problem: str = ""


def verify(tool: Tool) -> None:
    """End the benchmark unless the tool gives right and wrong work the marks that all must give."""
    for work in (RIGHT, *WRONG):
        place = tool.hand_in(work, work.name)
        tool.grade(place)
        if (given := tool.marks(place)) != work.marks:
            raise SystemExit(f"{tool.name} marks the work {work.name!r} {given}, it must get {work.marks}")


def prepare(tool: Tool) -> Measured:
    """Set a tool up, verify it and try the forgery on it."""
    measured = Measured(tool)
    print(f"Verifying {tool.name} …", file=sys.stderr)
    try:
        tool.set_up()
        verify(tool)
        place = tool.hand_in(FORGED, FORGED.name)
        tool.grade(place)
        measured.forged = tool.marks(place) == FULL
    except NotMeasured as reason:
        measured.problem = str(reason)
    return measured


def measure(measured: Measured, work: Work, number: int) -> None:
    """Time one more submission, and make sure that it got its marks."""
    tool = measured.tool
    place = tool.hand_in(work, f"{work.name}{number}")
    start = time.perf_counter()
    try:
        tool.grade(place)
    except NotMeasured as reason:
        measured.seconds.clear()
        measured.problem = str(reason)
        return
    measured.seconds.append(time.perf_counter() - start)
    if tool.marks(place) != work.marks:
        raise SystemExit(f"{tool.name} marked the work {work.name!r} otherwise in round {number}")


def table_of(results: list[Measured], rounds: int) -> Table:
    """Return the table that is printed."""
    title = f"One more submission of fifteen plain checks: {rounds} rounds in turn on one CPU"
    table = Table("tool", "version", "how", "jailed", title=title)
    table.add_column("median (min–max)", justify="right")
    table.add_column("to ours", justify="right")
    table.add_column("forged", justify="center")
    ours = next((measured.seconds for measured in results if measured.tool.name == FIRST), [])
    for measured in results:
        tool, seconds = measured.tool, measured.seconds
        words = [tool.name, tool.version, tool.how, tool.jailed]
        if not seconds:
            table.add_row(*words, "not measured", "–", "–")
            continue
        middle = statistics.median(seconds)
        spread = f"{middle:.3f} s ({min(seconds):.3f}–{max(seconds):.3f})"
        # Of each round by itself: what makes the machine slow for a while makes both slow.
        ratio = f"{statistics.median(b / a for a, b in zip(ours, seconds, strict=True)):.1f}×" if ours else "–"
        table.add_row(*words, spread, ratio, "yes" if measured.forged else "no")
    return table


def notes(results: list[Measured]) -> list[str]:
    """Return what stands below the table."""
    problems = [f"{m.tool.name} is not measured: {m.problem}" for m in results if m.problem]
    return [
        *problems,
        f"Every measured tool gave right work full marks, and {len(WRONG)} wrong ones the marks listed for them.",
        f"Forged: work that solves nothing got full marks by the line `{FORGERY}`.",
        "Peers are run as a command each time; containers in which a service may start them are not counted.",
        f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs (about 1 is this benchmark itself).",
    ]


def main() -> None:
    """Verify, measure and print."""
    names = [tool.name for tool in TOOLS]
    parser = argparse.ArgumentParser(prog="python benchmarks/peers", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured (default: 7)")
    parser.add_argument("--only", action="append", choices=names, metavar="TOOL", help=f"one of {', '.join(names)}")
    parser.add_argument("--build", type=Path, default=BUILD, help="where environments are kept (default: build/peers)")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    share_one_cpu(0)
    tools = [tool(options.build.resolve()) for tool in TOOLS if not options.only or tool.name in options.only]
    with ExitStack() as stack:
        for tool in tools:
            stack.callback(tool.close)
        results = [prepare(tool) for tool in tools]
        for number in range(options.rounds):
            for measured in results:
                if not measured.problem:
                    measure(measured, RIGHT, number)
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table_of(results, options.rounds))
    for line in notes(results):
        console.print(line, highlight=False, markup=False)


if __name__ == "__main__":
    main()
