"""What known work answered when examples were played on it: played once, and compared with many submissions."""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from grader.checks.alike import alike

BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Transcript:
    """The events of one example on one known work, in order, as far as it was played.

    `ended` where nothing came after them; `size` is about how many bytes they take.
    """

    events: tuple[object, ...] = ()
    ended: bool = False
    size: int = 0

    def agrees(self, original: Sequence[object]) -> bool | None:
        """Tell whether all came as in `original`, None where the example was not played far enough to say."""
        if not all(map(alike, original, self.events)) or len(self.events) > len(original):
            return False
        return len(self.events) == len(original) if self.ended else None


class Transcripts:
    """Transcripts by example and work; those used last, as many as `BYTES` hold."""

    def __init__(self) -> None:
        self._kept = OrderedDict[Hashable, Transcript]()
        self._size = 0

    def of(self, key: Hashable) -> Transcript:
        """Return the transcript of `key`, an empty one of what was never played."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key, Transcript())

    def keep(self, key: Hashable, transcript: Transcript) -> None:
        """Take a longer transcript in place of the one there was."""
        self._size += transcript.size - self.of(key).size
        self._kept[key] = transcript
        while self._size > BYTES:
            self._size -= self._kept.popitem(last=False)[1].size


def fingerprint(example: partial[object], submission: object) -> bytes | None:
    """Return what tells an example of a check from its others: a digest of all that was drawn for it.

    None where what was drawn cannot be written down.
    """
    drawn = {name: value for name, value in example.keywords.items() if value is not submission}
    try:
        return hashlib.sha256(pickle.dumps((example.args, drawn))).digest()
    except Exception:  # each kind of object has an error of its own for what it cannot do
        return None
