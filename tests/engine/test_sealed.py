"""Processes of ours that take apart what strangers wrote have given up all but that before they read a byte of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.probe import lock_problem
from grader.worker.confine.confine import FIRST_PRIVATE_USER

SEALS = {
    "archives and notebooks": "from grader.intake import limited; limited.confine()",
    "pictures": "from PIL import GifImagePlugin; from grader.worker.running import gif_reader; gif_reader._confine()",
}
ATTEMPTS = """
import ctypes, json, os, signal, socket, sys, threading
{seal}

def thread():
    threading.Thread(target=print).start()

def write_here():
    with open("made", "w") as file:
        file.write("text")
    os.mkdir("folder")

attempts = {{
    "read": lambda: open("/etc/passwd").close(),
    "read the caller's folder": lambda: open(sys.argv[1]).close(),
    "write elsewhere": lambda: open(sys.argv[1] + ".new", "w").close(),
    "empty": lambda: os.truncate(sys.argv[1], 0),
    "change a mode": lambda: os.chmod(sys.argv[1], 0),
    "fork": os.fork,
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "connect": lambda: socket.socket().close(),
    "signal": lambda: os.kill(os.getppid(), 0),
    "become root": lambda: os.setuid(0),
    "thread": thread if os.getuid() else os.fork,
    "memory": lambda: bytes(2 << 30),
    "import": lambda: __import__("sqlite3"),
    "write here": write_here,
}}
done = []
for name, attempt in attempts.items():
    try:
        attempt()
        done.append(name)
    except (OSError, MemoryError, RuntimeError, ImportError):
        pass
print(json.dumps([os.getuid(), done]))
"""

pytestmark = pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())


@pytest.mark.parametrize("what", SEALS)
def test_a_helper_can_do_nothing_but_its_work(what: str, tmp_path: Path) -> None:
    here, secret = tmp_path / "here", tmp_path / "secret.txt"
    here.mkdir()
    secret.write_text("canary")
    code = ATTEMPTS.format(seal=SEALS[what])
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(secret)], cwd=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    user, could = json.loads(done.stdout)
    assert could == (["write here"] if what == "archives and notebooks" else [])
    assert (user >= FIRST_PRIVATE_USER) is (os.geteuid() == 0)
    assert secret.read_text() == "canary"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "secret.txt"]
