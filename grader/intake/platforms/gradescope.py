"""Gradescope's export of an assignment: a folder for each submission, and a file that says whose they are."""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from grader.core.errors import GraderFault
from grader.core.helper import UsedUp, run_helper
from grader.intake.bounds import UNPACKING_CPU_SECONDS, LeftOut
from grader.intake.folder import Folder
from grader.intake.metadata import NOT_A_LIST
from grader.intake.names import is_ignored
from grader.intake.platforms.upload import Listing, Platform, Submitter, Upload

LIST = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_\d+", re.ASCII)
_SCAN = re.compile(r"\d+\.pdf", re.ASCII)
_COMMAND = (sys.executable, "-P", "-m", "grader.intake.metadata")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*)\s*(\S*)", re.ASCII)
# As `grader.intake.metadata` writes it: name, submitters, time, times of the history.
_Submission = tuple[str, list[tuple[str, str, str]], str, list[str]]
_TOLD = TypeAdapter(list[_Submission])


def _listing(folder: Path) -> Listing | None:
    """Return what the list of an export says; None for a folder without such a list, or with another file of that name.

    In a folder made by hand a student may hand in a list, which must not decide whose other files are: it counts only
    if Gradescope has named everything beside it, and the list names all of that.
    """
    try:
        beside = {one.name for one in folder.iterdir() if not one.name.startswith(".") and not is_ignored(one.name)}
        if LIST not in beside or not any(map(_FOLDER.fullmatch, beside)):
            return None
        beside.remove(LIST)
        if not all(_FOLDER.fullmatch(name) or _SCAN.fullmatch(name) for name in beside):
            return None
        uploads = {one[0]: _upload(*one) for one in _read(folder)}
    except (OSError, ValueError, LeftOut, UsedUp):
        return None
    if not beside <= uploads.keys():
        return None
    known = {name: uploads[name] for name in beside if uploads[name].submitters}
    return Listing(known, frozenset({LIST})) if known else None


def _read(folder: Path) -> list[_Submission]:
    """Return what the list says, [] if it is something else; LeftOut, OSError, ValueError or UsedUp mean that too."""
    with (
        Folder.opened(str(folder.resolve())) as parent,
        parent.file(LIST) as (file, _),
        tempfile.TemporaryDirectory(prefix="gradproof-") as scratch,
    ):
        done = run_helper(_COMMAND, UNPACKING_CPU_SECONDS, stdin=file, cwd=scratch)
    if done.returncode == NOT_A_LIST:
        return []
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise GraderFault("Gradescope's list could not be read", where=folder / LIST, found=said)
    return _TOLD.validate_json(done.stdout, strict=True)


def _upload(name: str, submitters: list[tuple[str, str, str]], created: str, history: list[str]) -> Upload:
    known = tuple(Submitter(*one) for one in submitters)
    time = _time(created)
    attempt = 1 + sum(one < time for one in map(_time, history) if one) if time else None
    student = "; ".join(filter(None, map(str, known)))
    return Upload(name, platform="gradescope", submitters=known, late=None, time=time, attempt=attempt, student=student)


def _time(text: str) -> datetime | None:
    """Return a moment; Ruby writes a space before the zone."""
    written = _MOMENT.fullmatch(text)
    try:
        moment = datetime.fromisoformat("".join(written.groups())) if written else None
        return moment and (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


GRADESCOPE = Platform(
    key="gradescope",
    title="Gradescope",
    export=f"`assignment_N_export/` with folders `submission_ID/` and `{LIST}`",
    who="name, address and student number (SID) of each submitter; several are a group",
    when="to the second, with its zone",
    attempt="the active one; how many came before it",
    lacks="files of other attempts",
    known_by="gradescope",
    listing=_listing,
)
