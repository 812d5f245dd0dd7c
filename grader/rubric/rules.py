"""What the parts of a rubric owe one another: sums, ids, requirements.

The rules speak of plain values and name the field that breaks them, so that the models can raise
all problems at once and the loader can say the line of each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from grader.rubric.decimals import decimal_text
from grader.text import did_you_mean

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a rubric, at the field `location` (keys and list positions)."""

    location: Location
    message: str
    found: str = ""
    expected: str = ""
    todo: str = ""


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise pydantic's ValidationError with one entry a problem; do nothing without problems."""
    entries = [
        InitErrorDetails(
            type=PydanticCustomError(
                "rule", "{message}", {"message": p.message, "found": p.found, "expected": p.expected, "todo": p.todo}
            ),
            loc=p.location,
            input=None,
        )
        for p in problems
    ]
    if entries:
        raise ValidationError.from_exception_data("Rubric", entries)


def sums(stated: Fraction | None, parts: Iterable[Fraction], of: str) -> Iterator[Problem]:
    """Yield a problem where stated marks are not the sum of their parts."""
    total = sum(parts, Fraction())
    if stated is not None and stated != total:
        yield Problem(
            ("marks",),
            f"the marks are not the sum of {of}",
            found=decimal_text(stated),
            expected=f"{decimal_text(total)}, the sum of {of}",
            todo="correct these marks or those of the parts",
        )


def distinct(values: Iterable[tuple[Location, str]], what: str) -> Iterator[Problem]:
    """Yield a problem for each value that stood before."""
    seen: set[str] = set()
    for location, value in values:
        if value in seen:
            yield Problem(location, f"{what} `{value}` is used twice", todo="give each its own")
        seen.add(value)


def belong(names: Sequence[str], packages: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each dotted name that is of none of the packages, which nothing can be used of anyway."""
    for position, name in enumerate(names):
        if name.partition(".")[0] not in packages:
            yield Problem(
                ("forbidden", position),
                f"`{name}` is of no package that this question allows",
                expected=f"a name of {', '.join(sorted(packages))}",
                todo="take it out: what is not in `packages` cannot be used",
            )


def extends(question: str, criteria: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each criterion id that is not its question's id, a dot and one word."""
    for position, criterion in enumerate(criteria):
        head, _, word = criterion.rpartition(".")
        if head != question:
            yield Problem(
                ("criteria", position, "id"),
                "a criterion's id must extend its question's id by one word",
                found=criterion,
                expected=f"{question}.{word or 'word'}",
            )


@dataclass(frozen=True)
class Requirement:
    """That a criterion requires others: where it says so, and which."""

    location: Location
    criterion: str
    requires: Sequence[str]


def requirements(wanted: Sequence[Requirement], manual: Mapping[str, bool]) -> Iterator[Problem]:
    """Yield a problem for each requirement that is unknown, marked by a person, or circular.

    `manual` tells of every criterion of the assignment whether a person marks it.
    """
    for requirement in wanted:
        for position, name in enumerate(requirement.requires):
            location = (*requirement.location, position)
            if name not in manual:
                hint = did_you_mean(name, manual) or "name a criterion of this rubric by its full id"
                yield Problem(location, f"requires `{name}`, which is no criterion of this rubric", todo=hint)
            elif manual[name]:
                yield Problem(
                    location,
                    f"requires `{name}`, which a person marks: grading cannot wait for it",
                    todo="require a criterion that checks decide",
                )
    yield from _cycles(wanted)


def _cycles(wanted: Sequence[Requirement]) -> Iterator[Problem]:
    try:
        TopologicalSorter({r.criterion: r.requires for r in wanted}).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        location = next(r.location for r in wanted if r.criterion in cycle)
        yield Problem(
            location,
            "criteria require one another in a circle",
            found=" ← ".join(cycle),
            todo="take one of these requirements out",
        )
