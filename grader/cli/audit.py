"""`grader audit`: are the checks right?"""

from __future__ import annotations

import json as json_format
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from grader.audit.audit import Audit
from grader.audit.works import Most
from grader.cli.edge import show
from grader.cli.options import CourseOption, Isolation, IsolationOption
from grader.core.errors import GraderFault
from grader.core.files import write_whole
from grader.course.folder import Course
from grader.report.proof_table import LEGEND, holes_in_words, proof_table, saboteur_table
from grader.results.audit_model import Proof

HOLES = 1


def audit(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="The assignments; by default all of the course.")
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only questions that match this, e.g. '*.momentum'; may be repeated."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Number of processes that grade.")] = os.cpu_count()
    or 1,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds with which right work is graded.")] = 3,
    mutants: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most this many mutants of a question; by default all.")
    ] = None,
    saboteurs: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="At most this many saboteurs of a question; by default all.")
    ] = None,
    saboteur_seconds: Annotated[
        float | None,
        typer.Option(min=0, metavar="S", help="CPU time for the saboteurs of a question; by default unlimited."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all findings to FILE; - for stdout.")
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Prove the checks: right work passes whatever its style; stubs, empty answers, mistakes and mutants do not."""
    here = Course.find(course)
    found = dict[str, list[Proof]]()
    for assignment in assignments or here.demand_assignments():
        most = Most(mutants, saboteurs, saboteur_seconds)
        found[assignment] = Audit(here, assignment, question or ["*"], jobs, seeds, most, isolation).proofs()
        if json != Path("-"):
            show("", proof_table(assignment, found[assignment]))
            if (by_kind := saboteur_table(assignment, found[assignment])) is not None:
                show("", by_kind)
            show("", *holes_in_words(found[assignment]))
    _report(found, json)
    if any(proof.undecided for proofs in found.values() for proof in proofs):
        raise typer.Exit(GraderFault.exit_code)
    if any(proof.holes for proofs in found.values() for proof in proofs):
        raise typer.Exit(HOLES)


def _report(found: dict[str, list[Proof]], json: Path | None) -> None:
    text = json_format.dumps({name: [asdict(proof) for proof in proofs] for name, proofs in found.items()}, indent=2)
    if json == Path("-"):
        typer.echo(text)
        return
    if json is not None:
        write_whole(json, f"{text}\n")
    show("", LEGEND)
