"""A worker in an interpreter of its own, without a lock: started by `--isolation process`."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

from ..running.serve import Server, own_pipes
from ..wire.codec import READY
from .preload import preload, seed, settle


def main(setting: dict[str, Any]) -> None:
    """Serve on standard input and output, which appear closed to the student's code."""
    source, sink = own_pipes()
    del sys.path[0]  # the worker's own code, which has been imported by now
    failed = preload(setting["preload"])
    os.environ.update(HOME=setting["home"], TMPDIR=setting["home"], MPLCONFIGDIR=setting["home"])
    # Windows has no such limits, and macOS rejects some of them.
    with contextlib.suppress(ImportError, OSError, ValueError):
        from ..confine.resources import address_space_in_use, limit

        limit({**setting["limits"], "AS": address_space_in_use() + setting["memory_bytes"]})
    settle()
    seed()
    os.write(sink, b"0" if failed else READY)
    Server(source, sink, setting["home"]).serve()
