"""What crosses, what does not, and that no frame does more than be refused."""

from __future__ import annotations

import math
import tracemalloc
from collections import Counter, OrderedDict, defaultdict, namedtuple
from enum import IntEnum
from typing import Any, NamedTuple

import msgpack
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.worker.wire import codec as wire
from grader.worker.wire.codec import Affine, Callback, Handle, WireError, decode, encode, normalise

MEBI = 1 << 20
EXAMPLES = settings(max_examples=200, deadline=None)

numbers = st.integers() | st.floats() | st.complex_numbers() | st.integers(-(2**300), 2**300)
# Lone surrogates are legal in a str.
texts = st.text(st.characters(exclude_categories=()))
scalars = st.none() | st.booleans() | numbers | texts | st.binary()
dtypes = st.sampled_from([f"{order}{code}" for code in sorted(wire.DTYPES) for order in "<>"])
arrays = dtypes.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
keys = st.none() | st.booleans() | st.integers() | texts | st.binary() | st.tuples(st.integers(), texts)
values: st.SearchStrategy[Any] = st.recursive(
    scalars | arrays,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner),
    max_leaves=15,
)


def parts(frame: bytes) -> tuple[bytes, bytes]:
    header, buffers = wire.lengths(frame[: wire.PREFIX.size])
    body = frame[wire.PREFIX.size :]
    assert len(body) == header + buffers
    return body[:header], body[header:]


def as_it_is(reference: Any) -> Any:
    """Stand in for both ends of a reference."""
    return reference


def header(*tokens: object) -> bytes:
    return b"".join(msgpack.packb(token) for token in tokens)


def assert_same(got: object, sent: object) -> None:
    """Assert that two values have the same types and values all the way down; NaN equals NaN."""
    assert type(got) is type(sent)
    if isinstance(sent, (list, tuple)) and isinstance(got, (list, tuple)):
        assert len(got) == len(sent)
        for g, s in zip(got, sent, strict=True):
            assert_same(g, s)
    elif isinstance(sent, dict) and isinstance(got, dict):
        assert_same(list(got.items()), list(sent.items()))
    elif isinstance(sent, (np.ndarray, np.generic)):
        g, s = np.asarray(got), np.asarray(sent)
        assert g.dtype == s.dtype.newbyteorder("=")
        assert g.shape == s.shape
        assert g.tobytes() == s.astype(g.dtype).tobytes()
    elif isinstance(sent, Affine) and isinstance(got, Affine):
        assert_same([got.matrix, got.centre, got.offset], [sent.matrix, sent.centre, sent.offset])
    elif isinstance(sent, (float, complex)):
        assert repr(got) == repr(sent)  # tells -0.0 from 0.0 and makes NaN equal
    else:
        assert got == sent


# ── what crosses ──────────────────────────────────────────────────────────────────────────────────


@given(values)
@EXAMPLES
def test_every_value_of_the_alphabet_arrives_as_it_was_sent(value: object) -> None:
    assert_same(normalise(value), value)


@pytest.mark.parametrize(
    "number",
    [2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**5000, -(10**5000)],
    ids=lambda n: n.bit_length(),
)
def test_integers_of_any_size_arrive(number: int) -> None:
    assert normalise(number) == number


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, -0.0, 5e-324, complex(math.nan, -math.inf)])
def test_numbers_that_are_no_ordinary_numbers_arrive(number: complex) -> None:
    assert_same(normalise(number), number)


@pytest.mark.parametrize("code", sorted(wire.DTYPES))
def test_a_numpy_scalar_stays_a_numpy_scalar_of_its_dtype(code: str) -> None:
    scalar = np.ones((), code)[()]
    got = normalise(scalar)
    assert isinstance(got, np.generic)
    assert got.dtype == scalar.dtype
    assert got == 1


