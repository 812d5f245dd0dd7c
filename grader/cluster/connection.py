"""A run's connection with the scheduler of a cluster, and what it says where there is none."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import Client, Security
from distributed.comm.core import connect
from distributed.core import send_recv

from grader.core.errors import UsageError
from grader.core.text import printable
from grader.intake.bounds import MAX_BYTES

CONNECT_SECONDS = 5.0
_TODO = (
    "give what `dask scheduler` prints, such as tcp://HOST:8786, or the file of its --scheduler-file; it must be "
    "running, and reachable from here (docs/cluster.md)"
)


@contextmanager
def connected(place: str) -> Iterator[Client]:
    """Give a connection with the scheduler at an address, or that a file of its own tells of.

    Raises UsageError where there is none.
    """
    # What becomes of workers is told in our own words, by the host that they are on.
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    security = Security()
    try:
        address = str(json.loads(Path(place).read_bytes())["address"]) if Path(place).is_file() else place
        asyncio.run(_demand_scheduler(address, security))
    except Exception as error:  # whatever an address that is none brings about in dask
        found = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise UsageError(
            "no dask scheduler answers at this address", where=printable(place), found=found, todo=_TODO
        ) from error
    # A hand-in as large as it may be is no reason for a warning.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": 2 * MAX_BYTES}):
        client = Client(address, security=security, timeout=CONNECT_SECONDS, set_as_default=False, name="gradproof")
        try:
            yield client
        finally:
            client.close(timeout=CONNECT_SECONDS)


async def _demand_scheduler(address: str, security: Security) -> None:
    """Raise an error where no scheduler answers: a client that has failed to connect takes long to be closed."""
    arguments = security.get_connection_args("client")
    async with asyncio.timeout(2 * CONNECT_SECONDS):
        comm = await connect(address, timeout=CONNECT_SECONDS, **arguments)
        try:
            kind = (await send_recv(comm, op="identity"))["type"]
        finally:
            comm.abort()
    if kind != "Scheduler":
        raise ValueError(f"what answers is a {kind}")
