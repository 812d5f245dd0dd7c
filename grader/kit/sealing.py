"""Seals the bank's sentences for a kit: finds examples of the public checks that identify each mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

from grader.checks.asking.changes import Changes
from grader.core.outcome import Check, Visibility
from grader.course.bank import Bank, load_bank
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric
from grader.desk.answers import ENOUGH, digits_told, has_words, is_steady
from grader.desk.seals import Place, Seal
from grader.pytest_side.hints import checks_of, listener
from grader.pytest_side.known import Known
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.replay import aside
from grader.pytest_side.runner import CollectedSuite, with_collected


@dataclass(frozen=True)
class KnownAnswers:
    """What known work answers in the first examples of public checks.

    Those of the `digests` that are the same on every computer are `fit` for sealing. `told` is how many digits an
    answer carries, and `plain` answers contain no text.
    """

    checks: Sequence[Check]
    digests: Mapping[Place, bytes]
    fit: frozenset[Place]
    told: Mapping[Place, int]
    plain: frozenset[Place]

    def same(self, other: KnownAnswers, places: Sequence[Place]) -> bool:
        """Return whether both have the same answers to these examples."""
        return all(self.digests.get(place) == other.digests.get(place) for place in places)


def sealed_sentences(course: Course, rubric: Rubric) -> list[Seal]:
    """Return the sealed sentences of an assignment, one for each mistake that two public examples identify.

    They must distinguish it from the reference, right work in other styles, and every other mistake of the question in
    the bank.
    """
    suites: list[tuple[Path, Visibility]] = [(course.root / path, "public") for path in rubric.suites.public]
    seeds = partial(derived_seed, b"", rubric.assignment)
    return with_collected(suites, course.root, seeds, partial(_sealed, course, rubric, load_bank(course, rubric)))


def _sealed(course: Course, rubric: Rubric, bank: Bank, suite: CollectedSuite) -> list[Seal]:
    return [
        seal
        for question in rubric.questions
        if question.module
        for seal in _of_question(question, bank, partial(answers, course, question, suite))
    ]


def _of_question(
    question: Question, bank: Bank, ask: Callable[[str, Sequence[Check] | None], KnownAnswers]
) -> Iterator[Seal]:
    mistakes = [entry for entry in bank.misconceptions if entry.question == question.id]
    if not mistakes:
        return
    reference = ask("", None)
    # If the reference's answers have no digits, such as pictures, neither have a mistake's.
    checks = [check for check in reference.checks if any(place[0] == check.id for place in reference.fit)]
    right = [reference, *(ask(entry.source, checks) for entry in bank.alternatives if entry.question == question.id)]
    wrong = {entry: ask(entry.source, checks) for entry in mistakes}
    for entry, mine in wrong.items():
        others = [theirs for other, theirs in wrong.items() if other.sentence != entry.sentence]
        places = _telling_examples(mine, right, others)
        if places is None:
            continue
        first, second = places
        # A mistake that is random without a seed would not open its own seal.
        if ask(entry.source, [check for check in checks if check.id in {first[0], second[0]}]).same(mine, places):
            yield Seal.closed(question.id, places, (mine.digests[first], mine.digests[second]), entry.sentence)


def _telling_examples(
    mine: KnownAnswers, right: Sequence[KnownAnswers], others: Sequence[KnownAnswers]
) -> tuple[Place, Place] | None:
    """Return two examples whose answers distinguish a mistake from right work and from other mistakes.

    Preferably two whose answers do not depend on style: only numbers, and the same in all right work; and in both of
    which the mistake gives wrong answers.
    """
    reference, *styles = right
    wrong = {place for place in mine.fit if not reference.same(mine, [place])}
    agreed = {place for place in mine.fit if all(style.same(reference, [place]) for style in styles)}
    preferred = (reference.plain, agreed, wrong)
    for pair in sorted(
        combinations(sorted(mine.fit), 2), key=lambda two: [-len(p.intersection(two)) for p in preferred]
    ):
        if sum(mine.told[place] for place in wrong.intersection(pair)) < ENOUGH:
            continue
        if not any(mine.same(other, pair) for other in (*right, *others)):
            return pair
    return None


def answers(
    course: Course, question: Question, suite: CollectedSuite, source: str, checks: Sequence[Check] | None = None
) -> KnownAnswers:
    """Return the answers of the reference with `source` appended to public checks, by default to the question's."""
    digests, told, fit, plain = dict[Place, bytes](), dict[Place, int](), set[Place](), set[Place]()

    def keep(place: Place, found: bytes, events: Sequence[object]) -> None:
        digests[place] = found
        fit.update({place} if is_steady(events) else ())
        told[place] = digits_told(events)
        plain.update(() if has_words(list(events)) else {place})

    known, changes = Known.of(course, question, source), Changes(question.may_change)
    asked = checks_of(question, suite) if checks is None else checks
    for check in asked:
        with aside():
            suite.run(check, known, changes=changes, smallest=False, heard=listener(check, keep))
    return KnownAnswers(asked, digests, frozenset(fit), told, frozenset(plain))
