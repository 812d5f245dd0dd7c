"""What suites are written in: criterion marker, comparisons, derivatives, decompositions, problems, networks."""

from grader.checks.closeness import CheckFailed, Confusions, assert_close, fail, numbers
from grader.checks.criterion import criterion
from grader.checks.decomposition import Decomposition, decomposition
from grader.checks.descent import ConstantGradient, Quadratic, Recorded, Rule, follow, moves, walk
from grader.checks.gradients import assert_adjoint, numeric_gradient, numeric_jacobian
from grader.checks.networks import Layer, Network, assert_untouched
from grader.checks.small_networks import small_network
from grader.checks.stages import assert_stages, assert_value
from grader.checks.strategies import arrays, quadratic, quadratics, spread
from grader.checks.submission import StudentObject, Submission
from grader.worker.tensors import tensor

__all__ = [
    "CheckFailed",
    "Confusions",
    "ConstantGradient",
    "Decomposition",
    "Layer",
    "Network",
    "Quadratic",
    "Recorded",
    "Rule",
    "StudentObject",
    "Submission",
    "arrays",
    "assert_adjoint",
    "assert_close",
    "assert_stages",
    "assert_untouched",
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
    "small_network",
    "spread",
    "tensor",
    "walk",
]
