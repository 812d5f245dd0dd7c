"""Measuring and removing what hostile code left on disk: folders of any depth, any mode, any number.

Neither `os.walk` nor `shutil.rmtree` is suitable: both recurse, and both give up if a path is longer than the system
accepts or a folder may not be listed.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets


def empty(folder: str) -> None:
    """Remove everything in `folder`, but not the folder itself. Links are removed and never followed.

    Deeper folders are moved up before they are opened, so that no path grows long. Nobody else may be writing there.
    Raises OSError for what cannot be removed.
    """
    prefix, number = secrets.token_hex(8), 0
    while names := os.listdir(folder):
        for name in names:
            path = os.path.join(folder, name)
            if not _is_folder(path):
                os.unlink(path)
                continue
            os.chmod(path, 0o700)
            for inner in os.listdir(path):
                below = os.path.join(path, inner)
                if _is_folder(below):
                    os.chmod(below, 0o700)  # moving a folder requires the right to write to it
                    number += 1
                    os.rename(below, os.path.join(folder, f"{prefix}-{number}"))
                else:
                    os.unlink(below)
            os.rmdir(path)


def measure(folder: str, most: int) -> tuple[int, int]:
    """Return the bytes on disk and the number of files and folders below `folder`.

    The number is `most` + 1 if there are more than `most`, or if one cannot be examined.
    """
    size = count = 0
    pending = [folder]
    try:
        while pending and count <= most:
            for entry in _entries(pending.pop(), most + 1 - count):
                count += 1
                with contextlib.suppress(FileNotFoundError):  # removed meanwhile, perhaps on purpose
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
    except OSError:  # a path longer than the system accepts
        count = most + 1
    return size, count


def _entries(folder: str, most: int) -> list[os.DirEntry[str]]:
    try:
        try:
            entries = os.scandir(folder)
        except PermissionError:
            os.chmod(folder, 0o700)
            entries = os.scandir(folder)
    except FileNotFoundError:
        return []
    with entries:
        return list(itertools.islice(entries, most))


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)
