"""A rubric: an assignment's questions, what each criterion is worth, which ones a person marks.

The descriptions of the fields serve three times: in the JSON Schema (for editors), in error messages as what was
expected, and here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from fractions import Fraction
from keyword import iskeyword
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from grader.core.decimals import PATTERN, SIGNED_PATTERN, decimal_text, parse_marks, parse_signed
from grader.course.rubric import rules
from grader.course.rubric.board import Leaderboard
from grader.course.rubric.experiments import Experiments
from grader.course.rubric.policy import Policy
from grader.course.rubric.reserved import reserved_names
from grader.course.rubric.submissions import Submissions
from grader.sheets.spec import SheetSpec

_WORD = "[a-z][a-z0-9_]*"


def _identifier(name: str) -> str:
    if not name.isidentifier() or iskeyword(name) or name.startswith("_"):
        raise ValueError("is not a public Python name")
    if name in reserved_names():
        raise ValueError("is a name that the fixture `submission` uses itself")
    return name


def _package(name: str) -> str:
    if not name.isidentifier() or iskeyword(name):
        raise ValueError("is not the top-level name of a package")
    if name == "grader":
        raise ValueError("the grader itself is never open to submissions")
    return name


def _suite(path: str) -> str:
    if not re.fullmatch(r"[^/\\:\x00]+(/[^/\\:\x00]+)*\.py", path) or ".." in path.split("/"):
        raise ValueError("is not a path to a Python file below the course folder")
    return path


def _handed_in(pattern: str) -> str:
    # Files that a browser or a viewer opens without running anything in them, and code, which is shown as text.
    if not re.fullmatch(r"[\w*?.\[\] -]{0,99}\.(md|txt|tex|pdf|png|jpg|jpeg|gif|py|ipynb)", pattern, re.ASCII):
        raise ValueError("is not the name of a file that a person can read")
    return pattern


def _positive(marks: Fraction) -> Fraction:
    if marks <= 0:
        raise ValueError("must be more than 0")
    return marks


Marks = Annotated[
    Fraction,
    PlainValidator(parse_marks),
    PlainSerializer(decimal_text, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": PATTERN}]}),
]
SignedMarks = Annotated[
    Fraction,
    PlainValidator(parse_signed),
    PlainSerializer(decimal_text, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": SIGNED_PATTERN}]}),
]
Identifier = Annotated[str, AfterValidator(_identifier)]
Package = Annotated[str, AfterValidator(_package)]
DottedName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$", max_length=100)]
SuitePath = Annotated[str, AfterValidator(_suite)]
HandedInPattern = Annotated[str, AfterValidator(_handed_in)]
AssignmentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")]
QuestionId = Annotated[str, StringConstraints(pattern=rf"^{_WORD}(\.{_WORD})*$", max_length=100)]
CriterionId = Annotated[str, StringConstraints(pattern=rf"^{_WORD}(\.{_WORD})+$", max_length=150)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Task = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


Hint = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class RubricLimits(_Part):
    """What a worker may use; the grader's default applies to what is not given."""

    cpu_seconds: float | None = Field(
        default=None,
        gt=0,
        le=3600,
        allow_inf_nan=False,
        description="seconds of CPU time for one check: more than 0, at most 3600",
    )
    memory_mb: int | None = Field(
        default=None, ge=16, le=1024 * 1024, description="memory in MiB: a whole number from 16 to 1048576"
    )
    budget_seconds: float | None = Field(
        default=None,
        gt=0,
        le=3600,
        allow_inf_nan=False,
        description="seconds of CPU time for all checks of a question, not counting the submission's own: at most 3600",
    )

    def over(self, fallback: RubricLimits) -> RubricLimits:
        """Return these limits, and those of `fallback` for what is not given here."""
        return RubricLimits(
            cpu_seconds=fallback.cpu_seconds if self.cpu_seconds is None else self.cpu_seconds,
            memory_mb=fallback.memory_mb if self.memory_mb is None else self.memory_mb,
            budget_seconds=self.budget_seconds,
        )


class Suites(_Part):
    """The suites of an assignment, as paths relative to the course folder."""

    public: tuple[SuitePath, ...] = Field(default=(), description="a list of suite files that students have")
    hidden: tuple[SuitePath, ...] = Field(default=(), description="a list of suite files that only staff have")


