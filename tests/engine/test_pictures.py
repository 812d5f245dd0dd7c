"""Pictures of expected against got, and the page of the last run."""

from __future__ import annotations

import base64
import re
import struct
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.checks import CheckFailed, Quadratic, assert_close
from grader.checks.asking.failing import Compared
from grader.core.outcome import Check, CheckResult, Feedback, Outcome
from grader.course.rubric.model import Rubric
from grader.desk.page import AssignmentRun, page
from grader.desk.pictures import NEGATIVE, PLOT, POSITIVE, Drawing, picture
from grader.pytest_side.last_run import LastRun

Pixels = NDArray[np.uint8]
SVG = "{http://www.w3.org/2000/svg}"
BOWL = Quadratic(hessian=((20.0, 3.0), (3.0, 2.0)), minimum=(0.5, -1.0), start=(1.0, 3.0))


def drawn(expected: object, got: object, over: Quadratic | None = None) -> Drawing | None:
    """Return the picture of a failed comparison."""
    with pytest.raises(CheckFailed) as failed:
        assert_close(got, expected, what="the thing", over=over)
    return picture(failed.value.compared)


def some(expected: object, got: object, over: Quadratic | None = None) -> Drawing:
    found = drawn(expected, got, over)
    assert found is not None
    return found


def images(shown: Drawing) -> list[Pixels]:
    """Return the pixels of each panel, shape (rows, columns, 4)."""
    data = re.findall(r"data:image/png;base64,([^\"]+)", shown.svg())
    return [unpacked(base64.b64decode(text)) for text in data]


