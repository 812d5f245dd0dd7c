"""Tables that a spreadsheet opens: nothing in them becomes a formula, and nothing is changed by preventing it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.core.spreadsheet import inert_csv, plain_cell

CELLS = st.text(alphabet="=+-@;,|\t\r\n\"' a1", max_size=8)
ATTACK = "hari;=1+cmd|'!A0;.py"


def read(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=3))
@example(rows=[["a", ATTACK, "b"]])
@example(rows=[["a", 'x";"=1', "b"]])
@example(rows=[["a", "x\n=1", "b"]])
def test_no_cell_is_a_formula_whichever_separator_a_spreadsheet_goes_by(delimiter: str, rows: list[list[str]]) -> None:
    shown = [cell.lstrip(' "') for row in read(inert_csv(rows), delimiter) for cell in row]
    assert [cell for cell in shown if cell.startswith(("=", "+", "-", "@"))] == []


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=3))
@example(rows=[["'=1", "''=1"], [ATTACK, "-1"]])
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    assert [[plain_cell(cell) for cell in row] for row in read(inert_csv(rows), ",")] == rows


def test_all_cells_are_quoted() -> None:
    assert inert_csv([["a", "", "1,5"]]) == '"a","","1,5"\n'
