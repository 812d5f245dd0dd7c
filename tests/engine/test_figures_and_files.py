"""What student code draws and writes, as a check sees it: the same from a student's own process and from the jail."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.checks import CheckFailed, Submission
from grader.checks.asking.channel import Channel, StudentRaised, StudentStopped
from grader.checks.asking.submission import exchange_of
from grader.checks.figures.shown import (
    Figure,
    assert_in_legend,
    assert_labelled,
    assert_upright,
    line,
    only_axes,
    stands_out,
)
from grader.course.question_spec import QuestionSpec
from grader.intake.stage import stage
from grader.pytest_side.inprocess import InProcess
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Jail
from grader.worker.running.written_files import Written
from grader.worker.wire import codec as wire
from grader.worker.wire.figures import PARTS_LIMIT, TEXT_LIMIT, as_data, figure

PACKAGES = ("numpy", "matplotlib")
Open = Callable[..., Submission]
HEAD = """
import os
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
"""


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail(choose("auto")) as opened:
        yield opened


@pytest.fixture(params=["in process", "jailed"])
def student(request: pytest.FixtureRequest, jail: Jail, tmp_path: Path) -> Iterator[Open]:
    """Open a work of one file on either side."""
    channels: list[Channel] = []

    def opened(text: str, *names: str) -> Submission:
        work = tmp_path / "student"
        work.mkdir()
        (work / "work.py").write_text(HEAD + textwrap.dedent(text), encoding="utf-8")
        if request.param == "jailed":
            staged, limits = stage(work, jail.staging), Limits(cpu_seconds=2)
            channels.append(jail.open(staged.files, QuestionSpec("work", names or ("f",), PACKAGES), limits, Budget()))
        else:
            channels.append(
                InProcess(work, ["work.py"], QuestionSpec("work", names or ("f",), PACKAGES), cpu_seconds=2)
            )
        submission = Submission()
        exchange_of(submission).begin(channels[0])
        return submission

    yield opened
    for channel in channels:
        channel.reset()
        getattr(channel, "close", lambda: None)()


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_figure_arrives_as_what_it_shows(student: Open) -> None:
    shown = student("""
        def f():
            figure, (left, right) = plt.subplots(1, 2)
            figure.suptitle("above")
            left.plot([1, 2, 3], [4, 5, 6], label="loss")
            left.plot([0, 0], [1, 1])
            left.set(title="Training", xlabel="epoch", ylabel="error", yscale="log")
            left.legend()
            right.scatter([1, 2, 3], [3, 2, 1], c=["red", "red", "blue"], label="digits")
            right.imshow(np.arange(6.0).reshape(2, 3))
            return figure
    """).f()
    assert shown.title == "above"
    left, right = shown.axes
    assert (left.title, left.xlabel, left.ylabel, left.xscale, left.yscale) == (
        "Training", "epoch", "error", "linear", "log",
    )  # fmt: skip
    assert [each.label for each in left.lines] == ["loss", ""]
    assert np.array_equal([left.lines[0].x, left.lines[0].y], [[1, 2, 3], [4, 5, 6]])
    assert left.legend == ("loss",)
    assert np.array_equal(right.points[0].xy, [[1, 3], [2, 2], [3, 1]])
    assert np.array_equal(right.points[0].colours, [[1, 0, 0, 1], [1, 0, 0, 1], [0, 0, 1, 1]])
    assert right.points[0].label == "digits"
    assert np.array_equal(right.images[0], [[0, 1, 2], [3, 4, 5]])


def test_axes_stand_for_their_figure_wherever_they_lie_in_an_answer(student: Open) -> None:
    answer = student("""
        def f():
            axes = plt.figure().add_subplot()
            axes.plot([1], [2], "o", label="a")
            return {"here": [axes, 1.0]}
    """).f()
    assert line(only_axes(answer["here"][0]), "a").y == [2]


def test_colours_limits_and_paper_say_what_can_be_seen(student: Open) -> None:
    axes = only_axes(
        student("""
        def f():
            figure, axes = plt.subplots()
            axes.plot([1, 2], [3, 4], color="red", alpha=0.5)
            axes.plot([1, 2], [3, 4], "o", color="lime", markerfacecolor="none")
            axes.plot([1, 2], [3, 4], linewidth=0)
            axes.plot([1, 2], [3, 4], color="white")
            axes.scatter([1, 2], [3, 4], s=[20, 0], c="blue")
            axes.set(xlim=(5, 0), ylim=(0, 6))
            return figure
    """).f()
    )
    assert [each.colour.tolist() for each in axes.lines] == [
        [1, 0, 0, 0.5], [0, 1, 0, 1], [0, 0, 0, 0], [1, 1, 1, 1],
    ]  # fmt: skip
    assert [stands_out(each.colour, axes.paper) for each in axes.lines] == [True, True, False, False]
    assert axes.points[0].colours.tolist() == [[0, 0, 1, 1], [0, 0, 1, 0]]
    assert (axes.xlim.tolist(), axes.ylim.tolist(), axes.paper.tolist()) == ([5, 0], [0, 6], [1] * 4)
    with pytest.raises(CheckFailed):
        assert_upright(axes)


def test_images_are_as_they_are_seen(student: Open) -> None:
    shown = student("""
        def f():
            figure, all_axes = plt.subplots(1, 4)
            x = np.arange(6.0).reshape(2, 3)
            all_axes[0].imshow(x, origin="lower")
            all_axes[1].imshow(x, vmin=1, vmax=4)
            all_axes[2].imshow(x).axes.invert_xaxis()
            all_axes[3].imshow(x, origin="lower", extent=(0, 3, 0, 2)).axes.invert_yaxis()
            return figure
    """).f()
    assert [axes.images[0].tolist() for axes in shown.axes] == [
        [[3, 4, 5], [0, 1, 2]], [[1, 1, 2], [3, 4, 4]], [[2, 1, 0], [5, 4, 3]], [[0, 1, 2], [3, 4, 5]],
    ]  # fmt: skip


def test_images_are_cut_off_by_the_limits_of_their_axes(student: Open) -> None:
    shown = student("""
        def f():
            figure, all_axes = plt.subplots(1, 3)
            x = np.arange(6.0).reshape(2, 3)
            all_axes[0].imshow(x).axes.set_xlim(0.5, 2.5)
            all_axes[1].imshow(x, origin="lower").axes.set_ylim(-0.5, 0.5)
            all_axes[2].imshow(x).axes.set_ylim(9, 5)
            return figure
    """).f()
    assert [axes.images[0].tolist() for axes in shown.axes] == [[[1, 2], [4, 5]], [[0, 1, 2]], []]


def test_legends_come_with_colours_and_colour_bars_with_ticks(student: Open) -> None:
    shown = student("""
        def f():
            figure, (left, right) = plt.subplots(1, 2)
            left.plot([1, 2], [1, 2], "x:", color="red", label="a")
            left.scatter([1], [1], color="blue", label="b")
            left.legend()
            figure.legend([left.bar([1], [1], color="lime")], ["c"])
            points = right.scatter([1, 2], [1, 2], c=[0, 4], s=[1, 1e-3])
            figure.colorbar(points).set_ticks([0, 2, 4])
            return figure
    """).f()
    left, right = shown.axes
    assert left.legend == ("a", "b", "c")
    assert left.keys.tolist() == [[1, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1]]
    assert left.lines[0].look == ": x"
    assert (left.bar.tolist(), right.bar.tolist()) == ([], [0, 2, 4])
    assert right.points[0].colours[:, 3].tolist() == [1, 0]


def test_contours_come_with_their_levels_and_filled_ones_not_at_all(student: Open) -> None:
    axes = only_axes(
        student("""
        def f():
            x = np.linspace(-1, 1, 50)
            figure, axes = plt.subplots()
            axes.contourf(x, x, x**2 + x[:, None] ** 2, levels=[0, 1])
            axes.contour(x, x, x**2 + x[:, None] ** 2, levels=[0.25, 0.64, 99])
            return figure
    """).f()
    )
    assert [contour.level for contour in axes.contours] == [0.25, 0.64]
    for contour in axes.contours:
        assert np.allclose(np.sum(contour.xy**2, axis=1), contour.level, atol=1e-3)
        assert contour.colour[3] == 1


def test_what_cannot_be_seen_and_colour_bars_are_left_out(student: Open) -> None:
    axes = only_axes(
        student("""
        def f():
            figure, axes = plt.subplots()
            figure.colorbar(axes.pcolormesh(np.eye(3)))
            axes.plot([1], [1])[0].set_visible(False)
            axes.scatter([1], [1]).set_visible(False)
            axes.imshow(np.eye(2), alpha=0)
            axes.set_title("hidden").set_visible(False)
            figure.add_subplot().set_visible(False)
            figure.legend([axes.plot([1], [2])[0]], ["of the figure"])
            figure.legend([axes.plot([1], [2])[0]], ["hidden"]).set_visible(False)
            return figure
    """).f()
    )
    assert (axes.title, axes.points, axes.legend) == ("", (), ("of the figure",))
    assert np.array_equal(axes.images[0], np.eye(3))
    assert [each.y.tolist() for each in axes.lines] == [[2.0], [2.0]]


@pytest.mark.parametrize("place", ["left", "center", "right"])
def test_a_title_is_one_wherever_it_stands(student: Open, place: str) -> None:
    axes = student("""
        def f(place):
            axes = plt.figure().add_subplot()
            axes.set_title("of these axes", loc=place)
            return axes
    """).f(place)
    assert axes.axes[0].title == "of these axes"


def test_titles_at_several_places_are_read_from_left_to_right_and_cut(student: Open) -> None:
    axes = student("""
        def f():
            axes = plt.figure().add_subplot()
            axes.set_title("epoch 2", loc="right")
            axes.set_title("t-SNE", loc="left")
            axes.set_title("x" * 10_000)
            return axes
    """).f()
    assert axes.axes[0].title.startswith("t-SNE xxx")
    assert len(axes.axes[0].title) == TEXT_LIMIT


def test_a_figure_that_was_given_back_is_closed(student: Open) -> None:
    submission = student("""
        def f():
            return plt.subplots()[0]

        def count():
            return len(plt.get_fignums())
    """, "f", "count")  # fmt: skip
    submission.f()
    assert submission.count() == 0


def test_a_figure_of_too_many_parts_is_refused(student: Open) -> None:
    submission = student(f"""
        def f():
            figure, axes = plt.subplots()
            for _ in range({PARTS_LIMIT}):
                axes.add_artist(plt.Line2D([1], [1]))
            return figure
    """)
    with pytest.raises(StudentRaised, match=f"a figure of more than {PARTS_LIMIT} parts") as caught:
        submission.f()
    assert caught.value.raised_by_student  # type: ignore[attr-defined]


def test_words_of_any_length_are_cut(student: Open) -> None:
    shown = student("def f():\n    return plt.figure().add_subplot(title='x' * 10**6)").f()
    assert only_axes(shown).title == "x" * TEXT_LIMIT


def test_a_figure_that_never_stops_describing_itself_times_out(student: Open) -> None:
    submission = student("""
        class Endless(Figure):
            @property
            def axes(self):
                while True:
                    pass

        def f():
            return Endless()
    """)
    with pytest.raises(StudentStopped) as caught:
        submission.f()
    assert caught.value.outcome == "timed_out"


@pytest.mark.parametrize(
    "trick",
    [
        "axes = property(lambda self: 1 / 0)",
        "axes = property(lambda self: [object()])",
        "legends = property(lambda self: [self])",
        "__class__ = property(lambda self: 1 / 0)",
    ],
)
def test_a_figure_that_pretends_costs_no_more_than_its_own_call(student: Open, trick: str) -> None:
    submission = student(f"""
        class Pretender(Figure):
            {trick}

        def f(pretends):
            return Pretender() if pretends else 1
    """)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is the student's choice
        submission.f(True)
    assert caught.value.raised_by_student  # type: ignore[attr-defined]
    assert submission.f(False) == 1


@pytest.mark.parametrize(
    "trick",
    [
        "line.get_visible = lambda: 1 / 0",
        "line.get_visible = lambda: np.ones(3)",
        "line.get_visible = sys.exit",
        "line.get_xdata = lambda orig: [object()]",
        "line.get_xdata = lambda orig: bytearray(10**12)",
        "axes.__class__ = type('Endless', (type(axes),), {'lines': property(lambda self: itertools.repeat(line))})",
        "axes.get_legend = lambda: figure",
    ],
)
def test_artists_that_lie_cost_no_more_than_their_own_call(student: Open, trick: str) -> None:
    submission = student(f"""
        import itertools
        import sys

        def f(lies):
            if not lies:
                return 1
            figure, axes = plt.subplots()
            line = axes.plot([1, 2], [3, 4])[0]
            {trick}
            return figure
    """)
    with pytest.raises((Exception, StudentStopped)):
        submission.f(True)
    assert submission.f(False) == 1


def a_figure() -> list[object]:
    points, colours = np.zeros((2, 2)), np.zeros((2, 4))
    axes = [
        "t",
        "x",
        "y",
        "linear",
        "log",
        ["l"],
        [["a", np.zeros(3), np.ones(3), np.ones(4), "- o"]],
        [["", points, colours]],
    ]
    end = [np.zeros(2), np.ones(2), np.ones(4), np.ones((1, 4)), np.arange(3.0)]
    return ["top", [[*axes, [np.eye(2)], [[1.5, points, np.ones(4)]], *end]]]


def test_a_figure_survives_the_wire() -> None:
    back = wire.normalise(figure(a_figure()))
    assert isinstance(back, Figure)
    assert repr(as_data(back)) == repr(a_figure())


MISFITS: dict[str, Callable[[list[object]], object]] = {
    "no list": tuple,
    "a part too many": lambda data: [*data, 1],
    "no title": lambda data: [None, data[1]],
    "a long title": lambda data: ["x" * (TEXT_LIMIT + 1), data[1]],
    "axes that are a number": lambda data: [data[0], [1]],
}
INSIDE: dict[str, tuple[int, object]] = {
    "x without y": (6, [["a", np.zeros(3), np.zeros(2), np.ones(4), ""]]),
    "a line of objects": (6, [["a", [1], [1], np.ones(4), ""]]),
    "a colour of three": (6, [["a", np.zeros(3), np.zeros(3), np.ones(3), ""]]),
    "three limits": (10, np.zeros(3)),
    "integers": (6, [["a", np.zeros(3, int), np.zeros(3, int), np.ones(4), ""]]),
    "points in space": (7, [["", np.zeros((2, 3)), np.zeros((2, 4))]]),
    "a colour too few": (7, [["", np.zeros((2, 2)), np.zeros((1, 4))]]),
    "an image in four dimensions": (8, [np.zeros((1, 1, 1, 1))]),
    "a level that is text": (9, [["1", np.zeros((2, 2)), np.ones(4)]]),
    "a legend of numbers": (5, [1.0]),
    "a style that is a number": (6, [["a", np.zeros(3), np.zeros(3), np.ones(4), 1]]),
    "a contour without a colour": (9, [[1.5, np.zeros((2, 2)), np.ones(3)]]),
    "a legend's colour too many": (13, np.ones((2, 4))),
    "ticks in rows": (14, np.ones((1, 2))),
}


def frame(data: object) -> tuple[bytes, bytes]:
    """Return the frame of a figure that is made of anything."""
    whole = wire.encode(data)
    header, buffers = whole[8 : 8 + wire.lengths(whole[:8])[0]], whole[8 + wire.lengths(whole[:8])[0] :]
    return b"\xa1p" + header, buffers


@pytest.mark.parametrize("misfit", [*MISFITS, *INSIDE])
def test_a_forged_figure_is_no_value(misfit: str) -> None:
    data = a_figure()
    assert isinstance(wire.decode(*frame(data)), Figure)
    if misfit in MISFITS:
        forged = MISFITS[misfit](data)
    else:
        place, part = INSIDE[misfit]
        data[1][0][place] = part  # type: ignore[index]
        forged = data
    with pytest.raises(wire.WireError):
        wire.decode(*frame(forged))


def test_helpers_say_what_a_figure_lacks() -> None:
    axes = figure(a_figure()).axes[0]
    assert_labelled(axes)
    assert_in_legend(axes, ["l"])
    lacks: dict[str, Callable[[], object]] = {
        "no line with the required label": lambda: line(axes, "b"),
        "does not name everything": lambda: assert_in_legend(axes, ["l", "m"]),
        "one pair of axes": lambda: only_axes(Figure("", (axes, axes))),
        "not a matplotlib figure": lambda: only_axes(3.0),
        "nothing was returned": lambda: only_axes(None),
    }
    for words, check in lacks.items():
        with pytest.raises(CheckFailed, match=words):
            check()


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_read_as_it_was_written(student: Open) -> None:
    submission = student("def f(file, data):\n    Path(file).write_bytes(data)")
    submission.f(submission.path("a.bin"), b"\x00\xff")
    assert submission.file("a.bin") == b"\x00\xff"
    assert "f('a.bin', b'\\x00\\xff')" in exchange_of(submission).log.snippet()


def test_what_is_written_beside_a_file_is_seen(student: Open) -> None:
    submission = student("""
        def f(file, beside):
            Path(file).touch()
            for name in beside:
                Path(file).with_name(name).touch()
    """)
    for beside in ([], ["a.png", "b.gif"]):
        submission.f(submission.path("a.gif"), beside)
        assert sorted(submission.beside("a.gif")) == beside


def test_what_is_written_into_the_working_folder_is_seen(
    student: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    submission = student("""
        import time
        def f():
            time.sleep(0.02)  # a file system's clock may be coarse
            Path("left_behind").write_text("")
    """)
    times = [submission.beside().get("left_behind")]
    for _ in range(2):
        submission.f()
        times.append(submission.beside().get("left_behind"))
    assert times[0] is None
    assert len(set(times)) == 3


def test_no_name_hides_what_is_written(student: Open) -> None:
    """Catches: files called as the grader's own folders are, or with a dot, that are not seen."""
    submission = student("""
        def f(file):
            for name in ("written-1", ".frame"):
                Path(file).with_name(name).touch()
    """)
    submission.f(submission.path("a.gif"))
    assert sorted(submission.beside("a.gif")) == [".frame", "written-1"]


