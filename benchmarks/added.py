"""What `grader batch` adds to grading: looking through the inbox, processes, results, feedback, tables and the book.

    python benchmarks/added.py [--submissions N] [--rounds N]

Right submissions of fifteen plain checks (`benchmarks/peers/checks.py`), no two alike, are graded by one
`grader batch`, and by a warm grader that does nothing else. Of both it is what one more submission costs: the
difference between a class of N and one of a tenth of it, in seconds of CPU time of all processes, and on the clock. The
jail is the lock, because what processes in a room have used is not told when it is taken down.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.course.folder import Course
from grader.grading.session import opened_grader

PEERS = Path(__file__).with_name("peers")
ISOLATION = "lock"


def make_course(folder: Path) -> str:
    """Make the course of the fifteen checks, and return right work."""
    sys.path.append(str(PEERS))
    from forms import our_rubric, our_suite
    from tool import write_files
    from works import RIGHT

    files = {
        "rubrics/plain.yaml": our_rubric("plain", apart=False),
        "tests/hidden/test_plain.py": our_suite(apart=False),
        "reference/right.py": RIGHT.script(),
    }
    write_files(folder, files)
    return RIGHT.script()


def fill(inbox: Path, script: str, submissions: int) -> Path:
    """Make so many submissions."""
    for number in range(submissions):
        own = inbox / f"s{number:05}"
        own.mkdir(parents=True)
        (own / "right.py").write_text(f"{script}\n# {number}\n", encoding="utf-8")
    return inbox


def grade(course: Path, inbox: Path) -> None:
    """Grade each submission and do nothing else."""
    here = Course.find(course)
    with opened_grader(here, here.rubric("plain"), isolation=ISOLATION) as grader:
        for place in sorted(inbox.iterdir()):
            grader.grade(place)


def timed(command: list[str]) -> tuple[float, float]:
    """Return how many seconds a command takes: of CPU time with all of its processes, and on the clock."""
    start, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    clock, after = time.perf_counter() - start, os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, clock


def one_more(folder: Path, submissions: int, *, batch: bool) -> tuple[float, float]:
    """Return what one more submission takes in a batch, or in a grader alone."""
    costs = []
    for inbox in ("few", "many"):
        words = [str(Path(__file__)), "--alone", str(folder / "course"), str(folder / inbox)]
        if batch:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                words = ["-m", "grader", "batch", str(folder / inbox), "-a", "plain", "--out", out]
                words += ["--course", str(folder / "course"), "--isolation", ISOLATION]
                costs.append(timed(words))
        else:
            costs.append(timed(words))
    more = submissions - submissions // 10
    (cpu_few, clock_few), (cpu_many, clock_many) = costs
    return (cpu_many - cpu_few) / more, (clock_many - clock_few) / more


def main() -> None:
    """Measure both in turn, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", nargs=2, type=Path, metavar=("COURSE", "INBOX"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.alone:
        grade(*told.alone)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        script = make_course(folder / "course")
        for inbox, size in (("few", told.submissions // 10), ("many", told.submissions)):
            fill(folder / inbox, script, size)
        rounds = [
            [one_more(folder, told.submissions, batch=batch) for batch in (False, True)] for _ in range(told.rounds)
        ]
    for at, what in enumerate(("CPU time", "clock")):
        alone, batch = (statistics.median(one[of][at] for one in rounds) for of in (0, 1))
        added = statistics.median(one[1][at] / one[0][at] - 1 for one in rounds)
        print(f"{what}: alone {1000 * alone:.1f} ms, in a batch {1000 * batch:.1f} ms, which adds {added:.2f}")


if __name__ == "__main__":
    main()
