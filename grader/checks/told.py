"""What a check tells besides how it ends: remarks that change no marks."""

from __future__ import annotations

from dataclasses import dataclass, field

LIMIT = 500


@dataclass
class Told:
    """Remarks of one check.

    `notes` are shown to a student at their own desk, and to staff; `remarks` to staff alone. What is `compared` are
    sentences that are to be true of one submission of a class only: staff are told where one is true of several.
    """

    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    compared: list[str] = field(default_factory=list)

    def to_student(self, note: str) -> None:
        """Note what a student should know although nothing is wrong."""
        self.notes.append(note[:LIMIT])

    def to_staff(self, remark: str) -> None:
        """Note what a person should know of the work; students are not shown it."""
        self.remarks.append(remark[:LIMIT])

    def to_compare(self, sentence: str) -> None:
        """Note what is to be true of one submission only, such as ``its runs have the seed 7``."""
        self.compared.append(sentence[:LIMIT])
