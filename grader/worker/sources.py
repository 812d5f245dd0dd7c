"""Scripts and notebooks taken apart into cells of statements. Runs where the student's text is safe to read.

A submission's text is hostile: deep nesting makes `ast.parse` raise MemoryError or RecursionError,
JSON can be malformed. Whatever cannot be read becomes the cell's `problem`, never an exception.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Cell magics whose body is still Python; the body of any other (%%bash, %%html, …) is not.
PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun"}
LINE_MAGIC = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2}\s*)$")
ASSIGNED_MAGIC = re.compile(r"^(\s*[\w,\s]+=\s*)[%!].*$")


@dataclass(frozen=True)
class Cell:
    """A piece of source: a whole script, or one code cell of a notebook.

    `filename` is what tracebacks show and debuggers open. `problem` is set where the text is no
    Python; its statements are then none.
    """

    filename: str
    text: str
    statements: tuple[ast.stmt, ...]
    problem: SyntaxError | None = None


@dataclass(frozen=True)
class Document:
    """A file of the submission: its stem (the module's name) and its cells in order."""

    stem: str
    cells: tuple[Cell, ...]


def read(path: Path, label: str) -> Document:
    """Return the document at `path`, a `.py` or `.ipynb` file; `label` names it in messages."""
    try:
        if path.suffix == ".ipynb":
            cells = tuple(
                _cell(text, f"{label}[cell {number}]") for number, text in _notebook_code(path.read_bytes())
            )
        else:
            cells = (_cell(_decode(path.read_bytes()), label),)
    except (ValueError, RecursionError, MemoryError, OSError) as error:
        cells = (Cell(label, "", (), SyntaxError(f"{label} cannot be read: {error}")),)
    return Document(path.stem, cells)


def _decode(data: bytes) -> str:
    # Windows editors write a byte order mark or cp1252; neither is worth a student's marks.
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cell(text: str, filename: str) -> Cell:
    try:
        tree = ast.parse(text, filename)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        plain = without_magics(text)
        if plain != text:
            return _cell(plain, filename)
        problem = error if isinstance(error, SyntaxError) else SyntaxError(f"{type(error).__name__}: {error}")
        return Cell(filename, text, (), problem)
    return Cell(filename, text, tuple(tree.body))


def without_magics(text: str) -> str:
    """Return a notebook cell with IPython's magics and shell lines blanked, line numbers kept."""
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        if lines[first][2:].split(" ")[0] not in PYTHON_CELL_MAGICS:
            return ""
        lines[first] = ""
    lines = [ASSIGNED_MAGIC.sub(r"\1None", line) for line in lines]
    return "\n".join(LINE_MAGIC.sub(r"\1pass", line) for line in lines)


def _notebook_code(data: bytes) -> list[tuple[int, str]]:
    """Return (cell number as Jupyter counts all cells, text) of each code cell; nbformat 3 and 4."""
    notebook = json.loads(data)
    if not isinstance(notebook, dict):
        raise ValueError("the notebook is no JSON object")
    language = _language(notebook.get("metadata"))
    if language not in {"", "python", "python3", "ipython"}:
        raise ValueError(f"the notebook's language is {language}, expected Python")
    cells = notebook.get("cells")
    if cells is None:
        sheets = notebook.get("worksheets") or []
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]
    if not isinstance(cells, list):
        raise ValueError("the notebook's cells are no list")
    return [
        (number, _text(cell.get("source", cell.get("input", ""))))
        for number, cell in enumerate(cells, 1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def _language(metadata: Any) -> str:
    if not isinstance(metadata, dict):
        return ""
    for key, field in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(key)
        if isinstance(part, dict) and isinstance(part.get(field), str):
            return str(part[field]).lower()
    return ""


def _text(source: Any) -> str:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""
