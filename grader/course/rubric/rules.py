"""Consistency rules for the parts of a rubric: sums, ids, requirements.

The rules use plain values and name the field that breaks them, so that the models can raise all problems at once and
the loader can add the line of each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from grader.core.decimals import decimal_text
from grader.core.text import did_you_mean

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One problem with a rubric, at the field `location` (keys and list positions)."""

    location: Location
    message: str
    found: str = ""
    expected: str = ""
    todo: str = ""


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise pydantic's ValidationError with one entry for each problem; do nothing without problems."""
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
    """Yield a problem if stated marks are not the sum of their parts."""
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
    """Yield a problem for each value that occurred before."""
    seen: set[str] = set()
    for location, value in values:
        if value in seen:
            yield Problem(location, f"{what} `{value}` is used twice", todo="give each its own")
        seen.add(value)


def dropped(drops: Sequence[tuple[int, Sequence[str]]], worth: Mapping[str, Fraction]) -> Iterator[Problem]:
    """Yield a problem for each dropped question that is unknown, listed twice or not worth the same as the others.

    `drops` contains how many of which questions are dropped, `worth` the marks of every question.
    """
    for place, (lowest, ids) in enumerate(drops):
        for position, name in enumerate(ids):
            location = ("policy", "drop", place, "of", position)
            if name not in worth:
                hint = did_you_mean(name, worth) or "use the id of a question of this rubric"
                yield Problem(location, f"there is no question `{name}` in this rubric", todo=hint)
            elif name in ids[:position] or any(name in earlier for _, earlier in drops[:place]):
                yield Problem(location, f"`{name}` is in `drop` twice", todo="remove one of them")
            elif worth[name] != worth.get(ids[0], worth[name]):
                found = f"{decimal_text(worth[name])}, and {decimal_text(worth[ids[0]])} for {ids[0]}"
                yield Problem(location, "questions of which some are dropped must be worth the same", found=found)
        if lowest >= len(ids):
            yield Problem(("policy", "drop", place, "lowest"), "nothing would be left", expected=f"below {len(ids)}")


def belong(names: Sequence[str], packages: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each dotted name that belongs to none of the packages, and so cannot be used anyway."""
    for position, name in enumerate(names):
        if name.partition(".")[0] not in packages:
            yield Problem(
                ("forbidden", position),
                f"`{name}` does not belong to a package that this question allows",
                expected=f"a name of {', '.join(sorted(packages))}",
                todo="remove it: what is not in `packages` cannot be used",
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
    """A criterion's requirements: where they are stated, and which they are."""

    location: Location
    criterion: str
    requires: Sequence[str]


def requirements(wanted: Sequence[Requirement], manual: Mapping[str, bool]) -> Iterator[Problem]:
    """Yield a problem for each requirement that is unknown, marked by a person, or circular.

    `manual` says for every criterion of the assignment whether a person marks it.
    """
    for requirement in wanted:
        for position, name in enumerate(requirement.requires):
            location = (*requirement.location, position)
            if name not in manual:
                hint = did_you_mean(name, manual) or "use the full id of a criterion of this rubric"
                yield Problem(location, f"requires `{name}`, which is not a criterion of this rubric", todo=hint)
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
            todo="remove one of these requirements",
        )
