"""How much of a submission is taken, whether it comes as a file, as a folder or as an archive."""

from __future__ import annotations

MAX_FILE_BYTES = 8 * 1024**2
MAX_SEEN_BYTES = 24 * 1024**2  # of what a person looks at: a scan, a picture, a notebook with what it shows
MAX_BYTES = 64 * 1024**2
MAX_FILES = 1_000
MAX_NAMES = 100_000  # looked at, in all folders together
MAX_DEPTH = 20
MAX_NOTES = 50

# A notebook may be larger by its outputs, which are left out of the copy as far as they have to be.
MAX_NOTEBOOK_BYTES = 256 * 1024**2

MAX_ARCHIVES = 20  # unpacked, of one submission
MAX_FAILED = 3  # archives that cannot be unpacked, before no further one is tried
MAX_NESTED = 3  # archives within each other
MAX_ARCHIVE_BYTES = 64 * 1024**2
MAX_UNPACKED_BYTES = 256 * 1024**2  # read out of all archives of a submission, also what is thrown away
MAX_UNPACKED_FILES = 10_000
UNPACKING_CPU_SECONDS = 20
UNPACKING_MEMORY_BYTES = 512 * 1024**2

IGNORED = "what tools leave behind, not part of the work"


_SEEN = (".pdf", ".png", ".jpg", ".jpeg", ".gif")


def is_seen(name: str) -> bool:
    """Tell by its name what a person looks at and no code is: a picture or a PDF."""
    return name.lower().endswith(_SEEN)


def most_bytes(name: str) -> int:
    """Return how large a file of this name may be."""
    return MAX_SEEN_BYTES if is_seen(name) else MAX_FILE_BYTES


class LeftOut(Exception):
    """One file or folder is not taken, for the reason given."""


def mib(number: int) -> str:
    """Return a number of bytes as e.g. ``8 MiB``."""
    return f"{number // 1024**2} MiB"
