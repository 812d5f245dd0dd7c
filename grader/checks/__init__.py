"""The vocabulary of suites: criteria, comparisons, derivatives, figures, formulas, sheets, descents, networks."""

from grader.checks.asking.criterion import criterion
from grader.checks.asking.failing import CheckFailed, LeftToAPerson, fail, leave_to_a_person, refused
from grader.checks.asking.objects import StudentObject
from grader.checks.asking.submission import Submission
from grader.checks.comparing.apart import told_apart
from grader.checks.comparing.closeness import Confusions, assert_close, numbers
from grader.checks.decompositions.program import Decomposition, decomposition
from grader.checks.decompositions.stages import assert_stages, assert_value
from grader.checks.formulas.answers import assert_formula, evaluated
from grader.checks.formulas.domains import Domain, Entries, Index, Real, Whole
from grader.checks.networks.described import Layer, Network, assert_repeated, assert_untouched, in_other_modes
from grader.checks.networks.small_networks import small_network, wide_network
from grader.checks.numeric.descent import (
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
from grader.checks.numeric.edges import LONG, at_edges, pairs_at_edges
from grader.checks.numeric.gradients import (
    assert_adjoint,
    assert_mean_gradient,
    complex_gradient,
    numeric_gradient,
    numeric_jacobian,
)
from grader.checks.numeric.magnitudes import extremes, spread
from grader.checks.numeric.memory import (
    all_at_once,
    assert_generators_left,
    draw_numbers,
    in_company,
    in_fortran_order,
    spoilt,
    with_gaps,
)
from grader.checks.numeric.strategies import arrays, quadratic, quadratics
from grader.checks.runs.runlog import Run, run_log
from grader.checks.sheets import assert_allotted, assert_complete, assert_follows
from grader.worker.wire.tensors import tensor

__all__ = [
    "FAR_OUT",
    "LONG",
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
    "at_edges",
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
    "in_other_modes",
    "leave_to_a_person",
    "moves",
    "numbers",
    "numeric_gradient",
    "numeric_jacobian",
    "pairs_at_edges",
    "quadratic",
    "quadratics",
    "refused",
    "run_log",
    "small_network",
    "spoilt",
    "spread",
    "tensor",
    "told_apart",
    "walk",
    "wide_network",
    "with_gaps",
]
