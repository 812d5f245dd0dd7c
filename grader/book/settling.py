"""From a person's attempts, and the decisions of staff, to the final mark: pure functions of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from grader.book.attempts import BookedAttempt, HandMark, Lateness, choice_words, counted_marks, in_order
from grader.book.final_mark import CriterionMark, FinalMark, Status
from grader.core.decimals import decimal_text
from grader.core.outcome import Outcome
from grader.course.rubric.model import Criterion, Question, Rubric
from grader.course.rubric.policy import Policy

_NOTHING = "Nothing was handed in."
_TOO_LATE = "What was handed in came too late to count."
_ZERO = Fraction()
_UNGRADED = (Outcome.SKIPPED, _ZERO)
_WAITING = {Outcome.TO_BE_MARKED: Status.TO_MARK, Outcome.BROKEN: Status.UNDECIDED}


@dataclass(frozen=True)
class Decisions:
    """The decisions of staff about a person.

    They are marks of criteria, marks added or deducted by label, the attempt that counts (its digest), the deadline,
    and whether entries contradict each other.
    """

    overrides: Mapping[str, HandMark] = field(default_factory=dict)
    adjustments: Mapping[str, HandMark] = field(default_factory=dict)
    chosen: str = ""
    deadline: datetime | None = None
    extended: bool = False
    contradictions: tuple[str, ...] = ()

    @property
    def give_marks(self) -> bool:
        """Whether staff have given marks for which no hand-in is needed."""
        return bool(self.overrides or self.adjustments)


class Scheme:
    """A rubric as it is applied to everybody, with what is computed once for all of them."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric, self.policy = rubric, rubric.policy or Policy()
        self.criteria = [(criterion, criterion.most) for criterion in rubric.criteria]
        self.questions = {question.id: question for question in rubric.questions}
        self.worth = {name: _most(question) for name, question in self.questions.items()}


def settle(scheme: Scheme, person: str, attempts: Sequence[BookedAttempt], decisions: Decisions) -> FinalMark:
    """Return the final mark of a person, given all of their attempts."""
    policy = scheme.policy
    # In an order that does not depend on how they were recorded.
    known = sorted(attempts, key=lambda one: (one.submission, one.digest))
    late = {one: _lateness(one, policy, decisions) for one in known}
    in_time = [one for one in known if late[one].accepted]
    too_late = tuple(f"{one.submission}: {late[one].words}" for one in known if one not in in_time)
    scale = _Scale(scheme, policy, person, decisions, too_late)
    if not in_time:
        return scale.without_work()
    weighed = {one: scale.weighed(one, late[one]) for one in in_time}
    counts = _counting(weighed, policy, decisions.chosen)
    if counts is None:
        return scale.undecided(Status.CONFLICT, choice_words(in_time))
    if decisions.contradictions:
        return scale.undecided(Status.CONFLICT, " ".join(decisions.contradictions), counts)
    mark, number = weighed[counts], len({one.digest for one in weighed})
    if mark.total is None or number == 1:
        return mark
    by = "the one that staff have chosen" if counts.digest == decisions.chosen else f"the {policy.attempts}"
    return replace(mark, rules=(f"Of {number} hand-ins {by} counts: {counts.submission}.", *mark.rules))


def _lateness(attempt: BookedAttempt, policy: Policy, decisions: Decisions) -> Lateness:
    late = policy.late
    if late is not None and attempt.digest == decisions.chosen:
        late = late.model_copy(update={"accepted_hours": None})  # staff have accepted it
    return Lateness.of(attempt, late, decisions.deadline, decisions.extended)


def _counting(weighed: Mapping[BookedAttempt, FinalMark], policy: Policy, chosen: str) -> BookedAttempt | None:
    """Return the attempt that counts by the policy, or None if nobody can tell."""
    for one in weighed:
        if one.digest == chosen:
            return one
    if policy.attempts == "best":
        graded = [one for one in weighed if weighed[one].status is not Status.REFUSED] or [*weighed]
        undecided = [one for one in graded if weighed[one].total is None]
        return undecided[0] if undecided else max(graded, key=lambda one: weighed[one].total or Fraction())
    ordered = in_order([*weighed])
    return ordered[-1 if policy.attempts == "last" else 0] if ordered else None


