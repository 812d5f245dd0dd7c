"""Try an assignment's seals on all known work, as a student's, with so many threads: a process of its own.

    python open_seals.py COURSE ASSIGNMENT SEALS THREADS

Prints a line of JSON for each work and seal that are not as they should be, and at last how many seals were opened.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from grader.checks.asking.handed_in import SubmittedFiles
from grader.course.bank import Bank, Entry, load_bank, overlaid
from grader.course.folder import Course
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question, Rubric
from grader.desk import seals
from grader.kit.stub_parts import imported_modules
from grader.pytest_side.hints import ask
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.replay import aside
from grader.pytest_side.runner import CollectedSuite, with_collected


def opened(
    course: Course, question: Question, sealed: list[seals.Seal], suite: CollectedSuite, source: str
) -> set[str]:
    """Return the sentences that open for a student who hands in the reference with `source` laid over it."""
    with tempfile.TemporaryDirectory() as name, aside():
        folder = Path(name)
        for file in needed(course, question):
            shutil.copy2(file, folder)
        (folder / f"{question.module}.py").write_text(overlaid(course, question, source), encoding="utf-8")
        channel = InProcess(
            folder, sorted(path.name for path in folder.glob("*.py")), QuestionSpec.of(question),
            provided=course.provided if question.provided else None, cpu_seconds=60.0,
        )  # fmt: skip
        return set(ask(question, channel, SubmittedFiles(folder, ()), suite).opened(sealed, question))


def needed(course: Course, question: Question) -> list[Path]:
    """Return the modules that a question's solution imports, itself, and what is no module, such as a log."""
    wanted, found = [course.solution(question)], list[Path]()
    while wanted:
        file = wanted.pop()
        if file.is_file() and file not in found:
            found.append(file)
            wanted += [course.reference / f"{name}.py" for name in imported_modules(file.read_text(encoding="utf-8"))]
    return [*found, *(file for file in course.reference.glob("*.jsonl"))]


def wrong(
    course: Course, rubric: Rubric, bank: Bank, sealed: list[seals.Seal], suite: CollectedSuite
) -> Iterator[dict[str, object]]:
    for question in rubric.questions:
        mine = [seal for seal in sealed if seal.question == question.id]
        if not mine:
            continue
        shown = partial(opened, course, question, mine, suite)
        right: list[Entry | None] = [None, *(e for e in bank.alternatives if e.question == question.id)]
        for entry in right:
            if found := shown(entry.source if entry else ""):
                yield {"right": entry.name if entry else question.id, "opened": sorted(found)}
        count = 0
        for entry in (e for e in bank.misconceptions if e.question == question.id):
            found = shown(entry.source)
            if found - {entry.sentence}:
                yield {"wrong": entry.name, "opened": sorted(found)}
            count += entry.sentence in found
        if count < len(mine):
            yield {"question": question.id, "sealed": len(mine), "opened": count}


def main() -> None:
    root, assignment, file, threads = sys.argv[1:]
    course = Course(Path(root))
    rubric = course.rubric(assignment)
    if any("torch" in question.packages for question in rubric.questions):
        import torch

        torch.set_num_threads(int(threads))
    sealed = seals.read(Path(file))
    suites = [(course.root / path, "public") for path in rubric.suites.public]
    seeds = partial(derived_seed, b"", assignment)

    def tried(suite: CollectedSuite) -> list[dict[str, object]]:
        return [*wrong(course, rubric, load_bank(course, rubric), sealed, suite)]

    for line in with_collected(suites, course.root, seeds, tried):  # type: ignore[arg-type]
        sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.write(f"{json.dumps({'seals': len(sealed)})}\n")


if __name__ == "__main__":
    main()