class Criterion(_Part):
    """A named group of checks and what it is worth, or something that a person marks."""

    id: CriterionId = Field(description="the question's id, a dot and one word, in lower case")
    title: Title = Field(description="text for students: what this criterion asks")
    marks: SignedMarks = Field(
        description="a plain decimal number such as 2 or 0.5; a negative one, such as -1, is lost if it does not pass"
    )
    bonus: StrictBool = Field(
        default=False, description="true if it does not count towards the sum of all marks, or false"
    )
    requires: tuple[CriterionId, ...] = Field(default=(), description="a list of ids of criteria that must pass first")
    partial: StrictBool = Field(
        default=False, description="true if a share of the checks earns a share of the marks, or false"
    )
    manual: StrictBool = Field(default=False, description="true if a person marks it (it then has no checks), or false")

    @property
    def most(self) -> Fraction:
        """The most that it can earn: 0 if it only deducts marks."""
        return max(self.marks, Fraction())

    @property
    def counted(self) -> Fraction:
        """What it adds to the sum of all marks: nothing for a bonus."""
        return Fraction() if self.bonus else self.most

    @model_validator(mode="after")
    def _its_fields_agree(self) -> Self:
        problems = []
        if self.manual and self.partial:
            problems.append(
                rules.Problem(
                    ("partial",),
                    "a manual criterion has no checks of which a share could pass",
                    todo="remove `partial`: the person who marks it may give any part of the marks",
                )
            )
        problems += [
            rules.Problem((field,), f"a criterion that deducts marks cannot be `{field}`", todo=f"remove `{field}`")
            for field, wanted in (("partial", self.partial), ("bonus", self.bonus))
            if wanted and self.marks < 0
        ]
        rules.raise_all(problems)
        return self


class Question(_Part):
    """One task: where its answer is in a submission, and its criteria."""

    id: QuestionId = Field(description="words in lower case joined by dots, such as optimizers.momentum")
    title: Title = Field(description="text for students, such as (b) Momentum")
    task: Task | None = Field(
        default=None, description="text for students: what to do and hand in, if no docstring says so"
    )
    hints: tuple[Hint, ...] = Field(
        default=(),
        description="a list of public texts for students, each more helpful than the one before; they see the "
        "next one when they ask for it",
    )
    handed_in: tuple[HandedInPattern, ...] = Field(
        default=(),
        description="a list of names or globs of files for the person who marks, such as [proof.md, proof.pdf], "
        "that end in md, txt, tex, pdf, png, jpg, jpeg, gif, py or ipynb",
    )
    stated_marks: Marks | None = Field(
        default=None, alias="marks", description="the sum of its criteria's marks; may be left out"
    )
    cap: Annotated[Marks, AfterValidator(_positive)] | None = Field(
        default=None, description="the most that it can earn in the end, bonus included; no limit if left out"
    )
    module: Identifier | None = Field(
        default=None, description="the name of the module of reference/ and student/ that contains it"
    )
    names: tuple[Identifier, ...] = Field(
        default=(), description="a list of the functions and classes that its checks call"
    )
    packages: tuple[Package, ...] = Field(default=(), description="a list of top-level package names, such as [numpy]")
    forbidden: tuple[DottedName, ...] = Field(
        default=(), description="a list of names of these packages that may not be used, such as [torch.optim]"
    )
    may_change: tuple[Identifier, ...] = Field(
        default=(),
        description="a list of functions and methods that may change their arguments, or whose own criterion "
        "decides whether they do, such as [step]",
    )
    provided: tuple[Package, ...] = Field(
        default=(),
        validation_alias=AliasChoices("provided", "lent"),  # the second in rubrics for version 0.1
        description="a list of packages in the course's folder provided/ that replace installed ones",
    )
    limits: RubricLimits = Field(default=RubricLimits(), description="fields cpu_seconds and memory_mb")
    sheet: SheetSpec | None = Field(
        default=None, description="an answer sheet that a student fills in, instead of module and names"
    )
    criteria: tuple[Criterion, ...] = Field(min_length=1, description="a list of at least one criterion")

    @property
    def marks(self) -> Fraction:
        """What the question is worth: the sum of its criteria without bonuses and those that deduct marks."""
        return sum((c.counted for c in self.criteria), Fraction())

    @model_validator(mode="after")
    def _its_parts_agree(self) -> Self:
        problems = [
            *rules.sums(self.stated_marks, (c.counted for c in self.criteria), "its criteria"),
            *rules.extends(self.id, (c.id for c in self.criteria)),
            *rules.distinct(((("names", i), name) for i, name in enumerate(self.names)), "the name"),
        ]
        problems += rules.belong(self.forbidden, {"numpy", *self.packages})
        if self.handed_in and not any(c.manual for c in self.criteria):
            nobody = "nobody reads what is handed in for this question"
            todo = "set `manual: true` for the criterion that a person marks, or remove `handed_in`"
            problems.append(rules.Problem(("handed_in",), nobody, todo=todo))
        if self.sheet is not None:
            problems += [
                rules.Problem((field,), f"`{field}` belongs to code, and this question is answered on a sheet")
                for field, value in (("module", self.module), ("names", self.names), ("packages", self.packages))
                if value
            ]
        elif any(not c.manual for c in self.criteria):
            problems += [
                rules.Problem((field,), f"`{field}` is missing, but checks decide criteria of this question", todo=todo)
                for field, value, todo in (
                    ("module", self.module, "give the module of reference/ that solves it"),
                    ("names", self.names, "list the functions and classes that the checks call"),
                )
                if not value
            ]
        rules.raise_all(problems)
        return self


