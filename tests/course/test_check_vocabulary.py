"""What the course's suites are written in says what is wrong, and lets nothing wrong pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from grader.checks import (
    LONG,
    CheckFailed,
    Quadratic,
    Recorded,
    Submission,
    arrays,
    assert_adjoint,
    assert_close,
    assert_mean_gradient,
    at_edges,
    complex_gradient,
    fail,
    numeric_gradient,
    numeric_jacobian,
    pairs_at_edges,
    quadratic,
    quadratics,
    spread,
    told_apart,
)
from grader.checks.asking.submission import exchange_of
from grader.checks.comparing.wording import PLURAL, told
from grader.worker.running.requests import Answer

RIGHT = np.array([1.0, -2.0, 3.0])


def failure(got: object, expected: object = RIGHT, **options: object) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        assert_close(got, expected, what="the answer", **options)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    "got",
    [RIGHT, [1, -2, 3], (1.0, -2.0, 3.0), RIGHT.astype(np.float32), RIGHT * (1 + 8e-6), [np.float32(1), -2, 3]],
    ids=["double", "integers", "tuple", "single", "rounded", "mixed"],
)
def test_right_numbers_of_any_kind_are_accepted(got: object) -> None:
    assert_close(got, RIGHT, what="the answer")


@pytest.mark.parametrize(
    ("got", "kind"),
    [
        (None, "the answer is None: nothing was returned"),
        ("1 -2 3", "the answer is a str, not an array of numbers"),
        ({"a": 1}, "the answer is a dict, not an array of numbers"),
        ([[1.0], [2.0, 3.0]], "the answer is a list of rows of different lengths, not an array of numbers"),
        ([None, 1.0, 2.0], "the answer does not consist of numbers"),
        ([True, False, True], "the answer does not consist of numbers"),
        ([10**400, 1, 1], "the answer does not consist of numbers"),
        (np.zeros(0), "the answer has the wrong shape"),
        (RIGHT[:, None], "the answer has the wrong shape"),
        (1.0, "the answer has the wrong shape"),
        (RIGHT.astype(complex), "the answer is complex where real numbers are asked for"),
        ([1.0, np.nan, 3.0], "the answer holds nan or infinity"),
        ([1.0, -np.inf, 3.0], "the answer holds nan or infinity"),
        (-RIGHT, "the answer has wrong values"),
        (RIGHT + 1e-4, "the answer has wrong values"),
        ((RIGHT + 0.01).astype(np.float32), "the answer has wrong values"),
        ((RIGHT + 0.01).astype(np.float16), "the answer has wrong values"),
    ],
)
def test_wrong_answers_are_named_by_kind_without_their_values(got: object, kind: str) -> None:
    assert failure(got).kind == kind


def test_the_detail_tells_where_and_how_much_entries_differ() -> None:
    detail = failure([1.0, -2.5, 7.0]).detail
    assert "2 of 3 entries differ" in detail
    assert "first at [1]: expected -2, got -2.5, off by 0.5" in detail
    assert "most at [2]: expected 3, got 7, off by 4" in detail


def test_what_was_computed_in_single_precision_is_right_in_any_dtype() -> None:
    z = np.linspace(-8, 8, 50)
    powers = np.exp(z.astype(np.float32)).astype(float)
    assert_close((powers - 1 / powers) / (powers + 1 / powers), np.tanh(z), what="the answer")
    # What cancels out keeps the digits that the largest entry has.
    assert_close(1 - np.tanh(z.astype(np.float32)).astype(float) ** 2, 1 - np.tanh(z) ** 2, what="the answer")


def test_a_wrong_entry_that_is_small_beside_the_largest_is_found_where_the_others_are_in_double_precision() -> None:
    right = np.geomspace(1.0, 1e-6, 40)
    wrong = right.copy()
    wrong[-1] *= 1.01
    assert_close(wrong, right, what="the answer")
    assert "first at [39]" in failure(wrong, right, every_entry=True).detail
    for got in (right, right + 1e-11, right.astype(np.float32), right.astype(np.float32).astype(float)):
        assert_close(got, right, what="the answer", every_entry=True)


@pytest.mark.parametrize("got", [RIGHT[:2], RIGHT * np.nan, [1.0, -2.0, np.inf], -RIGHT, [1.0, -2.0, 3.00001]])
def test_every_entry_asks_for_nothing_less(got: object) -> None:
    assert failure(got, every_entry=True)


class Tripling:
    """A channel to a student's function that should double."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def reset(self) -> None:
        """Start a new check."""

    def ask(self, request: Any) -> Answer:
        """Take note of what is asked, and answer."""
        self.asked += request.args
        return Answer(3 * request.args[0])


