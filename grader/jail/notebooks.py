"""What stands in a submission's files, as a worker found it that ran none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.channel import StudentStopped, student_error
from grader.jail.connection import Connection
from grader.jail.limits import Budget, Limits
from grader.jail.warm import WorkerProcess
from grader.worker.markdown import PICTURES
from grader.worker.overview import Overview, from_data


@dataclass(frozen=True)
class MarkdownCell:
    """A cell of text: its notebook, its number, its text, and the pictures pasted into it as (ending, content).

    `untouched` tells one that is still as the kit came.
    """

    notebook: str
    number: int
    text: str
    untouched: bool = False
    pictures: tuple[tuple[str, bytes], ...] = ()


def markdown_cells(process: WorkerProcess, root: str, files: list[str], limits: Limits) -> tuple[MarkdownCell, ...]:
    """Return the cells of text in the notebooks `files` below `root`, read by a fresh worker, which is ended.

    Raises StudentStopped where the worker does not come to an end or answers with something else.
    """
    value = _asked(process, ["markdown", root, files], limits)
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


def _cell(told: Any, files: list[str]) -> MarkdownCell:
    if type(told) is not list or list(map(type, told)) != [str, int, str, bool, list] or told[0] not in files:
        raise _something_else()
    notebook, number, text, untouched, pictures = told
    return MarkdownCell(notebook, number, text, untouched, tuple(map(_picture, pictures)))


def _picture(told: Any) -> tuple[str, bytes]:
    if type(told) is not list or list(map(type, told)) != [str, bytes] or told[0] not in PICTURES.values():
        raise _something_else()
    return told[0], told[1]


def _nothing(*passed: object) -> Any:
    raise _something_else()


def _something_else() -> StudentStopped:
    return StudentStopped("crashed", "the worker gave something else than what stands in the files")
