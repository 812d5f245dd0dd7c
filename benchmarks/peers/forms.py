"""The checks of `checks.py` in the form that each tool wants: pytest's, unittest's, ours, and cells of notebooks."""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("checks.py").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Check:
    """One check: its name, the function of the student's that it calls, and its body, not indented."""

    name: str
    function: str
    body: str

    @property
    def as_cell(self) -> str:
        """The body for a notebook, where the student's functions are global names."""
        return self.body.replace("submission.", "")


def _check(node: ast.FunctionDef) -> Check:
    lines = SOURCE.splitlines()[node.body[0].lineno - 1 : node.end_lineno]
    body = textwrap.dedent("\n".join(lines))
    called = set(re.findall(r"submission\.(\w+)", body))
    if len(called) != 1:
        raise ValueError(f"{node.name} must call one function of the submission, it calls {sorted(called)}")
    return Check(node.name, called.pop(), body)


CHECKS = tuple(_check(node) for node in ast.parse(SOURCE).body if isinstance(node, ast.FunctionDef))
FUNCTION_OF = {check.name: check.function for check in CHECKS}


def pytest_suite() -> dict[str, str]:
    """Return a pytest suite by file name: the checks as they stand, and the fixture that they ask for."""
    fixture = """
        import pytest


        @pytest.fixture
        def submission():
            import submission

            return submission
        """
    return {"test_checks.py": SOURCE, "conftest.py": textwrap.dedent(fixture).lstrip()}


def unittest_suite() -> dict[str, str]:
    """Return a unittest suite by file name, with weights and a runner as gradescope-utils documents them."""
    methods = [f"@weight(1)\ndef {check.name}(self):\n{textwrap.indent(check.body, '    ')}\n" for check in CHECKS]
    head = """
        import unittest

        import numpy as np
        import submission
        from gradescope_utils.autograder_utils.decorators import weight


        class TestSubmission(unittest.TestCase):
        """
    runner = """
        import unittest

        from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

        if __name__ == "__main__":
            suite = unittest.defaultTestLoader.discover("tests")
            with open("results.json", "w") as stream:
                JSONTestRunner(visibility="visible", stream=stream).run(suite)
        """
    tests = textwrap.dedent(head).lstrip() + textwrap.indent("\n".join(methods), "    ")
    return {"tests/test_checks.py": tests, "run_tests.py": textwrap.dedent(runner).lstrip()}


def our_suite(*, apart: bool) -> str:
    """Return the checks as a suite of ours: a criterion for each function, or `apart` one for each check."""
    suite = SOURCE.replace("import numpy as np\n", "import numpy as np\n\nfrom grader.checks import criterion\n", 1)
    for number, check in enumerate(CHECKS):
        head = f"def {check.name}(submission):\n"
        name = f"plain.{check.function}.{f'check{number}' if apart else 'values'}"
        asked = check.name.removeprefix("test_").replace("_", " ").capitalize()
        suite = suite.replace(head, f'@criterion("{name}")\n{head}    """{asked}."""\n', 1)
    return suite


def our_rubric(assignment: str, *, apart: bool) -> str:
    """Return the rubric that goes with `our_suite`."""
    lines = [
        f"assignment: {assignment}",
        "title: Fifteen plain checks",
        "quantum: 1",
        f"marks: {len(CHECKS)}",
        f"suites: {{hidden: [tests/hidden/test_{assignment}.py]}}",
        "questions:",
    ]
    for function in dict.fromkeys(FUNCTION_OF.values()):
        lines += [f"  - id: plain.{function}", f"    title: {function}", "    module: right"]
        lines += [f"    names: [{function}]", "    packages: [numpy]", "    criteria:"]
        own = [number for number, check in enumerate(CHECKS) if check.function == function]
        if apart:
            lines += [f"      - {{id: plain.{function}.check{n}, title: check {n}, marks: 1}}" for n in own]
        else:
            whole = f"id: plain.{function}.values, title: its values, marks: {len(own)}, partial: true"
            lines.append(f"      - {{{whole}}}")
    return "\n".join(lines) + "\n"
