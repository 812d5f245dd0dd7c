"""Hidden checks of the chain rule: chains and graphs of any form, with any local derivatives.

Local derivatives are drawn and belong to no operation, so that only the rule itself gives the answer. What is expected
is worked out forwards, from z on: how much each stage grows with z.
"""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, at_edges, criterion, spread

ONE_OPERAND = ("negate", "exp", "square", "sqrt", "log")
TWO_OPERANDS = ("add", "subtract", "multiply", "divide", "maximum")
seeds = st.integers(0, 2**32 - 1)
shapes = st.sampled_from([(3,), (2, 2), (1,)])
Stages = list[tuple[str, str, tuple[Any, ...]]]


def names(number: int, random: np.random.Generator) -> list[str]:
    """Names of stages in an order that tells nothing."""
    letters = random.permutation(list("abcdefghij"))
    return [f"{letters[number % 10]}{number}" for number in range(number)]


def local(stages: Stages, shape: tuple[int, ...], seed: int) -> list[tuple[np.ndarray, ...]]:
    """Local derivatives between 0.5 and 2 in size, of either sign, for the operands that are names."""
    counts = [sum(isinstance(operand, str) for operand in operands) for _, _, operands in stages]
    values = iter(spread((sum(counts), *shape), seed, 0.5, 2.0))
    return [tuple(next(values) for _ in range(count)) for count in counts]


def forwards(stages: Stages, derivatives: list[tuple[np.ndarray, ...]]) -> np.ndarray:
    """How much the last stage grows with z, stage by stage."""
    grows: dict[str, Any] = {"z": 1.0}
    for (name, _, operands), own in zip(stages, derivatives, strict=True):
        named = [operand for operand in operands if isinstance(operand, str)]
        grows[name] = sum(derivative * grows[operand] for operand, derivative in zip(named, own, strict=True))
    return np.asarray(grows[stages[-1][0]])


def chain(length: int, seed: int) -> Stages:
    """A chain: each stage has the one before and, for some, a number on either side."""
    random = np.random.default_rng(seed)
    before, stages = "z", Stages()
    for name in names(length, random):
        number = float(random.integers(2, 9))
        operands = [(before,), (before, number), (number, before)][random.integers(3)]
        operation = random.choice(ONE_OPERAND if len(operands) == 1 else TWO_OPERANDS)
        stages.append((name, str(operation), operands))
        before = name
    return stages


def graph(length: int, seed: int) -> Stages:
    """A graph: each stage has the one before, and an earlier one, z, or the same once more."""
    random = np.random.default_rng(seed)
    before, stages = "z", Stages()
    for name in names(length, random):
        other = str(random.choice(["z", before, *(stage[0] for stage in stages)]))
        operands = (before, other) if random.integers(2) else (other, before)
        stages.append((name, str(random.choice(TWO_OPERANDS)), operands))
        before = name
    return stages


def assert_composed(submission, stages: Stages, shape: tuple[int, ...], seed: int, rtol: float = 1e-5) -> None:
    derivatives = local(stages, shape, seed)
    answer = submission.chain_rule(stages, derivatives)
    assert_close(answer, forwards(stages, derivatives), what="the derivative by z", rtol=rtol)


@criterion("chain_rule.composed.chains")
@settings(max_examples=30)
@given(length=st.integers(1, 5), seed=seeds, shape=shapes)
def test_any_chain(submission, length, seed, shape):
    """Return the product of the derivatives along a chain of stages.

    Catches: a rule made for certain operations, numbers taken for stages, a single stage, one entry for all.
    """
    assert_composed(submission, chain(length, seed), shape, seed)


@criterion("chain_rule.composed.chains")
def test_a_chain_of_many_stages(submission):
    """Return the product of the derivatives along a chain of 45 stages.

    Catches: a greatest number of stages.
    """
    assert_composed(submission, chain(45, seed=1), (2, 3), seed=1, rtol=1e-4)  # of so many factors in single precision


@criterion("chain_rule.composed.paths")
@settings(max_examples=30)
@given(length=st.integers(2, 6), seed=seeds, shape=shapes)
def test_any_graph(submission, length, seed, shape):
    """Return the sum over all paths of the products along them.

    Catches: a path that is forgotten, counted twice, or written over; an operand that stands twice and counts once.
    """
    assert_composed(submission, graph(length, seed), shape, seed)


@criterion("chain_rule.composed.chains")
def test_a_chain_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the product for one entry and for many, for derivatives that are zero, equal, large or small.

    Catches: an axis of one entry that is squeezed away, a derivative of 0 taken for a missing one, a clip.
    """
    assert_at_edges(submission, [("a", "exp", ("z",)), ("b", "add", (2.0, "a")), ("c", "sqrt", ("b",))])


@criterion("chain_rule.composed.paths")
def test_a_graph_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the sum over paths for one entry and for many, for derivatives that are zero, equal, large or small.

    Catches: an axis of one entry that is squeezed away, a derivative of 0 taken for a missing one, a clip.
    """
    assert_at_edges(submission, [("a", "exp", ("z",)), ("b", "multiply", ("a", "a")), ("c", "add", ("b", "z"))])


def assert_at_edges(submission, stages: Stages) -> None:
    """Compare where each local derivative in turn is at an edge, and where all are 0."""
    for what, edge in [*at_edges(3, 4).items(), *at_edges(4).items()]:
        ordinary = local(stages, edge.shape, 1)
        for stage in range(len(stages)):
            derivatives = [*ordinary[:stage], (edge, *ordinary[stage][1:]), *ordinary[stage + 1 :]]
            answer = submission.chain_rule(stages, derivatives)
            assert_close(answer, forwards(stages, derivatives), what=f"the derivative by z for {what}")
