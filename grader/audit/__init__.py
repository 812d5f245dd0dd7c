"""Checking the checks of a course: what must pass passes, and what must not pass does not."""