@dataclass(frozen=True)
class _Scale:
    """What is the same for all attempts of a person."""

    scheme: Scheme
    policy: Policy
    person: str
    decisions: Decisions
    said_before: tuple[str, ...]

    def without_work(self) -> FinalMark:
        """Return the mark of somebody without a hand-in that counts: 0, and what staff have given."""
        criteria = [self._criterion(one, most, *_UNGRADED, None) for one, most in self.scheme.criteria]
        total, maximum, said = self._total(criteria, Lateness())
        status = Status.FINAL if self.decisions.give_marks else Status.MISSING
        rules = (*self.said_before, *said)
        told = _TOO_LATE if self.said_before else _NOTHING
        return FinalMark(self.person, "", tuple(criteria), total, maximum, status, told, rules)

    def weighed(self, attempt: BookedAttempt, late: Lateness) -> FinalMark:
        """Return the mark for one attempt."""
        if attempt.found is None and not self.decisions.give_marks:
            return self.undecided(Status.UNDECIDED if attempt.fault else Status.REFUSED, attempt.problem, attempt)
        if self.policy.group_size is not None and attempt.people > self.policy.group_size:
            too_many = f"Handed in by {attempt.people} together; groups have at most {self.policy.group_size}."
            return self.undecided(Status.CONFLICT, too_many, attempt)
        # If it could not be graded, only what staff have given counts.
        found = attempt.found if attempt.found is not None else {c.id: _UNGRADED for c, _ in self.scheme.criteria}
        criteria = []
        for criterion, most in self.scheme.criteria:
            # What a result lacks was not graded: only a part was, or the rubric has been extended since.
            outcome, marks = found.get(criterion.id, (Outcome.BROKEN, _ZERO))
            criteria.append(self._criterion(criterion, most, outcome, marks, attempt.marks.get(criterion.id)))
        waiting = [_WAITING[c.outcome] for c in criteria if c.marks is None and c.outcome is not None]
        total: Fraction | None
        total, maximum, said = self._total(criteria, late)
        status = max(waiting, key=list(_WAITING.values()).index, default=Status.FINAL)
        if status is not Status.FINAL:
            total, said = None, []
        rules = (*self.said_before, *said)
        return FinalMark(
            self.person, attempt.submission, tuple(criteria), total, maximum, status, rules=rules, work=attempt.digest
        )

    def undecided(self, status: Status, reason: str, attempt: BookedAttempt | None = None) -> FinalMark:
        """Return a mark without a total, with a reason for staff."""
        _, maximum, _ = self._total([], Lateness())
        name, work = (attempt.submission, attempt.digest) if attempt else ("", "")
        return FinalMark(self.person, name, (), None, maximum, status, reason, self.said_before, work)

    def _criterion(
        self, criterion: Criterion, most: Fraction, outcome: Outcome, marks: Fraction, entered: HandMark | None
    ) -> CriterionMark:
        known: Fraction | None = None if outcome in _WAITING else marks
        note = ""
        if outcome is Outcome.TO_BE_MARKED and entered is not None:
            known, outcome, note = entered.marks, Outcome.MARKED, entered.why
        override = self.decisions.overrides.get(criterion.id)
        if override is not None:
            before = "" if known is None else f" from {decimal_text(known)}"
            note = f"Changed by staff{before} to {decimal_text(override.marks)}: {override.why or 'no reason given'}"
            known, outcome = override.marks, Outcome.MARKED
        return CriterionMark(criterion.id, criterion.title, known, most, outcome, note, criterion.bonus)

    def _total(self, criteria: Sequence[CriterionMark], late: Lateness) -> tuple[Fraction, Fraction, list[str]]:
        """Return total, maximum and the sentences of the rules that were applied."""
        earned = {c.id: c.marks for c in criteria if c.marks}
        by_question, said = dict[str, Fraction](), list[str]()
        for name, question in self.scheme.questions.items():
            by_question[name], words = _capped(question, earned)
            said += words
        for name in self._dropped(by_question):
            title = self.scheme.questions[name].title
            said.append(f"{title} is not counted: it is among the lowest ({counted_marks(by_question.pop(name))}).")
        most = sum((worth for name, worth in self.scheme.worth.items() if name in by_question), _ZERO)
        maximum = most if self.policy.cap is None else min(most, self.policy.cap)
        total = sum(by_question.values(), _ZERO)
        if late.steps and self.policy.late is not None:
            cost, words_of_it = late.price(self.policy.late, total)
            total, said = total - cost, [*said, words_of_it]
        elif late.words:
            said.append(late.words)
        total, words = self._adjusted(total)
        return total, maximum, [*said, *words]

    def _dropped(self, by_question: Mapping[str, Fraction]) -> list[str]:
        return [
            name
            for drop in self.policy.drop
            for name in sorted(drop.of, key=lambda name: by_question[name])[: drop.lowest]
        ]

    def _adjusted(self, total: Fraction) -> tuple[Fraction, list[str]]:
        said = []
        for label, given in sorted(self.decisions.adjustments.items()):
            total += given.marks
            sign = "+" if given.marks >= 0 else "−"
            said.append(f"{label}: {sign}{decimal_text(abs(given.marks))}{f' ({given.why})' if given.why else ''}.")
        if total < 0:
            total, said = Fraction(), [*said, "A total below 0 counts as 0."]
        if self.policy.cap is not None and total > self.policy.cap:
            total, said = self.policy.cap, [*said, f"At most {decimal_text(self.policy.cap)} marks count."]
        if self.policy.rounding is not None and (rounded := self.policy.rounding.rounded(total)) != total:
            said.append(f"Rounded from {decimal_text(total)} to {decimal_text(rounded)}.")
            total = rounded
        return total, said


def _capped(question: Question, earned: Mapping[str, Fraction]) -> tuple[Fraction, list[str]]:
    total = sum((earned[criterion.id] for criterion in question.criteria if criterion.id in earned), _ZERO)
    if question.cap is None or total <= question.cap:
        return total, []
    return question.cap, [
        f"{question.title}: {counted_marks(total)} earned, of which {decimal_text(question.cap)} count."
    ]


def _most(question: Question) -> Fraction:
    return question.marks if question.cap is None else min(question.marks, question.cap)
