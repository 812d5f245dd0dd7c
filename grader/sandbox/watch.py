"""The clocks of one worker: CPU time, wall time, and how much of it the worker was kept waiting."""

from __future__ import annotations

import time

from grader.sandbox.limits import Budget
from grader.sandbox.owner import Spent, Used
from grader.sandbox.scheduler import Scheduling, own_delay

# Longer periods without a look, because this process itself did not run, are not counted.
MOST_BETWEEN_LOOKS = 1.0


class WorkerClocks:
    """Counts what a worker uses in the present check, and of its submission's `budget`.

    Wall time in which the trusted side was working or was kept from running itself does not count. Asking the kernel
    takes as long as a call, so it is asked only while a worker keeps us waiting.
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
        """Begin a check: its time is counted from here."""
        now = time.monotonic()
        # What was used since the last query cannot be more than the time that passed, so this much is not counted: in
        # doubt for the student.
        self._cpu_before = self._cpu + now - self._looked
        self._seen, self._wall, self._since_look, self._kept_waiting, self._asleep = now, 0.0, 0.0, 0.0, 0.0

    def resume(self) -> None:
        """Continue after time that is not the worker's: the check itself was working."""
        self._seen = time.monotonic()

    def count(self) -> None:
        """Add the wall time since the last count."""
        now = time.monotonic()
        self._add(min(now - self._seen, MOST_BETWEEN_LOOKS))
        self._seen = now

    def charge(self, seconds: float) -> None:
        """Add time that this process spent for the worker, in a callback."""
        self._add(seconds)
        self.resume()

    def due(self, after: float) -> bool:
        """Return whether the last look is that many seconds ago."""
        return time.monotonic() - self._looked >= after

    def look(self, used: Used, scheduling: Scheduling | None) -> Spent:
        """Record what the kernel reports, and return what this check has used."""
        self._looked = self._seen = time.monotonic()
        self.spend(used.cpu)
        # While this process waits for a CPU, a worker that waits for it does not sleep by itself.
        before, self._own_delay = self._own_delay, own_delay()
        self._add(-min(self._since_look, self._own_delay - before))
        self._take_in(scheduling, self._since_look)
        self._since_look = 0.0
        return Spent(used.cpu - self._cpu_before, self._wall, self._kept_waiting, self._asleep)

    def spend(self, cpu: float) -> None:
        """Subtract from the budget the CPU time that a worker has used in its life, `cpu` seconds."""
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
