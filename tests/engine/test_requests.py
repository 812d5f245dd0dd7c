"""Requests to a worker: each verb crosses as it is, and no reply is taken that cannot be an answer to it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.checks.asking.channel import demand_listed
from grader.core.errors import GraderFault
from grader.worker.running.preparing import Cells, Draw, Load, LookThrough
from grader.worker.running.requests import Call, ListFolder, MakePath, Read, ReadFile, Repeat, Request
from grader.worker.wire import codec as wire

REQUESTS: list[Request[Any]] = [
    Call(("f",), [1, "a"], {"scale": 2.5}),
    Call((3, "step"), [], {}, keep_arguments=True),
    Repeat(("f",), 0.5, [1.0, 2.0], [0, 1, 0]),
    Read(0, "f"),
    Read(4, "t"),
    MakePath("paths.gif"),
    ReadFile("written-1/paths.gif"),
    ListFolder("written-1"),
    Draw("/work", ["work.py"], "work", ["f"], {"work.py": b"\0"}),
    Load("/work", ["work.py"], "work", ["f"], {}, ["torch.optim"], [2.5, [["work.py", 3]]]),
    Cells("/work", ["work.ipynb"]),
    LookThrough("/work", ["a.py", "b.py"], ["f"], in_short=True),
]


def test_every_verb_is_tried_here() -> None:
    assert {request.verb for request in REQUESTS} == Request.verbs.keys()


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.verb)
def test_a_request_is_the_same_on_the_other_side(request_: Request[Any]) -> None:
    parts: Any = wire.normalise(request_.parts())
    assert Request.of(request_.verb, parts) == request_


REPLIES: list[tuple[Request[Any], object]] = [
    (Call(("f",), [], {}), [1, [], {}, {}]),
    (Repeat(("f",), 0, [1], [0, 0]), [1]),
    (Repeat(("f",), 0, [1], [0, 0]), [1, 2]),
    (Read(0, "f"), None),
    (MakePath("a"), "/a"),
    (ReadFile("/a"), b""),
    (ReadFile("/a"), None),
    (ListFolder("/"), {}),
    (ListFolder("/"), {"a": 1}),
]


@pytest.mark.parametrize(("request_", "reply"), REPLIES)
def test_an_answer_is_taken(request_: Request[Any], reply: object) -> None:
    request_.taken(reply)


FORGED: list[tuple[Request[Any], object]] = [
    (Call(("f",), [], {}), 1),
    (Call(("f",), [], {}), [1, [], {}]),
    (Call(("f",), [], {}), [1, [], {}, {}, {}]),
    (Call(("f",), [], {}), [1, (), {}, {}]),
    (Call(("f",), [], {}), [1, [], {"a b": 1}, {}]),
    (Call(("f",), [], {}), [1, [], {}, {0: "a" * 81}]),
    (Call(("f",), [], {}), [1, [], {}, {0: 7}]),
    (Repeat(("f",), 0, [1], [0, 0]), []),
    (Repeat(("f",), 0, [1], [0, 0]), [1, 2, 3]),
    (Repeat(("f",), 0, [1], [0, 0]), (1, 2)),
    (MakePath("a"), b"/a"),
    (MakePath("a"), None),
    (ReadFile("/a"), "text"),
    (ListFolder("/"), None),
    (ListFolder("/"), ["a"]),
    (ListFolder("/"), {"a": 1.5}),
    (ListFolder("/"), {1: 1}),
]


@pytest.mark.parametrize(("request_", "reply"), FORGED)
def test_what_cannot_be_an_answer_is_refused(request_: Request[Any], reply: object) -> None:
    with pytest.raises(wire.WireError, match="the worker answered"):
        request_.taken(reply)


def test_functions_that_are_handed_over_can_be_watched() -> None:
    watched = Call(("f",), [abs], {"by": len}).watched(repr)
    assert (watched.args, watched.kwargs) == ([repr(abs)], {"by": repr(len)})
    assert Repeat(("f",), abs, [len], [0]).watched(repr).seconds == [repr(len)]
    assert Read(0, "f").watched(repr) == Read(0, "f")


@pytest.mark.parametrize("request_", [Call(("g",), [], {}), Repeat(("g",), 0, [1], [0]), Read(0, "g")])
def test_a_check_can_only_ask_for_names_that_its_question_lists(request_: Request[Any]) -> None:
    with pytest.raises(GraderFault, match="calls 'g'"):
        demand_listed(request_, ["f"])
    demand_listed(request_, ["g"])
    for other in (Call((1, "g"), [], {}), Read(1, "g"), MakePath("g")):
        demand_listed(other, [])
