"""Sealed sentences: each can be read only by someone whose code gives the wrong answers that it is about.

A kit contains what the bank says about a mistake, encrypted with a key derived from the answers that this mistake gives
on two examples of the public checks. Nothing in the kit reveals these answers, and nothing is sent anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# The id of a check, and the number of an example in its run, counted from 0.
Place = tuple[str, int]
# Examples of each check: later ones distinguish no more mistakes, and take longer to reach.
EXAMPLES = 6
ROUNDS = 5_000  # makes each guess take some milliseconds
TAG = 16
# Appended to an assignment's id: the name of the file in rubrics/ with its sealed sentences.
SEALED = ".sealed.json"


@dataclass(frozen=True)
class Seal:
    """A sealed sentence about a question; `sentence` is the encrypted text in base64, `salt` is hexadecimal."""

    question: str
    examples: tuple[Place, Place]
    salt: str
    sentence: str

    @classmethod
    def closed(cls, question: str, examples: tuple[Place, Place], answers: tuple[bytes, bytes], about: str) -> Seal:
        """Return a sentence `about` a mistake, sealed with the digests of the mistake's answers to two examples."""
        salt = hashlib.sha256(b"".join([*answers, about.encode()])).digest()[:8]
        key = _key(answers, salt)
        words = about.encode()
        return cls(question, examples, salt.hex(), base64.b64encode(_tag(key, words) + _masked(words, key)).decode())

    def opened(self, answers: Mapping[Place, bytes]) -> str:
        """Return the sentence if `answers` are those of the mistake, else ""."""
        if not all(place in answers for place in self.examples):
            return ""
        first, second = (answers[place] for place in self.examples)
        key = _key((first, second), bytes.fromhex(self.salt))
        data = base64.b64decode(self.sentence)
        words = _masked(data[TAG:], key)
        return words.decode() if hmac.compare_digest(data[:TAG], _tag(key, words)) else ""


def written(seals: Iterable[Seal]) -> str:
    """Return the text of a file of seals."""
    return "".join(["[\n", ",\n".join(json.dumps(asdict(seal)) for seal in seals), "\n]\n"])


def read(file: Path) -> list[Seal]:
    """Return the seals in a file, or none if it does not exist or was not written by `written`."""
    try:
        entries: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        return [_read(**entry) for entry in entries]
    except (OSError, ValueError, TypeError):
        return []


def _read(question: str, examples: list[list[Any]], salt: str, sentence: str) -> Seal:
    (first, one), (second, other) = examples
    return Seal(question, ((first, one), (second, other)), salt, sentence)


def _key(answers: tuple[bytes, bytes], salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", b"".join(answers), salt, ROUNDS)


def _tag(key: bytes, words: bytes) -> bytes:
    return hmac.digest(key, words, "sha256")[:TAG]


def _masked(words: bytes, key: bytes) -> bytes:
    stream = hashlib.shake_256(key).digest(len(words))
    return bytes(one ^ other for one, other in zip(words, stream, strict=True))
