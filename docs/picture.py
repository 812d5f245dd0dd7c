"""Draws docs/class.svg: the table of the sample class, out of what `make demo` left in build/demo."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from grader.course.folder import Course
from grader.report.class_table import class_table
from grader.results.class_list import Row
from grader.results.result import Result

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "build" / "demo"
ASSIGNMENT = "iith-ai5100-2023-a3"


def main() -> None:
    console = Console(record=True, width=88, file=io.StringIO(), force_terminal=True)
    console.print(class_table(Course.find(ROOT).rubric(ASSIGNMENT), _rows(), console.width))
    # The picture loads no font from elsewhere: every system has some monospaced one.
    own_font = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="grader batch examples/class", code_format=own_font)
    (ROOT / "docs" / "class.svg").write_text(svg, encoding="utf-8")


def _rows() -> list[Row]:
    with (DEMO / "marks.csv").open(encoding="utf-8", newline="") as file:
        return [Row(line["submission"], _result(line["submission"]), line["remark"]) for line in csv.DictReader(file)]


def _result(name: str) -> Result | None:
    file = DEMO / "results" / f"{name}.json"
    return Result.from_json(file.read_text(encoding="utf-8")) if file.exists() else None


if __name__ == "__main__":
    main()