class Rubric(_Part):
    """An assignment: its suites, its questions and what they are worth."""

    assignment: AssignmentId = Field(description="the assignment's id, which is also the file's name without .yaml")
    title: Title = Field(description="text for students: the assignment's title")
    marks: Marks = Field(description="the sum of the marks of all criteria")
    quantum: Annotated[Marks, AfterValidator(_positive)] = Field(
        default=Fraction(1, 4),
        description="a plain decimal number above 0; a partial share is rounded down to its multiples",
    )
    suites: Suites = Field(default=Suites(), description="fields public and hidden, each a list of suite files")
    submissions: Submissions = Field(
        default=Submissions(), description="fields name, called, layout, deadline and rules: how to hand in"
    )
    policy: Policy | None = Field(
        default=None,
        description="how marks become a final mark: fields late, attempts, group_size, drop, cap and rounding",
    )
    handed_in: tuple[HandedInPattern, ...] = Field(
        default=(),
        description="a list of names or globs of files that answer several questions at once, such as [report.pdf]: "
        "they are shown for every question that a person marks",
    )
    experiments: Experiments = Field(
        default=Experiments(), description="fields packages, files and sources: what students need besides the checks"
    )
    reading: tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)], ...] = Field(
        default=(), description="a list of texts for students: optional reading, without marks"
    )
    hints: StrictBool = Field(
        default=True,
        description="false if students get no hints, neither those of questions nor those from the bank's mistakes",
    )
    limits: RubricLimits = Field(default=RubricLimits(), description="fields cpu_seconds and memory_mb")
    leaderboard: Leaderboard | None = Field(
        default=None, description="a leaderboard of predictions: fields labels, metric, classes and others"
    )
    questions: tuple[Question, ...] = Field(min_length=1, description="a list of at least one question")

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the rubric's order."""
        return tuple(c for q in self.questions for c in q.criteria)

    @property
    def sheet_files(self) -> frozenset[str]:
        """The names of the files on which questions are answered by hand."""
        return frozenset(question.sheet.file for question in self.questions if question.sheet)

    @property
    def work_files(self) -> frozenset[str]:
        """The names (globs) of files that are work besides sources: answer sheets, and what a person marks."""
        asked = {pattern for question in self.questions for pattern in question.handed_in}
        return self.sheet_files.union(asked, self.handed_in)

    @property
    def policy_sentences(self) -> tuple[str, ...]:
        """The rules by which marks become a final mark, as students read them; none if the rubric has none."""
        capped = [q for q in self.questions if q.cap is not None]
        caps = [f"{q.title}: at most {decimal_text(q.cap or q.marks)} marks count." for q in capped]
        return (*(self.policy.sentences() if self.policy else ()), *caps)

    def limits_for(self, question: Question) -> RubricLimits:
        """Return the question's limits, and the assignment's for what the question does not set."""
        return question.limits.over(self.limits)

    def criteria_by_requirement(self) -> tuple[Criterion, ...]:
        """Return all criteria so that each comes after those it requires, otherwise in order."""
        known = {c.id: c for c in self.criteria}
        ordered: dict[str, Criterion] = {}

        def place(criterion: Criterion) -> None:
            if criterion.id not in ordered:
                for required in criterion.requires:
                    place(known[required])
                ordered[criterion.id] = criterion

        for criterion in self.criteria:
            place(criterion)
        return tuple(ordered.values())

    def with_required(self, chosen: Set[str]) -> set[str]:
        """Return ids of criteria, and those of all criteria that they require."""
        wanted = set(chosen)
        for criterion in reversed(self.criteria_by_requirement()):
            if criterion.id in wanted:
                wanted |= set(criterion.requires)
        return wanted

    @model_validator(mode="after")
    def _its_questions_agree(self) -> Self:
        places = [
            (("questions", i, "criteria", j), c) for i, q in enumerate(self.questions) for j, c in enumerate(q.criteria)
        ]
        ids: list[tuple[rules.Location, str]] = [(("questions", i, "id"), q.id) for i, q in enumerate(self.questions)]
        ids += [((*place, "id"), c.id) for place, c in places]
        suites: list[tuple[rules.Location, str]] = [
            (("suites", kind, i), path)
            for kind, paths in (("public", self.suites.public), ("hidden", self.suites.hidden))
            for i, path in enumerate(paths)
        ]
        wanted = [rules.Requirement((*place, "requires"), c.id, c.requires) for place, c in places]
        rules.raise_all(
            [
                *rules.sums(self.marks, (c.counted for c in self.criteria), "all criteria"),
                *rules.distinct(ids, "the id"),
                *rules.distinct(suites, "the suite"),
                *rules.requirements(wanted, {c.id: c.manual for c in self.criteria}),
                *self._problems_of_policy(),
            ]
        )
        return self

    def _problems_of_policy(self) -> Iterator[rules.Problem]:
        if self.policy is None:
            return
        if self.policy.late is not None and self.submissions.deadline is None:
            todo = "give `submissions` a `deadline`"
            yield rules.Problem(("policy", "late"), "without a deadline nothing can be late", todo=todo)
        worth = {question.id: question.marks for question in self.questions}
        yield from rules.dropped([(drop.lowest, drop.of) for drop in self.policy.drop], worth)
