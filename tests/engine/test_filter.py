"""The filter of system calls, played instruction by instruction on every number: does it say what its tables say?"""

from __future__ import annotations

import platform
import signal
import struct
from collections.abc import Iterator

import pytest

from grader.worker.confine import calls, seccomp

OWN, OTHER = 77, 78
ALLOW, REFUSE, ABSENT = seccomp.ALLOW, seccomp.REFUSE, seccomp.ABSENT
HIGH = 1 << 32  # where only the upper half of an argument counts


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
        if code == seccomp.JUMP:
            place += seccomp.SIZE * k
            continue
        tests = {seccomp.EQUAL: loaded == k, seccomp.AT_LEAST: loaded >= k, seccomp.AND_SET: bool(loaded & k)}
        place += seccomp.SIZE * (if_true if tests[code] else if_false)


def by_tables(number: int, column: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Give arguments of a call with what is to be decided."""
    special = {
        calls.KILL: signals(()), calls.TGKILL: signals((OWN,)), calls.PRLIMIT: limits(), calls.MMAP: memory(),
        calls.SETRLIMIT: [((7,), ALLOW), ((seccomp.RLIMIT_CPU,), REFUSE)], calls.CLONE: threads(),
        calls.SOCKETPAIR: pairs(), calls.SENDTO: messages(), calls.RECVFROM: received(), calls.CLONE3: [((), ABSENT)],
    }  # fmt: skip
    for numbers, cases in special.items():
        if numbers[column] == number:
            yield from cases
            return
    for command in calls.COMMANDS.values():
        if command.numbers[column] == number:
            before = (0,) * command.argument
            decided = dict.fromkeys(command.allowed, ALLOW)
            for value in (*range(2048), *command.allowed, 0x8901, 0x8902, 0x5412, 2**31, 2**32 - 1):
                yield (*before, value), decided.get(value, seccomp.ERRNO | command.error)
            return
    yield (), decided_by_name(number, column)


def decided_by_name(number: int, column: int) -> int:
    """Return what the plain tables say; what is in none of them is absent."""
    if number in {numbers[column] for numbers in calls.ALLOWED.values()}:
        return ALLOW
    if number in {numbers[column] for numbers in calls.DENIED.values()}:
        return REFUSE
    answers = {numbers[column]: seccomp.ERRNO | error for numbers, error in calls.ANSWERED.values()}
    return answers.get(number, ABSENT)


def signals(between: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int]]:
    """To itself, but not those that end or stop it without a trace; to nobody else."""
    yield from (((OWN, *between, 0), ALLOW), ((OWN, *between, signal.SIGTERM), ALLOW), ((OTHER,), REFUSE))
    yield from (((OWN, *between, fatal), REFUSE) for fatal in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTSTP))
    yield ((HIGH - OWN) % HIGH,), REFUSE  # its group


def limits() -> Iterator[tuple[tuple[int, ...], int]]:
    """Its own, all but a new one on CPU time, whose pointer may be 0 in its lower half."""
    yield from (((0,), ALLOW), ((OWN,), ALLOW), ((OTHER,), REFUSE), ((0, 7, 1), ALLOW))
    yield from (((0, seccomp.RLIMIT_CPU, pointer), REFUSE) for pointer in (1, HIGH))


def memory() -> Iterator[tuple[tuple[int, ...], int]]:
    """All but huge pages."""
    private = 0x22
    yield from (((0, 0, 0, private), ALLOW), ((0, 0, 0, private | calls.MAP_HUGETLB), REFUSE))


def threads() -> Iterator[tuple[tuple[int, ...], int]]:
    """Threads, but no processes, and none that is waited for."""
    thread = seccomp.CLONE_THREAD | 0x100
    yield from (((thread,), ALLOW), ((0x100,), REFUSE), ((thread | seccomp.CLONE_VFORK,), REFUSE))


def pairs() -> Iterator[tuple[tuple[int, ...], int]]:
    """Streams of this machine's own, as Python asks for them; no datagrams, which could go to anybody."""
    unix, internet, stream, datagram, sequence = 1, 2, 1, 2, 5
    yield from (((unix, stream), ALLOW), ((unix, stream | 0x80000), ALLOW), ((unix, stream | 0x800), ALLOW))
    yield from (((unix, datagram), REFUSE), ((unix, sequence), REFUSE), ((internet, stream), REFUSE))


def messages() -> Iterator[tuple[tuple[int, ...], int]]:
    """Where a socket is connected to, and to no address."""
    yield from (((3, 1, 1, 0, 0), ALLOW), ((3, 1, 1, 0, 1), REFUSE), ((3, 1, 1, 0, HIGH), REFUSE))
    yield from (((3, 1, 1, calls.MSG_OOB, 0), REFUSE), ((3, 1, 1, 0x4000, 0), ALLOW))


def received() -> Iterator[tuple[tuple[int, ...], int]]:
    """Whatever comes, but out of band."""
    yield from (((3, 1, 1, 0), ALLOW), ((3, 1, 1, 0x42), ALLOW), ((3, 1, 1, 0x40 | calls.MSG_OOB), REFUSE))


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_every_number_is_decided_as_the_tables_say(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    column, architecture = seccomp.ARCHITECTURES[machine]
    program = seccomp.program(OWN)
    for number in [*range(600), 0x40000000, 0x40000001, 2**31, 2**32 - 1]:  # 0x40000000: the calls of x32
        for arguments, decision in by_tables(number, column):
            assert played(program, number, architecture, *arguments) == decision, (number, arguments)


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_calls_of_another_architecture_end_the_process(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    program = seccomp.program(OWN)
    assert {played(program, number, 0x40000003) for number in range(600)} == {seccomp.KILL_PROCESS}


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_the_filter_fits_into_what_a_kernel_takes(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert len(seccomp.program(OWN)) // seccomp.SIZE < 4096


def test_no_call_is_in_two_tables() -> None:
    special = (calls.CLONE, calls.CLONE3, calls.SETRLIMIT, calls.KILL, calls.TGKILL, calls.PRLIMIT, calls.SENDTO)
    answered = (numbers for numbers, _ in calls.ANSWERED.values())
    commands = (command.numbers for command in calls.COMMANDS.values())
    named = [*calls.ALLOWED.values(), *calls.DENIED.values(), *answered, *commands, *special]
    named += [calls.MMAP, calls.SOCKETPAIR, calls.RECVFROM]
    for column, _ in seccomp.ARCHITECTURES.values():
        numbers = [both[column] for both in named if both[column] >= 0]
        assert len(numbers) == len(set(numbers))
        assert max(numbers) <= calls.NEWEST_KNOWN
