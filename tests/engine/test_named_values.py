"""What is told of the names in a student's line that raised an exception."""

import sys
from pathlib import Path

import numpy as np
import pytest

from grader.worker.running.failure import student_traceback
from grader.worker.running.named_values import described, named_values


def never(_: object) -> None:
    """Be called for by nobody: it is the student's."""
    raise AssertionError("nothing of the student's may be called")


# An array of the student's own, whose methods are theirs.
Pretender = type("Pretender", (np.ndarray,), {"shape": property(never), "__repr__": never})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((2, 3)), "float64 of shape (2, 3)"), (np.int64(3), ""), (3, "3"), ("a\nb", "'a\\nb'"), (None, "None"),
        ([1, [2]], "list of 2 entries"), ({"a": 1}, "dict of 1 entry"), (9 * "number ", None),
        (-(10**20), f"-1{'0' * 20}"), (b"ab", "b'ab'"), (2.5, "2.5"),
        (np.zeros(2).view(Pretender), ""), (object(), ""), (len, ""),
    ],
)  # fmt: skip
def test_a_value_is_described_without_calling_anything_of_the_students(value: object, words: str | None) -> None:
    assert described(value) == (words if words is not None else f"{repr(value)[:40]}…")


def test_a_tensor_is_described_like_an_array() -> None:
    torch = pytest.importorskip("torch")
    assert described(torch.zeros(2, 3)) == "float32 of shape (2, 3)"


def test_variables_are_told_in_the_order_of_the_line_each_once() -> None:
    values = {"x": np.zeros(3), "w": np.zeros((4, 2)), "self": object(), "other": 3}
    assert named_values("return w @ x + self.b + np.sum(w)", values) == [
        "w: float64 of shape (4, 2)", "x: float64 of shape (3,)",
    ]  # fmt: skip
    assert named_values("for x in zip(w,", values) == ["x: float64 of shape (3,)", "w: float64 of shape (4, 2)"]
    assert len(named_values(" + ".join(f"a{n}" for n in range(20)), {f"a{n}": n for n in range(20)})) == 8


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def f(x):\n    rows = x.sum(axis=1)\n    return x @ rows\n", "rows: float64 of shape (4,)"),
        ("def f(x):\n    return nothing + x\n", ""),
    ],
)
def test_a_traceback_ends_with_the_values_of_the_students_last_line(tmp_path: Path, source: str, told: str) -> None:
    file = tmp_path / "work.py"
    file.write_text(source, encoding="utf-8")
    names: dict[str, object] = {}
    exec(compile(source, str(file), "exec"), names)
    with pytest.raises((ValueError, NameError)) as caught:
        names["f"](np.zeros((4, 2)))  # type: ignore[operator]
    text = student_traceback(caught.value, lambda name: name == str(file))
    assert ("In that line:\n  x: float64 of shape (4, 2)\n  rows: float64 of shape (4,)" in text) == bool(told)


class Refusing(dict[str, object]):
    """A namespace of the student's own, which says what it does when it is asked."""

    def __contains__(self, name: object) -> bool:
        raise AssertionError("nothing of the student's may be called")


def failing(file: Path, source: str, namespace: object) -> str:
    """Return the traceback of a student's program that is run with a namespace of its own."""
    file.write_text(source, encoding="utf-8")
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile(source, str(file), "exec"), {}, namespace)  # type: ignore[arg-type]
    return student_traceback(caught.value, lambda name: name == str(file))


def test_an_int_of_thousands_of_digits_does_not_keep_a_failure_from_being_told(tmp_path: Path) -> None:
    assert "  x: int of 16610 bits" in failing(tmp_path / "work.py", "x = 10**5000\nx / 0\n", {})


def test_a_namespace_of_the_students_is_not_asked(tmp_path: Path) -> None:
    assert failing(tmp_path / "work.py", "x = 1\nx / 0\n", Refusing()).endswith("ZeroDivisionError: division by zero")


def test_a_module_that_the_student_has_replaced_keeps_no_failure_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", object())
    assert failing(tmp_path / "work.py", "x = 1\nx / 0\n", {}).endswith("ZeroDivisionError: division by zero")
