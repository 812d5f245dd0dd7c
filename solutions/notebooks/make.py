"""Makes the notebooks of this folder from their sources, and runs them: each ID.ipynb out of ID.py.

    python solutions/notebooks/make.py [--quick] [ID …]

A source is a script in cells: ``# %%`` begins one of code, ``# %% [markdown]`` one of text. Cells are run in one
process for each notebook, and what they print and show becomes their output. No kernel is needed, and no time or
process number gets into the file, so that the same machine writes the same bytes again. ``--quick`` runs shortened
notebooks and writes nothing.
"""

from __future__ import annotations

import argparse
import ast
import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

HERE = Path(__file__).resolve().parent
MARKDOWN = "[markdown]"


def cells_of(source: str) -> list[Any]:
    """Return the cells of a script."""
    _, *parts = ("\n" + source).split("\n# %%")
    cells = []
    for number, part in enumerate(parts, 1):
        head, _, body = part.partition("\n")
        if head.strip() == MARKDOWN:
            text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.strip().splitlines())
            cell = v4.new_markdown_cell(text)
        else:
            cell = v4.new_code_cell(body.strip())
        cell["id"] = f"cell-{number}"
        cells.append(cell)
    return cells


def run(cells: list[Any]) -> None:
    """Run the cells of code one after the other, and give each its outputs."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for count, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), 1):
        printed = io.StringIO()
        with redirect_stdout(printed):
            shown = _value(cell.source, names, f"cell {count}")
        cell.execution_count = count
        cell.outputs = [v4.new_output("stream", name="stdout", text=printed.getvalue())] * bool(printed.getvalue())
        if shown is not None:
            bundle = shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else {"text/plain": repr(shown)}
            cell.outputs.append(v4.new_output("execute_result", data=bundle, execution_count=count))


def _value(source: str, names: dict[str, Any], where: str) -> Any:
    """Run a cell; return the value of its last statement if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, where, "exec"), names)
    return eval(compile(ast.Expression(last.value), where, "eval"), names) if isinstance(last, ast.Expr) else None


def make(name: str) -> None:
    """Run the notebook of that name, and write it unless it is only tried."""
    sys.path.insert(0, str(HERE))
    import showing

    notebook = v4.new_notebook(cells=cells_of((HERE / f"{name}.py").read_text(encoding="utf-8")))
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    run(notebook.cells)
    nbformat.validate(notebook)
    if not showing.QUICK:
        nbformat.write(notebook, HERE / f"{name}.ipynb")


def main() -> None:
    """Make all notebooks, or those named, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="shortened, and nothing is written")
    parser.add_argument("names", nargs="*", metavar="ID")
    given = parser.parse_args()
    every = sorted(path.stem for path in HERE.glob("*.py") if "\n# %%" in path.read_text(encoding="utf-8"))
    chosen = given.names or [name for name in every if name not in (Path(__file__).stem, "showing")]
    # One thread: sums of many come out alike, whatever the machine does besides.
    one_thread = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    environment = {**os.environ, **one_thread, **({"NOTEBOOKS_QUICK": "1"} if given.quick else {})}
    program = f"import sys; sys.path.insert(0, {str(HERE)!r}); import make; make.make(sys.argv[1])"
    for name in chosen:
        subprocess.run([sys.executable, "-P", "-c", program, name], env=environment, cwd=HERE, check=True)


if __name__ == "__main__":
    main()
