"""The cells of a submission's notebooks, for a person to read. Runs where their text is safe to read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .shown import Picture, pasted, shown, without_data
from .sources import cell_text, cells_of, opened

# The key in a cell's metadata under which a kit stores the fingerprint of its original text.
OWN = "gradproof"
MAX_CELLS = 2_000
MAX_CHARACTERS = 1_000_000
MAX_PICTURES = 200
MAX_PICTURE_BYTES = 48 * 1024 * 1024


def fingerprint(text: str) -> str:
    """Return a fingerprint that shows whether a kit's cell still has its original text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def notebook_cells(root: Path, files: list[str]) -> list[list[object]]:
    """Return the cells of the notebooks `files` below `root`, each as a list.

    It is ``[file, number, text, untouched, pictures, is_code, shown]``: `untouched` says that the cell is still as in
    the kit; a picture is ``[suffix, content]``; `shown` is the text of the outputs of a code cell. A file that is not a
    notebook has no cells; what exceeds the limits is left out.
    """
    room = _Room()
    found = [_cell(file, number, cell, room) for file in files for number, cell in _cells(root / file)]
    return found[:MAX_CELLS]


class _Room:
    """How much may still be taken from all notebooks of a submission."""

    def __init__(self) -> None:
        self._characters = {"text": MAX_CHARACTERS, "code": MAX_CHARACTERS, "shown": MAX_CHARACTERS}
        self._pictures, self._bytes = MAX_PICTURES, MAX_PICTURE_BYTES

    def text(self, kind: str, text: str) -> str:
        """Return as much of a text as there is room for."""
        taken = text[: self._characters[kind]]
        self._characters[kind] -= len(taken)
        return taken

    def pictures(self, pictures: Sequence[Picture]) -> list[object]:
        """Return those pictures for which there is room."""
        taken: list[object] = []
        for ending, data in pictures:
            if self._pictures and len(data) <= self._bytes:
                self._pictures, self._bytes = self._pictures - 1, self._bytes - len(data)
                taken.append([ending, data])
        return taken


def _cells(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        return cells_of(opened(path.read_bytes()))[:MAX_CELLS]
    except (ValueError, TypeError, RecursionError, MemoryError, OSError):
        return []


def _cell(file: str, number: int, cell: dict[str, Any], room: _Room) -> list[object]:
    whole = cell_text(cell)
    if cell.get("cell_type") == "heading":  # of nbformat 3
        whole = f"# {whole}"
    if cell.get("cell_type") == "code":
        said, pictures = shown(cell)
        return [file, number, room.text("code", whole), False, room.pictures(pictures), True, room.text("shown", said)]
    text, written_out = without_data(whole)
    taken = room.text("text", text)
    drawn = room.pictures([*written_out, *pasted(cell)])
    return [file, number, taken, _untouched(cell, whole), drawn, False, ""]


def _untouched(cell: dict[str, Any], text: str) -> bool:
    metadata = cell.get("metadata")
    return isinstance(metadata, dict) and metadata.get(OWN) == fingerprint(text)
