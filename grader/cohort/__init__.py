"""A whole class: an inbox graded by several processes, and the files that are written about it.

A run never stops because of one submission, and never loses a mark of an earlier run.
"""
