"""What stands in a submission's files, as a worker found it that ran none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.channel import StudentStopped, student_error
from grader.jail.connection import Connection
from grader.jail.limits import Budget, Limits
from grader.jail.warm import WorkerProcess
from grader.worker.overview import Overview, from_data
from grader.worker.shown import PICTURES

_CELL = [str, int, str, bool, list, bool, str]


@dataclass(frozen=True)
class NotebookCell:
    """A cell: its notebook, its number, its text, and its pictures as (ending, content).

    Of a cell of text these are pasted into it, and `untouched` tells one that is still as the kit came. Of a cell of
    code its outputs show them; `shown` is what they say.
    """

    notebook: str
    number: int
    text: str
    untouched: bool = False
    pictures: tuple[tuple[str, bytes], ...] = ()
    is_code: bool = False
    shown: str = ""


def notebook_cells(process: WorkerProcess, root: str, files: list[str], limits: Limits) -> tuple[NotebookCell, ...]:
    """Return the cells of the notebooks `files` below `root`, read by a fresh worker, which is ended.

    Raises StudentStopped where the worker does not come to an end or answers with something else.
    """
    value = _asked(process, ["cells", root, files], limits)
    if type(value) is not list:
        raise _something_else()
    return tuple(_cell(told, files) for told in value)


def overview_of(
    process: WorkerProcess, root: str, files: list[str], names: list[str], limits: Limits, *, in_short: bool
) -> Overview:
    """Return what the `files` below `root` define of `names`, read by a fresh worker, which is ended.

    `in_short` that is all; else also what is wrong with files, and where names stand that none defines.
    Raises StudentStopped where the worker does not come to an end or answers with something else.
    """
    try:
        return from_data(_asked(process, ["definitions" if in_short else "overview", root, files, names], limits))
    except (ValueError, TypeError, AttributeError) as error:
        raise _something_else() from error


def _asked(process: WorkerProcess, request: list[Any], limits: Limits) -> Any:
    # A budget of its own: what is read beforehand must not shorten the time that the code has.
    connection = Connection(process, limits, Budget())
    try:
        connection.start_watch()
        kind, value = connection.request([False, *request], _nothing, _nothing)
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
    return StudentStopped("crashed", "the worker gave something else than what stands in the files")
