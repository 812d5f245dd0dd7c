"""The fixture `submission`, the same on both sides: whatever the session put into its configuration."""

from __future__ import annotations

import pytest

from grader.checks import Submission

SUBMISSION = pytest.StashKey[Submission]()


@pytest.fixture(scope="session")
def submission(pytestconfig: pytest.Config) -> Submission:
    """The student's work, behind the channel that the present check was given."""
    if SUBMISSION not in pytestconfig.stash:
        raise pytest.UsageError(
            "the fixture `submission` belongs to a course: run pytest in a folder that contains rubrics/, or below one"
        )
    return pytestconfig.stash[SUBMISSION]
