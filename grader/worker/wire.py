"""What may cross between a worker and the trusted side, and how it is framed.

A closed alphabet of inert values, and nothing that could run: None, bool, int of any size, float,
complex, str, bytes, list, tuple, dict, NumPy arrays and scalars of listed dtypes, and two kinds of
reference: a `Handle` to an object that stays in the worker, a `Callback` to a callable that stays
with the trusted side. There is no pickle here, and there must never be.

A frame is ``header length, buffers length (two big-endian u32) · header · buffers``. The header is
msgpack of tagged lists; array bytes lie outside it, so a small header bounds how many Python
objects a frame can make. Every frame is taken as hostile: lengths, depth and element counts are
bounded before anything is built, and whatever does not fit raises `WireError`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np

HEADER_LIMIT = 2 * 1024 * 1024
BUFFERS_LIMIT = 64 * 1024 * 1024
DEPTH_LIMIT = 32
ELEMENT_LIMIT = 200_000
DIMENSION_LIMIT = 32
PREFIX = struct.Struct(">II")

# Plain numbers only: no object, no void or structured dtype, no datetime, no text.
DTYPES = frozenset("?bBhHiIlLqQefdFD")


class WireError(ValueError):
    """A value or a frame that does not belong to the alphabet, or exceeds its bounds."""


@dataclass(frozen=True)
class Handle:
    """Stands for an object of the student's that stays in the worker; lives for one check."""

    number: int
    type_name: str


@dataclass(frozen=True)
class Callback:
    """Stands for a callable of the check's that stays with the trusted side."""

    number: int


Referrer = Callable[[object], Handle | Callback]
Resolver = Callable[[Handle | Callback], object]


def _refuse(value: object) -> Handle | Callback:
    raise WireError(f"a value of type {type(value).__name__} cannot cross to or from a worker")


class _Encoder:
    def __init__(self, refer: Referrer) -> None:
        self.refer = refer
        self.buffers: list[bytes] = []
        self.size = 0
        self.elements = 0

    def encode(self, value: object, depth: int = 0) -> object:
        """Return `value` as tagged lists; exact types only, so no subclass travels as its base."""
        self.elements += 1
        if depth > DEPTH_LIMIT:
            raise WireError(f"a value nested deeper than {DEPTH_LIMIT} levels cannot cross")
        if self.elements > ELEMENT_LIMIT:
            raise WireError(f"a value of more than {ELEMENT_LIMIT} elements cannot cross")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if -(2**63) <= value < 2**64 else ["i", hex(value)]  # type: ignore[operator, arg-type]
        if kind is str:
            return self._text(value)  # type: ignore[arg-type]
        if kind is bytes:
            return ["b", self._buffer(value)]  # type: ignore[arg-type]
        if kind is complex:
            return ["c", value.real, value.imag]  # type: ignore[attr-defined]
        if kind is list or kind is tuple:
            return ["l" if kind is list else "t", *(self.encode(v, depth + 1) for v in value)]  # type: ignore[attr-defined]
        if kind is dict:
            return ["d", *(self.encode(v, depth + 1) for pair in value.items() for v in pair)]  # type: ignore[attr-defined]
        if isinstance(value, np.ndarray) and value.dtype.char in DTYPES:
            return self._array("a", value)
        if isinstance(value, np.generic) and value.dtype.char in DTYPES:
            return self._array("n", np.asarray(value))
        return self._reference(value)

    def _text(self, value: str) -> object:
        # Lone surrogates are legal in Python and not in UTF-8.
        return ["s", self._buffer(value.encode("utf-8", "surrogatepass"))]

    def _buffer(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > BUFFERS_LIMIT:
            raise WireError(f"a value of more than {BUFFERS_LIMIT >> 20} MiB cannot cross")
        self.buffers.append(data)
        return len(data)

    def _array(self, tag: str, value: np.ndarray[Any, Any]) -> object:
        if value.nbytes + self.size > BUFFERS_LIMIT:
            raise WireError(f"a value of more than {BUFFERS_LIMIT >> 20} MiB cannot cross")
        plain = np.asarray(value).astype(value.dtype.newbyteorder("<"), copy=False)
        return [tag, plain.dtype.str, list(plain.shape), self._buffer(plain.tobytes())]

    def _reference(self, value: object) -> object:
        reference = self.refer(value)
        if isinstance(reference, Handle):
            return ["h", reference.number, reference.type_name[:200]]
        return ["f", reference.number]


class _Decoder:
    def __init__(self, buffers: memoryview, resolve: Resolver) -> None:
        self.buffers = buffers
        self.resolve = resolve
        self.offset = 0
        self.elements = 0

    def decode(self, node: object, depth: int = 0) -> object:
        self.elements += 1
        if depth > DEPTH_LIMIT or self.elements > ELEMENT_LIMIT:
            raise WireError("a frame is nested too deeply or holds too many elements")
        if node is None or isinstance(node, (bool, int, float)):
            return node
        if not isinstance(node, list) or not node or not isinstance(node[0], str):
            raise WireError("a frame holds something outside the alphabet")
        tag, *body = node
        method = getattr(self, f"_{tag}", None) if len(tag) == 1 else None
        if method is None:
            raise WireError("a frame holds an unknown tag")
        return method(body, depth + 1)

    def _take(self, length: object) -> bytes:
        if type(length) is not int or length < 0 or self.offset + length > len(self.buffers):
            raise WireError("a frame's buffer is shorter than it says")
        start, self.offset = self.offset, self.offset + length
        return bytes(self.buffers[start : self.offset])

    def _i(self, body: list[object], depth: int) -> int:
        (digits,) = body
        if not isinstance(digits, str):
            raise WireError("a large integer is not written in hexadecimal")
        return int(digits, 16)

    def _b(self, body: list[object], depth: int) -> bytes:
        (length,) = body
        return self._take(length)

    def _s(self, body: list[object], depth: int) -> str:
        (length,) = body
        return self._take(length).decode("utf-8", "surrogatepass")

    def _c(self, body: list[object], depth: int) -> complex:
        real, imag = body
        if type(real) is not float or type(imag) is not float:
            raise WireError("a complex number is not made of two floats")
        return complex(real, imag)

    def _l(self, body: list[object], depth: int) -> list[object]:
        return [self.decode(v, depth) for v in body]

    def _t(self, body: list[object], depth: int) -> tuple[object, ...]:
        return tuple(self.decode(v, depth) for v in body)

    def _d(self, body: list[object], depth: int) -> dict[object, object]:
        values = [self.decode(v, depth) for v in body]
        if len(values) % 2:
            raise WireError("a dict has a key without a value")
        return dict(zip(values[::2], values[1::2], strict=True))

    def _a(self, body: list[object], depth: int) -> np.ndarray[Any, Any]:
        code, shape, length = body
        if not isinstance(code, str) or len(code) > 4 or np.dtype(code).char not in DTYPES:
            raise WireError("an array has a dtype outside the alphabet")
        if not isinstance(shape, list) or len(shape) > DIMENSION_LIMIT:
            raise WireError("an array has a shape that is no list of at most 32 sizes")
        if not all(type(n) is int and 0 <= n < 2**40 for n in shape):
            raise WireError("an array has a size that is no small natural number")
        dtype = np.dtype(code)
        data = self._take(length)
        if math.prod(shape) * dtype.itemsize != len(data):
            raise WireError("an array's bytes do not fill its shape")
        return np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=True)

    def _n(self, body: list[object], depth: int) -> object:
        array = self._a(body, depth)
        if array.shape != ():
            raise WireError("a NumPy scalar has a shape")
        return array[()]

    def _h(self, body: list[object], depth: int) -> object:
        number, type_name = body
        if type(number) is not int or not isinstance(type_name, str) or len(type_name) > 200:
            raise WireError("a handle is malformed")
        return self.resolve(Handle(number, type_name))

    def _f(self, body: list[object], depth: int) -> object:
        (number,) = body
        if type(number) is not int:
            raise WireError("a callback is malformed")
        return self.resolve(Callback(number))


