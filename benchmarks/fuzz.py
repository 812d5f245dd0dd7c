"""Feeds damaged frames, archives, notebooks, logs and answer sheets to what reads them, and tells what does not hold.

    python benchmarks/fuzz.py [--count N] [--seed N] [--kind NAME]

Each input is a right one changed at random, or bytes at random. A reader either reads it or refuses it by the exception
that is meant for it; any other exception is a finding, kept as a file in build/fuzz, and so is memory beyond the bound.
The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import shutil
import sys
import tarfile
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.checks.asking.failing import CheckFailed
from grader.checks.runs.runlog import run_log
from grader.intake import archives, outputs
from grader.intake.bounds import LeftOut
from grader.intake.members import Output, RefusedMember
from grader.sheets.form import Form
from grader.sheets.reading import read_sheet
from grader.sheets.spec import SheetLayer, SheetSpec
from grader.worker.reading import sources
from grader.worker.wire import codec as wire

FOUND = Path(__file__).resolve().parents[1] / "build" / "fuzz"
MEMORY_BYTES = 512 << 20  # more than at the beginning
MOST_BYTES = 1 << 20  # that an archive may unpack to
# Lengths and counts at the edges of what formats can say, and what text stumbles over.
EDGES = (
    b"\0",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x80",
    b"[" * 2000,
    b"9" * 5000,
    b"\n",
    b'"',
    b"\xef\xbb\xbf",
)


@dataclass(frozen=True)
class Kind:
    """A sort of input: right ones to begin with, what reads one, and by which exceptions it may refuse it."""

    right: Callable[[], list[bytes]]
    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]


def frames() -> list[bytes]:
    """Return frames with values of every sort."""
    arrays = [np.arange(6.0).reshape(2, 3), np.array([True]), np.zeros((0, 2), np.int8), np.array(1 + 2j)]
    values: list[object] = [
        ["ok", b"12345678", [1, -1, 10**30, 1.5, float("nan"), 2j, "η", b"x", None, True], ""],
        ["back", b"12345678", 0, [{"a": (1, [2, {"b": 3}])}], {}], *([array] for array in arrays),
        [np.float32(1.5), np.asfortranarray(np.eye(3)), np.eye(4)[::2]],
    ]  # fmt: skip
    return [wire.encode(value) for value in values]


def read_frame(data: bytes) -> None:
    """Read a frame as the trusted side does."""
    if len(data) < wire.PREFIX.size:
        raise wire.WireError("no frame")
    header, _ = wire.lengths(data[: wire.PREFIX.size])
    rest = data[wire.PREFIX.size :]
    wire.decode(rest[:header], rest[header:])


def packed() -> list[bytes]:
    """Return archives of each kind that is read."""
    found = []
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", packing) as archive:
            archive.writestr("work/layers.py", "x = 1\n" * 20)
            archive.writestr("работа.txt", "y")
        found.append(out.getvalue())
    for mode in ("w", "w:gz", "w:bz2", "w:xz"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode) as archive:
            for name in ("work/layers.py", "a/" * 60 + "long.py"):
                member = tarfile.TarInfo(name)
                member.size = 12
                archive.addfile(member, io.BytesIO(b"x = 1\ny = 2\n"))
        found.append(out.getvalue())
    return found


def unpack(data: bytes) -> None:
    """Unpack into the working directory, which is emptied."""
    try:
        archives.unpack(io.BytesIO(data), Output(MOST_BYTES))
    finally:
        for name in os.listdir("."):
            shutil.rmtree(name) if os.path.isdir(name) else os.unlink(name)


def notebooks() -> list[bytes]:
    """Return notebooks of formats 3 and 4."""
    code = ["import numpy as np\n", "%matplotlib inline\n", "def f(x):\n", "    return x\n", "%time f(1)\n"]
    cells: list[dict[str, object]] = [
        {"cell_type": "markdown", "source": ["# Title"], "attachments": {"a.png": {"image/png": "aGk="}}},
        {
            "cell_type": "code",
            "source": code,
            "outputs": [{"data": {"text/plain": ["1" * 2000]}}],
            "execution_count": 1,
        },
        {"cell_type": "code", "source": "%%writefile a.py\nx = 1\n", "outputs": []},
    ]
    fourth = {"cells": cells, "metadata": {"kernelspec": {"language": "python"}, "widgets": {}}, "nbformat": 4}
    third = {"worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1", "outputs": []}]}], "nbformat": 3}
    return [json.dumps(notebook, indent=indent).encode() for notebook in (fourth, third) for indent in (None, 1)]


def read_notebook(data: bytes) -> None:
    """Take a notebook apart, and make it small."""
    path = Path("work.ipynb")
    path.write_bytes(data)
    sources.read(path, path.name)
    outputs.made_small(data, 2_000)


def logs() -> list[bytes]:
    """Return records of runs."""
    lines = [{"lr": 0.1, "epoch": epoch, "loss": 1 / epoch, "accuracy": 0.5} for epoch in (1, 2, 3)]
    return ["\n".join(json.dumps(line) for line in lines * runs).encode() for runs in (1, 2)]


def read_log(data: bytes) -> None:
    """Read a record."""
    run_log(data.decode(errors="replace"), ("loss", "accuracy"), diverged=True)


LAYERS = (SheetLayer(units=2, activation="sigmoid"), SheetLayer(units=1, activation="sigmoid"))
SHEET = Form(SheetSpec(file="a.txt", solution="a", inputs=2, layers=LAYERS, loss="squared_error", learning_rate=0.5))


def sheets() -> list[bytes]:
    """Return filled-in sheets."""
    entries = [entry for quantity in (*SHEET.given, *SHEET.asked) for entry in quantity.entries]
    lines = [f"{entry} = {number}.25e-{number}" for number, entry in enumerate(entries)]
    return [
        "\n".join(["Roll number: b20cs001", *lines]).encode(),
        "\n".join(f"- **{e}** ≈ −1,5 × 10^3" for e in entries).encode(),
    ]


def read_answers(data: bytes) -> None:
    """Read a sheet."""
    read_sheet(data.decode(errors="replace"), SHEET)


KINDS = {
    "frames": Kind(frames, read_frame, (wire.WireError,)),
    "archives": Kind(packed, unpack, (RefusedMember, LeftOut)),
    "notebooks": Kind(notebooks, read_notebook, (RefusedMember,)),
    "logs": Kind(logs, read_log, (CheckFailed,)),
    "sheets": Kind(sheets, read_answers, ()),
}


def changed(right: list[bytes], dice: random.Random) -> bytes:
    """Return one of the right inputs with a few changes, or, now and then, bytes that never were right."""
    if dice.random() < 0.02:
        return dice.randbytes(dice.randrange(200))
    data = bytearray(dice.choice(right))
    for _ in range(dice.choice((1, 1, 1, 2, 8))):
        at, length = dice.randrange(len(data) + 1), dice.choice((1, 1, 4, 30))
        piece = bytes(data[at : at + length])
        other = dice.choice(right)
        start = dice.randrange(len(other))
        data[at : at + dice.choice((0, length))] = dice.choice((
            b"", dice.randbytes(length), dice.choice(EDGES), piece * dice.choice((2, 50)),
            other[start : start + dice.choice((1, 8, 200))], bytes(byte ^ (1 << dice.randrange(8)) for byte in piece),
        ))  # fmt: skip
    return bytes(data[: dice.randrange(len(data) + 1)] if dice.random() < 0.05 else data)


def fuzzed(name: str, count: int, seed: int) -> Iterator[str]:
    """Feed `count` inputs of a kind, in the working directory; yield how each went: read, refused, or what is found."""
    kind, dice = KINDS[name], random.Random(f"{name} {seed}")
    right = kind.right()
    for data in right:
        kind.read(data)  # a refusal here is a mistake of ours
    for _ in range(count):
        data = changed(right, dice)
        try:
            kind.read(data)
        except kind.refusals:
            yield "refused"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            FOUND.mkdir(parents=True, exist_ok=True)
            file = FOUND / f"{name}-{type(error).__name__}-{len(list(FOUND.iterdir()))}"
            file.write_bytes(data)
            yield f"{type(error).__name__}: {str(error)[:100]} ({file})"
        else:
            yield "read"


def main() -> int:
    """Fuzz and print what came of it; return 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="inputs in all, as many of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind; may stand again")
    options = parser.parse_args()
    kinds, findings = options.kind or list(KINDS), 0
    warnings.simplefilter("ignore", SyntaxWarning)  # of what notebooks hold
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        os.chdir(folder)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
        for name in kinds:
            start, ends = time.perf_counter(), Counter(fuzzed(name, options.count // len(kinds), options.seed))
            seconds = time.perf_counter() - start
            print(f"{name}: {ends['read']} read, {ends['refused']} refused, {seconds:.0f} s", flush=True)
            for end in ends.keys() - {"read", "refused"}:
                print(f"  FOUND {ends[end]} times: {end}")
                findings += 1
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - before
        print(f"memory: {grown >> 20} MiB more than at the beginning")
        os.chdir("/")
    return int(findings > 0 or grown > MEMORY_BYTES)


if __name__ == "__main__":
    sys.exit(main())
