"""How a class was graded last, and what each criterion was graded by: so it can be graded again."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.core.errors import UsageError
from grader.core.files import write_whole

_FILE = "last_run.json"
# So many states of a course are remembered: results of older ones are graded again as a whole.
_REMEMBERED = 50


class ClassRun(BaseModel):
    """What `grader batch` was told, and by what the results of its folder were graded.

    `graded_by` has the digest of each criterion by the SHA-256 of rubric and suites that results name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    course: Path
    assignment: str
    inboxes: tuple[Path, ...]
    list: Path | None = None
    times: Path | None = None
    isolation: str = "auto"
    graded_by: dict[str, dict[str, str]] = Field(default_factory=dict)

    def remembering(self, sources: str, fingerprints: dict[str, str], earlier: ClassRun | None) -> ClassRun:
        """Return this run with what criteria are graded by now, and what they were graded by before."""
        before = earlier.graded_by if earlier else {}
        known = {name: one for name, one in before.items() if name != sources} | {sources: fingerprints}
        return self.model_copy(update={"graded_by": dict([*known.items()][-_REMEMBERED:])})


def sources_of(rubric_sha256: str, suites_sha256: str) -> str:
    """Return the name of one state of a course, as results have it in their provenance."""
    return f"{rubric_sha256} {suites_sha256}"


def write_class_run(root: Path, run: ClassRun) -> None:
    """Note in a class folder how it was graded."""
    write_whole(root / _FILE, json.dumps(run.model_dump(mode="json"), indent=1) + "\n")


def read_class_run(root: Path) -> ClassRun | None:
    """Return how a class folder was graded last, None where nothing says so. Raises UsageError for a damaged file."""
    path = root / _FILE
    try:
        return ClassRun.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, ValidationError) as error:
        todo = "run `grader batch` as before, which writes it anew"
        raise UsageError("how this class was graded cannot be read", where=path, found=str(error), todo=todo) from error


def remembered_run(root: Path) -> ClassRun | None:
    """Return how a class folder was graded last, None also for a damaged file: grading all again writes it anew."""
    with suppress(UsageError):
        return read_class_run(root)
    return None
