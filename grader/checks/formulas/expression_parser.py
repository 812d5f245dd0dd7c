"""Parses the text of a formula into a tree; nothing of the text is ever executed.

Ambiguous text is rejected, not guessed: a product without its sign, ``i + k mod n``. The text is at most `LENGTH_LIMIT`
long and `DEPTH_LIMIT` deep, which limits everything that is done with its tree.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from grader.checks.formulas.expression import FUNCTIONS, FormulaOperation, MatrixEntry, Name, Number, Tree
from grader.core.text import did_you_mean, printable

LENGTH_LIMIT = 300
DEPTH_LIMIT = 25

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:_[0-9]+)*\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2}(?![0-9]))?)"
    r"|(?P<name>(?![²³])[^\W\d](?:(?![²³])\w)*)|(?P<sign>//|\*\*|\S))"
)
_SAME = {"**": "^", "×": "*", "·": "*", "⋅": "*", "∙": "*", "−": "-", "–": "-", "÷": "/", "%": "mod"}
_ALIASES = {"ln": "log", "σ": "sigmoid"}
_SQUARES = {"²": 2, "³": 3}
_OPENING, _CLOSING = frozenset("([⌊⌈,"), frozenset(")]⌋⌉,")
_ROUNDING = {"⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉")}
_VALUE = "a number, a name or ("
_HINTS = {
    "=": "only the right-hand side",
    "\\": "plain text, not LaTeX, such as floor((n + 1) / 2)",
    "|": "abs(…) for an absolute value",
    "{": "round brackets ( )",
    "}": "round brackets ( )",
    ",": "no comma here; a decimal point is . and thousands have no separator",
}


class FormulaError(ValueError):
    """A text is not a formula: what was found at which column, counted from 1, and what was expected there."""

    def __init__(self, column: int, found: str, expected: str) -> None:
        super().__init__(f"at column {column}, found {found}, expected {expected}")
        self.column = column


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    column: int

    def __str__(self) -> str:
        return f"`{printable(self.text, limit=40)}`" if self.text else "the end"


def parse(text: str, names: Collection[str]) -> Tree:
    """Return the tree of a formula in the variables `names`; raises FormulaError and nothing else."""
    if len(text) > LENGTH_LIMIT:
        raise FormulaError(LENGTH_LIMIT + 1, f"{len(text)} characters", f"at most {LENGTH_LIMIT}")
    return _Parser(text, names).whole()


def _tokens(text: str) -> list[_Token]:
    found = [
        _Token(match.lastgroup or "", match[match.lastgroup or 0], match.start(match.lastgroup or 0) + 1)
        for match in _TOKEN.finditer(text)
    ]
    # `mod` is an operator between two values and a function before a bracket.
    words = [
        token if token.kind == "number" else _Token(token.kind, _SAME.get(token.text, token.text), token.column)
        for token in found
    ]
    return [*words, _Token("end", "", len(text.rstrip()) + 1)]


class _Parser:
    """Recursive descent; each method reads what its name says."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self._tokens = _tokens(text)
        self._names = names
        self._at = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._sum()
        if self._next.kind != "end":
            raise self._rest_refused()
        return tree

    def _sum(self) -> Tree:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._refusal(f"at most {DEPTH_LIMIT} brackets or signs within each other", found="another level")
        tree = self._product()
        while self._next.text in {"+", "-"}:
            tree = FormulaOperation(self._take().text, (tree, self._product()))
        self._depth -= 1
        return tree

    def _product(self) -> Tree:
        tree = self._signed()
        while self._next.text in {"*", "/", "//"}:
            tree = FormulaOperation(self._take().text, (tree, self._signed()))
        return tree

    def _signed(self) -> Tree:
        signs = [self._take() for _ in iter(lambda: self._next.text in {"+", "-"}, False)]
        tree = self._power()
        for sign in reversed(signs):
            tree = FormulaOperation("-", (tree,)) if sign.text == "-" else tree
        return tree

    def _power(self) -> Tree:
        base = self._remainder()
        if self._next.text in _SQUARES:
            return FormulaOperation("^", (base, Number(Fraction(_SQUARES[self._take().text]))))
        if self._next.text != "^":
            return base
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._refusal(f"at most {DEPTH_LIMIT} powers within each other", found="another level")
        self._take()
        tree = FormulaOperation("^", (base, self._signed()))
        self._depth -= 1
        return tree

    def _remainder(self) -> Tree:
        """Read a value, or a single `mod` between two values: next to other operators it is ambiguous."""
        alone = self._at == 0 or self._tokens[self._at - 1].text in _OPENING
        tree = self._value()
        sign = self._next
        if sign.text != "mod":
            return tree
        self._take()
        tree = FormulaOperation("mod", (tree, self._value()))
        if not alone or not (self._next.kind == "end" or self._next.text in _CLOSING):
            raise self._refusal("brackets that show its operands: (i + k) mod n, or i + (k mod n)", at=sign)
        return tree

    def _value(self) -> Tree:
        token = self._next
        if token.text == "mod" and self._peek(1).text == "(":
            self._take()
            return FormulaOperation("mod", self._operands("mod", 2, 2))
        if token.kind == "number":
            return Number(Fraction(self._take().text))
        if token.kind == "name" and token.text != "mod":
            return self._named(self._take())
        if token.text == "(":
            return self._bracketed(")")
        if token.text in _ROUNDING:
            function, closing = _ROUNDING[token.text]
            return FormulaOperation(function, (self._bracketed(closing),))
        raise self._refusal(_HINTS.get(token.text, _VALUE))

    def _bracketed(self, closing: str) -> Tree:
        self._take()
        tree = self._sum()
        self._demand(closing)
        return tree

    def _named(self, token: _Token) -> Tree:
        word = _ALIASES.get(token.text, token.text)
        called = self._next.text == "("
        if token.text in self._names:
            if called:
                raise self._refusal(f"a sign, as in {token.text} * (…): {token.text} is not a function")
            return MatrixEntry(token.text, self._list("]")) if self._next.text == "[" else Name(token.text)
        if word in FUNCTIONS:
            if not called:
                raise self._refusal(f"( after {word}")
            return FormulaOperation(word, self._operands(word, FUNCTIONS[word].least, FUNCTIONS[word].most))
        known = sorted(FUNCTIONS) if called else list(self._names)
        kind = "one of the functions" if called else "one of the names of the question, which are"
        listed = f"{kind} {', '.join(known)}" if known else "only numbers"
        raise self._refusal("; ".join(filter(None, [listed, did_you_mean(token.text[:40], known)])), at=token)

    def _operands(self, function: str, least: int, most: int) -> tuple[Tree, ...]:
        start = self._next
        operands = self._list(")")
        if not least <= len(operands) <= most:
            count = str(least) if least == most else f"{least} to {most}"
            raise self._refusal(f"{count}", at=start, found=f"{len(operands)} operands of {function}")
        return operands

    def _list(self, closing: str) -> tuple[Tree, ...]:
        self._take()
        items = [self._sum()]
        while self._next.text == ",":
            self._take()
            items.append(self._sum())
        self._demand(closing)
        return tuple(items)

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _peek(self, ahead: int) -> _Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _demand(self, closing: str) -> None:
        if self._next.text != closing:
            raise self._rest_refused(closing)
        self._take()

    def _rest_refused(self, closing: str = "the end") -> FormulaError:
        """Return the error for something that cannot follow a value."""
        token = self._next
        if token.kind == "number":
            return self._refusal("a sign before it, such as *; the digits of a number have no spaces between them")
        if token.kind == "name" or token.text in {"(", "⌊", "⌈"}:
            return self._refusal("a sign before it, such as *: products need one")
        return self._refusal(_HINTS.get(token.text, f"a sign such as + or {closing}"))

    def _refusal(self, expected: str, *, at: _Token | None = None, found: str = "") -> FormulaError:
        token = at or self._next
        return FormulaError(token.column, found or str(token), expected)
