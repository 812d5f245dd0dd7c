"""How much of a submission is accepted, whether it comes as a file, as a folder or as an archive."""

from __future__ import annotations

MAX_FILE_BYTES = 8 * 1024**2
MAX_SEEN_BYTES = 24 * 1024**2  # of what a person looks at: a scan, a picture, a notebook with its outputs
MAX_BYTES = 64 * 1024**2
MAX_FILES = 1_000
MAX_NAMES = 100_000  # in all folders together
MAX_DEPTH = 20
MAX_NOTES = 50

# A notebook may be larger because of its outputs, which are left out of the copy as far as necessary.
MAX_NOTEBOOK_BYTES = 256 * 1024**2

MAX_ARCHIVES = 20  # unpacked for one submission
MAX_FAILED = 3  # archives that cannot be unpacked, after which no more are tried
MAX_NESTED = 3  # archives within each other
MAX_ARCHIVE_BYTES = 64 * 1024**2
MAX_UNPACKED_BYTES = 256 * 1024**2  # read from all archives of a submission, including what is discarded
MAX_UNPACKED_FILES = 10_000
UNPACKING_CPU_SECONDS = 20
UNPACKING_MEMORY_BYTES = 512 * 1024**2

# An export of a whole class: as many hand-ins of that size as a large course has.
MAX_EXPORT_BYTES = 32 * 1024**3
MAX_EXPORT_FILES = 200_000
EXPORT_CPU_SECONDS = 500

IGNORED = "left behind by tools, not part of the work"


_SEEN = (".pdf", ".png", ".jpg", ".jpeg", ".gif")


def is_seen(name: str) -> bool:
    """Return whether a file is for a person to look at and not code, judging by its name: a picture or a PDF."""
    return name.lower().endswith(_SEEN)


def most_bytes(name: str) -> int:
    """Return how large a file of this name may be."""
    return MAX_SEEN_BYTES if is_seen(name) else MAX_FILE_BYTES


class LeftOut(Exception):
    """One file or folder is not accepted, for the reason given."""


def mib(number: int) -> str:
    """Return a number of bytes as e.g. ``8 MiB``."""
    return f"{number // 1024**2} MiB"
