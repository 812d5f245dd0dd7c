"""Reading a rubric from its file; all problems are reported at once, with line and field."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from grader.core.errors import RubricError
from grader.core.text import did_you_mean, nearest, printable
from grader.course.rubric.model import Rubric
from grader.course.rubric.rules import Location, Problem
from grader.course.rubric.yaml_lines import Document, read_yaml

MAX_BYTES = 256 * 1024
_ONE_OF = {"questions": "question", "criteria": "criterion"}


def load_rubric(path: Path) -> Rubric:
    """Return the rubric in the YAML file `path`.

    Raises RubricError naming file, line and field of every problem.
    """
    document = read_yaml(_text(path))
    rubric, problems = None, list(document.problems)
    told = {p.location for p in problems}
    if document.data is not None or not problems:
        try:
            rubric = Rubric.model_validate(document.data)
        except ValidationError as error:
            # Pydantic reports a list whose entries are all wrong as "too short"; the entries' own problems say why.
            entries = [
                e for e in error.errors() if e["loc"] not in told and not (e["type"] == "too_short" and e["input"])
            ]
            meant = {_meant(e) for e in entries if e["type"] == "extra_forbidden"}
            problems += [_translate(e) for e in entries if e["type"] != "missing" or e["loc"] not in meant]
    if rubric is not None and rubric.assignment != path.stem:
        problems.append(
            Problem(
                ("assignment",),
                "the assignment's id is not the file's name",
                found=f"`{rubric.assignment}` in {path.name}",
                todo=f"rename the file to {rubric.assignment}.yaml, or correct the id",
            )
        )
    if rubric is None or problems:
        raise _error(path, document, problems)
    return rubric


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RubricError("the rubric cannot be read", where=path, found=error.strerror) from error
    if len(content) > MAX_BYTES:
        raise RubricError("the rubric is too large", where=path, expected=f"at most {MAX_BYTES // 1024} KiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RubricError("the rubric is not UTF-8", where=f"{path}:{line}", todo="save it as UTF-8") from error


def _error(path: Path, document: Document, problems: list[Problem]) -> RubricError:
    errors = []
    for problem in sorted(problems, key=lambda p: document.line(p.location) or 0):
        line = document.line(problem.location)
        place = f"{path}:{line}" if line else str(path)
        field = _in_words(problem.location, document.data)
        errors.append(
            RubricError(
                problem.message,
                where=f"{place}: {field}" if field else place,
                found=problem.found,
                expected=problem.expected,
                todo=problem.todo,
            )
        )
    return errors[0] if len(errors) == 1 else RubricError("\n".join(map(str, errors)))


def _in_words(location: Location, data: object) -> str:
    """Return e.g. "question optimizers.sgd, criterion 2, marks"."""
    words: list[str] = []
    for part in location:
        try:
            data = data[part]  # type: ignore[index]  # whatever it is, a wrong step ends below
        except (TypeError, LookupError):
            data = None
        if isinstance(part, str):
            words.append(printable(part))
        else:
            name = data.get("id") if isinstance(data, dict) else None
            what = _ONE_OF[words.pop()] if words and words[-1] in _ONE_OF else "entry"
            words.append(f"{what} {printable(name) if isinstance(name, str) else part + 1}")
    return ", ".join(words)


def _translate(error: ErrorDetails) -> Problem:
    """Return pydantic's error in terms of the rubric."""
    location, kind, found = error["loc"], error["type"], _found(error["input"])
    name = printable(str(location[-1])) if location else "the rubric"
    field, owner = _field(location)
    expected = (field.description or "") if field else ""
    if kind == "rule":
        return Problem(location, **error["ctx"])
    if kind == "missing":
        return Problem(location, f"`{name}` is missing", expected=expected, todo=f"add `{name}: …`")
    if kind == "extra_forbidden":
        comma = "put the text before it in quotes if it belongs there: a comma ends text in {…}"
        hint = did_you_mean(name, _names(owner)) or ("remove it" if error["input"] is not None else comma)
        expected = "one of " + ", ".join(_names(owner))
        return Problem(location, f"`{name}` is not a field here", expected=expected, todo=hint)
    if kind == "string_type" and isinstance(error["input"], int | Decimal):
        return Problem(location, "this must be text", found=found, expected=expected, todo="put it in quotes")
    if kind == "value_error":
        return Problem(location, str(error["ctx"]["error"]), found=found, expected=expected)
    return Problem(location, _MESSAGES.get(kind, error["msg"]), found=found, expected=expected or "fields of a rubric")


def _meant(error: ErrorDetails) -> Location:
    """Return the location of the field that an unknown field was most likely meant to be."""
    location = error["loc"]
    _, owner = _field(location)
    return (*location[:-1], *nearest(str(location[-1]), _names(owner)))


def _names(owner: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in owner.model_fields.items()]


_MESSAGES = {
    "string_type": "this must be text",
    "string_pattern_mismatch": "this does not have the right form",
    "string_too_short": "this must not be empty",
    "bool_type": "this must be true or false",
    "tuple_type": "this must be a list: [a, b], or lines that start with a dash",
    "too_short": "this list must not be empty",
    "model_type": "this must be a group of fields, each `name: value`",
}


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the yes/no value {str(value).lower()}"
    if isinstance(value, int | float | Decimal):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text “{printable(value)}”"
    return f"a list of {len(value)}" if isinstance(value, list | tuple) else "a group of fields"


def _field(location: Location) -> tuple[FieldInfo | None, type[BaseModel]]:
    """Return the field at the location, if the models have it, and the model that it belongs to."""
    owner: type[BaseModel] = Rubric
    field: FieldInfo | None = None
    for name in (part for part in location if isinstance(part, str)):
        if field is not None:
            owner = _model(field.annotation) or owner
        field = next((f for n, f in owner.model_fields.items() if name == (f.alias or n)), None)
    return field, owner


def _model(annotation: object) -> type[BaseModel] | None:
    """Return the model in an annotation such as `tuple[Question, ...]`."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, BaseModel) else None
    return next(filter(None, map(_model, get_args(annotation))), None)
