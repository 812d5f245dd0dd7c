"""A process on a machine of a cluster that holds one grading job: `python -m grader.cluster.station DESCRIPTOR`.

Dask's workers are daemons, which may not have the processes that a job needs; so each of their threads has a station,
and speaks with it over a socket. First come an order, the folder of the course and the number of a CPU, then attempts;
each is answered with the data of a report. A station ends when the other end is closed, also by its holder's death.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from grader.cluster.requests import attempt_from_bytes, order_from_bytes, trial
from grader.cohort.jobs import Job
from grader.core.supervision import LOOK_SECONDS

# Nobody has asked for so long: the run that this belongs to was killed.
IDLE_SECONDS = 900.0


def main() -> None:
    """Serve until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal's Ctrl-C dask's worker hears as well
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    connection: Connection[bytes, bytes] = Connection(int(sys.argv[1]))
    with suppress(EOFError, OSError, KeyboardInterrupt):
        _serve(connection)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending


def _serve(connection: Connection[bytes, bytes]) -> None:
    order = order_from_bytes(connection.recv_bytes(), Path(connection.recv_bytes().decode()))
    job = Job(order, trial(), int(cpu) if (cpu := connection.recv_bytes()) else None)
    try:
        connection.send_bytes(_answer(connection, job))
        while connection.poll(IDLE_SECONDS):
            attempt, fresh = attempt_from_bytes(connection.recv_bytes())
            job = job.go_on(attempt, fresh=fresh)
            connection.send_bytes(_answer(connection, job))
    finally:
        job.end()


def _answer(connection: Connection[bytes, bytes], job: Job) -> bytes:
    """Return what comes of the attempt that a job is at; raises EOFError where nobody waits for it any more."""
    held: list[Any] = [job.connection, connection]
    while True:
        ready = wait(held, timeout=LOOK_SECONDS)
        if connection in ready:  # nothing is sent before an answer has come
            raise EOFError
        if ready or job.late or job.overrun:
            return json.dumps(job.answer()).encode()


if __name__ == "__main__":
    main()
