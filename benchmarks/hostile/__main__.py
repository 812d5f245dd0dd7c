"""A class in which few are honest: do the others cost them anything?

    python benchmarks/hostile [--count N] [--kind GLOB] [--jobs N] [--work DIR]

Ten honest hand-ins, right and wrong, are graded by themselves, and then in a class with N hostile ones of all kinds
(`in_code.py`, `in_files.py`). Printed is a table of kinds, with how many there were and how they ended. Exit code 1
tells that something was not as it must be: a mark or a byte of an honest one's files that is another, a hand-in without
a row, a mark earned by forging, what a hidden suite holds in anything that was written, or something left behind.
With `--work` the class stays where it is, and an interrupted run goes on.
"""

from __future__ import annotations

import argparse
import csv
import fnmatch
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import in_code
import in_files
from course import ASSIGNMENT, RIGHT, SECRET, replaced, write_course

ROOT = Path(__file__).resolve().parents[2]
# Where the code of the kind that tells an input by its lines has its lines.
TOLD = re.compile(rb":7\d{4}\b")
HONEST = {
    "right.py": RIGHT,
    "right_loops.py": RIGHT.replace("return 2 * x", "return np.array([2 * each for each in x])"),
    "wrong_factor.py": RIGHT.replace("2 * x", "3 * x"),
    "wrong_sum.py": RIGHT.replace("+ x", "- x"),
    "wrong_record.py": RIGHT.replace("(1, 2) for epoch", "(1,) for epoch"),
    "nothing_written.py": RIGHT.replace('"done"', '""'),
    "raises.py": RIGHT.replace("return 2 * x", "raise ValueError(x)"),
    "not_done.py": RIGHT.replace("return 2 * x", "raise NotImplementedError"),
    "slow.py": RIGHT.replace("return 2 * x", "return sum(range(10**6)) * 0 + 2 * x"),
    "torn.py": RIGHT + "\n\ndef torn(:\n",
}


def fill(inbox: Path, count: int, globs: list[str], course: Path) -> dict[str, list[str]]:
    """Write the class; return the names of the hostile hand-ins by kind."""
    for name, text in HONEST.items():
        (inbox / f"honest_{name}").write_text(text, encoding="utf-8")
    every = (*in_code.KINDS, *in_files.KINDS)
    kinds = [kind for kind in every if any(fnmatch.fnmatchcase(kind, glob) for glob in globs)]
    named = defaultdict[str, list[str]](list)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        before = set(os.listdir(inbox))
        if kind in in_code.KINDS:
            (inbox / f"h{number:03}_{kind}.py").write_text(source(kind, number, course, inbox), encoding="utf-8")
        else:
            in_files.KINDS[kind](inbox, f"h{number:03}_{kind}")
        named[kind] += set(os.listdir(inbox)) - before
    return named


def source(kind: str, number: int, course: Path, inbox: Path) -> str:
    """Return the code of a kind."""
    function, body = in_code.body_of(kind)
    first = f"{in_code.IMPORTS}\nimport numpy as np\nPLACES = {[str(course), str(inbox)]}\n# {number}\n"
    if not function:
        return f"{first}{body}\n{RIGHT}"
    return replaced(function, body, first)


