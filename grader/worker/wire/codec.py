"""What may cross between a worker and the trusted side, and how it is framed.

A closed alphabet of inert values, and nothing that could run: None, bool, int of at most 64 KiB, float, complex, str,
bytes, list, tuple, dict, NumPy arrays and scalars of listed dtypes, torch tensors of listed dtypes (`Tensor`), affine
functions as their coefficients (`Affine`), figures as what they show (`Figure`), and two kinds of reference: a `Handle`
to an object that stays in the worker, a `Callback` to a callable that stays with the trusted side. There is no pickle
here, and there must never be.

A frame is ``header length, buffers length (two big-endian u32) · header · buffers``. The header is a flat row of
msgpack scalars, read one by one: a plain value represents itself, anything else is a tag followed by what the tag needs
(``l 2 1.5 None`` is ``[1.5, None]``). Text, bytes, large integers and array data are in the buffers; the header
contains their lengths. An array in Fortran order arrives in that order, and one in neither order as a view with gaps
between its columns. Every frame is treated as hostile: nothing is built before its bytes are there, lengths, depth and
element counts are limited, and whatever does not fit raises `WireError`. A figure has no limits of its own beyond
these, except for the length of each text: the limits on its parts and numbers are applied where it is drawn
(`worker/running/figure_capture.py`).
"""

from __future__ import annotations

import math
import struct
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from . import figures
from .alphabet import Affine, Callback, Handle, WireError, at_most
from .figures import Figure
from .records import is_record
from .tensors import Tensor, inert, is_shape, is_tensor

__all__ = ["Affine", "Callback", "Handle", "Tensor", "WireError", "decode", "encode", "lengths", "normalise"]

HEADER_LIMIT = 2 * 1024 * 1024
BUFFERS_LIMIT = 64 * 1024 * 1024
DEPTH_LIMIT = 32
ELEMENT_LIMIT = 200_000
# Parsed as JSON, a text grows tenfold; dividing long numbers is slow.
TEXT_LIMIT, INTEGER_LIMIT = 16 * 1024 * 1024, 64 * 1024
DIMENSION_LIMIT = 64
NAME_LIMIT = 200
# Keys with a predictable hash may all be chosen to collide, and n such keys cost n² comparisons. Only the hash of text
# and bytes is keyed by a secret of this process.
FORESEEN_KEY_LIMIT = 4_096
PREFIX = struct.Struct(">II")
# What a worker writes before all frames, and before any student code runs: it is confined and everything is imported.
READY = b"1"

# Plain numbers only: no object, no void or structured dtype, no datetime, no text.
DTYPES = frozenset("?bBhHiIlLqQefdFD")
SCALARS = frozenset(np.dtype(code).type for code in DTYPES)
DICTS = frozenset({dict, OrderedDict, defaultdict, Counter})

Referrer = Callable[[object], Handle | Callback | Figure]
Resolver = Callable[[Handle | Callback], object]


def _refuse(value: object) -> Handle | Callback | Figure:
    raise WireError(f"a value of type {type(value).__name__} cannot cross to or from a worker")


class _Bounds:
    """Counts the parts of a frame; both sides count alike, so what is written can be read."""

    def __init__(self) -> None:
        self.elements = 0
        self.foreseen_keys = 0

    def enter(self, depth: int) -> None:
        self.elements += 1
        if depth > DEPTH_LIMIT:
            raise WireError(f"a value nested deeper than {DEPTH_LIMIT} levels cannot cross")
        if self.elements > ELEMENT_LIMIT:
            raise WireError(f"a value of more than {ELEMENT_LIMIT} elements cannot cross")

    def add_key(self, key: object) -> None:
        self.foreseen_keys += type(key) not in {str, bytes}
        if self.foreseen_keys > FORESEEN_KEY_LIMIT:
            raise WireError(f"dicts with more than {FORESEEN_KEY_LIMIT} keys that are not text cannot cross")


