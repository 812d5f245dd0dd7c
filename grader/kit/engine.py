"""The engine as a wheel, built from the installed files: neither a source tree nor a network is needed."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

import grader
from grader.core.errors import UsageError
from grader.course.scaffold import TEMPLATE

NAME = "gradproof"
_LEFT_OUT = {".pyc", ".pyo"}
_WHEEL = f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Wheel:
    """A wheel: its version, its file name and its bytes."""

    version: str
    file_name: str
    content: bytes


def engine_wheel() -> Wheel:
    """Return the engine's wheel; the same engine gives the same bytes.

    Its version ends with a digest of its content (``0.1.0+kit1a2b3c4d``): pip recognises a corrected engine as a new
    one, and no package index can offer another package with that version. Raises UsageError if the engine is not
    installed.
    """
    # A source tree in this folder may contain an egg-info left by a build, which is not an installation.
    installed = next((found for found in distributions(name=NAME) if found.read_text("METADATA")), None)
    if installed is None:
        raise UsageError(
            f"a kit carries the engine, and {NAME} is not installed here", todo=f"pip install '{NAME}[staff]'"
        )
    base = installed.version.partition("+")[0]
    files = _package(Path(grader.__file__).parent)
    files |= {f"dist-info/{name}": text.encode() for name, text in _about(installed, base).items()}
    version = f"{base}+kit{_digest(files)[:8]}"
    return Wheel(version, f"{NAME}-{version}-py3-none-any.whl", _packed(files, version))


def _package(folder: Path) -> dict[str, bytes]:
    """Return the package's files by their names in the wheel, without the solved course that `grader new` copies."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_relative_to(TEMPLATE))
    found = (path for path in files if path.suffix not in _LEFT_OUT)
    inside = ((path.relative_to(folder.parent), path) for path in found)
    return {
        name.as_posix(): path.read_bytes()
        for name, path in inside
        if not any(part.startswith((".", "__pycache__")) for part in name.parts)
    }


def _about(installed: Distribution, version: str) -> dict[str, str]:
    """Return the metadata of the wheel, except RECORD."""
    headers = (installed.read_text("METADATA") or "").partition("\n\n")[0]  # without the long description
    texts = {
        "METADATA": _with_version(f"{headers.rstrip()}\n", version),
        "WHEEL": _WHEEL,
        "entry_points.txt": installed.read_text("entry_points.txt"),
        "licenses/LICENSE": installed.read_text("licenses/LICENSE"),
    }
    return {name: text for name, text in texts.items() if text}


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()


def _packed(files: Mapping[str, bytes], version: str) -> bytes:
    """Return the zip archive. Nothing in it is compressed, because versions of zlib would compress differently."""
    folder = f"{NAME}-{version}.dist-info"
    named = {name.replace("dist-info/", f"{folder}/", 1): data for name, data in files.items()}
    metadata = f"{folder}/METADATA"
    named[metadata] = _with_version(named[metadata].decode(), version).encode()
    record = f"{folder}/RECORD"
    rows = [f"{name},sha256={_hash(data)},{len(data)}\n" for name, data in sorted(named.items())]
    named[record] = "".join([*rows, f"{record},,\n"]).encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as wheel:
        for name, data in named.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every system
            wheel.writestr(entry, data)
    return archive.getvalue()


def _with_version(metadata: str, version: str) -> str:
    return re.sub(r"^Version: .*$", f"Version: {version}", metadata, count=1, flags=re.MULTILINE)


def _hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