def encode(value: object, refer: Referrer = _refuse) -> bytes:
    """Return `value` as one whole frame.

    `refer` is asked for a reference wherever a value is outside the alphabet. Raises WireError.
    """
    encoder = _Encoder(refer)
    header = msgpack.packb(encoder.encode(value))
    if len(header) > HEADER_LIMIT:
        raise WireError(f"a value with more than {HEADER_LIMIT >> 20} MiB of structure cannot cross")
    return b"".join([PREFIX.pack(len(header), encoder.size), header, *encoder.buffers])


def lengths(prefix: bytes) -> tuple[int, int]:
    """Return header and buffers length of a frame from its first 8 bytes, once within bounds."""
    header, buffers = PREFIX.unpack(prefix)
    if header > HEADER_LIMIT or buffers > BUFFERS_LIMIT:
        raise WireError("a frame is larger than frames may be")
    return header, buffers


def decode(header: bytes, buffers: bytes, resolve: Resolver = lambda reference: reference) -> object:
    """Return the value of a frame's two parts; anything not of the alphabet raises WireError.

    `resolve` turns references into what the caller wants in their place.
    """
    try:
        node = msgpack.unpackb(header, raw=False, strict_map_key=True, max_ext_len=0, max_map_len=0)
        decoder = _Decoder(memoryview(buffers), resolve)
        value = decoder.decode(node)
    except WireError:
        raise
    except Exception as error:  # msgpack, NumPy and int() each have their own ways to refuse
        raise WireError(f"a frame cannot be read: {error}") from error
    if decoder.offset != len(buffers):
        raise WireError("a frame carries bytes that nothing refers to")
    return value


def normalise(
    value: object,
    refer: Referrer = _refuse,
    resolve: Resolver = lambda reference: reference,
) -> object:
    """Return `value` as it would arrive on the other side: fresh arrays, plain exact types."""
    frame = encode(value, refer)
    header, buffers = lengths(frame[: PREFIX.size])
    start = PREFIX.size
    return decode(frame[start : start + header], frame[start + header :], resolve)