def unpacked(png: bytes) -> Pixels:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = dict[bytes, bytes](), 8
    while place < len(png):
        (size,), kind = struct.unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        chunks[kind] = png[place + 8 : place + 8 + size]
        assert struct.unpack(">I", png[place + 8 + size : place + 12 + size])[0] == zlib.crc32(kind + chunks[kind])
        place += 12 + size
    columns, rows = struct.unpack(">II", chunks[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(rows, 1 + 4 * columns)
    return lines[:, 1:].reshape(rows, columns, 4)


# ── heat maps ─────────────────────────────────────────────────────────────────────────────────────


def test_a_gradient_is_three_maps_in_which_the_error_stands_out() -> None:
    expected = np.arange(-6.0, 6.0).reshape(3, 4)
    got = expected.copy()
    got[1, 2], got[2, 0] = -got[1, 2] - 5, 8.0
    shown = some(expected, got)
    right, wrong, off = images(shown)
    assert right.shape == (3, 4, 4)
    for values, pixels in ((expected, right), (got, wrong), (got - expected, off)):
        assert np.array_equal(pixels[values > 0][:, :3], np.tile(POSITIVE, (int((values > 0).sum()), 1)))
        assert np.array_equal(pixels[values < 0][:, :3], np.tile(NEGATIVE, (int((values < 0).sum()), 1)))
        assert not pixels[values == 0][:, 3].any()
    assert [tuple(place) for place in np.argwhere(off[..., 3])] == [(1, 2), (2, 0)]
    assert off[..., 3].max() == 255
    assert "the largest error is 6, at [2, 0]" in shown.caption


def test_of_more_axes_the_worst_slice_is_shown() -> None:
    expected = np.ones((2, 3, 5, 4))
    got = expected.copy()
    got[1, 2, 3, 1] = 4.0
    got[0, 0, 0, 0] = 1.5
    shown = some(expected, got)
    assert "the thing [1, 2, :, :]: the largest error is 3, at [1, 2, 3, 1]" in shown.caption
    assert np.argwhere(images(shown)[2][..., 3]).tolist() == [[3, 1]]


def test_a_large_map_is_made_small_and_keeps_a_single_wrong_entry() -> None:
    expected = np.ones((500, 300))
    got = expected.copy()
    got[123, 45] = -1.0
    pixels = images(some(expected, got))[2]
    assert max(pixels.shape[:2]) <= 64
    assert np.argwhere(pixels[..., 3]).tolist() == [[123 // 8, 45 // 5]]
    assert tuple(pixels[15, 9, :3]) == NEGATIVE


# ── paths and curves ──────────────────────────────────────────────────────────────────────────────


def lines(shown: Drawing) -> list[NDArray[np.float64]]:
    """Return the points of each line, in the picture's units."""
    tree = ElementTree.fromstring(shown.svg())
    texts = [line.attrib["points"] for line in tree.iter(f"{SVG}polyline")]
    return [np.array([tuple(map(float, pair.split(","))) for pair in text.split()]) for text in texts]


def test_paths_are_drawn_over_contours_on_which_the_function_is_the_same() -> None:
    path = np.array([[1.0, 3.0], [-1.0, 2.4], [0.0, 1.62], [0.5, 0.906]])
    got = path.copy()
    got[2:] += 0.3
    shown = some(path, got, BOWL)
    *contours, right, wrong = lines(shown)
    assert len(right) == len(wrong) == 4
    assert np.array_equal(right[:2], wrong[:2])
    assert not np.isclose(right[2:], wrong[2:]).any()
    points = np.concatenate([path, got, [BOWL.minimum]])
    least, most = points.min(axis=0), points.max(axis=0)
    low, high = least - 0.06 * (most - least), most + 0.06 * (most - least)
    heights = []
    for ring in contours:
        places = np.stack([(ring[:, 0] - PLOT[0]) / PLOT[2], 1 - (ring[:, 1] - PLOT[1]) / PLOT[3]], axis=1)
        from_minimum = low + places * (high - low) - BOWL.minimum
        values = np.einsum("ni,ij,nj->n", from_minimum, BOWL.matrix, from_minimum)
        assert np.ptp(values) < 0.02 * values.max() + 0.02
        heights.append(values.mean())
    assert len(heights) == 10
    assert np.all(np.diff(heights) > 0)
    assert "the paths diverge at step 2" in shown.caption


def test_a_saddle_has_paths_and_no_contours() -> None:
    saddle = Quadratic(hessian=((1.0, 0.0), (0.0, -1.0)), minimum=(0.0, 0.0), start=(1.0, 1.0))
    assert len(lines(some(np.eye(2), np.eye(2) + 1, saddle))) == 2


def test_a_series_is_two_curves() -> None:
    expected = 0.5 ** np.arange(9.0)
    got = expected.copy()
    got[5] = 0.9
    shown = some(expected, got)
    right, wrong = lines(shown)
    assert np.argwhere((right != wrong).any(axis=1)).tolist() == [[5]]
    assert "at [5]" in shown.caption


def test_of_a_long_series_a_single_wrong_entry_is_left() -> None:
    expected = np.sin(np.arange(100_000.0))
    got = expected.copy()
    got[54_321] = 7.0
    right, wrong = lines(some(expected, got))
    assert len(right) == len(wrong) == 600
    assert np.argwhere((right != wrong).any(axis=1)).tolist() == [[54_321 * 600 // 100_000]]


# ── what has none ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1.0, 2.0),
        (np.ones(3), np.zeros(3)),
        (np.eye(2), np.zeros((2, 2))),
        (np.ones((4, 4)), np.ones((4, 5))),
        (np.ones((4, 4)), np.full((4, 4), np.nan)),
        (np.ones((4, 4)), np.full((4, 4), 1j)),
        (np.ones((4, 4)), None),
    ],
)
def test_where_numbers_or_words_say_it_there_is_no_picture(expected: object, got: object) -> None:
    assert drawn(expected, got) is None
    assert picture(None) is None


def test_a_file_of_its_own_is_whole_and_takes_the_readers_colours() -> None:
    shown = picture(Compared("<the> & thing", np.eye(4), np.zeros((4, 4))))
    assert shown is not None
    root = ElementTree.fromstring(shown.svg(alone=True))
    assert "Canvas" in root.attrib["style"]
    assert "style" not in ElementTree.fromstring(shown.svg()).attrib
    assert root[0].text == shown.caption
    assert [element.tag for element in root.iter() if "script" in element.tag] == []


# ── the page ──────────────────────────────────────────────────────────────────────────────────────


class Reader(HTMLParser):
    """Takes a page apart, and fails where tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in {"meta", "link", "img", "br"}:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def rubric() -> Rubric:
    asked = {
        "id": "a.b", "title": "(a) One & two", "module": "m", "names": ["f"], "hints": ["Look < here.", "A law."],
        "criteria": [{"id": "a.b.c", "title": "it is so", "marks": 1}, {"id": "a.b.d", "title": "so too", "marks": 2}],
    }  # fmt: skip
    return Rubric.model_validate({"assignment": "tiny", "title": "Sums", "marks": 3, "questions": [asked]})


def test_the_page_holds_all_that_was_said_and_nothing_that_runs_or_is_fetched(rubric: Rubric) -> None:
    one, other = (Check(f"t.py::{name}", f"a.b.{name}", "public", f"Ask {name}.", "") for name in "cd")
    feedback = Feedback(
        kind="it is wrong", misconception="A <b>name</b>.", detail="expected 1\ngot 2", snippet="f(1)",
        printed="<script>alert(1)</script>", traceback="here",
    )  # fmt: skip
    results = {
        "a.b.c": [CheckResult(one, Outcome.FAILED, feedback)],
        "a.b.d": [CheckResult(other, Outcome.PASSED)],
    }
    shown = picture(Compared("the map", np.eye(4), np.zeros((4, 4))))
    assert shown is not None
    text = page([AssignmentRun(rubric, results, {one: shown})])
    read = Reader(text)
    said = ["Sums", "tiny: 2 of 3 marks", "(a) One & two", "it is wrong", "A <b>name</b>.", "expected 1\ngot 2", "f(1)"]
    said += ["<script>alert(1)</script>", "Ask c.", shown.caption, "hint 1 of 2", "Look < here.", "A law.", "✗ failed"]
    assert [words for words in said if words not in read.text] == []
    assert not {"script", "link", "iframe", "object", "img"} & {*read.tags}
    assert {address.partition(",")[0] for address in read.addresses} == {"#a.b", "data:image/png;base64"}
    assert "prefers-color-scheme: dark" in text
    assert "Ask d." not in read.text


def test_a_criterion_of_which_some_checks_did_not_run_has_no_marks_on_the_page(rubric: Rubric) -> None:
    check = Check("t.py::c", "a.b.c", "public", "Ask.", "")
    results = {"a.b.c": [CheckResult(check, Outcome.PASSED)]}
    assert "1 of 1 marks" in page([AssignmentRun(rubric, results)])
    assert "it is so" not in page([AssignmentRun(rubric, results, cut_short=frozenset({"a.b.c"}))])


def test_a_run_at_the_desk_leaves_a_page_and_pictures(tiny_course: Path) -> None:
    suite = tiny_course / "tests" / "public" / "test_sums.py"
    words = suite.read_text(encoding="utf-8")
    words = words.replace("from grader.checks import", "import numpy as np\n\nfrom grader.checks import assert_close,")
    asked = 'assert_close(submission.double(np.eye(4)), 2 * np.eye(4), what="it")'
    suite.write_text(words.replace("assert submission.double(7) == 2 * 7", asked), encoding="utf-8")
    (tiny_course / "student" / "sums.py").write_text("def double(number):\n    return 3 * number\n", encoding="utf-8")

    def run(*more: str) -> str:
        command = [sys.executable, "-m", "pytest", "tests/public", *more]
        done = subprocess.run(command, cwd=tiny_course, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout

    first = run()
    assert "last_run/test_double_of_seven.svg" in first
    assert "last_run/index.html" in first
    folder = tiny_course / "last_run"
    assert ElementTree.parse(folder / "test_double_of_seven.svg").getroot().tag == f"{SVG}svg"
    assert "it has wrong values" in Reader((folder / "index.html").read_text(encoding="utf-8")).text
    (tiny_course / "student" / "sums.py").write_text("def double(number):\n    return 2 * number\n", encoding="utf-8")
    second = run()
    assert "svg" not in second
    assert [*folder.glob("*.svg")] == []


def test_a_folder_that_cannot_be_written_costs_only_the_page(tmp_path: Path) -> None:
    (tmp_path / "last_run").write_text("a file in the way", encoding="utf-8")
    assert LastRun(tmp_path).finish([], []) == ""
