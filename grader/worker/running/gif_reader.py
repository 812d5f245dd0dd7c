"""Decodes a GIF: runs as a process of its own, which gives up nearly everything before it decodes a byte.

The GIF is read from standard input, the size for its frames from an argument. The output is one line of JSON, followed
by the visible frames in order, each shrunk, as bytes of red, green and blue.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any

MAX_FRAMES = 1_000
MAX_PIXELS = 400_000_000  # of all frames together
MAX_SHOWN = 32 * 1024 * 1024
CPU_SECONDS = 20
MEMORY_BYTES = 512 * 1024 * 1024


def main() -> None:
    """Read, give up rights, decode, answer."""
    from PIL import GifImagePlugin, Image

    data = sys.stdin.buffer.read()
    _confine()
    Image.MAX_IMAGE_PIXELS = None  # limited below, over all frames together
    try:
        with GifImagePlugin.GifImageFile(io.BytesIO(data)) as image:
            report, shown = _taken_apart(image, int(sys.argv[1]))
    except MemoryError:
        raise
    except Exception as error:  # a decoder can fail on a broken file in countless ways
        report, shown = {"problem": str(error) if isinstance(error, Refused) else "it is not a readable GIF"}, []
    sys.stdout.buffer.write(json.dumps(report).encode() + b"\n" + b"".join(shown))


class Refused(Exception):
    """The GIF exceeds a limit."""


def _confine() -> None:
    """Give up files, processes, the network and most of memory and time, as far as this system has locks."""
    with contextlib.suppress(ImportError):  # Windows, which has no limits either
        from ..confine.sealed import Bounds, seal

        seal(Bounds(MEMORY_BYTES, CPU_SECONDS))


def _taken_apart(image: Any, largest: int) -> tuple[dict[str, object], list[bytes]]:
    width, height = image.size
    factor = max(1, -(-max(image.size) // largest))
    durations, digests, shown = [], [], []
    for frame in _frames(image):
        durations.append(int(frame.info.get("duration", 0)))
        whole = frame.convert("RGB")
        digests.append(hashlib.sha256(whole.tobytes()).digest())
        if whole.size != (width, height):  # Pillow enlarges the image if a later frame extends beyond it
            raise Refused("its frames have different sizes")
        small = whole.reduce(factor)
        shown.append(small.tobytes())
        if len(shown) * len(shown[0]) > MAX_SHOWN:
            raise Refused("its frames are too many and too large")
    report = {
        "size": [width, height],
        "shown": [small.height, small.width],
        "durations": durations,
        "repeats": image.info.get("loop"),
        "distinct": len(set(digests)),
    }
    return report, shown


def _frames(image: Any) -> Iterator[Any]:
    for number in count(1):
        if number * image.width * image.height > MAX_PIXELS:
            raise Refused("its frames are too many and too large")
        try:
            image.seek(number - 1)
        except EOFError:
            return
        if number > MAX_FRAMES:
            raise Refused(f"it has more than {MAX_FRAMES} frames")
        yield image


if __name__ == "__main__":
    main()