LAYOUTS = {
    "every second column": lambda a: a[:, ::2],
    "reversed": lambda a: a[::-1],
    "transposed": lambda a: a.T,
    "Fortran": np.asfortranarray,
    "broadcast": lambda a: np.broadcast_to(a[0], (5, 4)),
    "big-endian": lambda a: a.astype(">f8"),
    "read-only": lambda a: (a.setflags(write=False), a)[1],
    "no dimension": lambda a: a[0, 0, ...],
    "empty": lambda a: a[:0],
    "as many dimensions as there can be": lambda a: a.reshape((3, 4, *[1] * 62)),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_an_array_of_any_layout_arrives_fresh_and_writeable_in_native_order(layout: Any) -> None:
    sent = layout(np.arange(12.0).reshape(3, 4))
    got: Any = normalise(sent)
    assert_same(got, sent)
    assert got.flags.writeable
    assert (got.flags.c_contiguous, got.flags.f_contiguous) == (sent.flags.c_contiguous, sent.flags.f_contiguous)
    assert not np.shares_memory(got, sent)


def test_two_places_of_one_array_arrive_as_two_arrays() -> None:
    array = np.zeros(3)
    got: Any = normalise([array, array])
    got[0] += 1
    assert got[1].tolist() == [0, 0, 0]


def test_references_cross_and_are_resolved_on_the_other_side() -> None:
    there: dict[Any, Handle | Callback] = {object: Handle(7, "Net"), len: Callback(2)}
    here: dict[Handle | Callback, str] = {Handle(7, "Net"): "the net", Callback(2): "the callable"}
    got = normalise([object, {"f": (len,)}], lambda value: there[value], lambda reference: here[reference])
    assert got == ["the net", {"f": ("the callable",)}]


def test_a_handle_keeps_a_readable_part_of_any_type_name() -> None:
    got = normalise(object(), lambda value: Handle(1, "N\ud800" * 500))
    assert isinstance(got, Handle)
    assert got.type_name == "N\ud800" * 100


def test_an_affine_function_crosses_as_its_coefficients_and_is_called_where_it_arrives() -> None:
    sent = Affine(np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]]), np.array([1.0, 0.0]), np.array([0.0, 0.0, 5.0]))
    got: Any = normalise([sent])
    point = np.array([2.0, 1.0])
    assert got[0](point).tolist() == sent(point).tolist() == [3.0, 7.0, 6.0]
    assert not np.shares_memory(got[0].matrix, sent.matrix)
    with pytest.raises(ValueError, match=r"shape \(3,\), expected \(2,\)"):
        got[0](np.zeros(3))


# ── what does not cross ───────────────────────────────────────────────────────────────────────────

Pair = namedtuple("Pair", "a b")


class Typed(NamedTuple):
    """A pair."""

    a: int
    b: list[float]


class Own(Pair):
    """Whose entries are what it makes of them."""

    def __iter__(self) -> Any:
        raise LookupError


class Acting(NamedTuple):
    """A named tuple that can do something is an object."""

    rate: float

    def step(self) -> float:
        """Do something."""
        return self.rate


class Called(Pair):
    """As above."""

    def __call__(self) -> None:
        """Do something."""


class Posing(tuple):  # type: ignore[type-arg]
    """No named tuple: it has no names."""

    fields = ("a",)


@pytest.mark.parametrize(
    "made", [OrderedDict(a=1), defaultdict(int, a=1), Counter(a=1)], ids=lambda made: type(made).__name__
)
def test_the_dicts_of_the_standard_library_arrive_as_dicts(made: dict[str, int]) -> None:
    got = wire.normalise(made)
    assert type(got) is dict
    assert got == {"a": 1}


class Ordered(OrderedDict[str, int]):
    """What OrderedDict itself may do, a class derived from it may not."""


Colour = IntEnum("Colour", "RED")
OWN = {base: type(f"Own{base.__name__}", (base,), {}) for base in (int, float, complex, str, bytes, list, tuple, dict)}


class OwnArray(np.ndarray):
    """A subclass whose base lies about it would be enough to cross."""


class OwnScalar(np.float64):
    """As above."""


OUTSIDE: list[object] = [
    *(own() for own in OWN.values()), Acting(1.0), Called(1, 2), Own(1, 2), Posing((1,)),
    Colour.RED, Ordered(a=1), np.zeros(2).view(OwnArray),
    OwnScalar(1), np.ma.masked_array([1.0], [True]), np.zeros(1, "f8,f8").view(np.recarray), set(), frozenset(),
    range(3), bytearray(), memoryview(b""), iter(()), (n for n in range(0)), object(), type, len, Ellipsis,
    NotImplemented, slice(1), np.dtype("f8"), np.array([None]), np.array(["a"]), np.array([b"a"]), np.zeros(1, "M8[s]"),
    np.zeros(1, "m8[s]"), np.zeros(1, "V4"), np.zeros(1, "f8,i4"), np.zeros((), "f8,i4")[()], np.datetime64(0, "s"),
    np.str_("a"), np.bytes_(b"a"), np.longdouble(1), np.zeros(1, "g"), np.zeros(1, "G"),
]  # fmt: skip


