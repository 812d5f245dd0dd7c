"""Keep what earlier questions and earlier submissions left: files, environment, shared memory.

Ends as: raised
"""

import contextlib
import os

FOLDERS = [".", "..", "../..", "../../staging", "/tmp", "/dev/shm", "/var/tmp"]


def leave(folder):
    with contextlib.suppress(OSError):
        os.mkdir(os.path.join(folder, "kept_folder"))
        with open(os.path.join(folder, "kept_folder", "kept"), "w") as file:
            file.write("seen before")
    with contextlib.suppress(OSError), open(os.path.join(folder, "kept"), "w") as file:
        file.write("seen before")


def look():
    found = [name for name in os.environ if "kept" in name]
    for folder in FOLDERS:
        for name in ("kept", "kept_folder/kept"):
            with contextlib.suppress(OSError), open(os.path.join(folder, name)) as file:
                found.append(f"{folder}/{name}: {file.read()}")
    return found


FOUND = look()
LEFT = [leave(folder) for folder in FOLDERS]


def attack(*args):
    LEFT.append(os.environ.setdefault("kept", "1"))
    raise RuntimeError(f"state survived: {FOUND}" if FOUND else "a fresh start")
