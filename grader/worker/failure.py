"""What a student's exception says, in plain data: its kind, its words, and where in their own code."""

from __future__ import annotations

import builtins
import errno
import os
import traceback
from collections.abc import Callable
from pathlib import Path

from .placeholder import ForbiddenImport, ForbiddenUse
from .problems import Unreadable
from .program import MissingName, NotLoaded
from .wire import WireError

TEXT_LIMIT = 8_000
LINE_LIMIT = 200
FRAME_LIMIT = 20
# Frames of the machinery between two frames of the student's say nothing to them.
MACHINERY = (f"{Path(__file__).parent.parent}{os.sep}", "<frozen importlib")

# How torch says that there is no memory left, in a RuntimeError.
NO_MEMORY_LEFT = "DefaultCPUAllocator: can't allocate memory"
# No room on disk, no other thread, nothing left of what a machine has: it may be the machine that is short of it.
SHORT_OF = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EAGAIN, errno.ENOMEM, errno.ENFILE, errno.EIO, errno.EROFS})
# Folders that are there and cannot be written to, where nothing on this machine bounds what is written.
_closed: list[str] = []
NO_THREAD, NOT_WRITTEN = "can't start new thread", "failed writing file"
ONE_PROCESS = "no other process can be started while graded; give a DataLoader num_workers=0"

# What ends a check at once, by the name of its outcome; anything else is "raised".
STOPS: tuple[tuple[type[BaseException], str], ...] = (
    (NotImplementedError, "not_implemented"),
    (MissingName, "not_implemented"),
    (MemoryError, "out_of_memory"),
    (ForbiddenUse, "forbidden"),
    (ForbiddenImport, "forbidden"),
)


def nothing_can_be_written_to(folder: str) -> None:
    """Take it for the machine's fault from now on when a file in `folder` cannot be made."""
    _closed.append(folder)


def describe(error: BaseException, is_students: Callable[[str], bool]) -> dict[str, str]:
    """Return all that is told of an exception; `is_students` knows the files of the student's."""
    otherwise = "raised"
    if isinstance(error, NotLoaded):
        error, otherwise = error.error, "not_loaded"
    return {
        "outcome": stop_of(error) or otherwise,
        "builtin": builtin_name(error),
        "message": message_of(error) + _advice(error),
        "line": student_line(error, is_students),
        "traceback": student_traceback(error, is_students),
        "shortage": "yes" if is_shortage(error) else "",
    }


def is_shortage(error: BaseException) -> bool:
    """Tell whether an exception says that there is no more of something, memory, threads or room on disk."""
    words = message_of(error)
    return (
        stop_of(error) == "out_of_memory"
        or (issubclass(type(error), OSError) and (getattr(error, "errno", None) in SHORT_OF or _is_closed(error)))
        or (issubclass(type(error), RuntimeError) and (NO_THREAD in words or NOT_WRITTEN in words))
    )


def _is_closed(error: BaseException) -> bool:
    """Tell whether a file could not be written because no worker may write any."""
    name = getattr(error, "filename", None)
    return type(error) is PermissionError and type(name) is str and os.path.abspath(name).startswith(tuple(_closed))


def stop_of(error: BaseException) -> str | None:
    """Return the outcome that ends the check, or None for an exception that a check may handle."""
    if issubclass(type(error), RuntimeError) and NO_MEMORY_LEFT in message_of(error):
        return "out_of_memory"
    # By its true class: `isinstance` would also ask `error.__class__`, which may lie.
    return next((outcome for kind, outcome in STOPS if issubclass(type(error), kind)), None)


def builtin_name(error: BaseException) -> str:
    """Return the name of Python's own exception class that this is, or is derived from next.

    A student's ``class ShapeError(ValueError)`` is a ValueError to a check that asks for one; what is
    derived from Exception alone is '' and stays a stranger.
    """
    kinds = [] if isinstance(error, WireError) else type(error).__mro__
    names = [kind.__name__ for kind in kinds if getattr(builtins, kind.__name__, None) is kind]
    return names[0] if names and names[0] not in {"Exception", "BaseException", "object"} else ""


def message_of(error: BaseException) -> str:
    """Return ``TypeName: words``, bounded, even if the exception's own `__str__` fails."""
    if type(error) is Unreadable:  # no statement of the student's raised it
        return str(error)
    try:
        words = str(error)
    except Exception as second:
        words = f"(its message cannot be read: {type(second).__name__})"
    return f"{type(error).__name__}: {words}"[:TEXT_LIMIT] if words else type(error).__name__


def _advice(error: BaseException) -> str:
    """Return what to do about an error that the student's code meets in a worker only."""
    frames = traceback.extract_tb(error.__traceback__)
    starts_process = any("multiprocessing" in Path(frame.filename).parts for frame in frames)
    return f" ({ONE_PROCESS})" if starts_process and issubclass(type(error), OSError) else ""


def student_line(error: BaseException, is_students: Callable[[str], bool]) -> str:
    """Return the student's own line nearest to the exception: ``file.py:12 in step: v += g``."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f"{Path(error.filename).name}:{error.lineno}: {(error.text or '').strip()}"[:LINE_LIMIT]
    frames = [f for f in traceback.extract_tb(error.__traceback__) if is_students(f.filename)]
    if not frames:
        return ""
    last = frames[-1]
    return f"{Path(last.filename).name}:{last.lineno} in {last.name}: {last.line or ''}"[:LINE_LIMIT]


def student_traceback(error: BaseException, is_students: Callable[[str], bool]) -> str:
    """Return the traceback from the student's first frame on, as Python prints it, bounded."""
    if type(error) is Unreadable:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((i for i, f in enumerate(frames) if is_students(f.filename)), len(frames))
    shown = [frame for frame in frames[first:] if not frame.filename.startswith(MACHINERY)]
    lines = ["Traceback (most recent call last):\n"] if shown else []
    lines += traceback.format_list(shown[:FRAME_LIMIT])
    lines += traceback.format_exception_only(error) if isinstance(error, SyntaxError) else [message_of(error)]
    return "".join(lines)[-TEXT_LIMIT:]
