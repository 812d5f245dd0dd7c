"""Hidden checks of the losses' decompositions: what the programs come to, and their local derivatives.

Local derivatives are held to the submission's own stages, of a program whose value is found right there and then:
code knows when its derivatives are asked for, and could have an easier program at hand. Inputs keep within ±20
and away from the kinks of a loss: there, another program of the same loss may have no derivative.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    Decomposition,
    Submission,
    assert_stages,
    assert_value,
    at_edges,
    criterion,
    decomposition,
    in_company,
    pairs_at_edges,
    spread,
)

Point = dict[str, Any]


def program(submission: Submission, loss: str, point: Point) -> Decomposition:
    """The submission's program of a loss, once its value is found right at the point."""
    stages = decomposition(getattr(submission, f"{loss}_decomposition")(), tuple(point))
    # A loss near 0 is a difference of larger numbers.
    assert_value(stages, LOSSES[loss](**point), atol=1e-6, **point)
    return stages


def assert_local(submission: Submission, loss: str, point: Point) -> None:
    stages, inputs = program(submission, loss, point), list(point.values())
    others = [value[::-1] if isinstance(value, np.ndarray) else value for value in inputs]
    derivatives = getattr(submission, f"{loss}_local_derivatives")
    # The first input alone does not tell which values are asked for.
    local = in_company(derivatives, inputs, others, lambda: derivatives(inputs[0], *others[1:]))
    assert_stages(stages, local, **point)


def assert_local_at_edges(submission: Submission, loss: str, points: Iterable[Point]) -> None:
    for point in points:
        stages = program(submission, loss, point)
        assert_stages(stages, getattr(submission, f"{loss}_local_derivatives")(*point.values()), **point)


def of_classes(scores: str, far: float, **others: float) -> Iterable[Point]:
    """Points whose scores are at an edge, those of the right class being the last."""
    for values in at_edges(4, least=(2,), far=far).values():
        yield {scores: values, "onehot": np.eye(len(values))[-1], **others}


def of_pairs(names: str, least: int = 1, tiny: float = 1e-3, **others: float) -> Iterable[Point]:
    """Points of which one vector is at an edge."""
    for _, first, second in pairs_at_edges(4, least=(least,), far=20.0, tiny=tiny):
        yield {**dict(zip(names.split(), (first, second), strict=True)), **others}


seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(3, 5)


def cross_entropy_point(classes: int, seed: int, reach: float) -> Point:
    """Logits within ±reach, and the one-hot vector of a class."""
    random = np.random.default_rng(seed)
    return {"logits": random.uniform(-reach, reach, classes), "onehot": np.eye(classes)[seed % classes]}


def hinge_point(classes: int, seed: int, margin: float) -> Point:
    """Scores that violate the margin or do not, by turns and by 0.1 at least."""
    random, place = np.random.default_rng(seed), seed % classes
    violations = np.resize([1, -1], classes - 1) * random.uniform(0.1, 3, classes - 1)
    right = random.uniform(-5, 5)
    scores = np.insert(right - margin + violations, place, right)
    return {"scores": scores, "onehot": np.eye(classes)[place], "margin": margin}


def error_point(entries: int, seed: int) -> Point:
    target = spread(entries, seed, high=9.0)
    return {"prediction": target + spread(entries, seed + 1, high=9.0), "target": target}


def huber_point(entries: int, seed: int, delta: float) -> Point:
    """Errors on both sides of δ, by turns, and some between δ and √δ."""
    target = spread(entries, seed, high=9.0)
    error = delta * np.resize([0.9, -1.3, -0.4, 2.5], entries) * spread(entries, seed + 1, 0.95, 1.05)
    return {"prediction": target + error, "target": target, "delta": delta}


def cosine_point(entries: int, seed: int) -> Point:
    return dict(zip("ab", spread((2, entries), seed), strict=True))


