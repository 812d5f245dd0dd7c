"""Writes an archive out as plain files. Runs as a process of its own: `python -m grader.intake.archives`.

Standard input is the archive, the working directory an empty folder; standard output receives one JSON object:
`left_out` (reasons by member), `notes`, `refused` (why nothing of it can be used, or ""), `bytes` (how much was read
from it) and `sources` (how many scripts, notebooks and archives it contains). The arguments are the maximum number of
bytes to unpack, of files, and of seconds of CPU time. Sizes and counts in headers are not trusted: what is read is
counted.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import stat
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from typing import BinaryIO, Protocol

from grader.intake.bounds import UNPACKING_MEMORY_BYTES, LeftOut, mib
from grader.intake.limited import confine
from grader.intake.members import Output, RefusedMember, damaged, too_much

_CHUNK = 64 * 1024
# The standard library raises more exceptions for hostile archives than its documentation says.
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, LookupError, ArithmeticError, RuntimeError),
)
_FOREIGN = {b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive", b"(\xb5/\xfd": "packed by zstd"}


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Bounded:
    """A stream of unpacked bytes that raises RefusedMember when it is too long or damaged."""

    def __init__(self, source: _Readable, limit: int) -> None:
        self._source = source
        self._limit = self._left = limit
        self._tail = b""

    @property
    def ends_as_a_tar(self) -> bool:
        """Whether the last block read is all zeros; if it is not, the end is missing."""
        return self._tail == bytes(tarfile.BLOCKSIZE)

    def read(self, size: int) -> bytes:
        try:
            data = self._source.read(size)
        except _DAMAGED as error:
            raise damaged() from error
        self._left -= len(data)
        self._tail = (self._tail + data)[-tarfile.BLOCKSIZE :]
        if self._left < 0:
            raise too_much(self._limit)
        return data


def unpack(archive: BinaryIO, output: Output) -> None:
    """Write out the members of an archive of any known kind; raises RefusedMember if it is not one."""
    magic = archive.read(6)
    archive.seek(0)
    foreign = next((kind for start, kind in _FOREIGN.items() if magic.startswith(start)), "")
    if foreign:
        raise RefusedMember(f"it is {foreign}, whatever its name says")
    if magic.startswith(b"PK"):
        _unzip(archive, output)
        return
    with _without_packing(archive, magic) as plain:
        _untar(plain, output)


def _without_packing(archive: BinaryIO, magic: bytes) -> AbstractContextManager[_Readable]:
    if magic.startswith(b"\x1f\x8b"):
        return gzip.open(archive)
    if magic.startswith(b"BZh"):
        return bz2.open(archive)
    return lzma.open(archive) if magic.startswith(b"\xfd7zXZ") else nullcontext(archive)


def _unzip(archive: BinaryIO, output: Output) -> None:
    try:
        opened = zipfile.ZipFile(archive)
    except _DAMAGED as error:
        raise damaged() from error
    members = opened.infolist()
    _refuse_overlaps(members)
    for info in members:
        name = _zip_name(info)
        if name.endswith(("/", "\\")):
            output.count_member()
            continue
        output.member(name, why_not=_why_not_zipped(info), chunks=_zip_chunks(opened, info))


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    places = sorted((info.header_offset, info.header_offset + info.compress_size) for info in members)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise RefusedMember("its members overlap, as in a zip bomb")


def _zip_name(info: zipfile.ZipInfo) -> str:
    # `filename` is cut off at a NUL; and many programs write UTF-8 without declaring it.
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name


def _why_not_zipped(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "a symbolic link, which is never followed"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return "not a regular file (a pipe, socket or device)"
    return "encrypted: pack it without a password" if info.flag_bits & 1 else ""


def _zip_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except NotImplementedError as error:
        raise LeftOut("compressed in a way that is not supported") from error
    except _DAMAGED as error:
        raise LeftOut("damaged") from error


def _untar(source: _Readable, output: Output) -> None:
    stream = _Bounded(source, output.limit)
    try:
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as tar:  # type: ignore[call-overload]  # a `read` is all that it needs
            while (member := tar.next()) is not None:
                tar.members = []  # otherwise all are kept in memory
                if member.isdir():
                    output.count_member()
                    continue
                output.member(member.name, why_not=_why_not_in_tar(member), chunks=_tar_chunks(tar, member))
            # A damaged header looks like the end, but only zeros may follow the end.
            while rest := tar.fileobj.read(_CHUNK):
                if rest.strip(b"\0"):
                    raise damaged()
            if not stream.ends_as_a_tar:
                raise damaged()
    except _DAMAGED as error:
        raise damaged() from error


def _why_not_in_tar(member: tarfile.TarInfo) -> str:
    if member.issym():
        return "a symbolic link, which is never followed"
    if member.islnk():
        return "a hard link: pack the file itself"
    return "" if member.isreg() else "not a regular file (a pipe, socket or device)"


def _tar_chunks(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    file = tar.extractfile(member)
    while file is not None and (chunk := file.read(_CHUNK)):
        yield chunk


def main() -> None:
    """Unpack standard input into the working directory and report the result."""
    limit, files, cpu_seconds = map(int, sys.argv[1:])
    confine(cpu_seconds)
    output, refused = Output(limit, files), ""
    try:
        unpack(sys.stdin.buffer, output)
    except RefusedMember as reason:
        refused = str(reason)
    except MemoryError:
        output = Output(limit, files)  # what it holds may be what used the memory
        refused = f"unpacking it takes more than {mib(UNPACKING_MEMORY_BYTES)} of memory"
    told = {"left_out": output.left_out, "notes": output.notes, "refused": refused}
    sys.stdout.write(json.dumps({**told, "bytes": output.read, "sources": output.sources}))


if __name__ == "__main__":
    main()
