"""A course folder on disk: suites, stubs, the bank of known work, and new assignments.

Everything here works on staff's files; nothing here opens a submission.
"""