cross_entropy_points = st.builds(cross_entropy_point, sizes, seeds, st.sampled_from([3.0, 20.0]))
# Where one class takes all, its logarithm loses all digits on one way and none on another.
mild_points = st.builds(cross_entropy_point, sizes, seeds, st.just(3.0))
hinge_points = st.builds(hinge_point, sizes, seeds, st.sampled_from([0.3, 1.7]))
error_points = st.builds(error_point, sizes, seeds)
huber_points = st.builds(huber_point, st.integers(4, 6), seeds, st.sampled_from([0.5, 2.5]))
cosine_points = st.builds(cosine_point, sizes, seeds)


def cross_entropy(logits: np.ndarray, onehot: np.ndarray) -> float:
    return math.log(sum(math.exp(z) for z in logits.tolist())) - logits[int(onehot.argmax())]


def hinge(scores: np.ndarray, onehot: np.ndarray, margin: float) -> float:
    right = scores[int(onehot.argmax())]
    return sum(max(0.0, s - right + margin) for s in scores[onehot == 0].tolist())


def l1(prediction: np.ndarray, target: np.ndarray) -> float:
    return sum(abs(e) for e in (prediction - target).tolist())


def huber(prediction: np.ndarray, target: np.ndarray, delta: float) -> float:
    sizes = [abs(e) for e in (prediction - target).tolist()]
    return sum(e * e / 2 if e <= delta else delta * (e - delta / 2) for e in sizes)


def l2(prediction: np.ndarray, target: np.ndarray) -> float:
    return sum(e * e for e in (prediction - target).tolist())


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return 1 - sum(x * y for x, y in zip(a.tolist(), b.tolist(), strict=True)) / (math.hypot(*a) * math.hypot(*b))


LOSSES: dict[str, Callable[..., float]] = {
    "cross_entropy": cross_entropy, "hinge": hinge, "l1": l1, "huber": huber, "l2": l2, "cosine": cosine,
}  # fmt: skip


# Values


@criterion("losses.cross_entropy.decomposition")
@given(point=cross_entropy_points)
@settings(max_examples=4)
def test_the_program_of_cross_entropy_has_its_value(submission, point):
    """Return a program whose value is −log softmax(logits) at the class that is 1 in onehot.

    Catches: a sum or an exponential left out, the sign, onehot multiplied too late, a vector in place of a number.
    """
    program(submission, "cross_entropy", point)


@criterion("losses.hinge.decomposition")
@given(point=hinge_points)
@settings(max_examples=4)
def test_the_program_of_hinge_has_its_value(submission, point):
    """Return a program whose value is the sum over the wrong classes of max(0, s[j] − s[y] + margin).

    Catches: the right class counted, no maximum, a margin of 1.
    """
    program(submission, "hinge", point)


@criterion("losses.l1.decomposition")
@given(point=error_points)
@settings(max_examples=3)
def test_the_program_of_l1_has_its_value(submission, point):
    """Return a program whose value is Σ |prediction − target|.

    Catches: no absolute value, squares, a vector in place of a number.
    """
    program(submission, "l1", point)


@criterion("losses.huber.decomposition")
@given(point=huber_points)
@settings(max_examples=4)
def test_the_program_of_huber_has_its_value(submission, point):
    """Return a program whose value is Huber's function of each error, added up.

    Catches: ½ missing, one of both cases only, a δ of 1.
    """
    program(submission, "huber", point)


@criterion("losses.l2.decomposition")
@given(point=error_points)
@settings(max_examples=3)
def test_the_program_of_l2_has_its_value(submission, point):
    """Return a program whose value is Σ (prediction − target)².

    Catches: a factor ½, the square of the sum, a root, a vector in place of a number.
    """
    program(submission, "l2", point)


@criterion("losses.cosine.decomposition")
@given(point=cosine_points)
@settings(max_examples=4)
def test_the_program_of_cosine_has_its_value(submission, point):
    """Return a program whose value is 1 − a·b / (‖a‖ ‖b‖).

    Catches: the similarity itself, a root left out, lengths left out, an absolute value.
    """
    program(submission, "cosine", point)