@pytest.mark.parametrize("more", [lambda f: f(8), lambda f: [f(8), f(9)[0]], lambda f: fail("no")])
def test_what_tells_mistakes_apart_is_asked_after_a_failure_and_leaves_no_trace(more: Callable[..., object]) -> None:
    submission, channel = Submission(), Tripling()
    exchange_of(submission).begin(channel)  # type: ignore[arg-type]
    with pytest.raises(CheckFailed) as caught, told_apart(submission, lambda: more(submission.double)):
        assert_close(submission.double(7), 14, what="the answer")
    assert caught.value.kind == "the answer has wrong values"
    assert exchange_of(submission).log.snippet() == "double(7)"
    with told_apart(submission, lambda: submission.double(100)):
        assert_close(submission.double(0), 0, what="the answer", atol=1e-9)
    assert channel.asked in ([7, 8, 0], [7, 8, 9, 0], [7, 0])


def test_an_entry_that_is_right_but_for_rounding_is_not_named() -> None:
    detail = failure([1e6 + 5, 9.0], [1e6, 1.0]).detail
    assert "1 of 2 entries differ\n  first at [1]: expected 1, got 9, off by 8" in detail


def test_numbers_that_look_alike_are_shown_with_more_digits() -> None:
    expected = np.array([1.0, 0.01]) * 1e-3
    detail = failure(expected * [1, 1.001], expected).detail
    shown = [line.strip() for line in detail.splitlines() if "[" in line]
    assert shown[0] != shown[1]
    assert "first at [1]: expected 1e-05, got 1.001e-05, off by 1e-08" in detail


def test_a_confusion_is_named_when_the_answer_is_its() -> None:
    confusions = {"The sign is wrong.": -RIGHT, "It is doubled.": lambda: 2 * RIGHT}
    assert failure(2 * RIGHT, confusions=confusions).misconception == "It is doubled."
    assert failure(3 * RIGHT, confusions=confusions).misconception == ""


def test_a_confusion_of_another_shape_is_named_too() -> None:
    assert failure(RIGHT[:2], confusions={"The last is missing.": RIGHT[:2]}).misconception == "The last is missing."


def test_a_confusion_that_is_right_here_is_not_named() -> None:
    point = np.array([0.0, 0.0])
    assert failure([1.0, 1.0], point, atol=0.1, confusions={"The sign is wrong.": -point}).misconception == ""


def test_given_tolerances_only_widen_what_the_precision_allows() -> None:
    assert_close(RIGHT.astype(np.float32) * np.float32(1 + 1e-6), RIGHT, what="the answer", rtol=1e-12)
    assert_close(RIGHT + 0.05, RIGHT, what="the answer", atol=0.1)


@pytest.mark.parametrize("expected", [[], [np.nan]])
def test_a_comparison_that_would_prove_nothing_is_refused(expected: object) -> None:
    with pytest.raises(ValueError, match="prove nothing"):
        assert_close(RIGHT, expected, what="the answer")  # type: ignore[arg-type]


def test_central_differences_find_known_derivatives() -> None:
    point = spread((2, 2), seed=3)
    np.testing.assert_allclose(numeric_gradient(lambda p: (p**3).sum(), point), 3 * point**2, rtol=1e-8)
    matrix = spread((3, 4), seed=4).reshape(3, 2, 2)
    by_differences = numeric_jacobian(lambda p: np.tensordot(matrix, p, axes=2), point, step=1.0)
    np.testing.assert_allclose(by_differences, matrix, rtol=1e-12)


def mean_of_cubes(rows: slice, part: np.ndarray) -> float:
    return float((part**3).sum()) / len(part)


def test_the_gradient_of_a_mean_is_compared_at_its_ends_and_in_the_middle() -> None:
    at = spread((40, 2), seed=1)
    right = 3 * at**2 / 40
    assert_mean_gradient(right, mean_of_cubes, at, what="the gradient")
    assert_mean_gradient(right.astype(np.float32), mean_of_cubes, at, what="the gradient")
    wrong = {row: right.copy() for row in (0, 21, 39)}
    for row, gradient in wrong.items():
        gradient[row] *= 1.01
    for got in (*wrong.values(), right * 40, right[:-1], np.zeros_like(right), None):
        with pytest.raises(CheckFailed):
            assert_mean_gradient(got, mean_of_cubes, at, what="the gradient")


def test_arrays_are_drawn_in_all_memory_orders() -> None:
    seen = set()

    @given(arrays((2, 3)))
    def note(x: np.ndarray) -> None:
        seen.add((x.flags.c_contiguous, x.flags.f_contiguous))

    note()
    assert seen == {(True, False), (False, True), (False, False)}


