"""What grading costs: a worker's start, a call and its reply, and one more submission.

    python benchmarks/cost.py [--rounds N]

All figures come from one run on one machine, in turn, and are medians; machines differ and are
noisy, so quote the ratios. Everything, pytest too, runs on one CPU, as a job of `grader batch` does.
Submissions are the reference itself, with the files of all assignments; a third table has what students
hand in: one file, right and wrong.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.course.folder import Course
from grader.course.question_spec import QuestionSpec
from grader.grading.session import opened_grader
from grader.sandbox.affinity import share_one_cpu
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Isolation, Jail

ROOT = Path(__file__).resolve().parents[1]
# What is graded, and which part of it: the update rules and the picture of their paths, whole assignments, one layer
# of the convolutional network, and a question about a network of PyTorch's, which a fresh process imports for seconds.
GRADED = (
    ("iith-ai5100-2023-a3", "optimizers.[!p]*"),
    ("iith-ai5100-2023-a3", "optimizers.picture"),  # which takes as long as it takes to draw eight GIFs
    ("convnets-2020-hw2", "co[ru]*"),  # correlation and counting, in NumPy
    ("iith-ai5100-2022-hw4", None),
    ("iith-ai5100-2022-hw4", "layers.convolution"),
    ("iith-ai5100-2023-a3", "saliency.vanilla"),
)
# Questions, what they are found in, and work that is wrong.
HANDED_IN = (
    ("iith-ai5100-2023-a3", "optimizers.[!p]*", "optimizers.py", "bm_optimizers__momentum_average"),
    ("cs6910-2020-pa2", "losses.*", "losses.py", "bu_losses__softmax_by_column"),
)
ECHO = (
    "class Kept:\n    def twice(self, function, x):\n        return function(x) + x\n\n\ndef echo(x):\n    return x\n"
)
CALLS = 500


def seconds(act: Callable[[], object]) -> float:
    """Return how long `act` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def worker_costs(isolation: Isolation, rounds: int) -> tuple[float, float, float]:
    """Return the medians of a worker's start (up to its first answer), a call, and a call with a callback."""
    with Jail(isolation) as jail:
        (jail.staging / "echo.py").write_text(ECHO)
        question = jail.open(
            ("echo.py",), QuestionSpec("echo", ("echo", "Kept"), ("numpy",)), Limits(), Budget(600, 600)
        )
        vector = np.ones(3)

        def call() -> None:
            question.call(("echo",), (vector,), {}, keep_arguments=False)

        def start() -> None:
            question.close()
            call()

        call()
        starts = [seconds(start) for _ in range(10 * rounds)]
        calls = [seconds(call) for _ in range(CALLS)]
        kept = question.call(("Kept",), (), {}, keep_arguments=False).result
        target = (kept.number, "twice")  # type: ignore[attr-defined]
        arguments = (lambda x: 2 * x, vector)
        both = [seconds(lambda: question.call(target, arguments, {}, keep_arguments=False)) for _ in range(CALLS)]
        question.close()
    return statistics.median(starts), statistics.median(calls), statistics.median(both)


def warm_costs(assignment: str, part: str | None, isolation: Isolation, rounds: int) -> tuple[list[float], int]:
    """Return the seconds of further submissions in a warm grader, and how many checks they are graded by.

    `part` is a question's id or a glob, None for all questions.
    """
    course = Course.find(ROOT)
    with opened_grader(course, course.rubric(assignment), isolation=isolation, only=part) as grader:
        grade = partial(grader.grade, course.reference)
        checks = len(grade().checks)
        return [seconds(grade) for _ in range(rounds)], checks


def handed_in_costs(assignment: str, part: str, places: tuple[Path, ...], rounds: int) -> list[float]:
    """Return the medians of what further submissions of several kinds take in a warm grader, graded in turn."""
    course = Course.find(ROOT)
    with opened_grader(course, course.rubric(assignment), only=part) as grader:
        for place in places:
            grader.grade(place)
        taken = [[seconds(partial(grader.grade, place)) for place in places] for _ in range(rounds)]
    return [statistics.median(of_one) for of_one in zip(*taken, strict=True)]


def submission_costs(
    assignment: str, part: str | None, isolation: Isolation, rounds: int
) -> tuple[list[float], list[float], int]:
    """Return the seconds of further submissions in a warm grader and of pytest runs, taken in turn, and the checks.

    `part` is a question's id or a glob, None for all questions.
    """
    course = Course.find(ROOT)
    rubric = course.rubric(assignment)
    suites = [str(path) for path, _ in course.suite_files(rubric)]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--submission", "reference", *suites]
    command += ["--question", part] if part else []

    environment = dict(os.environ)  # as it is before the grader closes its own pytest to plugins

    def fresh_pytest() -> None:
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)

    with opened_grader(course, rubric, isolation=isolation, only=part) as grader:
        grade = partial(grader.grade, course.reference)
        checks = len(grade().checks)
        pairs = [(seconds(grade), seconds(fresh_pytest)) for _ in range(rounds)]
        return [ours for ours, _ in pairs], [theirs for _, theirs in pairs], checks


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    rounds = parser.parse_args().rounds
    share_one_cpu(0)
    console = Console()
    workers = Table(
        "isolation", "a worker's start", "a call and its reply", "… with a callback", title="Workers, medians"
    )
    for isolation in ("lock", "room"):
        start, call, both = worker_costs(choose(isolation), rounds)
        workers.add_row(isolation, *(f"{1000 * value:.2f} ms" for value in (start, call, both)))
    console.print(workers)
    table = Table(
        "graded", "checks", "one more, warm", "python -m pytest", "ratio", title="One more submission, medians"
    )
    for assignment, part in GRADED:
        ours, theirs, checks = submission_costs(assignment, part, choose("auto"), rounds)
        ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
        medians = (f"{statistics.median(values):.3f} s" for values in (ours, theirs))
        table.add_row(escape(part or assignment), str(checks), *medians, f"{ratio:.1f}×")
    console.print(table)
    table = Table(
        "graded",
        "the reference",
        "one file of it",
        "wrong work",
        title="One more submission by what is handed in, medians",
    )
    for assignment, part, file, wrong in HANDED_IN:
        places = (ROOT / "reference", ROOT / "reference" / file, ROOT / "tests" / "trials" / "wrong" / wrong / "work")
        costs = handed_in_costs(assignment, part, places, rounds)
        table.add_row(escape(part), *(f"{cost:.3f} s" for cost in costs))
    console.print(table)


if __name__ == "__main__":
    main()
