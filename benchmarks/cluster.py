"""A class on a dask cluster beside one machine: how long, and the same bytes, also where workers are killed?

    python benchmarks/cluster.py [--copies N] [--only GLOB] [--workers N] [--kills N] [--seed S]

Copies of the sample class's scripts are graded by `--jobs 1`, by `--jobs 2` and by dask workers on this machine,
in turn, each from the start of the command to its end. Every file that is written must be the same each time. With
`--kills` the class is graded on the cluster again and again, while workers are ended by SIGKILL at random moments and
others started in their place, until so many were killed. Exit code 1 tells of a difference.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
CLASS = ROOT / "examples" / "class"
ASSIGNMENT = "iith-ai5100-2023-a3"
ONLY = "optimizers.[!p]*"  # in NumPy: what a worker's start costs does not hide the rest
# What says when something was entered, or what this machine says of the inbox's files.
PASSING = (".", "book.sqlite")


def fill(inbox: Path, copies: int) -> None:
    """Make an inbox of so many copies of the class's scripts and folders, no two alike."""
    works = sorted(path for path in CLASS.iterdir() if path.is_dir() or path.suffix == ".py")
    for number in range(copies):
        work = works[number % len(works)]
        folder = inbox / f"cs23b{number:03}"
        folder.mkdir(parents=True)
        for source in sorted(work.iterdir()) if work.is_dir() else [work]:
            shutil.copy(source, folder)
        first = min(folder.glob("*.py"))
        first.write_text(f"{first.read_text(encoding='utf-8')}\n# copy {number}\n", encoding="utf-8")


class Workers:
    """A scheduler and so many workers, each with one thread; ended when the block is."""

    def __init__(self, folder: Path, count: int) -> None:
        self.file = folder / "scheduler.json"
        self._folder = folder
        self._count = 0
        folder.mkdir()
        self._scheduler = self._begun("scheduler", "--host", "127.0.0.1", "--port", "0")
        while not self.file.exists():
            time.sleep(0.05)
        self._workers = [self._begun("worker", "--no-nanny", "--nthreads", "1") for _ in range(count)]

    def _begun(self, *words: str) -> subprocess.Popen[bytes]:
        self._count += 1
        more = ["--local-directory", str(self._folder / f"local-{self._count}")] if words[0] == "worker" else []
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self.file), "--no-dashboard", *more]
        with (self._folder / f"{self._count}.log").open("w") as log:
            variables = {**os.environ, "PYTHONPATH": str(ROOT)}
            return subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log, env=variables)

    def await_all(self) -> None:
        """Wait until all workers have registered: their own start is not what is measured."""
        from distributed import Client

        with Client(scheduler_file=str(self.file), set_as_default=False) as client:
            client.wait_for_workers(len(self._workers), timeout=120)

    def kill_one(self, rng: random.Random) -> None:
        """End a worker by SIGKILL, and start another one."""
        at = rng.randrange(len(self._workers))
        self._workers[at].kill()
        self._workers[at].wait()
        self._workers[at] = self._begun("worker", "--no-nanny", "--nthreads", "1")

    def close(self) -> None:
        """End all of it."""
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[Workers]:
    """Give a cluster on this machine."""
    workers = Workers(folder, count)
    try:
        workers.await_all()
        yield workers
    finally:
        workers.close()


def graded(inbox: Path, out: Path, only: str, *way: str) -> float:
    """Grade the class; return the seconds that the command took."""
    command = [sys.executable, "-m", "grader", "batch", str(inbox), "--course", str(ROOT), "-a", ASSIGNMENT]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--only", only, "--out", str(out), *way], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{way}: exit code {done.returncode}\n{done.stderr[-3000:]}")
    return time.perf_counter() - start


def contents(out: Path) -> dict[str, bytes]:
    """Return all files that a run leaves and that are to be the same each time, by their paths."""
    files = (file for file in sorted(out.rglob("*")) if file.is_file() and not file.name.startswith(PASSING))
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths of files that are not the same in both."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def killed(workers: Workers, inbox: Path, out: Path, options: argparse.Namespace, seconds: float) -> list[str]:
    """Grade while workers are killed, until enough were; return the paths of files that were not as they must be."""
    rng, count, wrong = random.Random(options.seed), 0, set[str]()
    right = contents(out.with_name("jobs-1"))
    while count < options.kills:
        ended, kills = threading.Event(), [0]

        def kill(ended: threading.Event = ended, kills: list[int] = kills, most: int = options.kills - count) -> None:
            while kills[0] < most and not ended.wait(rng.uniform(0, seconds)):
                workers.kill_one(rng)
                kills[0] += 1

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            graded(inbox, out, options.only, "--scheduler", str(workers.file), "--fresh")
        finally:
            ended.set()
            killer.join()
        count += kills[0]
        found = contents(out)
        wrong |= set(different(right, found))
        print(f"{count}/{options.kills} workers killed, {len(wrong)} files differ", flush=True)
    return sorted(wrong)


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--copies", type=int, default=24, help="how many submissions")
    parser.add_argument("--only", default=ONLY, metavar="GLOB", help="what is graded of them")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=0, help="how many workers are killed in the end")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no worker stays behind
    table = Table("", "seconds", "ratio", "the same bytes", title=f"{options.copies} submissions, {options.only}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "inbox", options.copies)
        with cluster(folder / "cluster", options.workers) as workers:
            ways = {"jobs-1": ["--jobs", "1"], "jobs-2": ["--jobs", "2"], "dask": ["--scheduler", str(workers.file)]}
            seconds, same = dict[str, float](), True
            for way, words in ways.items():
                seconds[way] = graded(folder / "inbox", folder / way, options.only, *words)
                print(f"{way}: {seconds[way]:.1f} s", flush=True)
                differing = different(contents(folder / way), contents(folder / "jobs-1"))
                print(*differing, sep="\n", end="\n" * bool(differing))
                same &= not differing
                label = f"{options.workers} dask workers" if way == "dask" else way.replace("-", " ")
                table.add_row(
                    label,
                    f"{seconds[way]:.1f}",
                    f"{seconds['jobs-1'] / seconds[way]:.2f}",
                    "NO" if differing else "yes",
                )
            Console().print(table)
            pause = seconds["dask"] / 2
            wrong = killed(workers, folder / "inbox", folder / "killed", options, pause) if options.kills else []
    print(*wrong, sep="\n", end="")
    return bool(wrong) or not same


if __name__ == "__main__":
    sys.exit(main())
