"""Scripts and notebooks, however they were saved, taken apart into statements."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.worker.reading.sources import SourceDocument, read


def script(folder: Path, data: bytes | str) -> SourceDocument:
    path = folder / "work.py"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path, "work.py")


def notebook(folder: Path, *sources: Any, **other: Any) -> SourceDocument:
    cells = [source if isinstance(source, dict) else {"cell_type": "code", "source": source} for source in sources]
    return raw_notebook(folder, {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **other})


def raw_notebook(folder: Path, content: object) -> SourceDocument:
    path = folder / "work.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read(path, "work.ipynb")


def code(document: SourceDocument) -> list[str]:
    """Return the statements of all cells, written the one way."""
    assert [cell.problem for cell in document.cells if cell.problem] == []
    return [ast.unparse(statement) for cell in document.cells for statement in cell.statements]


def problem(document: SourceDocument) -> SyntaxError:
    (found,) = [cell.problem for cell in document.cells if cell.problem]
    return found


# ── scripts ───────────────────────────────────────────────────────────────────────────────────────

SAVED_AS: dict[str, bytes] = {
    "UTF-8": "größe = 'é'\n".encode(),
    "UTF-8 with a byte order mark": "größe = 'é'\n".encode("utf-8-sig"),
    "UTF-16 of a Windows shell": "größe = 'é'\r\n".encode("utf-16"),
    "cp1252": "größe = 'é'\n".encode("cp1252"),
    "a declared encoding": "# -*- coding: mac-roman -*-\ngröße = 'é'\n".encode("mac-roman"),
    "an encoding that does not exist": b"# coding: klingon\n" + "größe = 'é'\n".encode("cp1252"),
    "Windows line ends": "größe = \\\r\n    'é'\r\n".encode(),
    "old Mac line ends": "größe = \\\r    'é'\r".encode(),
    "no line end": "größe = 'é'".encode(),
    "form feeds": "\x0cgröße = 'é'\n\x0c\n".encode(),
}


@pytest.mark.parametrize("data", SAVED_AS.values(), ids=SAVED_AS.keys())
def test_a_script_is_read_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    assert code(script(tmp_path, data)) == ["größe = 'é'"]


def test_lines_keep_their_numbers_after_form_feeds_and_other_rare_separators(tmp_path: Path) -> None:
    document = script(tmp_path, "a = '''\x0b\x1c\x85\u2028'''\n\x0c\nb = 2\n")
    assert [statement.lineno for statement in document.cells[0].statements] == [1, 3]


def test_tabs_indent(tmp_path: Path) -> None:
    assert code(script(tmp_path, "def f(x):\n\treturn x\n")) == ["def f(x):\n    return x"]


def test_a_syntax_error_tells_its_file_and_line(tmp_path: Path) -> None:
    error = problem(script(tmp_path, "a = 1\ndef f(:\n    pass\n"))
    assert (error.filename, error.lineno, error.text) == ("work.py", 2, "def f(:\n")


HOSTILE: dict[str, bytes] = {
    "a NUL": b"a = 1\x00\n",
    "deep brackets": b"(" * 100_000,
    "deep signs": b"a = " + b"-" * 100_000 + b"1",
    "deep attributes": b"a = b" + b".c" * 100_000,
    "a huge integer": b"a = " + b"1" * 10_000,
    "bytes that are no text": bytes(range(256)),
    "half a UTF-16 pair": b"\xff\xfea",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_text_that_python_chokes_on_is_a_problem_and_no_exception(tmp_path: Path, data: bytes) -> None:
    assert isinstance(problem(script(tmp_path, data)), SyntaxError)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert "cannot be read" in str(problem(read(tmp_path / "gone.py", "gone.py")))


def test_an_exported_notebook_keeps_its_magics_and_is_read_all_the_same(tmp_path: Path) -> None:
    assert code(script(tmp_path, "%matplotlib inline\n!pip install numpy\nx = 1\n")) == ["pass", "pass", "x = 1"]


# ── notebooks ─────────────────────────────────────────────────────────────────────────────────────


# As Jupyter and nbformat save them.
FORMAT_4 = b"""{
 "cells": [
  {"cell_type": "markdown", "id": "a1", "metadata": {}, "source": ["# Title"]},
  {"cell_type": "code", "execution_count": null, "id": "b2", "metadata": {}, "outputs": [],
   "source": ["x = 1\\n", "y = 2"]},
  {"cell_type": "raw", "id": "c3", "metadata": {}, "source": ["z"]}
 ],
 "metadata": {
  "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
  "language_info": {"name": "python", "version": "3.11.7"}
 },
 "nbformat": 4, "nbformat_minor": 5
}"""
FORMAT_3 = b"""{
 "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0,
 "worksheets": [{"cells": [
  {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["z"]},
  {"cell_type": "code", "collapsed": false, "input": ["x = 1\\n", "y = 2"], "language": "python", "metadata": {},
   "outputs": []}
 ], "metadata": {}}]
}"""


@pytest.mark.parametrize("content", [FORMAT_4, FORMAT_3], ids=["format 4", "format 3"])
def test_a_notebook_as_it_is_saved_gives_its_code_cells_with_their_numbers(tmp_path: Path, content: bytes) -> None:
    document = raw_notebook(tmp_path, content)
    assert code(document) == ["x = 1", "y = 2"]
    assert document.cells[0].filename == "work.ipynb[cell 2]"


def test_a_source_may_be_text_or_lines(tmp_path: Path) -> None:
    assert code(notebook(tmp_path, "x = 1", ["y = 2\n", "z = 3"])) == ["x = 1", "y = 2", "z = 3"]


def test_twice_the_same_cell_id_does_not_matter(tmp_path: Path) -> None:
    twice = [{"id": "a", "cell_type": "code", "source": f"x = {n}"} for n in (1, 2)]
    assert code(notebook(tmp_path, *twice)) == ["x = 1", "x = 2"]


MAGICS = {
    "another folder": ("%cd 'my data'\nx = 1", ["get_ipython().run_line_magic('cd', \"'my data'\")", "x = 1"]),
    "line magic": ("%matplotlib inline\nx = 1", ["pass", "x = 1"]),
    "shell": ("!pip install it's\nx = 1", ["pass", "x = 1"]),
    "shell with an open bracket": ("!echo (\nx = 1", ["pass", "x = 1"]),
    "shell over two lines": ("!pip install \\\n   numpy\nx = 1", ["pass", "x = 1"]),
    "help before": ("?len\nx = 1", ["pass", "x = 1"]),
    "help after": ("np.sum?\nlen??\nx = 1", ["pass", "pass", "x = 1"]),
    "assigned shell": ("files = !ls *.py\nx = 1", ["files = None", "x = 1"]),
    "assigned magic": ("took = %timeit -o f()\nx = 1", ["took = None", "x = 1"]),
    "in a block": ("if True:\n    !ls\n    %ls ..\nx = 1", ["if True:\n    pass\n    pass", "x = 1"]),
    "timed cell": ("%%time\nx = 1", ["x = 1"]),
    "timed cell after blank lines": ("\n\n%%time -n 1\nx = 1", ["x = 1"]),
    "remainders that look like magics": ("%ls ..\ny = (x\n  % z)\n", ["pass", "y = x % z"]),
    "a timed line": ("if True:\n    %time x = f()\n%time\nx = 1", ["if True:\n    x = f()", "pass", "x = 1"]),
    "a file that is run": (
        "%run -i helper.py 'a b'\nx = 1",
        ["get_ipython().run_line_magic('run', \"-i helper.py 'a b'\")", "x = 1"],
    ),
    "text that looks like magics": ("%ls ..\ny = '''\n%a\n!b\n'''", ["pass", "y = '\\n%a\\n!b\\n'"]),
}


@pytest.mark.parametrize(("source", "expected"), MAGICS.values(), ids=MAGICS.keys())
def test_magics_and_shell_lines_are_left_out_and_nothing_else(tmp_path: Path, source: str, expected: list[str]) -> None:
    assert code(notebook(tmp_path, source)) == expected


def test_a_cell_in_another_language_is_left_out_and_told(tmp_path: Path) -> None:
    document = notebook(tmp_path, "%%bash\nrm -rf /\nx = 1", "y = 1")
    assert [len(cell.statements) for cell in document.cells] == [0, 1]
    assert "%%bash" in str(problem(document))


def test_a_cell_that_writes_itself_to_a_file_does_so_and_is_told_not_to_be_run(tmp_path: Path) -> None:
    [cell] = notebook(tmp_path, "%%writefile -a lib/helper.py\n\ny = 'a\\n'\n").cells
    wanted = "get_ipython().run_cell_magic('writefile', '-a lib/helper.py', \"\\ny = 'a\\\\n'\\n\")"
    assert [ast.unparse(statement) for statement in cell.statements] == [wanted]
    assert "%%writefile" in str(cell.problem)
    assert cell.written.endswith("y = 'a\\n'\n")


def test_lines_keep_their_numbers_where_magics_were(tmp_path: Path) -> None:
    document = notebook(tmp_path, "%%time\n!pip install \\\n   numpy\nx = 1")
    assert document.cells[0].statements[-1].lineno == 4


def test_a_syntax_error_costs_its_own_cell(tmp_path: Path) -> None:
    document = notebook(tmp_path, "x = 1", "y = (", "z = 3")
    assert [len(cell.statements) for cell in document.cells] == [1, 0, 1]
    assert problem(document).filename == "work.ipynb[cell 2]"


def test_a_notebook_in_another_language_is_a_problem_that_says_so(tmp_path: Path) -> None:
    error = problem(notebook(tmp_path, "x <- 1", metadata={"kernelspec": {"language": "R"}}))
    assert "language is r" in str(error)


NO_NOTEBOOKS: dict[str, Any] = {
    "no JSON": b"{",
    "no text": b"\xff\xff\xff",
    "a list": [],
    "a number": 5,
    "deep JSON": b"[" * 100_000,
    "cells that are a number": {"cells": 5},
    "worksheets that are a number": {"worksheets": 5},
    "sheets whose cells are a number": {"worksheets": [{"cells": 5}]},
    "an integer without end": b'{"cells": ' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("content", NO_NOTEBOOKS.values(), ids=NO_NOTEBOOKS.keys())
def test_what_is_no_notebook_is_a_problem_and_no_exception(tmp_path: Path, content: Any) -> None:
    assert "work.ipynb cannot be read" in str(problem(raw_notebook(tmp_path, content)))


EMPTY: dict[str, Any] = {
    "no cells": {},
    "cells that are nothing": {"cells": []},
    "cells of no kind": {"cells": [None, 1, "x = 1", [], {}]},
    "sources of no kind": {"cells": [{"cell_type": "code", "source": 5}, {"cell_type": "code", "source": [None, 3]}]},
    "metadata of no kind": {"cells": [], "metadata": [1]},
    "sheets of no kind": {"worksheets": [None, 5, {"cells": None}]},
}


@pytest.mark.parametrize("content", EMPTY.values(), ids=EMPTY.keys())
def test_a_notebook_of_odd_parts_holds_no_statements(tmp_path: Path, content: Any) -> None:
    assert code(raw_notebook(tmp_path, content)) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["cells", "source", "input", "x"]), inner)
    ),
    max_leaves=8,
)


@given(json_values, json_values)
@settings(max_examples=100)
def test_no_json_makes_reading_raise(tmp_path_factory: pytest.TempPathFactory, cells: object, metadata: object) -> None:
    folder = tmp_path_factory.mktemp("json")
    assert raw_notebook(folder, {"cells": cells, "metadata": metadata}).stem == "work"
    assert raw_notebook(folder, {"worksheets": cells}).stem == "work"


@given(st.text(st.sampled_from("%!?=()\\'\"\n ax1#:"), max_size=40))
@settings(max_examples=300)
def test_no_text_makes_reading_raise_and_python_is_left_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    document = script(tmp_path_factory.mktemp("text"), text)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    assert code(document) == [ast.unparse(statement) for statement in tree.body]
