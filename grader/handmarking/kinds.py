"""How something handed in can be viewed: as text, as a picture, in a program of its own, or not at all."""

from __future__ import annotations

from pathlib import PurePosixPath

# Shown as plain text, even if it would run elsewhere: scripts in a page, code in a picture.
AS_TEXT = frozenset({"md", "txt", "tex", "rst", "log", "html", "htm", "svg", "py", "ipynb"})
PICTURES = frozenset({"png", "jpg", "jpeg", "gif"})
# Opened by the person who marks, in a suitable program.
OPENED = frozenset({"pdf", "webp", "bmp", "tif", "tiff", "heic", "docx", "odt", "pptx", "odp", "mp4", "webm"})
# Documents that may contain programs: mentioned, but not copied.
UNOPENED = frozenset({"doc", "docm", "xls", "xlsm", "ppt", "rtf", "pages", "key", "numbers", "ps", "eps"})
_PLAIN = frozenset({"md", "txt", "tex"})
_MOST_PIXELS = 100_000_000
_SVG_BYTES = 4 * 1024**2


def ending_of(file: str) -> str:
    """Return the suffix of a file's name in lower case, without the dot."""
    return PurePosixPath(file).suffix.lower().lstrip(".")


def is_for_a_person(file: str) -> bool:
    """Return whether a person can view a file, by its name; code is viewed if a question asks for it."""
    ending = ending_of(file)
    return ending in AS_TEXT | PICTURES | OPENED and ending not in {"py", "ipynb"}


def written_ending(ending: str) -> str:
    """Return the suffix under which a file is written for a person: nothing that could run keeps its own."""
    return ending if ending in _PLAIN or ending not in AS_TEXT else f"{ending}.txt"


def is_picture(ending: str, data: bytes) -> bool:
    """Return whether some bytes are a picture of the kind that their name says, and not one that exhausts memory."""
    size = _SIZES[ending](data) if ending in _SIZES else None
    return size is not None and size[0] * size[1] <= _MOST_PIXELS


def is_drawing(data: bytes) -> bool:
    """Return whether some bytes are an SVG that may be shown as a picture, in which no browser runs anything."""
    begins = data[:2000].lstrip().startswith((b"<?xml", b"<svg", b"<!DOCTYPE svg"))
    return begins and len(data) <= _SVG_BYTES and b"<!ENTITY" not in data


def _png(data: bytes) -> tuple[int, int] | None:
    known = data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 24
    return (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) if known else None


def _gif(data: bytes) -> tuple[int, int] | None:
    known = data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10
    return (int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")) if known else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Return the size in the first frame header: it follows other segments, each with its length."""
    at = 2 if data[:3] == b"\xff\xd8\xff" else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind in range(0xC0, 0xD0) and kind not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 1 if kind == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


_SIZES = {"png": _png, "gif": _gif, "jpg": _jpeg, "jpeg": _jpeg}