def test_the_dot_product_test_tells_a_transposed_jacobian() -> None:
    jacobian, u, v = spread((3, 3), seed=5), spread(3, seed=6), spread(3, seed=7)
    assert_adjoint(forward=jacobian @ u, v=v, u=u, backward=jacobian.T @ v, what="the product")
    with pytest.raises(CheckFailed):
        assert_adjoint(forward=jacobian @ u, v=v, u=u, backward=jacobian @ v, what="the product")


def test_the_dot_product_test_accepts_single_precision_in_any_dtype_where_the_sum_cancels_out() -> None:
    jacobian, u = spread((3, 3), seed=5), spread(3, seed=6)
    ahead, v = jacobian @ u, np.cross(jacobian @ u, [1.0, 2.0, 3.0])
    single = jacobian.astype(np.float32)
    backward = (single.T @ v.astype(np.float32)).astype(float)
    assert_adjoint(forward=(single @ u.astype(np.float32)).astype(float), v=v, u=u, backward=backward, what="it")
    assert abs(ahead @ v) < 1e-12


@given(problem=quadratics())
def test_drawn_quadratics_couple_all_coordinates_and_start_on_a_slope(problem: Quadratic) -> None:
    assert np.abs(problem.matrix).min() > 0.2
    assert np.linalg.eigvalsh(problem.matrix).min() > 0.5
    assert np.abs(problem(problem.origin)).min() > 0.5
    assert eval(repr(problem)) == problem


def test_edges_are_each_what_their_words_say() -> None:
    edges = at_edges(3, 4, least=(1, 2))
    assert {what: array.shape for what, array in edges.items() if array.shape != (3, 4)} == {
        "1 along axis 0": (1, 4), "2 along axis 1": (3, 2),
        f"{LONG} along axis 0": (LONG, 4), f"{LONG} along axis 1": (3, LONG),
    }  # fmt: skip
    assert not edges["zeros"].any()
    assert np.unique(edges["equal numbers"]).size == 1
    large = np.abs(edges["large numbers"])
    assert large.min() >= 1000
    assert large.max() <= 4000
    np.testing.assert_array_equal(large, large.astype(np.float32))
    assert 0 < np.abs(edges["small numbers"]).max() <= 1e-3
    assert all(array.shape[0] < LONG for array in at_edges(3, 4, long=[1]).values())


def test_pairs_have_each_edge_on_either_side_of_an_ordinary_array() -> None:
    pairs = [(one, other) for _, one, other in pairs_at_edges(3)]
    edges = list(at_edges(3).values())
    assert len(pairs) == 2 * len(edges)
    for (first, beside), (before, second), edge in zip(pairs[::2], pairs[1::2], edges, strict=True):
        np.testing.assert_array_equal(first, edge)
        np.testing.assert_array_equal(second, edge)
        np.testing.assert_array_equal(beside, before)
        assert beside.shape == edge.shape
        assert np.abs(beside).min() >= 0.5


@pytest.mark.parametrize("point", [None, [1.0], [[1.0, 2.0]], [np.nan, 0.0], "ab"])
def test_a_gradient_asked_at_no_point_is_the_students_mistake(point: object) -> None:
    asked = Recorded(quadratic(2, seed=8))
    with pytest.raises(CheckFailed):
        asked(point)
    assert asked.points == []


def test_a_complex_step_gives_derivatives_to_the_last_digit() -> None:
    point = spread((2, 3), seed=1)
    of_tanh = complex_gradient(lambda p: np.tanh(p).sum(), point)
    np.testing.assert_allclose(of_tanh, 1 - np.tanh(point) ** 2, rtol=1e-14)
    np.testing.assert_allclose(
        complex_gradient(lambda p: p[0, 0] ** 3 / p[1, 2], point)[1, 2],
        -(point[0, 0] ** 3) / point[1, 2] ** 2,
        rtol=1e-14,
    )


@pytest.mark.parametrize(
    "phrase",
    [
        "the map has", "the maps have", "the targets returned are", "the losses of the steps hold",
        "the number of parameters is", "the classes handed in have", "Grad-CAM's map has", "what the net returns is",
        "the bias has", "the hinge loss has", "its class is", "the weights that were passed in are", "the axis is",
        "the local derivatives: the derivative with respect to its operand has",
        "the norms of it do", "the entries hold",
        "the series of steps has",
    ],
)  # fmt: skip
def test_verbs_agree_with_what_is_told_of(phrase: str) -> None:
    what, _, verb = phrase.rpartition(" ")
    singular = {plural: one for one, plural in PLURAL.items()}.get(verb, verb)
    assert told(what, singular) == phrase
