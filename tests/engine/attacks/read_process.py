"""Read environment, command line and memory of this process, its parent and all others.

Ends as: raised
"""

import ctypes
import gc
import glob
import os
import pathlib
import re
import sys

LIBC = ctypes.CDLL(None, use_errno=True)


def attack(*args):
    found = [f"{k}={v}" for k, v in os.environ.items()] + sys.argv + sys.orig_argv
    for process in ("self", "1", str(os.getppid()), "thread-self"):
        for name in ("environ", "cmdline", "mem", "maps", "root/etc/passwd", "cwd", "fd", "task"):
            try:
                found.append(pathlib.Path(f"/proc/{process}/{name}").read_text("latin-1") + "opened")
            except OSError:
                continue
    listed = [name for folder in ("/proc", "/root", "/home", "/tmp") for name in glob.glob(f"{folder}/*")]
    strings = [thing for thing in gc.get_objects() if isinstance(thing, (str, bytes))]
    found += re.findall("canary[0-9a-f]+", repr(strings))
    here = ctypes.create_string_buffer(64)
    piece = (ctypes.c_void_p * 2)(ctypes.addressof(here), 64)
    if LIBC.process_vm_readv(os.getppid(), piece, 1, piece, 1, 0) > 0:
        found.append("the parent's memory opened")
    secrets = re.findall("canary[0-9a-f]+|.{0,40}opened", "\n".join(found)) + listed
    raise ValueError(f"read: {secrets}" if secrets else "nothing to read")
