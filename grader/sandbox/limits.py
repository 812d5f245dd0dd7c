"""How much of everything a worker may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEBI = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one question's worker. CPU and wall time count for each check, and for loading.

    CPU time decides a time-out, because a busy machine hardly affects it; wall time is generous and only catches what
    sleeps or waits (see `grader.sandbox.owner`). `memory_mb` is in addition to the warm process.
    """

    cpu_seconds: float = 10.0
    memory_mb: int = 1024
    file_mb: int = 16
    disk_mb: int = 64
    files: int = 1000
    open_files: int = 64
    threads: int = 32
    callbacks: int = 10_000
    received_mb: int = 256

    @property
    def wall_seconds(self) -> float:
        """Seconds of wall time after which a check is abandoned."""
        return 5.0 + 2.0 * self.cpu_seconds

    @property
    def worker_cpu_seconds(self) -> int:
        """CPU seconds after which the kernel ends the worker if nothing else does."""
        return int(10 * self.cpu_seconds) + 1


@dataclass
class Budget:
    """CPU and wall seconds that one submission may use in total; spent as its workers run.

    Wall time in which a worker was kept from running is not counted, if known.
    """

    cpu_seconds: float = 60.0
    wall_seconds: float = 300.0

    def spend(self, cpu: float, wall: float) -> None:
        """Subtract what was used."""
        self.cpu_seconds -= cpu
        self.wall_seconds -= wall

    def spent(self) -> Literal["CPU", "wall"] | None:
        """Return which clock has nothing left, or None."""
        if self.cpu_seconds <= 0:
            return "CPU"
        return "wall" if self.wall_seconds <= 0 else None
