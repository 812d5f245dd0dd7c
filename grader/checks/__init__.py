"""What suites are written in: the criterion marker, comparisons, derivatives, decompositions, problems, descents,
run logs."""

from grader.checks.closeness import Confusions, assert_close, numbers
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
from grader.checks.failing import CheckFailed, fail
from grader.checks.gradients import assert_adjoint, numeric_gradient, numeric_jacobian
from grader.checks.runlog import Run, run_log
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
    "Run",
    "StudentObject",
    "Submission",
    "arrays",
    "assert_adjoint",
    "assert_close",
    "assert_stages",
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
    "run_log",
    "spread",
    "walk",
    "wrong_paths",
]
