"""The calls that the checks make on a submission: recorded once, then made bare on the same functions."""

from __future__ import annotations

import copy
import importlib.util
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import count
from types import ModuleType
from typing import Any
from unittest import mock

import numpy as np

from grader.course.folder import Course
from grader.sandbox.jailed import JailedQuestion
from grader.worker.running.requests import Call, Request
from grader.worker.wire.codec import Handle


class Recorded:
    """One call as a check made it: the module, the check it belongs to, what was asked and what came back."""

    def __init__(self, module: str, check: int, target: Any, args: Any, kwargs: Any) -> None:
        self.module, self.check, self.target = module, check, target
        self.args, self.kwargs = copy.deepcopy((args, kwargs))
        self.result: Any = None
        self.error: type[BaseException] | None = None


def record(grade: Callable[[], object]) -> list[Recorded]:
    """Return all calls that one grading makes, in order."""
    calls: list[Recorded] = []
    numbers = count()
    ask, reset = JailedQuestion.ask, JailedQuestion.reset
    check = next(numbers)

    def recorded(self: JailedQuestion, request: Request[Any]) -> Any:
        if not isinstance(request, Call):
            return ask(self, request)
        one = Recorded(self._program.question.module, check, request.target, tuple(request.args), request.kwargs)
        calls.append(one)
        try:
            answer = ask(self, request)
        except Exception as error:
            one.error = type(error)
            raise
        one.result = copy.deepcopy(answer[0])
        return answer

    def begin(self: JailedQuestion) -> None:
        nonlocal check
        check = next(numbers)
        reset(self)

    with mock.patch.object(JailedQuestion, "ask", recorded), mock.patch.object(JailedQuestion, "reset", begin):
        grade()
    return calls


def pairs(shown: Any, real: Any) -> Iterator[tuple[Handle, Any]]:
    """Give each handle in a recorded value with what stands in its place in a bare one."""
    if isinstance(shown, Handle):
        yield shown, real
    elif isinstance(shown, (list, tuple)):
        for one, other in zip(shown, real, strict=True):
            yield from pairs(one, other)
    elif isinstance(shown, dict):
        for key, item in shown.items():
            yield from pairs(item, real[key])


def filled(value: Any, objects: dict[int, Any]) -> Any:
    """Return a recorded argument with the bare objects in the place of handles."""
    if isinstance(value, Handle):
        return objects[value.number]
    if type(value) in {list, tuple}:
        return type(value)(filled(item, objects) for item in value)
    if type(value) is dict:
        return {key: filled(item, objects) for key, item in value.items()}
    return value


def replay(calls: list[Recorded], modules: dict[str, ModuleType]) -> tuple[float, list[Any]]:
    """Make the calls bare. Return the seconds spent in the called functions, and what they returned."""
    objects: dict[int, dict[int, Any]] = defaultdict(dict)
    seconds, results = 0.0, []
    for one in calls:
        own = objects[one.check]
        args, kwargs = filled(one.args, own), filled(one.kwargs, own)
        holder = modules[one.module] if len(one.target) == 1 else own[one.target[0]]
        function = getattr(holder, one.target[-1])
        start = time.perf_counter()
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            result = type(error)
        seconds += time.perf_counter() - start
        if one.error is None:
            own.update((handle.number, real) for handle, real in pairs(one.result, result))
        results.append(result)
    return seconds, results


def same(shown: Any, real: Any) -> bool:
    """Tell whether a bare result is the one that came through the jail, as far as it is data."""
    if isinstance(shown, Handle):
        return True
    if isinstance(shown, (list, tuple)):
        return len(shown) == len(real) and all(map(same, shown, real))
    if isinstance(shown, dict):
        return shown.keys() == real.keys() and all(same(shown[key], real[key]) for key in shown)
    return bool(np.array_equal(shown, real, equal_nan=isinstance(shown, (float, np.ndarray, np.floating))))


def load(course: Course, module: str) -> ModuleType:
    """Return the reference's module, executed in this process."""
    spec = importlib.util.spec_from_file_location(f"bare_{module}", course.reference / f"{module}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"reference/{module}.py cannot be loaded")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded
