"""The results of checks, criteria and submissions, with exact marks; the rows of a class, and students' feedback.

Imports neither pytest nor the sandbox. Fields that are written to files keep their names.
"""
