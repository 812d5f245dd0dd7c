"""The same checks on the same work, in a student's own process and through the jail: the same in every word."""

from __future__ import annotations

import textwrap
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.checks.asking.channel import Channel
from grader.core.outcome import CheckResult
from grader.course.question_spec import QuestionSpec
from grader.intake.stage import stage
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.runner import CollectedSuite, with_collected
from grader.results.feedback import feedback_text
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Jail


@dataclass(frozen=True)
class Case:
    """A piece of student's work, a check on it, and how that ends: an outcome, and words of the feedback."""

    work: str
    check: str
    outcome: str
    words: tuple[str, ...] = ()


def case(work: str, check: str, outcome: str, *words: str) -> Case:
    return Case(textwrap.dedent(work).strip(), textwrap.dedent(check).strip(), outcome, words)


CASES = {
    "right": case("def right(x): return 2 * x", "assert submission.right(2) == 4", "passed"),
    "wrong": case(
        "def wrong(x): return 3 * x", "assert submission.wrong(2) == 4", "failed", "wrong(2)", "assert 6 == 4"
    ),
    "unlisted": case("def not_listed(): pass", "submission.not_listed()", "broken", "which its question does not list"),
    "unlisted_passed": case(
        "def unlisted_passed(f): f()",
        "submission.unlisted_passed(submission.not_listed)",
        "broken",
        "which its question does not list",
    ),
    "close": case(
        "def close(x): return x.astype('f4') + 1",
        "assert_close(submission.close(np.ones(2)), [2, 3], what='the sum')",
        "failed",
        "close(np.array([1., 1.], dtype=np.float64))",
        "from work import close",
    ),
    "stub": case(
        "def stub(): raise NotImplementedError('q')", "submission.stub()", "not_implemented", "Not implemented"
    ),
    "absent": case("def absnt(): pass", "submission.absent()", "not_implemented", "did you mean absnt?"),
    "none": case("def none(): pass", "assert submission.none() is None", "passed"),
    "drawn": case(
        "def drawn(x): return x if x < 50 else 0",
        "assert submission.drawn(x) == x",
        "failed",
        "smallest failing input:\n  x=50",
    ),
    # ── exceptions ──
    "raises": case(
        "def raises(): return [][1]",
        "submission.raises()",
        "raised",
        "raised IndexError",
        " in raises: def raises(): return [][1]",
        "IndexError: list index out of range",
    ),
    "expected": case(
        "def expected(): raise ValueError('bad shape')",
        "with pytest.raises(ValueError, match='bad shape'): submission.expected()",
        "passed",
    ),
    "unexpected": case(
        "def unexpected(): pass",
        "with pytest.raises(ValueError): submission.unexpected()",
        "failed",
        "DID NOT RAISE",
    ),
    "own_error": case(
        "class ShapeError(Exception): pass\ndef own_error(): raise ShapeError('bad')",
        "submission.own_error()",
        "raised",
        "raised ShapeError",
        "ShapeError: bad",
    ),
    "derived_error": case(
        "class DerivedError(ValueError): pass\ndef derived_error(): raise DerivedError('bad')",
        "with pytest.raises(ValueError, match='bad'): submission.derived_error()",
        "passed",
    ),
    "derived_error_told": case(
        "def derived_error_told(): raise DerivedError('bad')",
        "submission.derived_error_told()",
        "raised",
        "raised DerivedError",
        "DerivedError: bad",
    ),
    "library_error": case(
        "def library_error(): np.linalg.inv(np.zeros((2, 2)))",
        "with pytest.raises(ValueError, match='Singular'): submission.library_error()",
        "passed",
    ),
    "key": case("def key(): return {}['a']", "submission.key()", "raised", "KeyError: 'a'"),
    "wordless": case("def wordless(): raise ValueError", "submission.wordless()", "raised", "raised ValueError"),
    "decoding": case(
        r"def decoding(): b'\xff'.decode()", "with pytest.raises(UnicodeError): submission.decoding()", "passed"
    ),
    "asserted": case("def asserted(): assert 1 == 2, 'no'", "submission.asserted()", "raised", "AssertionError: no"),
    "exits": case("def exits(): raise SystemExit(0)", "submission.exits()", "raised", "raised SystemExit"),
    "own_base": case(
        "class Base(BaseException): pass\ndef own_base(): raise Base('up')",
        "submission.own_base()",
        "raised",
        "Base: up",
    ),
    "stops": case(
        "def stops(): raise StopIteration",
        "list(map(lambda _: submission.stops(), [1]))",
        "raised",
        "raised StopIteration",
    ),
    "recursion": case("def recursion(): return recursion()", "submission.recursion()", "raised", "RecursionError"),
    "memory": case("def memory(): raise MemoryError", "submission.memory()", "out_of_memory"),
    "unsayable": case(
        "class Mute(Exception):\n    def __str__(self): raise ValueError\ndef unsayable(): raise Mute",
        "submission.unsayable()",
        "raised",
        "raised Mute",
    ),
    "swallowed": case(
        "def swallowed(): raise ValueError('x')",
        "try:\n    submission.swallowed()\nexcept Exception:\n    pass",
        "passed",
    ),
    "stop_is_not_swallowed": case(
        "def stop_is_not_swallowed(): raise NotImplementedError",
        "try:\n    submission.stop_is_not_swallowed()\nexcept Exception:\n    pass",
        "not_implemented",
    ),
    # ── loading ──
    "bad_definition": case(
        "bad_definition = 1 / 0",
        "submission.bad_definition()",
        "raised",
        "ZeroDivisionError",
        "<module>: bad_definition = 1 / 0",
    ),
    "bad_global": case(
        "data = open('no.csv')\ndef bad_global(): return data", "submission.bad_global()", "raised", "FileNotFoundError"
    ),
    "no_package": case(
        "import no_such_torch\ndef no_package(): return no_such_torch.zeros(3)",
        "submission.no_package()",
        "forbidden",
        "no_such_torch.zeros is not allowed in this question",
    ),
    "misspelt_package": case(
        "import numpyy\ndef misspelt_package(): return numpyy.zeros(3)",
        "submission.misspelt_package()",
        "forbidden",
        "numpyy.zeros is not allowed in this question; did you mean numpy?",
    ),
    "misspelt_import": case(
        "def misspelt_import():\n    import maths",
        "submission.misspelt_import()",
        "forbidden",
        "'maths' is not allowed in this question and is not a file of the submission; did you mean math?",
    ),
    "gradient_not_called": case(
        "def gradient_not_called(gradient): return 0.1 * gradient",
        "submission.gradient_not_called(Quadratic(((2.0,),), (0.0,), (1.0,)))",
        "raised",
        "unsupported operand type(s) for *: 'float' and 'function'",
    ),
    "unlisted_package": case(
        "def unlisted_package():\n    import hypothesis",
        "submission.unlisted_package()",
        "forbidden",
        "'hypothesis' is not allowed",
    ),
    "reads_file": case(
        "from pathlib import Path\ndef reads_file(): return Path('data.csv').read_text()",
        "assert submission.reads_file() == '1,2'",
        "passed",
    ),
    # ── values ──
    "values": case(
        "def values(*args): return args",
        """
        sent = (None, True, 2**70, 1.5, 1j, 'é', b'x', [1], (2,), {'a': (3,)}, {1: 2})
        got = submission.values(*sent)
        assert got == sent and type(got[9]['a']) is tuple and type(got[1]) is bool
        """,
        "passed",
    ),
    "kwargs": case("def kwargs(a, *, b=0): return a - b", "assert submission.kwargs(b=1, a=3) == 2", "passed"),
    "wrong_kwargs": case(
        "def wrong_kwargs(a): return a",
        "submission.wrong_kwargs(c=3)",
        "raised",
        "got an unexpected keyword argument 'c'",
    ),
    "arrays": case(
        "def arrays(a): return a.flags.writeable, a.dtype, a[::2], a.astype('>f4'), a.sum()",
        """
        a = np.arange(4.0)
        a.flags.writeable = False
        writeable, dtype, half, single, total = submission.arrays(a)
        assert writeable and half.tolist() == [0, 2] and half.flags.writeable
        assert single.dtype == np.float32 and single.dtype.isnative and type(total) is np.float64
        """,
        "passed",
    ),
    "copies": case(
        "def copies(a):\n    a[:] = 0\n    return a",
        "a = np.ones(2); assert submission.copies.with_arguments(a)[0].sum() == 0 and a.sum() == 2",
        "passed",
    ),
    "matrix": case(
        "import numpy as np\ndef matrix(x): return np.asmatrix(x)",
        "assert_close(submission.matrix(np.ones((2, 3))), np.ones((2, 3)), what='the product')",
        "failed",
        "the product is a np.matrix, not a plain array of numbers",
        "got: <matrix of float64, shape (2, 3) of the submission>",
    ),
    "extended": case(
        "import numpy as np\ndef extended(x): return [x, np.ma.array(x)]",
        "assert_close(submission.extended(np.ones(2)), np.ones((2, 2)), what='the rows')",
        "failed",
        "the rows hold a masked array, not plain arrays or numbers alone",
    ),
    "odd_inside": case(
        """
        import numpy as np
        def odd_inside(x):
            product = np.asmatrix(x) * np.asmatrix(x).T
            kept = np.ma.array(x, mask=x < 0).astype(np.longdouble)
            return np.asarray(product), np.array([[kept.sum(), None]])[0, 0].astype(float)
        """,
        """
        product, total = submission.odd_inside(np.ones((2, 3)))
        assert product.tolist() == [[3, 3], [3, 3]] and total == 6
        """,
        "passed",
    ),
    "layouts": case(
        "def layouts(*arrays):\n    return [(a.flags.c_contiguous, a.flags.f_contiguous, a[1, 0]) for a in arrays]",
        """
        from grader.checks import in_fortran_order, with_gaps
        x = np.arange(6.0).reshape(2, 3)
        got = submission.layouts(x, in_fortran_order(x), with_gaps(x), x.T.copy().T)
        assert got == [(True, False, 3.0), (False, True, 3.0), (False, False, 3.0), (False, True, 3.0)]
        """,
        "passed",
    ),
    "random_state": case(
        "import numpy as np\ndef random_state(seed):\n    np.random.seed(seed)\n    return np.random.random()",
        """
        from grader.checks import assert_generators_left, draw_numbers
        draw_numbers(submission)
        assert_generators_left(submission, lambda: submission.right(2))
        first = submission.random_state(1)
        draw_numbers(submission)
        assert submission.random_state(1) == first
        assert_generators_left(submission, lambda: submission.random_state(1))
        """,
        "failed",
        "is drawn from or seeded, though one is passed in",
    ),
    "by_shape": case(
        "SUMS = {}\ndef by_shape(x):\n    return SUMS.setdefault(x.shape, x.sum())",
        """
        from grader.checks import in_company
        assert in_company(submission.right, [2], [3]) == 4
        assert in_company(submission.by_shape, [np.ones(2)], [np.zeros(2)]) == 2
        """,
        "failed",
    ),
    "by_first": case(
        """
        SUMS = {}
        def by_first(x, more):
            return SUMS.setdefault(tuple(x), sum(x) + sum(more))
        """,
        """
        import numpy as np
        from grader.checks import in_company
        assert in_company(submission.by_first, [np.ones(2), np.ones(2)], [np.zeros(2), np.zeros(2)]) == 4
        """,
        "failed",
    ),
    "kept_result": case(
        """
        import numpy as np
        RESULTS = {}
        def kept_result(x):
            return RESULTS.setdefault(x, {"double": [np.full(2, 2.0 * x)]})
        """,
        """
        from grader.checks import spoilt
        assert spoilt(submission.right, 2.0) == 4
        assert submission.kept_result(3.0)["double"][0].tolist() == [6, 6]
        assert spoilt(submission.kept_result, 3.0)["double"][0].tolist() == [6, 6]
        """,
        "failed",
    ),
    "third_time": case(
        "COUNT = []\ndef third_time(x):\n    COUNT.append(x)\n    return x + (len(COUNT) > 2)",
        "from grader.checks import in_company; in_company(submission.third_time, [1.0], [2.0])",
        "failed",
        "the same call gives another answer after a call with other numbers in the same arrays",
    ),
    "one_result": case(
        """
        import numpy as np
        RESULT = np.zeros(2)
        def one_result(x):
            np.multiply(x, 2, out=RESULT)
            return RESULT
        """,
        """
        from grader.checks import all_at_once, in_company
        one, other = np.ones(2), np.zeros(2)
        assert [each[0] for each in all_at_once(submission.right, [np.ones(1)], [np.zeros(1)])] == [2, 0]
        assert [each[0] for each in all_at_once(submission.one_result, [one], [other])] == [0, 0]
        in_company(submission.one_result, [one], [other])
        """,
        "failed",
        "a call changes what an earlier call has returned: each call must return a new result",
    ),
    "by_address": case(
        """
        SUMS = {}
        def by_address(x, more):
            KEPT = [x, *more]
            key = tuple(map(id, KEPT))
            if key not in SUMS:
                SUMS[key] = KEPT, sum(map(sum, KEPT))
            return SUMS[key][1]
        """,
        """
        from grader.checks import in_company
        one, other = np.ones(2), np.zeros(2)
        assert in_company(submission.right, [[1]], [[2]]) == [1, 1]
        in_company(submission.by_address, [one, [other]], [other, [one + 1]])
        """,
        "failed",
        "the same call gives another answer after a call with other numbers in the same arrays",
    ),
    "moved_in_place": case(
        "def moved_in_place(optimizer, p): return optimizer.step(p, lambda p: 2 * p) is p and float(p[0])",
        """
        optimizer = submission.engine_work("InPlace")(0.25)
        assert submission.moved_in_place.with_arguments(optimizer, np.ones(1))[0] == 0.5
        """,
        "passed",
    ),
    "writes": case(
        "def writes(n, x):\n    x[1, 0] = 7\n    return x",
        "submission.writes(2, np.ones((2, 1)))",
        "failed",
        "writes changes its arguments, although the docstring says that they are left as they are",
        "x, an array of shape (2, 1), was changed: entry [1, 0] was 1 and is now 7",
    ),
    "reshapes": case(
        "def reshapes(*all): all[0].shape = (3, 2)",
        "submission.reshapes(np.ones((2, 3)))",
        "failed",
        "argument 1, an array of shape (2, 3), was changed: it now has shape (3, 2)",
    ),
    "fills": case(
        "def fills(*, memory): memory['velocity'] = 0.5",
        "submission.fills(memory={'rate': 0.5})",
        "failed",
        "memory, a dict of 1, was changed: its keys were ['rate'] and are now ['rate', 'velocity']",
    ),
    "reverses": case(
        "def reverses(weights): weights.reverse()",
        "submission.reverses([np.ones((2, 2)), np.zeros((2, 2))])",
        "failed",
        "weights, a list of 2, was changed: item 0: entry [0, 0] was 1 and is now 0",
    ),
    "method_writes": case(
        "class Memory:\n    def take(self, x): x *= 2\ndef method_writes(): return Memory()",
        "submission.method_writes().take(np.ones(1))",
        "failed",
        "take changes its arguments",
    ),
    "reads": case(
        "def reads(x, box, f, thing):\n    x.flags.writeable = False\n    thing.n = 2\n    return f(box[0] + x)",
        "assert submission.reads(np.ones(1), [np.ones(1)], sum, submission.Object(1)) == 2",
        "passed",
    ),
    "changed": case(
        "def changed(a, b, c):\n    a += 1\n    b.append(2)\n    c['x'] = a",
        """
        a, b = np.zeros(2), [1]
        result, (x, y, z) = submission.changed.with_arguments(a, b, {})
        assert result is None and x.tolist() == [1, 1] and y == [1, 2] and z['x'].tolist() == [1, 1]
        assert a.tolist() == [0, 0] and b == [1]
        """,
        "passed",
    ),
    "list_for_tuple": case(
        "def list_for_tuple(): return [1, 2]",
        "assert submission.list_for_tuple() == (1, 2)",
        "failed",
        "[1, 2] == (1, 2)",
    ),
    "too_deep": case(
        "def too_deep():\n    x = []\n    x.append(x)\n    return x",
        "submission.too_deep()",
        "raised",
        "too large, too deep",
        "nested deeper than 32",
    ),
    "too_large": case(
        "def too_large(): return [None] * 300_000", "submission.too_large()", "raised", "200000 elements"
    ),
    "huge_number": case(
        "def huge_number(x=None): return 10**5000",
        "assert submission.huge_number(submission.huge_number()) == 1",
        "failed",
        "too large to show here",
    ),
    # ── what stays with the student ──
    "Object": case(
        """
        class Object:
            def __init__(self, n): self.n = n
            def add(self, k):
                self.n += k
                return self.n
        """,
        "o = submission.Object(n=1); o.add(2); assert o.add(3) == 6 and submission.read(o, 'n') == 6",
        "passed",
    ),
    "object_snippet": case(
        "def object_snippet(o): return o.n",
        "o = submission.Object(1); o.add(2); assert submission.object_snippet(o) == 0",
        "failed",
        "object = Object(1)\n    object.add(2)\n    print(object_snippet(object))",
        "from work import Object, object_snippet",
    ),
    "inside": case(
        "def inside(): return {'pair': (Object(1), 2.0)}",
        "got = submission.inside(); assert got['pair'][0].add(1) == 2 and got['pair'][1] == 2.0",
        "passed",
    ),
    "inside_snippet": case(
        "def inside_snippet(): return Object(1), 2",
        "o, n = submission.inside_snippet(); assert o.add(n) == 0",
        "failed",
        "result = inside_snippet()\n    print(result[0].add(2))",
    ),
    "nested": case(
        "class nested:\n    layer = Object(3)",
        "net = submission.nested(); layer = submission.read(net, 'layer'); assert layer.add(1) == 4",
        "passed",
    ),
    "same": case(
        "def same(o): return o",
        "o = submission.Object(1); p = submission.same(o); p.add(1); assert o.add(0) == 2",
        "passed",
    ),
    "several": case(
        "def several(pair, table): return pair[0].n + table['o'].n",
        "o = submission.Object(1); assert submission.several((o, 2), {'o': o}) == 2",
        "passed",
    ),
    "no_method": case(
        "", "submission.Object(1).scale()", "raised", "raised AttributeError", "has no attribute 'scale'"
    ),
    "generator": case(
        "def generator():\n    yield 1", "assert submission.generator() == [1]", "failed", "<generator of"
    ),
    "iterated": case("def iterated():\n    yield 1", "list(submission.iterated())", "broken", "not iterable"),
    "subclass": case(
        """
        class Liar(np.ndarray):
            def __eq__(self, other): return True
        def subclass(): return np.zeros(2).view(Liar)
        """,
        "assert_close(submission.subclass(), [1, 1], what='the sum')",
        "failed",
        "Liar of float64",
    ),
    "named_tuple": case(
        """
        import collections
        Gradients = collections.namedtuple("Gradients", "dx dw")
        def named_tuple(x): return [Gradients(x, dw=2 * x)]
        """,
        """
        [got] = submission.named_tuple(np.ones(2))
        assert type(got) is tuple and len(got) == 2
        assert_close(got[1], [2, 2], what='dw')
        """,
        "passed",
    ),
    "named_tuple_that_acts": case(
        """
        import typing
        class Scale(typing.NamedTuple):
            by: float
            def times(self, x): return self.by * x
        def named_tuple_that_acts(): return Scale(3.0)
        """,
        "assert submission.named_tuple_that_acts().times(2) == 6",
        "passed",
    ),
    "a_class": case(
        "def a_class(): return Object", "assert submission.a_class() == 1", "failed", "<type of the submission>"
    ),
    # ── what is passed in ──
    "callback": case(
        "def callback(f, x): return f(x) + f(x=2 * x)", "assert submission.callback(lambda x: x + 1, 3) == 11", "passed"
    ),
    "callback_copies": case(
        "def callback_copies(f, a):\n    f(a)\n    return a",
        """
        def zero(a): a[:] = 0
        assert submission.callback_copies(zero, np.ones(2)).tolist() == [1, 1]
        """,
        "passed",
    ),
    "callback_gets_object": case(
        "def callback_gets_object(f): return f(Object(4))",
        "assert submission.callback_gets_object(repr) == '<Object of the submission>'",
        "passed",
    ),
    "repeated": case(
        "def repeated(p, f):\n    p -= f(p)\n    return p",
        """
        seen = []
        def slope(point):
            seen.append(point.tolist())
            return np.ones(2)
        path = submission.repeated.repeated(np.array([3.0, 1.0]), [slope, slope, abs])
        assert [p.tolist() for p in path] == [[2, 0], [1, -1], [0, -2]]
        assert seen == [[3, 1], [2, 0]]
        """,
        "passed",
    ),
    "repeated_keeps": case(
        "KEPT = []\ndef repeated_keeps(p, f):\n    KEPT.append(p)\n    KEPT[0] += 1\n    return KEPT[0]",
        """
        path = submission.repeated_keeps.repeated(np.zeros(1), [abs] * 3)
        assert [p.tolist() for p in path] == [[1], [2], [3]]
        """,
        "passed",
    ),
    "repeated_pauses": case(
        "def repeated_pauses(p, f): return [p[0] + 1]",
        "assert submission.repeated_pauses.repeated(np.zeros(1), [abs] * 3) == [[1.0]]",
        "passed",
    ),
    "walks_on": case(
        "class Listing:\n    def step(self, p, f): return [p[0] + 1, p[1]]\ndef walks_on(): return Listing()",
        """
        bowl = Quadratic(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0), (0.0, 0.0))
        path = walk(submission.walks_on(), [bowl] * 3, np.ones(2))
        assert path.tolist() == [[1, 1], [2, 1], [3, 1], [4, 1]]
        """,
        "passed",
    ),
    "walks_off": case(
        "class Off:\n    def step(self, p, f): return p / (p != 2)\ndef walks_off(): return Off()",
        "walk(submission.walks_off(), [abs, round, abs], np.array([2.0]))",
        "failed",
        "holds nan or infinity",
        "for each in [abs, round, abs]:",
        "point = off.step(point, each)",
    ),
    "walk_raises": case(
        """
        class Third:
            taken = 0
            def step(self, p, f):
                self.taken += 1
                return [p, p + 1][self.taken - 1]
        def walk_raises(): return Third()
        """,
        "walk(submission.walk_raises(), [abs] * 3, np.ones(1))",
        "raised",
        "IndexError",
        "for each in [abs] * 3:",
    ),
    "callback_gives_object": case(
        "def callback_gives_object(f): return f().n",
        "o = submission.Object(5); assert submission.callback_gives_object(lambda: o) == 5",
        "passed",
    ),
    "own_function_passed": case(
        "def square(x): return x * x\ndef own_function_passed(f, x): return f(x)",
        "assert submission.own_function_passed(submission.square, 3) == 9",
        "passed",
    ),
    "own_method_passed": case(
        "def own_method_passed(f): return f(3)",
        "o = submission.Object(1); assert submission.own_method_passed(o.add) == 4",
        "passed",
    ),
    "callback_raises": case(
        "def callback_raises(f): return f()",
        """
        def f(): raise LookupError('mine')
        with pytest.raises(LookupError, match='mine'): submission.callback_raises(f)
        """,
        "passed",
    ),
    "callback_fails": case(
        "def callback_fails(f):\n    try:\n        f()\n    except:\n        return 1",
        "submission.callback_fails(lambda: fail('asked for too much'))",
        "failed",
        "asked for too much",
    ),
    "callback_fails_again": case(
        """
        def callback_fails_again(f):
            for _ in range(3):
                try:
                    f()
                except Exception:
                    pass
        """,
        """
        calls = []
        def f():
            calls.append(1)
            raise LookupError
        with pytest.raises(LookupError): submission.callback_fails_again(f)
        assert len(calls) == 1
        """,
        "passed",
    ),
    "callback_gives_nonsense": case(
        "def callback_gives_nonsense(f): return f()",
        "submission.callback_gives_nonsense(lambda: {1, 2})",
        "broken",
        "a check passed in a set",
    ),
    "argument_is_nonsense": case(
        "def argument_is_nonsense(x): pass", "submission.argument_is_nonsense({1})", "broken", "a check passed in a set"
    ),
    "asks_callback_wrongly": case(
        "def asks_callback_wrongly(f): return f(1, 2)",
        "submission.asks_callback_wrongly(lambda x: x)",
        "broken",
        "positional argument",
    ),
    "gives_callback_too_much": case(
        "def gives_callback_too_much(f): return f([None] * 300_000)",
        "submission.gives_callback_too_much(lambda x: x)",
        "raised",
        "200000 elements",
    ),
    "called_back_into": case(
        "def called_back_into(f): return f(3)",
        "submission.called_back_into(lambda x: submission.square(x))",
        "broken",
        "which was waiting for it",
    ),
    # ── state ──
    "counts": case(
        "n = 0\ndef counts():\n    global n\n    n += 1\n    return n",
        "assert submission.counts() == 1 and submission.counts() == 2",
        "passed",
    ),
    "flaky": case(
        "seen = []\ndef flaky(x):\n    seen.append(x)\n    return x if len(seen) > 1 else -1",
        "assert submission.flaky(x) == x",
        "failed",
        "gave different results when they were repeated",
    ),
    "printing": case(
        "def printing():\n    print('hello')\n    return 1", "assert submission.printing() == 1", "passed"
    ),
    "warning": case("def warning(): return np.log(np.zeros(1))", "assert submission.warning() == -np.inf", "passed"),
    "many_calls": case(
        "def many_calls(x): return x",
        "assert [submission.many_calls(n) for n in range(99)] == 1",
        "failed",
        "print(many_calls(2))\n    ...  # 70 more calls\n    print(many_calls(73))",
    ),
}

