"""The calls of a check as lines of Python, by which a student makes them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.checks.code import as_code, call_code, engine_code


@dataclass
class Call:
    """One call as the check made it; `variable` is set once it returned a student's object."""

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
class Repeated(Call):
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