@pytest.mark.parametrize("value", [Pair(1, [2.5]), Typed(1, [2.5])], ids=["namedtuple", "NamedTuple"])
def test_a_named_tuple_crosses_as_a_tuple(value: object) -> None:
    assert_same(normalise({"k": [value, ()]}), {"k": [(1, [2.5]), ()]})


@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: [v], lambda v: {"k": (v,)}], ids=["bare", "in a list", "deep"])
@pytest.mark.parametrize("value", OUTSIDE, ids=lambda value: type(value).__name__)
def test_nothing_else_crosses_neither_as_itself_nor_as_its_base(value: object, wrap: Any) -> None:
    with pytest.raises(WireError, match=f"type {type(value).__name__} cannot cross"):
        encode(wrap(value))


@pytest.mark.parametrize("value", OUTSIDE, ids=lambda value: type(value).__name__)
def test_something_else_is_referred_to_where_references_are_made(value: object) -> None:
    assert_same(normalise((value,), lambda v: Handle(1, type(v).__name__)), (Handle(1, type(value).__name__),))


def test_an_unhashable_key_that_is_referred_to_is_an_error_of_the_frame() -> None:
    with pytest.raises(WireError, match="unhashable"):
        normalise({1: 2, Ellipsis: 3}, lambda value: Handle(1, ""), lambda reference: [])


# ── bounds, the same where a value leaves and where it arrives ────────────────────────────────────


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def test_a_value_may_be_as_deep_as_the_limit_and_no_deeper() -> None:
    assert normalise(nested(wire.DEPTH_LIMIT)) == nested(wire.DEPTH_LIMIT)
    with pytest.raises(WireError, match="nested deeper than 32"):
        encode(nested(wire.DEPTH_LIMIT + 1))


def test_a_list_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(WireError, match="nested deeper"):
        encode(loop)


def test_a_value_may_have_as_many_elements_as_the_limit_and_no_more() -> None:
    most = [None] * (wire.ELEMENT_LIMIT - 1)
    assert normalise(most) == most
    with pytest.raises(WireError, match="more than 200000 elements"):
        encode([*most, None])


def test_a_value_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert len(encode(bytes(wire.BUFFERS_LIMIT))) > wire.BUFFERS_LIMIT
    half = np.zeros(5 * MEBI)
    for large in (bytes(wire.BUFFERS_LIMIT + 1), [half, half]):
        with pytest.raises(WireError, match="more than 64 MiB"):
            encode(large)


