"""The jail of one grading process: warm processes by package set, and questions opened in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal

from grader.checks.asking.channel import Elsewhere
from grader.core.errors import GraderFault
from grader.course.question_spec import QuestionSpec
from grader.sandbox.folder import JobFolder
from grader.sandbox.jailed import JailedQuestion, Plan, SentProgram
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.notebooks import NotebookCell, notebook_cells, overview_of
from grader.sandbox.packages import PackageSet, package_set
from grader.sandbox.sample import FILE, NAMES, SOURCE, problem_of
from grader.sandbox.spawned import spawn
from grader.sandbox.warm import WarmProcess, WorkerProcess
from grader.worker.reading.overview import Overview

Isolation = Literal["room", "lock", "process"]
ISOLATIONS: tuple[Isolation, ...] = ("room", "lock", "process")


class Jail:
    """Opens questions of the submission in `staging`, isolated as requested.

    ``room``: bubblewrap around the inner lock; ``lock``: the inner lock alone; ``process``: only a separate process,
    which confines nothing. `provided` is the folder of packages that the course provides.
    """

    def __init__(self, isolation: Isolation, provided: Path = Path()) -> None:
        self.isolation = isolation
        self._provided = provided
        self._folder = JobFolder()
        self._warm: dict[tuple[tuple[Path, ...], bool], WarmProcess] = {}
        self._sample_plan = Plan()
        (self._folder.sample / FILE).write_text(SOURCE, encoding="utf-8")

    @property
    def staging(self) -> Path:
        """The folder into which a submission is staged before its questions are opened."""
        return self._folder.staging

    def open(
        self, files: tuple[str, ...], question: QuestionSpec, limits: Limits, budget: Budget, plan: Plan | None = None,
        *, whole: bool = False,
    ) -> JailedQuestion:  # fmt: skip
        """Return the channel to one question of the submission in `staging`.

        `plan` is what questions of one submission share after reading it. A `whole` program runs all of its statements.
        """
        allowed = package_set(question.packages or (), tuple(self._provided / name for name in question.provided))
        program = SentProgram(str(self.staging), files, question, whole)
        return JailedQuestion(
            lambda how: self._worker(allowed, limits, how), program, limits, budget, plan,
            lambda: self._sample_problem(allowed, limits),
        )  # fmt: skip

    def problem(self, packages: tuple[str, ...], limits: Limits, provided: tuple[str, ...] = ()) -> str:
        """Return why a worker with these packages does not work here, or is not confined; '' if there is no problem.

        Raises MissingPackage if they are not installed, or cannot be imported.
        """
        allowed = package_set(packages, tuple(self._provided / name for name in provided))
        return self._sample_problem(allowed, limits, at_first=True)

    def cells(self, files: tuple[str, ...], packages: tuple[str, ...]) -> tuple[NotebookCell, ...]:
        """Return the cells of the notebooks among `files`, read in a worker that runs none of them.

        `packages` are those of a question, whose warm process is used. Raises StudentStopped if they cannot be read
        within the limits.
        """
        notebooks = [file for file in files if file.endswith(".ipynb")]
        if not notebooks:
            return ()
        limits = Limits()
        return notebook_cells(self._worker(package_set(packages), limits), str(self.staging), notebooks, limits)

    def overview(
        self, files: tuple[str, ...], names: Iterable[str], packages: tuple[str, ...], *, in_short: bool = False
    ) -> Overview:
        """Return what `files` define of `names`, read in a worker that runs none of them.

        With `in_short` that is all; otherwise also what is wrong with files, and other places of names that none
        defines. `packages` are as for `cells`. Raises StudentStopped if they cannot be read within the limits.
        """
        limits = Limits()
        worker = self._worker(package_set(packages), limits)
        return overview_of(worker, str(self.staging), list(files), sorted(names), limits, in_short=in_short)

    @property
    def writes(self) -> bool:
        """Whether workers may write files: they may not if nothing limits what they write."""
        return all(warm.writes for warm in self._warm.values())

    def close(self) -> None:
        """End all processes and remove the job's folder."""
        for warm in self._warm.values():
            warm.close()
        self._warm.clear()
        self._folder.close()

    def _sample_problem(self, packages: PackageSet, limits: Limits, *, at_first: bool = False) -> str:
        if self.isolation == "process":
            return ""  # it confines nothing, and starts a new interpreter each time
        program = SentProgram(str(self._folder.sample), (FILE,), QuestionSpec(FILE.removesuffix(".py"), NAMES))
        fork = partial(self._worker, packages, limits)
        return problem_of(JailedQuestion(fork, program, limits, Budget(), self._sample_plan), limits, at_first=at_first)

    def _worker(self, packages: PackageSet, limits: Limits, how: Elsewhere | None = None) -> WorkerProcess:
        plain, variables = (how.plain, how.variables()) if how else (False, {})
        if self.isolation == "process":
            return spawn(self._folder, packages, limits, plain=plain, variables=variables)
        try:
            return self._warm_process(packages, limits, plain).fork(limits, variables)
        except GraderFault:  # it has died, which must not affect what comes next: try once with another
            if (dead := self._warm.pop((packages.entries, plain), None)) is not None:
                dead.close()
            return self._warm_process(packages, limits, plain).fork(limits, variables)

    def _warm_process(self, packages: PackageSet, limits: Limits, plain: bool) -> WarmProcess:
        key = packages.entries, plain
        if key not in self._warm:
            self._warm[key] = WarmProcess(
                self._folder, packages, in_room=self.isolation == "room", limits=limits, plain=plain
            )
        return self._warm[key]

    def __enter__(self) -> Jail:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
