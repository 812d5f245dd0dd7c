"""The command `grader`: one module for each subcommand, which reads options, calls a room below and prints.

Only exit codes are decided here; a new subcommand is a module here and a line in `app`.
"""
