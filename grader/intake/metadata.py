"""Reads Gradescope's list of an export. Runs as a process of its own: `python -m grader.intake.metadata`.

Standard input is the list, which a student may have written. Standard output receives a JSON array with an array for
each submission: its name, its submitters (number, address and name of each), when it was handed in, and the times of
its history. All are strings, "" for what is missing. Exit status `NOT_A_LIST` means that the file is something else.

Of YAML, only the subset that Gradescope writes is accepted: no aliases, tags or merges, and few levels. Values are
built from the parser's events, so that nothing is expanded and every scalar is a string.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import yaml

from grader.intake.limited import confine

NOT_A_LIST = 3
MOST_BYTES = 64 * 1024**2
_DEEPEST = 20
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_START = (yaml.StreamStartEvent, yaml.DocumentStartEvent)


class NotAList(Exception):
    """The file is not a list as Gradescope writes it."""


def read_list(content: bytes) -> list[list[Any]]:
    """Return what a list says about each submission. Raises NotAList, or YAMLError, for anything else."""
    events = iter(yaml.parse(content, _Loader))
    for event in events:
        if not isinstance(event, _START):
            break
    else:
        raise NotAList("it is empty")
    if not isinstance(event, yaml.MappingStartEvent):
        raise NotAList("it is not a mapping")
    read = [_submission(name, said) for name, said in _pairs(event, events, 1)]
    if not isinstance(next(events), yaml.DocumentEndEvent) or not isinstance(next(events), yaml.StreamEndEvent):
        raise NotAList("it is several documents")
    return read


def _submission(name: str, said: object) -> list[Any]:
    of = next(iter(_mappings([said])), {})
    submitters = [[_text(one.get(key)) for key in ("sid", "email", "name")] for one in _mappings(of.get("submitters"))]
    history = [_text(one.get("created_at")) for one in _mappings(of.get("history"))]
    return [name, submitters, _text(of.get("created_at")), history]


def _mappings(value: object) -> list[dict[str, Any]]:
    """Return the mappings in a list, with keys without the colons of Ruby's symbols."""
    several = value if isinstance(value, list) else []
    return [{key.strip(":"): of for key, of in one.items()} for one in several if isinstance(one, dict)]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _pairs(start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Iterator[tuple[str, Any]]:
    """Yield names and values of a mapping that has begun at a depth."""
    _demand_plain(start)
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return
        name = _value(event, events, depth)
        if not isinstance(name, str) or name == "<<":
            raise NotAList("it has a name that is not a text, or a merge")
        yield name, _value(next(events), events, depth)


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Any:
    """Return what an event begins: a string, or a list or mapping with all of its events."""
    _demand_plain(event)
    if isinstance(event, yaml.ScalarEvent):
        return "" if event.implicit[0] and event.value in _NOTHING else event.value
    if depth == _DEEPEST:
        raise NotAList(f"it has more than {_DEEPEST} levels")
    if isinstance(event, yaml.MappingStartEvent):
        return dict(_pairs(event, events, depth + 1))
    return [_value(one, events, depth + 1) for one in _until_end(events)]


def _until_end(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield event


def _demand_plain(event: yaml.Event) -> None:
    """Reject aliases and tags: both could become anything."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) is not None:
        raise NotAList("it has an alias or a tag")


def main() -> None:
    """Read the list on standard input and write its contents."""
    confine()
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise NotAList("it is too large")
        told = json.dumps(read_list(content))
    except Exception:  # a parser can fail on a broken file in countless ways
        sys.exit(NOT_A_LIST)
    sys.stdout.write(told)


if __name__ == "__main__":
    main()
