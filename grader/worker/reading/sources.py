"""Scripts and notebooks split into cells of statements. Runs where the student's text is safe to read.

A submission's text is hostile: deep nesting makes `ast.parse` raise MemoryError or RecursionError, JSON can be
malformed. Whatever cannot be read becomes the cell's `problem`, never an exception.
"""

from __future__ import annotations

import ast
import codecs
import io
import json
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .problems import Unreadable

# Cell magics whose body is still Python; the body of any other (%%bash, %%html, …) is not.
PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun"}
CELL_MAGIC = re.compile(r"\s*(%%(?P<name>\w*)[^\n]*)")
LINE_MAGIC = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2}\s*)$")
TIMED_LINE = re.compile(r"^(\s*)%time\s+(?=\S)")
CALLED_MAGIC = re.compile(r"^(\s*)%(run|cd)\s+(.*\S)\s*$")
WRITING_CELL_MAGICS = {"writefile", "file"}
ASSIGNED_MAGIC = re.compile(r"^(\s*[\w,\s]+=\s*)[%!].*$")


@dataclass(frozen=True)
class Cell:
    """A piece of source: a whole script, or one code cell of a notebook.

    `filename` is what tracebacks show and debuggers open. `problem` is set if the text is not Python; there are no
    statements then. A cell that writes itself to a file has both: its statement does that, and its problem is that
    `written` is not run here.
    """

    filename: str
    text: str
    statements: tuple[ast.stmt, ...]
    problem: SyntaxError | None = None
    written: str = ""


@dataclass(frozen=True)
class SourceDocument:
    """A file of the submission: its stem (the module's name) and its cells in order."""

    stem: str
    cells: tuple[Cell, ...]


def read(path: Path, label: str) -> SourceDocument:
    """Return the document at `path`, a `.py` or `.ipynb` file; `label` is its name in messages."""
    try:
        data = path.read_bytes()
        if path.suffix == ".ipynb":
            cells = tuple(_cell(text, f"{label}[cell {number}]") for number, text in _notebook_code(data))
        else:
            cells = (_cell(_decode(data), label),)
    except (ValueError, TypeError, RecursionError, MemoryError, OSError) as error:
        cells = (Cell(label, "", (), Unreadable(f"{label} cannot be read: {error}")),)
    return SourceDocument(path.stem, cells)


def _decode(data: bytes) -> str:
    # Windows editors write a byte order mark, UTF-16 or cp1252; none of that should cost marks.
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def _cell(text: str, filename: str) -> Cell:
    magic = CELL_MAGIC.match(text)
    if magic and magic["name"] not in PYTHON_CELL_MAGICS:
        reason = f"%%{magic['name']} makes it a cell that is not Python"
        problem = Unreadable(f"{filename} cannot be read: {reason}")
        if magic["name"] in WRITING_CELL_MAGICS:
            call = _writing(magic, text)
            return Cell(filename, call, tuple(ast.parse(call, filename).body), problem, text)
        return Cell(filename, text, (), problem)
    lines = re.split(r"\r\n|\r|\n", text[: magic.start(1)] + text[magic.end(1) :] if magic else text)
    while True:
        plain = "\n".join(lines)
        try:
            return Cell(filename, plain, tuple(ast.parse(plain, filename).body))
        except SyntaxError as error:
            if not _blank_magic(lines, (error.lineno or 0) - 1):
                return Cell(filename, plain, (), error)
        except (ValueError, RecursionError, MemoryError) as error:
            return Cell(filename, plain, (), Unreadable(f"{filename} cannot be read: {error or type(error).__name__}"))


def _writing(magic: re.Match[str], text: str) -> str:
    """Return the call that represents a cell which writes itself to a file."""
    line, body = magic[1].partition(magic["name"])[2].strip(), re.sub(r"\A(?:\r\n|\r|\n)", "", text[magic.end() :])
    return f"get_ipython().run_cell_magic({magic['name']!r}, {line!r}, {body!r})"


def _blank_magic(lines: list[str], index: int) -> bool:
    """Blank the magic or shell command at which Python failed in a line; rewrite ``%run`` and ``%cd`` as calls."""
    if not 0 <= index < len(lines):
        return False
    if called := CALLED_MAGIC.match(lines[index]):
        lines[index] = f"{called[1]}get_ipython().run_line_magic({called[2]!r}, {called[3]!r})"
        return True
    if TIMED_LINE.match(lines[index]):
        lines[index] = TIMED_LINE.sub(r"\1", lines[index])
        return True
    plain = LINE_MAGIC.sub(r"\1pass", ASSIGNED_MAGIC.sub(r"\1None", lines[index]))
    if plain == lines[index]:
        return False
    while lines[index].endswith("\\") and index + 1 < len(lines):
        lines[index], plain, index = plain, "", index + 1
    lines[index] = plain
    return True


def _notebook_code(data: bytes) -> list[tuple[int, str]]:
    """Return (cell number, text) of each code cell."""
    notebook = opened(data)
    language = _language(notebook.get("metadata"))
    if language not in {"", "python", "python3", "ipython"}:
        raise ValueError(f"the notebook's language is {language}, expected Python")
    return [(number, cell_text(cell)) for number, cell in cells_of(notebook) if cell.get("cell_type") == "code"]


def text_cells(path: Path) -> list[tuple[int, str]]:
    """Return (cell number, text) of each cell of a notebook that is not code; nothing if it is not a notebook."""
    try:
        cells = cells_of(opened(path.read_bytes()))
    except (ValueError, TypeError, RecursionError, MemoryError, OSError):
        return []
    return [(number, cell_text(cell)) for number, cell in cells if cell.get("cell_type") != "code"]


def opened(data: bytes) -> dict[str, Any]:
    """Return a notebook as parsed JSON. Raises ValueError if it is not one."""
    try:
        notebook = json.loads(data)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not a notebook (not JSON from line {error.lineno} on)") from error
    if not isinstance(notebook, dict):
        raise ValueError("the notebook is not a JSON object")
    return notebook


def cells_of(notebook: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """Return the cells with their numbers as Jupyter counts them; nbformat 3 and 4."""
    cells = notebook.get("cells")
    if cells is None:
        sheets = notebook.get("worksheets") or []
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]
    if not isinstance(cells, list):
        raise ValueError("the notebook's cells are not a list")
    return [(number, cell) for number, cell in enumerate(cells, 1) if isinstance(cell, dict)]


def cell_text(cell: dict[str, Any]) -> str:
    """Return the text of a cell, "" if it is not text."""
    return _text(cell.get("source", cell.get("input", "")))


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
