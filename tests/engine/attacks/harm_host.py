"""Change, rename, empty, re-date or take away the rights of files outside.

Ends as: failed
"""

import contextlib
import os
import pathlib
import shutil

from places import PLACES

WAYS = [
    lambda path: os.chmod(path, 0),
    lambda path: os.chmod(os.path.dirname(path), 0o777),
    lambda path: os.utime(path, (0, 0)),
    lambda path: os.setxattr(path, "user.mark", b"1"),
    lambda path: os.chown(path, os.getuid(), os.getgid()),
    lambda path: os.truncate(path, 0),
    lambda path: pathlib.Path(path).write_text("harm"),
    lambda path: os.rename(path, path + ".old"),
    os.unlink,
    lambda path: os.mkdir(path + ".d"),
    lambda path: shutil.rmtree(os.path.dirname(path)),
]


def attack(*args):
    for path in PLACES:
        for way in WAYS:
            with contextlib.suppress(Exception):
                way(path)
    return 0.0
