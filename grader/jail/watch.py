"""The clocks of one worker: CPU time, wall time, and what the worker was kept waiting of it."""

from __future__ import annotations

import time

from grader.jail.limits import Budget
from grader.jail.owner import Spent, Used
from grader.jail.scheduler import Scheduling, own_delay

# What goes by without a look beyond this, because this process itself did not run, is nobody's time.
MOST_BETWEEN_LOOKS = 1.0


class Watch:
    """Counts what a worker spends in the present check, and of its submission's `budget`.

    Of wall time nothing counts in which the trusted side was at work or was kept from running itself. To ask the kernel
    costs as much as a call does, so it is asked only while a worker keeps one waiting.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._seen = self._looked = time.monotonic()
        self._cpu = self._cpu_before = 0.0
        self._wall = 0.0
        self._kept_waiting: float | None = 0.0
        self._asleep = 0.0
        self._since_look = 0.0
        self._starved = 0.0
        self._own_delay = own_delay()

    def start(self) -> None:
        """Begin a check: its time counts from here."""
        now = time.monotonic()
        # What was used since it was last asked for cannot be more than the time that went by, so this much is let
        # go: in doubt for the student.
        self._cpu_before = self._cpu + now - self._looked
        self._seen, self._wall, self._since_look, self._kept_waiting, self._asleep = now, 0.0, 0.0, 0.0, 0.0

    def resume(self) -> None:
        """Go on after time that is not the worker's: the check itself was at work."""
        self._seen = time.monotonic()

    def count(self) -> None:
        """Take in the wall time since the last count."""
        now = time.monotonic()
        self._add(min(now - self._seen, MOST_BETWEEN_LOOKS))
        self._seen = now

    def charge(self, seconds: float) -> None:
        """Take in time that this process spent for the worker, in a callback."""
        self._add(seconds)
        self.resume()

    def due(self, after: float) -> bool:
        """Tell whether the last look is so many seconds ago."""
        return time.monotonic() - self._looked >= after

    def look(self, used: Used, scheduling: Scheduling | None) -> Spent:
        """Take in what the kernel says, and return what this check has spent."""
        self._looked = self._seen = time.monotonic()
        self.spend(used.cpu)
        # While this process waits for a CPU, a worker that waits for it does not sleep by itself.
        before, self._own_delay = self._own_delay, own_delay()
        self._add(-min(self._since_look, self._own_delay - before))
        self._take_in(scheduling, self._since_look)
        self._since_look = 0.0
        return Spent(used.cpu - self._cpu_before, self._wall, self._kept_waiting, self._asleep)

    def spend(self, cpu: float) -> None:
        """Take from the budget what a worker has used of CPU time in all of its life, `cpu` seconds."""
        self._budget.spend(cpu - self._cpu, 0.0)
        self._cpu = cpu

    def _take_in(self, scheduling: Scheduling | None, since: float) -> None:
        if scheduling is None or self._kept_waiting is None:
            self._kept_waiting = None
            return
        kept = max(0.0, scheduling.starved - self._starved) + (since if scheduling.held else 0.0)
        self._starved = scheduling.starved
        self._kept_waiting += kept
        self._asleep += since if scheduling.asleep else 0.0
        self._budget.spend(0.0, -kept)

    def _add(self, seconds: float) -> None:
        self._wall += seconds
        self._since_look += seconds
        self._budget.spend(0.0, seconds)
