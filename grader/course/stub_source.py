"""A stub made from a solved module: signatures and docstrings stay, everything that solves the task goes."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst import matchers as m

# The first line of generated files, in words for students.
HEADER = "# Fill in the bodies: each docstring says what is asked."
_KEPT_DECORATORS = {"dataclass", "staticmethod", "classmethod", "property", "setter"}
_FIELD_BASES = {"NamedTuple", "TypedDict"}


@dataclass(frozen=True)
class SolvedModule:
    """A parsed module of reference/."""

    tree: cst.Module

    @classmethod
    def parse(cls, source: str) -> SolvedModule:
        """Return the module of this source; raises libcst.ParserSyntaxError."""
        return cls(cst.parse_module(source))

    def public_names(self) -> list[str]:
        """Return the names of the public functions and classes, in order."""
        return [node.name.value for node in self._public()]

    def stub(self, questions: Mapping[str, str], packages: Collection[str]) -> tuple[str, list[str]]:
        """Return the stub's text, and the names that its signatures use but that it cannot keep.

        `questions` maps each public name to the question id that its body raises. A plain import of one of `packages`
        is always kept: the solution should use it.
        """
        code = [self._code(_definition(node, questions[node.name.value])) for node in self._public()]
        constants = self._constants("\n".join(code))
        used = _used("\n".join([*code, *constants]))
        imports = "".join(map(self.tree.code_for_node, _imports(self.tree.body, used, packages)))
        docstring = [self._code(self.tree.body[0])] if self.tree.get_docstring() is not None else []
        head = "\n".join([HEADER, *docstring])
        blocks = [head, imports.strip(), "\n".join(constants)]
        text = "\n\n".join(block for block in blocks if block)
        text = "\n\n\n".join([text, *code]) + "\n"
        return text, sorted(used - _bound(text) - set(dir(builtins)))

    def _public(self) -> list[cst.FunctionDef | cst.ClassDef]:
        definitions = [node for node in self.tree.body if isinstance(node, cst.FunctionDef | cst.ClassDef)]
        return [node for node in definitions if not node.name.value.startswith("_")]

    def _code(self, node: cst.BaseStatement | cst.SimpleStatementLine) -> str:
        return self.tree.code_for_node(node.with_changes(leading_lines=())).strip("\n")

    def _constants(self, code: str) -> list[str]:
        """Return the assignments of the module that the code's signatures depend on, in order."""
        used, kept = _used(code), list[str]()
        for node in reversed(self.tree.body):
            if m.matches(node, m.SimpleStatementLine(body=[m.Assign() | m.AnnAssign()])):
                text = self._code(cst.ensure_type(node, cst.SimpleStatementLine))
                if _bound(text) & used:
                    used |= _used(text)
                    kept.insert(0, text)
        return kept


def _definition(node: cst.FunctionDef | cst.ClassDef, question: str) -> cst.BaseStatement:
    return _function(node, question) if isinstance(node, cst.FunctionDef) else _class(node, question)


def _function(node: cst.FunctionDef, question: str) -> cst.FunctionDef:
    refusal = cst.parse_statement(f'raise NotImplementedError("{question}")')
    return node.with_changes(
        decorators=[d for d in node.decorators if _last_name(d.decorator) in _KEPT_DECORATORS],
        body=cst.IndentedBlock([*_docstring(node), refusal]),
        lines_after_decorators=(),
    )


def _class(node: cst.ClassDef, question: str) -> cst.ClassDef:
    methods = [
        _function(part, question)
        for part in node.body.body
        if isinstance(part, cst.FunctionDef) and (not part.name.value.startswith("_") or part.name.value.endswith("__"))
    ]
    docstring, fields = _docstring(node), _fields(node)
    parts: list[cst.BaseStatement] = [*docstring]
    for group in ([fields] if fields else []) + [[method] for method in methods]:
        first = group[0].with_changes(leading_lines=(cst.EmptyLine(indent=False),) if parts else ())
        parts += [first, *group[1:]]
    return node.with_changes(
        decorators=[d for d in node.decorators if _last_name(d.decorator) in _KEPT_DECORATORS],
        body=cst.IndentedBlock(parts or [cst.parse_statement("pass")]),
        lines_after_decorators=(),
    )


def _fields(node: cst.ClassDef) -> list[cst.BaseStatement]:
    """Return the fields that form the constructor's signature: of dataclasses and named tuples.

    A private field, or one that the constructor does not accept, is the solution's own state.
    """
    decorated = any(_last_name(d.decorator) == "dataclass" for d in node.decorators)
    if not decorated and not any(_last_name(base.value) in _FIELD_BASES for base in node.bases):
        return []
    public = m.AnnAssign(target=m.Name(m.MatchIfTrue(lambda name: not name.startswith("_"))))
    not_taken = m.Call(args=[m.ZeroOrMore(), m.Arg(keyword=m.Name("init"), value=m.Name("False")), m.ZeroOrMore()])
    return [
        part.with_changes(leading_lines=())
        for part in node.body.body
        if m.matches(part, m.SimpleStatementLine(body=[public]))
        and not m.matches(part, m.SimpleStatementLine(body=[m.AnnAssign(value=not_taken)]))
        and isinstance(part, cst.SimpleStatementLine)
    ]


def _docstring(node: cst.FunctionDef | cst.ClassDef) -> list[cst.BaseStatement]:
    if node.get_docstring(clean=False) is None:
        return []
    first = node.body.body[0]
    text = cst.ensure_type(first.body[0] if isinstance(first, cst.SimpleStatementLine) else first, cst.Expr)
    return [cst.SimpleStatementLine([cst.Expr(text.value)])]


def _last_name(expression: cst.BaseExpression) -> str:
    """Return `dataclass` for `dataclass`, `dataclasses.dataclass` and `dataclass(frozen=True)`."""
    if isinstance(expression, cst.Call):
        expression = expression.func
    name = expression.attr if isinstance(expression, cst.Attribute) else expression
    return name.value if isinstance(name, cst.Name) else ""


def _imports(
    body: Sequence[cst.CSTNode], used: Collection[str], packages: Collection[str]
) -> list[cst.SimpleStatementLine]:
    """Return the module's import lines in their groups, reduced to what is used or what the solution will need."""
    kept = []
    gap = False
    for line in body:
        if not isinstance(line, cst.SimpleStatementLine) or not isinstance(line.body[0], cst.Import | cst.ImportFrom):
            continue
        gap = gap or any(blank.comment is None for blank in line.leading_lines)
        statement = line.body[0]
        if isinstance(statement.names, cst.ImportStar):
            continue
        future = isinstance(statement, cst.ImportFrom) and m.matches(
            statement, m.ImportFrom(module=m.Name("__future__"))
        )
        plain = isinstance(statement, cst.Import)
        names = [
            alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)
            for alias in statement.names
            if future or _bound_by(alias) in used or (plain and alias.evaluated_name in packages)
        ]
        if names:
            changes = {"names": names} if plain else {"names": names, "lpar": None, "rpar": None}
            blank = [cst.EmptyLine(indent=False)] if gap else []
            kept.append(line.with_changes(leading_lines=blank, body=[statement.with_changes(**changes)]))
            gap = False
    return kept


def _bound_by(alias: cst.ImportAlias) -> str:
    return alias.evaluated_alias or alias.evaluated_name.partition(".")[0]


def _used(code: str) -> set[str]:
    return {n.id for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _bound(code: str) -> set[str]:
    """Return every name that the code binds anywhere: by import, definition, assignment, or as a parameter."""
    bound: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
    return bound
