"""How known work answered examples: each example runs on it once, and is compared with many submissions."""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from grader.checks.comparing.alike import alike

BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Transcript:
    """The events of one example on one known work, in order, as far as it ran.

    `ended` is true if no further events followed; `size` is approximately how many bytes they take.
    """

    events: tuple[object, ...] = ()
    ended: bool = False
    size: int = 0

    def agrees(self, original: Sequence[object]) -> bool | None:
        """Return whether all events are as in `original`, or None if the example did not run far enough to say."""
        if not all(map(alike, original, self.events)) or len(self.events) > len(original):
            return False
        return len(self.events) == len(original) if self.ended else None


class Transcripts:
    """Transcripts by example and work; keeps the most recently used ones, as many as fit into `BYTES`."""

    def __init__(self) -> None:
        self._kept = OrderedDict[Hashable, Transcript]()
        self._size = 0

    def of(self, key: Hashable) -> Transcript:
        """Return the transcript for `key`, an empty one if it never ran."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key, Transcript())

    def keep(self, key: Hashable, transcript: Transcript) -> None:
        """Replace a transcript by a longer one."""
        self._size += transcript.size - self.of(key).size
        self._kept[key] = transcript
        while self._size > BYTES:
            self._size -= self._kept.popitem(last=False)[1].size


def fingerprint(example: partial[object], submission: object) -> bytes | None:
    """Return a digest of everything that was drawn for an example, which distinguishes it from others of the check.

    None if what was drawn cannot be serialized.
    """
    drawn = {name: value for name, value in example.keywords.items() if value is not submission}
    try:
        return hashlib.sha256(pickle.dumps((example.args, drawn))).digest()
    except Exception:  # each kind of object raises a different exception if it cannot be pickled
        return None
