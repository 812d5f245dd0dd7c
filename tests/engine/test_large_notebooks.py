"""A notebook is as large as what it shows: its code is read all the same, within bounds, whatever its bytes say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.core.errors import SubmissionError
from grader.intake.bounds import MAX_FILE_BYTES
from grader.intake.members import RefusedMember
from grader.intake.outputs import made_small
from grader.intake.stage import stage
from grader.worker.reading.sources import read

MIB = 1024**2


def code(text: str, *outputs: object) -> dict[str, Any]:
    return {"cell_type": "code", "source": [text], "metadata": {}, "outputs": [*outputs], "execution_count": 1}


def text(words: str, **pictures: str) -> dict[str, Any]:
    attached = {name: {"image/png": data} for name, data in pictures.items()}
    return {"cell_type": "markdown", "source": words, "metadata": {}, "attachments": attached}


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    return json.dumps({"cells": [*cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def stream(size: int) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": ['loss "0.1" ]}\\\n'] * (size // 16)}


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


def test_sixty_megabytes_of_outputs_keep_no_code_from_being_read(tmp_path: Path, into: Path) -> None:
    """Catches: refused as larger than a notebook may be, though the code is a page."""
    cells = [code(f"def f{number}(): return '{{[\"' + {number!r}", stream(20 * MIB)) for number in range(3)]
    small = code("def small(): return 1", {"output_type": "stream", "text": ["kept"]})
    (tmp_path / "work.ipynb").write_bytes(notebook(*cells, small))
    assert (tmp_path / "work.ipynb").stat().st_size > 60 * MIB
    staged = stage(tmp_path / "work.ipynb", into)
    assert staged.notes == ("work.ipynb: larger than 24 MiB, copied without outputs of cells (3)",)
    copied = json.loads((into / "work.ipynb").read_bytes())
    assert [cell["source"] for cell in copied["cells"]] == [cell["source"] for cell in (*cells, small)]
    assert [len(cell["outputs"]) for cell in copied["cells"]] == [0, 0, 0, 1]
    assert [len(cell.statements) for cell in read(into / "work.ipynb", "work.ipynb").cells] == [1, 1, 1, 1]


def test_a_notebook_that_is_small_enough_is_copied_as_it_is(tmp_path: Path, into: Path) -> None:
    content = notebook(code("x = 1", stream(MIB)))
    (tmp_path / "work.ipynb").write_bytes(content)
    assert stage(tmp_path / "work.ipynb", into).notes == ()
    assert (into / "work.ipynb").read_bytes() == content


def test_pasted_pictures_stay_before_outputs(tmp_path: Path) -> None:
    whole = notebook(code("x = 1", stream(4000)), text("look", a="A" * 3000), widgets={"state": "w" * 4000})
    kept, left_out = made_small(whole, 4000)
    cells = json.loads(kept)["cells"]
    assert (cells[0]["outputs"], cells[1]["attachments"]["a"]["image/png"]) == ([], "A" * 3000)
    assert left_out == "outputs of cells (1) and the state of widgets (1)"
    bare, _ = made_small(whole, 1000)
    assert json.loads(bare)["cells"][1] == {**text("look"), "attachments": {}}


def test_what_is_called_outputs_elsewhere_stays() -> None:
    """Catches: a cell's code or another part of the notebook is taken for what it shows."""
    whole = json.loads(notebook(code('outputs = {"outputs": ["a"]}', stream(5000))))
    whole["outputs"] = ["not of a cell"]
    whole["cells"][0]["metadata"] = {"outputs": ["not a cell's"], "cells": [[{"outputs": ["nested"]}]]}
    kept, _ = made_small(json.dumps(whole).encode(), 2000)
    whole["cells"][0]["outputs"] = []
    assert json.loads(kept) == whole


def test_notebooks_of_format_3_are_known(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "input": "x = 1", "outputs": [stream(5000)]}
    kept, left_out = made_small(json.dumps({"worksheets": [{"cells": [cell]}]}).encode(), 1000)
    assert left_out == "outputs of cells (1)"
    assert json.loads(kept)["worksheets"][0]["cells"][0] == {**cell, "outputs": []}


@pytest.mark.parametrize(
    "content",
    [
        b'{"cells": [{"outputs": [' + b"[" * 9 * MIB,
        b'{"cells": [' + b'{"a":' * 2 * MIB,
        b"]" * 9 * MIB,
        b'"' * 9 * MIB + b'"',
        b'{"cells": "' + b"\\" * 9 * MIB,
        bytes(9 * MIB),
        b'[{"cells": [1, 2]}, ' + b"1," * 5 * MIB,
    ],
    ids=["open outputs", "open cells", "closed too often", "quotes", "backslashes", "zeros", "a list"],
)
def test_what_is_not_a_notebook_is_left_out_in_time(tmp_path: Path, into: Path, content: bytes) -> None:
    (tmp_path / "work.ipynb").write_bytes(content)
    with pytest.raises(SubmissionError) as raised:
        stage(tmp_path / "work.ipynb", into)
    assert "not a notebook that can be read" in str(raised.value)


def test_code_that_is_too_large_by_itself_is_left_out_and_said_so(tmp_path: Path, into: Path) -> None:
    (tmp_path / "work.ipynb").write_bytes(notebook(code("x" * MAX_FILE_BYTES), text("y")))
    with pytest.raises(SubmissionError, match="no Python") as raised:
        stage(tmp_path / "work.ipynb", into)
    assert "its code and text alone are larger than 8 MiB" in str(raised.value)


def test_brackets_that_do_not_fit_are_refused() -> None:
    for broken in (b"{}]", b'{"cells": [', b"", b'{"cell": []}'):
        with pytest.raises(RefusedMember, match="not a notebook"):
            made_small(broken, 100)
