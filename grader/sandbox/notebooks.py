"""The contents of a submission's files, as reported by a worker that ran none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.checks.asking.channel import StudentStopped, student_error
from grader.sandbox.connection import Connection
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.warm import WorkerProcess
from grader.worker.reading.overview import Overview, from_data
from grader.worker.reading.shown import PICTURES
from grader.worker.running.preparing import Cells, LookThrough, Preparation

_CELL = [str, int, str, bool, list, bool, str]


@dataclass(frozen=True)
class NotebookCell:
    """A cell: its notebook, its number, its text, and its pictures as (suffix, content).

    In a text cell these were pasted into it, and `untouched` says that it is still as in the kit. In a code cell its
    outputs show them; `shown` is the text of its outputs.
    """

    notebook: str
    number: int
    text: str
    untouched: bool = False
    pictures: tuple[tuple[str, bytes], ...] = ()
    is_code: bool = False
    shown: str = ""


def notebook_cells(process: WorkerProcess, root: str, files: list[str], limits: Limits) -> tuple[NotebookCell, ...]:
    """Return the cells of the notebooks `files` below `root`, read by a fresh worker, which is then ended.

    Raises StudentStopped if the worker does not finish or answers with something else.
    """
    value = _asked(process, Cells(root, files), limits)
    if type(value) is not list:
        raise _something_else()
    return tuple(_cell(told, files) for told in value)


def overview_of(
    process: WorkerProcess, root: str, files: list[str], names: list[str], limits: Limits, *, in_short: bool
) -> Overview:
    """Return what the `files` below `root` define of `names`, read by a fresh worker, which is then ended.

    With `in_short` that is all; otherwise also what is wrong with files, and other places of names that none defines.
    Raises StudentStopped if the worker does not finish or answers with something else.
    """
    try:
        return from_data(_asked(process, LookThrough(root, files, names, in_short), limits))
    except (ValueError, TypeError, AttributeError) as error:
        raise _something_else() from error


def _asked(process: WorkerProcess, request: Preparation, limits: Limits) -> Any:
    # A budget of its own: reading files beforehand must not shorten the code's time.
    connection = Connection(process, limits, Budget())
    try:
        connection.start_watch()
        kind, value = connection.request(request, False, _nothing, _nothing)
    finally:
        connection.close()
    if kind == "error":
        raise student_error(value, while_loading=True)
    return value


def _cell(told: Any, files: list[str]) -> NotebookCell:
    if type(told) is not list or list(map(type, told)) != _CELL or told[0] not in files:
        raise _something_else()
    notebook, number, text, untouched, pictures, is_code, shown = told
    return NotebookCell(notebook, number, text, untouched, tuple(map(_picture, pictures)), is_code, shown)


def _picture(told: Any) -> tuple[str, bytes]:
    if type(told) is not list or list(map(type, told)) != [str, bytes] or told[0] not in PICTURES.values():
        raise _something_else()
    return told[0], told[1]


def _nothing(*passed: object) -> Any:
    raise _something_else()


def _something_else() -> StudentStopped:
    return StudentStopped("crashed", "the worker returned something other than the contents of the files")
