"""What every room may use: errors, outcomes, text, files, limits and supervision of our own processes.

Nothing here knows about submissions, courses or checks.
"""
