"""What has changed since a student's last run, remembered in a small file beside the page of that run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.core.outcome import Outcome
from grader.course.rubric.model import Question, Rubric
from grader.pytest_side.last_run import FOLDER

FILE = "progress.json"


@dataclass(frozen=True)
class Remembered:
    """The outcome of each criterion when it was last decided, and the digest of each question's answer then."""

    outcomes: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, work: str) -> Remembered:
        """Return what is remembered of `work`, a folder or a file; nothing if another one was checked last."""
        with suppress(OSError, ValueError):
            kept = json.loads((root / FOLDER / FILE).read_text(encoding="utf-8"))
            if isinstance(kept, dict) and kept.get("work") == work:
                return cls(_texts(kept.get("outcomes")), _texts(kept.get("digests")))
        return cls()

    def keep(self, root: Path, work: str) -> None:
        """Write it to the file, if possible."""
        kept = {"work": work, "outcomes": dict(self.outcomes), "digests": dict(self.digests)}
        with suppress(OSError):
            (root / FOLDER).mkdir(exist_ok=True)
            (root / FOLDER / FILE).write_text(json.dumps(kept, indent=1), encoding="utf-8")

    def then(self, outcomes: Mapping[str, Outcome], digests: Mapping[str, str]) -> Remembered:
        """Return what is remembered after one more run."""
        new = {criterion: outcome.value for criterion, outcome in outcomes.items()}
        return Remembered({**self.outcomes, **new}, {**self.digests, **digests})

    def edited(self, digests: Mapping[str, str]) -> frozenset[str]:
        """Return the questions whose answers have changed since they were last checked."""
        return frozenset(q for q, digest in digests.items() if self.digests.get(q, digest) != digest)

    def unfinished(self, rubric: Rubric) -> Question | None:
        """Return the first question with a criterion that is known not to pass."""
        passed = Outcome.PASSED
        lacking = {criterion for criterion, outcome in self.outcomes.items() if outcome != passed}
        return next((q for q in rubric.questions if any(c.id in lacking for c in q.criteria)), None)

    def won(self, outcomes: Mapping[str, Outcome]) -> list[str]:
        """Return the criteria that pass now and did not before."""
        passed = Outcome.PASSED
        return [c for c, now in outcomes.items() if now is passed and self.outcomes.get(c, passed) != passed]

    def lost(self, outcomes: Mapping[str, Outcome]) -> list[str]:
        """Return the criteria that passed before and do not now."""
        passed = Outcome.PASSED
        return [c for c, now in outcomes.items() if now is not passed and self.outcomes.get(c) == passed]


def _texts(found: Any) -> dict[str, str]:
    """Return the strings in a dictionary, ignoring anything else: a student may have edited the file."""
    pairs = found.items() if isinstance(found, dict) else ()
    return {key: text for key, text in pairs if isinstance(text, str)}
