"""What suites are written in: the criterion marker, comparisons, derivatives, decompositions, formulas, descents."""

from grader.checks.closeness import CheckFailed, Confusions, assert_close, fail, numbers
from grader.checks.criterion import criterion
from grader.checks.decomposition import Decomposition, decomposition
from grader.checks.descent import ConstantGradient, Quadratic, Recorded, Rule, follow, moves, walk
from grader.checks.domains import Domain, Entries, Index, Real, Whole
from grader.checks.formulas import assert_formula, evaluated
from grader.checks.gradients import assert_adjoint, complex_gradient, numeric_gradient, numeric_jacobian
from grader.checks.stages import assert_stages, assert_value
from grader.checks.strategies import arrays, quadratic, quadratics, spread
from grader.checks.submission import StudentObject, Submission

__all__ = [
    "CheckFailed",
    "Confusions",
    "ConstantGradient",
    "Decomposition",
    "Domain",
    "Entries",
    "Index",
    "Quadratic",
    "Real",
    "Recorded",
    "Rule",
    "StudentObject",
    "Submission",
    "Whole",
    "arrays",
    "assert_adjoint",
    "assert_close",
    "assert_formula",
    "assert_stages",
    "assert_value",
    "complex_gradient",
    "criterion",
    "decomposition",
    "evaluated",
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
