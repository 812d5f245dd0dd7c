"""What a run does at settings that hardly do anything: a law that holds for what is trained, whatever it is.

The loss after some steps is a smooth function of each number that the steps are proportional to: a learning rate, a
weight decay. Near zero it changes in proportion to that number. A figure that was looked up does not change at all, or
in leaps, and one that was made up changes without proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.checks.failing import fail

# Each number is a 16th of the one before; of changes in proportion each is then about that of the one before, and
# where a step meets a kink, or the number is not small enough yet, between these parts of it.
TIMES, LEAST, MOST = 16, 6, 32
MOST_RUNS = 7
# Means of some thousand losses in single precision agree to this; a change is seen where it is far more.
ROUNDING = 1e-6
SEEN = 40 * ROUNDING
NOT_TRAINED = (
    "A run is not what training by its settings leads to: train it from its settings, whatever stands in the log."
)


def assert_proportional(loss: Callable[[float], float], largest: float, *, what: str) -> None:
    """Fail unless a loss comes to change in proportion to a number, as that becomes smaller and smaller.

    `loss(number)` is the loss of a run that is begun again, and `largest` the largest such number in its record. It is
    asked for five times as a rule, and at most nine times. A number that does too little to be seen passes.
    """
    nothing = loss(largest * 2.0**-40)  # and not 0, which a program may refuse
    told: list[float] = []
    for number in _smaller(largest):
        told.append(loss(number) - nothing)
        if len(told) == 1 and abs(told[0]) < SEEN and _hardly_does_anything(loss(largest) - nothing, told[0]):
            return
        if len(told) > 2 and abs(told[-3]) >= SEEN and all(map(_in_proportion, told[-3:], told[-2:])):
            return
    changes = ", ".join(f"{change:.3g} at {number:.3g}" for change, number in zip(told, _smaller(largest), strict=True))
    fail(f"the loss does not change in proportion to a small {what}", f"changes of the loss: {changes}", NOT_TRAINED)


def _hardly_does_anything(most: float, smaller: float) -> bool:
    """Tell whether the largest number does so little that a 16th of it may do nothing that can be seen."""
    return abs(most) < (100 * SEEN if smaller else SEEN)


def _smaller(largest: float) -> Iterator[float]:
    return (largest / TIMES**power for power in range(1, MOST_RUNS + 1))


def _in_proportion(change: float, smaller: float) -> bool:
    sign = 1 if change > 0 else -1
    low, high = sorted((LEAST * sign * smaller, MOST * sign * smaller))
    return low - TIMES * ROUNDING <= sign * change <= high + TIMES * ROUNDING
