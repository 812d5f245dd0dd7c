"""The small mistakes with which a solution can be mutated, each as one replacement in its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

# Operators that are confused with each other; they have the same precedence, so that the rest is parsed as before.
_OPERATORS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*"), ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"), ast.MatMult: ("@", "*"), ast.Pow: ("**", "*"), ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="), ast.GtE: (">=", ">"), ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
}  # fmt: skip
_REVERSED: dict[type[ast.AST], str] = {ast.Lt: ">", ast.LtE: ">=", ast.Gt: "<", ast.GtE: "<="}
_FUNCTIONS = {
    "sum": "mean", "mean": "sum", "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum",
    "argmax": "argmin", "argmin": "argmax", "zeros": "ones", "ones": "zeros", "zeros_like": "ones_like",
    "ones_like": "zeros_like", "log": "log1p", "log1p": "log", "exp": "expm1", "expm1": "exp", "sin": "cos",
    "cos": "sin", "floor": "ceil", "ceil": "floor", "any": "all", "all": "any",
}  # fmt: skip
# Functions that can be left out, so that only their argument remains. Not np.array or float, which right work may leave
# out.
_LEFT_OUT = {"abs", "sqrt", "exp", "log", "log1p", "square", "tanh", "sign", "clip", "cumsum", "transpose", "flip"}
_SYMMETRIC = {"maximum", "minimum", "add", "multiply", "hypot", "logaddexp", "isclose", "allclose", "array_equal"}


@dataclass(frozen=True)
class Edit:
    """The replacement of the bytes from `start` to `end` of a text in UTF-8."""

    start: int
    end: int
    text: bytes


class Text:
    """A Python source in bytes, and the positions of the nodes of its tree."""

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        lines = self.data.splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node starts and ends, without parentheses around it."""
        at = node.__dict__
        first, last = self._starts[at["lineno"] - 1], self._starts[at["end_lineno"] - 1]
        return first + at["col_offset"], last + at["end_col_offset"]

    def of(self, node: ast.AST) -> bytes:
        """Return a node's own text."""
        start, end = self.span(node)
        return self.data[start:end]


def edits(statement: ast.stmt, text: Text) -> Iterator[Edit]:
    """Yield the mistakes that can be made in a statement and everything inside it, in the order of the text.

    Docstrings, annotations and decorators are skipped: they compute nothing.
    """
    if not _is_docstring(statement):
        yield from _edits_at(statement, text)
    for name, value in ast.iter_fields(statement):
        if name not in {"annotation", "returns", "decorator_list", "type_params", "op", "ops", "ctx"}:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_docstring(child):
                    yield from edits(child, text)  # type: ignore[arg-type]


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _edits_at(node: ast.AST, text: Text) -> Iterator[Edit]:
    match node:
        case ast.BinOp():
            yield from _operation(node, text)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from _swapped(left, right, [_OPERATORS.get(type(op)), _reversed(op)], text)
        case ast.BoolOp(op=op, values=[left, right]):
            yield from _swapped(left, right, [_OPERATORS[type(op)]], text)
        case ast.AugAssign(op=op, target=left, value=right):
            yield from _swapped(left, right, [_OPERATORS.get(type(op))], text)
            yield Edit(*text.span(node), b"pass")
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield Edit(text.span(node)[0], text.span(operand)[0], _opening(node, operand, text))
        case ast.Constant():
            yield from _constant(node, text)
        case ast.Call():
            yield from _call(node, text)
        case ast.Attribute(attr="T"):
            end = text.span(node)[1]
            yield Edit(end - len(".T"), end, b"")
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield Edit(*text.span(test), b"not (" + text.of(test) + b")")
        case ast.Tuple(elts=[first, second], ctx=ast.Load()):
            yield from _exchanged(first, second, text)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Expr(value=ast.Call()):
            yield Edit(*text.span(node), b"pass")


def _opening(node: ast.UnaryOp, operand: ast.expr, text: Text) -> bytes:
    """Return what is between an operator and its operand: parentheses that enclose the operand."""
    sign = b"-" if isinstance(node.op, ast.USub) else b"not"
    return text.data[text.span(node)[0] : text.span(operand)[0]].replace(sign, b"", 1).lstrip()


def _operation(node: ast.BinOp, text: Text) -> Iterator[Edit]:
    start, end = text.span(node)
    for edit in _swapped(node.left, node.right, [_OPERATORS.get(type(node.op))], text):
        yield edit
        yield Edit(start, end, text.data[start : edit.start].strip())
        if not isinstance(node.op, ast.Pow):  # changing only an exponent is not a mistake that anybody makes
            sign = b"-" if isinstance(node.op, ast.Sub) else b""
            yield Edit(start, end, sign + text.data[edit.end : end].strip())


def _reversed(op: ast.cmpop) -> tuple[str, str] | None:
    return (_OPERATORS[type(op)][0], _REVERSED[type(op)]) if type(op) in _REVERSED else None


def _swapped(left: ast.AST, right: ast.AST, pairs: list[tuple[str, str] | None], text: Text) -> Iterator[Edit]:
    between = text.span(left)[1], text.span(right)[0]
    for pair in filter(None, pairs):
        old, new = (word.encode() for word in pair)
        at = text.data.find(old, *between)
        if at >= 0:
            yield Edit(at, at + len(old), new)


def _constant(node: ast.Constant, text: Text) -> Iterator[Edit]:
    value = node.value
    if isinstance(value, bool):
        yield Edit(*text.span(node), str(not value).encode())
    elif isinstance(value, int):
        yield Edit(*text.span(node), str(value + 1).encode())
        if value > 1:
            yield Edit(*text.span(node), str(value - 1).encode())
    elif isinstance(value, float):
        yield Edit(*text.span(node), repr(value + 1).encode())


def _call(node: ast.Call, text: Text) -> Iterator[Edit]:
    start, end = text.span(node)
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    of_module = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and bool(node.args)
    if name in _FUNCTIONS:
        at = text.span(node.func)[1] - len(name)
        yield Edit(at, at + len(name), _FUNCTIONS[name].encode())
    if name in _LEFT_OUT and node.args and (of_module or isinstance(node.func, ast.Name)):
        whole = isinstance(node.args[0], ast.Name | ast.Attribute | ast.Subscript | ast.Call)
        yield Edit(start, end, text.of(node.args[0]) if whole else b"(" + text.of(node.args[0]) + b")")
    if name == "copy" and not node.args:
        yield Edit(end - len(".copy()"), end, b"")
    if name == "range":
        last = text.span(node.args[-1])[1]
        yield Edit(last, last, b" - 1")
    if len(node.args) >= 2 and name not in _SYMMETRIC:
        yield from _exchanged(node.args[0], node.args[1], text)


def _exchanged(first: ast.expr, second: ast.expr, text: Text) -> Iterator[Edit]:
    start, end = text.span(first)[0], text.span(second)[1]
    between = text.data[text.span(first)[1] : text.span(second)[0]]
    if between.strip() == b",":  # no parentheses around either
        yield Edit(start, end, text.of(second) + between + text.of(first))
