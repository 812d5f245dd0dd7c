"""Answers that are straight-line programs of elementary operations, handed in as data."""
