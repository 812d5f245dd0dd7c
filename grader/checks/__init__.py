"""What suites are written in: criteria, comparisons, derivatives, figures, formulas, sheets, descents, networks."""

from grader.checks.apart import told_apart
from grader.checks.closeness import Confusions, assert_close, numbers
from grader.checks.criterion import criterion
from grader.checks.decomposition import Decomposition, decomposition
from grader.checks.descent import (
    FAR_OUT,
    ConstantGradient,
    Quadratic,
    Recorded,
    Rule,
    assert_apart,
    follow,
    moves,
    walk,
)
from grader.checks.domains import Domain, Entries, Index, Real, Whole
from grader.checks.failing import CheckFailed, LeftToAPerson, fail, leave_to_a_person, refused
from grader.checks.formulas import assert_formula, evaluated
from grader.checks.gradients import (
    assert_adjoint,
    assert_mean_gradient,
    complex_gradient,
    numeric_gradient,
    numeric_jacobian,
)
from grader.checks.magnitudes import extremes, spread
from grader.checks.memory import (
    all_at_once,
    assert_generators_left,
    draw_numbers,
    in_company,
    in_fortran_order,
    with_gaps,
)
from grader.checks.networks import Layer, Network, assert_repeated, assert_untouched
from grader.checks.runlog import Run, run_log
from grader.checks.sheets import assert_allotted, assert_complete, assert_follows
from grader.checks.small_networks import small_network
from grader.checks.stages import assert_stages, assert_value
from grader.checks.strategies import arrays, quadratic, quadratics
from grader.checks.submission import StudentObject, Submission
from grader.worker.tensors import tensor

__all__ = [
    "FAR_OUT",
    "CheckFailed",
    "Confusions",
    "ConstantGradient",
    "Decomposition",
    "Domain",
    "Entries",
    "Index",
    "Layer",
    "LeftToAPerson",
    "Network",
    "Quadratic",
    "Real",
    "Recorded",
    "Rule",
    "Run",
    "StudentObject",
    "Submission",
    "Whole",
    "all_at_once",
    "arrays",
    "assert_adjoint",
    "assert_allotted",
    "assert_apart",
    "assert_close",
    "assert_complete",
    "assert_follows",
    "assert_formula",
    "assert_generators_left",
    "assert_mean_gradient",
    "assert_repeated",
    "assert_stages",
    "assert_untouched",
    "assert_value",
    "complex_gradient",
    "criterion",
    "decomposition",
    "draw_numbers",
    "evaluated",
    "extremes",
    "fail",
    "follow",
    "in_company",
    "in_fortran_order",
    "leave_to_a_person",
    "moves",
    "numbers",
    "numeric_gradient",
    "numeric_jacobian",
    "quadratic",
    "quadratics",
    "refused",
    "run_log",
    "small_network",
    "spread",
    "tensor",
    "told_apart",
    "walk",
    "with_gaps",
]
