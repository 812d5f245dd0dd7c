"""A file of somebody else's in which some cells change: no other byte of it does."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.core.errors import UsageError
from grader.publish.cells import RawTable

CELLS = st.text(alphabet='ab1,;"\n \\é=-', max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4)
here = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def table(content: bytes, folder: Path) -> RawTable:
    (folder / "sheet.csv").write_bytes(content)
    return RawTable.read(folder / "sheet.csv", "sheet")


def written(rows: list[list[str]], line_end: str, quoting: int) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end, quoting=quoting).writerows([["a,b", "b", "c"], *rows])  # type: ignore[arg-type]
    return text.getvalue().encode()


@here
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@given(rows=ROWS)
@example(rows=[["", "", ""]])
def test_a_file_in_which_nothing_changes_stays_as_it_is(
    tmp_path: Path, line_end: str, quoting: int, rows: list[list[str]]
) -> None:
    content = written(rows, line_end, quoting)
    assert table(content, tmp_path).changed({}) == content


@here
@given(rows=ROWS, new=CELLS, place=st.integers(0, 2), data=st.data())
def test_a_changed_cell_reads_as_what_it_was_changed_to_and_no_other_changes(
    tmp_path: Path, rows: list[list[str]], new: str, place: int, data: st.DataObject
) -> None:
    content = written(rows, "\n", csv.QUOTE_ALL)
    here = table(content, tmp_path)
    row = data.draw(st.integers(1, len(rows)))
    changed = here.changed({(here.rows[row].line, place): new})
    expected = list(csv.reader(io.StringIO(content.decode(), newline="")))
    expected[row][place] = new
    assert list(csv.reader(io.StringIO(changed.decode(), newline=""))) == expected
    before, after = table(content, tmp_path), table(changed, tmp_path)
    assert [[cell.raw for cell in one.cells] for one in after.rows[:row]] == [
        [cell.raw for cell in one.cells] for one in before.rows[:row]
    ]


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n", b"\n\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_end_of_a_file_and_its_byte_order_mark_stay(tmp_path: Path, ending: bytes, mark: bytes) -> None:
    content = mark + b"a,b\n1,2" + ending
    here = table(content, tmp_path)
    assert here.header == ["a", "b"]
    assert here.changed({}) == content
    assert here.changed({(2, 1): "3"}) == content.replace(b"1,2", b"1,3")


def test_a_file_that_php_has_written_is_read_as_php_means_it(tmp_path: Path) -> None:
    content = b'name,comment,grade\nada,"a \\"quote\\", and a comma",1\n'
    here = table(content, tmp_path)
    assert [cell.text for cell in here.rows[1].cells][::2] == ["ada", "1"]
    assert here.changed({(2, 2): "2"}) == content.replace(b",1\n", b",2\n")


def test_a_file_separated_by_semicolons_stays_so(tmp_path: Path) -> None:
    here = table(b"a;b;c\n1,5;2;3\n", tmp_path)
    assert here.changed({(2, 1): "x;y"}) == b'a;b;c\n1,5;"x;y";3\n'


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        (b"a,b\n1,2\n1,2,3\n", "sheet.csv:3", "3 cells"),
        (b'a,b\n"1\n2",2\n3\n', "sheet.csv:4", "1 cells"),
        (b"a,b\n1,2\n\xe4,2\n", "sheet.csv:3", "the byte 0xe4"),
    ],
)
def test_what_is_no_such_file_is_told_with_its_line(tmp_path: Path, content: bytes, where: str, found: str) -> None:
    with pytest.raises(UsageError, match="sheet") as error:
        table(content, tmp_path)
    assert str(error.value.where).endswith(where)
    assert error.value.found == found
    assert error.value.todo


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        RawTable.read(tmp_path / "none.csv", "sheet")
