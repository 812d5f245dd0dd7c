"""Read the hidden suites, the reference, the rubric, neighbours and home, by every call that opens files.

Ends as: raised
"""

import contextlib
import ctypes
import importlib.util
import linecache
import mmap
import os
import pathlib
import re
import runpy
import sqlite3

import numpy as np
from places import PLACES

LIBC = ctypes.CDLL(None, use_errno=True)


def openat2(path):
    descriptor = LIBC.syscall(437, -100, path.encode(), (ctypes.c_uint64 * 3)(0, 0, 0), 24)
    return os.read(descriptor, 10**6)


def linked(path, make):
    make(path, "link")
    try:
        return pathlib.Path("link").read_text()
    finally:
        os.unlink("link")


WAYS = [
    lambda path: pathlib.Path(path).read_text(),
    lambda path: os.read(os.open(path, os.O_RDONLY), 10**6),
    lambda path: mmap.mmap(os.open(path, os.O_RDONLY), 0, prot=mmap.PROT_READ)[:],
    lambda path: np.fromfile(path, dtype="u1").tobytes(),
    lambda path: np.memmap(path, dtype="u1", mode="r").tobytes(),
    lambda path: linecache.getlines(path)[0],
    runpy.run_path,
    lambda path: importlib.util.spec_from_file_location("x", path).loader.get_data(path),
    lambda path: sqlite3.connect(path).execute("select * from sqlite_master").fetchall(),
    lambda path: linked(path, os.symlink),
    lambda path: linked(path, os.link),
    lambda path: linked(path, os.rename),
    os.listdir,
    lambda path: os.listdir(os.path.dirname(path)),
    lambda path: (os.chdir(os.path.dirname(path)), pathlib.Path(os.path.basename(path)).read_text()),
    lambda path: os.read(os.open(f"/proc/self/cwd/../../../../../../../../{path}", os.O_RDONLY), 10**6),
    openat2,
]


def attack(*args):
    found = []
    for path in PLACES:
        for way in WAYS:
            with contextlib.suppress(Exception):
                found += re.findall("canary[0-9a-f]+", str(way(path))) or [f"opened {path}"]
    print(found)  # noqa: T201
    raise ValueError(f"read: {found}" if any(found) else "nothing to read")
