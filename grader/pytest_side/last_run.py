"""Files about a student's last run: its pictures, and a page that shows all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.core.outcome import Check, CheckResult
from grader.desk.page import AssignmentRun, page
from grader.desk.pictures import Drawing, picture
from grader.pytest_side.assignments import Placed

FOLDER, PAGE = "last_run", "index.html"


class LastRun:
    """The folder ``last_run`` of a course, emptied for a new run; nothing is written if that is not possible."""

    def __init__(self, root: Path, *, anew: bool = True) -> None:
        self._folder = root / FOLDER
        self._pictures: dict[Check, Drawing] = {}
        if anew and (self._folder / PAGE).is_file():  # a folder that contains our page is ours
            for old in self._folder.glob("*.svg"):
                old.unlink(missing_ok=True)

    def keep(self, check: Check, error: BaseException | None) -> str:
        """Write a picture of what a check compared; return its path from the course's folder, or "" for none."""
        drawn = picture(getattr(error, "compared", None)) if check.visibility == "public" else None
        if drawn is None:
            return ""
        self._pictures[check] = drawn
        return self._write(f"{check.id.rpartition('::')[2].partition('[')[0]}.svg", drawn.svg(alone=True))

    def finish(self, results: Sequence[tuple[Placed, CheckResult]], asked: Sequence[Placed]) -> str:
        """Write the page; return its path from the course's folder, or "" if it cannot be written."""
        finished = {placed.check for placed, _ in results}
        runs = []
        for rubric in {placed.rubric.assignment: placed.rubric for placed, _ in results}.values():
            checks: dict[str, list[CheckResult]] = {}
            for placed, result in results:
                if placed.rubric.assignment == rubric.assignment:
                    checks.setdefault(placed.check.criterion, []).append(result)
            left = (one.check for one in asked if one.rubric.assignment == rubric.assignment)
            cut_short = frozenset(check.criterion for check in left if check not in finished)
            runs.append(AssignmentRun(rubric, checks, self._pictures, cut_short))
        return self._write(PAGE, page(runs))

    def _write(self, name: str, text: str) -> str:
        try:
            self._folder.mkdir(exist_ok=True)
            (self._folder / name).write_text(text, encoding="utf-8")
        except OSError:
            return ""
        return f"{FOLDER}/{name}"
