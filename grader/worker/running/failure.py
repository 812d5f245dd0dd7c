"""A student's exception as plain data: its kind, its message, and where in their own code it occurred."""

from __future__ import annotations

import builtins
import errno
import inspect
import linecache
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from ..reading.problems import Unreadable
from ..wire.codec import WireError
from .named_values import named_values
from .placeholder import ForbiddenImport, ForbiddenUse
from .program import MissingName, NotLoaded

TEXT_LIMIT = 8_000
LINE_LIMIT = 200
FRAME_LIMIT = 20
# Frames of the machinery between two frames of the student's are of no interest to them.
MACHINERY = (f"{Path(__file__).parents[2]}{os.sep}", "<frozen importlib")

# Torch's message about missing memory, in a RuntimeError.
NO_MEMORY_LEFT = "DefaultCPUAllocator: can't allocate memory"
# No disk space, no further thread, some resource used up: it may be the machine that is short of it.
SHORT_OF = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EAGAIN, errno.ENOMEM, errno.ENFILE, errno.EIO, errno.EROFS})
# Folders that exist but cannot be written to, because nothing on this machine limits what is written.
_closed: list[str] = []
NO_THREAD, NOT_WRITTEN = "can't start new thread", "failed writing file"
ONE_PROCESS = "no other process can be started when this is graded; use num_workers=0 for a DataLoader"

# What ends a check at once, by the name of its outcome; anything else is "raised".
STOPS: tuple[tuple[type[BaseException], str], ...] = (
    (NotImplementedError, "not_implemented"),
    (MissingName, "not_implemented"),
    (MemoryError, "out_of_memory"),
    (ForbiddenUse, "forbidden"),
    (ForbiddenImport, "forbidden"),
)


def nothing_can_be_written_to(folder: str) -> None:
    """From now on, treat it as the machine's fault if a file in `folder` cannot be created."""
    _closed.append(folder)


def describe(error: BaseException, is_students: Callable[[str], bool]) -> dict[str, str]:
    """Return everything that is reported about an exception; `is_students` recognises the student's files."""
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
    """Return whether an exception says that memory, threads or disk space have run out."""
    words = message_of(error)
    return (
        stop_of(error) == "out_of_memory"
        or (issubclass(type(error), OSError) and (getattr(error, "errno", None) in SHORT_OF or _is_closed(error)))
        or (issubclass(type(error), RuntimeError) and (NO_THREAD in words or NOT_WRITTEN in words))
    )


def _is_closed(error: BaseException) -> bool:
    """Return whether a file could not be written because workers may not write any."""
    name = getattr(error, "filename", None)
    return type(error) is PermissionError and type(name) is str and os.path.abspath(name).startswith(tuple(_closed))


def stop_of(error: BaseException) -> str | None:
    """Return the outcome that ends the check, or None for an exception that a check may handle."""
    if issubclass(type(error), RuntimeError) and NO_MEMORY_LEFT in message_of(error):
        return "out_of_memory"
    # By its true class: `isinstance` would also use `error.__class__`, which may lie.
    return next((outcome for kind, outcome in STOPS if issubclass(type(error), kind)), None)


def builtin_name(error: BaseException) -> str:
    """Return the name of the built-in exception class that this is, or is derived from most closely.

    A student's ``class ShapeError(ValueError)`` is a ValueError to a check that asks for one; what is derived from
    Exception alone is '' and stays unknown.
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
    """Return what to do about an error that the student's code only meets in a worker."""
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
    """Return the traceback from the student's first frame on, as Python prints it, shortened if it is long.

    Below it are the values of the names in the student's last line.
    """
    if type(error) is Unreadable:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((i for i, f in enumerate(frames) if is_students(f.filename)), len(frames))
    shown = [frame for frame in frames[first:] if not frame.filename.startswith(MACHINERY)]
    lines = ["Traceback (most recent call last):\n"] if shown else []
    lines += traceback.format_list(shown[:FRAME_LIMIT])
    lines += traceback.format_exception_only(error) if isinstance(error, SyntaxError) else [message_of(error)]
    if values := _values_in_last_line(error, is_students):
        lines.append("\n".join(["", "In that line:", *(f"  {value}" for value in values)]))
    return "".join(lines)[-TEXT_LIMIT:]


def _values_in_last_line(error: BaseException, is_students: Callable[[str], bool]) -> list[str]:
    if issubclass(type(error), SyntaxError | NameError):
        return []
    steps = traceback.walk_tb(error.__traceback__)
    last = [(frame, number) for frame, number in steps if is_students(frame.f_code.co_filename)][-1:]
    try:
        return [
            value
            for frame, number in last
            if _has_plain_names(frame)
            for value in named_values(linecache.getline(frame.f_code.co_filename, number), frame.f_locals)
        ]
    except Exception:  # what arrays are is looked up in modules, which the student's code may have replaced
        return []


def _has_plain_names(frame: FrameType) -> bool:
    """Return whether no code of the student's is asked for a frame's variables, as where `exec` was given a mapping."""
    return bool(frame.f_code.co_flags & inspect.CO_OPTIMIZED) or type(frame.f_locals) is dict
