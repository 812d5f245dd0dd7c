"""The rules by which marks of criteria become a final mark: late work, attempts, groups, dropped questions, rounding.

Each rule can be stated in a sentence; students read these sentences before they begin and next to their marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from grader.core.decimals import PATTERN, decimal_text, parse_marks
from grader.core.text import listed
from grader.course.rubric import rules

_PERCENT_STEP = Fraction(1, 100)


def _percent(value: Fraction) -> Fraction:
    # Finer percentages of exact marks would need more decimals than marks have.
    if not 0 <= value <= 100 or value % _PERCENT_STEP:
        raise ValueError("is not a percentage from 0 to 100 with at most two decimals")
    return value


def _positive(value: Fraction) -> Fraction:
    if value <= 0:
        raise ValueError("must be more than 0")
    return value


Number = Annotated[
    Fraction,
    PlainValidator(parse_marks),
    PlainSerializer(decimal_text, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": PATTERN}]}),
]
Percent = Annotated[Number, AfterValidator(_percent)]
Positive = Annotated[Number, AfterValidator(_positive)]
QuestionName = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LatePolicy(_Rule):
    """The penalty for lateness: a fixed amount for each day or hour that has begun."""

    per: Literal["day", "hour"] = Field(description="day or hour: each that has begun after the deadline counts")
    percent: Percent | None = Field(
        default=None, description="the percentage of the marks earned that each costs; give this or marks"
    )
    marks: Number | None = Field(default=None, description="the marks that each costs; give this or percent")
    grace_minutes: int = Field(
        default=0, ge=0, le=10_000, description="minutes after the deadline that cost nothing: a whole number"
    )
    at_most: Number | None = Field(
        default=None, description="the most that lateness costs, in percent or marks as above; no limit if left out"
    )
    accepted_hours: int | None = Field(
        default=None, ge=0, le=10_000, description="hours after the deadline for which work is accepted at all"
    )

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        problems = []
        if (self.percent is None) == (self.marks is None):
            problems.append(rules.Problem((), "a day or hour late costs either `percent` or `marks`", todo="give one"))
        if self.percent is not None and self.at_most is not None and self.at_most > 100:
            problems.append(rules.Problem(("at_most",), "is more than 100 percent", todo="give at most 100"))
        rules.raise_all(problems)
        return self

    def sentences(self) -> Iterator[str]:
        """Yield the sentences for students."""
        price = f"{decimal_text(self.percent)} % of the marks earned" if self.percent is not None else ""
        price = price or f"{decimal_text(self.marks or Fraction())} marks"
        unit = (
            "" if self.at_most is None else f", at most {decimal_text(self.at_most)}{' %' * (self.percent is not None)}"
        )
        yield f"Each {self.per} after the deadline that has begun costs {price}{unit}."
        if self.grace_minutes:
            yield (
                f"The first {self.grace_minutes} minutes cost nothing; later work counts as late from the deadline on."
            )
        if self.accepted_hours is not None:
            yield f"What is handed in more than {self.accepted_hours} hours after the deadline does not count."


class DropPolicy(_Rule):
    """Questions of which the worst do not count."""

    lowest: int = Field(ge=1, le=100, description="how many of them are dropped: a whole number of at least 1")
    of: tuple[QuestionName, ...] = Field(min_length=2, description="a list of ids of questions worth the same")

    def sentences(self) -> Iterator[str]:
        """Yield the sentences for students."""
        best = len(self.of) - self.lowest
        yield f"Of {listed(self.of)} the best {best if best > 1 else 'one'} {'count' if best > 1 else 'counts'}."


class RoundingPolicy(_Rule):
    """How the total is rounded, once and at the end."""

    to: Positive = Field(description="a plain decimal number above 0: the total becomes a multiple of it")
    way: Literal["nearest", "up", "down"] = Field(default="nearest", description="nearest (halves up), up or down")

    def sentences(self) -> Iterator[str]:
        """Yield the sentences for students."""
        how = {"nearest": "to the nearest multiple of", "up": "up to a multiple of", "down": "down to a multiple of"}
        yield f"The total is rounded {how[self.way]} {decimal_text(self.to)}{', halves up' * (self.way == 'nearest')}."

    def rounded(self, total: Fraction) -> Fraction:
        """Return a total rounded to a multiple."""
        steps = total / self.to
        whole = {"nearest": (steps + Fraction(1, 2)).__floor__(), "up": steps.__ceil__(), "down": steps.__floor__()}
        return whole[self.way] * self.to


class Policy(_Rule):
    """How marks of criteria become a final mark."""

    late: LatePolicy | None = Field(
        default=None, description="what lateness costs: fields per, percent or marks, and others"
    )
    attempts: Literal["last", "best", "first"] = Field(
        default="last", description="which of several attempts of a student counts: last, best or first"
    )
    group_size: int | None = Field(
        default=None,
        ge=2,
        le=100,
        description="the most people who may hand in together; what one hands in counts for all",
    )
    drop: tuple[DropPolicy, ...] = Field(
        default=(), description="a list of groups of questions of which the worst do not count, each with lowest and of"
    )
    cap: Positive | None = Field(default=None, description="the most that the whole can earn, bonus included")
    rounding: RoundingPolicy | None = Field(default=None, description="fields to and way: what the total is rounded to")

    def sentences(self) -> Iterator[str]:
        """Yield the rules as students read them, one sentence each."""
        if self.group_size is not None:
            yield f"Groups of at most {self.group_size} hand in once; the marks count for each of them."
        if self.late is not None:
            yield from self.late.sentences()
        yield f"Of several attempts the {self.attempts} one counts."
        for drop in self.drop:
            yield from drop.sentences()
        if self.cap is not None:
            yield f"At most {decimal_text(self.cap)} marks count."
        if self.rounding is not None:
            yield from self.rounding.sentences()
