"""The cells of text in a submission's notebooks, for a person to read. Runs where their text is safe to read."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from .sources import cell_text, cells_of, opened

# The key of a cell's metadata under which a kit keeps the fingerprint of the text that it wrote there.
OWN = "gradproof"
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
MAX_CELLS = 2_000
MAX_CHARACTERS = 1_000_000
MAX_PICTURES = 50
MAX_PICTURE_BYTES = 32 * 1024 * 1024


def fingerprint(text: str) -> str:
    """Return what tells whether a kit's cell still holds the text that it came with."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def markdown_cells(root: Path, files: list[str]) -> list[list[object]]:
    """Return ``[file, number, text, untouched, pictures]`` of each cell of text in `files`, notebooks below `root`.

    `untouched` tells a cell that is still as the kit came; a picture is ``[ending, content]``. What is no notebook
    gives nothing, as does whatever goes beyond the bounds.
    """
    found: list[list[object]] = []
    characters, pictures, size = 0, 0, 0
    for file in files:
        for number, cell in _cells(root / file)[:MAX_CELLS]:
            text = cell_text(cell)[: MAX_CHARACTERS - characters]
            pasted = [one for one in _pictures(cell) if (size := size + len(one[1])) <= MAX_PICTURE_BYTES]
            pasted = pasted[: MAX_PICTURES - pictures]
            characters, pictures = characters + len(text), pictures + len(pasted)
            found.append([file, number, text, _untouched(cell, text), [list(one) for one in pasted]])
    return found[:MAX_CELLS]


def _cells(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        cells = cells_of(opened(path.read_bytes()))
    except (ValueError, TypeError, RecursionError, MemoryError, OSError):
        return []
    return [(number, cell) for number, cell in cells if cell.get("cell_type") in ("markdown", "raw")]


def _untouched(cell: dict[str, Any], text: str) -> bool:
    metadata = cell.get("metadata")
    return isinstance(metadata, dict) and metadata.get(OWN) == fingerprint(text)


def _pictures(cell: dict[str, Any]) -> list[tuple[str, bytes]]:
    """Return the pictures that were pasted into a cell."""
    attached = cell.get("attachments")
    found = []
    for kinds in attached.values() if isinstance(attached, dict) else ():
        for kind, data in kinds.items() if isinstance(kinds, dict) else ():
            if kind in PICTURES and isinstance(data, str):
                try:
                    found.append((PICTURES[kind], base64.b64decode("".join(data.split()), validate=True)))
                except ValueError:
                    continue
    return found
