"""A worker in an interpreter of its own, without a lock: what `--isolation process` starts."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

from .preload import preload, seed, settle
from .serve import Server
from .wire import READY


def main(setting: dict[str, Any]) -> None:
    """Serve on standard input and output, which the student's code gets to see closed."""
    source, sink = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (source, sink):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    del sys.path[0]  # the worker's own code, which is imported by now
    failed = preload(setting["preload"])
    os.environ.update(HOME=setting["home"], TMPDIR=setting["home"], MPLCONFIGDIR=setting["home"])
    # No such limits on Windows, and macOS refuses some of them.
    with contextlib.suppress(ImportError, OSError, ValueError):
        from .resources import address_space_in_use, limit

        limit({**setting["limits"], "AS": address_space_in_use() + setting["memory_bytes"]})
    settle()
    seed()
    os.write(sink, b"0" if failed else READY)
    Server(source, sink).serve()
