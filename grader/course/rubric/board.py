"""A rubric's leaderboard: which predictions are handed in, and how they are scored."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from grader.course.rubric import rules

Metric = Literal["accuracy", "macro_f1", "mean_squared_error", "mean_absolute_error"]
OF_CLASSES: frozenset[Metric] = frozenset({"accuracy", "macro_f1"})


def _labels(path: str) -> str:
    if not re.fullmatch(r"tests/hidden(/[\w.-]*\w)+\.csv", path, re.ASCII) or ".." in path:
        raise ValueError("is not a path to a CSV file below tests/hidden/, which students do not get")
    return path


def _written_out(moment: object) -> object:
    # A bare number would be taken for seconds since 1970.
    if not isinstance(moment, str):
        raise ValueError("is not a date with time and zone")
    return moment


FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.csv$")]
LabelsPath = Annotated[str, AfterValidator(_labels)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]


class Leaderboard(BaseModel):
    """A leaderboard: predictions for known ids, scored on labels that stay with staff."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    file: FileName = Field(default="predictions.csv", description="the name of the CSV file that students hand in")
    labels: LabelsPath = Field(description="the CSV file of the right labels, below tests/hidden/")
    columns: tuple[Word, Word] = Field(
        default=("id", "label"), description="the two columns of both files, such as [id, label]"
    )
    metric: Metric = Field(description="one of accuracy, macro_f1, mean_squared_error, mean_absolute_error")
    classes: tuple[Word, ...] = Field(
        default=(), description="a list of all possible labels, for accuracy and macro_f1"
    )
    public: float = Field(
        default=0.3, gt=0, lt=1, allow_inf_nan=False, description="the share of ids of the public part: between 0 and 1"
    )
    digits: int = Field(
        default=4, ge=1, le=9, description="decimals of a score: from 1 to 9; equal scores share a rank"
    )
    per_day: int | None = Field(
        default=None, ge=1, le=1000, description="how many hand-ins of a student are scored in a day: from 1 to 1000"
    )
    deadline: Moment | None = Field(
        default=None, description="a date with time and zone in quotes, such as '2021-06-20T23:59:00+05:30'"
    )

    @model_validator(mode="after")
    def _metric_and_classes_agree(self) -> Self:
        problems = [*rules.distinct(((("classes", i), name) for i, name in enumerate(self.classes)), "the class")]
        if self.metric in OF_CLASSES and len(self.classes) < 2:
            # If they came from the labels, a rejected prediction would reveal which classes the private part has.
            missing = f"`{self.metric}` needs the names of all classes"
            problems.append(rules.Problem(("classes",), missing, todo="list at least two in `classes`"))
        if self.metric not in OF_CLASSES and self.classes:
            problems.append(rules.Problem(("classes",), f"`{self.metric}` compares numbers and has no classes"))
        rules.raise_all(problems)
        return self

    @property
    def highest_is_best(self) -> bool:
        """Whether a higher score is a better one."""
        return self.metric in OF_CLASSES
