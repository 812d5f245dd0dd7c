"""What a student reads after a run: a few failures in full, marks, what has changed, and the next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Hashable, Iterable, Sequence
from pathlib import Path

import pytest

from grader.checks.comparing.relations import ALL_ENTRIES
from grader.checks.comparing.wording import WRONG_VALUES
from grader.core.outcome import CheckResult, Outcome
from grader.core.text import seen_from
from grader.pytest_side import compat
from grader.pytest_side.assignments import Placed, course_folder
from grader.pytest_side.at_desk import AtDesk
from grader.pytest_side.edits import question_digests
from grader.pytest_side.handmarked import by_hand_lines, files_in
from grader.pytest_side.progress import Remembered
from grader.pytest_side.scores import AGAIN, AssignmentScore, fitted, scores, table
from grader.pytest_side.told import ToldOfCheck, told_by
from grader.results.feedback import NOT_LOADED

# Nobody reads more at once.
IN_FULL = 3
CHANGES = 6
Pairs = list[tuple[Placed, CheckResult]]


class Summary:
    """Collects the results of checks, from this process or from xdist's workers, and prints them at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._told: list[ToldOfCheck] = []
        # The courses of this process, with the pictures that it has drawn; xdist's workers have their own.
        self.desks: dict[Path, AtDesk] = {}

    @property
    def untouched(self) -> bool:
        """Whether something is not begun."""
        return any(not told.begun for told in self._told)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the result in a report."""
        told = told_by(report)
        if told is not None:
            self._told.append(told)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
        """Have pytest print the failures that are worth reading first, and print our summary after everything else."""
        roots = dict.fromkeys(one.root for one in self._told)
        courses = [_Course(self._config, root, self._told, self.desks.get(root)) for root in roots]
        failed = terminalreporter.stats.get("failed", [])
        shown: Sequence[pytest.TestReport] = failed
        # The table of marks is clearer than pytest's own list of failures, and should be the last thing on the screen.
        if all(map(told_by, failed)) and compat.hide_short_summary(self._config):
            shown = self._worth_reading(failed, [row.next.question.id for c in courses for row in c.scores if row.next])
        if failed:
            terminalreporter.stats["failed"] = list(shown)
        try:
            yield
        finally:
            if failed:
                terminalreporter.stats["failed"] = failed
        if len(failed) > len(shown):
            _tell_the_rest(terminalreporter, failed, shown)
        for course in courses:
            course.print(terminalreporter)

    def _worth_reading(self, failed: Sequence[pytest.TestReport], first: Sequence[str]) -> Sequence[pytest.TestReport]:
        """Return a few failures to print in full: of the questions `first` if possible, no two with the same cause."""
        if self._config.get_verbosity() > 0 or self._config.getoption("tbstyle") != "auto":
            return failed
        first_of: dict[Hashable, pytest.TestReport] = {}
        for report, cause in _causes(failed).items():
            first_of.setdefault(cause, report)

        def rank(report: pytest.TestReport) -> tuple[bool, bool]:
            told = told_by(report)
            elsewhere = told is None or not any(told.result.check.criterion.startswith(f"{one}.") for one in first)
            return elsewhere, told is not None and _is_numbers_alone(told)

        chosen = sorted(first_of.values(), key=rank)[:IN_FULL]
        return [report for report in failed if report in chosen]


def _causes(failed: Sequence[pytest.TestReport]) -> dict[pytest.TestReport, Hashable]:
    """Return a key for each failure, equal for those of which reading one is enough."""
    known = {report: told for report in failed if (told := told_by(report)) is not None}
    named: dict[Hashable, Hashable] = {}
    for report, told in known.items():
        if told.result.feedback.misconception:
            named.setdefault(_question_of(told), _cause(told, report.longreprtext))
    causes: dict[pytest.TestReport, Hashable] = {}
    for report, told in known.items():
        causes[report] = _cause(told, report.longreprtext)
        if _is_numbers_alone(told):
            # As long as the first numbers are wrong, what later checks ask in addition is not the problem.
            causes[report] = named.get(_question_of(told), _question_of(told))
    return causes


def _cause(told: ToldOfCheck, text: str) -> Hashable:
    feedback = told.result.feedback
    if feedback.kind.startswith(NOT_LOADED):
        return told.root, feedback.kind
    if feedback.misconception:
        return told.root, feedback.called, feedback.misconception
    if feedback.student_line and told.result.outcome is not Outcome.FAILED:
        return told.root, feedback.kind, feedback.student_line
    if told.result.outcome is Outcome.FAILED and feedback.kind:
        return _question_of(told), feedback.kind, feedback.detail
    return told.root, text


def _question_of(told: ToldOfCheck) -> Hashable:
    return told.root, told.result.check.criterion.rpartition(".")[0]


def _is_numbers_alone(told: ToldOfCheck) -> bool:
    """Return whether all that is known about a failure is that numbers differ."""
    feedback = told.result.feedback
    return WRONG_VALUES in feedback.kind and not feedback.misconception and not feedback.detail.startswith(ALL_ENTRIES)


def _tell_the_rest(
    reporter: pytest.TerminalReporter, failed: Sequence[pytest.TestReport], shown: Sequence[pytest.TestReport]
) -> None:
    causes = _causes(failed)
    explained = {causes[report] for report in shown if report in causes}
    rest = [cause for report, cause in causes.items() if report not in shown]
    same = sum(cause in explained for cause in rest)
    words = {0: "", len(rest): ", which this may explain"}
    why = words.get(same, f", {same} of which this may explain")
    fail = "1 more check fails" if len(rest) == 1 else f"{len(rest)} more checks fail"
    reporter.write_line(f"{fail}{why}; pytest -v shows all in full", bold=True)


class _Course:
    """The summary of one course."""

    def __init__(self, config: pytest.Config, root: Path, told: Iterable[ToldOfCheck], desk: AtDesk | None) -> None:
        mine = [one for one in told if one.root == root]
        self._config = config
        self._root = root
        desk = desk or AtDesk(config, root, anew=False)  # xdist's workers have drawn the pictures
        self._last_run, self._work, assignments = desk.last_run, desk.work, desk.assignments
        self._results: Pairs = [(assignments.place(one.result.check), one.result) for one in mine]
        self._asked = [assignments.place(check) for one in mine for check in one.asked]
        self._choices = [choice for one in mine for choice in one.choices]
        questions = {placed.question.id: placed.question for placed, _ in self._results}
        self._digests = question_digests(self._work.root, self._work.sources, [*questions.values()])
        self._before = Remembered.of(root, str(self._work.root))
        self.scores = scores(self._results, self._asked, self._before.edited(self._digests))

    def print(self, reporter: pytest.TerminalReporter) -> None:
        """Print marks, notes, and what a person marks; remember the outcomes for the next run."""
        reporter.section("marks by these checks")
        outcomes = {criterion: how for score in self.scores for criterion, how in score.outcomes.items()}
        after = self._before.then(outcomes, self._digests)
        for number, score in enumerate(self.scores):
            for text, colour in [
                *[("", "")] * bool(number),
                *table(score, self._again(), after.unfinished(score.rubric)),
            ]:
                reporter.write_line(text, **{colour: True} if colour else {})
        for text, colour in _changes(self.scores, self._before, outcomes):
            reporter.write_line(text, **{colour: True})
        notes = [f"note on {placed.question.id}: {note}" for placed, result in self._results for note in result.notes]
        for line in dict.fromkeys([*self._choices, *notes]):
            reporter.write_line(line)
        if self._is_whole():
            self._tell_what_is_marked_by_hand(reporter)
        if page := self._last_run.finish(self._results, self._asked):
            reporter.write_line(f"all of this as a page: {self._shown(page)}")
        after.keep(self._root, str(self._work.root))

    def _again(self) -> str:
        """Return the command that runs one question again from where pytest was started."""
        if course_folder(self._config.invocation_params.dir) == self._root:
            return AGAIN
        folder = self._shown()
        folder = f'"{folder}"' if " " in folder else folder  # shells on Windows accept these quotes too
        return f"pytest {folder} --question {{question}}"

    def _shown(self, name: str = "") -> str:
        """Return the path of the course's folder, or of a file in it, from where pytest was started."""
        return seen_from(self._root / name, self._config.invocation_params.dir)

    def _tell_what_is_marked_by_hand(self, reporter: pytest.TerminalReporter) -> None:
        notebooks = [self._work.root / name for name in self._work.sources if name.endswith(".ipynb")]
        lines = by_hand_lines([score.rubric for score in self.scores], files_in(self._work.root), notebooks)
        if lines:
            reporter.section("for a person to mark", sep="-")
        for line in lines:
            reporter.write_line(line)

    def _is_whole(self) -> bool:
        """Return whether all checks of each assignment were selected, not only those of a question or a test."""
        options = ("--question", "keyword", "markexpr", "lf")
        chosen = any(self._config.getoption(name, default=None) for name in options)
        suites = Counter(check.id.partition("::")[0] for check in (placed.check for placed in self._asked))
        done = {placed.check for placed, _ in self._results}
        whole = all(placed.check in done for placed in self._asked)
        whole = whole and all(suite in suites for score in self.scores for suite in score.rubric.suites.public)
        return whole and not chosen and not any("::" in argument for argument in self._config.args)


def _changes(
    found: Iterable[AssignmentScore], before: Remembered, outcomes: dict[str, Outcome]
) -> Iterable[tuple[str, str]]:
    """Yield a line for each criterion that passed before and does not now, and for each that passes now."""
    titles = {c.id: f"{q.id}: {c.title}" for score in found for q in score.rubric.questions for c in q.criteria}
    lines = [(fitted("    - ", titles[c]), "red") for c in before.lost(outcomes)]
    lines += [(fitted("    + ", titles[c]), "green") for c in before.won(outcomes)]
    if lines:
        yield "  since your last run (+ passes now, - no longer):", "bold"
        yield from lines[:CHANGES]
        if len(lines) > CHANGES:
            yield f"      and {len(lines) - CHANGES} more", "bold"
