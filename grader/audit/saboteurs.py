"""Ways of being wrong that can be applied to any function or method of a solution.

A mutant edits an operator; a saboteur is a habit: an argument is changed, a result is remembered for the wrong reason,
a zero is taken for "not given". Each is a function of the right function and of `fired`, which it calls whenever it
does something that the right one would not have done. One that never fires says nothing about a suite.
"""

from __future__ import annotations

import inspect

from grader.audit.habits.arguments import ARGUMENTS
from grader.audit.habits.edges import EDGES
from grader.audit.habits.habit import Fired, Function, Saboteur
from grader.audit.habits.memory import MEMORY
from grader.audit.habits.misreading import MISREADING
from grader.audit.habits.models import MODELS
from grader.audit.habits.randomness import RANDOMNESS
from grader.audit.habits.spoiling import SPOILING

KINDS: dict[str, dict[str, Saboteur]] = {
    "arguments": ARGUMENTS,
    "memory": MEMORY,
    "extremes": MISREADING | SPOILING,
    "edges": EDGES,
    "random": RANDOMNESS,
    "models": MODELS,
}
SABOTEURS: dict[str, Saboteur] = {name: each for kind in KINDS.values() for name, each in kind.items()}


def put_over(name: str, solved: Function, fired: Fired) -> Function:
    """Return `solved` wrapped by the saboteur with that name; its signature looks the same."""
    sabotaged = SABOTEURS[name](solved, fired)
    sabotaged.__signature__ = inspect.signature(solved)  # type: ignore[attr-defined]
    sabotaged.__name__ = solved.__name__
    return sabotaged
