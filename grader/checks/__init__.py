"""What suites are written in: the criterion marker, comparisons, derivatives, decompositions, problems, descents,
answer sheets."""

from grader.checks.closeness import CheckFailed, Confusions, assert_close, fail, numbers
from grader.checks.criterion import criterion
from grader.checks.decomposition import Decomposition, decomposition
from grader.checks.descent import ConstantGradient, Quadratic, Recorded, Rule, follow, moves, walk
from grader.checks.gradients import assert_adjoint, numeric_gradient, numeric_jacobian
from grader.checks.sheets import assert_allotted, assert_complete, assert_follows
from grader.checks.stages import assert_stages, assert_value
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
    "assert_allotted",
    "assert_close",
    "assert_complete",
    "assert_follows",
    "assert_stages",
    "assert_value",
    "criterion",
    "decomposition",
    "fail",
    "follow",
    "moves",
    "numbers",
    "numeric_gradient",
    "numeric_jacobian",
    "quadratic",
    "quadratics",
    "spread",
    "walk",
]
