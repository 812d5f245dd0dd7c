"""Which ids are public, and the score of predictions on a part."""

from __future__ import annotations

import hmac
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.core.errors import CourseError, SubmissionError, UsageError
from grader.course.folder import Course
from grader.course.rubric.board import Leaderboard, Metric
from grader.course.rubric.model import Rubric
from grader.leaderboard.table import as_number, read_table

Pairs = Sequence[tuple[str, str]]  # label and prediction


@dataclass(frozen=True)
class Answers:
    """The right labels by id, and which ids are public; all others are private."""

    board: Leaderboard
    labels: Mapping[str, str]
    public: frozenset[str]

    @property
    def private(self) -> frozenset[str]:
        """The ids of the private part."""
        return frozenset(self.labels) - self.public

    def predictions(self, content: bytes, where: str) -> dict[str, str]:
        """Return the predictions that were handed in. Raises SubmissionError with line and reason."""
        return read_table(content, self.board, where, self.labels)

    def score(self, predictions: Mapping[str, str], part: frozenset[str]) -> str:
        """Return the score on a part in the form in which it is shown and compared."""
        pairs = [(label, predictions[name]) for name, label in self.labels.items() if name in part]
        score = _METRICS[self.board.metric](pairs)
        return f"{score:.{self.board.digits}{'f' if score < 10**9 else 'e'}}"

    def merit(self, score: str) -> float:
        """Return how good a score is: higher is better."""
        return float(score) if self.board.highest_is_best else -float(score)


def answers(course: Course, rubric: Rubric) -> Answers:
    """Return the right labels of an assignment's leaderboard, and the parts that the course's secret determines.

    Raises UsageError if the rubric has no leaderboard, CourseError for malformed labels.
    """
    board = rubric.leaderboard
    if board is None:
        todo = "add `leaderboard` to its rubric (docs/leaderboard.md)"
        raise UsageError("this assignment has no leaderboard", found=rubric.assignment, todo=todo)
    path = course.root / board.labels
    try:
        labels = read_table(path.read_bytes(), board, str(path))
    except OSError as error:
        raise CourseError("the hidden labels cannot be read", where=path, found=error.strerror) from error
    except SubmissionError as error:
        raise CourseError(error.message, where=error.where, found=error.found, expected=error.expected) from error
    public = public_ids(list(labels), board.public, course.secret, rubric.assignment)
    if not 0 < len(public) < len(labels):
        found = f"{len(public)} of {len(labels)} ids are public"
        raise CourseError(
            "one part of the ids is empty", where=path, found=found, expected="more ids, or another `public`"
        )
    return Answers(board, labels, public)


def public_ids(ids: Sequence[str], share: float, secret: bytes, assignment: str) -> frozenset[str]:
    """Return the ids of the public part.

    Each id is assigned independently, from the course's secret: it stays in its part when other ids come or go.
    """

    def drawn(name: str) -> float:
        digest = hmac.digest(secret, f"leaderboard\0{assignment}\0{name}".encode(), "sha256")
        return int.from_bytes(digest[:6], "big") / 2**48

    return frozenset(name for name in ids if drawn(name) < share)


def _accuracy(pairs: Pairs) -> float:
    return float(Fraction(sum(label == guess for label, guess in pairs), len(pairs)))


def _macro_f1(pairs: Pairs) -> float:
    """Return the mean of F1 = 2 TP ÷ (2 TP + FP + FN) over all classes that occur as a label or a prediction."""
    hits = Counter(label for label, guess in pairs if label == guess)
    named = Counter(name for pair in pairs for name in pair)
    return float(sum((Fraction(2 * hits[name], count) for name, count in named.items()), Fraction()) / len(named))


def _errors(pairs: Pairs) -> list[float]:
    return [as_number(guess) - as_number(label) for label, guess in pairs]


def _mean_squared_error(pairs: Pairs) -> float:
    return math.fsum(error * error for error in _errors(pairs)) / len(pairs)


def _mean_absolute_error(pairs: Pairs) -> float:
    return math.fsum(map(abs, _errors(pairs))) / len(pairs)


_METRICS: dict[Metric, Callable[[Pairs], float]] = {
    "accuracy": _accuracy,
    "macro_f1": _macro_f1,
    "mean_squared_error": _mean_squared_error,
    "mean_absolute_error": _mean_absolute_error,
}
