"""Right work at many seeds: does any check ever fail it?

    python benchmarks/many_seeds.py [ASSIGNMENT]... [--question GLOB] [--seeds N] [--first N] [--minutes M]

`grader audit` grades the reference and the bank's alternatives at three seeds, in the jail. Here both run in this
process, which takes a tenth of the time, at N seeds from the first on. Checks that the reference passes in a jail
alone are left out. A row tells the works of a question, the seeds, the failures and the seconds; each failure is said
in full. After M minutes no further question is begun.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
import time
from collections.abc import Iterator

from grader.checks.asking.changes import Changes
from grader.core.outcome import Outcome
from grader.course.bank import load_bank
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric
from grader.grading.session import Grader, opened_grader
from grader.pytest_side.known import Known
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.replay import aside
from grader.pytest_side.runner import CollectedSuite


def failures(
    course: Course, grader: Grader, suite: CollectedSuite, question: Question, overlay: str
) -> Iterator[tuple[str, str]]:
    """Give each check that a right work does not pass, and what is said of it."""
    for _, checks in grader.narrowed(question.id, brief=True).checks():
        known, changes = Known.of(course, question, overlay), Changes(question.may_change)
        for check in checks:
            with aside():
                result = suite.run(check, known, changes=changes, smallest=False)
            if result.outcome is not Outcome.PASSED:
                yield check.id, f"{result.outcome}: {result.feedback}"


def asked(course: Course, grader: Grader, rubric: Rubric, question: Question, seeds: range) -> int:
    """Grade a question's right works at each seed, say what fails, and return how many times something did."""
    entries = [entry for entry in load_bank(course, rubric).alternatives if entry.question == question.id]
    works = {"the reference": "", **{entry.slug: entry.source for entry in entries}}
    start, failed = time.perf_counter(), 0
    needs_a_jail = {check for check, _ in failures(course, grader, grader.suite, question, "")}
    for variation in seeds:

        def seed(check_id: str, variation: int = variation) -> int:
            return derived_seed(course.secret, rubric.assignment, check_id, variation)

        suite = grader.suite.at(seed)
        for name, overlay in works.items():
            for check, why in failures(course, grader, suite, question, overlay):
                if check not in needs_a_jail:
                    failed += 1
                    print(f"{question.id}: {name} does not pass {check} at seed {variation}\n{why}", flush=True)
    took = time.perf_counter() - start
    left = f", {len(needs_a_jail)} checks left out" if needs_a_jail else ""
    print(
        f"{question.id:28} {len(works):3} works {len(seeds):4} seeds {failed:3} failures {took:6.1f} s{left}",
        flush=True,
    )
    return failed


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("assignments", nargs="*")
    parser.add_argument("--question", action="append", metavar="GLOB", help="only questions like this; may stand again")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    options = parser.parse_args()
    course, until = Course.find(None), time.monotonic() + 60 * options.minutes
    seeds, failed = range(options.first, options.first + options.seeds), 0
    for assignment in options.assignments or course.demand_assignments():
        rubric = course.rubric(assignment)
        globs = options.question or ["*"]
        asked_for = (q for q in rubric.questions if any(fnmatch.fnmatchcase(q.id, glob) for glob in globs))
        chosen = [question for question in asked_for if question.module]
        if chosen:
            with opened_grader(course, rubric, packages="as needed") as grader:
                failed += sum(asked(course, grader, rubric, each, seeds) for each in chosen if time.monotonic() < until)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
