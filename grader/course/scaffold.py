"""A new assignment: the smallest one that works, written into an existing or a new course.

The folder template/ is that assignment, a course by itself, called `starter`: its files are copied under another name.
"""

from __future__ import annotations

import keyword
import re
import secrets
import sys
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.core.text import printable
from grader.course.folder import Course
from grader.course.rubric.model import AssignmentId

TEMPLATE = Path(__file__).parent / "template"
_NAME = "starter"
_SUFFIXES = {".py", ".yaml"}


def new_assignment(root: Path, assignment: str) -> list[Path]:
    """Write an assignment into the course at `root`, or into a new one; return its files, relative to it and sorted.

    A new course gets a secret of its own. Raises UsageError for an invalid name, if one of the files already
    exists, and in the engine of a kit; then nothing is written.
    """
    if not TEMPLATE.is_dir():
        raise UsageError(
            "this is the engine of a student's kit, which cannot create assignments", where=TEMPLATE.parent
        )
    files = _files(_valid(assignment))
    there = [path.as_posix() for path in files if (root / path).exists()]
    if there:
        raise UsageError(
            "this would overwrite existing files",
            where=root,
            found=", ".join(there),
            todo="choose another name, or move these away",
        )
    if not (root / "rubrics").is_dir():
        files[Course(root).secret_file.relative_to(root)] = f"{secrets.token_hex(32)}\n"
    for path, text in files.items():
        write_whole(root / path, text)
    return sorted(files)


def _files(assignment: str) -> dict[Path, str]:
    """Return the text of every file of the assignment by its path in a course."""
    module = _module(assignment)
    found = [path for path in TEMPLATE.rglob("*") if path.suffix in _SUFFIXES]
    files = {_renamed(path.relative_to(TEMPLATE), module): _text(path).replace(_NAME, module) for path in found}
    rubric = files.pop(Path("rubrics", f"{module}.yaml"))
    # The only place that contains the assignment's own id, which may have characters that a module's name cannot have.
    named = rubric.replace(f"assignment: {module}\n", f"assignment: {assignment}\n", 1)
    return {Path("rubrics", f"{assignment}.yaml"): named, **files}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _renamed(path: Path, module: str) -> Path:
    return Path(path.as_posix().replace(_NAME, module))


def _module(assignment: str) -> str:
    """Return a module's name for an assignment: one that Python can import and that does not hide a standard module."""
    name = re.sub(r"\W", "_", assignment, flags=re.ASCII)
    taken = keyword.iskeyword(name) or name in sys.stdlib_module_names
    return name if name.isidentifier() and not taken else f"a_{name}"


def _valid(assignment: str) -> str:
    try:
        return TypeAdapter(AssignmentId).validate_python(assignment)
    except ValidationError as error:
        raise UsageError(
            "an assignment cannot have this id",
            found=printable(assignment),
            expected="lower-case letters, digits, `.`, `_` and `-`, such as lab1",
        ) from error
