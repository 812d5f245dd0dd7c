"""Does right work earn under the filter what it earns without one?

    python benchmarks/isolations.py --corpus DIR [--corpus DIR …] [--like GLOB] [--jobs N]

Grades the right works of corpora (laid out as `scoreboard.py` says) twice: in the strongest isolation that works here,
and with `--isolation process`, which confines nothing. Prints how many end alike, and each criterion that does not;
with one of those it ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scoreboard import Trial, graded, trials


def endings(result: dict[str, Any] | None) -> dict[str, str]:
    """Return how each criterion of a result ended, by its id."""
    questions = result["questions"] if result else []
    return {criterion["id"]: criterion["outcome"] for question in questions for criterion in question["criteria"]}


def differences(found: Sequence[Trial], jobs: int) -> dict[Trial, list[str]]:
    """Grade works both ways; return for each what ends otherwise, as lines: none where all is alike."""
    # All works of an assignment together: a batch starts PyTorch once, and what a work has no file of costs nothing.
    assignments = defaultdict[str, list[Trial]](list)
    for trial in found:
        assignments[trial.meta["assignment"]].append(trial)
    lines: dict[Trial, list[str]] = {}
    for assignment, members in sorted(assignments.items()):
        first, *others = sorted({trial.meta["only"] for trial in members})
        only = [word for glob in others for word in ("--only", glob)]
        ways = {}
        for isolation in ("auto", "process"):
            with tempfile.TemporaryDirectory() as folder:
                ways[isolation] = graded(
                    (assignment, first), members, Path(folder), jobs, *only, "--isolation", isolation
                )
        for trial in members:
            confined, free = (endings(way.get(trial)) for way in ways.values())
            names = sorted(confined.keys() | free.keys())
            lines[trial] = [
                f"{trial.name}: {name} ends as {confined.get(name, 'nothing')} under the filter, as "
                f"{free.get(name, 'nothing')} without it"
                for name in names
                if confined.get(name) != free.get(name)
            ]
            if not names:
                lines[trial] = [f"{trial.name}: no result"]
        print(f"[{len(lines)}/{len(found)}] {assignment}", file=sys.stderr, flush=True)
    return lines


def main() -> int:
    """Compare both ways of grading and tell what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, action="append", required=True)
    parser.add_argument("--like", action="append")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    found = [one for corpus in options.corpus for one in trials(corpus, options.like or ["*"]) if one.kind == "right"]
    lines = differences(found, options.jobs)
    print(
        f"{sum(not each for each in lines.values())} of {len(found)} right works end alike with and without the filter"
    )
    print(*(line for each in lines.values() for line in each), sep="\n", end="")
    return int(any(lines.values()))


if __name__ == "__main__":
    sys.exit(main())
