"""Grading one submission: its checks run in the jail, its mistakes are named, its marks added up.

`session` is the entry point; what many submissions need is in `cohort`.
"""
