"""The calls of a check, and the lines of Python with which a student can repeat them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from grader.checks.asking.code import as_code, call_code, engine_code

SNIPPET_LIMIT = 30


@dataclass
class LoggedCall:
    """One call as the check made it; `variable` is set once the call has returned a student's object."""

    name: str
    args: tuple[object, ...]
    kwargs: dict[str, object]
    variable: str = ""
    engine: bool = False

    def as_code(self) -> str:
        """Return the call as a line of Python."""
        engine = engine_code(self.name, self.args) if self.engine else ""
        call = engine or call_code(self.name, self.args, self.kwargs)
        return f"{self.variable} = {call}" if self.variable else call


@dataclass
class LoggedRepeat(LoggedCall):
    """Repeated calls as the check made them: ``args`` are the first point and all second arguments."""

    def as_code(self) -> str:
        """Return the calls as a loop."""
        first, seconds = self.args
        assert isinstance(seconds, Sequence)
        if len(seconds) == 1:
            return f"{self.name}({as_code(first)}, {as_code(seconds[0])})"
        same = all(second is seconds[0] for second in seconds)
        listed = f"[{as_code(seconds[0])}] * {len(seconds)}" if same else as_code(list(seconds))
        return f"point = {as_code(first)}\nfor each in {listed}:\n    point = {self.name}(point, each)\npoint"


class CallLog:
    """The calls of one example of a check, in order."""

    def __init__(self) -> None:
        self._calls: list[LoggedCall] = []

    def add(self, call: LoggedCall) -> LoggedCall:
        """Record a call that is about to be made, and return it."""
        self._calls.append(call)
        return call

    def new_variable(self, type_name: str) -> str:
        """Return an unused variable name for an object of this type."""
        word = type_name.rpartition(".")[2].lower()
        base = word if word.isidentifier() else "result"
        taken = sum(call.variable.startswith(base) for call in self._calls)
        return f"{base}{taken + 1}" if taken else base

    @property
    def called(self) -> str:
        """The student's function or method that was called last, by the name under which the check knows it."""
        own = [call.name for call in self._calls if not call.engine]
        return own[-1].rpartition(".")[2] if own else ""

    def snippet(self) -> str:
        """Return the calls as lines of Python."""
        calls, more = self._calls, len(self._calls) - SNIPPET_LIMIT
        if more <= 0:
            return "\n".join(call.as_code() for call in calls)
        first, last = ([call.as_code() for call in part] for part in (calls[:3], calls[4 - SNIPPET_LIMIT :]))
        return "\n".join([*first, f"...  # {more + 1} more calls", *last])

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """Forget the calls made within the block when it ends."""
        known = len(self._calls)
        try:
            yield
        finally:
            del self._calls[known:]
