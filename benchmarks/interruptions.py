"""A batch that is killed again and again, while somebody types marks: does it go on from there, and is nothing lost?

    python benchmarks/interruptions.py [--count N] [--submissions N] [--seed S] [--work DIR]

A small class is graded to its end, which tells what everything has to be. Then it is graded into another folder, by
turns afresh and with some results taken away, and ended at N random moments: five times of seven by SIGKILL, once by
SIGTERM, and once by what Ctrl-C sends. A thread types marks into to_mark.csv all the while, as a spreadsheet saves
them. After each end every result that is there must be whole. At last the class is graded to its end: every file must
be as in the first folder, once the same marks are typed in there, and every typed mark be in the list. Exit code 1
tells that anything was not so.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "convnets-2020-hw2"
# In NumPy, and quick; and what a person marks.
ONLY = ("counting.*", "convolution.assumptions")
# A terminal's Ctrl-C is never ignored; where this runs in the background it is.
GRADER = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from grader.cli.app import main; main()"
)
# What is another's, or of the way and not of the end. The book says when each mark was entered: it has to be whole.
PASSING = {".lock", "to_mark.csv.bak", "book.sqlite", "book.sqlite-wal", "book.sqlite-shm"}


def command(inbox: Path, out: Path, *more: str) -> list[str]:
    """Return the command that grades the class."""
    only = [word for glob in ONLY for word in ("--only", glob)]
    grade = ["batch", str(inbox), "--course", str(ROOT), "-a", ASSIGNMENT, "--out", str(out), *only, *more]
    return [sys.executable, "-c", GRADER, *grade]


def fill(inbox: Path, submissions: int) -> None:
    """Make a class of which each has handed in something else."""
    right = (ROOT / "reference" / "counting.py").read_text(encoding="utf-8")
    for number in range(submissions):
        folder = inbox / f"cs20b{number:03}"
        folder.mkdir(parents=True)
        code = right if number % 2 else right.replace("199_000", "200_000")
        (folder / "counting.py").write_text(f"{code}\n# by {number}\n", encoding="utf-8")
        (folder / "question1.md").write_text(f"# 1\n\nNeighbours belong together, says {number}.\n", encoding="utf-8")


def table(path: Path) -> list[dict[str, str]]:
    """Return the lines of a to_mark.csv."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def save(path: Path, lines: list[dict[str, str]]) -> None:
    """Save a to_mark.csv as a program does that keeps no byte order mark: whole, in place of the old one."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    beside = path.with_name("saving.tmp")
    beside.write_text(text.getvalue(), encoding="utf-8")
    beside.replace(path)


class Typist(threading.Thread):
    """Types a mark after another, each with a remark of its own; `typed` holds the last of each line."""

    def __init__(self, path: Path, seed: int) -> None:
        super().__init__(daemon=True)
        self._path, self._random = path, random.Random(seed)
        self._ended = threading.Event()
        self.typed: dict[tuple[str, str], tuple[str, str]] = {}
        self.count = 0

    def run(self) -> None:
        """Type until told to stop."""
        while not self._ended.wait(self._random.uniform(0.05, 0.3)):
            lines = table(self._path)
            line = self._random.choice(lines)
            line["marks"], line["remark"] = self._random.choice(["0", "0.5", "1"]), f"typed; {time.time()}"
            save(self._path, lines)
            self.typed[line["submission"], line["criterion"]] = (line["marks"], line["remark"])
            self.count += 1

    def stop(self) -> None:
        """End the typing."""
        self._ended.set()
        self.join()


def entered(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what is entered in a list."""
    return {
        (line["submission"], line["criterion"]): (line["marks"], line["remark"])
        for line in table(path)
        if line["marks"] or line["remark"]
    }


def contents(out: Path) -> dict[str, bytes]:
    """Return all files that a run leaves, by their paths."""
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in sorted(out.rglob("*"))
        if file.is_file() and file.name not in PASSING
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths of files that are not the same in both."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def ended_at_random(arguments: list[str], moment: float, number: int) -> int:
    """Start a batch and end it after so many seconds; return which signal was sent, 0 where it had ended before."""
    sent = {0: signal.SIGTERM, 3: signal.SIGINT}.get(number % 7, signal.SIGKILL)
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            running.wait(moment)
        except subprocess.TimeoutExpired:
            running.send_signal(sent)
            running.wait()
            return sent
    return 0


def interrupted(inbox: Path, whole: Path, out: Path, count: int, seconds: float, seed: int) -> list[str]:
    """Grade into `out`, ended so often; return what was not as it must be."""
    rng, wrong, sent = random.Random(seed), list[str](), list[int]()
    right = {path: data for path, data in contents(whole).items() if path.startswith("results/")}
    shutil.copytree(whole, out)
    typist = Typist(out / "to_mark.csv", seed)
    typist.start()
    while len(sent) < count:
        if len(sent) % 2:
            for result in (file for file in (out / "results").glob("*.json") if rng.random() < 0.7):
                result.unlink()
        more = [] if len(sent) % 2 else ["--fresh"]
        moment = rng.uniform(0, seconds)
        how = ended_at_random(command(inbox, out, *more), moment, len(sent))
        if not how:
            seconds = moment  # it was at its end already: the machine has become quicker
            continue
        sent.append(how)
        found = {path: data for path, data in contents(out).items() if path.startswith("results/") and ".json" in path}
        wrong += [f"end {len(sent)}: {path} is not whole" for path, data in found.items() if data != right.get(path)]
        print(f"{len(sent)}/{count} ended by {signal.Signals(how).name}, {typist.count} marks typed", flush=True)
    typist.stop()
    done = subprocess.run(command(inbox, out), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        wrong.append(f"the last run ended with {done.returncode}: {done.stderr[-500:]}")
    lost = {about: said for about, said in typist.typed.items() if entered(out / "to_mark.csv").get(about) != said}
    wrong += [f"lost: {about}: {said}" for about, said in lost.items()]
    lines = table(whole / "to_mark.csv")
    for line in lines:
        line["marks"], line["remark"] = typist.typed.get((line["submission"], line["criterion"]), ("", ""))
    save(whole / "to_mark.csv", lines)
    subprocess.run(command(inbox, whole), cwd=ROOT, capture_output=True, check=True)
    wrong += [f"{path} differs" for path in differing(contents(whole), contents(out))]
    check = [sys.executable, "-m", "grader", "book", "check", str(out)]
    checked = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    if checked.returncode:
        wrong.append(f"the book is not whole: {checked.stdout[-500:]}{checked.stderr[-500:]}")
    kinds = ", ".join(f"{times} by {signal.Signals(how).name}" for how, times in Counter(sent).most_common())
    print(f"{count} ends, {kinds}; {typist.count} marks typed, {len(wrong)} faults")
    return wrong


def main() -> int:
    """Do it and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=140, help="how often it is ended")
    parser.add_argument("--submissions", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, help="an empty folder to work in, by default a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work) as name:
        folder = Path(name)
        fill(folder / "inbox", options.submissions)
        start = time.monotonic()
        subprocess.run(command(folder / "inbox", folder / "whole"), cwd=ROOT, capture_output=True, check=True)
        seconds = time.monotonic() - start
        wrong = interrupted(folder / "inbox", folder / "whole", folder / "out", options.count, seconds, options.seed)
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