HEAD = """
import numpy as np
import pytest
from hypothesis import given, strategies as st
from grader.checks import Quadratic, assert_close, criterion, fail, walk
"""


def suite_text() -> str:
    parts = [HEAD]
    for name, one in CASES.items():
        drawn = "x" if name in {"drawn", "flaky"} else ""
        parts.append(f'\n@criterion("q.q.{name}")')
        parts.append("@given(x=st.integers(0, 100))" if drawn else "")
        parts.append(f"def test_{name}({', '.join(filter(None, ['submission', drawn]))}):")
        parts.append(textwrap.indent(f'"""Ask."""\n{one.check}', "    "))
    return "\n".join(parts) + "\n"


def work_text() -> str:
    return "import numpy as np\n" + "\n".join(one.work for one in CASES.values()) + "\n"


NAMES = tuple(dict.fromkeys([*CASES, "square"]))
Told = dict[str, tuple[CheckResult, str]]


def results(suite: Path, root: Path, channel: Channel) -> Told:
    def run_all(collected: CollectedSuite) -> Told:
        told = {}
        for check in collected.checks:
            result = collected.run(check, channel)
            told[check.criterion.rpartition(".")[2]] = (result, feedback_text(result, staff=True))
        return told

    return with_collected([(suite, "public")], root, lambda check: derived_seed(b"", "two-sides", check), run_all)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """The results of all checks on each side."""
    root = tmp_path_factory.mktemp("course")
    work = root / "student"
    work.mkdir()
    (work / "work.py").write_text(work_text(), encoding="utf-8")
    (work / "data.csv").write_text("1,2", encoding="utf-8")
    suite = root / "test_two_sides.py"
    suite.write_text(suite_text(), encoding="utf-8")
    # Here a project makes errors of warnings, as some do; none may become an error of the student's.
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True, action="error"):
        patch.chdir(work)
        told = {
            "in process": results(
                suite, root, InProcess(work, ["work.py", "data.csv"], QuestionSpec("work", NAMES, ("numpy",)))
            )
        }
    with Jail(choose("auto")) as jail:
        staged = stage(work, jail.staging)
        channel = jail.open(staged.files, QuestionSpec("work", NAMES, ("numpy",)), Limits(), Budget())
        told["jailed"] = results(suite, root, channel)
        channel.close()
    return told


def plain(text: str) -> str:
    return text.replace("./work.py", "work.py")


@pytest.mark.parametrize("side", ["in process", "jailed"])
@pytest.mark.parametrize("name", CASES)
def test_a_check_ends_as_it_should(sides: dict[str, Told], side: str, name: str) -> None:
    result, text = sides[side][name]
    assert result.outcome == CASES[name].outcome, text
    for words in CASES[name].words:
        assert words in text


@pytest.mark.parametrize("name", CASES)
def test_both_sides_say_the_same_word_for_word(sides: dict[str, Told], name: str) -> None:
    here, there = sides["in process"][name], sides["jailed"][name]
    assert here[0].outcome == there[0].outcome
    # Where a callable of the check's own erred, the way there leads through the student's frames in process.
    cut = "Where it happened" if here[0].check_erred else "\0"
    assert plain(here[1]).partition(cut)[0] == there[1].partition(cut)[0]


def test_every_case_has_run(sides: dict[str, Told]) -> None:
    assert set(sides["in process"]) == set(sides["jailed"]) == set(CASES)
