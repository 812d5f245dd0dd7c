"""Ends a process that grades for another one when that one is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess
from typing import Never

GRACE_SECONDS = 10.0


def end_with_parent() -> None:
    """Exit cleanly on SIGTERM and after the parent has ended for any reason: nobody waits for answers then.

    For the main thread of a process that `multiprocessing` has started.
    """
    signal.signal(signal.SIGTERM, _leave)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _leave(number: int, frame: object) -> Never:
    # The only exception that pytest lets through from the middle of a check.
    raise KeyboardInterrupt
