"""YAML read as plain data, with the line of every field, bounded and without surprises.

Differences from `yaml.safe_load`: a key may occur only once, numbers with a point are exact (`Decimal`), `010` is not
octal and a date is text, tags and endless aliases are refused, and every problem is collected.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from grader.core.text import printable
from grader.course.rubric.rules import Location, Problem

MAX_NODES = 20_000
MAX_DEPTH = 16
_TAG = "tag:yaml.org,2002:"
_TEXT_TAGS = {"str", "timestamp", "merge", "value"}
_SCALAR_TAGS = _TEXT_TAGS | {"null", "bool", "int", "float"}


@dataclass
class Document:
    """The contents of a YAML text: plain data, the line of each field, and what is wrong with it."""

    data: object = None
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, location: Location) -> int | None:
        """Return the line of the field, or of the nearest field around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location)


def read_yaml(text: str) -> Document:
    """Return the contents of a text; never raises an exception because of them."""
    document = Document()
    try:
        node = _composed(text)
    except yaml.YAMLError as error:
        document.problems.append(_syntax(error, document))
    except RecursionError:
        document.problems.append(Problem((), "the fields are nested too deeply"))
    else:
        try:
            document.data = _Reader(document).read(node, ())
        except _TooMuch as error:
            document.problems.append(Problem((), str(error), todo="write it without anchors and aliases"))
    return document


def _composed(text: str) -> yaml.Node | None:
    """Return the text's only node, read by libyaml if it is installed: it is ten times as fast."""
    if yaml.__with_libyaml__:
        try:
            return yaml.CSafeLoader(text).get_single_node()
        except yaml.YAMLError:  # reported below with the other parser's message, which is the same everywhere
            pass
    return yaml.SafeLoader(text).get_single_node()


def _syntax(error: yaml.YAMLError, document: Document) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        document.lines[()] = mark.line + 1
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).partition("\n")[0]
    return Problem(
        (),
        f"this is not YAML: {printable(why)}",
        todo="check indentation (spaces, no tabs), colons and quotes near that line",
    )


class _TooMuch(Exception):
    """The document expands to more than any rubric needs."""


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes = 0

    def read(self, node: yaml.Node | None, at: Location) -> object:
        self._nodes += 1
        if self._nodes > MAX_NODES or len(at) > MAX_DEPTH:
            raise _TooMuch("the file expands to more fields than a rubric can have")
        if node is None:
            return None
        self._document.lines.setdefault(at, node.start_mark.line + 1)
        kind = node.tag.removeprefix(_TAG)
        if isinstance(node, yaml.MappingNode) and kind == "map":
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode) and kind == "seq":
            return [self.read(child, (*at, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and kind in _SCALAR_TAGS:
            return self._scalar(kind, node.value, at)
        self._refuse(at, f"the tag `{printable(node.tag)}` is not supported here", "remove the tag")
        return None

    def _mapping(self, node: yaml.MappingNode, at: Location) -> dict[Hashable, object]:
        fields: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(at, "a field's name is not text", "write fields as `name: value`")
                continue
            key = key_node.value
            if key in fields:
                again = key_node.start_mark.line + 1
                self._refuse((*at, key), f"`{printable(key)}` is here and again in line {again}", "keep one of the two")
                continue
            self._document.lines[(*at, key)] = key_node.start_mark.line + 1
            fields[key] = self.read(value_node, (*at, key))
        return fields

    def _scalar(self, kind: str, text: str, at: Location) -> object:
        if kind in _TEXT_TAGS:
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in ("yes", "true", "on")
        if kind == "int" and re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,18})", text):
            return int(text)
        if kind == "float" and re.fullmatch(r"[-+]?[0-9]{0,18}\.[0-9]{0,18}", text) and text.strip("+-") != ".":
            return Decimal(text)
        todo = "write a plain decimal number such as 2 or 0.5, or put text in quotes"
        self._refuse(at, f"`{printable(text)}` is not read as a number here", todo)
        return None

    def _refuse(self, at: Location, message: str, todo: str) -> None:
        self._document.problems.append(Problem(at, message, todo=todo))