def graded(inbox: Path, out: Path, course: Path, jobs: int) -> int:
    """Grade a class; return the exit code."""
    command = [sys.executable, "-m", "grader", "batch", str(inbox), "--course", str(course), "-a", ASSIGNMENT]
    passing = out.parent / "passing"
    passing.mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(passing)}
    done = subprocess.run(
        [*command, "--out", str(out), "--jobs", str(jobs)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in (0, 3):
        print(done.stderr[-3000:])
    return done.returncode


def rows(out: Path, name: str = "marks.csv") -> dict[str, dict[str, str]]:
    """Return a table by its first column."""
    with open(out / name, encoding="utf-8-sig", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def outcomes(out: Path) -> dict[str, list[str]]:
    """Return by hand-in how the criteria ended that it did not pass."""
    found = {}
    for file in (out / "results").glob("*.json"):
        result = json.loads(file.read_text(encoding="utf-8"))
        ended = {c["outcome"] for question in result["questions"] for c in question["criteria"]}
        found[result["submission"]] = sorted(ended - {"passed"}) or ["passed"]
    return found


def faults(alone: Path, out: Path, named: dict[str, list[str]], inbox: Path) -> Iterator[str]:
    """Yield what is not as it must be."""
    before, after = rows(alone), rows(out)
    for name, row in before.items():
        if after.get(name) != row:
            yield f"the row of {name} is {after.get(name)}, alone {row}"
    for file in (file for place in ("results", "feedback") for file in sorted((alone / place).iterdir())):
        other = out / file.relative_to(alone)
        if not other.is_file() or other.read_bytes() != file.read_bytes():
            yield f"{file.relative_to(alone)} is another than alone"
    for kind in in_code.FORGING | in_code.READING:
        question = f"numbers.{in_code.KINDS[kind][0]}"
        for name in (Path(file).stem for file in named.get(kind, ()) if kind not in in_code.HARMLESS):
            if after[name][question] not in ("0", ""):
                yield f"{name} has earned {after[name][question]} for {question}"
    listed = (out / "inbox.csv").read_text(encoding="utf-8-sig")
    yield from (f"no line for {name!r}" for names in named.values() for name in names if not is_told(name, listed))
    for file in (file for file in out.rglob("*") if file.is_file()):
        content = file.read_bytes()
        if SECRET.encode() in content:
            yield f"{file.relative_to(out)} holds what a hidden suite does"
        if file.parent.name == "feedback" and TOLD.search(content):
            yield f"{file.relative_to(out)} tells a line that code has chosen"
    yield from (f"left behind: {file}" for file in (out.parent / "passing").iterdir())
    yield from (f"left behind: {place}" for place in map(Path, ("/tmp/left", "/dev/shm/left")) if place.exists())


def is_told(name: str, listed: str) -> bool:
    """Tell whether a table has a line for a file, whose name may be guarded or escaped there."""
    return name.lstrip("=").partition("\n")[0].replace('"', '""')[:20] in listed


def told(out: Path, named: dict[str, list[str]]) -> Iterator[str]:
    """Yield a line for each kind: how many, and how they ended."""
    found = outcomes(out)
    for kind, names in named.items():
        ended = Counter[str]()
        for name in names:
            ended.update(next((found[each] for each in stems(name) if each in found), ["not graded"]))
        yield f"{kind:36} {len(names):3}  {', '.join(f'{how} {times}' for how, times in sorted(ended.items()))}"


def stems(name: str) -> tuple[str, ...]:
    """Return what a hand-in may be called by the name of its file."""
    return name, Path(name).stem, name.removesuffix(".tar.gz")


def main() -> int:
    """Do it and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="how many hostile hand-ins")
    parser.add_argument("--kind", action="append", metavar="GLOB", help="only kinds like this; may stand again")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--work", type=Path, help="a folder to work in, and to go on in; by default a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.work or Path(temporary)
        course = write_course(folder / "course")
        inboxes = folder / "honest", folder / "class"
        names = folder / "kinds.json"
        if not names.exists():
            for inbox, count in zip(inboxes, (0, options.count), strict=True):
                inbox.mkdir(parents=True)
                named = fill(inbox, count, options.kind or ["*"], course)
            names.write_text(json.dumps(named), encoding="utf-8")
        named = json.loads(names.read_text(encoding="utf-8"))
        start = time.monotonic()
        statuses = [graded(inbox, folder / f"out-{inbox.name}", course, options.jobs) for inbox in inboxes]
        print(*told(folder / "out-class", named), sep="\n")
        wrong = list(faults(folder / "out-honest", folder / "out-class", named, inboxes[1]))
        kinds = len(named)
        print(
            f"{len(HONEST)} honest, {sum(map(len, named.values()))} hostile of {kinds} kinds, "
            f"{time.monotonic() - start:.0f} s; exit codes {statuses}; {len(wrong)} faults"
        )
        print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
