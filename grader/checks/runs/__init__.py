"""Logs of training runs: whether they are complete, and whether repeating the runs gives the same numbers."""
