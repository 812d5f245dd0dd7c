"""GIFs, taken apart where they can do no harm."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from grader.checks import CheckFailed
from grader.checks.figures.gifs import changed, read_gif

ATTEMPTS = """
import os, socket, sys
from PIL import GifImagePlugin
from grader.worker.running import gif_reader
gif_reader._confine()
for name, attempt in {
    "read": lambda: open("/etc/passwd"), "write": lambda: open("/tmp/gradproof-test", "w"), "fork": os.fork,
    "connect": socket.socket, "memory": lambda: bytes(1 << 30),
}.items():
    try:
        attempt()
        print(name)
    except (OSError, MemoryError):
        pass
"""


def gif(greys: list[int], size: tuple[int, int] = (8, 4), **options: object) -> bytes:
    frames = [Image.new("RGB", size, (grey, grey, grey)) for grey in greys]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], **options)
    return out.getvalue()


def test_frames_durations_size_and_repeats_are_read() -> None:
    got = read_gif(gif([0, 100, 200, 0], duration=[40, 50, 60, 70], loop=0))
    assert (got.size, got.durations, got.repeats, got.distinct) == ((8, 4), (40, 50, 60, 70), 0, 3)
    assert got.frames.shape == (4, 4, 8, 3)
    assert got.frames[:, 0, 0, 0].tolist() == [0, 100, 200, 0]


@pytest.mark.parametrize(("options", "repeats"), [({}, None), ({"loop": 0}, 0), ({"loop": 3}, 3)])
def test_how_often_it_repeats(options: dict[str, int], repeats: int | None) -> None:
    assert read_gif(gif([0, 9], (8, 4), **options)).repeats == repeats


def test_a_frame_is_what_is_seen_not_what_is_stored() -> None:
    still, moved = np.zeros((20, 20, 3), np.uint8), np.zeros((20, 20, 3), np.uint8)
    still[2:6], moved[2:6], moved[10:12, 10:12] = 255, 255, 200
    out = io.BytesIO()
    Image.fromarray(still).save(out, "GIF", save_all=True, append_images=[Image.fromarray(moved)])
    assert np.array_equal(read_gif(out.getvalue()).frames, [still, moved])


def test_large_frames_are_shrunk_by_a_whole_number() -> None:
    got = read_gif(gif([0, 255], size=(1000, 500)))
    assert (got.size, got.frames.shape) == ((1000, 500), (2, 125, 250, 3))


# One pixel by one, in two colours.
HEADER, FRAME = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff", b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"
HOSTILE = {
    "empty": b"",
    "another format": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a header alone": b"GIF89a\x01\x00\x01\x00\x00\x00\x00",
    "cut off": gif([0, 100, 200], size=(300, 300))[:900],
    "noise": b"GIF89a" + bytes(range(256)) * 40,
    "a side of 65535": b"GIF89a\xff\xff\xff\xff\xf0\x00\x00"
    + bytes(800)
    + b",\0\0\0\0\xff\xff\xff\xff\0\x08"
    + bytes(99),
    "too many frames": HEADER + FRAME * 1001 + b";",
    "cut off where a frame says its place": HEADER + FRAME + FRAME[:5],
    "a frame that reaches beyond the others": HEADER + FRAME + FRAME[:1] + b"\3" + FRAME[2:] + b";",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_used_is_the_students_fault(data: bytes) -> None:
    with pytest.raises(CheckFailed):
        read_gif(data)


def test_the_decoder_has_given_up_what_it_does_not_need() -> None:
    done = subprocess.run([sys.executable, "-P", "-c", ATTEMPTS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_thousand_frames_are_not_too_many() -> None:
    assert len(read_gif(HEADER + FRAME * 1000 + b";").frames) == 1000


def test_how_much_changed_is_told_without_the_rounding_of_palettes() -> None:
    one: NDArray[np.uint8] = np.full((10, 10, 3), 100, np.uint8)
    other = one + 9
    other[0, :5, 1] = 200
    assert changed(one, other) == 0.05
    assert changed(one, one[:5]) == 1.0
