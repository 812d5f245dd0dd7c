"""The filter of system calls, played instruction by instruction on every number: does it say what its tables say?"""

from __future__ import annotations

import platform
import signal
import struct
from collections.abc import Iterator

import pytest

from grader.worker import seccomp

OWN, OTHER = 77, 78
ALLOW, REFUSE, ABSENT = seccomp.ALLOW, seccomp.REFUSE, seccomp.ERRNO | seccomp.ENOSYS


def played(program: bytes, number: int, architecture: int, *arguments: int) -> int:
    """Return what a filter decides on a call."""
    data = struct.pack("=IIQ6Q", number, architecture, 0, *[*arguments, 0, 0, 0, 0, 0, 0][:6])
    place = loaded = 0
    while True:
        code, if_true, if_false, k = struct.unpack_from("=HBBI", program, place)
        place += seccomp.SIZE
        if code == seccomp.RETURN:
            return int(k)
        if code == seccomp.LOAD:
            (loaded,) = struct.unpack_from("=I", data, k)
            continue
        tests = {seccomp.EQUAL: loaded == k, seccomp.AT_LEAST: loaded >= k, seccomp.AND_SET: bool(loaded & k)}
        place += seccomp.SIZE * (if_true if tests[code] else if_false)


def by_tables(number: int, column: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Give arguments of a call with what is to be decided."""
    if number in {seccomp.KILL[column], seccomp.TGKILL[column]}:
        between = () if number == seccomp.KILL[column] else (OWN,)
        yield from (((OWN, *between, 0), ALLOW), ((OWN, *between, signal.SIGTERM), ALLOW), ((OTHER,), REFUSE))
        yield from (((OWN, *between, fatal), REFUSE) for fatal in (signal.SIGKILL, signal.SIGSTOP))
    elif number == seccomp.PRLIMIT[column]:
        yield from (((0,), ALLOW), ((OWN,), ALLOW), ((OTHER,), REFUSE))
        # A pointer to a new limit: none on CPU time, also where only its upper half is not 0.
        yield (0, 7, 1), ALLOW
        yield from (((0, seccomp.RLIMIT_CPU, pointer), REFUSE) for pointer in (1, 1 << 32))
    elif number == seccomp.SETRLIMIT[column]:
        yield from (((7,), ALLOW), ((seccomp.RLIMIT_CPU,), REFUSE))
    elif number == seccomp.CLONE[column]:
        thread = seccomp.CLONE_THREAD | 0x100
        yield from (((thread,), ALLOW), ((0x100,), REFUSE), ((thread | seccomp.CLONE_VFORK,), REFUSE))
    elif number == seccomp.CLONE3[column] or number > seccomp.NEWEST_KNOWN:
        yield (), ABSENT
    elif number in {numbers[column] for numbers in seccomp.DENIED.values()}:
        yield (), REFUSE
    else:
        yield (), ALLOW
        for numbers, place, values in seccomp.DENIED_WITH.values():
            if numbers[column] == number:
                yield from (((0,) * place + (value,), REFUSE) for value in values)


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_every_number_is_decided_as_the_tables_say(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    column, architecture = seccomp.ARCHITECTURES[machine]
    program = seccomp.program(OWN)
    for number in [*range(600), 2**31, 2**32 - 1]:
        for arguments, decision in by_tables(number, column):
            assert played(program, number, architecture, *arguments) == decision, (number, arguments)


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_calls_of_another_architecture_end_the_process(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    program = seccomp.program(OWN)
    assert {played(program, number, 0x40000003) for number in range(600)} == {seccomp.KILL_PROCESS}
