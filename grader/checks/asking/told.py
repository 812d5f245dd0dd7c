"""What a check reports besides its outcome: remarks that do not affect marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

LIMIT = 500


def nobody(progress: str) -> None:
    """Watch no check."""


@dataclass
class Told:
    """The remarks of one check.

    `notes` are shown to students on their own computers, and to staff; `remarks` to staff only. What is `compared` are
    sentences that should be true of only one submission of a class: staff are told if one is true of several.
    `watcher` is called with the progress of a check while it runs.
    """

    watcher: Callable[[str], None] = nobody

    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    compared: list[str] = field(default_factory=list)

    def under_way(self, progress: str) -> None:
        """Say how far a long check has come: a student's terminal shows it until the check ends."""
        self.watcher(progress)

    def to_student(self, note: str) -> None:
        """Note what a student should know although nothing is wrong."""
        self.notes.append(note[:LIMIT])

    def to_staff(self, remark: str) -> None:
        """Note what a person should know about the work; students do not see it."""
        self.remarks.append(remark[:LIMIT])

    def to_compare(self, sentence: str) -> None:
        """Note what should be true of one submission only, e.g. ``its runs have the seed 7``."""
        self.compared.append(sentence[:LIMIT])
