"""What wrong numbers have to do with the right ones is told where it is a fact, and nothing where it is not."""

import numpy as np
import pytest

from grader.checks import assert_close
from grader.checks.asking.failing import CheckFailed
from grader.checks.comparing.relations import relation

RIGHT = np.array([[1.0, 2.0, -4.0], [0.5, 0.0, 3.0], [7.0, -1.0, 5.0]])


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (-RIGHT, "have the wrong sign"),
        (RIGHT / 3, "are 0.3333 times what is expected"),
        (RIGHT + 0.25, "are 0.25 more than expected"),
        (RIGHT - 1, "are 1 less than expected"),
        (RIGHT.T, "are transposed: rows stand where columns are expected"),
        (RIGHT[::-1], "are in reverse order along axis 0"),
        (RIGHT[:, ::-1], "are in reverse order along axis 1"),
        (np.roll(RIGHT, 1), "are among those expected, in another order"),
    ],
)  # fmt: skip
def test_a_simple_relation_is_told_before_the_numbers(got: np.ndarray, words: str) -> None:
    with pytest.raises(CheckFailed) as failed:
        assert_close(got, RIGHT, what="the result")
    assert failed.value.kind == "the result has wrong values"
    assert failed.value.detail.startswith(f"all entries {words}\nexpected float64 of shape (3, 3):")


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (RIGHT * RIGHT, RIGHT),
        (np.array([0.0, 0.25]), np.array([0.0, 0.125])),  # of one entry other than 0 anything is a factor
        (np.array(2.0), np.array(1.0)),
        (np.zeros((3, 3)), RIGHT),
        (RIGHT * 1j, RIGHT + 0j),
    ],
)
def test_nothing_is_told_where_a_relation_would_be_a_guess(got: np.ndarray, right: np.ndarray) -> None:
    assert relation(got, right, lambda one, other: bool(np.allclose(one, other))) == ""
