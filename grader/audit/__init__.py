"""Proof that the checks of a course are right: what must pass passes, what must not does not."""
