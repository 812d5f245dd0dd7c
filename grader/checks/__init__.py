"""What suites are written in: the criterion marker, comparisons, derivatives, decompositions, problems, descents."""

from grader.checks.closeness import CheckFailed, Confusions, assert_close, fail, numbers
from grader.checks.criterion import criterion
from grader.checks.decomposition import Decomposition, decomposition
from grader.checks.descent import (
    ConstantGradient,
    Quadratic,
    Recorded,
    Rule,
    follow,
    moves,
    one_at_a_time,
    walk,
    wrong_paths,
)
from grader.checks.gradients import assert_adjoint, complex_gradient, numeric_gradient, numeric_jacobian
from grader.checks.stages import assert_stages
from grader.checks.strategies import arrays, quadratic, quadratics, spread
from grader.checks.submission import StudentObject, Submission

__all__ = [
    "CheckFailed",
    "Confusions",
    "ConstantGradient",
    "Decomposition",
    "Quadratic",
    "Recorded",
    "Rule",
    "StudentObject",
    "Submission",
    "arrays",
    "assert_adjoint",
    "assert_close",
    "assert_stages",
    "complex_gradient",
    "criterion",
    "decomposition",
    "fail",
    "follow",
    "moves",
    "numbers",
    "numeric_gradient",
    "numeric_jacobian",
    "one_at_a_time",
    "quadratic",
    "quadratics",
    "spread",
    "walk",
    "wrong_paths",
]
