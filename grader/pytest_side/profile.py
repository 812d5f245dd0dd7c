"""Hypothesis as graders need it: the same examples every time, bounded, and nothing left on disk."""

from __future__ import annotations

import functools
import hmac
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import hypothesis
import numpy as np
from hypothesis.errors import StopTest, UnsatisfiedAssumption

from grader.pytest_side import compat

PROFILE = "gradproof"
MAX_EXAMPLES = 15
MAX_SHRINKS = 100


def install() -> None:
    """Load the grading profile. Must be called before suites are imported: `@settings` reads it then."""
    compat.draw_no_local_constants()
    compat.limit_shrinks(MAX_SHRINKS)
    hypothesis.settings.register_profile(
        PROFILE,
        database=None,
        deadline=None,
        derandomize=False,
        max_examples=MAX_EXAMPLES,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate, hypothesis.Phase.shrink),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile(PROFILE)


@contextmanager
def unshrunk() -> Iterator[None]:
    """Make hypothesis stop at the first example that fails: a smaller one is only useful if someone reads it."""
    compat.limit_shrinks(0)
    try:
        yield
    finally:
        compat.limit_shrinks(MAX_SHRINKS)


def seed_once_a_check() -> None:
    """Keep hypothesis from touching the global random generators, in a process that runs no student code.

    It seeds and restores them around every example, and examines their state around every argument, which takes a
    fifteenth of the time of grading. `seed_test` seeds them once, so a check that draws from them still draws the same
    numbers every time.
    """
    compat.leave_random_generators_alone()


def derived_seed(secret: bytes, assignment: str, check_id: str, variation: int = 0) -> int:
    """Return the seed of a check: HMAC-SHA256 over the assignment and the check, keyed by the course's secret.

    It is the same for every submission, so that the same work earns the same marks. Marks are given at variation 0; an
    audit tries others too.
    """
    message = "\0".join([assignment, check_id, *[str(variation)] * bool(variation)]).encode()
    return int.from_bytes(hmac.digest(secret, message, "sha256")[:8], "big")


def seed_test(test: Callable[..., object], seed: int) -> None:
    """Seed a hypothesis test, and the global random generators, which a plain test may use."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    if "torch" in sys.modules:  # which is not imported just for this
        sys.modules["torch"].manual_seed(seed)
    if hasattr(test, "hypothesis"):
        hypothesis.seed(seed)(test)
        compat.skip_source_digest(test)


def on_each_example(
    test: Callable[..., object],
    begin: Callable[[], None],
    remember: Callable[[functools.partial[object]], None] | None = None,
    failed: Callable[[BaseException], None] | None = None,
) -> None:
    """Have `begin` called before each example of a hypothesis test, replacing an earlier one.

    `remember` receives the example itself before it runs, as a function that runs it again; `failed` receives the
    exception of an example that fails.
    """
    handle = getattr(test, "hypothesis", None)
    if handle is None:
        return
    # A suite that is collected again in one process is the same module, with the same functions.
    inner = getattr(handle.inner_test, "without_begin", handle.inner_test)

    @functools.wraps(inner)
    def example(*args: object, **kwargs: object) -> object:
        begin()
        if remember is not None:
            remember(functools.partial(inner, *args, **kwargs))
        try:
            return inner(*args, **kwargs)
        except (UnsatisfiedAssumption, StopTest):  # not failures: hypothesis rejects what was drawn
            raise
        except BaseException as error:
            if failed is not None:
                failed(error)
            raise

    example.without_begin = inner  # type: ignore[attr-defined]
    handle.inner_test = example