def test_a_folder_of_the_students_is_not_taken_for_the_graders(student: Open) -> None:
    submission = student("""
        os.makedirs("written-1", exist_ok=True)
        def f(file):
            Path(file).touch()
    """)
    submission.f(submission.path("a.gif"))
    assert submission.file("a.gif") == b""


def test_a_time_that_is_set_back_hides_nothing(student: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches: a file written anew whose time of modification is what it was."""
    monkeypatch.chdir(tmp_path)
    submission = student("""
        import time
        from contextlib import suppress
        def f():
            time.sleep(0.02)  # a file system's clock may be coarse
            Path("frame.png").write_text("x")
            with suppress(PermissionError):  # in the jail
                os.utime("frame.png", (1, 1))
    """)
    submission.f()
    before = submission.beside()["frame.png"]
    submission.f()
    assert submission.beside()["frame.png"] != before


def test_who_has_gone_elsewhere_is_looked_at_where_code_begins(
    student: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches: a student's `os.chdir`, or a home of its own, that has another folder listed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))  # so that it is set back
    submission = student("""
        HOME = os.environ.__setitem__("HOME", "/nowhere")
        def f(file, home=HOME):
            Path("left_behind").touch()
            os.mkdir("elsewhere")
            os.chdir("elsewhere")
            Path(file).touch()
    """)
    submission.f(submission.path("a.gif"))
    assert submission.file("a.gif") == b""
    assert "left_behind" in submission.beside()


def test_more_files_than_can_be_looked_at_are_told(student: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches: a thousand empty files before the one that is not to be seen."""
    submission = student("""
        def f(file):
            for number in range(30):
                Path(file).with_name(str(number)).touch()
    """)
    submission.f(submission.path("a.gif"))
    assert len(submission.beside("a.gif")) == 30
    monkeypatch.setattr("grader.checks.asking.submission.NAMES_LIMIT", 29)
    with pytest.raises(CheckFailed, match="more than 29 files are beside"):
        submission.beside("a.gif")


def test_of_too_many_names_one_more_than_the_limit_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.worker.running.written_files.NAMES_LIMIT", 3)
    for number in range(9):
        (tmp_path / str(number)).touch()
    assert len(Written(tmp_path).listed(".")) == 4


def test_each_path_is_new_so_that_no_older_file_passes_for_the_one_that_was_asked_for(student: Open) -> None:
    submission = student("""
        def f(file):
            if not os.listdir(os.path.dirname(file)):
                Path(file).write_text("1")
    """)
    submission.f(submission.path("a.txt"))
    assert submission.file("a.txt") == b"1"
    submission.path("a.txt")
    with pytest.raises(CheckFailed, match="no file was written"):
        submission.file("a.txt")


@pytest.mark.parametrize(
    "write",
    [
        "pass",
        "os.mkdir(file)",
        "os.mkfifo(file)",
        "os.symlink(file, file)",
        "os.symlink('/dev/zero', file)",
        "Path(file + '.gif').touch()",
    ],
)
def test_what_is_no_plain_file_is_no_file(student: Open, write: str) -> None:
    submission = student(f"def f(file):\n    try:\n        {write}\n    except PermissionError:\n        pass")
    submission.f(submission.path("a.gif"))
    with pytest.raises(CheckFailed, match="no file was written"):
        submission.file("a.gif")


def test_a_file_larger_than_eight_mebibytes_is_refused(student: Open) -> None:
    submission = student("def f(file, size):\n    Path(file).write_bytes(bytes(size))")
    submission.f(submission.path("a.bin"), 8 << 20)
    assert len(submission.file("a.bin")) == 8 << 20
    submission.f(submission.path("a.bin"), (8 << 20) + 1)
    with pytest.raises(CheckFailed, match="larger than 8 MiB"):
        submission.file("a.bin")


@pytest.mark.parametrize(
    "name", ["../a.gif", "/a.gif", "a/b.gif", ".hidden", "", "a\n.gif", "a.gif.", "x" * 99, "con:"]
)
def test_only_a_plain_name_is_kept_or_asked_for(name: str) -> None:
    for act in (lambda: Submission().path(name), lambda: Submission().keep(name, b"")):
        with pytest.raises(ValueError, match="not a plain file name"):
            act()


def test_what_is_kept_is_bounded() -> None:
    submission = Submission()
    submission.keep("a.gif", bytes(8 << 20))
    submission.keep("b.gif", bytes(8 << 20))
    with pytest.raises(ValueError, match="16 MiB in all"):
        submission.keep("c.gif", b"1")


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        ("axes.imshow(pixels, origin='lower')", [[3, 4, 5], [0, 1, 2]]),
        ("axes.imshow(pixels); axes.invert_yaxis()", [[3, 4, 5], [0, 1, 2]]),
        ("axes.imshow(pixels, origin='lower'); axes.invert_yaxis()", [[0, 1, 2], [3, 4, 5]]),
        ("axes.imshow(pixels, extent=(0, 3, 0, 2))", [[0, 1, 2], [3, 4, 5]]),
        ("axes.imshow(pixels); axes.invert_xaxis()", [[2, 1, 0], [5, 4, 3]]),
        ("axes.imshow(pixels, vmin=1, vmax=3)", [[1, 1, 2], [3, 3, 3]]),
    ],
)
def test_pixels_are_what_is_seen_of_them(student: Open, drawn: str, seen: list[list[float]]) -> None:
    shown = student(f"""
        def f():
            figure, axes = plt.subplots()
            pixels = np.arange(6.0).reshape(2, 3)
            {drawn}
            return figure
    """).f()
    assert np.array_equal(shown.axes[0].images[0], seen)