class _Encoder:
    def __init__(self, refer: Referrer) -> None:
        self._refer = refer
        self._bounds = _Bounds()
        self._packer = msgpack.Packer(autoreset=False, buf_size=1024)
        self._buffers: list[bytes] = []
        self._size = 0

    def frame(self) -> bytes:
        header = self._packer.bytes()
        if len(header) > HEADER_LIMIT:
            raise WireError(f"a value with more than {HEADER_LIMIT >> 20} MiB of structure cannot cross")
        return b"".join([PREFIX.pack(len(header), self._size), header, *self._buffers])

    def encode(self, value: object, depth: int = 0) -> None:
        """Add `value` to the frame; exact types only, so no subclass travels as its base.

        Exceptions are treated as their base: the dicts of `collections`, torch.Size and named tuples.
        """
        self._bounds.enter(depth)
        kind = type(value)
        if value is None or kind is bool or kind is float:
            self._put(value)
        elif kind is int:
            self._integer(value)  # type: ignore[arg-type]
        elif kind is str:
            self._put("s")
            self._text(value)  # type: ignore[arg-type]
        elif kind is bytes:
            self._put("b")
            self._buffer(value)  # type: ignore[arg-type]
        elif kind is complex:
            self._put("c", value.real, value.imag)  # type: ignore[attr-defined]
        elif kind is list or kind is tuple:
            self._sequence("l" if kind is list else "t", value, depth)  # type: ignore[arg-type]
        elif kind in DICTS:
            self._dict(value, depth)  # type: ignore[arg-type]
        elif kind is np.ndarray and value.dtype.char in DTYPES:  # type: ignore[attr-defined]
            self._array("a", value)  # type: ignore[arg-type]
        elif kind in SCALARS:
            self._array("n", np.asarray(value))
        elif kind is Affine:
            self._put("m")
            for part in (value.matrix, value.centre, value.offset):  # type: ignore[attr-defined]
                self.encode(part, depth + 1)
        elif kind is Tensor or is_tensor(value):
            self._tensor(value, depth)
        elif is_shape(value) or is_record(value):
            self._sequence("t", value, depth)  # type: ignore[arg-type]
        elif kind is Figure:
            self._put("p")
            self.encode(figures.as_data(value), depth + 1)
        else:
            self._reference(value, depth)

    def _put(self, *tokens: object) -> None:
        for token in tokens:
            self._packer.pack(token)

    def _integer(self, value: int) -> None:
        if -(2**63) <= value < 2**64:
            self._put(value)
        else:
            self._put("i")
            size = at_most(INTEGER_LIMIT, value.bit_length() // 8 + 1, "a whole number")
            self._buffer(value.to_bytes(size, "little", signed=True))

    def _text(self, value: str) -> None:
        # Lone surrogates are valid in Python but not in UTF-8.
        data = value.encode("utf-8", "surrogatepass")
        at_most(TEXT_LIMIT, len(data), "a text")
        self._buffer(data)

    def _buffer(self, data: bytes) -> None:
        self._make_room(len(data))
        self._buffers.append(data)
        self._put(len(data))

    def _make_room(self, size: int) -> None:
        self._size += size
        if self._size > BUFFERS_LIMIT:
            raise WireError(f"a value of more than {BUFFERS_LIMIT >> 20} MiB cannot cross")

    def _sequence(self, tag: str, value: list[object] | tuple[object, ...], depth: int) -> None:
        self._put(tag, len(value))
        for item in value:
            self.encode(item, depth + 1)

    def _dict(self, value: dict[object, object], depth: int) -> None:
        self._put("d", len(value))
        for key, item in value.items():
            self._bounds.add_key(key)
            self.encode(key, depth + 1)
            self.encode(item, depth + 1)

    def _array(self, tag: str, value: np.ndarray[Any, Any]) -> None:
        self._make_room(value.nbytes)
        plain = value.astype(value.dtype.newbyteorder("<"), copy=False)
        if not plain.flags.c_contiguous:
            self._put("o", "F" if plain.flags.f_contiguous else "V")
        self._buffers.append(plain.tobytes())
        self._put(tag, plain.dtype.str, plain.ndim, *plain.shape)

    def _tensor(self, value: Any, depth: int) -> None:
        if type(value) is not Tensor:
            if value.nbytes > BUFFERS_LIMIT:  # before a view that repeats few numbers is written out
                raise WireError(f"a value of more than {BUFFERS_LIMIT >> 20} MiB cannot cross")
            value = inert(value)
        self._put("T", value.dtype, value.requires_grad)
        self.encode(value.array, depth + 1)

    def _reference(self, value: object, depth: int) -> None:
        reference = self._refer(value)
        if isinstance(reference, Figure):
            self.encode(reference, depth)
        elif isinstance(reference, Handle):
            self._put("h", reference.number)
            self._text(reference.type_name[:NAME_LIMIT])
        else:
            self._put("f", reference.number)


class _Decoder:
    def __init__(self, header: bytes, buffers: bytes, resolve: Resolver) -> None:
        self._tokens = msgpack.Unpacker(
            raw=False, max_buffer_size=HEADER_LIMIT, read_size=1024, max_str_len=16, max_bin_len=0, max_array_len=0,
            max_map_len=0, max_ext_len=0,
        )  # fmt: skip
        self._tokens.feed(header)
        self._end = len(header)
        self._buffers = memoryview(buffers)
        self._offset = 0
        self._resolve = resolve
        self._bounds = _Bounds()

    def finish(self) -> None:
        if self._tokens.tell() != self._end or self._offset != len(self._buffers):
            raise WireError("a frame carries bytes that nothing refers to")

    def decode(self, depth: int = 0) -> object:
        self._bounds.enter(depth)
        token = self._tokens.unpack()
        if token is None or isinstance(token, (bool, int, float)):
            return token
        reader = _READERS.get(token) if isinstance(token, str) else None
        if reader is None:
            raise WireError("a frame contains something outside the alphabet")
        return reader(self, depth)

    def _size(self) -> int:
        size = self._tokens.unpack()
        if type(size) is not int or size < 0:
            raise WireError("a frame contains something other than a size")
        return size

    def _take(self, length: int) -> bytes:
        if length > len(self._buffers) - self._offset:
            raise WireError("a frame's buffer is shorter than it says")
        start, self._offset = self._offset, self._offset + length
        return bytes(self._buffers[start : self._offset])

    def _items(self, count: int, depth: int) -> list[object]:
        return [self.decode(depth + 1) for _ in range(count)]

    def _integer(self, depth: int) -> int:
        size = at_most(INTEGER_LIMIT, self._size(), "a whole number")
        return int.from_bytes(self._take(size), "little", signed=True)

    def _text(self, depth: int) -> str:
        return self._take(at_most(TEXT_LIMIT, self._size(), "a text")).decode("utf-8", "surrogatepass")

    def _bytes(self, depth: int) -> bytes:
        return self._take(self._size())

    def _complex(self, depth: int) -> complex:
        real, imag = self._tokens.unpack(), self._tokens.unpack()
        if type(real) is not float or type(imag) is not float:
            raise WireError("a complex number is not made of two floats")
        return complex(real, imag)

    def _list(self, depth: int) -> list[object]:
        return self._items(self._size(), depth)

    def _tuple(self, depth: int) -> tuple[object, ...]:
        return tuple(self._items(self._size(), depth))

    def _dict(self, depth: int) -> dict[object, object]:
        result: dict[object, object] = {}
        for _ in range(self._size()):
            key = self.decode(depth + 1)
            self._bounds.add_key(key)
            result[key] = self.decode(depth + 1)
        return result

    def _array(self, depth: int) -> np.ndarray[Any, Any]:
        code, dimensions = self._tokens.unpack(), self._size()
        if not isinstance(code, str) or len(code) > 4 or np.dtype(code).char not in DTYPES:
            raise WireError("an array has a dtype outside the alphabet")
        if dimensions > DIMENSION_LIMIT:
            raise WireError(f"an array has more than {DIMENSION_LIMIT} dimensions")
        shape = [self._size() for _ in range(dimensions)]
        dtype = np.dtype(code)
        data = self._take(math.prod(shape) * dtype.itemsize)
        if dtype.char == "?" and data.strip(b"\x00\x01"):  # NumPy would treat a 2 now as true and now as false
            raise WireError("an array contains booleans that are neither true nor false")
        return np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=True)

    def _laid_out(self, depth: int) -> object:
        order, tag = self._tokens.unpack(), self._tokens.unpack()
        if order not in ("F", "V") or tag != "a":
            raise WireError("a memory order is unknown, or belongs to no array")
        array = self._array(depth)
        if order == "F" or array.ndim == 0:
            return np.asfortranarray(array)
        apart = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
        apart[..., ::2] = array
        return apart[..., ::2]

    def _scalar(self, depth: int) -> object:
        array = self._array(depth)
        if array.shape != ():
            raise WireError("a NumPy scalar has a shape")
        return array[()]

    def _affine(self, depth: int) -> Affine:
        matrix, centre, offset = parts = self._items(3, depth)
        if not all(isinstance(part, np.ndarray) and part.dtype.kind == "f" for part in parts):
            raise WireError("an affine function is not made of arrays of floats")
        function = Affine(matrix, centre, offset)  # type: ignore[arg-type]
        if function.matrix.shape != (*function.offset.shape, *function.centre.shape) or function.matrix.ndim != 2:
            raise WireError("the parts of an affine function do not fit together")
        return function

    def _tensor(self, depth: int) -> object:
        dtype, requires_grad, array = self._tokens.unpack(), self._tokens.unpack(), self.decode(depth + 1)
        if type(dtype) is not str or type(requires_grad) is not bool or not isinstance(array, np.ndarray):
            raise WireError("a tensor is not made of a dtype and an array")
        return Tensor(array, dtype, requires_grad).restored()

    def _figure(self, depth: int) -> Figure:
        return figures.figure(self.decode(depth + 1))

    def _handle(self, depth: int) -> object:
        number, type_name = self._size(), self._text(depth)
        if len(type_name) > NAME_LIMIT:
            raise WireError("a handle's type has too long a name")
        return self._resolve(Handle(number, type_name))

    def _callback(self, depth: int) -> object:
        return self._resolve(Callback(self._size()))


