"""Landlock through its three system calls: which folders a process may still open.

See Documentation/userspace-api/landlock.rst in the Linux source. The calls have the same numbers on every architecture.
All functions raise OSError if the kernel refuses.
"""

from __future__ import annotations

import ctypes
import os

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
RULE_PATH_BENEATH = 1
VERSION_FLAG = 1

READ_FILE, READ_DIR = 1 << 2, 1 << 3
WRITE_FILE, REMOVE_DIR, REMOVE_FILE = 1 << 1, 1 << 4, 1 << 5
MAKE_DIR, MAKE_REG, REFER, TRUNCATE = 1 << 7, 1 << 8, 1 << 13, 1 << 14

READ = READ_FILE | READ_DIR
# Plain files and folders only: sockets, FIFOs, devices and symbolic links cannot be created.
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
FILE_RIGHTS = READ_FILE | WRITE_FILE | TRUNCATE

# Rights introduced in each version of the interface; all of them are denied unless a rule allows them.
HANDLED_FS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
HANDLED_FS_FROM_5 = (1 << 16) - 1
# From this version on, a file can be protected from truncation by `truncate` or by opening it, even for reading.
KEEPS_FILES = 3
NET_BIND_AND_CONNECT = 0b11
SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_syscall = ctypes.CDLL(None, use_errno=True).syscall


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("handled_fs", ctypes.c_uint64), ("handled_net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _call(number: int, *args: object) -> int:
    result = _syscall(ctypes.c_long(number), *args)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


def version() -> int:
    """Return the version of the kernel's interface; 0 if it has none."""
    try:
        return _call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION_FLAG))
    except (OSError, AttributeError):
        return 0


def ruleset(readable: list[str], writable: list[str], abi: int) -> int:
    """Return the descriptor of a ruleset that opens `readable` and `writable` paths and nothing else.

    A path that does not exist is omitted. `abi` is the interface's version, which must not exceed the kernel's. The
    descriptor can be used by many processes.
    """
    handled = HANDLED_FS.get(abi, HANDLED_FS_FROM_5)
    attributes = _RulesetAttributes(
        handled, NET_BIND_AND_CONNECT if abi >= 4 else 0, SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0
    )
    # An older kernel rejects a structure that is longer than it knows unless the rest is zero.
    rules = _call(
        CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(ctypes.sizeof(attributes)), ctypes.c_uint32(0)
    )
    for paths, rights in ((readable, READ), (writable, WRITE)):
        for path in paths:
            _open_beneath(rules, path, rights & handled)
    return rules


def _open_beneath(rules: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= FILE_RIGHTS
        beneath = _PathBeneath(rights, parent)
        _call(ADD_RULE, ctypes.c_int(rules), ctypes.c_int(RULE_PATH_BENEATH), ctypes.byref(beneath), ctypes.c_uint32(0))
    finally:
        os.close(parent)


def restrict(rules: int) -> None:
    """Restrict this process permanently to what `rules` opens; needs no_new_privs."""
    _call(RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0))
