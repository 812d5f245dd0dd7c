"""Where the project stands: trials judged wrongly, how long CI takes, what one more submission costs.

    python benchmarks/scoreboard.py [--corpus DIR] [--like GLOB] [--sample N --seed S] [--strict] [--jobs N]
        [--rounds N]

A corpus holds `right/NAME` and `wrong/NAME`, each with `work/`, what was handed in, and `meta.json`: `assignment`,
`only` (the glob that is graded), `note`, `questions` (of right work: which ones it answers, by default all that are
graded), `affects` (of wrong work: the criteria that it must not earn all of), `arguable`.

Right work has to pass all automatic criteria of its questions. Wrong work has to lose one of those that it affects:
then it is *caught*, and *named* where the feedback names a mistake; *caught elsewhere* if it loses others only, else a
*false pass*. What is arguable is counted by itself. With `--strict` any work judged wrongly ends it with 1, and only
what came of trials is printed: so CI does, on a sample. Minutes are those of the last whole `make test`, which leaves
them in build/ci.json; costs are measured now, as by `cost.py`, and left out with `--rounds 0`.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cost import GRADED, warm_costs

from grader.sandbox.affinity import share_one_cpu
from grader.sandbox.probe import choose

ROOT = Path(__file__).resolve().parents[1]
STEPS = ROOT / "build" / "ci.json"
WRONGLY = ("false fail", "false pass", "broken", "no result")
PASSED, BY_HAND, BROKEN = "passed", "to_be_marked", "broken"


@dataclass(frozen=True)
class Trial:
    """A work of the corpus: right or wrong, and what is known of it."""

    kind: str
    name: str
    work: Path
    meta: dict[str, Any] = field(compare=False, hash=False)

    @property
    def group(self) -> tuple[str, str]:
        """What is graded together: an assignment, and a glob."""
        return self.meta["assignment"], self.meta["only"]


@dataclass(frozen=True)
class Judged:
    """How a trial was judged, and which criteria it lost, each with its outcome."""

    trial: Trial
    verdict: str
    lost: dict[str, str]


def trials(corpus: Path, like: Sequence[str]) -> list[Trial]:
    """Return the works of a corpus whose names are like one of the globs, in order."""
    return [
        Trial(kind, file.parent.name, file.parent / "work", json.loads(file.read_text(encoding="utf-8")))
        for kind in ("right", "wrong")
        for file in sorted((corpus / kind).glob("*/meta.json"))
        if any(fnmatch.fnmatchcase(file.parent.name, glob) for glob in like)
    ]


def judged(found: Sequence[Trial], jobs: int) -> Iterator[Judged]:
    """Grade trials, those of one assignment and glob together, and yield how each was judged."""
    groups = defaultdict[tuple[str, str], list[Trial]](list)
    for trial in found:
        groups[trial.group].append(trial)
    done = 0
    for group, members in sorted(groups.items()):
        with tempfile.TemporaryDirectory() as folder:
            results = graded(group, members, Path(folder), jobs)
        yield from (verdict(trial, results.get(trial)) for trial in members)
        done += len(members)
        print(f"[{done}/{len(found)}] {group[0]} {group[1]}", file=sys.stderr, flush=True)


def graded(
    group: tuple[str, str], members: Sequence[Trial], folder: Path, jobs: int, *more: str
) -> dict[Trial, dict[str, Any]]:
    """Return the results of trials of one group, of those that have one; `more` goes to `grader batch`."""
    names = {trial: f"{trial.kind}-{trial.name}" for trial in members}
    for trial, name in names.items():
        shutil.copytree(trial.work, folder / "inbox" / name)
    command = [
        sys.executable, "-m", "grader", "batch", str(folder / "inbox"), "--course", str(ROOT), "-a", group[0],
        "--only", group[1], "--out", str(folder / "out"), "--jobs", str(jobs), *more,
    ]  # fmt: skip
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 3):
        print(f"exit {ended.returncode}: {ended.stderr[-500:]}", file=sys.stderr)
    files = {trial: folder / "out" / "results" / f"{name}.json" for trial, name in names.items()}
    return {trial: json.loads(file.read_text(encoding="utf-8")) for trial, file in files.items() if file.is_file()}


def verdict(trial: Trial, result: dict[str, Any] | None) -> Judged:
    """Judge how a trial was graded."""
    if result is None:
        return Judged(trial, "no result", {})
    criteria = {c["id"]: c for question in result["questions"] for c in question["criteria"]}
    if trial.kind == "right" and trial.meta.get("questions"):
        own = {c["id"] for q in result["questions"] if q["id"] in trial.meta["questions"] for c in q["criteria"]}
        criteria = {name: criterion for name, criterion in criteria.items() if name in own}
    affects = set(trial.meta.get("affects", ()))
    # What waits for a person is neither lost nor earned; wrong work that a person is to find has not got past anybody.
    lost = {
        name: criterion["outcome"]
        for name, criterion in criteria.items()
        if criterion["outcome"] not in ((PASSED,) if name in affects else (PASSED, BY_HAND))
    }
    if BROKEN in lost.values():
        return Judged(trial, "broken", lost)
    if trial.kind == "right":
        word = "false fail" if lost else "passed"
    elif hit := affects & lost.keys():
        word = "named" if any(criteria[name]["misconceptions"] for name in hit) else "caught"
    else:
        word = "caught elsewhere" if lost else "false pass"
    return Judged(trial, "arguable" if word in WRONGLY and trial.meta.get("arguable") else word, lost)


def trial_lines(found: Sequence[Judged], wrongly: Sequence[Judged]) -> Iterator[str]:
    """Yield what is to be told of trials: the counts, then each that was not judged as it should be."""
    for kind in ("right", "wrong"):
        count = Counter(one.verdict for one in found if one.trial.kind == kind)
        yield f"{kind} work: {', '.join(f'{number} {word}' for word, number in count.most_common()) or 'none'}"
    named = sum(one.verdict == "named" for one in found)
    caught = named + sum(one.verdict == "caught" for one in found)
    yield f"judged wrongly: {len(wrongly)} of {len(found)}; broken: {sum(o.verdict == 'broken' for o in found)}"
    yield f"named: {named} of {caught} caught"
    for one in [*wrongly, *(other for other in found if other.verdict == "caught elsewhere")]:
        lost = " ".join(f"{name}:{outcome}" for name, outcome in one.lost.items())
        yield " · ".join(
            filter(None, [one.verdict, f"{one.trial.kind}/{one.trial.name}", lost, one.trial.meta["note"]])
        )


def ci_line() -> str:
    """Return how long the last whole `make test` has taken."""
    if not STEPS.is_file():
        return "make test: not measured; run it, and it leaves its minutes in build/ci.json"
    steps = json.loads(STEPS.read_text(encoding="utf-8"))["steps"]
    longest = max(steps, key=lambda step: step["seconds"])
    minutes = sum(step["seconds"] for step in steps) / 60
    return f"make test: {minutes:.1f} minutes, of which {longest['seconds'] / 60:.1f} for {longest['title']}"


def cost_lines(rounds: int) -> Iterator[str]:
    """Yield what one more submission costs, for each of what `cost.py` grades."""
    for assignment, part in GRADED:
        seconds, checks = warm_costs(assignment, part, choose("auto"), rounds)
        yield f"one more of {part or assignment}: {statistics.median(seconds):.3f} s, {checks} checks"


def main() -> int:
    """Measure and print; return 1 if that is asked for and a trial is judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a folder with right/ and wrong/; without it no trials")
    parser.add_argument(
        "--like", action="append", metavar="GLOB", help="only works whose name is like this; may stand again"
    )
    parser.add_argument("--sample", type=int, help="at most so many works, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="how often each cost is measured; 0 leaves costs out")
    parser.add_argument("--strict", action="store_true", help="end with 1 where a work is judged wrongly")
    options = parser.parse_args()
    wrongly: list[Judged] = []
    if options.corpus is not None:
        found = trials(options.corpus, options.like or ["*"])
        if options.sample is not None and options.sample < len(found):
            found = random.Random(options.seed).sample(found, options.sample)
        verdicts = list(judged(found, options.jobs))
        wrongly = [one for one in verdicts if one.verdict in WRONGLY]
        print(*trial_lines(verdicts, wrongly), sep="\n")
    if options.strict:
        return int(bool(wrongly))
    print(ci_line())
    if options.rounds:
        share_one_cpu(0)
        for line in cost_lines(options.rounds):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
