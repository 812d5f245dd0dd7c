"""What an audit proved, as a table, and its holes in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import indent

from rich.table import Table
from rich.text import Text

from grader.core.text import counted
from grader.report.console import table
from grader.report.text import plain
from grader.results.audit_model import Hole, HoleKind, Proof, Tally

_COLUMNS = {
    "right": (HoleKind.REFERENCE, HoleKind.ALTERNATIVE),
    "empty": (HoleKind.STUBS, HoleKind.EMPTY),
    "wrong": (HoleKind.MISCONCEPTION,),
    "mutants": (HoleKind.MUTANT,),
    "saboteurs": (HoleKind.SABOTEUR,),
}
LEGEND = """\
right      the reference and right work in other styles that pass, at each seed
empty      stubs, and answers without work, that earn nothing
wrong      misconceptions that lose their own criteria, no others, and are named
mutants    copies of the reference with one small mistake that a check notices
saboteurs  the reference with a bad habit over one of its functions, which a check notices
allowed    saboteurs that the stub allows, by words that tests/bank/excused.yaml quotes
idle       saboteurs that never did anything other than the reference would have done"""


def proof_table(assignment: str, proofs: Sequence[Proof]) -> Table:
    """Return a row for each question: how many works of each kind ended as they must, out of how many."""
    proved = table(plain(f"{assignment} · what its checks prove"))
    proved.add_column("question", no_wrap=True)
    for heading in ("criteria", "checks", *_COLUMNS, "s"):
        proved.add_column(heading, justify="right")
    for proof in proofs:
        proved.add_row(
            plain(proof.question),
            str(proof.criteria),
            str(proof.checks),
            *(_share([proof.tallies[kind] for kind in kinds]) for kinds in _COLUMNS.values()),
            f"{proof.seconds:.0f}",
        )
    return proved


def saboteur_table(assignment: str, proofs: Sequence[Proof]) -> Table | None:
    """Return a row for each question: how many saboteurs of each kind were noticed, out of those that had an effect.

    It also shows how many the question's stub allows, and how many had no effect. None if there are no saboteurs.
    """
    proofs = [proof for proof in proofs if any(each.made for each in proof.saboteurs.values()) or proof.idle]
    if not proofs:
        return None
    counted_ones = table(plain(f"{assignment} · saboteurs by kind"))
    counted_ones.add_column("question", no_wrap=True)
    for heading in (*proofs[0].saboteurs, "allowed", "idle"):
        counted_ones.add_column(heading, justify="right")
    for proof in proofs:
        apart = proof.tallies[HoleKind.EXCUSED].made, proof.idle
        counted_ones.add_row(
            plain(proof.question), *(_share([each]) for each in proof.saboteurs.values()), *map(str, apart)
        )
    return counted_ones


def holes_in_words(proofs: Sequence[Proof]) -> Iterator[Text | str]:
    """Yield the holes of all questions, each with its evidence, and finally how many there are."""
    holes = [hole for proof in proofs for hole in proof.holes]
    for hole in holes:
        yield _hole(hole)
    undecided = [one for proof in proofs for one in proof.undecided]
    for one in undecided:
        yield _hole(replace(one, sentence=f"could not be decided, which proves nothing: {one.sentence}"))
    equivalent = sum(proof.tallies[HoleKind.EQUIVALENT].made for proof in proofs)
    excused = sum(proof.tallies[HoleKind.EXCUSED].made for proof in proofs)
    idle = sum(proof.idle for proof in proofs)
    left_out = sum(proof.left_out for proof in proofs)
    counts = [
        f"{counted(len(undecided), 'work')} undecided" if undecided else "",
        f"{counted(equivalent, 'mutant')} listed as equivalent" if equivalent else "",
        f"{counted(excused, 'saboteur')} allowed by the stub" if excused else "",
        f"{counted(idle, 'saboteur')} not applicable" if idle else "",
        f"{counted(left_out, 'saboteur')} left out for lack of time" if left_out else "",
    ]
    proved = counted(len(holes), "hole") if holes else "No holes: not proved" if undecided else "No holes: proved"
    yield "; ".join([proved, *filter(None, counts)]) + "."


def _share(tallies: list[Tally]) -> Text:
    good, made = sum(tally.good for tally in tallies), sum(tally.made for tally in tallies)
    return Text(f"{good}/{made}", style="" if good == made else "red")


def _hole(hole: Hole) -> Text:
    said = plain(f"{hole.question}: {hole.sentence}", "red")
    return said + plain(f"\n{indent(hole.detail.rstrip(), '    ')}") if hole.detail.strip() else said