_READERS: dict[str, Callable[[_Decoder, int], object]] = {
    "i": _Decoder._integer,
    "s": _Decoder._text,
    "b": _Decoder._bytes,
    "c": _Decoder._complex,
    "l": _Decoder._list,
    "t": _Decoder._tuple,
    "d": _Decoder._dict,
    "a": _Decoder._array,
    "n": _Decoder._scalar,
    "o": _Decoder._laid_out,
    "m": _Decoder._affine,
    "T": _Decoder._tensor,
    "p": _Decoder._figure,
    "h": _Decoder._handle,
    "f": _Decoder._callback,
}


def encode(value: object, refer: Referrer = _refuse) -> bytes:
    """Return `value` as one whole frame.

    `refer` is called for a reference if a value is outside the alphabet. Raises WireError.
    """
    encoder = _Encoder(refer)
    encoder.encode(value)
    return encoder.frame()


def lengths(prefix: bytes) -> tuple[int, int]:
    """Return header and buffers length of a frame from its first 8 bytes, if they are within the limits."""
    header, buffers = PREFIX.unpack(prefix)
    if header > HEADER_LIMIT or buffers > BUFFERS_LIMIT:
        raise WireError("a frame is larger than allowed")
    return header, buffers


def decode(header: bytes, buffers: bytes, resolve: Resolver = lambda reference: reference) -> object:
    """Return the value of a frame's two parts; anything outside the alphabet raises WireError.

    `resolve` turns references into what the caller wants in their place.
    """
    try:
        decoder = _Decoder(header, buffers, resolve)
        value = decoder.decode()
        decoder.finish()
    except WireError:
        raise
    except Exception as error:  # msgpack, NumPy and int() each have their own ways to fail
        raise WireError(f"a frame cannot be read: {error}") from error
    return value


def normalise(
    value: object,
    refer: Referrer = _refuse,
    resolve: Resolver = lambda reference: reference,
) -> object:
    """Return `value` as it would arrive on the other side: new arrays, plain exact types."""
    frame = encode(value, refer)
    start = PREFIX.size
    end = start + lengths(frame[:start])[0]
    return decode(frame[start:end], frame[end:], resolve)