LARGEST: dict[str, tuple[object, object, tuple[str, int]]] = {
    "a text": ("x" * wire.TEXT_LIMIT, "x" * (wire.TEXT_LIMIT + 1), ("s", wire.TEXT_LIMIT + 1)),
    "a whole number": (
        (1 << (8 * wire.INTEGER_LIMIT - 1)) - 1, 1 << (8 * wire.INTEGER_LIMIT), ("i", wire.INTEGER_LIMIT + 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LARGEST)
def test_one_text_and_one_number_are_as_large_as_their_limit_and_no_larger(what: str) -> None:
    largest, larger, tokens = LARGEST[what]
    assert normalise(largest) == largest
    with pytest.raises(WireError, match=f"{what} of more than"):
        encode(larger)
    with pytest.raises(WireError, match=f"{what} of more than"):
        decode(header(*tokens), bytes(tokens[1]))


def test_an_array_that_only_looks_large_is_refused_before_it_is_copied() -> None:
    with pytest.raises(WireError, match="more than 64 MiB"):
        encode(np.broadcast_to(np.zeros(1), (2**20, 2**20)))


FORESEEN = {"integers of one hash": lambda n: n * (2**61 - 1), "tuples": lambda n: (n,), "floats": float}


@pytest.mark.parametrize("key", FORESEEN.values(), ids=FORESEEN.keys())
def test_keys_whose_hash_can_be_foreseen_are_few(key: Any) -> None:
    few = {key(n): None for n in range(wire.FORESEEN_KEY_LIMIT)}
    assert normalise(few) == few
    more = [few, {key(-1): None}]
    with pytest.raises(WireError, match="keys that are not text"):
        encode(more)


def test_a_vocabulary_of_many_words_crosses() -> None:
    words = {f"word {n}": n for n in range(50_000)}
    assert normalise(words) == words


def test_a_frame_that_claims_to_be_larger_than_frames_may_be_is_refused_by_its_first_bytes() -> None:
    for lengths in ((wire.HEADER_LIMIT + 1, 0), (0, wire.BUFFERS_LIMIT + 1), (2**32 - 1, 2**32 - 1)):
        with pytest.raises(WireError, match="larger"):
            wire.lengths(wire.PREFIX.pack(*lengths))


# ── hostile frames ────────────────────────────────────────────────────────────────────────────────

MALFORMED: dict[str, tuple[bytes, bytes]] = {
    "nothing": (b"", b""),
    "an unknown tag": (header("p", "cos"), b""),
    "the name of a method": (header("_take", 1), b""),
    "a nested list": (msgpack.packb(["l", 0]), b""),
    "an empty nested list": (b"\x90", b""),
    "a map": (b"\x80", b""),
    "bytes in the header": (b"\xc4\x00", b""),
    "an extension": (msgpack.packb(msgpack.ExtType(5, b"")), b""),
    "a timestamp": (msgpack.packb(msgpack.Timestamp(1)), b""),
    "text that is no UTF-8": (b"\xa1\xff", b""),
    "buffer text that is no UTF-8": (header("s", 1), b"\xff"),
    "a size that is a boolean": (header("b", True), b"x"),
    "a negative size": (header("b", -1), b"x"),
    "a buffer that is too short": (header("b", 2), b"x"),
    "a buffer that nothing refers to": (header(1), b"x"),
    "a header that goes on": (header(1, 2), b""),
    "fewer items than said": (header("l", 2, 1), b""),
    "more items than there can be": (header("l", 2**63, 1), b""),
    "a key without a value": (header("d", 1, 1), b""),
    "an unhashable key": (header("d", 1, "l", 0, 1), b""),
    "an array as a key": (header("d", 1, "a", "<f8", 1, 0, 1), b""),
    "half a complex number": (header("c", 1.0), b""),
    "a complex number of integers": (header("c", 1, 2), b""),
    "a handle without a number": (header("h", "x", 0), b""),
    "a handle with an endless name": (header("h", 1, 201), b"x" * 201),
    "a callback by name": (header("f", "os.system"), b""),
    "a callback below zero": (header("f", -1), b""),
    "an object array": (header("a", "|O", 1, 1), bytes(8)),
    "a structured array": (header("a", "f,i", 1, 1), bytes(8)),
    "a subarray dtype": (header("a", "2f8", 1, 1), bytes(16)),
    "void": (header("a", "|V8", 1, 1), bytes(8)),
    "dates": (header("a", "<M8", 1, 1), bytes(8)),
    "text as an array": (header("a", "<U2", 1, 1), bytes(8)),
    "no dtype": (header("a", "zz", 1, 1), bytes(8)),
    "a number as a dtype": (header("a", 8, 1, 1), bytes(8)),
    "a shape below zero": (header("a", "<f8", 2, -1, -1), bytes(8)),
    "a shape of text": (header("a", "<f8", 1, "1"), bytes(8)),
    "more dimensions than there can be": (header("a", "<f8", 65, *[1] * 65), bytes(8)),
    "an array of petabytes": (header("a", "<f8", 2, 2**30, 2**30), bytes(8)),
    "sizes whose product overflows": (header("a", "<f8", 3, 2**32, 2**32, 2), b""),
    "an empty array of impossible size": (header("a", "<f8", 3, 2**62, 0, 2**62), b""),
    "an affine function of numbers": (header("m", 1.0, 1.0, 1.0), b""),
    "an affine function without an offset": (header("m", *["a", "<f8", 1, 0] * 2), b""),
    "an affine function that does not fit": (
        header("m", "a", "<f8", 2, 1, 2, "a", "<f8", 1, 1, "a", "<f8", 1, 1),
        bytes(32),
    ),
    "an affine function of integers": (header("m", "a", "<i8", 2, 0, 0, *["a", "<i8", 1, 0] * 2), b""),
    "a scalar with a shape": (header("n", "<f8", 1, 1), bytes(8)),
    "an unknown memory order": (header("o", "K", "a", "<f8", 1, 1), bytes(8)),
    "a memory order of a number": (header("o", "F", 1.0), b""),
    "a memory order of a memory order": (header("o", "V", "o", "V", "a", "<f8", 1, 1), bytes(8)),
}


@pytest.mark.parametrize("frame", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_frame_is_refused(frame: tuple[bytes, bytes]) -> None:
    with pytest.raises(WireError):
        decode(*frame)


BOMBS = {
    "lists in lists": header("l", 1) * 100_000,
    "lists that claim": header("l", 2**32 - 1) * 100_000,
    "msgpack arrays that claim": (b"\xdd" + (wire.HEADER_LIMIT - 5).to_bytes(4, "big")) * (wire.HEADER_LIMIT // 5),
    "empty lists": header("l", 10**6) + b"\x90" * 10**6,
    "empty tuples": header("l", 10**6) + header("t", 0) * 600_000,
    "arrays that claim": header("a", "<f8", 1, 2**40),
    "arrays with gaps that claim": header("o", "V", "a", "<f8", 1, 2**40),
    "empty arrays": header("l", 10**6) + header("a", "<f8", 1, 0) * 100_000,
    "colliding keys": header("d", 10**6) + header("i", 16, None) * 100_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_small_frame_cannot_claim_much_memory(bomb: bytes) -> None:
    assert len(bomb) <= wire.HEADER_LIMIT
    buffers = b"".join((n * (2**61 - 1)).to_bytes(16, "little") for n in range(100_000))
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(bomb, buffers)
        assert tracemalloc.get_traced_memory()[1] < 64 * MEBI
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=200), st.binary(max_size=50))
@EXAMPLES
def test_arbitrary_bytes_are_a_value_or_refused(start: bytes, buffers: bytes) -> None:
    try:
        value = decode(start, buffers)
    except WireError:
        return
    encode(value, as_it_is)


def writeable(token: object) -> bool:
    """Tell what msgpack itself can write into a header: no larger integers, no lone surrogates."""
    try:
        msgpack.packb(token)
    except (OverflowError, ValueError):
        return False
    return not isinstance(token, bytes)


tags = st.sampled_from([*"isbcltdanmhfoFV", "<f8", "|b1"])
plain = (st.none() | st.booleans() | st.integers() | st.floats() | texts).filter(writeable)
rows = st.lists(tags | st.integers(-1, 9) | plain, max_size=12)


@given(rows, st.binary(max_size=20))
@example(["d", 1, "l", 0, None], b"")
@EXAMPLES
def test_any_row_of_tokens_is_a_value_or_refused(row: list[object], buffers: bytes) -> None:
    try:
        value = decode(header(*row), buffers)
    except WireError:
        return
    assert_same(normalise(value, lambda reference: reference), value)  # type: ignore[arg-type, return-value]


@given(values, st.data())
@EXAMPLES
def test_a_valid_frame_with_some_bytes_changed_is_a_value_or_refused(value: object, data: st.DataObject) -> None:
    frame = bytearray(encode(value))
    for place in data.draw(st.lists(st.integers(0, len(frame) - 1), min_size=1, max_size=4)):
        frame[place] = data.draw(st.integers(0, 255))
    try:
        start, buffers = wire.lengths(bytes(frame[:8]))
        changed = decode(bytes(frame[8 : 8 + start]), bytes(frame[8 + start : 8 + start + buffers]))
    except WireError:
        return
    assert_same(normalise(changed, lambda reference: reference), changed)  # type: ignore[arg-type, return-value]


@given(values, st.integers(0, 10**6))
@EXAMPLES
def test_a_frame_cut_short_is_refused(value: object, cut: int) -> None:
    start, buffers = parts(encode(value))
    whole = start + buffers
    kept = whole[: cut % len(whole)]
    with pytest.raises(WireError):
        decode(kept[: len(start)], kept[len(start) :])


def test_no_code_of_a_frame_is_ever_run() -> None:
    # What a pickle that runs `os.system` looks like; to the wire it is a row of bytes.
    with pytest.raises(WireError):
        decode(b"cos\nsystem\n(S'true'\ntR.", b"")
