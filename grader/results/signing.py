"""Signed results: whether a document is what the grader wrote, for those who have the course's secret.

A result's signature is an HMAC-SHA256 (RFC 2104) of the rest of the document, as JSON with sorted names and without
whitespace, so that neither the layout of the file nor fields that later versions add matter. Its key is derived from
the course's secret for this purpose alone: a published signature reveals nothing about seeds, allotments or splits.
"""

from __future__ import annotations

import hmac
import json
from enum import StrEnum

from grader.results.result import Result

_PURPOSE = b"gradproof\0signature of a result"


class Standing(StrEnum):
    """What a signature shows about a document, given the course's secret. `UNSIGNED` shows nothing."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    CHANGED = "changed"


def signed(result: Result, secret: bytes) -> Result:
    """Return the result with its signature, or without one if the course has no secret."""
    plain = result.model_copy(update={"signature": None})
    return plain.model_copy(update={"signature": _signature(plain.to_json(), secret)}) if secret else plain


def standing(text: str, secret: bytes) -> Standing:
    """Return what the signature in a result's JSON text shows; without a secret, it shows nothing."""
    said = json.loads(text).get("signature")
    if not secret or said is None:
        return Standing.UNSIGNED
    genuine = isinstance(said, str) and said.isascii() and hmac.compare_digest(said, _signature(text, secret))
    return Standing.SIGNED if genuine else Standing.CHANGED


def _signature(text: str, secret: bytes) -> str:
    document = {name: value for name, value in json.loads(text).items() if name != "signature"}
    plain = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(hmac.digest(secret, _PURPOSE, "sha256"), plain, "sha256").hex()
