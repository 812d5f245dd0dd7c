"""The fixture `submission`, the same on both sides: whatever the session put into its configuration."""

from __future__ import annotations

from types import ModuleType

import pytest

from grader.checks import Submission

SUBMISSION = pytest.StashKey[Submission]()


def plugin(config: pytest.Config) -> ModuleType:
    """Return the plugin that has the fixture."""

    # It asks for no other fixture, not even for `request`: pytest makes each anew for every check.
    @pytest.fixture(scope="session")
    def submission() -> Submission:
        """The student's work, behind whatever channel the present check was given."""
        if SUBMISSION not in config.stash:
            raise pytest.UsageError(
                "the fixture `submission` belongs to a course: run pytest in a folder that holds rubrics/, or below one"
            )
        return config.stash[SUBMISSION]

    held = ModuleType("gradproof_fixture")
    held.submission = submission  # type: ignore[attr-defined]
    return held
