"""A hand-in on its way to another machine: staged here, carried as data, and laid out there as it was staged."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

import msgpack

from grader.core.errors import GraderFault
from grader.intake.stage import Parcel, Place, Staged, names_around, stage


def packed(place: Place, also: Collection[str] = ()) -> Parcel:
    """Return a hand-in as a parcel. Raises as `grader.intake.stage.stage` does."""
    with tempfile.TemporaryDirectory(prefix="gradproof-") as name:
        staged = stage(place, Path(name), also)
        contents = {file: Path(name, file).read_bytes() for file in staged.files}
    return Parcel(staged, names_around(place), contents)


def to_bytes(parcel: Parcel) -> bytes:
    """Return a parcel as bytes. Names that are not text, as a file system may have them, stay as they are."""
    staged = asdict(parcel.staged) | {"sources": sorted(parcel.staged.sources)}
    said = {"staged": staged, "around": parcel.around, "contents": dict(parcel.contents)}
    data: bytes = msgpack.packb(said, unicode_errors="surrogateescape")
    return data


def from_bytes(data: bytes) -> Parcel:
    """Return the parcel in `to_bytes`'s bytes. Raises GraderFault for others."""
    try:
        said = msgpack.unpackb(data, unicode_errors="surrogateescape")
        told = said["staged"]
        staged = Staged(**{
            **told, "files": tuple(told["files"]), "notes": tuple(told["notes"]), "sources": frozenset(told["sources"]),
        })  # fmt: skip
        return Parcel(staged, tuple(said["around"]), said["contents"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise GraderFault("a submission did not arrive as it was sent", found=str(error)) from error
