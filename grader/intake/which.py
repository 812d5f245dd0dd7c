"""Sentences about which file counts if several define a name, and about names that none defines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from grader.core.text import listed, printable
from grader.course.rubric.model import Rubric
from grader.worker.reading.overview import Defines, Overview
from grader.worker.reading.versions import called, in_order, is_later

MAX_NAMES = 6
MAX_NOTES = 10
# How many of another assignment's names show that the work is meant for it.
ENOUGH = 2


def asked_names(rubric: Rubric) -> frozenset[str]:
    """Return all names that an assignment asks for."""
    return frozenset(name for question in rubric.questions for name in question.names)


def chosen_files(rubric: Rubric, files: Sequence[str], overview: Overview) -> list[str]:
    """Return a sentence for each choice between files that define the same names.

    `files` are those of the submission, ranked.
    """
    modules = {name: question.module or "" for question in rubric.questions for name in question.names}
    by_label = {one.label: one for one in overview.defines}
    groups: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for name, module in modules.items():
        labels = in_order((file for file in files if file in by_label and name in by_label[file].places), module)
        if len(labels) > 1:
            why = _why(by_label[labels[0]], by_label[labels[1]], module)
            groups[tuple(labels), why].append(_placed(name, by_label[labels[0]]))
    return [_choice(labels, why, names) for (labels, why), names in groups.items()][:MAX_NOTES]


def missing_names(overview: Overview, names: Collection[str], others: Callable[[], Mapping[str, Rubric]]) -> list[str]:
    """Return why `names` may not have been found: parts that are not read, other places with these names, other work.

    `others` returns the further assignments of the course, by id.
    """
    found = {name for one in overview.defines for name in one.places}
    lacking = [name for name in names if name not in found]
    notes = [overview.elsewhere[name] for name in lacking if name in overview.elsewhere]
    notes += overview.problems if lacking else ()
    if not found:
        rubrics = others()
        known = {key: sorted(asked_names(rubric).intersection(overview.defined)) for key, rubric in rubrics.items()}
        best = max(known, key=lambda key: len(known[key]), default="")
        if best and len(known[best]) >= min(ENOUGH, len(asked_names(rubrics[best]))):
            notes.append(
                f"nothing that this assignment asks for is defined, but {_names(known[best])}, "
                f"as {best} asks for: was this handed in for the right assignment?"
            )
    return [printable(note, limit=500) for note in notes[:MAX_NOTES]]


def _placed(name: str, one: Defines) -> str:
    cell = one.places[name].removeprefix(one.label).strip("[]")
    return f"`{name}` ({cell})" if cell else f"`{name}`"


def _why(first: Defines, second: Defines, module: str) -> str:
    if is_later(first.label, second.label):
        return "its name says that it is the later version"
    if module in called(first.label) and module not in called(second.label):
        return "it has the name of the task's file"
    if len(first.places) != len(second.places):
        return "it defines more of what is asked for"
    if first.label.endswith(".ipynb") and not second.label.endswith(".ipynb"):
        return "a notebook takes precedence over a script that defines as much"
    if first.size != second.size:
        return "its definitions are longer"
    return "they define as much, and their contents decide, not their names"


def _choice(labels: Sequence[str], why: str, names: Sequence[str]) -> str:
    first = labels[0]
    note = (
        f"{first} counts for {_names(names)}, which {listed(labels[1:])} {'define' if len(labels) > 2 else 'defines'} "
    )
    return printable(f"{note}too: {why}. Hand in only the file that should count", limit=500)


def _names(names: Iterable[str]) -> str:
    quoted = [name if name.startswith("`") else f"`{name}`" for name in names]
    more = len(quoted) - MAX_NAMES
    return listed([*quoted[:MAX_NAMES], *([f"{more} more"] if more > 0 else [])])
