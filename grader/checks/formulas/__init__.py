"""Answers that are formulas: parsed without running anything, and compared as functions."""
