"""What a run does with settings that have almost no effect: a law for anything that is trained.

The loss after some steps is a smooth function of each number that the steps are proportional to: a learning rate, a
weight decay. Close to zero it changes in proportion to that number. A number that was looked up does not change at all,
or in jumps, and one that was made up changes without proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.checks.asking.failing import fail

# Each number is a 16th of the previous one; proportional changes then have about this ratio too. If a step meets a
# kink, or the number is not small enough yet, the ratio is between these limits.
TIMES, LEAST, MOST = 16, 6, 32
MOST_RUNS = 7
# A number that many times the largest does something, or nothing depends on it: even in single precision, where a
# change below 6e-8 of a weight is none.
FAR = 2.0**40
# Means of some thousand losses in single precision agree to this; a change counts if it is much larger.
ROUNDING = 1e-6
SEEN = 40 * ROUNDING
NOT_TRAINED = (
    "A run is not what training by its settings leads to: train it from its settings, whatever stands in the log."
)


def assert_proportional(loss: Callable[[float], float], largest: float, *, what: str) -> None:
    """Fail unless a loss comes to change in proportion to a number as that number becomes smaller and smaller.

    `loss(number)` is the loss of a run that is repeated, and `largest` the largest such number in its record. It is
    usually called five times, and at most nine times. A number with too small an effect to be seen passes, one without
    any does not.
    """
    nothing = loss(largest * 2.0**-40)  # and not 0, which a program may refuse
    told: list[float] = []
    for number in _smaller(largest):
        told.append(loss(number) - nothing)
        if len(told) == 1 and abs(told[0]) < SEEN:
            most = loss(largest) - nothing
            if most == 0 and loss(largest * FAR) == nothing:
                fail(f"a run is the same whatever its {what}", misconception=NOT_TRAINED)
            if _hardly_does_anything(most, told[0]):
                return
        if len(told) > 2 and abs(told[-3]) >= SEEN and all(map(_in_proportion, told[-3:], told[-2:])):
            return
    changes = ", ".join(f"{change:.3g} at {number:.3g}" for change, number in zip(told, _smaller(largest), strict=True))
    fail(f"the loss does not change in proportion to a small {what}", f"changes of the loss: {changes}", NOT_TRAINED)


def _hardly_does_anything(most: float, smaller: float) -> bool:
    """Return whether the largest number has so little effect that a 16th of it may have none that can be seen."""
    return abs(most) < (100 * SEEN if smaller else SEEN)


def _smaller(largest: float) -> Iterator[float]:
    return (largest / TIMES**power for power in range(1, MOST_RUNS + 1))


def _in_proportion(change: float, smaller: float) -> bool:
    sign = 1 if change > 0 else -1
    low, high = sorted((LEAST * sign * smaller, MOST * sign * smaller))
    return low - TIMES * ROUNDING <= sign * change <= high + TIMES * ROUNDING
