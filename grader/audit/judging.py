"""From graded works to a proof, or to the holes in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from grader.audit.grading import GradedWork
from grader.audit.listed import Equivalent, Excuse
from grader.audit.saboteurs import KINDS
from grader.course.bank import Entry
from grader.course.rubric.model import Question
from grader.results.audit_model import Hole, HoleKind, Proof, Tally


def prove(
    question: Question,
    checks: int,
    graded: Sequence[GradedWork],
    listed: Sequence[Equivalent],
    excuses: Sequence[Excuse],
    said: str,
) -> Proof:
    """Return what the works graded for a question prove.

    `listed` are its mutants that staff have declared right, `excuses` its saboteurs that its stub allows, `said` that
    text.
    """
    criteria = {criterion.id for criterion in question.criteria if not criterion.manual}
    bad = dict.fromkeys(HoleKind, 0)
    holes = list[Hole]()
    decided = [one for one in graded if not one.undecided]
    for one in decided:
        found = [Hole(question.id, *said) for said in _JUDGES[one.work.kind](one, criteria)]
        bad[one.work.kind] += bool(found)
        holes += found
    holes += _without_misconception(question, criteria, graded)
    holes += _called_otherwise(question, decided)
    holes += _stale(listed, graded)
    holes += _unsaid(excuses, said)
    made = Counter(one.work.kind for one in decided if not (one.idle or one.left_out))
    return Proof(
        question=question.id,
        criteria=len(criteria),
        checks=checks,
        tallies={kind: Tally(made[kind] - bad[kind], made[kind]) for kind in HoleKind},
        saboteurs=_by_kind(graded),
        seconds=round(sum(one.seconds for one in graded), 2),
        idle=sum(one.idle for one in graded),
        left_out=sum(one.left_out for one in graded),
        holes=tuple(holes),
        undecided=tuple(
            Hole(question.id, f"{one.work.kind} {one.work.name}".rstrip(), one.undecided)
            for one in graded
            if one.undecided
        ),
    )


def _by_kind(graded: Sequence[GradedWork]) -> dict[str, Tally]:
    """Return, for each kind of saboteur, how many were noticed of those that did something the stub does not allow."""
    fired = [one for one in graded if one.work.kind is HoleKind.SABOTEUR and not (one.idle or one.left_out)]
    noticed = Counter(_kind_of(one) for one in fired if one.lost)
    made = Counter(map(_kind_of, fired))
    return {kind: Tally(noticed[kind], made[kind]) for kind in KINDS}


def _kind_of(one: GradedWork) -> str:
    assert one.work.sabotage is not None
    return one.work.sabotage.kind


Said = Iterator[tuple[str, str]]


def _of_right(one: GradedWork, criteria: set[str]) -> Said:
    seed = f" at seed {one.work.variation}" if one.work.variation else ""
    what = "the reference" if one.work.kind is HoleKind.REFERENCE else f"right work, {one.work.name},"
    for criterion, why in one.lost.items():
        yield f"{what} does not pass {criterion}{seed}", why


def _of_nothing(one: GradedWork, criteria: set[str]) -> Said:
    what = "an untouched stub" if one.work.kind is HoleKind.STUBS else f"work that answers {one.work.name}"
    for criterion in sorted(one.earned & criteria):
        yield f"{what} earns marks for {criterion}", ""


def _of_misconception(one: GradedWork, criteria: set[str]) -> Said:
    entry = one.work.entry
    assert entry is not None
    for criterion in entry.loses:
        if criterion not in one.lost:
            yield f"the misconception {entry.slug} does not lose {criterion}", ""
    for criterion, why in one.lost.items():
        if criterion not in entry.loses:
            yield f"the misconception {entry.slug} loses {criterion} too", why
    yield from _of_name(entry, {c: why for c, why in one.lost.items() if c in entry.loses})


def _of_name(entry: Entry, lost: dict[str, str]) -> Said:
    named = any(entry.sentence in said for said in lost.values())
    if lost and not named and not entry.unnamed:
        said = "\n".join(lost.values())
        yield f"the misconception {entry.slug} is caught, but feedback does not name it", said
    if named and entry.unnamed:
        yield f"the misconception {entry.slug} is named, though its file says `Unnamed:`", entry.unnamed


def _of_mutant(one: GradedWork, criteria: set[str]) -> Said:
    if not one.lost:
        yield f"a mutant survives: {one.work.name}", one.work.diff


def _of_saboteur(one: GradedWork, criteria: set[str]) -> Said:
    if not (one.lost or one.idle or one.left_out):
        yield f"a saboteur is not noticed: {one.work.name}", ""


def _of_excused(one: GradedWork, criteria: set[str]) -> Said:
    for criterion, why in one.lost.items():
        yield f"a saboteur that the stub allows loses {criterion}: {one.work.name}", why


def _of_equivalent(one: GradedWork, criteria: set[str]) -> Said:
    for criterion in one.lost:
        yield f"a mutant that is listed as equivalent loses {criterion}: {one.work.name}", one.work.diff


_JUDGES: dict[HoleKind, Callable[[GradedWork, set[str]], Said]] = {
    HoleKind.REFERENCE: _of_right,
    HoleKind.STUBS: _of_nothing,
    HoleKind.EMPTY: _of_nothing,
    HoleKind.MISCONCEPTION: _of_misconception,
    HoleKind.ALTERNATIVE: _of_right,
    HoleKind.MUTANT: _of_mutant,
    HoleKind.EQUIVALENT: _of_equivalent,
    HoleKind.SABOTEUR: _of_saboteur,
    HoleKind.EXCUSED: _of_excused,
}


def _without_misconception(question: Question, criteria: set[str], graded: Sequence[GradedWork]) -> Iterator[Hole]:
    """If a question has any misconceptions, each of its criteria must catch one."""
    loses = [set(one.work.entry.loses) for one in graded if one.work.kind is HoleKind.MISCONCEPTION and one.work.entry]
    for criterion in sorted(criteria.difference(*loses)) if loses else []:
        yield Hole(question.id, f"no misconception of the bank loses {criterion}")


def _called_otherwise(question: Question, graded: Sequence[GradedWork]) -> Iterator[Hole]:
    """Yield where the author of one mistake would be told of another."""
    entries = {one.work.entry: one for one in graded if one.work.kind is HoleKind.MISCONCEPTION and one.work.entry}
    for entry, one in entries.items():
        for other in entries:
            said = [why for why in one.lost.values() if other.sentence in why]
            if said and other.sentence not in entry.sentence:
                yield Hole(question.id, f"the misconception {entry.slug} is called {other.slug}", "\n".join(said))


def _stale(listed: Sequence[Equivalent], graded: Sequence[GradedWork]) -> Iterator[Hole]:
    made = {one.work.name for one in graded if one.work.kind is HoleKind.EQUIVALENT}
    for entry in listed:
        if entry.mutant not in made:
            yield Hole(entry.question, f"{entry.where} lists a mutant that is not made: {entry.mutant}", entry.reason)


def _unsaid(excuses: Sequence[Excuse], said: str) -> Iterator[Hole]:
    """Yield excuses that quote something that no docstring of the question's module says."""
    for excuse in excuses:
        if excuse.quote not in " ".join(said.split()):
            yield Hole(excuse.question, f"{excuse.where} quotes what the stub does not say", excuse.quote)