# Local derivatives


@criterion("losses.cross_entropy.local")
@given(point=mild_points)
@settings(max_examples=2)
def test_the_stages_of_cross_entropy_are_differentiated(submission, point):
    """Return, for each stage of your program, its derivative by each operand that is a name.

    Catches: derivatives at a stage's value, of the whole loss, or by the logits only.
    """
    assert_local(submission, "cross_entropy", point)


@criterion("losses.hinge.local")
@given(point=hinge_points)
@settings(max_examples=3)
def test_the_stages_of_hinge_are_differentiated(submission, point):
    """Return, for each stage of your program, its derivative by each operand that is a name.

    Catches: a maximum that always passes the gradient on, signs, derivatives by the scores only.
    """
    assert_local(submission, "hinge", point)


@criterion("losses.l1.local")
@given(point=error_points)
@settings(max_examples=2)
def test_the_stages_of_l1_are_differentiated(submission, point):
    """Return, for each stage of your program, its derivative by each operand that is a name.

    Catches: an absolute value without sign, the derivative by the target of the wrong sign.
    """
    assert_local(submission, "l1", point)


@criterion("losses.huber.local")
@given(point=huber_points)
@settings(max_examples=3)
def test_the_stages_of_huber_are_differentiated(submission, point):
    """Return, for each stage of your program, its derivative by each operand that is a name.

    Catches: a minimum that always passes the gradient on or never, factors exchanged, signs.
    """
    assert_local(submission, "huber", point)


@criterion("losses.l2.local")
@given(point=error_points)
@settings(max_examples=2)
def test_the_stages_of_l2_are_differentiated(submission, point):
    """Return, for each stage of your program, its derivative by each operand that is a name.

    Catches: the 2 missing, the derivative by the target of the wrong sign.
    """
    assert_local(submission, "l2", point)


@criterion("losses.cosine.local")
@given(point=cosine_points)
@settings(max_examples=2)
def test_the_stages_of_cosine_are_differentiated(submission, point):
    """Return, for each stage of your program, its derivative by each operand that is a name.

    Catches: the quotient's derivative by its denominator, the ½ of the root, factors exchanged.
    """
    assert_local(submission, "cosine", point)


@criterion("losses.cross_entropy.local")
def test_the_stages_of_cross_entropy_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the derivatives of each stage for two entries and for many, zeros, equal numbers, large and small ones.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    assert_local_at_edges(submission, "cross_entropy", of_classes("logits", far=3.0))


@criterion("losses.hinge.local")
def test_the_stages_of_hinge_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the derivatives of each stage for two entries and for many, zeros, equal numbers, large and small ones.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    assert_local_at_edges(submission, "hinge", of_classes("scores", far=20.0, margin=0.7))


@criterion("losses.l1.local")
def test_the_stages_of_l1_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the derivatives of each stage for one entry and for many, zeros, equal numbers, large and small ones.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    assert_local_at_edges(submission, "l1", of_pairs("prediction target"))


@criterion("losses.huber.local")
def test_the_stages_of_huber_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the derivatives of each stage for one entry and for many, zeros, equal numbers, large and small ones.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    assert_local_at_edges(submission, "huber", of_pairs("prediction target", delta=0.7))


@criterion("losses.l2.local")
def test_the_stages_of_l2_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the derivatives of each stage for one entry and for many, zeros, equal numbers, large and small ones.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    assert_local_at_edges(submission, "l2", of_pairs("prediction target"))


@criterion("losses.cosine.local")
def test_the_stages_of_cosine_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the derivatives of each stage for two entries and for many, equal numbers, large and small ones.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    # A vector of zeros has no direction, and a very short one may be lengthened by an epsilon.
    points = of_pairs("a b", least=2, tiny=0.1)
    assert_local_at_edges(submission, "cosine", (point for point in points if point["a"].any() and point["b"].any()))
